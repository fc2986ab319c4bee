"""A row of Yours and a line of Waiting: what they are made of, and how they say by when."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from governance.permissions import WHO_MAY as OF_GOVERNANCE
from governance.permissions import Part
from monitoring.facts import Facts
from monitoring.permissions import WHO_MAY as OF_REVIEW
from monitoring.wording import by, day, listed
from sip.permissions import WHO_MAY as OF_PLAN

NOW, FIRST, DATED, UNDATED = range(4)
_TABLE = OF_GOVERNANCE | OF_PLAN | OF_REVIEW
_BOARDS = ("Governing", "Board", "Local", "Full", "Trust")


@dataclass(frozen=True)
class Row:
    """One thing that is somebody's: verb and thing, why now, by when, one button. `to`: a URL's name and its words.
    `plainly`: the title for a mail, without a word that somebody wrote; empty where the title has none.
    `known`: what it is known by from day to day where the words on its button change."""

    title: str
    why: str
    button: str
    to: tuple
    due: date | None = None
    when: str = ""
    late: bool = False
    press: int = DATED
    plainly: str = ""
    known: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "plainly", self.plainly or self.title)

    @property
    def url(self) -> str:
        """Where the button leads."""
        return reverse(self.to[0], args=self.to[1:])

    @property
    def key(self) -> str:
        """The same for the same thing on every day, until it is due on another."""
        return ":".join([*map(str, self.to), self.known or self.button, self.due.isoformat() if self.due else ""])

    @property
    def order(self) -> tuple:
        """The most pressing first: what is open this minute, then what is late or due soonest, then the rest."""
        return (self.press if self.due or self.press < DATED else UNDATED, self.due or date.max)


def row(facts: Facts, title: str, why: str, button: str, to: tuple, due: date | None = None, **words) -> Row:
    """A row whose `when` says by when, or how late."""
    late = due is not None and due < facts.today
    return Row(title, why, button, to, due, **({"when": by(due, facts.today), "late": late} | words))


@dataclass(frozen=True)
class Wait:
    """What somebody else is to do, and by when."""

    words: str
    when: str
    late: bool = False
    due: date | None = None


def wait(facts: Facts, words: str, due: date | None, *, when: str = "") -> Wait:
    """A line whose `when` says by when, or how late."""
    late = due is not None and due < facts.today and not when
    said = when or (f"late: due {day(due, facts.today)}" if late else f"by {day(due, facts.today)}" if due else "")
    return Wait(words, said, late, due)


def may(parts: frozenset[Part], permission) -> bool:
    """Whether the table lets one of the parts do it."""
    return bool(parts & _TABLE[permission])


def whose(name: str) -> str:
    """ "Tom Ashworth’s"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def some(names: list[str]) -> str:
    """At most three names."""
    return listed(names) if len(names) <= 3 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def within(name: str) -> str:
    """A board's name within a sentence: "the governing board", "the Standards committee"."""
    return name[:1].lower() + name[1:] if name.split(" ", 1)[0] in _BOARDS else name
