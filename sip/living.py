"""What stands beside the frozen words of a plan in force: how its actions go; once it is closed, what came of it."""

from dataclasses import dataclass

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance import years
from governance.models import Person
from governance.wording import listed
from sip import amended, written
from sip.doing import why_not_said
from sip.models import Action, Objective, Plan, Replanned
from sip.permissions import P


@dataclass(slots=True)
class Going:
    """How an action goes. `url` leads to where it is said, for those who may."""

    status: str
    said: str = ""  # "Sylvie Grant, 3 November"; empty while nobody has said anything
    note: str = ""
    url: str = ""


def go_on(reading, plan: Plan, user) -> None:
    """Add to what somebody reads of a plan in force how each action goes, in one query; once it is closed, in one more,
    what came of each objective and what was learned."""
    if not plan.is_in_force:
        return
    goings = _goings(plan, user)
    for row in (action for one in reading.objectives for action in one.actions):
        row.going = goings.get(row.id)
    _say_what_moved(reading, plan)
    if plan.state == Plan.State.CLOSED:
        said = {pk: words for pk, *words in plan.objectives.values_list("pk", "outcome", "lesson")}
        for row in reading.objectives:
            row.outcome, row.lesson = said.get(row.id, ("", ""))


def _say_what_moved(reading, plan: Plan) -> None:
    """What was moved without ceremony since the version was frozen: the new day or owner, and what it was."""
    rows = Replanned.objects.filter(action__objective__plan=plan).select_related("by", "action__owner")
    moved = list(rows.filter(at__gt=reading.version.frozen_at) if reading.version else rows)
    if not moved:
        return
    people = dict(Person.objects.filter(pk__in=_named(moved)).values_list("pk", "name"))
    shown = {action.id: action for one in reading.objectives for action in one.actions}
    for one in moved:
        if (row := shown.get(one.action_id)) is None:
            continue
        row.due = written.short_day(one.action.due_on)
        if row.owner:  # an edition without names has none here either
            row.owner = str(one.action.owner or "")
        row.was.append(amended.replanned(one, people))


def _named(moved: list[Replanned]) -> set[int]:
    return {one.before for one in moved if one.field == Replanned.Field.OWNER and one.before}


def what_came(reading) -> str:
    """ "Two objectives met, one carried forward."; empty while nothing is said of any."""
    said = [row.outcome for row in reading.objectives if row.outcome]
    counts = [(said.count(outcome), label) for outcome, label in Objective.Outcome.choices if outcome in said]
    if not counts:
        return ""
    (many, label), *rest = counts
    first = f"{written.sentence(written.count(many, 'objective'))} {label}"
    return f"{listed([first, *(f'{written.number(many)} {label}' for many, label in rest)])}."


@dataclass(slots=True)
class Carried:
    """An objective's other year: "2025/26", and the way to it where this person may see it."""

    year: str
    url: str


def carried_from(objective: Objective, user) -> Carried | None:
    """Last year's objective that this one goes on with."""
    if objective.carried_from_id is None:
        return None
    seen = Objective.objects.visible_to(user).filter(pk=objective.carried_from_id).exists()
    url = reverse("objective", args=[objective.carried_from_id]) if seen else ""
    return Carried(years.written(objective.plan.year - 1), url)


def carried_to(objective: Objective, user) -> Carried | None:
    """Next year's objective that goes on with this one, for those who may see it."""
    if objective.outcome != Objective.Outcome.CARRIED:
        return None
    later = Objective.objects.visible_to(user).filter(carried_from=objective).values_list("pk", "plan__year").first()
    return Carried(years.written(later[1]), reverse("objective", args=[later[0]])) if later else None


def _goings(plan: Plan, user) -> dict[int, Going]:
    closed, found, of_all = why_not_said(plan), {}, {}
    actions = Action.objects.filter(objective__plan=plan).select_related("objective", "status_said_by")
    for action in actions:
        action.objective.plan = plan
        if action.objective_id not in of_all:  # what somebody may of all of them is asked once
            of_all[action.objective_id] = may(user, P.SAY_STATUS, action.objective)
        may_say = of_all[action.objective_id] or (action.owner_id == user.person_id and may(user, P.SAY_STATUS, action))
        says = may_say and not closed and action.status != Action.Status.STOPPED
        url = reverse("action", args=[action.pk]) if says else ""
        found[action.pk] = Going(action.status, _who_and_when(action), action.status_note, url)
    return found


def _who_and_when(action: Action) -> str:
    if action.status_said_by is None:
        return ""
    return f"{action.status_said_by.name}, {written.near_day(clock.in_london(action.status_said_at).date())}"
