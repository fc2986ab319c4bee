"""The shapes of the papers of a whole year: challenge log, evidence pack, areas of inspection, the strategy’s line."""

from collections.abc import Callable

from django.urls import reverse

from governance.models import Strategy
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, KESTREL, Shape, plan_of

_KESTREL_CHAIR = "chair@kestrel.example"


def _plan(name: str, slug: str = ASHDOWN, words: str = "") -> Callable[[], str]:
    return lambda: reverse(name, args=[plan_of(slug).pk]) + words


def _line() -> str:
    strategy = Strategy.objects.get(organisation__slug=ASHDOWN, state=Strategy.State.ADOPTED)
    return reverse("strategy_line", args=[strategy.pk])


OF_PACKS = [
    Shape("challenge log", ASHDOWN_CHAIR, _plan("challenge_log")),
    Shape("challenge log, none of these", ASHDOWN_CHAIR, _plan("challenge_log", words="?term=summer")),
    Shape("governance evidence pack", ASHDOWN_CHAIR, _plan("inspection_pack", words="?period=three-years")),
    Shape("governance evidence pack, before approval", _KESTREL_CHAIR, _plan("inspection_pack", KESTREL)),
    Shape("areas of inspection", ASHDOWN_CHAIR, _plan("inspection_areas")),
    Shape("from strategy to results", ASHDOWN_CHAIR, _line),
]
