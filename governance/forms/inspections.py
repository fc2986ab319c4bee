"""An inspection as its report gives it: days, kind, and a grade for each area of its framework."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from foundation import clock
from foundation.forms import Choice, DayField, HouseForm, Line, Text
from governance import frameworks, inspecting
from governance.frameworks import Area, Framework
from governance.models import Inspection

_FIRST = frameworks.FRAMEWORKS[-1].first


class WhenForm(HouseForm):
    """When an inspection began: from that its framework follows."""

    began_on = DayField(
        label="When did the inspection begin?",
        ask="Give the first day of the inspection",
        help_text="The first day says which framework it was under, and so which areas and grades to ask for.",
    )

    def clean_began_on(self):
        began = self.cleaned_data["began_on"]
        if began > clock.today():
            raise ValidationError("This day has not come yet. Record an inspection once it has begun")
        if began < _FIRST:
            raise ValidationError("Inspections before September 2015 are not recorded here")
        return began


class _Grade(Choice):
    """The grade of one area, out of those that its framework gives."""

    def __init__(self, under: Framework, area: Area) -> None:
        self.under, self.area = under, area
        self.one_of_several = True  # most have a grade and none must: that each is optional need not be said nine times
        choices = [("", "Not given"), *((grade.code, grade.words) for grade in area.grades)]
        hint = f"Given {area.only_where}." if area.only_where else ""
        super().__init__(label=area.name, look="select", choices=choices, required=False, help_text=hint)

    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(inspecting.wrong_grade(self.under, self.area, value), code="invalid_choice")


class InspectionForm(HouseForm):
    """One inspection under one framework; the areas are that framework's."""

    kind = Choice(label="Kind of inspection", look="select", ask="Choose the kind of inspection")
    began_on = DayField(label="First day", ask="Give the first day of the inspection")
    ended_on = DayField(label="Last day", required=False, help_text="Leave it empty for an inspection of one day.")
    published_on = DayField(label="Report published", required=False)
    report_url = Line(
        300,
        label="Web address of the report",
        required=False,
        attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"},
        help_text="Such as https://reports.ofsted.gov.uk/…",
    )
    to_improve = Text(
        6000,
        rows=6,
        label="What the school must improve",
        required=False,
        help_text="As the report words it, one thing a line.",
    )

    def __init__(self, *args, under: Framework, inspection: Inspection | None = None, began=None, **words) -> None:
        revision = inspection.revision if inspection else None
        super().__init__(*args, initial=_initial(under, inspection, began), revision=revision, **words)
        self.under = under
        self.fields["kind"].choices = [("", "Choose"), *((kind, kind) for kind in under.kinds)]
        for area in under.areas:
            self.fields[area.code] = _Grade(under, area)

    @property
    def areas(self) -> list:
        """The boxes of the grades, in the framework's order."""
        return [self[area.code] for area in self.under.areas]

    def clean_report_url(self) -> str:
        address = self.cleaned_data["report_url"]
        if address and "://" not in address:
            address = f"https://{address}"
        if address:
            URLValidator(["https", "http"], message="Give a web address, such as https://reports.ofsted.gov.uk/…")(
                address
            )
        return address

    def clean(self) -> dict:
        words = super().clean()
        days = (words.get(name) for name in ("began_on", "ended_on", "published_on"))
        for box, said in inspecting.days_wrong(self.under, *days):
            self.add_error(box, said)
        for name in self.data:
            if name not in self.fields and frameworks.area(name):
                self.add_error(None, inspecting.grade_wrong(self.under, name, ""))
        return words

    @property
    def recorded(self) -> dict:
        """The words for the operation."""
        names = ("kind", "began_on", "ended_on", "published_on", "report_url", "to_improve", "revision")
        words = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return words | {"grades": {area.code: self.cleaned_data[area.code] for area in self.under.areas}}


def _initial(under: Framework, inspection: Inspection | None, began) -> dict:
    if inspection is None:
        return {"began_on": began, "kind": under.kinds[0]}
    names = ("kind", "began_on", "ended_on", "published_on", "report_url", "to_improve")
    grades = {row.area: row.grade for row in inspection.grades.all()}
    return {name: getattr(inspection, name) for name in names} | grades
