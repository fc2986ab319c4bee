"""The end of the year: what came of each objective, what was learned, and what next year's plan takes on."""

from datetime import date

import pytest

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from governance.models import Role, Seat
from monitoring import closing, reviewing
from monitoring.models import Review
from sip import agreeing
from sip.models import Objective, Plan
from tests import make

JULY = clock.local(date(2027, 7, 19))


def say(objective: Objective, by, outcome: str = "met", lesson: str = "Read daily.") -> Objective:
    objective.refresh_from_db()
    return closing.write_outcome(objective, revision=objective.revision, outcome=outcome, lesson=lesson, by=by)


@pytest.fixture
def plan(ashdown) -> Plan:
    """Approved, two objectives, nothing said yet of what came of them."""
    return make.plan(ashdown, state="approved", objectives=2)


@pytest.fixture
def over(plan, ashdown):
    """It is July: the summer review is sent, and every objective has its outcome; the second is carried forward."""
    with clock.standing_at(JULY):
        make.review(ashdown, state="with governors", plan_=plan, term="summer")
        first, second = plan.objectives.all()
        say(first, ashdown.deputy)
        say(second, ashdown.head, "carried forward", "Begin earlier.")
        yield plan


# --- what came of it


def test_leaders_and_the_lead_say_what_came_of_an_objective(plan, ashdown):
    objective = plan.objectives.first()
    say(objective, ashdown.head, "partly met", "Begin in September.")
    Objective.objects.update(lead=ashdown.teacher.person)
    said = say(objective, ashdown.teacher, "not met", "Begin in June.")
    assert (said.outcome, said.lesson) == ("not met", "Begin in June.")
    assert AuditEvent.objects.filter(what="write_outcome").count() == 2


@pytest.mark.parametrize("who", ["chair", "clerk", "link", "business", "teacher", "adviser"])
def test_others_do_not(plan, ashdown, who):
    with pytest.raises(NotAllowed, match="may write what came of an objective"):
        say(plan.objectives.first(), getattr(ashdown, who))


def test_the_second_to_write_is_told(plan, ashdown):
    objective = plan.objectives.first()
    seen = objective.revision
    say(objective, ashdown.head)
    with pytest.raises(StaleEdit):
        closing.write_outcome(objective, revision=seen, outcome="not met", lesson="", by=ashdown.deputy)
    assert Objective.objects.get(pk=objective.pk).outcome == "met"


def test_nothing_is_said_of_a_plan_that_is_not_in_force(ashdown):
    plan = make.plan(ashdown)
    with pytest.raises(Conflict, match="written when its plan is approved"):
        say(plan.objectives.get(), ashdown.head)


# --- closing


@pytest.mark.parametrize("who", ["deputy", "chair", "clerk", "business"])
def test_only_the_head_closes_the_plan(over, ashdown, who):
    with pytest.raises(NotAllowed, match="Only the headteacher or trust leader may close the plan"):
        closing.close_plan(over, by=getattr(ashdown, who))


def test_it_is_said_what_comes_first(plan, ashdown):
    assert closing.why_not_closed(plan) == "First comes the summer review. It opens by itself on 23 June."
    with clock.standing_at(JULY):
        assert closing.why_not_closed(plan) == (
            "First comes the summer review. The headteacher or the clerk can open it now."
        )
        review = make.review(ashdown, plan_=plan, term="summer")
        assert closing.why_not_closed(plan) == "The summer review is still open. Send it to governors first."
        reviewing.send_review(review, by=ashdown.head)
        say(plan.objectives.first(), ashdown.head)
        say(plan.objectives.last(), ashdown.head, lesson="")
        with pytest.raises(Conflict, match="First say what came of “Objective 2 of Ashdown Primary”, and what was"):
            closing.close_plan(plan, by=ashdown.head)
    assert Plan.objects.get().state == "approved"


def test_a_plan_in_draft_is_not_closed(ashdown):
    with pytest.raises(Conflict, match="Only an approved plan can be closed. This one is: leaders are drafting."):
        closing.close_plan(make.plan(ashdown), by=ashdown.head)


def test_what_is_carried_is_proposed_for_a_plan_that_is_begun_for_it(over, ashdown):
    revision = over.revision
    closed = closing.close_plan(over, by=ashdown.head)
    over.refresh_from_db()
    assert (over.state, over.revision > revision) == ("closed", True)
    following = Plan.objects.get(year=2027)
    second, made = over.objectives.last(), following.objectives.get()
    assert (following.state, following.deciding_board) == ("objectives", ashdown.board)
    assert (made.carried_from, made.title, made.where_to, made.priority) == (
        second,
        second.title,
        second.where_to,
        second.priority,
    )
    assert (made.lead, made.monitor_seat, made.proposed_by) == (
        ashdown.deputy.person,
        ashdown.link_seat,
        ashdown.head.person,
    )
    assert (made.by_when, made.outcome, made.lesson) == (None, "", "")
    assert closed.says == (
        "The plan for 2026/27 is closed. “Objective 2 of Ashdown Primary” is proposed for the plan 2027/28."
    )
    acts = ["close_plan", "begin_plan", "propose_objective"]
    assert set(AuditEvent.objects.order_by("-pk").values_list("what", flat=True)[:3]) == set(acts)


def test_who_has_left_by_then_is_not_named_again(over, ashdown):
    Role.objects.filter(person=ashdown.deputy.person).update(last_day=date(2027, 7, 1))
    Seat.objects.filter(pk=ashdown.link_seat.pk).update(last_day=date(2027, 7, 1))
    closing.close_plan(over, by=ashdown.head)
    made = Objective.objects.get(plan__year=2027)
    assert (made.lead, made.monitor_seat) == (None, None)


def test_it_is_added_to_the_objectives_that_are_being_set(over, ashdown):
    following = agreeing.begin_plan(ashdown.school, year=2027, by=ashdown.clerk)
    words = {"title": "Sing", "where_now": "", "where_to": "All sing.", "by_when": date(2028, 7, 1)}
    words |= dict.fromkeys(("figure_what", "figure_now", "figure_aim"), "")
    words |= dict.fromkeys(("priority", "lead", "monitor_seat", "monitor_board"))
    agreeing.propose_objective(following, team=[], by=ashdown.chair, **words)
    closing.close_plan(over, by=ashdown.head)
    rows = following.objectives.values_list("position", "title")
    assert list(rows) == [(1, "Sing"), (2, "Objective 2 of Ashdown Primary")]


def test_objectives_that_are_agreed_already_take_nothing_more(over, ashdown):
    agreeing.begin_plan(ashdown.school, year=2027, by=ashdown.clerk)
    Plan.objects.filter(year=2027).update(state="drafting")
    says = closing.close_plan(over, by=ashdown.head).says
    assert says == (
        "The plan for 2026/27 is closed. The objectives for 2027/28 are agreed already, so “Objective 2 of Ashdown "
        "Primary” was not proposed. Leaders can ask the board for a change."
    )
    assert not Objective.objects.filter(plan__year=2027).exists()


def test_without_anything_carried_no_plan_is_begun(over, ashdown):
    say(over.objectives.last(), ashdown.head)
    assert closing.close_plan(over, by=ashdown.head).says == "The plan for 2026/27 is closed."
    assert Plan.objects.count() == 1


def test_the_boards_side_hears_of_it_without_its_words(over, ashdown):
    closing.close_plan(over, by=ashdown.head)
    mails = OutgoingMail.objects.filter(key__startswith="plan_closed")
    people = {ashdown.chair, ashdown.vice, ashdown.governor, ashdown.link, ashdown.associate, ashdown.clerk}
    assert {mail.to_address for mail in mails} == {user.email for user in people}
    for mail in mails:
        assert mail.subject == "Ashdown Primary: the plan for 2026/27 is closed"
        assert "http://testserver/organisations/ashdown-primary/plan/2026-27/" in mail.text
        assert "Begin earlier" not in mail.text + mail.html and "Objective 2" not in mail.text + mail.html


def test_closed_twice_happens_once_and_nothing_moves_after(over, ashdown):
    closing.close_plan(over, by=ashdown.head)
    with pytest.raises(Conflict, match="This one is: closed"):
        closing.close_plan(over, by=ashdown.head)
    with pytest.raises(Conflict, match="stays as it was written"):
        say(over.objectives.first(), ashdown.head, "not met")
    with pytest.raises(Conflict, match="The plan is closed"):
        reviewing.take_back_review(Review.objects.get(), by=ashdown.head)
    assert Objective.objects.filter(plan__year=2027).count() == 1
