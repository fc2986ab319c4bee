"""The words of an objective, a request to change one, and where the objectives are put."""

from foundation import clock
from foundation.forms import Choice, DayField, HouseForm, Line, Pick, PickFrom, Picks, Text
from governance import years
from governance.models import Meeting, Person, Priority, Seat


class ObjectiveForm(HouseForm):
    """What the board asks for: priority served, where now, where to and by when, who leads, who helps, who monitors."""

    title = Line(
        120,
        label="Objective",
        ask="Give the objective a title",
        help_text="A headline: “Every child reads by the end of Year 2”.",
    )
    priority = Pick(label="Priority it serves", required=False, empty_label="None of them yet")
    where_now = Text(1500, label="Where we are now", required=False)
    where_to = Text(1500, label="Where we want to be", ask="Say where you want to be")
    by_when = DayField(label="By when", ask="Give a day, such as 16 July 2027")
    figure_what = Line(
        160,
        label="One figure that tells, if there is one",
        required=False,
        help_text="What it counts: “Year 2 at the expected standard in reading”.",
    )
    figure_now = Line(20, label="Now", required=False, help_text="For example 61%")
    figure_aim = Line(20, label="Aim", required=False, help_text="For example 75%")
    lead = Pick(label="Lead", required=False, empty_label="Not yet decided", help_text="Answers for it being achieved.")
    team = Picks(label="Team", required=False, help_text="Staff and governors who work on it.")
    monitor = PickFrom(
        label="Who monitors it",
        required=False,
        empty_label="Not yet decided",
        help_text="A governor’s seat or a committee.",
    )

    def __init__(self, *args, plan, objective=None, **words) -> None:
        if objective:
            words["initial"] = _held(objective)
            words.setdefault("revision", objective.revision)
        super().__init__(*args, **words)
        self.plan = plan
        people = Person.objects.on_hand(plan.organisation)
        self.fields["priority"].queryset = Priority.objects.filter(strategy=plan.strategy_id)
        self.fields["lead"].queryset = people
        self.fields["team"].queryset = people
        self.fields["monitor"].things = monitors_of(plan)

    def clean(self) -> dict:
        words = super().clean()
        day = words.get("by_when")
        if day and not years.first_day(self.plan.year) <= day <= years.last_day(self.plan.year + 1):
            self.add_error("by_when", f"Choose a day from 1 September {self.plan.year} on, within two years")
        monitor = words.pop("monitor", None)
        words["monitor_seat"] = monitor.seat if monitor else None
        words["monitor_board"] = monitor.board if monitor else None
        return words


class Monitor:
    """One row of the list of monitors: a seat, or a committee or working party."""

    def __init__(self, *, seat=None, board=None) -> None:
        self.seat, self.board = seat, board
        self.pk = f"seat-{seat.pk}" if seat else f"board-{board.pk}"

    def __str__(self) -> str:
        return f"{self.seat.person.name}, {self.seat.in_words}" if self.seat else self.board.name


def monitors_of(plan) -> list[Monitor]:
    """The seats on the organisation's full board today, then its committees and working parties."""
    seats = plan.organisation.seats().on(clock.today()).filter(board__kind="full board").select_related("person")
    boards = plan.organisation.boards.exclude(kind="full board")
    return [Monitor(seat=seat) for seat in seats.order_by("person__name")] + [Monitor(board=board) for board in boards]


def _held(objective) -> dict:
    words = {
        name: getattr(objective, name)
        for name in (
            "title",
            "priority",
            "where_now",
            "where_to",
            "by_when",
            "figure_what",
            "figure_now",
            "figure_aim",
            "lead",
        )
    }
    held = objective.monitor
    if held:
        words["monitor"] = Monitor(seat=held) if isinstance(held, Seat) else Monitor(board=held)
    return words | {"team": list(objective.team.values_list("pk", flat=True))}


class RequestForm(HouseForm):
    """What leaders ask the board to change."""

    text = Text(1500, label="What should change, and why?", ask="Say what should change, and why", rows=5)


class ReplyForm(HouseForm):
    """What the board's side says to a request."""

    agreed = Choice(
        label="Answer",
        choices=[("yes", "Agreed"), ("no", "Declined")],
        ask="Choose an answer",
        hints={"yes": "You can then change the words of the objective", "no": "The objective stays as it is"},
    )
    reply = Text(1500, label="In a sentence", ask="Say why, in a sentence")


class MeetingForm(HouseForm):
    """The meeting at which the board decides."""

    meeting = Pick(label="At which meeting?", ask="Choose a meeting")

    def __init__(self, *args, plan, **words) -> None:
        super().__init__(*args, **words)
        self.fields["meeting"].queryset = (
            Meeting.objects.coming().filter(board=plan.deciding_board).select_related("board")
        )
