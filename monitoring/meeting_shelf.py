"""All papers of a meeting in one place, singly: item by item, then those that lie before it at no item. Each only to
who may read it; as many queries for many as for few."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from foundation import clock
from foundation.permissions import may, why_not
from governance.models import AgendaItem, ItemPaper, Meeting, User
from governance.wording import near_day
from monitoring import committee_paper, meeting_papers, slices
from monitoring.models import FrozenPaper, PaperJob, PrintedPaper, Report, ReviewItem, Visit
from monitoring.permissions import P
from sip.models import Amendment, AmendmentItem, Document, PlanItem


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One paper as somebody finds it. `note`: what it is, or what it waits for; `downloads`: whether it is a file."""

    name: str
    note: str
    url: str = ""
    downloads: bool = False


@dataclass(slots=True)
class Shelf:
    """`items` are (item, its papers), those with papers alone. `committee`: why there is no paper of what a committee
    monitors yet, or empty; None on a full board."""

    items: list[tuple[AgendaItem, list[OnShelf]]] = field(default_factory=list)
    further: list[OnShelf] = field(default_factory=list)
    is_committee: bool = False
    makes: bool = False
    why_not_makes: str = ""
    nothing_yet: str = ""


def of(meeting: Meeting, user: User) -> Shelf:
    """What stands there for this person."""
    papers = _of_items(meeting, user)
    readable = AgendaItem.objects.readable_by(user).filter(meeting=meeting).order_by("position", "pk")
    shelf = Shelf(
        items=[(item, papers[item.pk]) for item in readable if item.pk in papers],
        further=_further(meeting, user),
        is_committee=not slices.is_whole(meeting.board),
    )
    if shelf.is_committee:
        shelf.makes = may(user, P.MAKE_COMMITTEE_PAPER, meeting)
        shelf.why_not_makes = why_not(P.MAKE_COMMITTEE_PAPER)
        if committee_paper.plan_for(meeting.board) is None:
            shelf.nothing_yet = committee_paper.nothing_yet(meeting.board)
    return shelf


def _of_items(meeting: Meeting, user: User) -> dict[int, list[OnShelf]]:
    found = defaultdict(list)
    for paper in ItemPaper.objects.visible_to(user).filter(item__meeting=meeting):
        found[paper.item_id].append(OnShelf(paper.name, paper.in_words, reverse("item_paper", args=[paper.pk]), True))
    _add_plans(found, meeting, user)
    _add_reports(found, meeting, user)
    _add_amendments(found, meeting, user)
    return found


def _add_plans(found: dict, meeting: Meeting, user: User) -> None:
    """Of each plan on the agenda the full plan in each edition, the last one made."""
    items = dict(PlanItem.objects.filter(item__meeting=meeting).exclude(version=None).values_list("version", "item"))
    made = Document.objects.visible_to(user).filter(version__in=items, form=Document.Form.PLAN).listed()
    last = {(one.version_id, one.edition): one for one in made.order_by("made_at", "pk")}
    for one in last.values():
        found[items[one.version_id]].append(_file(one.title, one, "document"))


def _add_reports(found: dict, meeting: Meeting, user: User) -> None:
    """Of each review on the agenda the newest report."""
    items = dict(ReviewItem.objects.filter(item__meeting=meeting).values_list("review", "item"))
    made = Report.objects.visible_to(user).filter(record__review__in=items).listed()
    last = {one.record.review_id: one for one in reversed(made)}
    for key, one in last.items():
        name = f"Termly report, {one.record.get_stage_display()}"
        found[items[key]].append(_file(name, one, "report"))


def _add_amendments(found: dict, meeting: Meeting, user: User) -> None:
    items = dict(AmendmentItem.objects.filter(item__meeting=meeting).values_list("amendment", "item"))
    for one in Amendment.objects.visible_to(user).filter(pk__in=items).select_related("plan__organisation"):
        found[items[one.pk]].append(
            OnShelf(str(one), "What it changes, line by line", reverse("amendment", args=[one.pk]))
        )


def _file(name: str, document, opens: str) -> OnShelf:
    return OnShelf(name, f"PDF, {_pages(document.pages)}", reverse(opens, args=[document.pk]), downloads=True)


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


# ---------------------------------------------------------------- at no item


def _further(meeting: Meeting, user: User) -> list[OnShelf]:
    """The papers of the year that lie before it, made or being made; then visits whose report nobody has printed."""
    known = [*meeting_papers.frozen_of(meeting), *meeting_papers.frozen_of(meeting, confidential=True)]
    seen = FrozenPaper.objects.visible_to(user).filter(pk__in=[one.pk for one in known])
    keys = set(seen.values_list("pk", flat=True))
    printed = {one.paper_id: one for one in PrintedPaper.objects.filter(paper__in=keys).defer("content")}
    jobs = dict(PaperJob.objects.filter(paper__in=keys, document=None).values_list("paper", "pk"))
    rows = [_frozen(one, printed.get(one.pk), jobs.get(one.pk)) for one in known if one.pk in keys]
    return rows + _unprinted(meeting, user, {one.visit_id for one in known})


def _frozen(paper: FrozenPaper, printed: PrintedPaper | None, job: int | None) -> OnShelf:
    name = meeting_papers.name_of(paper)
    if printed is None:
        return OnShelf(name, "PDF, being made", reverse("year_paper_job", args=[job]) if job else "")
    stood = near_day(clock.in_london(paper.frozen_at).date())
    note = f"PDF, {_pages(printed.pages)}, as it stood on {stood}"
    return OnShelf(name, note, reverse("year_paper", args=[printed.pk]), downloads=True)


def _unprinted(meeting: Meeting, user: User, there: set) -> list[OnShelf]:
    shared = meeting_papers.visits_of(meeting).values("pk"), meeting_papers.visits_of(meeting, confidential=True)
    either = Q(pk__in=shared[0]) | Q(pk__in=shared[1].values("pk"))
    rows = Visit.objects.to_read(user).filter(either).exclude(pk__in=there - {None}).order_by("day", "pk")
    return [
        OnShelf(f"Visit report, {near_day(one.day)}: {one.focus}", "On its page", reverse("visit", args=[one.pk]))
        for one in rows
    ]
