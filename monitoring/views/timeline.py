"""The plan on the school year, as a picture and as a table."""

from foundation.access import SEE, access
from foundation.answers import show
from monitoring import timeline
from sip import whereabouts
from sip.models import Plan


@access(SEE, Plan, by={"slug": "organisation__slug", "year": "year"}, seen="to_read")
def timeline_of(request, plan):
    """Actions and milestones from September to July, with terms, holidays, meetings and reviews. Before there is a plan
    that this person reads whole: who acts next."""
    request.menu = "current_plan"
    drawn = timeline.is_drawn(plan, request.user)
    return show(
        request,
        "monitoring/timeline/timeline.html",
        plan=plan,
        words=plan.words,
        line=timeline.of(plan, request.user, only=request.GET.get("objective", "")) if drawn else None,
        waits="" if drawn else whereabouts.sentence(plan, whereabouts.Item.of(plan)),
    )
