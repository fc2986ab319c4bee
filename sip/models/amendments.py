"""A change to the content of an approved plan: drafted beside the version in force, shown as a difference, made."""

from django.db import models
from django.db.models import F, Q

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from governance.models import AgendaItem, Board, ChairsAction, Decision, Delegation, Person
from sip.models.objectives import Action, Milestone, Objective, SuccessCriterion
from sip.models.plans import Plan
from sip.models.versions import Version


class AmendmentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AmendmentQuerySet":
        """Leaders: each. The board's side, and whoever else sees what is before the board: from the day it was put
        there, and what was made. Everyone else who may see the plan: what was made."""
        return self.of_seen_plans(user).filter(plan__in=Plan.objects.visible_to(user).values("pk"))

    def of_seen_plans(self, user) -> "AmendmentQuerySet":
        """The same, where this person is known to see the plans."""
        standing = user.standing
        close = any_of(
            Q(plan__organisation__in=standing.board_side_ids | {seat.organisation for seat in standing.seats}),
            Q(plan__deciding_board__in=standing.full_board_ids),
            Q(plan__organisation__in=standing.invited_ids),
            Q(plan__organisation__trust__in=standing.whole_trust_ids),
            Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
            Q(plan__organisation__in=Delegation.objects.to_boards_of(user, Delegation.Decides.AMENDMENTS)),
        )
        seen = any_of(
            Q(plan__organisation__in=standing.leading_ids),
            Q(state=Amendment.State.MADE),
            close & Q(put_at__isnull=False) & ~Q(state=Amendment.State.DRAFTING),
        )
        return self.filter(seen)


class Amendment(Belongs, Advancing, models.Model):
    """What leaders would change in a plan that is in force, and why. Minor: made, and the board is told. Material: the
    board decides; agreed, it gives the next version."""

    HANGS_ON = "plan"

    class State(models.TextChoices):
        DRAFTING = "drafting", "leaders are drafting it"
        WITH_THE_BOARD = "with the board", "with the board"
        MADE = "made", "made"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Weight(models.TextChoices):
        MINOR = "minor", "minor: the board is told"
        MATERIAL = "material", "material: the board decides"

    TRANSITIONS = {
        State.DRAFTING: {State.WITH_THE_BOARD, State.MADE, State.WITHDRAWN},
        State.WITH_THE_BOARD: {State.MADE, State.DECLINED, State.DRAFTING},
    }

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()  # of those of the plan
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFTING)
    weight = models.CharField(max_length=10, choices=Weight.choices, blank=True)  # proposed from what changes
    weight_why = models.CharField(max_length=300, blank=True)  # where leaders made a minor one material
    reason = models.TextField(blank=True)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    put_at = models.DateTimeField(null=True, blank=True)  # before the board
    ended_at = models.DateTimeField(null=True, blank=True)  # made, declined or withdrawn
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments")
    chairs_action = models.ForeignKey(
        ChairsAction, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )  # by which it was made in urgency
    revision = models.PositiveIntegerField(default=1)  # finds two people editing at once

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=["drafting", "with the board"]), name="amendment_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.number} to the {self.plan}"

    @property
    def is_under_way(self) -> bool:
        """Whether leaders draft it, or the board has it."""
        return self.state in (self.State.DRAFTING, self.State.WITH_THE_BOARD)

    @property
    def decision(self) -> Decision | None:
        """What the board that decides said of it last, or None."""
        taken = Decision.objects.filter(item__amendment_item__amendment=self, item__amendment_item__recommends=False)
        return taken.select_related("item__meeting__board").order_by("pk").last()

    def claim_revision(self, revision: int) -> bool:
        """Take the next revision if nobody has meanwhile: the referee between two people who save."""
        claimed = type(self).objects.filter(pk=self.pk, revision=revision).update(revision=F("revision") + 1)
        if claimed:
            self.revision = revision + 1
        return bool(claimed)


class Change(Belongs, models.Model):
    """One line of an amendment: what it changes, from what to what. `before` and `after` are plain values as JSON: days
    as 2027-02-12, amounts and figures as their digits, people as their numbers. An added part has its words in `after`,
    by name, and stands on what it is added to until the amendment is made; then it names the new row."""

    HANGS_ON = "amendment"

    class Kind(models.TextChoices):
        WORD = "word", "other words"
        DATE = "date", "another date"
        TARGET = "target", "another target"
        OWNER = "owner", "another owner"
        COST = "cost", "another cost"
        ADD = "add", "added"
        STOP = "stop", "stopped"

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="changes")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="changes")
    criterion = models.ForeignKey(
        SuccessCriterion, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="changes")
    field = models.CharField(max_length=40, blank=True)  # of the part that it changes; of an added one, which part
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.before} → {self.after}"


class AmendmentItem(models.Model):
    """An agenda item's subject: the amendment that the board decides on."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="amendment_item")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="items")
    recommends = models.BooleanField(default=False)  # before a board that advises the one that decides

    class Meta:
        ordering = ["item__meeting__day", "pk"]

    def __str__(self) -> str:
        return f"{self.amendment}: {self.item}"


class Replanned(Belongs, models.Model):
    """What leaders moved of an action without ceremony: to another owner, or to another day within its term. The old
    one stays in sight, with why and by whom."""

    HANGS_ON = "action"

    class Field(models.TextChoices):
        DUE_ON = "due_on", "by when"
        OWNER = "owner", "who"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="replanned")
    field = models.CharField(max_length=10, choices=Field.choices)
    before = models.JSONField(null=True, blank=True)  # as with a line of an amendment
    after = models.JSONField(null=True, blank=True)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_field_display()}"
