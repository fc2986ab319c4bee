"""The three ways in which an operation says no. Each carries a sentence that a person can act on."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """Yours to see, not yours to do: 403. The message says who may."""


class Conflict(Exception):
    """The thing has moved on meanwhile: 409. The message says where it is.

    `keeps_words`: what was typed is kept as a draft; otherwise the page shows it, to be copied.
    """

    def __init__(self, message: str, *, keeps_words: bool = False) -> None:
        super().__init__(message)
        self.keeps_words = keeps_words


class StaleEdit(Conflict):
    """Somebody saved the same thing while this person typed: 409, with both texts kept.

    `thing` is the row as it now stands, so that the page can show it beside what was typed.
    """

    def __init__(self, message: str, *, thing=None) -> None:
        super().__init__(message)
        self.thing = thing
