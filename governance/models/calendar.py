"""The terms of the academic year."""

from django.db import models
from django.db.models import F, Q

from foundation.belonging import Belongs
from governance import years
from governance.models.organisations import Organisation


class Term(Belongs, models.Model):
    """One of an organisation's three terms, with its half-term holiday. All days are the first and last that count."""

    HANGS_ON = "organisation"

    class Name(models.TextChoices):
        AUTUMN = "autumn", "Autumn"
        SPRING = "spring", "Spring"
        SUMMER = "summer", "Summer"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="terms")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=10, choices=Name.choices)
    starts = models.DateField()
    half_term_starts = models.DateField()
    half_term_ends = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "name"], name="term_once_a_year"),
            models.CheckConstraint(
                condition=Q(starts__lt=F("half_term_starts"))
                & Q(half_term_starts__lte=F("half_term_ends"))
                & Q(half_term_ends__lt=F("ends")),
                name="term_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} term {years.written(self.year)}"
