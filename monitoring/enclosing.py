"""What lies before a meeting at each item of its agenda: words for the item's own sheet, and PDFs that follow it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from governance.models import AgendaItem, Meeting
from governance.wording import full_day
from monitoring import enclosing_year, meeting_papers, reports
from monitoring.models import FrozenPaper, Report, Review
from monitoring.models.bundles import Part
from sip import documents, editions, versions
from sip.editions import Edition
from sip.models import Document, EvidenceFile, EvidencePack, Plan, Version

_PDF = "application/pdf"
_LATER = "It was not ready when these papers were made."


@dataclass(slots=True)
class Paper:
    """One PDF at an item. `note` says why it is not there."""

    title: str
    content: bytes | None
    is_ours: bool = True
    note: str = ""


@dataclass(slots=True)
class Before:
    """What lies before the board at one item: `lines` are (label, text), for the item's sheet."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.papers)


def of_item(item: AgendaItem, part: str) -> Before:
    """What of an item belongs in this part of the papers. Part I holds nothing of a confidential item; part II holds
    those, and of every other item what is for the board and leaders alone."""
    if item.is_confidential:
        return _BEFORE[item.kind](item, Edition.CONFIDENTIAL) if part == Part.TWO else Before()
    if part == Part.ONE:
        return _BEFORE[item.kind](item, Edition.BOARD)
    version = item.plan_item.version if item.kind == AgendaItem.Kind.PLAN else None
    return _plan(item, Edition.CONFIDENTIAL) if version and _is_confidential(version) else Before()


def beside(meeting: Meeting, part: str) -> Before:
    """What lies before the meeting at none of its items: the committee's paper, the reports of visits, papers of the
    year. Confidential reports are for part II."""
    rows = meeting_papers.frozen_of(meeting, confidential=part == Part.TWO)
    return Before(papers=[_printed(row) for row in rows])


def _printed(row: FrozenPaper) -> Paper:
    content = meeting_papers.bytes_of(row)
    return Paper(meeting_papers.name_of(row), content, note="" if content else _LATER)


def has_part_two(items: list[AgendaItem]) -> bool:
    """Whether anything on the agenda is for some of its readers alone."""
    plans = [item.plan_item.version for item in items if item.kind == AgendaItem.Kind.PLAN]
    return any(item.is_confidential for item in items) or any(_is_confidential(one) for one in plans if one)


def _is_confidential(version: Version) -> bool:
    return Edition.CONFIDENTIAL in editions.made_of(versions.blocks_of(version))


# ---------------------------------------------------------------- by the kind of an item


def _plan(item: AgendaItem, edition: str) -> Before:
    version = item.plan_item.version
    if edition == Edition.CONFIDENTIAL and not _is_confidential(version):
        edition = Edition.BOARD
    of = {"form": Document.Form.PLAN, "edition": edition, "person": None}
    stage = Document.Stage.DECIDED if version.decision else Document.Stage.SUBMITTED
    found = Document.objects.filter(version=version, stage=stage, **of).last()
    if found is None:
        job = documents.ask_for(version, stage, **of)
        documents.make(job.pk)
        found = Document.objects.filter(version=version, stage=stage, **of).last()
    name = f"{version}, {Edition(edition).label}"
    return Before(papers=[Paper(name, bytes(found.content)) if found else Paper(name, None, note=_LATER)])


def _objectives(item: AgendaItem, edition: str) -> Before:
    plan = Plan.objects.select_related("strategy", "organisation", "deciding_board").get(pk=item.plan_item.plan_id)
    bodies = [body for name, body in versions.boards_words_of(plan).items() if name.startswith("objective:")]
    return Before(lines=[(f"{body['number']}. {body['title']}", body["where_to"]) for body in bodies])


def _review(item: AgendaItem, edition: str) -> Before:
    review: Review = item.review_item.review
    record = review.records.order_by("-number").first()
    if record is None:
        return Before(papers=[Paper(f"Termly report, {review}", None, note=_LATER)])
    found = Report.objects.filter(record=record).last()
    if found is None:
        reports.make(reports.ask_for(record).pk)
        found = Report.objects.filter(record=record).last()
    name = f"Termly report: {review}"
    return Before(papers=[Paper(name, bytes(found.content)) if found else Paper(name, None, note=_LATER)])


def _strategy(item: AgendaItem, edition: str) -> Before:
    strategy = item.strategy
    lines = [("Vision", strategy.vision)] if strategy.vision else []
    return Before(lines=[*lines, *((one.title, "") for one in strategy.priorities.all())])


def _evidence(item: AgendaItem, edition: str) -> Before:
    pack: EvidencePack = item.evidence_item.pack
    before = Before(lines=[(area.title, area.why) for area in pack.key_areas.all()])
    for part in pack.parts.prefetch_related("files"):
        said = part.note or part.why_not_needed
        before.lines.append((part.get_kind_display(), said or part.get_state_display()))
        before.papers += [_brought(file, f"{part.get_kind_display()}: {file.name}") for file in part.files.all()]
    return before


def _business(item: AgendaItem, edition: str) -> Before:
    return Before(papers=[_brought(paper, paper.name) for paper in item.papers.all()])


def _brought(file: EvidenceFile, title: str) -> Paper:
    """A file that somebody brought: only PDFs are bound in, the others are named."""
    if file.media_type != _PDF:
        return Paper(title, None, False, f"It is not a PDF: open it on the page of its item ({file.in_words}).")
    try:
        with file.file.open("rb") as stored:
            return Paper(title, stored.read(), False)
    except OSError:
        added = full_day(file.added_at.date())
        return Paper(title, None, False, f"Its bytes could not be read; it was added on {added}.")


def _difference(item: AgendaItem, edition: str) -> Before:
    return Before(lines=enclosing_year.difference(item))


def _amendment(item: AgendaItem, edition: str) -> Before:
    return Before(lines=enclosing_year.amendment(item))


def _nothing(item: AgendaItem, edition: str) -> Before:
    return Before()


_BEFORE: dict[str, Callable[[AgendaItem, str], Before]] = {
    AgendaItem.Kind.ORDINARY: _business,
    AgendaItem.Kind.STRATEGY: _strategy,
    AgendaItem.Kind.OBJECTIVES: _objectives,
    AgendaItem.Kind.PLAN: _plan,
    AgendaItem.Kind.REVIEW: _review,
    AgendaItem.Kind.EVIDENCE: _evidence,
    AgendaItem.Kind.CHAIRS_ACTION: _nothing,
    AgendaItem.Kind.RESOLUTION: _nothing,
    AgendaItem.Kind.MONITORING: _nothing,
    AgendaItem.Kind.DIFFERENCE: _difference,
    AgendaItem.Kind.AMENDMENT: _amendment,
}
