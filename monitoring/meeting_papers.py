"""The papers that lie before a meeting beside those of its items: the committee's own, the reports of visits shared
since the board's last meeting, and the papers of the year made since then."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from foundation import clock
from foundation.permissions import may
from governance.models import Board, Meeting, User
from governance.wording import near_day
from monitoring import committee_paper, papers, slices
from monitoring.models import FrozenPaper, PrintedPaper, Visit
from monitoring.permissions import P

_KIND = FrozenPaper.Kind
_OF_THE_YEAR = (_KIND.CHALLENGE, _KIND.CLOSE, _KIND.EVIDENCE)  # the full board's: a committee's members may not read it


def since(meeting: Meeting) -> tuple[datetime, datetime]:
    """From the end of the board's last meeting before this one to the end of the day of this. Without one: a year."""
    before = Meeting.objects.past().filter(board=meeting.board_id, day__lt=meeting.day).first()
    first = before.day if before else meeting.day - timedelta(days=365)
    return _end(first), _end(meeting.day)


def _end(day: date) -> datetime:
    return clock.local(day, time(23, 59))


def visits_of(meeting: Meeting, *, confidential: bool = False):
    """The visits whose reports came before the board since its last meeting: of a committee those to what it
    monitors."""
    board, (first, last) = meeting.board, since(meeting)
    rows = Visit.objects.filter(of_plans_of(board), state=Visit.State.SHARED, is_confidential=confidential)
    rows = rows.filter(shared_at__gt=first, shared_at__lte=last)
    if not slices.is_whole(board):
        plans = {row for row in rows.values_list("plan", flat=True)}
        rows = rows.filter(objective__in=slices.of_plans(board, plans))
    return rows.order_by("day", "pk").distinct()


def of_plans_of(board: Board) -> Q:
    """The condition on what hangs on a plan: the board decides on it, or sits in its organisation."""
    return Q(plan__deciding_board=board) | Q(plan__organisation__boards=board)


def frozen_of(meeting: Meeting, *, confidential: bool = False) -> list[FrozenPaper]:
    """The papers there are, the last of each kind: what part I, or part II, of the meeting's papers holds."""
    first, last = since(meeting)
    of_visits = Q(kind=_KIND.VISIT, visit__in=visits_of(meeting, confidential=confidential).values("pk"))
    wanted = of_visits
    if not confidential:
        wanted |= Q(kind=_KIND.COMMITTEE, meeting=meeting)
        if slices.is_whole(meeting.board):
            of_year = Q(kind__in=_OF_THE_YEAR, frozen_at__gt=first, frozen_at__lte=last)
            wanted |= of_year & of_plans_of(meeting.board)
    rows = FrozenPaper.objects.filter(wanted).select_related("plan__organisation", "visit").distinct()
    newest: dict[tuple, FrozenPaper] = {}
    for row in rows.order_by("frozen_at", "pk").defer("content"):
        newest[(row.kind, row.plan_id, row.visit_id)] = row
    order = [_KIND.COMMITTEE, _KIND.VISIT, *_OF_THE_YEAR]
    return sorted(
        newest.values(), key=lambda row: (order.index(row.kind), row.plan_id, row.visit.day if row.visit else date.min)
    )


def has_closed_visits(meeting: Meeting) -> bool:
    """Whether a confidential report came before the board since its last meeting: that is for part II."""
    return visits_of(meeting, confidential=True).exists()


def make_missing(meeting: Meeting, *, part_two: bool, by: User) -> None:
    """Ask for each paper that the meeting should have and that is not made yet: the committee's, anew as it stands
    now, and the reports of visits. Within the operation that makes the papers."""
    plan = committee_paper.plan_for(meeting.board)
    if plan and not part_two and may(by, P.MAKE_COMMITTEE_PAPER, meeting):
        papers.ask_for(_KIND.COMMITTEE, plan=plan, board=meeting.board, meeting=meeting, by=by)
    for visit in visits_of(meeting, confidential=part_two).filter(papers=None).select_related("plan__organisation"):
        if may(by, P.MAKE_VISIT_PAPER, visit):
            papers.ask_for(_KIND.VISIT, plan=visit.plan, visit=visit, by=by)


def bytes_of(paper: FrozenPaper) -> bytes | None:
    """Its PDF, made now where it waits still; None where it cannot be made."""
    found = PrintedPaper.objects.filter(paper=paper).last()
    if found is None:
        papers.make(papers.press.ask_for(paper=paper).pk)
        found = PrintedPaper.objects.filter(paper=paper).last()
    return bytes(found.content) if found else None


def name_of(paper: FrozenPaper) -> str:
    """ "Visit report, 4 December: Phonics in Year 1", "Challenge log 2026/27"."""
    if paper.visit:
        return f"Visit report, {near_day(paper.visit.day)}: {paper.visit.focus}"
    return f"{paper.get_kind_display()} {paper.plan.year_in_words}"
