"""The shapes of the pages of inspections, and of the context of a plan."""

from collections.abc import Callable

from django.urls import reverse

from governance.models import Inspection
from tests.journeys import deeds
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, CLERK, KESTREL, Shape, plan_of

HOLLIN, HOLLIN_HEAD, BUSINESS = "hollin-lane-primary", "head@hollin.example", "business@kestrel.example"
MUDLARK, MUDLARK_HEAD = "mudlark-infants", "head@mudlark.example"


def _write(section: str) -> Callable[[], str]:
    return lambda: reverse("context_write", args=[plan_of(HOLLIN).pk, section])


def _context(slug: str) -> Callable[[], str]:
    return lambda: reverse("context", args=[plan_of(slug).pk])


def _correct() -> str:
    return reverse("inspection_correct", args=[Inspection.objects.filter(organisation__slug=KESTREL).first().pk])


def _record(framework: str) -> str:
    return reverse("inspection_record", args=[KESTREL, framework])


OF_CONTEXT = [
    Shape("inspections", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/inspections/"),
    Shape("inspections, to the clerk", CLERK, f"/organisations/{KESTREL}/inspections/"),
    Shape("inspections of a trust", "chair@harbour.example", "/organisations/harbour-learning-trust/inspections/"),
    Shape("inspection, when", CLERK, f"/organisations/{KESTREL}/inspections/add/"),
    Shape("inspection, when, wrong", CLERK, f"/organisations/{KESTREL}/inspections/add/", 422, deeds.empty),
    Shape("inspection, recorded", CLERK, lambda: _record("rf")),
    Shape("inspection of the old framework, wrong", CLERK, lambda: _record("eif"), 422, deeds.empty),
    Shape("inspection, corrected", CLERK, _correct),
    Shape("inspection, stale", CLERK, _correct, 409, deeds.stale_correction),
    Shape("context, drafted", HOLLIN_HEAD, _context(HOLLIN)),
    Shape("context of a small school", MUDLARK_HEAD, _context(MUDLARK)),
    Shape("context, to the business manager", BUSINESS, _context(KESTREL)),
    Shape("context, its words", HOLLIN_HEAD, _write("performance")),
    Shape("context, its budget", HOLLIN_HEAD, _write("budget")),
    Shape("context, its budget, wrong", HOLLIN_HEAD, _write("budget"), 422, deeds.money_without_a_source),
    Shape("context, stale", HOLLIN_HEAD, _write("pupils"), 409, deeds.stale_context),
]
