"""The shapes of the pages of a meeting that goes on: what stands on each agenda, what was asked and given to do."""

from collections.abc import Callable

from django.urls import reverse

from governance.models import AgendaItem, FollowUp, Meeting
from tests.journeys import deeds
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, CLERK, Shape

_OF_ASHDOWN = {"meeting__board__organisations__slug": ASHDOWN}


def _item(name: str, **which) -> Callable[[], str]:
    return lambda: reverse(name, args=[AgendaItem.objects.filter(**_OF_ASHDOWN, **which).order_by("-pk").first().pk])


def _follow_up(*, done: bool) -> Callable[[], str]:
    rows = FollowUp.objects.filter(item__meeting__board__organisations__slug=ASHDOWN, done_on__isnull=not done)
    return lambda: reverse("follow_up", args=[rows.order_by("pk").first().pk])


def _next() -> str:
    rows = Meeting.objects.coming().filter(board__organisations__slug=ASHDOWN, board__kind="full board")
    return reverse("meeting", args=[rows.first().pk])


OF_MEETINGS = [
    Shape("what is new since the last meeting", ASHDOWN_CHAIR, _item("item", kind="monitoring")),
    Shape("meeting with actions from last time", ASHDOWN_CHAIR, _next),
    Shape("item with what was asked and given to do", CLERK, _item("item", questions_asked__isnull=False)),
    Shape("action of a meeting, to do", ASHDOWN_CHAIR, _follow_up(done=False)),
    Shape("action of a meeting, done", ASHDOWN_CHAIR, _follow_up(done=True)),
    Shape("action of a meeting, to record", CLERK, _item("follow_up_record", questions_asked__isnull=False)),
    Shape(
        "action of a meeting, wrong", CLERK, _item("follow_up_record", questions_asked__isnull=False), 422, deeds.empty
    ),
    Shape("question at a meeting, to record", CLERK, _item("question_record", questions_asked__isnull=False)),
    Shape(
        "question at a meeting, wrong", CLERK, _item("question_record", questions_asked__isnull=False), 422, deeds.empty
    ),
]
