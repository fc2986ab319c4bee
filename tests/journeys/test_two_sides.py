"""Both sides in a browser: a monitor sees it differently, the board finds both on its agenda; what does not fit is
asked about; on a phone and without scripts."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from governance.models import AgendaItem
from monitoring.models import View
from sip.models import Question
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(ashdown):
    """Of two objectives, with governors; the board meets on 9 December."""
    plan = make.plan(ashdown, state="approved", objectives=2)
    make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    return make.review(ashdown, state="with governors", plan_=plan)


@pytest.mark.parametrize("options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_a_monitor_agrees_once_and_sees_the_other_differently(review, ashdown, page_of, options):
    page = page_of(ashdown.link, **options)
    page.goto(f"/reviews/{review.pk}/")
    page.get_by_role("link", name="Give your view", exact=True).click()
    page.get_by_role("heading", name="Objective 1 of Ashdown Primary").wait_for()
    page.get_by_role("button", name="Agree with leaders").click()
    page.get_by_role("heading", name="Objective 2 of Ashdown Primary").wait_for()
    page.get_by_role("link", name="I see it differently").click()
    page.get_by_role("radio", name="at risk").check()
    page.get_by_label("Why", exact=True).fill("Four of the six children whom I heard could not blend.")
    page.get_by_role("button", name="Give this view").click()
    page.get_by_text("is given").wait_for()
    assert sorted(View.objects.values_list("stance", "mark")) == [("agrees", ""), ("sees it differently", "amber")]

    chair = page_of(ashdown.chair, **options)
    chair.goto("/meetings/")
    item = AgendaItem.objects.get(kind="difference")
    chair.goto(f"/meetings/{item.meeting_id}/")
    chair.get_by_role("link", name="Where views differ: Objective 2 of Ashdown Primary").first.click()
    chair.get_by_role("heading", name="Both sides").wait_for()
    chair.get_by_text("Four of the six children whom I heard could not blend.").wait_for()


def test_what_does_not_fit_is_asked_with_one_click(review, ashdown, page_of):
    criterion = review.plan.objectives.first().criteria.first()
    rating_ = review.ratings.filter(milestone__criterion=criterion).get()
    review.ratings.filter(pk=rating_.pk).delete()  # so that a milestone that was due is silent
    page = page_of(ashdown.governor)
    page.goto(f"/reviews/{review.pk}/")
    page.get_by_role("heading", name="What does not fit").wait_for()
    page.get_by_role("link", name="Ask this").click()
    box = page.get_by_label("Your question or note")
    expect(box).to_have_value(re.compile("^Nothing has been said of this lately[.]"))
    page.get_by_role("button", name="Send it to leaders").click()
    page.get_by_text("Your question is asked").wait_for()
    assert Question.objects.get().milestone_id == rating_.milestone_id
