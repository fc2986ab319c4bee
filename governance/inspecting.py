"""Inspections are recorded as the report gives them, corrected where they were copied wrongly, and read in the words of
their own framework. No grade is set beside one of another framework."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation import clock
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance import frameworks, wording
from governance.frameworks import Area, Framework
from governance.models import AreaGrade, Inspection, Organisation, User
from governance.permissions import P

Wrong = list[tuple[str, str]]


@operation(P.KEEP_INSPECTIONS)
def record_inspection(
    organisation: Organisation, *, framework: str, grades: dict[str, str], by: User, **words
) -> Inspection:
    """Record an inspection under a framework: its kind, days, report, grades (area code to grade code) and what it
    asked the school to improve. Refuses days, areas and grades that are not the framework's."""
    _require_right(framework, words, grades)
    inspection = Inspection.objects.create(organisation=organisation, framework=framework, **words)
    _grade(inspection, grades)
    return inspection


@operation(P.KEEP_INSPECTIONS)
def correct_inspection(
    inspection: Inspection, *, revision: int, grades: dict[str, str], by: User, **words
) -> Inspection:
    """Correct what was copied wrongly. Its framework stays. StaleEdit when somebody corrected it meanwhile."""
    _require_right(inspection.framework, words, grades)
    if not inspection.claim_revision(revision):
        raise StaleEdit("Somebody else corrected this inspection while you were typing.", thing=inspection)
    for name, value in words.items():
        setattr(inspection, name, value)
    inspection.save(update_fields=list(words))
    _grade(inspection, grades)
    return inspection


@operation(P.KEEP_INSPECTIONS)
def remove_inspection(organisation: Organisation, *, inspection: int, by: User) -> None:
    """Take out an inspection that was recorded by mistake. Plans that were submitted with it keep what they say."""
    removed, _ = organisation.inspections.filter(pk=inspection).delete()
    if not removed:
        raise Conflict("This inspection has been removed already.")


def _require_right(framework: str, words: dict, grades: dict[str, str]) -> None:
    """The form has said it in its place already; this is for whoever comes without the form."""
    under = frameworks.by_code(framework)
    wrong = what_is_wrong(under, words, grades) if under else [("", "There is no such framework.")]
    if wrong:
        raise Conflict(f"{wrong[0][1].rstrip('.')}. Nothing was saved.")


def _grade(inspection: Inspection, grades: dict[str, str]) -> None:
    inspection.grades.all().delete()
    given = [(area, grade) for area, grade in grades.items() if grade]
    AreaGrade.objects.bulk_create([AreaGrade(inspection=inspection, area=area, grade=grade) for area, grade in given])


# --- what may not be -------------------------------------------------------------------------------------------------


def what_is_wrong(under: Framework, words: dict, grades: dict[str, str]) -> Wrong:
    """What cannot be so, as (name of the box, sentence); in order: nothing."""
    wrong = days_wrong(under, words.get("began_on"), words.get("ended_on"), words.get("published_on"))
    return wrong + [(code, said) for code, grade in grades.items() if (said := grade_wrong(under, code, grade))]


def days_wrong(under: Framework, began: date | None, ended: date | None, published: date | None) -> Wrong:
    """Days that stand the wrong way round, have not come yet, or belong to another framework."""
    wrong, today = [], clock.today()
    if began and began > today:
        wrong.append(("began_on", "This day has not come yet. Record an inspection once it has begun"))
    elif began and not under.was_in_force(began):
        wrong.append(("began_on", _of_another_time(under, began)))
    if began and ended and ended < began:
        wrong.append(("ended_on", "The inspection ends before it begins"))
    if published and published > today:
        wrong.append(("published_on", "This day has not come yet. Add it when the report is published"))
    elif published and (ended or began) and published < (ended or began):
        wrong.append(("published_on", "The report is published before the inspection is over"))
    return wrong


def grade_wrong(under: Framework, code: str, grade: str) -> str:
    """Why an area cannot have this grade under the framework, as a sentence; empty when it can."""
    area = under.area(code)
    if area is None:
        other = frameworks.area(code)
        name = f"“{other.name}”" if other else "That"
        return f"{name} is not an area of the {under.short}"
    return "" if not grade or area.grade(grade) else wrong_grade(under, area, grade)


def wrong_grade(under: Framework, area: Area, grade: str) -> str:
    """ "“Good” is not a grade of the 2025 framework for inclusion. Its grades are …"."""
    every = (one.words for each in frameworks.FRAMEWORKS for of in each.areas for one in of.grades if one.code == grade)
    said = next((f"“{words}”" for words in every), "That")
    own = wording.listed([one.words for one in area.grades])
    return f"{said} is not a grade of the {under.short} for “{area.name}”. Its grades are {own}"


def _of_another_time(under: Framework, began: date) -> str:
    other = frameworks.in_force(began)
    since = f"The {under.short} holds {'for inspections ' if under.last else ''}{under.span}"
    if other is None:
        return f"{since}. Inspections before September 2015 are not recorded here"
    return f"{since}. On {wording.full_day(began)} the {other.short} was in force: record the inspection under that one"


# --- read ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection as it is read: every word in its framework's own terms."""

    id: int
    kind: str
    days: str
    framework: str
    published: str
    report_url: str
    grades: tuple[tuple[str, str], ...]
    to_improve: tuple[str, ...]

    @property
    def body(self) -> dict:
        """The same to be frozen with a plan."""
        names = ("kind", "days", "framework", "published", "report_url")
        lists = {"grades": [list(pair) for pair in self.grades], "to_improve": list(self.to_improve)}
        return {name: getattr(self, name) for name in names} | lists


def inspected(body: dict) -> Inspected:
    """A frozen inspection as it is read again."""
    lists = {"grades": tuple(tuple(pair) for pair in body["grades"]), "to_improve": tuple(body["to_improve"])}
    return Inspected(**(body | lists | {"id": 0}))


def read(inspections: Iterable[Inspection]) -> list[Inspected]:
    """Inspections as they are read, newest first; two queries."""
    if hasattr(inspections, "prefetch_related"):
        inspections = inspections.prefetch_related("grades")
    return [_read(one) for one in inspections]


def last_of(rows: list[Inspected]) -> list[Inspected]:
    """The last inspection; where it gave no grades (a monitoring visit, say), also the last that did."""
    graded = next((row for row in rows[1:] if row.grades), None) if rows and not rows[0].grades else None
    return [row for row in (rows[0] if rows else None, graded) if row]


def _read(inspection: Inspection) -> Inspected:
    under, given = frameworks.by_code(inspection.framework), {row.area: row.grade for row in inspection.grades.all()}
    areas = ((area, area.grade(given[area.code])) for area in under.areas if area.code in given)
    return Inspected(
        id=inspection.pk,
        kind=inspection.kind or "Inspection",
        days=span(inspection.began_on, inspection.ended_on),
        framework=under.name,
        published=wording.full_day(inspection.published_on) if inspection.published_on else "",
        report_url=inspection.report_url,
        grades=tuple((area.name, grade.words) for area, grade in areas if grade),
        to_improve=tuple(line.strip() for line in inspection.to_improve.splitlines() if line.strip()),
    )


def span(first: date, last: date | None) -> str:
    """ "3 and 4 May 2023", "30 September to 1 October 2025"."""
    if last is None or last == first:
        return wording.full_day(first)
    if (first.year, first.month) == (last.year, last.month):
        joined = "and" if (last - first).days == 1 else "to"
        return f"{first.day} {joined} {wording.full_day(last)}"
    begins = f"{first.day} {first:%B}" if first.year == last.year else wording.full_day(first)
    return f"{begins} to {wording.full_day(last)}"
