"""The amendments that are under way, for home: a part of the one query that fetches everything dated."""

from collections.abc import Callable

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from sip.models import Amendment, AmendmentItem

_UNDER_WAY = (Amendment.State.DRAFTING, Amendment.State.WITH_THE_BOARD)


def rows(user, shaped: Callable, plans: set[int]) -> list[QuerySet]:
    """Each with the day since which the board has it, and the day of the meeting that decides."""
    if not plans:
        return []
    coming = AmendmentItem.objects.filter(amendment=OuterRef("pk"), recommends=False, item__decision=None)
    day = coming.filter(item__meeting__state="planned").order_by("item__meeting__day").values("item__meeting__day")
    found = Amendment.objects.visible_to(user).filter(plan__in=plans, state__in=_UNDER_WAY)
    put, decides = TruncDate("put_at"), Subquery(day[:1])
    words = {"key": "pk", "who_key": "number", "about": "plan_id", "first": put, "last": decides, "stage": "state"}
    return [shaped("amendment", found, **words)]
