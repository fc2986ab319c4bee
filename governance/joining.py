"""Who joins an organisation, as what, and until when. Rights follow roles and seats, and are read at each request."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.db import IntegrityError, transaction
from django.db.models import Q

from foundation import clock, outbox
from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from governance import inviting
from governance.inviting import accept_invitation, invite, withdraw_invitation
from governance.models import Board, Organisation, Person, Role, Seat, User
from governance.permissions import P

__all__ = [
    "accept_invitation",
    "add_person",
    "change_person",
    "change_seat",
    "end_role",
    "end_seat",
    "give_role",
    "hand_over_address",
    "invite",
    "suspend_seat",
    "take_seat",
    "withdraw_invitation",
]


@operation(P.KEEP_PEOPLE)
def add_person(
    organisation: Organisation,
    *,
    name: str,
    email: str | None = None,
    role: str | None = None,
    job: str = "",
    board: Board | None = None,
    position: str = Seat.Position.MEMBER,
    category: str = "",
    votes: bool = True,
    link: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
    is_namesake: bool = False,
    invited: bool = False,
    by: User,
) -> Person:
    """Add somebody with a role, a seat or both. Whoever has that address already is that person.

    `is_namesake`: somebody of this name is here already, and this is another one. `invited`: send the link at once.
    """
    if not role and not board:
        raise Conflict(f"Say what {name} is here: a role, or a seat on a board.")
    person = _known_by(email) or _new_person(organisation, name, email, is_namesake)
    days = {"first_day": first_day or clock.today(), "last_day": last_day}
    if role:
        _give_role(organisation, person, kind=role, job=job, reads_submitted=False, **days)
    if board:
        _serve(board, organisation)
        _take_seat(board, person, position=position, category=category, votes=votes, link=link, **days)
    if invited:
        inviting.invite_along(person, organisation, invited_by=str(by))
    return person


@operation(P.KEEP_PEOPLE)
def change_person(person: Person, *, name: str, email: str | None, by: User) -> Person:
    """Correct a name or an address. A sign-in moves to the new address; both addresses hear of it."""
    if elsewhere(person, by) and (name, email) != (person.name, person.email):
        raise Conflict(
            f"{person} also belongs elsewhere, so name and address are not yours alone to change. "
            "They keep them with the clerk there."
        )
    former = SimpleNamespace(name=person.name, email=person.email)
    if email:
        _require_person(person)
    if email != former.email:
        _free(email)
        inviting.withdraw(person)
    person.name, person.email = name, email
    person.save(update_fields=["name", "email"])
    if email != former.email and inviting.can_sign_in(person):
        _move_sign_in(person, former, by)
    return person


@operation(P.KEEP_PEOPLE)
def give_role(
    organisation: Organisation,
    *,
    person: Person,
    kind: str,
    job: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
    reads_submitted: bool = False,
    by: User,
) -> Role:
    """Make somebody headteacher, staff, clerk, adviser … from a day on. The last day counts."""
    days = {"first_day": first_day or clock.today(), "last_day": last_day}
    return _give_role(organisation, person, kind=kind, job=job, reads_submitted=reads_submitted, **days)


@operation(P.KEEP_PEOPLE)
def end_role(organisation: Organisation, *, role: Role, last_day: date, by: User) -> Role:
    """Say the last day of a role. It counts, until midnight; from the next day on it gives no rights."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk, organisation=organisation)
    _can_end(role, last_day)
    if role.kind == Role.Kind.CLERK and not _clerk_after(organisation, role, last_day):
        raise Conflict(f"{organisation} would have no clerk after that day. Add the new clerk first.")
    role.last_day = last_day
    role.save(update_fields=["last_day"])
    withdraw_if_nothing_is_left(role.person)
    return role


@operation(P.KEEP_PEOPLE)
def take_seat(
    board: Board,
    *,
    person: Person,
    position: str = Seat.Position.MEMBER,
    category: str = "",
    votes: bool = True,
    votes_on: str = "",
    link: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
    by: User,
) -> Seat:
    """Seat somebody on a board from a day on. The last day counts. `votes_on`: what an associate member may vote on,
    as the board resolved it."""
    words = {"position": position, "category": category, "votes": votes, "votes_on": votes_on, "link": link}
    return _take_seat(board, person, first_day=first_day or clock.today(), last_day=last_day, **words)


@operation(P.KEEP_PEOPLE)
def change_seat(
    seat: Seat, *, position: str, category: str, votes: bool, link: str, votes_on: str = "", by: User
) -> Seat:
    """Change what a seat is: the chair passes on, a link is given, a category is corrected."""
    if seat.last_day and seat.last_day < clock.today():
        raise Conflict(f"This seat ended on {_written(seat.last_day)}, and stays as it was.")
    seat.position, seat.category, seat.link = position, category, link
    seat.votes = _may_vote(seat.board, position, votes)
    seat.votes_on = _on_what(position, votes=seat.votes, votes_on=votes_on)
    seat.save(update_fields=["position", "category", "votes", "votes_on", "link"])
    return seat


@operation(P.KEEP_PEOPLE)
def suspend_seat(seat: Seat, *, suspended: bool, by: User) -> Seat:
    """Suspend a governor, or end the suspension. Meanwhile there is no vote, and the seat does not count for quorum."""
    if not seat.is_current or seat.is_suspended == suspended:
        raise Conflict(f"{seat.person}'s seat {_stands(seat)}.")
    seat.is_suspended = suspended
    seat.save(update_fields=["is_suspended"])
    return seat


@operation(P.KEEP_PEOPLE)
def end_seat(seat: Seat, *, last_day: date, by: User) -> Seat:
    """Say the last day of a seat. It counts, until midnight; from the next day on it gives no rights."""
    _can_end(seat, last_day)
    seat.last_day = last_day
    seat.save(update_fields=["last_day"])
    withdraw_if_nothing_is_left(seat.person)
    return seat


@operation(P.KEEP_PEOPLE)
def hand_over_address(
    organisation: Organisation,
    *,
    address_holder: Person,
    new_person: Person | None = None,
    new_name: str = "",
    roles: list[Role] | tuple = (),
    last_day: date | None = None,
    by: User,
) -> Person:
    """Hand an address (head@, clerk@) to whoever has the post now. The old person keeps the history and loses the
    sign-in at once; the roles named end on a day and are the new person's from the next; the new person is invited."""
    holder = inviting.lock_person(address_holder.pk)
    address = holder.email
    if not address:
        raise Conflict(f"{holder} has no address any more. Somebody may have handed it over already.")
    if elsewhere(holder, by):
        raise Conflict(
            f"{holder} uses {address} elsewhere as well. When they have another one there, this one is free."
        )
    former = SimpleNamespace(name=holder.name, email=address)
    inviting.close_sign_in(holder)
    inviting.withdraw(holder)
    holder.email = None
    holder.save(update_fields=["email"])
    successor = _successor(new_person, new_name, address)
    for role in roles:
        _pass_on(organisation, role, successor, last_day or clock.today())
    if not inviting.has_something(successor, organisation):
        raise Conflict(f"Say what {successor} is here: choose the role that goes with the address.")
    _tell_of_handover(organisation, former, successor, by)
    inviting.send_invitation(successor, organisation, invited_by=str(by))
    return successor


def elsewhere(person: Person, by: User) -> bool:
    """Whether the person is somebody today in an organisation that this clerk does not clerk."""
    return person.places_now().exclude(pk__in=by.standing.clerk_ids).exists() or (
        Role.objects.not_over_on(clock.today()).filter(person=person, organisation=None).exists()
    )


def _known_by(email: str | None) -> Person | None:
    return Person.objects.filter(email__iexact=email).first() if email else None


def _new_person(organisation: Organisation, name: str, email: str | None, is_namesake: bool) -> Person:
    if not is_namesake and Person.objects.on_hand(organisation).filter(name__iexact=name).exists():
        raise Conflict(f"Somebody called {name} is here already. Look at their page.")
    try:
        with transaction.atomic():
            return Person.objects.create(name=name, email=email or None)
    except IntegrityError:  # two clerks of two schools at the same moment
        return Person.objects.get(email=email)


def _free(email: str | None) -> None:
    if _known_by(email):
        raise Conflict("This address belongs to somebody already. To give it to another person, hand it over.")


def give(organisation: Organisation, person: Person, kind: str, *, first_day: date) -> Role:
    """A role given from outside: by the site administrator who names a clerk."""
    return _give_role(
        organisation, person, kind=kind, job="", reads_submitted=False, first_day=first_day, last_day=None
    )


def _give_role(organisation: Organisation, person: Person, *, kind: str, first_day: date, last_day, **words) -> Role:
    if kind == Role.Kind.SITE_ADMINISTRATOR:
        raise NotAllowed("A site administrator is made by whoever runs this site.")
    _require_person(person)
    _in_order(first_day, last_day)
    held = Role.objects.filter(person=person, organisation=organisation, kind=kind)
    if _overlapping(held, first_day, last_day):
        raise Conflict(f"{person} is {Role.Kind(kind).label} here already.")
    role = Role.objects.create(
        person=person, organisation=organisation, kind=kind, first_day=first_day, last_day=last_day, **words
    )
    _welcome(person, f"role:{role.pk}", organisation, role.get_kind_display(), first_day)
    return role


def _take_seat(
    board: Board, person: Person, *, first_day: date, last_day, position: str, votes: bool, votes_on: str = "", **words
) -> Seat:
    _in_order(first_day, last_day)
    _require_person(person)
    Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    if _overlapping(board.seats.filter(person=person), first_day, last_day):
        raise Conflict(f"{person} has a seat on the {board} already.")
    seat = Seat.objects.create(
        person=person,
        board=board,
        position=position,
        votes=_may_vote(board, position, votes),
        votes_on=_on_what(position, votes=_may_vote(board, position, votes), votes_on=votes_on),
        first_day=first_day,
        last_day=last_day,
        **words,
    )
    _welcome(person, f"seat:{seat.pk}", board.here, f"{seat.in_words}, {board}", first_day)
    return seat


def _may_vote(board: Board, position: str, votes: bool) -> bool:
    """An associate member has no vote on a full board."""
    return votes and not (position == Seat.Position.ASSOCIATE and board.kind == Board.Kind.FULL)


def _on_what(position: str, *, votes: bool, votes_on: str) -> str:
    """A governor's vote has no such limit, and who has no vote needs none."""
    return votes_on if votes and position == Seat.Position.ASSOCIATE else ""


def _require_person(person: Person) -> None:
    if person.is_post:
        raise Conflict(f"{person} is a post or a team: it holds no seat and no role, and has no address.")


def _serve(board: Board, organisation: Organisation) -> None:
    if not board.organisations.filter(pk=organisation.pk).exists():
        raise NotAllowed(f"The {board} is not one of {organisation}.")


def _overlapping(held, first_day: date, last_day: date | None) -> bool:
    held = held.not_over_on(first_day)
    return held.filter(first_day__lte=last_day).exists() if last_day else held.exists()


def _in_order(first_day: date, last_day: date | None) -> None:
    if last_day and last_day < first_day:
        raise Conflict("The last day lies before the first.")


def _can_end(held: Role | Seat, last_day: date) -> None:
    if held.last_day and held.last_day < clock.today():
        raise Conflict(f"This ended on {_written(held.last_day)} already.")
    if last_day < held.first_day:
        raise Conflict(f"This began on {_written(held.first_day)}; the last day cannot lie before that.")


def _clerk_after(organisation: Organisation, role: Role, last_day: date) -> bool:
    later = Role.objects.filter(organisation=organisation, kind=Role.Kind.CLERK).exclude(pk=role.pk)
    return later.filter(Q(last_day=None) | Q(last_day__gt=last_day)).exists()


def withdraw_if_nothing_is_left(person: Person) -> None:
    if not inviting.has_something(person, after=clock.today()):
        inviting.withdraw(person)


def _successor(new_person: Person | None, new_name: str, address: str) -> Person:
    if new_person is None:
        return Person.objects.create(name=new_name, email=address)
    person = inviting.lock_person(new_person.pk)
    _require_person(person)
    if person.email:
        raise Conflict(f"{person} has the address {person.email} already.")
    person.email = address
    person.save(update_fields=["email"])
    return person


def _pass_on(organisation: Organisation, role: Role, successor: Person, last_day: date) -> None:
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk, organisation=organisation)
    _can_end(role, last_day)
    role.last_day = last_day
    role.save(update_fields=["last_day"])
    words = {"kind": role.kind, "job": role.job, "reads_submitted": role.reads_submitted}
    _give_role(organisation, successor, first_day=last_day + timedelta(days=1), last_day=None, **words)


def _move_sign_in(person: Person, former, by: User) -> None:
    """The sign-in goes with the address; without one it is closed. The old address hears of it."""
    inviting.move_sign_in(person)
    key = f"address_changed:{person.pk}:{clock.now().timestamp():.0f}"
    outbox.post(key, "address_changed", to=former, stream=person.audit_stream, by=str(by), new=person.email)


def _tell_of_handover(organisation: Organisation, former, successor: Person, by: User) -> None:
    key = f"address_handed_over:{successor.pk}:{clock.now().timestamp():.0f}"
    words = {"organisation": organisation, "successor": successor.name, "by": str(by)}
    outbox.post(key, "address_handed_over", to=former, stream=organisation.audit_stream, **words)


def _welcome(person: Person, key: str, organisation: Organisation, what: str, since: date) -> None:
    """Who can sign in already needs no invitation, and is told."""
    if inviting.can_sign_in(person):
        words = {"organisation": organisation, "what": what, "since": since}
        outbox.post(f"welcome:{key}", "you_have_joined", to=person, stream=organisation.audit_stream, **words)


def _stands(seat: Seat) -> str:
    if not seat.is_current:
        return f"ended on {_written(seat.last_day)}" if seat.last_day else "has not begun"
    return "is suspended already" if seat.is_suspended else "is not suspended"


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
