"""Visits in the demonstration: planned, written up, checked for facts or not, and what advisers left."""

from collections.abc import Iterator
from datetime import time
from functools import partial

from foundation import clock
from governance.models import User
from monitoring import noting, visit_reports, visiting
from monitoring.demonstration.events import AFTERNOON, LATE, MORNING, NOON, Event, plan_of
from monitoring.demonstration.people import Hall
from monitoring.models import Visit
from sip import asking
from sip.models import Objective

_EVENING, _BEAT = time(20), time(6)


def events(hall: Hall) -> Iterator[Event]:
    """Everything that came of visiting in one organisation, in no order."""
    for row in hall.facts.get("visits", []):
        yield from _visit(hall, row)
    for row in hall.facts.get("notes", []):
        yield Event(clock.local(row["left_on"], AFTERNOON), partial(_note, hall, row))


def _visit(hall: Hall, row: dict) -> Iterator[Event]:
    held: dict[str, Visit] = {}
    by = hall.user(row["who"][0])

    def plan() -> None:
        held["visit"] = _planned(hall, row, by)

    yield Event(clock.local(row["planned_on"], NOON), plan)
    if row.get("called_off_on"):
        call_off = partial(_call_off, held, row, by)
        yield Event(clock.local(row["called_off_on"], MORNING), call_off)
    if row.get("written_on"):
        yield Event(clock.local(row["written_on"], _EVENING), lambda: _write(held["visit"], row, by))
    if row.get("checked_on"):
        checker = hall.user(row["checked_by"])
        yield Event(clock.local(row["checked_on"], AFTERNOON), lambda: _check(held["visit"], row, checker))
    if row.get("went_on"):
        yield Event(clock.local(row["went_on"], _BEAT), visit_reports.share_due)
    if row.get("answered_on"):
        yield Event(clock.local(row["answered_on"], LATE), lambda: _answer(hall, held["visit"], row, by))


def _objective(hall: Hall, year: int, number: int | None) -> Objective | None:
    return plan_of(hall, year).objectives.order_by("position")[number - 1] if number else None


def _planned(hall: Hall, row: dict, by: User) -> Visit:
    return visiting.plan_visit(
        plan_of(hall, row["plan"]),
        objective=_objective(hall, row["plan"], row.get("of")),
        about=row.get("about", "plan"),
        day=row["day"],
        starts_at=row.get("at"),
        form=row.get("form", "in person"),
        focus=row["focus"],
        came_with="\n".join(row.get("came_with", [])),
        visitors=[hall.person(name) for name in row["who"]],
        staff_lead=hall.person(row["met"]) if row.get("met") else None,
        by=by,
    )


def _call_off(held: dict[str, Visit], row: dict, by: User) -> None:
    visiting.call_off_visit(held["visit"], why=row["why"], by=by)


def _write(visit: Visit, row: dict, by: User) -> None:
    texts = ("met_with", "read_before", "saw", "heard", "read", "progress", "impact", "celebrate")
    words = {name: row.get(name, "").strip() for name in (*texts, "stance", "mark", "next_focus")}
    agreed = [{"text": one["what"], "owner": one["owner"], "due_on": one.get("due")} for one in row.get("agreed", [])]
    visit_reports.write_report(
        visit,
        revision=visit.revision,
        day=row["day"],
        starts_at=row.get("at"),
        minutes=row.get("minutes"),
        evidence=row["evidence"],
        next_on=row.get("next_on"),
        is_confidential=False,
        raised=row.get("raised", []),
        agreed=agreed,
        by=by,
        **words,
    )
    visit_reports.hand_report(visit, by=by)


def _check(visit: Visit, row: dict, by: User) -> None:
    visit_reports.check_report(visit, comment=row.get("comment", ""), by=by)


def _answer(hall: Hall, visit: Visit, row: dict, by: User) -> None:
    """What the visit asked is answered by the leader; whoever asked closes it at once."""
    raised = visit.raised.exclude(question=None).select_related("question")
    for one, text in zip(raised, row["answers"], strict=True):
        asking.answer(one.question, text=text, by=hall.leader)
        if row.get("closes", True):
            asking.close_question(one.question, by=by)


def _note(hall: Hall, row: dict) -> None:
    noting.leave_note(
        plan_of(hall, row["plan"]),
        objective=_objective(hall, row["plan"], row.get("of")),
        on=row["on"],
        text=row["text"].strip(),
        by=hall.user(row["by"]),
    )
