"""On which day a command stands: the one that was asked for, else today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time

from django.core.management.base import CommandError

from foundation import clock

SEVEN = time(7)  # when reminders begin


@contextmanager
def on_the_day(words: str | None) -> Iterator[date]:
    """Within the block the clock stands at seven on that day; without one it goes on as it is."""
    if words is None:
        yield clock.today()
        return
    try:
        day = date.fromisoformat(words)
        moment = clock.local(day, SEVEN)
        date(day.year - 2, 1, 1), date(day.year + 2, 1, 1)  # home looks that far
    except (ValueError, OverflowError):
        raise CommandError(f"“{words}” is not a day. Write it as 2026-11-24: year, month, day.") from None
    with clock.standing_at(moment):
        yield day
