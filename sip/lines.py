"""A draft as plain lines, for advice, weight and cost: read once, in as many queries however great the plan is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from sip.models import Action, Objective, Plan, SuccessCriterion


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action. `place`: the how manieth of its objective. `words`: how many words stand in it."""

    id: int
    place: int
    what: str = ""
    owner: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    cost: Decimal | None = None  # pounds; None: not costed
    source: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A success criterion with the terms in which it has a milestone. `measured`: a measure stands under it."""

    id: int
    place: int
    text: str = ""
    by_when: date | None = None
    terms: frozenset[str] = frozenset()
    measured: bool = False
    has_baseline: bool = False
    words: int = 0


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective as leaders draft it. `label`: as the school numbers it. `url`: of its draft."""

    id: int
    label: str
    title: str = ""
    lead: str = ""
    priority: int | None = None
    has_start: bool = False  # whether its own figure says where the school stands now
    actions: tuple[ActionLine, ...] = ()
    criteria: tuple[CriterionLine, ...] = ()
    words: int = 0  # of the board's text
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlanLines:
    """The whole draft, the priorities it is to serve (key, title), and the money given to it (source, pounds)."""

    objectives: tuple[ObjectiveLine, ...] = ()
    priorities: tuple[tuple[int, str], ...] = ()
    budget: tuple[tuple[str, Decimal], ...] = ()
    words: int = 0  # of how it was made and is monitored

    @property
    def actions(self) -> list[ActionLine]:
        return [action for one in self.objectives for action in one.actions]

    @property
    def criteria(self) -> list[CriterionLine]:
        return [criterion for one in self.objectives for criterion in one.criteria]


def of(plan: Plan) -> PlanLines:
    """The plan as it is drafted now, in five queries."""
    actions, criteria = _actions(plan), _criteria(plan)
    rows = plan.objectives.select_related("lead").order_by("position", "pk")
    return PlanLines(
        objectives=tuple(
            objective_line(row, plan.words.numbered(place), actions[row.pk], criteria[row.pk])
            for place, row in enumerate(rows, start=1)
            if row.stopped_on is None
        ),
        priorities=tuple(plan.strategy.priorities.values_list("pk", "title")) if plan.strategy_id else (),
        budget=tuple(plan.budget_lines.values_list("source", "amount")),
        words=count_words(plan.how_made, plan.how_monitored),
    )


def objective_line(row: Objective, label: str, actions: tuple, criteria: tuple) -> ObjectiveLine:
    """One objective with its lines."""
    return ObjectiveLine(
        id=row.pk,
        label=label,
        title=row.title,
        lead=row.lead.name if row.lead else "",
        priority=row.priority_id,
        has_start=bool(row.figure_now),
        actions=actions,
        criteria=criteria,
        words=count_words(row.title, row.where_now, row.where_to, row.figure_what),
        url=reverse("draft_objective", args=[row.pk]),
    )


def count_words(*texts: str) -> int:
    """How many words stand in these texts."""
    return sum(len(text.split()) for text in texts)


def _actions(plan: Plan) -> dict[int, tuple[ActionLine, ...]]:
    columns = ("objective", "pk", "what", "owner__name", "starts_on", "due_on", "cost", "cost_source")
    texts = ("heading", "supporters", "resources", "outcome", "checked_how", "checked_when")
    found: dict[int, list[ActionLine]] = defaultdict(list)
    rows = Action.objects.filter(objective__plan=plan).exclude(status=Action.Status.STOPPED)
    rows = rows.order_by("objective", "position", "pk")
    for objective, number, what, owner, *rest in rows.values_list(*columns, *texts):
        starts, due, cost, source, *said = rest
        place, words = len(found[objective]) + 1, count_words(what, source, *said)
        found[objective].append(ActionLine(number, place, what, owner or "", starts, due, cost, source, words))
    return defaultdict(tuple, {key: tuple(lines) for key, lines in found.items()})


def _criteria(plan: Plan) -> dict[int, tuple[CriterionLine, ...]]:
    """One query, a row for each milestone."""
    columns = ("objective", "pk", "text", "by_when", "target", "target__baseline")
    kept = SuccessCriterion.objects.filter(objective__plan=plan, dropped_on=None)
    rows = kept.order_by("objective", "position", "pk")
    held: dict[int, dict[int, tuple]] = defaultdict(dict)
    for *row, term, words in rows.values_list(*columns, "milestones__term", "milestones__text"):
        objective, number, *said = row
        due = held[objective].setdefault(number, (said, []))[1]
        if term:
            due.append((term, words))
    return defaultdict(
        tuple,
        {
            objective: tuple(_criterion(place, number, *one) for place, (number, one) in enumerate(rows.items(), 1))
            for objective, rows in held.items()
        },
    )


def _criterion(place: int, number: int, said: list, due: list[tuple[str, str]]) -> CriterionLine:
    text, by_when, target, baseline = said
    return CriterionLine(
        id=number,
        place=place,
        text=text,
        by_when=by_when,
        terms=frozenset(term for term, _ in due),
        measured=target is not None,
        has_baseline=baseline is not None,
        words=count_words(text, *(words for _, words in due)),
    )
