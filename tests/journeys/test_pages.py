"""Every shape of page in a real browser, on the demonstration: for everyone's eyes, ears and hands.

One test, as the demonstration takes a while to load and the last pages come after a decision. Of each shape: the
answer, one h1, valid HTML, nothing that axe finds, nothing that sticks out at 320 and 375 pixels or with text of double
size, no error in the console. Of home and plan for every account: nothing that axe finds.
"""

from functools import cache

import pytest
from django.template import Template
from django.test.utils import _TestState

from foundation.outbox import sent_long_ago
from monitoring.demonstration.reading import accounts
from tests.journeys import looking, shapes, shapes_of_a_year, shapes_of_advice, shapes_of_context, shapes_of_measures
from tests.journeys.shapes_of_amending import OF_AMENDING
from tests.journeys.shapes_of_deciding import OF_DECIDING
from tests.journeys.shapes_of_documents import OF_DOCUMENTS
from tests.journeys.shapes_of_evidence import OF_EVIDENCE
from tests.journeys.shapes_of_fast_hands import OF_FAST_HANDS
from tests.journeys.shapes_of_meetings import OF_MEETINGS
from tests.journeys.shapes_of_packs import OF_PACKS
from tests.journeys.shapes_of_pictures import OF_PICTURES
from tests.journeys.shapes_of_reading import OF_READING
from tests.journeys.shapes_of_the_review import OF_THE_REVIEW
from tests.journeys.shapes_of_two_sides import OF_TWO_SIDES
from tests.journeys.shapes_of_visits import OF_VISITS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.walk]


@pytest.fixture
def demonstration(transactional_db, monkeypatch, load_demonstration):
    """The demonstration, and the few things that it lacks."""
    # Django's test client copies the words of every template, which nobody here looks at: half of the time.
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    with sent_long_ago():
        load_demonstration()
        shapes.complete()
        shapes_of_a_year.complete()


@pytest.fixture
def the_page_of(page_of, new_page):
    """the_page_of(e-mail address): the one page of that person; without an address, of somebody not signed in."""
    return cache(lambda email: page_of(shapes.user(email)) if email else new_page())


def test_every_shape_of_page(demonstration, the_page_of, settings):
    today = [*OF_FAST_HANDS, *shapes.ON_24_NOVEMBER, *shapes_of_a_year.OF_A_YEAR, *shapes_of_context.OF_CONTEXT]
    today += [*shapes_of_measures.OF_MEASURES, *shapes_of_advice.OF_ADVICE, *OF_DECIDING, *OF_DOCUMENTS, *OF_READING]
    today += OF_PACKS
    today += OF_AMENDING
    today += OF_MEETINGS
    today += OF_EVIDENCE
    today += OF_PICTURES
    today += OF_TWO_SIDES
    today += OF_THE_REVIEW
    today += OF_VISITS
    found = {shape.name: look_at(shape, the_page_of) for shape in today}
    for account in accounts():
        found |= home_and_plan(account, the_page_of)
    settings.TODAY = shapes.MEETING_DAY
    for stage, at_this_stage in shapes.AT_THE_MEETING.items():
        shapes.come_to(stage)
        found |= {shape.name: look_at(shape, the_page_of) for shape in at_this_stage}
    settings.TODAY = shapes_of_a_year.TRUSTEES_DAY
    shapes_of_a_year.come_to_the_trustees()
    found |= {shape.name: look_at(shape, the_page_of) for shape in shapes_of_a_year.AT_THE_TRUSTEES}
    assert {name: faults for name, faults in found.items() if faults} == {}


def look_at(shape: shapes.Shape, the_page_of) -> list[str]:
    page = the_page_of(shape.who)
    answer = page.goto(shape.address)
    if shape.send:
        with page.expect_navigation() as sent:
            shape.send(page)
        answer = sent.value
    wrong = [] if answer.status == shape.status else [f"answered {answer.status}, not {shape.status}"]
    return wrong + looking.found_on(page, answer.text())


def home_and_plan(account, the_page_of) -> dict[str, list[str]]:
    page, found = the_page_of(account.email), {}
    places = [slug for slug, _ in (*account.roles, *account.seats) if slug != "*"]
    for address in ("/", *(f"/organisations/{slug}/plan/" for slug in places[:1])):
        page.goto(address)
        found[f"{address} for {account.email}"] = looking.by_axe(page)
    return found


def test_what_looks_finds_what_is_wrong(new_page):
    page = new_page(base_url="about:blank")
    html = (
        """<!doctype html><html lang="en-GB"><title>Bad</title><main><p id="a">One<p id="a"><img src="data:,">
        <a href="#b">To b</a><table><div>Out</div></table><pre>"""
        + "w" * 400
    )
    page.set_content(html)
    kinds = {line.split(" ")[0].strip(",:") for line in looking.found_on(page, html)}
    assert kinds == {"0", "the", "a", "invalid", "sticks", "axe"}
