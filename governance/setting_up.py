"""How an organisation begins: four facts, a full board by the rules of its kind, a clerk; everything else a default."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from foundation import audit, clock
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import refresh, require
from governance import calendar, inviting, joining, register, years
from governance.models import Board, Delegation, Organisation, Person, Role, User
from governance.permissions import P, Part
from governance.wording import listed

MAINTAINED = (
    "Community school",
    "Foundation school",
    "Voluntary aided school",
    "Voluntary controlled school",
    "Community special school",
    "Foundation special school",
    "Maintained nursery school",
    "Pupil referral unit",
)
ACADEMIES = (
    "Academy converter",
    "Academy sponsor led",
    "Free school",
    "Academy special converter",
    "Free school special",
    "Academy alternative provision",
    "University technical college",
    "Studio school",
)
TRUSTS = ("Multi-academy trust", "Single-academy trust")
PHASES = ("Nursery", "Primary", "Middle", "Secondary", "16 plus", "All-through", "Special", "Alternative provision")


@dataclass(frozen=True)
class Rules:
    """What a full board begins with. The clerk changes it."""

    name: str
    short_name: str
    quorum: str
    quorum_number: int | None
    written_resolutions: bool
    in_words: str


class Site:
    """The place where organisations are made, which is nobody's organisation."""

    def parts_of(self, user) -> set[Part]:
        return {Part.SITE_ADMINISTRATOR} if user.standing.is_site_administrator else set()


def rules_for(kind: str, establishment: str, *, in_a_trust: bool) -> Rules:
    """The usual rules of a full board. Maintained: regulation 14 of the 2013 Roles, Procedures and Allowances
    Regulations; a trust: the model articles; an academy's local board: whatever its trust says, so a number."""
    if kind == Organisation.Kind.TRUST or (establishment in ACADEMIES and not in_a_trust):
        return Rules(
            "Board of trustees", "Trustees", Board.Quorum.THIRD, None, True,
            "Quorum is a third of the filled voting seats, rounded up, and at least three.",
        )  # fmt: skip
    if in_a_trust:
        return Rules(
            "Local governing body", "LGB", Board.Quorum.HALF, None, False,
            "Quorum is half of the filled voting seats, rounded up; the trust’s terms of reference may say otherwise.",
        )  # fmt: skip
    return Rules(
        "Full governing body", "FGB", Board.Quorum.HALF, None, False,
        "Quorum is half of the filled voting seats, rounded up.",
    )  # fmt: skip


def financial_year_from(kind: str, establishment: str) -> int:
    """The first month of its financial year: September for trusts and academies, April for maintained schools."""
    return 9 if kind == Organisation.Kind.TRUST or establishment in ACADEMIES else 4


def set_up_organisation(
    *,
    name: str,
    kind: str,
    establishment: str,
    clerk_name: str,
    clerk_email: str,
    slug: str | None = None,
    phase: str = "",
    trust: Organisation | None = None,
    reference: str = "",
    local_authority: str = "",
    board_name: str = "",
    small_number_threshold: int = 6,
    terms: dict[int, list[dict]] | None = None,
    by: User,
) -> Organisation:
    """Make a school or a trust: its full board by the rules of its kind, its terms where they are known, its clerk,
    who is invited. `terms`: year → rows of calendar.set_terms. An operation on no row: the site has none."""
    with transaction.atomic():
        refresh(by)
        require(by, P.SET_UP_ORGANISATION, Site())
        facts = {"name": name, "kind": kind, "establishment": establishment, "phase": phase, "trust": trust}
        facts |= {"reference": reference, "local_authority": local_authority}
        facts |= {"small_number_threshold": small_number_threshold}
        facts |= {"financial_year_from": financial_year_from(kind, establishment)}
        _not_just_made(facts, clerk_email)
        organisation = _create(facts, slug)
        _full_board(organisation, board_name)
        for year, rows in (terms or {}).items():
            calendar.write_terms(organisation, year, rows)
        _name_clerk(organisation, clerk_name, clerk_email, by)
        words = facts | {"clerk_name": clerk_name, "clerk_email": clerk_email, "terms": terms or {}}
        audit.record("set_up_organisation", by=by, thing=organisation, before={}, words=words)
    return organisation


@operation(P.SET_UP_ORGANISATION)
def replace_clerk(organisation: Organisation, *, clerk_name: str, clerk_email: str, by: User) -> Person:
    """Name the clerk from today on. Whoever clerked until now did so until yesterday."""
    former = Role.objects.not_over_on(clock.today()).filter(organisation=organisation, kind=Role.Kind.CLERK)
    for role in former.select_for_update(of=("self",)):
        if role.person.email and role.person.email.lower() == clerk_email.lower():
            raise Conflict(f"{role.person} is the clerk of {organisation} already.")
        if role.first_day >= clock.today():
            role.last_day = role.first_day
            role.save(update_fields=["last_day"])
        else:
            role.last_day = clock.today() - timedelta(days=1)
            role.save(update_fields=["last_day"])
        joining.withdraw_if_nothing_is_left(role.person)
    return _name_clerk(organisation, clerk_name, clerk_email, by)


@operation(P.SET_UP_ORGANISATION)
def invite_clerk(organisation: Organisation, *, person: Person, by: User) -> None:
    """Send the clerk a fresh link."""
    clerks = Role.objects.on(clock.today()).filter(organisation=organisation, kind=Role.Kind.CLERK, person=person)
    if not clerks.exists():
        raise Conflict(f"{person} is not the clerk of {organisation} any more.")
    inviting.send_invitation(person, organisation, invited_by=str(by))


@dataclass(frozen=True)
class Kept:
    """An organisation with its clerks, each with whether they can sign in."""

    organisation: Organisation
    clerks: list[register.Row]


def clerks_of(organisations) -> models.QuerySet:
    """The roles of those who clerk there today or later."""
    roles = Role.objects.not_over_on(clock.today()).filter(organisation__in=organisations, kind=Role.Kind.CLERK)
    return roles.select_related("person__user")


def with_clerks(organisations) -> list[Kept]:
    """Each with its clerks, in two queries."""
    roles = list(clerks_of(organisations))
    links = register.links_of([role.person_id for role in roles])
    rows = [register.row_of(role, links) for role in roles]
    return [Kept(one, [row for row in rows if row.held.organisation_id == one.pk]) for one in organisations]


def facts_of(organisation: Organisation) -> list[str]:
    """How it was set up, as sentences. The clerk changes what stands in them."""
    board = organisation.full_board()
    year = years.year_of(clock.today())
    terms = organisation.terms_of(year)
    named = {"half": "half of the filled voting seats, rounded up", "number": str(board.quorum_number)}
    quorum = named.get(board.quorum, "a third of the filled voting seats, rounded up, and at least three")
    days = "day’s" if board.notice_days == 1 else "days’"
    return [
        f"Its full board is the {board}; a quorum is {quorum}.",
        f"A meeting needs {board.notice_days} clear {days} notice.",
        _who_decides(organisation),
        f"Terms of {years.written(year)}: {'set' if terms else 'not set yet'}.",
        f"Figures about fewer than {organisation.small_number_threshold} pupils are hidden from readers outside.",
    ]


def _who_decides(organisation: Organisation) -> str:
    does: dict[Board, list[str]] = {}
    for decision in Delegation.Decides:
        does.setdefault(organisation.deciding_board(decision), []).append(decision.label)
    said = "; the ".join(f"{board} {listed(deeds)}" for board, deeds in does.items())
    return f"The {said}."


def free_slug(name: str) -> str:
    """What an organisation's addresses begin with, made of its name; a number is added where it is taken."""
    plain = slugify(name)[:70].strip("-") or "school"
    taken = set(Organisation.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(slug for slug in _candidates(plain) if slug not in taken)


def _candidates(plain: str):
    yield plain
    number = 2
    while True:
        yield f"{plain}-{number}"
        number += 1


def _create(facts: dict, slug: str | None) -> Organisation:
    for _ in range(5):  # two administrators may take one slug at the same moment
        try:
            with transaction.atomic():
                return Organisation.objects.create(slug=slug or free_slug(facts["name"]), **facts)
        except IntegrityError:
            if slug:
                raise Conflict(f"There is an organisation at {slug} already.") from None
    raise Conflict("Somebody made an organisation of this name at the same moment. Look at the list.")


def _not_just_made(facts: dict, clerk_email: str) -> None:
    """A form that is sent twice makes one organisation."""
    twin = Organisation.objects.filter(name__iexact=facts["name"], kind=facts["kind"], trust=facts["trust"])
    if twin.filter(roles__kind=Role.Kind.CLERK, roles__person__email__iexact=clerk_email).exists():
        raise Conflict(f"{facts['name']} with this clerk is set up already.")


def _full_board(organisation: Organisation, name: str) -> Board:
    rules = rules_for(organisation.kind, organisation.establishment, in_a_trust=organisation.trust_id is not None)
    board = Board.objects.create(
        name=name or rules.name,
        short_name="" if name else rules.short_name,
        kind=Board.Kind.FULL,
        quorum=rules.quorum,
        quorum_number=rules.quorum_number,
        written_resolutions=rules.written_resolutions,
        stands_review=True,
        stands_monitoring=True,
    )
    board.organisations.add(organisation)
    return board


def _name_clerk(organisation: Organisation, name: str, email: str, by: User) -> Person:
    person = Person.objects.filter(email__iexact=email).first() or Person.objects.create(name=name, email=email)
    joining.give(organisation, person, Role.Kind.CLERK, first_day=clock.today())
    inviting.invite_along(person, organisation, invited_by=str(by))
    return person
