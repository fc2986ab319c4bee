"""A termly report is asked for once, made once, stored as it was made, and served to whoever sees its record."""

import json
import threading
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse
from kombu.exceptions import OperationalError as NoBroker

from config.celery import app
from foundation import clock, frozen, pdf, press
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from monitoring import paper, records, reports, reviewing, tasks, viewing
from monitoring.models import Report, ReportJob, Review, ReviewRecord
from tests import make
from tests.pdfs import faults_of, info_of, text_of


@pytest.fixture
def rendered(monkeypatch):
    """Rendering costs nothing here: the bytes name the page's hash. Says how often it was done."""
    calls = []

    def render(html):
        calls.append(html)
        return pdf.Rendered(b"%PDF-1.7 of " + str(hash(html)).encode(), f"{abs(hash(html)):064x}"[:64], 5)

    monkeypatch.setattr(pdf, "render", render)
    return calls


@pytest.fixture
def queued(monkeypatch):
    """The numbers that were sent to the worker."""
    sent = []
    monkeypatch.setattr(tasks.make_report, "delay", sent.append)
    return sent


@pytest.fixture
def sent(ashdown, rendered, queued) -> Review:
    return make.review(ashdown, state="with governors")


@pytest.fixture
def job(sent) -> ReportJob:
    return ReportJob.objects.get(record__review=sent)


@pytest.fixture
def received(ashdown, rendered, queued) -> Review:
    return make.review(ashdown, state="received")


def _agree(review: Review, ashdown) -> None:
    objective = review.plan.objectives.get()
    viewing.give_view(review, objective=objective, revision=0, stance="agrees", why="I saw it.", by=ashdown.link)


# ---------------------------------------------------------------- asked for


def test_sending_asks_for_the_report_and_receiving_for_the_next(received):
    jobs = ReportJob.objects.filter(record__review=received)
    assert [(job.record.stage, job.state) for job in jobs] == [("sent", "waiting"), ("received", "waiting")]


def test_the_worker_is_told_after_the_commit(sent, job, queued, django_capture_on_commit_callbacks):
    job.delete()
    with django_capture_on_commit_callbacks(execute=True):
        job = reports.ask_for(sent.records.get())
        assert queued == []
    assert queued == [job.pk]


@pytest.mark.parametrize("trouble", [NoBroker("no broker"), ConnectionRefusedError("refused")])
def test_without_a_broker_it_waits_for_the_sweep(job, monkeypatch, trouble):
    def refuse(number):
        raise trouble

    monkeypatch.setattr(tasks.make_report, "delay", refuse)
    reports.press.tell_worker(job.pk)
    assert reports.sweep() == [job.pk]


def test_a_report_of_an_open_review_is_refused(ashdown, queued):
    review = make.review(ashdown)
    with pytest.raises(Conflict, match="is not with governors yet"):
        reports.make_report(review, by=ashdown.clerk)
    assert ReviewRecord.objects.count() == 0


def test_where_nothing_changed_the_record_that_is_there_is_printed(sent, job, ashdown):
    assert reports.make_report(sent, by=ashdown.clerk) == job
    assert sent.records.count() == 1


def test_with_a_view_since_then_the_review_is_frozen_as_it_stands(sent, job, ashdown):
    _agree(sent, ashdown)
    asked = reports.make_report(sent, by=ashdown.clerk)
    again = reports.make_report(sent, by=ashdown.clerk)
    assert (asked.record.number, asked.record.stage, again) == (2, "standing", asked)
    assert records.blocks_of(asked.record) == records.content_of(sent)


def test_of_a_received_review_it_is_always_the_record_of_the_receipt(received, ashdown):
    objective = received.plan.objectives.get()
    objective.title = "Something else since then"
    objective.save(update_fields=["title"])
    asked = reports.make_report(received, by=ashdown.clerk)
    assert (asked.record.stage, received.records.count()) == ("received", 2)


def test_of_last_term_it_is_made_as_well(received, ashdown, rendered):
    with clock.standing_at(clock.local(received.plan.organisation.terms_of(2026)[1].starts)):
        spring = make.review(ashdown, state="with governors", plan_=received.plan, term="spring")
        asked = reports.make_report(received, by=ashdown.clerk)
    assert reports.make(asked.pk) is True
    assert "Termly report, autumn 2026" in rendered[-1]
    assert reports.make(spring.records.get().job.pk) is True
    assert "Termly report, spring 2027" in rendered[-1]


# ---------------------------------------------------------------- made


def test_making_adds_the_report_and_marks_the_row(sent, job):
    assert (reports.make(job.pk), reports.make(job.pk)) == (True, False)
    job.refresh_from_db()
    report = job.record.reports.get()
    assert (job.state, job.document, job.tries, job.trouble) == ("done", report, 1, "")
    assert (report.pages, bytes(report.content)[:5]) == (5, b"%PDF-")


def test_the_tasks_carry_a_number_and_the_sweep_queues_what_waits(job, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.make_report, "apply_async", lambda args, **how: queued.append((args, how)))
    tasks.make_reports()
    assert queued == [((job.pk,), {"expires": 50})]
    tasks.make_report(job.pk)
    assert Report.objects.count() == 1
    assert "monitoring.tasks.make_reports" in [row["task"] for row in app.conf.beat_schedule.values()]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (ValueError("a fault"), press.BROKEN),
        (SoftTimeLimitExceeded(), press.TOO_LONG),
        (pdf.CannotRender(pdf._NO_PANGO), pdf._NO_PANGO),
    ],
)
def test_what_cannot_be_made_says_why_and_asking_again_makes_it(sent, job, ashdown, monkeypatch, trouble, sentence):
    def fail(html):
        raise trouble

    render = pdf.render
    monkeypatch.setattr(pdf, "render", fail)
    assert reports.make(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.trouble, job.document) == ("failed", sentence, None)
    monkeypatch.setattr(pdf, "render", render)
    again = reports.make_report(sent, by=ashdown.clerk)
    assert (again.pk, again.state, again.trouble) == (job.pk, "waiting", "")
    assert reports.make(job.pk) is True


def test_a_row_whose_worker_was_killed_waits_again_and_is_made_once(job):
    claimed = clock.machine_now() - press.LEASE - timedelta(seconds=1)
    ReportJob.objects.filter(pk=job.pk).update(state="working", claimed_at=claimed, tries=1)
    assert reports.make(job.pk) is False
    assert reports.sweep() == [job.pk]
    assert (reports.make(job.pk), Report.objects.count()) == (True, 1)


def test_a_row_that_killed_three_workers_is_given_up(job):
    claimed = clock.machine_now() - press.LEASE - timedelta(seconds=1)
    ReportJob.objects.filter(pk=job.pk).update(state="working", claimed_at=claimed, tries=press.TRIES)
    assert reports.sweep() == []
    job.refresh_from_db()
    assert (job.state, job.trouble) == ("failed", press.WORKER_DIED)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_report(ashdown, rendered, queued):
    job, made = make.review(ashdown, state="with governors").records.get().job, []

    def work():
        made.append(reports.make(job.pk))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(made), Report.objects.count()) == ([False, True], 1)


@pytest.mark.parametrize("change", ["UPDATE {} SET pages = 1 WHERE id = {}", "DELETE FROM {} WHERE id = {}"])
def test_the_database_refuses_to_change_or_delete_a_report(job, change):
    reports.make(job.pk)
    report = Report.objects.get()
    statement = change.format(Report._meta.db_table, report.pk)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Report.objects.get().pages == 5


# ---------------------------------------------------------------- what stands in it


def test_the_report_of_a_received_review_stays_whatever_changes_afterwards(ashdown, queued):
    review = make.review(ashdown, state="received")
    record = review.records.get(stage="received")
    before = paper.words(record)
    plan = review.plan
    plan.objectives.update(title="Another title")
    plan.organisation.name = "Another name"
    plan.organisation.save(update_fields=["name"])
    review.ratings.update(mark="red", why="Worse", next_step="Act", next_by=clock.today())
    review.views.all().delete()
    assert paper.words(ReviewRecord.objects.get(pk=record.pk)) == before
    assert reports.make(record.job.pk) is True
    content = bytes(record.reports.get().content)
    text, info = text_of(content), info_of(content)
    assert faults_of(content) == []
    assert (info["Tagged"], info["Title"]) == ("yes", "Termly report, autumn 2026, Ashdown Primary")
    assert "Received by the governing board on 9 December 2026, minute FGB 1. Agreed by all present" in text
    assert "Objective 1 of Ashdown Primary" in text and "Why it goes well at Ashdown Primary." in text
    assert record.hash in text and "Another" not in text


def test_a_record_that_differs_is_named_and_the_command_ends_with_1(received, kestrel, capsys):
    make.review(kestrel, state="with governors")
    call_command("verify_versions")
    assert capsys.readouterr().out == "2 versions and 3 review records, each as it was frozen.\n"
    record = received.records.get(stage="received")
    content = json.loads(record.content)
    content["blocks"][0]["body"]["narrative"] = "All is well."
    frozen.thaw_table("monitoring_reviewrecord")
    ReviewRecord.objects.filter(pk=record.pk).update(content=frozen.canonical(content))
    frozen.freeze_table("monitoring_reviewrecord")
    with pytest.raises(SystemExit) as end:
        call_command("verify_versions")
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert said.count("\n") == 1 and "received by the board" in said and "Ashdown Primary" in said


# ---------------------------------------------------------------- pages


@pytest.fixture
def report(job) -> Report:
    reports.make(job.pk)
    return Report.objects.get()


def test_the_stored_bytes_are_served_under_a_good_name(client, ashdown, report):
    client.force_login(ashdown.clerk)
    answer = client.get(reverse("report", args=[report.pk]))
    name = "ashdown-primary-termly-report-2026-27-autumn-as-sent-to-governors.pdf"
    assert (answer.status_code, answer.content) == (200, bytes(report.content))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}
    download = client.get(reverse("report", args=[report.pk]), {"download": ""})
    assert download["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_browser_that_has_it_is_told_so(client, ashdown, report):
    client.force_login(ashdown.clerk)
    answer = client.get(reverse("report", args=[report.pk]), headers={"if-none-match": f'"{report.sha256}"'})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{report.sha256}"')


@pytest.mark.parametrize("who", ["head", "deputy", "clerk", "chair", "governor", "link"])
def test_whoever_sees_the_review_downloads_the_report(client, ashdown, report, who):
    client.force_login(getattr(ashdown, who))
    assert client.get(reverse("report", args=[report.pk])).status_code == 200


@pytest.mark.parametrize("who", ["teacher", "adviser", "inspector", "left"])
def test_before_it_is_received_it_is_not_there_for_others(client, ashdown, job, report, who):
    client.force_login(getattr(ashdown, who))
    assert client.get(reverse("report", args=[report.pk])).status_code == 404
    assert client.get(reverse("report_job", args=[job.pk])).status_code == 404


def test_taken_back_it_is_nobodys_until_it_is_sent_again(client, ashdown, sent, report):
    client.force_login(ashdown.clerk)
    reviewing.take_back_review(sent, by=ashdown.head)
    assert client.get(reverse("report", args=[report.pk])).status_code == 404


def test_another_school_finds_nothing_even_with_the_etag(client, kestrel, sent, job, report):
    client.force_login(kestrel.clerk)
    headers = {"if-none-match": f'"{report.sha256}"'}
    assert client.get(reverse("report", args=[report.pk]), headers=headers).status_code == 404
    assert client.get(reverse("report_job", args=[job.pk])).status_code == 404
    assert client.post(reverse("report_make", args=[sent.pk])).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "head", "deputy"])
def test_one_click_leads_to_the_making_and_then_to_the_report(client, ashdown, sent, job, who):
    client.force_login(getattr(ashdown, who))
    waits = client.post(reverse("report_make", args=[sent.pk]))
    reports.make(job.pk)
    ready = client.post(reverse("report_make", args=[sent.pk]))
    report = Report.objects.get()
    assert (waits.status_code, waits["Location"]) == (302, reverse("report_job", args=[job.pk]))
    assert (ready.status_code, ready["Location"]) == (302, reverse("report", args=[report.pk]))
    assert AuditEvent.objects.filter(what="make_report").count() == 2


@pytest.mark.parametrize("who", ["chair", "governor", "link"])
def test_who_may_not_make_it_is_told_who_may(client, ashdown, sent, job, who):
    client.force_login(getattr(ashdown, who))
    answer = client.post(reverse("report_make", args=[sent.pk]))
    assert answer.status_code == 403 and "may make the termly report" in answer.text
    with pytest.raises(NotAllowed):
        reports.make_report(sent, by=getattr(ashdown, who))


def test_asked_for_with_a_link_it_is_not_made(client, ashdown, sent):
    client.force_login(ashdown.clerk)
    assert client.get(reverse("report_make", args=[sent.pk])).status_code == 405


def test_of_an_open_review_the_page_says_why_there_is_none(client, ashdown, queued):
    review = make.review(ashdown)
    client.force_login(ashdown.head)
    answer = client.post(reverse("report_make", args=[review.pk]))
    assert answer.status_code == 409 and "Its report is made when it is sent." in answer.text


def test_the_page_says_how_far_it_is(client, ashdown, job):
    client.force_login(ashdown.head)
    here = reverse("report_job", args=[job.pk])
    page = client.get(here)
    assert f'<a href="{here}">Refresh</a>' in page.text and "The termly report, as sent to governors" in page.text
    reports.make(job.pk)
    told = client.get(here, headers={"accept": "application/json"}).json()
    url = reverse("report", args=[Report.objects.get().pk])
    assert told == {"state": "done", "done": True, "words": "Ready: 5 pages.", "url": url, "label": "Open the PDF"}
    assert url in client.get(here).text


def test_what_failed_says_why_and_can_be_made_again(client, ashdown, sent, job):
    ReportJob.objects.filter(pk=job.pk).update(state="failed", trouble="It went wrong.")
    client.force_login(ashdown.clerk)
    page = client.get(reverse("report_job", args=[job.pk]))
    assert "It went wrong." in page.text and "Make it again" in page.text
    assert reverse("report_make", args=[sent.pk]) in page.text
    client.force_login(ashdown.governor)
    page = client.get(reverse("report_job", args=[job.pk]))
    assert "may make the termly report" in page.text and '<form method="post" action="/reviews/' not in page.text


def test_made_again_it_is_the_record_that_failed_and_not_a_later_one(client, ashdown, received):
    failed = ReportJob.objects.get(record__stage="sent")
    ReportJob.objects.filter(pk=failed.pk).update(state="failed", trouble="It went wrong.")
    client.force_login(ashdown.clerk)
    assert '<input type="hidden" name="record" value="1">' in client.get(reverse("report_job", args=[failed.pk])).text
    answer = client.post(reverse("report_make", args=[received.pk]), {"record": "1"})
    failed.refresh_from_db()
    assert (answer["Location"], failed.state) == (reverse("report_job", args=[failed.pk]), "waiting")


@pytest.mark.parametrize("number", ["3", "one", "-1", "99999999999999999999", "²"])
def test_a_record_that_there_is_not_is_not_found(client, ashdown, sent, number):
    client.force_login(ashdown.clerk)
    assert client.post(reverse("report_make", args=[sent.pk]), {"record": number}).status_code == 404


def test_who_only_reads_cannot_have_a_record_made_again(client, ashdown, sent, job):
    client.force_login(ashdown.governor)
    assert client.post(reverse("report_make", args=[sent.pk]), {"record": "1"}).status_code == 403
    with pytest.raises(NotAllowed):
        reports.make_again(job.record, by=ashdown.governor)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_makes_it_after_the_commit(ashdown, worker):
    job = make.review(ashdown, state="with governors").records.get().job
    until = clock.machine_now() + timedelta(seconds=90)
    while job.state in ("waiting", "working") and clock.machine_now() < until:
        threading.Event().wait(0.1)
        job.refresh_from_db()
    assert (job.state, job.trouble, Report.objects.count()) == ("done", "", 1)


@pytest.mark.parametrize(("who", "stages"), [("inspector", ["received"]), ("clerk", ["received", "sent"])])
def test_outside_board_and_leaders_only_what_was_received_is_read(ashdown, who, stages):
    make.review(ashdown, state="received")
    seen = ReviewRecord.objects.visible_to(getattr(ashdown, who))
    assert sorted(seen.values_list("stage", flat=True)) == stages
