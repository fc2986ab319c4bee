"""The shapes of the pages of what is counted: the list, adding, one measure, its sheet, a national figure."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from sip.models import Measure
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, ASHDOWN_HEAD, KESTREL, Shape

TRUST_LEADER = "ceo@harbour.example"


def _of(slug: str, code: str, name: str = "measure", query: str = "") -> Callable[[], str]:
    return lambda: reverse(name, args=[Measure.objects.get(organisation__slug=slug, code=code).pk]) + query


def _too_much(page: Page) -> None:
    """104 %, and a cohort smaller than its count."""
    page.locator("#id_all-value").fill("104%")
    page.locator("#id_girls-count").fill("9")
    page.locator("#id_girls-cohort").fill("8")
    page.get_by_role("button", name="Save these figures").click()


_SHEET = "?year=2026&term=spring&kind=actual"

OF_MEASURES = [
    Shape("measures", ASHDOWN_CHAIR, lambda: reverse("measures", args=[ASHDOWN])),
    Shape("measures, a leader", ASHDOWN_HEAD, lambda: reverse("measures", args=[ASHDOWN])),
    Shape("measure added", ASHDOWN_HEAD, lambda: reverse("measure_add", args=[ASHDOWN])),
    Shape("measure with groups", ASHDOWN_CHAIR, _of(ASHDOWN, "phon_y1")),
    Shape("measure, a leader", ASHDOWN_HEAD, _of(ASHDOWN, "ks2_rwm_exp")),
    Shape("measure not published", "chair@kestrel.example", _of(KESTREL, "p8")),
    Shape("measure of few pupils", TRUST_LEADER, _of("mudlark-infants", "phon_y1")),
    Shape("measure changed", ASHDOWN_HEAD, _of(ASHDOWN, "phon_y1", "measure_change")),
    Shape("sheet", ASHDOWN_HEAD, _of(ASHDOWN, "phon_y1", "measure_enter", _SHEET)),
    Shape("sheet, refused", ASHDOWN_HEAD, _of(ASHDOWN, "phon_y1", "measure_enter", _SHEET), 422, _too_much),
    Shape("national figure", ASHDOWN_HEAD, _of(ASHDOWN, "phon_y1", "measure_national")),
]
