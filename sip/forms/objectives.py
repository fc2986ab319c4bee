"""The words of an objective, a request to change one, and where the objectives are put."""

from foundation import clock
from foundation.forms import Choice, DayField, HouseForm, Line, Pick, PickFrom, Picks, Text
from governance import years
from governance.models import Meeting, Person, Priority, Seat
from sip.models import KeyArea


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
    figure_now = Line(
        20,
        label="Now",
        required=False,
        help_text="For example 61%. Everybody reads it: write none that is about very few pupils.",
    )
    figure_aim = Line(20, label="Aim", required=False, help_text="For example 75%")
    lead = Pick(label="Lead", required=False, empty_label="Not yet decided", help_text="Answers for it being achieved.")
    team = Picks(label="Team", required=False, help_text="Staff and governors who work on it.")
    monitor = PickFrom(
        label="Who monitors it",
        required=False,
        empty_label="Not yet decided",
        help_text="A governor’s seat or a committee.",
    )
    key_area = Pick(label="Key area it comes from", required=False, empty_label="None of them")

    def __init__(self, *args, plan, objective=None, area=None, **words) -> None:
        words["initial"] = {"key_area": area}
        if objective:
            words["initial"] = _held(objective)
            words.setdefault("revision", objective.revision)
        super().__init__(*args, **words)
        self.plan = plan
        people = Person.objects.on_hand(plan.organisation).people()
        self.fields["priority"].queryset = Priority.objects.filter(strategy=plan.strategy_id)
        self.fields["lead"].queryset = people
        self.fields["team"].queryset = people
        self.fields["monitor"].things = monitors_of(plan)
        self.fields["key_area"].queryset = key_areas_of(plan)

    def clean(self) -> dict:
        words = super().clean()
        in_the_year(self, words.get("by_when"))
        monitor = words.pop("monitor", None)
        words["monitor_seat"] = monitor.seat if monitor else None
        words["monitor_board"] = monitor.board if monitor else None
        return words


def in_the_year(form, day) -> None:
    """A day by which something is to be so lies in the plan's year, or in the one after it."""
    year = form.plan.year
    if day and not years.first_day(year) <= day <= years.last_day(year + 1):
        form.add_error("by_when", f"Choose a day from 1 September {year} on, within two years")


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
            "key_area",
        )
    }
    held = objective.monitor
    if held:
        words["monitor"] = Monitor(seat=held) if isinstance(held, Seat) else Monitor(board=held)
    return words | {"team": list(objective.team.values_list("pk", flat=True))}


def key_areas_of(plan):
    """The areas for improvement that were named in the evidence for the plan's year."""
    return KeyArea.objects.filter(pack__organisation=plan.organisation_id, pack__year=plan.year)


class RequestForm(HouseForm):
    """What leaders ask the board to change: the words of an objective, or its baseline, given as new values."""

    kind = Choice(
        label="What should change?",
        choices=[("words", "Its words"), ("baseline", "Its baseline")],
        ask="Say what should change",
        hints={
            "words": "If the board agrees, it puts the objective in other words",
            "baseline": "If the board agrees, what you write below is taken over as it stands",
        },
        initial="words",
    )
    text = Text(1500, label="What should change, and why?", ask="Say what should change, and why", rows=5)
    figure_now = Line(
        20, label="The figure now", required=False, help_text="For a new baseline, never about very few pupils: 58%"
    )
    figure_aim = Line(20, label="The aim", required=False, help_text="Only where the aim should change, too.")
    where_now = Text(1500, label="Where we are now", required=False, help_text="Leave empty what stays as it is.")

    def clean(self) -> dict:
        words = super().clean()
        given = any(words.get(name) for name in ("figure_now", "figure_aim", "where_now"))
        if words.get("kind") == "baseline" and not given and not self.errors:
            self.add_error("figure_now", "Write the new figure, the new aim, or where you are now")
        if words.get("kind") == "words" and given and not self.errors:
            self.add_error("kind", "You have written a new baseline below: choose “Its baseline”, or clear those boxes")
        return words


class AnotherForm(HouseForm):
    """Another objective that leaders ask the board for."""

    title = Line(120, label="Objective", ask="Give the objective a title")
    priority = Pick(label="Priority it serves", required=False, empty_label="None of them yet")
    where_now = Text(1500, label="Where we are now", required=False)
    where_to = Text(1500, label="Where we want to be", ask="Say where you want to be")
    by_when = DayField(label="By when", ask="Give a day, such as 16 July 2027")
    text = Text(1500, label="Why is it needed now?", ask="Say why it is needed now", rows=4)

    def __init__(self, *args, plan, **words) -> None:
        super().__init__(*args, **words)
        self.plan = plan
        self.fields["priority"].queryset = Priority.objects.filter(strategy=plan.strategy_id)

    def clean(self) -> dict:
        words = super().clean()
        in_the_year(self, words.get("by_when"))
        return words


_AGREED = {
    "words": "You can then change the words of the objective",
    "baseline": "The new baseline is taken over as it stands above",
    "another": "It joins the objectives as it stands above; you can then change its words",
}


class ReplyForm(HouseForm):
    """What the board's side says to a request."""

    agreed = Choice(label="Answer", choices=[("yes", "Agreed"), ("no", "Declined")], ask="Choose an answer")
    reply = Text(1500, label="In a sentence", ask="Say why, in a sentence")

    def __init__(self, *args, kind: str, **words) -> None:
        super().__init__(*args, **words)
        stays = "The objectives stay as they are" if kind == "another" else "The objective stays as it is"
        self.fields["agreed"].hints = {"yes": _AGREED[kind], "no": stays}


class MeetingForm(HouseForm):
    """The meeting at which the board decides."""

    meeting = Pick(label="At which meeting?", ask="Choose a meeting")

    def __init__(self, *args, plan, **words) -> None:
        super().__init__(*args, **words)
        self.fields["meeting"].queryset = (
            Meeting.objects.coming().filter(board=plan.deciding_board).select_related("board")
        )
