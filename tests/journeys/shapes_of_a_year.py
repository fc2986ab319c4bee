"""The shapes of the pages of a year: progress, review, rating, view, report, reminders, closing."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from foundation import clock
from governance import meetings
from governance.models import AgendaItem, Meeting
from monitoring import digests, reviewing
from monitoring.models import ReportJob, Review
from sip.models import Action, Milestone
from tests.journeys import deeds
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, ASHDOWN_HEAD, CLERK, KESTREL, Shape, plan_of, user

DEPUTY, TEACHER = "deputy@ashdown.example", "teacher@ashdown.example"
TRUST, TRUST_LEADER, TRUST_CHAIR = "harbour-learning-trust", "ceo@harbour.example", "chair@harbour.example"
MONITOR, TRUST_CLERK, QUAYSIDE = "trustee@harbour.example", "clerk@harbour.example", "quayside-academy"
TRUSTEES_DAY = date(2026, 12, 15)


def _review(name: str, slug: str, year: int = 2026, term: str = "autumn") -> Callable[[], str]:
    return lambda: reverse(name, args=[Review.objects.get(plan=plan_of(slug, year), term=term).pk])


def _rate(name: str = "rate", *, is_rated: bool) -> Callable[[], str]:
    def address() -> str:
        review = Review.objects.get(plan=plan_of(ASHDOWN), term="autumn")
        due = Milestone.objects.filter(criterion__objective__plan=review.plan, term="autumn")
        rows = due.filter(ratings__review=review) if is_rated else due.exclude(ratings__review=review)
        return reverse(name, args=[review.pk, rows.first().pk])

    return address


def _of_first_objective(name: str, slug: str) -> Callable[[], str]:
    def address() -> str:
        review = Review.objects.get(plan=plan_of(slug), term="autumn")
        return reverse(name, args=[review.pk, review.plan.objectives.first().pk])

    return address


def _seen_differently() -> str:
    return f"{_of_first_objective('give_view', TRUST)()}?stance=sees+it+differently"


def _milestone(slug: str, year: int) -> Callable[[], str]:
    of_plan = Milestone.objects.filter(criterion__objective__plan__year=year, term="autumn")
    measured = of_plan.filter(criterion__objective__plan__organisation__slug=slug).exclude(criterion__target=None)
    return lambda: reverse("milestone", args=[measured.first().pk])


def _action() -> str:
    owned = Action.objects.filter(objective__plan=plan_of(ASHDOWN), owner__email=TEACHER)
    return reverse("action", args=[owned.first().pk])


def _closing(slug: str, year: int) -> Callable[[], str]:
    return lambda: reverse("closing", args=[plan_of(slug, year).pk])


def _item(slug: str, year: int) -> Callable[[], str]:
    items = AgendaItem.objects.filter(kind="review", review_item__review__plan__organisation__slug=slug)
    return lambda: reverse("item", args=[items.filter(review_item__review__plan__year=year).first().pk])


def _report_job() -> str:
    return reverse("report_job", args=[ReportJob.objects.filter(record__review__plan=plan_of(TRUST)).last().pk])


OF_A_YEAR = [
    Shape("progress", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/progress/2026-27/"),
    Shape("progress, to a leader", DEPUTY, f"/organisations/{ASHDOWN}/progress/2026-27/"),
    Shape("progress of last year", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/progress/2025-26/"),
    Shape("progress before approval", "head@kestrel.example", f"/organisations/{KESTREL}/progress/2026-27/"),
    Shape("progress of a trust", TRUST_CHAIR, f"/organisations/{TRUST}/progress/2026-27/"),
    Shape("milestone", ASHDOWN_HEAD, _milestone(ASHDOWN, 2026)),
    Shape("milestone of last year", ASHDOWN_CHAIR, _milestone(ASHDOWN, 2025)),
    Shape("rate", DEPUTY, _rate(is_rated=False)),
    Shape("rate, wrong", DEPUTY, _rate(is_rated=False), 422, deeds.red_without_a_word),
    Shape("rate anew", DEPUTY, _rate(is_rated=True)),
    Shape("rate, stale", DEPUTY, _rate(is_rated=True), 409, deeds.stale_rating),
    Shape("rate, by a lead", TEACHER, _review("rate_next", ASHDOWN)),
    Shape("sum up", DEPUTY, _of_first_objective("sum_up", ASHDOWN)),
    Shape("sum up, wrong", DEPUTY, _of_first_objective("sum_up", ASHDOWN), 422, deeds.mark_without_a_reason),
    Shape("the end of a review", ASHDOWN_HEAD, _review("review_finish", ASHDOWN)),
    Shape("the end of a review, to a lead", TEACHER, _review("review_finish", ASHDOWN)),
    Shape("review, open", ASHDOWN_HEAD, _review("review", ASHDOWN)),
    Shape("review, open, to a lead", TEACHER, _review("review", ASHDOWN)),
    Shape("review to be put to a meeting", CLERK, _review("review", QUAYSIDE)),
    Shape("review, put", CLERK, _review("put_review", QUAYSIDE)),
    Shape("review with governors, to a monitor", MONITOR, _review("review", TRUST)),
    Shape("review with governors, to its sender", TRUST_LEADER, _review("review", TRUST)),
    Shape("review received", ASHDOWN_CHAIR, _review("review", ASHDOWN, 2025, "summer")),
    Shape("view", MONITOR, _of_first_objective("give_view", TRUST)),
    Shape("view, wrong", MONITOR, _seen_differently, 422, deeds.view_without_a_word),
    Shape("report being made", TRUST_LEADER, _report_job),
    Shape("what the ratings mean", ASHDOWN_HEAD, f"/organisations/{ASHDOWN}/ratings/"),
    Shape("what the ratings mean, wrong", ASHDOWN_HEAD, f"/organisations/{ASHDOWN}/ratings/", 422, deeds.empty),
    Shape("action", TEACHER, _action),
    Shape("action, to a governor", ASHDOWN_CHAIR, _action),
    Shape("action, said wrong", TEACHER, _action, 422, deeds.far_too_much),
    Shape("closing, too early", ASHDOWN_HEAD, _closing(ASHDOWN, 2026)),
    Shape("closing, stale", ASHDOWN_HEAD, _closing(ASHDOWN, 2026), 409, deeds.stale_outcome),
    Shape("closed", ASHDOWN_HEAD, _closing(ASHDOWN, 2025)),
    Shape("item of a review, before", TRUST_CHAIR, _item(TRUST, 2026)),
    Shape("item of a review, received", ASHDOWN_CHAIR, _item(ASHDOWN, 2025)),
    Shape("reminders", CLERK, f"/organisations/{ASHDOWN}/reminders/"),
    Shape("no reminders", "clerk@birchfold.example", "/organisations/birchfold-academies/reminders/"),
]
AT_THE_TRUSTEES = [
    Shape("item of a review, to be received", TRUST_CLERK, _item(TRUST, 2026)),
    Shape("item of a review, wrong", TRUST_CLERK, _item(TRUST, 2026), 422, deeds.decision_without_a_reason),
]


def complete() -> None:
    """Add what is not there: a review that is to be put to a meeting, and a day's reminders."""
    reviewing.send_review(Review.objects.get(plan=plan_of(QUAYSIDE)), by=user("head@quayside.example"))
    while digests.go_on():
        pass


def come_to_the_trustees() -> None:
    """The evening on which the trustees receive their review: they are there."""
    meeting = Meeting.objects.get(board__organisations__slug=TRUST, board__kind="full board", day=TRUSTEES_DAY)
    how = {seat.person_id: "in person" for seat in meeting.board.seats.on(TRUSTEES_DAY)}
    with clock.standing_at(clock.local(TRUSTEES_DAY)):
        meetings.record_attendance(meeting, how=how, by=user(TRUST_CLERK))
