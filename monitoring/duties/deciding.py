"""The board’s side of each plan: put it on an agenda, read it, ask."""

from collections.abc import Iterator

from governance import years
from governance.permissions import Part
from monitoring.duties.row import Row, may, row
from monitoring.facts import Facts, PlanFacts
from monitoring.windows import objectives_due
from monitoring.wording import capital, counted, day, weekday
from sip.models import Plan
from sip.permissions import P

_STATE = Plan.State
_READERS = {
    Part.BOARD_MEMBER,
    Part.ASSOCIATE_MEMBER,
    Part.COMMITTEE_MEMBER,
    Part.LOCAL_GOVERNOR,
    Part.ADVISER,
}


def deciding(facts: Facts) -> Iterator[Row]:
    """Put on an agenda, read, ask: the board's side of each plan, its own or one of a school that it decides for."""
    for plan in facts.plans:
        yield from _put(facts, plan)
        yield from _read(facts, plan)


def _put(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    """Chair and clerk see to it that what waits for the board is on an agenda."""
    kind = {_STATE.OBJECTIVES: "objectives", _STATE.WITH_THE_BOARD: "plan"}.get(plan.state)
    permission = P.PUT_OBJECTIVES if kind == "objectives" else P.PUT_PLAN
    on = plan.objectives_on if kind == "objectives" else plan.decision_on
    if kind is None or on or not may(plan.parts, permission):
        return
    if kind == "objectives" and not plan.objectives:
        return
    meeting = facts.next_for(plan)
    if kind == "plan":
        title = f"Put {plan.title} on an agenda"
        why = f"It is with the board{_since(facts, plan)} and no meeting has it yet."
        to, due = ("put_plan", plan.pk), meeting.papers_due_on if meeting else None
    else:
        title = f"Put the objectives{'' if plan.own else f' of {plan.organisation}'} to a meeting"
        why = f"{capital(counted(len(plan.objectives), 'objective'))} proposed for {years.written(plan.year)}."
        to, due = ("put_objectives", plan.pk), objectives_due(facts, plan.year, of_school=not plan.own)
    yield row(facts, title, why, "Choose the meeting", to, due)


def _read(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    """Members of the board that decides and of those that advise it; not the leaders, who wrote it."""
    if plan.state != _STATE.WITH_THE_BOARD or not plan.parts & _READERS or may(plan.parts, P.DRAFT_PLAN):
        return
    on = facts.ahead(plan.decision_on)
    version = f"Version {plan.version}, w" if plan.version else "W"
    why = f"{version}ith the board{_since(facts, plan)}. Ask what you want to know beforehand."
    if Part.ADVISER in plan.parts:
        why = f"{version}ith the board{_since(facts, plan)}; it invites you to read it."
    elif not may(plan.parts, P.ASK):
        why = f"{version}ith the board{_since(facts, plan)}."
    when = f"Before the meeting on {weekday(on, facts.today)}" if on else "Before the board decides"
    to = ("plan", plan.slug, plan.year)
    button = "Read and ask" if may(plan.parts, P.ASK) else "Read the plan"
    yield row(facts, f"Read {plan.title} before the meeting", why, button, to, on, when=when)


def _since(facts: Facts, plan: PlanFacts) -> str:
    return f" since {day(plan.submitted_on, facts.today)}" if plan.submitted_on else ""
