"""The main job, end to end in a browser: submit, ask, answer, change, resubmit, vote, approve, download."""

import io
import re
import subprocess
from datetime import date

import pikepdf
import pytest

from sip.models import Plan
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = "/organisations/kestrel-high/plan/2026-27/"
MEETINGS = "/organisations/kestrel-high/meetings/"


def test_from_the_draft_to_the_approved_document(kestrel, sign_in, worker, settings):
    plan = make.plan(kestrel, state="drafting", objectives=2, actions=2)
    head, governor, chair, clerk = (
        sign_in(one) for one in (kestrel.head, kestrel.governor, kestrel.chair, kestrel.clerk)
    )

    submit(head, version=1)
    ask(governor, "Who does this if the owner leaves at Christmas?")
    answer(head, "The deputy; she was there when it was planned.")
    close(governor)
    give_back(chair, "Say what the second action costs.")
    change_an_action(head)
    submit(head, version=2)
    meet(clerk)

    settings.TODAY = date(2026, 12, 2)
    open_the_vote(clerk, there=("Kestrel Chair", "Kestrel Vice", "Kestrel Governor", "Kestrel Link"))
    for voter in (kestrel.chair, kestrel.governor, kestrel.link):
        vote(sign_in(voter, viewport=NARROW))
    record(clerk)

    worker()
    document = download(clerk)
    plan.refresh_from_db()
    assert (plan.state, plan.versions.count()) == (Plan.State.APPROVED, 2)
    check(document)


def submit(page, *, version):
    page.goto(PLAN)
    page.get_by_role("link", name=re.compile("Submit|submit|Put it before")).first.click()
    page.get_by_role("button", name=f"Submit version {version} to the board").click()
    page.get_by_text("With the board since 24 November").first.wait_for()


def ask(page, words):
    page.goto(PLAN)
    page.get_by_role("link", name="Ask about this plan").click()
    page.get_by_label("Your question or note").fill(words)
    page.get_by_role("button", name="Send it to leaders").click()
    page.get_by_text(words).first.wait_for()


def answer(page, words):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Answer")).first.click()
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Give this answer").click()
    page.get_by_text(words).first.wait_for()


def close(page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("Read the answer|Look at the answer")).first.click()
    page.get_by_role("button", name="Yes, close the question").click()
    page.get_by_text(re.compile("closed", re.IGNORECASE)).first.wait_for()


def give_back(page, reason):
    page.goto(PLAN)
    page.get_by_role("link", name=re.compile("Return")).first.click()
    page.get_by_role("textbox").first.fill(reason)
    page.get_by_role("button", name="Return the plan").click()
    page.get_by_text(reason).first.wait_for()


def change_an_action(page):
    page.goto(PLAN)
    page.get_by_role("link", name=re.compile("[Dd]raft")).first.click()
    page.locator('a[href^="/objectives/"][href$="/draft/"]').first.click()
    page.get_by_label(re.compile("^What.*action 1")).fill("Open the hangar, staffed until five, for £1,200")
    page.get_by_role("button", name="Save and next objective").click()
    page.wait_for_url(re.compile("/objectives/[0-9]+/draft/"))


def meet(page):
    page.goto(MEETINGS)
    page.get_by_role("link", name="Plan a meeting").click()
    for box, words in {"Day": "2", "Month": "12", "Year": "2026"}.items():
        page.get_by_label(box, exact=True).fill(words)
    page.get_by_label(re.compile("^Time|At what time|Begins")).fill("6 pm")
    page.get_by_role("button", name="Plan the meeting").click()
    page.get_by_role("link", name="Add an item").click()
    page.get_by_role("radio", name=re.compile("School improvement plan")).check()
    page.get_by_role("button", name="Add the item").click()
    page.get_by_role("button", name="Send the papers").click()
    page.get_by_text("Papers went out").first.wait_for()


def open_the_vote(page, *, there):
    page.reload()
    page.get_by_role("link", name="Record who is present").click()
    for name in there:
        page.get_by_label(re.compile(f"^How.*{name}")).select_option(label="in person")
    page.get_by_role("button", name="Record who is present").click()
    page.get_by_role("link", name="School improvement plan 2026/27").click()
    page.get_by_role("button", name="Open the voting").click()
    page.get_by_text("Voting is open").first.wait_for()


def vote(page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Vote")).first.click()
    page.get_by_role("button", name="For", exact=True).click()
    page.get_by_text("You have voted").first.wait_for()


def record(page):
    page.reload()
    page.get_by_role("button", name="Close the voting").click()
    page.get_by_role("radio", name=re.compile("^Approved In force|^Approved$|^Approved ")).first.check()
    page.get_by_role("radio", name=re.compile("Votes in the browser")).check()
    page.get_by_label("Minute reference").fill("FGB 26/58")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("FGB 26/58").first.wait_for()


def download(page):
    page.goto(PLAN)
    address = page.locator('main a[href^="/documents/"]').first.get_attribute("href")
    got = page.request.get(address)
    assert (got.status, got.headers["content-type"]) == (200, "application/pdf")
    again = page.request.get(address, headers={"If-None-Match": got.headers["etag"]})
    assert again.status == 304
    return got.body()


def check(document):
    with pikepdf.open(io.BytesIO(document)) as pdf:
        pages = len(pdf.pages)
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-GB"
    assert pages >= 5
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True)
    text = " ".join(read.stdout.decode().split())
    for words in (
        "School improvement plan",
        "Open the hangar, staffed until five, for £1,200",
        "2 December 2026",
        "FGB 26/58",
        "Version 2",
        f"Page {pages} of {pages}",
    ):
        assert words in text
    assert "Draft:" not in text
