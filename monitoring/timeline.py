"""The timeline of a plan as one person may read it: its actions and milestones on the school year, with what the board
has before it: meetings and points of review. The number of queries does not grow with the plan."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance.models import Meeting, Term
from governance.wording import full_day, near_day
from monitoring.models import Review
from sip import editions, timeline
from sip.models import Action, Amendment, Change, Milestone, Objective, Plan, Version
from sip.paper_timeline import acts_of
from sip.permissions import P
from sip.timeline import Act, Ground, Group, Scale
from sip.versions import blocks_of

MANY = 24  # actions beyond which each objective is folded until it is asked for
MOST = 120  # that stand open on one page
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A meeting or a point of review. `kind`: meeting or review."""

    x: float
    kind: str
    when: str
    says: str
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`opened`: the number of the objective whose actions are shown while the others are folded. `is_whole`: whether
    there are many and all of them were asked for."""

    title: str
    ground: Ground
    moments: list[Moment]
    groups: list[Group]
    count: int
    is_folded: bool
    is_whole: bool
    opened: int | None
    looks: list[str]  # of the bars that are drawn: what the key explains
    has_former: bool


@dataclass(slots=True)
class _Part:
    """An objective with what of it this person reads."""

    id: int
    title: str
    acts: list[Act]
    due: Counter
    note: str = ""


def is_drawn(plan: Plan, user) -> bool:
    """Whether this person reads enough of the plan for it: what is in force, the draft as leaders have it, or the whole
    version that is before the board."""
    if plan.is_in_force:
        return True
    if plan.state == Plan.State.OBJECTIVES:
        return False
    return may(user, P.READ_DRAFT, plan) or (
        plan.state in (Plan.State.WITH_THE_BOARD, Plan.State.CHANGES) and may(user, P.READ_SUBMITTED, plan)
    )


def of(plan: Plan, user, *, only: str = "") -> Timeline:
    """The timeline. `only`: the objective to be shown with its actions where there are many, or "all"."""
    live = plan.is_in_force or may(user, P.READ_DRAFT, plan)
    parts = _live(plan, user) if live else _before_the_board(plan, user)
    terms, today = plan.organisation.terms_of(plan.year), clock.today()
    over = timeline.scale(plan.year, (act for part in parts for act in part.acts))
    shown = today if plan.state == Plan.State.APPROVED or live else None
    groups = [_group(number, part, plan, terms, over, shown) for number, part in enumerate(parts, 1)]
    count = sum(len(one.rows) for one in groups)
    is_whole = MANY < count <= MOST and only == "all"
    is_folded = count > MANY and not is_whole
    opened = next((one.id for one in groups if str(one.id) == only), None) if is_folded else None
    drawn = [row for one in groups if not is_folded or one.id == opened for row in one.rows]
    return Timeline(
        title=_title(plan, over, today),
        ground=timeline.ground(terms, over, today),
        moments=_moments(plan, user, terms, over),
        groups=groups,
        count=count,
        is_folded=is_folded,
        is_whole=is_whole,
        opened=opened,
        looks=_looks(drawn),
        has_former=any(row.former for row in drawn),
    )


def _title(plan: Plan, over: Scale, today: date) -> str:
    said = f" Today is {full_day(today)}." if over.first <= today <= over.last else ""
    return f"The school year {plan.year_in_words} with its terms, holidays, meetings and reviews.{said}"


def _looks(rows: list) -> list[str]:
    bars = [row.bar for row in rows if row.bar]
    found = [look for look in ("done", "under-way", "not-started", "stopped", "planned") if _has(bars, look)]
    return found + ["late"] * any(bar.is_late for bar in bars)


def _has(bars: list, look: str) -> bool:
    return any(bar.look == look for bar in bars)


def _group(number: int, part: _Part, plan: Plan, terms: list[Term], over: Scale, today: date | None) -> Group:
    due = timeline.milestones_due(terms, part.due)
    label = plan.words.numbered(number)
    made = timeline.group(label, pk=part.id, title=part.title, acts=part.acts, due=due, over=over, today=today)
    made.url, made.note = reverse("objective", args=[part.id]), part.note
    if part.note:
        made.says = part.note
    return made


# ---------------------------------------------------------------- what this person reads


def _live(plan: Plan, user) -> list[_Part]:
    """The plan as it stands. Actions that are not this person's to read are counted for their numbers alone."""
    seen = set(Action.objects.visible_to(user).filter(objective__plan=plan).values_list("pk", flat=True))
    former, acts, hidden = _former(plan), defaultdict(list), set()
    places: Counter = Counter()
    columns = ("pk", "objective", "what", "owner__name", "starts_on", "due_on", "status")
    for pk, objective, what, who, starts, due, status in Action.objects.filter(objective__plan=plan).values_list(
        *columns
    ):
        places[objective] += 1
        if pk not in seen:
            hidden.add(objective)
            continue
        url = reverse("action", args=[pk]) if plan.is_in_force else ""
        said = status if plan.is_in_force else ""
        acts[objective].append(Act(pk, str(places[objective]), what, who or "", starts, due, said, url, former[pk]))
    due = defaultdict(Counter)
    for objective, term in _kept(plan).values_list("criterion__objective", "term"):
        due[objective][term] += 1
    objectives = Objective.objects.visible_to(user).filter(plan=plan).order_by("position", "pk")
    return [
        _Part(pk, title, _numbered(plan, number, acts[pk]), due[pk], _note(pk, stopped, hidden))
        for number, (pk, title, stopped) in enumerate(objectives.values_list("pk", "title", "stopped_on"), 1)
    ]


def _kept(plan: Plan):
    """The milestones that no amendment has dropped."""
    return Milestone.objects.filter(criterion__objective__plan=plan, dropped_on=None, criterion__dropped_on=None)


def _numbered(plan: Plan, number: int, acts: list[Act]) -> list[Act]:
    for act in acts:
        act.number = f"{plan.words.numbered(number)}.{act.number}"
    return acts


def _note(objective: int, stopped: date | None, hidden: set[int]) -> str:
    if objective in hidden:
        return timeline.CLOSED
    return f"Stopped on {full_day(stopped)}." if stopped else ""


def _former(plan: Plan) -> dict[int, list[tuple[date, str]]]:
    """By action: the days on which it was to be done before an amendment moved them, with why."""
    rows = Change.objects.filter(
        amendment__plan=plan, amendment__state=Amendment.State.MADE, kind=Change.Kind.DATE, field="due_on"
    )
    found = defaultdict(list)
    for action, before, why, reason in rows.exclude(action=None).values_list(
        "action", "before", "why", "amendment__reason"
    ):
        if isinstance(before, str) and before:
            found[action].append((date.fromisoformat(before), why or reason))
    return found


def _before_the_board(plan: Plan, user) -> list[_Part]:
    """The version that is before the board, as far as this person's edition holds it."""
    version = Version.objects.visible_to(user).filter(plan=plan).last()
    blocks = editions.kept(blocks_of(version), editions.edition_for(user, plan)) if version else {}
    return [
        _Part(
            body["id"], body["title"], acts, due, "" if is_open else "Its actions are for the board and leaders alone."
        )
        for body, acts, due, is_open in acts_of(blocks)
    ]


# ---------------------------------------------------------------- meetings and reviews


def _moments(plan: Plan, user, terms: list[Term], over: Scale) -> list[Moment]:
    """The meetings of the board that decides, and the points at which leaders rate; by day."""
    meetings = Meeting.objects.held_with(user).filter(board=plan.deciding_board_id, day__range=(over.first, over.last))
    found = [
        (day, Moment(over.place(day), "meeting", near_day(day), "The board meets", reverse("meeting", args=[pk])))
        for pk, day in meetings.values_list("pk", "day")
    ]
    reviews = {(one.term, one.half): one for one in Review.objects.visible_to(user).filter(plan=plan)}
    found += [
        _point(name, half, on, reviews.get((name, half)), over) for name, half, on in _points(plan, terms, reviews)
    ]
    return [moment for _, moment in sorted(found, key=lambda pair: (pair[0], pair[1].kind))]


def _points(plan: Plan, terms: list[Term], reviews: dict) -> list[tuple[str, int, date]]:
    """Term, half and last day of each point of review: those that have a review, and those still to come."""
    halves = plan.review_points == Plan.Points.HALF_TERMS
    found = []
    for term in terms:
        held = [half for half in (1, 2, 0) if (term.name, half) in reviews]
        for half in held or ((1, 2) if halves else (0,)):
            found.append((str(term.name), half, term.half_term_starts - _DAY if half == 1 else term.ends))
    return found


def _point(term: str, half: int, on: date, review: Review | None, over: Scale) -> tuple[date, Moment]:
    name = f"{term.capitalize()}{f' {half}' if half else ''} review"
    says = f"{name}: {review.get_state_display()}" if review else name
    url = reverse("review", args=[review.pk]) if review else ""
    return on, Moment(over.place(on + _DAY), "review", near_day(on), says, url)
