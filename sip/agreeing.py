"""Objectives: begun for a year, proposed by leaders or the board, worded by the board's side, agreed at a meeting."""

from django.db.models import F, Max

from foundation import clock, outbox
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance import years
from governance.models import Delegation, Organisation, Seat, Strategy, User
from sip.models import ChangeRequest, Objective, Plan
from sip.permissions import P

MOST = 12  # objectives of one plan; real plans have three to six

_WORDS = (
    "priority",
    "title",
    "where_now",
    "where_to",
    "by_when",
    "figure_what",
    "figure_now",
    "figure_aim",
    "lead",
    "monitor_seat",
    "monitor_board",
)


@operation(P.BEGIN_PLAN)
def begin_plan(organisation: Organisation, *, year: int, by: User) -> Plan:
    """Begin the plan of a year, so that objectives can be proposed. The scheme of delegation names the board."""
    if organisation.plans.filter(year=year).exists():
        raise Conflict(f"The plan for {years.written(year)} has been begun already.")
    return begun(organisation, year)


def begun(organisation: Organisation, year: int) -> Plan:
    """A new plan of that year. Called within an operation that knows of none yet."""
    board = organisation.deciding_board(Delegation.Decides.PLAN)
    if board is None:
        raise Conflict(f"{organisation} has no board yet that could decide on a plan. The clerk can add one.")
    strategy = _strategy_to_serve(organisation)
    return Plan.objects.create(organisation=organisation, year=year, deciding_board=board, strategy=strategy)


@operation(P.PROPOSE_OBJECTIVE)
def propose_objective(plan: Plan, *, team: list, by: User, **words) -> Objective:
    """Propose an objective for the board to agree. Who proposed it is kept."""
    _being_set(plan)
    position, area = _next_position(plan), words.get("key_area")
    objective = Objective.objects.create(
        plan=plan, position=position, proposed_by=by.person, key_area=area, **{word: words[word] for word in _WORDS}
    )
    objective.team.set(team)
    plan.touch()
    return objective


@operation(P.WORD_OBJECTIVE)
def word_objective(objective: Objective, *, revision: int, team: list, by: User, **words) -> Objective:
    """Change the words of an objective: the chair, the vice chair and the clerk, until the plan is with the board.

    Raises StaleEdit when somebody saved it meanwhile.
    """
    if objective.plan.state not in (Plan.State.OBJECTIVES, *Plan.EDITABLE):
        raise Conflict(f"The plan is {objective.plan.get_state_display()}: its objectives can no longer be worded.")
    if not objective.claim_revision(revision):
        raise StaleEdit("Somebody else saved this objective while you were typing.", thing=objective)
    for word in _WORDS:
        setattr(objective, word, words[word])
    objective.key_area = words.get("key_area", objective.key_area)
    objective.save()
    objective.team.set(team)
    objective.plan.touch()
    return objective


@operation(P.WORD_OBJECTIVE)
def drop_objective(objective: Objective, *, by: User) -> None:
    """Take a proposed objective off the list before the board agrees it. The record of the proposal stays."""
    plan = objective.plan
    _being_set(plan)
    if objective.questions.exists():
        raise Conflict("Somebody has asked a question about this objective. Change its words instead of removing it.")
    objective.actions.all().delete()
    Objective.objects.filter(pk=objective.pk).delete()
    _renumber(list(plan.objectives.all()))
    plan.touch()


@operation(P.WORD_OBJECTIVE)
def move_objective(objective: Objective, *, up: bool, by: User) -> None:
    """Move an objective one place up or down; at the end of the list nothing happens."""
    _being_set(objective.plan)
    rows = list(objective.plan.objectives.all())
    here = next(index for index, row in enumerate(rows) if row.pk == objective.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _renumber(rows)
        objective.position = there + 1
        objective.plan.touch()


@operation(P.ASK_FOR_CHANGE)
def ask_for_change(
    objective: Objective,
    *,
    text: str,
    kind: str = ChangeRequest.Kind.WORDS,
    where_now: str = "",
    figure_now: str = "",
    figure_aim: str = "",
    by: User,
) -> ChangeRequest:
    """Leaders ask the board to change an objective that it has agreed: its words, or its baseline, given as new values.

    Chair and vice chair hear of it by mail.
    """
    given = {"where_now": where_now, "figure_now": figure_now, "figure_aim": figure_aim}
    if kind == ChangeRequest.Kind.BASELINE and not any(given.values()):
        raise Conflict("Say what the new baseline is: a figure, an aim, or where you are now.")
    words = given if kind == ChangeRequest.Kind.BASELINE else {}
    return _ask(objective.plan, by=by, objective=objective, kind=kind, text=text, **words)


@operation(P.ASK_FOR_CHANGE)
def ask_for_objective(plan: Plan, *, text: str, title: str, where_to: str, by: User, **words) -> ChangeRequest:
    """Leaders ask the board for another objective, when the summer's results call for one."""
    kind = ChangeRequest.Kind.ANOTHER
    return _ask(plan, by=by, kind=kind, text=text, title=title, where_to=where_to, **words)


def _ask(plan: Plan, *, by: User, **words) -> ChangeRequest:
    if plan.state not in Plan.EDITABLE:
        raise Conflict(f"The plan is {plan.get_state_display()}: there is nothing to ask for now.")
    request = ChangeRequest.objects.create(plan=plan, asked_by=by.person, asked_at=clock.now(), **words)
    for seat in plan.deciding_board.seats.on(clock.today()).select_related("person"):
        if seat.position in (Seat.Position.CHAIR, Seat.Position.VICE_CHAIR):
            _tell(request, "change_asked_for", seat.person)
    return request


@operation(P.ANSWER_REQUEST)
def answer_request(request: ChangeRequest, *, agreed: bool, reply: str, by: User) -> ChangeRequest:
    """The board's side answers a request. Agreed, a new baseline is taken over and another objective joins the plan as
    they were asked for; other words are put by those who word objectives, next."""
    request.advance(to=ChangeRequest.State.AGREED if agreed else ChangeRequest.State.DECLINED)
    request.reply, request.replied_by, request.replied_at = reply, by.person, clock.now()
    if agreed and request.kind != ChangeRequest.Kind.WORDS:
        _take_over(request)
    request.save(update_fields=["reply", "replied_by", "replied_at", "objective"])
    _tell(request, "change_answered", request.asked_by)
    return request


def _take_over(request: ChangeRequest) -> None:
    """Make what was agreed so, as long as the plan is being drafted."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=request.plan_id)
    if plan.state not in Plan.EDITABLE:
        state = plan.get_state_display()
        raise Conflict(f"The plan is {state}: it cannot change now. Answer when leaders are drafting it, or decline.")
    if request.kind == ChangeRequest.Kind.ANOTHER:
        request.objective = _joined(plan, request)
    else:
        given = {name: getattr(request, name) for name in ("where_now", "figure_now", "figure_aim")}
        changed = {name: words for name, words in given.items() if words}
        Objective.objects.filter(pk=request.objective_id).update(revision=F("revision") + 1, **changed)
    plan.touch()


def _joined(plan: Plan, request: ChangeRequest) -> Objective:
    """The objective that leaders asked for, as they worded it, behind the others. They proposed it."""
    position = _next_position(plan)
    words = {name: getattr(request, name) for name in ("title", "priority", "where_now", "where_to", "by_when")}
    return Objective.objects.create(plan=plan, position=position, proposed_by=request.asked_by, **words)


def _next_position(plan: Plan) -> int:
    if plan.objectives.count() >= MOST:
        raise Conflict(f"A plan holds {MOST} objectives at most. Three to five are what schools manage in a year.")
    return (plan.objectives.aggregate(last=Max("position"))["last"] or 0) + 1


def _strategy_to_serve(organisation: Organisation) -> Strategy | None:
    """The one in force; before there is one, the one being written, which the board may adopt the same evening."""
    by_state = {strategy.state: strategy for strategy in organisation.strategies.all()}
    return by_state.get(Strategy.State.ADOPTED) or by_state.get(Strategy.State.DRAFT)


def _tell(request: ChangeRequest, template: str, person) -> None:
    outbox.post(
        f"{template}:{request.pk}:{person.pk}", template, to=person, stream=request.audit_stream, plan=request.plan
    )


def _being_set(plan: Plan) -> None:
    if plan.state != Plan.State.OBJECTIVES:
        raise Conflict(
            f"The objectives have been agreed; now {plan.get_state_display()}. Leaders can ask the board for a change."
        )


def _renumber(rows: list[Objective]) -> None:
    for position, row in enumerate(rows, start=1):
        Objective.objects.filter(pk=row.pk).update(position=position)
