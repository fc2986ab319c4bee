"""A change with a name: permission, lock, change, audit event and what follows, in one transaction."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, models, transaction

from foundation import audit
from foundation.errors import Conflict, NotAllowed
from foundation.permissions import Permission, refresh, require
from foundation.steady import as_of_one_moment

_DEADLOCK = "40P01"  # PostgreSQL's name for it

REGISTRY: dict[str, Permission | None] = {}


def operation(permission: Permission | None, *, steady: bool = False) -> Callable:
    """Make a function `name(thing, …, *, by)` an operation on its first argument.

    The row is locked and read anew, the permission asked again on what is then true, the function run, and one audit
    event written with what the row was before and is after. Anything raised undoes all of it. The caller's instance
    shows the new state afterwards. `None` means that everyone who sees the thing may (their own vote, their own view);
    the function then says itself whose it is. `steady`: all that it reads stands as of one moment (foundation.steady):
    for what freezes many tables at once.
    """

    def wrap(function: Callable) -> Callable:
        REGISTRY[function.__name__] = permission

        def once(thing: models.Model, *args, by, **words):
            with _told_of_each_other(), transaction.atomic():
                locked = _locked(thing)
                refresh(by)
                _ask(by, permission, locked)
                before = audit.picture(locked)
                result = function(locked, *args, by=by, **words)
                audit.record(function.__name__, by=by, thing=locked, before=before, words=words)
            thing.__dict__.update(locked.__dict__)
            return result

        @functools.wraps(function)
        def run(thing: models.Model, *args, by, **words):
            do = functools.partial(once, thing, *args, by=by, **words)
            return as_of_one_moment(do) if steady else do()

        return run

    return wrap


def _locked(thing: models.Model) -> models.Model:
    """The row as it stands now, held until the transaction ends (SQLite holds the whole file: IMMEDIATE)."""
    return type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)


@contextmanager
def _told_of_each_other() -> Iterator[None]:
    """Two operations that hold what the other wants next: the database undoes one of them, and that person is told."""
    try:
        yield
    except OperationalError as trouble:
        if getattr(trouble.__cause__, "sqlstate", "") != _DEADLOCK:
            raise
        raise Conflict(
            "Somebody else changed this at the same moment. Nothing of yours was saved: look again."
        ) from trouble


def _ask(by, permission: Permission | None, thing: models.Model) -> None:
    if permission is not None:
        require(by, permission, thing)
    elif not thing.parts_of(by):
        raise NotAllowed("This is not yours to change.")
