"""What is counted: measures, the aim that a criterion sets on one, and what was read each term."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from foundation.belonging import Belongs
from foundation.conditions import any_of
from governance.models import Organisation, Person
from sip.models.objectives import SuccessCriterion

MOST = Decimal(99_999_999)


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MeasureQuerySet":
        """Of the leaders' circle, the board's side, committees, and the trust's leaders and trustees; a confidential
        one only of those who read what is confidential there."""
        standing = user.standing
        inside = standing.leading_ids | standing.board_side_ids | {seat.organisation for seat in standing.seats}
        seen = any_of(Q(organisation__in=inside), Q(organisation__trust__in=standing.whole_trust_ids))
        trusted = standing.leading_ids | standing.clerk_ids | standing.governed_ids
        open_to = Q(organisation__in=trusted), Q(organisation__trust__in=standing.led_trust_ids)
        return self.filter(seen & any_of(Q(is_confidential=False), *open_to))


class Measure(Belongs, models.Model):
    """A thing that an organisation counts for the whole school: in what unit, and which way is better."""

    HANGS_ON = "organisation"

    class Unit(models.TextChoices):
        PERCENT = "percent", "%"
        NUMBER = "number", "a number"
        POINTS = "points", "points"
        DAYS = "days", "days"
        POUNDS = "pounds", "£"
        RATE = "rate", "a rate per 100"

    class Better(models.TextChoices):
        HIGHER = "higher", "higher is better"
        LOWER = "lower", "lower is better"
        NEITHER = "neither", "neither is better"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.PERCENT)
    better = models.CharField(max_length=10, choices=Better.choices, default=Better.HIGHER)
    code = models.CharField(max_length=24, blank=True)  # of the library of standard measures; empty: the school's own
    derived = models.TextField(blank=True)  # how the figure is come by
    counts_pupils = models.BooleanField(default=True)  # then small numbers are hidden
    is_confidential = models.BooleanField(default=False)  # for the board and leaders alone
    plausible_from = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # a reading outside
    plausible_to = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # is asked about

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "unit", "better"], name="measure_once_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes(self) -> dict:
        """What may be entered of it: between which bounds, and the sign that may be written with it."""
        least, sign = {"percent": (Decimal(0), "%"), "days": (Decimal(0), ""), "pounds": (-MOST, "£")}.get(
            self.unit, (-MOST, "")
        )
        return {"least": least, "most": Decimal(100) if self.unit == "percent" else MOST, "sign": sign}

    def words(self, value: Decimal | None) -> str:
        """A value as it is read: "84%", "£1,400", "12 days", "17.5"; empty where there is none."""
        return in_unit(self.unit, value)


def in_unit(unit: str, value: Decimal | str | None) -> str:
    """A value with its unit: "84%", "£1,400", "12 days"; empty where there is none."""
    if value in (None, ""):
        return ""
    figure = f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")
    before, after = {"percent": ("", "%"), "points": ("", " points"), "days": ("", " days"), "pounds": ("£", "")}.get(
        unit, ("", "")
    )
    return f"{before}{figure}{after}"


class Target(Belongs, models.Model):
    """A criterion's aim on a measure: from which baseline, to what."""

    HANGS_ON = "criterion"

    criterion = models.OneToOneField(SuccessCriterion, on_delete=models.CASCADE, related_name="target")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    baseline = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    aim = models.DecimalField(max_digits=10, decimal_places=2)
    cohort = models.PositiveIntegerField(null=True, blank=True)  # of how many pupils the baseline speaks
    by_autumn = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # its path, term by term
    by_spring = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    by_summer = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    approved_baseline = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # as the board
    approved_aim = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # first approved it

    def __str__(self) -> str:
        return f"{self.measure}: {self.measure.words(self.baseline) or 'no baseline'} to {self.measure.words(self.aim)}"


class Reading(Belongs, models.Model):
    """What was read of a measure: of which period, of which pupils, how it was come by, of how many.

    A figure about pupils leaves only through sip.figures: small numbers are hidden from everyone but leaders.
    """

    HANGS_ON = "measure"

    class Period(models.TextChoices):
        AUTUMN = "autumn", "Autumn"
        SPRING = "spring", "Spring"
        SUMMER = "summer", "Summer"
        YEAR = "year", "Whole year"

    class Group(models.TextChoices):
        ALL = "all", "All pupils"
        PP = "pp", "Pupil premium"
        NOT_PP = "not pp", "Not pupil premium"
        SEN_SUPPORT = "sen support", "SEN support"
        EHC = "ehc", "EHC plan"
        NO_SEN = "no sen", "No SEN"
        GIRLS = "girls", "Girls"
        BOYS = "boys", "Boys"
        HIGH = "high", "High prior attainment"
        MIDDLE = "middle", "Middle prior attainment"
        LOW = "low", "Low prior attainment"
        EAL = "eal", "English as an additional language"
        NOT_EAL = "not eal", "English as a first language"
        LOOKED_AFTER = "looked after", "Looked after"

    class Kind(models.TextChoices):
        ACTUAL = "actual", "actual"
        ASSESSMENT = "assessment", "teacher assessment"
        FORECAST = "forecast", "forecast"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=10, choices=Period.choices)
    group = models.CharField(max_length=20, choices=Group.choices, default=Group.ALL)
    year_group = models.CharField(max_length=20, blank=True)  # "Year 6"; empty: as the measure says
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ACTUAL)
    value = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # None: not published
    count = models.PositiveIntegerField(null=True, blank=True)  # how many pupils of the cohort
    cohort = models.PositiveIntegerField(null=True, blank=True)  # of how many pupils it speaks
    waits = models.BooleanField(default=False)  # entered in a review that leaders have not sent: theirs alone till then
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year", "term", "group", "year_group", "kind"], name="reading_once_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(count=None) | models.Q(cohort=None) | models.Q(cohort__gte=models.F("count")),
                name="reading_count_within_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.term}: {self.value}"


class NationalFigure(Belongs, models.Model):
    """The national figure of a measure for a year, and how final it is."""

    HANGS_ON = "measure"

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", "provisional"
        REVISED = "revised", "revised"
        FINAL = "final", "final"
        NOT_PUBLISHED = "not published", "not published this year"

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="national_figures")
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=20, choices=Reading.Group.choices, default=Reading.Group.ALL)
    value = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.FINAL)
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "year", "group"], name="national_figure_once_a_year")]

    def __str__(self) -> str:
        return f"{self.measure}, national, {self.year}: {self.value}"
