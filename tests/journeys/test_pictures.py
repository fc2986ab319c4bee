"""The pictures of a year in a browser: heat map, timeline and as it stood; at a desk, on a phone, without scripts."""

from datetime import date

import pytest

from foundation import clock
from sip.models import Action
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_a_governor_goes_from_the_heat_map_to_the_timeline_and_to_another_day(ashdown, page_of, options):
    with clock.standing_at(clock.local(date(2026, 11, 20))):
        plan = make.plan(ashdown, state="approved", objectives=2, actions=2)
    make.review(ashdown, plan_=plan, state="with governors")
    Action.objects.filter(position=1).update(due_on=date(2026, 10, 2))
    page = page_of(ashdown.governor, **options)
    page.goto("/organisations/ashdown-primary/progress/2026-27/")
    page.get_by_role("img", name="The objectives at each review of the year").wait_for()
    page.get_by_role("link", name="Timeline").click()
    page.get_by_text("late: was due 2 October").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("link", name="How it goes").click()
    page.get_by_role("link", name="As it stood on a day").click()
    page.get_by_label("Which day?").fill("31 Feb 2026")
    page.get_by_role("button", name="Show that day").click()
    page.get_by_text("There is no 31 February in 2026").first.wait_for()
