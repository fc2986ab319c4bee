"""Mail: posted once, claimed, sent, marked; tried again; never twice."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from kombu.exceptions import OperationalError

from foundation import clock, outbox, tasks
from foundation.outbox import OutgoingMail

State = OutgoingMail.State


@pytest.fixture
def posted(ashdown):
    """One waiting mail."""
    return _post(ashdown)


def _post(cast, key="told:1", **words):
    plan = SimpleNamespace(
        organisation=cast.school, title="School improvement plan", year_in_words="2026/27", pk=1, __str__=lambda: "plan"
    )
    return outbox.post(key, "change_answered", to=cast.chair.person, plan=plan, **words)


def test_it_is_posted_once_under_one_key(ashdown, posted):
    again = _post(ashdown)
    assert (again.pk, OutgoingMail.objects.count()) == (posted.pk, 1)


def test_someone_without_an_address_gets_none(ashdown):
    nobody = SimpleNamespace(name="Nobody", email=None)
    assert outbox.post("told:2", "change_answered", to=nobody) is None


def test_it_is_sent_once(posted):
    assert outbox.deliver(posted.pk) is True
    assert outbox.deliver(posted.pk) is False
    posted.refresh_from_db()
    assert (posted.state, posted.tries, len(mail.outbox)) == (State.SENT, 1, 1)
    sent = mail.outbox[0]
    assert sent.to == ['"Ashdown Chair" <ashdown.chair@people.example>']
    assert [kind for _, kind in sent.alternatives] == ["text/html"]


def test_a_name_cannot_write_headers(ashdown, settings):
    ashdown.chair.person.name = 'A"\nBcc: all@example.org'
    outbox.deliver(_post(ashdown, key="told:3").pk)
    assert mail.outbox[0].recipients() == ['"A Bcc: all@example.org" <ashdown.chair@people.example>']


def test_a_failing_server_is_tried_again_later_and_others_go(ashdown, posted, monkeypatch):
    other = _post(ashdown, key="told:4")
    sends = iter([OSError("connection refused"), None])
    monkeypatch.setattr(outbox, "_message", lambda one: SimpleNamespace(send=lambda: _raise(next(sends))))
    assert outbox.deliver_due() == 1
    posted.refresh_from_db()
    other.refresh_from_db()
    assert (posted.state, posted.trouble, other.state) == (State.WAITING, "OSError: connection refused", State.SENT)
    assert posted.next_try_at > clock.machine_now()


def _raise(trouble):
    if trouble:
        raise trouble


def test_after_the_last_try_it_is_set_aside(posted, monkeypatch):
    OutgoingMail.objects.update(tries=outbox.TRIES - 1)
    monkeypatch.setattr(outbox, "_message", lambda one: SimpleNamespace(send=lambda: _raise(OSError("no"))))
    outbox.deliver(posted.pk)
    posted.refresh_from_db()
    assert posted.state == State.FAILED


def test_what_a_killed_worker_left_is_in_doubt_and_not_sent_again(posted):
    long_ago = clock.machine_now() - outbox.LEASE - timedelta(seconds=1)
    OutgoingMail.objects.update(state=State.CLAIMED, claimed_at=long_ago)
    assert outbox.deliver_due() == 0
    posted.refresh_from_db()
    assert (posted.state, len(mail.outbox)) == (State.IN_DOUBT, 0)


@pytest.mark.parametrize("trouble", [OSError("no folder"), OperationalError("no Redis")])
def test_without_a_broker_it_waits_for_the_sweep(ashdown, monkeypatch, django_capture_on_commit_callbacks, trouble):
    monkeypatch.setattr(tasks.deliver_one, "delay", lambda number: _raise(trouble))
    with django_capture_on_commit_callbacks(execute=True):
        _post(ashdown)
    assert OutgoingMail.objects.get().state == State.WAITING
    assert outbox.deliver_due() == 1


def test_a_history_that_is_written_down_sends_nothing(ashdown):
    with outbox.sent_long_ago():
        _post(ashdown)
    assert (OutgoingMail.objects.get().state, outbox.deliver_due()) == (State.SENT, 0)
