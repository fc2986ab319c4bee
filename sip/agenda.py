"""What the page of an item shows beside the people: what it is about, the resolution, the decision."""

from dataclasses import dataclass, field

from foundation.errors import Conflict
from foundation.permissions import may, why_not
from governance import follow_ups, kinds, papers
from governance.kinds import Subject
from governance.minutes import how_decided
from governance.models import AgendaItem, Decision, User
from governance.permissions import P as G
from governance.room import Room
from governance.wording import full_day, weekday
from sip import asked_at
from sip.models import Plan, Question
from sip.permissions import P


@dataclass
class ItemPage:
    """An item as one person sees it."""

    room: Room
    place: str
    status: str
    resolution: str
    decision: Decision | None
    how: str
    is_open: bool
    may_open: bool
    may_run: bool
    may_correct: bool
    may_confirm: bool
    who_runs: str
    about: Subject
    may_part: bool = False
    keeps_papers: bool = False
    says_quorum: bool = False
    may_record: bool = False  # actions, as the board asks for them
    asks_on: Plan | None = None  # the plan on which this person may record a question
    actions: list[follow_ups.Row] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    conditions: list = field(default_factory=list)
    corrections: list = field(default_factory=list)


def item_page(item: AgendaItem, user: User, room: Room) -> ItemPage:
    """Read it for one person; `room` is who is in it, as they may know."""
    decision = getattr(item, "decision", None)
    undecided = item.state != AgendaItem.State.CLOSED
    page = ItemPage(
        room=room,
        place=f"item {item.position} of {item.meeting.items.count()}",
        status=_status(item, decision, room),
        resolution=decision.resolution if decision else kinds.resolution_of(item),
        decision=decision,
        how=how_decided(decision) if decision else "",
        is_open=item.state == AgendaItem.State.OPEN,
        may_open=undecided and item.meeting.state == "planned" and may(user, G.OPEN_ITEM, item),
        may_run=undecided and may(user, G.RUN_MEETING, item),
        may_correct=bool(decision and decision.can_be_corrected and may(user, G.CORRECT_DECISION, item)),
        may_confirm=bool(decision and may(user, G.CONFIRM_CONDITION, item)),
        who_runs=why_not(G.RUN_MEETING),
        about=kinds.of(item).about(item, user),
        may_part=not item.meeting.minutes_are_signed and may(user, G.MARK_CONFIDENTIAL, item),
        keeps_papers=papers.keeps(item, user),
        says_quorum=undecided and room.has_begun,
    )
    _recorded(page, item, user)
    if decision:
        page.conditions = list(decision.conditions.select_related("owner"))
        page.corrections = list(decision.corrections.select_related("by"))
    return page


def _recorded(page: ItemPage, item: AgendaItem, user: User) -> None:
    """What was asked and given to do at the item, and whether this person records more."""
    page.actions, page.asked = follow_ups.of_item(item, user), asked_at.asked_at(item, user)
    if not may(user, G.RUN_MEETING, item) or follow_ups.why_not_recorded(item.meeting):
        return
    page.may_record, plan = True, asked_at.plan_at(item)
    if may(user, P.RECORD_QUESTION, item) and not asked_at.why_no_question(item, plan):
        page.asks_on = plan


def minuted(page: ItemPage) -> list[str]:
    """The words for the minutes: what was asked and told, what was decided, what somebody is to do."""
    pairs = [asked_at.as_minuted(question) for question in page.asked if question.needs_answer]
    said = [f"Q: {question}\nA: {answer}" for question, answer in pairs]
    said += [page.decision.wording] if page.decision and page.decision.wording else []
    return said + [f"Action: {row.text.rstrip('.')} ({row.owner}, by {row.due})." for row in page.actions]


def _status(item: AgendaItem, decision: Decision | None, room: Room) -> str:
    if decision:
        minute = f" ({decision.minute_reference})" if decision.minute_reference else ""
        return f"{decision.get_outcome_display()} on {full_day(decision.decided_on)}{minute}."
    if item.state == AgendaItem.State.CLOSED:
        return "Discussed; no decision was taken."
    if not room.has_begun:
        return f"The board comes to it on {weekday(item.meeting.day)}."
    return room.quorum.sentence


def decision_of(item: AgendaItem) -> Decision:
    """The item's decision; without one there is nothing to correct or confirm."""
    decision = getattr(item, "decision", None)
    if decision is None:
        raise Conflict("The board has not decided on this item yet.")
    return decision
