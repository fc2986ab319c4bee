"""The four facts of an organisation: what it is, its name, its terms, its clerk."""

from foundation import clock
from foundation.forms import Choice, Count, Email, HouseForm, Line, Pick
from governance import calendar, setting_up, years
from governance.models import Organisation


def _options(words) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class OrganisationForm(HouseForm):
    """A new school or trust."""

    establishment = Choice(label="Kind", look="select", ask="Choose the kind")
    phase = Choice(
        label="Phase",
        look="select",
        ask="Choose the phase",
        choices=[("", "Choose"), *_options(setting_up.PHASES)],
        help_text="A trust of several phases is all-through.",
    )
    trust = Pick(label="Its trust", required=False, empty_label="None", help_text="For an academy that belongs to one.")
    name = Line(120, label="Name", ask="Give the school’s or trust’s name", attrs={"autocomplete": "off"})
    terms = Choice(label="Which dates?", ask="Choose one")
    clerk_name = Line(120, label="The clerk’s name", ask="Give the clerk’s name", attrs={"autocomplete": "off"})
    clerk_email = Email(
        label="The clerk’s e-mail address", ask="Give the clerk’s address", attrs={"autocomplete": "off"}
    )
    board_name = Line(120, label="Name of the full board", required=False, attrs={"autocomplete": "off"})
    reference = Line(12, label="URN of a school, UID of a trust", required=False, attrs={"class": "w10"})
    local_authority = Line(80, label="Local authority", required=False)
    small_number_threshold = Count(
        label="Figures about fewer pupils than this are hidden", least=2, most=30, initial=6, required=False
    )

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        self.year = years.year_of(clock.today())
        self.fields["establishment"].choices = [
            ("", "Choose"),
            ("Maintained schools", _options(setting_up.MAINTAINED)),
            ("Academies and free schools", _options(setting_up.ACADEMIES)),
            ("Trusts", _options(setting_up.TRUSTS)),
        ]
        self.fields["trust"].queryset = Organisation.objects.filter(kind=Organisation.Kind.TRUST).order_by("name")
        self.fields["terms"].choices = [
            ("usual", "The usual dates, for the clerk to correct"),
            ("later", "Later: the clerk sets them, or the trust’s are taken"),
        ]
        self.fields["terms"].hints = {"usual": _in_words(calendar.usual_terms(None, self.year))}
        self.fields["terms"].initial = "usual"

    def clean_clerk_email(self) -> str:
        return self.cleaned_data["clerk_email"].lower()

    def clean(self) -> dict:
        words = super().clean()
        establishment, trust = words.get("establishment"), words.get("trust")
        is_trust = establishment in setting_up.TRUSTS
        words["kind"] = Organisation.Kind.TRUST if is_trust else Organisation.Kind.SCHOOL
        if trust and is_trust:
            self.add_error("trust", "A trust belongs to no other trust: choose none")
        if trust and establishment in setting_up.MAINTAINED:
            self.add_error("trust", "A maintained school belongs to no trust: choose none, or another kind")
        usual = words.pop("terms", "") == "usual" and not trust
        words["terms"] = {self.year: calendar.usual_terms(None, self.year)} if usual else {}
        words["small_number_threshold"] = words.get("small_number_threshold") or 6
        return words


class ClerkForm(HouseForm):
    """Who clerks from today on."""

    clerk_name = Line(120, label="The new clerk’s name", ask="Give the clerk’s name", attrs={"autocomplete": "off"})
    clerk_email = Email(
        label="The new clerk’s e-mail address", ask="Give the clerk’s address", attrs={"autocomplete": "off"}
    )

    def clean_clerk_email(self) -> str:
        return self.cleaned_data["clerk_email"].lower()


def _in_words(terms: list[dict]) -> str:
    """ "Autumn 1 Sep to 18 Dec, spring …"."""
    day = lambda row, name: f"{row[name].day} {row[name]:%b %Y}"  # noqa: E731
    spans = [f"{row['name']} {day(row, 'starts')} to {day(row, 'ends')}" for row in terms]
    words = ", ".join(spans)
    return f"{words[0].upper()}{words[1:]}."
