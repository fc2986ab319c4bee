"""What the demonstration's organisations count: standard measures taken, figures entered by period and group."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from foundation import clock
from monitoring.demonstration.events import NOON, Event
from monitoring.demonstration.people import Hall
from sip import entering
from sip.entering import Entered, Period
from sip.models import Measure

_TAKEN_ON = date(2025, 9, 3)


def events(hall: Hall) -> Iterator[Event]:
    """The measures of one organisation, taken once, and each sheet of figures on its day."""
    rows = hall.facts.get("measures", [])
    if rows:
        codes = [row["code"] for row in rows]
        yield Event(clock.local(_TAKEN_ON, NOON), partial(_take, hall, codes))
    for row in rows:
        for sheet in row.get("sheets", []):
            yield Event(clock.local(sheet["on"], NOON), partial(_enter, hall, row["code"], sheet))


def _take(hall: Hall, codes: list[str]) -> None:
    entering.take_from_library(hall.organisation, codes=codes, by=hall.leader)


def _enter(hall: Hall, code: str, sheet: dict) -> None:
    measure = Measure.objects.get(organisation=hall.organisation, code=code)
    period = Period(sheet["year"], sheet["term"], sheet.get("kind", "actual"), sheet.get("year_group", ""))
    rows = [_row(group, said) for group, said in sheet["of"].items()]
    stood = entering.standing(measure, period)
    entering.enter_readings(measure, period=period, rows=rows, stood=stood, by=hall.leader)


def _row(group: str, said: str) -> Entered:
    """ "44/58" pupils, "104.2 of 58" on average, "94.6" and no more, "-" where it was not published."""
    if said == "-":
        return Entered(group)
    if "/" in said:
        count, cohort = map(int, said.split("/"))
        return Entered(group, round(Decimal(100) * count / cohort, 1), count, cohort)
    value, _, cohort = said.partition(" of ")
    return Entered(group, Decimal(value), None, int(cohort) if cohort else None)
