"""The papers of a meeting as one PDF: the shelf, the making, and the bytes as they were stored."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import serving
from foundation.access import SEE, access
from foundation.answers import onward, show
from foundation.permissions import may, require, why_not
from governance.models import Meeting
from monitoring import bundles, meeting_shelf
from monitoring.models import Bundle, BundleJob
from monitoring.models.bundles import Part
from monitoring.permissions import P


@access(SEE, Meeting)
def papers(request, meeting):
    """What is made of a meeting's papers; asked for by the clerk or the chair."""
    request.menu = "meetings"
    if request.method == "POST":
        return _make(request, meeting)
    return show(
        request,
        "monitoring/bundles/papers.html",
        meeting=meeting,
        shelf=bundles.shelf(meeting, request.user),
        papers=meeting_shelf.of(meeting, request.user),
        may_make=may(request.user, P.MAKE_PAPERS, meeting),
        why_not=why_not(P.MAKE_PAPERS),
    )


def _make(request, meeting):
    require(request.user, P.MAKE_PAPERS, meeting)
    part = request.POST.get("part", "")
    if part not in Part.values:
        raise Http404("No such part.")
    job = bundles.make_papers(meeting, part=part, by=request.user)
    if not BundleJob.objects.visible_to(request.user).filter(pk=job.pk).exists():
        return onward(request, "The papers are asked for.", to=request.path)
    return redirect("bundle_job", pk=job.pk)


@require_safe
@access(SEE, Bundle)
def bundle(request, bundle):
    """The stored bytes."""
    return serving.stored(request, bundle)


@require_safe
@access(SEE, BundleJob)
def bundle_job(request, job):
    """How far it is."""
    request.menu = "meetings"
    return serving.printing(
        request,
        job,
        opens="bundle",
        title=f"Papers, {job.get_part_display()}",
        up=str(job.meeting),
        up_url=reverse("bundles", args=[job.meeting_id]),
        again=reverse("bundles", args=[job.meeting_id]) if may(request.user, P.MAKE_PAPERS, job) else None,
        sent={"part": job.part},
        why_not=why_not(P.MAKE_PAPERS),
    )
