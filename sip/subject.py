"""What a question is about: found in what the asker reads, so that nobody asks about what they cannot see."""

from dataclasses import dataclass

from django.http import Http404

from sip.models import Action, Objective, Plan, SuccessCriterion
from sip.reading import PlanReading

PARTS = ("objective", "action", "criterion")


@dataclass(slots=True)
class Subject:
    """The plan, or one part of it. A part that leaders have removed from the draft since keeps its words."""

    says: str
    about: str = ""
    objective: Objective | None = None
    action: Action | None = None
    criterion: SuccessCriterion | None = None
    key: tuple[str, int] | None = None

    @property
    def words(self) -> dict:
        """What `ask` is told."""
        return {name: getattr(self, name) for name in (*PARTS, "about")}


def of(plan: Plan, reading: PlanReading, asked: dict) -> Subject:
    """The part that the address or the form names (`objective`, `action` or `criterion`); none: the plan as a whole."""
    named = [(part, asked.get(part)) for part in PARTS if asked.get(part)]
    if not named:
        return Subject(says=f"{plan.title} {plan.year_in_words}")
    part, key = named[-1]
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404("No such part.")
    return _FIND[part](plan, reading, int(key))


def _objective(plan: Plan, reading: PlanReading, key: int) -> Subject:
    row = reading.objective(key)
    objective = Objective.objects.filter(plan=plan, pk=key).select_related("lead").first()
    return Subject(f"Objective {row.number}: {row.title}", row.title, objective, key=("objective", key))


def _action(plan: Plan, reading: PlanReading, key: int) -> Subject:
    for row in reading.objectives:
        for action in row.actions:
            if action.id == key:
                found = _objective(plan, reading, row.id)
                found.says, found.about = f"Action {action.number}: {action.what}", action.what
                found.action = Action.objects.filter(objective__plan=plan, pk=key).first()
                found.key = ("action", key)
                return found
    raise Http404("No such action.")


def _criterion(plan: Plan, reading: PlanReading, key: int) -> Subject:
    for row in reading.objectives:
        for criterion in row.criteria:
            if criterion.id == key:
                found = _objective(plan, reading, row.id)
                found.says, found.about = f"How the board will know: {criterion.text}", criterion.text
                found.criterion = SuccessCriterion.objects.filter(objective__plan=plan, pk=key).first()
                found.key = ("criterion", key)
                return found
    raise Http404("No such criterion.")


_FIND = {"objective": _objective, "action": _action, "criterion": _criterion}
