"""How plans were read: a first version that came back, who has read the plan, and where members stand."""

from collections.abc import Iterator
from datetime import time
from functools import partial

from foundation import clock
from monitoring.demonstration.events import AFTERNOON, LATE, MORNING, NOON, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import approval, drafting, rows, sounding
from sip.models import Objective, Plan, Version


def events(hall: Hall, facts: dict) -> Iterator[Event]:
    """All of it of one plan."""
    year = facts["year"]
    if first := facts.get("first_version"):
        yield from _first(hall, year, first)
    for row in facts.get("looks", []):
        yield Event(clock.local(row["on"], LATE), partial(_read, hall, year, row))
    for row in facts.get("soundings", []):
        yield Event(clock.local(row["on"], time(19, 30)), partial(_stand, hall, year, row))


def _first(hall: Hall, year: int, facts: dict) -> Iterator[Event]:
    """Leaders put a version before the board that the chair returned with reasons; they change it and submit again."""
    kept: dict[int, tuple] = {}
    submitted, returned = facts["submitted_on"], facts["returned_on"]
    yield Event(clock.local(submitted, NOON), lambda: kept.update(_word_as_before(hall, plan_of(hall, year), facts)))
    yield Event(clock.local(submitted, AFTERNOON), lambda: approval.submit_plan(plan_of(hall, year), by=hall.leader))
    chair = hall.user(facts["returned_by"])
    yield Event(
        clock.local(returned, MORNING),
        lambda: approval.return_plan(plan_of(hall, year), reason=facts["reason"].strip(), by=chair),
    )
    yield Event(clock.local(returned, AFTERNOON), lambda: _word_as_now(hall, plan_of(hall, year), kept))


def _word_as_before(hall: Hall, plan: Plan, facts: dict) -> dict[int, tuple]:
    """Let the draft say what it said then. Returns the rows as they are to be in the end, by objective."""
    kept = {}
    for objective in plan.objectives.order_by("position"):
        changes = [row for row in facts["rows"] if row["objective"] == objective.position]
        if changes:
            kept[objective.pk] = rows.of(objective)
            actions, criteria = rows.of(objective)
            for change in changes:
                _change(actions if "action" in change else criteria, change)
            _save(hall, objective, [row for row in actions if row], [row for row in criteria if row])
    return kept


def _change(into: list, change: dict) -> None:
    """One row as it was: without it, or with other words."""
    place = change.get("action") or change["criterion"]
    if change.get("without"):
        into[place - 1] = None
        return
    row = into[place - 1]
    for name in ("what", "text", "outcome", "cost", "due_on"):
        if name in change:
            row[name] = change[name]
    if "aim" in change:
        row["target"] = row["target"] | {"aim": change["aim"]}
    row["milestones"] = row.get("milestones", {}) | change.get("milestones", {})


def _word_as_now(hall: Hall, plan: Plan, kept: dict[int, tuple]) -> None:
    """What was left out comes back as a row of its own."""
    for objective in plan.objectives.filter(pk__in=kept):
        there = [{row["id"] for row in held} for held in rows.of(objective)]
        wanted = [
            [row if row["id"] in known else {name: word for name, word in row.items() if name != "id"} for row in held]
            for held, known in zip(kept[objective.pk], there, strict=True)
        ]
        _save(hall, objective, *wanted)


def _save(hall: Hall, objective: Objective, actions: list[dict], criteria: list[dict]) -> None:
    objective.refresh_from_db()
    drafting.save_objective(objective, revision=objective.revision, actions=actions, criteria=criteria, by=hall.leader)


def _read(hall: Hall, year: int, row: dict) -> None:
    """One who signs in says so; for those who do not, the clerk notes it."""
    version = _version(hall, year, row)
    if "name" in row:
        sounding.say_read(version, by=hall.user(row["name"]))
    else:
        sounding.note_read(version, people=[hall.person(name) for name in row["names"]], by=hall.clerk)


def _stand(hall: Hall, year: int, row: dict) -> None:
    words = {name: row[name] for name in ("stand", "words") if name in row}
    sounding.say_where_i_stand(_version(hall, year, row), **words, by=hall.user(row["name"]))


def _version(hall: Hall, year: int, row: dict) -> Version:
    plan = plan_of(hall, year)
    return plan.versions.get(number=row["version"]) if "version" in row else plan.latest_version
