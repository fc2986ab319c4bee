"""The year as dated steps: terms, objectives, plan, papers, meetings. Dates in, steps out, no database."""

from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.facts import Facts, MeetingFacts, PlanFacts, TermDays
from monitoring.wording import capital, counted, day, ordinal, weekday
from sip.models import Plan

_STATE = Plan.State
_NOT_DECIDED = (_STATE.OBJECTIVES, _STATE.DRAFTING, _STATE.WITH_THE_BOARD, _STATE.CHANGES)


@dataclass(frozen=True)
class Step:
    """A step of the year. `side`: board, leaders, or empty for the calendar's own. `state`: done, late, now, ahead."""

    label: str
    side: str
    on: date | None
    state: str
    words: str


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


def objectives_due(facts: Facts, year: int, *, of_school: bool = False) -> date | None:
    """By when objectives are usually agreed: a school's by the end of the summer before, a trust's by the half-term.
    `of_school`: the plan is that of a school for which the trust in view decides."""
    if facts.is_trust and not of_school:
        autumn = facts.term("autumn", year)
        return autumn.half_term_starts if autumn else None
    summer = facts.term("summer", year - 1)
    return summer.ends if summer else None


def decision_due(facts: Facts, year: int, *, of_school: bool = False) -> date | None:
    """By when a plan is usually approved: a school's by the autumn half-term, a trust's by the end of the term."""
    autumn = facts.term("autumn", year)
    if autumn is None:
        return None
    return autumn.ends if facts.is_trust and not of_school else autumn.half_term_starts


def steps(facts: Facts) -> list[Step]:
    """This year's dated things that exist now, in their order; those without a day stand where they are due."""
    found = [*_terms(facts), *_plan(facts), *_meetings(facts), *_next_objectives(facts)]
    found.sort(key=lambda step: (step.on or date.max, step.side))
    ahead = next((step for step in found if step.state == "ahead" and step.on), None)
    return [_marked_now(step) if step is ahead else step for step in found]


def _marked_now(step: Step) -> Step:
    return Step(step.label, step.side, step.on, "now", step.words)


def _terms(facts: Facts) -> list[Step]:
    found = []
    for term in facts.terms:
        if term.year == facts.year:
            found.append(_dated(facts, f"{capital(term.name)} term begins", "", term.starts, ""))
            found.append(_dated(facts, f"{capital(term.name)} term ends", "", term.ends, ""))
    return found


def _dated(facts: Facts, label: str, side: str, on: date, who: str) -> Step:
    words = f"{who}, {day(on, facts.today)}" if who else day(on, facts.today)
    return Step(label, side, on, "done" if on < facts.today else "ahead", words)


def _plan(facts: Facts) -> list[Step]:
    """Objectives agreed, plan put before the board, plan decided: with the day on which each was or is due."""
    if facts.comes_later:
        return []
    plan = facts.plan_of(facts.year)
    return [_agree(facts, plan), _submit(facts, plan), _decide(facts, plan)]


def _agree(facts: Facts, plan: PlanFacts | None) -> Step:
    label = "Agree the objectives"
    if plan and plan.agreed_on:
        return Step(label, "board", plan.agreed_on, "done", f"board, {day(plan.agreed_on, facts.today)}")
    if plan and plan.state != _STATE.OBJECTIVES:
        return Step(label, "board", None, "done", "board")
    return _open(facts, label, "board", objectives_due(facts, facts.year), plan.objectives_on if plan else None)


def _submit(facts: Facts, plan: PlanFacts | None) -> Step:
    label = "Put the plan before the board"
    if plan and plan.submitted_on and plan.state not in Plan.EDITABLE:
        return Step(label, "leaders", plan.submitted_on, "done", f"leaders, {day(plan.submitted_on, facts.today)}")
    meeting = facts.next_for(plan) if plan else None
    return _open(facts, label, "leaders", decision_due(facts, facts.year), meeting.papers_due_on if meeting else None)


def _decide(facts: Facts, plan: PlanFacts | None) -> Step:
    label, who = "Decide on the plan", "board" if plan is None or plan.decided_here else "the trust’s board"
    if plan and plan.state not in _NOT_DECIDED:
        on = plan.approved_on
        return Step(label, "board", on, "done", f"{who}, {day(on, facts.today)}" if on else who)
    return _open(facts, label, "board", decision_due(facts, facts.year), plan.decision_on if plan else None, who)


def _open(facts: Facts, label: str, side: str, due: date | None, planned: date | None, who: str = "") -> Step:
    """A step that is still to come: planned for a day, or due by one; late when its day has passed."""
    today, who = facts.today, who or side
    ahead = f"planned for {day(planned, today)}" if planned and planned >= today else ""
    if due and due < today:
        words = f"late: usual by {day(due, today)}, {who}{'; ' + ahead if ahead else ''}"
        return Step(label, side, planned if ahead else due, "late", words)
    if ahead:
        return Step(label, side, planned, "ahead", f"{who}, {day(planned, today)}")
    return Step(label, side, due, "ahead", f"{who}, by {day(due, today)}" if due else who)


def _meetings(facts: Facts) -> list[Step]:
    return [step for meeting in facts.meetings if meeting.is_full for step in _meeting(facts, meeting)]


def _meeting(facts: Facts, meeting: MeetingFacts) -> list[Step]:
    today, items = facts.today, counted(len(meeting.items), "item")
    first, last = date(facts.year, 9, 1), date(facts.year + 1, 8, 31)
    if not first <= meeting.day <= last:
        return []
    label = f"{meeting.board_name} meets"
    if not meeting.is_planned:
        return [Step(label, "board", meeting.day, "done", f"{day(meeting.day, today)}, {items}")]
    if meeting.day < today:
        words = f"late: what was decided on {day(meeting.day, today)} is not recorded, clerk"
        return [Step(label, "board", meeting.day, "late", words)]
    return [_papers(facts, meeting), Step(label, "board", meeting.day, "ahead", f"{day(meeting.day, today)}, {items}")]


def _papers(facts: Facts, meeting: MeetingFacts) -> Step:
    label, today = f"Papers for {day(meeting.day, facts.today)}", facts.today
    if meeting.papers_sent_on:
        sent = day(meeting.papers_sent_on, today)
        late = "" if meeting.papers_sent_on <= meeting.papers_due_on else ", later than the notice asks for"
        return Step(label, "board", meeting.papers_sent_on, "done", f"out on {sent}{late}")
    if meeting.papers_due_on < today:
        words = f"late: were due {day(meeting.papers_due_on, today)}, clerk"
        return Step(label, "board", meeting.papers_due_on, "late", words)
    return Step(label, "board", meeting.papers_due_on, "ahead", f"clerk, by {day(meeting.papers_due_on, today)}")


def _next_objectives(facts: Facts) -> list[Step]:
    """Next year's objectives, once this year's plan has been decided and the terms say when they are due."""
    following, due = facts.plan_of(facts.year + 1), objectives_due(facts, facts.year + 1)
    if following and following.agreed_on:
        words = f"board, {day(following.agreed_on, facts.today)}"
        return [Step("Agree next year’s objectives", "board", following.agreed_on, "done", words)]
    if due is None or due < facts.today or facts.is_trust:
        return []
    return [_open(facts, "Agree next year’s objectives", "board", due, None)]
