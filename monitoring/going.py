"""How each objective goes, in one line, once a review is with governors; and where a plan's review is, in words."""

from dataclasses import dataclass

from monitoring.facts import Facts, PlanFacts, RatedFacts, ReviewFacts
from monitoring.marks import direction, word
from monitoring.wording import day


@dataclass(frozen=True)
class Going:
    """The rating of an objective. `mark` is empty where nothing was said; then `silent` says since when."""

    mark: str = ""
    word: str = ""
    direction: str = ""
    than: str = ""
    note: str = ""
    silent: str = ""


def going(facts: Facts, plan: PlanFacts, objective: int) -> Going | None:
    """How an objective goes by the last review that governors have and this person may read; None before the first."""
    review = plan.last_sent
    said = review.of.get(objective) if review else None
    if said is None:
        return None
    if not said.due:
        first = f"first due in {said.first_due}" if said.first_due else "no milestone yet"
        return Going(mark="grey", word="not due", note=first)
    if not said.mark:
        since = _last_said(plan, review, objective) or plan.approved_on
        return Going(silent=f"nothing since {day(since, facts.today)}" if since else "nothing said yet")
    before, than = _before(facts, plan, review, said)
    return Going(said.mark, word(said.mark), direction(before, said.mark), than, note="" if before else "first rating")


def review_sentence(facts: Facts, plan: PlanFacts) -> str:
    """Where the review that was opened last is: "the autumn review is open, 5 of 12 rated"."""
    review = plan.reviews[-1]
    if review.is_open:
        many = f", {review.rated} of {review.due} rated" if review.due else ""
        return f"leaders are rating the {review.point.stretch}{many}"
    if review.received_on:
        return f"{review.point.word} review received on {day(review.received_on, facts.today)}"
    since = f" since {day(review.sent_on, facts.today)}" if review.sent_on else ""
    return f"{review.point.word} review with governors{since}"


def _earlier(plan: PlanFacts, review: ReviewFacts) -> list[ReviewFacts]:
    """The reviews of the plan before this one that governors have, the last one first."""
    before = plan.reviews[: plan.reviews.index(review)]
    return [one for one in reversed(before) if one.is_sent and one.reads]


def _last_said(plan: PlanFacts, review: ReviewFacts, objective: int):
    said = (one.of[objective].said_on for one in _earlier(plan, review) if objective in one.of)
    return next((on for on in said if on), None)


def _before(facts: Facts, plan: PlanFacts, review: ReviewFacts, said: RatedFacts) -> tuple[str, str]:
    """The mark last time, and of which term: in the review before, or of the objective that this one carries on."""
    for one in _earlier(plan, review)[:1]:
        return (one.of[said.pk].mark if said.pk in one.of else ""), one.point.word
    for former in facts.own_plans:
        if former.last_sent and said.carried_from in former.last_sent.of:
            return former.last_sent.of[said.carried_from].mark, former.last_sent.point.word
    return "", ""
