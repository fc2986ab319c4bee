"""A link that makes a sign-in: opened as often as one likes, spent once, over after seven days, silent to strangers."""

import re
from datetime import timedelta

import pytest

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict
from foundation.outbox import OutgoingMail, deliver_due
from governance import inviting, joining
from governance.models import Invitation, Person, User

pytestmark = pytest.mark.django_db
GOOD = {"name": "Grace Okafor-Lee", "password": "three quiet words", "password_again": "three quiet words"}


@pytest.fixture
def grace(ashdown) -> Person:
    return joining.add_person(
        ashdown.school, name="Grace Okafor", email="grace@home.example", board=ashdown.board, by=ashdown.clerk
    )


@pytest.fixture
def link(ashdown, grace, mailoutbox) -> str:
    """The address in the mail."""
    joining.invite(ashdown.school, person=grace, by=ashdown.clerk)
    deliver_due()
    return address_in(mailoutbox[-1])


def address_in(mail) -> str:
    return re.search(r"/invitations/\S+/", mail.body)[0]


def later(**words):
    return clock.standing_at(clock.now() + timedelta(**words))


def test_the_link_stands_in_the_mail_alone(link, grace):
    token = link.split("/")[2]
    kept = OutgoingMail.objects.get()
    assert token not in kept.text + kept.html
    assert token not in str(AuditEvent.objects.values_list("words", "before", "after"))
    assert Invitation.objects.get().token_hash != token


def test_opening_spends_nothing(link, client):
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert 'value="Grace Okafor"' in page.text
        assert "no-store" in page["Cache-Control"]
    assert Invitation.objects.get().spent_at is None


def test_sending_the_form_makes_the_sign_in_once(link, client, grace):
    assert client.post(link, GOOD).status_code == 302
    user = User.objects.get(person=grace)
    assert (user.person.name, user.email) == ("Grace Okafor-Lee", "grace@home.example")
    assert user.check_password("three quiet words")
    assert client.get("/account/").status_code == 200
    again = client.post(link, GOOD | {"name": "Somebody else"})
    assert again.status_code == 404
    assert Person.objects.get(pk=grace.pk).name == "Grace Okafor-Lee"
    assert list(AuditEvent.objects.values_list("what", flat=True))[-1] == "accept_invitation"
    assert "three quiet" not in str(AuditEvent.objects.values_list("words", flat=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"password": ""},
        {"password": "short", "password_again": "short"},
        {"password": "1234567890123", "password_again": "1234567890123"},
        {"password": "password123", "password_again": "password123"},
        {"password": "grace@home.example", "password_again": "grace@home.example"},
        {"password_again": "three other words"},
        {"password": "x" * 100_000, "password_again": "x" * 100_000},
    ],
)
def test_wrong_words_are_said_and_spend_nothing(link, client, wrong):
    page = client.post(link, GOOD | wrong)
    assert page.status_code == 422
    assert "three quiet words" not in page.text
    assert Invitation.objects.get().spent_at is None
    assert not User.objects.filter(email="grace@home.example").exists()


def test_a_link_is_over_after_seven_days(link, client):
    with later(days=6, hours=23):
        assert client.get(link).status_code == 200
    with later(days=7, minutes=1):
        assert client.get(link).status_code == 404
        assert client.post(link, GOOD).status_code == 404
    assert not User.objects.filter(email="grace@home.example").exists()


def test_a_fresh_link_goes_to_the_address_and_nowhere_else(link, client, mailoutbox):
    with later(days=8):
        page = client.post(f"{link}again/")
        assert page.status_code == 200
        deliver_due()
        assert mailoutbox[-1].to == ['"Grace Okafor" <grace@home.example>']
        fresh = address_in(mailoutbox[-1])
        assert fresh != link and fresh.split("/")[2] not in page.text and "grace" not in page.text
        assert client.get(fresh).status_code == 200


def test_everyone_who_asks_is_told_the_same(link, client, ashdown, grace):
    known = client.post(f"{link}again/").text
    unknown = client.post("/invitations/nothing-of-ours/again/").text
    joining.accept_invitation(Invitation.objects.first(), name="G", password="x")  # noqa: S106
    spent = client.post(f"{link}again/").text
    plain = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page) for page in (known, unknown, spent)]
    assert plain[0] == plain[1] == plain[2]


def test_the_page_of_an_unknown_link_is_that_of_a_spent_one(link, client):
    with later(days=8):
        over = client.get(link)
        unknown = client.get("/invitations/nothing-of-ours/")
    assert over.status_code == unknown.status_code == 404
    words = [re.search(r"<h1>.*?<form", page.text, re.S)[0] for page in (over, unknown)]
    assert words[0] == words[1]


def test_asking_again_and_again_sends_three_a_day(link, client):
    for hours in range(1, 9):
        with later(days=8, hours=hours):
            client.post(f"{link}again/")
    assert Invitation.objects.count() == 4  # the first, and three


def test_asking_too_often_is_429(client):
    answers = [client.post("/invitations/nothing-of-ours/again/").status_code for _ in range(12)]
    assert answers[:10] == [200] * 10
    assert answers[10:] == [429] * 2


def test_a_withdrawn_link_gives_no_fresh_one(link, client, ashdown, grace):
    joining.withdraw_invitation(ashdown.school, person=grace, by=ashdown.clerk)
    with later(hours=1):
        assert client.get(link).status_code == 404
        client.post(f"{link}again/")
    assert Invitation.objects.count() == 1


def test_a_double_click_sends_one(ashdown, grace):
    joining.invite(ashdown.school, person=grace, by=ashdown.clerk)
    with pytest.raises(Conflict, match="less than a minute ago"):
        joining.invite(ashdown.school, person=grace, by=ashdown.clerk)
    assert OutgoingMail.objects.count() == 1


def test_a_new_invitation_makes_the_old_link_stop(link, client, ashdown, grace):
    with later(minutes=2):
        joining.invite(ashdown.school, person=grace, by=ashdown.clerk)
        assert client.get(link).status_code == 404


def test_who_can_sign_in_needs_no_invitation(ashdown):
    with pytest.raises(Conflict, match="can sign in already"):
        joining.invite(ashdown.school, person=ashdown.chair.person, by=ashdown.clerk)


def test_without_an_address_there_is_none(ashdown):
    person = joining.add_person(ashdown.school, name="No Mail", role="staff", by=ashdown.clerk)
    with pytest.raises(Conflict, match="no e-mail address"):
        joining.invite(ashdown.school, person=person, by=ashdown.clerk)


def test_a_person_who_has_left_meanwhile_makes_no_sign_in(link, client, grace, ashdown):
    seat = grace.seats.get()
    joining.end_seat(seat, last_day=clock.today() + timedelta(days=2), by=ashdown.clerk)
    assert client.get(link).status_code == 200
    with later(days=3):
        assert client.get(link).status_code == 404


def test_somebody_signed_in_is_told_whose_link_it_is(link, client, ashdown):
    client.force_login(ashdown.chair)
    assert "You are signed in as Ashdown Chair" in client.get(link).text
    client.post(link, GOOD)
    assert "grace@home.example" in client.get("/account/").text


def test_an_address_that_moved_on_makes_the_link_stop(link, client, ashdown, grace):
    joining.change_person(grace, name="Grace", email="other@home.example", by=ashdown.clerk)
    assert client.get(link).status_code == 404
    assert not inviting.works(Invitation.objects.get())
