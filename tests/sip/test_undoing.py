"""One save is undone, and the undoing too; rows are added, moved and written one by one, each as one act."""

from datetime import date
from decimal import Decimal

import pytest

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from governance.models import Person
from sip import asking, drafting, rows
from sip.models import Action, Plan, Question, SavedBefore
from tests.sip.test_drafting import MEET, READ, TEACH, plan_of, save, whats

pytestmark = pytest.mark.django_db

MEASURED = {"measure": "Phonics", "unit": "percent", "better": "higher", "baseline": Decimal(61), "aim": Decimal(80)}
PATH = {"by_autumn": Decimal(65), "by_spring": None, "by_summer": Decimal(80)}
CRITERION = {
    "text": "Eight in ten read well",
    "by_when": date(2027, 7, 16),
    "milestones": {"autumn": "65%", "spring": "", "summer": "80%"},
    "target": MEASURED | PATH,
}


@pytest.fixture
def objective(ashdown):
    first = plan_of(ashdown, objectives=2).objectives.first()
    owned = READ | {"owner": ashdown.teacher.person, "due_on": date(2027, 2, 12), "cost": Decimal("12.50")}
    return save(first, ashdown.head, actions=[owned, TEACH], criteria=[CRITERION])


def held(objective) -> dict:
    """Everything that stands there, without the numbers of its rows."""
    actions, criteria = rows.of(objective)
    return rows.frozen([rows.as_new(row) for row in actions], [rows.as_new(row) for row in criteria])


def undo(objective, by):
    objective.refresh_from_db()
    return drafting.undo_save(objective, revision=objective.revision, by=by)


def test_a_save_is_undone_whole_and_the_undoing_too(ashdown, objective):
    before = held(objective)
    assert before["criteria"][0]["target"]["aim"] == "80.00"
    save(objective, ashdown.deputy, actions=[MEET])
    after = held(objective)
    undo(objective, ashdown.head)
    assert held(objective) == before
    undo(objective, ashdown.head)
    assert held(objective) == after


def test_rows_that_stayed_keep_their_number_and_what_was_asked_about_them(ashdown, objective):
    read, teach = objective.actions.all()
    asked = asking.ask(objective.plan, text="Who?", needs_answer=True, action=read, by=ashdown.governor)
    save(objective, ashdown.head, actions=[{"id": read.pk} | MEET])
    undo(objective, ashdown.head)
    assert [row.what for row in objective.actions.all()] == [READ["what"], TEACH["what"]]
    assert Question.objects.get(pk=asked.pk).action_id == read.pk


def test_once_somebody_saved_since_it_cannot_be_undone(ashdown, objective):
    save(objective, ashdown.head, actions=[MEET])
    seen = objective.revision
    save(objective, ashdown.deputy, actions=[TEACH])
    with pytest.raises(Conflict, match="Somebody has saved this objective since"):
        drafting.undo_save(objective, revision=seen, by=ashdown.head)
    assert whats(objective) == [TEACH["what"]]


def test_undone_twice_at_once_happens_once(ashdown, objective):
    save(objective, ashdown.head, actions=[MEET])
    seen = objective.revision
    drafting.undo_save(objective, revision=seen, by=ashdown.head)
    with pytest.raises(Conflict):
        drafting.undo_save(objective, revision=seen, by=ashdown.head)


def test_the_boards_own_save_takes_the_undoing_away(ashdown, objective):
    assert drafting.undoable(objective).by == ashdown.head.person
    objective.claim_revision(objective.revision)
    assert drafting.undoable(objective) is None


def test_what_is_added_stands_behind_and_says_whence_it_came(ashdown, objective):
    drafting.add_rows(objective, actions=[MEET, {"what": "Sing"}], came_from="Pasted from a table", by=ashdown.head)
    assert whats(objective) == [READ["what"], TEACH["what"], MEET["what"], "Sing"]
    assert [row.came_from for row in objective.actions.all()] == ["", "", *["Pasted from a table"] * 2]
    assert AuditEvent.objects.filter(what="add_rows", thing_id=objective.pk).count() == 1
    assert [event.what for event in drafting.saved_since(objective, 2)] == ["add_rows"]
    undo(objective, ashdown.head)
    assert whats(objective) == [READ["what"], TEACH["what"]]


def test_a_saved_page_keeps_whence_its_rows_came(ashdown, objective):
    drafting.add_rows(objective, actions=[MEET], came_from="Pasted from a table", by=ashdown.head)
    last = objective.actions.last()
    save(objective, ashdown.head, actions=[{"id": last.pk, "what": "Meet them all"}])
    assert objective.actions.get().came_from == "Pasted from a table"


def test_more_rows_than_an_objective_holds_are_refused_and_none_is_written(ashdown, objective):
    with pytest.raises(Conflict, match="An objective holds 200 rows at most; here are 2,002. Nothing was saved."):
        drafting.add_rows(objective, actions=[{"what": f"Do {n}"} for n in range(2000)], by=ashdown.head)
    assert whats(objective) == [READ["what"], TEACH["what"]]


def test_an_owner_who_is_a_post_is_made_with_the_rows_or_not_at_all(ashdown, objective):
    owned = [MEET | {"owner": "Year 3 team"}, TEACH | {"owner": "year 3 TEAM"}]
    drafting.add_rows(objective, actions=owned, by=ashdown.head)
    post = Person.objects.get(name="Year 3 team")
    assert post.is_post and post.email is None
    assert list(post.actions_owned.values_list("what", flat=True)) == [MEET["what"], TEACH["what"]]
    with pytest.raises(Conflict):
        drafting.add_rows(objective, actions=[{"what": "x", "owner": "SLT"}] * 200, by=ashdown.head)
    assert not Person.objects.filter(name="SLT").exists()


def test_one_cell_is_written_and_all_else_stays(ashdown, objective):
    before, read = held(objective), objective.actions.first()
    words = {"due_on": date(2027, 3, 5), "starts_on": None}
    drafting.write_cell(objective, revision=objective.revision, row=read, words=words, by=ashdown.deputy)
    before["actions"][0]["due_on"] = "2027-03-05"
    assert held(objective) == before
    assert objective.actions.first().pk == read.pk


def test_one_milestone_is_written_and_the_others_stay(ashdown, objective):
    criterion = objective.criteria.get()
    words = {"milestones": {"spring": "72%"}}
    drafting.write_cell(objective, revision=objective.revision, row=criterion, words=words, by=ashdown.head)
    found = dict(criterion.milestones.values_list("term", "text"))
    assert found == {"autumn": "65%", "spring": "72%", "summer": "80%"}
    assert criterion.target.by_autumn == 65


def test_a_cell_of_somebody_who_saved_meanwhile_is_told_so(ashdown, objective):
    read = objective.actions.first()
    with pytest.raises(StaleEdit):
        drafting.write_cell(objective, revision=1, row=read, words={"what": "Mine"}, by=ashdown.head)
    assert objective.actions.first().what == READ["what"]


def test_a_row_moves_with_what_was_asked_about_it(ashdown, objective):
    other, read = objective.plan.objectives.last(), objective.actions.first()
    asked = asking.ask(objective.plan, text="Who?", needs_answer=True, action=read, by=ashdown.governor)
    drafting.move_row(objective, row=read, to=other, by=ashdown.head)
    assert (whats(objective), whats(other)) == ([TEACH["what"]], [READ["what"]])
    asked = Question.objects.get(pk=asked.pk)
    assert (asked.objective, asked.action_id) == (other, read.pk)
    assert not SavedBefore.objects.exists()  # it is undone by moving it back
    acts = AuditEvent.objects.filter(thing_id__in=(objective.pk, other.pk)).values_list("what", flat=True)
    assert {*acts} >= {"move_row", "take_row"}


def test_a_criterion_moves_with_its_milestones_and_target(ashdown, objective):
    other, criterion = objective.plan.objectives.last(), objective.criteria.get()
    drafting.move_row(objective, row=criterion, to=other, by=ashdown.head)
    moved = other.criteria.get()
    assert (moved.pk, moved.milestones.count(), moved.target.aim) == (criterion.pk, 2, 80)


def test_a_row_moves_only_within_its_plan_and_only_once(ashdown, kestrel, objective):
    read, elsewhere = objective.actions.first(), plan_of(kestrel).objectives.get()
    with pytest.raises((Conflict, NotAllowed)):
        drafting.move_row(objective, row=read, to=elsewhere, by=ashdown.head)
    other = objective.plan.objectives.last()
    drafting.move_row(objective, row=read, to=other, by=ashdown.head)
    with pytest.raises(Conflict, match="not there any more"):
        drafting.move_row(objective, row=read, to=other, by=ashdown.head)
    assert Action.objects.filter(what=READ["what"]).count() == 1


@pytest.mark.parametrize("state", ["with the board", "approved"])
def test_nothing_of_it_once_the_draft_is_closed(ashdown, objective, state):
    read, other = objective.actions.first(), objective.plan.objectives.last()
    Plan.objects.update(state=state)
    acts = (
        lambda: drafting.add_rows(objective, actions=[MEET], by=ashdown.head),
        lambda: drafting.write_cell(objective, revision=2, row=read, words={"what": "x"}, by=ashdown.head),
        lambda: drafting.move_row(objective, row=read, to=other, by=ashdown.head),
        lambda: drafting.undo_save(objective, revision=2, by=ashdown.head),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()
    assert whats(objective) == [READ["what"], TEACH["what"]]


def test_only_leaders_do_any_of_it(ashdown, objective):
    for other in (ashdown.chair, ashdown.clerk, ashdown.teacher):
        with pytest.raises(NotAllowed):
            drafting.add_rows(objective, actions=[MEET], by=other)
        with pytest.raises(NotAllowed):
            drafting.undo_save(objective, revision=objective.revision, by=other)
