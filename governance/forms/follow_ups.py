"""What a meeting gives somebody to do, and what came of it."""

from datetime import timedelta

from foundation.forms import HouseForm, Line, PickFrom, TypedDay
from governance.models import AgendaItem, Person
from governance.wording import near_day

_LONGEST = timedelta(days=731)


class FollowUpForm(HouseForm):
    """One action of a meeting: what, who, by when."""

    text = Line(300, label="What is to be done?", ask="Say what is to be done")
    owner = PickFrom(label="Who does it?", ask="Choose who does it", empty_label="Choose")
    due_on = TypedDay(label="By", ask="Give the day by which it is to be done")

    def __init__(self, *args, item: AgendaItem, people: list[Person], **words) -> None:
        super().__init__(*args, prefix="action", **words)
        self.meeting = item.meeting
        self.fields["owner"].things = people

    def clean_due_on(self):
        day, held = self.cleaned_data["due_on"], self.meeting.day
        if day and not held <= day <= held + _LONGEST:
            self.add_error("due_on", f"Choose a day from the meeting of {near_day(held)} on, within two years")
        return day


class DoneForm(HouseForm):
    """That it is done, and what came of it."""

    note = Line(
        300,
        label="What came of it",
        required=False,
        help_text="One sentence. The board reads it at its next meeting.",
    )
