"""What the clerk keeps: strategy, terms, meetings, addresses and invitations."""

from collections.abc import Iterator
from datetime import date

from governance import years
from governance.permissions import Part
from monitoring.duties.row import Row, row, some
from monitoring.facts import Facts
from monitoring.wording import counted


def clerking(facts: Facts) -> Iterator[Row]:
    """Terms, meetings, addresses, invitations and the strategy."""
    yield from _strategy(facts)
    if not facts.has(Part.CLERK):
        return
    yield from _terms(facts)
    if not any(meeting.is_full for meeting in facts.coming):
        why = "No meeting of the board is planned, so nothing can be decided."
        yield row(facts, "Plan the board’s next meeting", why, "Plan a meeting", ("meeting_add", facts.slug))
    people = ("people", facts.slug)
    names = sorted({thing.words for thing in facts.are("no address")})
    if names:
        title = f"Add an address for {counted(len(names), 'member')} of the board"
        yield row(facts, title, f"{some(names)}: nothing can be sent to them.", "See the people", people)
    lapsed = sorted(invited(facts, lapsed=True))
    if lapsed:
        why = f"{some(lapsed)}: the link lapsed before it was used."
        yield row(facts, f"Invite {counted(len(lapsed), 'person', 'people')} again", why, "See the people", people)


def _terms(facts: Facts) -> Iterator[Row]:
    """This year's terms where they are missing; from March next year's."""
    for year, ready in ((facts.year, True), (facts.year + 1, 3 <= facts.today.month <= 8)):
        if ready and not any(term.year == year for term in facts.terms):
            why = "Without them no step of the year has its day."
            due = facts.today if year == facts.year else date(year, 7, 1)
            title = f"Enter the terms of {years.written(year)}"
            yield row(facts, title, why, "Enter the terms", ("terms", facts.slug, year), due)


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
