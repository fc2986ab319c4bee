"""The shapes of the pictures of a year: the timeline, folded and whole; as it stood on a day."""

from collections.abc import Callable

from django.urls import reverse

from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, KESTREL, Shape, plan_of

_TIMELINE = f"/organisations/{ASHDOWN}/plan/2026-27/timeline/"


def _day(typed: str) -> Callable[[], str]:
    return lambda: f"{reverse('as_it_stood', args=[plan_of(ASHDOWN).pk])}{typed}"


OF_PICTURES = [
    Shape("timeline", ASHDOWN_CHAIR, _TIMELINE),
    Shape("timeline, every action", ASHDOWN_CHAIR, f"{_TIMELINE}?objective=all"),
    Shape("timeline before approval", "head@kestrel.example", f"/organisations/{KESTREL}/plan/2026-27/timeline/"),
    Shape("as it stood", ASHDOWN_CHAIR, _day("")),
    Shape("as it stood on a day", ASHDOWN_CHAIR, _day("?day=15+Nov+2026")),
    Shape("as it stood, wrong", ASHDOWN_CHAIR, _day("?day=31+Feb+2026"), 422),
]
