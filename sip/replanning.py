"""What leaders move of an action without ceremony: to another owner, or to another day within its term. The old one
stays in sight, with why and by whom. Anything further is an amendment."""

from datetime import date

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import Person, User
from sip import amendable
from sip.models import Action, Plan, Replanned
from sip.permissions import P

_MONTHS = {"autumn": (9, 10, 11, 12), "spring": (1, 2, 3), "summer": (4, 5, 6, 7, 8)}


@operation(P.REPLAN)
def replan_action(action: Action, *, due_on: date | None, owner: Person | None, why: str, by: User) -> list[Replanned]:
    """Move an action within its term, or to another owner. Returns what moved."""
    if reason := why_not_replanned(action):
        raise Conflict(reason)
    if reason := why_not_on(action, due_on):
        raise Conflict(reason)
    if owner != action.owner and owner and not Person.objects.on_hand(action.here).filter(pk=owner.pk).exists():
        raise Conflict(f"{owner} is nobody who can be named here today.")
    wanted, moved = {"due_on": due_on, "owner": owner}, []
    for field, value in wanted.items():
        before = getattr(action, field)
        if value != before:
            setattr(action, field, value)
            held = {"before": amendable.plain(before), "after": amendable.plain(value)}
            moved.append(Replanned(action=action, field=field, why=why, by=by.person, at=clock.now(), **held))
    if not moved:
        raise Conflict("Nothing is changed: it is the same day and the same owner.")
    action.save(update_fields=list(wanted))
    Replanned.objects.bulk_create(moved)
    action.plan.touch()
    return moved


def why_not_replanned(action: Action) -> str:
    """Why nothing of this action can be moved now, as a sentence; empty when it can."""
    if action.plan.state != Plan.State.APPROVED:
        return f"Only what is in a plan in force is moved. This one is: {action.plan.get_state_display()}."
    if action.status in (Action.Status.STOPPED, Action.Status.DONE):
        return f"This action is {action.get_status_display()}: it stays as it was."
    return ""


def why_not_on(action: Action, due_on: date | None) -> str:
    """Why it cannot be moved to this day without an amendment; empty when it can."""
    if due_on == action.due_on:
        return ""
    if due_on is None:
        return "An action keeps a day by which it is done."
    if due_on < clock.today():
        return "Choose a day from today on."
    if action.starts_on and due_on < action.starts_on:
        return "It begins after that day."
    if action.due_on and term_of(action.plan, due_on) != term_of(action.plan, action.due_on):
        return "That day lies in another term: moving it there is an amendment of the plan, of which the board is told."
    return ""


def term_of(plan: Plan, day: date) -> tuple[int, str]:
    """The school year and term of a day, holidays with the term before them; by months where terms are not known."""
    year = day.year if day.month >= 9 else day.year - 1
    begun = [one for one in plan.organisation.terms_of(year) if one.starts <= day]
    if begun:
        return year, max(begun, key=lambda one: one.starts).name
    return year, next(name for name, months in _MONTHS.items() if day.month in months)
