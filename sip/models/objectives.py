"""What the board asks for, and what leaders will do: objectives, actions, success criteria, milestones."""

from django.db import models
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from foundation import clock
from foundation.belonging import Belongs
from governance.models import Board, Person, Priority, Seat, Term
from governance.permissions import Part
from sip.models.context import BlockVisibility
from sip.models.plans import Plan


class Mark(models.TextChoices):
    """How a milestone goes: progress towards its criterion, not whether the actions were done. Worst first."""

    RED = "red", "off track"
    AMBER = "amber", "at risk"
    GREY = "grey", "cannot say"
    GREEN = "green", "on track"
    BLUE = "blue", "done and embedded"


class ObjectiveQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ObjectiveQuerySet":
        """Those of the plans this person may see; of a plan before the board that is theirs only in part, that part."""
        whole = Q(plan__in=Plan.objects.whole_to(user).values("pk"))
        if not user.standing.named_only_ids:
            return self.filter(whole)
        mine = Q(lead=user.standing.person) | Q(actions__owner=user.standing.person)
        part = Q(plan__in=Plan.objects.visible_to(user).values("pk"))
        return self.filter(whole | (part & mine)).distinct()

    def to_draft(self, user) -> "ObjectiveQuerySet":
        """The same, each with the plan and the people that the page of its draft names, in one query."""
        return self.visible_to(user).select_related(
            "plan__organisation", "priority", "lead", "monitor_seat__person", "monitor_board"
        )


class Objective(Belongs, models.Model):
    """What the board wants by when, and who answers for it. Title, aim and priority are the board's words."""

    HANGS_ON = "plan"

    class Outcome(models.TextChoices):
        MET = "met", "met"
        PARTLY = "partly met", "partly met"
        NOT_MET = "not met", "not met"
        CARRIED = "carried forward", "carried forward"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    position = models.PositiveSmallIntegerField()
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives")
    title = models.CharField(max_length=120)
    where_now = models.TextField(blank=True)
    where_to = models.TextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    figure_what = models.CharField(max_length=160, blank=True)  # what the two figures count
    figure_now = models.CharField(max_length=20, blank=True)
    figure_aim = models.CharField(max_length=20, blank=True)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives_led")
    team = models.ManyToManyField(Person, blank=True, related_name="objectives_helped")
    monitor_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives")
    monitor_board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    key_area = models.ForeignKey(
        "sip.KeyArea", on_delete=models.SET_NULL, null=True, blank=True, related_name="objectives"
    )
    inspection_area = models.CharField(max_length=20, blank=True)  # a code of governance.frameworks
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)  # when the plan is closed
    lesson = models.TextField(blank=True)
    stopped_on = models.DateField(null=True, blank=True)  # by the board, in the middle of the year
    stopped_why = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)  # finds two people editing at once

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(monitor_seat=None) | Q(monitor_board=None), name="objective_one_monitor")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def monitor(self) -> Seat | Board | None:
        return self.monitor_seat or self.monitor_board

    def parts_of(self, user) -> set[Part]:
        parts = self.plan.parts_of(user)
        if self.lead_id and self.lead_id == user.standing.person:
            parts.add(Part.LEAD)
        if self.monitor_seat_id in user.standing.seat_ids or self.monitor_board_id in user.standing.board_ids:
            parts.add(Part.MONITOR)
        return parts

    def claim_revision(self, revision: int) -> bool:
        """Take the next revision if nobody has meanwhile: the referee between two people who save."""
        claimed = type(self).objects.filter(pk=self.pk, revision=revision).update(revision=F("revision") + 1)
        if claimed:
            self.revision = revision + 1
        return bool(claimed)


def _visibility_of(rows: models.QuerySet) -> Exists:
    """Whether one of these rows is of the actions among which an action stands."""
    name = Concat(Value("actions:"), Cast(OuterRef("objective"), CharField()), output_field=CharField())
    return Exists(rows.filter(plan=OuterRef("objective__plan"), block=name))


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ActionQuerySet":
        """Those of the objectives this person may see; of those for the board and leaders alone, their own."""
        seen = self.filter(objective__in=Objective.objects.visible_to(user).values("pk"))
        closed = _visibility_of(BlockVisibility.objects.closed_to(user))
        return seen.filter(~closed | Q(owner=user.standing.person))

    def confidential(self) -> "ActionQuerySet":
        """Those that are for the board and leaders alone."""
        return self.filter(_visibility_of(BlockVisibility.objects.confidential()))

    def to_do(self, user) -> "ActionQuerySet":
        """Those of plans in force or closed, each with the plan and the people that its page names, in one query."""
        in_force = self.visible_to(user).filter(objective__plan__state__in=(Plan.State.APPROVED, Plan.State.CLOSED))
        return in_force.select_related("objective__plan__organisation", "objective__lead", "owner", "status_said_by")


class Action(Belongs, models.Model):
    """What leaders will do: what, who, by when; at what cost; checked how; and how far it is."""

    HANGS_ON = "objective"

    class Status(models.TextChoices):
        NOT_STARTED = "not started", "not started"
        UNDER_WAY = "under way", "under way"
        DONE = "done", "done"
        STOPPED = "stopped", "stopped"  # with a reason: it stays in the record as learning

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=80, blank=True)  # begins a group above this action
    what = models.CharField(max_length=400)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_owned")
    due_on = models.DateField(null=True, blank=True)
    supporters = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    cost = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True
    )  # pounds; 0 = no cost; empty = not costed
    cost_source = models.CharField(max_length=80, blank=True)
    resources = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=400, blank=True)
    checked_how = models.CharField(max_length=200, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_when = models.CharField(max_length=120, blank=True)
    came_from = models.CharField(
        max_length=160, blank=True
    )  # "From the plan 2025/26, objective 2": whence leaders took it
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    status_note = models.CharField(max_length=200, blank=True)
    stopped_why = models.CharField(max_length=300, blank=True)
    status_said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status_said_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="action_due_after_start",
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="action_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def plan(self) -> Plan:
        return self.objective.plan

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is neither done nor stopped."""
        open_ = self.status not in (self.Status.DONE, self.Status.STOPPED)
        return open_ and self.due_on is not None and self.due_on < clock.today()

    def parts_of(self, user) -> set[Part]:
        own = {Part.OWNER} if self.owner_id and self.owner_id == user.standing.person else set()
        return self.objective.parts_of(user) | own


class SuccessCriterion(Belongs, models.Model):
    """How the board will know, by when."""

    HANGS_ON = "objective"

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    by_when = models.DateField(null=True, blank=True)
    came_from = models.CharField(max_length=160, blank=True)  # as with an action
    dropped_on = models.DateField(null=True, blank=True)  # by an amendment: it stays in the record

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def plan(self) -> Plan:
        return self.objective.plan


class MilestoneQuerySet(models.QuerySet):
    def kept(self) -> "MilestoneQuerySet":
        """Those that no amendment has dropped: they fall due, are rated and counted."""
        return self.filter(dropped_on=None)

    def visible_to(self, user) -> "MilestoneQuerySet":
        """Those of the objectives this person may see, in a plan that is in force or was."""
        seen = Objective.objects.visible_to(user).values("pk")
        states = (Plan.State.APPROVED, Plan.State.CLOSED)
        return self.filter(criterion__objective__in=seen, criterion__objective__plan__state__in=states)

    def to_read(self, user) -> "MilestoneQuerySet":
        """The same, each with its criterion, what that measures, its objective and the people named there, in one
        query."""
        objective = "criterion__objective"
        people = (f"{objective}__lead", f"{objective}__monitor_seat__person", f"{objective}__monitor_board")
        people += (f"{objective}__priority",)
        plan = f"{objective}__plan__organisation__trust"
        return self.visible_to(user).select_related("criterion__target__measure", plan, *people)


class Milestone(Belongs, models.Model):
    """What must be so by the end of a term for the criterion to be reached."""

    HANGS_ON = "criterion"

    criterion = models.ForeignKey(SuccessCriterion, on_delete=models.CASCADE, related_name="milestones")
    term = models.CharField(max_length=10, choices=Term.Name.choices)  # of the plan's year
    text = models.CharField(max_length=300)
    dropped_on = models.DateField(null=True, blank=True)  # by an amendment: it stays in the record, and is not rated
    current_rating = models.CharField(max_length=10, choices=Mark.choices, blank=True)  # the last that governors saw

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "term"], condition=Q(dropped_on=None), name="milestone_one_a_term"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def plan(self) -> Plan:
        return self.criterion.objective.plan
