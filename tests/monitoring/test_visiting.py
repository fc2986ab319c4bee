"""A visit: planned, announced, changed, called off, taken over; its report checked, shared, its questions asked."""

from datetime import date, timedelta

import pytest

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from governance.models import Delegation
from monitoring import noting, visit_reports, visiting
from monitoring.models import AdviserNote, Visit
from sip.models import Objective, Plan, Question
from tests import make
from tests.monitoring import visits

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 11)


@pytest.fixture(autouse=True)
def today():
    """The day after the plan was approved."""
    with visits.on(visits.TODAY):
        yield


def mails(name: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(key__startswith=f"{name}:").values_list("to_name", flat=True))


# --- planned


def test_the_school_has_notice_of_a_visit_without_a_word_that_somebody_wrote(ashdown):
    visit = visits.visit(ashdown)
    assert (visit.state, visit.visits_as, visit.planned_by) == (
        "planned",
        "link governor for early reading",
        ashdown.link.person,
    )
    assert mails("visit_planned") == ["Ashdown Deputy", "Ashdown Head"]
    for mail in OutgoingMail.objects.filter(key__startswith="visit_planned"):
        assert f"http://testserver/visits/{visit.pk}/" in mail.text and "3 December at 09:30" in mail.text
        assert not any("hedgehog" in words for words in (mail.subject, mail.text, mail.html))


def test_a_committee_goes_by_its_name(ashdown):
    plan = visits.plan(ashdown)
    Objective.objects.update(monitor_seat=None, monitor_board=ashdown.committee)
    member = ashdown.committee_member
    visit = visits.visit(ashdown, of=plan, visitors=[member.person], by=member)
    assert (visit.visits_as, visit.visitors.get()) == ("Standards committee", member.person)


def test_trustees_visit_a_school_whose_plan_their_board_decides(mudlark, harbour):
    Delegation.objects.filter(organisation=mudlark.school, decision=Delegation.Decides.OBJECTIVES).delete()
    plan = make.plan(mudlark, state="with the board")
    Plan.objects.update(state="approved")
    plan.refresh_from_db()
    visit = visits.visit(mudlark, of=plan, visitors=[harbour.link.person], by=harbour.link)
    assert visit.may_visit(harbour.link.standing)
    assert list(Visit.objects.visible_to(harbour.chair)) == [visit]


@pytest.mark.parametrize("who", ["head", "deputy", "teacher", "adviser", "inspector", "associate"])
def test_only_governors_and_the_clerk_plan_visits(ashdown, who):
    plan = visits.plan(ashdown)
    with pytest.raises(NotAllowed, match="may plan a visit"):
        visits.visit(ashdown, of=plan, by=getattr(ashdown, who))


def test_no_visit_is_planned_to_an_objective_that_was_stopped_meanwhile(ashdown):
    plan = visits.plan(ashdown)
    plan.objectives.update(stopped_on=date(2026, 12, 3), stopped_why="The hedgehogs left")
    with pytest.raises(Conflict, match=r"was stopped on 3 December 2026: The hedgehogs left\. No more visits"):
        visits.visit(ashdown, of=plan)
    assert not Visit.objects.exists()


def test_a_visit_to_an_objective_stopped_meanwhile_is_still_written_for_what_it_was(ashdown):
    visit = visits.visit(ashdown)
    Objective.objects.update(stopped_on=date(2026, 12, 3), stopped_why="The hedgehogs left")
    visits.write(visit, ashdown)
    visit_reports.hand_report(visit, by=ashdown.link)
    visit_reports.check_report(visit, comment="", by=ashdown.deputy)
    assert (visit.state, Question.objects.get().objective) == ("shared", visit.objective)


def test_no_visit_is_planned_to_a_plan_that_is_not_approved_or_is_closed(ashdown):
    plan = make.plan(ashdown, state="with the board")
    with pytest.raises(Conflict, match="The board has not approved this one yet"):
        visits.visit(ashdown, of=plan)
    Plan.objects.update(state="closed")
    plan.refresh_from_db()
    with pytest.raises(Conflict, match="Plan visits from this year’s plan"):
        visits.visit(ashdown, of=plan)


# --- changed, called off, taken over


def changed(visit: Visit, ashdown, **words) -> Visit:
    names = ("about", "objective", "day", "starts_at", "form", "focus", "came_with", "staff_lead", "revision")
    given = {name: getattr(visit, name) for name in names} | {"visitors": [ashdown.link.person], "by": ashdown.link}
    return visiting.change_visit(visit, **(given | words))


def test_a_new_day_is_announced_and_a_new_focus_is_not(ashdown):
    visit = visits.visit(ashdown)
    changed(visit, ashdown, focus="Something else")
    assert mails("visit_moved") == []
    changed(visit, ashdown, day=LATER)
    assert mails("visit_moved") == ["Ashdown Deputy", "Ashdown Head"]
    assert (visit.focus, visit.day, visit.revision) == ("Something else", LATER, 3)


def test_two_who_change_one_visit_find_each_other(ashdown):
    visit = visits.visit(ashdown)
    changed(visit, ashdown, focus="One")
    with pytest.raises(StaleEdit):
        changed(visit, ashdown, focus="Two", revision=1, by=ashdown.chair)
    assert Visit.objects.get().focus == "One"


def test_called_off_with_a_reason_everyone_hears_of_it_once(ashdown):
    visit = visits.visit(ashdown)
    visiting.call_off_visit(visit, why="The boiler broke", by=ashdown.head)
    assert (visit.state, visit.called_off_why) == ("called off", "The boiler broke")
    assert mails("visit_called_off") == ["Ashdown Deputy", "Ashdown Link"]
    with pytest.raises(Conflict, match="called off"):
        visiting.call_off_visit(visit, why="Again", by=ashdown.clerk)
    with pytest.raises(Conflict, match="called off: The boiler broke. There is nothing to write"):
        visits.write(visit, ashdown)


def test_whoever_has_left_the_board_is_told_and_another_governor_takes_over(ashdown):
    visit = visits.visit(ashdown)
    with pytest.raises(Conflict, match="still on the board"):
        visiting.take_over_visit(visit, by=ashdown.governor)
    ashdown.link_seat.last_day = visits.TODAY - timedelta(days=1)
    ashdown.link_seat.save()
    ashdown.link.forget_standing()
    assert "Your seat ended on 2 December 2026" in visiting.why_not_theirs(visit, ashdown.link)
    with pytest.raises(NotAllowed, match="Only who visits may write"):
        visits.write(visit, ashdown)
    visiting.take_over_visit(visit, by=ashdown.governor)
    assert visit.visits_as == "governor"
    assert set(visit.visitors.all()) == {ashdown.link.person, ashdown.governor.person}
    ashdown.link = ashdown.governor
    visits.write(visit, ashdown)
    assert visit.written_by == ashdown.governor.person


# --- written


def test_a_report_is_saved_as_far_as_it_is_and_only_its_visitors_read_it(ashdown):
    visit = visits.visit(ashdown, visitors=[ashdown.link.person, ashdown.governor.person])
    visits.write(visit, ashdown)
    readers = {
        name
        for name in ("link", "governor", "chair", "clerk", "head", "deputy", "adviser", "inspector", "teacher")
        if Visit.objects.to_read(getattr(ashdown, name)).exists()
    }
    assert readers == {"link", "governor", "deputy"}
    assert (list(visit.raised.values_list("text", flat=True)), visit.agreed.get().owner) == (
        ["Who reads with the slowest?"],
        "Reading lead",
    )
    assert not Question.objects.exists()


def test_two_visitors_who_write_find_each_other(ashdown):
    visit = visits.visit(ashdown)
    visits.write(visit, ashdown)
    visit.revision = 1
    with pytest.raises(StaleEdit, match="saved the report while you were typing"):
        visits.write(visit, ashdown)


def test_nothing_is_handed_on_before_the_day_or_without_a_word(ashdown):
    visit = visits.visit(ashdown, day=LATER)
    with pytest.raises(Conflict, match="still to come"):
        visit_reports.hand_report(visit, by=ashdown.link)
    with visits.on(LATER), pytest.raises(Conflict, match="Nothing is written"):
        visit_reports.hand_report(visit, by=ashdown.link)


def test_handed_on_whoever_was_met_has_five_school_days(ashdown):
    visit = visits.visit(ashdown, state="checking")
    assert (visit.state, visit.check_by, visit.written_by) == ("checking", date(2026, 12, 10), ashdown.link.person)
    assert mails("visit_to_check") == ["Ashdown Deputy"]
    with pytest.raises(Conflict, match="Take it back first"):
        visits.write(visit, ashdown)
    visit_reports.take_back_report(visit, by=ashdown.link)
    assert (visit.state, visit.check_by) == ("planned", None)


def test_where_nobody_with_a_sign_in_was_met_the_head_checks(ashdown):
    visit = visits.visit(ashdown, staff_lead=make.person("Ada Still"))
    assert visit_reports.who_checks(visit) == [ashdown.head.person]


# --- checked, shared


def test_checked_it_is_before_the_board_with_the_comment_beside_it(ashdown):
    visit = visits.visit(ashdown, state="shared")
    assert (visit.state, visit.comment, visit.checked_by, visit.saw) == (
        "shared",
        "Year 2, not Year 1.",
        ashdown.deputy.person,
        "Two groups of hedgehogs.",
    )
    question = Question.objects.get()
    assert (question.text, question.asked_by, question.objective, question.to) == (
        "Who reads with the slowest?",
        ashdown.link.person,
        visit.objective,
        ashdown.deputy.person,
    )
    assert visit.raised.get().question == question
    assert mails("visit_shared") == ["Ashdown Chair", "Ashdown Clerk", "Ashdown Head", "Ashdown Link", "Ashdown Vice"]
    with pytest.raises(Conflict):
        visit_reports.check_report(visit, comment="Again", by=ashdown.deputy)
    assert Question.objects.count() == 1


@pytest.mark.parametrize("who", ["link", "chair", "clerk", "teacher", "governor"])
def test_nobody_else_checks_the_facts(ashdown, who):
    visit = visits.visit(ashdown, state="checking")
    with pytest.raises(NotAllowed, match="may check the facts"):
        visit_reports.check_report(visit, comment="Mine", by=getattr(ashdown, who))


def test_unchecked_for_five_school_days_it_goes_on_by_itself_once_and_marked(ashdown):
    visit = visits.visit(ashdown, state="checking")
    with visits.on(date(2026, 12, 10)):
        assert visit_reports.share_due() == []
    with visits.on(LATER):
        assert (visit_reports.share_due(), visit_reports.share_due()) == ([visit], [])
    visit.refresh_from_db()
    assert (visit.state, visit.went_unchecked, visit.checked_by, Question.objects.count()) == ("shared", True, None, 1)
    assert AuditEvent.objects.get(what="share_report").by_user in (None, 0)
    assert "Ashdown Chair" in mails("visit_shared")


def test_holidays_do_not_count_among_the_days_for_checking(ashdown):
    with visits.on(date(2026, 12, 16)):
        visit = visits.visit(ashdown, state="checking", day=date(2026, 12, 16))
    assert visit.check_by == date(2027, 1, 6)


def test_what_somebody_who_left_since_would_have_asked_stays_in_the_report(ashdown):
    visit = visits.visit(ashdown, state="checking")
    ashdown.link_seat.last_day = visits.TODAY - timedelta(days=1)
    ashdown.link_seat.save()
    visit_reports.check_report(visit, comment="", by=ashdown.deputy)
    assert (visit.raised.get().question, Question.objects.exists()) == (None, False)


def test_what_was_agreed_is_done_once(ashdown):
    action = visits.visit(ashdown, state="shared").agreed.get()
    with pytest.raises(NotAllowed):
        visit_reports.say_agreed_done(action, by=ashdown.chair)
    visit_reports.say_agreed_done(action, by=ashdown.head)
    assert action.done_on == visits.TODAY
    with pytest.raises(Conflict, match="already"):
        visit_reports.say_agreed_done(action, by=ashdown.deputy)


# --- who reads

INSIDE = {"head", "deputy", "business", "clerk", "chair", "vice", "governor", "link", "associate", "committee_member"}
EVERYONE = {*INSIDE, "teacher", "adviser", "inspector", "left"}


def readers(ashdown, seen: str) -> set[str]:
    return {name for name in EVERYONE if getattr(Visit.objects, seen)(getattr(ashdown, name)).exists()}


def test_that_a_visit_is_planned_is_for_leaders_and_the_boards_side(ashdown):
    visits.visit(ashdown)
    assert readers(ashdown, "visible_to") == INSIDE
    assert readers(ashdown, "to_read") == {"link", "deputy"}


def test_a_report_being_checked_is_for_leaders_alone(ashdown):
    visits.visit(ashdown, state="checking")
    assert readers(ashdown, "to_read") == {"link", "head", "deputy", "business"}


def test_before_the_board_advisers_read_it_too_and_inspectors_do_not(ashdown):
    visits.visit(ashdown, state="shared")
    assert readers(ashdown, "to_read") == INSIDE | {"adviser"} == readers(ashdown, "visible_to")


def test_inspectors_read_it_once_the_board_has_received_a_review_since(ashdown):
    plan = visits.plan(ashdown)
    visits.visit(ashdown, of=plan, state="shared")
    make.review(ashdown, state="received", plan_=plan)
    assert readers(ashdown, "to_read") == INSIDE | {"adviser", "inspector"}


def test_what_is_confidential_is_for_governors_leaders_and_the_clerk(ashdown):
    visit = visits.visit(ashdown)
    visits.write(visit, ashdown, is_confidential=True)
    visit_reports.hand_report(visit, by=ashdown.link)
    visit_reports.check_report(visit, comment="", by=ashdown.deputy)
    assert readers(ashdown, "to_read") == INSIDE - {"associate", "committee_member"}


def test_nobody_of_another_school_sees_any_of_it(ashdown, kestrel):
    visits.visit(ashdown, state="shared")
    for name in ("head", "chair", "clerk", "governor", "adviser", "inspector"):
        assert not Visit.objects.visible_to(getattr(kestrel, name)).exists()


# --- notes from outside


def test_an_adviser_leaves_a_note_that_leaders_and_the_board_read(ashdown, kestrel):
    plan = visits.plan(ashdown)
    note = noting.leave_note(plan, objective=None, on=visits.TODAY, text="Books are good.", by=ashdown.adviser)
    read = {name for name in EVERYONE if AdviserNote.objects.visible_to(getattr(ashdown, name)).exists()}
    assert (str(note), read) == ("Note of 3 December 2026 by Ashdown Adviser", INSIDE | {"adviser"})
    assert not AdviserNote.objects.visible_to(kestrel.chair).exists()
    with pytest.raises(NotAllowed, match="Only an adviser may leave a note"):
        noting.leave_note(plan, objective=None, on=visits.TODAY, text="Mine", by=ashdown.head)
    Plan.objects.update(state="closed")
    with pytest.raises(Conflict, match="The plan is closed"):
        noting.leave_note(plan, objective=None, on=visits.TODAY, text="More", by=ashdown.adviser)
