"""Documents in a real browser: who reads what is said, a public edition made and checked, a meeting's papers bound."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from monitoring import bundles, tasks
from monitoring.models import BundleJob
from sip import approval, deciding, documents, showing
from sip import tasks as sip_tasks
from sip.models import DocumentJob, Plan
from tests import make
from tests.browser import NARROW
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch):
    """What is asked for is made when the test says so."""
    monkeypatch.setattr(sip_tasks.make_document, "delay", lambda number: None)
    monkeypatch.setattr(tasks.make_bundle, "delay", lambda number: None)


@pytest.mark.parametrize("options", [{"viewport": NARROW}, {"java_script_enabled": False}])
def test_from_who_reads_what_to_a_public_edition_that_anyone_checks(ashdown, sign_in, new_page, tmp_path, options):
    plan = make.plan(ashdown, state="drafting", actions=2)
    head = sign_in(ashdown.head, **options)
    head.goto(reverse("draft_plan", args=[plan.pk]))
    head.get_by_role("link", name="Change who reads a part").click()
    part = head.locator(".readers li", has_text="What leaders will do")
    part.locator("summary").click()
    part.get_by_label("The board and leaders alone").check()
    part.get_by_role("button", name="Save").click()
    head.get_by_text("Who reads this part is saved.").wait_for()
    expect(head.locator(".readers")).to_contain_text("Said by leaders.")

    head.goto(reverse("submit_plan", args=[plan.pk]))
    head.get_by_role("button", name="Submit version 1 to the board").click()
    version = Plan.objects.get(pk=plan.pk).latest_version
    head.goto(reverse("version", args=[version.pk]))
    head.locator("summary", has_text="Make a document").click()
    head.get_by_role("radio", name="Public edition For").check()
    head.get_by_role("button", name="Make it", exact=True).click()
    documents.make(DocumentJob.objects.get(edition="public").pk)

    head.goto(reverse("version", args=[version.pk]))
    link = head.get_by_role("link", name="The plan, version 1, as submitted, public edition", exact=True)
    printed = text_of(head.request.get(link.get_attribute("href")).body())
    assert "Public edition" in printed
    assert "Ashdown Teacher" not in printed
    file = head.request.get(reverse("redacted", args=[version.pk, "public"])).json()

    anyone = new_page(**options)
    expect(checked(anyone, file, tmp_path)).to_contain_text("It is genuine")
    file["record"]["blocks"][0]["body"]["title"] = "Another plan"
    expect(checked(anyone, file, tmp_path)).to_contain_text("It was altered")


def checked(page, file: dict, folder):
    """The part of the page that says what the check of this file found."""
    path = folder / "edition.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    page.goto("/check/")
    page.get_by_label("The file of an edition").set_input_files(path)
    page.get_by_role("button", name="Check it").click()
    return page.locator("main")


def test_an_associate_reads_the_board_edition_and_is_told_what_it_leaves_out(ashdown, sign_in):
    plan = make.plan(ashdown, state="drafting")
    block = f"actions:{plan.objectives.get().pk}"
    showing.say_who_reads(plan, block=block, shown_to="confidential", by=ashdown.head)
    approval.submit_plan(plan, by=ashdown.head)
    associate = sign_in(ashdown.associate, viewport=NARROW)
    associate.goto(f"/organisations/ashdown-primary/plan/{plan.year_in_address}/")
    words = associate.locator("main")
    expect(words).to_contain_text("Board edition. 1 part is left out: it is for the board and leaders alone.")
    associate.locator("summary", has_text="Both sides").click()
    expect(associate.get_by_text("Its actions are for the board and leaders alone.")).to_be_visible()


def test_the_clerk_has_the_papers_of_a_meeting_bound(ashdown, sign_in):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
    clerk = sign_in(ashdown.clerk, viewport=NARROW)
    clerk.goto(reverse("meeting", args=[meeting.pk]))
    clerk.get_by_role("link", name="All papers, singly or as one PDF").click()
    clerk.get_by_role("button", name="Make the papers").click()
    bundles.make(BundleJob.objects.get().pk)
    clerk.goto(reverse("bundles", args=[meeting.pk]))
    link = clerk.get_by_role("link", name="The papers, part I", exact=True)
    printed = text_of(clerk.request.get(link.get_attribute("href")).body())
    assert "Papers, part I, page 3 of" in printed
    assert "School improvement plan" in printed
