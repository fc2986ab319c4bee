"""A year told to others in a browser: its challenge narrowed, its evidence looked through and set by area."""

import re

import pytest
from django.urls import reverse

from sip import asking
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("options", [{"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_a_chair_narrows_the_log_and_looks_through_the_pack(ashdown, page_of, options):
    plan = make.plan(ashdown, state="approved", objectives=2)
    first, second = plan.objectives.all()
    asking.ask(plan, text="How do you know?", needs_answer=True, objective=first, by=ashdown.chair)
    closed = asking.ask(plan, text="What did you see?", needs_answer=True, objective=second, by=ashdown.chair)
    asking.answer(closed, text="Every lesson.", by=ashdown.head)
    asking.close_question(closed, by=ashdown.chair)
    page = page_of(ashdown.chair, **options)
    page.goto(reverse("questions", args=[plan.pk]))
    page.get_by_role("link", name="The challenge log of the year").click()
    page.get_by_role("heading", name="2 questions").wait_for()
    page.get_by_label("State").select_option("closed")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("heading", name="1 question of this choice").wait_for()
    page.goto(reverse("progress_year", args=["ashdown-primary", 2026]))
    page.get_by_role("link", name="Governance evidence pack").click()
    page.get_by_role("link", name="The last three years").click()
    page.get_by_text("One question that the board has not closed yet").wait_for()
    page.get_by_role("link", name=re.compile("Say which area")).click()
    page.get_by_label(re.compile(r"^2\. ")).select_option("rf_ct")
    page.get_by_role("button", name="Save the areas").click()
    page.get_by_text("The areas of inspection are saved.").wait_for()
    page.goto(reverse("inspection_pack", args=[plan.pk]))
    page.get_by_role("heading", name=re.compile("Curriculum and teaching")).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
