"""What leaders say in a review: of a milestone, of a whole objective; whom they ask; what the marks mean."""

from django.db import models
from django.db.models import Q

from foundation.belonging import Belongs
from foundation.conditions import any_of
from governance.models import Organisation, Person
from governance.permissions import Part
from monitoring.models.reviews import Review
from sip.models import Mark, Milestone, Objective


class Rating(models.Model):
    """What leaders say of one milestone in one review: the mark, why, and what follows from it."""

    class Evidence(models.TextChoices):
        DATA = "data", "Data"
        HEARD = "heard", "Heard"
        SEEN = "seen", "Seen"
        EXTERNAL = "external", "From outside"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="ratings")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="ratings")
    mark = models.CharField(max_length=10, choices=Mark.choices)
    why = models.CharField(max_length=400)
    next_step = models.CharField(max_length=300, blank=True)  # what next: of red always
    next_by = models.DateField(null=True, blank=True)
    evidence = models.JSONField(default=list)  # kinds; of green at least one
    evidence_named = models.CharField(max_length=300, blank=True)  # which data, who was heard, what was seen
    is_unchanged = models.BooleanField(default=False)  # "no change", in one tap
    rated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # who is away, and for whom it was entered
    rated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)  # finds two leaders on one milestone

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "milestone"], name="rating_one_a_review"),
            models.CheckConstraint(
                condition=~Q(mark="red") | (~Q(next_step="") & Q(next_by__isnull=False)),
                name="rating_red_says_what_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.get_mark_display()}"

    @property
    def evidence_in_words(self) -> str:
        """ "data, from outside"."""
        return ", ".join(label.lower() for kind, label in self.Evidence.choices if kind in self.evidence)


class HandedOnQuerySet(models.QuerySet):
    def visible_to(self, user) -> "HandedOnQuerySet":
        """Those handed to this person, as long as leaders are rating; and to leaders, and to whoever leads the
        objective, theirs."""
        standing = user.standing
        mine = Q(to=standing.person, review__state=Review.State.OPEN)
        leading = Q(review__plan__organisation__in=standing.leading_ids)
        return self.filter(any_of(mine, leading, Q(milestone__criterion__objective__lead=standing.person)))

    def to_rate(self, user) -> "HandedOnQuerySet":
        """Those handed to this person, each with all that its page says, in one query."""
        objective = "milestone__criterion__objective"
        of = (
            "review__plan__organisation__trust",
            "review__plan__organisation__rating_words",
            f"{objective}__lead",
            "by",
        )
        rows = self.filter(to=user.person_id, review__state=Review.State.OPEN)
        return rows.select_related(*of, "milestone__criterion__target__measure", f"{objective}__plan__organisation")


class HandedOn(Belongs, models.Model):
    """A milestone of a review that a colleague is asked to rate, this once."""

    HANGS_ON = "review"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="handed_on")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="handed_on")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handed_to_me")
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = HandedOnQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "milestone"], name="handed_on_once_a_review")]

    def __str__(self) -> str:
        return f"{self.milestone} to {self.to}"

    def parts_of(self, user) -> set[Part]:
        """As on the milestone, and: the colleague who is asked."""
        asked = {Part.HANDED} if self.to_id == user.standing.person else set()
        return self.milestone.parts_of(user) | asked


class Summary(models.Model):
    """What leaders say of a whole objective in one review; a mark of its own where they do not take the worst."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="summaries")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="summaries")
    words = models.TextField(blank=True)
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)  # empty: the worst of those due
    why = models.CharField(max_length=300, blank=True)  # of a mark of its own
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "objective"], name="summary_one_a_review"),
            models.CheckConstraint(condition=Q(mark="") | ~Q(why=""), name="summary_own_mark_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.objective}: {self.words[:40]}"


class RatingWords(Belongs, models.Model):
    """What the ratings mean in one organisation, in its own words. Without a row the usual words hold."""

    HANGS_ON = "organisation"

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="rating_words")
    red = models.CharField(max_length=200)
    amber = models.CharField(max_length=200)
    green = models.CharField(max_length=200)
    blue = models.CharField(max_length=200, blank=True)
    uses_blue = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Ratings of {self.organisation}"
