"""The year turned once, in a browser: objectives in July, a plan by October, the autumn rated, viewed, received and
reported, a reminder followed, and the plan closed in the July after."""

import re
import subprocess
from datetime import date

import pytest
from django.core import mail

from foundation import outbox
from monitoring import digests, reviewing
from sip.models import Objective, Plan
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/organisations/ashdown-primary"
PLAN = f"{HERE}/plan/2026-27/"
PROGRESS = f"{HERE}/progress/2026-27/"
MEMBERS = ("Ashdown Chair", "Ashdown Vice", "Ashdown Governor", "Ashdown Link")


def test_from_the_objectives_to_the_end_of_the_year(ashdown, sign_in, page_of, worker, settings):
    make.strategy(ashdown.school)
    stand_at = day_setter(settings, page_of)

    clerk, head = stand_at(date(2026, 7, 1), ashdown.clerk, ashdown.head)
    begin_the_plan(head)
    propose_an_objective(head)
    put_the_objectives(clerk, day="8")
    (clerk,) = stand_at(date(2026, 7, 8), ashdown.clerk)
    decide(clerk, "8 July", item="Objectives for 2026/27", outcome="Agreed", minute="FGB 26/40")

    clerk, head = stand_at(date(2026, 9, 21), ashdown.clerk, ashdown.head)
    draft(head)
    submit(head)
    put_the_plan(clerk)
    (clerk,) = stand_at(date(2026, 10, 14), ashdown.clerk)
    decide(clerk, "14 October", item="School improvement plan 2026/27", outcome="Approved", minute="FGB 26/51")
    plan_a_meeting(clerk, "9", "12", "2026")

    settings.TODAY = date(2026, 11, 24)
    reviewing.open_due()
    link = reminder_link(settings, to=ashdown.deputy.email, says="Rate the autumn term")
    deputy = sign_in(ashdown.deputy, viewport=NARROW)
    rate(
        deputy,
        link,
        mark="on track",
        why="Seven in ten read well in the November check.",
        evidence="Data",
        reading="70",
    )
    head, monitor, clerk = stand_at(date(2026, 11, 24), ashdown.head, ashdown.link, ashdown.clerk)
    send(head, narrative="A term of steady reading.")
    give_view(monitor, "I heard six children read and saw the same.")
    put_the_review(clerk)
    (clerk,) = stand_at(date(2026, 12, 9), ashdown.clerk)
    decide(clerk, "9 December", item="Autumn review 2026/27", outcome="Received", minute="FGB 26/63")
    worker()
    report = download_report(clerk)
    for words in (
        "Termly report, autumn 2026",
        "A term of steady reading.",
        "Seven in ten",
        "FGB 26/63",
        "I heard six",
    ):
        assert words in report

    settings.TODAY = date(2027, 6, 25)
    reviewing.open_due()
    deputy, head = stand_at(date(2027, 6, 25), ashdown.deputy, ashdown.head)
    for term in ("autumn", "spring", "summer"):
        rate(
            deputy, "/", mark="at risk", why=f"The {term} aim was missed by two points.", evidence="Data", reading="78"
        )
    send(head, narrative="Most of it was reached.")
    (head,) = stand_at(date(2027, 7, 14), ashdown.head)
    close(head)
    plan = Plan.objects.get(organisation=ashdown.school, year=2026)
    assert plan.state == Plan.State.CLOSED
    carried = Objective.objects.get(plan__year=2027)
    assert carried.carried_from.plan == plan


def day_setter(settings, page_of):
    """stand_at(day, person, …): it is that day, and these are their pages."""

    def stand_at(day, *people):
        settings.TODAY = day
        return [page_of(person) for person in people]

    return stand_at


# ---------------------------------------------------------------- objectives and plan


def begin_the_plan(page):
    page.goto(f"{HERE}/plan/begin/")
    page.get_by_role("radio", name="2026/27").check()
    page.get_by_role("button", name="Begin the plan").click()
    page.get_by_role("link", name="Propose an objective").first.wait_for()


def propose_an_objective(page):
    page.get_by_role("link", name="Propose an objective").click()
    page.get_by_label("Objective", exact=True).fill("Every child reads well")
    page.get_by_label("Priority it serves").select_option(index=1)
    page.get_by_label("Where we want to be").fill("Eight in ten read well.")
    fill_day(page, "16", "7", "2027")
    page.get_by_label("Lead").select_option(label="Ashdown Deputy")
    page.get_by_label("Who monitors it").select_option(label="Ashdown Link, link governor for early reading")
    page.get_by_role("button", name="Propose the objective").click()
    page.get_by_text("Every child reads well").first.wait_for()


def put_the_objectives(page, *, day):
    plan_a_meeting(page, day, "7", "2026")
    page.get_by_role("link", name="Add an item").click()
    page.get_by_role("radio", name="Objectives for 2026/27").check()
    page.get_by_role("button", name="Add the item").click()


def draft(page):
    page.goto(PLAN)
    page.get_by_role("link", name=re.compile("[Dd]raft")).first.click()
    page.locator('a[href^="/objectives/"][href$="/draft/"]').first.click()
    page.locator("#id_action-1-what").fill("Hear every child read each day")
    page.locator("#id_action-1-due_on").fill("18 December 2026")
    page.locator("#id_criterion-1-text").fill("Eight in ten read well by July")
    for term, words in {"autumn": "Seven in ten", "spring": "Three in four", "summer": "Eight in ten"}.items():
        page.locator(f"#id_criterion-1-{term}").fill(f"{words} read well")
    page.get_by_text(re.compile("^More on criterion 1")).click()
    page.locator("#id_criterion-1-measure").fill("Pupils who read well")
    page.locator("#id_criterion-1-baseline").fill("61")
    page.locator("#id_criterion-1-aim").fill("80%")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(re.compile("[Ss]aved")).first.wait_for()


def submit(page):
    page.goto(PLAN)
    page.get_by_role("link", name=re.compile("Submit|submit|Put it before")).first.click()
    page.get_by_role("button", name="Submit version 1 to the board").click()
    page.get_by_text("With the board since 21 September").first.wait_for()


def put_the_plan(page):
    plan_a_meeting(page, "14", "10", "2026")
    page.get_by_role("link", name="Add an item").click()
    page.get_by_role("radio", name=re.compile("School improvement plan")).check()
    page.get_by_role("button", name="Add the item").click()


# ---------------------------------------------------------------- meetings


def plan_a_meeting(page, day, month, year):
    page.goto(f"{HERE}/meetings/")
    page.get_by_role("link", name="Plan a meeting").click()
    fill_day(page, day, month, year)
    page.get_by_label(re.compile("^Time|At what time|Begins")).fill("6 pm")
    page.get_by_role("button", name="Plan the meeting").click()
    page.get_by_role("link", name="Add an item").wait_for()


def fill_day(page, day, month, year):
    for box, words in {"Day": day, "Month": month, "Year": year}.items():
        page.get_by_label(box, exact=True).first.fill(words)


def decide(page, day, *, item, outcome, minute):
    """Everyone is there, and the clerk records what the board decided."""
    page.goto(f"{HERE}/meetings/")
    page.get_by_role("link", name=re.compile(day)).first.click()
    page.get_by_role("link", name="Record who is present").click()
    for name in MEMBERS:
        page.get_by_label(re.compile(f"^How.*{name}")).select_option(label="in person")
    page.get_by_role("button", name="Record who is present").click()
    page.get_by_role("link", name=item).first.click()
    page.get_by_role("radio", name=re.compile(f"^{outcome}")).first.check()
    page.get_by_label("Minute reference").fill(minute)
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text(minute).first.wait_for()
    page.locator(".crumb a").click()
    page.get_by_role("button", name=re.compile("Close the meeting|The meeting is over|meeting was held")).click()
    page.get_by_role("heading", name="At the end").wait_for(state="detached")


# ---------------------------------------------------------------- the review


def reminder_link(settings, *, to, says):
    """The address behind the reminder that this person finds in the mail folder."""
    mail.outbox = []
    while digests.go_on():
        pass
    outbox.deliver_due()
    (letter,) = [one for one in mail.outbox if to in one.to[0] and says in one.body]
    address = re.search(rf"{re.escape(settings.SITE_URL)}(\S+/rate/)", letter.body)
    assert address, letter.body
    return address[1]


def rate(page, address, *, mark, why, evidence, reading):
    """The next milestone that is not rated yet, by the way of whoever follows a reminder or begins at home."""
    page.goto(address)
    if address == "/":
        page.get_by_role("link", name=re.compile("^(Begin rating|Rate the next)")).first.click()
    page.get_by_role("radio", name=re.compile(mark)).check()
    page.get_by_label("In one sentence: why?").fill(why)
    page.get_by_label(evidence, exact=True).check()
    page.get_by_label(re.compile("What was read this term|this term")).first.fill(reading)
    page.get_by_role("button", name="Save and next").click()
    page.get_by_role("status").first.wait_for()


def send(page, *, narrative):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Look and send")).first.click()
    page.get_by_label("The term in your own words").fill(narrative)
    page.get_by_role("button", name="Send to governors").click()
    page.get_by_text(re.compile("[Ww]ith governors since")).first.wait_for()


def give_view(page, words):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^See the ratings")).first.click()
    page.get_by_role("link", name="Agree, and say why").click()
    page.get_by_label("Why", exact=True).fill(words)
    page.get_by_role("button", name="Agree").click()
    page.get_by_text(words).first.wait_for()


def put_the_review(page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Choose the meeting")).first.click()
    page.get_by_label("At which meeting?").select_option(index=1)
    page.get_by_role("button", name="Put it on the agenda").click()
    page.get_by_text("Autumn review 2026/27").first.wait_for()


def download_report(page):
    page.goto(PROGRESS)
    page.get_by_role("link", name=re.compile("Received by the board")).first.click()
    address = page.get_by_role("link", name=re.compile("as received by the board")).first.get_attribute("href")
    got = page.request.get(address)
    assert (got.status, got.headers["content-type"]) == (200, "application/pdf")
    read = subprocess.run(["pdftotext", "-", "-"], input=got.body(), capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def close(page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Look and close")).first.click()
    page.get_by_role("radio", name=re.compile("[Cc]arried forward")).first.check()
    page.get_by_label("What did we learn?").fill("Begin with the class that needs it most.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Close the plan").click()
    page.get_by_text("is closed").first.wait_for()
