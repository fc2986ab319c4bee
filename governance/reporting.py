"""What was done between meetings is reported at the next one: a chair's action, a written resolution.

A chair's action: regulation 8(4) of the School Governance (Roles, Procedures and Allowances) (England) Regulations 2013
has it reported to the board. A written resolution: read into the minutes, as trusts' articles have it.
"""

from collections.abc import Callable

from foundation import clock
from governance.models import AgendaItem, Board, ChairsAction, Meeting
from governance.placing import MOST_ITEMS, place_item
from governance.wording import full_day

# What comes onto an agenda by itself, for the board to hear of it: nobody takes it off, and it stops no cancelling.
REPORTS = (AgendaItem.Kind.CHAIRS_ACTION, AgendaItem.Kind.RESOLUTION, AgendaItem.Kind.DIFFERENCE)

_from_above: list[Callable[[Board], object]] = []


def bring_too(bring: Callable[[Board], object]) -> None:
    """A floor above joins what its own matters do when a board has a new meeting: they come onto the next agenda."""
    _from_above.append(bring)


def report_at(meeting: Meeting) -> list[AgendaItem]:
    """Put on this meeting's agenda whatever its board has not been told of. Called within an operation."""
    made = []
    for action in ChairsAction.objects.filter(board=meeting.board_id, reported_at=None).order_by("taken_on", "pk"):
        if meeting.items.count() < MOST_ITEMS:
            made.append(_report(meeting, action, **words_of_action(action)))
    for written in _unreported(meeting.board):
        if meeting.items.count() < MOST_ITEMS:
            made.append(_report(meeting, written, **_words_of_resolution(written)))
    for bring in _from_above:
        bring(meeting.board)
    return made


def report_elsewhere(board: Board) -> list[AgendaItem]:
    """The same at the next meeting of the board that has not begun; without one, when it is planned."""
    coming = Meeting.objects.select_for_update(of=("self",)).coming()
    meeting = coming.filter(board=board, day__gte=clock.today(), attendances=None).first()
    return report_at(meeting) if meeting else []


def reported_on(item: AgendaItem) -> ChairsAction | Meeting | None:
    """What an item reports: a chair's action, or a written resolution."""
    model = ChairsAction if item.kind == AgendaItem.Kind.CHAIRS_ACTION else Meeting
    return model.objects.filter(reported_at=item).first()


def follow(item: AgendaItem, later: AgendaItem) -> None:
    """A report that was deferred is reported where it stands now."""
    for model in (ChairsAction, Meeting):
        model.objects.filter(reported_at=item).update(reported_at=later)


def words_of_action(action: ChairsAction) -> dict:
    """Title and note of the item that reports a chair's action."""
    who = "vice chair’s" if action.chair_away else "chair’s"
    return {
        "kind": AgendaItem.Kind.CHAIRS_ACTION,
        "title": f"Report of a {who} action of {full_day(action.taken_on)}",
        "note": action.what,
        "resolution": f"That the board note the report of the {who} action of {full_day(action.taken_on)}.",
    }


def _words_of_resolution(written: Meeting) -> dict:
    item = written.items.select_related("decision").get()
    return {
        "kind": AgendaItem.Kind.RESOLUTION,
        "title": f"Report of a written resolution: {item.title}"[:120],
        "note": "" if item.is_confidential else item.decision.resolution,
        "resolution": f"That the board note the written resolution passed on {full_day(item.decision.decided_on)}.",
        "is_confidential": item.is_confidential,
    }


def _unreported(board: Board):
    """The written resolutions of a board that have passed and were not reported yet."""
    rows = Meeting.objects.filter(board=board, form=Meeting.Form.WRITTEN, reported_at=None)
    return rows.filter(items__decision__isnull=False).order_by("day", "pk")


def _report(meeting: Meeting, what: ChairsAction | Meeting, **words) -> AgendaItem:
    item = place_item(meeting, **words)
    what.reported_at = item
    what.save(update_fields=["reported_at"])
    return item
