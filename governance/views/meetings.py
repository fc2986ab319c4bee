"""A board's meetings: coming and past, their agenda, papers, attendance and minutes."""

from foundation.access import SEE, access
from foundation.answers import show
from governance.models import Meeting


@access(SEE, Meeting)
def meeting(request, meeting):
    """One meeting: when and where, papers, agenda, who was there."""
    request.menu = "meetings"
    return show(request, "governance/meetings/meeting.html", meeting=meeting)
