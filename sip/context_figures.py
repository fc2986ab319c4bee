"""The figures in the context of a plan, as tables: last year beside this year, by group, against the national figure.

A table is words only, each of them through sip.figures, so that it can be frozen, shown and printed as it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal

from django.db.models import Q

from governance import years
from sip import figures, written
from sip.figures import Figure
from sip.models import Measure, NationalFigure, Plan, Reading, Target

PUPILS, PERFORMANCE, BUDGET, STAFFING = "pupils", "performance", "budget", "staffing"
BY_GROUP = "groups"  # of pupils: a section of its own, as not everyone who reads the plan reads groups

MOVING = ("mobility", "leavers")
ROLL = ("nor", "pan_fill", "pp", "fsm", "sen_sup", "ehcp", "eal", "lac", "ypcarer")
INTAKE = "intake"
ON_TRACK = {  # the core subjects of a primary, and of a secondary school
    "exp": ("on_track_r", "on_track_w", "on_track_e", "on_track_m", "on_track_s"),
    "more": ("above_r", "above_w", "above_e", "above_m", "above_s"),
}
ATTAINMENT = (
    "eyfs_gld", "eyfs_elg", "phon_y1", "phon_y2", "ks1_r", "ks1_w", "ks1_m", "ks1_rwm", "mtc_avg", "mtc_25",
    "ks2_rwm_exp", "ks2_rwm_high", "ks2_r_exp", "ks2_r_high", "ks2_w_exp", "ks2_w_gds", "ks2_m_exp", "ks2_m_high",
    "ks2_gps_exp", "ks2_gps_high", "ks2_sci", "ks2_r_ss", "ks2_m_ss", "ks2_gps_ss",
    "a8", "em5", "em4", "ebacc_ent", "ebacc_aps", "dis_gap", "al_aps", "dest_ks4", "neet", "careers_gb",
)  # fmt: skip
PROGRESS = ("ks2_prog_r", "ks2_prog_w", "ks2_prog_m", "p8", "l3va")  # progress and value added
EVERYDAY = ("att", "abs_auth", "abs_unauth", "pa", "sa", "susp", "pex")
MONEY = ("reserves", "bal_inyear", "staff_cost_pct", "ptr", "supply_cost")
STAFF = ("staff_turn", "staff_abs", "vac")
OFF_TRACK = {code: code.replace("on_track", "off_track") for code in ON_TRACK["exp"]}  # how many are not
ON_AND_OFF = (*ON_TRACK["exp"], *ON_TRACK["more"], *OFF_TRACK.values())
CODES = (*ROLL, *MOVING, INTAKE, *ON_AND_OFF, *ATTAINMENT, *PROGRESS, *EVERYDAY, *MONEY, *STAFF)

GROUPS = (  # as the sections of a plan name them: everyone, pupil premium, SEN, gender, most able
    Reading.Group.ALL,
    Reading.Group.PP,
    Reading.Group.NOT_PP,
    Reading.Group.SEN_SUPPORT,
    Reading.Group.EHC,
    Reading.Group.GIRLS,
    Reading.Group.BOYS,
    Reading.Group.HIGH,
)
LEVELS = (Reading.Group.LOW, Reading.Group.MIDDLE, Reading.Group.HIGH)

_KINDS = list(Reading.Kind)  # what was so before what is expected
_TERMS = list(Reading.Period)
NOTHING = "not entered"
ALONE = "only leaders see this"

Shown = Callable[[Iterable[Reading]], dict[int, Figure]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words, and what has to be said beside it."""

    words: str
    notes: list[str] = field(default_factory=list)
    is_compared: bool = False  # a change, or a national figure: not itself read of the school


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted, its cells, and how it is come by."""

    head: str
    cells: list[Cell]
    how: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A small table. `section`: where on the page it stands; `is_figures`: whether its cells are numbers."""

    section: str
    title: str
    columns: list[str]
    lines: list[Line]
    note: str = ""
    is_figures: bool = True

    @property
    def labelled(self) -> Iterator[tuple[Line, list[tuple[str, Cell]]]]:
        """Each line with its cells under their columns."""
        for line in self.lines:
            yield line, list(zip(self.columns, line.cells, strict=True))

    @property
    def hows(self) -> list[Line]:
        """The lines that say how they are come by."""
        return [line for line in self.lines if line.how]

    @property
    def body(self) -> dict:
        """The same to be frozen."""
        return asdict(self)

    @classmethod
    def of(cls, body: dict) -> "Sheet":
        """A frozen one as it is read again."""
        lines = [Line(**(line | {"cells": [Cell(**cell) for cell in line["cells"]]})) for line in body["lines"]]
        return cls(**(body | {"lines": lines}))


@dataclass(slots=True)
class Figures:
    """What an organisation has read of the measures that a plan's context speaks of. Four queries, whatever it holds:
    readings, national figures, the plan's key measures; and what is hidden, once for each way of showing."""

    plan: Plan
    readings: dict[int, list[Reading]]
    measures: dict[int, Measure]
    national: dict[int, list[NationalFigure]]
    key: list[Measure]

    @classmethod
    def of(cls, plan: Plan) -> "Figures":
        key = _key_measures(plan)
        asked = Q(measure__organisation=plan.organisation, measure__code__in=CODES) | Q(measure__in=key)
        readings, measures, national = defaultdict(list), {one.pk: one for one in key}, defaultdict(list)
        read = Reading.objects.filter(asked, year__gte=plan.year - 2, year__lte=plan.year)
        for row in read.select_related("measure"):
            readings[row.measure_id].append(row)
            measures[row.measure_id] = row.measure
        wanted = NationalFigure.objects.filter(measure__organisation=plan.organisation, measure__code__in=CODES)
        for row in wanted.filter(group=Reading.Group.ALL, year__lte=plan.year).order_by("-year"):
            national[row.measure_id].append(row)
        return cls(plan, readings, measures, national, key)

    @property
    def codes(self) -> set[str]:
        """Of the standard measures, those that have been read."""
        return {measure.code for pk, measure in self.measures.items() if measure.code and self.readings.get(pk)}

    @property
    def _all(self) -> list[Reading]:
        return [row for rows in self.readings.values() for row in rows]

    def for_leaders(self) -> list[Sheet]:
        """Every table, with the figures about few pupils."""
        return self.shown(lambda rows: figures.for_leaders(self.plan.organisation, rows))

    def for_everyone(self) -> list[Sheet]:
        """Every table, with small numbers hidden."""
        return self.shown(lambda rows: figures.for_everyone(self.plan.organisation, rows))

    def shown(self, shown: Shown) -> list[Sheet]:
        """Every table that has anything in it, its figures as `shown` gives them."""
        drawn = _Drawn(self, shown(self._all) if self.readings else {})
        return [_said_once(sheet) for sheet in drawn.sheets() if sheet.lines]


def _key_measures(plan: Plan) -> list[Measure]:
    """What the plan's criteria are measured by, each once."""
    targets = Target.objects.filter(criterion__objective__plan=plan).select_related("measure")
    found = targets.order_by("criterion__objective__position", "criterion__position")
    return list({target.measure_id: target.measure for target in found}.values())


@dataclass(slots=True)
class _Drawn:
    """The tables of one way of showing."""

    held: Figures
    figures: dict[int, Figure]

    def sheets(self) -> list[Sheet]:
        this = self.held.plan.year
        return [
            self._plain(PUPILS, "Our pupils", ROLL, self._latest(ROLL, this)),
            self._plain(PUPILS, "Joining and leaving", MOVING, self._latest(MOVING, this)),
            self._by_group("On track for expected progress", ON_TRACK["exp"]),
            self._by_group("On track for more than expected progress", ON_TRACK["more"]),
            self._intake(),
            self._plain(PERFORMANCE, "Last year’s results: attainment", ATTAINMENT, this - 1),
            self._plain(PERFORMANCE, "Last year’s results: progress, value added", PROGRESS, this - 1),
            self._plain(PERFORMANCE, "Attendance and behaviour", EVERYDAY, this - 1),
            self._key(),
            self._plain(BUDGET, "Reserves, surplus and deficit", MONEY, self._latest(MONEY, this)),
            self._plain(STAFFING, "Staff", STAFF, self._latest(STAFF, this)),
        ]

    def _coded(self, codes: Iterable[str]) -> list[Measure]:
        """The measures of these codes that have been read, in the order of the codes."""
        order = {code: place for place, code in enumerate(codes)}
        found = [one for pk, one in self.held.measures.items() if one.code in order and self.held.readings.get(pk)]
        return sorted(found, key=lambda one: (order[one.code], one.name))

    def _latest(self, codes: Iterable[str], most: int) -> int:
        """The last year of which any of these was read."""
        found = (row.year for one in self._coded(codes) for row in self.held.readings[one.pk] if row.year <= most)
        return max(found, default=most)

    def _plain(self, section: str, title: str, codes, year: int) -> Sheet:
        """A measure a line: the year before beside the year, the change; the national figure where any is known."""
        is_compared = any(self.held.national.get(measure.pk) for measure in self._coded(codes))
        columns = [years.written(year - 1), years.written(year), "Change", *(["National"] if is_compared else [])]
        lines = []
        for measure in self._coded(codes):
            now = self._pick(measure, year)
            before = self._pick(measure, year - 1, like=now)
            if now is None and before is None:
                continue
            cells = [
                self._cell(measure, before),
                self._cell(measure, now),
                Cell(self._change(measure, before, now), [], True),
            ]
            if is_compared:
                cells.append(self._national(measure, year))
            lines.append(Line(measure.name, cells, measure.derived))
        return Sheet(self._section(section, codes), title, columns, lines)

    def _section(self, section: str, codes) -> str:
        """Where the table stands: a confidential measure takes it to what the board and its leaders read alone."""
        return STAFFING if any(measure.is_confidential for measure in self._coded(codes)) else section

    def _by_group(self, title: str, codes) -> Sheet:
        """A group of pupils a line, a subject a column; beneath each share the year before, and how many are not."""
        measures = self._coded(codes)
        year = self._latest(codes, self.held.plan.year)
        lines = []
        for group in GROUPS:
            cells = [self._on_track(measure, year, group) for measure in measures]
            if any(cell.words != NOTHING for cell in cells):
                lines.append(Line(group.label, cells))
        note = f"Each is of {years.written(year)}, with the year before and how many are not on track." if lines else ""
        hows = {measure.derived: None for measure in measures if measure.derived}
        columns = [_subject(measure) for measure in measures]
        return Sheet(self._section(BY_GROUP, codes), title, columns, lines, " ".join([note, *hows]).strip())

    def _on_track(self, measure: Measure, year: int, group: str) -> Cell:
        now = self._pick(measure, year, group=group)
        cell = self._cell(measure, now)
        if now is None:
            return cell
        before = self._pick(measure, year - 1, group=group, like=now)
        notes = [f"{years.written(year - 1)}: {self.figures[before.pk].words}"] if before else []
        if many := self._not_on_track(measure, now):
            notes.append(f"{many} not on track")
        return Cell(cell.words, notes + cell.notes)

    def _not_on_track(self, measure: Measure, now: Reading) -> str:
        """How many of the group are not: as it was entered, else as the share gives it; empty where it is hidden."""
        off = next(iter(self._coded([OFF_TRACK.get(measure.code, "")])), None)
        row = off and self._pick(off, now.year, group=now.group, like=now)
        if row:
            return self.figures[row.pk].words
        figure = self.figures[now.pk]
        if figure.cohort is None or figure.value is None or measure.code not in OFF_TRACK:
            return ""
        reached = figure.count if figure.count is not None else round(figure.value * figure.cohort / 100)
        return str(figure.cohort - reached)

    def _intake(self) -> Sheet:
        """A year group a line: how many came with low, middle and high prior attainment."""
        measures = self._coded([INTAKE])
        year = self._latest([INTAKE], self.held.plan.year)
        rows = [row for measure in measures for row in self.held.readings[measure.pk] if row.year == year]
        groups = sorted({row.year_group for row in rows}, key=_by_number)
        lines = []
        for measure in measures:
            for name in groups:
                picked = [self._pick(measure, year, group=level, year_group=name) for level in LEVELS]
                if any(picked):
                    lines.append(Line(name or "All year groups", [self._cell(measure, row) for row in picked]))
        columns = ["Low", "Middle", "High"]
        hows = " ".join(measure.derived for measure in measures if measure.derived)
        note = f"{years.written(year)}. {hows}".strip()
        title = "Intake by prior attainment, each year group"
        return Sheet(self._section(BY_GROUP, [INTAKE]), title, columns, lines, note)

    def _key(self) -> Sheet:
        """The plan's own key performance indicators: where each stands, and how it is come by."""
        year = self.held.plan.year
        lines = []
        for measure in self.held.key:
            now = self._pick(measure, year) or self._pick(measure, year - 1) or self._pick(measure, year - 2)
            latest = self._cell(measure, now)
            said = [years.written(now.year)] if now else []
            how = measure.derived or "not said yet"
            if not measure.is_confidential:
                lines.append(
                    Line(measure.name, [Cell(latest.words if now else "not read yet", said + latest.notes), Cell(how)])
                )
        columns = ["Latest", "How it is come by"]
        return Sheet(PERFORMANCE, "Key performance indicators of this plan", columns, lines, is_figures=False)

    def _pick(
        self, measure: Measure, year: int, *, group: str = "all", year_group: str = "", like: Reading | None = None
    ) -> Reading | None:
        """What was read last of the year: what was so before what was expected; of the same term where there is one."""
        found = [
            row
            for row in self.held.readings.get(measure.pk, ())
            if (row.year, row.group, row.year_group) == (year, group, year_group)
        ]
        same = [row for row in found if like and (row.term, row.kind) == (like.term, like.kind)]
        ranked = sorted(same or found, key=lambda row: (_KINDS.index(row.kind), -_TERMS.index(row.term)))
        return ranked[0] if ranked else None

    def _cell(self, measure: Measure, row: Reading | None) -> Cell:
        if row is None:
            return Cell(NOTHING)
        figure = self.figures[row.pk]
        term = "" if row.term == Reading.Period.YEAR else f"{row.get_term_display().lower()} term"
        kind = "" if row.kind == Reading.Kind.ACTUAL else row.get_kind_display()
        said = ", ".join(word for word in (term, kind) if word)
        return Cell(figure.words, [one for one in (said, figure.one_pupil, ALONE if figure.others else "") if one])

    def _change(self, measure: Measure, before: Reading | None, now: Reading | None) -> str:
        """ "up 3 points", "down 12"; nothing where the two cannot be set beside each other."""
        if before is None or now is None or (before.term, before.kind) != (now.term, now.kind):
            return ""
        earlier, later = self.figures[before.pk].value, self.figures[now.pk].value
        if earlier is None or later is None:
            return ""
        if earlier == later:
            return "no change"
        return f"{'up' if later > earlier else 'down'} {_difference(measure, abs(later - earlier))}"

    def _national(self, measure: Measure, year: int) -> Cell:
        """The national figure of the year, or the last before it with its year; and how final it is."""
        found = self.held.national.get(measure.pk, ())
        row = next((one for one in found if one.year <= year), None)
        if row is None:
            return Cell("", [], True)
        if row.value is None:
            return Cell(figures.NOT_PUBLISHED, [years.written(row.year)], True)
        status = "" if row.status == NationalFigure.Status.FINAL else row.get_status_display()
        return Cell(measure.words(row.value), [one for one in (years.written(row.year), status) if one], True)


def _said_once(sheet: Sheet) -> Sheet:
    """A term of which every figure of the table is stands below it, and not in each cell."""
    cells = [cell for line in sheet.lines for cell in line.cells if cell.words not in (NOTHING, "")]
    for term in (f"{period.label.lower()} term" for period in _TERMS):
        read = [cell for cell in cells if not cell.is_compared]
        if read and all(term in cell.notes for cell in read):
            for cell in read:
                cell.notes.remove(term)
            return replace(sheet, note=f"Figures of the {term}. {sheet.note}".strip())
    return sheet


def _difference(measure: Measure, amount: Decimal) -> str:
    if measure.unit in (Measure.Unit.PERCENT, Measure.Unit.POINTS):
        figure = f"{amount:,.2f}".rstrip("0").rstrip(".")
        return f"{figure} point" if amount == 1 else f"{figure} points"
    return measure.words(amount)


def _subject(measure: Measure) -> str:
    """ "Reading" of "On track for expected progress in reading"."""
    return written.sentence(measure.name.rpartition(" in ")[2])


def _by_number(name: str) -> tuple[int, str]:
    digits = "".join(letter for letter in name if letter.isdigit())
    return (int(digits) if digits else -1, name)
