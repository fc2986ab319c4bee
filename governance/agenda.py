"""What the page of a meeting shows: where its papers stand, the agenda with what came of each item, who was there."""

from dataclasses import dataclass, field, replace

from django.db.models import Prefetch

from foundation import clock
from foundation.permissions import may, why_not
from governance import follow_ups, kinds, papers, part_two
from governance.models import AgendaItem, Decision, Meeting, User
from governance.permissions import P
from governance.wording import full_day, listed, number, weekday


@dataclass(frozen=True)
class Line:
    """An item of the agenda, what it asks of the board, and what came of it in words."""

    item: AgendaItem
    decision: Decision | None
    says: str
    asks: str = ""
    is_kept_back: bool = False  # in part II, and this person sees the title alone
    papers: list = field(default_factory=list)


@dataclass(frozen=True)
class MeetingPage:
    """The meeting in words, and what this person may do with it."""

    status: str
    papers: str
    papers_are_late: bool
    is_planned: bool
    has_begun: bool
    is_the_day: bool
    lines: list[Line]
    came: list[tuple[str, str]]
    chair: str
    minutes: str
    may_plan: bool
    may_send: bool
    why_not_send: str
    may_direct: bool
    may_run: bool
    may_sign: bool
    who_signs: str
    who_runs: str
    may_draft: bool
    actions: list[follow_ups.Row] = field(default_factory=list)
    last_time: list[follow_ups.Row] = field(default_factory=list)  # what earlier meetings gave people to do


def page_of(meeting: Meeting, user: User) -> MeetingPage:
    """Read it for one person."""
    planned = meeting.state == Meeting.State.PLANNED
    rows = list(meeting.attendances.select_related("person"))
    begun = any(row.is_there for row in rows)
    sends = planned and meeting.papers_sent_on is None and may(user, P.SEND_PAPERS, meeting)
    late = meeting.papers_sent_on is None and meeting.papers_are_late
    kept_back, brought = part_two.kept_back(meeting, user), papers.of_meeting(meeting, user)
    return MeetingPage(
        status=_status(meeting, begun),
        papers=_papers(meeting),
        papers_are_late=meeting.papers_are_late and planned,
        is_planned=planned,
        has_begun=begun,
        is_the_day=clock.today() >= meeting.day,
        lines=[_with_papers(_line(item, kept_back), brought) for item in _items(meeting)],
        came=_came(rows),
        chair=meeting.acting_chair.name if meeting.acting_chair else "",
        minutes=_minutes(meeting),
        may_plan=planned and may(user, P.PLAN_MEETING, meeting),
        may_send=sends and not (late and not meeting.urgency_reason),
        why_not_send=_why_not_send(meeting) if sends and late and not meeting.urgency_reason else "",
        may_direct=planned and late and may(user, P.DIRECT_URGENCY, meeting),
        may_run=not meeting.minutes_are_signed and may(user, P.RUN_MEETING, meeting),
        may_sign=not planned and not meeting.minutes_are_signed and may(user, P.SIGN_MINUTES, meeting),
        who_signs=why_not(P.SIGN_MINUTES),
        who_runs=why_not(P.RUN_MEETING),
        may_draft=begun and may(user, P.DRAFT_MINUTES, meeting),
        actions=follow_ups.of_meeting(meeting, user),
        last_time=follow_ups.from_last_time(meeting, user),
    )


def _items(meeting: Meeting):
    conditions = Prefetch("decision__conditions")
    return meeting.items.select_related("decision").prefetch_related(conditions)


def _status(meeting: Meeting, begun: bool) -> str:
    where = f"{meeting.time:%H:%M}" + (f", {meeting.place}" if meeting.place else "")
    if meeting.state == Meeting.State.HELD:
        return f"Held on {weekday(meeting.day)}, {where}."
    if begun:
        return f"Going on: {weekday(meeting.day)}, {where}."
    ahead = (meeting.day - clock.today()).days
    if ahead < 0:
        return f"Planned for {weekday(meeting.day)}, {where}. What came of it is not recorded yet."
    when = {0: "Today", 1: "Tomorrow"}.get(ahead, f"In {number(ahead)} days")
    return f"{when}: {weekday(meeting.day)}, {where}."


def _papers(meeting: Meeting) -> str:
    days = meeting.board.notice_days
    clear = f"{number(days)} clear {'day' if days == 1 else 'days'}"
    due = weekday(meeting.papers_due_on)
    if meeting.papers_sent_on is None:
        if meeting.papers_are_late:
            return f"Papers had to be out by {due}: {clear}. They are late."
        return f"Papers must be out by {due}: {clear}."
    if meeting.papers_are_late:
        return f"Papers went out on {weekday(meeting.papers_sent_on)}, late: they were due by {due}, {clear} before."
    return f"Papers went out on {weekday(meeting.papers_sent_on)}, in time: {clear} are needed."


def _why_not_send(meeting: Meeting) -> str:
    return f"They were due by {weekday(meeting.papers_due_on)}. {why_not(P.DIRECT_URGENCY)} Then they can go out."


def _with_papers(line: Line, brought: dict[int, list]) -> Line:
    """With the PDFs that lie before the board at the item, unless this person sees its title alone."""
    return line if line.is_kept_back else replace(line, papers=brought.get(line.item.pk, []))


def _line(item: AgendaItem, kept_back: set[int]) -> Line:
    if item.pk in kept_back:
        return Line(item, None, "", is_kept_back=True)
    decision = getattr(item, "decision", None)
    if decision is None:
        says = {"waiting": "", "open": "Open now", "closed": "Discussed, no decision"}[item.state]
        return Line(item, None, "Voting is open" if item.voting_is_open else says, kinds.of(item).asks)
    minute = f", {decision.minute_reference}" if decision.minute_reference else ""
    return Line(item, decision, f"{decision.get_outcome_display()}{minute}")


def _came(rows) -> list[tuple[str, str]]:
    """ "Present" → names, and so on; a way in which nobody came is left out. Times stand behind the name."""
    ways = {"in person": "Present", "remotely": "Present remotely", "apologies": "Apologies", "absent": "Absent"}
    named = {way: [_named(row) for row in rows if row.how == way] for way in ways}
    return [(ways[way], listed(names)) for way, names in named.items() if names]


def _named(row) -> str:
    times = []
    if row.arrived:
        times.append(f"from {row.arrived:%H:%M}")
    if row.left:
        times.append(f"until {row.left:%H:%M}")
    return f"{row.person.name} ({', '.join(times)})" if times else row.person.name


def _minutes(meeting: Meeting) -> str:
    if meeting.minutes_are_signed:
        return f"Signed on {full_day(meeting.minutes_signed_on)}. The record stands; only a new decision changes it."
    return "Not signed yet. Until they are, a mistake in the record can be put right in sight."
