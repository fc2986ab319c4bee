"""The shapes of the pages on which a plan is read: on a page, beside an earlier version, just before the meeting."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from governance.models import AgendaItem
from tests.journeys.shapes import (
    ASHDOWN,
    ASHDOWN_CHAIR,
    CHAIR,
    CLERK,
    GOVERNOR,
    HEAD,
    KESTREL,
    Shape,
    plan_of,
    user,
)

LINK = "link@ashdown.example"


def _version(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[plan_of(KESTREL).latest_version.pk])


def _item() -> AgendaItem:
    return AgendaItem.objects.filter(plan_item__plan=plan_of(KESTREL), kind="plan").last()


def _before() -> str:
    return reverse("five_minutes", args=[_item().meeting_id])


def _questions() -> str:
    return reverse("agenda_questions", args=[_item().pk])


def _differences(slug: str) -> Callable[[], str]:
    return lambda: reverse("compare", args=[plan_of(slug).pk])


def _successor() -> str:
    return reverse("handover_to", args=[ASHDOWN, user(LINK).person_id])


def _nowhere(page: Page) -> None:
    """Ready if, without a word."""
    page.get_by_label("Ready if").check()
    page.get_by_label("If what, or why").fill("")
    page.locator("main form .button").first.click()
    page.get_by_text("Say what would make you ready").first.wait_for()


OF_READING = [
    Shape("plan on a page", CHAIR, f"/organisations/{KESTREL}/plan/2026-27/on-a-page/"),
    Shape("what differs, since it was read", GOVERNOR, _differences(KESTREL)),
    Shape("what differs, of an approved plan", ASHDOWN_CHAIR, _differences(ASHDOWN)),
    Shape("five minutes before the meeting", GOVERNOR, _before),
    Shape("five minutes before the meeting, to a leader", HEAD, _before),
    Shape("where I stand", GOVERNOR, _version("stand")),
    Shape("where I stand, wrong", GOVERNOR, _version("stand"), 422, _nowhere),
    Shape("read on paper", CLERK, _version("read_on_paper")),
    Shape("questions for the agenda", CLERK, _questions),
    Shape("handover pack", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/handover/"),
    Shape("handover pack for a successor", ASHDOWN_CHAIR, _successor),
]
