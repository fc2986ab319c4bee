"""PDFs served: the bytes as they were stored, and the page that shows how far the making of one is."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag

from foundation import clock
from foundation.answers import show
from foundation.press import Printed, Printing


@csp_update({"object-src": ["'self'"]})  # some browsers show a PDF as an object in a page of their own
def stored(request: HttpRequest, document: Printed) -> HttpResponse:
    """The stored bytes, under the document's `file_name`. A browser that has them already is told so."""
    etag = quote_etag(document.sha256)
    answer = get_conditional_response(request, etag=etag) or _pdf(document, "download" in request.GET)
    answer.headers["ETag"] = etag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _pdf(document: Printed, as_download: bool) -> HttpResponse:
    how = "attachment" if as_download else "inline"
    answer = HttpResponse(bytes(document.content), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'{how}; filename="{document.file_name}"'
    return answer


def printing(request: HttpRequest, job: Printing, *, opens: str, **words) -> HttpResponse:
    """How far it is: a page, or its figures for the script that watches. `opens` is the URL name of the PDF's view.

    The page's words: title; up_url and up, the page that it belongs to; again, an address that has it made again, or
    None, and then why_not; sent, what is sent along there by name.
    """
    told = _told(job, opens, request.path)
    wants_json = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    if wants_json or request.GET.get("format") == "json":
        answer = JsonResponse(told)
    else:
        answer = show(request, "answers/printing.html", job=job, told=told, **words)
    patch_vary_headers(answer, ["Accept"])
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _told(job: Printing, opens: str, here: str) -> dict:
    """Where it stands, in words, and where to go when it is over."""
    state = Printing.State
    if job.state == state.DONE:
        pages = "1 page" if job.document.pages == 1 else f"{job.document.pages} pages"
        url = reverse(opens, args=[job.document_id])
        told = {"words": f"Ready: {pages}.", "url": url, "label": "Open the PDF"}
    elif job.state == state.FAILED:
        told = {"words": job.trouble, "url": here, "label": "See what can be done"}
    else:
        stands = "Being made" if job.state == state.WORKING else "Waiting for its turn"
        told = {"words": f"{stands}. Asked for at {clock.in_london(job.asked_at):%H:%M}.", "url": None, "label": None}
    return {"state": job.state, "done": job.state in (state.DONE, state.FAILED), **told}
