"""Where an objective's draft may start from: last year's plan, or one of our starting points."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from sip import drafting, knowing, starting
from sip.forms.starting import LastYearForm, PointForm
from sip.models import Objective
from sip.permissions import P


@access(P.DRAFT_PLAN, Objective, seen="to_draft")
def last_year(request, objective):
    """Choose rows of last year's plan; the unfinished stand first."""
    request.menu = "current_plan"
    before = starting.plan_before(objective)
    offered = starting.last_year(objective, before) if before else []
    form = LastYearForm(typed(request), offered=offered)
    if request.method == "POST" and form.is_valid():
        rows = starting.taken(objective, before, {*form.cleaned_data["rows"]})
        drafting.add_rows(objective, by=request.user, **rows)
        said = "Added from last year’s plan, each day a year on. Look at figures and owners before you submit."
        return onward(request, said, to=reverse("draft_objective", args=[objective.pk]))
    words = _words(objective) | {"before": before, "offered": offered}
    return show(request, "sip/drafting/last_year.html", form=form, **words)


@access(P.DRAFT_PLAN, Objective, seen="to_draft")
def points(request, objective):
    """Choose a starting point by phase and inspection area; its rows are added to be made one's own."""
    request.menu = "current_plan"
    calendar = knowing.calendar_of(objective.plan)
    found = starting.points_for(objective.plan.organisation, objective.inspection_area)
    form = PointForm(typed(request), points=found)
    if request.method == "POST" and form.is_valid():
        point = form.point
        source = f"Starting point: {point.title}"
        drafting.add_rows(objective, came_from=source, by=request.user, **starting.rows_of(point, calendar))
        said = "Added as a beginning. Put in your own figures, names and days."
        return onward(request, said, to=reverse("draft_objective", args=[objective.pk]))
    return show(request, "sip/drafting/points.html", form=form, areas=form.by_area(calendar), **_words(objective))


def _words(objective) -> dict:
    return {"objective": objective, "plan": objective.plan, "closed": drafting.closed_because(objective.plan)}
