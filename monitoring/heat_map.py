"""The heat map: each objective at each point of review as a coloured, shaped and worded cell. Rows in, places out.

It is drawn of what `monitoring.progress` says, as that person may read it; on paper of frozen records instead
(monitoring.paper_heat_map).
"""

from dataclasses import dataclass

from monitoring import marks
from monitoring.progress import Cell, Column, Progress
from monitoring.progress import Row as Said
from sip.models import Mark
from sip.paper import clipped

_HEAD, _TITLE, _CELL, _GAP = 26, 26, 48, 16  # heights, in pixels
_BETWEEN = 0.9  # per cent of the width between two cells
SHORT, LONG = 40, 120  # characters of a title that a phone has room for, and any other page
_MARKS = {marks.word(mark): str(mark) for mark in Mark}


@dataclass(frozen=True, slots=True)
class Box:
    """A cell. `lines`: its words where no shape stands above them; `view`: the monitor's own mark, "?" where they lack
    evidence, empty where they agree or said nothing."""

    x: float
    mark: str
    word: str
    lines: list[str]
    direction: str
    view: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """An objective: where its title and its cells stand from the top."""

    number: int
    title: str
    short: str
    title_y: int
    y: int
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """`columns` are (x, name, whether it is now); places across are per cent, from the top pixels."""

    title: str
    columns: list[tuple[float, str, bool]]
    lines: list[Line]
    width: float
    height: int
    has_views: bool


def of(progress: Progress, called: str) -> HeatMap | None:
    """The picture of a year; None where nothing is rated yet. `called`: the organisation's word for objectives."""
    if not any(cell.mark or cell.is_silent for row in progress.rows for cell in row.cells):
        return None
    width = round((100 - _BETWEEN * (len(progress.columns) - 1)) / len(progress.columns), 2)
    places = [round(place * (width + _BETWEEN), 2) for place in range(len(progress.columns))]
    lines = [_line(place, row, places) for place, row in enumerate(progress.rows)]
    return HeatMap(
        title=f"The {called} at each review of the year. {_in_words(progress)} The table below says the same.",
        columns=[(x, column.name, column.is_now) for x, column in zip(places, progress.columns, strict=True)],
        lines=lines,
        width=width,
        height=_HEAD + len(lines) * (_TITLE + _CELL + _GAP),
        has_views=any(box.view for line in lines for box in line.boxes),
    )


def _in_words(progress: Progress) -> str:
    """ "Autumn: two on track, one at risk. Spring: not rated yet."."""
    return " ".join(
        f"{column.name}: {_counted([row.cells[place] for row in progress.rows], column)}."
        for place, column in enumerate(progress.columns)
    )


def _counted(cells: list[Cell], column: Column) -> str:
    said = [cell.word or cell.silence for cell in cells]
    return ", ".join(f"{said.count(words)} {words}" for words in dict.fromkeys(said)) or column.says


def _line(place: int, row: Said, places: list[float]) -> Line:
    top = _HEAD + place * (_TITLE + _CELL + _GAP)
    return Line(
        number=row.number,
        title=clipped(row.title, LONG),
        short=clipped(row.title, SHORT),
        title_y=top + _TITLE - 8,
        y=top + _TITLE,
        boxes=[_box(cell, x) for cell, x in zip(row.cells, places, strict=True)],
    )


def _box(cell: Cell, x: float) -> Box:
    parts = [cell.name, cell.word or cell.silence, f"{cell.direction} than {cell.than}" if cell.direction else ""]
    return Box(
        x=x,
        mark=cell.mark or ("" if cell.is_silent else "grey"),
        word=cell.word or cell.silence,
        lines=_two(cell.silence) if cell.is_silent else [],
        direction=cell.direction,
        view=_view(cell.view),
        says="; ".join(part for part in (*parts, cell.view) if part).replace("same than", "the same as in"),
    )


def _view(view: str) -> str:
    """The monitor's mark out of "Monitor: at risk"."""
    return (_MARKS.get(view.partition(": ")[2]) or "?") if view else ""


def _two(silence: str) -> list[str]:
    """ "nothing since" above "24 November"; "nothing" above "said"."""
    first, _, rest = silence.partition(" ")
    return [f"{first} since", rest.removeprefix("since ")] if rest.startswith("since ") else [first, rest]
