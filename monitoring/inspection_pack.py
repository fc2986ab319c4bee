"""The governance evidence pack for inspection: what governors knew, asked, saw, decided, changed; by date and by area.

It holds only what may be shown to an inspector: what was approved, received, closed or shared. No draft, no sounding,
nothing of part II, nothing that is for the board and leaders alone; figures about few pupils stand nowhere in it. How
many parts were left out is said. An objective's area is a code of governance.frameworks: areas of different frameworks
stand apart and are never set against each other.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q

from foundation import clock
from governance import frameworks, years
from governance.models import AgendaItem, Board, Condition, Decision, FollowUp, ItemPaper
from monitoring import records_around
from monitoring.models import AdviserNote, ReviewItem, ReviewRecord, Visit, VisitAction
from monitoring.paper_kinds import Asked, Blocks
from sip import written
from sip.models import Amendment, EvidenceItem, Objective, Plan, PlanItem, Question

KINDS = {
    "knew": ("What governors knew", "Plans, reviews and papers that lay before the board."),
    "asked": ("What governors asked", "Questions that the board has closed, with what it was told."),
    "saw": ("What governors saw", "Visits whose reports came before the board, and looks from outside."),
    "decided": ("What governors decided", "Decisions with their minutes."),
    "changed": ("What changed because of it", "Amendments, conditions met, and actions done."),
}
_IN_FORCE = (Plan.State.APPROVED, Plan.State.CLOSED)
_WHOLE = ""  # of what is about no area


@dataclass(frozen=True)
class Period:
    """Whole academic years, up to today."""

    first_year: int
    last_year: int

    @property
    def first(self) -> date:
        return years.first_day(self.first_year)

    @property
    def last(self) -> date:
        return min(years.last_day(self.last_year), clock.today())

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return clock.local(self.first, time.min), clock.local(self.last, time.max)


def period_of(plan: Plan, kind: str) -> Period:
    """This year alone, or with the two years before it."""
    return Period(plan.year - 2 if kind == "evidence-3" else plan.year, plan.year)


def content(asked: Asked) -> Blocks:
    """The pack by name of block: "pack", one for each kind of evidence, and "areas". As many queries for much as for
    little."""
    plan, period = asked.plan, period_of(asked.plan, asked.kind)
    boards = Board.objects.filter(Q(pk=plan.deciding_board_id) | Q(organisations=plan.organisation_id)).values("pk")
    kept = {"knew": _knew, "asked": _asked, "saw": _saw, "decided": _decided, "changed": _changed}
    found = {name: _in_order(gather(plan, period, boards)) for name, gather in kept.items()}
    return {
        "pack": {
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "left_out": _left_out(plan, period, boards),
        },
        **found,
        "areas": _areas([one for rows in found.values() for one in rows]),
    }


def _in_order(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda one: (one["on"], one["words"]))


def _row(on: date, words: str, *, more: str = "", ref: str = "", objective: Objective | None = None) -> dict:
    return {
        "on": on.isoformat(),
        "words": words,
        "more": more,
        "ref": ref,
        "objective": objective.title if objective else "",
        "area": objective.inspection_area if objective else _WHOLE,
    }


# ---------------------------------------------------------------- knew


def _knew(plan: Plan, period: Period, boards) -> list[dict]:
    """What lay before a board at the items that it came to: plans, reviews, evidence, and papers of other items."""
    here, held = plan.organisation_id, _held(period)
    rows = []
    plans = PlanItem.objects.filter(held, plan__organisation=here, plan__state__in=_IN_FORCE, version__isnull=False)
    for one in plans.select_related("plan__organisation", "version", "item__meeting__board"):
        rows.append(_at(one.item, f"{one.plan}, version {one.version.number}"))
    reviews = ReviewItem.objects.filter(held, review__plan__organisation=here)
    for one in reviews.select_related("review__plan__organisation", "item__meeting__board"):
        rows.append(_at(one.item, f"{one.review}: ratings, measures, questions and visits"))
    packs = EvidenceItem.objects.filter(held, pack__organisation=here)
    for one in packs.select_related("pack", "item__meeting__board"):
        rows.append(_at(one.item, f"{one.pack}: pupils’ results, surveys, finance, earlier plans"))
    papers = ItemPaper.objects.filter(held, _of_school(here, boards), ~_of_others(here))
    for one in papers.select_related("item__meeting__board").distinct():
        rows.append(_at(one.item, f"{one.name}: {one.item.title}"))
    return rows


def _held(period: Period) -> Q:
    """Items that are not part II, and that a board came to in these days."""
    days = Q(item__meeting__day__range=(period.first, period.last), item__state=AgendaItem.State.CLOSED)
    return days & Q(item__is_confidential=False)


def _at(item: AgendaItem, words: str) -> dict:
    return _row(item.meeting.day, words, ref=item.meeting.board.name)


# ---------------------------------------------------------------- asked


def _asked(plan: Plan, period: Period, boards) -> list[dict]:
    """The questions that the board has closed: an inspector reads no others."""
    rows = records_around.open_to_all(_questions(plan, period).filter(state=Question.State.CLOSED))
    rows = rows.select_related("objective", "asked_by").prefetch_related("answers")
    return [_question(row) for row in rows.distinct()]


def _questions(plan: Plan, period: Period):
    of_years = Question.objects.filter(plan__organisation=plan.organisation_id, asked_at__range=period.moments)
    return of_years.filter(needs_answer=True, plan__state__in=_IN_FORCE)


def _question(row: Question) -> dict:
    told = " ".join(answer.text for answer in row.answers.all())
    closed = clock.in_london(row.closed_at).date() if row.closed_at else None
    ended = f"Closed {written.day(closed)}" if closed else "Closed"
    more = f"Told: {told}" if told else ""
    return _row(clock.in_london(row.asked_at).date(), row.text, more=more, ref=ended, objective=row.objective)


# ---------------------------------------------------------------- saw


def _saw(plan: Plan, period: Period, boards) -> list[dict]:
    """Visits that are not confidential, shared before a board received a review; that somebody from outside looked."""
    visits = Visit.objects.filter(_received(), plan__organisation=plan.organisation_id, day__range=_days(period))
    visits = visits.filter(state=Visit.State.SHARED, is_confidential=False).select_related("objective")
    rows = [_visit(one) for one in visits]
    notes = AdviserNote.objects.filter(plan__organisation=plan.organisation_id, on__range=_days(period))
    for one in notes.select_related("objective", "written_by"):
        rows.append(_row(one.on, f"A look from outside by {one.written_by.name}", objective=one.objective))
    return rows


def _received() -> Q:
    records = ReviewRecord.objects.filter(stage=ReviewRecord.Stage.RECEIVED, review__plan=OuterRef("plan"))
    return Q(Exists(records.filter(frozen_at__gte=OuterRef("shared_at"))))


def _days(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _visit(row: Visit) -> dict:
    said = [f"Saw: {row.saw}" if row.saw else "", f"Heard: {row.heard}" if row.heard else ""]
    said += [f"Read: {row.read}" if row.read else "", row.progress]
    unchecked = "facts not checked by staff in time" if row.went_unchecked else "facts checked by staff"
    more = " ".join(one for one in said if one)
    return _row(row.day, row.focus, more=more, ref=f"{row.visits_as}; {unchecked}", objective=row.objective)


# ---------------------------------------------------------------- decided


def _decided(plan: Plan, period: Period, boards) -> list[dict]:
    """What boards of the school decided outside part II, and what a board beyond it decided on its plans."""
    here = plan.organisation_id
    rows = Decision.objects.filter(item__is_confidential=False, decided_on__range=_days(period))
    rows = rows.filter(_of_school(here, boards) | _about(here), ~_of_others(here))
    rows = rows.exclude(item__plan_item__in=_undecided(here))
    rows = rows.select_related("item__meeting__board", "item__difference_item__view__objective")
    return [_decision(row) for row in rows.prefetch_related("conditions__owner").distinct()]


def _of_school(here: int, boards) -> Q:
    """Of items: those of the boards that serve the school."""
    return Q(item__meeting__board__in=boards, item__meeting__board__organisations=here)


def _about(here: int) -> Q:
    """Of items: those about the school's own plans, whichever board has them."""
    return (
        Q(item__plan_item__plan__organisation=here)
        | Q(item__review_item__review__plan__organisation=here)
        | Q(item__amendment_item__amendment__plan__organisation=here)
    )


def _undecided(here: int):
    """The items about a plan in a version that the board has not approved."""
    return PlanItem.objects.filter(plan__organisation=here, version__isnull=False).exclude(plan__state__in=_IN_FORCE)


def _of_others(here: int) -> Q:
    """Of items: those about another organisation's plans, of a board that serves several."""
    about = ("item__plan_item__plan", "item__review_item__review__plan", "item__amendment_item__amendment__plan")
    found = Q()
    for name in about:
        found |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__organisation": here})
    return found


def _decision(row: Decision) -> dict:
    conditions = "; ".join(one.text for one in row.conditions.all())
    more = " ".join(said for said in (row.reason, f"Conditions: {conditions}." if conditions else "") if said)
    minute = f", minute {row.minute_reference}" if row.minute_reference else ""
    difference = getattr(row.item, "difference_item", None)
    return _row(
        row.decided_on,
        f"{row.item.title}: {row.get_outcome_display().lower()}",
        more=more,
        ref=f"{row.item.meeting.board.name}{minute}",
        objective=difference.view.objective if difference else None,
    )


# ---------------------------------------------------------------- changed


def _changed(plan: Plan, period: Period, boards) -> list[dict]:
    """Amendments that were made, conditions that were met, what meetings and visits asked for and was done."""
    here, days = plan.organisation_id, _days(period)
    made = Amendment.objects.filter(plan__organisation=here, state=Amendment.State.MADE)
    made = made.filter(ended_at__range=period.moments).select_related("plan__organisation")
    rows = [
        _row(clock.in_london(one.ended_at).date(), f"{one}: {one.reason}", ref=one.get_weight_display()) for one in made
    ]
    conditions = Condition.objects.filter(met_on__range=days, decision__item__is_confidential=False)
    for one in conditions.filter(decision__item__plan_item__plan__organisation=here).select_related("decision"):
        rows.append(_row(one.met_on, f"Condition met: {one.text}", ref=one.decision.minute_reference))
    follow_ups = FollowUp.objects.filter(done_on__range=days, item__is_confidential=False)
    mine = follow_ups.filter(_of_school(here, boards), ~_of_others(here))
    for one in mine.select_related("item__meeting__board").distinct():
        rows.append(_row(one.done_on, f"Action of a meeting done: {one.text}", ref=str(one.item.meeting)))
    agreed = VisitAction.objects.filter(done_on__range=days, visit__plan__organisation=here)
    agreed = agreed.filter(visit__state=Visit.State.SHARED, visit__is_confidential=False)
    for one in agreed.select_related("visit__objective"):
        rows.append(_row(one.done_on, f"Agreed on a visit, and done: {one.text}", objective=one.visit.objective))
    return rows


# ---------------------------------------------------------------- left out


def _left_out(plan: Plan, period: Period, boards) -> dict:
    """How much is not shown: items of part II, confidential visits, questions not closed or on confidential parts."""
    here = plan.organisation_id
    items = AgendaItem.objects.filter(
        meeting__board__in=boards,
        meeting__board__organisations=here,
        state=AgendaItem.State.CLOSED,
        meeting__day__range=_days(period),
        is_confidential=True,
    )
    visits = Visit.objects.filter(plan__organisation=here, day__range=_days(period), is_confidential=True)
    asked = _questions(plan, period)
    closed = asked.filter(state=Question.State.CLOSED)
    return {
        "part_two": items.distinct().count(),
        "visits": visits.count(),
        "closed_parts": closed.count() - records_around.open_to_all(closed).distinct().count(),
        "not_closed": asked.exclude(state=Question.State.CLOSED).count(),
        "not_approved": Plan.objects.filter(organisation=here, year__range=(period.first_year, period.last_year))
        .exclude(state__in=_IN_FORCE)
        .count(),
    }


# ---------------------------------------------------------------- by area


def _areas(rows: list[dict]) -> list[dict]:
    """Each area that some of the evidence is about, the newest framework first."""
    codes = {one["area"] for one in rows}
    return [
        {"code": area.code, "name": area.name, "framework": framework.name}
        for framework in frameworks.FRAMEWORKS
        for area in framework.areas
        if area.code in codes
    ]


# ---------------------------------------------------------------- in words


def words(blocks: Blocks) -> dict:
    """What page and paper write, out of the blocks."""
    pack = blocks["pack"]
    kinds = [
        {"name": name, "title": title, "says": says, "rows": [_said(one) for one in blocks[name]]}
        for name, (title, says) in KINDS.items()
    ]
    first, last = (written.day(written.as_day(pack[name])) for name in ("first", "last"))
    return {
        "span": f"{first} to {last}",
        "kinds": kinds,
        "areas": [_of_area(area, kinds) for area in blocks["areas"]],
        "left_out": left_out(pack["left_out"]),
        "without_area": _without_area(kinds),
    }


def _said(one: dict) -> dict:
    return one | {"on": written.day(written.as_day(one["on"]))}


def _without_area(kinds: list[dict]) -> str:
    """How much of the evidence is about no area alone, in words; empty where nothing is."""
    many = sum(row["area"] == _WHOLE for kind in kinds for row in kind["rows"])
    if not many:
        return ""
    is_are = "is" if many == 1 else "are"
    entries = written.sentence(written.count(many, "entry", "entries"))
    return f"{entries} {is_are} about no one area and stand by date alone."


def _of_area(area: dict, kinds: list[dict]) -> dict:
    rows = [
        row | {"kind": kind["title"].rsplit(" ", 1)[-1] if kind["name"] != "changed" else "changed"}
        for kind in kinds
        for row in kind["rows"]
        if row["area"] == area["code"]
    ]
    return area | {"rows": rows}


def left_out(counts: dict) -> list[str]:
    """What the pack does not hold, a sentence each."""
    said = []
    if many := counts["part_two"]:
        said.append(f"{written.count(many, 'item')} of part II of the boards’ agendas")
    if many := counts["visits"]:
        said.append(f"{written.count(many, 'confidential report')} of a visit")
    if many := counts["closed_parts"]:
        said.append(f"{written.count(many, 'question')} on parts that are for the board and leaders alone")
    if many := counts["not_closed"]:
        said.append(f"{written.count(many, 'question')} that the board has not closed yet")
    if counts["not_approved"]:
        said.append("what is about a plan that the board has not approved yet, with what was asked of it")
    return said
