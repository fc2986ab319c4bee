"""The other papers of the year: frozen as they were asked for, then printed and stored."""

from django.db import models

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.frozen import Sealed
from foundation.press import Printed, Printing
from governance.models import Board, Meeting, Person
from monitoring.models.visits import Visit
from sip.models import Plan


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PaperQuerySet":
        """Those that this person may read."""
        return self.filter(_open_to(user))


def _open_to(user) -> models.Q:
    """The board’s side and leaders of the plan; a committee’s its members too; of a visit whoever may read that."""
    standing, kind = user.standing, FrozenPaper.Kind
    inside = any_of(
        models.Q(plan__organisation__in=standing.leading_ids | standing.board_side_ids),
        models.Q(plan__deciding_board__in=standing.full_board_ids),
        models.Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
        models.Q(plan__organisation__trust__in=standing.whole_trust_ids),
    )
    of_visits = models.Q(kind=kind.VISIT, visit__in=Visit.objects.to_read(user).values("pk"))
    of_board = models.Q(kind=kind.COMMITTEE, board__in=standing.board_ids)
    return any_of(of_visits, of_board, inside & ~models.Q(kind=kind.VISIT))


class FrozenPaper(Belongs, Sealed):
    """What a paper says, frozen when it was asked for."""

    HANGS_ON = "plan"

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "Committee paper"
        VISIT = "visit", "Visit report"
        CHALLENGE = "challenge", "Challenge log"
        CLOSE = "close", "The year’s close"
        EVIDENCE = "evidence", "Governance evidence pack"
        EVIDENCE_3 = "evidence-3", "Governance evidence pack, three years"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="papers")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.plan}"


class PrintedPaperQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PrintedPaperQuerySet":
        """Those of the papers this person may read."""
        return self.filter(paper__in=FrozenPaper.objects.visible_to(user).values("pk"))


class PrintedPaper(Belongs, Printed):
    """The PDF of a paper. Added, never changed: the database refuses."""

    HANGS_ON = "paper"

    paper = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="prints")

    objects = PrintedPaperQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return str(self.paper)

    @property
    def file_name(self) -> str:
        """ "ashdown-primary-challenge-2026-27-2026-12-02.pdf"."""
        paper = self.paper
        year = paper.plan.year_in_words.replace("/", "-")
        return f"{paper.plan.organisation.slug}-{paper.kind}-{year}-{paper.frozen_at:%Y-%m-%d}.pdf"


class PaperJobQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PaperJobQuerySet":
        return self.filter(paper__in=FrozenPaper.objects.visible_to(user).values("pk"))


class PaperJob(Belongs, Printing):
    """That the PDF of a paper is to be made."""

    HANGS_ON = "paper"

    paper = models.OneToOneField(FrozenPaper, on_delete=models.PROTECT, related_name="job")
    document = models.ForeignKey(PrintedPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PaperJobQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_state_display()}"
