"""Walks an organisation's history: each act by the operation that the product has for it, at its real day and hour."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial

from foundation import clock
from governance import deciding, meetings, strategy
from governance.models import Meeting, Seat, Strategy
from governance.reporting import REPORTS
from monitoring import receiving
from monitoring.demonstration import (
    amending,
    context,
    following_up,
    gathering,
    handing_on,
    measuring,
    naming,
    placing,
    printing,
    reviewing,
    soundings,
    visiting,
    year_papers,
)
from monitoring.demonstration import deciding as between
from monitoring.demonstration.events import AFTERNOON, EARLY, LATE, MORNING, NOON, Event, plan_of
from monitoring.demonstration.fast_hands import events as fast_hands
from monitoring.demonstration.people import Hall
from sip import agreeing, approval, asking, drafting
from sip import deciding as plan_deciding
from sip.amendment_deciding import decide_amendment
from sip.gathering import discuss_evidence
from sip.models import Objective, Plan, Question


def events(hall: Hall, halls: dict[str, Hall]) -> Iterator[Event]:
    """Everything that happened in one organisation, in no order."""
    for facts in hall.facts.get("meetings", []):
        yield from _meeting(hall, halls, facts)
    yield from _strategy(hall)
    yield from naming.events(hall)
    yield from context.events(hall)
    yield from printing.events(hall)
    yield from gathering.events(hall)
    yield from measuring.events(hall)
    yield from fast_hands(hall)
    for facts in hall.facts.get("plans", []):
        yield from _plan(hall, halls, facts)
        yield from reviewing.events(hall, facts)
        yield from handing_on.events(hall, facts)
        yield from soundings.events(hall, facts)
    yield from between.events(hall)
    yield from following_up.events(hall)
    yield from amending.events(hall)
    yield from visiting.events(hall)
    yield from placing.events(hall)
    yield from year_papers.events(hall)


def walk(everything: list[Event]) -> None:
    """Make it all happen, in the order in which it happened."""
    for event in sorted(everything, key=lambda event: event.at):
        with clock.standing_at(event.at):
            event.act()


# --- the strategy ----------------------------------------------------------------------------------------------------


def _strategy(hall: Hall) -> Iterator[Event]:
    facts = hall.facts.get("strategy")
    if facts:
        day = _day_of(hall, "strategy") - timedelta(days=60)
        yield Event(clock.local(day, MORNING), lambda: _write_strategy(hall, facts))


def _write_strategy(hall: Hall, facts: dict) -> None:
    words = {
        name: facts[name].strip() if name == "vision" else facts[name]
        for name in ("title", "vision", "first_year", "last_year")
    }
    begun = strategy.begin_strategy(hall.organisation, by=hall.clerk, **words)
    rows = [{name: text.strip() for name, text in row.items() if name != "key"} for row in facts["priorities"]]
    strategy.write_strategy(begun, revision=begun.revision, priorities=rows, by=hall.clerk, **words)


# --- meetings --------------------------------------------------------------------------------------------------------


def _meeting(hall: Hall, halls: dict[str, Hall], facts: dict) -> Iterator[Event]:
    day, begins = facts["date"], time.fromisoformat(facts["time"])
    papers = facts.get("papers_sent_on")
    agenda = papers or min(clock.today(), day - timedelta(days=14))
    held: dict[str, Meeting] = {}

    def plan() -> None:
        board = hall.board_called(facts["board"])
        held["meeting"] = meetings.plan_meeting(
            board, day=day, time=begins, place=facts.get("place", ""), by=hall.clerk
        )

    yield Event(clock.local(min(day - timedelta(days=40), clock.today()), EARLY), plan)
    yield Event(clock.local(agenda, time(11)), lambda: _agenda(hall, halls, held["meeting"], facts))
    if papers:
        yield Event(clock.local(papers, NOON), lambda: meetings.send_papers(held["meeting"], by=hall.clerk))
    if day < clock.today():
        yield Event(clock.local(day, begins), lambda: _hold(hall, halls, held["meeting"], facts))
    if facts.get("minutes_signed_on"):
        signed = facts["minutes_signed_on"]
        late = time(20, 30)
        yield Event(clock.local(signed, late), lambda: meetings.sign_minutes(held["meeting"], on=signed, by=hall.clerk))


def _agenda(hall: Hall, halls: dict[str, Hall], meeting: Meeting, facts: dict) -> None:
    for facts_of_item in facts.get("items", []):
        kind = facts_of_item.get("kind", "ordinary")
        other = halls[facts_of_item["organisation"]] if facts_of_item.get("organisation") else hall
        if kind == "strategy":
            draft = hall.organisation.strategies.get(state=Strategy.State.DRAFT)
            meetings.add_item(
                meeting,
                title=facts_of_item["title"],
                note=facts_of_item.get("note", ""),
                kind=kind,
                strategy=draft,
                by=hall.clerk,
            )
        elif kind in ("objectives", "plan"):
            plan = other.organisation.plans.get(year=facts_of_item["plan"])
            put = plan_deciding.put_objectives if kind == "objectives" else plan_deciding.put_plan
            put(plan, meeting=meeting, by=hall.clerk)
        elif kind == "review":
            review = reviewing.review_of(other, facts_of_item["plan"], facts_of_item["term"])
            receiving.put_review(review, meeting=meeting, by=hall.clerk)
        elif kind == "amendment":
            amending.put(other, meeting, facts_of_item["plan"])
        elif kind == "evidence":
            gathering.put(other, meeting, facts_of_item)
        else:
            words = {"title": facts_of_item["title"], "note": facts_of_item.get("note", "")}
            item = meetings.add_item(meeting, by=hall.clerk, **words)
            gathering.bring_papers(hall, item, facts_of_item)
    between.differences_last(hall, meeting)


def _hold(hall: Hall, halls: dict[str, Hall], meeting: Meeting, facts: dict) -> None:
    meeting.refresh_from_db()
    how = _attendance(hall, meeting, facts)
    meetings.record_attendance(meeting, how=how, acting_chair=_in_the_chair(meeting, how), by=hall.clerk)
    planned = meeting.items.exclude(kind__in=REPORTS).order_by("position")
    for item, facts_of_item in zip(planned, facts["items"], strict=True):
        _decide(hall, item, facts_of_item)
    between.note_reports(hall, meeting)
    meeting.refresh_from_db()
    meetings.close_meeting(meeting, by=hall.clerk)


def _attendance(hall: Hall, meeting: Meeting, facts: dict) -> dict[int, str]:
    how = {person.pk: "in person" for person in meeting.board.members(on=meeting.day)}
    for word, names in (
        ("remotely", "remote"),
        ("apologies", "apologies"),
        ("absent", "absent"),
        ("in person", "in_attendance"),
    ):
        how |= {hall.person(name).pk: word for name in facts.get(names, [])}
    return how


def _in_the_chair(meeting: Meeting, how: dict[int, str]):
    there = {number for number, word in how.items() if word in ("in person", "remotely")}
    for position in (Seat.Position.CHAIR, Seat.Position.VICE_CHAIR, Seat.Position.MEMBER):
        seats = meeting.board.seats.on(meeting.day).filter(position=position, votes=True, person__in=there)
        if seat := seats.select_related("person").first():
            return seat.person
    raise LookupError(f"nobody could chair {meeting}")


def _decide(hall: Hall, item, facts: dict) -> None:
    for row in facts.get("withdrawn", []):
        meetings.withdraw(item, person=hall.person(row["name"]), reason=row.get("reason", ""), by=hall.clerk)
    if not facts.get("outcome"):
        meetings.close_item(item, by=hall.clerk)
        return
    decide = {
        "ordinary": deciding.decide_ordinary,
        "strategy": deciding.decide_strategy,
        "objectives": plan_deciding.decide_objectives,
        "plan": plan_deciding.decide_plan,
        "review": receiving.decide_review,
        "amendment": decide_amendment,
        "evidence": discuss_evidence,
    }[facts.get("kind", "ordinary")]
    decide(item, resolved=_resolved(hall, item, facts), by=hall.clerk)


def _resolved(hall: Hall, item, facts: dict) -> deciding.Resolved:
    counts = (
        {"votes_for": facts["for"], "votes_against": facts["against"], "abstained": facts["abstained"]}
        if facts["how"] == "hands"
        else {}
    )
    conditions = [
        {"text": row["text"], "owner": hall.person(row["owner"]), "due_on": row["due"]}
        for row in facts.get("conditions", [])
    ]
    return deciding.Resolved(
        outcome=facts["outcome"],
        how=facts["how"],
        reason=facts.get("reason", ""),
        conditions=conditions,
        minute_reference=facts.get("minute", ""),
        decided_on=item.meeting.day,
        **counts,
    )


# --- plans -----------------------------------------------------------------------------------------------------------


def _plan(hall: Hall, halls: dict[str, Hall], facts: dict) -> Iterator[Event]:
    year = facts["year"]
    agreed = _agreed_on(hall, halls, year)
    submitted = facts.get("submitted_on", [])
    drafted = (
        submitted[0] - timedelta(days=4)
        if submitted
        else min(agreed + timedelta(days=75), clock.today() - timedelta(days=7))
    )
    yield Event(clock.local(agreed - timedelta(days=30), MORNING), lambda: _begin(hall, facts))
    yield Event(clock.local(drafted, MORNING), lambda: _draft(hall, facts))
    for day in submitted:
        yield Event(clock.local(day, EARLY), lambda: approval.submit_plan(plan_of(hall, year), by=hall.leader))
    for row in facts.get("questions", []):
        yield from _question(hall, year, row)
    for number, row in enumerate(facts["objectives"], start=1):
        if row.get("carried"):
            yield Event(clock.local(row["carried"], LATE), partial(_word_on, hall, year, number, row))


def _begin(hall: Hall, facts: dict) -> None:
    plan = agreeing.begin_plan(hall.organisation, year=facts["year"], by=hall.clerk)
    for row in facts["objectives"]:
        if not row.get("carried"):
            agreeing.propose_objective(plan, **_words(hall, plan, row), by=hall.user_or_clerk(row.get("proposed_by")))


def _word_on(hall: Hall, year: int, number: int, row: dict) -> None:
    """What last year's plan handed on: the clerk words it on, and puts it where it stands among the others."""
    plan = plan_of(hall, year)
    objective = plan.objectives.exclude(carried_from=None).get()
    agreeing.word_objective(objective, revision=objective.revision, **_words(hall, plan, row), by=hall.clerk)
    while objective.position > number:
        agreeing.move_objective(objective, up=True, by=hall.clerk)


def _words(hall: Hall, plan: Plan, row: dict) -> dict:
    titles = {one["key"]: one["title"] for one in hall.facts["strategy"]["priorities"]}
    seat, board = _monitor(hall, plan, row.get("monitor"))
    return {
        "priority": plan.strategy.priorities.get(title=titles[row["priority"]]) if row.get("priority") else None,
        "title": row["title"],
        "where_now": row.get("where_now", "").strip(),
        "where_to": row.get("where_to", "").strip(),
        "by_when": row.get("by_when"),
        "figure_what": row.get("figure_what", ""),
        "figure_now": row.get("figure_now", ""),
        "figure_aim": row.get("figure_aim", ""),
        "lead": hall.person(row["lead"]) if row.get("lead") else None,
        "team": [hall.person(name) for name in row.get("team", [])],
        "monitor_seat": seat,
        "monitor_board": board,
        "key_area": gathering.area_called(hall, plan.year, row.get("key_area")),
    }


def _monitor(hall: Hall, plan: Plan, name: str | None):
    if not name:
        return None, None
    for place in (hall.organisation, plan.deciding_board.here):
        if board := place.boards.filter(name=name).exclude(kind="full board").first():
            return None, board
        if seat := place.seats().filter(person__name=name, board__kind="full board").first():
            return seat, None
    raise LookupError(f"{hall.organisation.slug}: {name} holds no seat")


def _draft(hall: Hall, facts: dict) -> None:
    plan = plan_of(hall, facts["year"])
    texts = {name: facts.get(name, "").strip() for name in ("how_made", "how_monitored")}
    drafting.write_plan_text(plan, revision=plan.revision, by=hall.leader, **texts)
    for objective, row in zip(plan.objectives.order_by("position"), facts["objectives"], strict=True):
        drafting.save_objective(
            objective,
            revision=objective.revision,
            actions=[_action(hall, action) for action in row.get("actions", [])],
            criteria=[_criterion(criterion) for criterion in row.get("criteria", [])],
            by=hall.leader,
        )


def _action(hall: Hall, row: dict) -> dict:
    return {
        "heading": row.get("heading", ""),
        "what": row["what"],
        "owner": hall.person(row["owner"]) if row.get("owner") else None,
        "supporters": row.get("supporters", ""),
        "starts_on": row.get("from"),
        "due_on": row.get("due"),
        "cost": row.get("cost"),
        "cost_source": row.get("source", ""),
        "resources": row.get("resources", ""),
        "outcome": row.get("outcome", ""),
        "checked_how": row.get("checked_how", ""),
        "checked_by": hall.person(row["checked_by"]) if row.get("checked_by") else None,
        "checked_when": row.get("checked_when", ""),
    }


def _criterion(row: dict) -> dict:
    terms = {term: row[term] for term in ("autumn", "spring", "summer") if row.get(term)}
    return {"text": row["text"], "by_when": row.get("by_when"), "milestones": terms, "target": _target(row)}


def _target(row: dict) -> dict | None:
    """ "measure" of a criterion: what is counted, from where, to what."""
    measure = row.get("measure")
    if not measure:
        return None
    names = ("baseline", "aim", "by_autumn", "by_spring", "by_summer")
    figures = {name: Decimal(str(measure[name])) if name in measure else None for name in names}
    counts = {"counts_pupils": measure.get("counts", "pupils") == "pupils", "cohort": measure.get("cohort")}
    how = {"measure": measure["name"], "unit": measure["unit"], "better": measure.get("better", "higher")}
    return how | figures | counts


# --- questions -------------------------------------------------------------------------------------------------------


def _question(hall: Hall, year: int, row: dict) -> Iterator[Event]:
    held: dict[str, Question] = {}

    def ask() -> None:
        plan = plan_of(hall, year)
        objective, action = _part(plan, row)
        held["question"] = asking.ask(
            plan,
            text=row["text"],
            needs_answer=row.get("needs_answer", True),
            objective=objective,
            action=action,
            criterion=None,
            to=objective.lead if objective and objective.lead else hall.leader.person,
            due_on=row.get("due"),
            by=hall.user(row["asked_by"]),
        )

    yield Event(clock.local(row["asked_on"], time(13)), ask)
    if row.get("answer"):
        by = hall.user(row["answered_by"])
        yield Event(
            clock.local(row["answered_on"], AFTERNOON),
            lambda: asking.answer(held["question"], text=row["answer"], by=by),
        )
    if row.get("closed_on"):
        closer = hall.user(row["closed_by"])
        yield Event(clock.local(row["closed_on"], LATE), lambda: asking.close_question(held["question"], by=closer))


def _part(plan: Plan, row: dict):
    if not row.get("objective"):
        return None, None
    objective: Objective = plan.objectives.order_by("position")[row["objective"] - 1]
    action = objective.actions.order_by("position")[row["action"] - 1] if row.get("action") else None
    return objective, action


def _day_of(hall: Hall, kind: str) -> date:
    return next(m["date"] for m in hall.facts["meetings"] for i in m.get("items", []) if i.get("kind") == kind)


def _agreed_on(hall: Hall, halls: dict[str, Hall], year: int) -> date:
    """The day of the meeting, of its own board or of its trust's, at which the objectives of a year were agreed."""
    for other in halls.values():
        for meeting in other.facts.get("meetings", []):
            for item in meeting.get("items", []):
                whose = item.get("organisation", other.facts["slug"])
                if item.get("kind") == "objectives" and item.get("plan") == year and whose == hall.facts["slug"]:
                    return meeting["date"]
    raise LookupError(f"{hall.organisation.slug}: no meeting agrees the objectives of {year}")
