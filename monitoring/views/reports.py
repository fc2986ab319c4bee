"""The termly report: asked for with one click, shown while it is made, served as it was stored."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import serving
from foundation.access import SEE, access
from foundation.answers import onward
from foundation.permissions import may, why_not
from monitoring import reports
from monitoring.models import Report, ReportJob, Review, ReviewRecord
from monitoring.permissions import P


@require_safe
@access(SEE, Report)
def report(request, report):
    """The stored bytes."""
    return serving.stored(request, report)


@require_safe
@access(SEE, ReportJob)
def report_job(request, job):
    """How far it is."""
    request.menu = "progress"
    review = job.record.review
    return serving.printing(
        request,
        job,
        opens="report",
        title=f"The termly report, {job.record.get_stage_display()}",
        up=str(review),
        up_url=reverse("review", args=[review.pk]),
        again=reverse("report_make", args=[review.pk]) if may(request.user, P.MAKE_REPORT, review) else None,
        sent={"record": job.record.number},
        why_not=why_not(P.MAKE_REPORT),
    )


@require_POST
@access(P.MAKE_REPORT, Review)
def report_make(request, review):
    """The report as the review stands now, or that of one record again: the PDF where it is made already, else the page
    that shows the making."""
    if number := request.POST.get("record"):
        job = reports.make_again(_record(request, review, number), by=request.user)
    else:
        job = reports.make_report(review, by=request.user)
    if job.state == ReportJob.State.DONE:
        return redirect("report", pk=job.document_id)
    return onward(request, "The termly report is asked for.", to=reverse("report_job", args=[job.pk]))


def _record(request, review: Review, number: str) -> ReviewRecord:
    if not number.isdecimal() or len(number) > 4:
        raise Http404("No such record.")
    return get_object_or_404(ReviewRecord.objects.visible_to(request.user), review=review, number=number)
