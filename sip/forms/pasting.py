"""The page of a paste: the text, what each column is, who is meant by a name, and what becomes of it all.

The page holds nothing between two looks but what stands on it: text and answers come back with each press of a button.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from foundation.forms import HouseForm, Summary, Text
from governance.models import Person
from sip import knowing, pasted, pasting, written
from sip.models import Objective

_POST, _NOBODY = "post", ""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def _with_tabs(text: str) -> str:
    return _UNSEEN.sub("", str(text))


class _Raw(Text):
    """Words in which tabs count: they stand between cells."""

    tidied = staticmethod(_with_tabs)


class PasteForm(HouseForm):
    """What was copied from a spreadsheet or a table."""

    text = _Raw(
        pasted.LONGEST,
        rows=8,
        label="Rows from a spreadsheet or a Word table",
        ask="Paste the rows here",
        help_text="Copy them there and paste them here, with the line of headings if there is one.",
        attrs={"spellcheck": "false", "class": "pastebox", "wrap": "off"},
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the paste on the page: its box, what it is, and what stands in it."""

    name: str
    label: str
    chosen: str
    sample: str
    choices: tuple = tuple(pasted.COLUMNS.items())


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that is nobody's, and who is meant by it."""

    name: str
    box: str
    why: str
    chosen: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of what becomes of it: "Row 4", "Action", the words, who, by when, what it costs."""

    number: int
    kind: str
    words: str
    who: str
    by: str
    more: str


class PastePage:
    """What stands on the page. `words` is what was sent, or None at the beginning."""

    def __init__(self, objective: Objective, words: QueryDict | None) -> None:
        self.objective, self.words = objective, words or QueryDict()
        self.form = PasteForm(words)
        self.is_bound = self.form.is_bound
        self.too_much = ""

    @property
    def summary(self) -> Summary:
        found = self.form.summary
        if not found and self.is_bound and not self.table:
            found = Summary([("id_text", self.too_much or self.form.fields["text"].error_messages["required"])])
        if not found and self.table and (lacks := pasted.what_lacks(self.columns)):
            found = Summary([("id_column-0", lacks)])
        return found

    @property
    def errors(self) -> bool:
        return bool(self.summary)

    def is_valid(self) -> bool:
        self.table  # noqa: B018  it is what is judged
        return self.is_bound and not self.summary

    @cached_property
    def table(self) -> pasted.Table | None:
        """The cells, or None where there is nothing to read."""
        if not self.is_bound or not self.form.is_valid():
            return None
        try:
            found = pasted.table(self.form.cleaned_data["text"])
        except pasted.TooMuch as much:
            self.too_much = str(much)
            return None
        return found if found.lines else None

    @cached_property
    def people(self) -> list:
        return knowing.known(self.objective.plan.organisation)

    @cached_property
    def calendar(self):
        return knowing.calendar_of(self.objective.plan)

    @cached_property
    def _guessed(self) -> tuple[list[str], bool]:
        return pasted.guess(self.table, self.people, self.calendar)

    @property
    def _is_answered(self) -> bool:
        """Whether the page was sent with answers about a paste of this width."""
        return self.words.get("width") == str(self.table.width)

    @cached_property
    def columns(self) -> list[str]:
        if not self._is_answered:
            return self._guessed[0]
        sent = [self.words.get(f"column-{place}", "") for place in range(self.table.width)]
        return [name if name in pasted.COLUMNS else "" for name in sent]

    @cached_property
    def headed(self) -> bool:
        return "headed" in self.words if self._is_answered else self._guessed[1]

    @cached_property
    def carries(self) -> bool:
        return "carries" in self.words if self._is_answered else True

    @property
    def columns_shown(self) -> list[Column]:
        lines = self.table.lines
        rest = lines[1:] if self.headed else lines
        return [
            Column(
                f"column-{place}",
                lines[0][place][:60] if self.headed and lines[0][place] else f"Column {place + 1}",
                name,
                next((line[place] for line in rest if line[place]), "")[:80],
            )
            for place, name in enumerate(self.columns)
        ]

    @cached_property
    def _chosen(self) -> dict[str, int | str]:
        """Who is meant by the names that are nobody's, as it was chosen on the page."""
        numbers = {one.number for one in self.people}
        found: dict[str, int | str] = {}
        for box, name in self.words.items():
            if box.startswith("name-") and (chosen := self.words.get(f"who-{box.removeprefix('name-')}")):
                number = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
                if chosen == _POST or number in numbers:
                    found[name.lower()] = _POST if chosen == _POST else number
        return found

    @cached_property
    def pasted(self) -> pasting.Pasted | None:
        """What becomes of it; nothing while it cannot be read."""
        if not self.is_valid() or not self.table:
            return None
        reader = pasting.Reader(self.columns, self.people, self.calendar, self._chosen, self.carries)
        return reader.read(self.table, headed=self.headed)

    @property
    def strangers(self) -> list[Stranger]:
        named = [(str(one.number), one.name) for one in self.people]
        found = []
        for place, (name, why) in enumerate(self.pasted.unknown.items()):
            fit = [(_NOBODY, "Nobody: leave it empty"), (_POST, f"Make “{name}” a post or a team"), *named]
            chosen = str(self._chosen.get(name.lower(), _NOBODY))
            found.append(Stranger(name, f"who-{place}", why, chosen, fit if len(name) <= 120 else [fit[0], *named]))
        return found

    @property
    def shown(self) -> list[tuple[list[Shown], list[str], list[str]]]:
        """Line by line: its rows, what is to be said of it, and what is wrong with it."""
        names = {one.number: one.name for one in self.people}
        return [
            (
                [_action(line.number, row, names) for row in line.actions]
                + [_criterion(line.number, row) for row in line.criteria],
                line.notes,
                line.wrong,
            )
            for line in self.pasted.lines
        ]

    @property
    def left_out(self) -> int:
        return sum(bool(line.wrong) for line in self.pasted.lines)

    @property
    def counts(self) -> str:
        """ "12 actions and 3 criteria"; empty when there is nothing to add."""
        actions, criteria = len(self.pasted.actions), len(self.pasted.criteria)
        said = [f"{actions} {'action' if actions == 1 else 'actions'}"] if actions else []
        said += [f"{criteria} {'criterion' if criteria == 1 else 'criteria'}"] if criteria else []
        return " and ".join(said)

    @property
    def rows(self) -> dict:
        """The rows as the operation takes them: people as themselves, a post that is to be made by its name."""
        named = {row[word] for row in self.pasted.actions for word in ("owner", "checked_by")}
        people = Person.objects.in_bulk([number for number in named if isinstance(number, int)])
        actions = [row | {word: people.get(row[word], row[word]) for word in ("owner", "checked_by")}
                   for row in self.pasted.actions]  # fmt: skip
        return {"actions": actions, "criteria": self.pasted.criteria}


def _action(number: int, row: dict, names: dict[int, str]) -> Shown:
    owner = row["owner"] if isinstance(row["owner"], str) else names.get(row["owner"], "")
    money = "" if row["cost"] is None else written.pounds(row["cost"]) if row["cost"] else "no cost"
    more = [row["heading"] and f"Under “{row['heading']}”", money, row["cost_source"], row["resources"], row["outcome"]]
    if row["supporters"]:
        owner = f"{owner or 'nobody yet'}, with {row['supporters']}"
    return Shown(number, "Action", row["what"], owner, written.short_day(row["due_on"]), "; ".join(filter(None, more)))


def _criterion(number: int, row: dict) -> Shown:
    terms = [f"{term.title()}: {words}" for term, words in row["milestones"].items() if words]
    return Shown(number, "Criterion", row["text"], "", written.short_day(row["by_when"]), "; ".join(terms))
