"""Trustees resolve in writing, and a committee recommends what the board decides: each end to end in a browser."""

import re
from datetime import date

import pytest

from governance import boards
from governance.models import Decision
from sip.models import Plan
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


def test_trustees_resolve_in_writing(harbour, sign_in):
    harbour.board.written_resolutions = True
    harbour.board.save()
    make.meeting(harbour.board, by=harbour.clerk)
    clerk = sign_in(harbour.clerk)
    clerk.goto("/organisations/harbour-trust/meetings/")
    clerk.get_by_role("link", name="Put a resolution in writing").click()
    clerk.get_by_role("textbox", name="Title").fill("A new boiler")
    clerk.get_by_role("textbox", name="Resolution").fill("That the board approve a new boiler.")
    clerk.get_by_role("button", name="Put it to the members").click()
    clerk.get_by_text("0 of 4 have agreed").wait_for()
    for member in (harbour.chair, harbour.vice, harbour.governor, harbour.link):
        page = sign_in(member, viewport=NARROW)
        page.goto("/")
        page.get_by_role("link", name="Read it").first.click()
        page.get_by_role("button", name="I agree").click()
        page.get_by_text("You have agreed to it.").first.wait_for()
    clerk.reload()
    clerk.get_by_text("Passed on Tuesday 24 November: all four agreed in writing.").wait_for()
    clerk.get_by_role("link", name="Reported at the meeting on Wednesday 2 December, item 1.").click()
    clerk.get_by_role("heading", name="Report of a written resolution: A new boiler").wait_for()
    assert Decision.objects.get().how == "written"


def test_the_chair_acts_and_it_is_on_the_agenda(ashdown, sign_in):
    make.meeting(ashdown.board, by=ashdown.clerk)
    chair = sign_in(ashdown.chair, viewport=NARROW)
    chair.goto("/organisations/ashdown-primary/meetings/")
    chair.get_by_role("link", name="Record a chair’s action").click()
    chair.get_by_label("What did you do for the board?").fill("Had the roof made safe.")
    chair.get_by_label("Why could the board, or a committee, not meet in time?").fill("It was a Saturday.")
    chair.get_by_label("What harm would delay have done, and to whom?").fill("Pupils might have been hurt.")
    chair.get_by_role("button", name="Record it").click()
    chair.get_by_text("Reported at the meeting on Wednesday 2 December, item 1.").first.wait_for()
    chair.get_by_role("link", name="The item that reports it").click()
    chair.get_by_role("heading", name="Report of a chair’s action of 24 November 2026").wait_for()


def test_a_committee_recommends_and_the_minutes_say_it(ashdown, sign_in, settings):
    plan = make.plan(ashdown, state="with the board")
    for member in (ashdown.governor, ashdown.link, ashdown.vice):
        make.seat(member, ashdown.committee)
    words = {"decision": "approve the plan", "does": "recommends", "by": ashdown.clerk}
    boards.set_part(ashdown.school, board=ashdown.committee, **words)
    meeting = make.meeting(ashdown.committee, day=date(2026, 11, 25), by=ashdown.clerk)
    clerk = sign_in(ashdown.clerk)
    clerk.goto(f"/meetings/{meeting.pk}/")
    clerk.get_by_role("link", name="Add an item").click()
    clerk.get_by_label("School improvement plan 2026/27").check()
    clerk.get_by_role("button", name="Add the item").click()
    settings.TODAY = date(2026, 11, 25)
    clerk.goto(f"/meetings/{meeting.pk}/attendance/")
    clerk.get_by_role("button", name="Record who is present").click()
    clerk.get_by_role("link", name="School improvement plan 2026/27").click()
    clerk.get_by_role("radio", name=re.compile("^Recommended")).check()
    clerk.get_by_role("button", name="Record the decision").click()
    clerk.get_by_text("The committee RECOMMENDED").first.wait_for()
    clerk.goto(f"/meetings/{meeting.pk}/")
    clerk.get_by_role("link", name="Read the draft").click()
    clerk.get_by_text("The committee RECOMMENDED").first.wait_for()
    page = sign_in(ashdown.committee_member, viewport=NARROW)
    page.goto("/organisations/ashdown-primary/plan/2026-27/")
    page.get_by_text("Your board, the Standards committee, recommends; the Governing board approves.").wait_for()
    plan.refresh_from_db()
    assert plan.state == Plan.State.WITH_THE_BOARD
