"""What a school of the demonstration calls things, from the day on which its clerk said so; and advice on a draft that
its leaders put aside for the year."""

from collections.abc import Iterator

from foundation import clock
from governance import own_words
from monitoring.demonstration.events import LATE, MORNING, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import advice, advising


def events(hall: Hall) -> Iterator[Event]:
    """The clerk's words, and each piece of advice that was put aside."""
    if facts := hall.facts.get("words"):
        yield Event(clock.local(facts["said_on"], MORNING), lambda: _say(hall, facts))
    for row in hall.facts.get("put_aside", []):
        yield Event(clock.local(row["on"], LATE), lambda row=row: _put_aside(hall, row))


def _say(hall: Hall, facts: dict) -> None:
    now = {name: getattr(hall.organisation, name) for name in own_words.SAID}
    said = now | {name: value for name, value in facts.items() if name != "said_on"}
    own_words.say_words(hall.organisation, by=hall.clerk, **said)


def _put_aside(hall: Hall, row: dict) -> None:
    plan = plan_of(hall, row["plan"])
    keys = [one.key for one in advising.draft_of(plan).findings if one.rule == row["rule"]]
    advising.put_aside(plan, key=advice.BETWEEN.join(keys), by=hall.leader)
