"""What every kept PDF has in common, and the row that says that one is to be made."""

from django.db import models


class Printed(models.Model):
    """A PDF as it was made. Added, never changed: its table is frozen (foundation.frozen)."""

    made_at = models.DateTimeField()
    pages = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        abstract = True


class Printing(models.Model):
    """That a PDF is to be made: waiting, claimed by a worker, done, or given up with a sentence that says why.

    A model of this kind adds what is to be printed, and `document`, a nullable key to the PDF that came of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for its turn"
        WORKING = "working", "being made"
        DONE = "done", "ready"
        FAILED = "failed", "could not be made"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
