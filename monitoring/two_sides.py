"""What stands beside a review for whoever weighs it: how strong the evidence is, and which stories do not fit."""

from dataclasses import dataclass

from monitoring import stories, strength
from monitoring.models import Review
from monitoring.reading import ObjectiveRow, ReviewReading
from monitoring.stories import Found
from monitoring.strength import Strength
from monitoring.told import last_told
from sip.models import Plan


@dataclass(frozen=True, slots=True)
class Beside:
    """Of the review as a whole."""

    strength: Strength
    stories: Found | None
    review: Review | None = None  # the last one, where a page is about more than one


def of(reading: ReviewReading, user, *, objective: int | None = None) -> Beside:
    """Says on each objective what backs its greens and who was there last. As many queries for much as for little."""
    found, seen = strength.with_visits(reading.told, user)
    for row in reading.objectives:
        row.backed_by, row.seen = found[row.id].backed_by, seen.get(row.id)
    shown = [found[row.id] for row in reading.objectives]
    return Beside(strength.together(shown), stories.of(reading.told, objective=objective) if reading.is_whole else None)


def of_plan(plan: Plan, user) -> Beside | None:
    """The same of the last review that this person reads of a plan; None before there is one."""
    told = last_told(plan, user)
    if told is None:
        return None
    return Beside(strength.together(strength.of(told, user).values()), stories.of(told), told.review)


def mine(reading: ReviewReading) -> list[ObjectiveRow]:
    """What this person monitors, in the order of the plan."""
    return [row for row in reading.objectives if row.gives_view == "monitor"]


def next_of_mine(reading: ReviewReading, after: int) -> ObjectiveRow | None:
    """The next objective that this person monitors and has given no view of: those behind this one first."""
    waiting = [row for row in mine(reading) if row.view is None and row.id != after]
    here = next((row.number for row in reading.objectives if row.id == after), 0)
    return min(waiting, key=lambda row: (row.number < here, row.number), default=None)
