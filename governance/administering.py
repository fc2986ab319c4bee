"""The site's first account: made, or let in again, by whoever runs the machine."""

from django.db import transaction

from foundation import audit, clock
from foundation.errors import Conflict
from governance import inviting
from governance.models import Person, Role


def make_administrator(email: str) -> str:
    """Make the person at that address a site administrator, and return the link by which they choose a password.

    Nobody is signed in on the machine's own console: the audit names the console. Run again, it gives a fresh link;
    for somebody who can sign in already, whose password is theirs, it raises Conflict.
    """
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            person = Person.objects.create(name="Site administrator", email=email)
        held = Role.objects.not_over_on(clock.today()).filter(person=person, kind=Role.Kind.SITE_ADMINISTRATOR)
        had_it = held.exists()
        role = held.first() or Role.objects.create(person=person, kind=Role.Kind.SITE_ADMINISTRATOR)
        _refuse_if_nothing_to_do(person, had_it)
        link = ""
        if not inviting.can_sign_in(person):
            inviting.withdraw(person)
            _, token = inviting.make_invitation(person, None)
            link = inviting.address_of(token)
        console = inviting.ByNobody("the machine's console")
        audit.record("make_administrator", by=console, thing=role, before={}, words={"email": email})
    return link


def _refuse_if_nothing_to_do(person: Person, had_it: bool) -> None:
    if had_it and inviting.can_sign_in(person):
        raise Conflict(
            f"{person.email} is a site administrator and can sign in. "
            "A forgotten password is renewed on the sign-in page."
        )
