"""From the last inspection to the plan that the board reads, in a real browser, on a phone and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sip.models import Measure, Reading
from tests.browser import NARROW
from tests.sip.drafts import draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(ashdown):
    """A draft, for a school that has read one measure of a group too small to show."""
    made = draft(ashdown)
    of = Measure.objects.create(organisation=ashdown.school, code="pp", name="Pupil premium", unit="percent")
    words = {"term": "autumn", "read_by": ashdown.head.person, "read_at": "2026-09-01T09:00Z"}
    Reading.objects.create(measure=of, year=2025, value=20, cohort=410, count=82, **words)
    Reading.objects.create(measure=of, year=2026, value=40, cohort=5, count=2, **words)
    return made


def test_from_the_inspection_to_the_plan_that_the_board_reads(ashdown, plan, page_of, axe):
    clerk = page_of(ashdown.clerk)
    record_inspection(clerk, ashdown)
    head = page_of(ashdown.head)
    head.goto(reverse("draft_plan", args=[plan.pk]))
    head.get_by_role("link", name="Write the context").click()
    expect(head.get_by_text("Strong standard")).to_be_visible()
    assert axe(head) == []
    head.get_by_role("link", name="Key staffing issues").click()
    expect(head.locator("[id]:focus")).to_have_count(1)
    head.get_by_label("Key staffing issues").fill("One post is temporary.")
    head.locator("#id_budget-1-source").fill("Training")
    head.locator("#id_budget-1-amount").fill("4,200.50")
    head.get_by_role("button", name="Save", exact=True).click()
    head.get_by_text("“Budget and staffing” is saved.").wait_for()
    expect(head.get_by_text("One post is temporary.")).to_be_visible()
    expect(head.get_by_role("cell", name="40%")).to_be_visible()
    head.goto(reverse("submit_plan", args=[plan.pk]))
    head.get_by_role("button", name="Submit").click()
    governor = page_of(ashdown.governor)
    governor.goto(reverse("plan", args=[ashdown.school.slug, plan.year]))
    fold = governor.get_by_text("Budget and staffing", exact=True).first
    expect(governor.get_by_text("One post is temporary.")).not_to_be_visible()
    fold.focus()
    governor.keyboard.press("Enter")
    expect(governor.get_by_text("One post is temporary.")).to_be_visible()
    expect(governor.get_by_text("£4,200.50").first).to_be_visible()
    governor.get_by_text("Our pupils", exact=True).first.click()
    expect(governor.get_by_text("hidden: fewer than 6 pupils")).to_be_visible()
    assert "40%" not in governor.content()
    assert axe(governor) == []


def record_inspection(page, cast) -> None:
    page.goto(reverse("inspections", args=[cast.school.slug]))
    page.get_by_role("link", name="Record an inspection").click()
    for name, value in (("Day", "3"), ("Month", "March"), ("Year", "2026")):
        page.get_by_label(name).fill(value)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Inclusion").select_option("Strong standard")
    page.get_by_label("Safeguarding").select_option("Met")
    page.get_by_label("What the school must improve").fill("Sharpen the feedback.")
    page.get_by_role("button", name="Record it").click()
    page.get_by_text("is recorded.").wait_for()


def test_on_a_phone_without_a_script(ashdown, plan, page_of):
    page = page_of(ashdown.clerk, viewport=NARROW, java_script_enabled=False)
    record_inspection(page, ashdown)
    page = page_of(ashdown.head, viewport=NARROW, java_script_enabled=False)
    page.goto(reverse("context_write", args=[plan.pk, "pupils"]))
    page.get_by_label("What is rising and what is falling").fill("The roll falls.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The roll falls.")).to_be_visible()


@pytest.mark.parametrize("width", [375, 320])
def test_nothing_sticks_out(ashdown, plan, page_of, width):
    page = page_of(ashdown.head, viewport={"width": width, "height": 800})
    for address in (
        reverse("context", args=[plan.pk]),
        reverse("context_write", args=[plan.pk, "budget"]),
        reverse("inspection_record", args=[ashdown.school.slug, "eif"]),
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
