"""What a school of the demonstration has printed, in which layout and for whom; and for whom it said a part is."""

from collections.abc import Iterator
from datetime import time

from foundation import clock
from governance.models import Meeting
from monitoring import bundles
from monitoring.demonstration.events import MORNING, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import documents, laying_out, showing

_NOON, _EVENING = time(11, 30), time(19)


def events(hall: Hall) -> Iterator[Event]:
    """Each in the organisation's file under "printing"."""
    facts = hall.facts.get("printing", {})
    if "layout" in facts:
        yield Event(clock.local(facts["laid_out_on"], MORNING), lambda: _lay_out(hall, facts["layout"]))
    for row in facts.get("readers", []):
        yield Event(clock.local(row["on"], _EVENING), lambda row=row: _say_who_reads(hall, row))
    for row in facts.get("documents", []):
        yield Event(clock.local(row["on"], _EVENING), lambda row=row: _print(hall, row))
    for row in facts.get("papers", []):
        yield Event(clock.local(row["on"], _NOON), lambda row=row: _bind(hall, row))


def _lay_out(hall: Hall, layout: str) -> None:
    laying_out.choose_layout(hall.organisation, layout=layout, by=hall.clerk)


def _say_who_reads(hall: Hall, row: dict) -> None:
    plan = plan_of(hall, row["plan"])
    name = row["part"]
    if place := row.get("objective"):
        name = f"{name}:{plan.objectives.all()[place - 1].pk}"
    showing.say_who_reads(plan, block=name, shown_to=row["for"], by=hall.leader)


def _print(hall: Hall, row: dict) -> None:
    version = plan_of(hall, row["plan"]).latest_version
    if name := row.get("sheet_of"):
        documents.make_sheet(version, person=hall.person(name), by=hall.leader)
    else:
        stage = "decided" if version.decision else "submitted"
        documents.make_again(version, stage=stage, form=row["form"], edition=row["edition"], by=hall.clerk)


def _bind(hall: Hall, row: dict) -> None:
    meeting = Meeting.objects.get(board=hall.organisation.full_board(), day=row["meeting"])
    bundles.make_papers(meeting, part=row["part"], by=hall.clerk)
