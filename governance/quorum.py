"""Whether a board may decide on an item: who is in the room for it, against how many its rules ask for."""

from dataclasses import dataclass
from datetime import time

from foundation import clock
from governance.models import AgendaItem, Board, Meeting, Seat


@dataclass(frozen=True)
class Quorum:
    """The count for one item.

    `present`: voting members in the room; `filled`: the voting seats that are held, whoever withdrew among them;
    `governors` and `members`: of all in the room, those with a governor's seat, and those with any seat.
    `counted` is what is held against `needed`: on a committee whose governors must be the majority, its governors only.
    """

    present: int
    filled: int
    needed: int
    governors: int = 0
    members: int = 0
    counted: int = 0
    governors_lead: bool = False
    is_recorded: bool = True

    @property
    def has_enough(self) -> bool:
        return self.counted >= self.needed

    @property
    def has_majority(self) -> bool:
        """Governors are more than half of the members present, where the board's rules ask for it."""
        return not self.governors_lead or 2 * self.governors > self.members

    @property
    def is_quorate(self) -> bool:
        return self.has_enough and self.has_majority

    @property
    def there(self) -> str:
        """ "8 present of 11"; on a committee that needs governors, how many of them."""
        if self.governors_lead and self.counted != self.present:
            return f"{self.counted} governors present"
        return f"{self.present} present of {self.filled}"

    @property
    def numbers(self) -> str:
        """ "8 present of 11, 6 needed"."""
        return f"{self.there}, {self.needed} needed"

    @property
    def sentence(self) -> str:
        """How the page says it."""
        if not self.is_recorded:
            return "Who is present has not been recorded yet."
        if self.is_quorate:
            return f"Quorate for this item: {self.numbers}."
        return f"Not quorate for this item: {self.lack}. No vote can be taken."

    @property
    def lack(self) -> str:
        """What is missing, with the numbers; empty where nothing is."""
        if not self.has_enough:
            return self.numbers
        if not self.has_majority:
            return (
                f"only {self.governors} of the {self.members} members present are governors, who must be the majority"
            )
        return ""


def count(board: Board, seats: list[Seat], there: set[int], *, is_recorded: bool = True) -> Quorum:
    """Count a board's seats of the day against the people who are in the room. Reads nothing."""
    voting = [seat for seat in seats if seat.votes and not seat.is_suspended]
    members = [seat for seat in seats if seat.person_id in there]
    present = [seat for seat in voting if seat.person_id in there]
    governors = [seat for seat in members if seat.position != Seat.Position.ASSOCIATE and not seat.is_suspended]
    leads = board.governors_in_majority
    return Quorum(
        present=len(present),
        filled=len(voting),
        needed=board.quorum_of(len(voting)),
        governors=len(governors),
        members=len(members),
        counted=len([seat for seat in present if seat in governors]) if leads else len(present),
        governors_lead=leads,
        is_recorded=is_recorded,
    )


def quorum_for(item: AgendaItem, at: time | None = None) -> Quorum:
    """Read it for one item: seats of the meeting's day, attendance, withdrawals. `at`: as it was at an hour of it."""
    meeting = item.meeting
    seats = list(meeting.board.seats.on(meeting.day))
    return count(meeting.board, seats, in_the_room(item, at), is_recorded=meeting.attendances.exists())


def in_the_room(item: AgendaItem, at: time | None = None) -> set[int]:
    """The keys of the people who are there for this item, members or not."""
    withdrawn = set(item.withdrawals.values_list("person", flat=True))
    return there_now(item.meeting, at) - withdrawn


def there_now(meeting: Meeting, at: time | None = None) -> set[int]:
    """Who came. On the meeting's day a time of arrival or leaving counts at once; later it is for the record only,
    unless an hour is asked for."""
    rows = [row for row in meeting.attendances.all() if row.is_there]
    if at or meeting.day == clock.today():
        moment = at or clock.in_london(clock.now()).time()
        rows = [row for row in rows if (row.arrived or moment) <= moment < (row.left or time.max)]
    return {row.person_id for row in rows}


def voting_seats(item: AgendaItem) -> dict[int, Seat]:
    """The voting seats whose holders are in the room for the item, by person."""
    there = in_the_room(item)
    seats = item.meeting.board.voting_seats(on=item.meeting.day).filter(person__in=there).select_related("person")
    return {seat.person_id: seat for seat in seats}
