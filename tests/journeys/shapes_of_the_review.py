"""The shapes of the pages by which leaders write a review: handing a milestone on, readings of a term, how often."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from monitoring.models import HandedOn, Review
from sip.models import Plan, Target
from tests.journeys.shapes import ASHDOWN, ASHDOWN_HEAD, Shape

DEPUTY, TEACHER = "deputy@ashdown.example", "teacher@ashdown.example"


def _review() -> Review:
    return Review.objects.get(plan__organisation__slug=ASHDOWN, state=Review.State.OPEN)


def _sheet() -> str:
    review = _review()
    of_plan = Target.objects.filter(criterion__objective__plan=review.plan, measure__unit="percent")
    return reverse("reading", args=[review.pk, of_plan.order_by("pk").first().pk])


def _hand_on() -> str:
    review = _review()
    due = review.handed_on.get().milestone.criterion.objective.criteria.order_by("position")[1].milestones
    return reverse("hand_on", args=[review.pk, due.get(term=review.term).pk])


def _points() -> str:
    return reverse("review_points", args=[Plan.objects.get(organisation__slug=ASHDOWN, year=2026).pk])


def _of_review(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[_review().pk])


def _too_much(page: Page) -> None:
    """A share that cannot be."""
    page.locator("#id_all-value").fill("104%")
    page.get_by_role("button", name="Save and next").click()


OF_THE_REVIEW = [
    Shape("readings of a term", DEPUTY, _of_review("readings")),
    Shape("reading by group", DEPUTY, _sheet),
    Shape("reading, refused", DEPUTY, _sheet, 422, _too_much),
    Shape("handing on", DEPUTY, _hand_on),
    Shape("handed on", TEACHER, lambda: reverse("rate_handed", args=[HandedOn.objects.get().pk])),
    Shape("how often it is reviewed", ASHDOWN_HEAD, _points),
]
