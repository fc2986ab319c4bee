"""The clerk keeps people in the browser; everyone else reads, or finds nothing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from governance import joining
from governance.models import Invitation, Person, Role, Seat
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
SEAT = {"position": "governor", "category": "parent", "link": "", "votes": "on"}


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.standing_at(clock.local(TODAY)):
        yield


def page(cast, name="people", *more) -> str:
    return reverse(name, args=[cast.school.slug, *more])


def days(name: str, day: date | None) -> dict:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{part}": str(value) for part, value in zip(("day", "month", "year"), parts, strict=True)}


def new(cast, **words) -> dict:
    given = {"name": "Grace Okafor", "email": "Grace@Home.example", "board": cast.board.pk, "role": "", "job": ""}
    return SEAT | given | days("first_day", TODAY) | days("last_day", None) | {"invited": "on"} | words


# ---------------------------------------------------------------- the list


def test_the_clerk_sees_who_can_sign_in_and_readers_do_not(ashdown, client):
    joining.add_person(
        ashdown.school, name="Grace Okafor", email="g@home.example", board=ashdown.board, invited=True, by=ashdown.clerk
    )
    client.force_login(ashdown.clerk)
    text = client.get(page(ashdown)).text
    assert "invited, until 1 December" in text and "can sign in" in text and "Add somebody" in text
    for reader in (ashdown.governor, ashdown.head, ashdown.teacher, ashdown.committee_member):
        client.force_login(reader)
        seen = client.get(page(ashdown))
        assert seen.status_code == 200
        assert "Ashdown Chair" in seen.text and "Only the clerk may add" in seen.text
        assert "Add somebody" not in seen.text and "can sign in" not in seen.text and "@" not in seen.text


def test_strangers_and_visitors_find_nothing(ashdown, kestrel, client):
    for stranger in (kestrel.clerk, ashdown.adviser, ashdown.inspector, ashdown.left):
        client.force_login(stranger)
        assert client.get(page(ashdown)).status_code == 404
        assert client.get(page(ashdown, "rights")).status_code == 404
    client.logout()
    assert client.get(page(ashdown))["Location"].startswith("/accounts/login/?next=/organisations/ashdown")


def test_those_who_left_are_shown_on_request(ashdown, client):
    client.force_login(ashdown.governor)
    assert "Ashdown Left" not in client.get(page(ashdown)).text
    text = client.get(page(ashdown) + "?ended").text
    assert "Ashdown Left" in text and "1 September 2024 to 31 August 2026" in text


def test_the_list_asks_as_much_for_one_as_for_three(ashdown, client, django_assert_num_queries):
    client.force_login(ashdown.clerk)
    client.get(page(ashdown))

    def grow(number):
        person = make.person(f"Extra {number}", f"extra{number}@x.example")
        make.seat(person, ashdown.board)
        make.role(person, ashdown.school, "staff")

    grow(1)
    with django_assert_num_queries(9):
        client.get(page(ashdown) + "?ended")
    grow(2), grow(3)
    with django_assert_num_queries(9):
        client.get(page(ashdown) + "?ended")


def test_a_long_staff_list_has_pages(ashdown, client):
    for number in range(60):
        make.role(make.person(f"Staff {number:02}"), ashdown.school, "staff")
    client.force_login(ashdown.governor)
    first = client.get(page(ashdown)).text
    assert "Page 1 of 2" in first and "Staff 59" not in first
    assert "Staff 59" in client.get(page(ashdown) + "?page=2").text


def test_a_school_of_a_trust_shows_nothing_of_its_sisters(quayside, mudlark, client):
    client.force_login(quayside.clerk)
    assert "Mudlark" not in client.get(page(quayside)).text


# ---------------------------------------------------------------- adding


def test_somebody_is_added_and_invited(ashdown, client):
    client.force_login(ashdown.clerk)
    assert client.get(page(ashdown, "person_add")).status_code == 200
    answer = client.post(page(ashdown, "person_add"), new(ashdown))
    person = Person.objects.get(email="grace@home.example")
    assert answer["Location"] == page(ashdown, "person", person.pk)
    assert (person.seats.get().category, Invitation.objects.get().person) == ("parent", person)
    assert "The invitation is on its way" in client.get(answer["Location"]).text
    assert client.post(page(ashdown, "person_add"), new(ashdown)).status_code == 409
    assert (Person.objects.filter(name="Grace Okafor").count(), Invitation.objects.count()) == (1, 1)
    assert list(AuditEvent.objects.values_list("what", flat=True)) == ["add_person"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \u200b "},
        {"name": "x" * 121},
        {"name": "x" * 1_000_000},
        {"email": "nobody"},
        {"email": f"{'x' * 260}@x.example"},
        {"board": ""},
        {"board": "999999"},
        {"board": "' or 1=1"},
        {"position": "king"},
        {"category": "x" * 61},
        {"role": "site administrator"},
        {"role": "trust leader"},
        days("first_day", None),
        {"first_day_month": "Smarch"},
        days("last_day", TODAY - timedelta(days=1)),
    ],
)
def test_wrong_words_are_said_and_kept_and_add_nobody(ashdown, client, wrong):
    client.force_login(ashdown.clerk)
    before = Person.objects.count()
    answer = client.post(page(ashdown, "person_add"), new(ashdown, job="Teacher of all") | wrong)
    assert answer.status_code == 422
    assert "Teacher of all" in answer.text
    assert (Person.objects.count(), Seat.objects.filter(person__name="Grace Okafor").count()) == (before, 0)


def test_a_board_of_another_school_is_no_choice(ashdown, kestrel, client):
    client.force_login(ashdown.clerk)
    assert client.post(page(ashdown, "person_add"), new(ashdown, board=kestrel.board.pk)).status_code == 422


def test_a_namesake_is_asked_about(ashdown, client):
    client.force_login(ashdown.clerk)
    words = new(ashdown, name="ashdown  governor", email="")
    asked = client.post(page(ashdown, "person_add"), words)
    assert asked.status_code == 422 and "another person of the same name" in asked.text
    assert client.post(page(ashdown, "person_add"), words | {"is_namesake": "on"}).status_code == 302


def test_markup_and_word_text_do_no_harm(ashdown, client):
    client.force_login(ashdown.clerk)
    words = new(
        ashdown, name="<script>alert(1)</script>\u00a0O\u2019Neill\r\nBcc: x", category="<b>parent</b>", invited=""
    )
    answer = client.post(page(ashdown, "person_add"), words)
    person = Person.objects.get(email="grace@home.example")
    assert person.name == "<script>alert(1)</script> O’Neill Bcc: x"
    for url in (answer["Location"], page(ashdown), page(ashdown, "rights") + f"?person={person.pk}"):
        text = client.get(url).text
        assert "<script>alert" not in text and "<b>parent" not in text


# ---------------------------------------------------------------- one person


def test_the_page_of_a_person(ashdown, kestrel, client):
    make.seat(ashdown.governor, kestrel.board, link="sailing")
    url = page(ashdown, "person", ashdown.governor.person.pk)
    client.force_login(ashdown.clerk)
    text = client.get(url).text
    assert "ashdown.governor@people.example" in text and "Give a seat" in text
    assert "Kestrel" not in text and "sailing" not in text
    client.force_login(ashdown.teacher)
    text = client.get(url).text
    assert "Governor on the Governing board" in text
    assert "@" not in text and "Give a seat" not in text


def test_an_address_used_elsewhere_is_not_changed_from_here_nor_shown_once_they_left(ashdown, kestrel, client):
    make.seat(ashdown.left, kestrel.board)
    make.seat(ashdown.governor, kestrel.board)
    client.force_login(ashdown.clerk)
    here = client.get(page(ashdown, "person", ashdown.governor.person.pk)).text
    assert "@people.example" in here and "Hand the address" not in here and "Change name" not in here
    gone = client.get(page(ashdown, "person", ashdown.left.person.pk)).text
    assert "@" not in gone and "can sign in" not in gone
    change = page(ashdown, "person_change", ashdown.governor.person.pk)
    assert client.post(change, {"name": "Mine", "email": "mine@evil.example"}).status_code == 409


def test_a_clerk_of_the_second_school_stays_there(ashdown, client):
    second = make.organisation("Ashdown Infants")
    second.boards.all().delete()
    ashdown.board.organisations.add(second)
    clerk = make.user("Second Clerk")
    make.role(clerk, second, "clerk")
    client.force_login(clerk)
    answer = client.post(reverse("seat_change", args=[ashdown.governor_seat.pk]), SEAT)
    assert answer["Location"] == reverse("person", args=[second.slug, ashdown.governor.person.pk])
    assert client.get(answer["Location"]).status_code == 200


def test_a_person_of_another_school_is_not_there(ashdown, kestrel, client):
    client.force_login(ashdown.clerk)
    pk = kestrel.governor.person.pk
    for name in ("person", "person_change", "person_hand_over", "role_give", "seat_take"):
        assert client.get(page(ashdown, name, pk)).status_code == 404
        assert client.post(page(ashdown, name, pk), {}).status_code == 404
    assert client.post(page(ashdown, "person_invite", pk)).status_code == 404
    for name in ("seat_change", "seat_end", "seat_suspend"):
        assert client.post(reverse(name, args=[kestrel.governor_seat.pk]), {}).status_code == 404
    role = Role.objects.get(person=kestrel.teacher.person)
    assert client.get(page(ashdown, "role_end", ashdown.teacher.person.pk, role.pk)).status_code == 404


def test_readers_change_nothing(ashdown, client):
    pk, seat = ashdown.governor.person.pk, ashdown.governor_seat.pk
    role = Role.objects.get(person=ashdown.teacher.person).pk
    urls = [page(ashdown, name, pk) for name in ("person_change", "person_hand_over", "role_give", "seat_take")]
    urls += [page(ashdown, "person_add"), page(ashdown, "role_end", ashdown.teacher.person.pk, role)]
    urls += [reverse("seat_change", args=[seat]), reverse("seat_end", args=[seat])]
    posts = [
        page(ashdown, "person_invite", pk),
        page(ashdown, "person_withdraw", pk),
        reverse("seat_suspend", args=[seat]),
    ]
    for reader in (ashdown.chair, ashdown.head, ashdown.teacher):
        client.force_login(reader)
        assert {client.get(url).status_code for url in urls} == {403}
        assert {client.post(url, {}).status_code for url in urls + posts} == {403}
    assert AuditEvent.objects.count() == 0


def test_name_and_address_are_corrected(ashdown, client):
    client.force_login(ashdown.clerk)
    url = page(ashdown, "person_change", ashdown.left.person.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "", "email": "x"}).status_code == 422
    taken = client.post(url, {"name": "Left", "email": ashdown.head.email})
    assert taken.status_code == 422 and "hand it over" in taken.text
    assert client.post(url, {"name": "Leila Left", "email": ""}).status_code == 302
    ashdown.left.person.refresh_from_db()
    assert (ashdown.left.person.name, ashdown.left.person.email) == ("Leila Left", None)


def test_somebody_is_invited_once_a_minute_and_withdrawn(ashdown, client):
    person = joining.add_person(
        ashdown.school, name="Grace", email="g@home.example", board=ashdown.board, by=ashdown.clerk
    )
    client.force_login(ashdown.clerk)
    invite, withdraw = page(ashdown, "person_invite", person.pk), page(ashdown, "person_withdraw", person.pk)
    assert client.get(invite).status_code == 405
    assert client.post(invite).status_code == 302
    assert client.post(invite).status_code == 409
    assert Invitation.objects.count() == 1
    assert client.post(withdraw).status_code == 302
    assert client.post(withdraw).status_code == 409


def test_a_seat_is_given_changed_suspended_and_ended(ashdown, client):
    client.force_login(ashdown.clerk)
    person = ashdown.teacher.person
    take = page(ashdown, "seat_take", person.pk)
    words = SEAT | {"board": ashdown.board.pk, "category": "staff"} | days("first_day", TODAY) | days("last_day", None)
    assert client.get(take).status_code == 200
    assert client.post(take, words | {"board": ""}).status_code == 422
    assert client.post(take, words | days("last_day", date(2026, 1, 1))).status_code == 422
    assert client.post(take, words).status_code == 302
    assert client.post(take, words).status_code == 409
    seat = person.seats.get()
    change, end, suspend = (reverse(name, args=[seat.pk]) for name in ("seat_change", "seat_end", "seat_suspend"))
    assert client.get(change).status_code == client.get(end).status_code == 200
    assert client.post(change, SEAT | {"position": "king"}).status_code == 422
    assert client.post(change, SEAT | {"position": "vice chair", "link": "maths"}).status_code == 302
    assert client.post(suspend, {"do": "suspend"}).status_code == 302
    assert client.post(suspend, {"do": "suspend"}).status_code == 409
    assert client.post(end, days("last_day", date(2020, 1, 1))).status_code == 422
    assert client.post(end, days("last_day", None)).status_code == 422
    assert client.post(end, days("last_day", TODAY)).status_code == 302
    seat.refresh_from_db()
    assert (seat.position, seat.link, seat.is_suspended, seat.last_day) == ("vice chair", "maths", True, TODAY)
    with clock.standing_at(clock.local(TODAY + timedelta(days=1))):
        client.force_login(ashdown.clerk)
        assert client.post(end, days("last_day", TODAY)).status_code == 409  # a stale page
        assert client.post(change, SEAT).status_code == 409


def test_a_role_is_given_and_ended(ashdown, client):
    client.force_login(ashdown.clerk)
    person = ashdown.governor.person
    give = page(ashdown, "role_give", person.pk)
    words = {"kind": "adviser", "job": "", "reads_submitted": "on"} | days("first_day", TODAY)
    assert client.get(give).status_code == 200
    endless = client.post(give, words | days("last_day", None))
    assert endless.status_code == 422 and "for a limited time" in endless.text
    assert client.post(give, words | {"kind": "site administrator"}).status_code == 422
    assert client.post(give, words | days("last_day", date(2026, 12, 31))).status_code == 302
    role = person.roles.get()
    assert (role.kind, role.reads_submitted, role.last_day) == ("adviser", True, date(2026, 12, 31))
    end = page(ashdown, "role_end", person.pk, role.pk)
    assert client.get(end).status_code == 200
    assert client.post(end, days("last_day", TODAY)).status_code == 302
    assert client.post(page(ashdown, "role_give", person.pk), words | days("last_day", TODAY)).status_code == 409


def test_an_address_is_handed_over(ashdown, client):
    client.force_login(ashdown.clerk)
    head = ashdown.head.person
    url, role = page(ashdown, "person_hand_over", head.pk), head.roles.get()
    assert client.get(url).status_code == 200
    good = {"new_name": "Nadia Quinn", "new_person": "", "roles": [role.pk]} | days("last_day", date(2026, 11, 23))
    for wrong in (
        {"new_name": ""},
        {"new_name": "x" * 121},
        {"roles": []},
        {"roles": ["999999"]},
        {"roles": [Role.objects.get(person=ashdown.deputy.person).pk]},
        {"new_person": ashdown.chair.person.pk},
        days("last_day", None),
        days("last_day", date(2020, 1, 1)),
    ):
        assert client.post(url, good | wrong).status_code == 422
    assert client.post(url, good).status_code == 302
    assert Person.objects.get(email="ashdown.head@people.example").name == "Nadia Quinn"
    assert client.post(url, good).status_code == 422  # its role has ended
    assert "no address to hand over" in client.get(url).text
    assert Person.objects.filter(name="Nadia Quinn").count() == 1


# ---------------------------------------------------------------- rights and the account


def test_rights_say_why(ashdown, client):
    client.force_login(ashdown.governor)
    assert client.get(page(ashdown, "rights")).status_code == 200
    text = client.get(page(ashdown, "rights") + f"?person={ashdown.chair.person.pk}").text
    assert "Because chair of the Governing board since 1 September 2024" in text
    assert "direct that late papers are urgent" in text
    text = client.get(page(ashdown, "rights") + f"?person={ashdown.clerk.person.pk}").text
    assert "Because clerk since 1 September 2024" in text and "add, seat, invite and end people" in text


def test_rights_of_somebody_else_are_not_there(ashdown, kestrel, client):
    client.force_login(ashdown.clerk)
    url = page(ashdown, "rights")
    for person in (kestrel.chair.person.pk, ashdown.left.person.pk, 999999):
        assert client.get(f"{url}?person={person}").status_code == 404
    for nonsense in ("", "x", "-1", "9" * 40, "²"):
        assert client.get(url, {"person": nonsense}).status_code == 200


def test_rights_in_a_school_come_from_its_trust_too(quayside, harbour, client):
    make.seat(harbour.chair, quayside.committee)
    client.force_login(quayside.clerk)
    text = client.get(page(quayside, "rights") + f"?person={harbour.chair.person.pk}").text
    assert (
        "chair on the Board of trustees of the trust" in text or "chair of the Board of trustees of the trust" in text
    )


def test_my_account(ashdown, kestrel, client):
    make.role(ashdown.governor, kestrel.school, "staff", last_day=date(2027, 7, 31))
    client.force_login(ashdown.governor)
    text = client.get("/account/").text
    for words in ("ashdown.governor@people.example", "Ashdown Primary", "Kestrel High", "until 31 July 2027"):
        assert words in text
    assert 'method="post" action="/accounts/logout/"' in text
    client.force_login(ashdown.left)
    assert "You have no role or seat today" in client.get("/account/").text
    client.logout()
    assert client.get("/account/").status_code == 302
