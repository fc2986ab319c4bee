"""Ofsted's inspection frameworks as data: from when to when, which areas each judges, in which words it grades.

The words are Ofsted's own: the inspection handbook of 2015, the education inspection framework of 2019, and the
report cards used since 10 November 2025. Grades of one framework say nothing about grades of another: nothing here
orders, counts or translates across them, and they are never shown in the colours of ratings.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Grade:
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Area:
    """What is judged by itself. `only_where`: which schools it is for, where not for all."""

    code: str
    name: str
    grades: tuple[Grade, ...]  # best first, for the order of a list alone
    only_where: str = ""

    def grade(self, code: str) -> Grade | None:
        return next((grade for grade in self.grades if grade.code == code), None)


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework, in force for inspections that began from `first` to `last` (both included; None: still is)."""

    code: str
    name: str
    short: str
    first: date
    last: date | None
    kinds: tuple[str, ...]
    areas: tuple[Area, ...]

    def was_in_force(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)

    def area(self, code: str) -> Area | None:
        return next((area for area in self.areas if area.code == code), None)

    @property
    def span(self) -> str:
        """ "September 2019 to November 2025", "since 10 November 2025"."""
        if self.last is None:
            return f"since {self.first.day} {self.first:%B %Y}"
        return f"{self.first:%B %Y} to {self.last:%B %Y}"


_FOUR = (
    Grade("outstanding", "Outstanding"),
    Grade("good", "Good"),
    Grade("ri", "Requires improvement"),
    Grade("inadequate", "Inadequate"),
)
_FIVE = (
    Grade("exceptional", "Exceptional"),
    Grade("strong", "Strong standard"),
    Grade("expected", "Expected standard"),
    Grade("attention", "Needs attention"),
    Grade("urgent", "Urgent improvement"),
)
_EFFECTIVE = (Grade("effective", "Effective"), Grade("not_effective", "Not effective"))
_MET = (Grade("met", "Met"), Grade("not_met", "Not met"))
_EARLY_YEARS, _SIXTH_FORM = "where there is a nursery or reception class", "where there is a sixth form"

FRAMEWORKS = (  # newest first
    Framework(
        code="rf",
        name="The framework since November 2025",
        short="2025 framework",
        first=date(2025, 11, 10),
        last=None,
        kinds=("Full inspection", "Monitoring inspection"),
        areas=(
            Area("rf_inc", "Inclusion", _FIVE),
            Area("rf_ct", "Curriculum and teaching", _FIVE),
            Area("rf_ach", "Achievement", _FIVE),
            Area("rf_ab", "Attendance and behaviour", _FIVE),
            Area("rf_pdw", "Personal development and well-being", _FIVE),
            Area("rf_lg", "Leadership and governance", _FIVE),
            Area("rf_ey", "Early years", _FIVE, _EARLY_YEARS),
            Area("rf_p16", "Post-16 provision", _FIVE, _SIXTH_FORM),
            Area("rf_sg", "Safeguarding", _MET),
        ),
    ),
    Framework(
        code="eif",
        name="Education inspection framework, 2019 to 2025",
        short="2019 framework",
        first=date(2019, 9, 1),
        last=date(2025, 11, 9),
        kinds=(
            "Graded inspection (section 5)",
            "Ungraded inspection (section 8)",
            "Monitoring inspection",
            "Urgent inspection",
        ),
        areas=(
            Area("eif_oe", "Overall effectiveness", _FOUR, "in state-funded schools until September 2024"),
            Area("eif_qe", "Quality of education", _FOUR),
            Area("eif_ba", "Behaviour and attitudes", _FOUR),
            Area("eif_pd", "Personal development", _FOUR),
            Area("eif_lm", "Leadership and management", _FOUR),
            Area("eif_ey", "Early years provision", _FOUR, _EARLY_YEARS),
            Area("eif_sf", "Sixth-form provision", _FOUR, _SIXTH_FORM),
            Area("eif_sg", "Safeguarding", _EFFECTIVE),
        ),
    ),
    Framework(
        code="cif",
        name="Inspection handbook, 2015 to 2019",
        short="2015 framework",
        first=date(2015, 9, 1),
        last=date(2019, 8, 31),
        kinds=("Full inspection (section 5)", "Short inspection (section 8)", "Monitoring inspection"),
        areas=(
            Area("cif_oe", "Overall effectiveness", _FOUR),
            Area("cif_lm", "Effectiveness of leadership and management", _FOUR),
            Area("cif_tla", "Quality of teaching, learning and assessment", _FOUR),
            Area("cif_pdbw", "Personal development, behaviour and welfare", _FOUR),
            Area("cif_out", "Outcomes for pupils", _FOUR),
            Area("cif_ey", "Early years", _FOUR, _EARLY_YEARS),
            Area("cif_p16", "16-19 study programmes", _FOUR, _SIXTH_FORM),
        ),
    ),
)


def by_code(code: str) -> Framework | None:
    """The framework with this code, or None."""
    return next((framework for framework in FRAMEWORKS if framework.code == code), None)


def in_force(on: date) -> Framework | None:
    """The framework that an inspection beginning on this day was under; None before September 2015."""
    return next((framework for framework in FRAMEWORKS if framework.was_in_force(on)), None)


def area(code: str) -> Area | None:
    """An area of any framework by its code: as an objective names the area that it belongs to."""
    return next((found for framework in FRAMEWORKS if (found := framework.area(code))), None)


def areas_on(on: date) -> tuple[Area, ...]:
    """The areas that would be judged on this day, for a list to choose from."""
    framework = in_force(on)
    return framework.areas if framework else ()
