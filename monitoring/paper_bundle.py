"""What stands on the front of a meeting's papers: the agenda with its contents, and a sheet for each item."""

from dataclasses import dataclass, field

from foundation import binding, clock
from governance.models import AgendaItem
from governance.wording import full_day, weekday
from monitoring.enclosing import Before
from monitoring.models import BundleJob
from monitoring.models.bundles import Part


@dataclass(slots=True)
class PaperLine:
    """A PDF at an item, on which page of the whole it begins, and how many pages it has: 0 where it is not there."""

    title: str
    content: bytes | None
    is_ours: bool
    note: str
    pages: int
    page: int = 0


@dataclass(slots=True)
class ItemLine:
    """An item on the agenda. `key` is its sheet's place, empty where it has none; `page` where that stands."""

    position: int | None  # None: at no item
    title: str
    note: str
    resolution: str
    elsewhere: str
    key: str
    lines: list[tuple[str, str]]
    papers: list[PaperLine] = field(default_factory=list)
    page: int = 0


def lines_of(items: list[tuple[AgendaItem, Before]], part: str, beside: Before) -> list[ItemLine]:
    """The agenda, then what lies before the meeting at no item. Each PDF is tried here: what cannot be bound in is
    named with the reason."""
    lines = [_line(item, before, part) for item, before in items]
    return lines if beside.is_empty else [*lines, _further(beside)]


def _further(beside: Before) -> ItemLine:
    papers = [_paper(paper) for paper in beside.papers]
    return ItemLine(None, "Further papers", "", "", "", "item-further", beside.lines, papers)


def _line(item: AgendaItem, before: Before, part: str) -> ItemLine:
    kept_back = part == Part.ONE and item.is_confidential
    return ItemLine(
        position=item.position,
        title=item.title,
        note="" if kept_back else item.note,
        resolution="" if kept_back else item.resolution,
        elsewhere="Part II, confidential: its papers are bound apart." if kept_back else "",
        key="" if before.is_empty else f"item-{item.position}",
        lines=before.lines,
        papers=[_paper(paper) for paper in before.papers],
    )


def _paper(paper) -> PaperLine:
    pages, trouble = binding.pages_of(paper.content) if paper.content is not None else (0, paper.note)
    note = f"This paper could not be included. {trouble}" if not pages else ""
    return PaperLine(paper.title, paper.content if pages else None, paper.is_ours, note, pages)


def number(lines: list[ItemLine], places: dict[str, int], front: int) -> None:
    """Say on which page of the whole each sheet and each PDF begins. `places`: of each sheet on the front."""
    added = 0
    for line, last in _with_last(lines, places, front):
        line.page = places[line.key] + 1 + added
        for paper in line.papers:
            paper.page = last + 2 + added if paper.pages else 0
            added += paper.pages


def enclosures(lines: list[ItemLine], places: dict[str, int], front: int) -> list[binding.Enclosure]:
    """What is bound in, behind which page of the front."""
    return [
        binding.Enclosure(last, _called(line, paper), paper.content, paper.is_ours)
        for line, last in _with_last(lines, places, front)
        for paper in line.papers
        if paper.content is not None
    ]


def _called(line: ItemLine, paper: PaperLine) -> str:
    return f"{line.position}. {paper.title}" if line.position else paper.title


def _with_last(lines: list[ItemLine], places: dict[str, int], front: int):
    """Each item that has a sheet, with the last page of the front that is its own."""
    sheets = [line for line in lines if line.key]
    ends = [places[line.key] - 1 for line in sheets[1:]] + [front - 1] * bool(sheets)
    return zip(sheets, ends, strict=True)


def words(job: BundleJob, lines: list[ItemLine]) -> dict:
    """Everything that the front's template needs, as plain words."""
    meeting = job.meeting
    made = clock.in_london(job.asked_at)
    where = f", {meeting.place}" if meeting.place else ""
    schools = [one.name for one in meeting.board.organisations.order_by("name")]
    part = job.get_part_display()
    return {
        "schools": ", ".join(schools),
        "board": meeting.board.name,
        "when": f"{weekday(meeting.day)} {meeting.day.year} at {meeting.time:%H:%M}{where}",
        "part": f"P{part[1:]}",
        "is_confidential": job.part == Part.TWO,
        "lines": lines,
        "short": f"{schools[0] if schools else meeting.board.name} · {meeting.board.name}",
        "edition": f"Papers, {part}, for {full_day(meeting.day)} · made on {full_day(made.date())} at {made:%H:%M}",
    }


def stamps(job: BundleJob, total: int) -> dict:
    """The numbers that are laid over the pages."""
    return {"total": total, "pages": range(total), "part": job.get_part_display()}
