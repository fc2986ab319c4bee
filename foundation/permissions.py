"""One table says who may: permission → the parts that people play on a thing.

A floor declares its permissions (a `Permission` whose value completes "may …") and joins its rows; a thing tells which
parts a person plays on it (`parts_of(user)`). From the table come the check, the sentence of the 403 page, the help
page and the test matrix.
"""

from collections.abc import Mapping
from enum import Enum

from foundation.errors import NotAllowed


class Permission(Enum):
    """A thing that can be done. The value reads on after "may": "submit the plan to the board"."""


class PartPlayed(Enum):
    """A part that a person plays. The value is how we speak of that person: "the headteacher"."""


_table: dict[Permission, frozenset[PartPlayed]] = {}


def join(rows: Mapping[Permission, set[PartPlayed]]) -> None:
    """Add a floor's rows to the table. A permission has one row; a second one is a mistake in the code."""
    for permission, parts in rows.items():
        if permission in _table:
            raise ValueError(f"{permission} already has a row")
        _table[permission] = frozenset(parts)


def table() -> dict[Permission, frozenset[PartPlayed]]:
    """The whole table, in the order in which the floors joined it."""
    return dict(_table)


def may(user, permission: Permission, thing) -> bool:
    """Whether one of the parts that this person plays on the thing today may do it. An unknown permission: no."""
    return bool(_table.get(permission, frozenset()) & set(thing.parts_of(user)))


def require(user, permission: Permission, thing) -> None:
    """Raise NotAllowed, saying who may, unless this person may."""
    if not may(user, permission, thing):
        raise NotAllowed(why_not(permission))


def why_not(permission: Permission) -> str:
    """The sentence that a refusal owes: "Only the headteacher may submit the plan to the board."""
    return f"Only {who(permission)} may {permission.value}."


def who(permission: Permission) -> str:
    """Those who may, in words, joined by "or", in the order of the enumeration."""
    parts = _table.get(permission, frozenset())
    names = [part.value for kind in dict.fromkeys(type(part) for part in parts) for part in kind if part in parts]
    if not names:
        return "nobody"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def refresh(user) -> None:
    """Forget what is remembered of a person's rights for the length of a request, so that a check reads them anew."""
    forget = getattr(user, "forget_standing", None)
    if forget:
        forget()
