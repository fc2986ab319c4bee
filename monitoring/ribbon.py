"""The year as a ribbon: where each dot, bar and word of the picture stands, as whole numbers. Steps in, places out.

Two bars, the board's and the leaders', held by the stroke of today. What falls on one day is one dot; dots that would
touch are moved apart, each on its own side of today, and where there is no room two neighbours become one."""

from dataclasses import dataclass
from datetime import date

from governance import years
from monitoring.cycle import Step
from monitoring.facts import TermDays
from monitoring.wording import capital, day

LEFT, RIGHT, TOP, BOTTOM = 72, 458, 64, 112  # where the bars begin and end, and how high each lies
_GAP = 21  # between the middles of two dots
_BY_THE_PIN = 13
_HEIGHT = {"board": TOP, "leaders": BOTTOM}
_PRESSING = ("late", "now", "next", "ahead", "done")
_RADIUS = {"done": 9, "late": 8, "now": 7, "next": 7, "ahead": 5}


@dataclass
class Dot:
    """What happens on one side on one day, or so near that one dot has to do."""

    on: date
    side: str
    state: str
    says: str
    x: int = 0

    @property
    def y(self) -> int:
        return _HEIGHT[self.side]

    @property
    def r(self) -> int:
        return _RADIUS[self.state]

    @property
    def letter(self) -> str:
        """ "b" or "l", as the stylesheet calls the sides."""
        return self.side[0]


@dataclass(frozen=True)
class Ribbon:
    """The picture: today's stroke, dots, the terms' names and the lines between them."""

    today: int
    today_words: str
    anchor: str  # of today's words, which must not leave the picture
    dots: list[Dot]
    terms: list[tuple[int, str]]
    lines: list[int]
    title: str

    @property
    def held(self) -> int:
        """Where the full part of the bars ends."""
        return max(LEFT, self.today - 1)


def ribbon(year: int, today: date, terms: tuple[TermDays, ...], steps: list[Step]) -> Ribbon:
    """The ribbon of an academic year. Papers are left out: they go with their meeting."""
    of_year = [term for term in terms if term.year == year]
    shown = [step for step in steps if step.on and step.kind != "papers"]
    scale = _Scale.over(year, [step.on for step in shown] + [today])
    pin = scale.place(today)
    dots = [dot for side in _HEIGHT for dot in _side(_by_day(shown, side, today), scale, pin, today)]
    anchor = "start" if pin < LEFT + 60 else "end" if pin > RIGHT - 60 else "middle"
    said = next((f", in the {term.name} term" for term in of_year if term.starts <= today <= term.ends), "")
    return Ribbon(
        today=pin,
        today_words=f"today, {today.day} {today:%B}",
        anchor=anchor,
        dots=dots,
        terms=[(scale.place(term.starts), capital(term.name)) for term in of_year],
        lines=[scale.place(term.starts) - 5 for term in of_year[1:]],
        title=f"The year {years.written(year)} as a ribbon: the board’s steps above, the leaders’ below. Today is "
        f"{today.day} {today:%B}{said}. The list below says the same.",
    )


@dataclass(frozen=True)
class _Scale:
    """Days on the line from the first thing that is shown to the last; at least the whole academic year."""

    first: date
    last: date

    @classmethod
    def over(cls, year: int, days: list[date]) -> "_Scale":
        return cls(min([years.first_day(year), *days]), max([date(year + 1, 7, 31), *days]))

    def place(self, on: date) -> int:
        return LEFT + 8 + round((RIGHT - LEFT - 16) * (on - self.first).days / (self.last - self.first).days)


def _by_day(steps: list[Step], side: str, today: date) -> list[Dot]:
    found: dict[date, Dot] = {}
    for step in steps:
        if step.side == side:
            dot = Dot(step.on, side, step.state, f"{day(step.on, today)}: {step.label}")
            found[step.on] = _as_one(found[step.on], dot) if step.on in found else dot
    return [found[on] for on in sorted(found)]


def _as_one(first: Dot, second: Dot) -> Dot:
    """Two in one: it looks like the more pressing of them, and says both."""
    state = min(first.state, second.state, key=_PRESSING.index)
    return Dot(first.on if state == first.state else second.on, first.side, state, f"{first.says}; {second.says}")


def _side(dots: list[Dot], scale: _Scale, pin: int, today: date) -> list[Dot]:
    """The dots of one bar: what lies behind stands left of today's stroke, the rest right of it."""
    behind = [dot for dot in dots if dot.on < today or dot.state == "done"]
    before = [dot for dot in dots if dot not in behind]
    return _spread(behind, scale, LEFT + 8, pin - _BY_THE_PIN) + _spread(before, scale, pin + _BY_THE_PIN, RIGHT)


def _spread(dots: list[Dot], scale: _Scale, left: int, right: int) -> list[Dot]:
    """Each as near to its day as the others leave room for."""
    right = max(left, right)
    while len(dots) > 1 and (len(dots) - 1) * _GAP > right - left:
        near = min(range(len(dots) - 1), key=lambda place: (dots[place + 1].on - dots[place].on).days)
        dots = [*dots[:near], _as_one(dots[near], dots[near + 1]), *dots[near + 2 :]]
    at = left - _GAP
    for dot in dots:
        dot.x = at = max(scale.place(dot.on), at + _GAP)
    at = right + _GAP
    for dot in reversed(dots):
        dot.x = at = min(dot.x, at - _GAP)
    return dots
