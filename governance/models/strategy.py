"""The board's strategy for three to five years, and the priorities that each year's plan serves."""

from django.db import models
from django.db.models import F, Q

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from governance import years
from governance.models.organisations import Organisation


class StrategyQuerySet(models.QuerySet):
    def visible_to(self, user) -> "StrategyQuerySet":
        """An adopted strategy: everyone of the organisation, and its trust. One being written: the board's side, the
        clerk and the leaders."""
        standing = user.standing
        inside = Q(organisation__in=standing.board_side_ids | standing.leading_ids)
        adopted = Q(organisation__in=Organisation.objects.visible_to(user)) & ~Q(state=Strategy.State.DRAFT)
        return self.filter(
            any_of(inside, adopted, Q(organisation__in=standing.parent_trust_ids, state=Strategy.State.ADOPTED))
        )


class Strategy(Belongs, Advancing, models.Model):
    """Vision and priorities. Written by the board's side, adopted by a Decision; a later one supersedes it."""

    HANGS_ON = "organisation"

    class State(models.TextChoices):
        DRAFT = "draft", "being written"
        ADOPTED = "adopted", "adopted"
        SUPERSEDED = "superseded", "superseded"

    TRANSITIONS = {State.DRAFT: {State.ADOPTED}, State.ADOPTED: {State.SUPERSEDED}}

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="strategies")
    title = models.CharField(max_length=120)
    vision = models.TextField(blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-first_year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year") + 2) & Q(last_year__lte=F("first_year") + 4),
                name="strategy_for_three_to_five_years",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="adopted"), name="strategy_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> str:
        """ "2025/26 to 2028/29"."""
        return f"{years.written(self.first_year)} to {years.written(self.last_year)}"


class PriorityQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PriorityQuerySet":
        """The priorities of the strategies this person may see."""
        return self.filter(strategy__in=Strategy.objects.visible_to(user))


class Priority(Belongs, models.Model):
    """What the strategy puts first: where we are, where we want to be, how we'll know."""

    HANGS_ON = "strategy"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="priorities")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    where_we_are = models.TextField(blank=True)
    where_we_want_to_be = models.TextField(blank=True)
    how_we_will_know = models.TextField(blank=True)

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
