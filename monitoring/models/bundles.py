"""The papers of a meeting as one PDF: part I for everyone who is called to it, part II for those who may read that."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.belonging import Belongs
from foundation.press import Printed, Printing
from governance.models import AgendaItem, Meeting
from monitoring.models.visits import Visit
from sip.models import Plan, PlanItem


class Part(models.TextChoices):
    ONE = "one", "part I"
    TWO = "two", "part II"


def _open_to(user) -> Q:
    """Of the meetings this person may see. Part II only to who may read every confidential item of it, and the
    confidential parts of every plan on the agenda, and of every plan of which the board has confidential visits."""
    seen = Q(meeting__in=Meeting.objects.visible_to(user).values("pk"))
    readable = AgendaItem.objects.readable_by(user).values("pk")
    closed = AgendaItem.objects.filter(meeting=OuterRef("meeting"), is_confidential=True).exclude(pk__in=readable)
    inner = Plan.objects.confidential_to(user).values("pk")
    plans = PlanItem.objects.filter(item__meeting=OuterRef("meeting")).exclude(plan__in=inner)
    visits = Visit.objects.filter(is_confidential=True, state=Visit.State.SHARED).exclude(plan__in=inner)
    of_board = Q(plan__deciding_board=OuterRef("meeting__board")) | Q(
        plan__organisation__boards=OuterRef("meeting__board")
    )
    return seen & (Q(part=Part.ONE) | (~Exists(closed) & ~Exists(plans) & ~Exists(visits.filter(of_board))))


class BundleQuerySet(models.QuerySet):
    def visible_to(self, user) -> "BundleQuerySet":
        """Those that this person may read."""
        return self.filter(_open_to(user))

    def listed(self) -> "BundleQuerySet":
        """For a list, the newest first, without the bytes."""
        return self.defer("content").order_by("part", "-made_at", "-pk")


class Bundle(Belongs, Printed):
    """The papers as they were when they were made. Added, never changed: the database refuses."""

    HANGS_ON = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="bundles")
    part = models.CharField(max_length=3, choices=Part.choices)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"Papers, {self.get_part_display()}, of the {self.meeting}"

    @property
    def file_name(self) -> str:
        """ "ashdown-primary-papers-2026-12-02-part-one.pdf"."""
        return f"{self.here.slug}-papers-{self.meeting.day.isoformat()}-part-{self.part}.pdf"


class BundleJobQuerySet(models.QuerySet):
    def visible_to(self, user) -> "BundleJobQuerySet":
        """Those of the papers that this person may read when they are made."""
        return self.filter(_open_to(user))


class BundleJob(Belongs, Printing):
    """That the papers of a meeting are to be made."""

    HANGS_ON = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bundle_jobs")
    part = models.CharField(max_length=3, choices=Part.choices)
    document = models.ForeignKey(Bundle, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = BundleJobQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "part"], name="bundle_job_once_a_part")]

    def __str__(self) -> str:
        return f"Papers, {self.get_part_display()}, of the {self.meeting}: {self.get_state_display()}"
