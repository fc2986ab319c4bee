"""What is read of many tables at once, read as of one moment, although others go on changing them."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

_CHANGED_MEANWHILE = "40001"  # PostgreSQL's name for a row that somebody changed since this transaction began to read
_TRIES = 5

T = TypeVar("T")


def as_of_one_moment(work: Callable[[], T]) -> T:
    """Do a piece of work in a transaction of its own in which everything is read as it stood when that began to read;
    once more, wholly anew, where somebody has meanwhile changed what it must hold.

    PostgreSQL: by its isolation level REPEATABLE READ. SQLite: whoever writes has the file for themselves anyway.
    Within a transaction that has begun already the work is simply done: that one says what is seen.
    """
    if connection.in_atomic_block or connection.vendor != "postgresql":
        return work()
    for _ in range(_TRIES - 1):
        try:
            return _repeatable(work)
        except OperationalError as trouble:
            if getattr(trouble.__cause__, "sqlstate", "") != _CHANGED_MEANWHILE:
                raise
    return _repeatable(work)


def _repeatable(work: Callable[[], T]) -> T:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return work()
