"""What a meeting gave somebody to do, and what became of it."""

from django.db import models

from foundation import clock
from foundation.belonging import Belongs
from governance.models.meetings import AgendaItem, Meeting
from governance.models.people import Person
from governance.permissions import Part


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user) -> "FollowUpQuerySet":
        """Those of the items this person may read, and their own."""
        items = AgendaItem.objects.readable_by(user).values("pk")
        return self.filter(models.Q(item__in=items) | models.Q(owner=user.standing.person))

    def open(self) -> "FollowUpQuerySet":
        """Not done yet, the first due first."""
        return self.filter(done_on=None).order_by("due_on", "pk")


class FollowUp(Belongs, models.Model):
    """An action of a meeting: what, who, by when; recorded at an item as the board asks for it."""

    HANGS_ON = "item"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="follow_ups")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def meeting(self) -> Meeting:
        return self.item.meeting

    def parts_of(self, user) -> set[Part]:
        """As at the meeting; and whoever is to do it owns it, whether they see the meeting or not."""
        parts = super().parts_of(user)
        return parts | {Part.OWNER} if self.owner_id == user.standing.person else parts

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < clock.today()
