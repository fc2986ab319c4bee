"""A written resolution of trustees: begun by clerk or chair, agreed to by each member, passed when the last agrees.

The articles of academy trusts: a resolution in writing, agreed to by all who could vote on it at a meeting, is as good
as one passed there, if they are enough for a quorum. A maintained school's board has no such way. One no, or the last
day gone by, and it has not passed; then the matter waits for a meeting.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db import transaction

from foundation import audit, clock, outbox
from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from governance import kinds, minutes
from governance.models import AgendaItem, Board, Decision, Meeting, Person, Seat, User, Vote, Withdrawal
from governance.permissions import P
from governance.placing import place_item
from governance.reporting import report_elsewhere
from governance.trustees import are_trustees, may_resolve_in_writing
from governance.wording import full_day, listed, number, weekday

MOST_DAYS = 28
_END_OF_DAY = time(23, 59)

# ---------------------------------------------------------------- how it stands


@dataclass(frozen=True)
class Agreement:
    """Who could vote on it, and what each has said. Names in the order of the names."""

    needed: int  # for a quorum, had they met
    agreed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def entitled(self) -> int:
        return len(self.agreed) + len(self.refused) + len(self.waiting)

    @property
    def is_unanimous(self) -> bool:
        return not self.waiting and not self.refused and len(self.agreed) >= max(1, self.needed)

    @property
    def lack(self) -> str:
        """Why it cannot pass at all, as a sentence; empty where it can."""
        if self.entitled >= max(1, self.needed):
            return ""
        return f"Only {self.entitled} members can vote on it, and {self.needed} would be a quorum: it needs a meeting."


def item_of(meeting: Meeting) -> AgendaItem:
    """The one item that a written resolution is."""
    return meeting.items.select_related("meeting__board").get()


def agreement_of(item: AgendaItem) -> Agreement:
    """Count it, as of today: a member whose seat has ended since is no longer asked."""
    board = item.meeting.board
    aside = {row.person_id: row.person.name for row in item.withdrawals.select_related("person")}
    seats = list(board.voting_seats(on=clock.today()).select_related("person").order_by("person__name"))
    said = {vote.seat_id: vote.choice for vote in item.votes.all()}
    names: dict[str, list[str]] = {Vote.Choice.FOR: [], Vote.Choice.AGAINST: [], "": []}
    for seat in seats:
        if seat.person_id not in aside:
            names[said.get(seat.pk, "")].append(seat.person.name)
    needed = board.quorum_of(len(seats))
    return Agreement(needed, names[Vote.Choice.FOR], names[Vote.Choice.AGAINST], names[""], sorted(aside.values()))


def is_open(meeting: Meeting) -> bool:
    """Whether members can still agree."""
    return meeting.state == Meeting.State.PLANNED and clock.today() <= meeting.day


def how_it_stands(item: AgendaItem, agreement: Agreement) -> str:
    """The sentence of its page."""
    meeting, decision = item.meeting, getattr(item, "decision", None)
    if decision:
        return f"Passed on {weekday(decision.decided_on)}: all {number(decision.present)} agreed in writing."
    if agreement.refused:
        return f"Not passed: {listed(agreement.refused)} did not agree, and it needs everyone. It can go to a meeting."
    if not is_open(meeting):
        return f"Not passed: not everyone had agreed by {weekday(meeting.day)}, the last day. It can go to a meeting."
    return f"{len(agreement.agreed)} of {agreement.entitled} have agreed; open until {weekday(meeting.day)}."


# ---------------------------------------------------------------- begun


@operation(P.BEGIN_RESOLUTION)
def begin_resolution(
    board: Board,
    *,
    what: str = "ordinary",
    title: str = "",
    resolution: str = "",
    note: str = "",
    is_confidential: bool = False,
    last_day: date,
    by: User,
) -> Meeting:
    """Put a resolution to every voting member in writing, until a last day. `what`: "ordinary", or the key of something
    that waits for this board (governance.kinds.ready_for). Each member hears of it by mail."""
    require_in_writing(board)
    if not clock.today() <= last_day <= clock.today() + timedelta(days=MOST_DAYS):
        raise Conflict(f"Choose a last day from today on, within {MOST_DAYS} days.")
    _not_begun(board, title)
    meeting = Meeting.objects.create(
        board=board, form=Meeting.Form.WRITTEN, day=last_day, time=_END_OF_DAY, papers_sent_on=clock.today()
    )
    item = _placed(meeting, what, by, title=title, resolution=resolution, note=note)
    item.is_confidential = is_confidential
    item.save()
    if lack := agreement_of(item).lack:
        raise Conflict(lack)
    for seat in board.voting_seats(on=clock.today()).select_related("person"):
        if seat.person_id != by.person_id:
            _tell(item, "resolution_begun", seat.person)
    return meeting


def require_in_writing(board: Board) -> None:
    """Raise Conflict, saying why, unless the board may resolve in writing."""
    if not are_trustees(board):
        raise Conflict(f"The {board} decides at meetings: only the trustees of an academy trust resolve in writing.")
    if not may_resolve_in_writing(board):
        raise Conflict(f"The rules of the {board} do not allow it. The clerk keeps them on the page of the boards.")


def _not_begun(board: Board, title: str) -> None:
    """A form that is sent twice begins one."""
    same = AgendaItem.objects.filter(meeting__board=board, meeting__form=Meeting.Form.WRITTEN, title=title)
    if title and same.filter(meeting__state=Meeting.State.PLANNED, meeting__day__gte=clock.today()).exists():
        raise Conflict(f"A resolution “{title}” is before the members in writing already.")


def _placed(meeting: Meeting, what: str, by: User, **words) -> AgendaItem:
    if what == "ordinary":
        if not words["title"] or not words["resolution"]:
            raise Conflict("Give the resolution a title, and its exact words.")
        return place_item(meeting, **words)
    ready = kinds.ready_for(meeting, by).get(what)
    if ready is None:
        raise Conflict("That does not wait for this board any more. Look again.")
    item = ready.place(by=by)
    for name, typed in words.items():
        setattr(item, name, typed or getattr(item, name))
    return item


# ---------------------------------------------------------------- agreed to, or not


@operation(P.AGREE_IN_WRITING)
def agree(item: AgendaItem, *, by: User) -> Vote:
    """Agree to the resolution. The last agreement passes it, at once and by itself."""
    seat = _seat_in(item, by)
    vote, made = item.votes.get_or_create(seat=seat, defaults={"choice": Vote.Choice.FOR, "at": clock.now()})
    if not made:
        raise Conflict("You have agreed to it already.")
    _pass_if_unanimous(item, by)
    return vote


@operation(P.RUN_MEETING)
def record_signature(item: AgendaItem, *, person: Person, by: User) -> Vote:
    """The clerk records that a member who has no sign-in has agreed on paper, with a signature."""
    if hasattr(person, "user"):
        raise Conflict(f"{person} has a sign-in, and agrees on this page.")
    seat = _seat_of(item, person)
    vote, made = item.votes.get_or_create(seat=seat, defaults={"choice": Vote.Choice.FOR, "at": clock.now()})
    if not made:
        raise Conflict(f"{person} has agreed to it already.")
    _pass_if_unanimous(item, by)
    return vote


@operation(P.AGREE_IN_WRITING)
def refuse(item: AgendaItem, *, by: User) -> Vote:
    """Say no. It has not passed then, for it needs everyone; whoever agreed before may still do so until it passes."""
    seat = _seat_in(item, by)
    given = {"choice": Vote.Choice.AGAINST, "at": clock.now()}
    vote, _ = item.votes.update_or_create(seat=seat, defaults=given)
    _end(item, by, passed=False)
    return vote


@operation(P.AGREE_IN_WRITING)
def stand_aside(item: AgendaItem, *, reason: str = "", by: User) -> Withdrawal:
    """Take no part, for a conflict of interest. The others go on; where they have all agreed, it passes."""
    seat = _seat_in(item, by)
    item.votes.filter(seat=seat).delete()
    row, made = Withdrawal.objects.get_or_create(item=item, person_id=by.person_id, defaults={"reason": reason})
    if lack := agreement_of(item).lack:
        raise Conflict(f"You cannot stand aside here. {lack} Say no instead, and it goes to a meeting.")
    _pass_if_unanimous(item, by)
    return row


@operation(P.BEGIN_RESOLUTION)
def call_off(item: AgendaItem, *, by: User) -> None:
    """Take a resolution back before anybody has agreed to it: it was worded wrongly, or is not needed."""
    _still_open(item)
    if item.votes.exists():
        raise Conflict("Members have agreed already: it stands until its last day, or until somebody says no.")
    AgendaItem.objects.filter(pk=item.pk).delete()
    Meeting.objects.filter(pk=item.meeting_id).delete()


def _seat_in(item: AgendaItem, by: User) -> Seat:
    return _seat_of(item, by.person)


def _seat_of(item: AgendaItem, person: Person) -> Seat:
    """The voting seat of this person, who has not stood aside."""
    _still_open(item)
    if item.withdrawals.filter(person=person).exists():
        raise Conflict(f"{person} has stood aside and takes no part in this resolution.")
    seat = item.meeting.board.voting_seats(on=clock.today()).filter(person=person).first()
    if seat is None:
        raise NotAllowed("Only members with a vote agree to a resolution in writing.")
    return seat


def _still_open(item: AgendaItem) -> None:
    meeting = item.meeting
    if not meeting.is_written:
        raise Conflict("The board decides on this at its meeting, not in writing.")
    if decision := getattr(item, "decision", None):
        raise Conflict(f"The resolution passed on {full_day(decision.decided_on)}.")
    if not is_open(meeting):
        raise Conflict(how_it_stands(item, agreement_of(item)))


def _pass_if_unanimous(item: AgendaItem, by: User) -> None:
    if agreement_of(item).is_unanimous:
        kinds.of(item).in_writing(item, by)
        _end(item, by, passed=True)


def _end(item: AgendaItem, by: User, *, passed: bool) -> None:
    """Over, and everyone is told; what has passed is reported at the next meeting."""
    meeting = item.meeting
    if not passed:
        item.advance(to=AgendaItem.State.CLOSED)
    meeting.advance(to=Meeting.State.HELD)
    if passed:
        report_elsewhere(meeting.board)
    for person in meeting.board.members(on=clock.today()):
        if person.pk != by.person_id:
            _tell(item, "resolution_ended", person)


def _tell(item: AgendaItem, template: str, person) -> None:
    words = {"item": item, "meeting": item.meeting, "here": item.here, "passed": hasattr(item, "decision")}
    outbox.post(f"{template}:{item.pk}:{person.pk}", template, to=person, stream=item.audit_stream, **words)


# ---------------------------------------------------------------- recorded, and over


def record_in_writing(item: AgendaItem) -> Decision:
    """Write the decision that a unanimous agreement is. Called by what a kind brings, within an operation.

    Raises Conflict where not everyone has agreed: nobody can record it before.
    """
    agreement = agreement_of(item)
    if not agreement.is_unanimous:
        raise Conflict(how_it_stands(item, agreement))
    decision = Decision(
        item=item,
        outcome=Decision.Outcome.APPROVED,
        resolution=kinds.resolution_of(item),
        how=Decision.How.WRITTEN,
        present=len(agreement.agreed),
        filled_seats=agreement.entitled,
        quorum_needed=agreement.needed,
        decided_on=clock.today(),
    )
    decision.wording = minutes.wording(decision, conditions=[], withdrawn=agreement.aside)
    decision.save()
    item.advance(to=AgendaItem.State.CLOSED)
    return decision


def close_lapsed() -> list[Meeting]:
    """Close the resolutions whose last day has passed. By the timetable; done twice at once, each closes once."""
    due = Meeting.objects.filter(form=Meeting.Form.WRITTEN, state=Meeting.State.PLANNED, day__lt=clock.today())
    return [meeting for key in due.values_list("pk", flat=True) if (meeting := _close(key))]


def _close(key: int) -> Meeting | None:
    with transaction.atomic():
        item = AgendaItem.objects.select_for_update(of=("self",)).filter(meeting=key).first()
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=key)
        if item is None or meeting.state != Meeting.State.PLANNED:
            return None
        item.advance(to=AgendaItem.State.CLOSED)
        meeting.advance(to=Meeting.State.HELD)
        audit.record("close_lapsed", by=audit.TIMETABLE, thing=meeting, before={}, words={})
        for person in meeting.board.members(on=clock.today()):
            _tell(item, "resolution_ended", person)
        return meeting
