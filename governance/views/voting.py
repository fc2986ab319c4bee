"""What goes on at one item: opened and closed, voted on, left by somebody. Its page is upstairs, in sip."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import onward
from foundation.errors import Conflict
from foundation.typed import tidy_line
from governance import voting
from governance.models import AgendaItem, Vote
from governance.permissions import P

_DEEDS = {
    "open": (voting.open_item, {}, "The item is open."),
    "leave": (voting.leave_item, {}, "The board has left the item for now."),
    "close": (voting.close_item, {}, "The item is closed without a decision."),
    "open voting": (voting.open_voting, {}, "Voting is open. Members vote on their own devices."),
    "open voting by name": (voting.open_voting, {"by_name": True}, "Voting by name is open."),
    "close voting": (voting.close_voting, {}, "Voting is closed. Here are the counts."),
}


@require_POST
@access(P.OPEN_ITEM, AgendaItem)
def run(request, item):
    """Open, leave or close the item, or its voting."""
    if request.POST.get("do") not in _DEEDS:
        raise Conflict("This page is older than the site. Open it again.")
    deed, words, said = _DEEDS[request.POST["do"]]
    deed(item, by=request.user, **words)
    return onward(request, said, to=_page(item))


@require_POST
@access(P.VOTE, AgendaItem)
def vote(request, item):
    """Vote, or change the vote while voting is open."""
    choice = voting.cast_vote(item, choice=request.POST.get("choice", ""), by=request.user).choice
    said = {Vote.Choice.FOR: "for it", Vote.Choice.AGAINST: "against it"}.get(choice, "to abstain")
    return onward(request, f"You have voted {said}. You can change it until voting is closed.", to=_page(item))


@require_POST
@access(SEE, AgendaItem)
def withdraw(request, item):
    """Withdraw oneself from the item, or take part again."""
    if request.POST.get("do") == "come back":
        voting.come_back(item, person=request.user.person, by=request.user)
        return onward(request, "You take part in this item.", to=_page(item))
    reason = tidy_line(request.POST.get("reason", ""))
    if len(reason) > 200:
        raise Conflict("The reason is too long: 200 characters at most. You have not withdrawn yet.")
    voting.withdraw(item, person=request.user.person, reason=reason, by=request.user)
    return onward(request, "You have withdrawn and take no part in this item.", to=_page(item))


def _page(item: AgendaItem) -> str:
    return reverse("item", args=[item.pk])
