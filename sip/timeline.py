"""A plan on the days of its school year: where terms, holidays, bars and diamonds stand. Days in, places out.

No database. Places are counted across a width of the caller's: 100 for a page, where they are per cent; else points.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from governance import years
from governance.models import Term
from governance.wording import full_day, listed, near_day
from sip import written
from sip.models import Action

Status = Action.Status
_DAY = timedelta(days=1)
_LEAST = 0.7  # per cent of the width: a bar of one day is still seen
CLOSED = "Its actions are for the board and leaders alone."
_ENDED = (Status.DONE, Status.STOPPED)


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from first to last, across so wide a picture."""

    first: date
    last: date
    wide: float = 100

    def place(self, on: date) -> float:
        """Where a day begins; what lies outside stands at the edge."""
        days = min(max((on - self.first).days, 0), (self.last - self.first).days + 1)
        return round(self.wide * days / ((self.last - self.first).days + 1), 2)

    def width(self, first: date, last: date) -> float:
        """From the beginning of the one day to the end of the other."""
        return round(max(self.place(last + _DAY) - self.place(first), self.wide * _LEAST / 100), 2)


@dataclass(frozen=True, slots=True)
class Span:
    """A term or a holiday."""

    x: float
    width: float
    name: str
    days: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under every row. `today`: the pin, or None on paper and in another year."""

    terms: list[Span]
    holidays: list[Span]
    months: list[tuple[float, str]]
    today: float | None
    today_words: str


@dataclass(slots=True)
class Act:
    """An action as the timeline needs it. `former`: the days on which it was to be done before it was moved, each with
    when that was agreed and why."""

    id: int
    number: str
    what: str
    who: str
    starts: date | None
    due: date | None
    status: str = ""  # empty: nobody says it of a plan that is not in force
    url: str = ""
    former: list[tuple[date, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bar:
    """An action in the picture. `look`: done, under-way, not-started, stopped or planned; `is_late` draws a warning."""

    x: float
    width: float
    end: float
    look: str
    is_late: bool
    has_start: bool
    former: list[tuple[float, str]]


@dataclass(slots=True)
class Row:
    """An action in a line of the table: its words, and its bar where it has a day."""

    number: str
    what: str
    who: str
    when: str
    status: str
    late: str
    former: list[str]
    bar: Bar | None
    url: str = ""


@dataclass(slots=True)
class Group:
    """An objective with its actions. `diamonds`: its milestones at the ends of terms, with words."""

    id: int
    number: str
    title: str
    says: str
    rows: list[Row]
    diamonds: list[tuple[float, str]]
    milestones: str
    url: str = ""
    note: str = ""


def scale(year: int, acts: Iterable[Act], wide: float = 100) -> Scale:
    """The academic year, until the end of July; longer where an action begins before it or is due after it."""
    days = [day for act in acts for day in (act.starts, act.due, *(on for on, _ in act.former)) if day]
    return Scale(min([years.first_day(year), *days]), max([date(year + 1, 7, 31), *days]), wide)


def ground(terms: list[Term], over: Scale, today: date | None = None) -> Ground:
    """Terms and holidays between them, the months, and the pin of today where it lies in the picture."""
    inside = today is not None and over.first <= today <= over.last
    return Ground(
        terms=[_span(over, one.starts, one.ends, one.get_name_display()) for one in terms],
        holidays=[_span(over, first, last, name) for first, last, name in _holidays(terms, over)],
        months=[(over.place(first), f"{first:%b}") for first in _months(over)],
        today=over.place(today) if inside else None,
        today_words=f"today, {near_day(today)}" if inside else "",
    )


def group(number: str, *, pk: int, title: str, acts: list[Act], due: list[tuple[str, date, int]], over: Scale, today):
    """An objective as it stands on the timeline. `due`: (term, its last day, how many milestones)."""
    rows = [row(act, over, today) for act in acts]
    return Group(
        id=pk,
        number=number,
        title=title,
        says=_counts(acts, rows),
        rows=rows,
        diamonds=[(over.place(on + _DAY), f"{_many(many)} by the end of {term}") for term, on, many in due],
        milestones=_milestones(due),
    )


def row(act: Act, over: Scale, today: date | None) -> Row:
    """One action in words and places."""
    is_late = today is not None and act.status not in ("", *_ENDED) and act.due is not None and act.due < today
    return Row(
        number=act.number,
        what=act.what,
        who=act.who,
        when=_when(act),
        status=act.status,
        late=f"late: was due {near_day(act.due)}" if is_late else "",
        former=[f"was to be done by {full_day(on)}{f': {why}' if why else ''}" for on, why in act.former],
        bar=_bar(act, over, is_late) if act.due or act.starts else None,
        url=act.url,
    )


def milestones_due(terms: list[Term], counts: dict[str, int]) -> list[tuple[str, date, int]]:
    """The terms in which something falls due, each with its last day and how much."""
    return [(str(one.name), one.ends, counts[one.name]) for one in terms if counts.get(one.name)]


# ---------------------------------------------------------------- the ground


def _span(over: Scale, first: date, last: date, name: str) -> Span:
    return Span(over.place(first), over.width(first, last), name, f"{near_day(first)} to {full_day(last)}")


def _holidays(terms: list[Term], over: Scale) -> list[tuple[date, date, str]]:
    """The days without school: half-terms, and those between, before and after the terms."""
    if not terms:
        return []
    found = [(one.half_term_starts, one.half_term_ends, "Half-term") for one in terms]
    found += [
        (before.ends + _DAY, after.starts - _DAY, "Holiday") for before, after in zip(terms, terms[1:], strict=False)
    ]
    found += [(over.first, terms[0].starts - _DAY, "Before the year"), (terms[-1].ends + _DAY, over.last, "Summer")]
    return sorted((first, last, name) for first, last, name in found if first <= last)


def _months(over: Scale) -> list[date]:
    """The first of each month in the picture."""
    found, on = [], over.first.replace(day=1)
    while on <= over.last:
        found += [on] if on >= over.first else []
        on = (on + 31 * _DAY).replace(day=1)
    return found


# ---------------------------------------------------------------- actions


def _bar(act: Act, over: Scale, is_late: bool) -> Bar:
    """From its start until its day; an action that names only its day is that day's mark alone."""
    last = act.due or act.starts
    first = act.starts or last
    return Bar(
        x=over.place(first),
        width=over.width(first, last),
        end=over.place(last + _DAY),
        look=act.status.replace(" ", "-") or "planned",
        is_late=is_late,
        has_start=act.starts is not None,
        former=[(over.place(on + _DAY), f"was {near_day(on)}") for on, _ in act.former],
    )


def _when(act: Act) -> str:
    """ "9 September to 4 Dec 2026", "by 4 Dec 2026"."""
    if not act.due:
        return f"from {written.short_day(act.starts)}, no day to be done by" if act.starts else "no date yet"
    by = written.short_day(act.due)
    return f"{act.starts.day} {act.starts:%b} to {by}" if act.starts else f"by {by}"


def _counts(acts: list[Act], rows: list[Row]) -> str:
    """ "Eight actions: three done, one late."; of a plan not in force only how many."""
    if not acts:
        return "No action."
    said = written.sentence(written.count(len(acts), "action"))
    many = [(sum(act.status == status for act in acts), str(status)) for status in (Status.DONE, Status.STOPPED)]
    many.insert(1, (sum(bool(one.late) for one in rows), "late"))
    parts = [f"{written.number(count)} {word}" for count, word in many if count]
    return f"{said}: {listed(parts)}." if parts else f"{said}."


def _many(count: int) -> str:
    return written.count(count, "milestone")


def _milestones(due: list[tuple[str, date, int]]) -> str:
    """ "Milestones: two in autumn, one in spring."."""
    said = [f"{written.number(many)} in {term}" for term, _, many in due]
    return f"Milestones: {listed(said)}." if said else ""
