"""What is missing in a draft, as advice, never as a wall: at most three sentences, the weightiest first."""

from sip import written
from sip.reading import PlanReading

MOST = 3


def on(reading: PlanReading) -> list[str]:
    """What a governor would stumble over first."""
    rows = reading.objectives
    without_actions = [row.number for row in rows if not row.actions]
    without_criteria = [row.number for row in rows if not row.criteria]
    without_milestones = [row.number for row in rows if row.criteria and not row.terms]
    actions = [action for row in rows for action in row.actions]
    said = [
        _numbered("has no action yet", "have no action yet", without_actions),
        _numbered("has no success criterion", "have no success criterion", without_criteria),
        _counted("has no owner", "have no owner", sum(not action.owner for action in actions)),
        _counted("has no date", "have no date", sum(not action.due for action in actions)),
        _numbered("has no milestone", "have no milestone", without_milestones),
        _unserved(reading),
        reading.uncosted and f"{reading.uncosted}. “No cost” is an answer too: write 0.",
    ]
    return [sentence for sentence in said if sentence][:MOST]


def _numbered(one: str, several: str, numbers: list[int]) -> str:
    if not numbers:
        return ""
    names = written.listed([str(number) for number in numbers])
    return f"Objective {names} {one}." if len(numbers) == 1 else f"Objectives {names} {several}."


def _counted(one: str, several: str, number: int) -> str:
    return f"{written.sentence(written.count(number, 'action'))} {one if number == 1 else several}." if number else ""


def _unserved(reading: PlanReading) -> str:
    names = [f"“{row.title}”" for row in reading.priorities if not row.served_by]
    return f"No objective serves {written.listed(names)}." if names else ""
