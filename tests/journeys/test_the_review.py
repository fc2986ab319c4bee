"""The leaders' side of a review in a browser: handed on, rated by a colleague on a phone, read, and an action said."""

import pytest
from django.urls import reverse

from monitoring import reviewing
from monitoring.models import HandedOn, Rating
from sip.models import Action, Measure, Reading, SuccessCriterion, Target
from tests.browser import NARROW
from tests.sip.drafts import draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(ashdown):
    plan = draft(ashdown, state="approved", objectives=2)
    measure = Measure.objects.create(organisation=ashdown.school, name="Pupils who read well")
    first = SuccessCriterion.objects.order_by("objective__position").first()
    Target.objects.create(criterion=first, measure=measure, baseline=48, aim=90)
    return reviewing.open_review(plan, term="autumn", by=ashdown.head)


@pytest.mark.parametrize("options", [{"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_a_row_is_handed_on_rated_and_its_measure_read(sign_in, ashdown, review, options):
    page = sign_in(ashdown.deputy)
    page.goto(reverse("rate_next", args=[review.pk]))
    page.get_by_role("link", name="Hand it to a colleague").click()
    page.get_by_label("Who should rate it?").select_option(label=str(ashdown.teacher.person))
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("is asked to rate it, and has a mail").wait_for()
    colleague = sign_in(ashdown.teacher, **options)
    colleague.goto(reverse("home"))
    colleague.get_by_role("link", name="Rate it").first.click()
    colleague.get_by_role("radio", name="at risk").check()
    colleague.get_by_label("In one sentence: why?").fill("Five of eight groups.")
    colleague.get_by_role("button", name="Save", exact=True).click()
    colleague.get_by_text("Thank you: it is rated").wait_for()
    assert Rating.objects.get().rated_by == ashdown.teacher.person and HandedOn.objects.count() == 1
    page.goto(reverse("readings", args=[review.pk]))
    page.get_by_role("link", name="Enter the next").click()
    page.locator("#id_all-count").fill("45")
    page.locator("#id_all-cohort").fill("50")
    page.get_by_role("button", name="Save and next").click()
    page.get_by_text("All 1 measure").or_(page.get_by_text("90%")).first.wait_for()
    assert Reading.objects.get().waits


def test_an_action_is_said_in_one_press_on_a_phone(sign_in, ashdown, review):
    action = Action.objects.order_by("pk").first()
    Action.objects.filter(pk=action.pk).update(owner=ashdown.teacher.person)
    page = sign_in(ashdown.teacher, viewport=NARROW)
    page.goto(reverse("action", args=[action.pk]))
    button = page.get_by_role("button", name="Done", exact=True)
    assert button.bounding_box()["height"] >= 48
    button.click()
    page.get_by_text("It is said: done.").wait_for()
