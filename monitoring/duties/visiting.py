"""Visits: to go on, to write up, to check for facts; and the objectives that want one this term."""

from collections.abc import Iterator
from datetime import timedelta

from monitoring.duties.row import Row, Wait, row, wait
from monitoring.facts import Facts, TermDays, Thing
from monitoring.wording import cut, day, weekday

AHEAD = timedelta(days=14)  # before its day a visit stands among what is yours
WRITES = timedelta(days=7)  # after its day its report is expected
SETTLES = timedelta(days=14)  # into a term before anybody is asked to plan a visit
_CHECKING, _PLANNED = "checking", "planned"


def visiting(facts: Facts) -> Iterator[Row]:
    """What this person goes to see, writes or checks; and what nobody has gone to see this term."""
    for thing in facts.are("visit"):
        if thing.state == _PLANNED and thing.who_id == facts.person:
            yield from _going(facts, thing)
        if thing.state == _CHECKING and thing.who_id != facts.person:
            yield _checking(facts, thing)
    term = next((one for one in facts.terms if one.starts <= facts.today <= one.ends), None)
    for thing in facts.are("unvisited") if term and facts.today >= term.starts + SETTLES else ():
        if thing.day is None or thing.day < term.starts:
            yield _wanted(facts, thing, term)


def checks_awaited(facts: Facts) -> Iterator[Wait]:
    """Whoever went waits for the facts to be checked."""
    for thing in facts.are("visit"):
        if thing.state == _CHECKING and thing.who_id == facts.person:
            who = thing.other or "The headteacher"
            yield wait(facts, f"{who} checks the facts of your report of {day(thing.day, facts.today)}", thing.due)


def _going(facts: Facts, visit: Thing) -> Iterator[Row]:
    focus = f"“{cut(visit.words, 90)}”"
    if visit.day <= facts.today:
        on, to = day(visit.day, facts.today), ("visit_write", visit.pk)
        why = f"{focus}. What you saw, heard and read; you can go on later."
        title = f"Write the report of your visit of {on}"
        yield row(facts, title, why, "Write the report", to, visit.day + WRITES)
    elif visit.day <= facts.today + AHEAD:
        when = f"On {weekday(visit.day, facts.today)}"
        meets = f" You meet {visit.other}." if visit.other else ""
        title, plainly = f"Visit: {cut(visit.words, 90)}", "Go on a visit"
        why = f"Your focus and your questions are with the school.{meets}"
        yield row(facts, title, why, "See the visit", ("visit", visit.pk), visit.day, when=when, plainly=plainly)


def _checking(facts: Facts, visit: Thing) -> Row:
    title = f"Check the facts of the report of {day(visit.day, facts.today)}"
    why = f"A visit: “{cut(visit.words, 90)}”. After that day it goes before the board unchecked."
    return row(facts, title, why, "Check the facts", ("visit_check", visit.pk), visit.due)


def _wanted(facts: Facts, objective: Thing, term: TermDays) -> Row:
    title, plainly = f"Plan a visit to “{cut(objective.words, 80)}”", "Plan a visit"
    last = f"Last visited on {day(objective.day, facts.today)}" if objective.day else "Nobody has visited it yet"
    why = f"You monitor it. {last}; about once a term is usual."
    to = ("objective_visits", objective.pk)
    return row(facts, title, why, "Plan a visit", to, term.ends, plainly=plainly)
