"""How heavy a draft is, and advice that leaders put aside for the year or bring back."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import onward, show
from foundation.permissions import may
from foundation.typed import tidy_line
from sip import advising, drafting
from sip.models import Plan
from sip.permissions import P

_PAGES = {"draft": "draft_plan", "submit": "submit_plan", "weight": "plan_weight"}


@access(P.READ_DRAFT, Plan)
def weight(request, plan):
    """Elements, words, who carries what in which half-term, and cost against budget."""
    request.menu = "current_plan"
    draft = advising.draft_of(plan)
    may_write = not drafting.closed_because(plan) and may(request.user, P.DRAFT_PLAN, plan)
    return show(request, "sip/advising/weight.html", plan=plan, draft=draft, may_write=may_write)


@require_POST
@access(P.DRAFT_PLAN, Plan)
def put_aside(request, plan):
    """Put a piece of advice aside for the year."""
    said = advising.put_aside(plan, key=tidy_line(request.POST.get("key", "")), by=request.user)
    return onward(request, f"Put aside for this year: “{said}” You can bring it back.", to=_page(request, plan))


@require_POST
@access(P.DRAFT_PLAN, Plan)
def bring_back(request, plan):
    """Let advice that was put aside be given again."""
    advising.bring_back(plan, key=tidy_line(request.POST.get("key", "")), by=request.user)
    return onward(request, "It is given again.", to=_page(request, plan))


def _page(request, plan) -> str:
    """The page on which the button stood, by name or as an objective's key; otherwise the overview of the draft."""
    page = request.POST.get("page", "")
    if page.isascii() and page.isdigit() and len(page) < 19:
        return f"{reverse('draft_objective', args=[int(page)])}#advice"
    return f"{reverse(_PAGES.get(page, 'draft_plan'), args=[plan.pk])}#advice"
