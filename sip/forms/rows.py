"""The rows of an objective's page: an action, a success criterion; each cell ready for the page.

A plan's page has hundreds of cells, so a cell is a plain record with its words done, not a bound field with a widget.
"""

from dataclasses import dataclass

from django import forms

from foundation.forms import HouseForm, Line, Money, PickFrom, TypedDay
from sip.drafting import ACTION_WORDS

TERMS = ("autumn", "spring", "summer")
_WIDE = 60  # characters of a line, about


@dataclass(slots=True)
class Cell:
    """One box as the page draws it: a line, an area that grows with its words, or a list of names."""

    name: str
    id: str
    label: str
    value: str
    wrong: str = ""
    lines: int = 0
    keys: str = ""
    has_focus: bool = False


def _lines() -> forms.Textarea:
    """One line that wraps: an area that grows with its words."""
    return forms.Textarea()


class Row(HouseForm):
    """A row of the grid. All empty, it is no row; its first words are what it cannot do without."""

    kind = first = needs = ""

    def __init__(self, *args, key: str, number: int, row_id: str = "", plan=None, people=(), **words) -> None:
        super().__init__(*args, prefix=f"{self.kind}-{key}", **words)
        self.key, self.number, self.row_id = key, number, row_id
        self.was_removed = self.has_focus = False
        for field in self.fields.values():
            if isinstance(field, TypedDay) and plan:
                field.earliest, field.latest = plan.year - 1, plan.year + 3
            if isinstance(field, PickFrom) and people:
                field.things = people

    def text(self, name: str) -> str:
        """What stands in a box, as it is written there."""
        if self.is_bound:
            return str(self.fields[name].bound_data(self.data.get(f"{self.prefix}-{name}", ""), None) or "")
        value = self.fields[name].prepare_value(self.initial.get(name))
        return "" if value is None else str(value)

    @property
    def cells(self) -> dict[str, Cell]:
        """Every box of the row, by name."""
        return {name: self._cell(name, field) for name, field in self.fields.items()}

    def _cell(self, name: str, field: forms.Field) -> Cell:
        text = self.text(name)
        return Cell(
            name=f"{self.prefix}-{name}",
            id=self.box(name),
            label=field.label,
            value=text,
            wrong=". ".join(self.errors.get(name, ())) if self.is_bound else "",
            lines=1 + len(text) // _WIDE if isinstance(field.widget, forms.Textarea) else 0,
            keys=field.widget.attrs.get("inputmode", ""),
            has_focus=self.has_focus and name == self.first,
        )

    def box(self, name: str) -> str:
        """The id of a box."""
        return f"id_{self.prefix}-{name}"

    @property
    def first_box(self) -> str:
        return self.box(self.first)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it; a cost of nought is something."""
        return not any(self.text(name).strip() for name in self.fields)

    @property
    def words(self) -> dict:
        """The clean row as the operation takes it."""
        known = self.row_id and not self.was_removed
        return self.cleaned_data | ({"id": int(self.row_id)} if known else {})

    def clean(self) -> dict:
        words = super().clean()
        if not self.is_blank and not words.get(self.first) and self.first not in self.errors:
            self.add_error(self.first, self.needs)
        return words

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of its cell and the name of the row."""
        return [
            (self.box(name), f"{self.kind.title()} {self.number}, {field.label.lower()}: {message}")
            for name, field in self.fields.items()
            for message in self.errors.get(name, ())
        ]


class ActionForm(Row):
    """What, who, by when; and behind "More" the rest."""

    kind, first, needs = "action", "what", "Say what is to be done, or empty this row"
    more = ("heading", *[name for name in ACTION_WORDS if name not in {"heading", "what", "owner", "due_on"}])

    what = Line(400, label="What", required=False, widget=_lines())
    owner = PickFrom(label="Who", required=False)
    due_on = TypedDay(label="By when", required=False)
    starts_on = TypedDay(label="From", required=False)
    supporters = Line(200, label="Supported by", required=False)
    cost = Money(label="Cost", required=False)
    cost_source = Line(80, label="Paid from", required=False)
    resources = Line(300, label="Resources", required=False, widget=_lines())
    outcome = Line(400, label="Intended outcome", required=False, widget=_lines())
    checked_how = Line(200, label="Checked how", required=False)
    checked_by = PickFrom(label="Checked by", required=False)
    checked_when = Line(120, label="Checked when", required=False)
    heading = Line(80, label="Group heading", required=False)

    def clean(self) -> dict:
        words = super().clean()
        self.later("starts_on", "due_on", "This is before the day in “From”")
        return words

    @property
    def owner_name(self) -> str:
        return dict(self.fields["owner"].choices).get(self.text("owner"), "")

    @property
    def opens(self) -> bool:
        """Whether "More" holds something to mend, so that it stands open."""
        if not self.is_bound:
            return False
        return bool(set(self.errors) & {*self.more, *(["due_on"] if self.text("starts_on") else [])})


class CriterionForm(Row):
    """How the board will know, by when, and what is so by the end of each term."""

    kind, first, needs = "criterion", "text", "Say how the board will know, or empty this row"

    text = Line(300, label="How the board will know", required=False, widget=_lines())
    by_when = TypedDay(label="By when", required=False)
    autumn = Line(300, label="By the end of autumn", required=False, widget=_lines())
    spring = Line(300, label="By the end of spring", required=False, widget=_lines())
    summer = Line(300, label="By the end of summer", required=False, widget=_lines())

    @property
    def words(self) -> dict:
        words = super().words
        return words | {"milestones": {term: words.pop(term) for term in TERMS}}
