"""What one person is today, everywhere: their roles and seats in one query, asked from both sides."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from foundation import clock
from governance.models.organisations import Board, Organisation, Seat
from governance.models.people import Role
from governance.permissions import Part

PART_OF_ROLE = {
    Role.Kind.HEADTEACHER: Part.HEADTEACHER,
    Role.Kind.SENIOR_LEADER: Part.SENIOR_LEADER,
    Role.Kind.STAFF: Part.STAFF,
    Role.Kind.BUSINESS_MANAGER: Part.BUSINESS_MANAGER,
    Role.Kind.CLERK: Part.CLERK,
    Role.Kind.TRUST_LEADER: Part.HEADTEACHER,  # a trust leader does in the trust what a headteacher does in a school
    Role.Kind.ADVISER: Part.ADVISER,
    Role.Kind.INSPECTOR: Part.INSPECTOR,
}
_VISITORS = {Role.Kind.ADVISER, Role.Kind.INSPECTOR}
_LEADING = {Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.BUSINESS_MANAGER, Role.Kind.TRUST_LEADER}


# Roles and seats as one list: a role's columns, and a seat's in the same places.
_OF_A_ROLE = {
    "key": "pk",
    "what": "kind",
    "place": "organisation",
    "trust": "organisation__trust",
    "name": "organisation__name",
    "slug": "organisation__slug",
    "on": Cast(Value(None), BigIntegerField()),
    "on_kind": Cast(Value(None), CharField()),
    "place_kind": Cast(Value(None), CharField()),
    "allowed": "reads_submitted",
    "barred": Value(False),
}
_OF_A_SEAT = {
    "key": "pk",
    "what": "position",
    "place": "board__organisations",
    "trust": "board__organisations__trust",
    "name": "board__organisations__name",
    "slug": "board__organisations__slug",
    "on": "board",
    "on_kind": "board__kind",
    "place_kind": "board__organisations__kind",
    "allowed": "votes",
    "barred": "is_suspended",
}


@dataclass(frozen=True)
class RoleHeld:
    kind: str
    organisation: int | None
    trust: int | None
    reads_submitted: bool
    name: str | None
    slug: str | None


@dataclass(frozen=True)
class SeatHeld:
    """A seat as seen from one organisation that its board serves."""

    seat: int
    board: int
    is_full_board: bool
    position: str
    votes: bool
    organisation: int
    is_trust: bool
    trust: int | None
    name: str
    slug: str


@dataclass(frozen=True)
class Standing:
    """Roles and seats that one person holds on one day. Identifiers are organisations' unless they say boards."""

    day: date
    person: int
    roles: tuple[RoleHeld, ...] = ()
    seats: tuple[SeatHeld, ...] = field(default=())
    _served: dict[int, set[int]] = field(default_factory=dict, compare=False, repr=False)  # by board: remembered

    @classmethod
    def of(cls, user) -> "Standing":
        """Read it, for today."""
        return cls.of_person(user.person_id) if user.is_authenticated else cls(clock.today(), 0)

    @classmethod
    def of_person(cls, person: int) -> "Standing":
        """The same for a person who may have no sign-in: to say what they could do."""
        roles = Role.objects.on(clock.today()).filter(person=person)
        seats = Seat.objects.on(clock.today()).filter(person=person, board__organisations__isnull=False)
        held = sorted(
            _listed(roles, _OF_A_ROLE).union(_listed(seats, _OF_A_SEAT), all=True), key=lambda row: row["x_key"]
        )
        return cls(
            clock.today(),
            person,
            tuple(_role_held(row) for row in held if row["x_on"] is None),
            tuple(_seat_held(row) for row in held if row["x_on"] is not None),
        )

    @property
    def is_site_administrator(self) -> bool:
        return any(role.kind == Role.Kind.SITE_ADMINISTRATOR for role in self.roles)

    @property
    def organisation_ids(self) -> set[int]:
        """Where this person is anything at all."""
        return {role.organisation for role in self.roles if role.organisation} | {
            seat.organisation for seat in self.seats
        }

    @property
    def places(self) -> dict[int, tuple[str, str]]:
        """The organisations where this person is anything at all, by name: identifier → name and slug."""
        found = {held.organisation: (held.name, held.slug) for held in (*self.roles, *self.seats) if held.organisation}
        return dict(sorted(found.items(), key=lambda place: place[1]))

    @property
    def inside_ids(self) -> set[int]:
        """Where this person belongs, other than as a visiting adviser or inspector."""
        roles = {role.organisation for role in self.roles if role.organisation and role.kind not in _VISITORS}
        return roles | {seat.organisation for seat in self.seats}

    @property
    def named_only_ids(self) -> set[int]:
        """Where this person belongs, and sees of a plan before its approval no more than what they are named in."""
        return self.inside_ids - self.leading_ids - self.clerk_ids - {seat.organisation for seat in self.seats}

    @property
    def leading_ids(self) -> set[int]:
        """Where this person is in the leaders' circle and reads drafts."""
        return {role.organisation for role in self.roles if role.kind in _LEADING and role.organisation}

    @property
    def clerk_ids(self) -> set[int]:
        return {role.organisation for role in self.roles if role.kind == Role.Kind.CLERK and role.organisation}

    @property
    def board_side_ids(self) -> set[int]:
        """Where this person sits on the full board, or clerks it."""
        return {seat.organisation for seat in self.seats if seat.is_full_board} | self.clerk_ids

    @property
    def governed_ids(self) -> set[int]:
        """Where this person is a governor: on the full board, and not as an associate member."""
        full = [seat for seat in self.seats if seat.is_full_board]
        return {seat.organisation for seat in full if seat.position != Seat.Position.ASSOCIATE}

    @property
    def board_ids(self) -> set[int]:
        """The boards, committees and working parties that this person sits on."""
        return {seat.board for seat in self.seats}

    @property
    def full_board_ids(self) -> set[int]:
        return {seat.board for seat in self.seats if seat.is_full_board}

    @property
    def governed_board_ids(self) -> set[int]:
        """The full boards that this person is a member of, and not an associate member."""
        full = [seat for seat in self.seats if seat.is_full_board]
        return {seat.board for seat in full if seat.position != Seat.Position.ASSOCIATE}

    @property
    def led_trust_ids(self) -> set[int]:
        """The trusts that this person leads."""
        return {role.organisation for role in self.roles if role.kind == Role.Kind.TRUST_LEADER}

    @property
    def seat_ids(self) -> set[int]:
        return {seat.seat for seat in self.seats}

    @property
    def whole_trust_ids(self) -> set[int]:
        """The trusts whose every school this person may see: as a trust leader or a trustee."""
        return self.led_trust_ids | {seat.organisation for seat in self.seats if seat.is_trust and seat.is_full_board}

    @property
    def parent_trust_ids(self) -> set[int]:
        """The trusts of the schools this person belongs to: what they publish to their schools may be read."""
        roles = {role.trust for role in self.roles if role.trust and role.kind not in _VISITORS}
        return roles | {seat.trust for seat in self.seats if seat.trust}

    @property
    def visiting_ids(self) -> set[int]:
        """Where this person is an adviser or an inspector."""
        return {role.organisation for role in self.roles if role.kind in _VISITORS and role.organisation}

    @property
    def invited_ids(self) -> set[int]:
        """Where the board invites this adviser to read what is before it."""
        return {role.organisation for role in self.roles if role.kind == Role.Kind.ADVISER and role.reads_submitted}

    def parts_at(self, organisation: Organisation) -> set[Part]:
        """The parts this person plays in an organisation."""
        parts = {PART_OF_ROLE[role.kind] for role in self.roles if role.organisation == organisation.pk}
        for seat in self.seats:
            if seat.organisation == organisation.pk:
                parts |= parts_of_seat(seat)
        if organisation.trust_id in self.whole_trust_ids:
            parts |= self._from_the_trust(organisation.trust_id)
        if organisation.pk in self.parent_trust_ids:
            parts.add(Part.SCHOOL_OF_TRUST)
        if self.is_site_administrator:
            parts.add(Part.SITE_ADMINISTRATOR)
        return parts

    def parts_on(self, board: Board) -> set[Part]:
        """The parts this person plays on a board: its own members, its clerk, the leaders of what it serves."""
        parts: set[Part] = set()
        for seat in self.seats:
            if seat.board == board.pk:
                parts |= parts_of_seat(seat)
        serves = self._served_by(board)
        parts |= {PART_OF_ROLE[role.kind] for role in self.roles if role.organisation in serves}
        if board.kind != Board.Kind.FULL and serves & self.governed_ids:
            parts.add(Part.BOARD_MEMBER)
        return parts

    def _served_by(self, board: Board) -> set[int]:
        """The organisations that a board serves, asked once as long as this standing is remembered."""
        if board.pk not in self._served:
            self._served[board.pk] = set(board.organisations.values_list("pk", flat=True))
        return self._served[board.pk]

    def _from_the_trust(self, trust: int) -> set[Part]:
        leads = any(role.kind == Role.Kind.TRUST_LEADER and role.organisation == trust for role in self.roles)
        sits = any(seat.organisation == trust and seat.is_full_board for seat in self.seats)
        return ({Part.LEADER_OF_TRUST} if leads else set()) | ({Part.TRUSTEE} if sits else set())


def _listed(rows: QuerySet, columns: dict) -> QuerySet:
    # Names of our own (x_), so that none hides a field of the model.
    named = {f"x_{name}": F(what) if isinstance(what, str) else what for name, what in columns.items()}
    return rows.order_by().values(**named)


def _role_held(row: dict) -> RoleHeld:
    return RoleHeld(
        kind=row["x_what"],
        organisation=row["x_place"],
        trust=row["x_trust"],
        reads_submitted=row["x_allowed"],
        name=row["x_name"],
        slug=row["x_slug"],
    )


def _seat_held(row: dict) -> SeatHeld:
    return SeatHeld(
        seat=row["x_key"],
        board=row["x_on"],
        is_full_board=row["x_on_kind"] == Board.Kind.FULL,
        position=row["x_what"],
        votes=row["x_allowed"] and not row["x_barred"],
        organisation=row["x_place"],
        is_trust=row["x_place_kind"] == Organisation.Kind.TRUST,
        trust=row["x_trust"],
        name=row["x_name"],
        slug=row["x_slug"],
    )


def parts_of_seat(seat: SeatHeld) -> set[Part]:
    """What a seat makes of its holder: a member, perhaps with a vote, perhaps in the chair."""
    parts = {Part.COMMITTEE_MEMBER}
    if seat.is_full_board:
        parts = {Part.ASSOCIATE_MEMBER if seat.position == Seat.Position.ASSOCIATE else Part.BOARD_MEMBER}
    if seat.votes:
        parts.add(Part.VOTING_MEMBER)
    if seat.position == Seat.Position.CHAIR and seat.is_full_board:
        parts.add(Part.CHAIR)
    if seat.position == Seat.Position.CHAIR and not seat.is_full_board:
        parts.add(Part.ACTING_CHAIR)
    if seat.position == Seat.Position.VICE_CHAIR and seat.is_full_board:
        parts.add(Part.VICE_CHAIR)
    return parts
