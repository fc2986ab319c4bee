"""The board's side writes the strategy. Reading it, with what serves it, is upstairs in sip."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from governance import strategy as operations
from governance.forms.strategy import StrategyPages
from governance.models import Organisation, Strategy
from governance.permissions import P

_PAGE = "governance/strategy/edit.html"


@access(P.WRITE_STRATEGY, Organisation, by={"slug": "slug"})
def begin(request, organisation):
    """Begin a strategy: title, years, vision; the priorities come on the next page."""
    request.menu = "current_plan"
    pages = StrategyPages(typed(request))
    if request.method == "POST" and pages.strategy.is_valid():
        words = pages.strategy.cleaned_data
        strategy = operations.begin_strategy(organisation, by=request.user, **words)
        return onward(
            request, "The strategy is begun. Now write its priorities.", to=reverse("strategy_edit", args=[strategy.pk])
        )
    return show(request, "governance/strategy/begin.html", form=pages.strategy, organisation=organisation)


@access(P.WRITE_STRATEGY, Strategy)
def edit(request, strategy):
    """Write vision and priorities. Two people at once: both texts, the second chooses."""
    request.menu = "current_plan"
    pages = StrategyPages(typed(request), strategy=strategy)
    if request.method == "POST" and pages.is_valid():
        try:
            operations.write_strategy(strategy, priorities=pages.rows, by=request.user, **pages.strategy.cleaned_data)
        except StaleEdit as stale:
            strategy.refresh_from_db()
            return both_texts(
                request, _PAGE, stale, form=pages, strategy=strategy, theirs=StrategyPages(None, strategy=strategy)
            )
        return onward(request, "The strategy is saved.", to=reverse("strategy", args=[strategy.organisation.slug]))
    return show(request, _PAGE, form=pages, strategy=strategy)
