"""What the board asked, and what it was told."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When

from foundation import clock
from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from governance.models import AgendaItem, Board, Person, Priority
from governance.permissions import Part
from sip.models.context import BlockVisibility
from sip.models.objectives import Action, Milestone, Objective, SuccessCriterion
from sip.models.plans import Plan

SHELVES = {
    "all": Q(),
    "open": Q(state="asked", needs_answer=True),
    "answered": Q(state="answered"),
    "closed": Q(state="closed"),
    "notes": Q(state="asked", needs_answer=False),
}


# A question may be on one of these alone; on an objective, or on the plan as a whole, where it is on none.
PARTS = ("action", "criterion", "milestone", "target", "priority", "block")


# Parts that are for the board and leaders alone unless leaders say otherwise; what is asked on them stays there.
CLOSED = ("context:staffing", "figures:staffing")


def _on_none_but(part: str) -> Q:
    return Q(**{other: "" if other == "block" else None for other in PARTS if other != part})


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "QuestionQuerySet":
        """The board's side, the leaders, the trust where it reads the plan, and whoever was asked; on a part that is
        for the board and leaders alone, only who reads that."""
        standing = user.standing
        inside = standing.leading_ids | standing.board_side_ids | {seat.organisation for seat in standing.seats}
        sees = any_of(
            Q(plan__organisation__in=inside),
            Q(plan__deciding_board__in=standing.full_board_ids),
            Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
            Q(plan__organisation__trust__in=standing.whole_trust_ids),
        )
        on_action = Q(action__in=Action.objects.confidential().values("pk"))
        on_block = Exists(BlockVisibility.objects.confidential().filter(plan=OuterRef("plan"), block=OuterRef("block")))
        inner = Q(plan__in=Plan.objects.confidential_to(user).values("pk"))
        read = sees & (inner | ~(on_action | Q(on_block) | Q(block__in=CLOSED)))
        return self.filter(any_of(read, Q(to=standing.person)))

    def shelf(self, name: str) -> "QuestionQuerySet":
        """Those of one shelf ("open", "answered", "closed", "notes", "all"): the open ones first, then the newest."""
        first = Case(When(state="asked", needs_answer=True, then=0), default=1, output_field=models.IntegerField())
        return self.filter(SHELVES[name]).order_by(first, "due_on", "-asked_at", "-pk")

    def open(self) -> "QuestionQuerySet":
        """Asked and not yet answered, the first due first."""
        return self.filter(state=Question.State.ASKED, needs_answer=True).order_by("due_on", "pk")


class Question(Belongs, Advancing, models.Model):
    """A governor's question or note to leaders, on the plan or on one part of it. A note needs no answer."""

    HANGS_ON = "plan"

    class State(models.TextChoices):
        ASKED = "asked", "waiting for an answer"
        ANSWERED = "answered", "answered"
        CLOSED = "closed", "closed"

    TRANSITIONS = {State.ASKED: {State.ANSWERED}, State.ANSWERED: {State.CLOSED, State.ASKED}}

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="questions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    criterion = models.ForeignKey(
        SuccessCriterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    milestone = models.ForeignKey(Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    target = models.ForeignKey("sip.Target", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    priority = models.ForeignKey(Priority, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    block = models.CharField(max_length=60, blank=True)  # another part of the plan, by its name in sip.versions
    about = models.CharField(max_length=420, blank=True)  # the words of the part as they stood when it was asked
    text = models.TextField()
    needs_answer = models.BooleanField(default=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions_asked")
    asked_at = models.DateTimeField()
    asked_in = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions_asked"
    )  # the item of the meeting at which it was asked
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_to_answer")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    waits = ""  # how long it has waited, in words: where a page has counted it (sip.waiting)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_answer=False) | Q(due_on__isnull=False), name="question_due_where_answer_needed"
            ),
            models.CheckConstraint(
                condition=reduce(or_, (_on_none_but(part) for part in PARTS)), name="question_on_one_part"
            ),
        ]

    def __str__(self) -> str:
        return f"The question “{self.text[:60]}”"

    @property
    def is_late(self) -> bool:
        """Whether the day for the answer has passed without one."""
        return self.state == self.State.ASKED and self.needs_answer and self.due_on < clock.today()

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is to answer it."""
        return self.state == self.State.ASKED and self.needs_answer

    @property
    def where_it_stands(self) -> str:
        """ "waiting for an answer by 30 November", "late since 30 November", "answered", "closed", "a note"."""
        if self.state != self.State.ASKED:
            return self.get_state_display()
        if not self.needs_answer:
            return "a note: it needs no answer"
        day = f"{self.due_on.day} {self.due_on:%B}"
        return f"late: an answer was due on {day}" if self.is_late else f"waiting for an answer by {day}"

    def parts_of(self, user) -> set[Part]:
        """As on the plan, and: who asked, was asked, has answered. Nobody closes what they answered themselves."""
        parts = self.plan.parts_of(user)
        person = user.standing.person
        if self.asked_by_id == person:
            parts.add(Part.ASKER)
        if self.to_id == person:
            parts.add(Part.ASKED)
        if any(answer.by_id == person for answer in self.answers.all()):
            parts = (parts | {Part.ANSWERER}) - {Part.BOARD_MEMBER, Part.CHAIR, Part.VICE_CHAIR}
        return parts


class Answer(models.Model):
    """What the board was told. A question asked again has several."""

    is_told = True

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class AskedAgain(models.Model):
    """An answer did not suffice: what the board asked then."""

    is_told = False

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="asked_again")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
