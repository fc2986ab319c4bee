"""How a plan goes, by term or half-term: each objective's rating and its milestones, as one person may see them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance.models import Term
from monitoring import marks, reviewing, windows, wording
from monitoring.facts import TermDays
from monitoring.models import Rating, Review, Summary, View
from monitoring.models.reviews import TERMS
from monitoring.permissions import P
from monitoring.points import Point
from sip.models import Milestone, Objective, Plan
from sip.permissions import P as Sip

NOT_DUE, NOT_YET, NOTHING = "not due", "not rated yet", "nothing said"
_NOT_RECEIVED = "not received by the board yet"
_REASSURING = ("green", "blue")


@dataclass(slots=True)
class Due:
    """A milestone in a cell. `late` names its own term where it fell due in an earlier one."""

    text: str
    criterion: str
    mark: str
    word: str
    url: str
    late: str = ""


@dataclass(slots=True)
class Cell:
    """An objective in one term: its mark, or in words why there is none."""

    name: str
    mark: str
    word: str
    silence: str
    direction: str
    than: str
    view: str
    dues: list[Due]

    @property
    def is_silent(self) -> bool:
        """Whether something was to be said and was not; what is not due, or not yet rated, is grey."""
        return self.silence.startswith("nothing")


@dataclass(slots=True)
class Row:
    id: int
    number: int
    title: str
    lead: str
    outcome: str
    url: str
    cells: list[Cell]


@dataclass(slots=True)
class Column:
    """A term, or a half of one: its review as far as this person sees it, and where it stands in words."""

    point: Point
    days: TermDays | None
    name: str
    says: str
    url: str
    is_now: bool
    review: Review | None
    silence: str  # what stands in a cell of which this person reads nothing


@dataclass(slots=True)
class Progress:
    says: str
    columns: list[Column]
    rows: list[Row]
    may_open: list[Point]  # those whose review this person may open now
    reads_open: bool
    opens_before: str  # "four weeks before the term ends": when a review opens by itself
    may_set: bool  # how often it is reviewed


@dataclass(slots=True)
class _Seen:
    """What the database knows of the plan's reviews, as far as this person may read it."""

    reviews: dict[Point, Review]  # all there are
    read: set[int]  # those of them that this person reads, at least in part
    ratings: dict[int, dict[int, tuple[str, date]]] = field(default_factory=lambda: defaultdict(dict))
    own: dict[tuple[int, int], str] = field(default_factory=dict)
    views: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    """The same of one objective: `read` are the reviews that this person reads of it."""

    seen: _Seen
    read: set[int]

    def of(self, column: Column) -> Review | None:
        return column.review if column.review and column.review.pk in self.read else None


def of(plan: Plan, user) -> Progress:
    """The heat map of a plan that is in force or was. The number of queries does not grow with it."""
    today, terms = clock.today(), plan.organisation.terms_of(plan.year)
    seen, reads_open = _seen(plan, user), may(user, P.READ_RATINGS, plan)
    counts = _rated_so_far(seen) if reads_open or may(user, Sip.READ_MARKS, plan) else None
    columns = [_column(point, days, seen, counts, today) for point, days in _points(plan, terms, seen, today)]
    due = defaultdict(list)
    order = ("criterion__position", "criterion", "pk")
    kept = Milestone.objects.kept().filter(criterion__objective__plan=plan)
    for row in kept.select_related("criterion").order_by(*order):
        due[row.criterion.objective_id].append(row)
    rows = [
        _row(one, number, due[one.pk], _part(seen, one, user, reads_open), columns)
        for number, one in enumerate(Objective.objects.visible_to(user).filter(plan=plan).select_related("lead"), 1)
        if one.stopped_on is None
    ]
    may_open = may(user, P.OPEN_REVIEW, plan)
    return Progress(
        says=_sentence(columns, plan, today),
        columns=columns,
        rows=rows,
        may_open=_can_be_opened(plan, columns, seen, today) if may_open else [],
        reads_open=reads_open and any(review.is_open for review in seen.reviews.values()),
        opens_before=_opens_before(plan),
        may_set=plan.state == Plan.State.APPROVED and may(user, P.SET_REVIEW_POINTS, plan),
    )


def _opens_before(plan: Plan) -> str:
    by_halves = plan.review_points == Plan.Points.HALF_TERMS
    return "two weeks before the half-term ends" if by_halves else "four weeks before the term ends"


def _points(plan: Plan, terms: list[Term], seen: _Seen, today: date) -> list[tuple[Point, TermDays | None]]:
    """The points of the year, each with its days as far as the terms are known."""
    by_halves = plan.review_points == Plan.Points.HALF_TERMS
    found = windows.points_of(terms, by_halves=by_halves, held=seen.reviews, today=today)
    days = {one.point: one for one in found}
    missing = {Point(str(name)) for name in TERMS if not any(point.term == name for point in days)}
    return [(point, days.get(point)) for point in sorted({*days, *missing, *seen.reviews}, key=lambda one: one.place)]


# ---------------------------------------------------------------- what is known


def _seen(plan: Plan, user) -> _Seen:
    reviews = {review.point: review for review in plan.reviews.all()}
    found = _Seen(reviews, set(Review.objects.visible_to(user).filter(plan=plan).values_list("pk", flat=True)))
    ratings = Rating.objects.filter(review__in=found.read)
    for review, milestone, mark, at in ratings.values_list("review", "milestone", "mark", "rated_at"):
        found.ratings[review][milestone] = (mark, clock.in_london(at).date())
    own = Summary.objects.filter(review__in=found.read).exclude(mark="")
    found.own = {(review, one): mark for review, one, mark in own.values_list("review", "objective", "mark")}
    views = View.objects.filter(review__in=found.read).exclude(stance=View.Stance.AGREES)
    for view in views:
        found.views[view.review_id, view.objective_id] = _view_in_words(view)
    return found


def _view_in_words(view: View) -> str:
    if view.stance == View.Stance.NOT_ENOUGH:
        return "Monitor: not enough evidence"
    return f"Monitor: {marks.word(view.mark)}"


def _part(seen: _Seen, objective: Objective, user, reads_open: bool) -> _Part:
    """An open review is read of an objective only by leaders, and by whoever leads it."""
    mine = reads_open or objective.lead_id == user.person_id
    reviews = [review for review in seen.reviews.values() if review.pk in seen.read]
    return _Part(seen, {review.pk for review in reviews if review.is_sent or mine})


def _rated_so_far(seen: _Seen) -> tuple[int, int]:
    """Of the open review: how many milestones are rated, of how many that are due."""
    review = next((one for one in seen.reviews.values() if one.is_open), None)
    if review is None:
        return 0, 0
    return review.ratings.count(), reviewing.milestones_due(review).count()


# ---------------------------------------------------------------- columns


def _column(point: Point, days: TermDays | None, seen: _Seen, counts: tuple[int, int] | None, today: date) -> Column:
    review = seen.reviews.get(point)
    is_now = days is not None and days.starts <= today <= days.ends
    says, silence = _of_review(review, seen, counts) if review else _without_review(days, today)
    read = review is not None and review.pk in seen.read
    return Column(
        point=point,
        days=days,
        name=point.name,
        says=says,
        url=reverse("review", args=[review.pk]) if read else "",
        is_now=is_now,
        review=review,
        silence=silence,
    )


def _of_review(review: Review, seen: _Seen, counts: tuple[int, int] | None) -> tuple[str, str]:
    if review.is_open:
        said = f"leaders are rating: {counts[0]} of {counts[1]}" if counts else NOT_YET
        return said, NOT_YET
    if review.pk not in seen.read:
        return _NOT_RECEIVED, _NOT_RECEIVED
    if review.state == Review.State.RECEIVED:
        return "received by the board", NOTHING
    sent = wording.day(clock.in_london(review.sent_at).date(), clock.today())
    return f"with governors since {sent}", NOTHING


def _without_review(term: TermDays | None, today: date) -> tuple[str, str]:
    if term is None:
        return "no days set", NOT_DUE
    if today < term.starts:
        return f"begins on {wording.day(term.starts, today)}", NOT_DUE
    if today > term.ends:
        return "not reviewed", NOTHING
    opens = windows.opens_on(term)
    return f"rated from {wording.day(opens, today)}" if today < opens else NOT_YET, NOT_YET


def _can_be_opened(plan: Plan, columns: list[Column], seen: _Seen, today: date) -> list[Point]:
    """The points whose review can be opened by hand, the latest first; `reviewing.why_not_opened` asks again."""
    if plan.state != Plan.State.APPROVED or any(review.is_open for review in seen.reviews.values()):
        return []
    begun = [one.point for one in columns if one.days and one.days.starts <= today]
    return [point for point in reversed(begun) if point not in seen.reviews]


def _sentence(columns: list[Column], plan: Plan, today: date) -> str:
    """Where the last review stands, and when the next one opens."""
    last = next((one for one in reversed(columns) if one.review), None)
    said = f"{last.name} review: {last.says}." if last else "Nothing is rated yet."
    if last and last.review.is_open:
        return _rating_now(last)
    if plan.state == Plan.State.CLOSED:
        return f"The plan is closed. {said}"
    coming = [one for one in columns if one.review is None and one.days and one.days.ends >= today]
    if not coming:
        return said
    stretch, opens = coming[0].point.stretch, windows.opens_on(coming[0].days)
    if opens <= today:
        return f"{said} Leaders rate the {stretch} next."
    return f"{said} Leaders rate the {stretch} from {wording.weekday(opens, today)}."


def _rating_now(column: Column) -> str:
    """ "Leaders are rating the autumn term: 5 of 12."; to whoever reads it only when received, that it is not rated."""
    so_far = column.says.partition(": ")[2]
    if so_far:
        return f"Leaders are rating the {column.point.stretch}: {so_far}."
    return f"The {column.point.stretch} is not rated yet."


# ---------------------------------------------------------------- rows


def _row(objective: Objective, number: int, milestones: list[Milestone], part: _Part, columns: list[Column]) -> Row:
    cells, before = [], None
    for column in columns:
        cell = _cell(objective, milestones, column, part, before)
        before = (column.point.word, cell.mark) if cell.mark else before
        cells.append(cell)
    return Row(
        id=objective.pk,
        number=number,
        title=objective.title,
        lead=objective.lead.name if objective.lead else "",
        outcome=objective.get_outcome_display(),
        url=reverse("objective", args=[objective.pk]),
        cells=cells,
    )


def _cell(objective: Objective, milestones: list[Milestone], column: Column, part: _Part, before) -> Cell:
    """One objective at one point. `before` is the last one that has a mark of it, with that mark."""
    until = TERMS.index(column.point.term)
    due = [one for one in milestones if TERMS.index(one.term) <= until]
    review, seen = part.of(column), part.seen
    key = (review.pk, objective.pk) if review else None
    said = seen.ratings[review.pk] if review else {}
    found = {one.pk: said[one.pk][0] for one in due if one.pk in said}
    mark = seen.own.get(key) or marks.worst(list(found.values()))
    than, former = before or ("", "")
    return Cell(
        name=column.name,
        mark=mark,
        word=marks.word(mark),
        silence="" if mark else _silence(due, column, part),
        direction=marks.direction(former, mark),
        than=than,
        view=seen.views.get(key, ""),
        dues=_dues(due, column, found, is_rated=bool(mark)),
    )


def _silence(due: list[Milestone], column: Column, part: _Part) -> str:
    """What a cell without a mark says: never last time's colour."""
    if not due:
        return NOT_DUE
    if column.silence != NOTHING:
        return column.silence
    keys = {one.pk for one in due}
    said = [on for pk in part.read for key, (_, on) in part.seen.ratings[pk].items() if key in keys]
    return f"nothing since {wording.day(max(said), clock.today())}" if said else NOTHING


def _dues(due: list[Milestone], column: Column, found: dict[int, str], *, is_rated: bool) -> list[Due]:
    """The term's own milestones; of those before it the ones that are not well, for they colour the cell too. Why one
    has no mark is said of each only where the cell does not say it of all."""
    silence = column.silence if is_rated else ""
    return [
        Due(
            text=one.text,
            criterion=one.criterion.text,
            mark=found.get(one.pk, ""),
            word=marks.word(found.get(one.pk, "")) or silence,
            url=reverse("milestone", args=[one.pk]),
            late="" if one.term == column.point.term else one.term,
        )
        for one in due
        if one.term == column.point.term or (found.get(one.pk) and found[one.pk] not in _REASSURING)
    ]
