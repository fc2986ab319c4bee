"""The shapes of the pages of deciding: in writing, in urgency, apart, and as minutes; who recommends."""

from collections.abc import Callable

from django.urls import reverse

from governance.models import AgendaItem, Board, ChairsAction, Meeting
from tests.journeys import deeds
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, CLERK, KESTREL, Shape
from tests.journeys.shapes_of_a_year import DEPUTY, MONITOR, TRUST, TRUST_CHAIR, TRUST_CLERK

_MARCH = "Grounds maintenance: three quotations"


def _written(state: str) -> Callable[[], str]:
    return lambda: reverse("written_resolution", args=[Meeting.objects.filter(form="written", state=state).first().pk])


def _board(name: str, slug: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[Board.objects.get(organisations__slug=slug, kind="full board").pk])


def _action() -> str:
    return reverse("chairs_action", args=[ChairsAction.objects.get(board__organisations__slug=ASHDOWN).pk])


def _in_part_two(name: str) -> Callable[[], str]:
    def address() -> str:
        item = AgendaItem.objects.get(title=_MARCH)
        return reverse(name, args=[item.pk if name == "item" else item.meeting_id])

    return address


def _recommended() -> str:
    return reverse("item", args=[AgendaItem.objects.get(plan_item__recommends=True).pk])


OF_DECIDING = [
    Shape("meetings with what is between them", TRUST_CLERK, f"/organisations/{TRUST}/meetings/"),
    Shape("resolution in writing, open", MONITOR, _written("planned")),
    Shape("resolution in writing, to the clerk", TRUST_CLERK, _written("planned")),
    Shape("resolution in writing, passed", TRUST_CHAIR, _written("held")),
    Shape("resolution in writing, begun", TRUST_CLERK, _board("resolution_begin", TRUST)),
    Shape("resolution in writing, wrong", TRUST_CLERK, _board("resolution_begin", TRUST), 422, deeds.empty),
    Shape("chair’s action", ASHDOWN_CHAIR, _action),
    Shape("chair’s action, to record", ASHDOWN_CHAIR, _board("chairs_action_add", ASHDOWN)),
    Shape("chair’s action, wrong", ASHDOWN_CHAIR, _board("chairs_action_add", ASHDOWN), 422, deeds.empty),
    Shape("confidential item, to a governor", ASHDOWN_CHAIR, _in_part_two("item")),
    Shape("confidential item, kept back", DEPUTY, _in_part_two("item")),
    Shape("draft minutes", CLERK, _in_part_two("draft_minutes")),
    Shape("draft minutes, part II", CLERK, _in_part_two("part_two_minutes")),
    Shape("item of a committee that recommends", CLERK, _recommended),
    Shape("who decides, and who recommends", CLERK, f"/organisations/{KESTREL}/boards/deciding/"),
]
