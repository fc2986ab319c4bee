"""How a plan went in the demonstration: actions done, terms rated, sent and seen by monitors; the year closed."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from functools import partial

from foundation import clock
from governance.models import Person, User
from monitoring import closing, rating, reviewing, viewing, windows
from monitoring.demonstration.events import AFTERNOON, EARLY, LATE, MORNING, NOON, Event, plan_of
from monitoring.demonstration.people import Hall
from monitoring.models import Review
from sip import doing
from sip.models import Milestone, Objective

_BEAT, _EVENING = time(6), time(19)


def events(hall: Hall, facts: dict) -> Iterator[Event]:
    """Everything that happened to one plan after the board had approved it, in no order."""
    year = facts["year"]
    for number, row in enumerate(facts["objectives"], start=1):
        for place, action in enumerate(row.get("actions", []), start=1):
            for said in action.get("status", []):
                yield Event(clock.local(said["on"], AFTERNOON), partial(_say_status, hall, year, number, place, said))
    for row in facts.get("reviews", []):
        yield from _review(hall, year, row)
    if facts.get("closed_on"):
        yield Event(clock.local(facts["closed_on"], NOON), partial(_write_outcomes, hall, facts))
        yield Event(clock.local(facts["closed_on"], AFTERNOON), partial(_close, hall, year))


# --- actions ---------------------------------------------------------------------------------------------------------


def _say_status(hall: Hall, year: int, number: int, place: int, said: dict) -> None:
    objective = plan_of(hall, year).objectives.order_by("position")[number - 1]
    action = objective.actions.order_by("position")[place - 1]
    by = getattr(action.owner, "user", None) or hall.leader
    doing.say_status(action, status=said["is"], note=said.get("note", ""), by=by)


# --- a review --------------------------------------------------------------------------------------------------------


def _review(hall: Hall, year: int, row: dict) -> Iterator[Event]:
    term = row["term"]
    if row.get("opened_on"):
        yield Event(clock.local(row["opened_on"], MORNING), partial(_open, hall, year, term))
    else:
        yield Event(clock.local(_opens_on(hall, year, term), _BEAT), reviewing.open_due)
    for said in row.get("objectives", []):
        day = said.get("on") or row["rated_on"]
        yield Event(clock.local(day, LATE), partial(_say, hall, year, term, said))
        if view := said.get("view"):
            at = clock.local(view["on"], view.get("at", _EVENING))
            yield Event(at, partial(_view, hall, year, term, said["of"], view))
    if row.get("sent_on"):
        yield Event(clock.local(row["sent_on"], EARLY), partial(_narrate, hall, year, term, row["narrative"]))
        yield Event(clock.local(row["sent_on"], MORNING), partial(_send, hall, year, term))


def _opens_on(hall: Hall, year: int, term: str) -> date:
    days = next(one for one in hall.organisation.terms_of(year) if one.name == term)
    return windows.opens_on(windows.days_of(days))


def _open(hall: Hall, year: int, term: str) -> None:
    reviewing.open_review(plan_of(hall, year), term=term, by=hall.leader)


def _narrate(hall: Hall, year: int, term: str, narrative: str) -> None:
    review = review_of(hall, year, term)
    reviewing.write_narrative(review, revision=review.revision, narrative=narrative.strip(), by=hall.leader)


def _send(hall: Hall, year: int, term: str) -> None:
    reviewing.send_review(review_of(hall, year, term), by=hall.leader)


def _say(hall: Hall, year: int, term: str, said: dict) -> None:
    """What a lead, or the leader where the lead has no sign-in, says of one objective: ratings, readings, words."""
    review = review_of(hall, year, term)
    objective = _objective(review, said["of"])
    by = hall.user(said["by"]) if said.get("by") else _lead(hall, objective)
    for row in said.get("ratings", []):
        _rate(review, objective, row, by, objective.lead if said.get("for_the_lead") else None)
    for number, value in said.get("readings", {}).items():
        target = objective.criteria.order_by("position")[int(number) - 1].target
        cohort = target.cohort if target.measure.counts_pupils else None
        rating.read_measure(review, target=target, value=Decimal(str(value)), cohort=cohort, by=by)
    if said.get("words"):
        rating.sum_up(
            review,
            objective=objective,
            revision=0,
            words=said["words"],
            mark=said.get("mark", ""),
            why=said.get("why", ""),
            by=by,
        )


def _rate(review: Review, objective: Objective, row: dict, by: User, said_for: Person | None) -> None:
    milestone = _milestone(objective, row["at"])
    if row.get("same"):
        rating.say_no_change(review, milestone=milestone, by=by)
        return
    rating.rate(
        review,
        milestone=milestone,
        revision=0,
        mark=row["mark"],
        why=row["why"],
        next_step=row.get("next", ""),
        next_by=row.get("by"),
        evidence=row.get("evidence", []),
        evidence_named=row.get("named", ""),
        said_for=said_for,
        by=by,
    )


def _view(hall: Hall, year: int, term: str, number: int, view: dict) -> None:
    review = review_of(hall, year, term)
    viewing.give_view(
        review,
        objective=_objective(review, number),
        revision=0,
        stance=view["stance"],
        mark=view.get("mark", ""),
        why=view.get("why", ""),
        by=hall.user(view["by"]),
    )


def review_of(hall: Hall, year: int, term: str) -> Review:
    """The review of a term, as it stands at the moment of asking."""
    return Review.objects.get(plan=plan_of(hall, year), term=term)


def _objective(review: Review, number: int) -> Objective:
    return review.plan.objectives.order_by("position")[number - 1]


def _milestone(objective: Objective, place: str) -> Milestone:
    """ "2 autumn": of the second criterion, the milestone of the autumn term."""
    number, term = place.split()
    return objective.criteria.order_by("position")[int(number) - 1].milestones.get(term=term)


def _lead(hall: Hall, objective: Objective) -> User:
    return getattr(objective.lead, "user", None) or hall.leader


# --- the end of the year ---------------------------------------------------------------------------------------------


def _write_outcomes(hall: Hall, facts: dict) -> None:
    objectives = plan_of(hall, facts["year"]).objectives.order_by("position")
    for objective, row in zip(objectives, facts["objectives"], strict=True):
        closing.write_outcome(
            objective, revision=objective.revision, outcome=row["came_of_it"], lesson=row["lesson"], by=hall.leader
        )


def _close(hall: Hall, year: int) -> None:
    closing.close_plan(plan_of(hall, year), by=hall.leader)
