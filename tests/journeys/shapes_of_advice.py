"""Shapes of pages: a plan's weight, the school's own words, the steps and rules in short."""

from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.shapes import ASHDOWN, CLERK, DRAFTER, HOLLIN, Shape, plan_of


def _weight() -> str:
    return reverse("plan_weight", args=[plan_of(HOLLIN).pk])


def _two_things_of_one_name(page: Page) -> None:
    page.get_by_label("What the plan is made of").fill("priority")
    page.get_by_role("button", name="Save our words").click()


OF_ADVICE = [
    Shape("how heavy a plan is", DRAFTER, _weight),
    Shape("our words", CLERK, f"/organisations/{ASHDOWN}/words/"),
    Shape("our words, wrong", CLERK, f"/organisations/{ASHDOWN}/words/", 422, _two_things_of_one_name),
    Shape("steps and rules in short", None, "/help/rules/"),
]
