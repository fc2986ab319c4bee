"""The shapes of the pages of the evidence, of requests to the board, and of papers at an item."""

from collections.abc import Callable

from django.urls import reverse

from governance.models import AgendaItem
from sip.models import ChangeRequest, EvidencePack
from tests.journeys import deeds
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, CLERK, DRAFTER, HOLLIN, KESTREL, Shape, plan_of

KESTREL_CHAIR = "chair@kestrel.example"


def _pack(name: str, slug: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[EvidencePack.objects.get(organisation__slug=slug, year=2026).pk])


def _part(kind: str, slug: str = HOLLIN) -> Callable[[], str]:
    def address() -> str:
        pack = EvidencePack.objects.get(organisation__slug=slug, year=2026)
        return reverse("evidence_part", args=[pack.parts.get(kind=kind).pk])

    return address


def _area() -> str:
    return reverse(
        "key_area", args=[EvidencePack.objects.get(organisation__slug=HOLLIN, year=2026).key_areas.first().pk]
    )


def _item(slug: str) -> Callable[[], str]:
    items = AgendaItem.objects.filter(kind="evidence", meeting__board__organisations__slug=slug)
    return lambda: reverse("item", args=[items.first().pk])


def _papers(*, coming: bool) -> Callable[[], str]:
    def address() -> str:
        ordinary = AgendaItem.objects.filter(kind="ordinary", meeting__board__organisations__slug=ASHDOWN)
        state = "planned" if coming else "held"
        found = ordinary.filter(meeting__state=state).order_by("papers__pk" if coming else "-papers__size")
        return reverse("item_papers", args=[found.first().pk])

    return address


def _ask(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[plan_of(HOLLIN).pk])


def _asked(slug: str) -> Callable[[], str]:
    return lambda: reverse(
        "change_request", args=[ChangeRequest.objects.filter(plan__organisation__slug=slug).last().pk]
    )


OF_EVIDENCE = [
    Shape("evidence of each year", DRAFTER, f"/organisations/{HOLLIN}/evidence/"),
    Shape("evidence, begun", DRAFTER, f"/organisations/{HOLLIN}/evidence/begin/"),
    Shape("evidence, half gathered", DRAFTER, _pack("evidence", HOLLIN)),
    Shape("evidence, complete", ASHDOWN_CHAIR, _pack("evidence", ASHDOWN)),
    Shape("evidence, a part", DRAFTER, _part("finance")),
    Shape("evidence, a part wrong", DRAFTER, _part("pupils"), 422, deeds.far_too_much_note),
    Shape("evidence, last year's plan", DRAFTER, _part("earlier plans")),
    Shape("evidence, the last inspection", DRAFTER, _part("inspection")),
    Shape("evidence, put", "clerk@birchfold.example", _pack("put_evidence", HOLLIN)),
    Shape("key area", DRAFTER, _area),
    Shape("key area, wrong", DRAFTER, _area, 422, deeds.empty),
    Shape("item of the evidence", KESTREL_CHAIR, _item(KESTREL)),
    Shape("another objective", DRAFTER, _ask("objective_ask")),
    Shape("another objective, wrong", DRAFTER, _ask("objective_ask"), 422, deeds.empty),
    Shape("another baseline, answered", KESTREL_CHAIR, _asked(KESTREL)),
    Shape("papers of an item", CLERK, _papers(coming=True)),
    Shape("papers of an item, of a signed meeting", CLERK, _papers(coming=False)),
]
