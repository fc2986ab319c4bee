"""What differs between two versions of a plan, word by word."""

from foundation.access import SEE, access
from foundation.answers import show
from sip import side_by_side
from sip.models import Plan


@access(SEE, Plan, seen="to_read")
def compare(request, plan):
    """Choose two versions, and read what differs; without a choice, since one last read it."""
    request.menu = "current_plan"
    asked = {name: request.GET.get(word, "") for name, word in (("before", "from"), ("after", "to"))}
    page = side_by_side.of(plan, request.user, **asked)
    return show(request, "sip/versions/compare.html", plan=plan, page=page)
