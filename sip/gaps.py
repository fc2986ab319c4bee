"""How far leaders are with each objective of a draft: complete, or what it lacks in short."""

from dataclasses import dataclass

from governance.words import Words
from sip import advice, written
from sip.lines import ObjectiveLine, PlanLines
from sip.models import Plan


@dataclass(frozen=True)
class Drafted:
    """How far leaders are with one objective."""

    objective: ObjectiveLine
    counts: str
    lacks: str

    @property
    def is_complete(self) -> bool:
        return not self.lacks


def of(lines: PlanLines) -> list[Drafted]:
    """Every objective of the plan."""
    return [Drafted(one, _counts(one), written.listed(advice.lacks(one))) for one in lines.objectives]


def in_words(plan: Plan, rows: list[Drafted], words: Words) -> str:
    """ "Leaders are drafting; two of four objectives are complete."."""
    where = "Changes are asked for" if plan.state == Plan.State.CHANGES else "Leaders are drafting"
    done, many = sum(row.is_complete for row in rows), words.count(len(rows))
    if not rows:
        return f"{where}."
    if done == len(rows):
        return f"{where}; {'it is' if done == 1 else 'all are'} complete."
    said = "none" if done == 0 else written.number(done)
    return f"{where}; {said} of {many} {'is' if done <= 1 else 'are'} complete."


def _counts(line: ObjectiveLine) -> str:
    actions = written.count(len(line.actions), "action")
    return written.sentence(f"{actions}, {written.count(len(line.criteria), 'criterion', 'criteria')}")
