"""Schools and trusts, their boards, and who sits on them."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from foundation import clock
from foundation.belonging import Belongs
from foundation.conditions import any_of
from governance.models.people import CurrentQuerySet, Person, Role
from governance.permissions import Part
from governance.words import Words, words_of


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "OrganisationQuerySet":
        """Where this person has a role or a seat today; to a trust's own people, its schools too."""
        standing = user.standing
        own, trusts = standing.organisation_ids, standing.whole_trust_ids
        return self.filter(any_of(Q(pk__in=own), Q(trust__in=trusts)))

    def showing_people_to(self, user) -> "OrganisationQuerySet":
        """Those whose people this person may see: not an adviser's or an inspector's."""
        standing = user.standing
        return self.filter(any_of(Q(pk__in=standing.inside_ids), Q(trust__in=standing.whole_trust_ids)))

    def showing_plans_to(self, user) -> "OrganisationQuerySet":
        """Those this person may see, and the trusts of their schools, whose approved plans they may read."""
        return self.visible_to(user) | self.filter(pk__in=user.standing.parent_trust_ids)

    def administered_by(self, user) -> "OrganisationQuerySet":
        """All of them, to a site administrator; to anyone else none."""
        return self.all() if user.standing.is_site_administrator else self.none()


class Organisation(models.Model):
    """A school or a trust."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        TRUST = "trust", "Trust"

    class Numbering(models.TextChoices):
        FIGURES = "figures", "1, 2, 3"
        LETTERS = "letters", "A, B, C"

    class Layout(models.TextChoices):
        TWO_SIDED = "two-sided", "Where we are now, where we want to be"
        TABLE = "table", "A landscape table of actions"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    establishment = models.CharField(max_length=60)  # community school, academy converter, multi-academy trust …
    phase = models.CharField(max_length=30)
    reference = models.CharField(max_length=12, blank=True)  # URN of a school, UID of a trust
    local_authority = models.CharField(max_length=80, blank=True)
    trust = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="schools")
    small_number_threshold = models.PositiveSmallIntegerField(default=6)
    plan_word = models.CharField(max_length=60, blank=True)  # "School development plan"; empty: the usual word
    plan_short = models.CharField(max_length=12, blank=True)  # "SDP"
    objective_word = models.CharField(max_length=30, blank=True)  # in the singular: "priority", "goal"
    priority_word = models.CharField(max_length=30, blank=True)  # of the strategy: "aim"
    numbering = models.CharField(max_length=10, choices=Numbering.choices, default=Numbering.FIGURES)
    layout = models.CharField(max_length=10, choices=Layout.choices, default=Layout.TWO_SIDED)  # of the printed plan
    financial_year_from = models.PositiveSmallIntegerField(default=4)  # its first month: April, or September
    cost_limit = models.PositiveIntegerField(default=5000)  # pounds: what an amendment may add before the board decides

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trust=None) | Q(kind="school"), name="organisation_only_schools_have_a_trust"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        return f"organisation:{self.pk}"

    @property
    def here(self) -> "Organisation":
        """The organisation that a page about this is a page of."""
        return self

    @property
    def is_trust(self) -> bool:
        return self.kind == self.Kind.TRUST

    @property
    def words(self) -> Words:
        """What it calls its plan, objectives and priorities."""
        return words_of(self)

    def seats(self) -> models.QuerySet:
        """All seats, held and ended, on the boards that serve it."""
        return Seat.objects.filter(board__organisations=self)

    def full_board(self) -> "Board | None":
        """Its own full board: a governing body, a trust's trustees, an academy's local governing body."""
        return self.boards.filter(kind=Board.Kind.FULL).order_by("pk").first()

    def deciding_board(self, decision: str) -> "Board | None":
        """The board that the scheme of delegation names for a decision; without a row, its own full board. Whoever
        approves the plan approves its amendments, unless the scheme says otherwise."""
        rows = self.delegations.filter(decision=decision, does=Delegation.Does.DECIDES)
        named = models.Exists(rows.filter(board=models.OuterRef("pk")))
        if decision == Delegation.Decides.AMENDMENTS and not rows.exists():
            return self.deciding_board(Delegation.Decides.PLAN)
        full = models.Q(organisations=self, kind=Board.Kind.FULL)
        return Board.objects.annotate(named=named).filter(full | models.Q(named=True)).order_by("-named", "pk").first()

    def boards_that(self, does: str, decision: str) -> "BoardQuerySet":
        """The boards that the scheme names for another part in a decision: those that recommend, for one."""
        rows = self.delegations.filter(decision=decision, does=does)
        return Board.objects.filter(pk__in=rows.values("board")).order_by("pk")

    def terms_of(self, year: int) -> list:
        """Its terms of an academic year; a school takes its trust's where it has none of its own."""
        own = list(self.terms.filter(year=year))
        return own if own or self.trust_id is None else list(self.trust.terms.filter(year=year))

    def parts_of(self, user) -> set[Part]:
        """What this person is here today."""
        return user.standing.parts_at(self)


class BoardQuerySet(models.QuerySet):
    def visible_to(self, user) -> "BoardQuerySet":
        """The boards of the organisations whose people this person may see."""
        return self.filter(organisations__in=Organisation.objects.showing_people_to(user)).distinct()

    def clerked_by(self, user) -> models.QuerySet:
        """The keys of the boards that this person clerks."""
        clerked = user.standing.clerk_ids
        return (self.filter(organisations__in=clerked) if clerked else self.none()).values("pk")

    def showing_meetings_to(self, user) -> "BoardQuerySet":
        """Those that this person sits on, all boards where they sit on the full board, and every board to its clerk,
        headteacher and senior leaders."""
        standing = user.standing
        kinds = ("clerk", "headteacher", "senior leader", "trust leader")
        attending = {role.organisation for role in standing.roles if role.kind in kinds and role.organisation}
        everywhere = attending | {seat.organisation for seat in standing.seats if seat.is_full_board}
        return self.filter(any_of(Q(pk__in=standing.board_ids), Q(organisations__in=everywhere)))


class Board(models.Model):
    """A full board, a committee or a working party. Its rules are data. It may serve several organisations."""

    class Kind(models.TextChoices):
        FULL = "full board", "Full board"
        COMMITTEE = "committee", "Committee"
        WORKING_PARTY = "working party", "Working party"

    class Quorum(models.TextChoices):
        HALF = "half", "Half of the filled voting seats, rounded up"
        THIRD = "third", "One third of the filled voting seats, rounded up, and at least three"
        NUMBER = "number", "A number"

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=15, choices=Kind.choices, default=Kind.FULL)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="committees")
    organisations = models.ManyToManyField(Organisation, related_name="boards")
    quorum = models.CharField(max_length=10, choices=Quorum.choices, default=Quorum.HALF)
    quorum_number = models.PositiveSmallIntegerField(null=True, blank=True)
    governors_in_majority = models.BooleanField(default=False)
    notice_days = models.PositiveSmallIntegerField(default=7)
    written_resolutions = models.BooleanField(default=False)
    chair_may_act = models.BooleanField(default=False)  # in urgency; a maintained school's chair may by law
    stands_review = models.BooleanField(default=False)  # “review of the plan” comes onto each agenda by itself
    stands_monitoring = models.BooleanField(default=False)  # and so does “monitoring progress”
    names_soundings = models.BooleanField(default=False)  # whether members see who stands where before a meeting

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(quorum="number") | Q(quorum_number__gte=1), name="board_quorum_number_is_given"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def here(self) -> Organisation:
        """The first organisation it serves: where its pages stand."""
        return self.organisations.order_by("pk").first()

    @property
    def audit_stream(self) -> str:
        return self.here.audit_stream

    def members(self, *, on) -> list[Person]:
        """Who sits on it that day, by name."""
        return list(Person.objects.filter(seats__in=self.seats.on(on)).distinct().order_by("name"))

    def voting_seats(self, *, on) -> models.QuerySet:
        """The filled voting seats that day; a suspended governor's is left out."""
        return self.seats.on(on).filter(votes=True, is_suspended=False)

    def quorum_of(self, filled: int) -> int:
        """How many of so many filled voting seats must be present. Half: regulation 14 of the School Governance (Roles,
        Procedures and Allowances) (England) Regulations 2013; a third, at least three: model articles of academy
        trusts."""
        if self.quorum == self.Quorum.HALF:
            return max(1, -(-filled // 2))
        if self.quorum == self.Quorum.THIRD:
            return max(3, -(-filled // 3))
        return self.quorum_number

    def parts_of(self, user) -> set[Part]:
        """What this person is to the board today: its members, its clerk, the leaders of what it serves."""
        return user.standing.parts_on(self)


class SeatQuerySet(CurrentQuerySet):
    def visible_to(self, user) -> "SeatQuerySet":
        """The seats of the organisations whose people this person may see."""
        return self.filter(board__organisations__in=Organisation.objects.showing_people_to(user)).distinct()


class Seat(Belongs, models.Model):
    """A person's seat on a board, from a first to a last day."""

    HANGS_ON = "board"

    class Position(models.TextChoices):
        CHAIR = "chair", "chair"
        VICE_CHAIR = "vice chair", "vice chair"
        MEMBER = "governor", "governor"
        ASSOCIATE = "associate member", "associate member"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(max_length=20, choices=Position.choices, default=Position.MEMBER)
    category = models.CharField(max_length=60, blank=True)
    votes = models.BooleanField(default=True)
    votes_on = models.CharField(max_length=200, blank=True)  # an associate's, as the board said: advice to the clerk
    is_suspended = models.BooleanField(default=False)
    link = models.CharField(max_length=80, blank=True)  # what the person is link governor for
    first_day = models.DateField(default=clock.today)
    last_day = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="seat_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_position_display()}"

    @property
    def is_current(self) -> bool:
        """Whether it is held today."""
        return self.first_day <= clock.today() and (self.last_day is None or self.last_day >= clock.today())

    @property
    def in_words(self) -> str:
        """ "link governor for early reading", "chair", "governor": how plans and papers name the seat."""
        return f"link governor for {self.link}" if self.link else self.get_position_display()


class DelegationQuerySet(models.QuerySet):
    def _near(self, user) -> "DelegationQuerySet":
        """The rows of boards that this person sits on or clerks."""
        sits, clerks = user.standing.board_ids, user.standing.clerk_ids
        mine = any_of(Q(board__in=sits), Q(board__in=Board.objects.clerked_by(user)))
        return self.filter(mine) if sits or clerks else self.none()

    def to_boards_of(self, user, *decisions: str) -> models.QuerySet:
        """The organisations whose scheme gives one of these decisions to a board that this person sits on or clerks."""
        return self._near(user).filter(decision__in=decisions, does="decides").values("organisation")

    def advised_by(self, user) -> models.QuerySet:
        """The organisations whose scheme lets a board that this person sits on or clerks recommend on the objectives or
        the plan."""
        advised = (Delegation.Decides.OBJECTIVES, Delegation.Decides.PLAN)
        return self._near(user).filter(decision__in=advised, does="recommends").values("organisation")


class Delegation(models.Model):
    """A row of the scheme of delegation: which board takes a decision for an organisation."""

    class Decides(models.TextChoices):
        OBJECTIVES = "set objectives", "agrees the objectives"
        PLAN = "approve the plan", "approves the plan"
        REVIEWS = "receive reviews", "receives the reviews"
        AMENDMENTS = "approve amendments", "approves amendments"

    class Does(models.TextChoices):
        DECIDES = "decides", "decides"
        RECOMMENDS = "recommends", "recommends"
        CONSULTED = "consulted", "is consulted"
        MONITORS = "monitors", "monitors"
        INFORMED = "informed", "is informed"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegations")
    decision = models.CharField(max_length=20, choices=Decides.choices)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    does = models.CharField(max_length=12, choices=Does.choices, default=Does.DECIDES)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "decision"], condition=Q(does="decides"), name="delegation_one_board_decides"
            ),
            models.UniqueConstraint(fields=["organisation", "decision", "board"], name="delegation_one_part_a_board"),
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.get_decision_display()} of {self.organisation}"


__all__ = ["Board", "Delegation", "Organisation", "Role", "Seat"]
