"""How the plan is read before the decision: who has looked at which version, and where each member stands."""

from django.db import models

from foundation.belonging import Belongs
from governance.models import Person
from sip.models.versions import Version


class Look(Belongs, models.Model):
    """That a person has read a version, as they said themselves, and when last."""

    HANGS_ON = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="looks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="look_once_a_version")]

    def __str__(self) -> str:
        return f"{self.person} read {self.version}"


class Sounding(Belongs, models.Model):
    """Where a member stands before the meeting. Not a vote: the board decides at its meeting."""

    HANGS_ON = "version"

    class Stand(models.TextChoices):
        READY = "ready", "ready to approve"
        READY_IF = "ready if", "ready if …"
        NOT_READY = "not ready", "not ready"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="soundings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stand = models.CharField(max_length=10, choices=Stand.choices)
    words = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="sounding_once_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_stand_display()}"
