"""An item of the agenda, of whatever kind: its resolution, who is in the room, the vote, the decision."""

from foundation.access import SEE, access
from foundation.answers import show
from governance.models import AgendaItem


@access(SEE, AgendaItem)
def item(request, item):
    """The item's page, for the projector, the clerk's laptop and the governors' phones."""
    request.menu = "meetings"
    return show(request, "sip/deciding/item.html", item=item)
