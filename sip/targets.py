"""What a criterion is measured by, as one reader may read it: baseline, path, what was read each term, and the aim."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from governance.models import Organisation
from sip import figures
from sip.figures import Reader
from sip.models import Plan, Reading, Target

FULL = "figures_full:targets"  # the block of a plan that only leaders read
PATH = ("autumn", "spring", "summer")
_READ = (Reading.Kind.ASSESSMENT, Reading.Kind.ACTUAL)  # what was read, the surer last; a forecast is no reading


def bodies(
    organisation: Organisation, targets: Iterable[Target], reader: Reader, *, year: int = 0, terms: Iterable[str] = ()
) -> dict[int, dict]:
    """By target, in plain values that can be frozen: "name", "unit", "better", "baseline", "aim", and `readings` of
    these terms, figures as digits; "path" by term where one is set.

    "approved": the aim as the board approved it first, where it is another one now.
    Where something is hidden from such a reader, "hidden" says why by term or "baseline"; "one_pupil" is
    "1 pupil is 6.7 points". One query, however many targets.
    """
    targets, terms = list(targets), list(terms)
    rows = _rows(targets)
    whys = figures.whys_of(organisation, rows)
    of_year = [row for row in rows if row.year == year and row.term in terms and figures.is_of_the_school(row)]
    shown = figures.shown(reader, of_year, whys)
    read = defaultdict(dict)
    for kind in _READ:
        for row in of_year:
            if row.kind == kind:
                read[row.measure_id][row.term] = shown[row.pk]
    found = {}
    for one in targets:
        start = figures.baseline_of(one, reader, organisation, whys, rows)
        found[one.pk] = _body(one, start, read[one.measure_id])
    return found


def starts(organisation: Organisation, targets: Iterable[Target]) -> tuple[dict[int, dict], dict[int, dict]]:
    """The same without readings, to be frozen with a plan: as anybody may read it, and as leaders do. One query, none
    where no target has a baseline of pupils."""
    targets = list(targets)
    rows = _rows(one for one in targets if one.measure.counts_pupils and one.baseline is not None)
    whys, found = figures.whys_of(organisation, rows), ({}, {})
    for one in targets:
        for reader, bodies_of_reader in zip((figures.ANYBODY, figures.LEADERS), found, strict=True):
            body = _body(one, figures.baseline_of(one, reader, organisation, whys, rows), {})
            bodies_of_reader[one.pk] = {name: value for name, value in body.items() if name != "readings"}
    return found


def _rows(targets: Iterable[Target]) -> list[Reading]:
    """Every reading of their measures: what is hidden depends on all of them."""
    measures = {one.measure_id for one in targets}
    return list(Reading.objects.filter(measure__in=measures).select_related("measure")) if measures else []


def _body(target: Target, start: figures.Figure, read: dict[str, figures.Figure]) -> dict:
    measure = target.measure
    hidden = {term: one.why for term, one in ({"baseline": start} | read).items() if one.why}
    known = [one.one_pupil for one in (start, *read.values()) if one.one_pupil]
    body = {
        "name": measure.name,
        "unit": measure.unit,
        "better": measure.better,
        "baseline": digits(start.value),
        "aim": digits(target.aim),
        "readings": {term: digits(one.value) for term, one in read.items() if one.value is not None},
    }
    path = {term: digits(value) for term in PATH if (value := getattr(target, f"by_{term}")) is not None}
    approved = digits(target.approved_aim) if target.approved_aim not in (None, target.aim) else ""
    extra = {"path": path, "hidden": hidden, "one_pupil": known[-1] if known else "", "approved": approved}
    return body | {name: value for name, value in extra.items() if value}


def digits(figure: Decimal | None) -> str:
    """ "84", "17.5"; empty for none."""
    return "" if figure is None else f"{figure.normalize():f}"


def keep_as_approved(plan: Plan) -> None:
    """Write beside each target what the board approved first. Within the operation that puts the plan in force."""
    rows = list(Target.objects.filter(criterion__objective__plan=plan, approved_aim=None))
    for one in rows:
        one.approved_aim, one.approved_baseline = one.aim, one.baseline
    Target.objects.bulk_update(rows, ["approved_aim", "approved_baseline"], batch_size=50)
