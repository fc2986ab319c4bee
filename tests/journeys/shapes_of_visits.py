"""The shapes of the pages of visits: planned, written, checked, read; and with something wrong."""

from collections.abc import Callable

from django.urls import reverse

from monitoring.models import Visit
from tests.journeys.deeds import empty
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, Shape, plan_of

LINK, HEAD = "link@ashdown.example", "head@ashdown.example"


def _of_plan(name: str, year: int = 2026) -> Callable[[], str]:
    return lambda: reverse(name, args=[plan_of(ASHDOWN, year).pk])


def _visit(name: str, state: str, year: int = 2026) -> Callable[[], str]:
    rows = Visit.objects.filter(plan__organisation__slug=ASHDOWN, plan__year=year, state=state)
    return lambda: reverse(name, args=[rows.earliest("pk").pk])


def _objective() -> str:
    return reverse("objective_visits", args=[plan_of(ASHDOWN).objectives.order_by("position").first().pk])


OF_VISITS = [
    Shape("visits of a plan", LINK, _of_plan("visits")),
    Shape("visits of a closed plan", HEAD, _of_plan("visits", 2025)),
    Shape("visits to an objective", ASHDOWN_CHAIR, _objective),
    Shape("plan a visit", LINK, _of_plan("plan_visit")),
    Shape("plan a visit, wrong", LINK, _of_plan("plan_visit"), 422, empty),
    Shape("visit, planned", LINK, _visit("visit", "planned")),
    Shape("change a visit", LINK, _visit("change_visit", "planned")),
    Shape("call a visit off", LINK, _visit("call_off_visit", "planned")),
    Shape("report of a visit", LINK, _visit("visit_write", "planned")),
    Shape("report of a visit, wrong", LINK, _visit("visit_write", "planned"), 422, empty),
    Shape("visit, being checked", HEAD, _visit("visit", "checking")),
    Shape("check the facts", HEAD, _visit("visit_check", "checking")),
    Shape("visit, before the board", ASHDOWN_CHAIR, _visit("visit", "shared")),
]
