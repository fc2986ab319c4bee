"""What belongs to a draft alone: advice that leaders put aside, and what an objective was before its last save."""

from django.db import models

from foundation.belonging import Belongs
from governance.models import Person
from sip.models.objectives import Objective
from sip.models.plans import Plan


class AdviceDismissed(Belongs, models.Model):
    """Advice on a draft that leaders do not want to see again this year."""

    HANGS_ON = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="advice_dismissed")
    key = models.CharField(max_length=80)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="advice_dismissed_once")]

    def __str__(self) -> str:
        return self.key


class SavedBefore(Belongs, models.Model):
    """What leaders had written for an objective before it was last saved, so that one step can be undone."""

    HANGS_ON = "objective"

    objective = models.OneToOneField(Objective, on_delete=models.CASCADE, related_name="saved_before")
    revision = models.PositiveIntegerField()  # of the objective after that save: another one means it cannot be undone
    rows = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.objective} before revision {self.revision}"
