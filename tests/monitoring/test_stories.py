"""Stories that do not fit: what is told of two facts side by side, and what is not."""

from datetime import date

import pytest

from monitoring import stories
from monitoring.stories import of_bodies, worst_first

REVIEW = {"term": "spring", "half": 0, "before": "autumn", "sent_on": "2027-03-05"}


def milestone(mark: str = "green", before: str = "", **words) -> dict:
    return {"id": 5, "criterion_id": 3, "text": "72% read well", "mark": mark, "before": before} | words


def measure(**words) -> dict:
    usual = {"criterion_id": 3, "name": "Pupils who read well", "unit": "percent", "better": "higher"}
    figures = {"baseline": "61", "aim": "80", "readings": {"autumn": "64", "spring": "66"}, "path": {"spring": "72"}}
    return usual | figures | words


def objective(*milestones: dict, measures: list[dict] = (), done: int = 0, of: int = 2) -> dict:
    actions = {"total": of, "under_way": 0, "done": [{}] * done, "late": []}
    return {"id": 1, "number": 1, "milestones": list(milestones), "measures": list(measures), "actions": actions}


def told(body: dict, **last_words) -> list[tuple]:
    return [(row.kind, row.says, row.part, row.part_id) for row in of_bodies([body], REVIEW, last_words.get("last"))]


def test_green_twice_while_the_figure_is_below_its_path():
    assert told(objective(milestone(before="green"), measures=[measure()])) == [
        (
            "below-path",
            "Green in autumn and in spring, while “Pupils who read well” is at 66%, where its path says 72%.",
            "target",
            3,
        )
    ]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ({"before": ""}, {}),  # green for the first time
        ({"before": "amber"}, {}),
        ({"mark": "amber", "before": "green"}, {}),
        ({"before": "green"}, {"readings": {"spring": "72"}}),  # on its path
        ({"before": "green"}, {"readings": {"autumn": "60"}}),  # not read this term
        ({"before": "green"}, {"readings": {"autumn": "64"}, "hidden": {"spring": "fewer than 6 pupils"}}),
        ({"before": "green"}, {"path": {}}),
        ({"before": "green"}, {"better": "lower"}),
        ({"before": "green"}, {"better": "neither"}),
    ],
)
def test_what_fits_is_no_story(said, figures):
    assert told(objective(milestone(**said), measures=[measure(**figures)])) == []


def test_of_what_should_fall_above_the_path_is_worse():
    absence = measure(better="lower", readings={"spring": "8"}, path={"spring": "6.5"}, name="Absence")
    assert [row[0] for row in told(objective(milestone(before="blue"), measures=[absence]))] == ["below-path"]


def test_everything_done_and_nothing_moved():
    still = measure(readings={"autumn": "62", "spring": "61"})
    assert told(objective(measures=[still], done=2)) == [
        (
            "unmoved",
            "All two actions are done, and “Pupils who read well” has not moved for the better: 61% at the baseline, "
            "61% now.",
            "target",
            3,
        )
    ]


@pytest.mark.parametrize(
    ("figures", "done", "of"),
    [
        ({}, 2, 2),
        ({"readings": {"spring": "61"}}, 1, 2),
        ({"readings": {}}, 2, 2),
        ({"baseline": ""}, 2, 2),
        ({}, 0, 0),
    ],
)
def test_something_moved_or_something_is_to_do(figures, done, of):
    assert told(objective(measures=[measure(**figures)], done=done, of=of)) == []


def test_two_ambers_in_a_row_on_one_milestone():
    says = "At risk in autumn and again in spring: “72% read well”."
    assert told(objective(milestone("amber", "amber"))) == [("make-green", says, "milestone", 5)]
    assert told(objective(milestone("amber", "green"))) == []


def test_silence_says_since_when():
    body = objective(milestone(""))
    says = "Nothing was said of “72% read well” in the spring review, though it is due."
    assert told(body) == [("silent", says, "milestone", 5)]
    assert told(body, last={5: date(2026, 11, 27)})[0][1] == "Nothing was said of “72% read well” since 27 November."
    assert list(of_bodies([body], REVIEW | {"sent_on": None})) == []  # leaders are still rating


def test_the_worst_comes_first_and_three_are_enough():
    body = objective(
        *[milestone("amber", "amber", id=key, criterion_id=9) for key in (7, 8)],
        milestone("", id=6, criterion_id=8),
        milestone(before="green"),
        measures=[measure()],
    )
    kinds = [row.kind for row in worst_first(of_bodies([body], REVIEW))]
    assert kinds == ["below-path", "silent", "make-green", "make-green"]
    assert stories.MOST == 3


def test_each_has_a_question_of_the_bank_that_is_asked_with_one_click():
    row = next(of_bodies([objective(milestone("amber", "amber"))], REVIEW))
    assert row.question == "It was at risk last time too. What would make it green, and what would help?"
    assert row.ask_url(4) == "/plans/4/ask/?milestone=5&bank=make-green"
