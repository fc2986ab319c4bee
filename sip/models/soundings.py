"""How the plan is read before the decision: who has looked at which version, and where each member stands."""

from django.db import models
from django.db.models import Q

from foundation.belonging import Belongs
from foundation.conditions import any_of
from governance.models import Board, Person, Seat
from sip.models.versions import Version


class LookQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LookQuerySet":
        """One's own; to the board's side and the leaders of a version that they see each, to be counted."""
        standing, seen = user.standing, Version.objects.visible_to(user).values("pk")
        near = standing.leading_ids | standing.board_side_ids
        counted = Q(version__plan__organisation__in=near), Q(version__plan__deciding_board__in=_boards_of(user))
        return self.filter(any_of(Q(person=standing.person), *counted), version__in=seen)


class SoundingQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SoundingQuerySet":
        """One's own; to the members of the board that decides and to its clerk each. Leaders who have a seat there see
        their own alone; advisers and inspectors none."""
        standing, seen = user.standing, Version.objects.visible_to(user).values("pk")
        side = Q(version__plan__deciding_board__in=_boards_of(user))
        beside = side & ~Q(version__plan__organisation__in=standing.leading_ids)
        return self.filter(any_of(Q(person=standing.person), beside), version__in=seen)


def _boards_of(user) -> set[int]:
    """The boards on which this person sits as a member, and those that this person clerks."""
    standing = user.standing
    sits = {seat.board for seat in standing.seats if seat.position != Seat.Position.ASSOCIATE}
    return sits | {row["pk"] for row in Board.objects.clerked_by(user)}


class Look(Belongs, models.Model):
    """That a person has read a version, as they said themselves, and when last."""

    HANGS_ON = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="looks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    objects = LookQuerySet.as_manager()

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

    objects = SoundingQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="sounding_once_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_stand_display()}"
