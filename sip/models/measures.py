"""What is counted: measures, the aim that a criterion sets on one, and what was read each term."""

from decimal import Decimal

from django.db import models

from foundation.belonging import Belongs
from governance.models import Organisation, Person, Term
from sip.models.objectives import SuccessCriterion

MOST = Decimal(99_999_999)


class Measure(Belongs, models.Model):
    """A thing that an organisation counts for the whole school: in what unit, and which way is better."""

    HANGS_ON = "organisation"

    class Unit(models.TextChoices):
        PERCENT = "percent", "%"
        NUMBER = "number", "a number"
        POINTS = "points", "points"
        DAYS = "days", "days"
        POUNDS = "pounds", "£"

    class Better(models.TextChoices):
        HIGHER = "higher", "higher is better"
        LOWER = "lower", "lower is better"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.PERCENT)
    better = models.CharField(max_length=10, choices=Better.choices, default=Better.HIGHER)

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

    def __str__(self) -> str:
        return f"{self.measure}: {self.measure.words(self.baseline) or 'no baseline'} to {self.measure.words(self.aim)}"


class Reading(Belongs, models.Model):
    """What was read of a measure in a term: one value for the whole school."""

    HANGS_ON = "measure"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=10, choices=Term.Name.choices)
    value = models.DecimalField(max_digits=10, decimal_places=2)
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "year", "term"], name="reading_one_a_term")]

    def __str__(self) -> str:
        return f"{self.measure}, {self.term}: {self.value}"
