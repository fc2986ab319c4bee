"""The draft of a meeting's minutes, ready to be copied; part II apart; and which items stand in part II."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import onward, show
from governance import draft_minutes
from governance.models import AgendaItem, Meeting
from governance.part_two import put_in_part_two
from governance.permissions import P


@access(P.DRAFT_MINUTES, Meeting, seen="held_with")
def draft(request, meeting):
    """Attendance, items, decisions, questions: everything but part II."""
    request.menu = "meetings"
    page = draft_minutes.of(meeting, request.user, part_two=False)
    return show(request, "governance/minutes/draft.html", meeting=meeting, page=page)


@access(P.DRAFT_MINUTES, Meeting, seen="held_with")
def part_two(request, meeting):
    """Part II alone, without what this person withdrew from."""
    request.menu = "meetings"
    page = draft_minutes.of(meeting, request.user, part_two=True)
    return show(request, "governance/minutes/draft.html", meeting=meeting, page=page)


@require_POST
@access(P.MARK_CONFIDENTIAL, AgendaItem)
def part(request, item):
    """Put an item into part II of the agenda, or back into part I."""
    confidential = request.POST.get("do") == "part two"
    put_in_part_two(item, confidential=confidential, by=request.user)
    said = "is in part II now" if confidential else "is in part I now"
    return onward(request, f"“{item}” {said}.", to=reverse("item", args=[item.pk]))
