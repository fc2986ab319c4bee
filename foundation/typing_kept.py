"""The address to which a page sends what is being typed, so that nothing is lost when the session ends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from foundation import keeping
from foundation.access import SEE, access


@require_POST
@access(SEE)
def keep_words(request: HttpRequest) -> HttpResponse:
    """Keep the form's words for the page named in `page`; with `drop`, throw away what was kept and go back there."""
    page = request.POST.get("page", "")
    if not keeping.is_page(page):
        return HttpResponse(status=422)
    if "drop" in request.POST:
        keeping.let_go(request.user, page)
        return redirect(page)
    return keeping.answer(keeping.keep(request.user, page, request.POST))
