"""The main forms with scripts off: an action drafted, a question asked, a decision recorded."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.models import Decision
from sip import deciding
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain(page_of):
    """plain(user): a page of that person, without scripts."""
    return lambda user: page_of(user, java_script_enabled=False)


def test_an_action_is_drafted(ashdown, plain):
    objective = make.plan(ashdown, state="drafting").objectives.get()
    page = plain(ashdown.head)
    page.goto(reverse("draft_objective", args=[objective.pk]))
    page.get_by_role("button", name="Add another action").click()
    page.locator("#id_action-2-what").fill("Meet the parents")
    page.locator("#id_action-2-owner").select_option(label="Ashdown Teacher")
    page.locator("#id_action-2-due_on").fill("12/2/2027")
    page.get_by_role("button", name="Save and back to the overview").click()
    action = objective.actions.last()
    assert (action.what, action.owner, action.due_on) == (
        "Meet the parents",
        ashdown.teacher.person,
        date(2027, 2, 12),
    )


def test_a_question_is_asked(ashdown, plain):
    plan = make.plan(ashdown, state="with the board")
    page = plain(ashdown.governor)
    page.goto(reverse("current_plan", args=[ashdown.school.slug]))
    page.get_by_role("link", name="Ask about this plan").click()
    page.get_by_label("Your question or note").fill("What do we stop doing for it?")
    page.get_by_role("button", name="Send it to leaders").click()
    expect(page.get_by_text("What do we stop doing for it?").first).to_be_visible()
    assert [asked.asked_by for asked in plan.questions.all()] == [ashdown.governor.person]


def test_a_decision_is_recorded(ashdown, plain, settings):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    settings.TODAY = date(2026, 12, 2)
    page = plain(ashdown.clerk)
    page.goto(reverse("item", args=[item.pk]))
    page.locator("input[name=outcome][value='approved with conditions']").check()
    page.locator("input[name=how][value=hands]").check()
    page.get_by_role("button", name="Record the decision").click()
    page.locator(".errors a").first.wait_for()  # conditions and counts are asked for; what was chosen stays
    expect(page.locator("input[name=outcome][value='approved with conditions']")).to_be_checked()
    page.locator("input[name=outcome][value=approved]").check()
    page.locator("input[name=how][value=agreed]").check()
    page.get_by_role("button", name="Record the decision").click()
    decided = Decision.objects.get(item=item)
    assert (decided.outcome, decided.how, decided.present) == ("approved", "agreed", 4)
    plan.refresh_from_db()
    assert plan.state == plan.State.APPROVED
