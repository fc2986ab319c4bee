"""The heat map on paper: each objective at each point of review so far, out of frozen records alone."""

from dataclasses import dataclass

from governance.models import Term
from monitoring.marks import word
from monitoring.models import ReviewRecord, View
from monitoring.points import Point
from monitoring.records import Blocks, blocks_of

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
    seen = "not enough evidence" if view == "?" else view and word(view)
    monitor = f"; the monitor: {seen}" if view else ""
    return Printed(state, said, view, f"{point.name}: {said}{monitor}", wide)


def _view_of(view: dict | None) -> str:
    if not view or view["stance"] == View.Stance.AGREES:
        return ""
    return view["mark"] or "?"
