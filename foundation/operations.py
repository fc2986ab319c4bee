"""A change with a name: permission, lock, change, audit event and what follows, in one transaction."""

import functools
from collections.abc import Callable

from django.db import models, transaction

from foundation import audit
from foundation.errors import NotAllowed
from foundation.permissions import Permission, refresh, require

REGISTRY: dict[str, Permission | None] = {}


def operation(permission: Permission | None) -> Callable:
    """Make a function `name(thing, …, *, by)` an operation on its first argument.

    The row is locked and read anew, the permission asked again on what is then true, the function run, and one audit
    event written with what the row was before and is after. Anything raised undoes all of it. The caller's instance
    shows the new state afterwards. `None` means that everyone who sees the thing may (their own vote, their own view);
    the function then says itself whose it is.
    """

    def wrap(function: Callable) -> Callable:
        REGISTRY[function.__name__] = permission

        @functools.wraps(function)
        def run(thing: models.Model, *args, by, **words):
            with transaction.atomic():
                locked = _locked(thing)
                refresh(by)
                _ask(by, permission, locked)
                before = audit.picture(locked)
                result = function(locked, *args, by=by, **words)
                audit.record(function.__name__, by=by, thing=locked, before=before, words=words)
            thing.__dict__.update(locked.__dict__)
            return result

        return run

    return wrap


def _locked(thing: models.Model) -> models.Model:
    """The row as it stands now, held until the transaction ends (SQLite holds the whole file: IMMEDIATE)."""
    return type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)


def _ask(by, permission: Permission | None, thing: models.Model) -> None:
    if permission is not None:
        require(by, permission, thing)
    elif not thing.parts_of(by):
        raise NotAllowed("This is not yours to change.")
