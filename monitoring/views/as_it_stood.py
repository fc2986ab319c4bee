"""A plan and its progress as they stood on any day."""

from foundation.access import SEE, access
from foundation.answers import show
from monitoring import as_it_stood
from monitoring.forms.as_it_stood import DayForm
from sip import whereabouts
from sip.models import Plan


@access(SEE, Plan, seen="to_read")
def on_a_day(request, plan):
    """Asks for a day; then what was in force, how it was rated and what was open, beside now."""
    request.menu = "progress"
    form, stood = None, None
    if plan.is_in_force:
        asked = request.GET if "day" in request.GET else None
        form = DayForm(asked, begun=as_it_stood.begun_on(plan))
        stood = as_it_stood.of(plan, request.user, form.cleaned_data["day"]) if form.is_valid() else None
    return show(
        request,
        "monitoring/progress/as_it_stood.html",
        form=form,
        status=422 if form is not None and form.errors else None,
        plan=plan,
        words=plan.words,
        stood=stood,
        days=as_it_stood.turning_days(plan, request.user) if form is not None else [],
        waits="" if plan.is_in_force else whereabouts.sentence(plan, whereabouts.Item.of(plan)),
    )
