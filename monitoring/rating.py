"""What leaders say in a review: of each milestone, of what is measured, and of each objective as a whole."""

from datetime import date
from decimal import Decimal

from foundation import clock
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from foundation.permissions import require
from governance.models import Person, User
from governance.wording import full_day, near_day
from monitoring import handing_on, meaning
from monitoring.models import Rating, Review, Summary
from monitoring.permissions import P
from monitoring.reviewing import require_open
from sip import entering
from sip.models import Mark, Milestone, Objective, Reading, Target

_TAKEN_OVER = ("mark", "why", "next_step", "next_by", "evidence", "evidence_named")


@operation(None)
def rate(
    review: Review,
    *,
    milestone: Milestone,
    revision: int,
    mark: str,
    why: str,
    next_step: str = "",
    next_by: date | None = None,
    evidence: list[str] = (),
    evidence_named: str = "",
    said_for: Person | None = None,
    reading: Decimal | None = None,
    instead_of: Decimal | None = None,
    cohort: int | None = None,
    by: User,
) -> Rating:
    """Rate a milestone that is due: the mark, one sentence why; of red what next and by when, of green what shows it.
    `said_for`: for whom it is entered who is away (`handing_on.away`).

    `revision` is that of the rating which the person saw, 0 where there was none; with a `reading` of the criterion's
    measure, `instead_of` is what they saw of that, and `cohort` of how many pupils it speaks. Other ones by now:
    StaleEdit. All of it is saved, or nothing.
    """
    require_may_rate(review, milestone, by)
    if said_for is not None and said_for not in handing_on.away(review, milestone, by=by):
        raise Conflict(f"{said_for} neither leads this, nor owns an action beneath it, nor was asked to rate it.")
    if reading is not None:
        _read_anew(review, milestone.criterion.target, (reading, cohort), instead_of, by)
    if mark == Mark.BLUE and not meaning.of(review.here).uses_blue:
        raise Conflict(f"“{Mark.BLUE.label}” is not in use here.")
    words = {"mark": mark, "why": why, "next_step": next_step, "next_by": next_by, "evidence": list(evidence)}
    words |= {"evidence_named": evidence_named if evidence else "", "said_for": said_for, "is_unchanged": False}
    return _write(review, milestone, revision, words, by)


@operation(None)
def say_no_change(review: Review, *, milestone: Milestone, by: User) -> Rating:
    """In one tap: it goes as it went last time. Last time's words are taken over, and it is said that they are."""
    require_may_rate(review, milestone, by)
    if review.ratings.filter(milestone=milestone).exists():
        raise Conflict("This milestone is rated already in this review. Change the rating instead.")
    before = last_rating(review, milestone)
    if why := why_not_unchanged(review, before):
        raise Conflict(why)
    words = {name: getattr(before, name) for name in _TAKEN_OVER}
    return _write(review, milestone, 0, words | {"is_unchanged": True}, by)


@operation(None)
def read_measure(review: Review, *, target: Target, value: Decimal, cohort: int | None = None, by: User) -> Reading:
    """Enter what was read of a criterion's measure this term: for the whole school, in the measure's unit, of how many
    pupils. Where that is not said, only leaders see a figure about pupils."""
    require(by, P.RATE, target)
    require_open(review)
    if target.criterion.objective.plan_id != review.plan_id:
        raise Conflict("That measure belongs to another plan.")
    return _read(review, target, (value, cohort), by)


@operation(None)
def sum_up(
    review: Review, *, objective: Objective, revision: int, words: str, mark: str = "", why: str = "", by: User
) -> Summary:
    """Say in words how an objective goes as a whole; with a mark of its own, and why, where the worst does not tell it.

    `revision` is that of the summary which the person saw, 0 where there was none. Another one by now: StaleEdit.
    """
    require(by, P.RATE, objective)
    require_open(review)
    if objective.plan_id != review.plan_id:
        raise Conflict("That objective belongs to another plan.")
    held = review.summaries.filter(objective=objective).first()
    summary = _claimed(held, revision) or Summary(review=review, objective=objective)
    summary.words, summary.mark, summary.why = words, mark, why if mark else ""
    summary.said_by, summary.said_at = by.person, clock.now()
    summary.save()
    return summary


def last_rating(review: Review, milestone: Milestone) -> Rating | None:
    """What was said of this milestone in the review before, or None."""
    ratings = Rating.objects.filter(milestone=milestone, review__plan=review.plan_id)
    rows = ratings.select_related("review", "rated_by")
    before = (one for one in rows if one.review.place < review.place)
    return max(before, key=lambda one: one.review.place, default=None)


def why_not_unchanged(review: Review, before: Rating | None) -> str:
    """Why last time's rating cannot be said to hold still, as a sentence; empty where it can."""
    if before is None:
        return "This milestone has not been rated before, so there is nothing that could be unchanged."
    if before.mark == Mark.RED and before.next_by < clock.today():
        return f"The next step was due on {near_day(before.next_by)}, which is past. Say what next, and by when."
    if before.mark == Mark.BLUE and not meaning.of(review.here).uses_blue:
        return f"“{Mark.BLUE.label}” is not in use here any more. Choose another rating."
    return ""


def reading_of(review: Review, target: Target) -> Reading | None:
    """What was read of the measure in the review's term, or None."""
    return Reading.objects.filter(measure=target.measure_id, **_place(review)).select_related("measure").first()


def last_read(review: Review, target: Target) -> Decimal | None:
    """What was read of the measure of the whole school before the review's term; None where nothing was."""
    period = entering.Period(year=review.year, term=review.term)
    return entering.last_read(target.measure, period).get(str(Reading.Group.ALL))


def require_may_rate(review: Review, milestone: Milestone, by: User) -> None:
    """Raise NotAllowed, or Conflict, unless this person may rate the milestone in the review now: as a leader, as its
    objective's lead, or because it was handed to them."""
    handed = review.handed_on.filter(milestone=milestone, to=by.person_id).first()
    require(by, P.RATE, handed or milestone)
    require_open(review)
    require_due(review, milestone)


def require_due(review: Review, milestone: Milestone) -> None:
    """Raise Conflict, saying when it is rated, unless the milestone is due in the review."""
    if milestone.plan.pk != review.plan_id:
        raise Conflict("That milestone belongs to another plan.")
    if milestone.dropped_on:
        raise Conflict(f"This milestone was dropped on {full_day(milestone.dropped_on)}: it is not rated any more.")
    if milestone.term not in review.terms_due:
        raise Conflict(f"This milestone is due in the {milestone.term} term. It is rated in the review of that term.")


def _place(review: Review) -> dict:
    """Where a review's reading stands among those of its measure: the whole school's, of the term, as it was."""
    of_all = {"group": Reading.Group.ALL, "year_group": "", "kind": Reading.Kind.ACTUAL}
    return {"year": review.year, "term": review.term} | of_all


def _read(review: Review, target: Target, figure: tuple[Decimal, int | None], by: User) -> Reading:
    value, cohort = figure
    words = {"value": value, "cohort": cohort, "count": None, "waits": True}
    words |= {"read_by": by.person, "read_at": clock.now()}
    return Reading.objects.update_or_create(measure=target.measure, **_place(review), defaults=words)[0]


def _read_anew(
    review: Review, target: Target, figure: tuple[Decimal, int | None], instead_of: Decimal | None, by: User
) -> None:
    held = reading_of(review, target)
    if (held.value if held else None) not in (instead_of, figure[0]):
        raise StaleEdit("Somebody else entered what was read while you were typing.", thing=held)
    _read(review, target, figure, by)


def _write(review: Review, milestone: Milestone, revision: int, words: dict, by: User) -> Rating:
    held = review.ratings.filter(milestone=milestone).select_related("rated_by").first()
    rating = _claimed(held, revision) or Rating(review=review, milestone=milestone)
    for name, value in (words | {"rated_by": by.person, "rated_at": clock.now()}).items():
        setattr(rating, name, value)
    rating.save()
    return rating


def _claimed(held, revision: int):
    """The row that stands, under its next revision, unless it is not the one that the person saw. The review is held,
    so nobody writes meanwhile."""
    if (held.revision if held else 0) != revision:
        raise StaleEdit("Somebody else saved this while you were typing.", thing=held)
    if held:
        held.revision += 1
    return held
