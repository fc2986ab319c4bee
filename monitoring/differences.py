"""Where monitor and leaders differ, the board hears both: an item comes onto its next agenda by itself."""

from foundation.errors import Conflict
from foundation.operations import operation
from governance import standing_items
from governance.deciding import Resolved, carry_forward, record
from governance.models import AgendaItem, Board, Decision, Meeting, User
from governance.permissions import P as G
from governance.placing import MOST_ITEMS, place_item, renumber
from monitoring.models import DifferenceItem, Review, View
from monitoring.reviewing import receiving_board
from sip.models import Plan


def follow_view(view: View) -> None:
    """After a view was given: one that differs comes onto the next agenda; one that differs no longer is taken off it,
    as long as papers are not out. Called within an operation."""
    if view.stance != View.Stance.DIFFERS:
        _take_off(view)
    elif board := receiving_board(view.review.plan):
        place_waiting(board)


def place_waiting(board: Board) -> list[AgendaItem]:
    """Put every difference that the board has not heard of on its next agenda: that of the next meeting whose papers
    are not out. Without one they wait until a meeting is planned. Called within an operation."""
    views = [view for view in _unheard() if receiving_board(view.review.plan) == board]
    meeting = standing_items.not_begun(board).first() if views else None
    if meeting is None:
        return []
    room = MOST_ITEMS - meeting.items.count()
    return [_place(view, meeting) for view in views[: max(0, room)]]


def _unheard():
    """The views that differ, of a plan in force, that no agenda has or had. A review that was received meanwhile leaves
    them to be talked about; one that leaders took back does not bring them yet."""
    rows = View.objects.filter(stance=View.Stance.DIFFERS, items=None, review__plan__state=Plan.State.APPROVED)
    rows = rows.exclude(review__state=Review.State.OPEN)
    return rows.select_related("review__plan__organisation", "objective__plan__organisation").order_by("pk")


def _place(view: View, meeting: Meeting) -> AgendaItem:
    whose = "" if meeting.here == view.review.here else f"{view.review.here}: "
    title = f"{whose}Where views differ: {view.objective.title}"
    item = place_item(meeting, title=title[:120], kind=AgendaItem.Kind.DIFFERENCE)
    DifferenceItem.objects.create(item=item, view=view)
    return item


def _take_off(view: View) -> None:
    """From agendas that nobody has been sent and that the board has not come to."""
    rows = view.items.filter(item__state=AgendaItem.State.WAITING, item__meeting__papers_sent_on=None)
    for row in rows.filter(item__meeting__attendances=None).select_related("item__meeting"):
        meeting = row.item.meeting
        row.item.delete()
        renumber(list(meeting.items.all()))


def usual_resolution(item: AgendaItem) -> str:
    """The words that are put to the board."""
    review = item.difference_item.view.review
    return (
        f"That the board note both views in the {str(review)[:1].lower()}{str(review)[1:]}, and what was said of them."
    )


@operation(G.RUN_MEETING)
def hear_both(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record that the board heard both views and talked about them, or deferred that. Neither view changes by it."""
    if item.kind != AgendaItem.Kind.DIFFERENCE:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")
    row = DifferenceItem.objects.get(item=item)
    decision = record(item, resolved, by)
    if later := carry_forward(item, decision):
        DifferenceItem.objects.create(item=later, view=row.view)
    return decision
