"""The plan as the board saw it: frozen, numbered, hashed; and the documents made of it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.frozen import Sealed
from foundation.press import Printed, Printing
from governance.models import Board, Decision, Delegation, Person
from sip.models.plans import Plan


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "VersionQuerySet":
        """The board's side and the leaders: each version. Everyone else who may see the plan: what was approved, and
        what is before the board where the plan itself is shown to them then."""
        return self.of_seen_plans(user).filter(plan__in=Plan.objects.visible_to(user).values("pk"))

    def of_seen_plans(self, user) -> "VersionQuerySet":
        """The same, where this person is known to see the plans."""
        standing = user.standing
        inside = standing.leading_ids | standing.board_side_ids | {seat.organisation for seat in standing.seats}
        agreed = (Decision.Outcome.APPROVED, Decision.Outcome.CONDITIONS)
        seen = any_of(
            Q(plan__organisation__in=inside),
            Q(plan__deciding_board__in=standing.full_board_ids),
            Q(plan__organisation__in=standing.invited_ids),
            Q(plan__organisation__trust__in=standing.whole_trust_ids),
            Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
            Q(plan__organisation__in=Delegation.objects.advised_by(user)),
            Q(items__item__decision__outcome__in=agreed),
            Q(amendments__isnull=False),
        )
        return self.filter(seen).distinct()

    def with_document(self, user) -> "VersionQuerySet":
        """Of plans that this person sees: each with its newest document as `document_made` (pk, pages; None where there
        is none yet), with `job` (the one still being made) and `is_open`: whether this person may open the version."""
        version, as_one = models.OuterRef("pk"), JSONObject(pk="pk", pages="pages")
        made = Document.objects.of_plans().filter(version=version).order_by("-pk").values(as_one=as_one)
        jobs = DocumentJob.objects.of_plans().filter(version=version, document=None).order_by("-pk").values("pk")
        return self.annotate(
            document_made=models.Subquery(made[:1], output_field=models.JSONField()),
            job=models.Subquery(jobs[:1]),
            is_open=models.Exists(Version.objects.of_seen_plans(user).filter(pk=version)),
        )


class Version(Belongs, Sealed):
    """The plan's content frozen as it went to the board."""

    HANGS_ON = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_a_plan")]

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"

    @property
    def plan_words(self) -> dict:
        """The frozen words of the plan itself: its title, its year, whose it is."""
        return next(block["body"] for block in self.record["blocks"] if block["name"] == "plan")

    @property
    def decision(self) -> Decision | None:
        """The decision last taken on it, or on the amendment that gave it; or None."""
        taken = Decision.objects.filter(item__plan_item__version=self, item__plan_item__recommends=False)
        by_amendment = Q(item__amendment_item__amendment__version=self, item__amendment_item__recommends=False)
        return taken.order_by("pk").last() or Decision.objects.filter(by_amendment).order_by("pk").last()


def _open_to(user) -> Q:
    """Of documents and their jobs: a confidential edition is for who reads the plan's confidential parts, a person's
    action sheet for that person and for leaders."""
    seen = Q(version__in=Version.objects.visible_to(user).values("pk"))
    inside = Q(version__plan__in=Plan.objects.confidential_to(user).values("pk"))
    own, led = Q(person=user.standing.person), Q(version__plan__organisation__in=user.standing.leading_ids)
    return seen & (own | (Q(person=None) & (~Q(edition="confidential") | inside)) | (Q(person__isnull=False) & led))


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DocumentQuerySet":
        """Those of the versions this person may see, in the editions and of the people that are theirs to read."""
        return self.filter(_open_to(user))

    def listed(self) -> "DocumentQuerySet":
        """For a list: with the version that a line names, without the bytes."""
        return self.select_related("version", "person").defer("content", "version__content")

    def of_plans(self) -> "DocumentQuerySet":
        """The full plan in the board's edition, which a page leads to before any other."""
        return self.filter(form=Document.Form.PLAN, edition=Document.Edition.BOARD)


class Document(Belongs, Printed):
    """A PDF of a version, as submitted or as decided. Added, never changed: the database refuses."""

    HANGS_ON = "version"

    class Stage(models.TextChoices):
        SUBMITTED = "submitted", "as submitted"
        DECIDED = "decided", "as decided"

    class Form(models.TextChoices):
        PLAN = "plan", "the full plan"
        PAGE = "page", "the plan on a page"
        SHEET = "sheet", "an action sheet"
        TIMELINE = "timeline", "the timeline"

    class Edition(models.TextChoices):
        PUBLIC = "public", "public edition"
        BOARD = "board", "board edition"
        CONFIDENTIAL = "confidential", "confidential edition"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="documents")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.PLAN)
    edition = models.CharField(max_length=12, choices=Edition.choices, default=Edition.BOARD)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # of a sheet

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_stage_display()}"

    @property
    def title(self) -> str:
        """ "The plan, version 2, as decided"; "The plan on a page, version 2, as decided, public edition"."""
        return _title(self)

    @property
    def file_name(self) -> str:
        """ "ashdown-primary-plan-2026-27-version-2-as-decided.pdf"."""
        plan, stage = self.version.plan, self.get_stage_display().replace(" ", "-")
        year = plan.year_in_words.replace("/", "-")
        kind = {"page": "plan-on-a-page", "sheet": f"action-sheet-{self.person_id}"}.get(self.form, self.form)
        edition = "" if self.edition == self.Edition.BOARD else f"-{self.edition}"
        return f"{plan.organisation.slug}-{kind}-{year}-version-{self.version.number}-{stage}{edition}.pdf"


class DocumentJobQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DocumentJobQuerySet":
        """Those of the documents that this person may read when they are made."""
        return self.filter(_open_to(user))

    def of_plans(self) -> "DocumentJobQuerySet":
        """Of the full plan in the board's edition."""
        return self.filter(form=Document.Form.PLAN, edition=Document.Edition.BOARD)


class DocumentJob(Belongs, Printing):
    """A document that is to be made: a row first, claimed by one worker, seen by whoever waits for it."""

    HANGS_ON = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="jobs")
    stage = models.CharField(max_length=10, choices=Document.Stage.choices)
    form = models.CharField(max_length=10, choices=Document.Form.choices, default=Document.Form.PLAN)
    edition = models.CharField(max_length=12, choices=Document.Edition.choices, default=Document.Edition.BOARD)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DocumentJobQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "stage", "form", "edition"],
                condition=Q(person=None),
                name="document_job_once_a_form",
            ),
            models.UniqueConstraint(
                fields=["version", "stage", "person"], condition=~Q(person=None), name="document_job_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_stage_display()}: {self.get_state_display()}"

    @property
    def title(self) -> str:
        """As that of its document."""
        return _title(self)


def _title(row: Document | DocumentJob) -> str:
    of = f"version {row.version.number}, {row.get_stage_display()}"
    if row.form == Document.Form.SHEET:
        return f"Action sheet of {row.person}, {of}"
    edition = "" if row.edition == Document.Edition.BOARD else f", {row.get_edition_display()}"
    names = {Document.Form.PAGE: "The plan on a page", Document.Form.TIMELINE: "The timeline"}
    return f"{names.get(row.form, 'The plan')}, {of}{edition}"
