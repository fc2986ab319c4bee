"""What others are to do, as far as this person may see it and waits for it."""

from collections.abc import Iterator

from governance import years
from governance.permissions import Part
from monitoring.duties.asking import answers
from monitoring.duties.clerking import invited
from monitoring.duties.reviewing_others import reviews_awaited
from monitoring.duties.row import Wait, may, some, wait, whose, within
from monitoring.duties.visiting import checks_awaited
from monitoring.facts import Facts, PlanFacts, Thing
from monitoring.windows import decision_due, objectives_due
from monitoring.wording import counted, cut, day
from sip.models import Plan
from sip.permissions import P

_STATE = Plan.State


def waits(facts: Facts) -> Iterator[Wait]:
    """Answers, drafts, decisions and invitations that this person may see and waits for."""
    plans = {plan.pk: plan for plan in facts.plans}
    for thing in facts.are("question"):
        plan = plans.get(thing.about)
        if plan and thing.state == "asked" and not answers(facts, plan, thing):
            yield from _answer_awaited(facts, plan, thing)
    yield from _looks_awaited(facts, plans)
    for thing in facts.are("request"):
        plan = plans.get(thing.about)
        if plan and thing.state == "open" and not may(plan.parts, P.ANSWER_REQUEST):
            words = f"The chair answers {whose(thing.who)} request about “{cut(thing.words, 60)}”"
            yield wait(facts, words, None, when="since " + day(thing.day, facts.today))
    for plan in facts.plans:
        yield from _plan_awaited(facts, plan)
        yield from reviews_awaited(facts, plan)
    if facts.has(Part.CLERK):
        for name, due in sorted(invited(facts, lapsed=False).items()):
            yield wait(facts, f"{name} accepts the invitation", due)
    if facts.has(Part.CHAIR, Part.CLERK, Part.HEADTEACHER):
        for thing in facts.are("condition"):
            if thing.who_id != facts.person:
                yield wait(facts, f"{thing.who} meets a condition: “{cut(thing.words, 70)}”", thing.due)
    yield from checks_awaited(facts)
    yield from _papers_awaited(facts)


def _answer_awaited(facts: Facts, plan: PlanFacts, thing: Thing) -> Iterator[Wait]:
    """One's own question; to head, chair and clerk everyone's."""
    who = thing.other or ("The trust leader" if facts.is_trust else "The headteacher")
    if thing.who_id == facts.person:
        yield wait(facts, f"{who} answers your question: “{cut(thing.words, 70)}”", thing.due)
    elif plan.parts & {Part.HEADTEACHER, Part.CHAIR, Part.CLERK}:
        yield wait(facts, f"{who} answers {thing.who}: “{cut(thing.words, 70)}”", thing.due)


def _looks_awaited(facts: Facts, plans: dict[int, PlanFacts]) -> Iterator[Wait]:
    """Leaders wait for the askers to look at their answers: one line for all of them."""
    answered = [
        thing
        for thing in facts.are("question")
        if thing.state == "answered" and thing.who_id != facts.person and thing.about in plans
    ]
    if answered and may(plans[answered[0].about].parts, P.ANSWER):
        names = sorted({thing.who for thing in answered})
        looks = f"look{'s' if len(names) == 1 else ''} at {counted(len(answered), 'answer')}"
        when = f"since {day(min(thing.day for thing in answered), facts.today)}"
        yield wait(facts, f"{some(names)} {looks}", None, when=when)


def _plan_awaited(facts: Facts, plan: PlanFacts) -> Iterator[Wait]:
    board = plan.parts & {Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.LOCAL_GOVERNOR, Part.CLERK}
    leaders = may(plan.parts, P.READ_DRAFT)
    leader = "The trust leader" if facts.is_trust and plan.own else "The headteacher"
    year = years.written(plan.year)
    if plan.state in Plan.EDITABLE and board and Part.HEADTEACHER not in plan.parts:
        usual = decision_due(facts, plan.year, of_school=not plan.own)
        verb = "submits" if plan.state == _STATE.DRAFTING else "changes and submits"
        yield wait(facts, f"{leader} {verb} {plan.title} for {year}", usual)
    elif plan.state == _STATE.WITH_THE_BOARD and leaders and plan.own:
        on = facts.ahead(plan.decision_on)
        when = f"on {day(on, facts.today)}" if on else "" if plan.decision_on else "no meeting has it yet"
        yield wait(facts, f"The {within(plan.board_name)} decides on the plan", None, when=when)
    elif plan.state == _STATE.OBJECTIVES and leaders and plan.own:
        due = facts.ahead(plan.objectives_on) or objectives_due(facts, plan.year, of_school=not plan.own)
        yield wait(facts, f"The {within(plan.board_name)} agrees the objectives for {year}", due)


def _papers_awaited(facts: Facts) -> Iterator[Wait]:
    """Members wait for the papers of their next meeting."""
    for meeting in facts.coming[:1]:
        sits = meeting.parts & {Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.HEADTEACHER}
        if sits and not meeting.papers_sent_on and Part.CLERK not in meeting.parts:
            yield wait(facts, f"The clerk sends the papers for {day(meeting.day, facts.today)}", meeting.papers_due_on)
