"""The report of a visit: written, checked for facts by whoever was met, then before the board. Its questions become
Questions at that moment. Staff who do not check it within five school days do not hold it up."""

from datetime import date, timedelta

from django.db import transaction

from foundation import audit, clock
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from foundation.permissions import may
from governance import years
from governance.models import Person, Role, User
from monitoring import visiting
from monitoring.models import Visit, VisitAction, VisitQuestion
from monitoring.permissions import P
from sip import asking
from sip.models import Plan, Question
from sip.permissions import P as Sip

DAYS_TO_CHECK = 5  # school days
SEEN = ("saw", "heard", "read")
_WORDS = (
    *("day", "starts_at", "minutes", "met_with", "read_before", *SEEN, "evidence", "progress", "stance", "mark"),
    *("impact", "celebrate", "next_on", "next_focus", "is_confidential"),
)


@operation(P.WRITE_VISIT)
def write_report(visit: Visit, *, revision: int, raised: list[str], agreed: list[dict], by: User, **words) -> Visit:
    """Save the report as far as it is written. Only its visitors read it until it is handed on.

    Raises StaleEdit when somebody who went along saved meanwhile.
    """
    _require_written_now(visit)
    if not visit.claim_revision(revision):
        raise StaleEdit("Somebody who went along saved the report while you were typing.", thing=visit)
    for name in _WORDS:
        setattr(visit, name, words[name])
    visit.written_by = by.person
    visit.save(update_fields=[*_WORDS, "written_by"])
    visit.raised.all().delete()
    VisitQuestion.objects.bulk_create(VisitQuestion(visit=visit, text=text) for text in raised)
    visit.agreed.all().delete()
    VisitAction.objects.bulk_create(VisitAction(visit=visit, **row) for row in agreed)
    return visit


@operation(P.WRITE_VISIT)
def hand_report(visit: Visit, *, by: User) -> Visit:
    """Hand the report to whoever was met, to check its facts; they hear of it by mail."""
    if why := why_not_handed(visit):
        raise Conflict(why)
    visit.advance(to=Visit.State.CHECKING)
    visit.written_by, visit.written_at, visit.check_by = by.person, clock.now(), _checked_by(visit.plan)
    visit.save(update_fields=["written_by", "written_at", "check_by"])
    for person in who_checks(visit):
        visiting.tell(visit, "visit_to_check", person, mark=visit.revision, by=by)
    return visit


@operation(P.WRITE_VISIT)
def take_back_report(visit: Visit, *, by: User) -> Visit:
    """Take the report back to mend it, while facts are still being checked."""
    if visit.state != Visit.State.CHECKING:
        raise Conflict(f"This report is now: {visit.get_state_display()}. It can no longer be taken back.")
    visit.advance(to=Visit.State.PLANNED)
    visit.check_by = None
    visit.save(update_fields=["check_by"])
    return visit


@operation(P.CHECK_VISIT)
def check_report(visit: Visit, *, comment: str, by: User) -> Visit:
    """Say that the facts are right, or what is not, beside the report and never in it. It is before the board then."""
    visit.advance(to=Visit.State.SHARED)
    visit.checked_by, visit.checked_at, visit.comment = by.person, clock.now(), comment
    visit.save(update_fields=["checked_by", "checked_at", "comment"])
    _put_before_the_board(visit, by=by)
    return visit


def share_due() -> list[Visit]:
    """Put before the board what nobody checked in time, marked so. By the timetable; done twice at once, each once."""
    shared = []
    waiting = Visit.objects.filter(state=Visit.State.CHECKING, check_by__lt=clock.today())
    for number in waiting.values_list("pk", flat=True):
        if visit := _share_unchecked(number):
            shared.append(visit)
    return shared


def _share_unchecked(number: int) -> Visit | None:
    with transaction.atomic():
        visit = Visit.objects.select_for_update(of=("self",)).get(pk=number)
        if visit.state != Visit.State.CHECKING:
            return None
        before = audit.picture(visit)
        visit.advance(to=Visit.State.SHARED)
        visit.went_unchecked = True
        visit.save(update_fields=["went_unchecked"])
        _put_before_the_board(visit, by=None)
        audit.record("share_report", by=audit.TIMETABLE, thing=visit, before=before, words={})
        return visit


@operation(P.SAY_AGREED_DONE)
def say_agreed_done(action: VisitAction, *, by: User) -> VisitAction:
    """What was agreed on a visit is done."""
    if action.done_on:
        raise Conflict("Somebody said already that this is done.")
    action.done_on = clock.today()
    action.save(update_fields=["done_on"])
    return action


# ---------------------------------------------------------------- what follows


def _put_before_the_board(visit: Visit, *, by: User | None) -> None:
    """Shown from this moment on: its questions are asked, and those who should read it are told."""
    visit.shared_at = clock.now()
    visit.save(update_fields=["shared_at"])
    asker = _who_asks(visit)
    for row in visit.raised.filter(question=None) if asker else ():
        row.question = _asked(visit, row.text, asker)
        row.save(update_fields=["question"])
    for person in _readers(visit):
        visiting.tell(visit, "visit_shared", person, by=by)


def _asked(visit: Visit, text: str, asker: User) -> Question:
    plan, objective = visit.plan, visit.objective
    about = {"objective": objective, "about": str(objective) if objective else ""}
    to = asking.whom_to_ask(plan, objective, asker=asker.person)
    question = asking.put_down(plan, asker=asker.person, text=text, to=to, **about)
    asking.tell_of(question, by=asker)
    return question


def _who_asks(visit: Visit) -> User | None:
    """Whoever wrote it, else another visitor, with a sign-in or without: as long as they may ask. Without one its
    questions stay in the report."""
    if visit.plan.state == Plan.State.CLOSED:
        return None
    people = sorted(visit.visitors.select_related("user"), key=lambda one: (one.pk != visit.written_by_id, one.pk))
    users = (getattr(person, "user", None) or User(person=person) for person in people)
    return next((user for user in users if may(user, Sip.ASK, visit.plan)), None)


def _readers(visit: Visit) -> list[Person]:
    """The chair and vice chair, whoever monitors the objective, who went, the headteacher and the clerks. Others of the
    board find it where they read, without a mail."""
    today, board = clock.today(), visit.plan.deciding_board
    chairs = board.seats.on(today).filter(position__in=("chair", "vice chair")).values("person")
    clerks = Role.objects.on(today).filter(kind=Role.Kind.CLERK, organisation=visit.plan.organisation_id)
    keys = {row["person"] for row in chairs} | set(clerks.values_list("person", flat=True))
    keys |= set(visit.visitors.values_list("pk", flat=True))
    keys |= {person.pk for person in visiting.heads(visit.plan)}
    seat = visit.objective.monitor_seat if visit.objective else None
    keys |= {seat.person_id} if seat and seat.is_current and not visit.is_confidential else set()
    return list(Person.objects.filter(pk__in=keys))


def who_checks(visit: Visit) -> list[Person]:
    """Whoever was met, if they can sign in; else the headteacher."""
    if visit.staff_lead_id and User.objects.filter(person=visit.staff_lead_id, is_active=True).exists():
        return [visit.staff_lead]
    return visiting.heads(visit.plan)


def _checked_by(plan: Plan) -> date:
    """Five school days from today; the summer holiday holds none either."""
    last = max((term.ends for term in plan.organisation.terms_of(plan.year)), default=years.last_day(plan.year))
    summer = (last + timedelta(days=1), years.last_day(plan.year))
    return asking.school_days_after(clock.today(), DAYS_TO_CHECK, [*asking.holidays(plan), summer])


# ---------------------------------------------------------------- why not


def why_not_handed(visit: Visit) -> str:
    """Why the report cannot be handed on now, as a sentence; empty when it can."""
    if visit.state != Visit.State.PLANNED:
        return f"This report is now: {visit.get_state_display()}. It was handed on already."
    if visit.day > clock.today():
        return "The visit is still to come. Its report can be handed on from that day."
    if not any(getattr(visit, name) for name in SEEN):
        return "Nothing is written of what you saw, heard or read."
    return ""


def _require_written_now(visit: Visit) -> None:
    if visit.state == Visit.State.CHECKING:
        raise Conflict("The report is with staff, who check its facts. Take it back first to change it.")
    if visit.state == Visit.State.CALLED_OFF:
        raise Conflict(f"This visit was called off: {visit.called_off_why.rstrip('.')}. There is nothing to write.")
    if visit.state == Visit.State.SHARED:
        raise Conflict("The report is before the board. It stays as it was shared.")
