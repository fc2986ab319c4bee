"""What the page of a year's evidence shows: its parts with what the product knows by itself, its key areas with the
objectives that came of them, and where it stands before the board."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from foundation import clock
from foundation.permissions import may, why_not
from governance import inspecting, years
from governance.models import AgendaItem, Inspection, User
from governance.wording import full_day, listed, number, weekday
from sip import gathering
from sip.models import EvidencePack, EvidencePart, KeyArea, Objective, Plan, Unfinished
from sip.permissions import P

_KIND = EvidencePart.Kind

# What each part is for, in one line: which questions it lets the board ask.
HINTS = {
    _KIND.PUPILS: "Results and progress, by group; attendance. Compare with last year and with national figures.",
    _KIND.FINANCE: "What there is to spend, what is committed, and what last year’s plan cost.",
    _KIND.STAFF: "What staff say: workload, behaviour, support. How many answered?",
    _KIND.PARENTS: "What parents say, and how many of them. What has changed since last time?",
    _KIND.PUPIL_VOICE: "What pupils say about learning, safety and being listened to.",
    _KIND.EARLIER: "What was planned, what came of it, what was learned. Last year’s plan stands here by itself.",
    _KIND.SELF_EVALUATION: "Where leaders see strengths and weaknesses, and on what evidence.",
    _KIND.INSPECTION: "What the last inspection found. It stands here by itself once it is entered.",
}


@dataclass(frozen=True)
class GoesOn:
    """A milestone or an action that was left unfinished, with its history in words."""

    kind: str
    text: str
    due: str
    mark: str
    word: str
    history: list[str]


@dataclass(frozen=True)
class Came:
    """An objective of an earlier plan, what came of it, and what it left unfinished."""

    pk: int
    number: int
    title: str
    outcome: str
    lesson: str
    carried_to: str = ""  # the year
    goes_on: list[GoesOn] = field(default_factory=list)


@dataclass(frozen=True)
class EarlierPlan:
    """Last year's plan as the evidence shows it."""

    title: str
    url: str
    says: str
    rows: list[Came]


@dataclass
class PartRow:
    """One part of the pack, with what this person may do with it."""

    pk: int
    kind: str
    title: str
    hint: str
    state: str
    state_words: str
    icon: str
    note: str
    why_not_needed: str
    changed: str
    files: list = field(default_factory=list)
    earlier: EarlierPlan | None = None
    inspections: list[inspecting.Inspected] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all stands here."""
        return not (self.note or self.files or self.earlier or self.inspections or self.why_not_needed)


@dataclass(frozen=True)
class AreaRow:
    """A key area, who named it, and the objectives that came of it."""

    pk: int
    position: int
    title: str
    why: str
    by: str
    objectives: list[tuple[str, str, str]]  # title, address, who proposed it


@dataclass(frozen=True)
class PackPage:
    """The pack as one person sees it."""

    says: str
    parts: list[PartRow]
    areas: list[AreaRow]
    items: list[AgendaItem]
    closed: str
    plan: Plan | None
    gathers: bool
    who_gathers: str
    names_areas: bool
    proposes: bool
    begins: bool
    puts: bool
    who_puts: str


def page_of(pack: EvidencePack, user: User) -> PackPage:
    """Read it for one person: so many queries, however much there is in it."""
    parts = parts_of(pack, user)
    seen = AgendaItem.objects.visible_to(user).filter(evidence_item__pack=pack)
    items = list(seen.select_related("meeting__board", "decision").order_by("meeting__day", "pk"))
    plan = Plan.objects.visible_to(user).filter(organisation=pack.organisation, year=pack.year).first()
    closed, on_agenda = gathering.why_closed(pack), any(item.state != AgendaItem.State.CLOSED for item in items)
    return PackPage(
        says=_says(parts, items),
        parts=parts,
        areas=_areas(pack, plan, user),
        items=items,
        closed=closed,
        plan=plan,
        gathers=not closed and may(user, P.GATHER_EVIDENCE, pack),
        who_gathers=why_not(P.GATHER_EVIDENCE),
        names_areas=not closed and may(user, P.ADD_KEY_AREA, pack),
        proposes=bool(plan and plan.state == Plan.State.OBJECTIVES and may(user, P.PROPOSE_OBJECTIVE, plan)),
        begins=plan is None and may(user, P.BEGIN_PLAN, pack.organisation),
        puts=not closed and not on_agenda and may(user, P.PUT_EVIDENCE, pack),
        who_puts="" if closed or on_agenda else why_not(P.PUT_EVIDENCE),
    )


def parts_of(pack: EvidencePack, user: User) -> list[PartRow]:
    """Every part with its note and files, and what the product knows by itself."""
    rows = [_row(part) for part in pack.parts.select_related("changed_by").prefetch_related("files__added_by")]
    for row in rows:
        _fill(row, pack, user)
    return rows


def part_of(part: EvidencePart, user: User) -> PartRow:
    """One part for its own page."""
    row = _row(part)
    _fill(row, part.pack, user)
    return row


def _fill(row: PartRow, pack: EvidencePack, user: User) -> None:
    if row.kind == _KIND.EARLIER:
        row.earlier = earlier_plan(pack, user)
    elif row.kind == _KIND.INSPECTION:
        found = Inspection.objects.visible_to(user).filter(organisation=pack.organisation)
        row.inspections = inspecting.last_of(inspecting.read(found))


def _row(part: EvidencePart) -> PartRow:
    icons = {part.State.COMPLETE: "done", part.State.NOT_NEEDED: "grey"}
    changed = ""
    if part.changed_by:
        changed = f"{part.changed_by}, {full_day(clock.in_london(part.changed_at).date())}"
    return PartRow(
        pk=part.pk,
        kind=part.kind,
        title=part.get_kind_display(),
        hint=HINTS[part.kind],
        state=part.state,
        state_words=part.get_state_display().capitalize(),
        icon=icons.get(part.state, "open"),
        note=part.note,
        why_not_needed=part.why_not_needed,
        changed=changed,
        files=list(part.files.all()),
    )


def earlier_plan(pack: EvidencePack, user: User) -> EarlierPlan | None:
    """Last year's plan: each objective, what came of it, what was learned, what is carried forward. Before the plan is
    closed what is written of that is for those alone who may read its marks."""
    seen = Plan.objects.visible_to(user).filter(organisation=pack.organisation, year=pack.year - 1)
    plan = seen.select_related("organisation", "deciding_board").first()
    if plan is None or not plan.is_in_force:
        return None
    reads = plan.state == Plan.State.CLOSED or may(user, P.READ_MARKS, plan)
    carried = Prefetch("carried_to", Objective.objects.select_related("plan"))
    left = defaultdict(list)
    for row in Unfinished.objects.visible_to(user).filter(pack=pack):
        left[row.objective_id].append(_goes_on(row))
    rows = [_came(row, reads, left[row.pk]) for row in plan.objectives.prefetch_related(carried)]
    said = sum(bool(row.outcome) for row in rows)
    if plan.state == Plan.State.CLOSED:
        says = "Closed: what came of each objective stands below."
    else:
        says = f"In force. What came of it is said of {number(said)} of {number(len(rows))} objectives so far."
    return EarlierPlan(str(plan), reverse("plan", args=[pack.organisation.slug, plan.year]), says, rows)


def _goes_on(row: Unfinished) -> GoesOn:
    moved = [(f"moved from {one['was']}", one["why"]) for one in row.earlier_due]
    history = [f"{said}: {why}" if why else said for said, why in moved]
    history += [f"{row.rated_in}: {row.why}" if row.rated_in else row.why] if row.why else []
    history += [f"owner: {row.owner}"] if row.owner else []
    word = row.get_mark_display() if row.mark else "" if row.action_id else "never rated"
    return GoesOn("Action" if row.action_id else "Milestone", row.text, row.due, row.mark, word, history)


def _came(row: Objective, reads: bool, goes_on: list[GoesOn]) -> Came:
    carried = next((years.written(one.plan.year) for one in row.carried_to.all()), "")
    outcome, lesson = (row.get_outcome_display(), row.lesson) if reads else ("", "")
    return Came(row.pk, row.position, row.title, outcome.capitalize(), lesson, carried, goes_on)


def _areas(pack: EvidencePack, plan: Plan | None, user: User) -> list[AreaRow]:
    """The key areas in their order; objectives only where this person sees the plan that they stand in."""
    proposed = Objective.objects.filter(plan=plan).select_related("proposed_by")
    rows = pack.key_areas.select_related("added_by").prefetch_related(Prefetch("objectives", proposed))
    return [_area(row) for row in rows]


def _area(row: KeyArea) -> AreaRow:
    of_area = [
        (one.title, reverse("objective", args=[one.pk]), one.proposed_by.name if one.proposed_by else "")
        for one in row.objectives.all()
    ]
    return AreaRow(row.pk, row.position, row.title, row.why, row.added_by.name, of_area)


def _says(parts: list[PartRow], items: list[AgendaItem]) -> str:
    """How much is there, and when the board meets on it or did."""
    there = sum(part.state != EvidencePart.State.WANTED for part in parts)
    says = "The evidence is complete." if there == len(parts) else f"{_so_many(there, len(parts))}."
    for item in reversed(items):
        decision = getattr(item, "decision", None)
        if decision and decision.outcome == "noted":
            return f"{says} The board and its leaders met on it on {full_day(decision.decided_on)}."
        if item.state != AgendaItem.State.CLOSED:
            return f"{says} The board and its leaders meet on it on {weekday(item.meeting.day)}."
    return f"{says} No meeting has it on its agenda yet."


def _so_many(there: int, of: int) -> str:
    """ "None of the eight parts is there yet", "One of eight parts is there"."""
    if not there:
        return f"None of the {number(of)} parts is there yet"
    return f"{number(there).capitalize()} of {number(of)} parts {'is' if there == 1 else 'are'} there"


def missing(parts: list[PartRow]) -> str:
    """The parts that are neither there nor marked as not needed, in words."""
    return listed([part.title.lower() for part in parts if part.state == EvidencePart.State.WANTED])


@dataclass(frozen=True)
class PackLine:
    """The evidence of one year in a line."""

    pk: int
    title: str
    says: str


def packs(found) -> list[PackLine]:
    """The evidence of each year, in one query."""
    there = Count("parts", filter=~Q(parts__state=EvidencePart.State.WANTED), distinct=True)
    counted = found.annotate(there=there, of=Count("parts", distinct=True), areas=Count("key_areas", distinct=True))
    return [PackLine(row.pk, str(row), _line(row)) for row in counted.order_by("-year")]


def _line(row: EvidencePack) -> str:
    areas = "one key area" if row.areas == 1 else f"{number(row.areas)} key areas"
    return f"{_so_many(row.there, row.of)}; {areas} for improvement."
