"""Leaders enter what is counted: the measures, what was read of each by period and group, and the national figures."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from foundation import clock
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance.models import Organisation, User
from sip import library
from sip.models import Measure, NationalFigure, Reading
from sip.permissions import P

_NATIONAL = ("year", "group", "value", "status", "source")
_TAKEN = "There is a measure of this name already. Open it and enter its figures there, or choose another name."


@dataclass(frozen=True, slots=True)
class Period:
    """What a sheet of figures is about: an academic year, a term or the whole year, whether it was read or forecast,
    and perhaps one year group."""

    year: int
    term: str
    kind: str = Reading.Kind.ACTUAL
    year_group: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """One line of the sheet. Without a value it was not published; an empty line is left out of the sheet."""

    group: str
    value: Decimal | None = None
    count: int | None = None
    cohort: int | None = None


@operation(P.KEEP_MEASURES)
def add_measure(
    organisation: Organisation,
    *,
    name: str,
    unit: str,
    better: str,
    derived: str = "",
    counts_pupils: bool = True,
    is_confidential: bool = False,
    plausible_from: Decimal | None = None,
    plausible_to: Decimal | None = None,
    by: User,
) -> Measure:
    """Add a measure of the organisation's own."""
    words = {"unit": unit, "better": better, "derived": derived}
    words |= {"plausible_from": plausible_from, "plausible_to": plausible_to}
    flags = {"counts_pupils": counts_pupils, "is_confidential": is_confidential}
    return _made(organisation, name=name, **words, **flags)


@operation(P.KEEP_MEASURES)
def take_from_library(organisation: Organisation, *, codes: list[str], by: User) -> list[Measure]:
    """Take standard measures with how they are derived and the national figures that are known. What the organisation
    has already stays as it is."""
    had = set(Measure.objects.filter(organisation=organisation).exclude(code="").values_list("code", flat=True))
    wanted = [one for code in dict.fromkeys(codes) if code not in had and (one := library.measures().get(code))]
    return [_taken(organisation, one) for one in wanted]


@operation(P.KEEP_MEASURES)
def change_measure(
    measure: Measure,
    *,
    name: str,
    better: str,
    derived: str,
    counts_pupils: bool,
    is_confidential: bool,
    plausible_from: Decimal | None = None,
    plausible_to: Decimal | None = None,
    by: User,
) -> Measure:
    """Change what a measure is called and how it is derived. Its unit stays: its figures are in it."""
    words = {"name": name, "better": better, "derived": derived}
    words |= {"plausible_from": plausible_from, "plausible_to": plausible_to}
    for word, value in (words | {"counts_pupils": counts_pupils, "is_confidential": is_confidential}).items():
        setattr(measure, word, value)
    try:
        with transaction.atomic():
            measure.save()
    except IntegrityError:
        raise Conflict(_TAKEN) from None
    return measure


@operation(P.KEEP_MEASURES)
def enter_readings(measure: Measure, *, period: Period, rows: list[Entered], stood: str, by: User) -> Measure:
    """Enter a sheet: what was read of each group in one period. A group that is not among the rows has no figure.

    `stood` is how the sheet stood when the person saw it (`standing`); if it stands otherwise by now: StaleEdit.
    """
    return write_sheet(measure, period, rows, stood, by)


def write_sheet(
    measure: Measure, period: Period, rows: list[Entered], stood: str, by: User, *, waits: bool = False
) -> Measure:
    """The same within an operation; `waits`: figures are the leaders' alone until their review is sent."""
    held = {row.group: row for row in sheet(measure, period)}
    if _standing(held.values()) != stood and not _says_the_same(held, rows):
        raise StaleEdit("Somebody else entered figures here while you were typing.", thing=measure)
    words = {"year": period.year, "term": period.term, "kind": period.kind, "year_group": period.year_group}
    for row in rows:
        said = {"value": row.value, "count": row.count, "cohort": row.cohort}
        one = held.pop(row.group, None) or Reading(measure=measure, group=row.group, **words)
        if one.pk and _figures(one) == tuple(said.values()):
            continue
        for name, value in (said | {"waits": waits, "read_by": by.person, "read_at": clock.now()}).items():
            setattr(one, name, value)
        one.save()
    Reading.objects.filter(pk__in=[one.pk for one in held.values()]).delete()
    return measure


@operation(P.KEEP_MEASURES)
def set_national(
    measure: Measure, *, year: int, group: str = "all", value: Decimal | None, status: str, source: str, by: User
) -> NationalFigure:
    """Set the national figure of a year beside the measure, with its source and how final it is; without a value it was
    not published."""
    words = {"value": value, "status": status, "source": source}
    return NationalFigure.objects.update_or_create(measure=measure, year=year, group=group, defaults=words)[0]


def sheet(measure: Measure, period: Period):
    """The readings that stand on a sheet."""
    of_period = {"year": period.year, "term": period.term, "kind": period.kind, "year_group": period.year_group}
    return Reading.objects.filter(measure=measure, **of_period)


def last_read(measure: Measure, period: Period) -> dict[str, Decimal]:
    """What was read or assessed last of each group before a period, for the same year group."""
    terms = [str(term) for term in Reading.Period]
    rows = Reading.objects.filter(measure=measure, year_group=period.year_group).exclude(kind=Reading.Kind.FORECAST)
    place = (period.year, terms.index(period.term))
    before = [row for row in rows.exclude(value=None) if (row.year, terms.index(row.term)) < place]
    return {row.group: row.value for row in sorted(before, key=lambda row: (row.year, terms.index(row.term)))}


def standing(measure: Measure, period: Period) -> str:
    """How a sheet stands, as one word to compare."""
    return _standing(sheet(measure, period))


def _standing(rows) -> str:
    return "|".join(sorted(f"{row.group}:{row.value}:{row.count}:{row.cohort}" for row in rows))


def _says_the_same(held: dict[str, Reading], rows: list[Entered]) -> bool:
    """Whether the sheet stands as it was typed: a button pressed twice is no colleague."""
    typed = {row.group: (row.value, row.count, row.cohort) for row in rows}
    return typed == {group: _figures(row) for group, row in held.items()}


def _figures(row: Reading) -> tuple:
    return row.value, row.count, row.cohort


def _taken(organisation: Organisation, standard: library.Standard) -> Measure:
    measure = _made(
        organisation,
        code=standard.code,
        name=standard.name,
        unit=standard.unit,
        better=standard.better,
        derived=standard.derived,
        counts_pupils=standard.counts_pupils,
        is_confidential=standard.is_confidential,
    )
    figures = [{name: getattr(one, name) for name in _NATIONAL} for one in standard.national]
    NationalFigure.objects.bulk_create(NationalFigure(measure=measure, **words) for words in figures)
    return measure


def _made(organisation: Organisation, **words) -> Measure:
    try:
        with transaction.atomic():
            return Measure.objects.create(organisation=organisation, **words)
    except IntegrityError:
        raise Conflict(_TAKEN) from None
