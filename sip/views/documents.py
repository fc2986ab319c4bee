"""The PDFs of a version: served as they were stored, shown while they are made, made again."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import serving
from foundation.access import SEE, access
from foundation.answers import onward
from foundation.permissions import may, why_not
from sip import documents
from sip.models import Document, DocumentJob, Version
from sip.permissions import P


@require_safe
@access(SEE, Document)
def document(request, document):
    """The stored bytes."""
    return serving.stored(request, document)


@require_safe
@access(SEE, DocumentJob)
def document_job(request, job):
    """How far it is."""
    request.menu = "current_plan"
    version = job.version
    return serving.printing(
        request,
        job,
        opens="document",
        title=f"The PDF of version {version.number}, {job.get_stage_display()}",
        up=str(version),
        up_url=reverse("version", args=[version.pk]),
        again=reverse("documents_make", args=[version.pk]) if may(request.user, P.MAKE_DOCUMENT, job) else None,
        sent={"stage": job.stage},
        why_not=why_not(P.MAKE_DOCUMENT),
    )


@require_POST
@access(P.MAKE_DOCUMENT, Version)
def make(request, version):
    """Have a document made that is not there, could not be made, or has been overtaken."""
    stage = request.POST.get("stage")
    if stage not in Document.Stage.values:
        raise Http404("No such stage.")
    job = documents.make_again(version, stage=stage, by=request.user)
    if job.state == DocumentJob.State.DONE:
        return redirect("document_job", pk=job.pk)
    return onward(request, "The PDF is asked for.", to=reverse("document_job", args=[job.pk]))
