"""The rows of an objective: actions, criteria with their milestones and targets; as an operation takes them, and put.

A row is a dictionary: an action's words, or a criterion's with `milestones` ({term: text}) and `target` (as
`sip.measuring` takes it, or None). With an id it is a row that stands there already. People are numbers or Person.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import models

from foundation.errors import Conflict
from governance.models import Person
from sip import measuring
from sip.models import Action, Milestone, Objective, SuccessCriterion, Target

MOST = 200  # actions, or criteria, of one objective; the fullest real plan has about twenty

ACTION_WORDS = {
    "heading": "",
    "what": "",
    "owner": None,
    "due_on": None,
    "supporters": "",
    "starts_on": None,
    "cost": None,
    "cost_source": "",
    "resources": "",
    "outcome": "",
    "checked_how": "",
    "checked_by": None,
    "checked_when": "",
}
CRITERION_WORDS = {"text": "", "by_when": None}
_PEOPLE = ("owner", "checked_by")
_OF_TARGET = [one.name for one in Target._meta.concrete_fields if one.name not in {"id", "criterion", "measure"}]


def require_room(*kinds: list) -> None:
    """Refuse more rows of a kind than an objective holds."""
    if (many := max(len(rows) for rows in kinds)) > MOST:
        raise Conflict(f"An objective holds {MOST} rows at most; here are {many:,}. Nothing was saved.")


def put(objective: Objective, actions: list[dict], criteria: list[dict]) -> None:
    """Make the objective's rows be the given ones, in this order; what is not among them is removed.

    Called within an operation that holds the plan. A question asked about a removed row stays, on the objective.
    """
    require_room(actions, criteria)
    _put(objective, Action, actions, ACTION_WORDS)
    placed = list(zip(_put(objective, SuccessCriterion, criteria, CRITERION_WORDS), criteria, strict=True))
    _put_milestones(placed)
    measuring.put_targets(objective.plan.organisation, placed)


def of(objective: Objective) -> tuple[list[dict], list[dict]]:
    """The rows as they stand, each with its id, in the words that `put` takes."""
    actions = objective.actions.select_related(*_PEOPLE)
    criteria = objective.criteria.select_related("target__measure").prefetch_related("milestones")
    return [action_of(row) for row in actions], [criterion_of(row) for row in criteria]


def action_of(row: Action) -> dict:
    """An action in the words that `put` takes."""
    return {"id": row.pk, "came_from": row.came_from} | {word: getattr(row, word) for word in ACTION_WORDS}


def criterion_of(row: SuccessCriterion) -> dict:
    """A criterion in the same manner."""
    held = {"id": row.pk, "came_from": row.came_from, "text": row.text, "by_when": row.by_when}
    held["milestones"] = {one.term: one.text for one in row.milestones.all()}
    return held | {"target": _target_of(row)}


def _target_of(row: SuccessCriterion) -> dict | None:
    target = getattr(row, "target", None)
    if target is None:
        return None
    measure = target.measure
    words = {"measure": measure.name, "unit": measure.unit, "better": measure.better}
    return words | {name: getattr(target, name) for name in _OF_TARGET}


def words_of(row: Action | SuccessCriterion) -> dict:
    """A row of either kind in those words."""
    return action_of(row) if isinstance(row, Action) else criterion_of(row)


def as_new(row: dict) -> dict:
    """The same words as a row of its own."""
    return {word: value for word, value in row.items() if word != "id"}


# ---------------------------------------------------------------- as JSON, so that what was can be put back

_DAYS = ("due_on", "starts_on", "by_when")


def frozen(actions: list[dict], criteria: list[dict]) -> dict:
    """The rows as plain JSON: days as 2027-02-12, amounts as their digits, people as their numbers."""
    return {"actions": [_plain(row) for row in actions], "criteria": [_plain(row) for row in criteria]}


def thawed(held: dict, objective: Objective) -> tuple[list[dict], list[dict]]:
    """The same as `put` takes them. A row that is gone meanwhile is a new one; so is nobody who is gone."""
    named = {row[word] for row in held["actions"] for word in _PEOPLE if row[word]}
    people = Person.objects.in_bulk(named)
    actions = [_lively(row, people) for row in held["actions"]]
    criteria = [_lively(row, people) for row in held["criteria"]]
    for rows, model in ((actions, Action), (criteria, SuccessCriterion)):
        here = set(model.objects.filter(objective=objective).values_list("pk", flat=True))
        for row in rows:
            row["id"] = row["id"] if row["id"] in here else None
    return actions, criteria


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, Person):
        return value.pk
    return str(value) if isinstance(value, date | Decimal) else value


def _lively(row: dict, people: dict[int, Person]) -> dict:
    row = dict(row)
    for word in row.keys() & {*_DAYS}:
        row[word] = row[word] and date.fromisoformat(row[word])
    for word in row.keys() & {*_PEOPLE}:
        row[word] = people.get(row[word])
    if row.get("cost") is not None:
        row["cost"] = Decimal(row["cost"])
    if target := row.get("target"):
        row["target"] = {name: _figure(name, value) for name, value in target.items()}
    return row


def _figure(name: str, value):
    is_figure = name in _OF_TARGET and isinstance(Target._meta.get_field(name), models.DecimalField)
    return Decimal(value) if is_figure and value is not None else value


# ---------------------------------------------------------------- put


def _put(objective: Objective, model: type[models.Model], rows: list[dict], words: dict) -> list[models.Model]:
    """Make the objective's rows of this kind be the given ones, in this order. Returns them as they now are."""
    held = {row.pk: row for row in model.objects.filter(objective=objective)}
    if strange := {row["id"] for row in rows if row.get("id")} - set(held):
        raise Conflict(f"{len(strange)} of these rows do not belong to this objective. Nothing was saved.")
    placed = []
    for position, row in enumerate(rows, start=1):
        one = held.pop(row.get("id"), None) or model(objective=objective)
        one.position = position
        one.came_from = row.get("came_from", one.came_from)
        for word, empty in words.items():
            setattr(one, word, row.get(word, empty))
        placed.append(one)
    model.objects.filter(pk__in=list(held)).delete()  # what was asked about them stays, on the objective
    changed = [one for one in placed if one.pk]
    model.objects.bulk_update(changed, ["position", "came_from", *words], batch_size=50)
    model.objects.bulk_create([one for one in placed if not one.pk])
    return placed


def _put_milestones(criteria: Iterable[tuple[SuccessCriterion, dict]]) -> None:
    """One milestone a term for each criterion; a term without words has none."""
    wanted = {(one.pk, term): words for one, row in criteria for term, words in row.get("milestones", {}).items()}
    numbers = {one.pk for one, row in criteria if "milestones" in row}
    held = {(one.criterion_id, one.term): one for one in Milestone.objects.filter(criterion__in=numbers)}
    Milestone.objects.filter(pk__in=[one.pk for place, one in held.items() if not wanted.get(place)]).delete()
    changed = []
    for (number, term), words in wanted.items():
        one = held.get((number, term), Milestone(criterion_id=number, term=term))
        if words and one.text != words:
            one.text = words
            changed.append(one)
    Milestone.objects.bulk_update([one for one in changed if one.pk], ["text"], batch_size=50)
    Milestone.objects.bulk_create([one for one in changed if not one.pk])
