"""How a row gets onto an agenda. Called within operations; whoever may is theirs to ask."""

from django.db.models import Max

from foundation.errors import Conflict
from governance.models import AgendaItem, Meeting, Strategy
from governance.wording import full_day

MOST_ITEMS = 60


def place_item(meeting: Meeting, *, position: int | None = None, **words) -> AgendaItem:
    """Put a row on the agenda, at its end unless a place is named."""
    still_planned(meeting)
    if meeting.items.count() >= MOST_ITEMS:
        raise Conflict(f"An agenda holds {MOST_ITEMS} items at most.")
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, position=last + 1, **words)
    if position is not None:
        rows = [row for row in meeting.items.all() if row.pk != item.pk]
        rows.insert(max(0, position - 1), item)
        renumber(rows)
        item.refresh_from_db()
    return item


def place_strategy(meeting: Meeting, strategy: Strategy | None, *, resolution: str = "", **words) -> AgendaItem:
    """Put a strategy on the agenda, to be adopted."""
    _can_be_adopted(meeting, strategy)
    said = resolution or f"That the board adopt “{strategy.title}”, its strategy for {strategy.span}."
    return place_item(meeting, kind=AgendaItem.Kind.STRATEGY, strategy=strategy, resolution=said, **words)


def still_planned(meeting: Meeting) -> None:
    """Raise Conflict once the meeting is over."""
    if meeting.state != Meeting.State.PLANNED:
        raise Conflict(f"The meeting of {full_day(meeting.day)} is over.")


def renumber(rows: list[AgendaItem]) -> None:
    """Number an agenda anew in this order."""
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            AgendaItem.objects.filter(pk=row.pk).update(position=place)


def _can_be_adopted(meeting: Meeting, strategy: Strategy | None) -> None:
    if strategy is None or strategy.state != Strategy.State.DRAFT:
        raise Conflict("Only a strategy that is being written can be put to a meeting for adoption.")
    if not meeting.board.organisations.filter(pk=strategy.organisation_id).exists():
        raise Conflict(f"{meeting.board.name} does not decide for {strategy.organisation}.")
    coming = strategy.items.exclude(state=AgendaItem.State.CLOSED).select_related("meeting__board").first()
    if coming:
        raise Conflict(f"The strategy is on the agenda of {coming.meeting} already.")
