"""What a question is about: found in what the asker reads, so that nobody asks about what they cannot see."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404

from foundation.errors import Conflict
from governance.models import Priority
from sip import editions
from sip.models import Action, Milestone, Objective, Plan, SuccessCriterion, Target, Version
from sip.reading import CriterionRow, ObjectiveRow, PlanReading, of_edition
from sip.versions import blocks_of

PARTS = ("objective", "action", "criterion", "milestone", "target", "priority", "block")


@dataclass(slots=True)
class Subject:
    """The plan, or one part of it. A part that leaders have removed from the draft since keeps its words."""

    says: str
    about: str = ""
    objective: Objective | None = None
    action: Action | None = None
    criterion: SuccessCriterion | None = None
    milestone: Milestone | None = None
    target: Target | None = None
    priority: Priority | None = None
    block: str = ""
    key: tuple[str, int | str] | None = None
    anchor: str = ""  # where on the objective's page it stands

    @property
    def words(self) -> dict:
        """What `ask` is told."""
        return {name: getattr(self, name) for name in (*PARTS, "about")}


def of(plan: Plan, reading: PlanReading, asked: dict, *, sent_by=None) -> Subject:
    """The part that the address or the form names; none: the plan as a whole. A part that is not in what the asker
    reads is not there (404); one that was in an earlier version of it, when a question is sent: a Conflict."""
    named = [(part, asked.get(part)) for part in PARTS if asked.get(part)]
    if not named:
        return Subject(says=f"{plan.title} {plan.year_in_words}")
    part, key = named[-1]
    if part != "block" and not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404("No such part.")
    try:
        return _FIND[part](plan, reading, key if part == "block" else int(key))
    except Http404:
        if sent_by is not None and _was_there(plan, sent_by, part, key):
            raise Conflict(
                "That part is not in the plan any more: a newer version is before the board. Ask about the objective, "
                "or about the plan as a whole."
            ) from None
        raise


def _was_there(plan: Plan, user, part: str, key: str) -> bool:
    """Whether an earlier version that this person may see has it."""
    for version in Version.objects.visible_to(user).filter(plan=plan).order_by("-number"):
        reading = of_edition(blocks_of(version), plan, editions.edition_for(user, plan))
        try:
            _FIND[part](plan, reading, key if part == "block" else int(key))
        except Http404:
            continue
        return True
    return False


def _objective(plan: Plan, reading: PlanReading, key: int) -> Subject:
    row = reading.objective(key)
    objective = Objective.objects.filter(plan=plan, pk=key).select_related("lead").first()
    return Subject(f"{reading.words.Objective} {row.number}: {row.title}", row.title, objective, key=("objective", key))


def _within(plan: Plan, reading: PlanReading, row: ObjectiveRow, part: str, key: int) -> Subject:
    found = _objective(plan, reading, row.id)
    found.key = (part, key)
    return found


def _action(plan: Plan, reading: PlanReading, key: int) -> Subject:
    for row in reading.objectives:
        for action in row.actions:
            if action.id == key:
                found = _within(plan, reading, row, "action", key)
                found.says, found.about = f"Action {action.number}: {action.what}", action.what
                found.action = Action.objects.filter(objective__plan=plan, pk=key).first()
                found.anchor = f"action-{key}"
                return found
    raise Http404("No such action.")


def _criteria(reading: PlanReading) -> Iterator[tuple[ObjectiveRow, CriterionRow]]:
    for row in reading.objectives:
        for criterion in row.criteria:
            yield row, criterion


def _criterion(plan: Plan, reading: PlanReading, key: int) -> Subject:
    for row, criterion in _criteria(reading):
        if criterion.id == key:
            found = _within(plan, reading, row, "criterion", key)
            found.says, found.about = f"How the board will know: {criterion.text}", criterion.text
            found.criterion = SuccessCriterion.objects.filter(objective__plan=plan, pk=key).first()
            found.anchor = f"criterion-{key}"
            return found
    raise Http404("No such criterion.")


def _target(plan: Plan, reading: PlanReading, key: int) -> Subject:
    """By its criterion's key: a criterion has one target."""
    for row, criterion in _criteria(reading):
        if criterion.id == key and criterion.measured:
            found, aim = _within(plan, reading, row, "target", key), criterion.measured
            found.about = f"{aim.name}: aim {aim.aim}"
            found.says = f"The target, {found.about}"
            found.target = Target.objects.filter(criterion__objective__plan=plan, criterion=key).first()
            found.anchor = f"criterion-{key}"
            return found
    raise Http404("No such target.")


def _milestone(plan: Plan, reading: PlanReading, key: int) -> Subject:
    for row, criterion in _criteria(reading):
        for milestone in criterion.milestones:
            if milestone.id == key:
                found = _within(plan, reading, row, "milestone", key)
                found.about = f"{milestone.term}: {milestone.text}"
                found.says = f"The milestone of the {milestone.term.lower()} term: {milestone.text}"
                found.milestone = Milestone.objects.filter(criterion__objective__plan=plan, pk=key).first()
                found.anchor = f"criterion-{criterion.id}"
                return found
    raise Http404("No such milestone.")


def _priority(plan: Plan, reading: PlanReading, key: int) -> Subject:
    for row in reading.priorities:
        if row.id == key:
            found = Subject(f"Priority of the board: {row.title}", row.title, key=("priority", key))
            found.priority = Priority.objects.filter(strategy=plan.strategy_id, pk=key).first()
            return found
    raise Http404("No such priority.")


def _block(plan: Plan, reading: PlanReading, key: str) -> Subject:
    if title := reading.blocks.get(key):
        return Subject(title, title, block=key, key=("block", key))
    raise Http404("No such part.")


_FIND = {
    "objective": _objective,
    "action": _action,
    "criterion": _criterion,
    "milestone": _milestone,
    "target": _target,
    "priority": _priority,
    "block": _block,
}
