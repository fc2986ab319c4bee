"""The review of a plan at the end of a term: what leaders say, what monitors see, what the board received."""

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.frozen import Sealed
from foundation.press import Printed, Printing
from foundation.states import Advancing
from governance.models import AgendaItem, Board, Decision, Delegation, Person, Term
from governance.permissions import Part
from governance.standing import parts_of_seat
from monitoring.points import Point
from sip.models import Mark, Objective, Plan

TERMS = list(Term.Name)  # in the order of the year


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReviewQuerySet":
        """Leaders and whoever leads an objective: at every state. The board's side, the trust and the board that
        receives it: from the day it is with governors. Everyone else who may see the plan: once it is received."""
        return self._among(Q(plan__in=Plan.objects.visible_to(user).values("pk")) & _shown(user))

    def of_seen_plans(self, user) -> "ReviewQuerySet":
        """The same, where this person is known to see the plans."""
        return self._among(_shown(user))

    def before_receipt(self, user) -> "ReviewQuerySet":
        """Of those this person sees, the ones that they may also read as they stood before a board received them."""
        return self.visible_to(user)._among(any_of(_leaders(user), _board_side(user)))

    def _among(self, seen: Q) -> "ReviewQuerySet":
        """By key, so that no row comes twice."""
        found = type(self)(self.model, using=self.db).filter(seen)
        return self.filter(pk__in=found.values("pk"))

    def to_read(self, user) -> "ReviewQuerySet":
        """The same, each with its plan, organisation, what ratings mean there, and sender, in one query."""
        of_place = ("plan__organisation__trust", "plan__organisation__rating_words")
        return self.visible_to(user).select_related(*of_place, "plan__deciding_board", "sent_by")


def _shown(user) -> Q:
    state = Review.State
    sent = Q(state__in=[state.WITH_GOVERNORS, state.RECEIVED])
    return any_of(_leaders(user), _board_side(user) & sent, Q(state=state.RECEIVED))


def _leaders(user) -> Q:
    standing = user.standing
    return any_of(Q(plan__organisation__in=standing.leading_ids), Q(plan__objectives__lead=standing.person))


def _board_side(user) -> Q:
    standing = user.standing
    return any_of(
        Q(plan__organisation__in=standing.clerk_ids | {seat.organisation for seat in standing.seats}),
        Q(plan__deciding_board__in=standing.full_board_ids),
        Q(plan__deciding_board__in=Board.objects.clerked_by(user)),
        Q(plan__organisation__trust__in=standing.whole_trust_ids),
        Q(plan__organisation__in=Delegation.objects.to_boards_of(user, Delegation.Decides.REVIEWS)),
    )


class Review(Belongs, Advancing, models.Model):
    """How a plan goes, at the end of one term of its year, or of a half-term where the plan says so."""

    HANGS_ON = "plan"

    class State(models.TextChoices):
        OPEN = "open", "leaders are rating"
        WITH_GOVERNORS = "with governors", "with governors"
        RECEIVED = "received", "received by the board"

    TRANSITIONS = {
        State.OPEN: {State.WITH_GOVERNORS},
        State.WITH_GOVERNORS: {State.RECEIVED, State.OPEN},
    }

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    term = models.CharField(max_length=10, choices=Term.Name.choices)
    half = models.PositiveSmallIntegerField(default=0)  # 1 or 2: of a half-term; 0: of the whole term
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    narrative = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)  # of the narrative: finds two people who write it at once

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "term", "half"], name="review_one_a_point")]

    def __str__(self) -> str:
        return f"{self.point.name} review {self.plan.year_in_words}"

    @property
    def year(self) -> int:
        return self.plan.year

    @property
    def point(self) -> Point:
        """The point of the year that it is of: a term, or a half of one."""
        return Point(self.term, self.half)

    @property
    def place(self) -> int:
        """Its place among the reviews of its year."""
        return self.point.place

    @cached_property
    def receiving_board(self) -> Board | None:
        """The board that receives it, by the scheme of delegation as it is today."""
        return self.plan.organisation.deciding_board(Delegation.Decides.REVIEWS)

    def parts_of(self, user) -> set[Part]:
        """What this person is to the plan, and on the board that receives its reviews where another one decides on
        the plan."""
        parts, board = self.plan.parts_of(user), self.receiving_board
        if board is None or board.pk == self.plan.deciding_board_id:
            return parts
        for seat in user.standing.seats:
            if seat.board == board.pk:
                parts |= parts_of_seat(seat)
        if board.organisations.filter(pk__in=user.standing.clerk_ids).exists():
            parts.add(Part.CLERK)
        return parts

    @property
    def terms_due(self) -> list[str]:
        """The terms whose milestones are due: its own and those before it."""
        return [str(term) for term in TERMS[: TERMS.index(self.term) + 1]]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_sent(self) -> bool:
        """Whether governors may read it."""
        return not self.is_open

    @property
    def decision(self) -> Decision | None:
        """The board's decision to receive it, or None."""
        received = Decision.Outcome.RECEIVED
        found = Decision.objects.filter(item__review_item__review=self, outcome=received)
        return found.select_related("item__meeting__board").order_by("pk").last()


class View(models.Model):
    """What the monitor of an objective says beside the leaders' rating. Neither overwrites the other."""

    class Stance(models.TextChoices):
        AGREES = "agrees", "Agrees"
        DIFFERS = "sees it differently", "Sees it differently"
        NOT_ENOUGH = "not enough evidence", "Not enough evidence"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="views")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="views")
    stance = models.CharField(max_length=20, choices=Stance.choices)
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)  # how whoever differs would rate it
    why = models.TextField(blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_as = models.CharField(max_length=120)  # "link governor for early reading", the committee's name, "chair"
    given_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "objective"], name="view_one_an_objective")]

    def __str__(self) -> str:
        return f"{self.objective}: {self.get_stance_display()}"


class ReviewItem(models.Model):
    """An agenda item's subject: the review that the board is to receive."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="review_item")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="items")

    class Meta:
        ordering = ["item__meeting__day", "pk"]

    def __str__(self) -> str:
        return f"{self.review}: {self.item}"


class DifferenceItem(models.Model):
    """An agenda item's subject: an objective that its monitor sees differently from its leaders."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="difference_item")
    view = models.ForeignKey(View, on_delete=models.PROTECT, related_name="items")

    class Meta:
        ordering = ["item__meeting__day", "pk"]

    def __str__(self) -> str:
        return f"{self.view}: {self.item}"


class RecordQuerySet(models.QuerySet):
    def visible_to(self, user) -> "RecordQuerySet":
        """Those of the reviews this person may see, once they were sent; to readers from outside board and leaders
        only what the board received."""
        reviews = Review.objects.visible_to(user).exclude(state=Review.State.OPEN)
        whole = Review.objects.before_receipt(user).values("pk")
        return self.filter(Q(review__in=whole) | Q(stage=ReviewRecord.Stage.RECEIVED), review__in=reviews.values("pk"))


class ReviewRecord(Belongs, Sealed):
    """A review frozen: as it was sent, as it stood when a report was asked for, as the board received it."""

    HANGS_ON = "review"

    class Stage(models.TextChoices):
        SENT = "sent", "as sent to governors"
        STANDING = "standing", "as it stood before the meeting"
        RECEIVED = "received", "as received by the board"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices)
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_record_number_once")]

    def __str__(self) -> str:
        return f"{self.review}, {self.get_stage_display()}, record {self.number}"


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReportQuerySet":
        """Those of the records this person may see."""
        return self.filter(record__in=ReviewRecord.objects.visible_to(user).values("pk"))

    def listed(self) -> "ReportQuerySet":
        """For a list, the newest record first: with the record that a line names, without the bytes."""
        rows = self.select_related("record__review__plan").defer("content", "record__content")
        return rows.order_by("-record__number", "-pk")


class Report(Belongs, Printed):
    """The termly report: the PDF of a review's record. Added, never changed: the database refuses."""

    HANGS_ON = "record"

    record = models.ForeignKey(ReviewRecord, on_delete=models.PROTECT, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"Termly report: {self.record}"

    @property
    def file_name(self) -> str:
        """ "ashdown-primary-termly-report-2026-27-autumn-as-received-by-the-board.pdf"."""
        review, stage = self.record.review, self.record.get_stage_display().replace(" ", "-")
        year, point = review.plan.year_in_words.replace("/", "-"), review.point.word.replace(" ", "-")
        return f"{review.plan.organisation.slug}-termly-report-{year}-{point}-{stage}.pdf"


class ReportJobQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReportJobQuerySet":
        return self.filter(record__in=ReviewRecord.objects.visible_to(user).values("pk"))


class ReportJob(Belongs, Printing):
    """That the termly report of a record is to be made."""

    HANGS_ON = "record"

    record = models.OneToOneField(ReviewRecord, on_delete=models.PROTECT, related_name="job")
    document = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.record}: {self.get_state_display()}"
