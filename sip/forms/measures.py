"""What leaders type about what is counted: a measure, a sheet of figures by group, a national figure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.functional import cached_property

from foundation import clock
from foundation.forms import Choice, Choices, Count, Figure, HouseForm, Line, Text, Tick
from governance import years
from sip import library, plausible
from sip.entering import Entered, Period
from sip.models import Measure, NationalFigure, Reading

_SHORT = {"count": "How many", "cohort": "Of how many", "value": "Figure", "gone": "Not published"}
MOST_LINES = 60  # of a paste: more than there are groups
_ALIASES = {
    "all": "all", "everyone": "all", "whole school": "all", "pp": "pp", "disadvantaged": "pp", "not pp": "not pp",
    "not disadvantaged": "not pp", "send": "sen support", "sen": "sen support", "k": "sen support", "e": "ehc",
    "ehcp": "ehc", "statement of sen": "ehc", "most able": "high", "hpa": "high", "mpa": "middle", "lpa": "low",
    "lac": "looked after", "f": "girls", "m": "boys", "female": "girls", "male": "boys",
}  # fmt: skip


class MeasureForm(HouseForm):
    """A measure of the school's own, or one that was taken from the library."""

    name = Line(120, label="What is counted", ask="Say what is counted")
    unit = Choice(label="In what unit", look="select", choices=Measure.Unit.choices)
    better = Choice(label="Which way is better", look="select", choices=Measure.Better.choices)
    derived = Text(2000, rows=4, label="How the figure is come by", required=False)
    plausible_from = Figure(label="A figure is likely from", required=False, **Measure(unit="number").takes)
    plausible_to = Figure(
        label="A figure is likely up to",
        required=False,
        help_text="Outside it, whoever enters a figure is asked once whether it is right.",
        **Measure(unit="number").takes,
    )
    counts_pupils = Tick(label="It counts pupils", help_text="Then figures about very few pupils are hidden.")
    is_confidential = Tick(label="For the board and leaders alone", help_text="Staffing usually is.")

    def __init__(self, *args, measure: Measure | None = None, **words) -> None:
        names = ("name", "better", "derived", "plausible_from", "plausible_to", "counts_pupils", "is_confidential")
        first = {name: getattr(measure, name) for name in names} if measure else {"counts_pupils": True}
        super().__init__(*args, initial=first, **words)
        if measure:
            del self.fields["unit"]

    def clean(self) -> dict:
        words = super().clean()
        least, most = words.get("plausible_from"), words.get("plausible_to")
        if least is not None and most is not None and least > most:
            self.add_error("plausible_to", "This is less than from where a figure is likely")
        return words


class LibraryForm(HouseForm):
    """Which standard measures are taken."""

    codes = Choices(label="Standard measures", ask="Tick at least one measure")

    def __init__(self, *args, offered: list[library.Standard], **words) -> None:
        super().__init__(*args, **words)
        self.fields["codes"].choices = [(one.code, one.name) for one in offered]


class PeriodForm(HouseForm):
    """Which sheet: of which year and term, read or forecast, and perhaps of one year group."""

    year = Choice(label="Academic year", look="select")
    term = Choice(label="Term", look="select", choices=Reading.Period.choices)
    kind = Choice(label="What kind of figure", look="select", choices=Reading.Kind.choices)
    year_group = Line(20, label="Year group", required=False, help_text="Leave empty for all pupils of the measure.")

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        now = years.year_of(clock.today())
        self.fields["year"].choices = [(str(year), years.written(year)) for year in range(now + 1, now - 6, -1)]

    @property
    def period(self) -> Period:
        """The sheet that was asked for; this term's where nothing was, or nonsense."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        month = clock.today().month
        term = "autumn" if month >= 9 else "spring" if month < 4 else "summer"
        return Period(
            year=int(said.get("year") or years.year_of(clock.today())),
            term=said.get("term") or term,
            kind=said.get("kind") or str(Reading.Kind.ACTUAL),
            year_group=said.get("year_group", ""),
        )


@dataclass(slots=True)
class GridRow:
    """One group's line of the sheet, with its boxes."""

    group: str
    label: str
    boxes: list[tuple[str, object]]  # each with its short label, for a phone


class SheetForm(HouseForm):
    """The figures of one period by group: a percentage from how many of how many, or the figure with its cohort."""

    stood = forms.CharField(widget=forms.HiddenInput, required=False)
    paste = Text(
        20_000,
        rows=4,
        label="Paste rows from a spreadsheet",
        required=False,
        help_text="A line for each group: its name, how many, of how many; or its name and the figure.",
    )

    def __init__(self, *args, measure: Measure, rows, stood: str, last: dict | None = None, **words) -> None:
        """`last`: what was read of each group before the period; a figure far from it is asked about once."""
        self.last, self.unsure = last or {}, []
        self.measure, held = measure, {row.group: row for row in rows}
        first = {"stood": stood}
        for group, row in ((key_of(group), row) for group, row in held.items()):
            first |= {f"{group}-value": row.value if row.count is None else None, f"{group}-count": row.count}
            first |= {f"{group}-cohort": row.cohort, f"{group}-gone": row.value is None}
        super().__init__(*args, initial=first, **words)
        self.held = {group: row.value for group, row in held.items()}
        self.groups = list(Reading.Group) if measure.counts_pupils else [Reading.Group.ALL]
        for group in self.groups:
            self._add(group)
        self.fields["sure"] = Tick(label="Yes, these figures are right")

    @property
    def counts(self) -> bool:
        """Whether a count makes the figure."""
        return self.measure.counts_pupils and self.measure.unit == Measure.Unit.PERCENT

    def _add(self, group: Reading.Group) -> None:
        label, group = str(group.label), key_of(group)
        self.fields[f"{group}-value"] = Figure(label=f"{label}: figure", required=False, **self.measure.takes)
        if self.measure.counts_pupils:
            if self.counts:
                self.fields[f"{group}-count"] = Count(label=f"{label}: how many", required=False, most=99_999)
            self.fields[f"{group}-cohort"] = Count(
                label=f"{label}: of how many pupils", required=False, least=1, most=99_999
            )
        self.fields[f"{group}-gone"] = Tick(label=f"{label}: not published")

    @cached_property
    def rows(self) -> list[GridRow]:
        """The grid, a line for each group."""
        kinds = ("count", "cohort", "value", "gone") if self.counts else ("value", "cohort", "gone")
        return [
            GridRow(
                str(group),
                str(group.label),
                [(_SHORT[kind], self[name]) for kind in kinds if (name := f"{key_of(group)}-{kind}") in self.fields],
            )
            for group in self.groups
        ]

    def clean(self) -> dict:
        words = super().clean()
        for group in map(key_of, self.groups):
            self._check(group, *(words.get(f"{group}-{kind}") for kind in ("value", "count", "cohort", "gone")))
        for group in self.groups:
            self._is_likely(str(group), words)
        return words

    def _is_likely(self, group: str, words: dict) -> None:
        """Ask once about a figure that is not likely; whoever ticks that all of them are right is believed."""
        key = key_of(group)
        boxes = [f"{key}-{kind}" for kind in ("value", "count", "cohort")]
        if any(box in self.errors for box in boxes):
            return
        count, cohort = words.get(f"{key}-count"), words.get(f"{key}-cohort")
        value = _share(count, cohort) if count is not None and cohort else words.get(f"{key}-value")
        why = plausible.why_asked(self.measure, value, self.last.get(group))
        if not why or value == self.held.get(group):
            return
        self.unsure.append(group)
        if not words.get("sure"):
            self._refuse(key, "count" if count is not None else "value", why)

    def _check(self, group: str, value: Decimal | None, count: int | None, cohort: int | None, gone: bool) -> None:
        """Judge one line: what is wrong is said at the box where it is mended."""
        said = any(one is not None for one in (value, count, cohort))
        if gone and said:
            self.add_error(f"{group}-gone", "Either it was not published or there is a figure")
        elif count is not None and cohort is None:
            self._refuse(group, "cohort", "Say of how many pupils")
        elif count is not None and count > cohort:
            self._refuse(
                group, "cohort", f"{count} were counted of only {cohort}: the cohort is smaller than the count"
            )
        elif count is not None and value is not None and abs(_share(count, cohort) - value) > 1:
            says = self.measure.words(_share(count, cohort))
            self._refuse(group, "value", f"{count} of {cohort} is {says}: leave the figure empty, or mend the count")
        elif cohort is not None and count is None and value is None:
            self._refuse(group, "count" if self.counts else "value", "Say what was read of these pupils")
        elif self.measure.unit == Measure.Unit.NUMBER and None not in (value, cohort) and value > cohort:
            self._refuse(group, "cohort", "The cohort is smaller than the count")

    def _refuse(self, group: str, kind: str, message: str) -> None:
        if f"{group}-{kind}" not in self.errors:
            self.add_error(f"{group}-{kind}", message)

    @property
    def summary(self):
        """Every problem with its group."""
        found = super().summary
        for number, (target, message) in enumerate(found):
            group = re.sub(r"^id_|-\w+$", "", target)
            label = next((one.label for one in self.groups if key_of(one) == group), "")
            found[number] = (target, f"{label}: {message}" if label else message)
        return found

    @property
    def entered(self) -> list[Entered]:
        """The lines that say something, as the operation takes them."""
        return [row for group in self.groups if (row := self._entered(str(group)))]

    def _entered(self, group: str) -> Entered | None:
        value, count, cohort, gone = (
            self.cleaned_data.get(f"{key_of(group)}-{kind}") for kind in ("value", "count", "cohort", "gone")
        )
        if count is not None:
            return Entered(group, _share(count, cohort), count, cohort)
        return Entered(group, value, None, cohort) if gone or value is not None else None

    @property
    def for_leaders_alone(self) -> list[str]:
        """The groups whose figure says nothing of how many pupils it is about."""
        if not self.measure.counts_pupils or self.measure.unit == Measure.Unit.NUMBER:
            return []
        bare = [row.group for row in self.entered if row.value is not None and row.cohort is None]
        return [str(Reading.Group(group).label).lower() for group in bare]


def key_of(group: str) -> str:
    """A group as part of the name of a box: without spaces."""
    return str(group).replace(" ", "_")


def _share(count: int, cohort: int) -> Decimal:
    return round(Decimal(100) * count / cohort, 1)


def pasted(words, form: SheetForm):
    """What was typed, with the pasted lines put in their places, and what could not be placed: (words, problems)."""
    words, problems = words.copy(), []
    lines = [line for line in words.get("paste", "").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return words, [
            f"{len(lines):,} lines were pasted. There are fewer groups than that: paste at most {MOST_LINES}."
        ]
    for number, line in enumerate(lines, start=1):
        name, *cells = [cell.strip() for cell in re.split(r"\t|;", line)]
        group = _group(name)
        if group is None or f"{key_of(group)}-value" not in form.fields:
            if not (number == 1 < len(lines)) or any(re.search(r"\d", cell) for cell in cells):  # else a heading
                problems.append(f"Line {number}: “{name[:40]}” is not a group of this sheet")
            continue
        for kind, cell in zip(_kinds(form, cells), cells, strict=False):
            words[f"{key_of(group)}-{kind}"] = cell
    if not problems:
        words["paste"] = ""
    return words, problems


def _kinds(form: SheetForm, cells: list[str]) -> tuple[str, ...]:
    """What the cells of a pasted line are: a count of a cohort, or a figure, perhaps with its cohort."""
    is_share = bool(cells) and "%" in cells[0]
    return ("count", "cohort") if form.counts and len(cells) > 1 and not is_share else ("value", "cohort")


def _group(name: str) -> str | None:
    told = " ".join(name.lower().split())
    labels = {str(group.label).lower(): str(group) for group in Reading.Group}
    return labels.get(told) or _ALIASES.get(told) or (told if told in Reading.Group.values else None)


class NationalForm(HouseForm):
    """The national figure of a year."""

    year = Choice(label="Academic year", look="select")
    value = Figure(label="National figure", required=False, **Measure().takes)
    status = Choice(label="How final it is", look="select", choices=NationalFigure.Status.choices)
    source = Line(160, label="Where it stands", ask="Say where the figure stands, so that others can look it up")

    def __init__(self, *args, measure: Measure, **words) -> None:
        super().__init__(*args, **words)
        now = years.year_of(clock.today())
        self.fields["year"].choices = [(str(year), years.written(year)) for year in range(now, now - 9, -1)]
        for bound, value in measure.takes.items():
            setattr(self.fields["value"], bound, value)

    def clean(self) -> dict:
        words = super().clean()
        gone = words.get("status") == NationalFigure.Status.NOT_PUBLISHED
        if gone and words.get("value") is not None:
            self.add_error(
                "value", "A figure that was not published has no value: empty this, or choose how final it is"
            )
        if not gone and words.get("value") is None and "value" not in self.errors and words.get("status"):
            self.add_error("value", "Give the figure, or say that it was not published")
        return words | {"year": int(words["year"])} if words.get("year") else words
