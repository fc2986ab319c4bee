"""Which boards of the law's own a board is: a maintained school's, whose rules are regulations, or academy trustees."""

from governance.models import Board
from governance.setting_up import ACADEMIES


def are_trustees(board: Board) -> bool:
    """Whether its members are the trustees of an academy trust: a trust's full board, or that of an academy by itself.

    A local governing body is a committee of its trust's board in law, and no board of trustees.
    """
    if board.kind != Board.Kind.FULL:
        return False
    return all(
        one.is_trust or (one.trust_id is None and one.establishment in ACADEMIES) for one in board.organisations.all()
    )


def is_maintained(board: Board) -> bool:
    """Whether it is the full board of maintained schools."""
    if board.kind != Board.Kind.FULL:
        return False
    return all(
        not one.is_trust and one.trust_id is None and one.establishment not in ACADEMIES
        for one in board.organisations.all()
    )


def may_resolve_in_writing(board: Board) -> bool:
    """Trustees of an academy trust whose rules allow it. The 2013 Regulations give a maintained board no such way."""
    return board.written_resolutions and are_trustees(board)


def chair_may_act(board: Board) -> bool:
    """A maintained school's chair, by regulation 8 of the School Governance (Roles, Procedures and Allowances)
    (England) Regulations 2013; another full board's where its articles or the trust's scheme say so."""
    return board.kind == Board.Kind.FULL and (is_maintained(board) or board.chair_may_act)
