"""The register: who sits, leads and works in an organisation, as rows ready to be shown, in a handful of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from foundation import clock
from governance.models import Board, Invitation, Organisation, Person, Role, Seat

_RANK = {place: number for number, place in enumerate(Seat.Position.values)}
_VISITORS = (Role.Kind.ADVISER, Role.Kind.INSPECTOR)


@dataclass(frozen=True)
class Row:
    """One seat or role of one person."""

    person: Person
    held: Seat | Role
    what: str
    category: str
    votes: str
    days: str
    sign_in: str
    may_end: bool = False

    @property
    def is_seat(self) -> bool:
        return isinstance(self.held, Seat)


@dataclass(frozen=True)
class Bench:
    """A board with those who sit on it."""

    board: Board
    rows: list[Row]
    quorum: str

    @property
    def serves(self) -> list[Organisation]:
        return list(self.board.organisations.all())


@dataclass(frozen=True)
class Register:
    """An organisation's people: by board, then leaders and staff, posts apart, then visitors; the ended ones where
    asked for."""

    benches: list[Bench]
    workers: list[Row]
    posts: list[Person]
    visitors: list[Row]
    ended: list[Row]
    in_words: str


def of(organisation: Organisation, *, ended: bool = False) -> Register:
    """Everyone there today or later; with `ended` also those whose last day is past."""
    boards = list(organisation.boards.select_related("parent").prefetch_related("organisations").order_by("pk"))
    seats = list(Seat.objects.filter(board__in=boards).select_related("person__user", "board"))
    roles = list(Role.objects.filter(organisation=organisation).select_related("person__user"))
    links = links_of({held.person_id for held in seats + roles})
    now = [held for held in seats + roles if not is_over(held)]
    benches = [_bench(board, [seat for seat in now if isinstance(seat, Seat) and seat.board_id == board.pk], links)
               for board in boards]  # fmt: skip
    working = [role for role in now if isinstance(role, Role)]
    over = sorted((held for held in seats + roles if is_over(held)), key=lambda held: held.last_day, reverse=True)
    return Register(
        benches=sorted(benches, key=lambda bench: list(Board.Kind.values).index(bench.board.kind)),
        workers=[row_of(one, links) for one in working if one.kind not in _VISITORS and not one.person.is_post],
        posts=[role.person for role in working if role.person.is_post],
        visitors=[row_of(role, links) for role in working if role.kind in _VISITORS],
        ended=[row_of(held, links) for held in over] if ended else [],
        in_words=_counted(now, links),
    )


def of_person(organisation: Organisation, person: Person) -> tuple[list[Row], list[Row]]:
    """What one person is in an organisation: of today or later, and what is over."""
    seats = Seat.objects.filter(board__organisations=organisation, person=person)
    roles = Role.objects.filter(organisation=organisation, person=person)
    held = [*roles.select_related("person__user").order_by("first_day")]
    held += [*seats.select_related("person__user", "board").order_by("board__parent_id", "first_day")]
    links = links_of({person.pk})
    rows = [row_of(one, links, on_own_page=True) for one in held]
    return [row for row in rows if not is_over(row.held)], [row for row in rows if is_over(row.held)]


def everywhere(person: Person) -> list[tuple[Organisation | None, list[Row]]]:
    """What a person is today or later, place by place: for their own page."""
    today = clock.today()
    roles = Role.objects.not_over_on(today).filter(person=person).select_related("person__user", "organisation")
    seats = Seat.objects.not_over_on(today).filter(person=person).select_related("person__user", "board")
    places: dict = {}
    for seat in seats.prefetch_related("board__organisations"):
        for place in seat.board.organisations.all():
            places.setdefault(place, []).append(row_of(seat, {}, on_own_page=True))
    for role in roles:
        places.setdefault(role.organisation, []).append(row_of(role, {}, on_own_page=True))
    return sorted(places.items(), key=lambda place: place[0].name if place[0] else "")


def row_of(held: Seat | Role, links: dict[int, Invitation], *, on_own_page: bool = False) -> Row:
    """A seat or a role as a row. On the person's own page it names its board."""
    seat = isinstance(held, Seat)
    return Row(
        person=held.person,
        held=held,
        what=_of_seat(held, on_own_page) if seat else _of_role(held),
        category=held.category if seat else held.job,
        votes=_votes(held) if seat else "",
        days=days_of(held),
        sign_in=sign_in_of(held.person, links),
        may_end=not is_over(held),
    )


def links_of(people: Iterable[int]) -> dict[int, Invitation]:
    """Each person's newest invitation that was neither spent nor withdrawn."""
    found = Invitation.objects.filter(person__in=people, spent_at=None, withdrawn_at=None).order_by("made_at", "pk")
    return {link.person_id: link for link in found}


def sign_in_of(person: Person, links: dict[int, Invitation]) -> str:
    """Whether the person can sign in, in words."""
    user, link = getattr(person, "user", None), links.get(person.pk)
    if user and user.is_active:
        return "can sign in"
    if not person.email:
        return "no address"
    if link and link.is_open:
        until = clock.in_london(link.expires_at)
        return f"invited, until {until.day} {until:%B}"
    return "invitation is over" if link else "not invited"


def is_over(held: Seat | Role) -> bool:
    """Whether its last day is past."""
    return held.last_day is not None and held.last_day < clock.today()


def days_of(held: Seat | Role) -> str:
    """ "until 31 August 2027", "from 1 January 2027", "2 September 2024 to 31 August 2026"; open-ended: nothing."""
    if is_over(held):
        return f"{written(held.first_day)} to {written(held.last_day)}"
    begins = f"from {written(held.first_day)}" if held.first_day > clock.today() else ""
    ends = f"until {written(held.last_day)}" if held.last_day else ""
    return f"{begins} {ends}".strip()


def written(day) -> str:
    """24 November 2026."""
    return f"{day.day} {day:%B %Y}"


def quorum_in_words(board: Board, filled: int) -> str:
    """ "6 of its 11 voting seats make a quorum"."""
    needed = board.quorum_of(filled)
    seats = "voting seat is" if filled == 1 else "voting seats are"
    return f"{filled or 'No'} {seats} filled; a quorum is {needed}."


def _bench(board: Board, seats: list[Seat], links: dict[int, Invitation]) -> Bench:
    seats.sort(key=lambda seat: (_RANK.get(seat.position, len(_RANK)), seat.person.name))
    filled = sum(seat.votes and not seat.is_suspended and seat.is_current for seat in seats)
    return Bench(board, [row_of(seat, links) for seat in seats], quorum_in_words(board, filled))


def _of_seat(seat: Seat, on_own_page: bool) -> str:
    words = seat.get_position_display()
    if seat.link:
        words = f"link governor for {seat.link}" if seat.position == Seat.Position.MEMBER else (
            f"{words}, link governor for {seat.link}")  # fmt: skip
    if not on_own_page:
        return words
    return f"{words} {'of' if 'chair' in seat.position else 'on'} the {seat.board}"


def _of_role(role: Role) -> str:
    if role.kind == Role.Kind.ADVISER and role.reads_submitted:
        return "adviser, reads what is before the board"
    return role.get_kind_display()


def _votes(seat: Seat) -> str:
    if seat.is_suspended:
        return "suspended"
    return "votes" if seat.votes else "no vote"


def _counted(held: list[Seat | Role], links: dict[int, Invitation]) -> str:
    people = {one.person_id: one.person for one in held if not one.person.is_post}
    states = [sign_in_of(person, links) for person in people.values()]
    can = states.count("can sign in")
    invited = sum(state.startswith("invited, until") for state in states)
    words = f"{len(people)} {'person' if len(people) == 1 else 'people'}; {can or 'none'} can sign in"
    return f"{words}, {invited} {'is' if invited == 1 else 'are'} invited." if invited else f"{words}."
