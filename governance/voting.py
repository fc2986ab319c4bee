"""What goes on at one item of the agenda: opened, who leaves the room, votes in the browser, closed."""

from dataclasses import dataclass, field

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from foundation.permissions import may, why_not
from governance.models import AgendaItem, Attendance, Meeting, Person, Seat, User, Vote, Withdrawal
from governance.permissions import P
from governance.quorum import quorum_for, voting_seats
from governance.wording import full_day, weekday

# ---------------------------------------------------------------- opened and closed


@operation(P.OPEN_ITEM)
def open_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """The board comes to this item."""
    in_session(item)
    item.advance(to=AgendaItem.State.OPEN)
    return item


@operation(P.OPEN_ITEM)
def leave_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """The board leaves the item for now, and comes back to it later in the meeting."""
    _voting_is_over(item)
    item.advance(to=AgendaItem.State.WAITING)
    return item


@operation(P.OPEN_ITEM)
def close_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """Close an item that was talked about and needs no decision."""
    in_session(item)
    _voting_is_over(item)
    item.advance(to=AgendaItem.State.CLOSED)
    return item


def in_session(item: AgendaItem) -> None:
    """Conflict unless the item's meeting is going on: somebody is there, and it is not over."""
    meeting = item.meeting
    _is_met_for(item)
    if item.state == AgendaItem.State.CLOSED:
        raise Conflict(f"“{item}” is closed{_how_it_ended(item)}.")
    if meeting.state != Meeting.State.PLANNED:
        raise Conflict(f"The meeting of {full_day(meeting.day)} is over.")
    if not meeting.attendances.filter(how__in=(Attendance.How.PRESENT, Attendance.How.REMOTE)).exists():
        raise Conflict(f"The meeting of {weekday(meeting.day)} has not begun: nobody is recorded as present.")


def _is_met_for(item: AgendaItem) -> None:
    if item.meeting.is_written:
        raise Conflict("Nobody meets for a written resolution: members agree to it on its page.")


def _how_it_ended(item: AgendaItem) -> str:
    decision = getattr(item, "decision", None)
    return f": {decision.get_outcome_display().lower()} on {full_day(decision.decided_on)}" if decision else ""


def _voting_is_over(item: AgendaItem) -> None:
    if item.voting_is_open:
        raise Conflict("Voting is open on this item. Close the voting first.")


# ---------------------------------------------------------------- who leaves the room


@operation(None)
def withdraw(item: AgendaItem, *, person: Person, reason: str = "", by: User) -> Withdrawal:
    """Somebody takes no part in one item: for a conflict of interest, or because they had to go. Their vote goes too.

    Everyone may withdraw themselves; the clerk records it for others.
    """
    _oneself_or_the_clerk(item, person, by)
    _still_undecided(item)
    item.votes.filter(seat__person=person).delete()
    row, _ = Withdrawal.objects.update_or_create(item=item, person=person, defaults={"reason": reason})
    return row


@operation(None)
def come_back(item: AgendaItem, *, person: Person, by: User) -> None:
    """Somebody who had withdrawn takes part again, before the item is decided."""
    _oneself_or_the_clerk(item, person, by)
    _still_undecided(item)
    item.withdrawals.filter(person=person).delete()


@operation(P.RUN_MEETING)
def seat_the_room(item: AgendaItem, *, there: set[int], reasons: dict[int, str], by: User) -> None:
    """Record who, of those at the meeting, is in the room for this item; whoever is not has withdrawn.

    People by their keys. A reason that was given earlier stays unless another one is given.
    """
    _still_undecided(item)
    keep_room(item, there=there, reasons=reasons)


def keep_room(item: AgendaItem, *, there: set[int], reasons: dict[int, str]) -> None:
    """The same within an operation that holds the item."""
    came = {row.person_id for row in item.meeting.attendances.all() if row.is_there}
    item.withdrawals.filter(person__in=came & there).delete()
    item.votes.filter(seat__person__in=came - there).delete()
    for person in came - there:
        given = {"reason": reasons[person]} if person in reasons else {}
        Withdrawal.objects.update_or_create(item=item, person_id=person, defaults=given)


def _oneself_or_the_clerk(item: AgendaItem, person: Person, by: User) -> None:
    if person.pk != by.person_id and not may(by, P.RUN_MEETING, item):
        raise NotAllowed(f"Everyone can withdraw themselves. {why_not(P.RUN_MEETING)}")


def _still_undecided(item: AgendaItem) -> None:
    _is_met_for(item)
    if item.state == AgendaItem.State.CLOSED:
        raise Conflict(f"“{item}” is closed{_how_it_ended(item)}.")


# ---------------------------------------------------------------- votes in the browser


@operation(P.OPEN_ITEM)
def open_voting(item: AgendaItem, *, by_name: bool = False, by: User) -> AgendaItem:
    """Open the voting; the item opens with it. Opened a second time, everyone votes anew.

    By name only where the chair calls for it: then the names stand beside the votes, and everyone is told so before.
    """
    in_session(item)
    if item.voting_is_open:
        raise Conflict("Voting is open already.")
    quorum = quorum_for(item)
    if not quorum.is_quorate:
        raise Conflict(quorum.sentence)
    if item.state == AgendaItem.State.WAITING:
        item.advance(to=AgendaItem.State.OPEN)
    item.votes.all().delete()
    item.voting_is_open, item.votes_by_name = True, by_name
    item.save(update_fields=["voting_is_open", "votes_by_name"])
    return item


@operation(P.OPEN_ITEM)
def close_voting(item: AgendaItem, *, by: User) -> AgendaItem:
    """Close the voting. From now on the counts can be seen, and no vote changed."""
    if not item.voting_is_open:
        raise Conflict("Voting is not open on this item.")
    item.voting_is_open = False
    item.save(update_fields=["voting_is_open"])
    return item


@operation(P.VOTE)
def cast_vote(item: AgendaItem, *, choice: str, by: User) -> Vote:
    """Vote, or change one's vote while voting is open: each present member with a vote who has not withdrawn."""
    if item.state != AgendaItem.State.OPEN or not item.voting_is_open:
        raise Conflict(_why_no_vote_now(item))
    if choice not in Vote.Choice.values:
        raise Conflict("Choose for, against or abstain.")
    seat = voting_seats(item).get(by.person_id)
    if seat is None:
        raise NotAllowed(_why_no_vote_of(item, by.person))
    vote, _ = Vote.objects.update_or_create(item=item, seat=seat, defaults={"choice": choice, "at": clock.now()})
    return vote


def _why_no_vote_now(item: AgendaItem) -> str:
    if item.state == AgendaItem.State.CLOSED:
        return f"“{item}” is closed{_how_it_ended(item)}."
    if item.votes.exists():
        return "Voting is closed."
    return "Voting is not open yet. The chair or the clerk opens it."


def _why_no_vote_of(item: AgendaItem, person: Person) -> str:
    if item.withdrawals.filter(person=person).exists():
        return "You have withdrawn from this item and take no part in its vote."
    return "Only those who are recorded as present may vote. The clerk keeps that record."


@dataclass(frozen=True)
class Votes:
    """What the votes in the browser come to. Whoever withdraws takes their vote along."""

    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0
    present: int = 0
    names: dict[str, list[str]] = field(default_factory=dict)  # by choice; only where the vote was called by name

    @property
    def cast(self) -> int:
        return self.votes_for + self.votes_against + self.abstained

    @property
    def is_tied(self) -> bool:
        return self.cast > 0 and self.votes_for == self.votes_against


def votes_on(item: AgendaItem) -> Votes:
    """Count them. While voting is open this is for counting how many have voted, not for showing how."""
    rows = item.votes.select_related("seat__person")
    chosen = [(vote.seat, vote.choice) for vote in rows]
    names: dict[str, list[str]] = {}
    if item.votes_by_name:
        names = {choice: _names(chosen, choice) for choice in Vote.Choice.values}
    return Votes(
        votes_for=_how_many(chosen, Vote.Choice.FOR),
        votes_against=_how_many(chosen, Vote.Choice.AGAINST),
        abstained=_how_many(chosen, Vote.Choice.ABSTAIN),
        present=len(voting_seats(item)),
        names=names,
    )


def _how_many(chosen: list[tuple[Seat, str]], choice: str) -> int:
    return len([one for _, one in chosen if one == choice])


def _names(chosen: list[tuple[Seat, str]], choice: str) -> list[str]:
    return sorted(seat.person.name for seat, one in chosen if one == choice)
