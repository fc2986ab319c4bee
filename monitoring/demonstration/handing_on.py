"""Milestones of a review in the demonstration that a colleague was asked to rate."""

from collections.abc import Iterator
from functools import partial

from foundation import clock
from monitoring import handing_on
from monitoring.demonstration.events import AFTERNOON, Event, plan_of
from monitoring.demonstration.people import Hall


def events(hall: Hall, facts: dict) -> Iterator[Event]:
    """Of each review of a plan: whom it was handed to, when, with which words."""
    for review in facts.get("reviews", []):
        for row in review.get("handed_on", []):
            yield Event(clock.local(row["on"], AFTERNOON), partial(_hand_on, hall, facts["year"], review["term"], row))


def _hand_on(hall: Hall, year: int, term: str, row: dict) -> None:
    review = plan_of(hall, year).reviews.get(term=term)
    number, due = row["at"].split()
    objective = review.plan.objectives.order_by("position")[row["of"] - 1]
    milestone = objective.criteria.order_by("position")[int(number) - 1].milestones.get(term=due)
    asks, asked = hall.user(row["by"]), hall.user(row["to"])
    handing_on.hand_on(review, milestone=milestone, to=asked.person, note=row["note"], by=asks)
