"""Which objectives of a plan are a board's to look at: all of them to a full board, to a committee what it monitors."""

from django.db.models import Q, QuerySet

from governance.models import Board
from sip.models import Objective


def objectives_of(board: Board) -> Q:
    """The condition on objectives: those that the board, or a seat of it, monitors; of a full board all."""
    if board.kind == Board.Kind.FULL:
        return Q()
    return Q(monitor_board=board) | Q(monitor_seat__board=board)


def is_whole(board: Board) -> bool:
    """Whether the board looks at whole plans."""
    return board.kind == Board.Kind.FULL


def of_plans(board: Board, plans) -> QuerySet:
    """The objectives of these plans that are the board's to look at."""
    return Objective.objects.filter(objectives_of(board), plan__in=plans)
