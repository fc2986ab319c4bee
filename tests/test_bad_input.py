"""Each form of the site, sent with what nobody should send: nothing breaks, nothing slips in, nothing is lost.

The forms are found by walking the site as people who between them may do everything; so a new form is tried without a
line here.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction

from foundation.outbox import OutgoingMail
from governance.models import Board, Meeting, Organisation, Person, Priority, Seat
from monitoring import rating, reports, reviewing
from monitoring.models import Review
from sip import approval, documents, drafting
from sip.models import Action, Milestone, Objective, Plan
from tests.crawling import Box, Form, Reading, Visited, linked, name_of, walk
from tests.test_access import NOT, PAGES
from tests.test_leaks import pdf_words
from tests.world import picture_of_all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

# Who between them comes to every form: each state of a plan, each part that changes something.
WALKERS = (
    "tern.clerk@people.example",
    "tern.head@people.example",
    "tern.chair@people.example",
    "tern.link@people.example",
    "curlew.head@people.example",
    "curlew.clerk@people.example",
    "dunlin.head@people.example",
    "dunlin.clerk@people.example",
    "dunlin.chair@people.example",
    "lapwing.head@people.example",
    "lapwing.clerk@people.example",
    "stint.head@people.example",
    "stint.link@people.example",
    "stint.clerk@people.example",
    "head@hollin.example",
    "clerk@birchfold.example",
    "ceo@birchfold.example",
    "chair@kestrel.example",
    "head@kestrel.example",
    "admin@site.example",
    "deputy@ashdown.example",  # a measure of the open review to be read, a milestone that was handed on
    "teacher@ashdown.example",  # who was asked to rate it
    "head@quayside.example",  # an amendment before the board
    "chair@quayside.example",
)
KEPT_AS_IT_IS = {"csrfmiddlewaretoken", "typed_by", "next"}
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7 }}"
CONTROLS = "a\0b\x07c\x1bd\u202ee\ud800f".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\r\n.g"
STRANGE = ("999999999999999999999", "abc", "\0")


@dataclass
class Found:
    """A form, who came upon it, and on which page."""

    name: str
    who: str
    page: str
    form: Form

    def __str__(self) -> str:
        return f"{self.name} ({self.who} at {self.page})"


@pytest.fixture(scope="module")
def forms(world) -> list[Found]:
    """Every form that changes something, each kind once."""
    found = {}
    for who in WALKERS:
        walked = walk(world.people[who].client)
        for visited in [*walked.values(), *_passed_by(world.people[who].client, walked)]:
            for form in visited.page.forms if visited.page else ():
                name = name_of(form.action)
                kind = (name, frozenset(form.boxes), frozenset(form.buttons))
                if form.method == "post" and not name.startswith("account_"):
                    found.setdefault(kind, Found(name, who, visited.address, form))
    return _a_few_of_each(list(found.values()))


def _passed_by(client, walked: dict[str, Visited]) -> list[Visited]:
    """Pages of views that the walk did not come to, because it goes to a few of many alike."""
    been, passed = {name_of(address) for address in walked}, []
    for address in sorted(linked(walked)):
        if name_of(address) in EXPECTED - been:
            been.add(name_of(address))
            passed += walk(client, address, alone=True).values()
    return passed


def _a_few_of_each(found: list[Found]) -> list[Found]:
    """Forms of one address differ by their number of rows: the smallest and the fullest are tried."""
    by_name: dict[str, list[Found]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    few = []
    for ones in by_name.values():
        ones.sort(key=lambda one: len(one.form.boxes))
        few += [ones[0], ones[-1]] if len(ones) > 1 else ones
    return few


# Forms that stand on a page only for a while, which is not now: tried in the tests of their own pages.
NOT_NOW = {
    "close_plan",  # after the summer review
    "committee_paper_make",  # for a committee that monitors, once a review is with governors
    "condition_met",  # once a plan is approved with conditions
    "documents_make",  # when a document could not be made
    "evidence_file_remove",  # where somebody added a file, as long as the board has not met on it
    "follow_up_again",  # where an action of a meeting was marked as done
    "follow_up_record",  # at a meeting that has begun, until its minutes are signed
    "follow_up_remove",
    "question_record",
    "inspection_record",  # once the day of the inspection is said
    "leave_note",  # for an adviser, once a plan is approved
    "item_paper_remove",  # where a PDF lies before the board, until the minutes are signed
    "no_change",  # from the second review of a year on
    "organisation_invite_clerk",  # while the clerk has no sign-in
    "person_invite",
    "person_withdraw",
    "put_objectives",  # while they are proposed
    "put_amendment",  # until it is on an agenda
    "put_plan",  # until it is on an agenda, which it is everywhere
    "put_strategy",
    "read_on_paper",  # where a member has no sign-in and has not been noted, until the meeting
    "report_make",  # when the last report is made, by the worker, which does not run here
    "resolution_say",  # for trustees, while a resolution in writing is open
    "resolution_sign",
    "review_open",  # in a term whose review has not opened by itself
    "role_end",
    "take_over_visit",  # when everybody who was to go has left the board
    "terms_drop",
}
EXPECTED = {name for name, page in PAGES.items() if page.post != NOT} - NOT_NOW


def test_every_form_that_the_site_has_is_found(forms):
    """A walk that loses its way would try nothing."""
    assert sorted(EXPECTED - {one.name for one in forms}) == []


# ---------------------------------------------------------------- sending


def filled(form: Form) -> dict[str, list[str]]:
    """The form as a person might send it: what stands there, and something that fits where nothing does."""
    return {name: _something(name, box) for name, box in form.boxes.items()}


def _something(name: str, box: Box) -> list[str]:
    if any(box.chosen) or box.kind in ("hidden", "file"):
        return list(box.chosen)
    if box.kind in ("pick", "ticks"):
        return [value for value in box.offered if value][:1]
    for part, words in FITS:
        if part in name:
            return [words]
    return ["Words that fit"]


FITS = (
    ("_day", "16"),
    ("_month", "7"),
    ("_year", "2027"),
    ("email", "new.person@people.example"),
    ("slug", "new-school"),
    ("time", "18:00"),
    ("day", "18 Dec 2026"),
    ("due", "18 Dec 2026"),
    ("when", "18 Dec 2026"),
    ("starts", "1 Dec 2026"),
    ("cost", "100"),
    ("votes", "3"),
    ("number", "3"),
    ("year", "2026"),
)


class Answer:
    """What came of a form that was sent; nothing of it stays."""

    def __init__(self, world, found: Found, data: dict[str, list[str]], *, look: bool = False) -> None:
        client = world.people[found.who].client
        with transaction.atomic():
            before = picture_of_all_rows()
            try:
                answer = client.post(found.form.action, data)
                self.status, self.html = answer.status_code, answer.content.decode("utf-8", "replace")
                if look and self.status == 302:
                    self.html += client.get(answer["Location"]).content.decode("utf-8", "replace")
            except Exception as trouble:  # noqa: BLE001  whatever broke is what the test looks for
                self.status, self.html = f"{type(trouble).__name__}: {trouble}"[:200], ""
            self.has_changed = picture_of_all_rows() != before if isinstance(self.status, int) else False
            self.mails = [mail.html for mail in OutgoingMail.objects.filter(state="waiting")] if look else []
            transaction.set_rollback(True)

    @property
    def is_calm(self) -> bool:
        return self.status in (200, 302, 303, 403, 404, 409, 413, 422)


def _typed(found: Found) -> list[str]:
    return [name for name, box in found.form.boxes.items() if box.kind == "text"]


def send_each(forms, send) -> None:
    """Every form in turn; what was wrong with any of them, in one message."""
    troubles = [f"{found}: {trouble}" for found in forms for trouble in send(found)]
    assert not troubles, "\n".join(troubles)


def test_nothing_typed(world, forms):
    def send(found):
        empty = {
            name: list(box.chosen) if box.kind == "hidden" else [""]
            for name, box in found.form.boxes.items()
            if box.kind != "ticks"
        }
        answer = Answer(world, found, empty)
        if not answer.is_calm:
            yield answer.status
        if answer.status in (404, 422) and answer.has_changed:
            yield f"{answer.status}, and yet rows have changed"

    send_each(forms, send)


@pytest.mark.parametrize("length", [5_000, 1_000_000])
def test_far_too_much_typed(world, forms, length):
    """Refused with what was typed, or taken whole; a million characters in one box, five thousand in all."""

    def send(found):
        names = _typed(found)
        boxes = [names] if length == 5_000 else [[name] for name in names if found.form.boxes[name].is_long][:2]
        for some in boxes:
            much = {name: ["palaver " * (length // 8)] for name in some}
            answer = Answer(world, found, filled(found.form) | much)
            if not answer.is_calm:
                yield answer.status
            if answer.status == 422:
                yield from _lost(found, answer, {name: values[0] for name, values in much.items()})

    send_each([found for found in forms if _typed(found)], send)


def test_markup_stays_words(world, forms):
    taken = []

    def send(found):
        data = filled(found.form) | {name: [SCRIPT] for name in _typed(found)}
        for name in _typed(found):  # days, times and numbers are refused: those keep what fits, to let the rest in
            if found.form.boxes[name].is_long or not _is_exact(name):
                continue
            data[name] = _something(name, found.form.boxes[name])
        answer = Answer(world, found, data, look=True)
        taken.append(answer.status == 302)
        if not answer.is_calm:
            yield answer.status
        for html in (answer.html, *answer.mails):
            if "<script>alert(1)" in html or "<img src=x" in html:
                yield "markup comes out as markup"
        if answer.status == 422:
            yield from _lost(found, answer, {name: values[0] for name, values in data.items() if values == [SCRIPT]})

    send_each([found for found in forms if _typed(found)], send)
    assert sum(taken) > len(taken) / 3, "hardly any form was taken: the test tried little"


def _is_exact(name: str) -> bool:
    return any(part in name for part, _ in FITS)


def test_invisible_characters(world, forms):
    def send(found):
        answer = Answer(world, found, filled(found.form) | {name: [CONTROLS] for name in _typed(found)}, look=True)
        if not answer.is_calm:
            yield answer.status
        if "\0" in answer.html or "\x1b" in answer.html:
            yield "control characters come back"

    send_each([found for found in forms if _typed(found)], send)


# ---------------------------------------------------------------- what is not theirs


@pytest.fixture(scope="module")
def of_others(world) -> dict[str, list[str]]:
    """Keys of rows that stand in the demonstration's Ashdown and Harbour, by kind."""
    theirs = Organisation.objects.filter(slug__in=("ashdown-primary", "harbour-learning-trust"))
    rows = {
        "people": Person.objects.filter(roles__organisation__in=theirs),
        "boards": Board.objects.filter(organisations__in=theirs),
        "seats": Seat.objects.filter(board__organisations__in=theirs),
        "priorities": Priority.objects.filter(strategy__organisation__in=theirs),
        "meetings": Meeting.objects.filter(board__organisations__in=theirs),
        "objectives": Objective.objects.filter(plan__organisation__in=theirs),
        "actions": Action.objects.filter(objective__plan__organisation__in=theirs),
        "milestones": Milestone.objects.filter(criterion__objective__plan__organisation__in=theirs),
    }
    return {kind: [str(pk) for pk in found.values_list("pk", flat=True)[:40]] for kind, found in rows.items()}


def test_a_choice_that_was_not_offered(world, forms, of_others):
    """Each choice replaced by rows of another organisation and by nonsense: refused, and nothing has changed."""

    def send(found):
        for name, box in _one_of_each_sort(found):
            if box.kind not in ("pick", "ticks") or box.offered == ["on"]:  # a tick of its own means yes
                continue
            for value in _not_offered(box, of_others):
                answer = Answer(world, found, filled(found.form) | {name: [value]})
                if answer.status not in (404, 409, 422):
                    yield f"{name}={value!r}: {answer.status}"
                elif answer.has_changed:
                    yield f"{name}={value!r}: {answer.status}, and yet rows have changed"

    send_each(forms, send)


def _one_of_each_sort(found: Found):
    """The boxes of a form whose rows have each the same: those of the first row."""
    sorts = {re.sub(r"\d+", "#", name): (name, box) for name, box in reversed(found.form.boxes.items())}
    return list(sorts.values())


def _not_offered(box: Box, of_others: dict[str, list[str]]) -> list[str]:
    foreign = [next((key for key in keys if key not in box.offered), None) for keys in of_others.values()]
    return [*{key for key in foreign if key}, *STRANGE]


def test_a_hidden_row_that_is_not_on_the_form(world, forms, of_others):
    """The keys that a form carries unseen: replaced by those of another organisation."""

    def send(found):
        for name, box in _one_of_each_sort(found):
            if box.kind != "hidden" or name in KEPT_AS_IT_IS:
                continue
            for value in _not_offered(box, of_others):
                answer = Answer(world, found, filled(found.form) | {name: [value]})
                if not answer.is_calm:
                    yield f"{name}={value!r}: {answer.status}"
                elif answer.has_changed and answer.status in (404, 422):
                    yield f"{name}={value!r}: {answer.status}, and yet rows have changed"

    send_each(forms, send)


def test_a_button_that_is_not_there(world, forms):
    """A button's value decides what is done: an unknown one does nothing."""

    def send(found):
        for name in {name for name, _ in found.form.buttons} - KEPT_AS_IT_IS:
            for value in ("nonsense", "-1", "\0", "999999999999999999999"):
                answer = Answer(world, found, filled(found.form) | {name: [value]})
                if not answer.is_calm:
                    yield f"{name}={value!r}: {answer.status}"

    send_each(forms, send)


def test_a_query_that_no_link_has(world):
    """What stands behind the question mark of an address, replaced by nonsense: never an error page."""
    wrong = []
    for who in (
        "tern.clerk@people.example",
        "tern.chair@people.example",
        "dunlin.head@people.example",
        "lapwing.head@people.example",
        "stint.link@people.example",
    ):
        client = world.people[who].client
        asked = {re.sub(r"\d+", "#", one): urlsplit(one) for one in walk(client) if "?" in one}
        for address in asked.values():
            for name, _ in parse_qsl(address.query, keep_blank_values=True):
                for value in ("", "-1", "99999999999999999999", "abc", "\0", "٣", "' OR '1'='1"):
                    try:
                        status = client.get(address.path, {name: value}).status_code
                    except Exception as trouble:  # noqa: BLE001  whatever broke is what the test looks for
                        status = f"{trouble}"
                    answers = {200, 302, 404} | ({422} if name == "day" else set())  # a form, with what is wrong
                    if status not in answers:
                        wrong.append(f"{address.path} with {name}={value!r}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("year", ["2000-01", "2099-00", "2026-28", "1999-00"])
def test_a_year_at_the_end_of_the_calendar(world, year):
    for part in ("plan", "terms"):
        answer = world.people["tern.clerk@people.example"].client.get(f"/organisations/tern-primary/{part}/{year}/")
        assert answer.status_code in (200, 404)


# ---------------------------------------------------------------- on paper and by mail


def test_markup_stays_words_on_paper_and_in_mail(world):
    plan = Plan.objects.get(organisation=world.curlew.school)
    head = world.curlew.head
    Person.objects.filter(pk=head.person_id).update(name="<script>alert(1)</script> Head")
    evil = f'{SCRIPT} <img src="file:///etc/passwd"> <link rel="attachment" href="file:///etc/passwd">'
    for objective in Objective.objects.filter(plan=plan):
        actions = [{"what": evil, "outcome": evil, "heading": SCRIPT}]
        drafting.save_objective(objective, revision=objective.revision, actions=actions, criteria=[], by=head)
    version = approval.submit_plan(plan, by=type(head).objects.get(pk=head.pk))
    mails = OutgoingMail.objects.filter(key__startswith=f"plan_submitted:{plan.pk}:")
    assert mails and all(
        "<script>alert(1)" not in mail.html and "&lt;script&gt;alert(1)" in mail.html for mail in mails
    )
    assert documents.make(version.jobs.get().pk)
    document = version.documents.get()
    paper = pdf_words(bytes(document.content)).replace(" ", "")
    assert "<script>alert(1)</script>" in paper and "file:///etc/passwd" in paper
    assert b"/EmbeddedFile" not in bytes(document.content) and "root:x:0" not in paper


def test_markup_stays_words_in_the_termly_report_and_its_mail(world):
    head, review = world.lapwing.head, Review.objects.get(plan__organisation=world.lapwing.school)
    milestone = reviewing.milestones_due(review).first()
    was = review.ratings.get(milestone=milestone).revision
    words = {"why": SCRIPT, "next_step": SCRIPT, "next_by": date(2027, 1, 15), "evidence": []}
    rating.rate(review, milestone=milestone, revision=was, mark="red", by=head, **words)
    evil = f'{SCRIPT} <link rel="attachment" href="file:///etc/passwd">'
    reviewing.write_narrative(review, revision=review.revision, narrative=evil, by=head)
    rating.sum_up(review, objective=milestone.criterion.objective, revision=0, words=evil, mark="", why="", by=head)
    record = reviewing.send_review(review, by=head)
    mails = OutgoingMail.objects.filter(key__startswith="review_sent:", state="waiting")
    assert mails and not any("alert(1)" in mail.text + mail.html for mail in mails)
    report = reports.make(record.job.pk) and record.reports.get()
    paper = pdf_words(bytes(report.content)).replace(" ", "")
    assert "<script>alert(1)</script>" in paper and "file:///etc/passwd" in paper
    assert b"/EmbeddedFile" not in bytes(report.content) and "root:x:0" not in paper


# ---------------------------------------------------------------- what was typed is kept


def _lost(found: Found, answer: Answer, typed: dict[str, str]) -> list[str]:
    """The boxes of the refused form that do not hold what was typed into them."""
    page = Reading(found.page, answer.html)
    boxes = next((form.boxes for form in page.forms if set(form.boxes) >= set(typed)), None)
    if boxes is None:
        return ["422 without the form"]
    return [f"{name} has lost what was typed" for name, words in typed.items() if not _holds(boxes[name], words)]


def _holds(box: Box, words: str) -> bool:
    """The box holds the words; a box for a day or a number holds the first of them."""
    held = (box.chosen or [""])[0].strip()
    wanted = words.strip()
    return held == wanted or (30 <= len(held) <= 200 and wanted.startswith(held))
