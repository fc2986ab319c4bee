"""The PDFs of a version: served as they were stored, shown while they are made, made again."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.access import SEE, access
from foundation.answers import onward, show
from foundation.permissions import may, why_not
from sip import documents
from sip.models import Document, DocumentJob, Version
from sip.permissions import P


@require_safe
@csp_update({"object-src": ["'self'"]})  # some browsers show a PDF as an object in a page of their own
@access(SEE, Document)
def document(request, document):
    """The stored bytes. A browser that has them already is told so."""
    etag = quote_etag(document.sha256)
    answer = get_conditional_response(request, etag=etag) or _pdf(document, "download" in request.GET)
    answer.headers["ETag"] = etag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _pdf(document, as_download: bool) -> HttpResponse:
    how = "attachment" if as_download else "inline"
    answer = HttpResponse(bytes(document.content), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'{how}; filename="{document.file_name}"'
    return answer


@require_safe
@access(SEE, DocumentJob)
def document_job(request, job):
    """How far it is: a page, or its figures for the script that watches."""
    wants_json = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    if wants_json or request.GET.get("format") == "json":
        answer = JsonResponse(_told(job))
    else:
        request.menu = "current_plan"
        may_make = may(request.user, P.MAKE_DOCUMENT, job)
        words = {"version": job.version, "may_make": may_make, "why_not": why_not(P.MAKE_DOCUMENT)}
        answer = show(request, "sip/documents/job.html", job=job, told=_told(job), **words)
    patch_vary_headers(answer, ["Accept"])
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _told(job) -> dict:
    """Where it stands, in words, and where to go when it is over."""
    state = DocumentJob.State
    here = reverse("document_job", args=[job.pk])
    if job.state == state.DONE:
        url = reverse("document", args=[job.document_id])
        told = {"words": f"Ready: {job.document.pages} pages.", "url": url, "label": "Open the PDF"}
    elif job.state == state.FAILED:
        told = {"words": job.trouble, "url": here, "label": "See what can be done"}
    else:
        stands = "Being made" if job.state == state.WORKING else "Waiting for its turn"
        told = {"words": f"{stands}. Asked for at {clock.in_london(job.asked_at):%H:%M}.", "url": None, "label": None}
    return {"state": job.state, "done": job.state in (state.DONE, state.FAILED), **told}


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
