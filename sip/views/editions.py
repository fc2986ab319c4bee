"""Who reads what of a plan: said part by part on the draft; an edition to verify, and the check of one."""

from django.http import Http404, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.access import SEE, access, public
from foundation.answers import onward, show
from foundation.permissions import require
from sip import drafting, editions, redacting, showing
from sip.forms.editions import FileForm
from sip.models import Plan, Version
from sip.permissions import P


@access(P.SAY_WHO_READS, Plan)
def who_reads(request, plan):
    """Every part of the draft with who reads it; one part is changed at a time."""
    request.menu = "current_plan"
    if request.method == "POST":
        block, shown_to = request.POST.get("block", ""), request.POST.get("shown_to", "")
        showing.say_who_reads(plan, block=block, shown_to=shown_to, by=request.user)
        return onward(request, "Who reads this part is saved.", to=reverse("who_reads", args=[plan.pk]))
    words = {"groups": showing.parts_of(plan), "closed": drafting.closed_because(plan)}
    return show(request, "sip/editions/who_reads.html", plan=plan, **words)


@require_safe
@access(SEE, Version)
def redacted(request, version, edition):
    """An edition as a file whose hash is that of the whole version."""
    if edition not in editions.Edition.values or edition == editions.Edition.LEADERS:
        raise Http404("No such edition.")
    if edition == editions.Edition.CONFIDENTIAL:
        require(request.user, P.READ_CONFIDENTIAL, version)
    answer = JsonResponse(redacting.of(version, edition), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = f'attachment; filename="{redacting.file_name(version, edition)}"'
    return answer


@public("whoever was given an edition may check it, with no sign-in; it tells of nothing that is not in their hands")
def check(request):
    """Whether a file of an edition is word for word as it was frozen."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    finding = redacting.check(form.cleaned_data["file"]) if form.is_valid() else None
    return show(request, "sip/editions/check.html", form=form, finding=finding)
