"""What the reviews of a plan wait for in others: ratings, sending, views, the board."""

from collections import defaultdict
from collections.abc import Iterator

from governance.permissions import Part
from monitoring import windows
from monitoring.duties.reviewing import named, share, term_of, viewed_by
from monitoring.duties.row import Wait, may, wait
from monitoring.facts import Facts, PlanFacts, ReviewFacts, knows_of_reviews
from monitoring.permissions import P
from monitoring.wording import capital, counted, day

_NAMED = 3  # leads that are named; more of them are "leaders"


def reviews_awaited(facts: Facts, plan: PlanFacts) -> Iterator[Wait]:
    """What a review that is not received waits for, to those who know of it."""
    if plan.state != "approved" or not knows_of_reviews(plan.review_parts):
        return
    for review in plan.reviews:
        if review.is_open:
            yield from _ratings(facts, plan, review)
        elif review.state == "with governors":
            yield from _views(facts, plan, review)
            yield from _receipt(facts, plan, review)


def _ratings(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Wait]:
    """Those that others rate: to leaders by name; then the sending."""
    term = term_of(facts, plan, review)
    due = windows.rating_due(facts, plan, term) if term else None
    mine = {one.pk for one in share(facts, plan, review)}
    left: dict[str, int] = defaultdict(int)
    for one in review.objectives:
        if one.pk not in mine and one.rated < one.due:
            left[one.lead if may(plan.parts, P.READ_RATINGS) and one.lead_id else ""] += one.due - one.rated
    if len(left) > _NAMED:
        left = {"": sum(left.values())}
    whose = "" if plan.own else f" of {plan.organisation}"
    for name, many in sorted(left.items()):
        who = f"{name} rates" if name else "Leaders rate"
        last = "the last milestone" if many == 1 else f"the last {counted(many, 'milestone')}"
        last = last if review.rated else counted(many, "milestone")
        yield wait(facts, f"{who} {last} of the {review.point.stretch}{whose}", due)
    if review.rated >= review.due and not may(plan.parts, P.SEND_REVIEW):
        head = "The trust leader" if facts.is_trust and plan.own else "The headteacher"
        yield wait(facts, f"{head} sends {named(facts, plan, review)} to governors", due)


def _views(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Wait]:
    """To those who see to it: leaders, chair and clerk."""
    if not plan.review_parts & {Part.HEADTEACHER, Part.SENIOR_LEADER, Part.CHAIR, Part.CLERK}:
        return
    mine = {one.pk for one in viewed_by(facts, plan, review)}
    many = sum(one.to_view for one in review.objectives if one.pk not in mine)
    term = term_of(facts, plan, review)
    if many and term:
        words = f"Governors who monitor give their view of {counted(many, 'objective')}, {review.point.stretch}"
        yield wait(facts, words, windows.views_due(facts, plan, term))


def _receipt(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Wait]:
    """To leaders: when the board receives it."""
    if not may(plan.parts, P.READ_RATINGS) or not plan.own:
        return
    on = facts.ahead(review.agenda_on)
    who = "the board" if plan.received_here else "the trust’s board"
    when = f"on {day(on, facts.today)}" if on else "" if review.agenda_on else "no meeting has it yet"
    yield wait(facts, f"{capital(who)} receives {named(facts, plan, review)}", None, when=when)
