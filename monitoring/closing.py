"""The end of a plan's year: what came of each objective, what was learned, and what next year's plan takes on."""

from dataclasses import dataclass, field, replace

from foundation import audit, clock, outbox
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance import years
from governance.models import Person, Priority, User
from governance.wording import listed, near_day
from monitoring import carrying
from monitoring.models import Review
from monitoring.models.reviews import TERMS
from monitoring.permissions import P
from monitoring.points import Point
from monitoring.reviewing import board_side, opens_on, points_of
from sip import agreeing
from sip.models import EvidencePack, Objective, Plan

_TAKEN_OVER = ("title", "where_now", "where_to", "figure_what", "figure_now", "figure_aim")


@dataclass(frozen=True)
class Closed:
    """A plan that was closed just now, and where its carried objectives went. `next_plan` is None where none was."""

    plan: Plan
    next_plan: Plan | None = None
    proposed: list[Objective] = field(default_factory=list)
    left_out: list[Objective] = field(default_factory=list)  # next year's objectives were agreed already
    evidence: EvidencePack | None = None  # where what is unfinished went

    @property
    def says(self) -> str:
        """What the page says of it."""
        said = f"The plan for {self.plan.year_in_words} is closed."
        if self.proposed:
            names = listed([f"“{one}”" for one in self.proposed])
            is_are = "is" if len(self.proposed) == 1 else "are"
            said += f" {names} {is_are} proposed for the plan {self.next_plan.year_in_words}."
        if self.left_out:
            names = listed([f"“{one}”" for one in self.left_out])
            was_were = "was" if len(self.left_out) == 1 else "were"
            said += (
                f" The objectives for {self.next_plan.year_in_words} are agreed already, so {names} {was_were} not "
                "proposed. Leaders can ask the board for a change."
            )
        if self.evidence:
            said += f" What is unfinished stands with its history in the evidence for {self.evidence.year_in_words}."
        return said


@operation(P.WRITE_OUTCOME)
def write_outcome(objective: Objective, *, revision: int, outcome: str, lesson: str, by: User) -> Objective:
    """Say what came of an objective, and what was learned. Raises StaleEdit when somebody wrote it meanwhile."""
    objective.plan = Plan.objects.select_for_update(of=("self",)).get(pk=objective.plan_id)  # nobody closes it now
    if why := why_not_written(objective.plan):
        raise Conflict(why)
    if not objective.claim_revision(revision):
        raise StaleEdit("Somebody else wrote this while you were typing.", thing=objective)
    objective.outcome, objective.lesson = outcome, lesson
    objective.save(update_fields=["outcome", "lesson"])
    objective.plan.touch()
    return objective


@operation(P.CLOSE_PLAN)
def close_plan(plan: Plan, *, by: User) -> Closed:
    """Close the plan. What is carried forward is proposed for next year's plan, and what is unfinished stands in next
    year's evidence; either is begun where there is none."""
    reviews = list(plan.reviews.select_for_update(of=("self",)))  # none of them is taken back now
    if why := why_not_closed(plan):
        raise Conflict(why)
    plan.advance(to=Plan.State.CLOSED)
    plan.touch()
    closed = replace(_carried(plan, by), evidence=carrying.carry(plan, by=by))
    last = max(reviews, key=lambda one: one.place)
    for person in board_side(last):
        if person.pk != by.person_id:
            key = f"plan_closed:{plan.pk}:{person.pk}"
            outbox.post(key, "plan_closed", to=person, stream=plan.audit_stream, plan=plan, by=by)
    return closed


def objectives_of(plan: Plan) -> list[Objective]:
    """The objectives in their order, each with the plan as it is at hand."""
    found = list(plan.objectives.select_related("priority", "lead"))
    for one in found:
        one.plan = plan
    return found


def last_review(plan: Plan, user: User) -> Review | None:
    """The last review that was sent, where this person may see it."""
    sent = Review.objects.to_read(user).filter(plan=plan).exclude(state=Review.State.OPEN)
    return max(sent, key=lambda one: one.place, default=None)


def where_it_stands(plan: Plan, why_not: str) -> str:
    """The status sentence of the page."""
    if plan.state == Plan.State.CLOSED:
        return "The plan is closed."
    return why_not or "Everything is said. The plan can be closed."


def why_not_written(plan: Plan) -> str:
    """Why nothing can be said now of what came of the plan, as a sentence; empty while it can."""
    if plan.state == Plan.State.APPROVED:
        return ""
    if plan.state == Plan.State.CLOSED:
        return "The plan is closed. What came of its objectives stays as it was written."
    return f"What came of an objective is written when its plan is approved. This one is: {plan.get_state_display()}."


def why_not_closed(plan: Plan) -> str:
    """What is to be done before the plan can be closed, as a sentence; empty when it can."""
    if plan.state != Plan.State.APPROVED:
        return f"Only an approved plan can be closed. This one is: {plan.get_state_display()}."
    reviews = list(plan.reviews.all())
    if why := _why_last_review_is_missing(plan, reviews):
        return why
    if row := next((one for one in reviews if one.is_open), None):
        return f"The {row.point.word} review is still open. Send it to governors first."
    missing = [f"“{one}”" for one in plan.objectives.all() if not (one.outcome and one.lesson)]
    if missing:
        return f"First say what came of {listed(missing)}, and what was learned."
    return ""


def _why_last_review_is_missing(plan: Plan, reviews: list[Review]) -> str:
    days = max(points_of(plan, reviews), key=lambda one: one.ends, default=None)
    point = days.point if days else Point(TERMS[-1])
    if any(one.place >= point.place for one in reviews):
        return ""
    last = point.word
    if days is None:
        return "First comes the summer review. The clerk has not said yet when the terms begin and end."
    if clock.today() < opens_on(days):
        return f"First comes the {last} review. It opens by itself on {near_day(opens_on(days))}."
    return f"First comes the {last} review. The headteacher or the clerk can open it now."


# ---------------------------------------------------------------- carried forward


def _carried(plan: Plan, by: User) -> Closed:
    """Propose what is carried forward for next year, as long as the board has not agreed its objectives yet."""
    carried = list(plan.objectives.filter(outcome=Objective.Outcome.CARRIED).select_related("monitor_seat"))
    if not carried:
        return Closed(plan)
    following = plan.organisation.plans.select_for_update(of=("self",)).filter(year=plan.year + 1).first()
    if following is None:
        following = agreeing.begun(plan.organisation, plan.year + 1)
        audit.record("begin_plan", by=by, thing=following, before={}, words={"year": following.year})
    if following.state != Plan.State.OBJECTIVES:
        return Closed(plan, following, left_out=carried)
    place = following.objectives.count()
    proposed = [_propose(one, following, place + number, by) for number, one in enumerate(carried, start=1)]
    following.touch()
    return Closed(plan, following, proposed=proposed)


def _propose(objective: Objective, plan: Plan, position: int, by: User) -> Objective:
    """The same words in next year's plan; of the people, those who are still there."""
    made = Objective(plan=plan, position=position, carried_from=objective, proposed_by=by.person)
    for word in _TAKEN_OVER:
        setattr(made, word, getattr(objective, word))
    if objective.by_when and objective.by_when >= years.first_day(
        plan.year
    ):  # an earlier day is the board's to set anew
        made.by_when = objective.by_when
    on_hand = Person.objects.on_hand(plan.organisation).order_by()
    made.priority = Priority.objects.filter(pk=objective.priority_id, strategy=plan.strategy_id).first()
    made.lead = on_hand.filter(pk=objective.lead_id).first()
    made.monitor_board = objective.monitor_board
    if objective.monitor_seat and objective.monitor_seat.is_current:
        made.monitor_seat = objective.monitor_seat
    made.save()
    made.team.set(on_hand.filter(objectives_helped=objective))
    audit.record("propose_objective", by=by, thing=made, before={}, words={"carried_from": objective})
    return made
