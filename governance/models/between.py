"""What is decided between meetings: a chair's action in urgency, reported at the next meeting."""

from django.db import models

from foundation.belonging import Belongs
from governance.models.meetings import AgendaItem
from governance.models.organisations import Board
from governance.models.people import Person


class ChairsActionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ChairsActionQuerySet":
        """Those of the boards whose meetings this person may see."""
        return self.filter(board__in=Board.objects.showing_meetings_to(user).values("pk"))


class ChairsAction(Belongs, models.Model):
    """What the chair did for the board because it could not wait, with the two tests of the law.

    Regulation 8 of the School Governance (Roles, Procedures and Allowances) (England) Regulations 2013: it is not
    reasonably practicable to meet in time, and delay is likely to be seriously detrimental to the school, a pupil, a
    parent or a member of staff.
    """

    HANGS_ON = "board"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="chairs_actions")
    what = models.TextField()
    cannot_wait = models.TextField()  # why the board could not meet in time
    detriment = models.TextField()  # what delay would do, to whom
    consulted = models.CharField(max_length=200, blank=True)
    chair_away = models.CharField(max_length=200, blank=True)  # why the vice chair acted: the chair could not
    taken_on = models.DateField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reported_at = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ChairsActionQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-pk"]

    def __str__(self) -> str:
        return f"Chair’s action of {self.taken_on.day} {self.taken_on:%B %Y}"
