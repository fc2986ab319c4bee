"""The reviews of each plan: rate the term, send, give a view, put it to a meeting, read it; and close the plan."""

from collections.abc import Iterator

from governance import years
from governance.permissions import Part
from monitoring import windows
from monitoring.duties.row import Row, may, row
from monitoring.facts import Facts, PlanFacts, RatedFacts, ReviewFacts, TermDays
from monitoring.permissions import P
from monitoring.wording import capital, counted, cut, day, number, weekday

_READERS = {Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR}
_EACH = 2  # views that are a row each; more of them are one row


def reviewing(facts: Facts) -> Iterator[Row]:
    """What each review of a plan in force asks of this person, and the closing at its end."""
    for plan in facts.plans:
        if plan.state != "approved":
            continue
        yield from _handed(facts, plan)
        for review in plan.reviews:
            if review.is_open:
                yield from _rate(facts, plan, review)
                yield from _readings(facts, plan, review)
                yield from _send(facts, plan, review)
            elif review.state == "with governors":
                yield from _views(facts, plan, review)
                yield from _put(facts, plan, review)
                yield from _read(facts, plan, review)
        yield from _close(facts, plan)


def named(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> str:
    """ "the autumn review", with its year where it is not this one's, and whose it is where it is not one's own."""
    year = "" if plan.year == facts.year else f" {years.written(plan.year)}"
    return f"the {review.point.word} review{year}" + ("" if plan.own else f" of {plan.organisation}")


def term_of(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> TermDays | None:
    """The days of its term, or of its half of one."""
    term = facts.term(review.term, plan.year)
    return windows.days_of(term, review.half) if term else None


def share(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> list[RatedFacts]:
    """The objectives that this person rates: those they lead, and to the head those that nobody leads; who leads none
    of those due, but may rate, has them all."""
    may_rate, head = may(plan.parts, P.RATE), Part.HEADTEACHER in plan.parts
    due = [one for one in review.objectives if one.due]
    mine = [one for one in due if one.lead_id == facts.person]
    if mine:
        return mine + ([one for one in due if one.lead_id is None] if head else [])
    return due if may_rate else []


def _due(facts: Facts, plan: PlanFacts, review: ReviewFacts):
    term = term_of(facts, plan, review)
    return windows.rating_due(facts, plan, term) if term else None


def _rate(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Row]:
    mine = share(facts, plan, review)
    due, rated = sum(one.due - one.handed for one in mine), sum(one.rated for one in mine)
    if rated >= due:
        return
    many = counted(due, "milestone") if due == review.due else f"your {counted(due, 'milestone')}"
    why = f"{capital(number(rated)) if rated else 'None'} of {many} {'is' if rated == 1 else 'are'} rated."
    year = "" if plan.year == facts.year else f" of {years.written(plan.year)}"
    yield row(
        facts,
        f"Rate the {review.point.stretch}{year}",
        why,
        "Rate the next" if rated else "Begin rating",
        ("rate_next", review.pk),
        _due(facts, plan, review),
        known="Rate",
    )


def _handed(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    """Each milestone that a colleague asks this person to rate, who may know nothing else of the review."""
    for one in facts.are("handed"):
        if one.about == plan.pk:
            why, to = f"{one.who} asks you. Objective: {one.other}.", ("rate_handed", one.pk)
            term = facts.term(one.state, plan.year)
            due = windows.rating_due(facts, plan, windows.days_of(term, one.other_id)) if term else None
            yield row(facts, f"Rate: {cut(one.words, 90)}", why, "Rate it", to, due, plainly="Rate one milestone")


def _readings(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Row]:
    """The measures with a target that nobody has read this term, to whoever rates their objectives."""
    unread = sum(one.unread for one in share(facts, plan, review))
    if not unread:
        return
    year = "" if plan.year == facts.year else f" of {years.written(plan.year)}"
    title, to = f"Enter the readings of the {review.term} term{year}", ("readings", review.pk)
    why = f"{capital(counted(unread, 'measure'))} with a target {'is' if unread == 1 else 'are'} not read yet."
    yield row(facts, title, why, "Enter readings", to, _due(facts, plan, review))


def _send(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Row]:
    """The head sends it once everything that is due is rated."""
    if review.rated < review.due or not may(plan.parts, P.SEND_REVIEW):
        return
    why = (
        "Every milestone that is due is rated." if review.due else "No milestone is due yet; say how it goes in words."
    )
    title, to = f"Send {named(facts, plan, review)} to governors", ("review_finish", review.pk)
    yield row(facts, title, why, "Look and send", to, _due(facts, plan, review))


def viewed_by(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> list[RatedFacts]:
    """The objectives that wait for this person's view: those they monitor; to the chair those that nobody does."""
    chairs = Part.CHAIR in plan.parts
    return [one for one in review.objectives if one.to_view and (one.monitors or (chairs and not one.monitored))]


def _views(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Row]:
    term, awaited = term_of(facts, plan, review), viewed_by(facts, plan, review)
    due = windows.views_due(facts, plan, term) if term else None
    if len(awaited) > _EACH:
        title = f"Give your view on {counted(len(awaited), 'objective')}"
        why = f"Leaders have rated the {review.point.stretch}: agree, or say how you see it."
        yield row(facts, title, why, "See the ratings", ("review", review.pk), due)
        return
    objectives = {one.pk: one for one in plan.objectives}
    for one in awaited:
        if objective := objectives.get(one.pk):
            many = counted(one.rated, "milestone")
            why = f"{capital(many)} rated: agree, or say how you see it."
            if not one.monitors:
                why = f"Nobody monitors it, so you speak for the board. {why}"
            name = f"{facts.words.objective} {facts.words.numbered(objective.number)}"
            plainly, to = f"Give your view on {name}", ("give_view", review.pk, one.pk)
            title = f"Give your view on {objective.title}"
            yield row(facts, title, why, "See the ratings", to, due, plainly=plainly)


def _put(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Row]:
    """Chair and clerk see to it that a meeting receives it."""
    if review.agenda_on or not may(plan.review_parts, P.PUT_REVIEW):
        return
    meeting = next((one for one in windows.receiving(facts, plan) if one.is_planned and one.day >= facts.today), None)
    since = f" since {day(review.sent_on, facts.today)}" if review.sent_on else ""
    why = f"It is with governors{since} and no meeting has it yet."
    term = term_of(facts, plan, review)
    due = meeting.papers_due_on if meeting else windows.received_by(facts, term) if term else None
    title, to = f"Put {named(facts, plan, review)} on an agenda", ("put_review", review.pk)
    yield row(facts, title, why, "Choose the meeting", to, due)


def _read(facts: Facts, plan: PlanFacts, review: ReviewFacts) -> Iterator[Row]:
    """Members read it before the meeting that receives it; not the leaders, who wrote it."""
    if not review.reads or not plan.review_parts & _READERS or may(plan.parts, P.WRITE_NARRATIVE):
        return
    on = facts.ahead(review.agenda_on)
    since = f" since {day(review.sent_on, facts.today)}" if review.sent_on else ""
    why = f"With governors{since}: {review.rated} of {review.due} milestones rated."
    when = f"Before the meeting on {weekday(on, facts.today)}" if on else "Before the board receives it"
    title, to = f"Read {named(facts, plan, review)}", ("review", review.pk)
    yield row(facts, title, why, "Read the review", to, on, when=when)


def _close(facts: Facts, plan: PlanFacts) -> Iterator[Row]:
    """At the end of the year: what came of each objective; then the head closes the plan."""
    if not plan.own or not windows.is_closing(facts, plan):
        return
    said, due = sum(bool(one.outcome) for one in plan.objectives), windows.closing_due(plan.year)
    year, to = years.written(plan.year), ("closing", plan.pk)
    if may(plan.parts, P.CLOSE_PLAN):
        many = len(plan.objectives)
        why = f"{said} of {many} objectives have their outcome." if said < many else "Every objective has its outcome."
        yield row(facts, f"Close the plan for {year}", why, "Look and close", to, due)
        return
    mine = [one for one in plan.objectives if one.lead_id == facts.person and not one.outcome]
    if mine:
        many = "your objective" if len(mine) == 1 else f"your {counted(len(mine), 'objective')}"
        why = "Met, partly met, not met or carried forward; and what was learned."
        yield row(facts, f"Say what came of {many} in {year}", why, "Write the outcome", to, due)
