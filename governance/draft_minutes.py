"""A meeting's minutes as a draft, ready to be copied: who was there, each item, what was decided and asked."""

from dataclasses import dataclass, field

from governance import follow_ups, kinds, part_two
from governance.follow_ups import Row
from governance.models import AgendaItem, Attendance, Meeting, Seat, User
from governance.reporting import REPORTS
from governance.room import jobs_at
from governance.wording import full_day, listed

_WAYS = {"in person": "Present", "remotely": "Present remotely", "apologies": "Apologies", "absent": "Absent"}
_IN_ATTENDANCE = "In attendance"


@dataclass(frozen=True)
class Minute:
    """One item: what is written of it, what was asked, who is to do what by when."""

    number: int
    title: str
    says: list[str] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    actions: list[tuple[str, str, str]] = field(default_factory=list)  # what, who, by when


@dataclass(frozen=True)
class DraftMinutes:
    """The draft as one page. `kept_apart`: how many items stand in the other part."""

    title: str
    where: str
    people: list[tuple[str, str]]
    chair: str
    minutes: list[Minute]
    last_time: list[Row]
    is_part_two: bool
    kept_apart: int
    signed: str


def of(meeting: Meeting, user: User, *, part_two: bool) -> DraftMinutes:
    """Draw it up for one person, in a number of queries that does not grow but with the kinds of items."""
    items, kept_back = _items(meeting), _kept_back(meeting, user)
    told = [item for item in items if item.is_confidential == part_two and item.pk not in kept_back]
    asked = kinds.asked_at(told, user)
    place = f", {meeting.place}" if meeting.place else ""
    part = ", part II (confidential)" if part_two else ""
    return DraftMinutes(
        title=f"Minutes of the {meeting.board} of {meeting.here}{part}",
        where=f"{meeting.day:%A} {full_day(meeting.day)}, {meeting.time:%H:%M}{place}",
        people=_people(meeting),
        chair=meeting.acting_chair.name if meeting.acting_chair else "",
        minutes=[_minute(item, asked.get(item.pk, [])) for item in told],
        last_time=[] if part_two else _last_time(meeting, user),
        is_part_two=part_two,
        kept_apart=sum(item.is_confidential != part_two for item in items),
        signed=full_day(meeting.minutes_signed_on) if meeting.minutes_signed_on else "",
    )


def _kept_back(meeting: Meeting, user: User) -> set[int]:
    return part_two.kept_back(meeting, user)


def _items(meeting: Meeting) -> list[AgendaItem]:
    rows = meeting.items.select_related("decision", "meeting__board")
    return list(rows.prefetch_related("decision__conditions__owner", "withdrawals__person", "follow_ups__owner"))


def _last_time(meeting: Meeting, user: User) -> list[Row]:
    """Actions of earlier meetings, without those of confidential items: part I is read by everyone."""
    return [row for row in follow_ups.from_last_time(meeting, user) if not row.is_confidential]


def _people(meeting: Meeting) -> list[tuple[str, str]]:
    """ "Present" → names with what they are and when they came or left, and so on."""
    seats = {seat.person_id: seat for seat in meeting.board.seats.on(meeting.day)}
    jobs = jobs_at(meeting)
    rows = list(meeting.attendances.select_related("person"))
    named = {way: [_named(row, seats, jobs) for row in rows if _way(row, seats) == way] for way in _ORDER}
    return [(way, listed(names)) for way, names in named.items() if names]


_ORDER = ("Present", "Present remotely", _IN_ATTENDANCE, "Apologies", "Absent")


def _way(row: Attendance, seats: dict[int, Seat]) -> str:
    way = _WAYS[row.how]
    return _IN_ATTENDANCE if row.is_there and row.person_id not in seats else way


def _named(row: Attendance, seats: dict[int, Seat], jobs: dict[int, str]) -> str:
    seat = seats.get(row.person_id)
    what = jobs.get(row.person_id, "")
    if seat:
        what = seat.category or "" if seat.position == Seat.Position.MEMBER else seat.get_position_display()
    times = [f"from {row.arrived:%H:%M}"] if row.arrived else []
    times += [f"until {row.left:%H:%M}"] if row.left else []
    said = ", ".join(word for word in (what, *times) if word)
    return f"{row.person.name} ({said})" if said else row.person.name


def _minute(item: AgendaItem, asked: list[tuple[str, str]]) -> Minute:
    decision = getattr(item, "decision", None)
    said = [item.note] if item.kind in REPORTS and item.note else []
    if decision:
        said.append(decision.wording)
    else:
        said += [_undecided(item), *_withdrawn(item)]
    rows = [*(decision.conditions.all() if decision else []), *item.follow_ups.all()]
    return Minute(
        number=item.position,
        title=item.title,
        says=said,
        questions=[*kinds.of(item).minuted(item), *asked],
        actions=[(row.text, row.owner.name, full_day(row.due_on)) for row in rows],
    )


def _undecided(item: AgendaItem) -> str:
    if item.state == AgendaItem.State.CLOSED:
        return "Discussed; no decision was taken."
    return "The board has not come to this item."


def _withdrawn(item: AgendaItem) -> list[str]:
    names = [row.person.name for row in item.withdrawals.all()]
    return [f"{listed(names)} withdrew and took no part."] if names else []
