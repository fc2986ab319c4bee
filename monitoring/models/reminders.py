"""What was sent to whom about what: never twice. And how far a day's round has got."""

from django.db import models

from foundation.belonging import Belongs
from foundation.outbox import OutgoingMail
from governance.models import Organisation, Person

_WRONG = (OutgoingMail.State.FAILED, OutgoingMail.State.IN_DOUBT)


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReminderQuerySet":
        """Those about the organisations that this person clerks."""
        return self.filter(organisation__in=user.standing.clerk_ids)

    def gone_wrong(self) -> "ReminderQuerySet":
        """Those whose mail somebody should look after."""
        return self.filter(mail__state__in=_WRONG)


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

    @property
    def mail_in_words(self) -> str:
        """What became of the mail, and what to do where it did not go its way."""
        mail, state = self.mail, OutgoingMail.State
        if mail.state == state.FAILED:
            return "could not be sent. Look whether the address is right, and tell the person."
        if mail.state == state.IN_DOUBT:
            return "in doubt: it may have arrived. Ask the person; it is not sent again."
        if mail.state == state.WAITING:
            return "waiting: the mail server did not take it, and it is tried again" if mail.tries else "waiting"
        return mail.get_state_display()

    @property
    def went_wrong(self) -> bool:
        """Whether somebody should look after the mail."""
        return self.mail.state in _WRONG


class ReminderRound(models.Model):
    """The round of one day: by the people's keys, how far it has got, so that whoever goes on begins there."""

    day = models.DateField(unique=True)
    reached = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {'ended' if self.ended_at else f'as far as {self.reached}'}"
