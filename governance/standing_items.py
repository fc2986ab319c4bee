"""Standing items: what comes onto the agendas of a board by itself, as the board has chosen on its page.

"Monitoring progress" comes with each meeting that is planned. "Review of the plan" comes with what there is to review:
the floor above brings it and joins here. The clerk may move them, word them anew, or take them off for one meeting.
"""

from collections.abc import Callable

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import AgendaItem, Board, Meeting, User
from governance.permissions import P
from governance.placing import MOST_ITEMS, place_item

MONITORING = "Monitoring progress"

_brought: list[Callable[[Meeting], object]] = []


def join(bring: Callable[[Meeting], object]) -> None:
    """Add what a floor above puts onto a meeting that is planned, where its board has it standing."""
    _brought.append(bring)


def place_on(meeting: Meeting) -> None:
    """Put on the agenda of a coming meeting what its board has standing. Called within an operation; what is on it
    already is not put twice."""
    if meeting.board.stands_monitoring and may_take(meeting) and not _has_monitoring(meeting):
        _place_monitoring(meeting)
    for bring in _brought:
        bring(meeting)


def place_on_coming(board: Board) -> None:
    """The same on every coming meeting of a board that has just chosen so."""
    for meeting in open_to(board):
        place_on(meeting)


def not_begun(board: Board):
    """The coming meetings of a board whose papers are not out and where nobody is yet, the next one first. Held until
    the operation that asks is over."""
    coming = Meeting.objects.select_for_update(of=("self",)).coming()
    return coming.filter(board=board, day__gte=clock.today(), attendances=None, papers_sent_on=None)


def open_to(board: Board) -> list[Meeting]:
    """Those of them onto whose agenda something may still come by itself."""
    return [meeting for meeting in not_begun(board) if may_take(meeting)]


def may_take(meeting: Meeting) -> bool:
    """Whether its agenda has room."""
    return meeting.items.count() < MOST_ITEMS


@operation(P.PLAN_MEETING)
def put_monitoring(meeting: Meeting, *, by: User) -> AgendaItem:
    """Put "Monitoring progress" on the agenda of one meeting: it does not stand there, or was taken off."""
    if _has_monitoring(meeting):
        raise Conflict(f"“{MONITORING}” is on the agenda already.")
    return _place_monitoring(meeting)


def _place_monitoring(meeting: Meeting) -> AgendaItem:
    return place_item(meeting, title=MONITORING, kind=AgendaItem.Kind.MONITORING)


def _has_monitoring(meeting: Meeting) -> bool:
    return meeting.items.filter(kind=AgendaItem.Kind.MONITORING, title=MONITORING).exists()
