"""The board's strategy: begun, written, and (governance.deciding) adopted by a decision."""

from django.db.models import F

from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance.models import Organisation, Priority, Strategy, User
from governance.permissions import P

_WORDS = ("title", "where_we_are", "where_we_want_to_be", "how_we_will_know")


@operation(P.WRITE_STRATEGY)
def begin_strategy(
    organisation: Organisation, *, title: str, vision: str, first_year: int, last_year: int, by: User
) -> Strategy:
    """Begin to write a strategy for three to five years. One is written at a time."""
    if organisation.strategies.filter(state=Strategy.State.DRAFT).exists():
        raise Conflict("A strategy is being written already. Go on with that one.")
    return Strategy.objects.create(
        organisation=organisation, title=title, vision=vision, first_year=first_year, last_year=last_year
    )


@operation(P.WRITE_STRATEGY)
def write_strategy(
    strategy: Strategy,
    *,
    revision: int,
    title: str,
    vision: str,
    first_year: int,
    last_year: int,
    priorities: list[dict],
    by: User,
) -> Strategy:
    """Save the words of a strategy that is being written. Priorities stand in the order given; one left out goes.

    Each priority is a dict with the four words of a priority and `id`, the row it was, or None. Raises StaleEdit when
    somebody saved meanwhile, Conflict when it has been adopted.
    """
    if strategy.state != Strategy.State.DRAFT:
        raise Conflict("The strategy has been adopted. To change it, begin a new one and put it to the board.")
    if strategy.revision != revision:
        raise StaleEdit("Somebody else saved the strategy while you were typing.", thing=strategy)
    Strategy.objects.filter(pk=strategy.pk).update(
        title=title, vision=vision, first_year=first_year, last_year=last_year, revision=F("revision") + 1
    )
    strategy.refresh_from_db()
    _write_priorities(strategy, priorities)
    return strategy


def _write_priorities(strategy: Strategy, rows: list[dict]) -> None:
    held = {priority.pk: priority for priority in strategy.priorities.all()}
    kept = set()
    for position, row in enumerate(rows, start=1):
        priority = held.get(row.get("id")) or Priority(strategy=strategy)
        priority.position = position
        for word in _WORDS:
            setattr(priority, word, row.get(word, ""))
        priority.save()
        kept.add(priority.pk)
    strategy.priorities.exclude(pk__in=kept).delete()
