"""An amendment is made: its lines put on the plan's rows, nothing deleted, the next version frozen, the board told."""

from django.db.models import Max

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import Board, ChairsAction, Delegation, Person, Role, User
from sip import amendable, amending, documents, versions
from sip.models import Action, Amendment, Change, Milestone, Objective, Plan, SuccessCriterion, Version
from sip.permissions import P

_K = Change.Kind


@operation(P.AMEND_PLAN)
def make_amendment(amendment: Amendment, *, reason: str, by: User) -> Version:
    """Make a minor amendment at once: the plan is so from now on, and the board is told. A material one is a Conflict:
    it is the board's to decide."""
    ready(amendment)
    if amending.is_material(amendment):
        why = amendment.weight_why or " ".join(amending.weight_of(amendment).why)
        raise Conflict(f"This amendment is the board’s to decide. {why} Put it before the board.", keeps_words=True)
    amendment.reason, amendment.weight = reason, Amendment.Weight.MINOR
    amendment.save(update_fields=["reason", "weight"])
    version = apply(amendment, by=by)
    tell_board(amendment, "amendment_made", by=by)
    return version


def ready(amendment: Amendment) -> None:
    """Raise Conflict unless it is drafted and has a line."""
    amending.require_drafting(amendment)
    if not amendment.changes.exists():
        raise Conflict("Nothing is changed in this amendment yet.")


def apply(amendment: Amendment, *, by: User, action: ChairsAction | None = None) -> Version:
    """Put every line on its row, and freeze what the plan is from now on. Within an operation that holds the
    amendment."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=amendment.plan_id)
    if plan.state != Plan.State.APPROVED:
        raise Conflict(f"The plan is {plan.get_state_display()}: nothing of it is amended any more.")
    rows = ("objective", "action__objective", "criterion__objective", "criterion__target", "milestone__criterion")
    lines = list(amendment.changes.select_related(*rows))
    order = [_K.STOP, *(kind for kind in _K if kind not in (_K.STOP, _K.ADD)), _K.ADD]
    for line in sorted(lines, key=lambda one: order.index(one.kind)):
        _put(line, plan, by)
    amendment.advance(to=Amendment.State.MADE)
    amendment.ended_at, amendment.chairs_action = clock.now(), action
    amendment.save(update_fields=["ended_at", "chairs_action"])
    plan.touch()
    amendment.version = versions.freeze(plan, by=by)
    amendment.save(update_fields=["version"])
    documents.ask_for(amendment.version, "decided")
    return amendment.version


def _put(line: Change, plan: Plan, by: User) -> None:
    if line.kind == _K.ADD:
        _add(line, plan)
        return
    row = amendable.row_of(line)
    if amendable.is_gone(row):
        raise Conflict(f"“{row}” was stopped meanwhile. Take it out of the amendment.")
    if line.kind == _K.STOP:
        _stop(row, line.why, by)
        return
    line.before = amendable.plain(amendable.value(row, line.field))  # it may have moved within its term since
    line.save(update_fields=["before"])
    amendable.put(row, line.field, line.after)


# ---------------------------------------------------------------- stopped


def _stop(row, why: str, by: User) -> None:
    today = clock.today()
    if isinstance(row, Action):
        _stop_actions(Action.objects.filter(pk=row.pk), why, by)
    elif isinstance(row, Milestone):
        Milestone.objects.filter(pk=row.pk).update(dropped_on=today)
    elif isinstance(row, SuccessCriterion):
        SuccessCriterion.objects.filter(pk=row.pk).update(dropped_on=today)
        row.milestones.kept().update(dropped_on=today)
    else:
        Objective.objects.filter(pk=row.pk).update(stopped_on=today, stopped_why=why[:300])
        row.criteria.filter(dropped_on=None).update(dropped_on=today)
        Milestone.objects.kept().filter(criterion__objective=row).update(dropped_on=today)
        open_ones = row.actions.exclude(status__in=(Action.Status.STOPPED, Action.Status.DONE))
        _stop_actions(open_ones, why, by)


def _stop_actions(actions, why: str, by: User) -> None:
    said = {"status_said_by": by.person, "status_said_at": clock.now()}
    actions.update(status=Action.Status.STOPPED, stopped_why=why[:300], **said)


# ---------------------------------------------------------------- added


def _add(line: Change, plan: Plan) -> None:
    """The new row, and the line names it from now on."""
    part, words = line.field, line.after
    made = {"action": _action, "criterion": _criterion, "milestone": _milestone, "objective": _objective}[part](
        line, words, plan
    )
    setattr(line, part, made)
    line.save(update_fields=[part])


def _action(line: Change, words: dict, plan: Plan) -> Action:
    values = {name: amendable.lively(amendable.field_of("action", name).sort, held) for name, held in words.items()}
    place = _next(line.objective.actions)
    return Action.objects.create(objective=line.objective, position=place, **values)


def _criterion(line: Change, words: dict, plan: Plan) -> SuccessCriterion:
    by_when = amendable.lively("day", words.get("by_when"))
    place = _next(line.objective.criteria)
    return SuccessCriterion.objects.create(
        objective=line.objective, position=place, text=words["text"], by_when=by_when
    )


def _milestone(line: Change, words: dict, plan: Plan) -> Milestone:
    return Milestone.objects.create(criterion=line.criterion, term=words["term"], text=words["text"])


def _objective(line: Change, words: dict, plan: Plan) -> Objective:
    values = {
        name: amendable.lively(amendable.field_of("objective", name).sort, words.get(name))
        for name in ("title", "where_to", "by_when", "lead")
    }
    made = Objective.objects.create(plan=plan, position=_next(plan.objectives), **values)
    if words.get("criterion"):
        SuccessCriterion.objects.create(objective=made, position=1, text=words["criterion"], by_when=values["by_when"])
    return made


def _next(rows) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


# ---------------------------------------------------------------- who hears of it


def board_of(plan: Plan) -> Board:
    """The board that decides on amendments: the one that the scheme of delegation names, else the plan's own."""
    rows = plan.organisation.delegations.filter(
        decision=Delegation.Decides.AMENDMENTS, does=Delegation.Does.DECIDES
    ).select_related("board")
    row = rows.first()
    return row.board if row else plan.deciding_board


def tell_board(amendment: Amendment, template: str, *, by: User) -> None:
    """Mail to the members of the board that decides on amendments, and to its clerks."""
    today, board = clock.today(), board_of(amendment.plan)
    clerks = Role.objects.on(today).filter(kind=Role.Kind.CLERK, organisation__in=board.organisations.values("pk"))
    found = {one.pk: one for one in board.members(on=today)}
    found |= {one.pk: one for one in Person.objects.filter(roles__in=clerks)}
    for person in found.values():
        if person.pk != by.person_id:
            key = f"{template}:{amendment.pk}:{amendment.revision}:{person.pk}"
            words = {"amendment": amendment, "plan": amendment.plan, "by": by}
            outbox.post(key, template, to=person, stream=amendment.audit_stream, **words)
