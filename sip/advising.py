"""A draft weighed as a whole; and leaders put advice aside for the year, or bring it back."""

from dataclasses import dataclass

from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import User
from sip import advice, costs, drafting, lines, weight
from sip.advice import Advised, Finding
from sip.costs import Costs
from sip.lines import PlanLines
from sip.models import AdviceDismissed, Plan
from sip.permissions import P
from sip.weight import Weight


@dataclass(frozen=True)
class Draft:
    """What a draft holds, costs and weighs, and all there is to say of it."""

    lines: PlanLines
    costs: Costs
    weighed: Weight
    findings: list[Finding]
    aside: set[str]
    objective_word: str
    financial_year: str  # "April to March"

    @property
    def advised(self) -> Advised:
        """As a page shows it: three pieces at most."""
        return advice.advised(self.findings, self.aside, objective=self.objective_word)


def draft_of(plan: Plan) -> Draft:
    """The plan as it is drafted now; the number of queries does not grow with it."""
    read, place = lines.of(plan), plan.organisation
    priced = costs.of(read, place.financial_year_from)
    weighed = weight.of(read, weight.half_terms(place.terms_of(plan.year)))
    page = reverse("plan_weight", args=[plan.pk])
    spots = {name: f"{page}#h-{name}" for name in ("costs", "load", "weight")}
    spots["objectives"] = reverse("objectives", args=[plan.pk])
    found = advice.of_plan(read, costs=priced, weighed=weighed, spots=spots)
    year = costs.months(place.financial_year_from)
    return Draft(read, priced, weighed, found, put_aside_of(plan), plan.words.objective, year)


def put_aside_of(plan: Plan) -> set[str]:
    """The keys of what was put aside for the year of this plan."""
    return set(AdviceDismissed.objects.filter(plan=plan).values_list("key", flat=True))


@operation(P.DRAFT_PLAN)
def put_aside(plan: Plan, *, key: str, by: User) -> str:
    """Put a piece of advice aside for the year of the plan. Twice is as good as once. `key`: as `Advice.key` is.
    Returns what it said."""
    if why := drafting.closed_because(plan):
        raise Conflict(why)
    found = {one.key: one for one in draft_of(plan).findings}
    rows = [found[one] for one in key.split(advice.BETWEEN) if one in found]
    if not rows:
        raise Conflict("This advice is not given any more. Look again: somebody may have mended it.")
    kept = [AdviceDismissed(plan=plan, key=one.key, by=by.person, at=clock.now()) for one in rows]
    AdviceDismissed.objects.bulk_create(kept, ignore_conflicts=True)
    return advice.advised(rows, set(), objective=plan.words.objective).first[0].says


@operation(P.DRAFT_PLAN)
def bring_back(plan: Plan, *, key: str, by: User) -> None:
    """Let advice that was put aside be given again."""
    if why := drafting.closed_because(plan):
        raise Conflict(why)
    held = put_aside_of(plan) & set(key.split(advice.BETWEEN))
    AdviceDismissed.objects.filter(plan=plan, key__in=held).delete()
