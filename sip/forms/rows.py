"""The rows of an objective's page: an action, a success criterion; each cell ready for the page.

A plan's page has hundreds of cells, so a cell is a plain record with its words done, not a bound field with a widget.
"""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from foundation.forms import Choice, Count, Figure, HouseForm, Line, Money, PickFrom, TypedDay
from sip.measuring import Measured
from sip.models import Measure, in_unit
from sip.rows import ACTION_WORDS

TERMS = ("autumn", "spring", "summer")
FIGURES = ("baseline", "aim", "by_autumn", "by_spring", "by_summer")
COUNTS = [("", "as its unit has it"), ("pupils", "pupils"), ("things", "something else")]
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
    choices: tuple = ()


def _lines() -> forms.Textarea:
    """One line that wraps: an area that grows with its words."""
    return forms.Textarea()


def _usual_first(words) -> list[tuple[str, str]]:
    """The choices of an enumeration, its first one as the empty choice."""
    (_, usual), *rest = words.choices
    return [("", usual), *rest]


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
    def came_from(self) -> str:
        """Whence leaders took a saved row: last year's plan, a paste, a starting point."""
        return self.initial.get("came_from", "")

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
            choices=field.choices if isinstance(field, Choice) else (),
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
    """How the board will know, by when, and what is so by the end of each term; behind "More" what is measured.

    The usual unit and direction are the empty choice, so that a row in which nobody typed is blank.
    """

    kind, first, needs = "criterion", "text", "Say how the board will know, or empty this row"

    text = Line(300, label="How the board will know", required=False, widget=_lines())
    by_when = TypedDay(label="By when", required=False)
    autumn = Line(300, label="By the end of autumn", required=False, widget=_lines())
    spring = Line(300, label="By the end of spring", required=False, widget=_lines())
    summer = Line(300, label="By the end of summer", required=False, widget=_lines())
    measure = Line(120, label="Measured by, for the whole school", required=False)
    unit = Choice(label="In what unit", look="select", required=False, choices=_usual_first(Measure.Unit))
    better = Choice(label="Which way is better", look="select", required=False, choices=_usual_first(Measure.Better))
    baseline = Figure(label="Baseline", required=False, **Measure().takes)
    aim = Figure(label="Aim", required=False, **Measure().takes)
    by_autumn = Figure(label="To be by autumn", required=False, **Measure().takes)
    by_spring = Figure(label="To be by spring", required=False, **Measure().takes)
    by_summer = Figure(label="To be by summer", required=False, **Measure().takes)
    counts = Choice(label="What it counts", look="select", required=False, choices=COUNTS)
    cohort = Count(label="Baseline: of how many pupils", required=False, least=1, most=99_999)

    more = ("measure", "unit", "better", *FIGURES, "counts", "cohort")
    as_read: Measured | None = None

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        for name in FIGURES:
            for bound, value in Measure(unit=self.text("unit") or Measure.Unit.PERCENT).takes.items():
                setattr(self.fields[name], bound, value)

    def clean(self) -> dict:
        words = super().clean()
        self._mind_the_sign("%", Measure.Unit.PERCENT, "This is a percentage: choose % as the unit")
        self._mind_the_sign("£", Measure.Unit.POUNDS, "This is in pounds: choose £ as the unit")
        if self.text("measure") and not self.text("aim"):
            self.add_error("aim", "Give the aim, or empty the measure")
        if any(self.text(name) for name in (*FIGURES, "cohort")) and not self.text("measure"):
            self.add_error("measure", "Say what is measured, or empty its figures")
        return words

    def _mind_the_sign(self, sign: str, unit: str, message: str) -> None:
        """A figure that is written with the sign of another unit than the chosen one."""
        for name in FIGURES:
            if sign in self.text(name) and (self.text("unit") or Measure.Unit.PERCENT) != unit:
                self.errors.pop(name, None)
                self.add_error(name, message)

    @property
    def opens(self) -> bool:
        """Whether "More" holds something to mend, so that it stands open."""
        return self.is_bound and bool(set(self.errors) & {*self.more})

    @property
    def measured(self) -> Measured | None:
        """What it is measured by, for those who only read: as they may read it, or as it stands in the boxes."""
        if self.as_read or not self.text("measure"):
            return self.as_read
        unit = self.text("unit") or Measure.Unit.PERCENT
        figures = [self._figure(name, unit) for name in ("baseline", "aim")]
        return Measured(self.text("measure"), *figures)

    def _figure(self, name: str, unit: str) -> str:
        try:
            return in_unit(unit, self.fields[name].to_python(self.text(name)))
        except ValidationError:
            return self.text(name)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed in it; a unit alone is nothing."""
        return not any(self.text(name).strip() for name in self.fields if name not in {"unit", "better", "counts"})

    @property
    def words(self) -> dict:
        words = super().words
        words["milestones"] = {term: words.pop(term) for term in TERMS}
        target = {name: words.pop(name) for name in self.more}
        target["unit"] = target["unit"] or Measure.Unit.PERCENT
        target["better"] = target["better"] or Measure.Better.HIGHER
        target["counts_pupils"] = {"pupils": True, "things": False}.get(target.pop("counts"))
        return words | {"target": target if target["measure"] else None}
