"""What of a draft is complete and what is missing, objective by objective: advice, never a wall."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from sip import written
from sip.models import Action, Objective, Plan, SuccessCriterion


@dataclass(frozen=True)
class Drafted:
    """How far leaders are with one objective."""

    objective: Objective
    counts: str
    missing: list[str]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def of(plan: Plan) -> list[Drafted]:
    """Every objective of the plan, in three queries."""
    actions, criteria = defaultdict(list), defaultdict(list)
    for number, *row in Action.objects.filter(objective__plan=plan).values_list("objective", "owner", "due_on"):
        actions[number].append(row)
    rows = SuccessCriterion.objects.filter(objective__plan=plan).annotate(many=Count("milestones"))
    for number, *row in rows.values_list("objective", "by_when", "many"):
        criteria[number].append(row)
    found = plan.objectives.select_related("lead")
    return [Drafted(one, *_said(actions[one.pk], criteria[one.pk])) for one in found]


def in_words(plan: Plan, rows: list[Drafted]) -> str:
    """ "Leaders are drafting; two of four objectives are complete."."""
    where = "Changes are asked for" if plan.state == Plan.State.CHANGES else "Leaders are drafting"
    done, many = sum(row.is_complete for row in rows), written.count(len(rows), "objective")
    if not rows:
        return f"{where}."
    if done == len(rows):
        return f"{where}; {'it is' if done == 1 else 'all are'} complete."
    said = "none" if done == 0 else written.number(done)
    return f"{where}; {said} of {many} {'is' if done <= 1 else 'are'} complete."


def _said(actions: list, criteria: list) -> tuple[str, list[str]]:
    counts = f"{written.count(len(actions), 'action')}, {written.count(len(criteria), 'criterion', 'criteria')}"
    missing = [
        "No action yet" if not actions else "",
        _lack("action", "actions", sum(owner is None for owner, _ in actions), "no owner"),
        _lack("action", "actions", sum(due is None for _, due in actions), "no date"),
        "No success criterion yet" if not criteria else "",
        _lack("criterion", "criteria", sum(by_when is None for by_when, _ in criteria), "no date"),
        _lack("criterion", "criteria", sum(not many for _, many in criteria), "no milestone"),
    ]
    return written.sentence(counts), [words for words in missing if words]


def _lack(one: str, several: str, number: int, what: str) -> str:
    if not number:
        return ""
    return written.sentence(f"{written.count(number, one, several)} {'has' if number == 1 else 'have'} {what}")
