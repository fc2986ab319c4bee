"""An amendment of a plan in force: leaders finish it, clerk and chair put it on an agenda, governors read it."""

from collections.abc import Iterator

from governance.permissions import Part
from monitoring.duties.row import Row, may, row
from monitoring.facts import Facts, PlanFacts, Thing
from monitoring.wording import day, weekday
from sip.models import Amendment
from sip.permissions import P

_READERS = {Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER}


def amending(facts: Facts) -> Iterator[Row]:
    """What the amendments under way ask of one person."""
    plans = {plan.pk: plan for plan in facts.plans}
    for one in facts.are("amendment"):
        if plan := plans.get(one.about):
            yield from _of(facts, plan, one)


def _of(facts: Facts, plan: PlanFacts, one: Thing) -> Iterator[Row]:
    name, to = f"amendment {one.who_id} to {plan.title}", ("amendment", one.pk)
    if one.state == Amendment.State.DRAFTING:
        if may(plan.parts, P.AMEND_PLAN):
            why = "Nothing of the plan changes until it is made, or put before the board."
            yield row(facts, f"Finish {name}", why, "Go on", to)
        return
    since = f"It is with the board since {day(one.day, facts.today)}" if one.day else "It is with the board"
    if one.due is None and may(plan.parts, P.PUT_AMENDMENT):
        meeting = facts.next_for(plan)
        due = meeting.papers_due_on if meeting else None
        why = f"{since}, and no meeting has it yet."
        yield row(facts, f"Put {name} on an agenda", why, "Choose the meeting", ("put_amendment", one.pk), due)
    elif plan.parts & _READERS and not may(plan.parts, P.AMEND_PLAN):
        when = f"Before the meeting on {weekday(one.due, facts.today)}" if one.due else "Before the board decides"
        why = f"{since}. The plan stays as it is until the board decides."
        yield row(facts, f"Read {name} before the meeting", why, "Read the amendment", to, one.due, when=when)
