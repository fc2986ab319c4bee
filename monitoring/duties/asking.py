"""Questions to answer or to look at, and requests to change an objective."""

from collections.abc import Iterator
from datetime import timedelta

from governance.permissions import Part
from monitoring.duties.row import Row, may, row, whose
from monitoring.facts import Facts, PlanFacts, Thing
from monitoring.wording import cut, day
from sip.permissions import P


def questions(facts: Facts) -> Iterator[Row]:
    """To answer, for leaders and whoever was asked; to look at and close, for who asked."""
    plans = {plan.pk: plan for plan in facts.plans}
    for thing in facts.are("question"):
        plan = plans.get(thing.about)
        if plan and thing.state == "asked" and answers(facts, plan, thing):
            title = f"Answer {whose(thing.who)} question"
            yield row(facts, title, f"“{cut(thing.words)}”", "Answer", ("question", thing.pk), thing.due)
        if plan and thing.state == "answered" and thing.who_id == facts.person != thing.other_id:
            yield _look(facts, plan, thing)
    for thing in facts.are("request"):
        plan = plans.get(thing.about)
        if plan and thing.state != "open":
            yield _answered(facts, plan, thing)
        elif plan and may(plan.parts, P.ANSWER_REQUEST):
            title = f"Answer {whose(thing.who)} request to change an objective"
            why = f"“{cut(thing.words)}”, asked on {day(thing.day, facts.today)}."
            yield row(
                facts, title, why, "Read the request", ("change_request", thing.pk), thing.day + timedelta(days=14)
            )


def _answered(facts: Facts, plan: PlanFacts, thing: Thing) -> Row:
    """Whoever asked for a change reads the answer, for as long as the draft can follow it."""
    said = "agreed to" if thing.state == "agreed" else "declined"
    who = thing.other or "The board"
    title = f"Read the answer about “{cut(thing.words, 60)}”"
    why = f"{who} {said} your request on {day(thing.day, facts.today)}."
    plainly = "Read the answer to your request to change an objective"
    return row(facts, title, why, "Read the answer", ("objectives", plan.pk), plainly=plainly)


def answers(facts: Facts, plan: PlanFacts, thing: Thing) -> bool:
    """Whoever was asked; where nobody was named, the head."""
    asked = thing.other_id
    return asked == facts.person if asked else plan.own and Part.HEADTEACHER in plan.parts


def _look(facts: Facts, plan: PlanFacts, thing: Thing) -> Row:
    why = f"{thing.other or 'Somebody'} answered on {day(thing.day, facts.today)}: “{cut(thing.words, 80)}”"
    title = "Look at the answer to your question"
    return row(facts, title, why, "Read the answer", ("question", thing.pk), facts.ahead(plan.decision_on))
