"""The item "Monitoring progress": what is new since the board's last meeting, grouped by objective, each line only to
who may read it; and on a committee the review of a term, for the objectives that the committee monitors."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Q
from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance import follow_ups, standing_items, years
from governance.deciding import Resolved, carry_forward, record
from governance.kinds import Kind, Ready, Subject, join
from governance.models import AgendaItem, Decision, Meeting, User
from governance.permissions import P as G
from governance.wording import near_day, weekday
from monitoring import slices
from monitoring.models import Review, ReviewItem, Visit
from monitoring.reading import ObjectiveRow, read
from monitoring.wording import counted, cut
from sip.models import Action, Objective, Plan, Question

_O = Decision.Outcome
_SHOWN = 8  # decisions, questions on a plan as a whole

# ---------------------------------------------------------------- what is shown


@dataclass(slots=True)
class Line:
    """One thing that is new: its words, where it stands, where it leads."""

    words: str
    soft: str = ""
    url: str = ""
    is_late: bool = False


@dataclass(slots=True)
class Group:
    """One objective: how it is rated, where a review came since; and what is new on it."""

    title: str
    url: str
    rated: ObjectiveRow | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class New:
    """All that is new, as one person sees it. `quiet`: on how many objectives nothing is."""

    since: str
    review: list[Line]
    groups: list[Group]
    whole: list[Line]
    elsewhere: list[Line]
    actions: list[follow_ups.Row]
    quiet: str
    nothing: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.review or self.groups or self.whole or self.elsewhere or self.actions)


@dataclass(slots=True)
class Window:
    """From the board's last meeting to now; of a meeting that is over, to its end."""

    start: datetime
    end: datetime
    says: str

    @property
    def today(self) -> date:
        return clock.in_london(self.end).date()

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return (self.start, self.end)


# ---------------------------------------------------------------- read


def new_at(meeting: Meeting, user: User) -> New:
    """Read it for one person, in a number of queries that does not grow with what is new."""
    window, board = _window(meeting), meeting.board
    plans = list(_plans(meeting, user))
    mine = slices.of_plans(board, plans).filter(pk__in=Objective.objects.visible_to(user).values("pk"))
    objectives = list(mine.select_related("plan__organisation").order_by("plan", "position"))
    named = len(plans) > 1
    groups = {one.pk: Group(_title(one, named), reverse("objective", args=[one.pk])) for one in objectives}
    whole: list[Line] = []
    reviews = _rated(plans, groups, window, user)
    for key, line in [*_visits(plans, window, user), *_questions(plans, window, user), *_late(groups, window, user)]:
        if key in groups:
            groups[key].lines.append(line)
        elif key is None and slices.is_whole(board):
            whole.append(line)
    shown = [group for group in groups.values() if group.lines or group.rated]
    return New(
        since=window.says,
        review=reviews if groups else [],
        groups=shown,
        whole=whole[:_SHOWN],
        elsewhere=_elsewhere(meeting, window, user),
        actions=follow_ups.from_last_time(meeting, user),
        quiet=_quiet(len(groups) - len(shown)) if shown else "",
        nothing=_nothing(meeting, plans, objectives),
    )


def _window(meeting: Meeting) -> Window:
    end = clock.now()
    if meeting.state == Meeting.State.HELD:
        end = min(end, clock.local(meeting.day, time(23, 59)))
    last = Meeting.objects.filter(board=meeting.board_id, day__lt=meeting.day).past().first()
    if last:
        return Window(clock.local(last.day, last.time), end, f"Since the last meeting, on {weekday(last.day)}")
    first = years.first_day(years.year_of(meeting.day))
    return Window(clock.local(first, time(0)), end, f"Since {near_day(first)}, for no earlier meeting is on record")


def _plans(meeting: Meeting, user: User):
    """The plans in force of those whom the board serves, in the year of the meeting."""
    seen = Plan.objects.visible_to(user).filter(organisation__in=meeting.board.organisations.all())
    in_force = seen.filter(state__in=(Plan.State.APPROVED, Plan.State.CLOSED), year=years.year_of(meeting.day))
    return in_force.select_related("organisation").order_by("organisation__name")


def _title(objective, named: bool) -> str:
    words = objective.plan.organisation.words
    said = f"{words.numbered(objective.position)}. {objective.title}"
    return f"{objective.plan.organisation}: {said}" if named else said


def _rated(plans: list[Plan], groups: dict[int, Group], window: Window, user: User) -> list[Line]:
    """The last review of each plan that went to governors since, with its marks on the objectives."""
    sent = Review.objects.to_read(user).filter(plan__in=plans, sent_at__range=window.moments)
    last = {review.plan_id: review for review in sorted(sent, key=lambda one: one.place) if not review.is_open}
    lines = []
    for review in last.values():
        day = near_day(clock.in_london(review.sent_at).date())
        lines.append(Line(str(review), f"with governors since {day}", reverse("review", args=[review.pk])))
        for row in read(review, user).objectives:
            if row.mark and row.id in groups:
                groups[row.id].rated = row
    return lines


def _visits(plans: list[Plan], window: Window, user: User):
    """The reports of visits that came before the board since."""
    rows = Visit.objects.to_read(user).filter(plan__in=plans, state=Visit.State.SHARED, shared_at__range=window.moments)
    for visit in rows.order_by("shared_at", "pk"):
        soft = f"{visit.visits_as}, {near_day(visit.day)}"
        yield visit.objective_id, Line(f"Visit: {cut(visit.focus)}", soft, reverse("visit", args=[visit.pk]))


def _questions(plans: list[Plan], window: Window, user: User):
    """Asked since, answered since, or waiting still."""
    asked, answered = Q(asked_at__range=window.moments), Q(answers__at__range=window.moments)
    waits = Q(state=Question.State.ASKED, asked_at__lte=window.end)
    seen = Question.objects.visible_to(user).filter(plan__in=plans, needs_answer=True)
    rows = seen.filter(asked | answered | waits).distinct().select_related("asked_by")
    for question in rows.order_by("asked_at", "pk"):
        word = "Asked" if question.is_waiting else "Answered" if question.state == "answered" else "Asked and answered"
        soft = f"{question.asked_by}: {question.where_it_stands}"
        url = reverse("question", args=[question.pk])
        yield question.objective_id, Line(f"{word}: “{cut(question.text)}”", soft, url, question.is_late)


def _late(groups: dict[int, Group], window: Window, user: User):
    """Actions whose day has passed and that are not done."""
    seen = Action.objects.visible_to(user).filter(objective__in=groups, due_on__lt=window.today)
    rows = seen.exclude(status__in=(Action.Status.DONE, Action.Status.STOPPED)).select_related("owner")
    for action in rows.order_by("due_on", "pk"):
        owner = f"{action.owner}, " if action.owner else ""
        soft = f"{owner}late: was due {near_day(action.due_on)}"
        yield action.objective_id, Line(f"Action: {cut(action.what)}", soft, reverse("action", args=[action.pk]), True)


def _elsewhere(meeting: Meeting, window: Window, user: User) -> list[Line]:
    """What other boards of those whom this one serves decided since, as far as this person may read it."""
    items = AgendaItem.objects.readable_by(user).filter(
        meeting__board__organisations__in=meeting.board.organisations.values("pk")
    )
    days = (clock.in_london(window.start).date(), window.today)
    rows = Decision.objects.filter(item__in=items.values("pk"), decided_on__range=days)
    rows = rows.exclude(item__meeting__board=meeting.board_id).exclude(outcome=_O.NOTED)
    rows = rows.exclude(item__kind=AgendaItem.Kind.ORDINARY)  # minutes approved and the like move no objective
    rows = rows.select_related("item__meeting__board").order_by("-decided_on", "-pk")[:_SHOWN]
    return [_decision(row) for row in rows]


def _decision(row: Decision) -> Line:
    soft = f"{row.item.meeting.board}, {near_day(row.decided_on)}"
    return Line(f"{row.item.title}: {row.get_outcome_display().lower()}", soft, reverse("item", args=[row.item_id]))


def _quiet(many: int) -> str:
    return f"Nothing new on {counted(many, 'other objective')}." if many else ""


def _nothing(meeting: Meeting, plans: list[Plan], objectives: list) -> str:
    """Why there is nothing to monitor, and who acts next."""
    if not plans:
        return "No plan of this year is approved yet. From then on this item says what is new."
    if not objectives:
        return f"The {meeting.board} monitors no objective yet. Whoever sets the objectives names their monitors."
    return ""


# ---------------------------------------------------------------- at the meeting


@operation(G.RUN_MEETING)
def note_progress(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record that the board looked at how the plan goes, or deferred it. A meeting that has the item by itself does
    not get it twice."""
    if item.kind != AgendaItem.Kind.MONITORING:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")
    decision, row = record(item, resolved, by), ReviewItem.objects.filter(item=item).first()
    later = decision.deferred_to
    stands = later and row is None and later.items.filter(kind=item.kind, review_item=None).exists()
    if not stands and (made := carry_forward(item, decision)) and row:
        ReviewItem.objects.create(item=made, review=row.review)
    return decision


def _resolution(item: AgendaItem) -> str:
    if row := ReviewItem.objects.filter(item=item).select_related("review").first():
        return f"That the board note the {str(row.review)[:1].lower()}{str(row.review)[1:]}."
    return "That the board note the progress made since its last meeting."


def _about(item: AgendaItem, user: User) -> Subject:
    row = ReviewItem.objects.filter(item=item).first()
    if row:
        return _about_review(item, row, user)
    template = "monitoring/monitoring_item/new.html"
    return Subject(template=template, rows=[new_at(item.meeting, user)])


def _about_review(item: AgendaItem, row: ReviewItem, user: User) -> Subject:
    """The review as the board of the item looks at it: its own objectives, where views differ first."""
    review = Review.objects.to_read(user).filter(pk=row.review_id).first()
    if review is None or review.is_open:
        taken = "The review was taken back: leaders are rating. It can be read here when they have sent it again."
        return Subject(notice="" if hasattr(item, "decision") else taken)
    mine = set(slices.of_plans(item.meeting.board, [review.plan_id]).values_list("pk", flat=True))
    rows = [one for one in read(review, user).objectives if one.id in mine]
    return Subject(
        link=("Read the review", reverse("review", args=[review.pk])),
        template="monitoring/receiving/objectives.html",
        rows=sorted(rows, key=lambda one: not (one.view and one.view.differs)),
    )


def _taken_off(meeting: Meeting, user: User) -> dict[str, Ready]:
    """Where it stands on every agenda and was taken off this one, the clerk can put it back."""
    if not meeting.board.stands_monitoring or meeting.items.filter(kind=AgendaItem.Kind.MONITORING).exists():
        return {}

    def place(*, by: User) -> AgendaItem:
        return standing_items.put_monitoring(meeting, by=by)

    return {"monitoring": Ready(standing_items.MONITORING, "What is new since the last meeting", place)}


join(
    {
        AgendaItem.Kind.MONITORING: Kind(
            outcomes={
                _O.NOTED: ("Noted", "The board has looked at how the plan goes"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
            },
            asks="For discussion",
            decide=note_progress,
            usual_resolution=_resolution,
            ready_for=_taken_off,
            about=_about,
        ),
    }
)
