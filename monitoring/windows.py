"""When each step of the year opens and by when it is due, from the organisation's own terms and meetings. Dates in,
dates out, no database: a year that runs otherwise moves a window here."""

from datetime import date, timedelta

from governance import years
from monitoring import points
from monitoring.facts import Facts, MeetingFacts, PlanFacts, ReviewFacts, TermDays
from monitoring.points import Point

OPENS = timedelta(weeks=4)  # before the last day of its term a review opens
OPENS_HALF = timedelta(weeks=2)  # the same of a half-term
LATEST = timedelta(weeks=4)  # into the next term a board receives it
RATES = timedelta(weeks=1)  # the least that leaders have for rating before papers are due
PAPERS = timedelta(days=14)  # before papers are due their step opens
VIEWS = timedelta(days=2)  # before the meeting monitors have said how they see it
EVIDENCE = timedelta(days=14)  # before objectives are due board and leaders have met on the evidence
NOTICE = timedelta(days=8)  # before a meeting its papers are due: seven clear days
_HOLIDAY = timedelta(weeks=2)  # between two terms, where the next is not known
_ORDER = ("autumn", "spring", "summer")


def days_of(term, half: int = 0) -> TermDays:
    """The days of a term (governance.models.Term, or TermDays), or of one of its halves."""
    starts, ends = Point(term.name, half).days(term)
    pause = {"half_term_starts": term.half_term_starts, "half_term_ends": term.half_term_ends}
    return TermDays(name=str(term.name), year=term.year, starts=starts, ends=ends, half=half, **pause)


def opens_on(term: TermDays) -> date:
    """The day on which the review of a term, or of its half, opens by itself."""
    return term.ends - (OPENS_HALF if term.half else OPENS)


def points_of(terms, *, by_halves: bool, held, today: date) -> list[TermDays]:
    """The days of each point at which a plan is reviewed, as far as its year has terms (Term, or TermDays)."""
    known = {term.name: term for term in terms}
    over = [one.point for term in terms for half in (1, 2) if (one := days_of(term, half)).ends < today]
    found = points.of_year(by_halves=by_halves, held=held, over=over)
    return [days_of(known[point.term], point.half) for point in found if point.term in known]


def points_in(facts: Facts, plan: PlanFacts | None, year: int) -> list[TermDays]:
    """The same of a plan's facts; without a plan, of each term."""
    held = [one.point for one in plan.reviews] if plan else []
    by_halves = plan is not None and plan.by_halves
    return points_of(facts.terms_of(year), by_halves=by_halves, held=held, today=facts.today)


def objectives_due(facts: Facts, year: int, *, of_school: bool = False) -> date | None:
    """By when objectives are usually agreed: a school's by the end of the summer before, a trust's by the half-term.
    `of_school`: the plan is that of a school for which the trust in view decides."""
    if facts.is_trust and not of_school:
        autumn = facts.term("autumn", year)
        return autumn.half_term_starts if autumn else None
    summer = facts.term("summer", year - 1)
    return summer.ends if summer else None


def evidence_met_by(facts: Facts, year: int) -> date | None:
    """By when board and leaders have met on the evidence: two weeks before the objectives are due."""
    due = objectives_due(facts, year)
    return due - EVIDENCE if due else None


def evidence_due(facts: Facts, year: int) -> date | None:
    """By when the evidence is gathered: the papers day of the meeting that has it, else of one on the last day."""
    pack, last = facts.evidence_for(year), evidence_met_by(facts, year)
    on = pack.due if pack else None
    meeting = next((one for one in facts.meetings if on and one.day == on), None)
    if meeting:
        return meeting.papers_due_on
    return last - NOTICE if last else None


def gathering_opens(facts: Facts, year: int) -> date | None:
    """When the evidence can be begun: with the summer term before; a trust's with the year itself."""
    first = facts.term("autumn", year) if facts.is_trust else facts.term("summer", year - 1)
    return first.starts if first else None


def is_gathering(facts: Facts, year: int) -> bool:
    """Whether evidence is gathered now: its season has begun, and the objectives are not agreed yet."""
    plan, opens = facts.plan_of(year), gathering_opens(facts, year)
    agreed = plan and (plan.agreed_on or plan.state != "objectives")
    return bool(opens and opens <= facts.today and not agreed)


def decision_due(facts: Facts, year: int, *, of_school: bool = False) -> date | None:
    """By when a plan is usually approved: a school's by the autumn half-term, a trust's by the end of the term."""
    autumn = facts.term("autumn", year)
    if autumn is None:
        return None
    return autumn.ends if facts.is_trust and not of_school else autumn.half_term_starts


def receiving(facts: Facts, plan: PlanFacts | None) -> list[MeetingFacts]:
    """The meetings of the board that receives the reviews of a plan, by day."""
    board = plan.receiver if plan else None
    found = [one for one in (*facts.meetings, *facts.unseen) if (one.board == board if board else one.is_full)]
    return sorted(found, key=lambda one: one.day)


def rating_due(facts: Facts, plan: PlanFacts | None, term: TermDays) -> date:
    """By when a term is rated: the papers day of the first meeting that can receive it, else the last day of term."""
    ready, until = _opened(facts, plan, term) + RATES, term.ends + LATEST
    found = (one.papers_due_on for one in receiving(facts, plan) if one.papers_due_on >= ready and one.day <= until)
    return next(found, term.ends)


def received_at(facts: Facts, plan: PlanFacts | None, term: TermDays) -> date | None:
    """The day of the meeting that receives a review: the one that has it on its agenda, else the next that can."""
    review = plan.review_of(term.point) if plan else None
    if review and review.agenda_on:
        return review.agenda_on
    after = review.sent_on if review and review.is_sent else None
    for one in receiving(facts, plan):
        if one.is_planned and one.day >= facts.today:
            if one.day > after if after else one.papers_due_on >= _opened(facts, plan, term) + RATES:
                return one.day
    return None


def received_by(facts: Facts, term: TermDays) -> date:
    """By when a board has received the review of a term: four weeks into the next one."""
    return _next_start(facts, term) + LATEST


def views_due(facts: Facts, plan: PlanFacts | None, term: TermDays) -> date:
    """By when monitors have given their view: shortly before the meeting that receives the review; where that was sent
    later, until the meeting."""
    latest = received_by(facts, term)
    meeting = min(received_at(facts, plan, term) or latest, latest)
    review = plan.review_of(term.point) if plan else None
    sent = review.sent_on if review and review.is_sent else None
    return meeting if sent and sent >= meeting - VIEWS else _weekday(meeting - VIEWS)


def closing_due(year: int) -> date:
    """By when the plan of a year is closed: the end of the September after it."""
    return date(year + 1, 9, 30)


def is_closing(facts: Facts, plan: PlanFacts) -> bool:
    """Whether a plan in force can be closed: its last review is with governors, or its year is over without one."""
    if plan.state != "approved":
        return False
    at_last = next(reversed(points_in(facts, plan, plan.year)), None)
    last, summer = plan.review_of(at_last.point if at_last else Point("summer")), facts.term("summer", plan.year)
    over = summer.ends if summer else years.last_day(plan.year)
    return last.is_sent if last else facts.today > over


def is_missed(facts: Facts, plan: PlanFacts | None, term: TermDays) -> bool:
    """Whether a term went by without a review because no plan was in force yet, so that nobody is late."""
    if plan and plan.review_of(term.point):
        return False
    in_time = plan and plan.state == "approved" and plan.approved_on and plan.approved_on <= term.ends
    return facts.today > term.ends and not in_time


def current_review(facts: Facts) -> tuple[PlanFacts, ReviewFacts] | None:
    """The review that people are at now: the one of the organisation's own that is not received yet, the oldest."""
    for plan in facts.own_plans:
        for review in plan.reviews:
            if plan.state == "approved" and review.state != "received":
                return plan, review
    return None


def _opened(facts: Facts, plan: PlanFacts | None, term: TermDays) -> date:
    """The day on which a review opened or will: by hand perhaps earlier, and never before the plan is approved."""
    if plan is None:
        return opens_on(term)
    if review := plan.review_of(term.point):
        return review.opened_on
    decided = plan.approved_on or plan.decision_on
    if plan.state != "approved" and decided is None:
        meeting = facts.next_for(plan)
        decided = meeting.day if meeting else term.ends
    return max(opens_on(term), decided or opens_on(term))


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _next_start(facts: Facts, term: TermDays) -> date:
    """When the term or half after this one begins, or usually would."""
    if term.half == 1:
        return term.half_term_ends + timedelta(days=1)
    place = _ORDER.index(term.name)
    following = facts.term(_ORDER[(place + 1) % 3], term.year + (term.name == "summer"))
    if following:
        return following.starts
    return years.first_day(term.year + 1) if term.name == "summer" else term.ends + _HOLIDAY
