"""Posts and teams that answer for an action: "Year 3 team". A name that can be chosen; no seat, address or sign-in."""

from datetime import timedelta

from django.db.models import QuerySet

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import Organisation, Person, Role, User
from governance.permissions import P

LONGEST = 120


@operation(P.ADD_POST)
def add_post(organisation: Organisation, *, name: str, by: User) -> Person:
    """Add a post or a team to the names that can be chosen. One of that name is there already: that one."""
    return post_called(organisation, name)


@operation(P.ADD_POST)
def end_post(organisation: Organisation, *, post: Person, by: User) -> Person:
    """Take a post off the names that can be chosen. What it owned stays under its name."""
    roles = Role.objects.on(clock.today()).filter(person=post, organisation=organisation)
    if not post.is_post or not roles.exists():
        raise Conflict(f"{post} is no post here any more.")
    end(roles)
    return post


def post_called(organisation: Organisation, name: str) -> Person:
    """The post of that name, made where there is none. A person's name is no post's."""
    here = Person.objects.on_hand(organisation)
    found = here.filter(name__iexact=name).first()
    if found and not found.is_post:
        raise Conflict(f"{found} is somebody’s name here. Choose it from the list.")
    if found:
        return found
    post = Person.objects.create(name=name, is_post=True)
    Role.objects.create(person=post, organisation=organisation, kind=Role.Kind.STAFF)
    return post


def of(organisation: Organisation) -> QuerySet:
    """The posts and teams of today."""
    return Person.objects.on_hand(organisation).filter(is_post=True)


def end(roles: QuerySet) -> None:
    """End roles with the day before today, so that from now on nobody chooses them; one of today never was."""
    yesterday = clock.today() - timedelta(days=1)
    roles.filter(first_day__gt=yesterday).delete()
    roles.filter(first_day__lte=yesterday).update(last_day=yesterday)
