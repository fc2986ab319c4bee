"""An amendment at Quayside from begin to decision: leaders change a target and stop an action, the clerk puts it on an
agenda, a governor reads the difference on a phone, the board decides; what was approved stays in sight."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from governance import meetings
from governance.models import AgendaItem
from sip.models import Action, Measure, SuccessCriterion, Target
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 24)


@pytest.fixture
def plan(quayside):
    """An approved plan of the academy, with a target of 88%."""
    made = make.plan(quayside, state="approved", actions=2)
    criterion = SuccessCriterion.objects.get(objective__plan=made)
    measure = Measure.objects.create(organisation=quayside.school, name="Attendance")
    Target.objects.create(criterion=criterion, measure=measure, aim=88, approved_aim=88)
    return made


def test_an_amendment_from_begin_to_decision(quayside, plan, sign_in):
    meeting = make.meeting(plan.deciding_board, day=TODAY, by=quayside.clerk)
    action = Action.objects.filter(objective__plan=plan).first()

    page = sign_in(quayside.head)
    page.goto(f"/organisations/{quayside.school.slug}/plan/2026-27/")
    page.get_by_role("link", name="Change this plan").click()
    page.get_by_role("button", name="Begin an amendment").click()
    page.get_by_text("How the board will know: 1 success criterion").click()
    page.get_by_role("link", name=re.compile("^Change ?: Criterion 1$")).click()
    page.get_by_label("Target").fill("184")
    page.get_by_label("Why", exact=True).fill("Twelve children joined in October.")
    page.get_by_role("button", name="Put it in the amendment").click()
    expect(page.get_by_role("link", name="Give a figure from 0% to 100%")).to_be_visible()
    expect(page.get_by_label("Why", exact=True)).to_have_value("Twelve children joined in October.")
    page.get_by_label("Target").fill("84")
    page.get_by_role("button", name="Put it in the amendment").click()
    page.get_by_role("link", name="Change something else").click()
    page.get_by_text("What leaders will do: 2 actions").click()
    page.get_by_role("link", name=re.compile(f"^Stop ?: {re.escape(action.what)}$")).click()
    page.get_by_label("Why does it stop?").fill("Nobody came.")
    page.get_by_role("button", name="Stop it with this amendment").click()
    expect(page.get_by_text("A target changes.")).to_be_visible()
    page.get_by_role("link", name="Put it before the board").click()
    page.get_by_label("Why the plan is amended").fill("The year group is another one than in July.")
    page.get_by_role("button", name="Put it before the board").click()
    expect(page.get_by_text("The plan stays as it is until then")).to_be_visible()

    clerk = sign_in(quayside.clerk)
    clerk.goto("/")
    clerk.get_by_role("link", name="Choose the meeting").click()
    clerk.get_by_role("button", name="Put it on the agenda").click()
    item = AgendaItem.objects.get(kind="amendment")

    governor = sign_in(quayside.link, viewport=NARROW)
    governor.goto("/")
    governor.get_by_role("link", name="Read the amendment").click()
    expect(governor.get_by_text("The year group is another one than in July.")).to_be_visible()
    expect(governor.locator("del", has_text="88%")).to_be_visible()
    expect(governor.locator("ins", has_text="84%")).to_be_visible()
    governor.get_by_role("link", name="Ask about it").click()
    expect(governor.get_by_label("Your question or note")).to_be_visible()

    how = {one.pk: "in person" for one in quayside.voters}
    meetings.record_attendance(meeting, how=how, acting_chair=quayside.chair.person, by=quayside.clerk)
    clerk.goto(f"/items/{item.pk}/")
    clerk.locator("input[name=outcome][value=approved]").check()
    clerk.get_by_role("button", name="Record the decision").click()

    governor.goto(f"/objectives/{action.objective_id}/")
    expect(governor.get_by_text("(approved at 88%)").first).to_be_visible()
    governor.get_by_text("No longer in the plan: 1").click()
    expect(governor.get_by_text(re.compile("by decision of the board .*: Nobody came"))).to_be_visible()
    expect(governor.get_by_text("Version 2", exact=True).first).to_be_visible()
