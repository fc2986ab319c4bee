"""The papers of the year: frozen as of one moment, made once, read by whoever may; the committee's of four pages at
most; the report of a visit; all papers of a meeting in one place."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from foundation import clock, frozen
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from governance.models import AgendaItem, Meeting
from monitoring import bundles, committee_paper, meeting_papers, papers, tasks, visit_reports
from monitoring.models import Bundle, FrozenPaper, PaperJob, PrintedPaper, Review, Visit
from sip import asking
from tests import make
from tests.monitoring import visits
from tests.monitoring.test_report_paper import QUESTION, RED, measure, milestone, objective, view
from tests.monitoring.test_report_paper import blocks as review_blocks
from tests.pdfs import faults_of, info_of, pages_of, text_of


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    for task in (tasks.make_paper, tasks.make_bundle, tasks.make_report):
        monkeypatch.setattr(task, "delay", lambda number: None)


@pytest.fixture
def sent(ashdown) -> Review:
    """With governors; the committee monitors the first objective."""
    review = make.review(ashdown, state="with governors")
    first = review.plan.objectives.first()
    review.plan.objectives.filter(pk=first.pk).update(monitor_board=ashdown.committee, monitor_seat=None)
    return review


@pytest.fixture
def committees(ashdown) -> Meeting:
    """A meeting of the committee with one item."""
    made = make.meeting(ashdown.committee, day=date(2026, 12, 8), by=ashdown.clerk)
    AgendaItem.objects.create(meeting=made, position=1, title="Progress")
    return made


def _ask(review: Review, meeting: Meeting, by) -> PaperJob:
    return papers.ask_for("committee", plan=review.plan, board=meeting.board, meeting=meeting, by=by)


def _text(job: PaperJob) -> str:
    assert papers.make(job.pk)
    job.refresh_from_db()
    content = bytes(job.document.content)
    assert faults_of(content) == []
    return text_of(content)


# ---------------------------------------------------------------- frozen


def test_the_committee_reads_what_it_monitors_and_nothing_else(sent, committees, ashdown):
    one, *others = sent.plan.objectives.all()
    asking.ask(sent.plan, text="How many pupils?", needs_answer=True, objective=one, by=ashdown.link)
    asking.ask(sent.plan, text="And the roof?", needs_answer=True, by=ashdown.link)
    text = _text(_ask(sent, committees, ashdown.clerk))
    for words in (
        "Standards committee",
        "Committee paper",
        one.title,
        "How many pupils?",
        "for the meeting of 8 December",
    ):
        assert words in text, words
    assert "And the roof?" not in text
    assert [other.title for other in others if other.title in text] == []


def test_asked_twice_with_nothing_changed_the_same_paper_answers(sent, committees, ashdown):
    first = _ask(sent, committees, ashdown.clerk)
    assert _ask(sent, committees, ashdown.head).pk == first.pk
    assert FrozenPaper.objects.count() == 1
    asking.ask(sent.plan, text="Why?", needs_answer=True, objective=sent.plan.objectives.first(), by=ashdown.link)
    assert _ask(sent, committees, ashdown.clerk).pk != first.pk
    assert AuditEvent.objects.filter(what="make_paper").count() == 3


def test_what_changes_after_it_was_asked_for_does_not_change_it(sent, committees, ashdown):
    job = _ask(sent, committees, ashdown.clerk)
    sent.plan.objectives.update(title="Another title altogether")
    assert "Another title altogether" not in _text(job)
    assert papers.verify() == []


def test_an_objective_that_nobody_on_the_committee_monitors_gives_no_paper(sent, committees, ashdown):
    sent.plan.objectives.update(monitor_board=None)
    assert committee_paper.plan_for(ashdown.committee) is None
    with pytest.raises(Conflict, match="monitors no"):
        _ask(sent, committees, ashdown.clerk)
    assert not FrozenPaper.objects.exists()


def test_a_governor_does_not_make_it(sent, committees, ashdown):
    with pytest.raises(NotAllowed, match="may make the committee’s paper"):
        _ask(sent, committees, ashdown.governor)
    assert not FrozenPaper.objects.exists()


def test_a_paper_that_was_tampered_with_is_named(sent, committees, ashdown, capsys, monkeypatch):
    paper = _ask(sent, committees, ashdown.clerk).paper
    assert call_command("verify_versions") is None
    monkeypatch.setattr(frozen, "hash_of", lambda record: "0" * 64)
    with pytest.raises(SystemExit):
        call_command("verify_versions")
    assert f"{paper} of Ashdown Primary: its content no longer gives the hash" in capsys.readouterr().err


def test_the_page_makes_it_and_serves_it(sent, committees, ashdown, client):
    client.force_login(ashdown.clerk)
    answer = client.post(reverse("committee_paper_make", args=[committees.pk]))
    job = PaperJob.objects.get()
    assert answer.url == reverse("year_paper_job", args=[job.pk])
    assert "Waiting for its turn" in client.get(answer.url).content.decode()
    papers.make(job.pk)
    printed = PrintedPaper.objects.get()
    assert client.post(reverse("committee_paper_make", args=[committees.pk])).url == reverse(
        "year_paper", args=[printed.pk]
    )
    served = client.get(reverse("year_paper", args=[printed.pk]) + "?download")
    assert served.headers["Content-Disposition"].startswith('attachment; filename="ashdown-primary-committee-2026-27')
    assert served.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("reader", "reads", "makes"),
    [
        ("committee_member", 200, 403),
        ("governor", 200, 403),
        ("deputy", 200, 302),
        ("teacher", 404, 404),
        ("adviser", 404, 404),
        ("inspector", 404, 404),
    ],
)
def test_who_reads_a_committees_paper_and_who_makes_it(sent, committees, ashdown, client, reader, reads, makes):
    papers.make(_ask(sent, committees, ashdown.clerk).pk)
    client.force_login(getattr(ashdown, reader))
    assert client.get(reverse("year_paper", args=[PrintedPaper.objects.get().pk])).status_code == reads
    assert client.get(reverse("year_paper_job", args=[PaperJob.objects.get().pk])).status_code == reads
    assert client.post(reverse("committee_paper_make", args=[committees.pk])).status_code == makes


def test_a_board_of_two_schools_finds_it_once(sent, committees, ashdown, kestrel):
    paper = _ask(sent, committees, ashdown.head).paper
    ashdown.board.organisations.add(kestrel.school)
    for user in (ashdown.clerk, ashdown.chair, ashdown.committee_member):
        assert FrozenPaper.objects.visible_to(user).get() == paper


def test_another_school_finds_nothing(sent, committees, ashdown, kestrel, client):
    papers.make(_ask(sent, committees, ashdown.clerk).pk)
    client.force_login(kestrel.head)
    for name, pk in (("year_paper", PrintedPaper.objects.get().pk), ("year_paper_job", PaperJob.objects.get().pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("committee_paper_make", args=[committees.pk])).status_code == 404


def test_a_kind_that_is_none_answers_404_and_a_full_board_has_none(sent, ashdown, client):
    client.force_login(ashdown.clerk)
    for kind in ("visit", "committee", "nothing"):
        assert client.post(reverse("year_paper_make", args=[sent.plan_id, kind])).status_code == 404
    whole = make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    answer = client.post(reverse("committee_paper_make", args=[whole.pk]))
    assert (answer.status_code, "reads the termly report" in answer.content.decode()) == (409, True)


# ---------------------------------------------------------------- four pages


LONG = "Because the roof leaks in every room of the school and the barn. " * 30


def _frozen(plan, board, by, content: dict) -> FrozenPaper:
    which = {"kind": "committee", "name": "Committee paper", "organisation": "Ashdown Primary School"}
    which |= {"plan": "School improvement plan", "year": "2026/27", "board": "Standards committee"}
    which |= {"meeting": "Standards committee, 8 December 2026", "meets_on": "2026-12-08"}
    around = {"visits": [], "notes": [], "stopped": [], "slice": {"of": 8, "mine": 8}}
    sealed = frozen.seal({"paper": which} | content | around)
    words = {"content": frozen.canonical(sealed), "hash": frozen.hash_of(sealed), "frozen_by": by.person}
    return FrozenPaper(kind="committee", plan=plan, board=board, frozen_at=clock.now(), **words)


def _heavy(objectives: int, milestones: int, text: str) -> dict:
    rows = [
        milestone("red" if place % 3 else "green", text[:200], why=text[:390], **RED) for place in range(milestones)
    ]
    said = {"words": text, "view": view("sees it differently", mark="red", why=text)}
    many = [objective(number, *rows, measures=[measure()] * 3, **said) for number in range(1, objectives + 1)]
    asked = [QUESTION | {"text": text[:600], "objective_id": 1}] * 20
    return review_blocks(*many, questions=asked)


@pytest.mark.parametrize(
    ("objectives", "milestones", "left_out"),
    [
        (1, 2, ""),
        (8, 30, "what leaders and monitors say of each objective"),
        (3, 12, "Left out, to keep to four pages"),
    ],
)
def test_it_keeps_to_four_pages_whatever_the_size_and_says_what_is_left_out(ashdown, objectives, milestones, left_out):
    text = LONG if left_out else "A good term."
    plan = make.plan(ashdown, state="approved")
    made = papers.print_of(_frozen(plan, ashdown.committee, ashdown.clerk, _heavy(objectives, milestones, text)))
    assert made.pages <= committee_paper.PAGES
    assert faults_of(made.content) == []
    assert (
        info_of(made.content)["Title"]
        == "Committee paper, Standards committee, 8 December 2026, Ashdown Primary School"
    )
    said = text_of(made.content)
    assert left_out in said
    assert ("All of it stands in the termly report." in said) == bool(left_out)


# ---------------------------------------------------------------- the report of a visit


@pytest.fixture
def shared(ashdown) -> Visit:
    with visits.on(visits.TODAY):
        return visits.visit(ashdown, state="shared")


def _print(visit: Visit, by) -> PaperJob:
    return papers.ask_for("visit", plan=visit.plan, visit=visit, by=by)


def test_a_report_keeps_what_was_seen_heard_and_read_apart(shared, ashdown):
    job = _print(shared, ashdown.clerk)
    text = _text(job)
    for words in (
        "How the hedgehogs read",
        "What I saw Two groups of hedgehogs.",
        "What I heard They like it.",
        "Nothing stands under what I read.",
        "Who reads with the slowest?",
        "Send the list Reading lead 15 Jan 2027",
        "Facts checked by",
        "Year 2, not Year 1.",
        "they go to the designated lead at once",
    ):
        assert words in text, words
    assert job.document.pages <= 2


def test_a_report_is_printed_only_when_it_is_before_the_board(ashdown, client):
    with visits.on(visits.TODAY):
        checking = visits.visit(ashdown, state="checking")
        client.force_login(ashdown.clerk)
        answer = client.post(reverse("visit_paper_make", args=[checking.pk]))
    assert (answer.status_code, "not before the board yet" in answer.content.decode()) == (409, True)
    assert not FrozenPaper.objects.exists()


@pytest.mark.parametrize(
    ("reader", "status"), [("governor", 200), ("deputy", 200), ("committee_member", 200), ("teacher", 404)]
)
def test_whoever_may_read_the_report_reads_its_pdf(shared, ashdown, client, reader, status):
    papers.make(_print(shared, ashdown.clerk).pk)
    client.force_login(getattr(ashdown, reader))
    assert client.get(reverse("year_paper", args=[PrintedPaper.objects.get().pk])).status_code == status


@pytest.fixture
def secret(ashdown) -> Visit:
    """A confidential report before the board."""
    with visits.on(visits.TODAY):
        made = visits.visit(ashdown)
        visits.write(made, ashdown, is_confidential=True)
        visit_reports.hand_report(made, by=ashdown.link)
        visit_reports.check_report(made, comment="", by=ashdown.deputy)
    return made


def test_a_confidential_report_says_so_and_is_closed_to_others(secret, ashdown, client):
    assert "Confidential (part II)" in _text(_print(secret, ashdown.clerk))
    for reader, status in (("committee_member", 404), ("governor", 200)):
        client.force_login(getattr(ashdown, reader))
        assert client.get(reverse("year_paper", args=[PrintedPaper.objects.get().pk])).status_code == status, reader


def test_nothing_of_a_confidential_visit_comes_into_a_review(secret, ashdown):
    from monitoring import records_around

    review = make.review(ashdown, plan_=secret.plan, state="open")
    said = frozen.canonical({"q": records_around.questions(review, None), "v": records_around.visits(review, None)})
    assert "hedgehogs" not in said and "Who reads with the slowest?" not in said


# ---------------------------------------------------------------- a meeting's papers


@pytest.fixture
def meeting(ashdown) -> Meeting:
    made = make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    AgendaItem.objects.create(meeting=made, position=1, title="Apologies")
    return made


def _bound(meeting: Meeting, by, part: str = "one") -> list[str]:
    job = bundles.make_papers(meeting, part=part, by=by)
    bundles.make(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.trouble
    return pages_of(bytes(job.document.content))


def test_one_click_makes_what_is_missing_and_binds_it(shared, meeting, ashdown):
    pages = _bound(meeting, ashdown.clerk)
    assert "Further papers" in pages[0] and "Visit report, 3 December: How the hedgehogs read" in pages[0]
    assert any("What I saw" in page for page in pages)
    _bound(meeting, ashdown.clerk)
    assert (FrozenPaper.objects.count(), PrintedPaper.objects.count()) == (1, 1)


def test_a_confidential_report_is_bound_into_part_two_alone(secret, meeting, ashdown, client):
    assert not any("hedgehogs" in page for page in _bound(meeting, ashdown.clerk))
    assert any("What I saw" in page for page in _bound(meeting, ashdown.clerk, "two"))
    two = Bundle.objects.get(part="two")
    for reader, status in (("associate", 404), ("governor", 200)):
        client.force_login(getattr(ashdown, reader))
        assert client.get(reverse("bundle", args=[two.pk])).status_code == status, reader
        words = client.get(reverse("bundles", args=[meeting.pk])).content.decode()
        assert ("hedgehogs" in words) == (status == 200), reader


def test_a_visit_shared_before_the_last_meeting_is_not_among_its_papers(shared, meeting, ashdown):
    assert list(meeting_papers.visits_of(meeting)) == [shared]
    between = make.meeting(ashdown.board, day=date(2026, 12, 8), by=ashdown.clerk)
    Meeting.objects.filter(pk=between.pk).update(state="held")
    assert list(meeting_papers.visits_of(meeting)) == []


def test_the_committees_papers_hold_its_own_paper(sent, committees, ashdown):
    assert any("Committee paper" in page for page in _bound(committees, ashdown.clerk))


def test_the_shelf_asks_as_much_for_three_papers_as_for_one(
    shared, meeting, ashdown, client, django_assert_num_queries
):
    papers.make(_print(shared, ashdown.clerk).pk)
    client.force_login(ashdown.clerk)
    client.get(reverse("bundles", args=[meeting.pk]))
    with django_assert_num_queries(SHELF):
        assert b"How the hedgehogs read" in client.get(reverse("bundles", args=[meeting.pk])).content
    with visits.on(visits.TODAY):
        for _ in range(2):
            visits.visit(ashdown, state="shared", of=shared.plan)
    for visit in Visit.objects.all():
        papers.make(_print(visit, ashdown.clerk).pk)
    with django_assert_num_queries(SHELF):
        client.get(reverse("bundles", args=[meeting.pk]))


SHELF = 30
