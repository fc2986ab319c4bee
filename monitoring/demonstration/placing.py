"""Under which area of inspection a school of the demonstration placed its objectives."""

from collections.abc import Iterator
from datetime import time

from foundation import clock
from monitoring.demonstration.events import Event, plan_of
from monitoring.demonstration.people import Hall
from sip.inspection_areas import place_objectives

_LATE = time(16, 30)


def events(hall: Hall) -> Iterator[Event]:
    """Each in the organisation's file under "inspection_areas", in the order of the objectives."""
    for row in hall.facts.get("inspection_areas", []):
        yield Event(clock.local(row["on"], _LATE), lambda row=row: _place(hall, row))


def _place(hall: Hall, row: dict) -> None:
    plan = plan_of(hall, row["plan"])
    places = zip(plan.objectives.all(), row["areas"], strict=False)
    place_objectives(plan, areas={one.pk: area for one, area in places}, by=hall.leader)
