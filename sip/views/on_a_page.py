"""The plan on a page, for everyone who reads the plan."""

from foundation.access import SEE, access
from foundation.answers import show
from sip import on_a_page
from sip.models import Plan
from sip.reading import read


@access(SEE, Plan, by={"slug": "organisation__slug", "year": "year"}, seen="to_read")
def page(request, plan):
    """Each objective in a box: what it aims at, three things to be done, how the board will know, who leads it."""
    request.menu = "current_plan"
    reading = read(plan, request.user)
    words = {"reading": reading, "words": reading.words, "page": on_a_page.of(reading)}
    return show(request, "sip/plans/on_a_page.html", plan=plan, **words)
