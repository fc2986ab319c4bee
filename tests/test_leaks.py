"""Each demonstration account walks every page that links lead to: what it reads there is its own, and reading changes
nothing.

Each organisation's texts hold marker words that stand nowhere else. A leak shows them where they do not belong.
"""

import subprocess
from collections import Counter
from urllib.parse import urldefrag, urljoin

import html5lib
import pytest
from django.db.models import Q
from django.urls import reverse

from foundation.outbox import OutgoingMail
from governance.models import Organisation, Person, Role, Seat
from monitoring import reports
from monitoring.models import ReportJob, Review
from sip import documents
from sip.models import Amendment, DocumentJob, Objective, Plan
from tests.crawling import linked, name_of, walk
from tests.test_access import NOT, PAGES, SEE, SEES, Found, _wanted
from tests.world import ACCOUNTS, MARKERS, TRUSTS, VISITORS, Someone, picture_of_all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

# Whose words each account may come upon; the accounts that are missing here may read those of their own
# organisations only. A trust's people read their schools; a school's people read what their trust has approved.
READS_ALSO = {
    "ceo@harbour.example": {"quayside-academy", "mudlark-infants"},
    "chair@harbour.example": {"quayside-academy", "mudlark-infants"},
    "trustee@harbour.example": {"quayside-academy", "mudlark-infants"},
    "head@quayside.example": {"harbour-learning-trust"},
    "chair@quayside.example": {"harbour-learning-trust"},
    "clerk@clerking.example": {"harbour-learning-trust"},  # the clerk of Quayside
    "head@mudlark.example": {"harbour-learning-trust"},
    "ceo@birchfold.example": {"hollin-lane-primary"},
    "head@hollin.example": {"birchfold-academies"},
    "left@kestrel.example": set(),
    "admin@site.example": set(),
}
# Who is in the leaders' circle where a plan is being drafted: nobody else reads a word of the draft.
READS_DRAFT = {
    "mudlark-infants": {"head@mudlark.example"},
    "hollin-lane-primary": {"head@hollin.example"},
}
# Who is in the leaders' circle where they are rating: nobody else reads a word of the open review. Whoever leads one
# objective and is no leader reads what is said of that one.
READS_OPEN = {
    "ashdown-primary": {"head@ashdown.example", "deputy@ashdown.example"},
    "quayside-academy": {"head@quayside.example"},
}
LEADS_ONE = {"ashdown-primary": {"teacher@ashdown.example"}}
# Sister schools know nothing of each other, whatever they read of their trust.
SISTERS = {
    "head@quayside.example": "Mudlark",
    "chair@quayside.example": "Mudlark",
    "head@mudlark.example": "Quayside",
}
EVERYONE = [row["email"] for row in ACCOUNTS["accounts"]]


def own_organisations(email: str) -> set[str]:
    row = next(row for row in ACCOUNTS["accounts"] if row["email"] == email)
    rows = [*row.get("roles", ()), *row.get("seats", ())]
    return {slug for slug, words in rows if "until 31 August 2026" not in words}


@pytest.fixture(scope="module")
def walked(world):
    """What each account came upon, and all rows before and after."""
    for slug in MARKERS:  # a paper of each: making them all takes longer than all the rest
        whole = DocumentJob.objects.filter(form="plan", edition="board")
        for job in whole.filter(version__plan__organisation__slug=slug).order_by("-pk")[:1]:
            documents.make(job.pk)
        for job in ReportJob.objects.filter(record__review__plan__organisation__slug=slug).order_by("-pk")[:1]:
            reports.make(job.pk)
    before = picture_of_all_rows()
    found = {email: walk(world.people[email].client) for email in EVERYONE}
    return found, before, picture_of_all_rows()


@pytest.fixture(params=EVERYONE)
def visits(request, walked):
    return request.param, walked[0][request.param]


def test_no_link_leads_nowhere(visits):
    _, found = visits
    wrong = {
        f"{one.address} (from {one.came_from}): {one.status}" for one in found.values() if one.status not in (200, 302)
    }
    assert not wrong


def test_no_fragment_is_missing(visits):
    _, found = visits
    missing = set()
    for one in found.values():
        for link in one.page.links if one.page else ():
            address, fragment = urldefrag(urljoin(one.address, link))
            target = found.get(address)
            if fragment and target and target.page and target.status == 200 and fragment not in target.page.ids:
                missing.add(f"{link} on {one.address}")
    assert not missing


def test_no_words_of_another_organisation(visits):
    email, found = visits
    allowed = own_organisations(email) | READS_ALSO.get(email, set())
    strange = [(word, slug) for slug, words in MARKERS.items() if slug not in allowed for word in words]
    leaks = [
        f"“{word}” of {slug} on {one.address}"
        for one in found.values()
        for word, slug in strange
        if word.casefold() in _words(one).casefold()
    ]
    assert not leaks


def test_the_markers_would_be_found(walked):
    """A test of leaks has something to leak: each organisation's own people come upon its words."""
    found, _, _ = walked
    for slug, words in MARKERS.items():
        readers = [email for email in EVERYONE if slug in own_organisations(email)]
        everything = " ".join(_words(one) for email in readers for one in found[email].values()).casefold()
        assert all(word.casefold() in everything for word in words), slug


def test_no_word_of_a_draft_reaches_anyone_but_the_leaders(walked):
    found, _, _ = walked
    drafts = Plan.objects.filter(state=Plan.State.DRAFTING, organisation__slug__in=MARKERS)
    assert {plan.organisation.slug for plan in drafts} == set(READS_DRAFT)
    for plan in drafts:
        texts = _texts_of_draft(plan)
        assert len(texts) > 5
        for email, pages in found.items():
            read = " ".join(_words(one) for one in pages.values())
            seen = [text for text in texts if text in read]
            if email in READS_DRAFT[plan.organisation.slug]:
                assert set(seen) == set(texts), f"{email} does not find the whole draft"
            else:
                assert seen == [], f"{email} reads the draft of {plan.organisation}"


def _texts_of_draft(plan: Plan) -> list[str]:
    texts = [plan.how_made, plan.how_monitored]
    for objective in plan.objectives.all():
        texts += [action.what for action in objective.actions.all()]
        texts += [criterion.text for criterion in objective.criteria.all()]
    return [" ".join(text.split()) for text in texts if len(text) > 30]


def test_no_word_of_an_open_review_reaches_anyone_but_the_leaders(walked):
    found, _, _ = walked
    reviews = Review.objects.filter(state=Review.State.OPEN, plan__organisation__slug__in=MARKERS)
    assert {review.plan.organisation.slug for review in reviews} == set(READS_OPEN)
    for review in reviews:
        slug, texts = review.plan.organisation.slug, _texts_of_review(review)
        assert len(texts) > 1
        for email, pages in found.items():
            read = " ".join(_words(one) for one in pages.values())
            seen = {text for text in texts if text in read}
            if email in READS_OPEN[slug]:
                assert seen == set(texts), f"{email} does not find the whole review"
            else:
                theirs = _led_by(email, texts) if email in LEADS_ONE.get(slug, ()) else set()
                assert seen == theirs, f"{email} reads the open review of {review.plan.organisation}"


def _texts_of_review(review: Review) -> dict[str, Objective | None]:
    """What leaders have written in it so far, each with the objective that it is said of."""
    texts = {review.narrative: None}
    for rating in review.ratings.select_related("milestone__criterion__objective__lead"):
        texts |= dict.fromkeys((rating.why, rating.next_step), rating.milestone.criterion.objective)
    for said in review.summaries.select_related("objective__lead"):
        texts |= dict.fromkeys((said.words, said.why), said.objective)
    return {" ".join(text.split()): of for text, of in texts.items() if len(text) > 30}


def _led_by(email: str, texts: dict[str, Objective | None]) -> set[str]:
    return {text for text, of in texts.items() if of and of.lead.email == email}


@pytest.mark.parametrize("email", SISTERS)
def test_a_sister_school_is_not_named(walked, email):
    named = [one.address for one in walked[0][email].values() if SISTERS[email] in _words(one)]
    assert named == []


def test_reading_changes_nothing(walked, world):
    _, before, after = walked
    assert after == before
    walk(world.people["head@mudlark.example"].client)
    assert picture_of_all_rows() == before


def test_every_page_that_a_person_may_read_is_reached(visits, world):
    email, found = visits
    someone, reached, missing = world.people[email], linked(found), []
    for name, page in PAGES.items():
        if page.get == NOT or name in ONLY_WHILE | FROM_A_FEW or page.post != NOT and page.get != SEE:
            continue
        for slug in someone.own:
            for thing in page.found(world, slug):
                if thing.thing is None:  # the demonstration has none of it here
                    continue
                address = reverse(name, kwargs=page.words(thing.thing))
                if name in ("current_plan", "progress") and not thing.thing.plans.exists():
                    continue  # the trust's plan, to its schools: there is nothing to read
                if name in OF_A_PLAN_IN_FORCE and not getattr(thing.thing, "plan", thing.thing).is_in_force:
                    continue
                if name == "amendments" and not _sees_an_amendment(thing, someone):
                    continue  # the plan's page leads there once there is one
                if name == "objective_visits" and someone.at(slug) <= VISITORS:
                    continue  # a visit leads an inspector to those of its objective
                if name == "inspections" and slug in TRUSTS:
                    continue  # nobody inspects a trust
                if name == "progress" and someone.at(slug) == {"of a school"}:
                    continue  # only the trust's own people have its menu: its plan leads the others to the year
                if _wanted(page, page.get, someone, thing) == "yes" and address not in reached:
                    missing.append(address)
    assert not missing


def _sees_an_amendment(plan: Found, someone: Someone) -> bool:
    words, states = plan.words_of(someone), Amendment.objects.filter(plan=plan.thing).values_list("state", flat=True)
    return any(words & SEES["amendment"].get(state, set()) for state in states)


# Pages that links lead to only for a while: how a PDF is being made, until it is; the way on to the next milestone,
# while leaders rate; what belongs to a draft, while there is one; versions side by side, where there are two; five
# minutes before a meeting, and its minutes once it has begun.
ONLY_WHILE = {"document_job", "report_job", "bundle_job", "bundle", "rate_next"}
ONLY_WHILE |= {"context", "plan_weight", "compare", "five_minutes", "draft_minutes", "part_two_minutes"}
ONLY_WHILE |= {"readings", "year_paper_job", "amendment_parts"}
# What tells of a plan that is in force: nothing leads there while it is drafted.
OF_A_PLAN_IN_FORCE = {"timeline", "as_it_stood", "visits", "objective_visits"}
# Pages that links lead to from pages of which the walk takes only a few.
FROM_A_FEW = {"action", "agenda_questions", "follow_up"}


def test_html_is_right(walked):
    """Each page of each view once for each kind of person who comes to it: strictly parsed, one h1, a title, lang."""
    tried, wrong = set(), []
    for email, found in walked[0].items():
        for one in found.values():
            kind = (name_of(one.address), tuple(sorted(own_organisations(email)))[:1])
            if one.page is None or one.status != 200 or kind in tried:
                continue
            tried.add(kind)
            wrong += [f"{one.address} of {email}: {fault}" for fault in _faults(one.page.html)]
    assert not wrong


def _faults(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree = parser.parse(html)
    except html5lib.html5parser.ParseError as trouble:
        return [f"{trouble}"]
    faults = []
    if (headings := len(tree.findall(".//h1"))) != 1:
        faults.append(f"{headings} h1")
    if not (tree.findtext("head/title") or "").strip():
        faults.append("no title")
    if tree.get("lang") != "en-GB":
        faults.append("no lang")
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    return faults + [f"id {name} stands {times} times" for name, times in ids.items() if times > 1]


def test_mails_say_nothing_of_what_is_confidential(world):
    mails = OutgoingMail.objects.all()
    assert mails.count() > 20
    for mail in mails:
        text = f"{mail.subject} {mail.text} {mail.html}".casefold()
        assert not [word for words in MARKERS.values() for word in words if word.casefold() in text], mail


def test_mails_went_to_nobody_who_had_left(world):
    places = {one.audit_stream: one for one in Organisation.objects.select_related("trust")}
    for mail in OutgoingMail.objects.exclude(stream="site"):
        place, person = places[mail.stream], Person.objects.get(email=mail.to_address)
        here = [one.pk for one in (place, place.trust) if one]
        still = Q(last_day=None) | Q(last_day__gte=mail.posted_at.date())  # who is yet to come is welcomed before
        roles = Role.objects.filter(still, person=person, organisation__in=here)
        seats = Seat.objects.filter(still, person=person, board__organisations__in=here)
        assert roles.exists() or seats.exists(), f"{mail} to somebody who is nothing at {place}"


def _words(visited) -> str:
    """The words of a page; of a PDF, what a program reads out of it."""
    if visited.page:
        return visited.page.words
    if visited.answer.headers.get("Content-Type") == "application/pdf":
        return pdf_words(b"".join(visited.answer))
    return visited.answer.content.decode("utf-8", "replace") if not visited.answer.streaming else ""


_PDFS: dict[bytes, str] = {}


def pdf_words(content: bytes) -> str:
    if content not in _PDFS:
        told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
        _PDFS[content] = " ".join(told.stdout.decode().split())
    return _PDFS[content]
