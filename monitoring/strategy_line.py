"""The line from a strategy to its results: each priority over the years of the strategy, what served it, what came of
it, and how its measures moved. Plain values.

A carried objective keeps its line from year to year. Two years are not joined where the objective was tagged with areas
of different inspection frameworks: those are never compared.
"""

from collections import defaultdict

from foundation.permissions import may
from governance import frameworks, years
from governance.models import Strategy, User
from monitoring.marks import word, worst
from sip import figures
from sip.figures import Reader
from sip.measures import READ
from sip.models import Milestone, Objective, Plan, Reading, Target
from sip.permissions import P as Sip

_P = Reading.Period
_LATEST = [str(term) for term in (_P.YEAR, _P.SUMMER, _P.SPRING, _P.AUTUMN)]


def of(strategy: Strategy, plans: list[Plan], told: set[int], reader: Reader) -> list[dict]:
    """Each priority. `plans`: those of the strategy's years that the reader sees; `told`: the plans of which the reader
    may read how it goes while they run. As many queries for much as for little."""
    span = range(strategy.first_year, strategy.last_year + 1)
    by_priority = _objectives(plans, told)
    measured = _measures(strategy, plans, span, reader)
    there = {plan.year for plan in plans}
    return [
        {
            "id": one.pk,
            "number": one.position,
            "title": one.title,
            "how_we_will_know": one.how_we_will_know,
            "years": [_year(year, there, by_priority[one.pk][year]) for year in span],
            "measures": measured[one.pk],
            "open": _open(by_priority[one.pk]),
        }
        for one in strategy.priorities.all()
    ]


def for_user(strategy: Strategy, user: User) -> tuple[list[Plan], list[dict]]:
    """The same as one person reads it, with the plans that it is of."""
    span = (strategy.first_year, strategy.last_year)
    seen = Plan.objects.in_force_to(user).filter(organisation=strategy.organisation, year__range=span).order_by("year")
    plans = list(seen)
    told = {plan.pk for plan in plans if plan.state == Plan.State.CLOSED or may(user, Sip.READ_MARKS, plan)}
    may_read = may(user, Sip.READ_MEASURES, strategy.organisation)
    reader = figures.reader_of(user, strategy.organisation) if may_read else None
    return plans, of(strategy, plans, told, reader)


def on_paper(strategy: Strategy) -> list[dict]:
    """The same as anybody may read it who reads the papers of the board."""
    span = (strategy.first_year, strategy.last_year)
    states = (Plan.State.APPROVED, Plan.State.CLOSED)
    plans = list(strategy.organisation.plans.filter(year__range=span, state__in=states).order_by("year"))
    return of(strategy, plans, {plan.pk for plan in plans}, figures.ANYBODY)


def _year(year: int, there: set[int], objectives: list[dict]) -> dict:
    return {"year": years.written(year), "planned": year in there, "objectives": objectives}


def _objectives(plans: list[Plan], told: set[int]) -> dict[int, dict[int, list[dict]]]:
    """By priority and year. Two queries."""
    marks = defaultdict(list)
    rated = Milestone.objects.kept().filter(criterion__objective__plan__in=told)
    for key, mark in rated.values_list("criterion__objective", "current_rating"):
        marks[key].append(mark)
    found: dict[int, dict[int, list[dict]]] = defaultdict(lambda: defaultdict(list))
    rows = Objective.objects.filter(plan__in=plans).select_related("plan", "carried_from__priority")
    for row in rows.order_by("plan__year", "position", "pk"):
        priority = row.priority_id or (row.carried_from.priority_id if row.carried_from else None)
        found[priority][row.plan.year].append(_objective(row, marks[row.pk], row.plan_id in told))
    return found


def _objective(row: Objective, marks: list[str], is_told: bool) -> dict:
    outcome = row.outcome if is_told and row.plan.state == Plan.State.CLOSED else ""
    mark = worst(marks) if is_told and not outcome else ""
    area = frameworks.area(row.inspection_area)
    return {
        "id": row.pk,
        "number": row.position,
        "title": row.title,
        "outcome": outcome,
        "mark": mark,
        "stands": _stands(row, outcome, mark),
        "carried_from": row.carried_from_id,
        "area": area.name if area else "",
        "framework": row.inspection_area.split("_")[0],
    }


def _stands(row: Objective, outcome: str, mark: str) -> str:
    if outcome:
        return outcome
    if row.stopped_on:
        return "stopped by the board"
    return word(mark) or ("closed" if row.plan.state == Plan.State.CLOSED else "under way")


def _open(by_year: dict[int, list[dict]]) -> list[str]:
    """What is not at its end: objectives under way, and those that were not met and went on into no other year."""
    taken = {one["carried_from"] for rows in by_year.values() for one in rows}
    said = []
    for year, rows in sorted(by_year.items()):
        for one in rows:
            if one["stands"] == "stopped by the board":
                continue
            if not one["outcome"]:
                said.append(f"{one['title']} ({years.written(year)}): {one['stands']}")
            elif one["outcome"] != Objective.Outcome.MET and one["id"] not in taken:
                said.append(f"{one['title']} ({years.written(year)}): {one['outcome']}, not taken up again")
    return said


# ---------------------------------------------------------------- figures


def _measures(strategy: Strategy, plans: list[Plan], span: range, reader: Reader | None) -> dict[int, list[dict]]:
    """By priority, the measures that its objectives are aimed at, each with one figure a year: the last that was read
    of the whole school. Nothing to whom measures are not open. Two queries and what it takes to hide small numbers."""
    found: dict[int, list[dict]] = defaultdict(list)
    if reader is None:
        return found
    targets = Target.objects.filter(criterion__objective__plan__in=plans).select_related(
        "measure", "criterion__objective__plan", "criterion__objective__carried_from"
    )
    aims: dict[tuple[int, int], dict] = defaultdict(dict)
    measures = {}
    for target in targets.order_by("criterion__objective__plan__year", "pk"):
        objective, measure = target.criterion.objective, target.measure
        priority = objective.priority_id or (objective.carried_from.priority_id if objective.carried_from else None)
        measures[measure.pk] = measure
        aims[priority, measure.pk][objective.plan.year] = measure.words(target.aim)
    readings = _last_of_years(list(measures), span)
    shown = figures.of_reader(reader, strategy.organisation, readings.values()) if readings else {}
    for (priority, key), aimed in aims.items():
        found[priority].append(_measure(measures[key], aimed, span, readings, shown))
    return found


def _last_of_years(measures: list[int], span: range) -> dict[tuple[int, int], Reading]:
    """By measure and year, the last figure that was read of the whole school."""
    rows = Reading.objects.filter(
        measure__in=measures, year__in=span, group=Reading.Group.ALL, year_group="", kind__in=READ
    )
    found = {}
    for row in sorted(rows.select_related("measure"), key=lambda one: -_LATEST.index(one.term)):
        found[row.measure_id, row.year] = row
    return found


def _measure(measure, aims: dict[int, str], span: range, readings: dict, shown: dict) -> dict:
    figures_ = []
    for year in span:
        row = readings.get((measure.pk, year))
        figure = shown[row.pk] if row else None
        figures_.append(
            {
                "year": years.written(year),
                "when": row.get_term_display().lower() if row else "",
                "words": figure.words if figure else "",
                "value": str(figure.value) if figure and figure.value is not None else "",
                "aim": aims.get(year, ""),
            }
        )
    return {"id": measure.pk, "name": measure.name, "better": measure.get_better_display(), "figures": figures_}
