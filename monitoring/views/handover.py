"""Handover packs: one's own, and one for a successor."""

from django.shortcuts import get_object_or_404

from foundation.access import access
from foundation.answers import show
from foundation.permissions import may
from governance.models import Organisation, Person
from monitoring import handover
from monitoring.permissions import P

_BY_SLUG = {"slug": "slug"}


@access(P.TAKE_OVER, Organisation, by=_BY_SLUG, seen="showing_people_to")
def own(request, organisation):
    """The pack for oneself; who may make one for a successor chooses for whom."""
    return _shown(request, organisation, request.user.person)


@access(P.HAND_OVER, Organisation, by=_BY_SLUG, seen="showing_people_to")
def successor(request, organisation, person):
    """The pack for somebody who takes over."""
    can = [one.pk for one in handover.successors(organisation)]
    found = get_object_or_404(Person.objects.visible_to(request.user).filter(pk__in=can), pk=person)
    return _shown(request, organisation, found)


def _shown(request, organisation, person):
    request.menu = "people"
    pack = handover.of(organisation, person, by=request.user)
    others = handover.successors(organisation) if may(request.user, P.HAND_OVER, organisation) else []
    words = {"pack": pack, "says": handover.says_of(pack), "others": others}
    return show(request, "monitoring/handover/pack.html", organisation=organisation, **words)
