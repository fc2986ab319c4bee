"""A board's meetings: agenda, who was there, what was decided and how."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from foundation.uploads import Uploaded
from governance.models.organisations import Board, Seat
from governance.models.people import Person
from governance.models.strategy import Strategy
from governance.permissions import Part


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MeetingQuerySet":
        """The meetings of the boards whose meetings this person may see."""
        return self.filter(board__in=Board.objects.showing_meetings_to(user).values("pk"))

    def coming(self) -> "MeetingQuerySet":
        """Not yet held, the next one first. A written resolution is no meeting."""
        return self.filter(state=Meeting.State.PLANNED, form=Meeting.Form.MEETING).order_by("day", "time")

    def past(self) -> "MeetingQuerySet":
        """Held, the last one first."""
        return self.filter(state=Meeting.State.HELD, form=Meeting.Form.MEETING).order_by("-day", "-time")

    def held_with(self, user) -> "MeetingQuerySet":
        """Those that this person may see and that people come to: not what is resolved in writing."""
        return self.visible_to(user).filter(form=Meeting.Form.MEETING)

    def in_writing(self, user) -> "MeetingQuerySet":
        """The written resolutions that this person may see, the last one first."""
        return self.visible_to(user).filter(form=Meeting.Form.WRITTEN).order_by("-day", "-pk")


class Meeting(Belongs, Advancing, models.Model):
    """A meeting of one board on one day."""

    HANGS_ON = "board"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"

    class Form(models.TextChoices):
        MEETING = "meeting", "a meeting"
        WRITTEN = "written", "a written resolution"  # of academy trustees: unanimous, without a meeting

    TRANSITIONS = {State.PLANNED: {State.HELD}}

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.MEETING)
    day = models.DateField()  # of a written resolution: the last day on which members may agree
    time = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    papers_sent_on = models.DateField(null=True, blank=True)
    urgency_reason = models.TextField(blank=True)  # the chair's direction that late papers are urgent
    acting_chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes_signed_on = models.DateField(null=True, blank=True)
    reported_at = models.ForeignKey(
        "governance.AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # of a written resolution: the item of the next meeting at which it is reported

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["day", "time"]

    def __str__(self) -> str:
        by = "in writing by " if self.is_written else ""
        return f"{self.board.name}, {by}{self.day.day} {self.day:%B %Y}"

    @property
    def is_written(self) -> bool:
        """Whether it is no meeting at all, but a resolution to which each member agrees in writing."""
        return self.form == self.Form.WRITTEN

    @property
    def papers_due_on(self) -> date:
        """The last day for notice, agenda and reports: clear days leave out both the day of sending and the meeting's.

        Seven for a maintained school's board: regulation 13(4) of the School Governance (Roles, Procedures and
        Allowances) (England) Regulations 2013. For 2 December 2026: 24 November 2026.
        """
        return self.day - timedelta(days=self.board.notice_days + 1)

    @property
    def papers_are_out(self) -> bool:
        return self.papers_sent_on is not None and self.papers_sent_on <= clock.today()

    @property
    def papers_are_late(self) -> bool:
        """Sent after the last day, or not sent though it has passed."""
        return (self.papers_sent_on or clock.today()) > self.papers_due_on

    @property
    def signed_on(self) -> date | None:
        """When its record became final: the minutes' signing; of a written resolution, of those that report it."""
        if self.is_written and self.reported_at_id:
            return self.reported_at.meeting.minutes_signed_on
        return self.minutes_signed_on

    @property
    def minutes_are_signed(self) -> bool:
        return self.signed_on is not None

    def parts_of(self, user) -> set[Part]:
        """What this person is to the board; whoever chairs the meeting chairs it, whatever their seat. Before it begins
        a committee's own chair does."""
        parts = self.board.parts_of(user)
        if self.acting_chair_id:
            parts -= {Part.ACTING_CHAIR}
        if self.acting_chair_id and self.acting_chair_id == user.standing.person:
            parts.add(Part.ACTING_CHAIR)
        return parts


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AgendaItemQuerySet":
        """The items of the meetings this person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def readable_by(self, user) -> "AgendaItemQuerySet":
        """Those of which this person may read more than the title: of a confidential item, part II of the agenda, the
        board's governors and voting members, its clerk and the head, and of these nobody who has withdrawn from it."""
        standing, kinds = user.standing, ("clerk", "headteacher", "trust leader")
        offices = {role.organisation for role in standing.roles if role.kind in kinds}
        seats = [seat for seat in standing.seats if seat.votes or seat.is_full_board]
        sits = {seat.board for seat in seats if seat.votes or seat.position != Seat.Position.ASSOCIATE}
        inside = Board.objects.filter(
            any_of(
                Q(pk__in=sits),
                Q(organisations__in=offices),
                ~Q(kind=Board.Kind.FULL) & Q(organisations__in=standing.governed_ids),
            )
        )
        withdrawn = Withdrawal.objects.filter(person=user.person_id).values("item")
        part_two = Q(is_confidential=True)
        kept_back = part_two & (Q(pk__in=withdrawn) | ~Q(meeting__board__in=inside.values("pk")))
        return self.visible_to(user).exclude(kept_back)


class AgendaItem(Belongs, Advancing, models.Model):
    """One item of an agenda. Open while the board is at it; its decision closes it."""

    HANGS_ON = "meeting"

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Other business"
        STRATEGY = "strategy", "Adopt the strategy"
        OBJECTIVES = "objectives", "Agree the objectives"
        PLAN = "plan", "Decide on the plan"
        REVIEW = "review", "Receive the review"
        EVIDENCE = "evidence", "Discuss the evidence"
        CHAIRS_ACTION = "action", "Report of a chair’s action"
        RESOLUTION = "resolution", "Report of a written resolution"
        MONITORING = "monitoring", "Monitor progress"
        DIFFERENCE = "difference", "Where views differ"
        AMENDMENT = "amendment", "Decide on an amendment"

    class State(models.TextChoices):
        WAITING = "waiting", "not yet open"
        OPEN = "open", "open"
        CLOSED = "closed", "closed"

    TRANSITIONS = {State.WAITING: {State.OPEN, State.CLOSED}, State.OPEN: {State.WAITING, State.CLOSED}}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORDINARY)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    resolution = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    voting_is_open = models.BooleanField(default=False)
    votes_by_name = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)  # part II of the agenda and of the minutes

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="strategy") | Q(strategy=None), name="item_strategy_only_where_adopted"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ItemPaperQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ItemPaperQuerySet":
        """Those of the items this person may read: of a confidential one not all, and nobody who withdrew from it."""
        return self.filter(item__in=AgendaItem.objects.readable_by(user).values("pk"))


class ItemPaper(Belongs, Uploaded):
    """A file that lies before the board at an item of other business."""

    HANGS_ON = "item"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")

    objects = ItemPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class Attendance(models.Model):
    """How one person came to a meeting, or did not."""

    class How(models.TextChoices):
        PRESENT = "in person", "in person"
        REMOTE = "remotely", "remotely"
        APOLOGIES = "apologies", "apologies"
        ABSENT = "absent", "absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    arrived = models.TimeField(null=True, blank=True)
    left = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once_a_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_how_display()}"

    @property
    def is_there(self) -> bool:
        return self.how in (self.How.PRESENT, self.How.REMOTE)


class Withdrawal(models.Model):
    """Somebody who leaves the room for one item: for a conflict of interest, or because they had to go."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="withdrawals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="withdrawal_once_an_item")]

    def __str__(self) -> str:
        return f"{self.person} for {self.item}"


class Vote(models.Model):
    """A present member's vote in the browser, while the item is open."""

    class Choice(models.TextChoices):
        FOR = "for", "for"
        AGAINST = "against", "against"
        ABSTAIN = "abstain", "abstain"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="vote_one_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.choice}"


class Decision(Belongs, models.Model):
    """What the board resolved on an item, how, and where it is minuted. One an item; corrected in sight until the
    minutes are signed, afterwards changed by a new decision only."""

    HANGS_ON = "item"

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        CONDITIONS = "approved with conditions", "Approved with conditions"
        CHANGES = "changes asked for", "Changes asked for"
        DEFERRED = "deferred", "Deferred"
        DECLINED = "declined", "Declined"
        RECEIVED = "received", "Received"
        RECOMMENDED = "recommended", "Recommended"  # by a board that is without the power to decide
        NOT_RECOMMENDED = "not recommended", "Not recommended"
        NOTED = "noted", "Noted"

    CARRIED = (Outcome.APPROVED, Outcome.CONDITIONS, Outcome.RECEIVED, Outcome.RECOMMENDED, Outcome.NOTED)

    class How(models.TextChoices):
        AGREED = "agreed", "Agreed by all present"
        HANDS = "hands", "A show of hands"
        BROWSER = "browser", "Votes in the browser"
        WRITTEN = "written", "A written resolution"

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    resolution = models.TextField()
    reason = models.TextField(blank=True)  # of changes, deferral or declining
    deferred_to = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    second_vote = models.CharField(
        max_length=10, choices=Vote.Choice.choices, blank=True
    )  # the acting chair's, after a tie
    acting_chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    present = models.PositiveSmallIntegerField()  # voting members present for this item
    filled_seats = models.PositiveSmallIntegerField()
    quorum_needed = models.PositiveSmallIntegerField()
    quorum_lost_at = models.TimeField(null=True, blank=True)  # of a deferral for want of a quorum
    decided_on = models.DateField()
    minute_reference = models.CharField(max_length=60, blank=True)
    wording = models.TextField(blank=True)  # for the minutes

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.item}"

    @property
    def approves(self) -> bool:
        return self.outcome in (self.Outcome.APPROVED, self.Outcome.CONDITIONS)

    @property
    def is_carried(self) -> bool:
        """Whether the board said yes to what was put to it."""
        return self.outcome in self.CARRIED

    @property
    def can_be_corrected(self) -> bool:
        return not self.item.meeting.minutes_are_signed


class Condition(models.Model):
    """What an approval hangs on: who answers for it, and by when."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Correction(models.Model):
    """A mistake in the record of a decision put right in sight: what stood there, what stands now, why, and who."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"

    @property
    def name(self) -> str:
        """What was corrected, as the page names it."""
        named = {"condition": "Day of a condition", "wording": "Wording for the minutes", "votes_for": "Votes for"}
        return named.get(self.field) or self.field.replace("_", " ").capitalize()
