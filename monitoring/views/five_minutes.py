"""The page that is read just before a meeting."""

from foundation.access import SEE, access
from foundation.answers import show
from governance.models import Meeting
from monitoring import five_minutes


@access(SEE, Meeting)
def before(request, meeting):
    """What is asked of me, what changed since I last looked, and three good questions."""
    request.menu = "meetings"
    return show(request, "monitoring/meetings/five_minutes.html", page=five_minutes.of(meeting, request.user))
