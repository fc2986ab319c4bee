"""How the actions of an approved plan go: said by whoever owns one, by who leads its objective, or by a leader."""

from datetime import timedelta

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import User
from sip.models import Action, Plan
from sip.permissions import P

AGAIN = timedelta(minutes=1)  # the same words of the same person within it are one button pressed twice


class SaidAlready(Conflict):
    """The same person has said the same this minute: it stands, and nothing is left to do."""


@operation(P.SAY_STATUS)
def say_status(action: Action, *, status: str, note: str, by: User) -> Action:
    """Say how far an action is, with a line of one's own. Who says it last is heard; nothing needs to be approved."""
    if why := why_not_said(action.plan, action):
        raise Conflict(why)
    now = clock.now()
    same = (action.status, action.status_note, action.status_said_by_id) == (status, note, by.person_id)
    if same and action.status_said_at and now - action.status_said_at < AGAIN:
        raise SaidAlready("You have said this just now.")
    action.status, action.status_note = status, note
    action.status_said_by, action.status_said_at = by.person, now
    action.save(update_fields=["status", "status_note", "status_said_by", "status_said_at"])
    action.plan.touch()
    return action


def why_not_said(plan: Plan, action: Action | None = None) -> str:
    """Why nobody can say now how an action goes, as a sentence; empty while they can. Of this one, if it is named."""
    if action is not None and action.status == Action.Status.STOPPED:
        return "This action was stopped. It stays as it was, with the reason."
    if plan.state == Plan.State.APPROVED:
        return ""
    if plan.state == Plan.State.CLOSED:
        return "The plan is closed. Its actions stay as they were last said to be."
    return f"How an action goes is said once the plan is approved. Now {plan.get_state_display()}."
