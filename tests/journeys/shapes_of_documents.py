"""Shapes of pages: who reads what, documents of a version, the layout, an edition checked, a meeting’s papers."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from playwright.sync_api import Page

from governance.models import Meeting
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, ASHDOWN_HEAD, CLERK, DRAFTER, HOLLIN, Shape, plan_of


def _version() -> str:
    return reverse("version", args=[plan_of(ASHDOWN).latest_version.pk])


def _who_reads(slug: str) -> Callable[[], str]:
    return lambda: reverse("who_reads", args=[plan_of(slug).pk])


def _papers() -> str:
    meeting = Meeting.objects.filter(board__organisations__slug=ASHDOWN, board__kind="full board")
    return reverse("bundles", args=[meeting.get(day=date(2026, 12, 9)).pk])


def _papers_of_a_committee() -> str:
    return reverse("bundles", args=[Meeting.objects.get(board__name="Education committee", day=date(2026, 12, 8)).pk])


def _opened(page: Page) -> None:
    """Ask for a document with every choice laid open: the answer is the page that shows the making."""
    for summary in page.locator("main details.fold > summary").all():
        summary.click()
    page.get_by_role("button", name="Make it", exact=True).click()


def _nothing_chosen(page: Page) -> None:
    page.get_by_role("button", name="Check it").click()


OF_DOCUMENTS = [
    Shape("who reads what", DRAFTER, _who_reads(HOLLIN)),
    Shape("who reads what, closed", ASHDOWN_HEAD, _who_reads(ASHDOWN)),
    Shape("a version with its documents", ASHDOWN_HEAD, _version),
    Shape("a document asked for", ASHDOWN_HEAD, _version, 200, _opened),
    Shape("the layout", CLERK, f"/organisations/{ASHDOWN}/layout/"),
    Shape("an edition to check", None, "/check/"),
    Shape("an edition to check, none chosen", None, "/check/", 422, _nothing_chosen),
    Shape("the papers of a meeting, to make", CLERK, _papers),
    Shape("the papers of a meeting, to read", ASHDOWN_CHAIR, _papers),
    Shape("the papers of a committee", "clerk@harbour.example", _papers_of_a_committee),
]
