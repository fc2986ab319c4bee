"""What is typed about what a board does between its meetings: a resolution in writing, a chair's action."""

from datetime import timedelta

from foundation import clock
from foundation.forms import Choice, DayField, HouseForm, Line, Text, Tick
from governance.models import Board, User
from governance.permissions import Part
from governance.resolving import MOST_DAYS
from governance.wording import full_day

_USUAL_DAYS = 7


class ResolutionForm(HouseForm):
    """What members are asked to agree to in writing, and until when."""

    what = Choice(label="What is it?", ask="Choose what it is")
    title = Line(120, label="Title", required=False, help_text="Other business needs one; the others bring their own.")
    resolution = Text(
        600,
        label="Resolution",
        required=False,
        rows=4,
        help_text="The exact words to which members agree: “That the board …”. What is ready brings its own.",
    )
    note = Text(
        1500,
        label="What members need to know",
        required=False,
        rows=5,
        help_text="Nobody meets, so say here what would have been said there.",
    )
    last_day = DayField(label="Open until", ask="Give the last day on which members can agree")
    is_confidential = Tick(
        label="Confidential",
        help_text="Its record is for trustees, the clerk and the trust’s leader. Its title is not: write it with care.",
    )

    def __init__(self, *args, ready: dict, **words) -> None:
        usual = clock.today() + timedelta(days=_USUAL_DAYS)
        super().__init__(*args, initial={"what": "ordinary", "last_day": usual}, **words)
        waiting = [(key, row.title) for key, row in ready.items()]
        self.fields["what"].choices = [("ordinary", "Other business"), *waiting]
        self.fields["what"].hints = {key: row.says for key, row in ready.items()}
        self.fields["title"].one_of_several = self.fields["resolution"].one_of_several = True

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        latest = clock.today() + timedelta(days=MOST_DAYS)
        if day < clock.today():
            self.add_error("last_day", "That day has passed; members need time to read and agree")
        elif day > latest:
            self.add_error("last_day", f"Choose a day until {full_day(latest)}; what takes longer waits for a meeting")
        return day

    def clean(self) -> dict:
        words = super().clean()
        if words.get("what") == "ordinary":
            for name, ask in (("title", "Give it a title"), ("resolution", "Give the exact words of the resolution")):
                if not words.get(name) and name not in self.errors:
                    self.add_error(name, ask)
        return words


class ChairsActionForm(HouseForm):
    """What the chair did, and how it passes the two tests of the law."""

    what = Text(1000, label="What did you do for the board?", ask="Say what you did", rows=3)
    cannot_wait = Text(
        1000,
        label="Why could the board, or a committee, not meet in time?",
        ask="Say why nobody could meet in time",
        rows=3,
        help_text="The first test: meeting in time was not reasonably practicable.",
    )
    detriment = Text(
        1000,
        label="What harm would delay have done, and to whom?",
        ask="Say what harm delay would have done, and to whom",
        rows=3,
        help_text="The second test: delay was likely to be seriously detrimental to the school, a pupil, a parent or "
        "somebody who works there.",
    )
    consulted = Line(200, label="Whom did you ask?", required=False, help_text="The head, where that was possible.")
    taken_on = DayField(label="On which day?", ask="Give the day on which you acted")
    chair_away = Line(
        200, label="Why could the chair not act?", ask="Say why the chair could not", help_text="You act as vice chair."
    )

    def __init__(self, *args, board: Board, user: User, **words) -> None:
        super().__init__(*args, initial={"taken_on": clock.today()}, **words)
        if Part.CHAIR in board.parts_of(user):
            del self.fields["chair_away"]

    def clean_taken_on(self):
        day = self.cleaned_data["taken_on"]
        if day > clock.today():
            self.add_error("taken_on", "That day is still to come; record it once you have acted")
        return day
