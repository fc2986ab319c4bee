"""What stands around the objectives in the termly report: path, visits, strength, cost, what was stopped."""

import pytest

from monitoring import paper, paper_measures
from tests.monitoring.test_report_paper import (  # noqa: F401  printed is a fixture
    QUESTION,
    blocks,
    measure,
    milestone,
    objective,
    printed,
    record,
)
from tests.pdfs import text_of

VISIT = {"id": 1, "objective_id": 1, "on": "2027-02-03", "by": ["Daniel Whitlock", "Amina Yusuf"], "form": "In person"}
VISIT |= {"as": "link governor for early reading", "about": "An objective of the plan", "focus": "Phonics in Year 1"}
VISIT |= {"stance": "sees it differently", "mark": "amber", "raised": 2, "unchecked": True}
NOTE = {"id": 1, "objective_id": 2, "on": "2027-02-10", "by": "Ruth Calloway"}
COST = {"source": "Pupil premium", "planned": "£14,400", "done": "£4,000", "given": "£15,000", "left": "£600 left"}
STOPPED = {"id": 9, "objective_id": 1, "what": "Open the barn on Saturdays", "why": "Nobody came.", "on": "2027-01-20"}


def around(**words) -> dict:
    rows = [COST | {"is_over": False}]
    costs = {"rows": rows, "total": COST | {"source": "Together", "is_over": False}, "has_budget": True}
    costs |= {"uncosted": 2, "is_partial": True}
    return {"visits": [VISIT], "notes": [NOTE], "stopped": [STOPPED], "costs": costs} | words


def test_visits_cost_and_what_was_stopped_stand_on_paper(printed):  # noqa: F811
    named = milestone("green", evidence_named="the November check", said_for="Sylvie Grant")
    actions = {"total": 4, "under_way": 1, "stopped": 1, "done": [], "late": []}
    one = objective(1, named, actions=actions, stopped_on="2027-02-20", stopped_why="The money is spent.")
    text = text_of(printed(record(blocks(one, objective(2, milestone("green"))) | around())))
    for words in (
        "2 green, 1 of them seen by a governor",
        "3 Feb 2027 1 Daniel Whitlock and Amina Yusuf",
        "Sees it differently: at",
        "Two questions asked.",
        "Staff did not check its",
        "Notes from outside: Ruth Calloway, 10 Feb 2027, on objective 2.",
        "Pupil premium £14,400 £4,000 £15,000 £600 left",
        "Two actions have no cost yet. Money that is for the board and leaders alone is not in this table.",
        "1 Open the barn on Saturdays Nobody came. 20 Jan 2027",
        "Four actions: one under way, one stopped.",
        "One source.",
        "Sylvie Grant.",
        "Stopped by the board on 20 February 2027: The money is spent.",
    ):
        assert words in text, words


def test_a_record_of_before_says_nothing_of_what_it_does_not_know(printed):  # noqa: F811
    text = text_of(printed(record(blocks(objective(1, milestone("green"))))))
    for words in ("seen by a governor", "Cost against plan", "What governors saw for themselves"):
        assert words not in text, words


def test_a_question_that_waited_at_the_last_report_returns(printed):  # noqa: F811
    again = QUESTION | {"returns": True, "answers": [{"text": "Soon.", "by": "Priya Raman", "on": "2027-02-20"}]}
    text = text_of(printed(record(blocks(objective(1), questions=[QUESTION | {"returns": True}, again]))))
    assert text.count("It waited at the last report too, and returns here.") == 2


@pytest.mark.parametrize(
    ("better", "read", "words"),
    [
        ("higher", "79", "1 point ahead of its path"),
        ("higher", "74", "4 points behind its path"),
        ("lower", "74", "4 points ahead of its path"),
        ("lower", "79", "1 point behind its path"),
        ("neither", "79", "1 point above its path"),
        ("higher", "78", "On its path"),
    ],
)
def test_where_a_path_is_set_a_reading_stands_to_that(better, read, words):
    one = measure(better=better, readings={"autumn": read}, path={"autumn": "78", "summer": "84"})
    assert paper_measures.standing(one, ["autumn", "spring"]) == words


def test_the_path_is_drawn_from_the_baseline_over_each_term_to_the_aim():
    drawn = paper_measures.line(measure(path={"autumn": "78", "spring": "80", "summer": "84"}), ["autumn", "spring"])
    assert (drawn["ahead"].count("L"), drawn["path"].count("L")) == (3, 2)
    short = paper_measures.line(measure(path={"autumn": "78"}), ["autumn", "spring"])
    assert short["ahead"].count("L") == 2


def test_an_aim_that_was_changed_says_what_the_board_approved():
    words = paper.words(record(blocks(objective(1, measures=[measure(approved="90")]))))
    assert words["measures"]["rows"][0]["was_aim"] == "90% when the board approved it"
    assert words["objectives"][0]["measures"][0]["says"].endswith("Aim 84%, 90% when the board approved it.")
