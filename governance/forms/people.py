"""What the clerk types about people: who they are, what they are here, and until when."""

from datetime import timedelta

from foundation import clock
from foundation.forms import Choice, DayField, Email, HouseForm, Line, Pick, Picks, Tick
from foundation.typed import tidy_line
from governance.models import Organisation, Person, Role, Seat

USUAL_CATEGORIES = (
    "parent", "staff", "co-opted", "local authority", "foundation", "partnership", "ex officio", "trustee", "associate",
)  # fmt: skip
_SCHOOL = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.STAFF, Role.Kind.BUSINESS_MANAGER)
_TRUST = (Role.Kind.TRUST_LEADER, Role.Kind.SENIOR_LEADER, Role.Kind.STAFF, Role.Kind.BUSINESS_MANAGER)
_ALL = (Role.Kind.CLERK, Role.Kind.ADVISER, Role.Kind.INSPECTOR)
_WRONG_WAY = "The last day lies before the first"


def kinds_for(organisation: Organisation) -> list[tuple[str, str]]:
    """The roles that there are in a school, or in a trust."""
    kinds = (_TRUST if organisation.is_trust else _SCHOOL) + _ALL
    return [(kind.value, kind.label) for kind in kinds]


def _first_day(label: str = "First day") -> DayField:
    return DayField(label=label, earliest=1980, latest=2060, ask="Give the first day")


def _last_day(**words) -> DayField:
    hint = "The last day counts, until midnight. Empty: no end is set."
    return DayField(
        **{"label": "Last day", "required": False, "help_text": hint, "earliest": 1980, "latest": 2060} | words
    )


def _position(*, required: bool = True) -> Choice:
    return Choice(
        label="Position", look="select", choices=Seat.Position.choices, required=required, ask="Choose the position"
    )


def _category() -> Line:
    return Line(
        60,
        label="Category",
        required=False,
        attrs={"list": "categories", "autocomplete": "off"},
        help_text="As your board calls it: parent, staff, co-opted …",
    )


def _votes_on() -> Line:
    return Line(
        200,
        label="What an associate member may vote on",
        required=False,
        help_text="As the board resolved it, where it set limits. The clerk sees it when the committee votes.",
    )


def _link() -> Line:
    return Line(80, label="Link governor for", required=False, help_text="Such as early reading or attendance.")


def _email(**words) -> Email:
    return Email(label="E-mail address", required=False, attrs={"autocomplete": "off"}, **words)


class _WithAddress(HouseForm):
    """A name and perhaps an address; addresses are written small."""

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"].lower() or None


class AddPersonForm(_WithAddress):
    """Somebody new, with a seat, a role or both."""

    name = Line(120, label="Name", ask="Give the person’s name", attrs={"autocomplete": "off"})
    email = _email(help_text="Without one they can be named everywhere, but cannot sign in.")
    is_namesake = Tick(label="This is another person of the same name")
    board = Pick(label="Board", required=False, empty_label="No seat")
    position = _position(required=False)
    category = _category()
    link = _link()
    votes = Tick(label="Has a vote", initial=True, help_text="An associate member has none on the full board.")
    role = Choice(label="Role", look="select", required=False, help_text="Leaders, staff, the clerk, an adviser.")
    job = Line(120, label="Job title", required=False, help_text="Such as deputy headteacher, or Year 6 teacher.")
    first_day = _first_day()
    last_day = _last_day()
    invited = Tick(label="Send an invitation to sign in now", initial=True)

    def __init__(self, *args, organisation: Organisation, **words) -> None:
        super().__init__(*args, **words)
        self.organisation = organisation
        self.fields["board"].queryset = organisation.boards.order_by("pk")
        self.fields["role"].choices = [("", "No role"), *kinds_for(organisation)]
        self.fields["position"].initial = Seat.Position.MEMBER
        self.fields["first_day"].initial = clock.today()
        for name in ("board", "position", "role"):
            self.fields[name].one_of_several = True

    @property
    def asks_about_namesake(self) -> bool:
        """Whether the tick is wanted: somebody of that name is here already."""
        return self.is_bound and ("is_namesake" in self.data or self._is_here(self.data.get("name", "")))

    def clean(self) -> dict:
        words = super().clean()
        self.later("first_day", "last_day", _WRONG_WAY)
        if not words.get("board") and not words.get("role") and not {"board", "role"} & set(self.errors):
            self.add_error("board", "Say what they are here: a seat on a board, a role, or both")
        words["position"] = words.get("position") or Seat.Position.MEMBER
        words["invited"] = bool(words.get("invited") and words.get("email"))
        known = words.get("email") and Person.objects.filter(email__iexact=words["email"]).exists()
        if words.get("name") and not words.get("is_namesake") and not known and self._is_here(words["name"]):
            self.add_error(
                "name", "Somebody of this name is here already. Look at their page, or tick that this is another person"
            )
        return words

    def _is_here(self, name: str) -> bool:
        return Person.objects.on_hand(self.organisation).filter(name__iexact=tidy_line(name)[:120]).exists()


class ChangePersonForm(_WithAddress):
    """A name and an address, corrected."""

    name = Line(120, label="Name", ask="Give the person’s name", attrs={"autocomplete": "off"})
    email = _email(help_text="If they can sign in, they do so with the new address; the old one is told.")

    def __init__(self, *args, person: Person, **words) -> None:
        super().__init__(*args, initial={"name": person.name, "email": person.email or ""}, **words)
        self.person = person

    def clean_email(self) -> str | None:
        email = super().clean_email()
        if email and Person.objects.filter(email__iexact=email).exclude(pk=self.person.pk).exists():
            self.add_error(
                "email",
                "This address belongs to another person. To give it to this one, hand it over from the other’s page",
            )
        return email


class RoleForm(HouseForm):
    """What somebody is here from now on."""

    kind = Choice(label="Role", look="select", ask="Choose the role")
    job = Line(120, label="Job title", required=False, help_text="Such as deputy headteacher, or Year 6 teacher.")
    reads_submitted = Tick(
        label="An adviser whom the board invites to read the plan while it is before the board",
        help_text="Only for advisers. Others who advise or inspect read what is approved.",
    )
    first_day = _first_day()
    last_day = _last_day(help_text="Advisers and inspectors need one. The last day counts, until midnight.")

    def __init__(self, *args, organisation: Organisation, **words) -> None:
        super().__init__(*args, **words)
        self.fields["kind"].choices = [("", "Choose"), *kinds_for(organisation)]
        self.fields["first_day"].initial = clock.today()

    def clean(self) -> dict:
        words = super().clean()
        self.later("first_day", "last_day", _WRONG_WAY)
        visitor = words.get("kind") in (Role.Kind.ADVISER, Role.Kind.INSPECTOR)
        if visitor and not words.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", "Advisers and inspectors read for a limited time: give the last day")
        words["reads_submitted"] = bool(words.get("reads_submitted")) and words.get("kind") == Role.Kind.ADVISER
        return words


class SeatForm(HouseForm):
    """A seat on a board from a day on."""

    board = Pick(label="Board", ask="Choose the board")
    position = _position()
    category = _category()
    link = _link()
    votes = Tick(label="Has a vote", initial=True, help_text="An associate member has none on the full board.")
    votes_on = _votes_on()
    first_day = _first_day()
    last_day = _last_day(help_text="Often four years from the first. It counts, until midnight. Empty: no end is set.")

    def __init__(self, *args, organisation: Organisation, **words) -> None:
        super().__init__(*args, **words)
        self.fields["board"].queryset = organisation.boards.order_by("pk")
        self.fields["position"].initial = Seat.Position.MEMBER
        self.fields["first_day"].initial = clock.today()

    def clean(self) -> dict:
        words = super().clean()
        self.later("first_day", "last_day", _WRONG_WAY)
        return words


class ChangeSeatForm(HouseForm):
    """What a seat is; its days have their own page."""

    position = _position()
    category = _category()
    link = _link()
    votes = Tick(label="Has a vote", help_text="An associate member has none on the full board.")
    votes_on = _votes_on()

    def __init__(self, *args, seat: Seat, **words) -> None:
        now = {name: getattr(seat, name) for name in ("position", "category", "link", "votes", "votes_on")}
        super().__init__(*args, initial=now, **words)


class EndForm(HouseForm):
    """The last day of a seat or a role."""

    last_day = DayField(
        label="Last day",
        earliest=1980,
        latest=2060,
        ask="Give the last day",
        help_text="It counts, until midnight. From the next day on they see nothing here by it.",
    )

    def __init__(self, *args, held: Role | Seat, **words) -> None:
        super().__init__(*args, initial={"last_day": held.last_day or clock.today()}, **words)
        self.held = held

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.held.first_day:
            first = self.held.first_day
            self.add_error("last_day", f"It began on {first.day} {first:%B %Y}; the last day cannot lie before that")
        return day


class HandOverForm(HouseForm):
    """Who has an address from now on, and what goes with it."""

    new_name = Line(120, label="The new person’s name", required=False, attrs={"autocomplete": "off"})
    new_person = Pick(label="Or somebody who is here already, without an address", required=False, empty_label="Nobody")
    roles = Picks(label="What goes with the address", required=False)
    last_day = _last_day(
        label="Last day of the one who goes",
        required=True,
        ask="Give the last day",
        help_text="What goes with the address ends that day, and is the new person’s from the next day on.",
    )

    def __init__(self, *args, organisation: Organisation, person: Person, **words) -> None:
        super().__init__(*args, **words)
        roles = Role.objects.not_over_on(clock.today()).filter(person=person, organisation=organisation)
        self.fields["roles"].queryset = roles
        self.fields["roles"].label_from_instance = lambda role: role.get_kind_display()
        self.fields["roles"].initial = roles
        here = Person.objects.on_hand(organisation).people().filter(email=None).exclude(pk=person.pk)
        self.fields["new_person"].queryset = here
        self.fields["last_day"].initial = clock.today() - timedelta(days=1)
        self.fields["last_day"].label = f"Last day of {person} in it"
        for name in ("new_name", "new_person", "roles"):
            self.fields[name].one_of_several = True

    def clean(self) -> dict:
        words = super().clean()
        new, name = words.get("new_person"), words.get("new_name")
        if not {"new_person", "new_name"} & set(self.errors):
            if new and name:
                self.add_error("new_name", "Choose somebody who is here, or name somebody new; not both")
            elif not new and not name:
                self.add_error("new_name", "Say whose the address is from now on")
        self._check_roles(words, new)
        return words

    def _check_roles(self, words: dict, new: Person | None) -> None:
        roles, last = list(words.get("roles") or ()), words.get("last_day")
        words["roles"] = roles
        if not new and not roles and not {"roles", "new_person"} & set(self.errors):
            self.add_error("roles", "Tick the role that goes with the address: a new person has nothing else here")
        late = [role for role in roles if last and last < role.first_day]
        if late:
            first = late[0].first_day
            self.add_error("last_day", f"The role began on {first.day} {first:%B %Y}; give a later day")
