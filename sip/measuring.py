"""What criteria are measured by: each measure found under its name or made, the aim set on it, and how it is read."""

from dataclasses import dataclass
from decimal import Decimal

from governance.models import Organisation
from sip.models import Measure, SuccessCriterion, Target, in_unit

Key = tuple[str, str, str]

# of a criterion, in the order in which `body_of` takes them
COLUMNS = (
    "target__measure__name",
    "target__measure__unit",
    "target__measure__better",
    "target__baseline",
    "target__aim",
)


@dataclass(slots=True)
class Measured:
    """What a criterion is measured by, as it is read: "Year 1 phonics", "74%", "84%"; `baseline` may be empty."""

    name: str
    baseline: str
    aim: str


def measured_by(body: dict) -> Measured | None:
    """What a criterion's frozen words say of it; those of an older version, or without a measure: None."""
    held = body.get("measure")
    if held is None:
        return None
    return Measured(held["name"], in_unit(held["unit"], held["baseline"]), in_unit(held["unit"], held["aim"]))


def body_of(name: str | None, unit: str, better: str, baseline: Decimal | None, aim: Decimal) -> dict:
    """The same to be frozen: {"measure": {…}} with figures as digits; nothing where nothing is measured."""
    if name is None:
        return {}
    figures = {"baseline": _digits(baseline), "aim": _digits(aim)}
    return {"measure": {"name": name, "unit": unit, "better": better} | figures}


def _digits(figure: Decimal | None) -> str:
    """ "84", "17.5"; empty for none."""
    return "" if figure is None else f"{figure.normalize():f}"


def put_targets(organisation: Organisation, criteria: list[tuple[SuccessCriterion, dict]]) -> None:
    """Give each criterion the target of its row: {"measure", "unit", "better", "baseline", "aim"}; without one, none.

    Called within an operation that holds the plan. The number of queries does not grow with the rows.
    """
    wanted = {one: row["target"] for one, row in criteria if row.get("target")}
    held = {one.criterion_id: one for one in Target.objects.filter(criterion__in=[one for one, _ in criteria])}
    Target.objects.filter(
        pk__in=[held[one.pk].pk for one, _ in criteria if one not in wanted and one.pk in held]
    ).delete()
    measures = _measures(organisation, {_key(target) for target in wanted.values()})
    rows = [held.get(one.pk) or Target(criterion=one) for one in wanted]
    for row, target in zip(rows, wanted.values(), strict=True):
        row.measure, row.baseline, row.aim = measures[_key(target)], target["baseline"], target["aim"]
    Target.objects.bulk_update([row for row in rows if row.pk], ["measure", "baseline", "aim"], batch_size=50)
    Target.objects.bulk_create([row for row in rows if not row.pk])


def _key(target: dict) -> Key:
    return target["measure"], target["unit"], target["better"]


def _measures(organisation: Organisation, keys: set[Key]) -> dict[Key, Measure]:
    """The measures of these names, units and directions. Two people who make the same one at once make it once."""
    found = _found(organisation, keys)
    if missing := sorted(keys - set(found)):
        rows = [Measure(organisation=organisation, name=name, unit=unit, better=way) for name, unit, way in missing]
        Measure.objects.bulk_create(rows, ignore_conflicts=True)
        found = _found(organisation, keys)
    return found


def _found(organisation: Organisation, keys: set[Key]) -> dict[Key, Measure]:
    rows = Measure.objects.filter(organisation=organisation, name__in={name for name, _, _ in keys}) if keys else ()
    return {(row.name, row.unit, row.better): row for row in rows}
