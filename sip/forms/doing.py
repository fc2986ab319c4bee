"""How an action goes."""

from foundation.forms import Choice, HouseForm, Line
from sip.models import Action

HELD_UP = "held up"
_SAYS_SO = "Held up: "
_MOST = 200  # characters of the line


class StatusForm(HouseForm):
    """One of four, each a button, and a line where there is something to say."""

    note = Line(
        _MOST,
        label="In a line, if there is something to say",
        required=False,
        help_text="What is done, or what stands in the way. The board’s side and the staff read it.",
    )
    status = Choice(label="How does it go?", ask="Press one of the four buttons")

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        status = Action.Status
        self.fields["status"].choices = [
            *((one.value, one.label.capitalize()) for one in (status.NOT_STARTED, status.UNDER_WAY, status.DONE)),
            (HELD_UP, HELD_UP.capitalize()),
        ]

    def clean(self) -> dict:
        """What is held up is under way, and its line says what stands in the way."""
        words = super().clean()
        if words.get("status") != HELD_UP:
            return words
        note = words.get("note", "")
        if not note and "note" not in self.errors:
            self.add_error("note", "Held up: say what stands in the way")
        note = note if note.startswith(_SAYS_SO) else f"{_SAYS_SO}{note}"
        if len(note) > _MOST:
            self.add_error("note", f"Say it in {_MOST - len(_SAYS_SO)} characters")
        return words | {"status": Action.Status.UNDER_WAY, "note": note}
