"""Leaders draft the plan: what they will do for each objective, how the board will know, and how it was all made."""

from django.db import models

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance import posts
from governance.models import User
from sip import rows, written
from sip.models import Action, Objective, Plan, SavedBefore, SuccessCriterion
from sip.permissions import P

_SAVES = ("save_objective", "word_objective", "add_rows", "write_cell", "undo_save", "move_row", "take_row")


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
    _hold(objective)
    rows.require_room(actions, criteria)
    _claim(objective, revision)
    _remember(objective, by)
    rows.put(objective, actions, criteria)
    objective.plan.touch()
    return objective


@operation(P.DRAFT_PLAN)
def add_rows(
    objective: Objective, *, actions: list[dict] = (), criteria: list[dict] = (), came_from: str = "", by: User
) -> Objective:
    """Add rows behind those that stand there: pasted ones, last year's, a starting point. One act, undone as one.

    An owner may be the name of a post that is yet to be made. Nothing that stands there is written over, so nobody's
    revision is asked; whoever is typing meanwhile sees the new rows beside their own.
    """
    _hold(objective)
    held = rows.of(objective)
    rows.require_room([*held[0], *actions], [*held[1], *criteria])
    added = [[rows.as_new(row) | {"came_from": row.get("came_from", came_from)} for row in kind]
             for kind in (actions, criteria)]  # fmt: skip
    for row in added[0]:
        if isinstance(row.get("owner"), str):
            row["owner"] = posts.post_called(objective.plan.organisation, row["owner"])
    _claim(objective, objective.revision)
    _remember(objective, by)
    rows.put(objective, held[0] + added[0], held[1] + added[1])
    objective.plan.touch()
    return objective


@operation(P.DRAFT_PLAN)
def write_cell(objective: Objective, *, revision: int, row: Action | SuccessCriterion, words: dict, by: User):
    """Write one thing of one row, and leave all else as it stands. Raises StaleEdit when somebody saved meanwhile."""
    _hold(objective)
    actions, criteria = rows.of(objective)
    kind = actions if isinstance(row, Action) else criteria
    held = next((one for one in kind if one["id"] == row.pk), None)
    if held is None:
        raise Conflict("This row is not there any more. Somebody has removed it.")
    _claim(objective, revision)
    _remember(objective, by)
    held |= words | ({"milestones": held["milestones"] | words["milestones"]} if "milestones" in words else {})
    rows.put(objective, actions, criteria)
    objective.plan.touch()
    return objective


@operation(P.DRAFT_PLAN)
def move_row(objective: Objective, *, row: Action | SuccessCriterion, to: Objective, by: User) -> Objective:
    """Move an action or a criterion to another objective of the plan, with what was asked about it.

    It is undone by moving it back: what either objective was before is not kept across a move.
    """
    _hold(objective)
    if not type(row).objects.filter(pk=row.pk, objective=objective).exists():
        raise Conflict("This row is not there any more. Somebody has moved or removed it.")
    _claim(objective, objective.revision)
    take_row(to, row=row, from_plan=objective.plan, by=by)
    SavedBefore.objects.filter(objective__in=(objective, to)).delete()
    objective.plan.touch()
    return objective


@operation(P.DRAFT_PLAN)
def take_row(objective: Objective, *, row: Action | SuccessCriterion, from_plan: Plan, by: User) -> Objective:
    """The other half of a move: the row becomes the last of this objective."""
    _hold(objective)
    if objective.plan_id != from_plan.pk or row.objective_id == objective.pk:
        raise Conflict("A row moves to another objective of the same plan.")
    held = type(row).objects.filter(objective=objective)
    rows.require_room([*held, row])
    _claim(objective, objective.revision)
    last = max((one.position for one in held), default=0)
    words = {"objective": objective, "position": last + 1} | ({"heading": ""} if isinstance(row, Action) else {})
    type(row).objects.filter(pk=row.pk).update(**words)
    row.questions.update(objective=objective)
    return objective


@operation(P.DRAFT_PLAN)
def undo_save(objective: Objective, *, revision: int, by: User) -> Objective:
    """Put the rows back as they were before they were last saved; to undo it again brings them forth again."""
    _hold(objective)
    before = SavedBefore.objects.filter(objective=objective).first()
    if revision != objective.revision or before is None or before.revision != revision:
        raise Conflict("Somebody has saved this objective since, so that save cannot be undone any more.")
    was = rows.thawed(before.rows, objective)
    _claim(objective, revision)
    _remember(objective, by)
    rows.put(objective, *was)
    objective.plan.touch()
    return objective


def undoable(objective: Objective) -> SavedBefore | None:
    """What the last save can be undone to; nothing once anybody saved since, or when nobody has."""
    found = SavedBefore.objects.filter(objective=objective, revision=objective.revision).select_related("by")
    return found.first()


def _hold(objective: Objective) -> None:
    """Hold the plan: nobody submits it now."""
    objective.plan = Plan.objects.select_for_update(of=("self",)).get(pk=objective.plan_id)
    _require_open(objective.plan)


def _claim(objective: Objective, revision: int) -> None:
    if not objective.claim_revision(revision):
        raise StaleEdit("Somebody else saved this objective while you were typing.", thing=objective)


def _remember(objective: Objective, by: User) -> None:
    """Keep what stands there before it is written over: of the last save alone."""
    held = {
        "revision": objective.revision,
        "rows": rows.frozen(*rows.of(objective)),
        "by": by.person,
        "at": clock.now(),
    }
    SavedBefore.objects.update_or_create(objective=objective, defaults=held)


def saved_since(objective: Objective, revision: int) -> list[AuditEvent]:
    """Who has saved the objective since it stood at this revision, the last one first."""
    return _since(objective, revision, what=_SAVES)


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
