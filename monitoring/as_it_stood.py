"""A plan and its progress as they stood on a day of its time, beside now.

Never more than its reader may read today. The number of queries does not grow with the plan.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.permissions import may
from governance.models import Decision
from governance.wording import full_day, listed
from monitoring.marks import word
from monitoring.models import ReviewRecord
from monitoring.records import blocks_of as said_in
from sip import editions, reading, written
from sip.models import Action, Amendment, Plan, PlanItem, Question, Version
from sip.permissions import P
from sip.versions import blocks_of

_APPROVING = (Decision.Outcome.APPROVED, Decision.Outcome.CONDITIONS)
_NOT_SAID = "not rated by then"


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that was one thing then and is another now."""

    what: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective then and now: its rating as governors had it, how its actions went, and what differs since."""

    number: str
    title: str
    url: str
    mark: str
    word: str
    mark_now: str
    word_now: str
    actions: str
    actions_now: str
    turned: list[Turn]
    targets: list[Turn]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waited for an answer that day."""

    text: str
    since: str
    now: str
    url: str


@dataclass(frozen=True, slots=True)
class Stood:
    """`version`: (its name, the way to it) of what was in force; None before there was one. `review`: which one the
    ratings are of."""

    on: str
    says: str
    version: tuple[str, str] | None
    review: str
    objectives: list[Objective]
    asked: list[Asked] | None  # None: this person reads no questions

    @property
    def turned(self) -> list[Turn]:
        return [turn for one in self.objectives for turn in one.turned]

    @property
    def targets(self) -> list[tuple[str, Turn]]:
        return [(one.number, turn) for one in self.objectives for turn in one.targets]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A version that came into force on a day."""

    on: date
    version: int


def begun_on(plan: Plan) -> date:
    """The first day that can be asked for: that on which the plan was begun, or decided where that was before."""
    events = AuditEvent.objects.filter(thing="sip.plan", thing_id=plan.pk).order_by("pk")
    frozen = plan.versions.order_by("number").values_list("frozen_at", flat=True)
    moments = [*events.values_list("at", flat=True)[:1], *frozen[:1]]
    days = [clock.in_london(at).date() for at in moments] + [one.on for one in _taken(plan)]
    return min(days, default=clock.today())


def turning_days(plan: Plan, user) -> list[tuple[str, str]]:
    """Days on which something came about that this person reads: what is typed for one, and what came about."""
    found = [(one.on, "a version came into force") for one in _taken(plan)]
    sent = ReviewRecord.objects.visible_to(user).filter(review__plan=plan).exclude(stage=ReviewRecord.Stage.STANDING)
    for at, stage in sent.values_list("frozen_at", "stage"):
        done = "a review was received" if stage == ReviewRecord.Stage.RECEIVED else "a review was sent to governors"
        found.append((clock.in_london(at).date(), done))
    days = dict(sorted(found))
    return [(written.short_day(on), f"{full_day(on)}: {said}") for on, said in days.items()]


def of(plan: Plan, user, on: date) -> Stood:
    """The plan on that day, at its end. Raises nothing: a day before its approval has no objectives to show."""
    end = clock.local(on + timedelta(days=1))
    every = _taken(plan)
    taken = [one for one in every if one.on <= on]
    versions = {one.pk: one for one in Version.objects.visible_to(user).filter(plan=plan)}
    there = versions.get(taken[-1].version) if taken else None
    current = versions.get(every[-1].version) if every else None
    objectives, review = _objectives(plan, user, there, current, end) if there else ([], "")
    return Stood(
        on=full_day(on),
        says=_says(plan, user, there, taken, versions, end),
        version=(f"Version {there.number}", reverse("version", args=[there.pk])) if there else None,
        review=review,
        objectives=objectives,
        asked=_asked(plan, user, end) if may(user, P.READ_QUESTIONS, plan) else None,
    )


# ---------------------------------------------------------------- what was in force


def _taken(plan: Plan) -> list[_Taken]:
    """Each version that came into force, by the day of the decision; an amendment that needed none by the day it was
    made."""
    decided = PlanItem.objects.filter(plan=plan, recommends=False, item__decision__outcome__in=_APPROVING)
    rows = decided.exclude(version=None).values_list("item__decision__decided_on", "version", "version__number")
    made = Amendment.objects.filter(plan=plan, state=Amendment.State.MADE).exclude(version=None)
    made = made.annotate(decided=Max("items__item__decision__decided_on"))
    found = [(on, number, version) for on, version, number in rows]
    for on, at, version, number in made.values_list("decided", "ended_at", "version", "version__number"):
        found.append((on or clock.in_london(at).date(), number, version))
    return [_Taken(on, version) for on, _, version in sorted(found)]


def _says(plan: Plan, user, there: Version | None, taken: list[_Taken], versions: dict, end: datetime) -> str:
    """ "Version 2 was in force, since 2 December 2026." and what lay before the board."""
    if there is None:
        said = "The plan was not in force yet."
    else:
        said = f"Version {there.number} was in force, since {full_day(taken[-1].on)}."
    return f"{said} {_before_the_board(plan, user, versions, end)}".strip()


def _before_the_board(plan: Plan, user, versions: dict, end: datetime) -> str:
    """What the board had before it that day, to those who read it then: a version not decided on, or an amendment."""
    parts = []
    if may(user, P.READ_SUBMITTED, plan):
        if _state(plan, end) == Plan.State.WITH_THE_BOARD:
            sent = [one for one in versions.values() if one.frozen_at < end]
            last = max(sent, key=lambda one: one.number, default=None)
            parts += (
                [f"Version {last.number} was with the board"] if last and last.pk not in _decided(plan, end) else []
            )
        put = Amendment.objects.visible_to(user).filter(plan=plan, put_at__lt=end).values_list("number", "ended_at")
        parts += [f"Amendment {number} was with the board" for number, ended in put if ended is None or ended >= end]
    return f"{listed(parts)}." if parts else ""


def _decided(plan: Plan, end: datetime) -> set[int]:
    """The versions on which the board that decides had decided by then, in whatever way."""
    rows = PlanItem.objects.filter(
        plan=plan, recommends=False, item__decision__decided_on__lt=clock.in_london(end).date()
    )
    return set(rows.values_list("version", flat=True))


def _state(plan: Plan, end: datetime) -> str:
    """The plan's state at that moment, by what was recorded of it; empty where nothing was."""
    events = AuditEvent.objects.filter(thing="sip.plan", thing_id=plan.pk, at__lt=end).order_by("pk")
    states = [after["state"] for after in events.values_list("after", flat=True) if "state" in after]
    return states[-1] if states else ""


# ---------------------------------------------------------------- objectives


def _objectives(plan: Plan, user, there: Version, current: Version, end: datetime) -> tuple[list[Objective], str]:
    """Each objective of the version that was in force, with the review whose ratings they are."""
    then, now = (_read(one, plan, user) for one in (there, current))
    records = ReviewRecord.objects.visible_to(user).filter(review__plan=plan).select_related("review__plan")
    last_then = records.filter(frozen_at__lt=end).order_by("frozen_at", "pk").last()
    last_now = records.order_by("frozen_at", "pk").last()
    marks, marks_now = _marks(last_then), _marks(last_now)
    statuses = _statuses(plan, user, end)
    aims = {row.id: row.measured for one in now.objectives for row in one.criteria}
    found = [
        Objective(
            number=row.number,
            title=row.title,
            url=row.url,
            mark=marks.get(row.id, ""),
            word=word(marks.get(row.id, "")) or _NOT_SAID,
            mark_now=marks_now.get(row.id, ""),
            word_now=word(marks_now.get(row.id, "")) or "not rated yet",
            targets=[turn for one in row.criteria if (turn := _target(one.measured, aims.get(one.id)))],
            **_actions(row, statuses),
        )
        for row in then.objectives
    ]
    return found, str(last_then.review) if last_then else ""


def _read(version: Version, plan: Plan, user):
    """The version as this person's edition holds it."""
    return reading.of_edition(blocks_of(version), plan, editions.edition_for(user, plan))


def _marks(record: ReviewRecord | None) -> dict[int, str]:
    blocks = said_in(record) if record else {}
    return {body["id"]: body["mark"] for name, body in blocks.items() if name.startswith("objective:")}


def _target(then, now) -> Turn | None:
    """A measure's aim then, and now where it is another one."""
    if then is None:
        return None
    aim = now.aim if now else "taken out of the plan"
    return Turn(then.name, then.aim, "" if aim == then.aim else aim)


def _actions(row, statuses: dict[int, tuple[str, str]]) -> dict:
    """The counts of then and now, and the actions that go otherwise now; of those that this person reads."""
    seen = [(action, *statuses[action.id]) for action in row.actions if action.id in statuses]
    return {
        "actions": _counted([then for _, then, _ in seen]),
        "actions_now": _counted([now for _, _, now in seen]),
        "turned": [Turn(f"{one.number} {one.what}", then, now) for one, then, now in seen if then != now],
    }


def _counted(statuses: list[str]) -> str:
    """ "two done, one under way"."""
    found = [(statuses.count(status), str(status)) for status in reversed(Action.Status.values)]
    return listed([f"{written.number(many)} {name}" for many, name in found if many])


def _statuses(plan: Plan, user, end: datetime) -> dict[int, tuple[str, str]]:
    """How each action that this person reads went then, and goes now. What was said is in the audit; what an amendment
    stopped stands on the action itself."""
    rows = Action.objects.visible_to(user).filter(objective__plan=plan)
    now = {pk: (status, at) for pk, status, at in rows.values_list("pk", "status", "status_said_at")}
    events = AuditEvent.objects.filter(thing="sip.action", thing_id__in=rows.values("pk")).order_by("pk")
    said = defaultdict(list)
    for pk, at, before, after in events.values_list("thing_id", "at", "before", "after"):
        if "status" in after:
            said[pk].append((at, before.get("status"), after["status"]))
    return {pk: (_status_at(end, said[pk], status, at), status) for pk, (status, at) in now.items()}


def _status_at(end: datetime, said: list[tuple], now: str, now_at: datetime | None) -> str:
    earlier = [after for at, _, after in said if at < end]
    if now_at and now_at < end:
        return now
    if earlier:
        return earlier[-1]
    return (said[0][1] if said else None) or Action.Status.NOT_STARTED.value


# ---------------------------------------------------------------- questions


def _asked(plan: Plan, user, end: datetime) -> list[Asked]:
    """The questions that waited for an answer at that moment, the first asked first."""
    rows = Question.objects.visible_to(user).filter(plan=plan, needs_answer=True, asked_at__lt=end)
    rows = rows.prefetch_related("answers", "asked_again").order_by("asked_at", "pk")
    return [
        Asked(row.text, full_day(clock.in_london(row.asked_at).date()), row.where_it_stands, _url(row))
        for row in rows
        if _waited(row, end)
    ]


def _url(question: Question) -> str:
    return reverse("question", args=[question.pk])


def _waited(question: Question, end: datetime) -> bool:
    told = [(one.at, False) for one in question.answers.all() if one.at < end]
    told += [(one.at, True) for one in question.asked_again.all() if one.at < end]
    is_closed = question.closed_at is not None and question.closed_at < end
    return not is_closed and max(told, default=(None, True))[1]
