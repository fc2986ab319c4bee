"""Leaders draft the plan: what they will do for each objective, how the board will know, and how it was all made."""

from collections.abc import Iterable

from django.db import models

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance.models import User
from sip import measuring, written
from sip.models import Action, Milestone, Objective, Plan, SuccessCriterion
from sip.permissions import P

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


@operation(P.DRAFT_PLAN)
def write_plan_text(plan: Plan, *, revision: int, how_made: str, how_monitored: str, by: User) -> Plan:
    """Write how the plan was made and how it is monitored.

    `revision` is the plan's as the person saw it. It rises with every write under the plan, so what counts is whether
    somebody wrote these two texts since; then StaleEdit.
    """
    _require_open(plan)
    if _written_since(plan, revision):
        raise StaleEdit("Somebody else saved these words while you were typing.", thing=plan)
    plan.how_made, plan.how_monitored = how_made, how_monitored
    plan.save(update_fields=["how_made", "how_monitored"])
    plan.touch()
    return plan


@operation(P.DRAFT_PLAN)
def save_objective(
    objective: Objective, *, revision: int, actions: list[dict], criteria: list[dict], by: User
) -> Objective:
    """Save what leaders will do for an objective and how the board will know, in the order given.

    A row with an id is that row, changed; without one it is new; what is not among the rows is removed. A question
    that was asked about a removed row stays, on the objective. Raises StaleEdit when somebody saved it meanwhile.
    """
    objective.plan = Plan.objects.select_for_update(of=("self",)).get(pk=objective.plan_id)  # nobody submits it now
    _require_open(objective.plan)
    if max(len(actions), len(criteria)) > MOST:
        raise Conflict(f"An objective holds {MOST} rows at most. Nothing was saved.")
    if not objective.claim_revision(revision):
        raise StaleEdit("Somebody else saved this objective while you were typing.", thing=objective)
    _put(objective, Action, actions, ACTION_WORDS)
    placed = list(zip(_put(objective, SuccessCriterion, criteria, CRITERION_WORDS), criteria, strict=True))
    _put_milestones(placed)
    measuring.put_targets(objective.plan.organisation, placed)
    objective.plan.touch()
    return objective


def saved_since(objective: Objective, revision: int) -> list[AuditEvent]:
    """Who has saved the objective since it stood at this revision, the last one first."""
    return _since(objective, revision, what=("save_objective", "word_objective"))


def wrote_text_last(plan: Plan) -> str:
    """Who wrote last how the plan was made and is monitored."""
    acts = _since(plan, 0, what=("write_plan_text",))
    return acts[0].by_name if acts else "Somebody"


def closed_because(plan: Plan) -> str:
    """Why leaders cannot write in the draft now, as a sentence; empty while they can."""
    if plan.is_editable:
        return ""
    if plan.state == Plan.State.OBJECTIVES:
        return "The board is still setting the objectives. Drafting begins when it has agreed them."
    if plan.state == Plan.State.WITH_THE_BOARD:
        since = written.near_day(clock.in_london(plan.submitted_at).date()) if plan.submitted_at else "today"
        return f"With the board since {since}. The draft is closed while the board reads it."
    return f"The plan is {plan.get_state_display()}. The draft is closed."


def _require_open(plan: Plan) -> None:
    if why := closed_because(plan):
        raise Conflict(why)


def _written_since(plan: Plan, revision: int) -> bool:
    return plan.revision != revision and bool(_since(plan, revision, what=("write_plan_text",)))


def _since(thing: models.Model, revision: int, *, what: tuple[str, ...]) -> list[AuditEvent]:
    """The acts of these names that moved the thing past that revision, the last one first."""
    acts = AuditEvent.objects.filter(thing=thing._meta.label_lower, thing_id=thing.pk, what__in=what)
    return [act for act in acts.order_by("-pk")[:50] if act.after.get("revision", 0) > revision]


def _put(objective: Objective, model: type[models.Model], rows: list[dict], words: dict) -> list[models.Model]:
    """Make the objective's rows of this kind be the given ones, in this order. Returns them as they now are."""
    held = {row.pk: row for row in model.objects.filter(objective=objective)}
    if strange := {row["id"] for row in rows if row.get("id")} - set(held):
        raise Conflict(f"{len(strange)} of these rows do not belong to this objective. Nothing was saved.")
    placed = []
    for position, row in enumerate(rows, start=1):
        one = held.pop(row.get("id"), None) or model(objective=objective)
        one.position = position
        for word, empty in words.items():
            setattr(one, word, row.get(word, empty))
        placed.append(one)
    model.objects.filter(pk__in=list(held)).delete()  # what was asked about them stays, on the objective
    model.objects.bulk_update([one for one in placed if one.pk], ["position", *words], batch_size=50)
    model.objects.bulk_create([one for one in placed if not one.pk])
    return placed


def _put_milestones(criteria: Iterable[tuple[SuccessCriterion, dict]]) -> None:
    """One milestone a term for each criterion; a term without words has none."""
    wanted = {(one.pk, term): words for one, row in criteria for term, words in row.get("milestones", {}).items()}
    numbers = {number for number, _ in wanted}
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
