"""Which area of inspection each objective is about."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from sip.forms.inspection_areas import AreasForm
from sip.inspection_areas import place_objectives
from sip.models import Plan
from sip.permissions import P


@access(P.PLACE_OBJECTIVES, Plan)
def areas(request, plan):
    """One list an objective."""
    request.menu = "current_plan"
    form = AreasForm(typed(request), plan=plan, objectives=list(plan.objectives.all()))
    if request.method == "POST" and form.is_valid():
        place_objectives(plan, by=request.user, **form.words)
        to = reverse("plan", args=[plan.organisation.slug, plan.year])
        return onward(request, "The areas of inspection are saved.", to=to)
    return show(request, "sip/objectives/areas.html", form=form, plan=plan)
