"""Brings an organisation's people to life: its boards, roles, seats and sign-ins."""

from datetime import date
from functools import cached_property

from governance import boards, joining
from governance.models import Board, Delegation, Organisation, Person, User
from monitoring.demonstration.reading import FILES, Account, role_in_words, seat_in_words

LONG_AGO = date(2024, 9, 1)
_GIVEN = ("job", "category", "link", "committees")


class Hall:
    """An organisation with its people by name and its users by name, for the events that follow."""

    def __init__(self, organisation: Organisation, facts: dict) -> None:
        self.organisation, self.facts = organisation, facts
        self.board = organisation.full_board()

    @cached_property
    def clerk(self) -> User:
        return User.objects.get(person__roles__organisation=self.organisation, person__roles__kind="clerk")

    @cached_property
    def leader(self) -> User:
        kinds = ("headteacher", "trust leader")
        return User.objects.get(person__roles__organisation=self.organisation, person__roles__kind__in=kinds)

    @cached_property
    def _people(self) -> dict[str, Person]:
        """Everyone of this organisation and of its trust, whose board may decide for it, by full name."""
        places = [place for place in (self.organisation.trust, self.organisation) if place]
        return {person.name: person for place in places for person in Person.objects.of(place).select_related("user")}

    def person(self, name: str) -> Person:
        """Somebody by full name. Asked once everyone is there."""
        if name not in self._people:
            raise LookupError(f"{self.organisation.slug} knows nobody called {name}")
        return self._people[name]

    def forget_people(self) -> None:
        """Ask anew who is there: somebody, or a post, has joined."""
        self.__dict__.pop("_people", None)

    def user(self, name: str) -> User:
        return self.person(name).user

    def user_or_clerk(self, name: str | None) -> User:
        """The sign-in of somebody; for whoever has none, the clerk writes it down."""
        person = self.person(name) if name else None
        return getattr(person, "user", None) or self.clerk

    def board_called(self, name: str) -> Board:
        return self.organisation.boards.get(name=name)


def sign_in(account: Account) -> User:
    """The person and the sign-in of an account, with the demonstration's password."""
    person = Person.objects.create(name=account.name, email=account.email, added_on=LONG_AGO)
    return User.objects.create_user(person, FILES["password"])


def settle(hall: Hall, accounts: list[Account]) -> None:
    """Boards and committees by their rules, then everyone in their roles and seats, since the day they began."""
    _rules(hall)
    for account in accounts:
        _account(hall, account)
    for row in hall.facts.get("people", []):
        _without_sign_in(hall, row)


def delegate(hall: Hall, halls: dict[str, "Hall"]) -> None:
    """Who decides: as the state in the accounts' file has it, a trust's board only where approval is kept by it."""
    if "kept by the trust board" not in hall.facts["state"]:
        return
    trust = halls[hall.facts["trust"]]
    for decision in Delegation.Decides:
        boards.set_delegation(hall.organisation, decision=decision, board=trust.board, by=hall.clerk)


def _rules(hall: Hall) -> None:
    rules = hall.facts["board"]
    boards.change_board(
        hall.board,
        name=rules["name"],
        short_name=rules["short"],
        quorum=rules["quorum"],
        quorum_number=None,
        governors_in_majority=False,
        notice_days=rules.get("notice_days", 7),
        stands_review=False,  # until the board chooses so, on the day that its facts name
        stands_monitoring=False,
        by=hall.clerk,
    )
    for committee in hall.facts.get("committees", []):
        boards.add_board(
            hall.organisation,
            name=committee["name"],
            short_name="",
            kind=Board.Kind.COMMITTEE,
            quorum=Board.Quorum.NUMBER,
            quorum_number=committee["quorum"],
            governors_in_majority=True,
            notice_days=committee.get("notice_days", 7),
            by=hall.clerk,
        )


def _account(hall: Hall, account: Account) -> None:
    slug, person = hall.organisation.slug, Person.objects.get(email=account.email)
    extra = hall.facts.get("accounts", {}).get(account.email, {})
    for where, words in account.roles:
        said = role_in_words(words) if where == slug else None
        if said and said["kind"] != "clerk":  # the clerk was named when the organisation was set up
            _role(
                hall,
                person,
                said | {"job": extra.get("job", ""), "first_day": said["first_day"] or extra.get("since", LONG_AGO)},
            )
    for where, words in account.seats:
        if where == slug:
            said = seat_in_words(words)
            given = {name: extra[name] for name in _GIVEN if extra.get(name)}
            committees = given.pop("committees", None) or ([said["committee"]] if said["committee"] else [])
            given.pop("job", None)
            _seat(
                hall,
                person,
                said | given | {"first_day": said["first_day"] or extra.get("since", LONG_AGO)},
                committees,
            )


def _without_sign_in(hall: Hall, row: dict) -> None:
    first, last = row.get("since", LONG_AGO), row.get("until")
    seat = {"board": hall.board} | {
        name: row[name] for name in ("position", "category", "votes", "link") if name in row
    }
    person = joining.add_person(
        hall.organisation,
        name=row["name"],
        email=row.get("email") or None,
        role=row.get("role") or None,
        job=row.get("job", ""),
        first_day=first,
        last_day=last,
        by=hall.clerk,
        **(seat if row.get("position") else {}),
    )
    for name in row.get("committees", []):
        days = {"first_day": first, "last_day": last}
        votes = row.get("votes", True)
        joining.take_seat(hall.board_called(name), person=person, votes=votes, by=hall.clerk, **days)


def _role(hall: Hall, person: Person, said: dict) -> None:
    joining.give_role(hall.organisation, person=person, by=hall.clerk, **said)


def _seat(hall: Hall, person: Person, said: dict, committees: list[str]) -> None:
    words = {name: said[name] for name in ("position", "category", "votes", "link", "first_day", "last_day")}
    joining.take_seat(hall.board, person=person, by=hall.clerk, **words)
    for name in committees:
        plain = words | {"position": "governor", "link": "", "category": ""}
        joining.take_seat(hall.board_called(name), person=person, by=hall.clerk, **plain)
