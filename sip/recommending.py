"""Boards that recommend: what they can say, what they said, and how that is told where the decision is taken."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from foundation import clock
from governance.kinds import Advice
from governance.models import AgendaItem, Board, Decision, User
from governance.wording import near_day, weekday
from sip.models import Plan, PlanItem, Question

_O = Decision.Outcome

_SAYS = {
    _O.RECOMMENDED: ("Recommended", "It tells the board that decides to say yes"),
    _O.CHANGES: ("Changes asked for", "Its advice to leaders and to the board that decides; nothing moves yet"),
    _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
    _O.NOT_RECOMMENDED: ("Not recommended", "With the reason"),
}
_ON_ITS_WAY = (Plan.State.OBJECTIVES, Plan.State.WITH_THE_BOARD, Plan.State.CHANGES)
_SAID = {
    _O.RECOMMENDED: "recommended it",
    _O.CHANGES: "asked for changes",
    _O.NOT_RECOMMENDED: "did not recommend it",
    _O.DEFERRED: "deferred it",
}


def outcomes(item: AgendaItem) -> dict[str, tuple[str, str]] | None:
    """What a board that only recommends can say to an item; None where the board decides."""
    row = getattr(item, "plan_item", None)
    return _SAYS if row and row.recommends else None


def notice(row: PlanItem) -> str:
    """Said at the item of a board that recommends: who decides, and when."""
    if not row.recommends:
        return ""
    board = _decides(row)
    coming = PlanItem.objects.filter(plan=row.plan_id, item__kind=row.item.kind, recommends=False)
    day = coming.filter(item__decision=None, item__meeting__day__gte=clock.today()).order_by("item__meeting__day")
    on = day.values_list("item__meeting__day", flat=True).first()
    when = f" on {weekday(on)}" if on else "; no meeting has it on its agenda yet"
    return f"The {row.item.meeting.board} recommends. The {board} decides{when}."


def _decides(row: PlanItem) -> Board | None:
    if row.item.kind == AgendaItem.Kind.OBJECTIVES:
        return row.plan.organisation.deciding_board("set objectives")
    return row.plan.deciding_board


@dataclass(frozen=True)
class Recommendation:
    """What one board said of the objectives or of the plan, or when it comes to it."""

    board: str
    kind: str
    says: str
    reason: str
    url: str


def of_plan(plan: Plan, user: User, kind: str = "plan") -> list[Recommendation]:
    """What boards that recommend said of the plan last, or when they come to it. One row a board."""
    rows = PlanItem.objects.filter(plan=plan, recommends=True, item__kind=kind).order_by("-pk")
    rows = rows.select_related("item__meeting__board", "item__decision", "version")
    readable = set(AgendaItem.objects.readable_by(user).filter(plan_item__in=rows).values_list("pk", flat=True))
    found: dict[int, Recommendation] = {}
    for row in rows:
        found.setdefault(row.item.meeting.board_id, _said(row, row.item_id in readable))
    return list(found.values())


def advice_on(row: PlanItem, user: User) -> list[Advice]:
    """The same, at the item of the board that decides."""
    if row.recommends:
        return []
    found = of_plan(row.plan, user, row.item.kind)
    return [Advice(one.says, one.reason, one.url) for one in found]


def _said(row: PlanItem, is_readable: bool) -> Recommendation:
    meeting, decision = row.item.meeting, getattr(row.item, "decision", None)
    board = f"The {meeting.board}"
    url = reverse("item", args=[row.item_id]) if is_readable else ""
    if decision is None:
        says = f"{board} comes to it on {weekday(meeting.day)}."
        return Recommendation(board, row.item.kind, says, "", url)
    of = f" (version {row.version.number})" if row.version else ""
    says = f"{board} {_SAID[decision.outcome]}{of} on {near_day(decision.decided_on)}."
    return Recommendation(board, row.item.kind, says, decision.reason if is_readable else "", url)


def your_board(plan: Plan, user: User, on: date | None) -> str:
    """ "Your board recommends; the Board of trustees approves on 14 October.": for a member of a board that recommends
    while the plan is on its way; empty for everyone else."""
    elsewhere = user.standing.board_ids - {plan.deciding_board_id}
    if plan.is_in_force or not elsewhere or not (mine := elsewhere & plan.advising_ids):
        return ""
    names = [str(board) for board in Board.objects.filter(pk__in=mine).order_by("pk")]
    yours = "Your board recommends" if len(names) > 1 else f"Your board, the {names[0]}, recommends"
    when = f" on {near_day(on)}" if on else ""
    return f"{yours}; the {plan.deciding_board} approves{when}."


@dataclass(frozen=True)
class Beside:
    """What the plan's page says of boards that recommend."""

    your_board: str
    rows: list[Recommendation]


def beside(plan: Plan, user: User, on: date | None) -> Beside | None:
    """For the page of the plan, while it is before the board or its objectives are; None where there is nothing to say.
    `on`: the day of the meeting that decides, where one has it on its agenda."""
    kind = "objectives" if plan.state == Plan.State.OBJECTIVES else "plan"
    rows = of_plan(plan, user, kind) if plan.has_advice and plan.state in _ON_ITS_WAY else []
    yours = your_board(plan, user, on)
    return Beside(yours, rows) if yours or rows else None


def questions_before(item: AgendaItem) -> list[tuple[str, str]]:
    """What was asked of leaders on the plan between its submission and the meeting, and what they answered: minuted as
    question and answer, so that it can be found."""
    plan = item.plan_item.plan
    asked = Question.objects.filter(plan=plan, needs_answer=True, asked_in=None)  # the others stand at their item
    if plan.submitted_at:
        asked = asked.filter(asked_at__gte=plan.submitted_at)
    rows = asked.select_related("asked_by").prefetch_related("answers__by").order_by("asked_at", "pk")
    held = [one for one in rows if clock.in_london(one.asked_at).date() <= item.meeting.day][:40]
    return [_pair(question) for question in held]


def _pair(question: Question) -> tuple[str, str]:
    answers = [f"{one.text} ({one.by})" for one in question.answers.all()]
    return f"{question.text} ({question.asked_by})", " ".join(answers) or "Not answered yet."
