"""Boards, committees and working parties, their rules, whom they serve, and which of them decides what."""

from django.db.models import ProtectedError

from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from governance.models import Board, Delegation, Organisation, User
from governance.permissions import P
from governance.standing_items import place_on_coming
from governance.trustees import are_trustees


@operation(P.KEEP_BOARDS)
def add_board(
    organisation: Organisation,
    *,
    name: str,
    kind: str,
    quorum: str,
    quorum_number: int | None = None,
    short_name: str = "",
    governors_in_majority: bool = False,
    notice_days: int = 7,
    parent: Board | None = None,
    organisations: list[Organisation] | None = None,
    written_resolutions: bool = False,
    chair_may_act: bool = False,
    stands_review: bool = False,
    stands_monitoring: bool = False,
    by: User,
) -> Board:
    """Add a committee or a working party. It stands under the full board unless another is named."""
    if organisation.boards.filter(name__iexact=name).exists():
        raise Conflict(f"There is a {name} already.")
    if kind == Board.Kind.FULL and organisation.full_board():
        raise Conflict(f"{organisation} has a full board already: the {organisation.full_board()}.")
    board = Board.objects.create(
        name=name,
        short_name=short_name,
        kind=kind,
        parent=None if kind == Board.Kind.FULL else parent or organisation.full_board(),
        quorum=quorum,
        quorum_number=quorum_number if quorum == Board.Quorum.NUMBER else None,
        governors_in_majority=governors_in_majority,
        notice_days=notice_days,
        stands_review=stands_review,
        stands_monitoring=stands_monitoring,
    )
    board.organisations.add(organisation)
    if organisations:
        _serve(board, organisations, by)
    _between_meetings(board, written_resolutions, chair_may_act)
    return board


@operation(P.KEEP_BOARDS)
def change_board(
    board: Board,
    *,
    name: str,
    short_name: str,
    quorum: str,
    quorum_number: int | None,
    governors_in_majority: bool,
    notice_days: int,
    organisations: list[Organisation] | None = None,
    written_resolutions: bool | None = None,
    names_soundings: bool | None = None,
    chair_may_act: bool | None = None,
    stands_review: bool | None = None,
    stands_monitoring: bool | None = None,
    by: User,
) -> Board:
    """Change a board's name, rules, standing items or the organisations that it serves. Meetings held keep the quorum
    they had; a standing item chosen now also comes onto the coming agendas whose papers are not out."""
    board.name, board.short_name = name, short_name
    board.quorum, board.quorum_number = quorum, quorum_number if quorum == Board.Quorum.NUMBER else None
    board.governors_in_majority, board.notice_days = governors_in_majority, notice_days
    if names_soundings is not None:
        board.names_soundings = names_soundings
    board.save()
    if organisations is not None:
        _serve(board, organisations, by)
    _between_meetings(board, written_resolutions, chair_may_act)
    _stand(board, stands_review, stands_monitoring)
    return board


@operation(P.KEEP_BOARDS)
def set_delegation(organisation: Organisation, *, decision: str, board: Board, by: User) -> Delegation:
    """Say which board takes a decision from now on. A plan under way stays with the board that it began with; of its
    reviews the next one goes to the board that is named now."""
    if board not in can_decide(organisation):
        raise NotAllowed(f"The {board} can decide nothing for {organisation}.")
    organisation.delegations.filter(decision=decision, board=board).exclude(does=Delegation.Does.DECIDES).delete()
    row, _ = Delegation.objects.update_or_create(
        organisation=organisation, decision=decision, does=Delegation.Does.DECIDES, defaults={"board": board}
    )
    return row


@operation(P.KEEP_BOARDS)
def set_part(organisation: Organisation, *, decision: str, board: Board, does: str, by: User) -> Delegation | None:
    """Say what another board does in a decision: recommends, is consulted, monitors, is informed; "" takes its part
    away. Which board decides is said elsewhere."""
    if board not in can_decide(organisation):
        raise NotAllowed(f"The {board} has no part in what is decided for {organisation}.")
    if does and does not in parts_in(decision):
        raise Conflict("Choose what the board does. Which board decides is said above.")
    if board == organisation.deciding_board(decision):
        raise Conflict(f"The {board} decides on this: it has no second part in it.")
    rows = organisation.delegations.filter(decision=decision, board=board)
    if not does:
        rows.delete()
        return None
    row, _ = Delegation.objects.update_or_create(
        organisation=organisation, decision=decision, board=board, defaults={"does": does}
    )
    return row


def parts_in(decision: str) -> dict[str, str]:
    """What a board can do in a decision beside deciding. On reviews nobody recommends: they are received."""
    rows = {one.value: one.label for one in Delegation.Does if one != Delegation.Does.DECIDES}
    if decision == Delegation.Decides.REVIEWS:
        del rows[Delegation.Does.RECOMMENDS]
    return rows


def scheme_of(organisation: Organisation) -> list[tuple[str, Board | None, list[tuple[Board, str]]]]:
    """Decision by decision: what it is, the board that takes it, and the others with what they do."""
    rows = organisation.delegations.exclude(does=Delegation.Does.DECIDES).select_related("board").order_by("pk")
    others: dict[str, list[tuple[Board, str]]] = {}
    for row in rows:
        others.setdefault(row.decision, []).append((row.board, row.get_does_display()))
    return [(one.label, organisation.deciding_board(one), others.get(one.value, [])) for one in Delegation.Decides]


def _between_meetings(board: Board, written_resolutions: bool | None, chair_may_act: bool | None) -> None:
    """What the board's rules allow between meetings, as far as the law lets them."""
    if written_resolutions and not are_trustees(board):
        raise Conflict(f"The {board} decides at meetings: only the trustees of an academy trust resolve in writing.")
    if chair_may_act and board.kind != Board.Kind.FULL:
        raise Conflict(f"A chair’s action is the full board’s chair’s. The {board} has none.")
    given = {"written_resolutions": written_resolutions, "chair_may_act": chair_may_act}
    changed = {name: value for name, value in given.items() if value is not None}
    if changed:
        Board.objects.filter(pk=board.pk).update(**changed)
        board.__dict__.update(changed)


def _stand(board: Board, review: bool | None, monitoring: bool | None) -> None:
    """What comes onto its agendas by itself from now on. What stands on a coming agenda already is the clerk's."""
    before = (board.stands_review, board.stands_monitoring)
    board.stands_review = before[0] if review is None else review
    board.stands_monitoring = before[1] if monitoring is None else monitoring
    board.save(update_fields=["stands_review", "stands_monitoring"])
    if (board.stands_review and not before[0]) or (board.stands_monitoring and not before[1]):
        place_on_coming(board)


def can_decide(organisation: Organisation) -> list[Board]:
    """Its own boards, and those of its trust; working parties decide nothing."""
    places = [organisation.pk, organisation.trust_id]
    boards = Board.objects.filter(organisations__in=[place for place in places if place]).distinct()
    return list(boards.exclude(kind=Board.Kind.WORKING_PARTY).order_by("pk"))


def _serve(board: Board, organisations: list[Organisation], by: User) -> None:
    """Let the board serve these and no others. A clerk adds and takes away only what this clerk clerks."""
    now, wanted = set(board.organisations.all()), set(organisations)
    if not wanted:
        raise Conflict("A board serves at least one organisation.")
    if {one.pk for one in now ^ wanted} - by.standing.clerk_ids:
        raise NotAllowed("Only their own clerk may say which board serves an organisation.")
    for one in wanted - now:
        _give_up_own_board(one, board)
        board.organisations.add(one)
    for one in now - wanted:
        if board.kind == Board.Kind.FULL and not one.boards.filter(kind=Board.Kind.FULL).exclude(pk=board.pk).exists():
            raise Conflict(f"{one} would be left without a board.")
        board.organisations.remove(one)


def _give_up_own_board(organisation: Organisation, board: Board) -> None:
    """In a federation one full board serves all. The one that a school began with goes, if nobody ever used it."""
    if board.kind != Board.Kind.FULL:
        return
    for own in organisation.boards.filter(kind=Board.Kind.FULL).exclude(pk=board.pk):
        own.committees.update(parent=board)
        Delegation.objects.filter(board=own).update(board=board)
        try:
            own.delete()
        except ProtectedError:
            raise Conflict(
                f"{organisation} has a {own} of its own, with members or meetings. Two full boards cannot both decide."
            ) from None
