"""Who hears of what on a day: rows of home, what was said before and the school's days in, one mail out. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from governance import years
from monitoring.duties.row import NOW, Row
from monitoring.facts import TermDays
from monitoring.wording import capital, counted, listed, number, weekday

SOON = 7  # days before its day from which a thing is spoken of
A_WEEK = 7  # days between two words about what is late
_TERMS = 3
_LONGEST_HOLIDAY = 100  # days; then a school day is taken for granted


@dataclass(frozen=True)
class Nudge:
    """A thing to remind of, under the key that says which thing and which of its moments."""

    row: Row
    key: str


@dataclass(frozen=True)
class Section:
    """What one organisation's home has for a person."""

    organisation: int
    name: str
    rows: tuple[Row, ...]
    terms: tuple[TermDays, ...] = ()

    def nudges(self, today: date, before: dict[str, date]) -> list[Nudge]:
        """What is to be spoken of today. `before`: the keys that were, each with its day."""
        return to_remind(self.rows, before, today, self.terms)


@dataclass(frozen=True)
class Part:
    """What one mail says of one organisation."""

    organisation: int
    name: str
    nudges: tuple[Nudge, ...]


@dataclass(frozen=True)
class Digest:
    """What one person is reminded of on one day: one mail."""

    today: date
    parts: tuple[Part, ...]

    @property
    def nudges(self) -> list[Nudge]:
        return [one for part in self.parts for one in part.nudges]

    @property
    def subject(self) -> str:
        """ "Ashdown Primary School: three things by Friday"."""
        names = [part.name for part in self.parts]
        where = listed(names) if len(names) <= 2 else f"{names[0]} and {counted(len(names) - 1, 'other')}"
        return f"{where}: {self.things}"

    @property
    def heading(self) -> str:
        """The same without the names, as the mail's first line."""
        return capital(self.things)

    @property
    def things(self) -> str:
        """ "three things by Friday", "two things, one of them late"; a single thing by its name."""
        rows = [one.row for one in self.nudges]
        late = [row for row in rows if row.due and row.due < self.today]
        dated = [row.due for row in rows if row.due and row.due >= self.today]
        if len(rows) == 1:
            return f"{rows[0].plainly}{', late' if late else f',{self._by(dated[0])}' if dated else ''}"
        many = counted(len(rows), "thing")
        if late:
            every = "both" if len(rows) == 2 else "all"
            return f"{many}, {every if len(late) == len(rows) else f'{number(len(late))} of them'} late"
        if not dated:
            return f"{many} to do"
        return f"{many}{self._by(max(dated)) if len(dated) == len(rows) else ', the first' + self._by(min(dated))}"

    def _by(self, due: date) -> str:
        ahead = (due - self.today).days
        if ahead <= 1:
            return " today" if ahead == 0 else " by tomorrow"
        return f" by {due:%A}" if ahead < A_WEEK else f" by {weekday(due, self.today)}"


# ---------------------------------------------------------------- the school's days


def is_school_day(day: date, terms: tuple[TermDays, ...]) -> bool:
    """Whether there is school. In a year whose terms are not all known each weekday outside a half-term counts."""
    if day.weekday() >= 5 or any(term.half_term_starts <= day <= term.half_term_ends for term in terms):
        return False
    if any(term.starts <= day <= term.ends for term in terms):
        return True
    return sum(term.year == years.year_of(day) for term in terms) < _TERMS


def next_school_day(day: date, terms: tuple[TermDays, ...]) -> date:
    """The first school day after a day."""
    for ahead in range(1, _LONGEST_HOLIDAY):
        if is_school_day(day + timedelta(days=ahead), terms):
            return day + timedelta(days=ahead)
    return day + timedelta(days=_LONGEST_HOLIDAY)


# ---------------------------------------------------------------- the moments


def moment_of(row: Row, today: date, terms: tuple[TermDays, ...]) -> str:
    """At which of its moments a thing stands: "soon", "last" (no school day is left between), "late 1" in the first
    week after its day, "late 2" in the second; without a day "once"; far ahead, or open this minute alone: none."""
    if row.press == NOW:
        return ""
    if row.due is None:
        return "once"
    if row.due < today:
        return f"late {(today - row.due).days // A_WEEK + 1}"
    if next_school_day(today, terms) >= row.due:
        return "last"
    return "soon" if (row.due - today).days <= SOON else ""


def keys_of(rows: Iterable[Row], today: date, terms: tuple[TermDays, ...]) -> set[str]:
    """The keys that decide what is spoken of today: whoever asks what was said before asks for these."""
    found = set()
    for row in rows:
        if moment := moment_of(row, today, terms):
            found |= {f"{row.key}:{moment}", f"{row.key}:{_week_before(moment)}"}
    return found


def to_remind(rows: Iterable[Row], before: dict[str, date], today: date, terms: tuple[TermDays, ...]) -> list[Nudge]:
    """What is spoken of today: nothing without school, nothing twice, what is late once a week. Moments that passed
    while nothing could be sent are not made up for one by one: the thing is spoken of once, as it stands now."""
    found: dict[str, Nudge] = {}
    for row in rows if is_school_day(today, terms) else ():
        moment = moment_of(row, today, terms)
        key = f"{row.key}:{moment}"
        last_week = before.get(f"{row.key}:{_week_before(moment)}")
        if moment and key not in before and (last_week is None or (today - last_week).days >= A_WEEK):
            found.setdefault(key, Nudge(row, key))
    return list(found.values())


def _week_before(moment: str) -> str:
    """ "late 2" → "late 1"; anything else stays."""
    word, _, week = moment.partition(" ")
    return f"{word} {int(week) - 1}" if week else moment


def digest_of(sections: Iterable[Section], before: dict[str, date], today: date) -> Digest | None:
    """One mail from all of a person's organisations; None where there is nothing to say. What two of them show (a board
    that serves both) is said once."""
    parts, said = [], set()
    for section in sections:
        nudges = [one for one in section.nudges(today, before) if one.key not in said]
        said |= {one.key for one in nudges}
        if nudges:
            parts.append(Part(section.organisation, section.name, tuple(nudges)))
    return Digest(today, tuple(parts)) if parts else None
