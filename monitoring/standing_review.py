"""A review comes onto agendas by itself where boards have it standing: to be received by the board that receives it,
to be discussed, for the objectives that it monitors, by a committee. It is put once; then it is the clerk's."""

from governance.models import AgendaItem, Board, Meeting
from governance.placing import place_item
from governance.standing_items import join, may_take, open_to
from monitoring import slices
from monitoring.models import Review, ReviewItem

_UNDECIDED = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)
_KIND = AgendaItem.Kind


def put_by_itself(review: Review) -> list[ReviewItem]:
    """After a review was sent: put it on the next agenda, with room for it and papers not out, of every board that has
    it standing. Called within an operation."""
    boards = list(Board.objects.filter(organisations=review.plan.organisation_id, stands_review=True).distinct())
    receives = review.receiving_board
    if receives and receives.stands_review and receives not in boards:
        boards.append(receives)
    coming = {board: open_to(board) for board in boards}
    return [made for board in boards if coming[board] and (made := _put(review, coming[board][0]))]


def bring(meeting: Meeting) -> list[ReviewItem]:
    """When a meeting is planned: put on its agenda what was sent and no agenda of its board has. What the clerk took
    off another meeting comes to this one."""
    if not meeting.board.stands_review:
        return []
    waiting = Review.objects.filter(state=Review.State.WITH_GOVERNORS).select_related("plan__organisation")
    return [made for review in waiting.order_by("pk") if (made := _put(review, meeting))]


def coming_receipt(review: Review) -> ReviewItem | None:
    """Where it is on an agenda to be received, still undecided."""
    rows = ReviewItem.objects.filter(review=review, item__kind=_KIND.REVIEW, item__state__in=_UNDECIDED)
    return rows.select_related("item__meeting__board").first()


def place(review: Review, meeting: Meeting, kind: str) -> ReviewItem:
    """Put a review on an agenda, under its own name, with its school's where another body meets."""
    title = str(review)
    if meeting.here != review.here:
        title = f"{review.here}: {title[:1].lower()}{title[1:]}"[:120]
    return ReviewItem.objects.create(item=place_item(meeting, title=title, kind=kind), review=review)


def _put(review: Review, meeting: Meeting) -> ReviewItem | None:
    """On this agenda, unless another one of the board has it, or had it: never twice."""
    if not may_take(meeting):
        return None
    if meeting.board == review.receiving_board:
        return None if coming_receipt(review) else place(review, meeting, _KIND.REVIEW)
    if _came_before(review, meeting.board) or not _has_part_in(meeting.board, review):
        return None
    return place(review, meeting, _KIND.MONITORING)


def _came_before(review: Review, board: Board) -> bool:
    return ReviewItem.objects.filter(review=review, item__meeting__board=board).exists()


def _has_part_in(board: Board, review: Review) -> bool:
    """Whether some objective is the board's to look at: of a plan of those whom it serves."""
    serves = board.organisations.filter(pk=review.plan.organisation_id).exists()
    return serves and slices.of_plans(board, [review.plan_id]).exists()


join(bring)
