"""The plan goes to the board, and comes back."""

from datetime import date

import pytest

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from sip import approval
from sip.models import DocumentJob, Plan
from tests.sip.drafts import draft, on_agenda

MARKER = "hedgehog"


@pytest.fixture
def plan(ashdown) -> Plan:
    return draft(ashdown, marker=MARKER)


@pytest.fixture
def submitted(plan, ashdown) -> Plan:
    approval.submit_plan(plan, by=ashdown.head)
    return plan


# --- submitting


def test_submitting_freezes_a_version_and_asks_for_its_document(plan, ashdown):
    version = approval.submit_plan(plan, by=ashdown.head)
    assert (plan.state, version.number, version.frozen_by) == ("with the board", 1, ashdown.head.person)
    assert plan.submitted_at is not None
    assert [(job.version, job.stage) for job in DocumentJob.objects.all()] == [(version, "submitted")]


def test_the_board_and_its_clerk_are_told_once_each(submitted, ashdown):
    mails = OutgoingMail.objects.filter(key__startswith="plan_submitted")
    assert set(mails.values_list("to_name", flat=True)) == {
        "Ashdown Chair",
        "Ashdown Vice",
        "Ashdown Governor",
        "Ashdown Link",
        "Ashdown Associate",
        "Ashdown Clerk",
    }
    assert mails.count() == 6


def test_the_mail_says_which_school_and_where_to_read_and_nothing_of_the_plan(submitted):
    mail = OutgoingMail.objects.filter(key__startswith="plan_submitted").first()
    assert "Ashdown Primary" in mail.subject
    assert "http://testserver/organisations/ashdown-primary/plan/2026-27/" in mail.text
    assert "http://testserver/organisations/ashdown-primary/plan/2026-27/" in mail.html
    for words in (mail.subject, mail.text, mail.html):
        assert MARKER not in words and "Objective 1" not in words


def test_submitting_twice_happens_once(submitted, ashdown):
    with pytest.raises(Conflict, match="it is with the board"):
        approval.submit_plan(submitted, by=ashdown.head)
    assert submitted.versions.count() == 1
    assert AuditEvent.objects.filter(what="submit_plan", thing_id=submitted.pk).count() == 1


def test_a_plan_without_an_objective_is_not_submitted(ashdown):
    empty = draft(ashdown, objectives=0)
    with pytest.raises(Conflict, match="no objective yet"):
        approval.submit_plan(empty, by=ashdown.head)
    assert (empty.state, empty.versions.count()) == ("drafting", 0)


@pytest.mark.parametrize("state", ["objectives", "approved", "closed"])
def test_a_plan_is_submitted_only_while_leaders_have_it(ashdown, state):
    plan = draft(ashdown, state=state)
    with pytest.raises(Conflict, match="cannot be submitted now"):
        approval.submit_plan(plan, by=ashdown.head)


@pytest.mark.parametrize("who", ["deputy", "teacher", "chair", "clerk", "adviser"])
def test_only_the_head_submits(plan, ashdown, who):
    with pytest.raises(NotAllowed, match="Only the headteacher"):
        approval.submit_plan(plan, by=getattr(ashdown, who))
    assert plan.versions.count() == 0


def test_submitting_again_freezes_the_next_number_and_the_agenda_follows(submitted, ashdown):
    item = on_agenda(submitted)
    approval.return_plan(submitted, reason="Say what it costs.", by=ashdown.chair)
    version = approval.submit_plan(submitted, by=ashdown.head)
    item.plan_item.refresh_from_db()
    assert (version.number, item.plan_item.version) == (2, version)


# --- taking back


def test_the_head_takes_the_plan_back_to_drafting(submitted, ashdown):
    approval.take_back_plan(submitted, by=ashdown.head)
    assert (submitted.state, submitted.versions.count()) == ("drafting", 1)


def test_a_plan_taken_back_is_what_it_was_before(submitted, ashdown):
    approval.return_plan(submitted, reason="Say what it costs.", by=ashdown.chair)
    approval.submit_plan(submitted, by=ashdown.head)
    approval.take_back_plan(submitted, by=ashdown.head)
    assert submitted.state == "changes asked for"


def test_a_plan_on_an_agenda_is_taken_back_until_the_papers_are_out(submitted, ashdown):
    item = on_agenda(submitted, papers=date(2026, 11, 25))
    approval.take_back_plan(submitted, by=ashdown.head)
    approval.submit_plan(submitted, by=ashdown.head)
    item.meeting.papers_sent_on = date(2026, 11, 24)
    item.meeting.save()
    with pytest.raises(Conflict, match="The papers for 2 December are out"):
        approval.take_back_plan(submitted, by=ashdown.head)
    assert submitted.state == "with the board"


def test_what_is_not_with_the_board_is_not_taken_back(plan, ashdown):
    with pytest.raises(Conflict, match="being drafted"):
        approval.take_back_plan(plan, by=ashdown.head)


@pytest.mark.parametrize("who", ["deputy", "chair", "clerk"])
def test_only_the_head_takes_it_back(submitted, ashdown, who):
    with pytest.raises(NotAllowed):
        approval.take_back_plan(submitted, by=getattr(ashdown, who))


# --- returning


def test_the_chair_returns_the_plan_with_reasons(submitted, ashdown):
    approval.return_plan(submitted, reason=f"Say what the {MARKER} costs.", by=ashdown.chair)
    assert (submitted.state, submitted.returned_reason) == ("changes asked for", f"Say what the {MARKER} costs.")
    mails = OutgoingMail.objects.filter(key__startswith="plan_returned")
    assert set(mails.values_list("to_name", flat=True)) == {"Ashdown Head", "Ashdown Deputy"}
    assert not any(MARKER in words for mail in mails for words in (mail.subject, mail.text, mail.html))


@pytest.mark.parametrize("who", ["vice", "governor", "head", "clerk"])
def test_only_the_chair_returns_it(submitted, ashdown, who):
    with pytest.raises(NotAllowed, match="Only the chair"):
        approval.return_plan(submitted, reason="Because.", by=getattr(ashdown, who))


def test_a_plan_that_the_board_is_deciding_on_is_not_returned(submitted, ashdown):
    item = on_agenda(submitted)
    item.advance(to="open")
    with pytest.raises(Conflict, match="record what it decides"):
        approval.return_plan(submitted, reason="Because.", by=ashdown.chair)


# --- the pages


def test_the_head_reads_what_submitting_does_and_what_is_missing(client, ashdown):
    plan = draft(ashdown, objectives=2, actions=0)
    client.force_login(ashdown.head)
    page = client.get(f"/plans/{plan.pk}/submit/").content.decode()
    assert "It is frozen as version 1: two objectives." in page
    assert "Objectives 1 and 2 have no action yet." in page
    assert "No objective serves “Priority 2 of Ashdown Primary”." in page


def test_submitting_in_the_browser_leads_to_the_plan(client, plan, ashdown):
    client.force_login(ashdown.head)
    answer = client.post(f"/plans/{plan.pk}/submit/", follow=True)
    assert answer.redirect_chain == [("/organisations/ashdown-primary/plan/2026-27/", 302)]
    assert "The plan is with the board, as version 1." in answer.content.decode()


@pytest.mark.parametrize(
    ("deed", "who"), [("submit", "deputy"), ("take-back", "governor"), ("return", "vice"), ("return", "head")]
)
def test_who_may_not_is_told_who_may(client, submitted, ashdown, deed, who):
    client.force_login(getattr(ashdown, who))
    for answer in (client.get(f"/plans/{submitted.pk}/{deed}/"), client.post(f"/plans/{submitted.pk}/{deed}/")):
        assert answer.status_code == 403 and "Only the " in answer.content.decode()


@pytest.mark.parametrize("deed", ["submit", "take-back", "return"])
def test_to_strangers_there_is_nothing(client, submitted, kestrel, deed):
    for who in (kestrel.head, kestrel.chair):
        client.force_login(who)
        assert client.get(f"/plans/{submitted.pk}/{deed}/").status_code == 404
        assert client.post(f"/plans/{submitted.pk}/{deed}/", {"reason": "x"}).status_code == 404


def test_a_stale_tab_is_told_where_the_plan_is(client, submitted, ashdown):
    client.force_login(ashdown.head)
    answer = client.post(f"/plans/{submitted.pk}/submit/")
    assert answer.status_code == 409 and "it is with the board" in answer.content.decode()
    client.force_login(ashdown.chair)
    assert client.post(f"/plans/{submitted.pk}/return/", {"reason": "Costs."}).status_code == 302
    answer = client.post(f"/plans/{submitted.pk}/return/", {"reason": "Costs again."})
    assert answer.status_code == 409
    submitted.refresh_from_db()
    assert submitted.returned_reason == "Costs."


def test_returning_without_a_reason_is_refused(client, submitted, ashdown):
    client.force_login(ashdown.chair)
    answer = client.post(f"/plans/{submitted.pk}/return/", {"reason": "   "})
    assert answer.status_code == 422
    assert "Say what should change" in answer.content.decode()
    assert Plan.objects.get(pk=submitted.pk).state == "with the board"
