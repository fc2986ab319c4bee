"""What organisations changed of a plan in force: minor at once, material by decision of the board; and what moved
without."""

from collections.abc import Iterator
from functools import partial

from foundation import clock
from governance.models import Meeting
from monitoring.demonstration.events import AFTERNOON, LATE, NOON, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import amendable, amending, amendment_deciding, making, replanning
from sip.models import Amendment, Plan


def events(hall: Hall) -> Iterator[Event]:
    """Everything of the kind that happened in one organisation."""
    for row in hall.facts.get("amendments", []):
        yield Event(clock.local(row["begun_on"], AFTERNOON), partial(_draft, hall, row))
        yield Event(clock.local(row["finished_on"], LATE), partial(_finish, hall, row))
    for row in hall.facts.get("replanned", []):
        yield Event(clock.local(row["on"], NOON), partial(_replan, hall, row))


def put(hall: Hall, meeting: Meeting, year: int) -> None:
    """The clerk puts what waits on the agenda."""
    amendment = plan_of(hall, year).amendments.get(state=Amendment.State.WITH_THE_BOARD)
    amendment_deciding.put_amendment(amendment, meeting=meeting, by=hall.clerk)


def _draft(hall: Hall, row: dict) -> None:
    plan = plan_of(hall, row["plan"])
    amendment = amending.begin_amendment(plan, by=hall.leader)
    for line in row["lines"]:
        _line(hall, plan, amendment, line)


def _line(hall: Hall, plan: Plan, amendment: Amendment, line: dict) -> None:
    said = {"why": line["why"], "revision": amendment.revision, "by": hall.leader}
    values = {name: _value(hall, name, value) for name, value in line.get("to", {}).items()}
    part, row = _row(plan, line)
    if line.get("stop"):
        amending.stop_part(amendment, row=row, **said)
    elif line.get("add"):
        amending.add_part(amendment, part=line["add"], under=row, values=values, **said)
    else:
        amending.change_part(amendment, row=row, values=values, **said)


def _row(plan: Plan, line: dict) -> tuple[str, amendable.Part]:
    """The part that a line names by its place: objective 2, its action 3, its criterion 1, the milestone there."""
    objective = plan.objectives.order_by("position")[line["objective"] - 1]
    if "action" in line:
        return amendable.ACTION, objective.actions.order_by("position")[line["action"] - 1]
    if "criterion" in line:
        criterion = objective.criteria.order_by("position")[line["criterion"] - 1]
        if "milestone" in line:
            return amendable.MILESTONE, criterion.milestones.get(term=line["milestone"])
        return amendable.CRITERION, criterion
    return amendable.OBJECTIVE, objective


def _value(hall: Hall, name: str, value):
    """A value as an operation takes it: people by their numbers."""
    if name in ("owner", "lead"):
        return hall.person(value).pk
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _finish(hall: Hall, row: dict) -> None:
    amendment = plan_of(hall, row["plan"]).amendments.get(state=Amendment.State.DRAFTING)
    words = {"reason": row["reason"].strip(), "by": hall.leader}
    if amending.is_material(amendment):
        amendment_deciding.put_before_board(amendment, **words)
    else:
        making.make_amendment(amendment, **words)


def _replan(hall: Hall, row: dict) -> None:
    _, action = _row(plan_of(hall, row["plan"]), row)
    owner = hall.person(row["owner"]) if row.get("owner") else action.owner
    by = hall.user(row["by"]) if row.get("by") else hall.leader
    words = {"due_on": row.get("due", action.due_on), "owner": owner, "why": row["why"]}
    replanning.replan_action(action, by=by, **words)
