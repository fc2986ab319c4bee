"""The plan on a page: three to six boxes, each an objective in what it aims at, three things to be done, how the board
will know, and who leads it. One read model for the page and for the PDF, made of what a reader already reads."""

from dataclasses import dataclass, field

from sip import written
from sip.reading import CriterionRow, ObjectiveRow, PlanReading

BULLETS = 3  # things to be done that a box names
BOXES = 6  # more objectives than these stand in one line below


@dataclass(slots=True)
class Box:
    """One objective on the page. `knows` and `figure` say how the board will know: words, and from what to what."""

    id: int
    number: str
    title: str
    where_to: str
    by: str
    bullets: list[str]
    more: str  # "and five more actions"; empty where all stand there
    knows: str
    figure_now: str
    figure_aim: str
    lead: str
    priority: str
    url: str


@dataclass(slots=True)
class OnAPage:
    """The whole page. `rest`: objectives beyond the sixth, "7 Attendance in every year"."""

    title: str
    organisation: str
    year: str
    vision: str
    boxes: list[Box]
    rest: list[str] = field(default_factory=list)
    priorities: list[str] = field(default_factory=list)


def of(reading: PlanReading) -> OnAPage:
    """The page of what somebody reads; what that reader does not read is not on it."""
    body, rows = reading.body, reading.objectives
    return OnAPage(
        title=body["title"],
        organisation=body["organisation"],
        year=body["year"],
        vision=body["vision"],
        boxes=[_box(row) for row in rows[:BOXES]],
        rest=[f"{row.number} {row.title}" for row in rows[BOXES:]],
        priorities=[row.title for row in reading.priorities if row.id],
    )


def _box(row: ObjectiveRow) -> Box:
    said = [action.what for action in row.actions[:BULLETS]]
    left = len(row.actions) - len(said)
    knows, now, aim = _known_by(row)
    return Box(
        id=row.id,
        number=row.number,
        title=row.title,
        where_to=row.where_to,
        by=row.by if row.by != "aim" else "",
        bullets=said,
        more=f"and {written.count(left, 'more action')}" if left else "",
        knows=knows,
        figure_now=now,
        figure_aim=aim,
        lead=row.lead,
        priority=row.priority_title,
        url=row.url,
    )


def _known_by(row: ObjectiveRow) -> tuple[str, str, str]:
    """What is counted, from what to what: the objective's own figures, else its first criterion with a measure, else
    the first criterion in words."""
    if row.figure_aim:
        return row.figure_what, row.figure_now, row.figure_aim
    measured: CriterionRow | None = next((one for one in row.criteria if one.measured), None)
    if measured:
        return measured.measured.name, measured.measured.baseline, measured.measured.aim
    return (row.criteria[0].text if row.criteria else ""), "", ""
