"""A mistake in the record of a decision put right in sight, until the minutes are signed."""

from datetime import date

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance import kinds
from governance.models import Correction, Decision, Meeting, User
from governance.permissions import P
from governance.wording import full_day

_WORDS = ("resolution", "minute_reference", "wording")
_COUNTS = ("votes_for", "votes_against", "abstained")
_MAY_FALL_EITHER_WAY = (Decision.Outcome.CHANGES, Decision.Outcome.DEFERRED)


@operation(P.CORRECT_DECISION)
def correct_decision(
    decision: Decision, *, reason: str, condition_dates: dict[int, date] | None = None, by: User, **words
) -> list[Correction]:
    """Put a mistake in the record right: resolution, minute reference, wording, counts, a condition's date.

    What stood there stays in sight, with the reason. Refused once the minutes are signed; only a new decision changes
    what was decided.
    """
    # Signing waits for the meeting's row as well, so that nothing is corrected beneath a signature.
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=decision.item.meeting_id)
    require_open_minutes(meeting)
    if not reason.strip():
        raise Conflict("Say why the record is corrected.")
    changed = {
        name: words[name] for name in (*_WORDS, *_COUNTS) if name in words and words[name] != getattr(decision, name)
    }
    _counts_still_fit(decision, changed)
    made = [_correct(decision, name, value, reason, by) for name, value in changed.items()]
    decision.save(update_fields=list(changed))
    made += _correct_dates(decision, condition_dates or {}, reason, by)
    if not made:
        raise Conflict("Nothing was changed in the record.")
    kinds.of(decision.item).corrected(decision, by=by)
    return made


def require_open_minutes(meeting: Meeting) -> None:
    """Raise Conflict once the minutes of the meeting are signed."""
    if meeting.minutes_are_signed:
        signed = full_day(meeting.signed_on)
        raise Conflict(f"The minutes were signed on {signed}. Only a new decision changes what they say.")


def _correct(decision: Decision, name: str, value, reason: str, by: User) -> Correction:
    before = getattr(decision, name)
    setattr(decision, name, value)
    return _kept(decision, name, before, value, reason, by)


def _correct_dates(decision: Decision, dates: dict[int, date], reason: str, by: User) -> list[Correction]:
    made = []
    for condition in decision.conditions.filter(pk__in=dates):
        before, after = condition.due_on, dates[condition.pk]
        if after != before:
            condition.due_on = after
            condition.save(update_fields=["due_on"])
            made.append(_kept(decision, "condition", full_day(before), full_day(after), reason, by))
    return made


def _kept(decision: Decision, name: str, before, after, reason: str, by: User) -> Correction:
    shown = ["" if value is None else str(value) for value in (before, after)]
    return Correction.objects.create(
        decision=decision, field=name, before=shown[0], after=shown[1], reason=reason, at=clock.now(), by=by.person
    )


def _counts_still_fit(decision: Decision, changed: dict) -> None:
    """Counts may be mistaken; what they led to may not be another thing."""
    if not set(_COUNTS) & set(changed):
        return
    if decision.how in (Decision.How.AGREED, Decision.How.WRITTEN):
        raise Conflict("It was agreed by all present: there are no counts to correct.")
    counted = [changed.get(name, getattr(decision, name)) or 0 for name in _COUNTS]
    if sum(counted) > decision.present:
        raise Conflict(f"The counts come to {sum(counted)}, but {decision.present} members with a vote were present.")
    carried = counted[0] > counted[1] or (counted[0] == counted[1] and decision.second_vote == "for")
    if decision.outcome in _MAY_FALL_EITHER_WAY:
        return
    if decision.is_carried != carried:
        raise Conflict("With these counts the board would have decided otherwise. That takes a new decision.")
