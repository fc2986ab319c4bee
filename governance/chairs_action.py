"""What the chair does for the board because it cannot wait: recorded with the two tests, reported at the next meeting.

Regulation 8 of the School Governance (Roles, Procedures and Allowances) (England) Regulations 2013: only where it is
not reasonably practicable to meet in time, and delay is likely to be seriously detrimental to the school, a pupil, a
parent or a member of staff; the vice chair where the chair cannot be reached. Trustees: where their articles give the
power.
"""

import re
from datetime import date, timedelta

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import Board, ChairsAction, Person, Role, User
from governance.permissions import P, Part
from governance.reporting import report_elsewhere
from governance.trustees import chair_may_act

FURTHEST_BACK = timedelta(days=60)

# "approve the school improvement plan", "closing this year's plan": never "approve a change to the plan".
_A_WHOLE_PLAN = re.compile(
    r"\b(approv|clos|adopt)\w*\s+(of\s+)?((the|this|our|that|its|whole|new|year.s|school(.s)?|trust(.s)?)\s+)*"
    r"((improvement|development)\s+)?(plan|sip|sdp|tip)\b",
    re.IGNORECASE,
)
_A_CHANGE = re.compile(r"\b(change|amend|move|part|item|line)\w*\b", re.IGNORECASE)


@operation(P.ACT_FOR_BOARD)
def act_for_board(
    board: Board,
    *,
    what: str,
    cannot_wait: str,
    detriment: str,
    consulted: str = "",
    chair_away: str = "",
    taken_on: date | None = None,
    by: User,
) -> ChairsAction:
    """Record what the chair did for the board in urgency. It goes on the agenda of the next meeting by itself.

    `chair_away`: why the vice chair acted. Never for approving or closing a plan: no plan moves by it.
    """
    day = taken_on or clock.today()
    if why := why_not_act(board):
        raise Conflict(why)
    _tests_are_met(what, cannot_wait, detriment)
    if not clock.today() - FURTHEST_BACK <= day <= clock.today():
        raise Conflict("Give the day on which you acted: not one to come, and not longer ago than two months.")
    if board.chairs_actions.filter(what=what, taken_on=day).exists():
        raise Conflict("This is recorded already.")
    action = ChairsAction.objects.create(
        board=board,
        what=what,
        cannot_wait=cannot_wait,
        detriment=detriment,
        consulted=consulted,
        chair_away=_why_the_vice_chair(board, chair_away, by),
        taken_on=day,
        taken_by=by.person,
        written_at=clock.now(),
    )
    report_elsewhere(board)
    _tell(action, by)
    return action


def why_not_act(board: Board) -> str:
    """Why nobody can act for this board, as a sentence; empty where its chair can."""
    if chair_may_act(board):
        return ""
    if board.kind != Board.Kind.FULL:
        return f"The {board} has no chair’s action: that is the full board’s chair’s alone."
    return f"The rules of the {board} give its chair no such power. The clerk keeps them on the page of the boards."


def _tests_are_met(what: str, cannot_wait: str, detriment: str) -> None:
    if not what.strip() or not cannot_wait.strip() or not detriment.strip():
        raise Conflict("Say what you did, why the board could not meet in time, and what harm delay would have done.")
    if _A_WHOLE_PLAN.search(what) and not _A_CHANGE.search(what):
        raise Conflict("A plan is approved and closed by the board alone, at a meeting. An urgent change to it can be.")


def _why_the_vice_chair(board: Board, chair_away: str, by: User) -> str:
    """Empty for the chair; of the vice chair the reason is asked."""
    if Part.CHAIR in board.parts_of(by):
        return ""
    if not chair_away.strip():
        raise Conflict("The vice chair acts only where the chair cannot: say why the chair could not.")
    return chair_away


def _tell(action: ChairsAction, by: User) -> None:
    """Mail to the members and the clerk: that something was done for them, and where it stands."""
    today, served = clock.today(), action.board.organisations.values("pk")
    clerks = Role.objects.on(today).filter(kind=Role.Kind.CLERK, organisation__in=served)
    members = action.board.members(on=today)
    others = Person.objects.filter(roles__in=clerks).exclude(pk__in=[one.pk for one in members]).distinct()
    for person in [*members, *others]:
        if person.pk != by.person_id:
            key = f"chairs_action:{action.pk}:{person.pk}"
            words = {"action": action, "here": action.here}
            outbox.post(key, "chairs_action", to=person, stream=action.audit_stream, **words)
