"""What to visit next and when: which objective has the weakest evidence, and which weeks suit. Facts in, rows out, no
database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.wording import capital, day, listed

BEFORE_MEETING = timedelta(days=14)  # the report has to be written, checked and sent out as a paper
WEEKS = 3  # suggested at once
_FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Quiet:
    """Weeks of tests in which nobody visits: in which phases, and how they are found in a year. Both ends count, as
    (month, number of the week whose Monday is meant)."""

    name: str
    phases: tuple[str, ...]
    first: tuple[int, int]
    last: tuple[int, int]
    says: str


_PRIMARY = ("Primary", "Infant", "First", "Junior", "Middle", "Middle deemed primary", "All-through", "Special")
_SECONDARY = ("Secondary", "Middle deemed secondary", "All-through", "Post-16", "Special", "Upper", "High")

# Rules of thumb, not dates: the Standards and Testing Agency fixes the days of the tests for each year, the Joint
# Council for Qualifications those of the examinations. Seen in the timetables of recent years.
QUIET = (
    Quiet("key stage 2 tests", _PRIMARY, (5, 2), (5, 2), "usually the second full week of May"),
    Quiet("the phonics screening check", _PRIMARY, (6, 2), (6, 2), "usually the second full week of June"),
    Quiet("GCSE and A level examinations", _SECONDARY, (5, 2), (6, 4), "usually from mid-May to late June"),
)
SOURCE = (
    "Rules of thumb from recent years. The Standards and Testing Agency sets the days of the primary "
    "tests each year, the Joint Council for Qualifications those of the examinations: ask the school."
)


@dataclass(frozen=True)
class Evidence:
    """What is known of one objective: all of it as far as governors have been shown it."""

    pk: int
    number: int
    title: str
    monitor: str = ""
    mark: str = ""  # the leaders' last
    sources: int = 0  # how many of what is counted, heard, seen and from outside back the last ratings
    rated: bool = False
    visited_on: date | None = None  # last, with a report before the board
    visited_this_term: bool = False
    planned_on: date | None = None  # the next visit, or one whose report is not before the board yet
    is_written: bool = False  # that one, and its facts are being checked


@dataclass(frozen=True)
class Weak:
    """An objective with what its evidence lacks, in words; the weakest stand first."""

    of: Evidence
    reasons: tuple[str, ...]
    weight: int

    @property
    def says(self) -> str:
        return f"{capital(listed(list(self.reasons)))}." if self.reasons else "Well evidenced for now."


def weakest(rows: Iterable[Evidence]) -> list[Weak]:
    """All of them, the one with the weakest evidence first. One that somebody is about to visit stands after those
    that nobody is."""
    found = [_weak(row) for row in rows]
    return sorted(found, key=lambda one: (one.of.planned_on is not None, -one.weight, one.of.number))


def _weak(row: Evidence) -> Weak:
    reasons = []
    if row.visited_on is None:
        reasons.append((4, "nobody has visited it this year"))
    elif not row.visited_this_term:
        reasons.append((3, "nobody has visited it this term"))
    if row.mark in ("red", "amber"):
        reasons.append((3, "it is off track") if row.mark == "red" else (2, "it is at risk"))
    if row.rated and row.sources == 1:
        reasons.append((2, "one source only backs its rating"))
    if row.rated and not row.sources:
        reasons.append((2, "no evidence is named for its rating"))
    if not row.monitor:
        reasons.append((1, "nobody monitors it"))
    return Weak(row, tuple(words for _, words in reasons), sum(weight for weight, _ in reasons))


# ---------------------------------------------------------------- when


@dataclass(frozen=True)
class Week:
    """A week of school that suits."""

    monday: date

    def says(self, today: date) -> str:
        friday = self.monday + _FRIDAY
        first = f"{self.monday.day}" if friday.month == self.monday.month else day(self.monday, today)
        return f"{first} to {day(friday, today)}"


@dataclass(frozen=True)
class Suggestion:
    """When to go: the weeks, the meeting they feed, and what was left out."""

    weeks: tuple[Week, ...]
    meeting: date | None
    says: str
    left_out: tuple[str, ...] = ()


def suggest(terms: Iterable, phase: str, today: date, meetings: Iterable[date]) -> Suggestion:
    """The next weeks in term and out of tests that end two weeks before the first meeting they can still feed. `terms`
    have starts, half_term_starts, half_term_ends and ends; `meetings` are days still to come."""
    terms, later = sorted(terms, key=lambda term: term.starts), sorted(one for one in meetings if one > today)
    mondays = [one for one in _mondays(today, terms) if _in_term(one, terms)]
    open_ = [one for one in mondays if not _quiet(one, phase)]
    for meeting in later:
        fits = [one for one in open_ if one + _FRIDAY <= meeting - BEFORE_MEETING]
        if fits:
            says = f"So that the report is ready two weeks before the meeting on {day(meeting, today)}."
            return Suggestion(_few(fits), meeting, says, _names(mondays, phase, fits[-1]))
    if not open_:
        return Suggestion((), None, "The clerk has not entered the coming terms yet, so no weeks can be suggested.")
    none = "No meeting is planned that a visit could still feed; these are the next weeks of school."
    return Suggestion(_few(open_), None, none, _names(mondays, phase, open_[:WEEKS][-1]))


def _few(mondays: list[date]) -> tuple[Week, ...]:
    return tuple(Week(one) for one in mondays[:WEEKS])


def _mondays(today: date, terms: list) -> list[date]:
    """Every Monday from the next one to the end of the last term."""
    first = today + timedelta(days=7 - today.weekday())
    last = terms[-1].ends if terms else today
    return [first + timedelta(weeks=number) for number in range(max(0, (last - first).days // 7 + 1))]


def _in_term(monday: date, terms: list) -> bool:
    """Whether Monday to Friday are all in one term and none is of its half-term holiday."""
    friday = monday + _FRIDAY
    return any(
        term.starts <= monday
        and friday <= term.ends
        and (friday < term.half_term_starts or monday > term.half_term_ends)
        for term in terms
    )


def quiet(when: date, phase: str) -> Quiet | None:
    """The tests that a day falls among, in schools of this phase."""
    return _quiet(when - timedelta(days=when.weekday()), phase)


def _quiet(monday: date, phase: str) -> Quiet | None:
    for season in QUIET:
        if phase in season.phases and _nth(monday.year, season.first) <= monday <= _nth(monday.year, season.last):
            return season
    return None


def _nth(year: int, which: tuple[int, int]) -> date:
    """The second Monday of May, for (5, 2)."""
    first = date(year, which[0], 1)
    return first + timedelta(days=(7 - first.weekday()) % 7, weeks=which[1] - 1)


def _names(mondays: list[date], phase: str, until: date) -> tuple[str, ...]:
    """The tests that were stepped over on the way, each with when it usually is."""
    seen = dict.fromkeys(season for one in mondays if one <= until and (season := _quiet(one, phase)))
    return tuple(f"{season.name} ({season.says})" for season in seen)


def out_of_term(when: date, terms: Iterable) -> bool:
    """Whether a day is in a holiday, at a weekend or beyond the terms that are known."""
    inside = any(
        term.starts <= when <= term.ends and not term.half_term_starts <= when <= term.half_term_ends for term in terms
    )
    return when.weekday() > 4 or not inside
