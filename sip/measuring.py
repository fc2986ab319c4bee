"""What criteria are measured by: each measure found under its name or made, the aim set on it, and how it is read."""

from dataclasses import dataclass

from governance.models import Organisation
from sip.models import Measure, SuccessCriterion, Target, in_unit

Key = tuple[str, str, str]

_OF_TARGET = ("pk", "baseline", "aim", "cohort", "by_autumn", "by_spring", "by_summer")
_OF_MEASURE = ("pk", "name", "unit", "better", "counts_pupils", "is_confidential")
_PLACES = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}

_TYPED = _OF_TARGET[1:]
_READ_OF_TARGET = (*_OF_TARGET, "approved_aim")
COUNTS_THINGS = (Measure.Unit.DAYS, Measure.Unit.POUNDS, Measure.Unit.POINTS)  # unless somebody says otherwise

# of a criterion, in the order in which `target_of` takes them
COLUMNS = (*(f"target__{name}" for name in _READ_OF_TARGET), *(f"target__measure__{name}" for name in _OF_MEASURE))


@dataclass(slots=True)
class Measured:
    """What a criterion is measured by, as it is read: "Year 1 phonics", "74%", "84%". `baseline` may be empty, and
    `hidden` says why it is not shown; `path` is where it is to be by which term; "1 pupil is 6.7 points". `approved`:
    the aim that the board approved first, where it is another one now."""

    name: str
    baseline: str
    aim: str
    hidden: str = ""
    path: str = ""
    one_pupil: str = ""
    approved: str = ""


def measured_by(body: dict) -> Measured | None:
    """What a criterion's frozen words say of it; those of an older version, or without a measure: None."""
    held = body.get("measure")
    if held is None:
        return None
    unit = held["unit"]
    return Measured(
        held["name"],
        in_unit(unit, held["baseline"]),
        in_unit(unit, held["aim"]),
        held.get("hidden", {}).get("baseline", ""),
        path_in_words(unit, held.get("path", {})),
        held.get("one_pupil", ""),
        in_unit(unit, held.get("approved", "")),
    )


def path_in_words(unit: str, path: dict) -> str:
    """ "78% by autumn, 81% by spring"; empty where no path is set."""
    return ", ".join(f"{in_unit(unit, path[term])} by {term}" for term in _PLACES if path.get(term) not in (None, ""))


def target_of(*columns) -> Target | None:
    """A criterion's target from its columns; None where nothing is measured."""
    of_target, of_measure = columns[: len(_READ_OF_TARGET)], columns[len(_READ_OF_TARGET) :]
    if of_target[0] is None:
        return None
    measure = Measure(**dict(zip(_OF_MEASURE, of_measure, strict=True)))
    return Target(measure=measure, **dict(zip(_READ_OF_TARGET, of_target, strict=True)))


def put_targets(organisation: Organisation, criteria: list[tuple[SuccessCriterion, dict]]) -> None:
    """Give each criterion the target of its row: {"measure", "unit", "better", "baseline", "aim"}, perhaps "cohort"
    and by_autumn to by_summer; without one, none. "counts_pupils" is for a measure that is made here.

    Called within an operation that holds the plan. The number of queries does not grow with the rows.
    """
    wanted = {one: row["target"] for one, row in criteria if row.get("target")}
    held = {one.criterion_id: one for one in Target.objects.filter(criterion__in=[one for one, _ in criteria])}
    Target.objects.filter(
        pk__in=[held[one.pk].pk for one, _ in criteria if one not in wanted and one.pk in held]
    ).delete()
    measures = _measures(organisation, {_key(target): target.get("counts_pupils") for target in wanted.values()})
    rows = [held.get(one.pk) or Target(criterion=one) for one in wanted]
    for row, target in zip(rows, wanted.values(), strict=True):
        row.measure = measures[_key(target)]
        for name in _TYPED:
            setattr(row, name, target.get(name))
    Target.objects.bulk_update([row for row in rows if row.pk], ["measure", *_TYPED], batch_size=50)
    Target.objects.bulk_create([row for row in rows if not row.pk])


def _key(target: dict) -> Key:
    return target["measure"], target["unit"], target["better"]


def _measures(organisation: Organisation, keys: dict[Key, bool | None]) -> dict[Key, Measure]:
    """The measures of these names, units and directions, each made with whether it counts pupils, or as its unit has
    it. Two people who make the same one at once make it once."""
    found = _found(organisation, set(keys))
    if missing := sorted(set(keys) - set(found)):
        rows = [_made(organisation, key, keys[key]) for key in missing]
        Measure.objects.bulk_create(rows, ignore_conflicts=True)
        found = _found(organisation, set(keys))
    return found


def _made(organisation: Organisation, key: Key, counts_pupils: bool | None) -> Measure:
    name, unit, better = key
    counts = unit not in COUNTS_THINGS if counts_pupils is None else counts_pupils
    return Measure(organisation=organisation, name=name, unit=unit, better=better, counts_pupils=counts)


def _found(organisation: Organisation, keys: set[Key]) -> dict[Key, Measure]:
    rows = Measure.objects.filter(organisation=organisation, name__in={name for name, _, _ in keys}) if keys else ()
    return {(row.name, row.unit, row.better): row for row in rows}
