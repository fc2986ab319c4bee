"""A plan is read in a browser: on a page, five minutes before the meeting, with a question beside an action, where one
stands, and what changed since; at a desk, on a phone and without scripts."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from governance import meetings
from sip import approval, deciding
from sip.models import Action, Question, Sounding
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = "/organisations/kestrel-high/plan/2026-27/"


@pytest.fixture
def plan(kestrel):
    """With the board, on the agenda of 2 December, whose papers are out."""
    made = make.plan(kestrel, state="with the board", objectives=2, actions=2)
    meeting = make.meeting(kestrel.board, day=date(2026, 12, 2), by=kestrel.clerk)
    deciding.put_plan(made, meeting=meeting, by=kestrel.clerk)
    meetings.send_papers(meeting, by=kestrel.clerk)
    return made


@pytest.mark.parametrize("options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_a_governor_makes_up_their_mind(plan, kestrel, page_of, options):
    page = page_of(kestrel.governor, **options)
    page.goto(PLAN)
    page.get_by_role("link", name="On a page").click()
    page.get_by_role("heading", name="Objective 2", exact=False).wait_for()
    page.go_back()
    page.get_by_role("button", name="I have read it").click()
    page.get_by_text("One of five members has read it.").wait_for()

    action = plan.objectives.first().actions.first()
    page.goto(f"/objectives/{action.objective_id}/")
    box = page.locator(f"#action-{action.pk} details.asker")
    box.locator("summary").click()
    box.get_by_label("Your question or note").fill("Who does this if the owner leaves at Christmas?")
    box.get_by_role("button", name="Send it to leaders").click()
    page.get_by_text("Your question is asked").wait_for()
    expect(page).to_have_url(re.compile(f"/objectives/{action.objective_id}/#action-{action.pk}$"))
    assert Question.objects.get().action == action

    page.goto(PLAN)
    page.get_by_role("link", name="Five minutes before 2 December").click()
    page.get_by_role("link", name="Say where you stand.").click()
    page.get_by_text("This is not a vote").wait_for()
    page.get_by_label("Ready if").check()
    page.get_by_label("If what, or why").fill("somebody else can do it")
    page.get_by_role("button", name="Say where I stand").click()
    page.get_by_text("You: ready if").wait_for()
    assert Sounding.objects.get().words == "somebody else can do it"


def test_what_changed_since_and_the_handover(plan, kestrel, page_of):
    page = page_of(kestrel.chair)
    page.goto(PLAN)
    page.get_by_role("button", name="I have read it").click()
    plan.items.filter(item__kind="plan").delete()
    approval.return_plan(plan, reason="Say who pays.", by=kestrel.chair)
    Action.objects.filter(objective__plan=plan, position=1).update(what="Read with every child in the barn")
    approval.submit_plan(plan, by=kestrel.head)
    page.goto(PLAN)
    page.get_by_role("link", name="What changed since you read version 1").click()
    page.get_by_role("heading", name="Action 1.1").wait_for()
    expect(page.locator("main ins", has_text="in the barn").first).to_be_visible()
    page.goto("/organisations/kestrel-high/")
    page.get_by_role("link", name="A handover pack").click()
    page.get_by_text("Choose for whom").click()
    page.get_by_role("link", name="Kestrel Link").click()
    page.get_by_text("For Kestrel Link, link governor for early reading.").wait_for()
