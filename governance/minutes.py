"""The words of a decision for the minutes, ready to be copied."""

from governance.models import Decision
from governance.quorum import Quorum
from governance.wording import full_day, listed, number

_BOARD = "That the board "
_RECEIVE = f"{_BOARD}receive "
_NOTE = f"{_BOARD}note "


def body_word(board) -> str:
    """What the minutes call the body: the board, the committee, the working party."""
    return "board" if board.kind == "full board" else board.get_kind_display().lower()


def wording(decision: Decision, *, conditions: list[dict], withdrawn: list[str], quorum: Quorum | None = None) -> str:
    """The sentence of one decision: what was resolved, by whom in which numbers, on what conditions or why not.
    `quorum` None: of a written resolution, for which nobody met."""
    told = {
        Decision.Outcome.APPROVED: _resolved,
        Decision.Outcome.CONDITIONS: _resolved,
        Decision.Outcome.CHANGES: _changes,
        Decision.Outcome.DEFERRED: _not_possible if quorum and not quorum.is_quorate else _deferred,
        Decision.Outcome.DECLINED: _declined,
        Decision.Outcome.RECEIVED: _received,
        Decision.Outcome.RECOMMENDED: _recommended,
        Decision.Outcome.NOT_RECOMMENDED: _not_recommended,
        Decision.Outcome.NOTED: _noted,
    }[decision.outcome]
    words = told(decision, conditions, quorum)
    if withdrawn:
        words += f" {listed(withdrawn)} withdrew and took no part."
    return words


def how_decided(decision: Decision) -> str:
    """How, for the page of the decision: "All eight governors present agreeing."."""
    words = _how(decision)
    return f"{words[:1].upper()}{words[1:]}."


def _the_body(decision: Decision) -> str:
    return f"The {body_word(decision.item.meeting.board)}"


def _resolved(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    return f"{_the_body(decision)} RESOLVED, {_how(decision)}, {_to(decision)}{_on_condition(conditions)}."


def _received(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    """To receive is to take notice of: "RECEIVED the autumn review …"; with other words the board resolved on them."""
    words = decision.resolution.rstrip(".")
    if not words.startswith(_RECEIVE):
        return _resolved(decision, [], quorum)
    return f"{_the_body(decision)} RECEIVED {words[len(_RECEIVE) :]}, {_how(decision)}."


def _recommended(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    """A board without the power to decide tells the one that has it what it thinks: "RECOMMENDED, …, that the Governing
    body approve …"."""
    return f"{_the_body(decision)} RECOMMENDED, {_how(decision)}, {_that(decision)}."


def _not_recommended(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    return f"{_the_body(decision)} DID NOT RECOMMEND, {_how(decision)}, {_that(decision)}: {_reason(decision)}"


def _that(decision: Decision) -> str:
    """What is recommended: the words behind "That the committee recommend", else the resolution in quotation marks."""
    words = decision.resolution.rstrip(".")
    start = f"That the {body_word(decision.item.meeting.board)} recommend "
    return words[len(start) :] if words.startswith(start) else f"“{words}”"


def _noted(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    """ "NOTED the report of the chair’s action of 3 November.": nothing was decided, so nobody is counted."""
    words = decision.resolution.rstrip(".")
    said = words[len(_NOTE) :] if words.startswith(_NOTE) else f"“{decision.item.title}”"
    return f"{_the_body(decision)} NOTED {said}."


def _changes(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    considered = f"{_the_body(decision)} considered {_quoted(decision)}"
    return f"{considered} and ASKED FOR CHANGES, {_how(decision)}: {_reason(decision)}"


def _deferred(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    later = full_day(decision.deferred_to.day)
    how = "" if decision.how == Decision.How.AGREED else f", {_how(decision)},"
    considered = f"{_the_body(decision)} considered {_quoted(decision)}"
    return f"{considered} and DEFERRED it{how} to its meeting on {later}: {_reason(decision)}"


def _not_possible(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    later, at = full_day(decision.deferred_to.day), decision.quorum_lost_at
    why = f"the quorum was lost at {at:%H:%M}" if at else "there was no quorum"
    return (
        f"{_the_body(decision)} discussed {_quoted(decision)}. No decision was possible, for {why}"
        f" ({quorum.lack}). The item is DEFERRED to the meeting on {later}: {_reason(decision)}"
    )


def _declined(decision: Decision, conditions: list[dict], quorum: Quorum) -> str:
    return f"{_the_body(decision)} DECLINED, {_how(decision)}, {_to(decision)}: {_reason(decision)}"


def _how(decision: Decision) -> str:
    """ "all eight governors present agreeing", "by 7 votes to 1, with 1 abstention"; after a tie the second vote."""
    if decision.how == Decision.How.WRITTEN:
        return f"by a written resolution to which all {number(decision.present)} {_member_word(decision)}s agreed"
    if decision.how == Decision.How.AGREED:
        who = "member" if decision.item.meeting.board.kind != "full board" else _member_word(decision)
        if decision.present == 1:
            return f"the one {who} present agreeing"
        return f"all {number(decision.present)} {who}s present agreeing"
    abstained = decision.abstained or 0
    stood = f", with {abstained} abstention{'' if abstained == 1 else 's'}" if abstained else ""
    words = f"by {_votes(decision.votes_for)} to {decision.votes_against or 'none'}{stood}"
    if decision.second_vote:
        words += f", and by the second vote of {decision.acting_chair} in the chair"
    return words


def _votes(count: int) -> str:
    return "1 vote" if count == 1 else f"{count or 'no'} votes"


def _member_word(decision: Decision) -> str:
    return "trustee" if decision.here.is_trust else "governor"


def _to(decision: Decision) -> str:
    """The resolution after RESOLVED: "to approve …" where it says that the board do so, else its own words."""
    words = decision.resolution.rstrip(".")
    return f"to {words[len(_BOARD) :]}" if words.startswith(_BOARD) else f"“{words}”"


def _quoted(decision: Decision) -> str:
    return f"the resolution “{decision.resolution.rstrip('.')}”"


def _reason(decision: Decision) -> str:
    words = decision.reason.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _on_condition(conditions: list[dict]) -> str:
    if not conditions:
        return ""
    rows = [f"{row['text'].rstrip('.')} ({row['owner']}, by {full_day(row['due_on'])})" for row in conditions]
    if len(rows) == 1:
        return f", on one condition: {rows[0]}"
    numbered = "; ".join(f"({place}) {row}" for place, row in enumerate(rows, start=1))
    return f", on {number(len(rows))} conditions: {numbered}"
