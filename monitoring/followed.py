"""What followed on a plan and its objectives, in the order of time: decisions, amendments, visits, actions of meetings.

Nothing that is confidential: it is what anybody may read who reads the plan's questions. Plain values.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from foundation import clock
from governance.models import Decision, FollowUp
from monitoring.models import Visit
from sip.models import Action, Amendment, Plan


@dataclass
class After:
    """By objective, by action of the plan and by item of an agenda; `whole` is on the plan itself."""

    by_objective: dict[int, list[dict]] = field(default_factory=lambda: defaultdict(list))
    by_action: dict[int, list[dict]] = field(default_factory=lambda: defaultdict(list))
    by_item: dict[int, list[dict]] = field(default_factory=lambda: defaultdict(list))
    whole: list[dict] = field(default_factory=list)

    def of(self, objective: int | None, action: int | None, item: int | None) -> list[dict]:
        """What bears on something asked there, the first first, each once."""
        rows = list(self.by_objective[objective]) if objective else list(self.whole)
        rows += self.by_action[action] if action else []
        rows += self.by_item[item] if item else []
        seen = {(one["kind"], one["id"]): one for one in rows}
        return sorted(seen.values(), key=lambda one: (one["on"], one["kind"], one["id"]))


def after(plan: Plan) -> After:
    """Of one plan. As many queries for much as for little."""
    found = After()
    _decisions(plan, found)
    _amendments(plan, found)
    _visits(plan, found)
    _actions(plan, found)
    _follow_ups(plan, found)
    return found


def about(plan: Plan) -> Q:
    """The items of agendas that are about a plan: itself, its reviews, its amendments, a difference seen in it."""
    return (
        Q(item__plan_item__plan=plan)
        | Q(item__review_item__review__plan=plan)
        | Q(item__amendment_item__amendment__plan=plan)
        | Q(item__difference_item__view__review__plan=plan)
    )


def _decisions(plan: Plan, found: After) -> None:
    rows = Decision.objects.filter(about(plan), item__is_confidential=False).distinct()
    rows = rows.select_related("item__meeting__board", "item__difference_item__view").order_by("decided_on", "pk")
    for row in rows:
        minute = f", minute {row.minute_reference}" if row.minute_reference else ""
        words = f"{row.item.title}: {row.get_outcome_display().lower()} by {row.item.meeting.board.name}{minute}"
        body = _body("decision", row.pk, row.decided_on, words)
        difference = getattr(row.item, "difference_item", None)
        if difference:
            found.by_objective[difference.view.objective_id].append(body)
        else:
            found.whole.append(body)
        found.by_item[row.item_id].append(body)


def _amendments(plan: Plan, found: After) -> None:
    rows = Amendment.objects.filter(plan=plan, state=Amendment.State.MADE).prefetch_related(
        "changes__action", "changes__criterion", "changes__milestone__criterion"
    )
    for row in rows:
        words = f"Amendment {row.number} made ({row.weight}): {row.reason}".strip(": ")
        body = _body("amendment", row.pk, clock.in_london(row.ended_at).date(), words)
        found.whole.append(body)
        for objective in {_objective_of(change) for change in row.changes.all()} - {None}:
            found.by_objective[objective].append(body)


def _objective_of(change) -> int | None:
    part = change.action or change.criterion or (change.milestone.criterion if change.milestone else None)
    return change.objective_id or (part.objective_id if part else None)


def _visits(plan: Plan, found: After) -> None:
    for row in Visit.objects.filter(plan=plan, state=Visit.State.SHARED, is_confidential=False).order_by("day", "pk"):
        body = _body("visit", row.pk, row.day, f"Visit by the {row.visits_as}: {row.focus}")
        if row.objective_id:
            found.by_objective[row.objective_id].append(body)
        else:
            found.whole.append(body)


def _actions(plan: Plan, found: After) -> None:
    """An action of the plan done or stopped, for what was asked on it."""
    ended = (Action.Status.DONE, Action.Status.STOPPED)
    rows = Action.objects.filter(objective__plan=plan, status__in=ended, status_said_at__isnull=False)
    for row in rows.exclude(pk__in=Action.objects.confidential().values("pk")):
        day = clock.in_london(row.status_said_at).date()
        found.by_action[row.pk].append(_body("action", row.pk, day, f"Action {row.status}: {row.what}"))


def _follow_ups(plan: Plan, found: After) -> None:
    """The actions that a meeting gave, at the items about the plan or at which somebody asked about it."""
    items = Q(item__questions_asked__plan=plan) | about(plan)
    for row in FollowUp.objects.filter(items, item__is_confidential=False).select_related("owner").distinct():
        day = clock.in_london(row.recorded_at).date()
        done = f"; done on {_day(row.done_on)}" if row.done_on else f"; due on {_day(row.due_on)}"
        found.by_item[row.item_id].append(
            _body("follow-up", row.pk, day, f"Action of the meeting: {row.text} ({row.owner.name}{done})")
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _body(kind: str, key: int, on: date, words: str) -> dict:
    return {"kind": kind, "id": key, "on": on.isoformat(), "words": words}
