"""Inspections: when, under which framework, which grade each area was given, and what was to improve."""

from django.db import models
from django.db.models import F, Q

from foundation import clock
from foundation.belonging import Belongs
from governance.models.organisations import Organisation


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "InspectionQuerySet":
        """Those of the organisations this person may see. What an inspection found is public."""
        return self.filter(organisation__in=Organisation.objects.showing_plans_to(user).values("pk"))


class Inspection(Belongs, models.Model):
    """One inspection. Its framework and areas are codes of governance.frameworks; grades of different frameworks are
    never compared."""

    HANGS_ON = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspections")
    framework = models.CharField(max_length=20)
    kind = models.CharField(max_length=80, blank=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    report_url = models.URLField(max_length=300, blank=True)
    to_improve = models.TextField(blank=True)  # its areas for improvement, one a line
    added_on = models.DateField(default=clock.today)
    revision = models.PositiveIntegerField(default=1)  # finds two people correcting at once

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-began_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="inspection_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"Inspection of {self.began_on.day} {self.began_on:%B %Y}"

    def claim_revision(self, revision: int) -> bool:
        """Take the next revision if nobody has meanwhile: the referee between two people who correct."""
        claimed = type(self).objects.filter(pk=self.pk, revision=revision).update(revision=F("revision") + 1)
        if claimed:
            self.revision = revision + 1
        return bool(claimed)


class AreaGrade(models.Model):
    """The grade that one area was given, as codes of the inspection's framework."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="grades")
    area = models.CharField(max_length=20)
    grade = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "area"], name="grade_one_an_area")]

    def __str__(self) -> str:
        return f"{self.area}: {self.grade}"
