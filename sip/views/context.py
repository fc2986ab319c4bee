"""The context of a plan: leaders see what stands there and what is missing, and write its words and its budget."""

from django.http import Http404
from django.urls import reverse

from foundation import keeping
from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import Conflict, StaleEdit
from foundation.permissions import may
from sip import context as operations
from sip import context_draft, drafting
from sip.context import KINDS, TITLES
from sip.forms.context import SOURCES, ContextPages
from sip.models import Plan
from sip.permissions import P

_WRITE = "sip/context/write.html"


@access(P.READ_DRAFT, Plan)
def context(request, plan):
    """Every section with its figures, its words, and what is still to be entered."""
    request.menu = "current_plan"
    drafted, closed = context_draft.of(plan, request.user), drafting.closed_because(plan)
    may_write = not closed and may(request.user, P.DRAFT_PLAN, plan)
    words = {"drafted": drafted, "closed": closed, "may_write": may_write}
    says = closed or context_draft.in_words(drafted)
    return show(request, "sip/context/context.html", plan=plan, says=says, **words)


@access(P.DRAFT_PLAN, Plan)
def write(request, plan, section):
    """Write one section. Two people at once: both texts, the second chooses."""
    request.menu = "current_plan"
    if section not in KINDS:
        raise Http404("There is no such section.")
    pages = ContextPages(typed(request), section=section, plan=plan)
    if request.method == "POST" and pages.is_valid():
        return _save(request, plan, pages)
    closed = drafting.closed_because(plan)
    return show(request, _WRITE, form=pages, closed=closed, **_words(plan, section))


def _save(request, plan, pages):
    words = {"section": pages.section, "texts": pages.words.texts, "budget": pages.budget}
    try:
        operations.write_context(plan, revision=pages.words.cleaned_data["revision"], by=request.user, **words)
    except StaleEdit as stale:
        keeping.keep(request.user, request.path, request.POST)
        plan.refresh_from_db()
        theirs = ContextPages(None, section=pages.section, plan=plan)
        return both_texts(request, _WRITE, stale, form=pages, theirs=theirs, **_words(plan, pages.section))
    except Conflict as conflict:
        keeping.keep(request.user, request.path, request.POST)
        raise Conflict(f"{conflict} What you typed is kept for you to copy.", keeps_words=True) from None
    to = f"{reverse('context', args=[plan.pk])}#{pages.section}"
    return onward(request, f"“{TITLES[pages.section]}” is saved.", to=to)


def _words(plan, section: str) -> dict:
    return {"plan": plan, "section": section, "title": TITLES[section], "sources": SOURCES}
