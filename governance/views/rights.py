"""Who may do what here, and why."""

from django.shortcuts import get_object_or_404

from foundation.access import access
from foundation.answers import show
from governance import rights as table
from governance.models import Organisation, Person
from governance.permissions import P


@access(P.SEE_PEOPLE, Organisation, by={"slug": "slug"}, seen="showing_people_to")
def rights(request, organisation):
    """The table in words; for a chosen person, what they may, and because of what."""
    request.menu = "people"
    people = Person.objects.visible_to(request.user).on_hand(organisation).people()
    chosen = request.GET.get("person", "")
    person = (
        get_object_or_404(people, pk=chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    )
    return show(
        request,
        "governance/rights/rights.html",
        organisation=organisation,
        people=people,
        person=person,
        reasons=table.of(organisation, person) if person else [],
        everything=table.everything(),
    )
