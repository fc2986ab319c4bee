"""What a history is made of: something that happened, at its moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from monitoring.demonstration.people import Hall
from sip.models import Plan

EARLY, MORNING, NOON, AFTERNOON, LATE = time(8), time(10), time(12), time(15), time(17)


@dataclass(frozen=True)
class Event:
    """Something that happened: when, and what to do to make it so."""

    at: datetime
    act: Callable[[], object]


def plan_of(hall: Hall, year: int) -> Plan:
    """The plan of a year, as it stands at the moment of asking."""
    return hall.organisation.plans.get(year=year)
