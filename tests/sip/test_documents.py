"""A document is asked for once, made once by one worker, stored as it was made, and served as it is stored."""

import threading
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse
from kombu.exceptions import OperationalError as NoBroker

from foundation import clock, pdf, press
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from governance.correcting import correct_decision
from sip import documents, paper, tasks
from sip.models import Document, DocumentJob, Version
from tests import make


@pytest.fixture
def rendered(monkeypatch):
    """Rendering costs nothing here: the bytes name the hash and the stage. Says how often it was done."""
    calls = []

    def render(html):
        calls.append(html)
        return pdf.Rendered(b"%PDF-1.7 of " + str(hash(html)).encode(), f"{abs(hash(html)):064x}"[:64], 14)

    monkeypatch.setattr(pdf, "render", render)
    return calls


@pytest.fixture
def queued(monkeypatch):
    """The numbers that were sent to the worker."""
    sent = []
    monkeypatch.setattr(tasks.make_document, "delay", sent.append)
    return sent


@pytest.fixture
def submitted(ashdown, rendered, queued) -> Version:
    return make.plan(ashdown, state="with the board").latest_version


@pytest.fixture
def job(submitted) -> DocumentJob:
    return submitted.jobs.get()


@pytest.fixture
def decided(ashdown, rendered, queued) -> Version:
    return make.plan(ashdown, state="approved").latest_version


# ---------------------------------------------------------------- asked for


def test_submitting_asks_for_the_document_and_deciding_for_the_next(decided):
    assert [(job.stage, job.state) for job in decided.jobs.all()] == [("submitted", "waiting"), ("decided", "waiting")]


def test_asked_twice_it_is_asked_once(submitted, job):
    assert documents.ask_for(submitted, "submitted") == job
    assert DocumentJob.objects.count() == 1


def test_the_worker_is_told_after_the_commit(submitted, job, queued, django_capture_on_commit_callbacks):
    job.delete()
    with django_capture_on_commit_callbacks(execute=True):
        job = documents.ask_for(submitted, "submitted")
        assert queued == []
    assert queued == [job.pk]


@pytest.mark.parametrize("trouble", [NoBroker("no broker"), ConnectionRefusedError("refused")])
def test_without_a_broker_it_waits_for_the_sweep(submitted, job, monkeypatch, trouble):
    def refuse(number):
        raise trouble

    monkeypatch.setattr(tasks.make_document, "delay", refuse)
    documents.press.tell_worker(job.pk)
    assert documents.sweep() == [job.pk]


# ---------------------------------------------------------------- made


def test_making_adds_the_document_and_marks_the_row(submitted, job):
    assert documents.make(job.pk) is True
    job.refresh_from_db()
    document = submitted.documents.get()
    assert (job.state, job.document, job.tries, job.trouble) == ("done", document, 1, "")
    assert (document.stage, document.pages, bytes(document.content)[:5]) == ("submitted", 14, b"%PDF-")


def test_made_twice_it_is_made_once(submitted, job, rendered):
    assert (documents.make(job.pk), documents.make(job.pk)) == (True, False)
    assert (len(rendered), submitted.documents.count()) == (1, 1)


def test_a_task_for_a_row_that_is_gone_does_nothing(db):
    assert documents.make(4711) is False


def test_the_task_carries_a_number_and_makes_the_document(submitted, job):
    tasks.make_document(job.pk)
    assert submitted.documents.count() == 1


def test_pango_missing_is_said_in_plain_words(submitted, job, monkeypatch, settings):
    monkeypatch.undo()  # the real renderer
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", _Broken())
    documents.make(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.trouble == "PDFs cannot be made here: the Pango library is missing. Tell whoever runs this site."
    assert submitted.documents.count() == 0


class _Broken:
    """A module that cannot find its library, as WeasyPrint without Pango."""

    def __getattr__(self, name):
        raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [(ValueError("a fault"), press.BROKEN), (SoftTimeLimitExceeded(), press.TOO_LONG)],
)
def test_a_renderer_that_fails_or_hangs_leaves_a_row_that_says_so(submitted, job, monkeypatch, trouble, sentence):
    def fail(html):
        raise trouble

    monkeypatch.setattr(pdf, "render", fail)
    assert documents.make(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.trouble, job.document) == ("failed", sentence, None)


def test_what_failed_is_made_when_it_is_asked_for_again(submitted, job):
    DocumentJob.objects.filter(pk=job.pk).update(state="failed", trouble="Something.", tries=1)
    again = documents.ask_for(submitted, "submitted")
    assert (again.pk, again.state, again.trouble) == (job.pk, "waiting", "")
    assert documents.make(job.pk) is True


def test_a_document_that_is_there_is_not_made_again(submitted, job, rendered):
    documents.make(job.pk)
    documents.ask_for(submitted, "submitted")
    assert (documents.make(job.pk), len(rendered)) == (False, 1)


def test_a_record_that_is_corrected_is_printed_anew_and_the_former_document_stays(decided, ashdown):
    job = decided.jobs.get(stage="decided")
    documents.make(job.pk)
    correct_decision(decided.decision, reason="A slip of the pen.", minute_reference="FGB 2", by=ashdown.clerk)
    assert documents.make(job.pk) is True
    job.refresh_from_db()
    assert [one.pk == job.document_id for one in decided.documents.filter(stage="decided")] == [False, True]


def test_the_same_bytes_are_not_kept_twice(decided):
    job = decided.jobs.get(stage="decided")
    for _ in range(2):
        documents.make(job.pk)
        documents.ask_for(decided, "decided")
    documents.make(job.pk)
    assert decided.documents.filter(stage="decided").count() == 1


# ---------------------------------------------------------------- workers that die, and two at once


def test_a_row_whose_worker_died_waits_again_and_is_made_once(submitted, job):
    claimed = clock.machine_now() - press.LEASE - timedelta(seconds=1)
    DocumentJob.objects.filter(pk=job.pk).update(state="working", claimed_at=claimed, tries=1)
    assert documents.make(job.pk) is False
    assert documents.sweep() == [job.pk]
    assert documents.make(job.pk) is True
    assert submitted.documents.count() == 1


def test_a_row_that_a_worker_holds_is_left_to_it(submitted, job):
    DocumentJob.objects.filter(pk=job.pk).update(state="working", claimed_at=clock.machine_now(), tries=1)
    assert (documents.sweep(), documents.make(job.pk)) == ([], False)


def test_a_row_that_killed_three_workers_is_given_up(submitted, job):
    claimed = clock.machine_now() - press.LEASE - timedelta(seconds=1)
    DocumentJob.objects.filter(pk=job.pk).update(state="working", claimed_at=claimed, tries=press.TRIES)
    assert documents.sweep() == []
    job.refresh_from_db()
    assert (job.state, job.trouble) == ("failed", press.WORKER_DIED)


def test_a_worker_that_comes_back_too_late_adds_nothing(submitted, job, monkeypatch):
    real = pdf.render

    def slow(html):
        made = real(html)
        DocumentJob.objects.filter(pk=job.pk).update(state="waiting", claimed_at=None)  # the sweep took it away
        monkeypatch.setattr(pdf, "render", real)
        assert documents.make(job.pk) is True  # and another worker made it
        return made

    monkeypatch.setattr(pdf, "render", slow)
    assert documents.make(job.pk) is False
    assert submitted.documents.count() == 1


def test_the_sweep_queues_what_waits(submitted, job, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.make_document, "apply_async", lambda args, **how: sent.append((args, how)))
    tasks.make_documents()
    assert sent == [((job.pk,), {"expires": 50})]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_document(ashdown, rendered, queued):
    version = make.plan(ashdown, state="with the board").latest_version
    job, made = version.jobs.get(), []

    def work():
        made.append(documents.make(job.pk))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(made), version.documents.count()) == ([False, True], 1)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_makes_it_after_the_commit(ashdown, worker, monkeypatch):
    monkeypatch.setattr(paper, "words", lambda version, stage, edition: {"body": {"title": "Plan"}, "objectives": []})
    version = make.plan(ashdown, state="with the board").latest_version
    until = clock.machine_now() + timedelta(seconds=90)
    job = version.jobs.get()
    while job.state in ("waiting", "working") and clock.machine_now() < until:
        threading.Event().wait(0.1)
        job.refresh_from_db()
    assert (job.state, job.trouble, version.documents.count()) == ("done", "", 1)


# ---------------------------------------------------------------- kept


@pytest.mark.parametrize("change", ["UPDATE {} SET pages = 1 WHERE id = {}", "DELETE FROM {} WHERE id = {}"])
def test_the_database_refuses_to_change_or_delete_a_document(submitted, job, change):
    documents.make(job.pk)
    document = Document.objects.get()
    statement = change.format(Document._meta.db_table, document.pk)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Document.objects.get().pages == 14


# ---------------------------------------------------------------- served


@pytest.fixture
def document(submitted, job) -> Document:
    documents.make(job.pk)
    return Document.objects.get()


def test_the_stored_bytes_are_served_under_a_good_name(client, ashdown, document):
    client.force_login(ashdown.clerk)
    answer = client.get(reverse("document", args=[document.pk]))
    name = "ashdown-primary-plan-2026-27-version-1-as-submitted.pdf"
    assert (answer.status_code, answer.content) == (200, bytes(document.content))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    assert answer["ETag"] == f'"{document.sha256}"'
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_download_is_an_attachment(client, ashdown, document):
    client.force_login(ashdown.clerk)
    answer = client.get(reverse("document", args=[document.pk]), {"download": ""})
    assert answer["Content-Disposition"].startswith("attachment; filename=")


def test_a_browser_that_has_it_is_told_so(client, ashdown, document):
    client.force_login(ashdown.clerk)
    answer = client.get(reverse("document", args=[document.pk]), headers={"if-none-match": f'"{document.sha256}"'})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{document.sha256}"')
    other = client.get(reverse("document", args=[document.pk]), headers={"if-none-match": '"another"'})
    assert other.status_code == 200


@pytest.mark.parametrize("who", ["teacher", "inspector", "left"])
def test_what_is_before_the_board_is_not_there_for_others(client, ashdown, document, who):
    client.force_login(getattr(ashdown, who))
    assert client.get(reverse("document", args=[document.pk])).status_code == 404


def test_another_school_finds_nothing_even_with_the_etag(client, kestrel, document, job):
    client.force_login(kestrel.clerk)
    headers = {"if-none-match": f'"{document.sha256}"'}
    assert client.get(reverse("document", args=[document.pk]), headers=headers).status_code == 404
    assert client.get(reverse("document_job", args=[job.pk])).status_code == 404
    assert client.post(reverse("documents_make", args=[document.version_id]), {"stage": "submitted"}).status_code == 404


# ---------------------------------------------------------------- watched


def told(client, job):
    return client.get(reverse("document_job", args=[job.pk]), headers={"accept": "application/json"}).json()


def test_the_script_hears_how_far_it_is(client, ashdown, submitted, job):
    client.force_login(ashdown.head)
    asked = f"Asked for at {clock.in_london(job.asked_at):%H:%M}."
    nothing = {"done": False, "url": None, "label": None}
    assert told(client, job) == nothing | {"state": "waiting", "words": f"Waiting for its turn. {asked}"}
    DocumentJob.objects.filter(pk=job.pk).update(state="working")
    assert told(client, job) == nothing | {"state": "working", "words": f"Being made. {asked}"}
    DocumentJob.objects.filter(pk=job.pk).update(state="waiting")
    documents.make(job.pk)
    url = reverse("document", args=[submitted.documents.get().pk])
    ready = {"state": "done", "done": True, "words": "Ready: 14 pages.", "url": url, "label": "Open the PDF"}
    assert told(client, job) == ready
    assert client.get(reverse("document_job", args=[job.pk]), {"format": "json"}).json() == ready


def test_the_page_works_without_a_script(client, ashdown, submitted, job):
    client.force_login(ashdown.head)
    page = client.get(reverse("document_job", args=[job.pk]))
    assert page.status_code == 200
    assert f'<a href="{reverse("document_job", args=[job.pk])}">Refresh</a>' in page.text
    documents.make(job.pk)
    page = client.get(reverse("document_job", args=[job.pk]))
    assert reverse("document", args=[submitted.documents.get().pk]) in page.text


def test_what_failed_says_why_and_can_be_made_again(client, ashdown, submitted, job):
    DocumentJob.objects.filter(pk=job.pk).update(state="failed", trouble="It went wrong.")
    client.force_login(ashdown.clerk)
    page = client.get(reverse("document_job", args=[job.pk]))
    assert "It went wrong." in page.text and "Make it again" in page.text
    answer = client.post(reverse("documents_make", args=[submitted.pk]), {"stage": "submitted"})
    job.refresh_from_db()
    assert (answer.status_code, answer["Location"], job.state) == (
        302,
        reverse("document_job", args=[job.pk]),
        "waiting",
    )
    assert AuditEvent.objects.filter(what="make_again").count() == 1


def test_a_governor_sees_that_it_failed_and_who_may_make_it_again(client, ashdown, submitted, job):
    DocumentJob.objects.filter(pk=job.pk).update(state="failed", trouble="It went wrong.")
    client.force_login(ashdown.governor)
    page = client.get(reverse("document_job", args=[job.pk]))
    assert "may make a document of this version again" in page.text
    answer = client.post(reverse("documents_make", args=[submitted.pk]), {"stage": "submitted"})
    assert answer.status_code == 403


def test_a_stage_that_there_is_not_is_not_found(client, ashdown, submitted):
    client.force_login(ashdown.clerk)
    assert client.post(reverse("documents_make", args=[submitted.pk]), {"stage": "minuted"}).status_code == 404
    assert client.post(reverse("documents_make", args=[submitted.pk])).status_code == 404
    assert client.get(reverse("documents_make", args=[submitted.pk])).status_code == 405


def test_nothing_is_printed_as_decided_before_it_is(ashdown, submitted):
    with pytest.raises(Conflict, match="has not decided"):
        documents.make_again(submitted, stage="decided", by=ashdown.clerk)
    with pytest.raises(NotAllowed):
        documents.make_again(submitted, stage="submitted", by=ashdown.governor)
    assert not submitted.jobs.filter(stage="decided").exists()


def test_the_page_of_a_version_lists_its_documents_and_what_is_being_made(client, ashdown, decided):
    documents.make(decided.jobs.get(stage="submitted").pk)
    client.force_login(ashdown.clerk)
    page = client.get(reverse("version", args=[decided.pk]))
    assert "The plan, version 1, as submitted" in page.text
    assert "PDF, waiting for its turn" in page.text
