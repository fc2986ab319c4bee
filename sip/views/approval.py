"""The plan goes to the board, and comes back."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from sip import advising, approval, reading
from sip.forms.approval import ReturnForm
from sip.models import Plan
from sip.permissions import P


@access(P.SUBMIT_PLAN, Plan)
def submit(request, plan):
    """Say what submitting does and what is still missing; then do it."""
    request.menu = "current_plan"
    if request.method == "POST":
        version = approval.submit_plan(plan, by=request.user)
        return onward(request, f"The plan is with the board, as version {version.number}.", to=_page(plan))
    as_read = reading.read(plan, request.user)
    return show(
        request,
        "sip/approval/submit.html",
        plan=plan,
        counts=as_read.counts,
        advised=advising.draft_of(plan).advised,
        number=approval.next_number(plan),
        why_not=approval.why_not_submitted(plan),
        up_url=_page(plan),
    )


@access(P.TAKE_BACK_PLAN, Plan)
def take_back(request, plan):
    """The head takes the plan back before papers are out."""
    request.menu = "current_plan"
    if request.method == "POST":
        approval.take_back_plan(plan, by=request.user)
        return onward(request, "The plan is yours again. Submit it when it is ready.", to=_page(plan))
    why_not = approval.why_not_taken_back(plan)
    return show(request, "sip/approval/take_back.html", plan=plan, why_not=why_not, up_url=_page(plan))


@access(P.RETURN_PLAN, Plan)
def give_back(request, plan):
    """The chair returns the plan with reasons."""
    request.menu = "current_plan"
    form = ReturnForm(typed(request))
    if request.method == "POST" and form.is_valid():
        approval.return_plan(plan, by=request.user, **form.cleaned_data)
        return onward(request, "The plan is with the leaders again. They have been told by mail.", to=_page(plan))
    return show(request, "sip/approval/return.html", plan=plan, form=form, up_url=_page(plan))


def _page(plan) -> str:
    return reverse("plan", args=[plan.organisation.slug, plan.year])
