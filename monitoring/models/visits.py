"""What link governors and committees see when they visit, and what an adviser from outside leaves."""

from django.db import models
from django.db.models import F, Q

from foundation import clock
from foundation.belonging import Belongs
from foundation.states import Advancing
from governance.models import AgendaItem, Person
from governance.permissions import Part
from monitoring.models.reviews import View
from sip.models import Mark, Objective, Plan, Question


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user) -> "VisitQuerySet":
        """Its visitors and whoever they meet, at every state. That one is planned: the board's side and leaders. What
        was written: leaders once it is with them, the board's side once facts were checked or the days for it have
        passed; one that is confidential only who reads what is confidential there."""
        mine = Q(visitors=user.standing.person) | Q(staff_lead=user.standing.person)
        return self.filter(pk__in=self.model._base_manager.filter(mine | _shown(user)).values("pk"))

    def to_read(self, user) -> "VisitQuerySet":
        """Those whose report this person may read, not only that there is one."""
        mine = Q(visitors=user.standing.person) | Q(staff_lead=user.standing.person)
        leading = Q(plan__organisation__in=user.standing.leading_ids, state=Visit.State.CHECKING)
        before_the_board = Q(state=Visit.State.SHARED)
        found = self.model._base_manager.filter(mine | leading | (_shown(user) & before_the_board))
        return self.filter(pk__in=found.values("pk"))


def _shown(user) -> Q:
    standing = user.standing
    inside = (
        Q(plan__organisation__in=standing.leading_ids | standing.board_side_ids)
        | Q(plan__organisation__in={seat.organisation for seat in standing.seats})
        | Q(plan__deciding_board__in=standing.full_board_ids)
        | Q(plan__deciding_board__organisations__in=standing.clerk_ids)
        | Q(plan__organisation__trust__in=standing.whole_trust_ids)
    )
    inner = Q(plan__in=Plan.objects.confidential_to(user).values("pk"))
    return inside & (Q(is_confidential=False) | inner)


class Visit(Belongs, Advancing, models.Model):
    """A visit to the school: planned from the plan, written up, checked for facts by staff, then before the board.

    Visitors do not inspect teaching nor judge teachers; staff are named by role, pupils never.
    """

    HANGS_ON = "plan"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        CHECKING = "checking", "staff are checking the facts"
        SHARED = "shared", "before the board"
        CALLED_OFF = "called off", "called off"

    class Form(models.TextChoices):
        IN_PERSON = "in person", "in person"
        REMOTE = "remote", "by video or phone"
        WALK = "learning walk", "learning walk"
        DOCUMENTS = "documents", "a look at documents"
        PUPILS = "pupils", "talking with pupils"
        EVENT = "event", "an event"

    class About(models.TextChoices):
        PLAN = "plan", "an objective of the plan"
        DUTY = "duty", "a statutory duty"
        SUBJECT = "subject", "a subject or phase"
        POLICY = "policy", "how a policy works"
        INDUCTION = "induction", "getting to know the school"

    TRANSITIONS = {
        State.PLANNED: {State.CHECKING, State.SHARED, State.CALLED_OFF},
        State.CHECKING: {State.SHARED, State.PLANNED},
    }

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="visits")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    about = models.CharField(max_length=10, choices=About.choices, default=About.PLAN)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    visitors = models.ManyToManyField(Person, related_name="visits")
    visits_as = models.CharField(max_length=160)  # "link governor for early reading", the committee's name
    staff_lead = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="visits_met")
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # how long it took
    form = models.CharField(max_length=15, choices=Form.choices, default=Form.IN_PERSON)
    focus = models.CharField(max_length=300)
    came_with = models.TextField(blank=True)  # the questions that the visitors came with
    read_before = models.CharField(max_length=300, blank=True)
    met_with = models.CharField(max_length=300, blank=True)  # staff by role, pupils as groups
    saw = models.TextField(blank=True)
    heard = models.TextField(blank=True)
    read = models.TextField(blank=True)
    evidence = models.JSONField(default=list)  # kinds, as of a rating
    progress = models.TextField(blank=True)  # towards the objective, in the visitors' own words
    stance = models.CharField(max_length=20, choices=View.Stance.choices, blank=True)  # beside the leaders' rating
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)  # of who sees it differently
    impact = models.TextField(blank=True)  # on pupils, those with SEND and the disadvantaged among them
    celebrate = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_focus = models.CharField(max_length=300, blank=True)
    is_confidential = models.BooleanField(default=False)  # part II
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    check_by = models.DateField(null=True, blank=True)  # five school days after it was written
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)  # the staff lead's
    shared_at = models.DateTimeField(null=True, blank=True)
    went_unchecked = models.BooleanField(default=False)  # the days for checking passed
    called_off_why = models.CharField(max_length=300, blank=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="visits")
    revision = models.PositiveIntegerField(default=1)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"Visit of {self.day.day} {self.day:%B %Y}: {self.focus}"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nothing is written."""
        return self.state == self.State.PLANNED and self.day < clock.today()

    def parts_of(self, user) -> set[Part]:
        """As on the objective or the plan, and: whoever goes, and whoever they meet."""
        parts = set((self.objective or self.plan).parts_of(user))
        if self.visitors.filter(pk=user.standing.person).exists():
            parts.add(Part.VISITOR)
        if self.staff_lead_id and self.staff_lead_id == user.standing.person:
            parts.add(Part.VISITED)
        return parts

    def claim_revision(self, revision: int) -> bool:
        """Take the next revision if nobody has meanwhile: the referee between two people who save."""
        claimed = type(self).objects.filter(pk=self.pk, revision=revision).update(revision=F("revision") + 1)
        if claimed:
            self.revision = revision + 1
        return bool(claimed)


class VisitQuestion(models.Model):
    """A question that a visit raised; it becomes a Question when the report goes before the board."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="raised")
    text = models.TextField()
    question = models.OneToOneField(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="raised_by")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class VisitAction(models.Model):
    """What was agreed on a visit: who does what, by when."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="agreed")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)  # staff by role
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class AdviserNoteQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AdviserNoteQuerySet":
        """Whoever wrote it, leaders, and the board's side."""
        return self.filter(Q(written_by=user.standing.person) | _shown_notes(user))


def _shown_notes(user) -> Q:
    standing = user.standing
    return (
        Q(plan__organisation__in=standing.leading_ids | standing.board_side_ids)
        | Q(plan__organisation__in={seat.organisation for seat in standing.seats})
        | Q(plan__deciding_board__in=standing.full_board_ids)
        | Q(plan__organisation__trust__in=standing.whole_trust_ids)
    )


class AdviserNote(Belongs, models.Model):
    """What an adviser from outside found, on a day: evidence that is neither the leaders' nor the board's."""

    HANGS_ON = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="adviser_notes")
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="adviser_notes"
    )
    on = models.DateField()  # the day of what they saw
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AdviserNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"Note of {self.on.day} {self.on:%B %Y} by {self.written_by}"
