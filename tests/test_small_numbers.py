"""Figures about few pupils of Mudlark Infants, and those that subtraction would give away, stand in no output that
anyone but its leaders reads: pages, frozen versions and records, papers, mails."""

import json
from collections import deque
from urllib.parse import urldefrag, urljoin

import html5lib
import pytest
from django.urls import reverse

from foundation.outbox import OutgoingMail
from monitoring import reports
from monitoring.models import Report, ReportJob, ReviewRecord
from sip import documents, editions, figures
from sip.models import Document, DocumentJob, Measure, Reading, Version
from tests import pdfs
from tests.crawling import Reading as Page
from tests.test_leaks import EVERYONE

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

MUDLARK = "mudlark-infants"
LEADER = "head@mudlark.example"
READERS = ["ceo@harbour.example", "chair@harbour.example", "trustee@harbour.example", "clerk@harbour.example"]
FAMILIES = (
    ("Pupil premium", "Not pupil premium"),
    ("SEN support", "EHC plan", "No SEN"),
    ("Girls", "Boys"),
    ("High prior attainment", "Middle prior attainment", "Low prior attainment"),
)
FEW = 6


@pytest.fixture(scope="module")
def secrets(world) -> set[str]:
    """What is written of a hidden figure and of no figure that is shown."""
    rows = Reading.objects.filter(measure__organisation__slug=MUDLARK).select_related("measure")
    hidden = figures.why_hidden(world.organisations[MUDLARK], {row.measure_id for row in rows})
    said = {True: set(), False: set()}
    for row in rows:
        words = {row.measure.words(row.value)} if row.value is not None else set()
        words |= {f"{row.count} of {row.cohort} pupils"} if row.count is not None else set()
        said[row.pk in hidden] |= words
    found = {words for words in said[True] - said[False] if "." in words or " of " in words}
    assert len(found) > 15 and "2 of 3 pupils" in found
    return found


@pytest.fixture(scope="module")
def walked(world) -> dict[str, dict[str, Page]]:
    return {email: _walk(world.people[email].client) for email in [LEADER, *READERS]}


def _walk(client) -> dict[str, Page]:
    """Every page of Mudlark that links lead to from its plan, its progress and its measures."""
    ahead = deque(
        [
            reverse("organisation", args=[MUDLARK]),
            reverse("current_plan", args=[MUDLARK]),
            reverse("progress", args=[MUDLARK]),
            reverse("measures", args=[MUDLARK]),
        ]
    )
    seen: dict[str, Page] = {}
    while ahead and len(seen) < 250:
        address = ahead.popleft()
        if address in seen or "?" in address or address.startswith(("/static/", "/accounts/")):
            continue
        answer = client.get(address)
        if answer.status_code in (301, 302):
            ahead.append(urljoin(address, answer["Location"]))
        here = getattr(getattr(answer.wsgi_request, "thing", None), "here", None)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == 200
        seen[address] = Page(address, answer.content.decode() if is_page and not answer.streaming else "")
        if here is not None and here.slug == MUDLARK:
            ahead += [urldefrag(urljoin(address, link)).url for link in seen[address].links if link.startswith("/")]
    return seen


def _told(text: str, secrets: set[str]) -> list[str]:
    """The secrets that stand in a text, as words of their own."""
    return [
        one for one in secrets for found in [text.find(one)] if found >= 0 and not text[max(found - 1, 0)].isdigit()
    ]


@pytest.mark.parametrize("email", READERS)
def test_no_page_shows_a_figure_about_few_pupils(walked, secrets, email):
    pages = walked[email]
    assert len([page for page in pages.values() if page.html]) > 15
    assert {page.address: told for page in pages.values() if (told := _told(page.html, secrets))} == {}


def test_their_own_leader_reads_them(walked, secrets):
    """A test of what is hidden has something to hide."""
    everything = " ".join(page.html for page in walked[LEADER].values())
    assert len(_told(everything, secrets)) > len(secrets) * 0.8


@pytest.mark.parametrize("email", READERS)
def test_subtraction_gives_nothing_away(world, email):
    measures = Measure.objects.filter(organisation__slug=MUDLARK, counts_pupils=True)
    seen = 0
    for measure in measures:
        answer = world.people[email].client.get(reverse("measure", args=[measure.pk]))
        if answer.status_code == 200:
            for column in _columns(answer.content.decode()):
                seen += 1
                assert [family for family in FAMILIES if _can_be_worked_out(column, family)] == [], (measure, column)
    assert seen > 5


def _columns(html: str) -> list[dict[str, tuple | None]]:
    """Each period of the table as it is read: a group's count and cohort, None where it is hidden."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = []
    for table in tree.iter("table"):
        if "figures" not in table.get("class", ""):
            continue
        for place in range(len(table.findall("thead/tr/th"))):
            column = {}
            for row in table.findall("tbody/tr"):
                words = " ".join("".join(row.findall("td")[place].itertext()).split())
                head = " ".join("".join(row.find("th").itertext()).split())
                if "hidden:" in words:
                    column[head] = None
                elif " pupils" in words:
                    *_, count, _, cohort = words.partition(" pupils")[0].split()
                    column[head] = (int(count) if count.isdigit() else None, int(cohort))
            found.append(column)
    return found


def _can_be_worked_out(column: dict, family: tuple[str, ...]) -> bool:
    """Whether one figure of these comes out by adding and taking away."""
    there = ["All pupils", *[group for group in family if group in column]]
    hidden = [group for group in there if column.get(group) is None]
    if len(there) == len(family) + 1:
        return len(hidden) == 1 and "All pupils" in column
    if hidden or "All pupils" not in column:
        return False
    rest = column["All pupils"][1] - sum(column[group][1] for group in there[1:])
    return len(there) > 1 and 0 < rest < FEW


def test_what_is_frozen_tells_nobody_but_leaders(world, secrets):
    versions = Version.objects.filter(plan__organisation__slug=MUDLARK)
    records = ReviewRecord.objects.filter(review__plan__organisation__slug=MUDLARK)
    assert versions and records
    for version in versions:
        blocks = {block["name"]: block["body"] for block in version.record["blocks"]}
        kept = editions.kept(blocks, editions.Edition.CONFIDENTIAL)
        assert _told(json.dumps(kept, ensure_ascii=False), secrets) == []
    for record in records:
        assert _told(json.dumps(record.record, ensure_ascii=False), secrets) == []


def test_no_paper_shows_them(world, secrets):
    for job in DocumentJob.objects.filter(version__plan__organisation__slug=MUDLARK).order_by("-pk")[:2]:
        documents.make(job.pk)
    for job in ReportJob.objects.filter(record__review__plan__organisation__slug=MUDLARK).order_by("-pk")[:1]:
        reports.make(job.pk)
    papers = [
        *Document.objects.filter(version__plan__organisation__slug=MUDLARK),
        *Report.objects.filter(record__review__plan__organisation__slug=MUDLARK),
    ]
    texts = [pdfs.text_of(bytes(paper.content)) for paper in papers if bytes(paper.content).startswith(b"%PDF")]
    assert texts
    assert [told for text in texts if (told := _told(text, secrets))] == []


def test_no_mail_tells_of_them(world, secrets):
    mails = OutgoingMail.objects.filter(stream=world.organisations[MUDLARK].audit_stream)
    assert mails
    assert [mail for mail in mails if _told(f"{mail.subject} {mail.text} {mail.html}", secrets)] == []


def test_nobody_else_finds_its_measures(world):
    measure = Measure.objects.filter(organisation__slug=MUDLARK).first()
    page = reverse("measure", args=[measure.pk])
    others = [email for email in EVERYONE if email not in (LEADER, *READERS)]
    assert {world.people[email].client.get(page).status_code for email in others} == {404}
