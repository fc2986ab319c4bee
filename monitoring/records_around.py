"""What stands in a review around its objectives: questions, decisions, visits, notes, what was stopped, the cost.

A review is read by more people than the board and leaders once it is received, so nothing that is confidential stands
here: no part II item, no confidential visit, no question about either, no action for the board and leaders alone.
"""

from django.db.models import Exists, OuterRef, Q

from foundation import clock
from governance.models import Decision
from monitoring.models import AdviserNote, Review, Visit
from sip import costs, lines
from sip.costs import CostRow, Costs
from sip.models import Action, BlockVisibility, Plan, Question
from sip.models.questions import CLOSED


def questions(review: Review, before: Review | None) -> list[dict]:
    """Questions that wait for an answer, and what was answered or noted since the review before."""
    since = before.sent_at if before else None
    rows = open_to_all(Question.objects.filter(plan=review.plan_id))
    rows = rows.select_related("asked_by", "to").prefetch_related("answers__by")
    if since:
        rows = rows.filter(
            Q(state=Question.State.ASKED, needs_answer=True) | Q(asked_at__gt=since) | Q(answers__at__gt=since)
        )
    return [_question(row, since) for row in rows.distinct().order_by("asked_at", "pk")]


def open_to_all(rows):
    """Of these questions, those that everybody who reads the plan may read: not about a part that is for the board and
    leaders alone, not asked at an item of part II, not raised by a confidential visit."""
    on_block = BlockVisibility.objects.confidential().filter(plan=OuterRef("plan"), block=OuterRef("block"))
    rows = rows.exclude(action__in=Action.objects.confidential()).exclude(block__in=CLOSED)
    rows = rows.exclude(asked_in__is_confidential=True).exclude(raised_by__visit__is_confidential=True)
    return rows.filter(~Exists(on_block))


def _question(row: Question, since) -> dict:
    return {
        "id": row.pk,
        "objective_id": row.objective_id,
        "text": row.text,
        "about": row.about,
        "asked_by": row.asked_by.name,
        "asked_on": _day_of(row.asked_at),
        "returns": bool(since and row.asked_at <= since and row.is_waiting),
        "needs_answer": row.needs_answer,
        "to": row.to.name if row.to else "",
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "state": row.state,
        "answers": [{"text": one.text, "by": one.by.name, "on": _day_of(one.at)} for one in row.answers.all()],
    }


def decisions(review: Review, before: Review | None) -> list[dict]:
    """What boards decided on the plan and its reviews since the review before: who, when, in which minute."""
    about = Q(item__plan_item__plan=review.plan_id) | Q(item__review_item__review__plan=review.plan_id)
    rows = Decision.objects.filter(about, item__is_confidential=False)
    rows = rows.select_related("item__meeting__board").prefetch_related("conditions__owner")
    if before and before.sent_at:
        rows = rows.filter(decided_on__gt=clock.in_london(before.sent_at).date())
    return [decision(row) for row in rows.distinct().order_by("decided_on", "pk")]


def decision(row: Decision) -> dict:
    """One decision with its conditions."""
    return {
        "id": row.pk,
        "outcome": row.get_outcome_display(),
        "resolution": row.resolution,
        "board": row.item.meeting.board.name,
        "on": row.decided_on.isoformat(),
        "minute": row.minute_reference,
        "wording": row.wording,
        "conditions": [
            {
                "text": one.text,
                "owner": one.owner.name,
                "due_on": one.due_on.isoformat(),
                "met_on": one.met_on.isoformat() if one.met_on else None,
            }
            for one in row.conditions.all()
        ],
    }


def visits(review: Review, before: Review | None) -> list[dict]:
    """The visits whose reports came before the board since the review before: when, who, to what, and whether they saw
    it as leaders do. What was seen and heard stands in their reports, which fewer people read."""
    rows = Visit.objects.filter(plan=review.plan_id, state=Visit.State.SHARED, is_confidential=False)
    if before and before.sent_at:
        rows = rows.filter(shared_at__gt=before.sent_at)
    rows = rows.select_related("objective").prefetch_related("visitors", "raised").order_by("day", "pk")
    return [
        {
            "id": row.pk,
            "objective_id": row.objective_id,
            "on": row.day.isoformat(),
            "by": [person.name for person in row.visitors.all()],
            "as": row.visits_as,
            "form": row.get_form_display(),
            "about": row.get_about_display(),
            "focus": row.focus,
            "stance": row.stance,
            "mark": row.mark,
            "raised": len(row.raised.all()),
            "unchecked": row.went_unchecked,
        }
        for row in rows
    ]


def notes(review: Review, before: Review | None) -> list[dict]:
    """That advisers from outside left notes since the review before, and of what. Their words stay with the board and
    leaders."""
    rows = AdviserNote.objects.filter(plan=review.plan_id).select_related("written_by").order_by("on", "pk")
    if before and before.sent_at:
        rows = rows.filter(written_at__gt=before.sent_at)
    return [
        {"id": row.pk, "objective_id": row.objective_id, "on": row.on.isoformat(), "by": row.written_by.name}
        for row in rows
    ]


def stopped(review: Review, before: Review | None) -> list[dict]:
    """The actions that are stopped, and why; those that are for the board and leaders alone are not named."""
    rows = Action.objects.filter(objective__plan=review.plan_id, status=Action.Status.STOPPED)
    rows = rows.exclude(pk__in=Action.objects.confidential().values("pk")).order_by("objective__position", "position")
    return [
        {"id": row.pk, "objective_id": row.objective_id, "what": row.what, "why": row.stopped_why}
        | {"on": _day_of(row.status_said_at)}
        for row in rows
    ]


# ---------------------------------------------------------------- cost


def money(plan: Plan) -> dict:
    """What the plan costs by source: planned, how much of that is for actions that are done, what was given. Money that
    is for the board and leaders alone is left out, and that it is.

    What was really spent is not known here: nothing is said of it."""
    kept_back = set(Action.objects.filter(objective__plan=plan).confidential().values_list("pk", flat=True))
    closed = BlockVisibility.objects.confidential().filter(plan=plan, block="budget").exists()
    done = set(_of(plan, Action.Status.DONE))
    stopped = set(_of(plan, Action.Status.STOPPED))
    read = lines.of(plan)
    priced = _priced(plan, read, lambda one: one.id not in kept_back | stopped, with_budget=not closed)
    finished = _priced(plan, read, lambda one: one.id in done - kept_back, with_budget=False)
    of_done = {_same(row.source): row.total for row in finished.rows}
    return {
        "rows": [_cost(row, of_done.get(_same(row.source), "")) for row in priced.rows],
        "total": _cost(priced.total, finished.total.total if finished.rows else ""),
        "has_budget": priced.has_budget,
        "uncosted": priced.uncosted,
        "is_partial": bool(kept_back) or closed,
    }


def _of(plan: Plan, status: str):
    return Action.objects.filter(objective__plan=plan, status=status).values_list("pk", flat=True)


def _priced(plan: Plan, read: lines.PlanLines, wanted, *, with_budget: bool) -> Costs:
    """The costs of some actions alone."""
    kept = [action for action in read.actions if wanted(action)]
    some = lines.PlanLines(
        objectives=(lines.ObjectiveLine(0, "", actions=tuple(kept)),), budget=read.budget if with_budget else ()
    )
    return costs.of(some, plan.organisation.financial_year_from)


def _cost(row: CostRow, done: str) -> dict:
    return {"source": row.source, "planned": row.total, "done": done, "given": row.budget, "left": row.left} | {
        "is_over": row.is_over
    }


def _same(source: str) -> str:
    return " ".join(source.casefold().split())


def _day_of(moment) -> str | None:
    return clock.in_london(moment).date().isoformat() if moment else None
