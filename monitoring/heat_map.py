"""The heat map: each objective at each point of review as a coloured, shaped and worded cell. Rows in, places out.

On the page it is drawn of what `monitoring.progress` says, as that person may read it; on paper of frozen records.
"""

from dataclasses import dataclass

from governance.models import Term
from monitoring import marks
from monitoring.marks import word
from monitoring.models import ReviewRecord, View
from monitoring.points import Point
from monitoring.progress import Cell, Column, Progress
from monitoring.progress import Row as Said
from monitoring.records import Blocks, blocks_of
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
    """The picture of a year; None where there is nothing to draw. `called`: the organisation's word for objectives."""
    if not progress.rows or not progress.columns:
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


# ---------------------------------------------------------------- on paper

_ACROSS = 282  # points that the cells have on an upright page, with 4 between two of them


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell on paper. `state`: a mark, "silent" where nothing was said, "none" where it is not due yet."""

    state: str
    word: str
    view: str
    says: str
    wide: float = 0

    @property
    def inner(self) -> list[float]:
        """The width within the border that each state has: amber, green, blue's two, and the dashed one."""
        return [round(self.wide - edge, 1) for edge in (3, 1.4, 1.6, 4.6, 1)]

    @property
    def flag(self) -> list[float]:
        """Where the monitor's mark stands at the right: its frame, its letter, its shape's middle and left edge."""
        return [round(self.wide - edge, 1) for edge in (23.5, 21.5, 8.3, 11.8)]


@dataclass(frozen=True, slots=True)
class PrintedMap:
    """`rows` are (number, title, cells); `wide`: points of a cell."""

    columns: list[str]
    rows: list[tuple[str, str, list[Printed]]]
    wide: float
    has_views: bool


def of_record(record: ReviewRecord) -> PrintedMap:
    """The year so far as it stood when the record was frozen: of each earlier review the last record before it. All of
    it is frozen, so it is the same for ever."""
    earlier = ReviewRecord.objects.filter(review__plan=record.review.plan_id, frozen_at__lte=record.frozen_at)
    last = {one.review.point: one for one in earlier.exclude(review=record.review_id).select_related("review__plan")}
    here = record.review.point
    told = {point: blocks_of(one) for point, one in last.items() if point.place < here.place}
    return of_blocks(told | {here: blocks_of(record)})


def of_blocks(told: dict[Point, Blocks]) -> PrintedMap:
    """The same of reviews' blocks by point; the terms after the last of them are still to come."""
    points = sorted(told, key=lambda one: one.place)
    ahead = [Point(str(term)) for term in Term.Name if Point(str(term)).place > points[-1].place]
    ahead = [point for point in ahead if points[-1].term != point.term]
    bodies = {point: _objectives(blocks) for point, blocks in told.items()}
    columns = [*points, *ahead]
    wide = round(_ACROSS / len(columns) - 4, 1)
    rows = [
        (str(one["number"]), one["title"], [_printed(point, bodies.get(point), key, wide) for point in columns])
        for key, one in bodies[points[-1]].items()
    ]
    return PrintedMap(
        columns=[point.name for point in columns],
        rows=rows,
        wide=wide,
        has_views=any(cell.view for _, _, cells in rows for cell in cells),
    )


def _objectives(blocks: Blocks) -> dict[int, dict]:
    return {body["id"]: body for name, body in blocks.items() if name.startswith("objective:")}


def _printed(point: Point, bodies: dict[int, dict] | None, key: int, wide: float) -> Printed:
    body = (bodies or {}).get(key)
    if body is None:
        says = "to come" if bodies is None else "was not there"
        return Printed("none", says, "", f"{point.name}: {says}", wide)
    said = word(body["mark"]) or ("not rated" if body["milestones"] else "not due")
    state = body["mark"] or ("silent" if body["milestones"] else "none")
    view = _view_of(body["view"])
    monitor = f"; the monitor: {word(view) or 'not enough evidence'}" if view else ""
    return Printed(state, said, view, f"{point.name}: {said}{monitor}", wide)


def _view_of(view: dict | None) -> str:
    if not view or view["stance"] == View.Stance.AGREES:
        return ""
    return view["mark"] or "?"
