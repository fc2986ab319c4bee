"""People, with and without a sign-in, what they are in an organisation, and the invitations they were sent."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from foundation import clock


class CurrentQuerySet(models.QuerySet):
    """Rows with a first and a last day. The last day counts."""

    def on(self, day) -> "CurrentQuerySet":
        """Those that hold on that day."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)

    def not_over_on(self, day) -> "CurrentQuerySet":
        """Those that hold on that day or begin later."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day))


class PersonQuerySet(models.QuerySet):
    def of(self, organisation) -> "PersonQuerySet":
        """Everyone who has or had a role or a seat there."""
        roles = Role.objects.filter(organisation=organisation).values("person")
        seats = organisation.seats().values("person")
        return self.filter(Q(pk__in=roles) | Q(pk__in=seats))

    def on_hand(self, organisation) -> "PersonQuerySet":
        """Everyone who has a role or a seat there today: who can be named as owner, lead or monitor."""
        today = clock.today()
        roles = Role.objects.on(today).filter(organisation=organisation).values("person")
        seats = organisation.seats().on(today).values("person")
        return self.filter(Q(pk__in=roles) | Q(pk__in=seats)).order_by("name")

    def people(self) -> "PersonQuerySet":
        """Without posts and teams: who can lead, answer for a condition, or have an address."""
        return self.filter(is_post=False)

    def visible_to(self, user) -> "PersonQuerySet":
        """The people of every organisation whose people this user may see, and the user."""
        from governance.models.organisations import Organisation, Seat  # organisations import this module

        mine = Organisation.objects.showing_people_to(user).values("pk")
        roles = Role.objects.filter(organisation__in=mine).values("person")
        seats = Seat.objects.filter(board__organisations__in=mine).values("person")
        return self.filter(Q(pk__in=roles) | Q(pk__in=seats) | Q(pk=user.person_id))


class Person(models.Model):
    """A name, perhaps an e-mail address, perhaps a sign-in. History stays with the person, not the address."""

    name = models.CharField(max_length=120)
    email = models.EmailField(null=True, blank=True, unique=True)
    added_on = models.DateField(default=clock.today)
    is_post = models.BooleanField(default=False)  # "Year 3 team": a post or a team that answers for an action

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What a greeting uses."""
        return self.name.split(" ", 1)[0]

    def places(self) -> models.QuerySet:
        """The organisations where this person has or had a role or a seat."""
        from governance.models.organisations import Organisation  # organisations import this module

        return (
            Organisation.objects.filter(Q(roles__person=self) | Q(boards__seats__person=self)).distinct().order_by("pk")
        )

    def places_now(self) -> models.QuerySet:
        """Those where it is a role or a seat of today or of later."""
        from governance.models.organisations import Organisation, Seat  # organisations import this module

        today = clock.today()
        roles = Role.objects.not_over_on(today).filter(person=self).values("organisation")
        seats = Seat.objects.not_over_on(today).filter(person=self).values("board__organisations")
        return Organisation.objects.filter(Q(pk__in=roles) | Q(pk__in=seats)).order_by("pk")

    @property
    def audit_stream(self) -> str:
        """With the first organisation that knew this person."""
        place = self.places().first()
        return place.audit_stream if place else "site"

    def parts_of(self, user) -> set:
        """What the user is where this person has or had a role or a seat: their clerk, for one."""
        return set().union(*(user.standing.parts_at(place) for place in self.places()))


class UserManager(BaseUserManager):
    def get_queryset(self):
        """With the person, whom every page names."""
        return super().get_queryset().select_related("person")

    def create_user(self, person: Person, password: str | None = None) -> "User":
        """A sign-in for a person, under the person's address."""
        user = self.model(person=person, email=person.email)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person's sign-in. It carries no rights of its own: those come from roles and seats, today."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.person.name

    @property
    def standing(self):
        """What this person is today, everywhere: roles and seats in one query, remembered for the request."""
        from governance.standing import Standing  # standing reads these models

        if getattr(self, "_standing", None) is None or self._standing.day != clock.today():
            self._standing = Standing.of(self)
        return self._standing

    def forget_standing(self) -> None:
        """Read the rights anew at the next question."""
        self._standing = None


class RoleQuerySet(CurrentQuerySet):
    def letting_administer(self, user) -> "RoleQuerySet":
        """The role by which this person sets organisations up; to anyone else none."""
        held = self.on(clock.today()).filter(person=user.person_id, kind=Role.Kind.SITE_ADMINISTRATOR)
        return held.order_by("pk")[:1]


class Role(models.Model):
    """What a person is in an organisation, from a first to a last day. A site administrator's names no organisation."""

    class Kind(models.TextChoices):
        HEADTEACHER = "headteacher", "headteacher"
        SENIOR_LEADER = "senior leader", "senior leader"
        STAFF = "staff", "staff"
        BUSINESS_MANAGER = "business manager", "business manager"
        CLERK = "clerk", "clerk"
        TRUST_LEADER = "trust leader", "trust leader"
        ADVISER = "adviser", "adviser"
        INSPECTOR = "inspector", "inspector"
        SITE_ADMINISTRATOR = "site administrator", "site administrator"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(
        "governance.Organisation", on_delete=models.PROTECT, related_name="roles", null=True, blank=True
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    job = models.CharField(max_length=120, blank=True)
    reads_submitted = models.BooleanField(default=False)  # an adviser whom the board invites to read what is before it
    first_day = models.DateField(default=clock.today)
    last_day = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="role_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(kind="site administrator"), name="role_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"

    @property
    def is_current(self) -> bool:
        """Whether it holds today."""
        return self.first_day <= clock.today() and (self.last_day is None or self.last_day >= clock.today())


class Invitation(models.Model):
    """A single-use link, seven days, to make a sign-in. Only its hash is kept. Sending its form spends it."""

    DAYS = 7

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey("governance.Organisation", on_delete=models.PROTECT, null=True, blank=True)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.made_at:%Y-%m-%d}"

    @property
    def audit_stream(self) -> str:
        return self.organisation.audit_stream if self.organisation else "site"

    @property
    def is_open(self) -> bool:
        """Whether the link still makes a sign-in."""
        return self.spent_at is None and self.withdrawn_at is None and self.expires_at > clock.now()
