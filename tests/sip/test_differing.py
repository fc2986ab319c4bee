"""What differs between two contents of a plan, word by word; and which two a person may lay side by side."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sip import approval, differing, sounding, versions
from sip.models import Action, Objective, Plan, SuccessCriterion, Version
from tests.sip.drafts import draft


def piece(kind: str, words: str) -> differing.Piece:
    return differing.Piece(kind, words)


@pytest.fixture
def content(ashdown) -> dict:
    return versions.content_of(draft(ashdown, objectives=2, actions=3, criteria=1))


def key_of(content: dict, kind: str, place: int = 0) -> str:
    return [name for name in content if name.startswith(f"{kind}:")][place]


# --- words


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("Open from 3 to 5", "Open from 3 to 5", [("same", "Open from 3 to 5")]),
        ("for forty now", "for sixty now", [("same", "for"), ("del", "forty"), ("ins", "sixty"), ("same", "now")]),
        ("", "New words", [("ins", "New words")]),
        ("Old words", "", [("del", "Old words")]),
        ("", "", []),
        ("one\ntwo", "one\nthree", [("same", "one\n"), ("del", "two"), ("ins", "three")]),
    ],
)  # fmt: skip
def test_words_are_compared_one_by_one(before, after, found):
    assert differing.words(before, after) == [piece(kind, words) for kind, words in found]


def test_a_very_long_text_is_compared_line_by_line():
    before = "\n".join(f"line {number} of a long text" for number in range(900))
    after = before.replace("line 450 of", "line 450 and")
    said = [one.words for one in differing.words(before, after) if one.kind != "same"]
    assert said == ["line 450 of a long text", "line 450 and a long text"]


# --- rows


def test_the_same_content_does_not_differ(content):
    found = differing.between(content, copy.deepcopy(content))
    assert (found.changed, found.targets) == ([], [])
    assert found.unchanged == [
        "The plan as a whole",
        "Objective 1: Objective 1",
        "Objective 2: Objective 2",
        "The priorities it serves",
    ]


def test_a_row_is_followed_by_its_number_when_its_words_change(content):
    after = copy.deepcopy(content)
    after[key_of(after, "actions")][1]["what"] = "Action 1.2 in the library"
    found = differing.between(content, after)
    (section,) = found.changed
    (row,) = section.shown
    assert (section.title, section.kind, section.same) == ("Objective 1: Objective 1", "changed", 4)
    assert (row.name, row.kind) == ("Action 1.2", "changed")
    assert [(line.name, line.pieces) for line in row.lines] == [
        ("What", [piece("same", "Action 1.2"), piece("ins", "in the library")])
    ]


def test_what_one_side_alone_has_was_added_or_taken_out(content):
    after = copy.deepcopy(content)
    actions = after[key_of(after, "actions")]
    gone = actions.pop(0)
    actions.append(gone | {"id": 999_999, "number": "1.4", "what": "Something that nobody thought of before"})
    found = differing.between(content, after)
    assert [(row.name, row.kind) for row in found.rows] == [("Action 1.4", "added"), ("Action 1.1", "removed")]
    assert found.count("added") == found.count("removed") == 1


def test_a_row_with_a_new_number_and_nearly_the_same_words_is_the_same_row(content):
    after = copy.deepcopy(content)
    after[key_of(after, "actions")][2] |= {"id": 999_999, "what": "Action 1.3 again"}
    found = differing.between(content, after)
    assert [(row.name, row.kind) for row in found.rows] == [("Action 1.3", "changed")]


def test_rows_that_changed_places_or_objectives_have_moved(content):
    after = copy.deepcopy(content)
    one, other = (after[key_of(after, "actions", place)] for place in (0, 1))
    one[0], one[2] = one[2] | {"number": "1.1"}, one[0] | {"number": "1.3"}
    other.append(one.pop(1) | {"number": "2.4"})
    moved = {row.name: row.moved for row in differing.between(content, after).rows}
    assert moved.pop("Action 2.4") == "from objective 1"
    assert moved in ({"Action 1.1": "was Action 1.3"}, {"Action 1.3": "was Action 1.1"})


def test_a_target_that_moved_is_told_apart(content):
    after = copy.deepcopy(content)
    after[key_of(after, "objective")]["figure_aim"] = "85%"
    after[key_of(after, "criteria", 1)][0]["by_when"] = "2027-06-30"
    found = differing.between(content, after)
    assert [(name, line.name) for name, line in found.targets] == [
        ("Objective 1", "Aim"),
        ("Criterion 2.1", "By when"),
    ]


def test_an_objective_that_came_or_went_is_a_part_of_its_own(content):
    after = copy.deepcopy(content)
    for kind in ("objective", "actions", "criteria"):
        del after[key_of(after, kind, 1)]
    gone = differing.between(content, after).changed
    came = differing.between(after, content).changed
    assert [(one.title, one.kind) for one in gone] == [("Objective 2: Objective 2", "removed")]
    assert [(one.title, one.kind) for one in came] == [("Objective 2: Objective 2", "added")]


def test_blocks_of_any_other_kind_are_told_by_their_names(content):
    context = {"context:pupils": {"kind": "pupils", "title": "Our pupils", "text": "412 on roll."}}
    budget = {"budget": {"title": "Budget", "lines": [{"source": "Pupil premium", "amount": "36426.00"}]}}
    after = {"context:pupils": context["context:pupils"] | {"text": "420 on roll."}}
    found = differing.between(content | context, content | after | budget)
    assert [(one.title, one.kind) for one in found.changed] == [("Our pupils", "changed"), ("Budget", "added")]
    assert found.rows[0].lines[0].pieces == [piece("del", "412"), piece("ins", "420"), piece("same", "on roll.")]


def test_an_older_version_without_new_words_compares(content):
    before = copy.deepcopy(content)
    for row in before[key_of(before, "actions")]:
        for name in ("heading", "supporters", "resources", "checked_how", "checked_by", "checked_when", "cost_source"):
            row.pop(name)
    assert {line.name for row in differing.between(before, content).rows for line in row.lines} == {"Paid from"}


# --- the page


@pytest.fixture
def plan(ashdown) -> Plan:
    """With the board, in its second version; the governor has read the first."""
    plan = draft(ashdown, actions=2)
    approval.submit_plan(plan, by=ashdown.head)
    sounding.say_read(plan.latest_version, by=ashdown.governor)
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    Action.objects.filter(objective__plan=plan, position=1).update(what="Action 1.1 in the barn")
    SuccessCriterion.objects.filter(objective__plan=plan).update(text="Criterion 1")
    Objective.objects.filter(plan=plan).update(figure_now="61%", figure_aim="80%")
    approval.submit_plan(plan, by=ashdown.head)
    return plan


def page(client, user, plan: Plan, query: str = "") -> str:
    client.force_login(user)
    answer = client.get(f"/plans/{plan.pk}/differences/{query}")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_without_a_choice_it_is_since_one_last_read(client, plan, ashdown):
    said = page(client, ashdown.governor, plan)
    assert "From version 1, 24 November 2026 to version 2, 24 November 2026." in said
    assert '<ins><span class="vh">put in: </span>in the barn</ins>' in said
    assert "Since I last read it (version 1)" in said and "which you have read" in said
    assert "Targets and dates that moved" in said and '<ins class="target">' in said


def test_one_chooses_two_versions(client, plan, ashdown):
    first, second = plan.versions.order_by("number")
    said = page(client, ashdown.chair, plan, f"?from={second.pk}&to={second.pk}")
    assert "Nothing differs: they say the same." in said
    assert "taken out: " in page(client, ashdown.chair, plan, f"?from={second.pk}&to={first.pk}")


def test_a_version_of_another_plan_is_not_there(client, plan, ashdown, kestrel):
    other = draft(kestrel)
    approval.submit_plan(other, by=kestrel.head)
    first = plan.versions.first()
    for value in (other.latest_version.pk, "9999999", "x", "\0", "-1", "9" * 30, "now"):
        assert page(client, ashdown.governor, plan, f"?from={first.pk}&to={value}") == "404"
        assert page(client, ashdown.governor, plan, f"?from={value}&to={first.pk}") == "404"
    assert page(client, kestrel.chair, plan) == "404"


def test_leaders_compare_with_the_draft_as_it_stands(client, plan, ashdown):
    approval.return_plan(plan, reason="More.", by=ashdown.chair)
    Action.objects.filter(objective__plan=plan, position=2).update(what="A hedgehog in secret")
    assert "hedgehog" in page(client, ashdown.head, plan)
    assert "hedgehog" not in page(client, ashdown.chair, plan)
    second = plan.latest_version
    assert page(client, ashdown.chair, plan, f"?from={second.pk}&to=now") == "404"


def test_with_one_version_or_none_the_page_says_who_acts_next(client, ashdown):
    plan = draft(ashdown)
    assert "Nothing is before the board yet." in page(client, ashdown.governor, plan)
    approval.submit_plan(plan, by=ashdown.head)
    assert "There is one version so far." in page(client, ashdown.governor, plan)


def test_what_the_reader_does_not_read_is_not_compared(client, plan, ashdown):
    """An edition leaves out what is confidential, in a comparison too."""
    plan.visibilities.create(block=f"actions:{plan.objectives.get().pk}", shown_to="confidential")
    approval.return_plan(plan, reason="Once more.", by=ashdown.chair)
    Action.objects.filter(objective__plan=plan, position=2).update(what="The hedgehog is ill")
    approval.submit_plan(plan, by=ashdown.head)
    assert "hedgehog" in page(client, ashdown.chair, plan)
    said = page(client, ashdown.adviser, plan)
    assert "hedgehog" not in said and "left out" in said


def test_the_page_costs_as_much_for_many_rows_as_for_few(client, plan, ashdown, kestrel):
    great = draft(kestrel, objectives=4, actions=6, criteria=3)
    approval.submit_plan(great, by=kestrel.head)
    approval.return_plan(great, reason="Costs.", by=kestrel.chair)
    approval.submit_plan(great, by=kestrel.head)
    counts = []
    for user, one in ((ashdown.vice, plan), (kestrel.vice, great)):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/plans/{one.pk}/differences/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
    assert Version.objects.count() == 4
