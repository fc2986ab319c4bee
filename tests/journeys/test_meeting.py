"""The meeting's item on the wall: question, action and decision recorded as they happen, by keyboard and without a
script; the owner does the action on a phone, and the next meeting hears of it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from governance import meetings
from governance.models import FollowUp
from sip.models import Question
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 24)


@pytest.fixture
def item(ashdown):
    """The board meets today, on an item of other business of a school whose plan is approved."""
    make.plan(ashdown, state="approved")
    meeting = make.meeting(ashdown.board, day=TODAY, by=ashdown.clerk)
    made = meetings.add_item(meeting, title="Headteacher’s report", resolution="That it be so.", by=ashdown.clerk)
    how = {one.pk: "in person" for one in ashdown.voters}
    meetings.record_attendance(meeting, how=how, acting_chair=ashdown.chair.person, by=ashdown.clerk)
    return made


def test_question_action_and_decision_on_one_screen(ashdown, item, sign_in):
    page = sign_in(ashdown.clerk)
    page.goto(f"/items/{item.pk}/")
    page.get_by_role("button", name="Show large, for the projector").click()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)
    page.get_by_role("radio", name="Agreed with conditions").check()  # typed before, and still there after
    page.get_by_text("Record a question", exact=True).press("Enter")
    page.get_by_label("Who asked?").select_option(label="Ashdown Governor")
    page.get_by_label("The question").fill("How many came?")
    page.get_by_role("button", name="Record the question").press("Enter")
    expect(page.get_by_role("link", name="How many came?")).to_be_visible()
    expect(page.get_by_label("Who asked?")).to_be_focused()
    page.get_by_text("Record an action", exact=True).click()
    page.get_by_label("What is to be done?").fill("Count them again")
    page.get_by_role("button", name="Record the action").click()
    expect(page.get_by_text("Choose who does it")).to_be_visible()
    expect(page.get_by_label("What is to be done?")).to_have_value("Count them again")
    page.get_by_label("Who does it?").select_option(label="Ashdown Teacher")
    page.get_by_label("By", exact=True).first.fill("11 Dec 2026")
    page.get_by_role("button", name="Record the action").click()
    expect(page.get_by_text("Ashdown Teacher, by 11 December")).to_be_visible()
    expect(page.get_by_role("radio", name="Agreed with conditions")).to_be_checked()
    page.get_by_role("radio", name="Agreed", exact=True).check()
    page.get_by_role("button", name="Record the decision").click()
    words = page.locator("#wording")
    expect(words).to_contain_text("Q: How many came? (Ashdown Governor)")
    expect(words).to_contain_text("The board RESOLVED")
    expect(words).to_contain_text("Action: Count them again (Ashdown Teacher, by 11 December).")
    assert (Question.objects.get().asked_in, FollowUp.objects.get().item) == (item, item)


def test_without_a_script(ashdown, item, sign_in):
    page = sign_in(ashdown.clerk, java_script_enabled=False)
    page.goto(f"/items/{item.pk}/")
    page.get_by_text("Record an action", exact=True).click()
    page.get_by_label("What is to be done?").fill("Count them again")
    page.get_by_label("Who does it?").select_option(label="Ashdown Teacher")
    page.get_by_label("By", exact=True).first.fill("11 Dec 2026")
    page.get_by_role("button", name="Record the action").click()
    expect(page.get_by_text("Recorded: Ashdown Teacher is to do it by 11 December.")).to_be_visible()
    owner = sign_in(ashdown.teacher, viewport=NARROW)
    owner.goto("/")
    expect(owner.get_by_role("heading", name="Do: Count them again")).to_be_visible()
    owner.get_by_role("link", name="Say it is done").click()
    owner.get_by_label("What came of it").fill("Nineteen.")
    owner.get_by_role("button", name="It is done").click()
    expect(owner.get_by_text("Nineteen.")).to_be_visible()
    assert FollowUp.objects.get().done_by == ashdown.teacher.person
