"""Where a member stands before the meeting."""

from foundation.forms import Choice, HouseForm, Line, Picks
from sip.models import Sounding

_HINTS = {
    Sounding.Stand.READY: "Nothing more is needed before the meeting",
    Sounding.Stand.READY_IF: "Say below what would make you ready",
    Sounding.Stand.NOT_READY: "It needs time at the meeting",
}


class StandForm(HouseForm):
    """One of three, with a line that "ready if" needs."""

    stand = Choice(label="Where do you stand before the meeting?", ask="Choose where you stand", hints=_HINTS)
    words = Line(300, label="If what, or why", required=False)

    def __init__(self, *args, mine: Sounding | None, names: bool, **words) -> None:
        initial = {"stand": mine.stand, "words": mine.words} if mine else {}
        super().__init__(*args, initial=initial, **words)
        self.fields["stand"].choices = [(value, label.capitalize()) for value, label in Sounding.Stand.choices]
        shown = "with your name, as your board has chosen" if names else "without your name"
        self.fields["words"].help_text = f"The board’s members and the clerk read it, {shown}. Leaders do not."

    def clean(self) -> dict:
        words = super().clean()
        if words.get("stand") == Sounding.Stand.READY_IF and not words.get("words") and "words" not in self.errors:
            self.add_error("words", "Say what would make you ready")
        return words


class OnPaperForm(HouseForm):
    """Who has read it on paper."""

    people = Picks(label="Who has read it?", ask="Tick whoever has told you that they have read it")

    def __init__(self, *args, people, **words) -> None:
        super().__init__(*args, **words)
        self.fields["people"].queryset = people
