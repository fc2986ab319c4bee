"""What was sent to whom about what: never twice."""

from django.db import models

from foundation.belonging import Belongs
from foundation.outbox import OutgoingMail
from governance.models import Organisation, Person


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReminderQuerySet":
        """Those about the organisations that this person clerks."""
        return self.filter(organisation__in=user.standing.clerk_ids)


class Reminder(Belongs, models.Model):
    """One thing that one person was reminded of on one day; the day's things went in one mail."""

    HANGS_ON = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminders")
    key = models.CharField(max_length=200)  # what about, and for the how manieth time: "soon", "last", "late"
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    day = models.DateField()
    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="reminders")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "person__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"
