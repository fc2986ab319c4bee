"""What is counted, as one person reads it: the measures of an organisation, and one measure by period and group."""

from collections import defaultdict
from dataclasses import dataclass, field

from foundation import clock
from foundation.permissions import may
from governance import years
from governance.models import Organisation
from sip import chart, figures
from sip.chart import Chart
from sip.models import Measure, NationalFigure, Reading
from sip.permissions import P

_TERMS = [str(term) for term in Reading.Period]
_GROUPS = [str(group) for group in Reading.Group]
READ = (Reading.Kind.ACTUAL, Reading.Kind.ASSESSMENT)


@dataclass(slots=True)
class Line:
    """One measure in the list: what was read last of the whole school, and what stands beside it."""

    pk: int
    name: str
    latest: str = ""
    when: str = ""
    national: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    words: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    head: str
    cells: list[tuple[str, Cell]]  # each with its column, for a phone


@dataclass(slots=True)
class Table:
    """Groups by periods. `kind` is "read" or "forecast"."""

    kind: str
    columns: list[str]
    rows: list[Row]


@dataclass(slots=True)
class MeasurePage:
    says: str
    notes: list[str]
    tables: list[Table]
    chart: Chart | None
    nationals: list[tuple[str, str, str]]  # year, words, source
    hidden: list[str]  # why figures are hidden from this reader, or for a leader: from everyone else
    may_keep: bool
    reads_groups: bool


def of_organisation(organisation: Organisation, user) -> list[Line]:
    """The measures that this person sees, each with its last figure. As many queries for many as for few."""
    measures = list(Measure.objects.visible_to(user).filter(organisation=organisation))
    of_school = Reading.objects.filter(measure__in=measures, group=Reading.Group.ALL, year_group="", kind__in=READ)
    last: dict[int, Reading] = {}
    rows = _seen(of_school.select_related("measure"), organisation, user)
    for row in sorted(rows, key=_order):
        last[row.measure_id] = row
    shown = figures.shown_to(user, organisation, last.values())
    national = {row.measure_id: row for row in _national(measures)}
    return [_line(one, last.get(one.pk), shown, national.get(one.pk)) for one in measures]


def _seen(readings, organisation: Organisation, user) -> list[Reading]:
    """Without those that wait for leaders to send the review that they were entered in."""
    return list(readings if may(user, P.READ_SMALL_FIGURES, organisation) else readings.filter(waits=False))


def _order(row: Reading) -> tuple:
    return row.year, _TERMS.index(row.term), row.kind == Reading.Kind.ACTUAL


def _national(measures):
    """National figures of everyone, the latest last."""
    rows = NationalFigure.objects.filter(measure__in=measures, group=Reading.Group.ALL)
    return rows.select_related("measure").order_by("year")


def _line(measure: Measure, row: Reading | None, shown: dict, national: NationalFigure | None) -> Line:
    figure = shown[row.pk] if row else None
    said = f"{chart.national_words(national, measure)}, {years.written(national.year)}" if national else ""
    return Line(
        pk=measure.pk,
        name=measure.name,
        latest=figure.words if figure else "",
        when=f"{row.get_term_display().lower()} {years.written(row.year)}" if row else "",
        national=said,
        notes=_notes(measure) + ([f"only leaders see it: {figure.others}"] if figure and figure.others else []),
    )


def _notes(measure: Measure) -> list[str]:
    return ["for the board and leaders alone"] if measure.is_confidential else []


def page_of(measure: Measure, user) -> MeasurePage:
    """One measure: last year beside this year, by group; the national figures; the drawing."""
    reads_groups, here = may(user, P.READ_GROUPS, measure), measure.organisation
    rows = _seen(measure.readings.select_related("measure"), here, user)
    last = max([years.year_of(clock.today()), *(row.year for row in rows)])
    rows = [row for row in rows if row.year >= last - 1 and (reads_groups or figures.is_of_the_school(row))]
    rows.sort(key=_order)
    shown = figures.shown_to(user, here, rows)
    national = list(_national([measure]))
    school = [row for row in rows if figures.is_of_the_school(row)]
    return MeasurePage(
        says=_says(measure, rows),
        notes=_notes(measure),
        tables=_tables(rows, shown),
        chart=chart.of(measure, school, shown, national),
        nationals=[(years.written(one.year), chart.national_words(one, measure), one.source) for one in national[::-1]],
        hidden=sorted({figure.why or figure.others for figure in shown.values()} - {""}),
        may_keep=may(user, P.KEEP_MEASURES, measure),
        reads_groups=reads_groups,
    )


_TABLES = (("read", READ), ("forecast", (Reading.Kind.FORECAST,)))


def _tables(rows: list[Reading], shown: dict[int, figures.Figure]) -> list[Table]:
    """What was read and what was forecast, never together."""
    found = [_table(kind, [row for row in rows if row.kind in kinds], shown) for kind, kinds in _TABLES]
    return [table for table in found if table]


def _says(measure: Measure, rows: list[Reading]) -> str:
    unit = {"percent": "per cent", "pounds": "pounds"}.get(measure.unit, measure.get_unit_display())
    said = f"In {unit}; {measure.get_better_display()}."
    return said if rows else f"{said} Nothing is read yet."


def _table(kind: str, rows: list[Reading], shown: dict[int, figures.Figure]) -> Table | None:
    if not rows:
        return None
    places = sorted({(row.year, _TERMS.index(row.term)) for row in rows})
    columns = [f"{_TERMS[term].capitalize()} {years.written(year)}" for year, term in places]
    cells: dict[tuple, dict] = defaultdict(dict)
    for row in rows:  # what was assessed stands before what was read, which takes its place
        cells[row.year_group, _GROUPS.index(row.group)][row.year, _TERMS.index(row.term)] = row
    found = []
    for key, held in sorted(cells.items()):
        of_row = [(name, _cell(held.get(place), shown)) for name, place in zip(columns, places, strict=True)]
        found.append(Row(_head(*key), of_row))
    return Table(kind, columns, found)


def _head(year_group: str, group: int) -> str:
    label = Reading.Group(_GROUPS[group]).label
    if not year_group:
        return label
    return year_group if _GROUPS[group] == Reading.Group.ALL else f"{year_group}: {label}"


def _cell(row: Reading | None, shown: dict[int, figures.Figure]) -> Cell:
    if row is None:
        return Cell()
    figure = shown[row.pk]
    notes = [row.get_kind_display()] if row.kind == Reading.Kind.ASSESSMENT else []
    if figure.count is not None and figure.cohort:
        notes.append(f"{figure.count} of {figure.cohort} pupils")
    elif figure.cohort:
        notes.append(f"of {figure.cohort} pupils")
    notes += [figure.one_pupil] if figure.one_pupil else []
    notes += [f"only leaders see it: {figure.others}"] if figure.others else []
    return Cell(figure.words, notes)
