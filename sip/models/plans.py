"""An organisation's improvement plan for one academic year, and the agenda items that decide on it."""

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from foundation import clock
from foundation.belonging import Belongs
from foundation.conditions import any_of
from foundation.states import Advancing
from governance import years
from governance.models import AgendaItem, Board, Delegation, Meeting, Organisation, Strategy
from governance.permissions import Part
from governance.standing import parts_of_seat
from governance.words import Words

_OF_ITEM = {
    "item": "item",
    "kind": "item__kind",
    "state": "item__state",
    "meeting": "item__meeting",
    "form": "item__meeting__form",
    "day": "item__meeting__day",
    "time": "item__meeting__time",
    "place": "item__meeting__place",
    "papers": "item__meeting__papers_sent_on",
    "decision": "item__decision",
    "outcome": "item__decision__outcome",
    "decided_on": "item__decision__decided_on",
    "minute": "item__decision__minute_reference",
}


_HEARS = (Delegation.Decides.REVIEWS, Delegation.Decides.AMENDMENTS)  # boards that see a plan in force by the scheme


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PlanQuerySet":
        """Leaders and the board's side: at every state (what of it, sip.reading says). The trust: from the day it is
        with the board. Staff: what they are named in, and what is approved. Advisers and inspectors: what is approved;
        an adviser whom the board invites, also what is before it. The trust's schools: the trust's approved plan. The
        board that receives its reviews or decides on its amendments: what is approved. A board that recommends: what it
        recommends on."""
        standing, state = user.standing, Plan.State
        if not standing.named_only_ids:
            return self.whole_to(user)
        named = Q(objectives__lead=standing.person) | Q(objectives__actions__owner=standing.person)
        staff = Q(organisation__in=standing.named_only_ids, state__in=[state.WITH_THE_BOARD, state.CHANGES])
        whole = Q(pk__in=type(self)(self.model, using=self.db).whole_to(user).values("pk"))
        return self.filter(whole | (staff & named)).distinct()

    def whole_to(self, user) -> "PlanQuerySet":
        """The same without those of which this person sees only what they are named in."""
        standing, state = user.standing, Plan.State
        before_the_board = [state.WITH_THE_BOARD, state.CHANGES, state.APPROVED, state.CLOSED]
        in_force = [state.APPROVED, state.CLOSED]
        readers = standing.inside_ids | standing.visiting_ids | standing.parent_trust_ids
        advised = Delegation.objects.advised_by(user)
        return self.filter(
            any_of(
                Q(organisation__in=standing.leading_ids | standing.board_side_ids),
                Q(deciding_board__in=standing.full_board_ids),
                Q(deciding_board__in=Board.objects.clerked_by(user)),
                Q(organisation__in={seat.organisation for seat in standing.seats}, state__in=before_the_board),
                Q(organisation__trust__in=standing.whole_trust_ids, state__in=before_the_board),
                Q(organisation__in=standing.invited_ids, state__in=before_the_board),
                Q(organisation__in=readers, state__in=in_force),
                Q(organisation__in=Delegation.objects.to_boards_of(user, *_HEARS), state__in=in_force),
                Q(organisation__in=advised, state__in=[state.OBJECTIVES, *before_the_board]),
            )
        )

    def confidential_to(self, user) -> "PlanQuerySet":
        """Those whose confidential parts this person reads (READ_CONFIDENTIAL): the leaders' circle and the trust's
        leaders, the governors of the board that decides, and its clerk."""
        standing = user.standing
        return self.filter(
            any_of(
                Q(organisation__in=standing.leading_ids | standing.clerk_ids),
                Q(organisation__trust__in=standing.led_trust_ids),
                Q(deciding_board__in=standing.governed_board_ids),
                Q(deciding_board__in=Board.objects.clerked_by(user)),
            )
        )

    def in_force_to(self, user) -> "PlanQuerySet":
        """Those that are approved, or were until they were closed."""
        in_force = self.visible_to(user).filter(state__in=(Plan.State.APPROVED, Plan.State.CLOSED))
        return in_force.select_related("organisation__trust", "deciding_board")

    def to_read(self, user) -> "PlanQuerySet":
        """Those this person may see, each with what its page says beside its content, in one query: `last_item` (the
        agenda item put last before a board that decides, as a dict, or None), `has_advice` (a board that recommends has
        it or had it on an agenda), `next_meeting` of the deciding board, `open_questions`, `is_decided_here` (by one of
        the organisation's own), `has_earlier` and `has_later` (a plan of the year before, of the year after),
        `has_trust_plan` (one of its trust's)."""
        plan, seen = models.OuterRef("pk"), type(self)(self.model, using=self.db).visible_to(user)
        deciding, organisation = models.OuterRef("deciding_board"), models.OuterRef("organisation")
        coming = Meeting.objects.coming().filter(board=deciding, day__gte=clock.today())
        others = seen.filter(organisation=organisation)
        unanswered = Count("questions", filter=Q(questions__state="asked", questions__needs_answer=True))
        put = PlanItem.objects.filter(plan=plan, recommends=False).order_by("-pk")
        items = put.values(as_one=JSONObject(**_OF_ITEM))
        counted = self.model._base_manager.filter(pk=plan).values("pk").annotate(n=unanswered)
        return (
            self.filter(pk__in=seen.values("pk"))
            .select_related("organisation__trust", "strategy", "deciding_board")
            .annotate(
                last_item=models.Subquery(items[:1], output_field=models.JSONField()),
                next_meeting=models.Subquery(coming.values("day")[:1]),
                open_questions=models.Subquery(counted.values("n")),
                is_decided_here=models.Exists(Board.objects.filter(pk=deciding, organisations=organisation)),
                has_advice=models.Exists(PlanItem.objects.filter(plan=plan, recommends=True)),
                has_earlier=models.Exists(others.filter(year=models.OuterRef("year") - 1)),
                has_trust_plan=models.Exists(seen.filter(organisation=models.OuterRef("organisation__trust"))),
                has_later=models.Exists(others.filter(year=models.OuterRef("year") + 1)),
            )
        )

    def current(self, organisation: Organisation) -> "Plan | None":
        """The plan people mean today: this year's; before it exists next year's or else the last one."""
        year = years.year_of(clock.today())
        plans = {plan.year: plan for plan in self.filter(organisation=organisation).select_related("organisation")}
        return plans.get(year) or (plans[max(plans)] if plans else None)


class Plan(Belongs, Advancing, models.Model):
    """A school's SIP or a trust's TIP for one academic year."""

    HANGS_ON = "organisation"

    class State(models.TextChoices):
        OBJECTIVES = "objectives", "the board is setting the objectives"
        DRAFTING = "drafting", "leaders are drafting"
        WITH_THE_BOARD = "with the board", "with the board"
        CHANGES = "changes asked for", "changes asked for"
        APPROVED = "approved", "approved"
        CLOSED = "closed", "closed"

    class Points(models.TextChoices):
        TERMS = "terms", "at the end of each term"
        HALF_TERMS = "half-terms", "at the end of each half-term"  # a school that must: after an inspection, say

    TRANSITIONS = {
        State.OBJECTIVES: {State.DRAFTING},
        State.DRAFTING: {State.WITH_THE_BOARD},
        State.WITH_THE_BOARD: {State.CHANGES, State.APPROVED, State.OBJECTIVES, State.DRAFTING},
        State.CHANGES: {State.WITH_THE_BOARD},
        State.APPROVED: {State.CLOSED},
    }
    EDITABLE = (State.DRAFTING, State.CHANGES)  # by leaders

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    deciding_board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=20, choices=State.choices, default=State.OBJECTIVES)
    how_made = models.TextField(blank=True)
    how_monitored = models.TextField(blank=True)
    review_points = models.CharField(max_length=10, choices=Points.choices, default=Points.TERMS)
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)  # why the board or its chair asked for changes
    revision = models.PositiveIntegerField(default=1)  # raised by every write under the plan: key for caches

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="plan_one_a_year")]

    def __str__(self) -> str:
        return f"{self.title} {self.year_in_words}"

    @property
    def title(self) -> str:
        """School improvement plan, Trust improvement plan, or as the organisation calls it."""
        return self.words.Plan

    @property
    def words(self) -> Words:
        """What its organisation calls things."""
        return self.organisation.words

    @property
    def year_in_words(self) -> str:
        return years.written(self.year)

    @property
    def year_in_address(self) -> str:
        return years.in_address(self.year)

    @property
    def is_editable(self) -> bool:
        """Whether leaders are drafting it now."""
        return self.state in self.EDITABLE

    @property
    def is_in_force(self) -> bool:
        """Whether it is approved, or was until it was closed."""
        return self.state in (self.State.APPROVED, self.State.CLOSED)

    @property
    def latest_version(self):
        """The version last put before the board, or None."""
        return self.versions.order_by("-number").first()

    def touch(self) -> None:
        """Raise the revision: whatever was remembered of the plan is out of date."""
        type(self).objects.filter(pk=self.pk).update(revision=F("revision") + 1)
        self.revision += 1

    def parts_of(self, user) -> set[Part]:
        """What this person is to the plan: in its organisation, and on the board that decides on it. A member of a
        board of the school that does not decide is a local governor."""
        standing = user.standing
        parts = standing.parts_at(self.organisation)
        local = {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER, Part.VOTING_MEMBER}
        own_board = any(
            Part.BOARD_MEMBER in parts_of_seat(seat) and seat.board != self.deciding_board_id
            for seat in standing.seats
            if seat.organisation == self.organisation_id
        )
        if own_board:
            parts = (parts - local) | {Part.LOCAL_GOVERNOR}
        for seat in standing.seats:
            if seat.board == self.deciding_board_id:
                parts |= parts_of_seat(seat)
        if Part.CLERK not in parts and standing.clerk_ids:
            if standing.clerk_ids & self._served_ids:
                parts.add(Part.CLERK)
        elsewhere = standing.board_ids - {self.deciding_board_id}
        if Part.BOARD_MEMBER not in parts and elsewhere and elsewhere & self.advising_ids:
            parts.add(Part.ADVISING_MEMBER)
        return parts

    @cached_property
    def advising_ids(self) -> set[int]:
        """The boards that recommend on its objectives or on itself, by the scheme of today."""
        about = (Delegation.Decides.OBJECTIVES, Delegation.Decides.PLAN)
        rows = self.organisation.delegations.filter(decision__in=about, does=Delegation.Does.RECOMMENDS)
        return set(rows.values_list("board", flat=True))

    @cached_property
    def _served_ids(self) -> set[int]:
        """The organisations that the deciding board serves; asked once for a page of many objectives and actions."""
        return set(self.deciding_board.organisations.values_list("pk", flat=True))


class PlanItem(models.Model):
    """An agenda item's subject: a plan's objectives, or the plan in one of its versions."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="plan_item")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    version = models.ForeignKey("sip.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    recommends = models.BooleanField(default=False)  # before a board that advises the one that decides

    class Meta:
        ordering = ["item__meeting__day", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.item}"
