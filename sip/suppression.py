"""Which figures of a measure would tell of too few pupils, or let somebody work such a figure out. No database.

Standard disclosure control: small denominators and numerators first; then, as a class that stands still can be
subtracted from one that grew by a pupil, what came later; then what subtraction would give away.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from sip.equations import Equation, worked_out

SMALL, UNKNOWN, GIVES_AWAY = "small", "unknown", "gives away"
EVERYONE = "all"
FAMILIES = (
    ("pp", "not pp"),
    ("sen support", "ehc", "no sen"),
    ("girls", "boys"),
    ("high", "middle", "low"),
    ("eal", "not eal"),
    ("looked after",),
)
_TERMS = ("autumn", "spring", "summer", "year")
_FEW = 2  # on either side of a share: so few can be pointed at
_CLASS = 5  # times the threshold: in a larger cohort one newcomer drowns in everyone else's change


@dataclass(frozen=True)
class Cell:
    """A figure as it was entered. `form`: "share" (% of a cohort), "rate" (per 100), "number", "average".

    `table` is what one figure can be subtracted within: the year, and whether it is actual or forecast.
    """

    key: Hashable
    form: str
    value: Decimal
    group: str = EVERYONE
    year_group: str = ""
    table: Hashable = None
    term: str = "autumn"
    count: int | None = None
    cohort: int | None = None

    @property
    def size(self) -> int | Decimal | None:
        """Of how many pupils it tells; of a number that gives no cohort, the number itself."""
        return self.value if self.form == "number" and self.cohort is None else self.cohort

    @property
    def amount(self) -> Fraction | None:
        """What adds up over groups: pupils of a share, a number itself, the sum behind an average."""
        if self.form == "number":
            return Fraction(self.value)
        if self.cohort is None:
            return None
        if self.form == "average":
            return Fraction(self.value) * self.cohort
        exact = Fraction(self.value) * self.cohort / 100
        return Fraction(min(self.counts, key=lambda one: abs(one - exact))) if self.counts else exact

    @property
    def counts(self) -> list[int]:
        """How many pupils a share or a rate can stand for, as far as its rounding tells; none where it tells of
        something else than pupils (94.6% attendance of 15 pupils)."""
        if self.count is not None:
            return [self.count]
        half = Fraction(1, 2) * Fraction(10) ** min(self.value.normalize().as_tuple().exponent, 0)
        least, most = (Fraction(self.value) + half * way for way in (-1, 1))
        return list(range(ceil(least * self.cohort / 100), floor(most * self.cohort / 100) + 1))

    @property
    def is_of_everyone(self) -> bool:
        return self.group == EVERYONE


def reasons(cells: Iterable[Cell], threshold: int) -> dict[Hashable, str]:
    """Of the figures of one measure, those to be hidden from everyone but leaders, each with the reason."""
    cells = list(cells)
    hidden = {cell.key: why for cell in cells if (why := of_itself(cell, threshold))}
    hidden |= {cell.key: GIVES_AWAY for cell in _neighbours(cells, hidden, threshold)}
    tables = defaultdict(list)
    for cell in cells:
        tables[cell.table, cell.term].append(cell)
    for table in tables.values():
        hidden |= _complements(table, hidden, threshold)
    return hidden


def of_itself(cell: Cell, threshold: int) -> str:
    """Why this figure is hidden whatever stands beside it; empty where it is not."""
    size = cell.size
    if size is None:
        return UNKNOWN
    if size == 0 and cell.amount == 0:
        return ""  # nobody: zero is no secret
    if cell.form == "number" and cell.cohort is None:
        return SMALL if size < threshold else ""
    if size < threshold or (cell.form == "number" and 0 < cell.value <= _FEW):
        return SMALL
    return SMALL if any(_points_at(cell, one) for one in _numerators(cell)) else ""


def _numerators(cell: Cell) -> list:
    if cell.form == "average":
        return []
    return [cell.value] if cell.form == "number" else cell.counts


def _points_at(cell: Cell, pupils) -> bool:
    """Whether so many pupils of the cohort can be pointed at: one or two on either side; in a group with a trait also
    none or all. A rate may count a pupil twice, and has no other side."""
    few = range(1, _FEW + 1) if cell.is_of_everyone else range(_FEW + 1)
    return pupils in few or (cell.form != "rate" and cell.cohort - pupils in few)


def _neighbours(cells: list[Cell], hidden: dict, threshold: int) -> Iterator[Cell]:
    """What stands beside an earlier figure of almost the same pupils: the difference would be the newcomers'."""
    kept = defaultdict(list)
    for cell in sorted(cells, key=lambda one: (_TERMS.index(one.term), str(one.key))):
        if cell.key in hidden or cell.cohort is None:
            continue
        earlier = kept[cell.table, cell.group, cell.year_group]
        if any(_nearly_the_same(cell.cohort, cohort, threshold) for cohort in earlier):
            yield cell
        else:
            earlier.append(cell.cohort)


def _nearly_the_same(one: int, other: int, threshold: int) -> bool:
    return 0 < abs(one - other) < threshold and max(one, other) <= _CLASS * threshold


# ---------------------------------------------------------------- what subtraction gives away


@dataclass
class _Sum:
    """A whole and its parts: those that were read, and perhaps a rest that nobody wrote down."""

    whole: Cell | None
    whole_key: Hashable
    parts: list[Cell]
    rest: Cell | None = None
    is_open: bool = False  # it has a rest of which nothing is known
    cells: list[Cell] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [*self.parts, *([self.whole] if self.whole else [])]

    @property
    def rest_key(self) -> Hashable:
        return ("rest", self.whole_key, tuple(cell.key for cell in self.parts))

    def equation(self, hidden) -> Equation:
        """Parts, less the whole, come to nothing: the hidden ones as unknowns, the others as a known sum."""
        signs = [(cell.key, 1, cell) for cell in self.parts] + [(self.whole_key, -1, self.whole)]
        unknown = {key: sign for key, sign, cell in signs if cell is None or key in hidden}
        known = sum((sign * cell.amount for key, sign, cell in signs if key not in unknown), Fraction(0))
        if self.rest or self.is_open:
            unknown[self.rest_key] = 1
        return Equation(unknown, -known)


def _complements(table: list[Cell], hidden: dict, threshold: int) -> dict[Hashable, str]:
    """What is to be hidden besides, so that nothing hidden, and nothing small that was not written down, comes out."""
    sums, found = list(_sums(table)), {cell.key: hidden[cell.key] for cell in table if cell.key in hidden}
    crossed = len({cell.group for cell in table}) > 1 and len({cell.year_group for cell in table}) > 1
    while wrong := _given_away(sums, found, threshold) or (_all_or_none(table, sums, found) if crossed else []):
        shown = [cell for cell in wrong if cell.key not in found]
        shown = shown or [cell for cell in table if cell.key not in found]
        if not shown:
            break
        found[min(shown, key=_least_missed).key] = GIVES_AWAY
    return found


def _least_missed(cell: Cell) -> tuple:
    """The next smallest of the parts; the whole last of all."""
    return cell.is_of_everyone + (not cell.year_group), cell.size, str(cell.key)


def _sums(table: list[Cell]) -> Iterator[_Sum]:
    """Every whole with its parts: groups within a year group, year groups within the school."""
    at = {(cell.group, cell.year_group): cell for cell in table}
    families = [
        (year_group, family, [at[group, year_group] for group in family if (group, year_group) in at])
        for year_group in sorted({cell.year_group for cell in table})
        for family in FAMILIES
    ]
    unread = _of_all_years(table) | _unread(families)
    for year_group, family, parts in families:
        if parts:
            place = (EVERYONE, year_group)
            is_complete = len(parts) == len(family) > 1
            yield _sum(unread | at, place, parts, is_complete=is_complete, is_read=place in at)
    for group in sorted({cell.group for cell in table}):
        parts = [cell for cell in table if cell.group == group and cell.year_group]
        if parts:
            yield _sum(unread | at, (group, ""), parts, is_complete=False, is_read=(group, "") in at)


def _unread(families: list[tuple[str, tuple, list[Cell]]]) -> dict[tuple, Cell]:
    """The wholes that come out of a family of which every group was read: of how many pupils another family tells."""
    found = {}
    for year_group, family, parts in families:
        if len(parts) == len(family) > 1 and None not in [cell.size for cell in parts]:
            found.setdefault((EVERYONE, year_group), _together(parts))
    return found


def _of_all_years(table: list[Cell]) -> dict[tuple, Cell]:
    """The school as its year groups give it, for whoever knows that they are all."""
    parts = [cell for cell in table if cell.is_of_everyone and cell.year_group and cell.size is not None]
    return {(EVERYONE, ""): _together(parts)} if len(parts) > 1 else {}


def _together(parts: list[Cell]) -> Cell:
    """A whole that nobody read, of parts that were all read."""
    size, amount = sum(cell.size for cell in parts), sum(cell.amount for cell in parts)
    return _rest(parts[0], size, amount, EVERYONE)


def _sum(at: dict, place: tuple, parts: list[Cell], *, is_complete: bool, is_read: bool) -> _Sum:
    whole = at.get(place)
    made = _Sum(whole if is_read else None, whole.key if whole and is_read else ("whole", *place), parts)
    sizes = [cell.size for cell in (*parts, *([whole] if whole else []))]
    if whole is None or None in sizes:
        made.is_open = not is_complete
        return made
    left = whole.size - sum(cell.size for cell in parts)
    made.is_open = left < 0  # it was not the whole after all
    if left > 0:
        amount = whole.amount - sum(cell.amount for cell in parts)
        made.rest = _rest(whole, left, amount, "" if place[0] == EVERYONE and not parts[0].is_of_everyone else place[0])
    return made


def _rest(whole: Cell, size, amount: Fraction, group: str) -> Cell:
    """The pupils that no part tells of, as a figure of their own. `group` empty: they are told by what they lack."""
    cohort = None if whole.form == "number" and whole.cohort is None else int(size)
    count = max(0, min(round(amount), int(size))) if whole.form == "share" else None
    value = Decimal(round(amount)) if whole.form == "number" else whole.value
    if whole.form == "rate":
        value = Decimal(max(0, round(amount * 10000 / size))) / 100
    return replace(whole, key=None, group=group, value=value, count=count, cohort=cohort)


def _given_away(sums: list[_Sum], hidden: dict, threshold: int) -> list[Cell]:
    """The figures of the first sum from which something comes out that should not."""
    together = [one.cells for one in sums if _tells_of_few_together(one, hidden, threshold)]
    if together:
        return together[0]
    out = worked_out([one.equation(hidden) for one in sums], _bounds(sums), is_whole=_is_whole(sums))
    secret = {*hidden, *(one.rest_key for one in sums if one.rest and of_itself(one.rest, threshold))}
    wrong = [one.cells for one in sums if {*(cell.key for cell in one.cells), one.rest_key} & out & secret]
    return wrong[0] if wrong else []


def _tells_of_few_together(one: _Sum, hidden: dict, threshold: int) -> bool:
    """Whether what is hidden of a shown whole is, taken together, a figure of too few pupils."""
    shown = [cell for cell in one.parts if cell.key not in hidden]
    gone = [cell for cell in one.parts if cell.key in hidden]
    if one.whole is None or one.whole.key in hidden or not shown or not (gone or one.rest):
        return False
    if one.is_open or any(cell.size is None for cell in gone):
        return False  # nobody can say of how many
    size = one.whole.size - sum(cell.size for cell in shown)
    if size <= 0:
        return False
    amount = one.whole.amount - sum(cell.amount for cell in shown)
    group = EVERYONE if one.whole.group == EVERYONE and shown[0].is_of_everyone else ""
    return bool(of_itself(_rest(one.whole, size, amount, group), threshold))


def _all_or_none(table: list[Cell], sums: list[_Sum], hidden: dict) -> list[Cell]:
    """Where groups cross year groups and something is hidden: figures of which all pupils, or none, did it. For that
    is so of each of them, whichever way they are parted."""
    if not hidden:
        return []
    found = [cell for cell in table if cell.key not in hidden and _is_extreme(cell)]
    rests = [one for one in sums if one.rest and _is_extreme(one.rest)]
    known = [one.cells for one in rests if not any(cell.key in hidden for cell in one.cells)]
    return found or (known[0] if known else [])


def _is_extreme(cell: Cell) -> bool:
    return cell.form in ("share", "number") and cell.cohort is not None and cell.amount in (0, cell.cohort)


def _bounds(sums: list[_Sum]) -> dict[Hashable, tuple[int | None, int | None]]:
    """Between what each unknown lies for whoever knows how many pupils there are."""
    found = {}
    for one in sums:
        form = one.parts[0].form
        least = None if form == "average" else 0
        found[one.whole_key] = found[one.rest_key] = (least, None)
        for key, cell in [(cell.key, cell) for cell in one.cells] + ([(one.rest_key, one.rest)] if one.rest else []):
            has_most = form in ("share", "number") and cell.cohort is not None
            found[key] = (least, cell.cohort if has_most else None)
    return found


def _is_whole(sums: list[_Sum]) -> bool:
    """Whether it is pupils that are added, who come whole."""
    amounts = [cell.amount for one in sums for cell in one.cells]
    return (
        sums[0].parts[0].form in ("share", "number")
        and all(amount is None or amount.denominator == 1 for amount in amounts)
        if sums
        else False
    )
