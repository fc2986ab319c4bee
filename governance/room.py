"""What the page of an item shows of the people: who is in the room, the count, the votes, one's own part."""

from dataclasses import dataclass, field

from foundation.permissions import may
from governance.models import AgendaItem, Attendance, Meeting, Role, Seat, User
from governance.permissions import P, Part
from governance.quorum import Quorum, count, there_now
from governance.voting import Votes, votes_on


@dataclass(frozen=True)
class Present:
    """One person who came to the meeting. `is_in`: has not withdrawn from this item."""

    person: int
    name: str
    words: str  # "chair", "parent, remotely"
    is_in: bool
    reason: str


@dataclass(frozen=True)
class Room:
    """The people of one item, as one person sees them."""

    quorum: Quorum
    members: list[Present]
    others: list[Present]
    apologies: list[str]
    absent: list[str]
    chair: str
    votes: Votes
    is_me: int
    my_vote: str = ""
    may_vote: bool = False
    i_withdrew: bool = False
    may_withdraw: bool = False
    reads_reasons: bool = False
    may_break_tie: bool = False
    out: list[Present] = field(default_factory=list)

    @property
    def has_begun(self) -> bool:
        return self.quorum.is_recorded


def room_of(item: AgendaItem, user: User) -> Room:
    """Read it: seats, attendance, withdrawals and votes, in a number of queries that does not grow."""
    meeting = item.meeting
    seats = {seat.person_id: seat for seat in meeting.board.seats.on(meeting.day).select_related("person")}
    rows = list(meeting.attendances.select_related("person"))
    gone = {row.person_id: row for row in item.withdrawals.select_related("person")}
    here = there_now(meeting)
    jobs = jobs_at(meeting)
    came = [
        _present(row, seats.get(row.person_id), gone, jobs)
        for row in sorted(rows, key=lambda row: _rank(seats.get(row.person_id)))
        if row.is_there and row.person_id in here
    ]
    there = here - set(gone)
    votes, votable = votes_on(item), {key for key, seat in seats.items() if _votes(seat)}
    me = user.person_id
    mine = item.votes.filter(seat__person=me).values_list("choice", flat=True).first() or ""
    return Room(
        quorum=count(meeting.board, list(seats.values()), there, is_recorded=any(row.is_there for row in rows)),
        members=[one for one in came if one.person in votable],
        others=[one for one in came if one.person not in votable],
        apologies=_names(rows, Attendance.How.APOLOGIES),
        absent=_names(rows, Attendance.How.ABSENT),
        chair=meeting.acting_chair.name if meeting.acting_chair else "",
        votes=votes,
        is_me=me,
        my_vote=mine,
        may_vote=me in there & votable and may(user, P.VOTE, item),
        i_withdrew=me in gone,
        may_withdraw=me in seats or me in {row.person_id for row in rows},
        reads_reasons=bool(item.parts_of(user) & {Part.CLERK, Part.CHAIR, Part.ACTING_CHAIR}),
        may_break_tie=meeting.acting_chair_id in there & votable,
        out=[one for one in came if not one.is_in] + _gone_without_coming(gone, came, seats),
    )


def jobs_at(meeting: Meeting) -> dict[int, str]:
    """What those who attend without a seat are in the organisations that the board serves, by person."""
    served = meeting.board.organisations.values("pk")
    roles = Role.objects.on(meeting.day).filter(organisation__in=served).order_by("pk")
    return {role.person_id: role.get_kind_display() for role in roles}


def _rank(seat: Seat | None) -> int:
    """The chair stands first, then the vice chair, then the others by name."""
    order = (Seat.Position.CHAIR, Seat.Position.VICE_CHAIR)
    return order.index(seat.position) if seat and seat.position in order else len(order)


def _present(row: Attendance, seat: Seat | None, gone: dict, jobs: dict[int, str]) -> Present:
    words = [_position(seat) if seat else jobs.get(row.person_id, "")]
    if row.how == Attendance.How.REMOTE:
        words.append("remotely")
    left = gone.get(row.person_id)
    said = ", ".join(word for word in words if word)
    return Present(row.person_id, row.person.name, said, left is None, left.reason if left else "")


def _gone_without_coming(gone: dict, came: list[Present], seats: dict) -> list[Present]:
    """Withdrawn beforehand, and not (yet) at the meeting."""
    there = {one.person for one in came}
    return [
        Present(key, row.person.name, _position(seats.get(key)), False, row.reason)
        for key, row in gone.items()
        if key not in there
    ]


def _position(seat: Seat | None) -> str:
    """ "chair", "parent", "associate member", with what an associate may vote on: what tells one from another."""
    if seat is None:
        return ""
    if seat.position == Seat.Position.MEMBER:
        return seat.category
    limit = f", may vote on: {seat.votes_on}" if seat.votes_on else ""
    return f"{seat.get_position_display()}{limit}"


def _votes(seat: Seat) -> bool:
    return seat.votes and not seat.is_suspended


def _names(rows: list[Attendance], how: str) -> list[str]:
    return [row.person.name for row in rows if row.how == how]
