"""The line from strategy to results as drawings: places and plain words. templates/components/strategy_line.html and
figures_line.html draw them, on the page and on paper."""

from dataclasses import dataclass
from decimal import Decimal

WIDE, HEAD, ROW, _RADIUS = 540, 30, 44, 11
_TOP, _FOOT = 28, 84


@dataclass(frozen=True, slots=True)
class Node:
    """One objective in one year. `fill`: "met", "partly", "open" or "not"."""

    x: int
    y: int
    number: int
    words: str
    fill: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """A priority's objectives over the years: each a lane, a carried one along the same."""

    height: int
    ticks: list[tuple[int, str]]
    nodes: list[Node]
    joins: list[str]
    breaks: list[str]  # why two years are not joined
    says: str


_FILLS = {"met": "met", "partly met": "partly", "not met": "not", "carried forward": "partly"}


def lanes(priority: dict) -> Lanes | None:
    """None where no objective has served it."""
    columns = priority["years"]
    step = WIDE / len(columns)
    places: dict[int, tuple[int, dict]] = {}
    nodes, joins, breaks, rows = [], [], [], 0
    for column, year in enumerate(columns):
        x = round(step * column + 16)
        for one in year["objectives"]:
            former = places.get(one["carried_from"])
            row = former[0] if former else rows
            rows += 0 if former else 1
            y = HEAD + row * ROW + _RADIUS + 3
            nodes.append(Node(x, y, one["number"], one["stands"], _FILLS.get(one["outcome"], "open")))
            if former:
                _join(former[1], one, x, y, step, joins, breaks)
            places[one["id"]] = (row, one)
    if not nodes:
        return None
    ticks = [(round(step * column + 5), year["year"]) for column, year in enumerate(columns)]
    return Lanes(HEAD + rows * ROW + 6, ticks, nodes, joins, breaks, _says(columns))


def _join(former: dict, one: dict, x: int, y: int, step: float, joins: list[str], breaks: list[str]) -> None:
    """A line from the year before, unless the two were tagged under different inspection frameworks."""
    if former["framework"] and one["framework"] and former["framework"] != one["framework"]:
        breaks.append(f"“{one['title']}” was placed under different inspection frameworks: its years are not joined.")
        return
    start = round(x - step + _RADIUS)
    joins.append(f"M{start} {y}H{x - _RADIUS}")


def _says(columns: list[dict]) -> str:
    """All of the drawing in words."""
    return "; ".join(f"{year['year']}: {_served(year['objectives'])}" for year in columns) + "."


def _served(objectives: list[dict]) -> str:
    return ", ".join(f"{one['title']}, {one['stands']}" for one in objectives) or "none"


@dataclass(frozen=True, slots=True)
class Figures:
    """A measure's figures, one a year. The line breaks where a year has none or it is hidden."""

    name: str
    says: str
    ticks: list[tuple[int, str]]
    dots: list[tuple[int, int, str]]
    paths: list[str]


def figures(measure: dict) -> Figures | None:
    """None where no figure may be shown."""
    rows = measure["figures"]
    values = [Decimal(row["value"]) for row in rows if row["value"]]
    if not values:
        return None
    low, high, step = min(values), max(values), WIDE / len(rows)
    dots, pieces = [], [[]]
    for column, row in enumerate(rows):
        if not row["value"]:
            pieces.append([])
            continue
        share = (Decimal(row["value"]) - low) / (high - low) if high > low else Decimal("0.5")
        x, y = round(step * column + step / 2), round(_FOOT - float(share) * (_FOOT - _TOP))
        dots.append((x, y, row["words"]))
        pieces[-1].append(f"{x} {y}")
    said = ", ".join(f"{row['year']} {row['words'] or 'nothing read'}" for row in rows)
    return Figures(
        name=measure["name"],
        says=said,
        ticks=[(round(step * column + step / 2), row["year"]) for column, row in enumerate(rows)],
        dots=dots,
        paths=["M" + "L".join(piece) for piece in pieces if len(piece) > 1],
    )


def words(priorities: list[dict]) -> list[dict]:
    """Each priority with its drawings, for page and paper."""
    return [
        one | {"lanes": lanes(one), "measures": [_drawn(one, measure) for measure in one["measures"]]}
        for one in priorities
    ]


def _drawn(priority: dict, measure: dict) -> dict:
    return measure | {"drawing": figures(measure), "key": f"{priority['id']}-{measure['id']}"}
