"""What is counted, in a real browser: a leader takes a measure, enters its groups, and a governor reads them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sip.models import Measure
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=str)
def test_a_leader_counts_and_a_governor_reads_what_may_be_shown(sign_in, ashdown, options):
    page = sign_in(ashdown.head, **options)
    page.goto(reverse("measures", args=[ashdown.school.slug]))
    page.get_by_role("link", name="Add a measure").click()
    page.get_by_label("Phonics screening check, Year 1, at the standard").check()
    page.get_by_role("button", name="Add what is ticked").click()
    page.get_by_role("link", name="Phonics screening check, Year 1").click()
    page.get_by_role("link", name="Enter figures").click()
    for group, count, cohort in (("all", "104", "58"), ("pp", "2", "4"), ("not_pp", "42", "54")):
        page.locator(f"#id_{group}-count").fill(count)
        page.locator(f"#id_{group}-cohort").fill(cohort)
    page.get_by_role("button", name="Save these figures").click()
    page.get_by_text("the cohort is smaller than the count").first.wait_for()
    page.locator("#id_all-count").fill("44")
    page.get_by_role("button", name="Save these figures").click()
    page.get_by_text("The figures are saved.").wait_for()
    page.get_by_text("only leaders see it: fewer than 6 pupils").first.wait_for()
    page = sign_in(ashdown.governor, **options)
    page.goto(reverse("measure", args=[Measure.objects.get().pk]))
    expect(page.locator("main")).to_contain_text("75.9%")
    expect(page.locator("main")).to_contain_text("hidden: fewer than 6 pupils")
    assert "77.8%" not in page.content() and "2 of 4 pupils" not in page.content()
