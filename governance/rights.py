"""Who may do what in an organisation, and why: the parts a person plays, each with the role or seat it comes from."""

from dataclasses import dataclass

from foundation import permissions
from governance.models import Organisation, Person, Role, Seat
from governance.permissions import Part
from governance.register import written
from governance.standing import PART_OF_ROLE, Standing, parts_of_seat


@dataclass(frozen=True)
class Right:
    """One thing that can be done, and by whom."""

    deed: str
    who: str


@dataclass(frozen=True)
class Because:
    """A role or seat of a person, and the parts it makes them play."""

    words: str
    parts: frozenset[Part]


def everything() -> list[Right]:
    """The whole table in words."""
    return [Right(permission.value, permissions.who(permission)) for permission in permissions.table()]


def of(organisation: Organisation, person: Person) -> list[tuple[Because, list[str]]]:
    """Each role and seat of a person here today, and what may be done because of it; said once, with the first that
    gives it. Rights in one thing (who leads an objective, who was asked a question) stand on that thing."""
    rest, found = permissions.table(), []
    for reason in _reasons(organisation, person):
        given = [permission for permission, parts in rest.items() if reason.parts & parts]
        found.append((reason, [permission.value for permission in given]))
        rest = {permission: parts for permission, parts in rest.items() if permission not in given}
    return found


def _reasons(organisation: Organisation, person: Person) -> list[Because]:
    standing = Standing.of_person(person.pk)
    seats = {held.seat: held for held in standing.seats}
    rows = Seat.objects.filter(pk__in=seats).select_related("board").prefetch_related("board__organisations")
    found = [
        _because(
            f"{seat.in_words} {'of' if 'chair' in seat.position else 'on'} the {seat.board}",
            seat,
            parts_of_seat(seats[seat.pk]),
        )
        for seat in rows
        if organisation in seat.board.organisations.all()
    ]
    roles = Role.objects.filter(person=person).select_related("organisation")
    current = [role for role in roles if role.is_current]
    found += [
        _because(role.get_kind_display(), role, {PART_OF_ROLE[role.kind]})
        for role in current
        if role.organisation_id == organisation.pk
    ]
    return found + _from_the_trust(organisation, current, rows)


def _from_the_trust(organisation: Organisation, roles: list[Role], seats) -> list[Because]:
    """A school is seen by its trust's leaders and trustees."""
    if organisation.trust_id is None:
        return []
    found = [
        _because(f"trust leader of {role.organisation}", role, {Part.LEADER_OF_TRUST})
        for role in roles
        if role.organisation_id == organisation.trust_id and role.kind == Role.Kind.TRUST_LEADER
    ]
    return found + [
        _because(f"{seat.in_words} on the {seat.board} of the trust", seat, {Part.TRUSTEE})
        for seat in seats
        if seat.board.kind == "full board"
        and organisation.trust_id in {one.pk for one in seat.board.organisations.all()}
    ]


def _because(words: str, held: Role | Seat, parts: set[Part]) -> Because:
    until = f", until {written(held.last_day)}" if held.last_day else ""
    suspended = ", suspended" if getattr(held, "is_suspended", False) else ""
    return Because(f"{words} since {written(held.first_day)}{until}{suspended}", frozenset(parts))
