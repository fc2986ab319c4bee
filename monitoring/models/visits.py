"""What link governors and committees see when they visit, and what an adviser from outside leaves."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundation import clock
from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from governance.models import Board, Person, Role
from governance.permissions import Part
from governance.standing import Standing
from monitoring.models.reviews import ReviewRecord, View
from sip.models import Mark, Objective, Plan, Question


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user) -> "VisitQuerySet":
        """That there is one: its visitors and whoever they meet, leaders and the board's side, at every state. One that
        is confidential: only who reads what is confidential there. Others: those whose report they may read."""
        return self._among(any_of(_theirs(user), _inside(user), _from_outside(user)))

    def to_read(self, user) -> "VisitQuerySet":
        """Those whose report this person may read: visitors and whoever they meet always; leaders once it is with them;
        the board's side once facts were checked or the days for it have passed. Then also whoever leads the objective
        and advisers; inspectors when the board has received a review since."""
        state = Visit.State
        leading = Q(plan__organisation__in=user.standing.leading_ids, state__in=[state.CHECKING, state.SHARED])
        inside = _inside(user) & any_of(leading, Q(state=state.SHARED))
        return self._among(any_of(_theirs(user), inside, _from_outside(user)))

    def to_show(self, user) -> "VisitQuerySet":
        """Those this person may see, each with all that its page names, in one query."""
        people = ("staff_lead", "planned_by", "written_by", "checked_by", "objective__lead", "objective__monitor_board")
        places = ("plan__organisation__trust", "plan__deciding_board", "objective__monitor_seat__person")
        return self.visible_to(user).select_related(*people, *places)

    def to_write(self, user) -> "VisitQuerySet":
        """The same, and those that a visitor whose time on the board has ended left unwritten: they are told so."""
        left = Q(visitors=user.standing.person, state=Visit.State.PLANNED)
        found = self.model._base_manager.filter(Q(pk__in=self.visible_to(user).values("pk")) | left)
        return self.filter(pk__in=found.values("pk"))

    def _among(self, seen: Q) -> "VisitQuerySet":
        """By key, so that no row comes twice."""
        return self.filter(pk__in=self.model._base_manager.filter(seen).values("pk"))


def _theirs(user) -> Q:
    """Of whoever visits or is met, while they belong there; the clerk writes for visitors without a sign-in."""
    standing = user.standing
    belongs = any_of(
        Q(plan__organisation__in=standing.inside_ids),
        Q(plan__deciding_board__in=standing.board_ids),
        Q(plan__organisation__trust__in=standing.whole_trust_ids),
    )
    signing_in = Visit.visitors.through.objects.filter(visit=OuterRef("pk"), person__user__is_active=True)
    for_them = Q(plan__organisation__in=standing.clerk_ids) & ~Exists(signing_in)
    return any_of(for_them, belongs & (Q(visitors=standing.person) | Q(staff_lead=standing.person)))


def _inside(user) -> Q:
    """Leaders and the board's side; of what is confidential only who reads that."""
    inner = Q(plan__in=Plan.objects.confidential_to(user).values("pk"))
    return _board_and_leaders(user) & (Q(is_confidential=False) | inner)


def _board_and_leaders(user) -> Q:
    standing = user.standing
    seated = {seat.organisation for seat in standing.seats}
    return any_of(
        Q(plan__organisation__in=standing.leading_ids | standing.board_side_ids | seated),
        Q(plan__deciding_board__in=standing.full_board_ids),
        Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
        Q(plan__organisation__trust__in=standing.whole_trust_ids),
    )


def _from_outside(user) -> Q:
    """Shared reports that are not confidential: to whoever leads the objective and to advisers; to inspectors those
    shared before the board received a review."""
    standing = user.standing
    advised = {role.organisation for role in standing.roles if role.kind == Role.Kind.ADVISER}
    inspected = {role.organisation for role in standing.roles if role.kind == Role.Kind.INSPECTOR}
    leads = Q(objective__lead=standing.person, plan__organisation__in=standing.inside_ids)
    records = ReviewRecord._base_manager.filter(stage=ReviewRecord.Stage.RECEIVED, review__plan=OuterRef("plan"))
    received = Exists(records.filter(frozen_at__gte=OuterRef("shared_at")))
    who = any_of(leads, Q(plan__organisation__in=advised), Q(plan__organisation__in=inspected) & Q(received))
    return Q(state=Visit.State.SHARED, is_confidential=False) & who


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

    class Evidence(models.TextChoices):
        BOOKS = "books", "Pupils’ books, seen with whoever leads"
        DATA = "data", "Data"
        POLICY = "policy", "A policy or document"
        DISPLAY = "display", "Displays, rooms, the school at work"
        PUPILS = "pupils", "What pupils say"
        STAFF = "staff", "What staff say"
        PARENTS = "parents", "What parents say"

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
    evidence = models.JSONField(default=list)  # kinds
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
        standing = user.standing
        parts = set((self.objective or self.plan).parts_of(user))
        if self.may_visit(standing) and self.visitors.filter(pk=standing.person).exists():
            parts.add(Part.VISITOR)
        elif Part.CLERK in parts and not self.visitors.filter(user__is_active=True).exists():
            parts.add(Part.VISITOR)  # the clerk enters what those without a sign-in wrote by hand
        if self.staff_lead_id == standing.person and self.plan.organisation_id in standing.inside_ids:
            parts.add(Part.VISITED)
        return parts

    def may_visit(self, standing: Standing) -> bool:
        """Whether somebody sits today on a board of the school, on the one that decides, or for its trust."""
        here = self.plan.organisation
        return (
            here.pk in {seat.organisation for seat in standing.seats}
            or self.plan.deciding_board_id in standing.board_ids
            or here.trust_id in standing.whole_trust_ids
        )

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


class VisitActionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "VisitActionQuerySet":
        """Those of the reports this person may read."""
        return self.filter(visit__in=Visit.objects.to_read(user).values("pk"))


class VisitAction(Belongs, models.Model):
    """What was agreed on a visit: who does what, by when."""

    HANGS_ON = "visit"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="agreed")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)  # staff by role
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = VisitActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class AdviserNoteQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AdviserNoteQuerySet":
        """Whoever wrote it, for as long as they advise there; leaders, and the board's side."""
        mine = Q(written_by=user.standing.person, plan__organisation__in=user.standing.visiting_ids)
        found = self.model._base_manager.filter(mine | _board_and_leaders(user))
        return self.filter(pk__in=found.values("pk"))


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
