"""How heavy a plan is: elements, words, and what falls on whom in which half-term. Plain rows in, plain rows out.

Research on school plans found that those of fewer than about twenty elements are carried out far more often than those
of sixty and more. That is advice and no limit.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from governance.models import Term
from sip import written
from sip.lines import ActionLine, PlanLines

LIGHT, HEAVY = 20, 60  # elements
MUCH = 5  # actions of one person that end in one half-term
WIDTH = 360  # of the picture
_A_MINUTE = 200  # words that somebody reads in it
_NO_OWNER, _NO_DATE = "Nobody yet", "No date yet"


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """A half-term by its name ("Autumn 1") and the last day that counts for it: what ends in the holiday after it ends
    with it."""

    name: str
    until: date | None  # None: no date at all


@dataclass(frozen=True, slots=True)
class Load:
    """What one person carries: how many of their actions end in each half-term (its name, how many, whether that is
    much), and together."""

    who: str
    cells: tuple[tuple[str, int, bool], ...]
    total: int

    @property
    def heaviest(self) -> int:
        return max((many for _, many, is_much in self.cells if is_much), default=0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The picture of the weight: how far the bar reaches of its width, the two marks, and the words beside."""

    held: int
    anchor: str
    marks: tuple[tuple[int, str], ...]
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class Weight:
    """The whole page: counts, sentences, and the table of who carries what when."""

    elements: int
    objectives: int
    actions: int
    criteria: int
    words: int
    says: str
    reading: str
    half_terms: tuple[str, ...]
    loads: tuple[Load, ...]
    heavy: tuple[str, ...]  # sentences about half-terms in which much ends

    @property
    def scale(self) -> Scale:
        """A bar that ends at eighty elements, or a little beyond what the plan has."""
        whole = max(80, self.elements + 10)
        place = [(WIDTH * mark // whole, str(mark)) for mark in (LIGHT, HEAVY)]
        held, said = WIDTH * self.elements // whole, written.count(self.elements, "element")
        title = f"{written.sentence(said)}; {LIGHT} and {HEAVY} are marked"
        anchor = "start" if held < WIDTH // 6 else "end"
        return Scale(held, anchor, tuple(place), f"this plan: {self.elements}", title)

    @property
    def is_heavy(self) -> bool:
        return self.elements > HEAVY

    @property
    def is_light(self) -> bool:
        return self.elements <= LIGHT


def half_terms(terms: Iterable[Term]) -> list[HalfTerm]:
    """The half-terms of the year, in their order; the holiday belongs to the half-term before it, and the summer to
    the last. Empty where the terms are not set."""
    rows, found = list(terms), []
    for number, term in enumerate(rows):
        name = term.get_name_display()
        found.append(HalfTerm(f"{name} 1", term.half_term_ends))
        following = rows[number + 1].starts if number + 1 < len(rows) else None
        found.append(HalfTerm(f"{name} 2", date.fromordinal(following.toordinal() - 1) if following else date.max))
    return found


def of(lines: PlanLines, halves: list[HalfTerm]) -> Weight:
    """The plan weighed. Without half-terms (`halves` empty) there is no table of who carries what when."""
    actions, criteria = lines.actions, lines.criteria
    elements = len(lines.objectives) + len(actions) + len(criteria)
    words = lines.words + sum(one.words for one in (*lines.objectives, *actions, *criteria))
    columns = _columns(actions, halves)
    loads = _loads(actions, columns) if columns else ()
    return Weight(
        elements=elements,
        objectives=len(lines.objectives),
        actions=len(actions),
        criteria=len(criteria),
        words=words,
        says=_says(elements),
        reading=_reading(words),
        half_terms=tuple(column.name for column in columns),
        loads=loads,
        heavy=tuple(_heavy(load) for load in loads if load.heaviest and load.who != _NO_OWNER),
    )


def _columns(actions: list[ActionLine], halves: list[HalfTerm]) -> list[HalfTerm]:
    """The half-terms, and a last column for what has no date, where something has none."""
    undated = [HalfTerm(_NO_DATE, None)] if any(one.due_on is None for one in actions) else []
    return [*halves, *undated] if halves else []


def _loads(actions: list[ActionLine], columns: list[HalfTerm]) -> tuple[Load, ...]:
    counted = Counter((one.owner or _NO_OWNER, _column_of(one, columns)) for one in actions)
    people = {who for who, _ in counted}
    rows = [_load(who, counted, columns) for who in people]
    return tuple(sorted(rows, key=lambda row: (row.who == _NO_OWNER, -row.total, row.who)))


def _load(who: str, counted: Counter, columns: list[HalfTerm]) -> Load:
    many = [(column, counted[who, column.name]) for column in columns]
    cells = tuple((column.name, count, column.until is not None and count >= MUCH) for column, count in many)
    return Load(who, cells, sum(count for _, count in many))


def _column_of(action: ActionLine, columns: list[HalfTerm]) -> str:
    if action.due_on is None:
        return _NO_DATE
    return next(column.name for column in columns if column.until and action.due_on <= column.until)


def _heavy(load: Load) -> str:
    """ "R. Osei has seven actions that end in Autumn 2"."""
    said = [f"{written.count(many, 'action')} that end in {name}" for name, many, is_much in load.cells if is_much]
    return f"{load.who} has {written.listed(said)}"


def _says(elements: int) -> str:
    said = written.sentence(written.count(elements, "element"))
    if elements <= LIGHT:
        return f"{said}. Plans of up to about twenty are the ones that are carried out."
    if elements <= HEAVY:
        return f"{said}. Plans of up to about twenty are carried out more often: what can wait a year?"
    return f"{said}. Plans of more than sixty are seldom carried out: what can wait a year?"


def _reading(words: int) -> str:
    minutes = -(-words // _A_MINUTE)
    return f"{words:,} words, about {written.count(minutes, 'minute')} to read" if words else "Nothing is written yet"
