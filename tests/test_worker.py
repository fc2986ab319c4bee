"""Work goes over the real broker to a real worker: as a row, with a message that carries its number."""

import time
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import transaction

from foundation import outbox


@pytest.fixture
def reader():
    return SimpleNamespace(name="Reader", email="reader@example.org")


@pytest.mark.django_db(transaction=True)
def test_mail_is_sent_by_the_worker_after_the_commit(worker, reader, monkeypatch):
    monkeypatch.setattr(outbox, "_plainly", lambda template, words: "Words")
    monkeypatch.setattr(outbox, "render_to_string", lambda template, words: "<p>Words</p>")
    with transaction.atomic():
        posted = outbox.post("try", "try", to=reader)
    until = time.monotonic() + 60
    while posted.state != "sent" and time.monotonic() < until:
        time.sleep(0.1)
        posted.refresh_from_db()
    assert (posted.state, [message.to for message in mail.outbox]) == ("sent", [['"Reader" <reader@example.org>']])
