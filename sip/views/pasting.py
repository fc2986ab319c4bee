"""Rows pasted from a spreadsheet or a Word table: look at what becomes of them, then add them in one act."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from sip import drafting
from sip.forms.pasting import PastePage
from sip.models import Objective
from sip.permissions import P


@access(P.DRAFT_PLAN, Objective, seen="to_draft")
def paste(request, objective):
    """The text, its columns, the names in it, and what becomes of it; nothing is added before the last button."""
    request.menu = "current_plan"
    page = PastePage(objective, typed(request))
    if request.method == "POST" and request.POST.get("do") == "add" and page.pasted and page.counts:
        return _add(request, objective, page)
    closed = drafting.closed_because(objective.plan)
    return show(request, "sip/drafting/paste.html", form=page, objective=objective, plan=objective.plan, closed=closed)


def _add(request, objective, page):
    came_from = "Pasted from a table"
    drafting.add_rows(objective, came_from=came_from, by=request.user, **page.rows)
    nobody = [one.name for one in page.strangers if not one.chosen]
    said = f"{page.counts[0].upper()}{page.counts[1:]} added behind the rows that stood there."
    if nobody:
        said += f" Nobody is named for {', '.join(f'“{name}”' for name in nobody[:5])}."
    return onward(request, said, to=reverse("draft_objective", args=[objective.pk]))
