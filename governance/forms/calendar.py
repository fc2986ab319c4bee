"""The three terms of a year, on one page."""

from foundation.forms import HouseForm, Summary, TypedDay
from governance import calendar
from governance.models import Term

_ASKED = {
    "starts": "the first day",
    "half_term_starts": "the first day of the half-term holiday",
    "half_term_ends": "the last day of the half-term holiday",
    "ends": "the last day",
}


class TermForm(HouseForm):
    """One term with its half-term holiday."""

    starts = TypedDay(label="Begins", earliest=2000, latest=2100)
    half_term_starts = TypedDay(label="Half-term from", earliest=2000, latest=2100)
    half_term_ends = TypedDay(label="Half-term until", earliest=2000, latest=2100)
    ends = TypedDay(label="Ends", earliest=2000, latest=2100)

    def __init__(self, *args, name: str, **words) -> None:
        super().__init__(*args, prefix=name, **words)
        self.name = name
        for day, what in _ASKED.items():  # the summary at the head of the page names the term
            self.fields[day].error_messages["required"] = f"Give {what} of the {name} term"

    @property
    def title(self) -> str:
        return f"{Term.Name(self.name).label} term"


class TermsForm:
    """Three terms as one form: each in order, and none before the last has ended."""

    def __init__(self, words, *, year: int, dates: list[dict]) -> None:
        self.year = year
        self.terms = [TermForm(words, name=row["name"], initial=row) for row in dates]

    @property
    def is_bound(self) -> bool:
        return self.terms[0].is_bound

    @property
    def errors(self) -> bool:
        return self.is_bound and not self.is_valid()

    @property
    def summary(self) -> Summary:
        return Summary.of(*self.terms)

    @property
    def rows(self) -> list[dict]:
        return [{"name": form.name} | form.cleaned_data for form in self.terms]

    def is_valid(self) -> bool:
        """Asked twice it says each thing once."""
        if not all([form.is_valid() for form in self.terms]):
            return False
        wrong = calendar.what_is_wrong(self.rows, self.year)
        for place, day, sentence in wrong:
            self.terms[place].add_error(day, sentence)
        return not wrong
