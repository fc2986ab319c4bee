"""Rows pasted from a spreadsheet or a Word table, read as actions and success criteria. Pure: cells in, rows out.

Nothing is thrown away in silence: what is not understood is said of its row, and kept where a leader finds it again.
"""

import re
from dataclasses import dataclass, field

from foundation.typed import tidy_line
from sip import understanding
from sip.pasted import BULLET, COLUMNS, Table
from sip.understanding import Calendar, Known

TERMS = ("autumn", "spring", "summer")
_MOST_OF = {
    "what": 400, "supporters": 200, "cost_source": 80, "resources": 300, "outcome": 400, "checked_how": 200,
    "checked_when": 120, "heading": 80, "text": 300, "autumn": 300, "spring": 300, "summer": 300,
}  # fmt: skip
# What of a merged cell goes for the empty cells under it. Never money: it would be counted twice.
_CARRIED = (
    "heading", "owner", "due_on", "starts_on", "cost_source", "checked_how", "checked_by", "checked_when", "by_when",
)  # fmt: skip
_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-h][.)])\s+", re.IGNORECASE)
_INLINE = re.compile(r"\s*[•▪◦●■►➢✓Ø\uf000-\uf0ff]\s*")


@dataclass(slots=True)
class Line:
    """What one line of the paste gives. `notes` say what was made of it; `wrong` stands in the way of adding it."""

    number: int
    actions: list[dict] = field(default_factory=list)
    criteria: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Everything that a paste gives, and the names in it that are nobody's: each with why, in order."""

    lines: list[Line]
    unknown: dict[str, str]

    @property
    def actions(self) -> list[dict]:
        return [row for line in self.lines if not line.wrong for row in line.actions]

    @property
    def criteria(self) -> list[dict]:
        return [row for line in self.lines if not line.wrong for row in line.criteria]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads lines of a table as rows: by what its columns are, by whom can be named, and by the year's calendar.

    `chosen` says of a name that is nobody's (in small letters) who is meant: a person's number, or "post".
    """

    columns: list[str]
    people: list[Known]
    calendar: Calendar
    chosen: dict[str, int | str] = field(default_factory=dict)
    carries: bool = True

    def read(self, found: Table, *, headed: bool) -> Pasted:
        """Every line below the headings, in order."""
        lines, unknown, before, group = [], {}, {}, ""
        for place, cells in enumerate(found.lines[1:] if headed else found.lines, int(headed)):
            if place in found.alone:
                group = _bare(cells[0])
                continue
            words = {name: cell for name, cell in zip(self.columns, cells, strict=False) if name}
            line = Line(found.numbers[place])
            if any(words.values()):
                self._line(line, words, before, group, unknown)
                lines.append(line)
                before |= {name: cell for name, cell in words.items() if cell}
                group = ""
        return Pasted(lines, unknown)

    def _line(self, line: Line, words: dict, before: dict, group: str, unknown: dict) -> None:
        own = {name for name, cell in words.items() if cell}
        if self.carries:
            self._carry(line, words, own, before)
        if words.get("what"):
            line.actions += self._actions(line, words, own, before, group, unknown)
        if words.get("text"):
            line.criteria += self._criteria(line, words)
        if not line.actions and not line.criteria:
            line.wrong.append("It says neither what is to be done nor how the board will know.")

    def _carry(self, line: Line, words: dict, own: set[str], before: dict) -> None:
        """The empty cells under a merged one are that cell."""
        of_criterion = own & {*TERMS, "by_when"}
        if "what" in words and "what" not in own and before.get("what") and not own <= {"text", *TERMS, "by_when"}:
            words["what"] = before["what"]
            line.notes.append("What is to be done is carried down from the row above.")
        if "text" in words and "text" not in own and of_criterion and before.get("text"):
            words["text"] = before["text"]
            line.notes.append("The criterion is carried down from the row above.")
        taken = [name for name in _CARRIED if name in words and not words[name] and before.get(name)]
        taken = [name for name in taken if (words.get("text") if name == "by_when" else words.get("what"))]
        for name in taken:
            words[name] = before[name]
        if said := [COLUMNS[name].lower() for name in taken if name != "heading"]:
            line.notes.append(f"Carried down from the row above: {', '.join(said)}.")

    def _actions(self, line: Line, words: dict, own: set, before: dict, group: str, unknown: dict) -> list[dict]:
        texts = split(words["what"])
        row = {name: _joined(words.get(name, "")) for name in ("supporters", "cost_source", "resources", "outcome")}
        row |= {name: _joined(words.get(name, "")) for name in ("checked_how", "checked_when", "heading")}
        row["heading"] = group or ("" if row["heading"] == _joined(before.get("heading", "")) else row["heading"])
        row["owner"] = self._owner(line, row, words.get("owner", ""), "Who", unknown)
        row["checked_by"] = self._checker(line, row, words.get("checked_by", ""))
        each = self._days(line, row, words)
        self._cost(line, row, words.get("cost", ""))
        if len(texts) > 1:
            line.notes.append(f"Its {len(texts)} points become {len(texts)} actions.")
        rows = []
        for text in texts:
            text = f"{text} ({each})" if each and each.lower() not in text.lower() else text
            rows.append(row | {"what": text} if not rows else row | {"what": text, "cost": None, "heading": ""})
        self._mind_length(line, rows)
        return rows

    def _owner(self, line: Line, row: dict, text: str, what: str, unknown: dict) -> int | str | None:
        """The owner; others go beside the supporters. A name that is nobody's is named, and is whoever was chosen."""
        meant = understanding.who(text, self.people)
        owner, others = meant.owner, [row["supporters"], *meant.supporters]
        names = {one.number: one.name for one in self.people}
        for name in meant.unknown:
            unknown.setdefault(name, meant.why[name])
            chosen = self.chosen.get(name.lower())
            if chosen is None:
                line.notes.append(f"{what}: “{name}” is left out; {meant.why[name]}.")
            elif owner is None:
                owner = name if chosen == "post" else chosen
            else:
                others.append(name if chosen == "post" else names.get(chosen, name))
        row["supporters"] = ", ".join(filter(None, others))
        return owner

    def _checker(self, line: Line, row: dict, text: str) -> int | None:
        """Who checks; whoever is nobody here stays in the words of how it is checked."""
        meant = understanding.who(text, self.people)
        if text and (meant.unknown or meant.supporters):
            row["checked_how"] = "; ".join(filter(None, [row["checked_how"], f"by {_joined(text)}"]))
            line.notes.append(f"Checked by: “{_joined(text)}” is kept in the words of how it is checked.")
        return meant.owner if not meant.unknown else None

    def _days(self, line: Line, row: dict, words: dict) -> str:
        """From when, by when; how often, where that was written. What is no day is kept under Resources."""
        due = understanding.when(words.get("due_on", ""), self.calendar)
        begins = understanding.first_day(words.get("starts_on", ""), self.calendar)
        row["due_on"], row["starts_on"] = due.due_on, begins.starts_on or due.starts_on
        for label, left in (("By when", due.left), ("From", begins.left)):
            if left:
                self._keep(line, row, label, left, "is not a day that is understood")
        if due.each:
            line.notes.append(f"By when: “{due.each}” stays in its words; its last day is the end of the school year.")
        if row["due_on"] and row["starts_on"] and row["starts_on"] > row["due_on"]:
            self._keep(line, row, "From", words.get("starts_on", ""), "is after the day by which it is done")
            row["starts_on"] = None
        return due.each

    def _cost(self, line: Line, row: dict, text: str) -> None:
        cost = understanding.cost(_joined(text))
        row["cost"], row["cost_source"] = cost.amount, row["cost_source"] or cost.source
        if cost.resources and cost.amount is None:
            self._keep(line, row, "", cost.resources, "is no amount")
        elif cost.resources:
            row["resources"] = "; ".join(filter(None, [row["resources"], cost.resources]))

    def _keep(self, line: Line, row: dict, label: str, words: str, why: str) -> None:
        kept = f"{label}: {words}" if label else words
        row["resources"] = "; ".join(filter(None, [row["resources"], kept]))
        line.notes.append(f"{label or 'Cost'}: “{words}” {why}. It is kept under Resources.")

    def _criteria(self, line: Line, words: dict) -> list[dict]:
        texts = split(words["text"])
        by = understanding.when(words.get("by_when", ""), self.calendar)
        if by.left:
            line.notes.append(
                f"Criterion, by when: “{by.left}” is not a day that is understood. It is kept in its words."
            )
            texts[0] = f"{texts[0]} (by {by.left})"
        terms = {term: _joined(words.get(term, "")) for term in TERMS}
        if len(texts) > 1:
            after = " The milestones go with the first." if any(terms.values()) else ""
            line.notes.append(f"Its {len(texts)} points become {len(texts)} criteria.{after}")
        rows = [{"text": text, "by_when": by.due_on, "milestones": {}, "target": None} for text in texts]
        rows[0]["milestones"] = terms
        self._mind_length(line, [row | row["milestones"] for row in rows])
        return rows

    def _mind_length(self, line: Line, rows: list[dict]) -> None:
        for row in rows:
            for name, most in _MOST_OF.items():
                if len(row.get(name) or "") > most:
                    said = f"{len(row[name]):,} characters, and there is room for {most}. Shorten it above."
                    line.wrong.append(f"{COLUMNS[name]}: {said}")


def split(cell: str) -> list[str]:
    """The points of a cell: its lines where they are points, bullets in one line, parts between semicolons."""
    lines = cell.split("\n")
    marked = [bool(BULLET.match(line) or _NUMBER.match(line)) for line in lines]
    if sum(marked) > 1:
        points: list[str] = []
        for line, begins in zip(lines, marked, strict=True):
            points = [*points, line] if begins or not points else [*points[:-1], f"{points[-1]} {line}"]
    else:
        whole = " ".join(lines)
        points = [part for part in _INLINE.split(whole) if part.strip()]
        parts = whole.split(";")
        if len(points) < 2 and len(parts) > 1 and all(len(part.split()) > 2 for part in parts if part.strip()):
            points = parts
    return [bare for point in points if (bare := _bare(point))] or [_bare(cell)]


def _bare(text: str) -> str:
    """One line without its bullet or number, as a program's numbering leaves them."""
    return _NUMBER.sub("", BULLET.sub("", tidy_line(text)).strip()).strip(" ;")


def _joined(cell: str) -> str:
    """A cell on one line, its points between semicolons."""
    lines = [BULLET.sub("", line).strip() for line in cell.split("\n")]
    return "; ".join(filter(None, (line.strip(" ;") for line in lines)))
