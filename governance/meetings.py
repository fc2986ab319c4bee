"""Meetings: planned, their agenda, papers and attendance; items opened, voted on and closed; minutes signed."""

from datetime import date, time

from django.db.models import ProtectedError

from foundation import clock, outbox, uploads
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import (
    AgendaItem,
    Attendance,
    Board,
    ItemPaper,
    Meeting,
    Person,
    Role,
    Seat,
    Strategy,
    User,
    Vote,
)
from governance.permissions import P
from governance.placing import place_item, place_strategy, renumber, still_planned
from governance.reporting import REPORTS, report_at, report_elsewhere
from governance.standing_items import place_on
from governance.voting import (
    cast_vote,
    close_item,
    close_voting,
    come_back,
    leave_item,
    open_item,
    open_voting,
    withdraw,
)
from governance.wording import full_day, near_day, weekday

_ADDED_HERE = (AgendaItem.Kind.ORDINARY, AgendaItem.Kind.STRATEGY)  # the others are put from their own pages
_TALKED_ABOUT = (AgendaItem.Kind.ORDINARY, AgendaItem.Kind.MONITORING)  # can do without a decision

# ---------------------------------------------------------------- planning


@operation(P.PLAN_MEETING)
def plan_meeting(board: Board, *, day: date, time: time, place: str, by: User) -> Meeting:
    """Plan a meeting of the board. What was done between meetings and not reported yet goes on its agenda, and so does
    what stands on every agenda of the board."""
    if board.meetings.filter(day=day, time=time, form=Meeting.Form.MEETING).exists():
        raise Conflict(f"A meeting of {board.name} is planned for {near_day(day)} at {time:%H:%M} already.")
    meeting = Meeting.objects.create(board=board, day=day, time=time, place=place)
    report_at(meeting)
    place_on(meeting)
    return meeting


@operation(P.PLAN_MEETING)
def change_meeting(meeting: Meeting, *, day: date, time: time, place: str, by: User) -> Meeting:
    """Move a planned meeting to another day, time or place."""
    _still_planned(meeting)
    others = meeting.board.meetings.filter(day=day, time=time).exclude(pk=meeting.pk)
    if others.exists():
        raise Conflict(f"A meeting of {meeting.board.name} is planned for {near_day(day)} at {time:%H:%M} already.")
    if day != meeting.day and _somebody_is_there(meeting):
        raise Conflict("Who is present has been recorded: the meeting has begun and stays on its day.")
    meeting.day, meeting.time, meeting.place = day, time, place
    meeting.save(update_fields=["day", "time", "place"])
    return meeting


@operation(P.PLAN_MEETING)
def cancel_meeting(meeting: Meeting, *, by: User) -> None:
    """Take a planned meeting off the calendar, as long as nothing has come of it."""
    _still_planned(meeting)
    formal = meeting.items.exclude(kind__in=(*_TALKED_ABOUT, *REPORTS))
    if formal.exists() or meeting.items.filter(decision__isnull=False).exists():
        raise Conflict("Something waits on its agenda for a decision. Take it off the agenda, or defer it, first.")
    if meeting.attendances.exists() or meeting.papers_sent_on:
        raise Conflict("Its papers are out, or somebody was recorded as present: the meeting stays in the record.")
    board = meeting.board
    uploads.forget(ItemPaper.objects.filter(item__meeting=meeting))
    meeting.items.all().delete()
    try:
        Meeting.objects.filter(pk=meeting.pk).delete()
    except ProtectedError as kept:  # what a floor above keeps of it
        raise Conflict("Papers were made for it as one PDF: the meeting stays in the record.") from kept
    report_elsewhere(board)


# ---------------------------------------------------------------- the agenda


@operation(P.PLAN_MEETING)
def add_item(
    meeting: Meeting,
    *,
    title: str,
    note: str = "",
    kind: str = "ordinary",
    strategy: Strategy | None = None,
    position: int | None = None,
    resolution: str = "",
    by: User,
) -> AgendaItem:
    """Put an item on the agenda: other business, or a strategy that waits to be adopted."""
    _is_met_for(meeting)
    if kind not in _ADDED_HERE:
        raise Conflict("A plan, its objectives and its reviews are put on the agenda from the plan.")
    if kind == AgendaItem.Kind.STRATEGY:
        return place_strategy(meeting, strategy, title=title, note=note, position=position, resolution=resolution)
    return place_item(meeting, title=title, note=note, kind=kind, position=position, resolution=resolution)


@operation(P.PLAN_MEETING)
def change_item(item: AgendaItem, *, title: str, note: str, resolution: str, by: User) -> AgendaItem:
    """Change the words of an item that the board has not come to yet."""
    _not_come_to_yet(item)
    item.title, item.note, item.resolution = title, note, resolution
    item.save(update_fields=["title", "note", "resolution"])
    return item


@operation(P.PLAN_MEETING)
def move_item(item: AgendaItem, *, up: bool, by: User) -> AgendaItem:
    """Move an item one place up or down; at the end of the agenda nothing happens."""
    _still_planned(item.meeting)
    rows = list(item.meeting.items.all())
    here = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    renumber(rows)
    item.position = next(place for place, row in enumerate(rows, start=1) if row.pk == item.pk)
    return item


@operation(P.PLAN_MEETING)
def drop_item(item: AgendaItem, *, by: User) -> None:
    """Take an item off the agenda before the board comes to it. What must be reported stays."""
    _not_come_to_yet(item)
    if item.kind in REPORTS:
        raise Conflict("It has to be reported to the board. The board can defer it to a later meeting.")
    if item.follow_ups.exists():
        raise Conflict("An action was recorded at it: the item stays in the record. Close it without a decision.")
    meeting = item.meeting
    uploads.forget(item.papers.all())
    AgendaItem.objects.filter(pk=item.pk).delete()
    renumber(list(meeting.items.all()))


# ---------------------------------------------------------------- papers


@operation(P.SEND_PAPERS)
def send_papers(meeting: Meeting, *, by: User, on: date | None = None) -> Meeting:
    """Record that notice, agenda and papers have gone out, and tell everyone who is called to the meeting by mail.

    Later than the board's notice allows only where the chair has directed that it is urgent.
    """
    _still_planned(meeting)
    on = on or clock.today()
    if meeting.papers_sent_on:
        raise Conflict(f"The papers went out on {weekday(meeting.papers_sent_on)}.")
    if on > clock.today():
        raise Conflict("Papers are recorded as sent on the day they go out, not before.")
    if not meeting.items.exists():
        raise Conflict("The agenda is empty. Put something on it before the papers go out.")
    if on > meeting.papers_due_on and not meeting.urgency_reason:
        due = weekday(meeting.papers_due_on)
        raise Conflict(f"The papers had to be out by {due}. They can go later only where the chair directs urgency.")
    meeting.papers_sent_on = on
    meeting.save(update_fields=["papers_sent_on"])
    for person in called_to(meeting):
        if person.pk != by.person_id:
            key = f"papers_out:{meeting.pk}:{person.pk}"
            outbox.post(key, "papers_out", to=person, stream=meeting.audit_stream, meeting=meeting, here=meeting.here)
    return meeting


def called_to(meeting: Meeting) -> list[Person]:
    """Whoever gets notice: the board's members, with or without a vote, and the heads of what it serves."""
    members = meeting.board.members(on=clock.today())
    kinds, served = (Role.Kind.HEADTEACHER, Role.Kind.TRUST_LEADER), meeting.board.organisations.values("pk")
    heads = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation__in=served)
    others = Person.objects.filter(roles__in=heads).exclude(pk__in=[person.pk for person in members]).distinct()
    return members + list(others)


@operation(P.DIRECT_URGENCY)
def direct_urgency(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """The chair directs that the papers may go out late, for a reason that is recorded and said in the notice."""
    _still_planned(meeting)
    if meeting.papers_sent_on and not meeting.papers_are_late:
        raise Conflict(f"The papers went out in time, on {weekday(meeting.papers_sent_on)}.")
    if not meeting.papers_are_late:
        raise Conflict(f"There is time: papers must be out by {weekday(meeting.papers_due_on)}.")
    meeting.urgency_reason = reason
    meeting.save(update_fields=["urgency_reason"])
    return meeting


# ---------------------------------------------------------------- who is there


@operation(P.RUN_MEETING)
def record_attendance(
    meeting: Meeting,
    *,
    how: dict[int, str],
    acting_chair: Person | None = None,
    times: dict[int, tuple[time | None, time | None]] | None = None,
    by: User,
) -> Meeting:
    """Record who came, how, and who chairs. People by their keys; whoever is left out is not in the record.

    Without a name the chair chairs, else the vice chair. Nobody can be there before the day has come.
    """
    _is_met_for(meeting)
    _minutes_are_open(meeting)
    there = {number for number, word in how.items() if word in (Attendance.How.PRESENT, Attendance.How.REMOTE)}
    if there and clock.today() < meeting.day:
        raise Conflict(f"The meeting is on {weekday(meeting.day)}. Who is present is recorded from that day on.")
    chair = acting_chair or usual_chair(meeting, there)
    if acting_chair is not None:
        _can_chair(meeting, acting_chair, there)
    meeting.attendances.exclude(person__in=how).delete()
    for number, word in how.items():
        arrived, left = (times or {}).get(number, (None, None))
        Attendance.objects.update_or_create(
            meeting=meeting, person_id=number, defaults={"how": word, "arrived": arrived, "left": left}
        )
    undecided = Vote.objects.filter(item__meeting=meeting).exclude(item__state=AgendaItem.State.CLOSED)
    undecided.exclude(seat__person__in=there).delete()
    meeting.acting_chair = chair
    meeting.save(update_fields=["acting_chair"])
    return meeting


def usual_chair(meeting: Meeting, there: set[int]) -> Person | None:
    """The chair if present, else the vice chair; the board elects somebody where neither is."""
    seats = meeting.board.seats.on(meeting.day).filter(person__in=there).select_related("person")
    by_position = {seat.position: seat.person for seat in seats}
    return by_position.get(Seat.Position.CHAIR) or by_position.get(Seat.Position.VICE_CHAIR)


def _can_chair(meeting: Meeting, person: Person, there: set[int]) -> None:
    if person.pk not in there:
        raise Conflict(f"{person} is not present and cannot chair the meeting.")
    if not meeting.board.seats.on(meeting.day).filter(person=person).exists():
        raise Conflict(f"{person} has no seat on {meeting.board.name} and cannot chair its meeting.")


# ---------------------------------------------------------------- the end of it


@operation(P.RUN_MEETING)
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Record that the meeting is over. What was only talked about is closed with it; what needs a decision is not."""
    _still_planned(meeting)
    if not _somebody_is_there(meeting):
        raise Conflict("Record who was present first.")
    undecided = meeting.items.exclude(state=AgendaItem.State.CLOSED)
    for item in undecided:
        if item.state == AgendaItem.State.OPEN or item.kind not in _TALKED_ABOUT:
            raise Conflict(f"Item {item.position}, “{item}”, is not closed: decide on it, defer it or close it first.")
    undecided.update(state=AgendaItem.State.CLOSED)
    meeting.advance(to=Meeting.State.HELD)
    return meeting


@operation(P.SIGN_MINUTES)
def sign_minutes(meeting: Meeting, *, on: date, by: User) -> Meeting:
    """Record on which day the minutes were signed. From then on the record changes by a new decision only."""
    _is_met_for(meeting)
    if meeting.minutes_signed_on:
        raise Conflict(f"The minutes were signed on {full_day(meeting.minutes_signed_on)}.")
    if meeting.state != Meeting.State.HELD:
        raise Conflict("The meeting is not over yet. Close it first, then its minutes can be signed.")
    if not meeting.day <= on <= clock.today():
        raise Conflict(f"Minutes are signed after the meeting of {full_day(meeting.day)}, and not in days to come.")
    meeting.minutes_signed_on = on
    meeting.save(update_fields=["minutes_signed_on"])
    return meeting


# ---------------------------------------------------------------- what must be so


def _still_planned(meeting: Meeting) -> None:
    _is_met_for(meeting)
    still_planned(meeting)


def _is_met_for(meeting: Meeting) -> None:
    if meeting.is_written:
        raise Conflict("Nobody meets for a written resolution: members agree to it on its page.")


def _minutes_are_open(meeting: Meeting) -> None:
    if meeting.minutes_are_signed:
        raise Conflict(f"The minutes were signed on {full_day(meeting.minutes_signed_on)}: the record stands.")


def _not_come_to_yet(item: AgendaItem) -> None:
    _still_planned(item.meeting)
    if item.state != AgendaItem.State.WAITING:
        raise Conflict(f"The board has come to item {item.position} already: it is {item.get_state_display()}.")


def _somebody_is_there(meeting: Meeting) -> bool:
    return meeting.attendances.filter(how__in=(Attendance.How.PRESENT, Attendance.How.REMOTE)).exists()


__all__ = [
    "add_item",
    "called_to",
    "cancel_meeting",
    "cast_vote",
    "change_item",
    "change_meeting",
    "close_item",
    "close_meeting",
    "close_voting",
    "come_back",
    "direct_urgency",
    "drop_item",
    "leave_item",
    "move_item",
    "open_item",
    "open_voting",
    "place_item",
    "plan_meeting",
    "record_attendance",
    "send_papers",
    "sign_minutes",
    "usual_chair",
    "withdraw",
]
