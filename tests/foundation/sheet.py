"""A form with every kind of box once, and how to send it."""

from foundation import forms


class Sheet(forms.HouseForm):
    """Every kind of box once."""

    title = forms.Line(20, label="Title", ask="Give the objective a title", help_text="As a parent would say it")
    words = forms.Text(60, label="Why does it matter?", required=False)
    email = forms.Email(label="E-mail address", required=False)
    begins = forms.DayField(label="From when?", help_text="For example 24 11 2026", ask="Give the first day")
    due = forms.TypedDay(label="By when?", required=False)
    at = forms.TimeField_(label="At what time?", required=False)
    cost = forms.Money(label="What does it cost?", required=False)
    quorum = forms.Count(label="How many?", required=False, least=1, most=30)
    how = forms.Choice(
        label="How?", choices=[("all", "Agreed by all"), ("hands", "By hands")], hints={"all": "The eight"}
    )
    term = forms.Choice(label="Term", look="select", choices=[("", "Choose"), ("a", "Autumn")], required=False)
    team = forms.Choices(label="Team", choices=[("1", "Hannah"), ("2", "Imran")], required=False)
    public = forms.Tick(label="Anyone may read it", help_text="It goes on the school's site")

    def clean(self):
        self.later("begins", "due", "The last day is before the first")


GOOD = {
    "title": "Early reading", "words": "", "email": "", "begins_day": "24", "begins_month": "11", "begins_year": "2026",
    "due": "", "at": "", "cost": "", "quorum": "", "how": "all", "term": "",
}  # fmt: skip


GONE = "That choice is not one of yours any more. Choose from the list."


def sheet(**changes) -> Sheet:
    return Sheet(GOOD | changes)


def refusal(form, name: str) -> str:
    """The one sentence that stands at a field."""
    assert not form.is_valid()
    (sentence,) = form.errors[name]
    return sentence
