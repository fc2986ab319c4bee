"""Help: how to do things, who may do what, words explained; and the two statements that a site owes."""

from django.conf import settings

from foundation.access import public
from foundation.answers import show
from foundation.permissions import table, who
from governance import explained
from governance.permissions import P as OfGovernance
from monitoring.glossary import WORDS
from monitoring.wording import capital

_HOLDS_NOTHING = "says how the product works and holds nothing of anyone; whoever cannot sign in needs it most"


@public(_HOLDS_NOTHING)
def help(request):
    """How to, for each kind of person."""
    return show(request, "monitoring/help/page.html")


@public(_HOLDS_NOTHING)
def who_may(request):
    """The table of permissions in words."""
    rows = [(isinstance(one, OfGovernance), capital(one.value), capital(who(one))) for one in table()]
    return show(
        request,
        "monitoring/help/who_may.html",
        governance=[row[1:] for row in rows if row[0]],
        plan=[row[1:] for row in rows if not row[0]],
    )


@public(_HOLDS_NOTHING)
def glossary(request):
    """Words of governance and of the product."""
    return show(request, "monitoring/help/glossary.html", words=WORDS)


@public(_HOLDS_NOTHING)
def rules(request):
    """Every step of the year and every rule of deciding, in three sentences each, with where it stands."""
    steps = [one for one in explained.ALL if one.is_step]
    others = [one for one in explained.ALL if not one.is_step]
    return show(request, "monitoring/help/rules.html", steps=steps, rules=others)


@public("a statement that anyone may read")
def accessibility(request):
    """How far everyone can use the site, and what we know to be weak."""
    return show(request, "monitoring/help/accessibility.html")


@public("a statement that anyone may read, before they sign in")
def privacy(request):
    """What is kept about people, who sees it, and which cookies are set."""
    hours = settings.SESSION_COOKIE_AGE // 3600
    return show(request, "monitoring/help/privacy.html", hours=hours)
