"""The one clock. Nobody else asks the time, so that a demonstration never ages and a test can stand on any day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; with TODAY set, that day at the real time of day."""
    stopped = _moment.get()
    if stopped is not None:
        return stopped
    real = timezone.now()
    if settings.TODAY is None:
        return real
    return local(settings.TODAY, timezone.localtime(real).time())


def machine_now() -> datetime:
    """The machine's own time, whatever day the demonstration takes as today: for leases and retries."""
    return timezone.now()


def in_london(moment: datetime) -> datetime:
    """The moment as London's clocks show it."""
    return timezone.localtime(moment)


def today() -> date:
    """The present day in London. A seat that ends today counts until midnight there."""
    if _moment.get() is None and settings.TODAY is not None:
        return settings.TODAY
    return timezone.localtime(now()).date()


def local(day: date, at: time = time(9)) -> datetime:
    """That day and time of day in London as an aware moment."""
    return timezone.make_aware(datetime.combine(day, at.replace(tzinfo=None)))


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within the block the clock stands at this moment. For demonstration data and tests."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
