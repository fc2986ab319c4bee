"""The plan goes to the board, and comes back: submitted, taken back by the head, returned by the chair."""

from foundation import clock, outbox
from foundation.audit import AuditEvent
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import AgendaItem, Person, Role, User
from sip import deciding, documents
from sip.models import Plan, PlanItem, Version
from sip.permissions import P
from sip.versions import freeze


@operation(P.SUBMIT_PLAN)
def submit_plan(plan: Plan, *, by: User) -> Version:
    """Freeze the plan as it stands and put it before the board that decides."""
    if why := why_not_submitted(plan):
        raise Conflict(why)
    plan.advance(to=Plan.State.WITH_THE_BOARD)
    plan.submitted_at = clock.now()
    plan.save(update_fields=["submitted_at"])
    plan.touch()
    version = freeze(plan, by=by)
    deciding.put_latest(plan, version)
    documents.ask_for(version, "submitted")
    for person in _board_side(plan):
        _tell(plan, "plan_submitted", person, by=by, mark=version.pk)
    return version


@operation(P.TAKE_BACK_PLAN)
def take_back_plan(plan: Plan, *, by: User) -> Plan:
    """The head takes the plan back to work on it, as long as the papers of its meeting are not out."""
    if why := why_not_taken_back(plan):
        raise Conflict(why)
    plan.advance(to=_before_submission(plan))
    plan.touch()
    return plan


@operation(P.RETURN_PLAN)
def return_plan(plan: Plan, *, reason: str, by: User) -> Plan:
    """The chair returns the plan to the leaders, with reasons."""
    if plan.state != Plan.State.WITH_THE_BOARD:
        raise Conflict(f"{plan} cannot be returned now: {_where(plan)}.")
    if coming_items(plan).filter(item__state=AgendaItem.State.OPEN).exists():
        raise Conflict("The board is at this item now: record what it decides instead.")
    plan.advance(to=Plan.State.CHANGES)
    plan.returned_reason = reason
    plan.save(update_fields=["returned_reason"])
    plan.touch()
    for person in _leaders(plan):
        _tell(plan, "plan_returned", person, by=by, mark=plan.revision)
    return plan


def coming_items(plan: Plan):
    """The agenda items that are to decide on the plan, not on its objectives, and have not yet."""
    undecided = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)
    return PlanItem.objects.filter(plan=plan, item__kind=AgendaItem.Kind.PLAN, item__state__in=undecided)


def next_number(plan: Plan) -> int:
    """The number that the next version will have."""
    return plan.versions.count() + 1


def why_not_submitted(plan: Plan) -> str:
    """The sentence that says why the plan cannot go to the board now; empty when it can."""
    if plan.state not in Plan.EDITABLE:
        return f"{plan} cannot be submitted now: {_where(plan)}."
    if not plan.objectives.exists():
        return "The plan has no objective yet, so there is nothing that the board could decide on."
    return ""


def why_not_taken_back(plan: Plan) -> str:
    """The sentence that says why the head cannot take the plan back any more; empty while it is possible."""
    if plan.state != Plan.State.WITH_THE_BOARD:
        return f"{plan} cannot be taken back now: {_where(plan)}."
    for row in coming_items(plan).select_related("item__meeting"):
        meeting = row.item.meeting
        if meeting.papers_are_out:
            day = f"{meeting.day.day} {meeting.day:%B}"
            return f"The papers for {day} are out. The chair can return the plan, or the board can ask for changes."
    return ""


def _before_submission(plan: Plan) -> str:
    """What the plan was when it was last submitted: the record of that act says so."""
    acts = AuditEvent.objects.filter(thing=plan._meta.label_lower, thing_id=plan.pk, what="submit_plan")
    last = acts.order_by("-pk").first()
    return last.before.get("state", Plan.State.DRAFTING) if last else Plan.State.DRAFTING


def _where(plan: Plan) -> str:
    """Where it is, said after a colon."""
    return "changes are asked for" if plan.state == Plan.State.CHANGES else f"it is {_STATES[plan.state]}"


_STATES = {
    Plan.State.OBJECTIVES: "still at its objectives, which the board sets first",
    Plan.State.DRAFTING: "being drafted by the leaders",
    Plan.State.WITH_THE_BOARD: "with the board",
    Plan.State.APPROVED: "approved",
    Plan.State.CLOSED: "closed",
}


def _board_side(plan: Plan) -> list[Person]:
    """The members of the board that decides, and the clerks of the organisations it serves."""
    today = clock.today()
    clerks = Role.objects.on(today).filter(
        kind=Role.Kind.CLERK, organisation__in=plan.deciding_board.organisations.values("pk")
    )
    members = plan.deciding_board.members(on=today)
    extra = Person.objects.filter(roles__in=clerks).exclude(pk__in=[member.pk for member in members]).distinct()
    return members + list(extra)


def _leaders(plan: Plan) -> list[Person]:
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=plan.organisation_id)
    return list(Person.objects.filter(roles__in=roles).distinct())


def _tell(plan: Plan, template: str, person: Person, *, by: User, mark: int) -> None:
    """Mail to one person who did not do it themselves."""
    if person.pk != by.person_id:
        outbox.post(
            f"{template}:{plan.pk}:{mark}:{person.pk}", template, to=person, stream=plan.audit_stream, plan=plan, by=by
        )
