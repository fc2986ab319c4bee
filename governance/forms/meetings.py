"""What the clerk types about meetings: when and where, the agenda's words, urgency, attendance, the signing."""

from datetime import timedelta

from foundation import clock
from foundation.forms import Choice, DayField, HouseForm, Line, Pick, PickFrom, Text, TypedTime
from governance.models import Attendance, Board, Meeting, Person, Role
from governance.room import jobs_at
from governance.wording import full_day

_AT_MEETINGS = (
    Role.Kind.HEADTEACHER,
    Role.Kind.TRUST_LEADER,
    Role.Kind.SENIOR_LEADER,
    Role.Kind.BUSINESS_MANAGER,
    Role.Kind.CLERK,
)


class MeetingForm(HouseForm):
    """Board, day, time and place of a meeting."""

    board = Pick(label="Which board or committee?", ask="Choose a board")
    day = DayField(label="Day", ask="Give the day of the meeting", earliest=2020)
    time = TypedTime(label="Time", ask="Give the time, such as 18:00")
    place = Line(120, label="Place", required=False, help_text="A room, or a link where it is held remotely.")

    def __init__(self, *args, organisation=None, meeting=None, **words) -> None:
        if meeting:
            words["initial"] = {"day": meeting.day, "time": meeting.time, "place": meeting.place}
        super().__init__(*args, **words)
        if meeting:
            del self.fields["board"]
            return
        boards = Board.objects.filter(organisations=organisation).order_by("pk")
        self.fields["board"].queryset = boards
        self.fields["board"].initial = boards.first()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > clock.today() + timedelta(days=800):
            self.add_error("day", "Check the year: that is more than two years ahead")
        return day


class ItemWordsForm(HouseForm):
    """The words of an item on the agenda."""

    title = Line(120, label="Item", ask="Give the item a title")
    note = Text(1500, label="What it is about", required=False, rows=3)
    resolution = Text(
        600,
        label="Resolution",
        required=False,
        rows=3,
        help_text="The exact words, where the board is to decide: “That the board approve …”.",
    )


class UrgencyForm(HouseForm):
    """Why late papers are urgent."""

    reason = Text(
        600, label="Why can this not wait for a meeting with full notice?", ask="Say why it is urgent", rows=4
    )


class SignForm(HouseForm):
    """The day on which the minutes were signed."""

    on = DayField(label="Signed on", ask="Give the day on which the minutes were signed")

    def __init__(self, *args, meeting, **words) -> None:
        super().__init__(*args, initial={"on": clock.today()}, **words)
        self.meeting = meeting

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.meeting.day:
            self.add_error("on", f"The meeting was on {full_day(self.meeting.day)}; its minutes are signed after it")
        elif day > clock.today():
            self.add_error("on", "That day is still to come")
        return day


class PutForm(HouseForm):
    """The coming meeting at which the board is to decide."""

    meeting = Pick(label="At which meeting?", ask="Choose a meeting")

    def __init__(self, *args, board, user, others=(), **words) -> None:
        """`others`: boards that may be asked as well, for they recommend."""
        super().__init__(*args, **words)
        coming = Meeting.objects.visible_to(user).coming().filter(board__in=[board, *others], day__gte=clock.today())
        self.fields["meeting"].queryset = coming.select_related("board")
        self.fields["meeting"].initial = coming.filter(board=board).first()

    @property
    def has_choice(self) -> bool:
        return self.fields["meeting"].queryset.exists()


class AttendanceForm(HouseForm):
    """How each member came, and who else was in the room; times where somebody came late or left early."""

    acting_chair = PickFrom(label="In the chair", required=False, empty_label="The chair, or else the vice chair")

    def __init__(self, *args, meeting, **words) -> None:
        super().__init__(*args, **words)
        self.meeting = meeting
        self.seats = list(meeting.board.seats.on(meeting.day).select_related("person"))
        self.jobs = jobs_at(meeting)
        held = {row.person_id: row for row in meeting.attendances.select_related("person")}
        self.begun = clock.today() >= meeting.day
        members = {seat.person_id: seat for seat in self.seats}
        others = {person.pk: person for person in _others(meeting, members)}
        others |= {key: row.person for key, row in held.items() if key not in members}
        self.members = [self._row(seat.person, seat, held.get(key)) for key, seat in members.items()]
        self.others = [self._row(person, None, held.get(key)) for key, person in others.items()]
        chairs = [seat.person for seat in self.seats]
        self.fields["acting_chair"].things = chairs
        self.fields["acting_chair"].initial = meeting.acting_chair_id

    def _row(self, person: Person, seat, held: Attendance | None) -> dict:
        names = {name: f"{name}_{person.pk}" for name in ("how", "arrived", "left")}
        self.fields[names["how"]] = _how(seat, held, begun=self.begun)
        for name in ("arrived", "left"):
            self.fields[names[name]] = TypedTime(label=name.title(), required=False, initial=getattr(held, name, None))
        return {"person": person, "seat": seat, "job": self.jobs.get(person.pk, "")} | {
            name: self[field] for name, field in names.items()
        }

    def clean(self) -> dict:
        words = super().clean()
        for row in (*self.members, *self.others):
            arrived, left = words.get(row["arrived"].name), words.get(row["left"].name)
            if arrived and left and left <= arrived:
                self.add_error(row["left"].name, f"{row['person']} left before arriving; check the times")
        chair = words.get("acting_chair")
        if chair and words.get(f"how_{chair.pk}") not in ("in person", "remotely"):
            self.add_error("acting_chair", f"{chair} is not present; choose somebody who is")
        return words

    @property
    def record(self) -> dict:
        """What the operation is given."""
        words = self.cleaned_data
        people = [row["person"].pk for row in (*self.members, *self.others) if words.get(f"how_{row['person'].pk}")]
        return {
            "how": {key: words[f"how_{key}"] for key in people},
            "times": {key: (words.get(f"arrived_{key}"), words.get(f"left_{key}")) for key in people},
            "acting_chair": words.get("acting_chair"),
        }


def _how(seat, held: Attendance | None, *, begun: bool) -> Choice:
    """A list of ways of coming. A member has one; of the others only those who came."""
    choices = list(Attendance.How.choices)
    if seat is None or not begun:
        choices = [("", "not there" if begun else "not said yet"), *choices]
    usual = Attendance.How.PRESENT if seat and begun else ""
    field = Choice(choices=choices, look="select", label="Came", required=bool(seat and begun))
    field.initial = held.how if held else usual
    return field


def _others(meeting: Meeting, members: dict) -> list[Person]:
    """Those who usually attend without a seat: leaders, business manager and clerk of what the board serves."""
    roles = Role.objects.on(meeting.day).filter(
        kind__in=_AT_MEETINGS, organisation__in=meeting.board.organisations.values("pk")
    )
    return list(Person.objects.filter(roles__in=roles).exclude(pk__in=members).distinct().order_by("name"))
