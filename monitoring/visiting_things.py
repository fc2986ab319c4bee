"""What home speaks of visits: those to go on, to write and to check, and the objectives that want one."""

from collections.abc import Callable

from django.db.models import BigIntegerField, Case, Max, OuterRef, Q, QuerySet, Subquery, Value, When

from governance.models import Role, Seat
from monitoring.models import Visit
from sip.models import Objective, Plan

_LIVE = (Visit.State.PLANNED, Visit.State.CHECKING, Visit.State.SHARED)


def rows(user, shaped: Callable[..., QuerySet], plans: set[int]) -> list[QuerySet]:
    """Parts of home's one query about what is dated; `shaped` gives them its columns. None where nothing can be."""
    found = [_visits(user, shaped, plans)] if plans else []
    return found + ([_unvisited(user, shaped, plans)] if plans and user.standing.seats else [])


def _visits(user, shaped: Callable[..., QuerySet], plans: set[int]) -> QuerySet:
    """Those that this person goes on and that are not shared; and those whose facts wait for them."""
    person, checking = user.person_id, Q(state=Visit.State.CHECKING)
    leads = {
        role.organisation
        for role in user.standing.roles
        if role.kind in (Role.Kind.HEADTEACHER, Role.Kind.TRUST_LEADER)
    }
    mine = Visit.visitors.through.objects.filter(person=person).values("visit")
    goes = Q(pk__in=mine, state__in=(Visit.State.PLANNED, Visit.State.CHECKING))
    nobody_else = Q(staff_lead=None) | Q(staff_lead__user=None) | Q(staff_lead__user__is_active=False)
    checks = checking & (Q(staff_lead=person) | (Q(plan__organisation__in=leads) & nobody_else))
    return shaped(
        "visit",
        Visit.objects.filter(goes | checks, plan__in=plans),
        key="pk",
        words="focus",
        who_key=Case(When(pk__in=mine, then=Value(person)), default=None, output_field=BigIntegerField()),
        other="staff_lead__name",
        other_key="staff_lead_id",
        about="plan_id",
        first="day",
        last="check_by",
        stage="state",
    )


def _unvisited(user, shaped: Callable[..., QuerySet], plans: set[int]) -> QuerySet:
    """The objectives that this person, or the committee that they chair, monitors; with the day of the last visit."""
    chairs = {seat.board for seat in user.standing.seats if seat.position == Seat.Position.CHAIR}
    monitored = Q(monitor_seat__in=user.standing.seat_ids) | Q(monitor_board__in=chairs)
    visits = Visit.objects.filter(objective=OuterRef("pk"), state__in=_LIVE).order_by().values("objective")
    rows = Objective.objects.filter(monitored, plan__in=plans, plan__state=Plan.State.APPROVED, stopped_on=None)
    last = Subquery(visits.annotate(last=Max("day")).values("last"))
    return shaped("unvisited", rows, key="pk", words="title", about="plan_id", first=last)
