"""From the evidence to the board's own words, in a browser: gathered with a file, met on, an objective out of it; and
in August another baseline."""

import re
from datetime import date

import pytest

from sip import gathering
from sip.models import EvidencePack, Objective
from tests import files, make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

EVIDENCE = "/organisations/ashdown-primary/evidence/"


def test_from_the_evidence_to_the_boards_words(ashdown, page_of, settings):
    plan = make.plan(ashdown, state="objectives")
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    head, chair, clerk = (page_of(one) for one in (ashdown.head, ashdown.chair, ashdown.clerk))

    begin(head)
    gather(head, "Finance", "£40,000 is free.", file=("Budget.xlsx", files.EVERY["budget.xlsx"]))
    refuse(head, "Staff survey", file=("Survey.pdf", files.EVERY["survey.docx"]))
    name_a_key_area(page_of(ashdown.governor, viewport=NARROW), "Early reading")
    put_on_an_agenda(chair)

    settings.TODAY = date(2026, 12, 2)
    with make.at_the_meeting(meeting):
        discuss(clerk, meeting, there=("Ashdown Chair", "Ashdown Vice", "Ashdown Governor", "Ashdown Link"))
    propose(page_of(ashdown.deputy), "Early reading", "Every child reads")
    word(chair, plan, "Every child reads by the end of Year 2")

    pack = EvidencePack.objects.get()
    objective = Objective.objects.get(key_area=pack.key_areas.get())
    assert (objective.title, objective.proposed_by) == (
        "Every child reads by the end of Year 2",
        ashdown.deputy.person,
    )
    assert pack.was_discussed


def begin(page):
    page.goto(EVIDENCE)
    page.get_by_role("link", name="Begin the evidence for a year").click()
    page.get_by_label("2026/27").check()
    page.get_by_role("button", name="Begin the evidence").click()
    page.get_by_text("None of the eight parts is there yet").wait_for()


def gather(page, part, note, *, file):
    page.get_by_role("link", name=re.compile(f"Gather it ?: {part}")).click()
    choose(page, file)
    page.get_by_text(f"“{file[0]}” is added.").wait_for()
    page.get_by_label("What it says").fill(note)
    page.get_by_label("Complete", exact=True).check()
    page.get_by_role("button", name="Save this part").click()
    page.get_by_text("One of eight parts is there").wait_for()
    page.wait_for_load_state()  # a download asked for while the page comes would stop the page
    with page.expect_download() as found:
        page.get_by_role("link", name=file[0]).click()
    assert found.value.suggested_filename == file[0]


def refuse(page, part, *, file):
    page.get_by_role("link", name=re.compile(f"Gather it ?: {part}")).click()
    choose(page, file)
    page.get_by_role("alert").get_by_text(f"“{file[0]}” is a Word document by its content").wait_for()
    page.get_by_role("link", name="Evidence for 2026/27").first.click()


def choose(page, file):
    name, content = file
    page.get_by_label("Add a file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name="Add the file").click()


def name_a_key_area(page, title):
    page.goto(EVIDENCE)
    page.get_by_role("link", name="Evidence for 2026/27").click()
    page.get_by_role("link", name="Name a key area").click()
    page.get_by_label("Key area for improvement").fill(title)
    page.get_by_label("What in the evidence shows it").fill("A third fall behind by February.")
    page.get_by_role("button", name="Save the key area").click()
    page.get_by_text("Named by Ashdown Governor").wait_for()


def put_on_an_agenda(page):
    page.goto(EVIDENCE)
    page.get_by_role("link", name="Evidence for 2026/27").click()
    page.get_by_role("link", name="Put it on an agenda").click()
    page.get_by_role("button", name="Put it on the agenda").click()
    page.get_by_role("heading", level=1, name="Evidence for 2026/27").wait_for()


def discuss(page, meeting, *, there):
    page.goto(f"/meetings/{meeting.pk}/")
    page.get_by_role("link", name="Record who is present").click()
    for name in there:
        page.get_by_label(re.compile(f"^How.*{name}")).select_option(label="in person")
    page.get_by_role("button", name="Record who is present").click()
    page.get_by_role("link", name="Evidence for 2026/27").click()
    page.get_by_text("The board has met with leaders on the evidence").wait_for()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("Noted on 2 December 2026").first.wait_for()


def propose(page, area, title):
    page.goto(EVIDENCE)
    page.get_by_role("link", name="Evidence for 2026/27").click()
    page.get_by_role("link", name=re.compile(f"Propose an objective +from {area}")).click()
    page.get_by_label("Objective", exact=True).fill(title)
    page.get_by_label("Where we want to be").fill("Nine in ten read well.")
    for box, words in (("Day", "16"), ("Month", "7"), ("Year", "2027")):
        page.get_by_label(box, exact=True).fill(words)
    page.get_by_role("button", name="Propose the objective").click()
    page.get_by_text("Proposed by: Ashdown Deputy").wait_for()


def word(page, plan, title):
    page.goto(f"/plans/{plan.pk}/objectives/")
    page.get_by_role("link", name=re.compile("Change the words ?: Every child reads")).click()
    page.get_by_label("Objective", exact=True).fill(title)
    page.get_by_role("button", name="Save the objective").click()
    page.get_by_role("heading", name=title).wait_for()


def test_another_baseline_in_august(ashdown, page_of):
    plan = make.plan(ashdown, state="drafting")
    gathering.begin_pack(ashdown.school, year=2026, by=ashdown.head)
    head, chair = page_of(ashdown.head, viewport=NARROW), page_of(ashdown.chair, viewport=NARROW)
    head.goto(f"/objectives/{plan.objectives.get().pk}/ask-for-change/")
    head.get_by_label("Its baseline").check()
    head.get_by_label("What should change, and why?").fill("The summer’s results are here.")
    head.get_by_label("The figure now").fill("57%")
    head.get_by_role("button", name="Ask the board").click()
    head.get_by_text("The board is asked.").wait_for()

    chair.goto(f"/plans/{plan.pk}/objectives/")
    chair.get_by_role("link", name=re.compile("Answer +the request on")).click()
    chair.get_by_role("cell", name="57%").wait_for()
    chair.get_by_label("Agreed").check()
    chair.get_by_label("In a sentence").fill("We begin where we are.")
    chair.get_by_role("button", name="Send the answer").click()
    chair.get_by_text("the new baseline is taken over").wait_for()
    assert plan.objectives.get().figure_now == "57%"
