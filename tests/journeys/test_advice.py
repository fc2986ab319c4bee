"""A head reads advice on the draft, goes to the spot, puts one piece aside and brings it back, and weighs the plan; the
clerk says what the school calls things. On a phone, and without scripts too."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import NARROW
from tests.sip.drafts import draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(ashdown):
    made = draft(ashdown, objectives=2, actions=2)
    made.objectives.first().actions.update(owner=None)
    return made


def test_advice_leads_to_its_spot_and_can_be_put_aside(ashdown, plan, page_of, axe):
    page = page_of(ashdown.head)
    page.goto(reverse("draft_plan", args=[plan.pk]))
    page.get_by_role("link", name="Actions 1.1 and 1.2 have no owner.").click()
    expect(page).to_have_url(re.compile("#id_action-1-owner$"))
    page.locator("#id_action-1-owner").select_option(label="Ashdown Teacher")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Action 2 has no owner.").wait_for()
    assert axe(page) == []
    page.goto(reverse("draft_plan", args=[plan.pk]))
    page.get_by_role("button", name=re.compile("Not this year.*Action 1.2 has no owner")).click()
    page.get_by_text("Put aside for this year: “Action 1.2 has no owner.”").wait_for()
    expect(page.get_by_role("link", name="Action 1.2 has no owner.")).to_have_count(0)
    page.get_by_text("Put aside for this year: 1").click()
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("Bring it back.*Action 1.2 has no owner")).click()
    page.get_by_role("link", name="Action 1.2 has no owner.").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_plan_is_weighed_on_a_phone(ashdown, plan, page_of, axe, scripts):
    page = page_of(ashdown.head, viewport=NARROW, java_script_enabled=scripts)
    page.goto(reverse("draft_plan", args=[plan.pk]))
    page.get_by_role("link", name="How heavy is this plan?").click()
    expect(page.get_by_role("heading", name="How heavy is this plan?")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Pupil premium")).to_be_visible()
    page.get_by_text("How heavy a plan should be: in short").click()
    expect(page.get_by_text("Plans of fewer than about twenty elements")).to_be_visible()
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert axe(page) == []


def test_the_clerk_says_what_the_school_calls_things(ashdown, plan, page_of, axe):
    page = page_of(ashdown.clerk, viewport=NARROW)
    page.goto(reverse("people", args=[ashdown.school.slug]))
    page.get_by_role("link", name="Our words").click()
    page.get_by_label("The plan of a year").fill("School development plan")
    page.get_by_label("What the plan is made of").fill("goals")
    page.get_by_label("A, B, C").check()
    page.get_by_role("button", name="See how it reads").click()
    page.get_by_role("link", name="Write it in the singular").click()
    assert axe(page) == []
    page.get_by_label("What the plan is made of").fill("goal")
    page.get_by_role("button", name="See how it reads").click()
    page.get_by_text("Goal C serves a priority; its second action is C.2.").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Save our words").click()
    page.get_by_text("Your words stand on every page from now on.").wait_for()
    page.get_by_role("link", name="SDP").click()
    page.get_by_role("heading", name="School development plan 2026/27").wait_for()
