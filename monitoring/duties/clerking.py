"""What the clerk keeps: strategy, terms, meetings, addresses and invitations."""

from collections.abc import Iterator
from datetime import date

from governance import years
from governance.permissions import Part
from monitoring.duties.row import FIRST, Row, row, some
from monitoring.facts import Facts
from monitoring.wording import counted


def clerking(facts: Facts) -> Iterator[Row]:
    """Terms, meetings, addresses, invitations and the strategy."""
    yield from _strategy(facts)
    if not facts.has(Part.CLERK):
        return
    yield from _terms(facts)
    for thing in facts.are("nobody"):
        yield _nobody(facts, thing.words)
    if not any(meeting.is_full for meeting in facts.coming):
        why = "No meeting of the board is planned, so nothing can be decided."
        yield row(facts, "Plan the board’s next meeting", why, "Plan a meeting", ("meeting_add", facts.slug))
    people = ("people", facts.slug)
    names = sorted({thing.words for thing in facts.are("no address")})
    if names:
        title = f"Add an address for {counted(len(names), 'member')} of the board"
        yield row(facts, title, f"{some(names)}: nothing can be sent to them.", "Add addresses", people)
    lapsed = sorted(invited(facts, lapsed=True))
    if lapsed:
        why = f"{some(lapsed)}: the link lapsed before it was used."
        yield row(facts, f"Invite {counted(len(lapsed), 'person', 'people')} again", why, "Invite again", people)


def _nobody(facts: Facts, missing: str) -> Row:
    """Before anything else an organisation has somebody who leads it, and a board."""
    leader = "the trust leader" if facts.is_trust else "the headteacher"
    members = "the trustees" if facts.is_trust else "the governors"
    who = {"the leader": leader, "the board": members}.get(missing, f"{leader} and {members}")
    why = "Until then nobody can draft the plan, or nobody can decide on it."
    return Row(f"Add {who}", why, "Add people", ("people", facts.slug), when="First of all", press=FIRST)


def _terms(facts: Facts) -> Iterator[Row]:
    """This year's terms where they are missing; from the spring term on next year's. A trust says them for its schools
    that have none of their own."""
    this, following = facts.terms_of(facts.year), facts.terms_of(facts.year + 1)
    if not this:
        why = "Usual dates are filled in. Without terms no step of the year has its day."
        to, title = ("terms_edit", facts.slug, facts.year), f"Check the terms of {years.written(facts.year)}"
        yield Row(title, why, "Check the terms", to, when="First of all", press=FIRST)
    spring = facts.term("spring", facts.year)
    begins = spring.starts if spring else date(facts.year + 1, 1, 1)
    lent = bool(this) and all(term.lent for term in this)
    if not following and not lent and facts.today >= begins:
        why = "They are proposed from this year’s; correct what differs."
        to, title = ("terms_edit", facts.slug, facts.year + 1), f"Check the terms of {years.written(facts.year + 1)}"
        yield row(facts, title, why, "Check the terms", to, date(facts.year + 1, 7, 1))


def _strategy(facts: Facts) -> Iterator[Row]:
    """Chair and clerk: a strategy to begin, or one being written to finish and adopt."""
    if not facts.has(Part.CHAIR, Part.CLERK):
        return
    states = {thing.state for thing in facts.are("strategy")}
    to = ("strategy", facts.slug)
    if not states:
        why = "Each year’s plan serves its priorities."
        yield row(facts, "Begin the strategy", why, "Open the strategy", to)
    elif "draft" in states:
        why = "It is being written; a decision of the board adopts it."
        yield row(facts, "Finish the strategy and put it to a meeting", why, "Open the strategy", to)


def invited(facts: Facts, *, lapsed: bool) -> dict[str, date]:
    """Who was invited and has not come in: by name, when the last link lapses; those whose link has, or has not."""
    last: dict[str, date] = {}
    for thing in facts.are("invited"):
        last[thing.words] = max(thing.due, last.get(thing.words, thing.due))
    return {name: due for name, due in last.items() if (due < facts.today) == lapsed}
