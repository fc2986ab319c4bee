"""What pages show of visits: a plan's, an objective's; and which objectives want one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance.models import Delegation, Meeting, Term
from monitoring import records, visit_plan, visiting, wording
from monitoring.models import AdviserNote, Rating, Review, Visit
from monitoring.permissions import P
from monitoring.visit_plan import Evidence, Suggestion, Weak
from sip.models import Objective, Plan

_OPEN, _BEYOND = (Visit.State.PLANNED, Visit.State.CHECKING), "outside the terms"


@dataclass(slots=True)
class Line:
    """A visit in a list."""

    pk: int
    day: str
    who: str
    visits_as: str
    focus: str
    about: str  # "Objective 2: …", or what else it was about
    objective: int | None
    says: str  # where it stands
    is_read: bool
    is_confidential: bool

    @property
    def url(self) -> str:
        return reverse("visit", args=[self.pk])


@dataclass(slots=True)
class Note:
    """An adviser's note, whole."""

    pk: int
    on: str
    who: str
    text: str
    about: str
    objective: int | None


@dataclass(slots=True)
class OfPlan:
    """The page of a plan's visits, as one person reads it."""

    waiting: list[Line]  # planned or being checked
    terms: list[tuple[str, list[Line]]]  # before the board, the last term first
    called_off: list[Line]
    notes: list[Note]
    weak: list[Weak] = field(default_factory=list)
    suggestion: Suggestion | None = None
    weeks: list[str] = field(default_factory=list)
    plans: bool = False
    leaves_note: bool = False
    why_not: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.terms or self.called_off or self.notes)


def of_plan(plan: Plan, user) -> OfPlan:
    """All of a plan's visits and notes that this person may see. The number of queries does not grow with them."""
    rows, terms = _rows(plan, user), plan.organisation.terms_of(plan.year)
    lines, numbers = _lines(rows, plan, user), numbers_of(plan)
    shared = [one for one in rows if one.state == Visit.State.SHARED]
    page = OfPlan(
        waiting=[lines[one.pk] for one in sorted(rows, key=lambda one: one.day) if one.state in _OPEN],
        terms=_by_term(shared, lines, terms),
        called_off=[lines[one.pk] for one in rows if one.state == Visit.State.CALLED_OFF],
        notes=notes_of(plan, user, numbers),
        plans=may(user, P.PLAN_VISIT, plan),
        leaves_note=may(user, P.LEAVE_NOTE, plan) and plan.state == Plan.State.APPROVED,
        why_not=visiting.why_not_planned(plan),
    )
    if plan.state == Plan.State.APPROVED and user.standing.visiting_ids.isdisjoint({plan.organisation_id}):
        page.weak = visit_plan.weakest(_evidence(plan, rows, page.notes, terms))
        page.suggestion = visit_plan.suggest(terms, plan.organisation.phase, clock.today(), _meetings(plan))
        page.weeks = [week.says(clock.today()) for week in page.suggestion.weeks]
    return page


def of_objective(objective: Objective, user) -> OfPlan:
    """The visits to one objective and the notes on it that this person may see."""
    plan = objective.plan
    rows = [one for one in _rows(plan, user) if one.objective_id == objective.pk]
    lines, numbers = _lines(rows, plan, user), numbers_of(plan)
    return OfPlan(
        waiting=[lines[one.pk] for one in rows if one.state in _OPEN],
        terms=_by_term(
            [one for one in rows if one.state == Visit.State.SHARED], lines, plan.organisation.terms_of(plan.year)
        ),
        called_off=[lines[one.pk] for one in rows if one.state == Visit.State.CALLED_OFF],
        notes=[one for one in notes_of(plan, user, numbers) if one.objective == objective.pk],
        plans=may(user, P.PLAN_VISIT, objective),
        leaves_note=may(user, P.LEAVE_NOTE, plan) and plan.state == Plan.State.APPROVED,
        why_not=visiting.why_not_planned(plan) or visiting.why_not_visited(objective),
    )


def last_to(objective: Objective, user) -> Line | None:
    """The last visit to an objective whose report is before the board, if this person may read it."""
    plan = objective.plan
    rows = [one for one in _rows(plan, user) if one.objective_id == objective.pk and one.state == Visit.State.SHARED]
    return _lines(rows[:1], plan, user)[rows[0].pk] if rows else None


def notes_of(plan: Plan, user, numbers: dict[int, int]) -> list[Note]:
    """What advisers left, the newest first."""
    rows = AdviserNote.objects.visible_to(user).filter(plan=plan).select_related("written_by", "objective")
    today = clock.today()
    return [
        Note(
            pk=one.pk,
            on=wording.day(one.on, today),
            who=one.written_by.name,
            text=one.text,
            about=about(plan, one.objective, numbers) if one.objective_id else "The plan as a whole",
            objective=one.objective_id,
        )
        for one in rows
    ]


# ---------------------------------------------------------------- lines


def _rows(plan: Plan, user) -> list[Visit]:
    found = Visit.objects.visible_to(user).filter(plan=plan).select_related("objective", "staff_lead")
    return list(found.prefetch_related("visitors"))


def _lines(rows: list[Visit], plan: Plan, user) -> dict[int, Line]:
    read = set(Visit.objects.to_read(user).filter(plan=plan).values_list("pk", flat=True))
    numbers, today = numbers_of(plan), clock.today()
    return {
        one.pk: Line(
            pk=one.pk,
            day=wording.day(one.day, today),
            who=wording.listed([person.name for person in one.visitors.all()]),
            visits_as=one.visits_as,
            focus=one.focus,
            about=about(plan, one.objective, numbers) if one.objective_id else wording.capital(one.get_about_display()),
            objective=one.objective_id,
            says=_stands(one, today),
            is_read=one.pk in read and one.state == Visit.State.SHARED,
            is_confidential=one.is_confidential,
        )
        for one in rows
    }


def _stands(visit: Visit, today: date) -> str:
    """Where a visit stands, in a few words."""
    if visit.state == Visit.State.PLANNED:
        return "the report is to be written" if visit.is_late else f"planned for {wording.weekday(visit.day, today)}"
    if visit.state == Visit.State.CHECKING:
        return f"facts are checked until {wording.day(visit.check_by, today)}"
    if visit.state == Visit.State.CALLED_OFF:
        return f"called off: {visit.called_off_why}"
    return "before the board, facts not checked in time" if visit.went_unchecked else "before the board, facts checked"


def numbers_of(plan: Plan) -> dict[int, int]:
    """Each objective's number in the plan."""
    return {key: number for number, key in enumerate(plan.objectives.values_list("pk", flat=True), 1)}


def about(plan: Plan, objective: Objective, numbers: dict[int, int]) -> str:
    """ "Objective 2: …", as the school numbers and calls it."""
    return f"{plan.words.Objective} {plan.words.numbered(numbers[objective.pk])}: {objective.title}"


def _by_term(rows: list[Visit], lines: dict[int, Line], terms: list[Term]) -> list[tuple[str, list[Line]]]:
    """Under the term in which they were, the last first; what lies between two terms under the one before."""
    found = defaultdict(list)
    for one in rows:
        name = next((term.get_name_display() for term in reversed(terms) if term.starts <= one.day), _BEYOND)
        found[name].append(lines[one.pk])
    order = [term.get_name_display() for term in reversed(terms)] + [_BEYOND]
    return [(f"{name} term" if name != _BEYOND else "Before the year", found[name]) for name in order if found[name]]


# ---------------------------------------------------------------- which objective wants one


def _evidence(plan: Plan, rows: list[Visit], notes: list[Note], terms: list[Term]) -> list[Evidence]:
    today = clock.today()
    now = next((term for term in reversed(terms) if term.starts <= today), None)
    sent = max(plan.reviews.exclude(state=Review.State.OPEN), key=lambda one: one.place, default=None)
    said, kinds, rated = _said(sent)
    for note in notes:
        kinds[note.objective].add(Rating.Evidence.EXTERNAL)
    shared, planned = defaultdict(list), defaultdict(list)
    for one in rows:
        if one.state == Visit.State.SHARED:
            shared[one.objective_id].append(one.day)
            kinds[one.objective_id].add(Rating.Evidence.SEEN)
        elif one.state in _OPEN:
            planned[one.objective_id].append((one.day, one.state == Visit.State.CHECKING))
    objectives = plan.objectives.select_related("monitor_seat__person", "monitor_board")
    return [
        Evidence(
            pk=one.pk,
            number=number,
            title=one.title,
            monitor=_monitor(one),
            mark=said.get(one.pk, ""),
            sources=len(kinds[one.pk]),
            rated=one.pk in rated,
            visited_on=max(shared[one.pk], default=None),
            visited_this_term=bool(now and any(day >= now.starts for day in shared[one.pk])),
            planned_on=min(planned[one.pk], default=(None, False))[0],
            is_written=min(planned[one.pk], default=(None, False))[1],
        )
        for number, one in enumerate(objectives, 1)
        if one.stopped_on is None
    ]


def _said(review: Review | None) -> tuple[dict[int, str], dict[int, set[str]], set[int]]:
    """Of the last review that governors were shown: each objective's mark, the evidence named, which are rated."""
    kinds, rated = defaultdict(set), set()
    if review is None:
        return {}, kinds, rated
    for objective, named in review.ratings.values_list("milestone__criterion__objective", "evidence"):
        kinds[objective] |= set(named)
        rated.add(objective)
    return records.marks_of(review), kinds, rated


def leaders_mark(objective: Objective | None) -> str:
    """The leaders' last rating of an objective that governors were shown; empty where there is none."""
    if objective is None:
        return ""
    sent = max(objective.plan.reviews.exclude(state=Review.State.OPEN), key=lambda one: one.place, default=None)
    return records.marks_of(sent).get(objective.pk, "") if sent else ""


def _monitor(objective: Objective) -> str:
    """Who monitors it today, in words; nobody where the seat has ended."""
    seat, board = objective.monitor_seat, objective.monitor_board
    if seat and seat.is_current:
        return f"{seat.person}, {seat.in_words}"
    return board.name if board else ""


def _meetings(plan: Plan) -> list[date]:
    """The days on which the board that decides or the one that receives reviews meets next."""
    boards = {plan.deciding_board_id}
    if board := plan.organisation.deciding_board(Delegation.Decides.REVIEWS):
        boards.add(board.pk)
    return list(Meeting.objects.coming().filter(board__in=boards, day__gt=clock.today()).values_list("day", flat=True))
