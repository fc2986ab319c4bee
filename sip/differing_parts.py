"""The blocks of a plan's content as parts of rows of lines: what the comparison of two contents works on.

Blocks that came with a later version of the product are told too: their words by their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from governance.words import Words
from sip import called, written
from sip.measuring import measured_by

Blocks = dict[str, object]
_TERMS = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}
_UNSAID = ("id", "kind", "key", "number", "title", "position")  # keys of a block that nobody reads as words
_TOLD_ELSEWHERE = ("plan", "priority", "objective", "actions", "criteria", "editions", "stopped", "ended")
_FIGURES = ("figure_what", "figure_now", "figure_aim")


@dataclass(slots=True, frozen=True)
class Line:
    """One thing that a row says: "By when", "16 July 2027"."""

    name: str
    words: str
    is_target: bool = False


@dataclass(slots=True)
class Row:
    """One row: `key` follows it from content to content, `sort` says with what it may be compared, `place` where it
    stood, as it is said of a row that moved."""

    key: str
    name: str
    sort: str
    place: str
    lines: list[Line]

    @property
    def words(self) -> str:
        """What tells it from its like: its first line."""
        return self.lines[0].words if self.lines else ""


@dataclass(slots=True)
class Part:
    """A part of the plan: its own row first, then the rows under it."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)


def of(blocks: Blocks) -> dict[str, Part]:
    """The parts of a content by key, in the order in which the plan is read."""
    found = {"plan": Part("plan", "The plan as a whole", [_plan(blocks["plan"])])}
    for name, body in blocks.items():
        kind, _, key = name.partition(":")
        if kind == "objective":
            rows = [blocks.get(f"{sort}:{key}", []) for sort in ("actions", "criteria")]
            found[name] = _objective(name, body, *rows, words=Words.thawed(blocks["plan"].get("words")))
    found["priorities"] = Part("priorities", "The priorities it serves", list(_priorities(blocks)))
    for name, body in blocks.items():
        if name.partition(":")[0] not in _TOLD_ELSEWHERE:
            title = called.of_block(name, body)
            found[name] = Part(name, title, [Row(name, title, name, "", list(_told(body)))])
    return {key: part for key, part in found.items() if part.rows}


def _plan(body: dict) -> Row:
    names = {
        "title": "Title",
        "vision": "Vision",
        "how_made": "How it was made",
        "how_monitored": "How it is monitored",
    }
    lines = [Line(name, body.get(key, "")) for key, name in names.items()]
    return Row("plan", "The plan", "plan", "the plan", lines)


def _priorities(blocks: Blocks) -> Iterator[Row]:
    for name, body in blocks.items():
        if name.startswith("priority:"):
            yield Row(name, f"Priority {body['number']}", "priority", "", [Line("Priority", body["title"])])


def _objective(key: str, body: dict, actions: list[dict], criteria: list[dict], *, words: Words) -> Part:
    sign = words.numbered(body["number"])
    place, name = f"{words.objective} {sign}", f"{words.Objective} {sign}"
    own = Row(key, name, "objective", place, _lines_of_objective(body))
    rows = [own]
    rows += [Row(f"action:{one['id']}", f"Action {one['number']}", "action", place, _action(one)) for one in actions]
    for number, one in enumerate(criteria, start=1):
        row = f"criterion:{one['id']}"
        rows.append(Row(row, f"Criterion {sign}.{number}", "criterion", place, list(_criterion(one))))
    return Part(key, f"{name}: {body['title']}", rows)


def _lines_of_objective(body: dict) -> list[Line]:
    figures = [body.get(name, "") for name in _FIGURES]
    return [
        Line("Title", body["title"]),
        Line("Where we are now", body["where_now"]),
        Line("Where we want to be", body["where_to"]),
        Line("What is counted", figures[0]),
        Line("Now", figures[1], is_target=True),
        Line("Aim", figures[2], is_target=True),
        Line("By when", _day(body["by_when"]), is_target=True),
        Line("Lead", body.get("lead", "")),
        Line("Team", ", ".join(body.get("team", ()))),
        Line("Monitor", body.get("monitor", "")),
        Line("Priority", body.get("priority_title", "")),
    ]


def _action(body: dict) -> list[Line]:
    cost = body.get("cost")
    names = {"supporters": "With", "resources": "Needs", "outcome": "Outcome", "checked_how": "Checked how"}
    names |= {"checked_by": "Checked by", "checked_when": "Checked when", "cost_source": "Paid from"}
    return [
        Line("What", body["what"]),
        Line("Who", body.get("owner", "")),
        Line("By when", _day(body.get("due_on"))),
        Line("From", _day(body.get("starts_on"))),
        Line("Cost", "" if cost is None else written.pounds(Decimal(cost))),
        Line("Group", body.get("heading", "")),
        *(Line(name, body.get(key, "")) for key, name in names.items()),
    ]


def _criterion(body: dict) -> Iterator[Line]:
    yield Line("What the board will see", body["text"])
    yield Line("By when", _day(body.get("by_when")), is_target=True)
    if measured := measured_by(body):
        yield Line("Measure", measured.name)
        yield Line("Baseline", measured.baseline, is_target=True)
        yield Line("Target", measured.aim, is_target=True)
    for row in body.get("milestones", ()):
        yield Line(f"{_TERMS.get(row['term'], row['term'])} milestone", row["text"])


def _day(iso: str | None) -> str:
    return written.day(written.as_day(iso))


# ---------------------------------------------------------------- blocks of any other kind


def _told(body, name: str = "Text") -> Iterator[Line]:
    """Every word of a block, by the names of what holds it; the same name twice is numbered."""
    said: dict[str, int] = {}
    for key, text in _walked(body, name):
        said[key] = said.get(key, 0) + 1
        yield Line(key if said[key] == 1 else f"{key} ({said[key]})", text)


def _walked(body, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(body, dict):
        label = str(body.get("name") or body.get("what") or body.get("source") or "")
        for key, value in body.items():
            if key not in _UNSAID and not key.endswith("_id"):
                said = written.sentence(key.replace("_", " "))
                yield from _walked(value, f"{label}: {said.lower()}" if label and key not in ("name",) else said)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from _walked(value, name)
    elif body not in (None, "", False):
        yield name, "yes" if body is True else str(body)
