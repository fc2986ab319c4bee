"""How an action goes."""

from foundation.forms import Choice, HouseForm, Line
from sip.models import Action


class StatusForm(HouseForm):
    """One of three, and a line where there is something to say."""

    status = Choice(label="How does it go?", ask="Choose how it goes")
    note = Line(
        200,
        label="In a line, if there is something to say",
        required=False,
        help_text="What is done, or what stands in the way. The board’s side and the staff read it.",
    )

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        self.fields["status"].choices = [(value, label.capitalize()) for value, label in Action.Status.choices]
