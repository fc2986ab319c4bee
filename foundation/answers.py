"""How a request is answered: a form and what is wrong with it, one sentence and onward, or a refusal in plain words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from foundation import keeping
from foundation.errors import Conflict, NotAllowed, StaleEdit


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is to be filled with: what was sent; or, at ?kept=1, what this person typed here and did not save."""
    if request.method == "POST":
        return request.POST
    if "kept" in request.GET and (draft := keeping.kept(request.user, request.path)):
        return draft.form_data()
    return None


def show(request: HttpRequest, template: str, *, form=None, status: int | None = None, **words) -> HttpResponse:
    """A page, perhaps with a form. A form that was sent and is wrong answers 422, with what was typed; one that an
    operation refused (`attempt`) answers 409."""
    if form is not None:
        words["form"] = form
        offered = request.method == "GET" and "kept" not in request.GET
        words["kept"] = keeping.kept(request.user, request.path) if offered else None
    refused_form = form is not None and request.method == "POST" and not form.is_valid()
    wrong = 409 if getattr(form, "is_refused", False) else 422
    return render(request, template, words, status=status or (wrong if refused_form else 200))


def onward(request: HttpRequest, sentence: str, *, to) -> HttpResponse:
    """Done: forget what was kept of the typing, say one sentence on the next page, and go there."""
    keeping.let_go(request.user, request.path)
    messages.success(request, sentence)
    return redirect(to)


def is_in_place(request: HttpRequest) -> bool:
    """Whether a script has sent a box of the page alone, and puts what is answered into its place (at-once.js)."""
    return "X-In-Place" in request.headers


def attempt(request: HttpRequest, form, deed):
    """What an operation made of a form that was sent and is right; what it refuses is said on the form. None where
    nothing was done."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return deed()
    except Conflict as refusal:
        form.add_error(None, str(refusal))
        form.is_refused = True
        return None


def both_texts(request: HttpRequest, template: str, stale: StaleEdit, *, form, **words) -> HttpResponse:
    """409: somebody saved the same thing meanwhile. Shows what was typed beside what was saved (`stale.thing`)."""
    return render(request, template, words | {"form": form, "stale": stale}, status=409)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: yours to see, not yours to do; says who may."""
    why = str(exception) if isinstance(exception, NotAllowed) else ""
    return render(request, "answers/403.html", {"why": why, "back": _came_from(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not yours to see. The two look alike."""
    return render(request, "answers/404.html", status=404)


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """409: it has moved on meanwhile; says where it is, leads to where it can be seen, shows what was typed."""
    typed_words = [] if error.keeps_words else _sentences(request)
    words = {"why": str(error), "onward": _came_from(request) or request.path, "typed": typed_words}
    return render(request, "answers/409.html", words, status=409)


def _sentences(request: HttpRequest) -> list[str]:
    """What of a sent form is more than a word: it would be lost with it."""
    sent = (text.strip() for name, texts in request.POST.lists() if name not in keeping.NOT_KEPT for text in texts)
    return [text for text in sent if " " in text]


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old or came from elsewhere. Words that this person typed into a page of ours are kept."""
    keeping.hold_until_signed_in(request)
    if request.user.is_authenticated:
        keeping.give_back_held(request)
        kept = keeping.kept(request.user, request.path) is not None
    else:
        kept = "held_words" in request.session
    words = {"form_is_old": True, "kept": kept, "back": f"{request.path}?kept=1" if kept else _came_from(request)}
    return render(request, "answers/403.html", words, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, said plainly, without a word of its inside."""
    try:
        return render(request, "answers/500.html", status=500)
    except Exception:  # noqa: BLE001  the database may be what broke, and the page's menu asks it
        return HttpResponse(render_to_string("answers/500.html"), status=500)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries; says how long to wait."""
    return render(request, "answers/429.html", status=429)


def _came_from(request: HttpRequest) -> str | None:
    """The page of ours from which this was sent, if the browser says so."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if before and ours else None
