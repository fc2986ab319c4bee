"""What leaders ask the board to change once it has agreed the objectives, and what it answered."""

from django.db import models
from django.db.models import Q

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from governance.models import Board, Person, Priority
from sip.models.objectives import Objective
from sip.models.plans import Plan


class ChangeRequestQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ChangeRequestQuerySet":
        """Those of the plans that this person drafts, or decides on."""
        standing = user.standing
        return self.filter(
            any_of(
                Q(plan__organisation__in=standing.leading_ids | standing.board_side_ids),
                Q(plan__deciding_board__in=standing.full_board_ids),
                Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
            )
        )


class ChangeRequest(Belongs, Advancing, models.Model):
    """Leaders ask the board to change an objective that it has agreed: its words, its baseline; or for another one.
    What they would have stands here until the board agrees; then it is taken over as it stands."""

    HANGS_ON = "plan"

    class Kind(models.TextChoices):
        WORDS = "words", "other words"
        BASELINE = "baseline", "another baseline"
        ANOTHER = "another", "another objective"

    class State(models.TextChoices):
        OPEN = "open", "waiting for the board"
        AGREED = "agreed", "agreed"
        DECLINED = "declined", "declined"

    TRANSITIONS = {State.OPEN: {State.AGREED, State.DECLINED}}

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="change_requests")
    objective = models.ForeignKey(
        Objective, on_delete=models.CASCADE, null=True, blank=True, related_name="change_requests"
    )  # of another objective: the one it became
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORDS)
    text = models.TextField()  # what should change, and why
    title = models.CharField(max_length=120, blank=True)  # this and the next three: of another objective
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    where_to = models.TextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    where_now = models.TextField(blank=True)  # of another objective, or the new baseline; empty: as it was
    figure_now = models.CharField(max_length=20, blank=True)
    figure_aim = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="another") | Q(objective__isnull=False), name="request_changes_an_objective"
            ),
            models.CheckConstraint(condition=~Q(kind="another") | ~Q(title=""), name="request_names_another"),
        ]

    def __str__(self) -> str:
        return f"Request to change “{self.subject}”"

    @property
    def subject(self) -> str:
        """The objective that it is about, or the one that is asked for."""
        return self.title or str(self.objective)

    @property
    def baseline(self) -> list[tuple[str, str]]:
        """The new figures and words that were typed, each with its name."""
        named = (("Now", self.figure_now), ("Aim", self.figure_aim), ("Where we are now", self.where_now))
        return [(name, words) for name, words in named if words]
