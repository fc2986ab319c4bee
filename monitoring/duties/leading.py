"""The leaders’ side of a plan: begin, propose, draft, submit, change; and what it costs."""

from collections.abc import Iterator
from datetime import date

from governance import years
from governance.permissions import Part
from monitoring.duties.row import Row, may, row
from monitoring.facts import Facts, ObjectiveFacts, PlanFacts
from monitoring.windows import decision_due, objectives_due
from monitoring.wording import capital, counted, cut, day, listed
from sip.models import Plan
from sip.permissions import P

_STATE = Plan.State


def leading(facts: Facts) -> Iterator[Row]:
    """Begin, propose, draft, submit, change: the leaders' side of each own plan."""
    if facts.has(Part.HEADTEACHER, Part.CHAIR, Part.CLERK):
        yield from _begin(facts)
    for plan in facts.own_plans:
        if may(plan.parts, P.DRAFT_PLAN):
            yield from _propose(facts, plan)
            yield from _draft(facts, plan)
        elif Part.BUSINESS_MANAGER in plan.parts:
            yield from _cost(facts, plan)


def _begin(facts: Facts) -> Iterator[Row]:
    """This year's plan where there is none; from the summer term next year's."""
    summer = facts.term("summer", facts.year)
    years_to_come = [facts.year] + ([facts.year + 1] if summer and facts.today >= summer.starts else [])
    for year in years_to_come:
        if facts.plan_of(year):
            continue
        adopted = any(one.state == "adopted" for one in facts.are("strategy"))
        why = "From then on objectives can be proposed." if adopted else "No strategy is adopted yet; it can follow."
        to = ("plan_begin", facts.slug)
        yield row(facts, f"Begin the plan for {years.written(year)}", why, "Begin", to, objectives_due(facts, year))


def _propose(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    if plan.state != _STATE.OBJECTIVES:
        return
    many = len(plan.objectives)
    on = facts.ahead(plan.objectives_on)
    why = f"{capital(counted(many, 'objective'))} proposed so far." if many else "None is proposed yet."
    if on:
        why += f" The board agrees them on {day(on, facts.today)}."
    due = on or objectives_due(facts, plan.year)
    if Part.HEADTEACHER in plan.parts:
        title = f"Propose objectives for {years.written(plan.year)}"
        yield row(facts, title, why, "See the objectives", ("objectives", plan.pk), due)


def _draft(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    if plan.state not in Plan.EDITABLE:
        return
    head, due, when = Part.HEADTEACHER in plan.parts, *_draft_due(facts, plan)
    incomplete = [one for one in plan.objectives if one.missing]
    for one in incomplete:
        if head or one.mine or one.lead_id == facts.person:
            why = capital(listed(one.missing[:3])) + "."
            if one.lead and one.lead_id != facts.person:
                why = f"{one.lead} leads it. {why}"
            name = f"{facts.words.objective} {facts.words.numbered(one.number)}"
            title, to = f"Draft {name}", ("draft_objective", one.pk)
            yield row(facts, f"{title}: {one.title}", why, "Draft it", to, due, plainly=title, **when)
    if head and plan.state == _STATE.CHANGES:
        why = f"“{cut(plan.returned_reason)}”" if plan.returned_reason else "The board asked for them."
        title = "Make the changes asked for and submit again"
        yield row(facts, title, why, "Open the draft", ("draft_plan", plan.pk), due, **when)
    elif head and plan.objectives and not incomplete:
        many = len(plan.objectives)
        drafted = {1: "Its one objective is", 2: "Both objectives are"}
        why = drafted.get(many, f"All {counted(many, 'objective')} are") + " drafted."
        yield row(facts, "Submit the plan to the board", why, "Look and submit", ("submit_plan", plan.pk), due, **when)


def _draft_due(facts: Facts, plan: PlanFacts) -> tuple[date | None, dict]:
    """The next meeting's papers; once the usual day of the decision has passed, that: the draft is late."""
    meeting = facts.next_for(plan)
    usual = decision_due(facts, plan.year)
    if usual and usual < facts.today:
        words = f"Late: plans are usually approved by {day(usual, facts.today)}"
        if meeting and meeting.papers_due_on >= facts.today:
            words += f". Papers for {day(meeting.day, facts.today)} go out by {day(meeting.papers_due_on, facts.today)}"
        return usual, {"when": words}
    papers = meeting.papers_due_on if meeting else None
    return (papers if papers and papers >= facts.today else usual), {}


def _cost(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    without = [one for one in plan.objectives if one.uncosted]
    if plan.state not in Plan.EDITABLE or not without:
        return
    many = sum(one.uncosted for one in without)
    where = f"In {_numbers(facts, without)}. Tell the leaders what they cost; nought is an answer too."
    due, when = _draft_due(facts, plan)
    to = ("plan", facts.slug, plan.year)
    yield row(facts, f"Find the cost of {counted(many, 'action')}", where, "Read the draft", to, due, **when)


def _numbers(facts: Facts, objectives: list[ObjectiveFacts]) -> str:
    word = facts.words.objective if len(objectives) == 1 else facts.words.objectives
    return f"{word} {listed([facts.words.numbered(one.number) for one in objectives])}"
