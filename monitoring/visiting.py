"""A visit to the school: planned, announced, changed or called off; taken over where its visitors have left the board.

What is written of it, and how it comes before the board, is in monitoring/visit_reports.py."""

from datetime import date, time

from foundation import clock, outbox
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from foundation.permissions import require
from governance.models import Person, Role, Seat, User
from governance.standing import Standing
from governance.wording import full_day
from monitoring.models import Visit
from monitoring.permissions import P
from sip.models import Objective, Plan

_PLANNED = ("about", "day", "starts_at", "form", "focus", "came_with", "staff_lead", "objective")


@operation(None)
def plan_visit(
    plan: Plan,
    *,
    objective: Objective | None,
    about: str,
    day: date,
    starts_at: time | None,
    form: str,
    focus: str,
    came_with: str,
    visitors: list[Person],
    staff_lead: Person | None,
    by: User,
) -> Visit:
    """Plan a visit. The headteacher and whoever is met get notice by mail, and so does everyone else who goes."""
    require(by, P.PLAN_VISIT, objective or plan)
    if why := why_not_planned(plan) or why_not_visited(objective):
        raise Conflict(why)
    visit = Visit.objects.create(
        plan=plan,
        objective=objective,
        about=about,
        day=day,
        starts_at=starts_at,
        form=form,
        focus=focus,
        came_with=came_with,
        staff_lead=staff_lead,
        visits_as=visits_as(plan, objective, visitors),
        planned_by=by.person,
        planned_at=clock.now(),
    )
    visit.visitors.set(visitors)
    for person in [*school_side(visit), *visitors]:
        tell(visit, "visit_planned", person, by=by)
    return visit


@operation(P.CHANGE_VISIT)
def change_visit(visit: Visit, *, revision: int, visitors: list[Person], by: User, **words) -> Visit:
    """Change day, focus, who goes or whom they meet. A new day or hour is announced again."""
    _require_planned(visit)
    if (
        words["objective"]
        and words["objective"].pk != visit.objective_id
        and (why := why_not_visited(words["objective"]))
    ):
        raise Conflict(why)
    if not visit.claim_revision(revision):
        raise StaleEdit("Somebody else changed this visit while you were typing.", thing=visit)
    met, moved = visit.staff_lead_id, (visit.day, visit.starts_at) != (words["day"], words["starts_at"])
    for name in _PLANNED:
        setattr(visit, name, words[name])
    visit.visits_as = visits_as(visit.plan, visit.objective, visitors)
    visit.save(update_fields=[*_PLANNED, "visits_as"])
    went = set(visit.visitors.values_list("pk", flat=True))
    visit.visitors.set(visitors)
    if moved:
        for person in [*school_side(visit), *visitors]:
            tell(visit, "visit_moved", person, mark=visit.revision, by=by)
    else:
        new = [person for person in visitors if person.pk not in went]
        for person in new + ([visit.staff_lead] if visit.staff_lead and visit.staff_lead_id != met else []):
            tell(visit, "visit_planned", person, by=by)
    return visit


@operation(P.CALL_OFF_VISIT)
def call_off_visit(visit: Visit, *, why: str, by: User) -> Visit:
    """Call a planned visit off, and say why. Everyone who was told of it hears of this too."""
    visit.advance(to=Visit.State.CALLED_OFF)
    visit.called_off_why = why
    visit.save(update_fields=["called_off_why"])
    for person in [*school_side(visit), *visit.visitors.all()]:
        tell(visit, "visit_called_off", person, by=by)
    return visit


@operation(P.TAKE_OVER_VISIT)
def take_over_visit(visit: Visit, *, by: User) -> Visit:
    """Go, or write, instead of visitors who have all left the board since."""
    _require_planned(visit)
    if not is_forsaken(visit):
        raise Conflict("Somebody who goes on this visit is still on the board. The clerk can change who goes.")
    if not visit.may_visit(by.standing):
        raise Conflict("Only somebody who sits on the board can go. The clerk can name another visitor.")
    visit.visitors.add(by.person)
    visit.visits_as = visits_as(visit.plan, visit.objective, [by.person])
    visit.save(update_fields=["visits_as"])
    for person in school_side(visit):
        tell(visit, "visit_planned", person, mark=by.person_id, by=by)
    return visit


# ---------------------------------------------------------------- why not


def why_not_planned(plan: Plan) -> str:
    """Why no visit to this plan can be planned now, as a sentence; empty when one can."""
    if plan.state == Plan.State.CLOSED:
        return "The plan is closed. Plan visits from this year’s plan instead."
    if plan.state != Plan.State.APPROVED:
        return "Visits are planned from an approved plan. The board has not approved this one yet."
    return ""


def why_not_visited(objective: Objective | None) -> str:
    """Why no visit to this objective can be planned, as a sentence; empty when one can."""
    if objective is None or objective.stopped_on is None:
        return ""
    return (
        f"“{objective}” was stopped on {full_day(objective.stopped_on)}: {objective.stopped_why.rstrip('.')}. "
        "No more visits to it are planned. Choose another, or “something else”."
    )


def is_forsaken(visit: Visit) -> bool:
    """Whether nobody who was to go is on the board any more, and nothing is written."""
    people = visit.visitors.values_list("pk", flat=True)
    gone = (not visit.may_visit(Standing.of_person(person)) for person in people)
    return visit.state == Visit.State.PLANNED and all(gone)


def why_not_theirs(visit: Visit, user: User) -> str:
    """What somebody is told who was to write it and has left the board since; empty for everyone else."""
    if visit.may_visit(user.standing) or not visit.visitors.filter(pk=user.person_id).exists():
        return ""
    seats = Seat.objects.filter(person=user.person_id, board__organisations=visit.plan.organisation_id)
    last = max((seat.last_day for seat in seats if seat.last_day), default=None)
    ended = f" ended on {full_day(last)}" if last else " has ended"
    return (
        f"Your seat{ended}, so this report is no longer yours to write. Another governor can take the visit over, "
        "or the clerk can call it off. Give them what you noted; nothing that you typed is shown to anybody."
    )


def _require_planned(visit: Visit) -> None:
    if visit.state != Visit.State.PLANNED:
        raise Conflict(f"This visit is now: {visit.get_state_display()}. It can no longer be changed.")


# ---------------------------------------------------------------- who


def visits_as(plan: Plan, objective: Objective | None, visitors: list[Person]) -> str:
    """In which part they go, as the report says it: what they are link governor for, the committee, their seats."""
    names = [person.pk for person in visitors]
    board = objective.monitor_board if objective else None
    if board and board.seats.on(clock.today()).filter(person__in=names).exists():
        return board.name
    seats = Seat.objects.on(clock.today()).filter(person__in=names, board__in=boards_of(plan))
    ordered = sorted(seats.select_related("board"), key=lambda seat: (not seat.link, seat.board.kind != "full board"))
    if objective and (found := [seat for seat in ordered if seat.pk == objective.monitor_seat_id]):
        return found[0].in_words
    return ordered[0].in_words if ordered else "for the trust"


def boards_of(plan: Plan) -> list[int]:
    """The boards whose members may go: the organisation's own, and the one that decides on its plan."""
    return [*plan.organisation.boards.values_list("pk", flat=True), plan.deciding_board_id]


def who_may_go(plan: Plan):
    """Whoever sits on one of them today. Associate members may go along."""
    seats = Seat.objects.on(clock.today()).filter(board__in=boards_of(plan))
    return Person.objects.filter(pk__in=seats.values("person")).order_by("name", "pk")


def who_is_met(plan: Plan):
    """The staff who can be met: whoever has a role in the organisation, its clerk and visitors aside."""
    outside = (Role.Kind.CLERK, Role.Kind.ADVISER, Role.Kind.INSPECTOR)
    roles = Role.objects.on(clock.today()).filter(organisation=plan.organisation_id).exclude(kind__in=outside)
    return Person.objects.people().filter(pk__in=roles.values("person")).order_by("name", "pk")


def heads(plan: Plan) -> list[Person]:
    """The headteacher, or the leader of the trust."""
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=plan.organisation_id)
    return list(Person.objects.filter(pk__in=roles.values("person")))


def school_side(visit: Visit) -> list[Person]:
    """Who gets notice: the headteacher, and whoever is met."""
    found = {person.pk: person for person in heads(visit.plan)}
    if visit.staff_lead:
        found[visit.staff_lead_id] = visit.staff_lead
    return list(found.values())


def tell(visit: Visit, template: str, person: Person, *, by: User | None = None, mark: int = 0) -> None:
    """Mail to one person who did not do it themselves. It says when and who, never what somebody wrote."""
    if by is not None and person.pk == by.person_id:
        return
    who = ", ".join(visit.visitors.values_list("name", flat=True))
    words = {"visit": visit, "plan": visit.plan, "who": who, "by": by or "The timetable"}
    key = f"{template}:{visit.pk}:{mark}:{person.pk}"
    outbox.post(key, template, to=person, stream=visit.audit_stream, **words)
