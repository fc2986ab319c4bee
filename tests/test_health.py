"""What machines are told: this process is up, and what of its surroundings does not answer."""

import os
import time

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def embedded(settings):
    """The embedded queue, with a beat that has just been heard."""
    settings.REDIS_URL = ""
    settings.QUEUE_DIR.mkdir(exist_ok=True)
    settings.BEAT_HEARTBEAT.parent.mkdir(exist_ok=True)
    settings.BEAT_HEARTBEAT.touch()


def test_healthz_answers_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_everything_answers(client, embedded):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_database_that_does_not_answer_is_named(client, embedded, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database: does not answer\n")


def test_a_queue_folder_that_cannot_be_written_is_named(client, embedded, settings):
    settings.QUEUE_DIR = settings.VAR_DIR / "not there"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"queue: its folder cannot be written\n")


def test_a_beat_that_has_never_run_is_named(client, embedded, settings):
    settings.BEAT_HEARTBEAT.unlink()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"beat: has never run\n")


@pytest.mark.parametrize(("age", "status"), [(110, 200), (130, 503)])
def test_a_beat_is_heard_for_two_minutes(client, embedded, settings, age, status):
    then = time.time() - age
    os.utime(settings.BEAT_HEARTBEAT, (then, then))
    assert client.get("/readyz").status_code == status


def test_a_redis_that_does_not_answer_is_named(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"queue: Redis does not answer\n")


@pytest.mark.skipif("not os.environ.get('REDIS_URL')", reason="tests/servers.py has started no Redis")
def test_a_redis_that_answers_is_enough(client):
    assert client.get("/readyz").status_code == 200


def test_every_answer_carries_the_strict_headers(client):
    headers = client.get("/healthz").headers
    assert set(headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    }
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
