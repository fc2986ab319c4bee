"""People join, are seated and end; addresses change hands; rights follow the day."""

from datetime import date, timedelta
from email.utils import getaddresses

import pytest

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail, deliver_due
from governance import inviting, joining
from governance.models import Invitation, Organisation, Person, Role, Seat, User
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.standing_at(clock.local(TODAY)):
        yield


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("what", flat=True))


def add(cast, **words) -> Person:
    given = {"name": "Grace Okafor", "email": "grace@home.example", "board": cast.board, "by": cast.clerk}
    return joining.add_person(cast.school, **(given | words))


def a_minute_later():
    return clock.standing_at(clock.now() + timedelta(seconds=61))


# ---------------------------------------------------------------- adding


def test_somebody_is_added_with_a_seat_a_role_or_both(ashdown):
    person = add(ashdown, role="staff", job="Teacher", category="staff", link="maths", last_day=date(2030, 11, 23))
    seat, role = person.seats.get(), person.roles.get()
    assert (seat.board, seat.position, seat.category, seat.link, seat.votes) == (
        ashdown.board, "governor", "staff", "maths", True,
    )  # fmt: skip
    assert (seat.first_day, seat.last_day, role.kind, role.job) == (TODAY, date(2030, 11, 23), "staff", "Teacher")
    assert events() == ["add_person"]


def test_somebody_needs_to_be_something(ashdown):
    with pytest.raises(Conflict, match="Say what Grace Okafor is"):
        add(ashdown, board=None)
    assert not Person.objects.filter(name="Grace Okafor").exists()


def test_only_the_clerk_adds(ashdown, kestrel):
    for other in (ashdown.chair, ashdown.head, kestrel.clerk):
        with pytest.raises(NotAllowed):
            add(ashdown, by=other)
    assert events() == []


def test_a_known_address_is_that_person_and_keeps_its_name(ashdown, kestrel):
    email = kestrel.governor.person.email
    person = add(ashdown, name="Somebody Else", email=email.upper())
    assert person == kestrel.governor.person
    assert person.name == "Kestrel Governor"
    assert set(Organisation.objects.visible_to(User.objects.get(person=person))) == {ashdown.school, kestrel.school}


def test_who_can_sign_in_already_is_told_and_not_invited(ashdown, kestrel):
    add(ashdown, email=kestrel.governor.person.email, invited=True)
    assert Invitation.objects.count() == 0
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Ashdown Primary: you are governor, Governing board"
    assert "Kestrel High" not in mail.text


def test_added_twice_is_one_person(ashdown):
    add(ashdown, email=None)
    with pytest.raises(Conflict, match="is here already"):
        add(ashdown, email=None)
    assert Person.objects.filter(name="Grace Okafor").count() == 1
    add(ashdown, email=None, is_namesake=True)
    assert Person.objects.filter(name="Grace Okafor").count() == 2


def test_a_board_of_another_school_is_refused(ashdown, kestrel):
    with pytest.raises(NotAllowed):
        add(ashdown, board=kestrel.board)
    assert not Person.objects.filter(name="Grace Okafor").exists()


def test_a_clerk_makes_no_site_administrator(ashdown):
    with pytest.raises(NotAllowed):
        add(ashdown, role="site administrator")
    with pytest.raises(NotAllowed):
        joining.give_role(ashdown.school, person=ashdown.teacher.person, kind="site administrator", by=ashdown.clerk)


def test_a_name_with_a_newline_breaks_no_mail(ashdown, mailoutbox):
    person = add(ashdown, name='Eve "Bcc"\nBcc: all@x.example <b>')
    joining.invite(ashdown.school, person=person, by=ashdown.clerk)
    deliver_due()
    message = mailoutbox[0].message()
    assert getaddresses([message["To"]]) == [("Eve Bcc Bcc: all@x.example <b>", "grace@home.example")]
    assert message["Bcc"] is None
    assert "<b>" not in mailoutbox[0].alternatives[0][0]


# ---------------------------------------------------------------- seats and roles


def test_the_last_day_counts_until_midnight(ashdown, client):
    page = f"/organisations/{ashdown.school.slug}/people/"
    client.force_login(ashdown.governor)
    joining.end_seat(ashdown.governor_seat, last_day=TODAY, by=ashdown.clerk)
    assert client.get(page).status_code == 200
    with clock.standing_at(clock.local(TODAY + timedelta(days=1)) - timedelta(hours=8, minutes=59)):
        assert client.get(page).status_code == 404  # the session is open still; the rights are gone


def test_a_seat_is_not_taken_twice(ashdown):
    with pytest.raises(Conflict, match="has a seat"):
        joining.take_seat(ashdown.board, person=ashdown.governor.person, by=ashdown.clerk)
    joining.end_seat(ashdown.governor_seat, last_day=TODAY, by=ashdown.clerk)
    again = joining.take_seat(
        ashdown.board, person=ashdown.governor.person, first_day=TODAY + timedelta(days=1), by=ashdown.clerk
    )
    assert again.first_day == date(2026, 11, 25)


def test_a_role_is_not_given_twice(ashdown):
    with pytest.raises(Conflict, match="staff here already"):
        joining.give_role(ashdown.school, person=ashdown.teacher.person, kind="staff", by=ashdown.clerk)


def test_an_associate_has_no_vote_on_the_full_board_but_may_on_a_committee(ashdown):
    person = ashdown.teacher.person
    full = joining.take_seat(ashdown.board, person=person, position="associate member", by=ashdown.clerk)
    committee = joining.take_seat(ashdown.committee, person=person, position="associate member", by=ashdown.clerk)
    assert (full.votes, committee.votes) == (False, True)


def test_the_chair_passes_on(ashdown):
    joining.change_seat(
        ashdown.governor_seat, position="chair", category="parent", votes=True, link="", by=ashdown.clerk
    )
    assert "chair" in {seat.position for seat in ashdown.governor.standing.seats}


def test_what_has_ended_stays_as_it_was(ashdown):
    with pytest.raises(Conflict, match="ended on 31 August 2026"):
        joining.end_seat(ashdown.left_seat, last_day=TODAY, by=ashdown.clerk)
    with pytest.raises(Conflict, match="ended on 31 August 2026"):
        joining.change_seat(ashdown.left_seat, position="chair", category="", votes=True, link="", by=ashdown.clerk)
    assert events() == []


def test_an_end_before_the_beginning_is_refused(ashdown):
    with pytest.raises(Conflict, match="cannot lie before"):
        joining.end_seat(ashdown.governor_seat, last_day=date(2020, 1, 1), by=ashdown.clerk)


def test_the_last_clerk_does_not_end(ashdown):
    role = Role.objects.get(person=ashdown.clerk.person)
    with pytest.raises(Conflict, match="no clerk"):
        joining.end_role(ashdown.school, role=role, last_day=TODAY, by=ashdown.clerk)
    joining.give_role(ashdown.school, person=ashdown.business.person, kind="clerk", by=ashdown.clerk)
    joining.end_role(ashdown.school, role=role, last_day=TODAY, by=ashdown.clerk)


def test_a_role_of_another_school_is_not_ended_here(ashdown, kestrel):
    role = Role.objects.get(person=kestrel.head.person)
    with pytest.raises(Role.DoesNotExist):
        joining.end_role(ashdown.school, role=role, last_day=TODAY, by=ashdown.clerk)


def test_a_suspended_governor_reads_and_does_not_vote(ashdown):
    joining.suspend_seat(ashdown.governor_seat, suspended=True, by=ashdown.clerk)
    assert ashdown.board.voting_seats(on=TODAY).filter(person=ashdown.governor.person).count() == 0
    with pytest.raises(Conflict, match="suspended already"):
        joining.suspend_seat(ashdown.governor_seat, suspended=True, by=ashdown.clerk)
    joining.suspend_seat(ashdown.governor_seat, suspended=False, by=ashdown.clerk)
    assert events() == ["suspend_seat", "suspend_seat"]


def test_an_open_invitation_goes_when_nothing_is_left(ashdown):
    person = add(ashdown, role="staff")
    invitation = joining.invite(ashdown.school, person=person, by=ashdown.clerk)
    joining.end_seat(person.seats.get(), last_day=TODAY, by=ashdown.clerk)
    assert inviting.works(invitation)  # the role is left
    joining.end_role(ashdown.school, role=person.roles.get(), last_day=TODAY, by=ashdown.clerk)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_one_person_on_both_sides_and_in_two_schools(ashdown, kestrel):
    head = ashdown.head
    joining.take_seat(ashdown.board, person=head.person, category="ex officio", by=ashdown.clerk)
    joining.add_person(
        kestrel.school, name="x", email=head.person.email, board=kestrel.board, position="chair", by=kestrel.clerk
    )
    head.forget_standing()
    here = {part.name for part in ashdown.school.parts_of(head)}
    there = {part.name for part in kestrel.school.parts_of(head)}
    assert "HEADTEACHER" in here and "BOARD_MEMBER" in here and "CHAIR" not in here
    assert "CHAIR" in there and "HEADTEACHER" not in there


# ---------------------------------------------------------------- names and addresses


def test_a_changed_address_moves_the_sign_in_and_tells_the_old_one(ashdown):
    joining.change_person(ashdown.head.person, name="Ann Head", email="ann@new.example", by=ashdown.clerk)
    assert User.objects.get(pk=ashdown.head.pk).email == "ann@new.example"
    assert OutgoingMail.objects.get().to_address == "ashdown.head@people.example"


def test_a_clerk_cannot_take_over_an_address_that_is_used_elsewhere(ashdown, kestrel):
    person = add(ashdown, email=kestrel.chair.person.email)
    with pytest.raises(Conflict, match="also belongs elsewhere") as said:
        joining.change_person(person, name=person.name, email="mine@evil.example", by=ashdown.clerk)
    assert "Kestrel" not in str(said.value).replace(person.name, "")
    with pytest.raises(Conflict, match="elsewhere"):
        joining.hand_over_address(ashdown.school, address_holder=person, new_name="Me", by=ashdown.clerk)
    assert User.objects.get(pk=kestrel.chair.pk).is_active


def test_a_site_administrators_address_is_no_clerks(ashdown, site_administrator):
    person = add(ashdown, email=site_administrator.person.email)
    with pytest.raises(Conflict, match="elsewhere"):
        joining.change_person(person, name="x", email="mine@evil.example", by=ashdown.clerk)


def test_an_address_of_another_person_is_not_taken(ashdown):
    with pytest.raises(Conflict, match="hand it over"):
        joining.change_person(
            ashdown.teacher.person, name="T", email=ashdown.head.person.email.upper(), by=ashdown.clerk
        )


def test_a_role_mailbox_changes_hands(ashdown, client):
    old, address = ashdown.head.person, ashdown.head.person.email
    client.force_login(ashdown.head)
    assert client.get("/account/").status_code == 200
    new = joining.hand_over_address(
        ashdown.school,
        address_holder=old,
        new_name="Nadia Quinn",
        roles=[old.roles.get()],
        last_day=TODAY - timedelta(days=1),
        by=ashdown.clerk,
    )
    old.refresh_from_db()
    assert (old.email, new.email, new.roles.get().kind, new.roles.get().first_day) == (
        None, address, "headteacher", TODAY,
    )  # fmt: skip
    assert old.roles.get().last_day == date(2026, 11, 23)
    assert client.get("/account/").status_code == 302  # the session has ended
    assert not User.objects.get(pk=ashdown.head.pk).has_usable_password()
    assert [mail.to_name for mail in OutgoingMail.objects.order_by("pk")] == ["Ashdown Head", "Nadia Quinn"]
    user = joining.accept_invitation(new.invitations.get(), name="Nadia Quinn", password="three quiet words")  # noqa: S106
    assert user.pk != ashdown.head.pk
    assert events() == ["hand_over_address", "accept_invitation"]


def test_who_lost_an_address_is_found_by_the_new_one_alone(ashdown, client, mailoutbox):
    old, address = ashdown.head.person, ashdown.head.email
    client.post("/accounts/password/reset/", {"email": address})  # allauth notes the address
    joining.hand_over_address(
        ashdown.school,
        address_holder=old,
        new_name="New Head",
        roles=[old.roles.get()],
        last_day=TODAY,
        by=ashdown.clerk,
    )
    old.refresh_from_db()
    joining.change_person(old, name=old.name, email="old@home.example", by=ashdown.clerk)
    joining.take_seat(ashdown.board, person=old, by=ashdown.clerk)
    back = joining.accept_invitation(
        joining.invite(ashdown.school, person=old, by=ashdown.clerk),
        name=old.name,
        password="three quiet words",  # noqa: S106
    )
    assert (back.pk, back.email, back.is_active) == (ashdown.head.pk, "old@home.example", True)
    mailoutbox.clear()
    client.post("/accounts/password/reset/", {"email": address})
    assert mailoutbox == []
    client.post("/accounts/password/reset/", {"email": "old@home.example"})
    assert [mail.to for mail in mailoutbox] == [["old@home.example"]]


def test_an_address_is_handed_over_once(ashdown):
    words = {"address_holder": ashdown.head.person, "roles": [ashdown.head.person.roles.get()], "by": ashdown.clerk}
    joining.hand_over_address(ashdown.school, new_name="One", last_day=TODAY, **words)
    with pytest.raises(Conflict, match="no address any more"):
        joining.hand_over_address(ashdown.school, new_name="Two", last_day=TODAY, **words)
    assert not Person.objects.filter(name="Two").exists()


def test_an_address_goes_to_somebody_who_is_here_without_one(ashdown):
    colleague = add(ashdown, email=None, role="senior leader", board=None)
    new = joining.hand_over_address(
        ashdown.school, address_holder=ashdown.head.person, new_person=colleague, last_day=TODAY, by=ashdown.clerk
    )
    assert new == colleague
    assert Person.objects.filter(email="ashdown.head@people.example").get() == colleague


def test_a_clerk_hands_over_the_own_address(ashdown):
    role = ashdown.clerk.person.roles.get()
    new = joining.hand_over_address(
        ashdown.school,
        address_holder=ashdown.clerk.person,
        new_name="New Clerk",
        roles=[role],
        last_day=TODAY - timedelta(days=1),
        by=ashdown.clerk,
    )
    assert new.roles.get().kind == "clerk"


def test_seats_of_committees_keep_their_history(ashdown):
    seat = make.seat(ashdown.governor, ashdown.committee)
    joining.end_seat(seat, last_day=TODAY, by=ashdown.clerk)
    assert Seat.objects.filter(pk=seat.pk, last_day=TODAY).exists()
