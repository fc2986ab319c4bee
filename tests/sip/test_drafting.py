"""Leaders draft an objective: fast, together, and without losing a word."""

from datetime import date

import pytest

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from sip import drafting
from sip.models import Action, Milestone, Objective, Plan, Question, SuccessCriterion
from tests import make

pytestmark = pytest.mark.django_db


def plan_of(cast, *, objectives: int = 1, state: str = "drafting", **words) -> Plan:
    """A plan with bare objectives, as rows: what leaders do to it is what is tested here."""
    plan = Plan.objects.create(
        organisation=cast.school, year=2026, strategy=make.strategy(cast.school), deciding_board=cast.board, state=state
    )
    for number in range(1, objectives + 1):
        Objective.objects.create(
            plan=plan,
            position=number,
            title=f"Objective {number} of {cast.school.name}",
            where_to="Eight in ten read well.",
            by_when=date(2027, 7, 16),
            lead=cast.deputy.person,
        )
    return plan


@pytest.fixture
def objective(ashdown) -> Objective:
    return plan_of(ashdown, objectives=2).objectives.first()


def save(objective, by, *, actions=(), criteria=(), revision=None) -> Objective:
    objective.refresh_from_db()
    return drafting.save_objective(
        objective,
        revision=objective.revision if revision is None else revision,
        actions=list(actions),
        criteria=list(criteria),
        by=by,
    )


def whats(objective) -> list[str]:
    return [action.what for action in objective.actions.all()]


READ = {"what": "Read to every class daily"}
TEACH = {"what": "Teach phonics in small groups"}
MEET = {"what": "Meet parents in each half-term"}


def test_rows_are_made_changed_ordered_and_removed(ashdown, objective):
    save(objective, ashdown.head, actions=[READ, TEACH, MEET])
    read, teach, meet = objective.actions.all()
    save(objective, ashdown.head, actions=[{"id": meet.pk, "what": "Meet parents"}, {"id": read.pk} | READ, TEACH])
    assert whats(objective) == ["Meet parents", READ["what"], TEACH["what"]]
    assert list(objective.actions.values_list("pk", flat=True))[:2] == [meet.pk, read.pk]
    assert not Action.objects.filter(pk=teach.pk).exists()


def test_a_criterion_has_one_milestone_a_term_and_none_without_words(ashdown, objective):
    terms = {"autumn": "65%", "spring": "72%", "summer": "80%"}
    save(objective, ashdown.head, criteria=[{"text": "Reading", "by_when": date(2027, 7, 16), "milestones": terms}])
    criterion = objective.criteria.get()
    autumn = criterion.milestones.get(term="autumn")
    changed = {"autumn": "66%", "spring": "", "summer": "80%"}
    save(objective, ashdown.head, criteria=[{"id": criterion.pk, "text": "Reading", "milestones": changed}])
    assert dict(criterion.milestones.values_list("term", "text")) == {"autumn": "66%", "summer": "80%"}
    assert criterion.milestones.get(term="autumn").pk == autumn.pk
    save(objective, ashdown.head)
    assert (SuccessCriterion.objects.count(), Milestone.objects.count()) == (0, 0)


def test_a_question_on_a_removed_row_stays_on_the_objective(ashdown, objective):
    from sip import asking

    save(objective, ashdown.head, actions=[READ])
    plan, action = objective.plan, objective.actions.get()
    asked = asking.ask(plan, text="Who reads?", needs_answer=True, action=action, by=ashdown.governor)
    save(objective, ashdown.head)
    asked = Question.objects.get(pk=asked.pk)
    assert (asked.action, asked.objective, asked.about) == (None, objective, READ["what"])


def test_saving_raises_both_revisions_and_is_on_record(ashdown, objective):
    before = objective.plan.revision
    save(objective, ashdown.deputy, actions=[READ])
    objective.refresh_from_db()
    assert (objective.revision, objective.plan.revision) == (2, before + 1)
    event = AuditEvent.objects.get(what="save_objective")
    assert (event.by_name, event.thing_id, event.after) == ("Ashdown Deputy", objective.pk, {"revision": 2})


def test_the_second_to_save_is_told_and_writes_nothing(ashdown, objective):
    save(objective, ashdown.head, actions=[READ], revision=1)
    with pytest.raises(StaleEdit):
        save(objective, ashdown.deputy, actions=[TEACH], revision=1)
    assert whats(objective) == [READ["what"]]
    assert [event.by_name for event in drafting.saved_since(objective, 1)] == ["Ashdown Head"]


@pytest.mark.parametrize(
    ("state", "says"),
    [("with the board", "With the board"), ("approved", "approved"), ("closed", "closed"), ("objectives", "setting")],
)
def test_nothing_is_written_once_the_draft_is_closed(ashdown, objective, state, says):
    Plan.objects.update(state=state)
    with pytest.raises(Conflict, match=says):
        save(objective, ashdown.head, actions=[READ])
    with pytest.raises(Conflict, match=says):
        plan = objective.plan
        drafting.write_plan_text(plan, revision=plan.revision, how_made="x", how_monitored="", by=ashdown.head)
    assert not Action.objects.exists()


def test_a_row_of_another_objective_is_refused(ashdown, kestrel, objective):
    other = plan_of(kestrel).objectives.get()
    save(other, kestrel.head, actions=[TEACH])
    with pytest.raises(Conflict, match="do not belong"):
        save(objective, ashdown.head, actions=[READ, {"id": other.actions.get().pk} | MEET])
    assert (whats(objective), whats(other)) == ([], [TEACH["what"]])


def test_only_leaders_draft(ashdown, kestrel, objective):
    for other in (ashdown.chair, ashdown.governor, ashdown.business, ashdown.teacher, kestrel.head):
        with pytest.raises(NotAllowed, match="Only the headteacher or trust leader or a senior leader may draft"):
            save(objective, other, actions=[READ])


def test_the_plans_own_words_are_stale_only_when_they_were_written_meanwhile(ashdown, objective):
    plan = objective.plan
    seen = plan.revision
    save(objective, ashdown.deputy, actions=[READ])
    drafting.write_plan_text(plan, revision=seen, how_made="Together.", how_monitored="Termly.", by=ashdown.head)
    with pytest.raises(StaleEdit):
        drafting.write_plan_text(plan, revision=seen, how_made="Alone.", how_monitored="", by=ashdown.deputy)
    plan.refresh_from_db()
    assert (plan.how_made, plan.how_monitored) == ("Together.", "Termly.")
