"""The monitor's view of an objective, beside the leaders' rating."""

from foundation.forms import Choice, HouseForm, Text
from monitoring import meaning
from monitoring.models import View
from monitoring.models.reviews import Review

STANCES = {
    View.Stance.AGREES: ("I agree with leaders", ""),
    View.Stance.DIFFERS: ("I see it differently", "Say how you would rate it, and why. Both ratings are shown."),
    View.Stance.NOT_ENOUGH: ("I have not enough evidence", "Say what you would need to see or hear."),
}


class ViewForm(HouseForm):
    """One of three; a mark and why where it differs, why where the evidence does not suffice."""

    stance = Choice(
        label="How do you see it?",
        ask="Say how you see it",
        choices=[(stance.value, said) for stance, (said, _) in STANCES.items()],
        hints={stance.value: hint for stance, (_, hint) in STANCES.items()},
    )
    mark = Choice(label="How would you rate it?", required=False)
    why = Text(2000, rows=4, label="Why", help_text="Needed unless you agree.", required=False)

    def __init__(self, *args, review: Review, leaders_mark: str, **words) -> None:
        super().__init__(*args, **words)
        self.leaders_mark = leaders_mark
        self.fields["why"].one_of_several = True  # it says itself when it is needed
        marks = meaning.choices(review.here)
        self.fields["mark"].choices = [(mark, word) for mark, word, _ in marks]
        self.fields["mark"].hints = {mark: says for mark, _, says in marks}

    def clean(self) -> dict:
        """What goes with the stance; a mark that belongs to another one is left out."""
        words = super().clean()
        stance = words.get("stance")
        if stance == View.Stance.DIFFERS:
            self._differs(words)
        else:
            words["mark"] = ""
        if stance == View.Stance.NOT_ENOUGH and not words.get("why") and "why" not in self.errors:
            self.add_error("why", "Say what you would need to see or hear")
        return words

    def _differs(self, words: dict) -> None:
        if not words.get("mark") and "mark" not in self.errors:
            self.add_error("mark", "Choose how you would rate it")
        if words.get("mark") and words["mark"] == self.leaders_mark:
            self.add_error("mark", "That is the leaders’ own rating. Agree with it, or choose another")
        if not words.get("why") and "why" not in self.errors:
            self.add_error("why", "Say why you see it differently")
