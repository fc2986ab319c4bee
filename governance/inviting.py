"""Invitations: a link by mail that makes a sign-in, seven days, once. Only the hash of its token is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from foundation import audit, clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import Invitation, Organisation, Person, Role, Seat, User
from governance.permissions import P

PAUSE = timedelta(minutes=1)  # between two invitations of one person: a double click sends one
FRESH_A_DAY = 3  # links that the invited may ask for by themselves


@dataclass(frozen=True)
class ByNobody:
    """Whoever acts without a sign-in, as the audit names them: by a link, or at the console."""

    name: str
    pk: int = 0

    def __str__(self) -> str:
        return self.name


@operation(P.KEEP_PEOPLE)
def invite(organisation: Organisation, *, person: Person, by: User) -> Invitation:
    """Send a person of the organisation a link to make a sign-in. Earlier links stop working."""
    if not has_something(person, organisation):
        raise Conflict(f"{person} has no role or seat here that would let them in. Give them one first.")
    return send_invitation(person, organisation, invited_by=str(by))


@operation(P.KEEP_PEOPLE)
def withdraw_invitation(organisation: Organisation, *, person: Person, by: User) -> None:
    """Make the link that a person was sent stop working."""
    if not withdraw(person, organisation=organisation):
        raise Conflict(f"{person} has no invitation that is still open.")


def accept_invitation(invitation: Invitation, *, name: str, password: str) -> User:
    """Make the sign-in that the link was for, and spend the link. Its holder has no sign-in yet, so this is no
    operation of somebody's: the link is the permission."""
    with transaction.atomic():
        locked = _lock(invitation)
        if not works(locked):
            raise Conflict("This link has been used already, or its seven days are over.")
        before, person = audit.picture(locked), locked.person
        person.name = name
        person.save(update_fields=["name"])
        user = _make_sign_in(person, password)
        locked.spent_at = clock.now()
        locked.save(update_fields=["spent_at"])
        withdraw(person)
        audit.record("accept_invitation", by=user, thing=locked, before=before, words={"name": name})
    return user


def ask_for_fresh_link(invitation: Invitation) -> Invitation | None:
    """Mail a fresh link to the address that the old one was made for, where it still may make a sign-in.

    Whoever asks is told the same in every case, so that nobody learns from the answer whether an address is known.
    """
    with transaction.atomic():
        locked = _lock(invitation)
        person, moment = locked.person, clock.now()
        if _is_out_of_use(locked) or person.invitations.first().withdrawn_at or _asked_enough(person, moment):
            return None
        before = audit.picture(locked)
        fresh = send_invitation(person, locked.organisation, invited_by="")
        audit.record("ask_for_fresh_link", by=ByNobody(person.name), thing=locked, before=before, words={})
    return fresh


def find(token: str) -> Invitation | None:
    """The invitation that a link belongs to."""
    found = Invitation.objects.select_related("person", "organisation")
    return found.filter(token_hash=_hash(token)).first()


def works(invitation: Invitation) -> bool:
    """Whether the link makes a sign-in today: open, and its person still is somebody, at that address, without one."""
    return invitation.is_open and not _is_out_of_use(invitation)


def _is_out_of_use(invitation: Invitation) -> bool:
    person = invitation.person
    return person.email != invitation.email or can_sign_in(person) or not has_something(person)


def _asked_enough(person: Person, moment) -> bool:
    lately = person.invitations.filter(made_at__gt=moment - timedelta(days=1))
    return lately.filter(made_at__gt=moment - PAUSE).exists() or lately.count() >= FRESH_A_DAY


def can_sign_in(person: Person) -> bool:
    """Whether the person has a sign-in that is not closed."""
    return User.objects.filter(person=person, is_active=True).exists()


def has_something(person: Person, organisation: Organisation | None = None, *, after=None) -> bool:
    """Whether the person has a role or a seat today or later (or after a day), anywhere or in one organisation."""
    roles, seats = Role.objects.filter(person=person), Seat.objects.filter(person=person)
    if organisation is not None:
        roles, seats = roles.filter(organisation=organisation), seats.filter(board__organisations=organisation)
    day = clock.today() if after is None else after + timedelta(days=1)
    return roles.not_over_on(day).exists() or seats.not_over_on(day).exists()


def invite_along(person: Person, organisation: Organisation, *, invited_by: str) -> None:
    """Let somebody who was just given something sign in; within an operation. Nothing is sent to whoever can already,
    nor within a minute of another link: that one opens the same sign-in, for every organisation."""
    if not can_sign_in(person) and not _just_sent(lock_person(person.pk)):
        send_invitation(person, organisation, invited_by=invited_by)


def _just_sent(person: Person) -> bool:
    lately = person.invitations.filter(made_at__gt=clock.now() - PAUSE, withdrawn_at=None, spent_at=None)
    return lately.filter(email=person.email).exists()


def send_invitation(person: Person, organisation: Organisation | None, *, invited_by: str) -> Invitation:
    """Make the link and post its mail; within an operation. Links sent before stop working."""
    person = lock_person(person.pk)
    if not person.email:
        raise Conflict(f"{person} has no e-mail address. Give them one first.")
    if can_sign_in(person):
        raise Conflict(f"{person} can sign in already, and needs no invitation.")
    if _just_sent(person):
        raise Conflict(f"An invitation went to {person} less than a minute ago. It is on its way.")
    withdraw(person)
    invitation, token = make_invitation(person, organisation)
    outbox.post(
        f"invitation:{invitation.pk}",
        "invitation",
        to=person,
        stream=organisation.audit_stream if organisation else "site",
        secret=True,
        organisation=organisation,
        invited_by=invited_by,
        url=address_of(token),
        until=clock.in_london(invitation.expires_at),
    )
    return invitation


def make_invitation(person: Person, organisation: Organisation | None) -> tuple[Invitation, str]:
    """The row, and the token of which the row keeps only the hash."""
    token, moment = secrets.token_urlsafe(32), clock.now()
    invitation = Invitation.objects.create(
        person=person,
        organisation=organisation,
        email=person.email,
        token_hash=_hash(token),
        made_at=moment,
        expires_at=moment + timedelta(days=Invitation.DAYS),
    )
    return invitation, token


def address_of(token: str) -> str:
    """The whole address of a link."""
    return settings.SITE_URL.rstrip("/") + reverse("invitation", args=[token])


def withdraw(person: Person, *, organisation: Organisation | None = None) -> int:
    """Make a person's open links stop working; within an operation. Returns how many there were."""
    links = Invitation.objects.filter(person=person, spent_at=None, withdrawn_at=None)
    if organisation is not None:
        links = links.filter(organisation=organisation)
    return links.filter(expires_at__gt=clock.now()).update(withdrawn_at=clock.now())


def close_sign_in(person: Person) -> None:
    """End a person's sign-in and with it their sessions; within an operation. The row stays: history points to it."""
    user = User.objects.filter(person=person).first()
    if user is None:
        return
    user.is_active = False
    user.email = f"closed-{user.pk}@sign-in.invalid"
    user.set_unusable_password()
    user.save(update_fields=["is_active", "email", "password"])
    forget_addresses(user)


def move_sign_in(person: Person) -> None:
    """Let a person's sign-in follow the address; without one it is closed. Within an operation."""
    if not person.email:
        close_sign_in(person)
        return
    user = User.objects.get(person=person)
    user.email = person.email
    user.save(update_fields=["email"])
    forget_addresses(user)


def forget_addresses(user: User) -> None:
    """allauth notes the address to which it once sent a link, and would find this user by it for ever: an old head
    could be found under head@, and the new head renew the old one's password."""
    EmailAddress.objects.filter(user=user).delete()


def _make_sign_in(person: Person, password: str) -> User:
    user = User.objects.filter(person=person).first()
    if user is None:
        return User.objects.create_user(person, password)
    user.email, user.is_active = person.email, True
    user.set_password(password)
    user.save(update_fields=["email", "is_active", "password"])
    forget_addresses(user)
    return user


def _lock(invitation: Invitation) -> Invitation:
    lock_person(invitation.person_id)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    return rows.get(pk=invitation.pk)


def lock_person(number: int) -> Person:
    """The person first, then the invitations: whoever changes addresses and sign-ins holds them in this order."""
    return Person.objects.select_for_update(of=("self",)).get(pk=number)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
