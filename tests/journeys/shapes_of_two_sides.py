"""The shapes of the pages on which board and leaders stand side by side: views, what differs, what does not fit."""

from django.urls import reverse

from monitoring.models import DifferenceItem, Review
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, Shape, plan_of

TRUST = "harbour-learning-trust"
TRUSTEE, TRUST_CHAIR = "trustee@harbour.example", "chair@harbour.example"


def _difference(slug: str):
    rows = DifferenceItem.objects.filter(view__review__plan__organisation__slug=slug).order_by("pk")
    return lambda: reverse("item", args=[rows.last().item_id])


def _view(stance: str):
    """Of the second objective of the trust's plan, which its committee monitors."""

    def address() -> str:
        objective = plan_of(TRUST).objectives.order_by("position")[1]
        review = Review.objects.get(plan=objective.plan, term="autumn", half=0)
        return f"{reverse('give_view', args=[review.pk, objective.pk])}{stance}"

    return address


def _story() -> str:
    return reverse("review", args=[Review.objects.get(plan=plan_of(ASHDOWN, 2025), term="spring", half=0).pk])


OF_TWO_SIDES = [
    Shape("item where views differ, to be heard", TRUST_CHAIR, _difference(TRUST)),
    Shape("item where views differ, heard", ASHDOWN_CHAIR, _difference(ASHDOWN)),
    Shape("view, none yet", TRUSTEE, _view("")),
    Shape("view, differently", TRUSTEE, _view("?stance=sees+it+differently")),
    Shape("view, not enough evidence", TRUSTEE, _view("?stance=not+enough+evidence")),
    Shape("review with a story that does not fit", ASHDOWN_CHAIR, _story),
]
