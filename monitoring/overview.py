"""What the home pages say: what is whose, where we are, the objectives, all boards at once. Facts in, rows out."""

from dataclasses import dataclass

from governance import years
from governance.permissions import Part
from monitoring.cycle import Step, steps, where_we_are
from monitoring.duties import (
    amending,
    asking,
    clerking,
    deciding,
    gathering,
    leading,
    meetings,
    own,
    reviewing,
    visiting,
)
from monitoring.duties import waiting as others
from monitoring.duties.row import Row, Wait, may, within
from monitoring.facts import Facts, PlanFacts
from monitoring.going import Going, going, review_sentence
from monitoring.permissions import P
from monitoring.ribbon import Ribbon, ribbon
from monitoring.windows import current_review, is_closing
from monitoring.wording import capital, counted, day, in_days, number, weekday
from sip.models import Plan

MOST = 5  # rows of Yours, and lines of what waits, that stand open
_AROUND = 5  # steps of the year that stand open
_STATE = Plan.State
_PRESSING = {"late": 0, "now": 1, "next": 2, "ahead": 2}


@dataclass(frozen=True)
class Line:
    """An objective in one line."""

    pk: int
    number: int
    title: str
    lead: str
    now: str
    aim: str
    what: str
    by_when: str
    going: Going | None = None  # once a review is with governors


@dataclass(frozen=True)
class BoardLine:
    """One organisation among all of a person's."""

    name: str
    slug: str
    plan: str
    meeting: str
    mine: int
    late: int


@dataclass(frozen=True)
class Year:
    """The year's steps as the page folds them: before, around now, later."""

    done: list[Step]
    near: list[Step]
    later: list[Step]
    done_words: str
    later_words: str


@dataclass(frozen=True)
class Home:
    """All that the home of one organisation says."""

    facts: Facts
    where: tuple[str, str, str]
    rows: list[Row]
    more: list[Row]
    how_many: str
    nothing: str
    waits: list[Wait]
    more_waits: list[Wait]
    year: Year
    ribbon: Ribbon
    year_in_words: str
    plan: str
    lines: list[Line]
    no_lines: str
    term: str
    lines_show: str
    has_progress: bool
    is_visit: bool
    takes_over: bool  # whether there is a handover pack for this person


def home(facts: Facts) -> Home:
    """The home of one organisation, from its facts."""
    rows, waits, found = yours(facts), waiting(facts), steps(facts)
    return Home(
        facts=facts,
        where=where(facts),
        rows=rows[:MOST],
        more=rows[MOST:],
        how_many=how_many(rows),
        nothing=nothing_yet(facts),
        waits=waits[:MOST],
        more_waits=waits[MOST:],
        year=year(facts, found),
        ribbon=ribbon(facts.year, facts.today, facts.terms, found),
        year_in_words=years.written(facts.year),
        plan=plan_sentence(facts, facts.current),
        lines=lines(facts),
        no_lines=no_lines(facts),
        term=term_of_lines(facts),
        lines_show=_shown(facts),
        has_progress=bool(facts.current and facts.current.state in (_STATE.APPROVED, _STATE.CLOSED)),
        is_visit=bool(facts.parts) and facts.parts <= {Part.ADVISER, Part.INSPECTOR},
        takes_over=may(facts.parts, P.TAKE_OVER),
    )


def yours(facts: Facts) -> list[Row]:
    """What is this person's to do here, the most pressing first."""
    rows = [
        *meetings.at_the_meeting(facts),
        *meetings.in_writing(facts),
        *deciding.deciding(facts),
        *asking.questions(facts),
        *meetings.round_meetings(facts),
        *leading.leading(facts),
        *gathering.gathering(facts),
        *amending.amending(facts),
        *reviewing.reviewing(facts),
        *visiting.visiting(facts),
        *own.ones_own(facts),
        *clerking.clerking(facts),
    ]
    return sorted(rows, key=lambda row: row.order)


def pressing(several: list[Facts]) -> list[tuple[str, Row]]:
    """What presses most on any of this person's boards, each with the name of the school or trust."""
    found = [(facts.organisation, row) for facts in several for row in yours(facts)]
    return sorted(found, key=lambda one: one[1].order)[:MOST]


def waiting(facts: Facts) -> list[Wait]:
    """What others are to do, late first, then by day."""
    return sorted(others.waits(facts), key=lambda wait: (wait.due is None, wait.due or facts.today))


def how_many(rows: list[Row]) -> str:
    """The quiet words beside Yours."""
    if not rows:
        return ""
    if len(rows) <= MOST:
        return "one thing" if len(rows) == 1 else f"{counted(len(rows), 'thing')}, the most pressing first"
    return f"the {number(MOST)} most pressing of {number(len(rows))}"


def nothing_yet(facts: Facts) -> str:
    """The calm sentence when nothing is this person's: until when, where that is known."""
    actions = sorted(thing.due for thing in facts.are("action") if thing.due and thing.due > facts.today)
    if actions:
        return f"Nothing is yours now. Your next action is due on {day(actions[0], facts.today)}."
    sits = [meeting for meeting in facts.coming if meeting.parts]
    if sits:
        return f"Nothing is yours until the {within(sits[0].board_name)} meets on {day(sits[0].day, facts.today)}."
    return "Nothing is yours now. When something is, it stands here."


def where(facts: Facts) -> tuple[str, str, str]:
    """The head's sentence in three pieces, the second to be stressed: week and plan, "8 days", and on which day."""
    start = where_we_are(facts.today, facts.terms) or f"It is {weekday(facts.today, facts.today)}"
    if said := season(facts):
        start = f"{start}. {said}"
    meeting = next((one for one in facts.coming if one.is_full and one.parts), None)
    if meeting is None:
        return f"{start}.", "", ""
    if (meeting.day - facts.today).days <= 1:
        return f"{start}; the board meets", in_days(meeting.day, facts.today), f", at {meeting.at:%H:%M}."
    ahead = in_days(meeting.day, facts.today)
    return f"{start}; the board meets in", ahead.removeprefix("in "), f", on {weekday(meeting.day, facts.today)}."


def season(facts: Facts) -> str:
    """What people are at now, as a sentence without its full stop; empty where there is nothing to say."""
    if found := current_review(facts):
        plan, review = found
        if is_closing(facts, plan):
            return "Leaders are closing the plan"
        with_governors = f"The {review.point.word} review is with governors"
        return "Leaders are rating their progress" if review.is_open else with_governors
    plan = facts.current
    if plan is None or plan.year < facts.year:
        return ""
    if is_closing(facts, plan):
        return "Leaders are closing the plan"
    return {
        _STATE.OBJECTIVES: "The board is setting the objectives",
        _STATE.DRAFTING: "Leaders are drafting the plan",
        _STATE.WITH_THE_BOARD: "The plan is with the board",
        _STATE.CHANGES: "Leaders are changing the plan",
    }.get(plan.state, "")


def plan_sentence(facts: Facts, plan: PlanFacts | None) -> str:
    """Where the plan stands, in one sentence without a full stop."""
    if plan is None:
        return facts.nothing_to_read if facts.comes_later else f"No plan for {years.written(facts.year)} yet"
    said = state_sentence(plan.state, facts.today, plan.submitted_on, plan.approved_on)
    said = said if plan.year == facts.year else f"{years.written(plan.year)}: {said}"
    if plan.state == _STATE.APPROVED and plan.reviews:
        return f"{said}; {review_sentence(facts, plan)}"
    on = facts.ahead(plan.decision_on)
    return f"{said}; decision on {day(on, facts.today)}" if on else said


def state_sentence(state: str | None, today, submitted_on=None, approved_on=None) -> str:
    """The state of a plan in words; None: there is none that the reader may see."""
    since = f" since {day(submitted_on, today)}" if submitted_on else ""
    on = f" on {day(approved_on, today)}" if approved_on else ""
    return {
        _STATE.OBJECTIVES: "The board is setting the objectives",
        _STATE.DRAFTING: "Leaders are drafting the plan",
        _STATE.WITH_THE_BOARD: f"With the board{since}",
        _STATE.CHANGES: "Changes asked for",
        _STATE.APPROVED: f"Approved{on}",
        _STATE.CLOSED: "Closed",
    }.get(state, "Nothing is with the board yet")


def no_lines(facts: Facts) -> str:
    """What stands where no objective can be shown: who acts next."""
    plan = facts.current
    if facts.has(Part.ADVISER, Part.INSPECTOR, Part.STAFF) and (plan is None or not plan.objectives):
        return "Nothing is approved yet. The objectives stand here when the board has decided on the plan."
    if plan is None and facts.comes_later:
        return f"{facts.nothing_to_read}. The objectives stand here from the day the plan is."
    if plan is None:
        who = "The trust leader" if facts.is_trust else "The headteacher"
        return f"{who}, the chair or the clerk begins the plan; then objectives can be proposed."
    if plan.state == _STATE.OBJECTIVES:
        return "None is proposed yet. Leaders and governors propose, and the board agrees them at a meeting."
    return "They stand here again when the plan is with the board."


def lines(facts: Facts) -> list[Line]:
    """The objectives of the plan that people mean today, in one line each."""
    plan = facts.current
    if plan is None:
        return []
    return [
        Line(
            pk=one.pk,
            number=one.number,
            title=one.title,
            lead=one.lead,
            now=one.now,
            aim=one.aim,
            what=one.what,
            by_when=f"by {one.by_when:%B} {one.by_when.year}" if one.by_when else "",
            going=going(facts, plan, one.pk),
        )
        for one in plan.objectives
        if not one.is_stopped
    ]


def term_of_lines(facts: Facts) -> str:
    """The term whose ratings the objectives show, "Autumn"; empty while governors have none of this plan."""
    sent = facts.current.last_sent if facts.current else None
    return sent.point.name if sent else ""


def _shown(facts: Facts) -> str:
    """What the objectives' table shows, for its caption."""
    term = term_of_lines(facts).lower()
    return f"The objectives with their ratings of the {term} term" if term else "The objectives with leads and aims"


def school_review(row: dict, today) -> str:
    """Where the last review of a trust's school stands; empty where there is none."""
    if not row["review_term"]:
        return ""
    term = f"{capital(row['review_term'])} review"
    if row["received_on"]:
        return f"{term}: received on {day(row['received_on'], today)}"
    if row["review_state"] == "open":
        return f"{term}: leaders are rating"
    return f"{term}: with governors since {day(row['sent_on'], today)}"


def year(facts: Facts, found: list[Step]) -> Year:
    """Done steps fold away; what is late stands first, then what is open now, then what comes next; the rest folds."""
    done = [step for step in found if step.state == "done"]
    still = sorted((step for step in found if step.state != "done"), key=lambda step: _PRESSING[step.state])
    around = max(_AROUND, 1 + sum(step.state in ("late", "now") for step in still))
    near, later = still[:around], still[around:]
    last = max((step.on for step in done if step.on), default=None)
    return Year(
        done,
        near,
        later,
        f"{capital(counted(len(done), 'step'))} done" + (f", the last on {day(last, facts.today)}" if last else ""),
        _how_many_later(later),
    )


def _how_many_later(steps: list[Step]) -> str:
    """ "Seven more until July"; without the month where the terms are not known yet."""
    last = max((step.on for step in steps if step.on), default=None)
    return f"{capital(number(len(steps)))} more" + (f" until {last:%B}" if last else "")


def board_line(facts: Facts) -> BoardLine:
    """One organisation's line on the page of all boards."""
    rows = yours(facts)
    meeting = next((one for one in facts.coming if one.parts), None)
    said = f"{weekday(meeting.day, facts.today)}, {meeting.at:%H:%M}" if meeting else "none planned"
    return BoardLine(
        facts.organisation,
        facts.slug,
        plan_sentence(facts, facts.current),
        said,
        len(rows),
        sum(row.late for row in rows),
    )
