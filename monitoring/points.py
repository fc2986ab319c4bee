"""The points of a year at which a plan is reviewed: the end of each term, or of each half-term. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from governance.models import Term

_TERMS = [str(term) for term in Term.Name]
_HALVES = (1, 2)
_ORDINAL = {1: "first", 2: "second"}


@dataclass(frozen=True)
class Point:
    """A term of the year (`half` 0), or one of its halves (1, 2)."""

    term: str
    half: int = 0

    @property
    def place(self) -> int:
        """Where it stands in the year: a term comes where its second half would end."""
        return _TERMS.index(self.term) * 3 + (self.half or 3)

    @property
    def word(self) -> str:
        """ "autumn", or "autumn 1" of the first half."""
        return f"{self.term} {self.half}" if self.half else str(self.term)

    @property
    def name(self) -> str:
        """The same as it stands above a column: "Autumn 1"."""
        return self.word.capitalize()

    @property
    def stretch(self) -> str:
        """ "autumn term", or "first half of the autumn term"."""
        return f"{_ORDINAL[self.half]} half of the {self.term} term" if self.half else f"{self.term} term"

    def days(self, term) -> tuple[date, date]:
        """Its first and last day, by the days of its term (governance.models.Term, or monitoring.facts.TermDays)."""
        first = term.half_term_ends.fromordinal(term.half_term_ends.toordinal() + 1) if self.half == 2 else term.starts
        last = date.fromordinal(term.half_term_starts.toordinal() - 1) if self.half == 1 else term.ends
        return first, last


def of_word(word: str) -> Point | None:
    """The point that is written so ("autumn 1"), or None."""
    every = (Point(term, half) for term in _TERMS for half in (0, *_HALVES))
    return next((point for point in every if point.word == word), None)


def of_year(*, by_halves: bool, held: Iterable[Point], over: Iterable[Point] = ()) -> list[Point]:
    """The points of a year in their order: those that have a review, and in each term what is still chosen for it.
    `over` are halves that have ended; one of them without a review was no point of this plan's.

    Whoever changes from terms to half-terms, or back, does so from the next review on: a term that has its review has
    no more of them, and a term of which only the first half was reviewed is then reviewed whole.
    """
    held, over = set(held), set(over)
    return [point for term in _TERMS for point in _of_term(term, by_halves, held, over)]


def _of_term(term: str, by_halves: bool, held: set[Point], over: set[Point]) -> list[Point]:
    whole, halves = Point(term), [Point(term, half) for half in _HALVES]
    found = [point for point in halves if point in held]
    if whole in held or halves[1] in held:
        return found + [whole] * (whole in held)
    if not by_halves:
        return [*found, whole]
    return [point for point in halves if point in held or point not in over] or [whole]
