"""What a paper says of the board's decision."""

from foundation import clock
from governance.models import Decision
from sip import written
from sip.models import Version

_STANDS = {  # in the footer; the page's heading; after "Version 1, as submitted on …:", followed by "on" and the day
    "approved": ("approved", "Approval", ""),
    "approved with conditions": ("approved with conditions", "Approval", ""),
    "changes asked for": ("changes asked for", "The board asked for changes", "the board asked for changes"),
    "deferred": ("deferred", "The board deferred its decision", "the board deferred its decision"),
    "declined": ("declined", "The board declined the plan", "the board declined it"),
}


def words(decision: Decision) -> dict:
    """The decision as plain words for the approval page."""
    item, meeting = decision.item, decision.item.meeting
    stand, heading, draft = _STANDS[decision.outcome]
    place = f", {meeting.place}" if meeting.place else ""
    conditions = decision.conditions.select_related("owner")
    corrections = decision.corrections.order_by("at")
    return {
        "approves": decision.approves,
        "stand": stand,
        "heading": heading,
        "draft": draft,
        "on": written.day(decision.decided_on),
        "outcome": decision.get_outcome_display(),
        "board": meeting.board.name,
        "meeting": "A resolution in writing"
        if meeting.is_written
        else f"{written.weekday(meeting.day)} {meeting.day.year} at {meeting.time:%H:%M}{place}",
        "item": item.title,
        "resolution": decision.resolution.strip().strip('“”"'),
        "how": _how(decision),
        "quorum": _quorum(decision),
        "reason": decision.reason,
        "deferred_to": written.day(decision.deferred_to.day) if decision.deferred_to else "",
        "minute": decision.minute_reference,
        "conditions": [(one.text, f"{one.owner.name}, by {written.day(one.due_on)}") for one in conditions],
        "corrections": [f"{written.day(clock.in_london(one.at).date())}: {one.reason}" for one in corrections],
    }


def _how(decision: Decision) -> str:
    if decision.how == Decision.How.WRITTEN:
        return "Agreed by all in writing."
    if decision.how == Decision.How.AGREED:
        return "Agreed by all present."
    counts = (
        f"{decision.votes_for or 0} for, {decision.votes_against or 0} against, {decision.abstained or 0} abstained"
    )
    said = f"{decision.get_how_display()}: {counts}."
    if decision.second_vote:
        chair = f"{decision.acting_chair.name}, who chaired," if decision.acting_chair else "Whoever chaired"
        said += f" The vote was tied: {chair} gave a second vote, {decision.second_vote}."
    return said


def _quorum(decision: Decision) -> str:
    if decision.how == Decision.How.WRITTEN:
        return f"No meeting: all {decision.present} of {decision.filled_seats} who could vote agreed."
    quorate = "Quorate" if decision.present >= decision.quorum_needed else "Not quorate"
    there = f"{decision.present} present of {decision.filled_seats} voting seats filled"
    return f"{quorate} for this item: {there}; {decision.quorum_needed} needed."


def amended_without(version: Version) -> str:
    """ "with a minor amendment made on 24 November 2026", of a version that no board decided on; else empty."""
    if version.pk is None:  # a draft that is printed without being frozen
        return ""
    amendment = version.amendments.filter(items__item__decision=None).first()
    if amendment is None:
        return ""
    day = written.day(clock.in_london(amendment.ended_at).date())
    return f"amended by chair’s action on {day}" if amendment.chairs_action_id else f"minor amendment made on {day}"
