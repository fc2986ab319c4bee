"""The strategy as everyone reads it: vision, priorities, and what serves each of them this year."""

from foundation import clock
from foundation.access import SEE, access
from foundation.answers import show
from foundation.permissions import may
from governance import years
from governance.models import Organisation, Strategy
from governance.permissions import P
from sip.models import Objective, Plan


@access(SEE, Organisation, by={"slug": "slug"}, seen="showing_plans_to")
def strategy(request, organisation):
    """The strategy in force, and, to those who may see it, the one being written."""
    request.menu = "current_plan"
    seen = Strategy.objects.visible_to(request.user).filter(organisation=organisation).prefetch_related("priorities")
    by_state = {one.state: one for one in seen}
    adopted = by_state.get(Strategy.State.ADOPTED)
    return show(
        request,
        "sip/strategy/page.html",
        organisation=organisation,
        adopted=adopted,
        year_of_it=years.year_of(clock.today()) - adopted.first_year + 1 if adopted else None,
        draft=by_state.get(Strategy.State.DRAFT),
        decision=_decision(adopted),
        priorities=_served(request.user, adopted),
        may_write=may(request.user, P.WRITE_STRATEGY, organisation),
        may_put=may(request.user, P.ADOPT_STRATEGY, organisation),
        of_trust=_in_force(request.user, organisation.trust),
    )


def _in_force(user, trust: Organisation | None) -> Strategy | None:
    """The trust's strategy, which its schools read too."""
    return Strategy.objects.visible_to(user).filter(organisation=trust, state=Strategy.State.ADOPTED).first()


def _served(user, adopted: Strategy | None) -> list[dict]:
    """Each priority with the objectives of this year's plan that serve it."""
    if adopted is None:
        return []
    plan = Plan.objects.visible_to(user).current(adopted.organisation)
    serving: dict[int, list[Objective]] = {}
    for objective in Objective.objects.visible_to(user).filter(plan=plan) if plan else ():
        serving.setdefault(objective.priority_id, []).append(objective)
    return [{"priority": one, "objectives": serving.get(one.pk, []), "plan": plan} for one in adopted.priorities.all()]


def _decision(adopted: Strategy | None):
    item = adopted.items.filter(state="closed").select_related("decision", "meeting__board").last() if adopted else None
    return getattr(item, "decision", None)
