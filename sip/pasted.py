"""What was pasted from a spreadsheet or a Word table, as cells; and what each of its columns is. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.typed import tidy, tidy_line
from sip import understanding
from sip.rows import MOST
from sip.understanding import Calendar, Known

LONGEST = 300_000  # characters of one paste

# What a column may hold, in the order in which the page offers it.
COLUMNS = {
    "": "Leave it out",
    "what": "What (the action)",
    "owner": "Who",
    "due_on": "By when",
    "starts_on": "From",
    "supporters": "Supported by",
    "cost": "Cost",
    "cost_source": "Paid from",
    "resources": "Resources",
    "outcome": "Intended outcome",
    "checked_how": "Checked how",
    "checked_by": "Checked by",
    "checked_when": "Checked when",
    "heading": "Group heading",
    "text": "How the board will know (the criterion)",
    "by_when": "Criterion, by when",
    "autumn": "By the end of autumn",
    "spring": "By the end of spring",
    "summer": "By the end of summer",
}
_HEADINGS = {
    "what": r"actions?|what|what (?:will|are) we .*|tasks?|steps?|activit(?:y|ies)|key actions?|actions? .*|"
    r"strategy",
    "owner": r"who|owners?|leads?|lead (?:person|staff)|led by|(?:person|staff|people)(?: responsible)?|"
    r"responsib.*|by whom|accountab.*",
    "due_on": r"by when|when|date|deadline|due|due (?:date|by)|end(?: date)?|time ?(?:scale|frame|line)s?|"
    r"completed? by|to be completed.*|target date",
    "starts_on": r"from|start|start date|starts?|begins?",
    "supporters": r"support(?:ed by|ers?)?|with|other staff|team|involved|others",
    "cost": r"costs?(?:[ /&,].*)?|costing|budget|£|resources? (?:and|/|&) cost(?:s|ing)?",
    "cost_source": r"paid from|funding|funded by|(?:budget|cost|funding) (?:source|heading|code)|source",
    "resources": r"resources?|resourc.*|needs|cpd|training",
    "outcome": r"(?:intended |expected )?(?:outcomes?|impact)|so that",
    "checked_how": r"monitor(?:ing|ed)(?: how)?|monitoring (?:and|&|/) evaluation|how (?:checked|monitored)|"
    r"checked(?: how)?|evidence",
    "checked_by": r"(?:monitored|checked|evaluated) by|monitor",
    "checked_when": r"(?:monitored|checked) when|monitoring (?:date|when)",
    "heading": r"priority|objective|theme|area|section|group|strand|aim|focus",
    "text": r"(?:success |performance )?(?:criteri(?:a|on))(?: .*)?|how .* know|(?:success )?measures?|kpis?|"
    r"targets?|success",
    "autumn": r"(?:by (?:the )?end of )?aut(?:umn)?(?: term)?(?: milestones?)?",
    "spring": r"(?:by (?:the )?end of )?spr(?:ing)?(?: term)?(?: milestones?)?",
    "summer": r"(?:by (?:the )?end of )?sum(?:mer)?(?: term)?(?: milestones?)?",
}  # fmt: skip
BULLET = re.compile(r"^(?:[•·▪◦●○■□►▶➢➤✓✔*Ø§Ÿ\uf000-\uf0ff]\s*|(?:[o–—-])\s+)+")
_INITIALS = re.compile(r"(?:[A-Z]{2,4}(?: ?[/,&] ?|$))+")


class TooMuch(ValueError):
    """More than an objective holds; the sentence says the limit."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a paste, in lines of one width; which line of the paste each began in, and headings over a group."""

    lines: list[list[str]]
    numbers: list[int]
    alone: frozenset[int] = frozenset()  # places of lines that are one cell across the whole table

    @property
    def width(self) -> int:
        return max((len(line) for line in self.lines), default=0)


# ---------------------------------------------------------------- text to cells


def table(text: str) -> Table:
    """The cells of what was pasted. Raises TooMuch, with the limit, when it is more than an objective holds."""
    if len(text) > LONGEST:
        raise TooMuch(f"This is {len(text):,} characters; one paste holds {LONGEST:,}. Paste fewer rows.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    between = _between(text)
    raw = [(number, cells) for number, cells in _cells(text, between) if any(cells)]
    width = max((len(cells) for _, cells in raw), default=0)
    lines, numbers, alone = [], [], set()
    for number, cells in raw:
        is_alone = len(cells) == 1 and width > 2
        if is_alone and lines and _goes_on(cells[0]):
            lines[-1][-1] = f"{lines[-1][-1]}\n{cells[0]}".strip()
            continue
        if is_alone:
            alone.add(len(lines))
        lines.append(cells + [""] * (width - len(cells)))
        numbers.append(number)
    if len(lines) > MOST + 1:
        raise TooMuch(
            f"Here are {len(lines):,} rows; an objective holds {MOST} at most. Nothing was added. "
            "Paste what belongs to this objective alone."
        )
    return Table(lines, numbers, frozenset(alone))


def _goes_on(cell: str) -> bool:
    """Whether a line without any further cell is more of the one before it, as Word leaves the paragraphs of a cell."""
    return bool(BULLET.match(cell)) or cell[:1].islower()


def _between(text: str) -> str:
    """What stands between cells: tabs; where there is none, upright strokes; or slashes, as some programs leave."""
    if "\t" in text:
        return "\t"
    lines = [line for line in text.split("\n") if line.strip()]
    for mark in ("|", " / "):
        if sum(line.count(mark) >= 2 for line in lines) * 2 > len(lines):
            return mark
    return "\t"


def _cells(text: str, between: str) -> Iterable[tuple[int, list[str]]]:
    """Each line's number in the paste, and its cells. A cell of several lines stands in quotes."""
    if between != "\t":
        for number, line in enumerate(text.split("\n"), 1):
            yield number, [_tidied(cell) for cell in line.strip().strip("|").split(between)]
        return
    cells, number, begun = [], 1, 1
    for found in re.finditer(r'("(?:[^"]|"")*"(?=\t|\n|$)|[^\t\n]*)(\t|\n|$)', text):
        cell, end = found[1], found[2]
        number += cell.count("\n") + (end == "\n")
        if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
            cell = cell[1:-1].replace('""', '"')
        cells.append(_tidied(cell))
        if end != "\t":
            yield begun, cells
            cells, begun = [], number
        if found.end() == len(text):
            break
    if cells and any(cells):
        yield begun, cells


def _tidied(cell: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in tidy(cell).split("\n"))))


# ---------------------------------------------------------------- which column is what


def guess(found: Table, people: list[Known], calendar: Calendar) -> tuple[list[str], bool]:
    """What each column holds, as far as its heading or its cells tell, and whether the first line is headings."""
    if not found.lines:
        return [], False
    named = [_by_heading(cell) for cell in found.lines[0]]
    if sum(map(bool, named)) >= min(2, found.width) and len(found.lines) > 1:
        columns = _once(named)
        if "what" not in columns and "text" not in columns:
            columns = _with_words(columns, found.lines[1:])
        return _mind_criteria(columns), True
    columns = _once(
        [_by_cells([line[place] for line in found.lines], people, calendar) for place in range(found.width)]
    )
    return _mind_criteria(_with_words(columns, found.lines)), False


def _by_heading(cell: str) -> str:
    words = tidy_line(cell).lower().strip(" :?.*")
    return next((name for name, shape in _HEADINGS.items() if re.fullmatch(shape, words)), "")


def _by_cells(cells: list[str], people: list[Known], calendar: Calendar) -> str:
    """By when, who or cost, where most of a column's cells are such."""
    filled = [cell for cell in cells if cell]
    tests = {
        "due_on": lambda cell: not understanding.when(cell, calendar).left,
        "cost": lambda cell: "£" in cell or bool(understanding.cost(cell).source),
        "owner": lambda cell: bool(_INITIALS.fullmatch(cell)) or understanding.who(cell, people).owner is not None,
    }
    for name, test in tests.items():
        if filled and sum(map(test, filled)) * 2 > len(filled):
            return name
    return ""


def _once(columns: list[str]) -> list[str]:
    """Each at most once: the first that is it."""
    return ["" if name in columns[:place] else name for place, name in enumerate(columns)]


def _with_words(columns: list[str], lines: list[list[str]]) -> list[str]:
    """The column of the longest words is what is to be done, unless one is it already."""
    free = {place: sum(len(line[place]) for line in lines) for place, name in enumerate(columns) if not name}
    if "what" in columns or not any(free.values()):
        return columns
    longest = max(free, key=free.get)
    return [*columns[:longest], "what", *columns[longest + 1 :]]


def _mind_criteria(columns: list[str]) -> list[str]:
    """Without an action, what says by when says it of the criterion."""
    if "what" in columns or "text" not in columns or "by_when" in columns:
        return columns
    return ["by_when" if name == "due_on" else name for name in columns]


def what_lacks(columns: list[str]) -> str:
    """What must still be said of the columns, as a sentence; empty when nothing."""
    twice = [COLUMNS[name] for place, name in enumerate(columns) if name and name in columns[:place]]
    if twice:
        return f"Two columns are “{twice[0]}”. Leave one of them out, or say what it is."
    if "what" not in columns and "text" not in columns:
        return "Say which column holds the action, or the criterion."
    if "text" not in columns and set(columns) & {"autumn", "spring", "summer", "by_when"}:
        return "Say which column holds the criterion that these milestones belong to."
    return ""
