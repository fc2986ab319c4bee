"""What inspectors found, and the context that leaders wrote into each plan of the demonstration."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial

from foundation import clock
from governance import inspecting
from monitoring.demonstration.events import AFTERNOON, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import context, entering
from sip.models import Measure

_BEFORE, _WEEK = timedelta(days=4), timedelta(days=6)
_AFTER_DRAFTING = time(11)
_DERIVED = time(10, 30)
_INSPECTED = ("kind", "began_on", "ended_on", "published_on", "report_url", "to_improve")


def events(hall: Hall) -> Iterator[Event]:
    """Everything that was recorded of inspections and written as context in one organisation, in no order."""
    for row in hall.facts.get("inspections", []):
        yield Event(clock.local(row["recorded_on"], AFTERNOON), partial(_record, hall, row))
    for facts in hall.facts.get("plans", []):
        if facts["year"] == 2026 and hall.facts.get("derived"):
            yield Event(clock.local(_day(facts), _DERIVED), partial(_derive, hall, hall.facts["derived"]))
        if said := hall.facts.get("context", {}).get(str(facts["year"])):
            yield Event(clock.local(_day(facts), _AFTER_DRAFTING), partial(_write, hall, facts["year"], said))


def _record(hall: Hall, row: dict) -> None:
    words = {name: row[name].strip() if name == "to_improve" else row[name] for name in _INSPECTED if name in row}
    grades = row.get("grades", {})
    inspecting.record_inspection(hall.organisation, framework=row["framework"], grades=grades, by=hall.clerk, **words)


def _derive(hall: Hall, said: dict[str, str]) -> None:
    """Say how measures of the school's own are come by."""
    for measure in Measure.objects.filter(organisation=hall.organisation, name__in=said):
        names = ("name", "better", "counts_pupils", "is_confidential")
        words = {name: getattr(measure, name) for name in names}
        entering.change_measure(measure, derived=said[measure.name], by=hall.leader, **words)


def _day(facts: dict) -> date:
    """The day on which the plan was drafted; of one that is still being drafted, last week."""
    submitted = facts.get("submitted_on")
    return submitted[0] - _BEFORE if submitted else clock.today() - _WEEK


def _write(hall: Hall, year: int, said: dict) -> None:
    plan = plan_of(hall, year)
    for section, kinds in context.KINDS.items():
        texts = {kind: said.get(kind.name.lower(), "").strip() for kind in kinds}
        lines = [{"source": row["source"], "amount": Decimal(str(row["amount"]))} for row in said.get("lines", [])]
        words = {"texts": texts, "budget": lines if section == context.BUDGET else None}
        if any(texts.values()) or words["budget"]:
            context.write_context(plan, section=section, revision=plan.revision, by=hall.leader, **words)
