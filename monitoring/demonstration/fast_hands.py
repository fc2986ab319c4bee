"""Fast hands in the demonstration: posts that own actions, rows pasted from an old table, begun from last year or
from a starting point, moved to where they belong; each by the operation that the product has for it."""

from collections.abc import Iterator
from functools import partial

from foundation import clock
from governance import posts
from monitoring.demonstration.events import AFTERNOON, EARLY, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import drafting, knowing, pasted, starting
from sip.models import Objective
from sip.pasting import Reader


def events(hall: Hall) -> Iterator[Event]:
    """The posts of an organisation since the day they were named, and what leaders took into a draft."""
    for row in hall.facts.get("posts", []):
        yield Event(clock.local(row["since"], EARLY), partial(_name, hall, row["name"]))
    for row in hall.facts.get("taken", []):
        yield Event(clock.local(row["on"], AFTERNOON), partial(_HOW[row["how"]], hall, row))


def _name(hall: Hall, name: str) -> None:
    posts.add_post(hall.organisation, name=name, by=hall.clerk)
    hall.forget_people()


def _objective(hall: Hall, row: dict) -> Objective:
    return plan_of(hall, row["plan"]).objectives.order_by("position")[row["objective"] - 1]


def _paste(hall: Hall, row: dict) -> None:
    """Rows of a table, as the page of a paste reads them."""
    objective = _objective(hall, row)
    people, calendar = knowing.known(hall.organisation), knowing.calendar_of(objective.plan)
    table = pasted.table(row["text"].strip())
    columns, headed = pasted.guess(table, people, calendar)
    found = Reader(columns, people, calendar).read(table, headed=headed)
    named = {one.number: hall.person(one.name) for one in people if one.name}
    actions = [action | {word: named.get(action[word]) for word in ("owner", "checked_by")} for action in found.actions]
    drafting.add_rows(
        objective, actions=actions, criteria=found.criteria, came_from="Pasted from a table", by=hall.leader
    )


def _from_last_year(hall: Hall, row: dict) -> None:
    """Rows of last year's plan that are not finished, so many of them."""
    objective = _objective(hall, row)
    before = starting.plan_before(objective)
    offered = [one for last in starting.last_year(objective, before) for one in last.rows if one.is_unfinished]
    taken = starting.taken(objective, before, {one.key for one in offered[: row["many"]]})
    drafting.add_rows(objective, by=hall.leader, **taken)


def _from_point(hall: Hall, row: dict) -> None:
    """One of our starting points."""
    objective = _objective(hall, row)
    point = next(one for one in starting.points() if one.key == row["point"])
    found = starting.rows_of(point, knowing.calendar_of(objective.plan))
    drafting.add_rows(objective, came_from=f"Starting point: {point.title}", by=hall.leader, **found)


_HOW = {"pasted": _paste, "last year": _from_last_year, "starting point": _from_point}
