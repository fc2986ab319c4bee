"""What is on the table when objectives are set: a year's evidence pack, and the areas for improvement seen in it."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.uploads import Uploaded
from governance import years
from governance.models import AgendaItem, Board, Decision, Delegation, Organisation, Person
from governance.permissions import Part
from sip.models.objectives import Action, Mark, Milestone, Objective
from sip.models.plans import Plan


class EvidencePackQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EvidencePackQuerySet":
        """Leaders and the board’s side of the organisation; the board that agrees its objectives, and its clerk."""
        standing = user.standing
        inside = standing.leading_ids | standing.board_side_ids
        agreeing = Delegation.objects.filter(
            any_of(Q(board__in=standing.full_board_ids), Q(board__in=Board.objects.clerked_by(user))),
            decision=Delegation.Decides.OBJECTIVES,
            does=Delegation.Does.DECIDES,
        )
        return self.filter(Q(organisation__in=inside) | Q(organisation__in=agreeing.values("organisation")))

    def to_read(self, user) -> "EvidencePackQuerySet":
        """The same, each with the organisation that its page names, in one query."""
        return self.visible_to(user).select_related("organisation")


class EvidencePack(Belongs, models.Model):
    """The evidence on which the objectives of one year are set. `year` is that of the plan to come."""

    HANGS_ON = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="evidence_packs")
    year = models.PositiveSmallIntegerField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="evidence_pack_one_a_year")]

    def __str__(self) -> str:
        return f"Evidence for {years.written(self.year)}"

    @property
    def year_in_words(self) -> str:
        return years.written(self.year)

    @cached_property
    def agreeing_board(self) -> Board | None:
        """The board that agrees the objectives, and so meets with leaders on the evidence."""
        return self.organisation.deciding_board(Delegation.Decides.OBJECTIVES)

    @property
    def was_discussed(self) -> bool:
        """Whether a board has met with leaders on it."""
        return self.items.filter(item__decision__outcome=Decision.Outcome.NOTED).exists()

    def parts_of(self, user) -> set[Part]:
        """As on a plan on which that board decides."""
        return (self._as_plan or self.organisation).parts_of(user)

    @cached_property
    def _as_plan(self) -> Plan | None:
        board = self.agreeing_board
        return Plan(organisation=self.organisation, year=self.year, deciding_board=board) if board else None


class OfAPack(models.QuerySet):
    """Rows that hang on a pack."""

    def visible_to(self, user) -> "OfAPack":
        """Those of the packs this person may see, with what their pages name, in one query."""
        seen = EvidencePack.objects.visible_to(user).values("pk")
        return self.filter(pack__in=seen).select_related("pack__organisation")


class EvidencePart(Belongs, models.Model):
    """One kind of evidence: a note, files, or both; gathered, or marked as not needed with the reason."""

    HANGS_ON = "pack"

    class Kind(models.TextChoices):
        PUPILS = "pupils", "Pupil performance"
        FINANCE = "finance", "Finance"
        STAFF = "staff", "Staff survey"
        PARENTS = "parents", "Parent survey"
        PUPIL_VOICE = "pupil voice", "Pupil survey"
        EARLIER = "earlier plans", "Earlier plans and what came of them"
        SELF_EVALUATION = "self-evaluation", "Self-evaluation"
        INSPECTION = "inspection", "Last inspection"

    class State(models.TextChoices):
        WANTED = "wanted", "still to gather"
        COMPLETE = "complete", "complete"
        NOT_NEEDED = "not needed", "not needed"

    pack = models.ForeignKey(EvidencePack, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WANTED)
    why_not_needed = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # finds two people editing at once

    objects = OfAPack.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "kind"], name="evidence_part_once_a_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_there(self) -> bool:
        """Whether it is gathered, or need not be."""
        return self.state != self.State.WANTED

    def claim_revision(self, revision: int) -> bool:
        """Take the next revision if nobody has meanwhile: the referee between two people who save."""
        return _claimed(self, revision)


class EvidenceFileQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EvidenceFileQuerySet":
        """Those of the packs this person may see."""
        seen = EvidencePack.objects.visible_to(user).values("pk")
        return self.filter(part__pack__in=seen).select_related("part__pack__organisation")


class EvidenceFile(Belongs, Uploaded):
    """A file of the evidence."""

    HANGS_ON = "part"

    part = models.ForeignKey(EvidencePart, on_delete=models.CASCADE, related_name="files")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]


class KeyArea(Belongs, models.Model):
    """An area for improvement that the board and its leaders see in the evidence. Objectives are proposed from it."""

    HANGS_ON = "pack"

    pack = models.ForeignKey(EvidencePack, on_delete=models.CASCADE, related_name="key_areas")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)  # finds two people editing at once

    objects = OfAPack.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def claim_revision(self, revision: int) -> bool:
        """Take the next revision if nobody has meanwhile: the referee between two people who save."""
        return _claimed(self, revision)


class UnfinishedQuerySet(models.QuerySet):
    def visible_to(self, user) -> "UnfinishedQuerySet":
        """Those of the packs this person may see; what is for the board and leaders alone, only who reads that."""
        seen = EvidencePack.objects.visible_to(user).values("pk")
        inner = Plan.objects.confidential_to(user).values("pk")
        return self.filter(Q(is_confidential=False) | Q(objective__plan__in=inner), pack__in=seen)


class Unfinished(Belongs, models.Model):
    """A milestone or an action that the plan of the year before left unfinished, with its history, as its closing wrote
    it down. Days are words: the record stays when the rows go on."""

    HANGS_ON = "pack"

    pack = models.ForeignKey(EvidencePack, on_delete=models.CASCADE, related_name="unfinished")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="unfinished")  # of the closed plan
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=400)
    owner = models.CharField(max_length=120, blank=True)  # of an action
    due = models.CharField(max_length=40)  # "summer term", "16 July 2026"
    earlier_due = models.JSONField(default=list)  # the days it was moved from, each with why: {"was", "why"}
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)  # its last rating; of an action none
    rated_in = models.CharField(max_length=40, blank=True)  # the review of that rating
    why = models.CharField(max_length=400, blank=True)  # what leaders said of it last
    is_confidential = models.BooleanField(default=False)  # for the board and leaders alone

    objects = UnfinishedQuerySet.as_manager()

    class Meta:
        ordering = ["objective__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(milestone=None, action__isnull=False) | Q(milestone__isnull=False, action=None),
                name="unfinished_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class EvidenceItem(models.Model):
    """An agenda item's subject: the evidence for a year's objectives."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="evidence_item")
    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="items")

    def __str__(self) -> str:
        return f"{self.pack}: {self.item}"


def _claimed(row: EvidencePart | KeyArea, revision: int) -> bool:
    claimed = type(row).objects.filter(pk=row.pk, revision=revision).update(revision=F("revision") + 1)
    if claimed:
        row.revision = revision + 1
    return bool(claimed)
