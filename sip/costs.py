"""What a plan costs, by source and financial year, against the money given to it. Plain rows in, plain rows out.

A maintained school's financial year begins in April, an academy's in September (Organisation.financial_year_from). A
cost falls in the year in which its action ends; where an action runs across the turn of the year, by days in both.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sip import written
from sip.lines import ActionLine, PlanLines

_NO_SOURCE = "Source not given"
_MONTHS = "January February March April May June July August September October November December".split()
_NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one source pays: in each year, together, what was given of it, and how the two compare."""

    source: str
    by_year: tuple[tuple[str, str], ...]  # the year's name, and what of it
    total: str
    budget: str
    left: str
    is_over: bool = False
    over_by: Decimal = _NOUGHT


@dataclass(frozen=True, slots=True)
class Costs:
    """The table: the names of its years, a row a source, the sum; and how many actions have no cost yet."""

    years: tuple[str, ...]
    rows: tuple[CostRow, ...]
    total: CostRow
    has_budget: bool
    uncosted: int

    @property
    def over(self) -> list[CostRow]:
        """The sources of which more is planned than was given."""
        return [row for row in self.rows if row.is_over]


def financial_year(day: date, first_month: int) -> int:
    """The calendar year in which a day's financial year begins."""
    return day.year if day.month >= first_month else day.year - 1


def year_in_words(year: int | None, first_month: int) -> str:
    """ "April 2026 to March 2027"; a cost without a day has no year."""
    if year is None:
        return "No date yet"
    last = (first_month - 2) % 12
    return f"{_MONTHS[first_month - 1]} {year} to {_MONTHS[last]} {year if first_month == 1 else year + 1}"


def months(first_month: int) -> str:
    """ "April to March"."""
    return f"{_MONTHS[first_month - 1]} to {_MONTHS[(first_month - 2) % 12]}"


def shared_out(action: ActionLine, first_month: int) -> dict[int | None, Decimal]:
    """What of an action's cost falls in which financial year: whole pounds, and in the last year the rest."""
    amount = action.cost or _NOUGHT
    if action.due_on is None:
        return {None: amount}
    last = financial_year(action.due_on, first_month)
    begins = action.starts_on if action.starts_on and action.starts_on <= action.due_on else action.due_on
    shares, left = {}, amount
    for year in range(financial_year(begins, first_month), last):
        days = (date(year + 1, first_month, 1) - max(begins, date(year, first_month, 1))).days
        share = (amount * days / ((action.due_on - begins).days + 1)).quantize(Decimal(1), ROUND_HALF_UP)
        shares[year] = min(share, left)
        left -= shares[year]
    return shares | {last: left}


def of(lines: PlanLines, first_month: int) -> Costs:
    """The plan's costs against its budget."""
    sums: dict[str, dict[int | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    names = {_key(source): source for source, _ in lines.budget}
    for action in (one for one in lines.actions if one.cost):
        key = _key(action.source)
        names.setdefault(key, action.source.strip() or _NO_SOURCE)
        for year, amount in shared_out(action, first_month).items():
            sums[key][year] += amount
    given = defaultdict(Decimal)
    for source, amount in lines.budget:
        given[_key(source)] += amount
    years = sorted({year for parts in sums.values() for year in parts}, key=lambda year: (year is None, year))
    named = [(year, year_in_words(year, first_month)) for year in years]
    order = sorted(names, key=lambda key: (-sum(sums[key].values()), names[key]))
    return Costs(
        years=tuple(name for _, name in named),
        rows=tuple(_row(names[key], sums[key], named, given.get(key), bool(given)) for key in order),
        total=_total(sums.values(), named, given),
        has_budget=bool(given),
        uncosted=sum(one.cost is None for one in lines.actions),
    )


def _row(source: str, sums: dict, years: list, given: Decimal | None, compares: bool) -> CostRow:
    total = sum(sums.values(), _NOUGHT)
    over = total - given if given is not None and total > given else _NOUGHT
    return CostRow(
        source=source,
        by_year=tuple((name, written.pounds(sums[year]) if year in sums else "–") for year, name in years),
        total=written.pounds(total),
        budget="" if not compares else "none given" if given is None else written.pounds(given),
        left=_left(total, given) if given is not None else "",
        is_over=over > 0,
        over_by=over,
    )


def _total(sums: Iterable[dict], years: list, given: dict[str, Decimal]) -> CostRow:
    together: dict[int | None, Decimal] = defaultdict(Decimal)
    for parts in sums:
        for year, amount in parts.items():
            together[year] += amount
    return _row("Together", together, years, sum(given.values()) if given else None, bool(given))


def _left(total: Decimal, given: Decimal) -> str:
    if total > given:
        return f"{written.pounds(total - given)} over"
    return "all of it planned" if total == given else f"{written.pounds(given - total)} left"


def _key(source: str) -> str:
    """The same source, however it was typed: "Pupil premium", "pupil  Premium"."""
    return " ".join(source.casefold().split())
