"""What a board decides: recorded once, with quorum, counts and words; corrected in sight; its conditions met."""

from dataclasses import dataclass, field
from datetime import date, time

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from governance import kinds
from governance.correcting import correct_decision
from governance.minutes import wording
from governance.models import AgendaItem, Condition, Decision, Meeting, Strategy, User
from governance.permissions import P
from governance.placing import place_item, place_strategy
from governance.quorum import Quorum, quorum_for, voting_seats
from governance.reporting import follow
from governance.resolving import record_in_writing
from governance.voting import in_session, keep_room, votes_on
from governance.wording import full_day

_REFUSED = (Decision.Outcome.DECLINED, Decision.Outcome.NOT_RECOMMENDED)
_WITH_REASON = (Decision.Outcome.CHANGES, Decision.Outcome.DEFERRED, *_REFUSED)


@dataclass(frozen=True)
class Resolved:
    """What the clerk records of an item. Without words of its own, the resolution is the item's."""

    outcome: str
    resolution: str = ""
    how: str = "agreed"
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    second_vote: str = ""
    reason: str = ""
    deferred_to: Meeting | None = None
    conditions: list[dict] = field(default_factory=list)
    minute_reference: str = ""
    decided_on: date | None = None
    quorum_lost_at: time | None = None  # of a deferral, where the quorum went while the board was at the item
    there: set[int] | None = None  # who, of those at the meeting, is in the room; None: as it is recorded
    reasons: dict[int, str] = field(default_factory=dict)  # of those who have withdrawn


# ---------------------------------------------------------------- the operations


@operation(P.ADOPT_STRATEGY)
def put_strategy(strategy: Strategy, *, meeting: Meeting, by: User) -> AgendaItem:
    """Put a strategy that is being written on the agenda of a meeting, to be adopted."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(by, P.SEE_MEETINGS, meeting)
    return place_strategy(meeting, strategy, title=strategy.title)


@operation(P.RUN_MEETING)
def decide_ordinary(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record what the board decided on an item of other business."""
    _is_of_kind(item, AgendaItem.Kind.ORDINARY)
    decision = record(item, resolved, by)
    carry_forward(item, decision)
    return decision


@operation(P.RUN_MEETING)
def note_item(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record that the board looked at what was put before it: evidence for its objectives, or a chair's action."""
    if Decision.Outcome.NOTED not in kinds.of(item).outcomes:
        raise Conflict(f"“{item}” is not an item to be noted.")
    decision = record(item, resolved, by)
    if later := carry_forward(item, decision):
        follow(item, later)
    return decision


@operation(P.RUN_MEETING)
def decide_strategy(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record what the board decided on its strategy. Approved, it is adopted and takes the place of the one before."""
    _is_of_kind(item, AgendaItem.Kind.STRATEGY)
    strategy = _draft_of(item)
    decision = record(item, resolved, by)
    if decision.approves:
        _adopt(strategy)
    carry_forward(item, decision)
    return decision


def ordinary_in_writing(item: AgendaItem, by: User) -> Decision:
    """What a written resolution on other business records when everyone has agreed."""
    return record_in_writing(item)


def strategy_in_writing(item: AgendaItem, by: User) -> Decision:
    """The same on the strategy: it is adopted."""
    strategy = _draft_of(item)
    decision = record_in_writing(item)
    _adopt(strategy)
    return decision


def _draft_of(item: AgendaItem) -> Strategy:
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=item.strategy_id)
    if strategy.state != Strategy.State.DRAFT:
        raise Conflict(f"{strategy} is {strategy.get_state_display()}: there is nothing to decide on it now.")
    return strategy


def _adopt(strategy: Strategy) -> None:
    for former in strategy.organisation.strategies.filter(state=Strategy.State.ADOPTED):
        former.advance(to=Strategy.State.SUPERSEDED)
    strategy.advance(to=Strategy.State.ADOPTED)


@operation(P.CONFIRM_CONDITION)
def meet_condition(decision: Decision, *, condition: Condition, on: date, by: User) -> Condition:
    """Record that a condition of an approval is met, and since when."""
    row = decision.conditions.filter(pk=condition.pk).first()
    if row is None:
        raise Conflict("That condition is not one of this decision.")
    if row.met_on:
        raise Conflict(f"That condition was met on {full_day(row.met_on)}.")
    if not decision.decided_on <= on <= clock.today():
        raise Conflict("A condition is met on a day after the decision, and not in days to come.")
    row.met_on = on
    row.save(update_fields=["met_on"])
    return row


# ---------------------------------------------------------------- what every decision has in common


def record(item: AgendaItem, resolved: Resolved, by: User) -> Decision:
    """Write the decision of an item that an operation holds, once: quorum for the item, counts, reasons, conditions.

    Closes the item. Raises Conflict, with the numbers, where the board could not have decided so.
    """
    in_session(item)
    if item.voting_is_open:
        raise Conflict("Voting is still open on this item. Close the voting first.")
    if resolved.there is not None:
        keep_room(item, there=resolved.there, reasons=resolved.reasons)
    lost_at = resolved.quorum_lost_at if resolved.outcome == Decision.Outcome.DEFERRED else None
    quorum = quorum_for(item, lost_at)
    _can_be_decided(item, resolved, quorum)
    _was_lost(item, lost_at, quorum)
    decision = Decision(
        item=item,
        outcome=resolved.outcome,
        resolution=resolved.resolution or kinds.resolution_of(item),
        reason=resolved.reason if resolved.outcome in _WITH_REASON else "",
        deferred_to=resolved.deferred_to if resolved.outcome == Decision.Outcome.DEFERRED else None,
        acting_chair=item.meeting.acting_chair,
        filled_seats=quorum.filled,
        quorum_needed=quorum.needed,
        quorum_lost_at=lost_at,
        decided_on=resolved.decided_on or item.meeting.day,
        minute_reference=resolved.minute_reference,
        **_counts(item, resolved, quorum, by),
    )
    conditions = resolved.conditions if resolved.outcome == Decision.Outcome.CONDITIONS else []
    withdrawn = [row.person.name for row in item.withdrawals.select_related("person")]
    decision.wording = wording(decision, conditions=conditions, withdrawn=withdrawn, quorum=quorum)
    decision.save()
    for row in conditions:
        _lay_down(decision, row)
    item.advance(to=AgendaItem.State.CLOSED)
    return decision


def carry_forward(item: AgendaItem, decision: Decision) -> AgendaItem | None:
    """A deferred item goes onto the agenda of the meeting that was named. Returns the new row."""
    if decision.outcome != Decision.Outcome.DEFERRED:
        return None
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=decision.deferred_to_id)
    names = ("title", "note", "kind", "strategy", "resolution", "is_confidential")
    same = {name: getattr(item, name) for name in names}
    return place_item(meeting, **same)


def _is_of_kind(item: AgendaItem, kind: str) -> None:
    if item.kind != kind:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")


def _can_be_decided(item: AgendaItem, resolved: Resolved, quorum: Quorum) -> None:
    if resolved.outcome not in kinds.outcomes_of(item):
        word = Decision.Outcome(resolved.outcome).label.lower()
        raise Conflict(f"“{item}” cannot be {word}: the board has other answers to it.{_only_advises(item)}")
    if resolved.outcome != Decision.Outcome.DEFERRED and not quorum.is_quorate:
        raise Conflict(f"{quorum.sentence} The item can be deferred, with the reason.")
    if resolved.outcome in _WITH_REASON and not resolved.reason.strip():
        raise Conflict("Say why: changes, a deferral and a refusal need their reason in the record.")
    if resolved.outcome == Decision.Outcome.CONDITIONS and not resolved.conditions:
        raise Conflict("An approval with conditions needs at least one, with an owner and a date.")
    if resolved.outcome == Decision.Outcome.DEFERRED:
        _is_later(item.meeting, resolved.deferred_to)
    day = resolved.decided_on or item.meeting.day
    if not item.meeting.day <= day <= clock.today():
        held = full_day(item.meeting.day)
        raise Conflict(f"The board decided at its meeting on {held}, not before, nor in days to come.")


def _only_advises(item: AgendaItem) -> str:
    """Said behind a refusal, so that whoever took a committee for the deciding board knows."""
    return f" The {item.meeting.board} recommends; another board decides." if kinds.of(item).advises(item) else ""


def _was_lost(item: AgendaItem, at: time | None, quorum: Quorum) -> None:
    """An hour at which the quorum went must be one of the meeting, and the record must say who was missing then."""
    if at is None:
        return
    if at < item.meeting.time:
        raise Conflict(f"The meeting began at {item.meeting.time:%H:%M}: the quorum cannot have been lost before.")
    if item.meeting.day == clock.today() and at > clock.in_london(clock.now()).time():
        raise Conflict(f"It is not {at:%H:%M} yet.")
    if quorum.is_quorate:
        raise Conflict(f"At {at:%H:%M} there was a quorum: {quorum.numbers}. Record first who had left, and when.")


def _is_later(meeting: Meeting, later: Meeting | None) -> None:
    if later is None:
        raise Conflict("Name the later meeting to which the item is deferred. Plan one first if there is none.")
    if later.board_id != meeting.board_id or later.state != Meeting.State.PLANNED:
        raise Conflict("An item is deferred to a coming meeting of the same board.")
    if (later.day, later.time) <= (meeting.day, meeting.time):
        raise Conflict("An item is deferred to a later meeting.")


def _counts(item: AgendaItem, resolved: Resolved, quorum: Quorum, by: User) -> dict:
    """How it was decided, in figures that fit the people present."""
    if resolved.how == Decision.How.WRITTEN:
        raise Conflict("At a meeting nothing is resolved in writing. Say how the board decided there.")
    if not quorum.is_quorate:
        return {"how": Decision.How.AGREED, "present": quorum.present}
    if resolved.how == Decision.How.AGREED:
        return {"how": resolved.how, "present": quorum.present}
    if resolved.how == Decision.How.BROWSER:
        votes = votes_on(item)
        counts = (votes.votes_for, votes.votes_against, votes.abstained)
    else:
        counts = (resolved.votes_for or 0, resolved.votes_against or 0, resolved.abstained or 0)
    if not sum(counts):
        raise Conflict("Nobody has voted. Give the counts, or say how else the board decided.")
    present = max(quorum.present, sum(counts)) if resolved.how == Decision.How.BROWSER else quorum.present
    if sum(counts) > present:
        raise Conflict(f"The counts come to {sum(counts)}, but {present} members with a vote are present.")
    second = _second_vote(item, resolved, counts, by)
    _is_carried(resolved.outcome, counts, second)
    names = ("votes_for", "votes_against", "abstained")
    return {"how": resolved.how, "present": present, "second_vote": second} | dict(zip(names, counts, strict=True))


def _second_vote(item: AgendaItem, resolved: Resolved, counts: tuple[int, int, int], by: User) -> str:
    """The acting chair's, after a tie alone, and only if that person holds a voting seat and is in the room."""
    if not resolved.second_vote:
        return ""
    require(by, P.VOTE_AGAIN, item)
    if counts[0] != counts[1]:
        raise Conflict("There is a second vote only after a tie.")
    if not may_break_tie(item):
        raise Conflict("The second vote belongs to whoever chairs the meeting, and only if that person has a vote.")
    return resolved.second_vote


def may_break_tie(item: AgendaItem) -> bool:
    """Whether whoever chairs the meeting has a vote on this item, and so a second one after a tie."""
    return item.meeting.acting_chair_id in voting_seats(item)


def _is_carried(outcome: str, counts: tuple[int, int, int], second: str) -> None:
    """An approval needs more votes for than against, or after a tie the second vote; a refusal must not have them."""
    carried = counts[0] > counts[1] or (counts[0] == counts[1] and second == "for")
    if outcome in Decision.CARRIED and not carried:
        if counts[0] == counts[1] and not second:
            raise Conflict(f"The vote is tied, {counts[0]} to {counts[1]}. It needs the second vote of whoever chairs.")
        raise Conflict(f"With {counts[0]} for and {counts[1]} against it is not carried.")
    if outcome in _REFUSED and carried:
        word = Decision.Outcome(outcome).label.lower()
        raise Conflict(f"With {counts[0]} for and {counts[1]} against it is carried, not {word}.")


def _lay_down(decision: Decision, row: dict) -> None:
    """A condition, and mail to whoever answers for it."""
    condition = Condition.objects.create(decision=decision, text=row["text"], owner=row["owner"], due_on=row["due_on"])
    outbox.post(
        f"condition_given:{condition.pk}",
        "condition_given",
        to=condition.owner,
        stream=decision.audit_stream,
        condition=condition,
        item=decision.item,
        here=decision.here,
    )


__all__ = [
    "Resolved",
    "carry_forward",
    "correct_decision",
    "decide_ordinary",
    "decide_strategy",
    "meet_condition",
    "note_item",
    "put_strategy",
    "record",
]
