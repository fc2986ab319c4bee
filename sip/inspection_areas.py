"""Which area of inspection each objective is about: so that evidence can be found by area. The areas are those of the
frameworks in force during the plan's year (governance.frameworks). It changes nothing in the plan, at any time."""

from datetime import date

from foundation.operations import operation
from governance import frameworks, years
from governance.models import User
from sip.models import Objective, Plan
from sip.permissions import P


@operation(P.PLACE_OBJECTIVES)
def place_objectives(plan: Plan, *, areas: dict[int, str], by: User) -> Plan:
    """Say for objectives of a plan, by number, which area each is about; an empty code takes it away."""
    for row in Objective.objects.select_for_update().filter(plan=plan, pk__in=areas):
        if row.inspection_area != areas[row.pk]:
            row.inspection_area = areas[row.pk]
            row.save(update_fields=["inspection_area"])
    plan.touch()
    return plan


def choices(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """The areas by framework, the newest first, of the frameworks that were in force in the plan's year."""
    return [
        (framework.name, [(area.code, area.name) for area in framework.areas])
        for framework in frameworks.FRAMEWORKS
        if _meets(framework, years.first_day(plan.year), years.last_day(plan.year))
    ]


def _meets(framework: frameworks.Framework, first: date, last: date) -> bool:
    return framework.first <= last and (framework.last is None or framework.last >= first)
