"""The objectives and the plan before the board: put to a meeting, decided, and what the plan does next."""

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from governance.deciding import Resolved, carry_forward, record
from governance.models import AgendaItem, Board, Decision, Delegation, Meeting, Person, Role, User
from governance.permissions import P as G
from governance.placing import place_item
from governance.resolving import record_in_writing
from sip import documents, resolutions, targets
from sip.models import Plan, PlanItem, Version
from sip.permissions import P

_UNDECIDED = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)

# ---------------------------------------------------------------- put to a meeting


@operation(P.PUT_OBJECTIVES)
def put_objectives(plan: Plan, *, meeting: Meeting, by: User) -> PlanItem:
    """Put the objectives of a plan on the agenda of the board that agrees them, or of one that recommends on them."""
    if plan.state != Plan.State.OBJECTIVES:
        raise Conflict(f"The objectives have been agreed already; now {plan.get_state_display()}.")
    if not plan.objectives.exists():
        raise Conflict("No objective is proposed yet, so there is nothing that the board could agree.")
    return _put(plan, AgendaItem.Kind.OBJECTIVES, meeting, by=by, title=f"Objectives for {plan.year_in_words}")


@operation(P.PUT_PLAN)
def put_plan(plan: Plan, *, meeting: Meeting, by: User) -> PlanItem:
    """Put the plan, in its latest version, on the agenda of the board that decides on it, or of one that recommends."""
    if plan.state != Plan.State.WITH_THE_BOARD:
        raise Conflict(f"The plan is not with the board: {plan.get_state_display()}.")
    return _put(plan, AgendaItem.Kind.PLAN, meeting, by=by, title=str(plan), version=plan.latest_version)


def board_for(plan: Plan, kind: str) -> Board | None:
    """The board that agrees the objectives, or that decides on the plan."""
    if kind == AgendaItem.Kind.OBJECTIVES:
        return plan.organisation.deciding_board(Delegation.Decides.OBJECTIVES)
    return plan.deciding_board


def advising_boards(plan: Plan, kind: str) -> list[Board]:
    """The boards that the scheme of delegation lets recommend on the objectives, or on the plan."""
    on = Delegation.Decides.OBJECTIVES if kind == AgendaItem.Kind.OBJECTIVES else Delegation.Decides.PLAN
    found = plan.organisation.boards_that(Delegation.Does.RECOMMENDS, on)
    return list(found.exclude(pk=getattr(board_for(plan, kind), "pk", None)))


def _put(plan: Plan, kind: str, meeting: Meeting, *, by: User, title: str, version: Version | None = None) -> PlanItem:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    board = board_for(plan, kind)
    recommends = meeting.board in advising_boards(plan, kind)
    if board is None or (meeting.board_id != board.pk and not recommends):
        raise Conflict(f"{board or 'No board yet'} decides on this, not {meeting.board}.")
    require(by, G.SEE_MEETINGS, meeting)
    undecided = PlanItem.objects.filter(plan=plan, item__kind=kind, item__state__in=_UNDECIDED)
    coming = undecided.filter(item__meeting__board=meeting.board)
    if row := coming.select_related("item__meeting__board").first():
        raise Conflict(f"It is on the agenda of {row.item.meeting} already.")
    resolution = "" if version else resolutions.on_objectives(plan)
    if recommends and not version:
        resolution = resolutions.recommending_objectives(plan, meeting.board, board)
    if meeting.here != plan.organisation:
        title = f"{plan.organisation}: {title[:1].lower()}{title[1:]}"[:120]
    item = place_item(meeting, title=title, kind=kind, resolution=resolution)
    return PlanItem.objects.create(item=item, plan=plan, version=version, recommends=recommends)


def put_latest(plan: Plan, version: Version) -> None:
    """A plan that is submitted again stands in its new version wherever it waits. Called within submitting.

    The items themselves are left alone: whoever decides holds an item first and the plan second, and would wait for us
    while we waited for them. What members agree to in writing stays the version that they were sent.
    """
    rows = PlanItem.objects.filter(plan=plan, item__kind=AgendaItem.Kind.PLAN, item__state__in=_UNDECIDED)
    rows.filter(item__meeting__form=Meeting.Form.MEETING).update(version=version)


def usual_resolution_of_plan(item: AgendaItem) -> str:
    """The words that are put to the board: they name the version as it is now."""
    row = item.plan_item
    if row.recommends:
        return resolutions.recommending_plan(row.version, item.meeting.board)
    return resolutions.on_plan(row.version)


# ---------------------------------------------------------------- decided


@operation(P.DECIDE)
def decide_objectives(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record what the board decided on the objectives. Agreed, leaders draft; else the board goes on setting them. Of a
    board that recommends: what it said, and nothing moves."""
    row, plan = _subject(item, AgendaItem.Kind.OBJECTIVES)
    _still_set(plan)
    decision = record(item, resolved, by)
    return _objectives_follow(row, plan, decision)


@operation(P.DECIDE)
def decide_plan(item: AgendaItem, *, resolved: Resolved, version: int | None = None, by: User) -> Decision:
    """Record what the board decided on the plan: in force, back to the leaders, to a later meeting, or declined. Of a
    board that recommends: what it said, and nothing moves.

    `version` is the one that the clerk saw; another one by now is a Conflict. So is a plan that has left the board.
    """
    row, plan = _subject(item, AgendaItem.Kind.PLAN)
    if why := why_not_decided(row, plan):
        raise Conflict(why)
    if version is not None and version != row.version_id:
        raise Conflict(
            f"The plan was submitted again: version {row.version.number} is before the board now. Open the page anew."
        )
    decision = record(item, resolved, by)
    return _plan_follows(row, plan, decision)


def objectives_in_writing(item: AgendaItem, by: User) -> Decision:
    """What a written resolution on the objectives records when everyone has agreed."""
    row, plan = _subject(item, AgendaItem.Kind.OBJECTIVES)
    _still_set(plan)
    return _objectives_follow(row, plan, record_in_writing(item))


def plan_in_writing(item: AgendaItem, by: User) -> Decision:
    """The same on the plan, in the version that members were sent: it is in force."""
    row, plan = _subject(item, AgendaItem.Kind.PLAN)
    if why := why_not_decided(row, plan):
        raise Conflict(why)
    return _plan_follows(row, plan, record_in_writing(item))


def _still_set(plan: Plan) -> None:
    if plan.state != Plan.State.OBJECTIVES:
        raise Conflict(f"The objectives have been agreed already; now {plan.get_state_display()}.")


def _objectives_follow(row: PlanItem, plan: Plan, decision: Decision) -> Decision:
    if decision.approves and not row.recommends:
        plan.advance(to=Plan.State.DRAFTING)
    plan.touch()
    _carry(row, decision)
    _tell_leaders(plan, decision)
    return decision


def _plan_follows(row: PlanItem, plan: Plan, decision: Decision) -> Decision:
    if not row.recommends:
        _follow(plan, decision)
        documents.ask_for(row.version, "decided")
    plan.touch()
    _carry(row, decision)
    _tell_leaders(plan, decision)
    return decision


def print_anew(decision: Decision, *, by: User) -> None:
    """The record was put right: the plan's paper is printed anew, for it says what the record says."""
    if decision.item.plan_item.recommends:
        return
    documents.ask_for(decision.item.plan_item.version, "decided")


def why_not_decided(row: PlanItem, plan: Plan) -> str:
    """Why the board cannot decide on this version now: where the plan is instead. Empty where it can."""
    if plan.state != Plan.State.WITH_THE_BOARD:
        again = "It can be decided on when the headteacher has submitted it again."
        if plan.state == Plan.State.DRAFTING:
            return f"The plan was taken back: leaders are drafting. {again}"
        if plan.state == Plan.State.CHANGES:
            return f"The plan is with the leaders: changes are asked for. {again}"
        return f"The plan is not with the board: {plan.get_state_display()}."
    latest = plan.latest_version
    if row.version_id != latest.pk:
        return f"Version {latest.number} is before the board now. This item speaks of version {row.version.number}."
    return ""


def _subject(item: AgendaItem, kind: str) -> tuple[PlanItem, Plan]:
    """The item's plan, held until the transaction ends."""
    if item.kind != kind:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")
    row = PlanItem.objects.select_related("version__plan").get(item=item)
    return row, Plan.objects.select_for_update(of=("self",)).get(pk=row.plan_id)


def _follow(plan: Plan, decision: Decision) -> None:
    """The plan's next state. Deferred, it stays with the board."""
    if decision.approves:
        plan.advance(to=Plan.State.APPROVED)
        targets.keep_as_approved(plan)
    elif decision.outcome == Decision.Outcome.CHANGES:
        plan.advance(to=Plan.State.CHANGES)
        plan.returned_reason = decision.reason
        plan.save(update_fields=["returned_reason"])
    elif decision.outcome == Decision.Outcome.DECLINED:
        plan.advance(to=Plan.State.OBJECTIVES)


def _carry(row: PlanItem, decision: Decision) -> None:
    if later := carry_forward(row.item, decision):
        PlanItem.objects.create(item=later, plan=row.plan, version=row.version, recommends=row.recommends)


def _tell_leaders(plan: Plan, decision: Decision) -> None:
    """Mail to the leaders: that the board has decided, and where it is written."""
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=plan.organisation_id)
    for person in Person.objects.filter(roles__in=roles).distinct():
        key = f"decision_taken:{decision.pk}:{person.pk}"
        outbox.post(key, "decision_taken", to=person, stream=plan.audit_stream, plan=plan, decision=decision)
