"""A visit in a browser: planned from the plan, written on a phone, checked by staff, read by the board with its
question asked; and all of it without scripts."""

import pytest

from monitoring.models import Visit
from sip.models import Question
from tests import make
from tests.browser import NARROW
from tests.monitoring import visits

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/organisations/ashdown-primary/progress/2026-27/"


@pytest.fixture
def plan(ashdown):
    """Approved, its autumn review with governors."""
    made = visits.plan(ashdown)
    make.review(ashdown, state="with governors", plan_=made)
    return made


@pytest.mark.parametrize("options", [{"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_from_the_weakest_evidence_to_a_report_before_the_board(plan, ashdown, page_of, options):
    link = page_of(ashdown.link, **options)
    link.goto(ADDRESS)
    link.get_by_role("link", name="Visits", exact=True).click()
    link.get_by_text("Nobody has visited it this year", exact=False).wait_for()
    link.get_by_role("link", name="Plan one").click()
    link.get_by_label("Focus").fill("How the slowest read")
    for box, text in {"Day": "24", "Month": "November", "Year": "2026"}.items():
        link.get_by_label(box, exact=True).fill(text)
    link.get_by_label("What would a pupil tell me?").check()
    link.get_by_role("button", name="Plan this visit").click()
    link.get_by_text("The school has notice by mail.").wait_for()

    link.get_by_role("link", name="Write the report").click()
    link.get_by_text("goes to the designated safeguarding lead at once", exact=False).wait_for()
    link.get_by_label("What I saw").fill("Two groups.")
    link.get_by_role("button", name="Hand it on to be checked").click()
    link.get_by_role("link", name="Tick at least one kind of evidence").click()
    link.get_by_label("What pupils say").check()
    link.get_by_label("How far it has come, in my own words").fill("It goes well.")
    link.get_by_label("Questions for leaders").fill("Who helps the slowest?")
    link.get_by_role("button", name="Save, and go on later").click()
    link.get_by_text("Only those who went read it so far.").wait_for()
    link.get_by_role("button", name="Hand it on to be checked").click()
    link.get_by_text("The report is handed on.", exact=False).wait_for()

    deputy = page_of(ashdown.deputy, **options)
    deputy.goto("/organisations/ashdown-primary/")
    deputy.get_by_role("link", name="Check the facts").first.click()
    deputy.get_by_label("Your comment").fill("Three groups.")
    deputy.get_by_role("button", name="Done: put it before the board").click()
    deputy.get_by_text("The report is before the board", exact=False).first.wait_for()

    chair = page_of(ashdown.chair, **options)
    chair.goto(f"/visits/{Visit.objects.get().pk}/")
    chair.get_by_text("Three groups.").wait_for()
    chair.get_by_role("link", name="Who helps the slowest?").click()
    chair.get_by_text("Who helps the slowest?").first.wait_for()
    assert Question.objects.get().asked_by == ashdown.link.person
