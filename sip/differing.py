"""What differs between two contents of a plan, word by word: pure, on blocks as `sip.versions.blocks_of` gives them.

Rows are followed by their numbers, wherever they moved; where a number is new, by their words. What only one side has
was added or removed. Targets that moved are told apart from words that changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sip import differing_parts as parts
from sip.differing_parts import Line, Part

Blocks = dict[str, object]
SAME, INS, DEL = "same", "ins", "del"
ALIKE = 0.6  # two rows are one row reworded when so much of their words is the same
_TOKEN = re.compile(r"\n|[^\s]+")
_MANY = 3000  # words of a text beyond which it is compared line by line, so that no page waits


@dataclass(slots=True, frozen=True)
class Piece:
    """Words that stand on both sides, or were put in, or taken out."""

    kind: str
    words: str


@dataclass(slots=True)
class Changed:
    """A line of a row that is not the same: its name, its words piece by piece. `is_target`: a figure to be reached."""

    name: str
    pieces: list[Piece]
    is_target: bool = False


@dataclass(slots=True)
class Row:
    """A row of a part: its name, what became of it (same, changed, added, removed, moved), whence it moved."""

    name: str
    kind: str
    lines: list[Changed] = field(default_factory=list)
    moved: str = ""  # "was 1.4", "from objective 2"


@dataclass(slots=True)
class Section:
    """A part of the plan with its rows. `same`: how many of them are as they were; those are folded."""

    title: str
    kind: str
    rows: list[Row]
    same: int = 0

    @property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if row.kind != SAME]


@dataclass(slots=True)
class Difference:
    """Everything that differs, in the order of the plan; and by name the parts that are as they were."""

    changed: list[Section]
    unchanged: list[str]

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.changed for row in section.shown]

    @property
    def targets(self) -> list[tuple[str, Changed]]:
        """Each target that moved, with the name of its row."""
        return [(row.name, line) for row in self.rows for line in row.lines if line.is_target and row.kind != "added"]

    def count(self, kind: str) -> int:
        """How many rows were "added", "removed", "moved" or "changed"."""
        return sum(row.kind == kind for row in self.rows)


def between(before: Blocks, after: Blocks) -> Difference:
    """What differs from the one content to the other."""
    old, new = parts.of(before), parts.of(after)
    known = _paired(old, new)
    changed, unchanged = [], []
    for part in _in_order(old, new):
        section = _section(old.get(part), new.get(part), known)
        if section.kind == SAME:
            unchanged.append(section.title)
        else:
            changed.append(section)
    return Difference(changed, unchanged)


def _in_order(old: dict[str, Part], new: dict[str, Part]) -> list[str]:
    """The parts as they stand now; those that are gone behind them."""
    return [*new, *(key for key in old if key not in new)]


# ---------------------------------------------------------------- which row is which


@dataclass(slots=True)
class _Known:
    """Each row of the newer side with the one it was, and the part in which that stood."""

    was: dict[tuple[str, str], tuple[str, parts.Row]]
    gone: set[tuple[str, str]]


def _paired(old: dict[str, Part], new: dict[str, Part]) -> _Known:
    """By number everywhere, then by words within a part."""
    left = {row.key: (part.key, row) for part in old.values() for row in part.rows}
    known: dict[tuple[str, str], tuple[str, parts.Row]] = {}
    waiting: list[tuple[str, parts.Row]] = []
    for part in new.values():
        for row in part.rows:
            if row.key in left:
                known[part.key, row.key] = left.pop(row.key)
            else:
                waiting.append((part.key, row))
    for key, row in waiting:
        if (twin := _twin(row, [one for place, one in left.values() if place == key])) is not None:
            known[key, row.key] = left.pop(twin.key)
    return _Known(known, {(place, row.key) for place, row in left.values()})


def _twin(row: parts.Row, among: list[parts.Row]) -> parts.Row | None:
    """The row of the same kind whose words are most alike, if they are alike enough."""
    alike = [(_ratio(row.words, one.words), place) for place, one in enumerate(among) if one.sort == row.sort]
    best, place = max(alike, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
    return among[place] if best >= ALIKE else None


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


# ---------------------------------------------------------------- a part, a row, a line


def _section(old: Part | None, new: Part | None, known: _Known) -> Section:
    here = new or old
    rows = [*_now(new, known, old), *_gone(old, known)]
    if old is None or new is None:
        kind = "added" if old is None else "removed"
    else:
        kind = SAME if all(row.kind == SAME for row in rows) else "changed"
    return Section(here.title, kind, rows, sum(row.kind == SAME for row in rows))


def _now(new: Part | None, known: _Known, old: Part | None) -> Iterator[Row]:
    """The rows as they stand now: those that were there, and those that came."""
    if new is None:
        return
    found = [known.was.get((new.key, row.key)) for row in new.rows]
    stayed = [one[1].key for one in found if one and one[0] == new.key]
    out_of_place = _out_of_place([row.key for row in old.rows if row.key in stayed] if old else [], stayed)
    for row, was in zip(new.rows, found, strict=True):
        if was is None:
            yield Row(row.name, "added", [_line(None, line) for line in row.lines if line.words])
            continue
        place, before = was
        lines = _lines(before.lines, row.lines)
        moved = f"from {before.place}" if place != new.key else ""
        if not moved and before.key in out_of_place:
            moved = f"was {before.name}" if before.name != row.name else "in another order"
        kind = "changed" if lines else "moved" if moved else SAME
        yield Row(row.name, kind, lines, moved)


def _gone(old: Part | None, known: _Known) -> Iterator[Row]:
    for row in old.rows if old else ():
        if (old.key, row.key) in known.gone:
            yield Row(row.name, "removed", [_line(line, None) for line in row.lines if line.words])


def _out_of_place(was: list[str], now: list[str]) -> set[str]:
    """Those that stand in another order than before, as few as possible: what is not in the longest common run."""
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in was[block.a : block.a + block.size]}
    return set(now) - kept


def _lines(before: list[Line], after: list[Line]) -> list[Changed]:
    """The lines that are not the same, by name."""
    old, new = {line.name: line for line in before}, {line.name: line for line in after}
    names = [*new, *(name for name in old if name not in new)]
    pairs = [(old.get(name), new.get(name)) for name in names]
    return [_line(one, other) for one, other in pairs if (one.words if one else "") != (other.words if other else "")]


def _line(before: Line | None, after: Line | None) -> Changed:
    here = after or before
    return Changed(here.name, words(before.words if before else "", after.words if after else ""), here.is_target)


# ---------------------------------------------------------------- words


def words(before: str, after: str) -> list[Piece]:
    """One text against the other, word by word."""
    old, new = _tokens(before), _tokens(after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, _joined(old[a:b])))
            continue
        if b > a:
            found.append(Piece(DEL, _joined(old[a:b])))
        if d > c:
            found.append(Piece(INS, _joined(new[c:d])))
    return found


def _tokens(text: str) -> list[str]:
    """Words and ends of lines; of a very long text whole lines."""
    found = _TOKEN.findall(text)
    return found if len(found) <= _MANY else [part for line in text.splitlines() for part in (line, "\n")][:-1]


def _joined(tokens: list[str]) -> str:
    return " ".join(tokens).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")
