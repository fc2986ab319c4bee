"""How strong the evidence behind green ratings is: its kinds, what rests on one source, and what a governor has seen.

Three sources for one claim: figures, what people say, what was seen. A governor has seen what a visit was about that
is before the board and lies between the review before and this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from foundation import clock
from governance import years
from governance.wording import near_day
from monitoring.models import AdviserNote, Rating, Review, Visit
from monitoring.told import Told, last_told
from sip import written

GREEN = ("green", "blue")
_KINDS = {str(kind): label.lower() for kind, label in Rating.Evidence.choices}


@dataclass(frozen=True, slots=True)
class Seen:
    """The last visit to an objective in the time of a review, as one person may read it."""

    visit_id: int
    day: date
    who: str
    saw: str
    url: str

    @property
    def on(self) -> str:
        return near_day(self.day)


@dataclass(frozen=True, slots=True)
class Strength:
    """What stands behind the green ratings of one objective, or of several together."""

    greens: int = 0
    seen: int = 0  # of them, of an objective that a governor has visited
    one_source: int = 0  # of them, with one kind of evidence alone
    kinds: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """ "12 green, 3 of them seen by a governor; 5 rest on one source only"; empty without a green."""
        if not self.greens:
            return ""
        seen = f"{self.seen or 'none'} of them" if self.greens > 1 else "" if self.seen else "not"
        said = f"{self.greens} green, {seen} seen by a governor".replace("  ", " ")
        if self.one_source:
            said += f"; {self.one_source} rest{'s' if self.one_source == 1 else ''} on one source only"
        return said

    @property
    def backed_by(self) -> str:
        """ "data and seen"; "data: one source only"; empty without a green."""
        names = [label for kind, label in _KINDS.items() if kind in self.kinds]
        names += ["a governor’s visit"] if self.seen else []
        return f"{names[0]}: one source only" if len(names) == 1 else written.listed(names)


def of_body(body: dict, *, is_seen: bool, is_noted: bool = False) -> Strength:
    """Of one objective, from its block of a review. `is_noted`: an adviser from outside has left a note of it."""
    greens = [row for row in body["milestones"] if row["mark"] in GREEN]
    outside = {"external"} if is_noted else set()
    sources = [set(row["evidence"]) | outside for row in greens]
    alone = [found for found in sources if len(found) + is_seen == 1]
    kinds = tuple(kind for kind in _KINDS if any(kind in found for found in sources))
    return Strength(len(greens), len(greens) if is_seen else 0, len(alone), kinds)


def together(rows: Iterable[Strength]) -> Strength:
    """Of several objectives."""
    rows = list(rows)
    kinds = tuple(kind for kind in _KINDS if any(kind in row.kinds for row in rows))
    greens, seen, alone = (sum(getattr(row, name) for row in rows) for name in ("greens", "seen", "one_source"))
    return Strength(greens, seen, alone, kinds)


def of(told: Told, user) -> dict[int, Strength]:
    """Of each objective of a review, with the visits and notes that this person may read. Two queries."""
    return with_visits(told, user)[0]


def with_visits(told: Told, user) -> tuple[dict[int, Strength], dict[int, Seen]]:
    """The same, and by objective the last visit in the time of the review."""
    seen, noted = visits(told, user), _noted(told, user)
    found = {
        body["id"]: of_body(body, is_seen=body["id"] in seen, is_noted=body["id"] in noted) for body in told.objectives
    }
    return found, seen


def visits(told: Told, user) -> dict[int, Seen]:
    """By objective, the last visit before the board in the time of the review. One query."""
    first, last = span(told)
    rows = Visit.objects.to_read(user).filter(plan=told.review.plan_id, state=Visit.State.SHARED)
    rows = rows.filter(objective__isnull=False, day__gt=first, day__lte=last).order_by("day", "pk")
    return {row.objective_id: _seen(row) for row in rows}


def _seen(visit: Visit) -> Seen:
    return Seen(visit.pk, visit.day, visit.visits_as, visit.saw, reverse("visit", args=[visit.pk]))


def _noted(told: Told, user) -> set[int]:
    first, last = span(told)
    rows = AdviserNote.objects.visible_to(user).filter(plan=told.review.plan_id, on__gt=first, on__lte=last)
    return set(rows.values_list("objective", flat=True))


def span(told: Told) -> tuple[date, date]:
    """The time of a review: from the one before, or the year's first day, until a board received it, or today."""
    body = told.body
    before, received = written.as_day(body["before_on"]), body["received"]
    first = before or years.first_day(told.review.year)
    return first, written.as_day(received["on"]) if received else clock.today()


def of_plan(plan, user) -> tuple[Review | None, dict[int, Strength]]:
    """Of each objective in the last review of a plan that governors may read, as far as this person does."""
    told = last_told(plan, user)
    return (told.review, of(told, user)) if told else (None, {})
