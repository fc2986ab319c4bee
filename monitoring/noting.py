"""A note that an adviser from outside leaves: dated, signed, and evidence that is neither leaders' nor the board's."""

from datetime import date

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import User
from monitoring.models import AdviserNote
from monitoring.permissions import P
from sip.models import Objective, Plan


@operation(P.LEAVE_NOTE)
def leave_note(plan: Plan, *, objective: Objective | None, on: date, text: str, by: User) -> AdviserNote:
    """Leave a note on an objective, or on the plan as a whole. It stays as it is: a later one may correct it."""
    if why := why_not_noted(plan):
        raise Conflict(why)
    return AdviserNote.objects.create(
        plan=plan, objective=objective, on=on, text=text, written_by=by.person, written_at=clock.now()
    )


def why_not_noted(plan: Plan) -> str:
    """Why no note can be left now, as a sentence; empty when one can."""
    if plan.state == Plan.State.CLOSED:
        return "The plan is closed. Leave your note on this year’s plan."
    if plan.state != Plan.State.APPROVED:
        return "Notes are left on an approved plan. The board has not approved this one yet."
    return ""
