"""What every page needs round its own words: where we are, where else one can go, and the menu."""

from django.conf import settings
from django.urls import reverse

from foundation import clock
from foundation.keeping import signature
from foundation.permissions import may
from governance.models import Organisation
from governance.permissions import P
from governance.words import Words

_MENU = [
    ("Home", "organisation"),
    ("Plan", "current_plan"),
    ("Progress", "progress"),
    ("Meetings", "meetings"),
    ("People", "people"),
]


def page(request) -> dict:
    """Context processor. `here` is the organisation of the page's subject; a person's only one where it has none."""
    words = {"site_name": settings.SITE_NAME, "demo": settings.DEMO, "today": clock.today(), "words": Words()}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return words
    places = user.standing.places
    here = getattr(getattr(request, "thing", None), "here", None)
    if here is None and len(places) == 1:
        here = Organisation.objects.visible_to(user).get(pk__in=places)
    mine = [(name, reverse("organisation", args=[slug]), here and pk == here.pk) for pk, (name, slug) in places.items()]
    return words | {
        "here": here,
        "words": here.words if here else Words(),
        "typed_by": signature(user),
        "my_organisations": mine,
        "menu": _menu(request, here, user) if here else _site_menu(request, user),
    }


def _site_menu(request, user) -> list[dict]:
    if not user.standing.is_site_administrator:
        return []
    current = getattr(request, "menu", "") == "site"
    return [{"label": "Schools and trusts", "url": reverse("organisations_admin"), "current": current}]


def _menu(request, here: Organisation, user) -> list[dict]:
    standing = user.standing
    sees_meetings = may(user, P.SEE_MEETINGS, here)
    people = may(user, P.SEE_PEOPLE, here)
    allowed = {"meetings": sees_meetings, "people": people}
    if here.pk not in standing.organisation_ids and here.trust_id not in standing.whole_trust_ids:
        return []
    part = getattr(request, "menu", "")
    return [
        {"label": label, "url": reverse(name, args=[here.slug]), "current": name == part}
        for label, name in _labelled(here)
        if allowed.get(name, True)
    ]


def _labelled(here: Organisation) -> list[tuple[str, str]]:
    """The menu; the plan stands in it as the school says in short, where it has a word of its own."""
    own = here.words.plan_short if here.plan_word or here.plan_short else "Plan"
    return [(own if name == "current_plan" else label, name) for label, name in _MENU]
