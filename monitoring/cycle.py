"""The year as dated steps: objectives, plan, meetings, reviews, closing. Dates and state in, steps out, no database.
A step that the product learns is one more small function here, and its dates one in `windows`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from governance import years
from monitoring import windows
from monitoring.facts import Facts, MeetingFacts, PlanFacts, ReviewFacts, TermDays, Thing
from monitoring.wording import counted, day, ordinal, weekday
from sip.models import Plan

_STATE = Plan.State
_IN_FORCE = (_STATE.APPROVED, _STATE.CLOSED)
_MONITORS = "governors who monitor"
_MEET = "meeting on the evidence"


@dataclass(frozen=True)
class Step:
    """A step of the year. `side`: board or leaders. `on`: its day, or by when. `state`: done, late, now (open today),
    next (the first to come) or ahead. `kind`: agree, submit, decide, papers, meeting, rate, view, receive, close."""

    label: str
    side: str
    on: date | None
    state: str
    words: str
    kind: str = ""


def week_of(today: date, term: TermDays) -> int:
    """The how manieth school week of the term a day lies in; the half-term holiday is not counted."""
    monday = term.starts - timedelta(days=term.starts.weekday())
    weeks = (today - monday).days // 7 + 1
    return weeks - 1 if today > term.half_term_ends else weeks


def where_we_are(today: date, terms: tuple[TermDays, ...]) -> str:
    """The sentence that says where in the school year a day lies; empty where no terms are known."""
    for term in terms:
        if term.half_term_starts <= today <= term.half_term_ends:
            return f"It is the half-term holiday of the {term.name} term"
        if term.starts <= today <= term.ends:
            return f"It is the {ordinal(week_of(today, term))} week of the {term.name} term"
    following = next((term for term in terms if term.starts > today), None)
    return f"The {following.name} term begins on {weekday(following.starts, today)}" if following else ""


def steps(facts: Facts) -> list[Step]:
    """This year's steps that exist now, in their order; those without a day stand last."""
    found = [*_evidence(facts), *_plan(facts), *_meetings(facts)]
    found += [*_reviews(facts), *_last_year(facts), *_next_objectives(facts)]
    found.sort(key=lambda step: step.on or date.max)  # of one day: put before the board, then decided
    following = next((step for step in found if step.state == "ahead" and step.on), None)
    return [replace(step, state="next") if step is following else step for step in found]


# ---------------------------------------------------------------- the plan


def _plan(facts: Facts) -> list[Step]:
    """Objectives agreed, plan put before the board, plan decided: with the day on which each was or is due."""
    if facts.comes_later:
        return []
    plan = facts.plan_of(facts.year)
    return [_agree(facts, plan), _submit(facts, plan), _decide(facts, plan)]


def _agree(facts: Facts, plan: PlanFacts | None) -> Step:
    label = "Agree the objectives"
    if plan and plan.agreed_on:
        return Step(label, "board", plan.agreed_on, "done", f"board, {day(plan.agreed_on, facts.today)}", "agree")
    if plan and plan.state != _STATE.OBJECTIVES:
        return Step(label, "board", None, "done", "board", "agree")
    due, planned = windows.objectives_due(facts, facts.year), plan.objectives_on if plan else None
    return _to_come(facts, Step(label, "board", due, "now" if plan else "ahead", "board", "agree"), planned)


def _submit(facts: Facts, plan: PlanFacts | None) -> Step:
    label = "Put the plan before the board"
    if plan and plan.submitted_on and plan.state not in Plan.EDITABLE:
        words = f"leaders, {day(plan.submitted_on, facts.today)}"
        return Step(label, "leaders", plan.submitted_on, "done", words, "submit")
    meeting = facts.next_for(plan) if plan else None
    due, planned = windows.decision_due(facts, facts.year), meeting.papers_due_on if meeting else None
    is_open = plan and plan.state in Plan.EDITABLE
    return _to_come(facts, Step(label, "leaders", due, "now" if is_open else "ahead", "leaders", "submit"), planned)


def _decide(facts: Facts, plan: PlanFacts | None) -> Step:
    label, who = "Decide on the plan", "board" if plan is None or plan.decided_here else "the trust’s board"
    if plan and plan.state in _IN_FORCE:
        on = plan.approved_on
        return Step(label, "board", on, "done", f"{who}, {day(on, facts.today)}" if on else who, "decide")
    due, planned = windows.decision_due(facts, facts.year), plan.decision_on if plan else None
    is_open = plan and plan.state == _STATE.WITH_THE_BOARD
    return _to_come(facts, Step(label, "board", due, "now" if is_open else "ahead", who, "decide"), planned)


def _next_objectives(facts: Facts) -> Iterator[Step]:
    """Next year's objectives, where the terms say when they are due; a trust's are agreed in the year itself."""
    label, today = f"Agree the objectives for {years.written(facts.year + 1)}", facts.today
    following, due = facts.plan_of(facts.year + 1), windows.objectives_due(facts, facts.year + 1)
    if following and following.agreed_on:
        words = f"board, {day(following.agreed_on, today)}"
        yield Step(label, "board", following.agreed_on, "done", words, "agree")
    elif due and today <= due and not facts.is_trust:
        summer = facts.term("summer", facts.year)
        is_open = following and summer.starts <= today
        planned = following.objectives_on if following else None
        yield _to_come(facts, Step(label, "board", due, "now" if is_open else "ahead", "board", "agree"), planned)


def _evidence(facts: Facts) -> Iterator[Step]:
    """The evidence for the objectives of a year that are not agreed yet: gathered by leaders, met on by both sides."""
    for year in (facts.year, facts.year + 1) if facts.sees_evidence else ():
        pack, due = facts.evidence_for(year), windows.evidence_met_by(facts, year)
        is_next = year > facts.year and not facts.is_trust
        if not (pack or due) or not (is_next or (pack and windows.is_gathering(facts, year))):
            continue
        if due and facts.today > due and not pack and not windows.is_gathering(facts, year):
            continue
        yield from _gathered(facts, year, pack, due)


def _gathered(facts: Facts, year: int, pack: Thing | None, due: date | None) -> Iterator[Step]:
    state = "now" if windows.is_gathering(facts, year) else "ahead"
    gather, meet = f"Gather the evidence for {years.written(year)}", f"Meet on the evidence for {years.written(year)}"
    if pack and not pack.other_id:
        yield Step(gather, "leaders", None, "done", "leaders", "evidence")
    else:
        by = windows.evidence_due(facts, year)
        yield _to_come(facts, Step(gather, "leaders", by, state, "leaders", "evidence"), None)
    if pack and pack.day:
        yield Step(meet, "board", pack.day, "done", f"board and leaders, {day(pack.day, facts.today)}", _MEET)
    else:
        planned = pack.due if pack else None
        yield _to_come(facts, Step(meet, "board", due, "ahead", "board and leaders", _MEET), planned)


def _to_come(facts: Facts, step: Step, planned: date | None) -> Step:
    """A step that is still to come: planned for a day, or due by one; late when its day has passed. Its words say who,
    and its day by when it is usual."""
    today, who, due = facts.today, step.words, step.on
    ahead = f"planned for {day(planned, today)}" if planned and planned >= today else ""
    if due and due < today:
        words = f"late: usual by {day(due, today)}, {who}{'; ' + ahead if ahead else ''}"
        return replace(step, on=planned if ahead else due, state="late", words=words)
    if ahead:
        return replace(step, on=planned, words=f"{who}, {day(planned, today)}")
    return replace(step, words=f"{who}, by {day(due, today)}" if due else who)


# ---------------------------------------------------------------- meetings


def _meetings(facts: Facts) -> list[Step]:
    first, last = years.first_day(facts.year), years.last_day(facts.year)
    of_year = [meeting for meeting in facts.meetings if meeting.is_full and first <= meeting.day <= last]
    return [step for meeting in of_year for step in _meeting(facts, meeting)]


def _meeting(facts: Facts, meeting: MeetingFacts) -> list[Step]:
    today, label, on = facts.today, f"{meeting.board_name} meets", meeting.day
    words = f"{day(on, today)}, {counted(len(meeting.items), 'item')}"
    if not meeting.is_planned:
        return [Step(label, "board", on, "done", words, "meeting")]
    if on < today:
        words = f"late: what was decided on {day(on, today)} is not recorded, clerk"
        return [Step(label, "board", on, "late", words, "meeting")]
    state = "now" if on == today else "ahead"
    return [_papers(facts, meeting), Step(label, "board", on, state, words, "meeting")]


def _papers(facts: Facts, meeting: MeetingFacts) -> Step:
    label, today, due = f"Papers for {day(meeting.day, facts.today)}", facts.today, meeting.papers_due_on
    if meeting.papers_sent_on:
        sent = day(meeting.papers_sent_on, today)
        late = "" if meeting.papers_sent_on <= due else ", later than the notice asks for"
        return Step(label, "board", meeting.papers_sent_on, "done", f"out on {sent}{late}", "papers")
    if due < today:
        return Step(label, "board", due, "late", f"late: were due {day(due, today)}, clerk", "papers")
    state = "now" if due - today <= windows.PAPERS else "ahead"
    return Step(label, "board", due, state, f"clerk, by {day(due, today)}", "papers")


# ---------------------------------------------------------------- reviews and closing


def _reviews(facts: Facts) -> Iterator[Step]:
    """For each point of review: rate it, give the second view, receive the review; then close the plan."""
    plan = facts.plan_of(facts.year)
    for term in windows.points_in(facts, plan, facts.year):
        if not windows.is_missed(facts, plan, term):
            yield from _review(facts, plan, term)
    yield _close(facts, plan)


def _last_year(facts: Facts) -> Iterator[Step]:
    """What last year's plan still waits for, or what of it was done in this year."""
    plan = facts.plan_of(facts.year - 1)
    if plan is None or plan.state not in _IN_FORCE:
        return
    for term in windows.points_in(facts, plan, plan.year):
        if plan.review_of(term.point):
            for step in _review(facts, plan, term):
                if step.state != "done" or (step.on and step.on >= years.first_day(facts.year)):
                    yield replace(step, label=f"{step.label} {years.written(plan.year)}")
    if plan.state == _STATE.APPROVED:
        yield _close(facts, plan)


def _review(facts: Facts, plan: PlanFacts | None, term: TermDays) -> Iterator[Step]:
    review = plan.review_of(term.point) if plan else None
    if review is None and facts.today > term.ends and not facts.knows_of_reviews:
        return  # it may well be there, and is not for this person to read yet
    yield _rate(facts, plan, term, review)
    yield _view(facts, plan, term, review)
    yield _receive(facts, plan, term, review)


def _rate(facts: Facts, plan: PlanFacts | None, term: TermDays, review: ReviewFacts | None) -> Step:
    label, today, due = f"Rate the {term.point.stretch}", facts.today, windows.rating_due(facts, plan, term)
    if review and review.is_sent:
        return Step(label, "leaders", review.sent_on, "done", f"leaders, {day(review.sent_on, today)}", "rate")
    many = f"; {review.rated} of {review.due} rated" if review and review.due else ""
    in_force = plan and plan.state in _IN_FORCE
    is_open = review or (in_force and facts.knows_of_reviews and windows.opens_on(term) <= today)
    due = due if is_open else term.ends if due < today else due  # nobody is late before there is something to rate
    return _until(facts, Step(label, "leaders", due, "now" if is_open else "ahead", "leaders", "rate"), many)


def _view(facts: Facts, plan: PlanFacts | None, term: TermDays, review: ReviewFacts | None) -> Step:
    label, due = f"Give the second view of {term.point.word}", windows.views_due(facts, plan, term)
    step, many = Step(label, "board", due, "ahead", _MONITORS, "view"), ""
    if review and review.is_sent:
        given = [one.viewed_on for one in review.objectives if one.due and one.viewed_on]
        awaited = sum(one.to_view for one in review.objectives)
        if review.received_on or not awaited:
            on = max(given, default=review.received_on or review.sent_on)
            return replace(step, on=on, state="done", words=f"{_MONITORS}, {day(on, facts.today)}")
        step, many = replace(step, state="now"), f"; {len(given)} of {len(given) + awaited} given"
    return _until(facts, step, many)


def _until(facts: Facts, step: Step, many: str) -> Step:
    """A step with a last day: until when, or how late; and how many of it are done."""
    who, due = step.words, day(step.on, facts.today)
    if step.on < facts.today:
        late = replace(step, state="late", words=f"late: was due {due}, {who}{many}")
        return late if step.state == "now" else replace(step, words=f"{who}, when it is rated")
    return replace(step, words=f"{who}, until {due}{many}")


def _receive(facts: Facts, plan: PlanFacts | None, term: TermDays, review: ReviewFacts | None) -> Step:
    label, today = f"Receive the {term.point.word} review", facts.today
    who = "board" if plan is None or plan.received_here else "the trust’s board"
    if review and review.received_on:
        on = review.received_on
        return Step(label, "board", on, "done", f"{who}, {day(on, today)}", "receive")
    planned, due = windows.received_at(facts, plan, term), windows.received_by(facts, term)
    near = planned and planned - today <= windows.PAPERS
    is_open = review and review.is_sent and near
    return _to_come(facts, Step(label, "board", due, "now" if is_open else "ahead", who, "receive"), planned)


def _close(facts: Facts, plan: PlanFacts | None) -> Step:
    last = plan and plan.year < facts.year
    label = f"Close the plan for {years.written(plan.year)}" if last else "Close the plan"
    if plan and plan.state == _STATE.CLOSED:
        return Step(label, "leaders", None, "done", "leaders", "close")
    due = windows.closing_due(plan.year if plan else facts.year)
    state = "now" if plan and windows.is_closing(facts, plan) else "ahead"
    return _to_come(facts, Step(label, "leaders", due, state, "leaders", "close"), None)
