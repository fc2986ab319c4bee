"""How long the board has waited for an answer, in words: since when, asked again or not, how many school days late."""

from collections.abc import Iterable

from django.db.models import Max

from foundation import clock
from governance.wording import near_day
from sip.asking import holidays, school_days_between
from sip.models import AskedAgain, Plan, Question


def counted(questions: Iterable[Question], plan: Plan) -> list[Question]:
    """The questions of one plan, each that waits with `waits` in words. A query, and another where one is late."""
    rows = list(questions)
    waiting = [row for row in rows if row.is_waiting]
    again = _asked_again(plan)
    days = holidays(plan) if any(row.is_late for row in waiting) else []
    for row in waiting:
        row.waits = _words(row, again.get(row.pk), days)
    return rows


def _asked_again(plan: Plan) -> dict:
    """By question that waits, when it was asked again last."""
    rows = AskedAgain.objects.filter(question__plan=plan, question__state=Question.State.ASKED).order_by()
    return dict(rows.values("question").annotate(last=Max("at")).values_list("question", "last"))


def _words(row: Question, again, days: list) -> str:
    """ "asked again on 12 November, waiting since 3 November: due on 17 November, eight school days late"."""
    said = f"waiting since {_day(row.asked_at)}"
    if again:
        said = f"asked again on {_day(again)}, {said}"
    due = f"due on {near_day(row.due_on)}"
    if not row.is_late:
        return f"{said}; {due}"
    late = school_days_between(row.due_on, clock.today(), days)
    return f"{said}; {due}, {late} school day{'' if late == 1 else 's'} late" if late else f"{said}; {due}, late"


def _day(at) -> str:
    return near_day(clock.in_london(at).date())
