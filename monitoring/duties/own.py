"""What is one's own: a new seat, actions, conditions, what a meeting asked for, a visit with a last day."""

from collections.abc import Iterator

from governance import years
from governance.permissions import Part
from monitoring.duties.row import FIRST, Row, row, within
from monitoring.facts import Facts, Thing
from monitoring.wording import capital, cut, day, weekday
from sip.models import Plan

_STATE = Plan.State
_ACTIONS_AHEAD = 30


def ones_own(facts: Facts) -> Iterator[Row]:
    """A new seat's first page, actions due soon, conditions to meet, and how long a visitor may read."""
    if facts.are("seat"):
        seat = min(facts.are("seat"), key=lambda thing: thing.day)
        why = "Our year, our plan on a page, your part in it, and ten words explained."
        when = f"You joined the {within(seat.other)} on {day(seat.day, facts.today)}" if seat.day <= facts.today else ""
        yield Row("Start here", why, "The first page", ("start", facts.slug), when=when, press=FIRST)
    for action in facts.are("action"):
        if action.due and (action.due - facts.today).days <= _ACTIONS_AHEAD:
            yield _action(facts, action)
    for condition in facts.are("condition"):
        if condition.who_id == facts.person:
            yield _condition(facts, condition)
    for thing in facts.are("follow-up"):
        yield _follow_up(facts, thing)
    yield from _visitor(facts)


def _action(facts: Facts, action: Thing) -> Row:
    """Until it is done; while the board has the plan nothing can be said of it yet."""
    title, plainly = f"Do: {cut(action.words, 90)}", "Do your action"
    if action.state != _STATE.APPROVED:
        why, to = f"Objective: {action.other}. The plan is with the board.", ("objective", action.other_id)
        return row(facts, title, why, "See the objective", to, action.due, plainly=plainly)
    why = f"Objective: {action.other}. {capital(action.who)}."
    return row(facts, title, why, "Say how it goes", ("action", action.pk), action.due, plainly=plainly)


def _condition(facts: Facts, condition: Thing) -> Row:
    """The plan's page has its conditions, and its readers are more than the item's."""
    plan = next((one for one in facts.plans if one.pk == condition.about), None)
    to = ("plan", plan.slug, plan.year) if plan else ("item", condition.pk)
    why = f"The board approved {plan.title if plan else 'it'} on this condition."
    title, plainly = f"Meet: {cut(condition.words, 90)}", "Meet a condition of the approval"
    known = f"condition {condition.other_id}"
    return row(facts, title, why, "See the condition", to, condition.due, plainly=plainly, known=known)


def _follow_up(facts: Facts, thing: Thing) -> Row:
    """What a meeting gave this person to do."""
    why = f"The {thing.other} asked for it on {day(thing.day, facts.today)}."
    title, plainly = f"Do: {cut(thing.words, 90)}", "Do what a meeting asked of you"
    return row(facts, title, why, "Say it is done", ("follow_up", thing.pk), thing.due, plainly=plainly)


def _visitor(facts: Facts) -> Iterator[Row]:
    """An adviser or an inspector reads what is approved, until a day."""
    decided = [plan for plan in facts.own_plans if plan.state in (Plan.State.APPROVED, Plan.State.CLOSED)]
    before_the_board = facts.current and facts.current.state == Plan.State.WITH_THE_BOARD
    if not facts.has(Part.ADVISER, Part.INSPECTOR) or not decided or before_the_board:
        return
    plan = max(decided, key=lambda one: one.year)
    until = max((thing.due for thing in facts.are("role") if thing.words in ("adviser", "inspector")), default=None)
    when = f"You can read it until {weekday(until, facts.today)}" if until else ""
    why = f"Approved on {day(plan.approved_on, facts.today)}." if plan.approved_on else ""
    to = ("plan", plan.slug, plan.year)
    yield Row(f"Read the plan for {years.written(plan.year)}", why, "Read the plan", to, until, when)
