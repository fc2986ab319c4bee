"""Where a draft may start from: last year's plan, and starting points of our own by phase and inspection area."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from governance import frameworks
from governance.models import Organisation, Person
from sip import rows, understanding, written
from sip.models import Action, Mark, Objective, Plan, SuccessCriterion
from sip.understanding import Calendar

YEAR = timedelta(weeks=52)  # a Friday stays a Friday
_GOOD = (Mark.GREEN, Mark.BLUE)
_DAYS = ("due_on", "starts_on", "by_when")


# ---------------------------------------------------------------- last year


@dataclass(frozen=True, slots=True)
class Offered:
    """A row of last year's plan: its key on the page, its words, how it went, and whether work on it is left."""

    key: str
    kind: str
    words: str
    went: str
    is_unfinished: bool


@dataclass(frozen=True, slots=True)
class LastObjective:
    """An objective of last year's plan with its rows, the unfinished first; `is_own`: this year's carries it on."""

    number: int
    title: str
    outcome: str
    is_own: bool
    rows: list[Offered]

    @property
    def many_unfinished(self) -> int:
        return sum(row.is_unfinished for row in self.rows)


def plan_before(objective: Objective) -> Plan | None:
    """The plan of the year before, once the board had approved it."""
    plans = Plan.objects.filter(organisation=objective.plan.organisation_id, year=objective.plan.year - 1)
    return plans.filter(state__in=(Plan.State.APPROVED, Plan.State.CLOSED)).first()


def last_year(objective: Objective, before: Plan) -> list[LastObjective]:
    """Last year's objectives: first the one that this one carries on, then those with most left to do."""
    found = []
    for number, one in enumerate(before.objectives.prefetch_related("actions__owner", "criteria__milestones"), 1):
        offered = [_action(row) for row in one.actions.all()] + [
            _criterion(row, one) for row in one.criteria.all() if row.dropped_on is None
        ]
        offered.sort(key=lambda row: not row.is_unfinished)
        is_own = one.pk == objective.carried_from_id
        found.append(LastObjective(number, one.title, one.get_outcome_display(), is_own, offered))
    return sorted(found, key=lambda one: (not one.is_own, -one.many_unfinished))


def _action(row: Action) -> Offered:
    by = f", {row.owner}" if row.owner else ""
    went = f"{row.get_status_display()}{by}"
    if row.stopped_why:
        went += f": {row.stopped_why}"
    ended = (Action.Status.DONE, Action.Status.STOPPED)
    return Offered(f"action-{row.pk}", "Action", row.what, went, row.status not in ended)


def _criterion(row: SuccessCriterion, objective: Objective) -> Offered:
    rated = [one for one in row.milestones.all() if one.current_rating]
    last = max(rated, key=lambda one: ("autumn", "spring", "summer").index(one.term), default=None)
    met = last.current_rating in _GOOD if last else objective.outcome == Objective.Outcome.MET
    went = f"{last.get_current_rating_display()} in {last.term}" if last else "not rated"
    return Offered(f"criterion-{row.pk}", "Criterion", row.text, went, not met)


def taken(objective: Objective, before: Plan, keys: set[str]) -> dict:
    """The chosen rows as this year's, as `drafting.add_rows` takes them: every day a year on, nobody who has left."""
    here = set(Person.objects.on_hand(objective.plan.organisation).values_list("pk", flat=True))
    found: dict[str, list[dict]] = {"actions": [], "criteria": []}
    for number, one in enumerate(before.objectives.all(), 1):
        source = f"From the plan {before.year_in_words}, objective {number}"
        actions, criteria = rows.of(one)
        for kind, name, held in (("action", "actions", actions), ("criterion", "criteria", criteria)):
            chosen = [row for row in held if f"{kind}-{row['id']}" in keys]
            found[name] += [_a_year_on(rows.as_new(row), here) | {"came_from": source} for row in chosen]
    return found


def _a_year_on(row: dict, here: set[int]) -> dict:
    row |= {word: row[word] + YEAR for word in _DAYS if row.get(word)}
    row |= {word: None for word in ("owner", "checked_by") if row.get(word) and row[word].pk not in here}
    return row


# ---------------------------------------------------------------- starting points


@dataclass(frozen=True, slots=True)
class Point:
    """A starting point: a few actions and how one would know, to be made one's own."""

    key: str
    title: str
    area: str
    phases: tuple[str, ...]
    why: str
    actions: tuple[dict, ...]
    criteria: tuple[dict, ...]

    @property
    def area_in_words(self) -> str:
        found = frameworks.area(self.area)
        return found.name if found else ""


@cache
def points() -> tuple[Point, ...]:
    """All of them, in the order of the file."""
    held = tomllib.loads((Path(__file__).parent / "starting_points.toml").read_text(encoding="utf-8"))
    return tuple(
        Point(
            row["key"],
            row["title"],
            row["area"],
            tuple(row["phases"]),
            row["why"],
            tuple(row["actions"]),
            tuple(row["criteria"]),
        )
        for row in held["points"]
    )


def points_for(organisation: Organisation, area: str = "") -> list[Point]:
    """Those of its phase (all where we have none for it), those of the objective's inspection area first."""
    found = [one for one in points() if organisation.phase in one.phases] or points()
    return sorted(found, key=lambda one: one.area != area)


def rows_of(point: Point, calendar: Calendar) -> dict:
    """Its rows as `drafting.add_rows` takes them: days from the school's own calendar, nobody named."""
    return {
        "actions": [_started(row, calendar) for row in point.actions],
        "criteria": [
            {
                "text": row["text"],
                "by_when": calendar.whole[1],
                "milestones": {term: row.get(term, "") for term in ("autumn", "spring", "summer")},
                "target": None,
            }
            for row in point.criteria
        ],
    }


def _started(row: dict, calendar: Calendar) -> dict:
    words = {name: row[name] for name in ("what", "resources", "outcome", "checked_how") if row.get(name)}
    return words | {"due_on": due(row, calendar)}


def due(row: dict, calendar: Calendar) -> date | None:
    """By when: "spring 1" is the end of the first half of the spring term."""
    return understanding.when(row.get("by", ""), calendar).due_on


def due_in_words(row: dict, calendar: Calendar) -> str:
    return written.short_day(due(row, calendar))
