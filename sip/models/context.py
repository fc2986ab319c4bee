"""The context of a plan: who the pupils are, how the school does, what it has to spend; in words and budgets.

Its figures are readings of measures (sip.models.measures)."""

from django.db import models
from django.db.models import Q

from foundation.belonging import Belongs
from sip.models.plans import Plan


class ContextText(Belongs, models.Model):
    """A part of the context that is prose."""

    HANGS_ON = "plan"

    class Kind(models.TextChoices):
        PUPILS = "pupils", "Our pupils and where they come from"
        CHANGING = "changing", "What is rising and what is falling"
        KEY_ACTIONS = "key actions", "Key actions from the last inspection"
        FROM_DATA = "from data", "Areas to improve, from the data"
        FROM_QUALITY = "from quality assurance", "Areas to improve, from our own quality assurance"
        LAST_YEAR = "last year", "Last year’s results in words"
        BUDGET = "budget", "Budget"
        STAFFING = "staffing", "Key staffing issues"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="context_texts")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="context_text_once_a_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class BudgetLine(Belongs, models.Model):
    """Money given to the plan from one source."""

    HANGS_ON = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="budget_lines")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=80)  # as the actions name it: "Pupil premium", "Training"
    amount = models.DecimalField(max_digits=10, decimal_places=2)  # pounds

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "source"], name="budget_line_once_a_source"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
        ]

    def __str__(self) -> str:
        return self.source


class BlockVisibilityQuerySet(models.QuerySet):
    def visible_to(self, user) -> "BlockVisibilityQuerySet":
        """Those of the plans this person may see."""
        return self.filter(plan__in=Plan.objects.visible_to(user).values("pk"))

    def confidential(self) -> "BlockVisibilityQuerySet":
        """Of parts that are for the board and leaders alone."""
        return self.filter(shown_to=BlockVisibility.For.CONFIDENTIAL)

    def closed_to(self, user) -> "BlockVisibilityQuerySet":
        """Of confidential parts that this person does not read."""
        return self.confidential().exclude(plan__in=Plan.objects.confidential_to(user).values("pk"))


class BlockVisibility(Belongs, models.Model):
    """Who a block of the plan is for, where that is other than usual for its kind (sip.editions)."""

    HANGS_ON = "plan"

    class For(models.TextChoices):
        PUBLIC = "public", "everyone"
        BOARD = "board", "the board and the school"
        CONFIDENTIAL = "confidential", "the board and leaders alone (part II)"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="visibilities")
    block = models.CharField(max_length=60)  # its name in sip.versions: "actions:12", "context:staffing"
    shown_to = models.CharField(max_length=12, choices=For.choices)

    objects = BlockVisibilityQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "block"], name="visibility_once_a_block")]

    def __str__(self) -> str:
        return f"{self.block}: {self.shown_to}"
