"""A plan as rows, in drafting: for tests of what comes before and after the other operations."""

from datetime import date, time
from types import SimpleNamespace

from governance.models import AgendaItem, Meeting
from sip.models import Action, Milestone, Objective, Plan, PlanItem, SuccessCriterion
from tests import make


def draft(
    cast: SimpleNamespace,
    *,
    objectives: int = 1,
    actions: int = 1,
    criteria: int = 1,
    state: str = "drafting",
    marker: str = "",
    what: str = "Action",
    year: int = 2026,
) -> Plan:
    """A plan of so many objectives, actions and criteria, each with three milestones. `marker` stands in what leaders
    write, and nowhere else."""
    strategy = cast.school.strategies.first() or make.strategy(cast.school)
    plan = Plan.objects.create(
        organisation=cast.school,
        year=year,
        strategy=strategy,
        deciding_board=cast.school.deciding_board("approve the plan"),
        state=state,
        how_made=f"Together. {marker}".strip(),
    )
    for number in range(1, objectives + 1):
        objective = Objective.objects.create(
            plan=plan,
            position=number,
            priority=strategy.priorities.first(),
            title=f"Objective {number}",
            where_to="Everyone reads well.",
            by_when=date(2027, 7, 16),
            lead=cast.deputy.person,
            monitor_seat=cast.link_seat,
        )
        objective.team.add(cast.teacher.person)
        _fill(objective, cast, actions, criteria, f"{what}", marker)
    return plan


def _fill(objective: Objective, cast, actions: int, criteria: int, what: str, marker: str) -> None:
    for place in range(1, actions + 1):
        Action.objects.create(
            objective=objective,
            position=place,
            what=f"{what} {objective.position}.{place} {marker}".strip(),
            owner=cast.teacher.person,
            due_on=date(2026, 12, 18),
            cost="1200.5",
            cost_source="Pupil premium",
        )
    for place in range(1, criteria + 1):
        criterion = SuccessCriterion.objects.create(
            objective=objective, position=place, text=f"Criterion {place} {marker}".strip()
        )
        for term in ("summer", "autumn", "spring"):
            Milestone.objects.create(criterion=criterion, term=term, text=f"by {term} {marker}".strip())


def on_agenda(
    plan: Plan, *, day: date = date(2026, 12, 2), papers: date | None = None, kind: str = "plan"
) -> AgendaItem:
    """The plan on the agenda of a meeting of the board that decides."""
    meeting = Meeting.objects.create(
        board=plan.deciding_board, day=day, time=time(18), place="Library", papers_sent_on=papers
    )
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="The plan", kind=kind)
    PlanItem.objects.create(item=item, plan=plan, version=plan.latest_version if kind == "plan" else None)
    return item
