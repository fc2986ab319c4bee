"""A session ends eight hours after the last request, and few requests write it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from config.sessions import SEEN_AT
from governance.models import Person, User

MORNING = "2026-11-24 09:00:00+00:00"


@pytest.fixture
def signed_in(client, db):
    """A browser that somebody signed in with at nine."""
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(User.objects.create_user(Person.objects.create(name="Some Body", email="some@body.example")))
        client.get("/nowhere/")
        yield client, clock


def test_a_request_after_seven_hours_keeps_the_session(signed_in):
    client, clock = signed_in
    clock.shift(timedelta(hours=7))
    client.get("/nowhere/")
    clock.shift(timedelta(hours=7))
    assert SEEN_AT in client.session


def test_after_eight_hours_without_a_request_the_session_has_ended(signed_in):
    client, clock = signed_in
    clock.shift(timedelta(hours=8, minutes=1))
    assert SEEN_AT not in client.session


def test_a_request_within_ten_minutes_writes_no_session(signed_in):
    client, clock = signed_in
    before = Session.objects.values_list("expire_date").get()
    clock.shift(timedelta(minutes=9))
    client.get("/nowhere/")
    assert Session.objects.values_list("expire_date").get() == before
