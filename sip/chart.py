"""A measure over two years as a drawing: what was read, assessed and forecast, each a line of its own.

A line breaks where a figure is hidden or was not published. Plain words and places; components/chart.html draws it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance import years
from governance.wording import listed
from sip.figures import NOT_PUBLISHED, Figure
from sip.models import Measure, NationalFigure, Reading

_TOP, _FOOT, WIDE = 30, 104, 540
_KINDS = {Reading.Kind.ACTUAL: "read", Reading.Kind.ASSESSMENT: "assessed", Reading.Kind.FORECAST: "forecast"}
_TERMS = [str(term) for term in Reading.Period]


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`paths` are (kind, path), `nationals` strokes as (x, width, y, words), `ticks` (x, term), `spans` (x, year)."""

    name: str
    says: str
    dots: list[Dot]
    paths: list[tuple[str, str]]
    nationals: list[tuple[int, int, int, str]]
    ticks: list[tuple[int, str]]
    spans: list[tuple[int, str]]
    rows: list[tuple[str, str, str]]
    kinds: list[str]


def of(
    measure: Measure, readings: Iterable[Reading], shown: dict[int, Figure], national: Iterable[NationalFigure]
) -> Chart | None:
    """The drawing of one group's readings, each as `shown` has it. None where no value may be shown."""
    rows = sorted(readings, key=lambda row: (row.year, _TERMS.index(row.term), row.kind))
    values = [shown[row.pk].value for row in rows if shown[row.pk].value is not None]
    if not values:
        return None
    places = list(dict.fromkeys((row.year, row.term) for row in rows))
    beside = {one.year: one for one in national if one.group == Reading.Group.ALL}
    known = [beside[year].value for year, _ in places if year in beside and beside[year].value is not None]
    low, high = min([*values, *known]), max([*values, *known])
    at = {place: round(WIDE * (number + 0.5) / len(places)) for number, place in enumerate(places)}
    series = {kind: [row for row in rows if row.kind == kind] for kind in _KINDS}
    return Chart(
        name=measure.name,
        says=_says(rows, shown, beside, measure),
        dots=[_dot(row, shown[row.pk], at, low, high) for row in rows if shown[row.pk].value is not None],
        paths=[
            (kind, path)
            for kind, of_kind in series.items()
            for path in _paths([(row, shown[row.pk]) for row in of_kind], at, low, high)
        ],
        nationals=_nationals(places, beside, at, low, high, measure),
        ticks=[(x, term.capitalize()) for (_, term), x in at.items()],
        spans=[(min(x for (one, _), x in at.items() if one == year), years.written(year)) for year in _years(places)],
        rows=_table(rows, shown, beside, measure, places),
        kinds=[kind for kind in _KINDS if any(shown[row.pk].value is not None for row in series[kind])],
    )


def _table(
    rows: list[Reading], shown: dict, beside: dict, measure: Measure, places: list
) -> list[tuple[str, str, str]]:
    """What the drawing shows, and what it hides: when, what, and of which kind."""
    of_years = [year for year in _years(places) if year in beside]
    nations = [(f"{years.written(year)}, national", national_words(beside[year], measure), "") for year in of_years]
    return [(_when(row), shown[row.pk].words, row.get_kind_display()) for row in rows] + nations


def national_words(figure: NationalFigure, measure: Measure) -> str:
    """ "62%, provisional"; "not published this year"."""
    if figure.value is None:
        return NOT_PUBLISHED
    is_final = figure.status == NationalFigure.Status.FINAL
    return measure.words(figure.value) + ("" if is_final else f", {figure.get_status_display()}")


def _years(places: list[tuple[int, str]]) -> list[int]:
    return list(dict.fromkeys(year for year, _ in places))


def _when(row: Reading) -> str:
    return f"{years.written(row.year)}, {row.get_term_display().lower()}"


def _height(value: Decimal, low: Decimal, high: Decimal) -> int:
    return (_TOP + _FOOT) // 2 if low == high else round(_FOOT - (value - low) / (high - low) * (_FOOT - _TOP))


def _dot(row: Reading, figure: Figure, at: dict, low: Decimal, high: Decimal) -> Dot:
    return Dot(at[row.year, row.term], _height(figure.value, low, high), figure.words, row.kind)


def _paths(series: list[tuple[Reading, Figure]], at: dict, low: Decimal, high: Decimal) -> list[str]:
    """The pieces of one line: broken where a figure is missing on purpose, and between years that have several."""
    per_year = [sum(row.year == year for row, _ in series) for year in {row.year for row, _ in series}]
    pieces, last = [[]], None
    for row, figure in series:
        if figure.value is None or (last is not None and row.year != last and max(per_year) > 1):
            pieces.append([])
        if figure.value is not None:
            pieces[-1].append(f"{at[row.year, row.term]} {_height(figure.value, low, high)}")
        last = row.year
    return ["M" + " ".join(piece) for piece in pieces if len(piece) > 1]


def _nationals(places, beside, at, low, high, measure) -> list[tuple[int, int, int, str]]:
    found, half = [], WIDE // (2 * len(places))
    for year in _years(places):
        if year in beside and beside[year].value is not None:
            xs = [at[place] for place in places if place[0] == year]
            words = f"national {measure.words(beside[year].value)}"
            found.append((min(xs) - half, max(xs) - min(xs) + 2 * half, _height(beside[year].value, low, high), words))
    return found


def _says(rows: list[Reading], shown: dict[int, Figure], beside: dict, measure: Measure) -> str:
    """All of the drawing in words."""
    said = [f"{shown[row.pk].words} in {_when(row)}{_kind_in_words(row)}" for row in rows]
    nations = [
        f"{national_words(beside[year], measure)} in {years.written(year)}"
        for year in _years([(row.year, row.term) for row in rows])
        if year in beside
    ]
    return f"{listed(said)}." + (f" National: {listed(nations)}." if nations else "")


def _kind_in_words(row: Reading) -> str:
    return "" if row.kind == Reading.Kind.ACTUAL else f" ({row.get_kind_display()})"
