"""What a paper of the year is asked for about, and how one kind of paper comes to be."""

from collections.abc import Callable
from dataclasses import dataclass

from governance.models import Board, Meeting
from monitoring.models import Visit
from monitoring.permissions import P
from sip.models import Plan

Blocks = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """What somebody wants a paper of."""

    kind: str
    plan: Plan
    board: Board | None = None
    meeting: Meeting | None = None
    visit: Visit | None = None

    @property
    def thing(self) -> Visit | Meeting | Plan:
        """On what it is asked: there the permission is asked, and there the act stands in the record."""
        return self.visit or self.meeting or self.plan


@dataclass(frozen=True)
class How:
    """One kind of paper.

    `permission` says who may ask for it, on `of`: the name of what it is asked on. `content` gathers blocks of plain
    values from the database, by name in the order of the paper: figures as anybody may read them, nothing that is
    confidential unless whoever reads such a paper may read that. `words` gives the words of the template from the
    frozen paper alone, never from the database or the clock. `why_not` says, as a sentence, why it cannot be made now;
    empty where it can. `pages`: the most that it may have; then `words` is also told how much to leave out, from 0 to
    `cuts`, and the first that fits is printed.
    """

    permission: P
    of: str  # "plan", "meeting" or "visit"
    content: Callable[[Asked], Blocks]
    words: Callable[..., dict]
    template: str
    why_not: Callable[[Asked], str] = lambda asked: ""
    pages: int | None = None
    cuts: int = 0
