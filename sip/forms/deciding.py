"""What is typed at an item: what goes on the agenda, the decision with its conditions, a correction."""

from django.forms.utils import ErrorDict

from foundation import clock
from foundation.forms import Choice, Count, HouseForm, Line, Pick, PickFrom, Summary, Text, Tick, TypedDay, TypedTime
from governance import kinds
from governance.deciding import Resolved
from governance.models import AgendaItem, Decision, Meeting, Person
from governance.wording import full_day, near_day

_ROWS = 3  # empty conditions that stand ready
_MOST_ROWS = 12
_O = Decision.Outcome
_HOW = [choice for choice in Decision.How.choices if choice[0] != Decision.How.WRITTEN]
_COUNTS = ("votes_for", "votes_against", "abstained")
_WITH_REASON = (_O.CHANGES, _O.DEFERRED, _O.DECLINED, _O.NOT_RECOMMENDED)


class AgendaForm(HouseForm):
    """An item for the agenda: other business, or something that is ready to be decided."""

    what = Choice(label="What is it?", ask="Choose what it is")
    title = Line(120, label="Title", required=False, help_text="Other business needs one; the others bring their own.")
    note = Text(1500, label="What it is about", required=False)
    resolution = Text(
        600,
        label="Resolution",
        required=False,
        help_text="The exact words, where the board is to decide: “That the board …”. What is ready brings its own.",
    )
    is_confidential = Tick(
        label="Part II: confidential",
        help_text="Its papers and its record are for governors, the clerk and the head. The title stays on the agenda: "
        "write it so that it gives nothing away.",
    )

    def __init__(self, *args, ready: dict[str, tuple[str, str]], **words) -> None:
        super().__init__(*args, **words)
        self.fields["what"].choices = [("ordinary", "Other business"), *((key, row[0]) for key, row in ready.items())]
        self.fields["what"].hints = {key: row[1] for key, row in ready.items()}
        self.fields["what"].initial = "ordinary"
        self.fields["title"].one_of_several = True

    def clean(self) -> dict:
        words = super().clean()
        if words.get("what") == "ordinary" and not words.get("title") and "title" not in self.errors:
            self.add_error("title", "Give the item a title")
        return words


class ConditionForm(HouseForm):
    """One condition: what, who answers for it, by when. All empty: none."""

    text = Line(300, label="Condition", required=False)
    owner = PickFrom(label="Owner", required=False, empty_label="Choose")
    due_on = TypedDay(label="By", required=False)

    def __init__(self, *args, people: list[Person], meeting: Meeting, **words) -> None:
        super().__init__(*args, **words)
        self.meeting = meeting
        self.fields["owner"].things = people

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("text", "owner", "due_on")) and not self.errors

    def clean(self) -> dict:
        words = super().clean()
        if not any(words.values()) and not self.errors:
            return words
        for name, ask in (("text", "Say what the condition is"), ("owner", "Choose who answers for it")):
            if not words.get(name) and name not in self.errors:
                self.add_error(name, ask)
        if not words.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Give the day by which it is to be met")
        elif words.get("due_on") and words["due_on"] < self.meeting.day:
            self.add_error("due_on", f"Choose a day after the meeting of {near_day(self.meeting.day)}")
        return words


class DecisionForm(HouseForm):
    """What the board decided, and how."""

    resolution = Text(1000, label="Resolution", ask="Give the exact words of the resolution", rows=3)
    outcome = Choice(label="What did the board decide?", ask="Choose what the board decided")
    reason = Text(1000, label="Why?", required=False, rows=3)
    deferred_to = Pick(label="To which meeting?", required=False, empty_label="Choose a later meeting")
    quorum_lost_at = TypedTime(
        label="Was the quorum lost? When?",
        required=False,
        help_text="Only where members left and there was no quorum any more. Record who left, and when, on the page of "
        "who is present.",
    )
    how = Choice(label="How was it decided?", choices=_HOW, ask="Choose how the board decided")
    votes_for = Count(label="For", required=False, most=99)
    votes_against = Count(label="Against", required=False, most=99)
    abstained = Count(label="Abstained", required=False, most=99)
    second_vote = Choice(
        label="Second vote, after a tie",
        required=False,
        choices=[("", "None was needed"), ("for", "For"), ("against", "Against")],
    )
    minute_reference = Line(60, label="Minute reference", required=False, help_text="For example FGB 02/12/26 item 6.")

    def __init__(self, words=None, *, item: AgendaItem, room, people: list[Person], resolution: str) -> None:
        outcomes = kinds.outcomes_of(item)
        first = {"resolution": resolution, "outcome": next(iter(outcomes)), "how": Decision.How.AGREED}
        super().__init__(words, initial=first | {"minute_reference": _reference(item)})
        self.item, self.room, self.owners = item, room, people
        self.fields["outcome"].choices = [(value, label) for value, (label, _) in outcomes.items()]
        self.fields["outcome"].hints = {value: hint for value, (_, hint) in outcomes.items() if hint}
        self.fields["how"].hints = _how_hints(room)
        self.fields["deferred_to"].queryset = later_meetings(item)
        for name in ("reason", "deferred_to", "quorum_lost_at", *_COUNTS, "second_vote"):
            self.fields[name].one_of_several = True  # with the choice that asks for it
        if not room.may_break_tie:
            del self.fields["second_vote"]
        rows = _rows(words) if _O.CONDITIONS in outcomes else 0
        self.conditions = [
            ConditionForm(words, prefix=f"condition-{place}", people=people, meeting=item.meeting)
            for place in range(rows)
        ]

    # ------------------------------------------------------------ cleaning

    def clean(self) -> dict:
        words = super().clean()
        outcome = words.get("outcome")
        if outcome in _WITH_REASON and not words.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why: the minutes need the reason")
        if outcome == _O.DEFERRED and not words.get("deferred_to") and "deferred_to" not in self.errors:
            self.add_error("deferred_to", "Choose the later meeting; plan one first if there is none")
        if outcome == _O.CONDITIONS and not self._conditions_are_right():
            if not any(form.errors for form in self.conditions):
                self.add_error("outcome", "Write at least one condition, with its owner and its day")
        if words.get("how") == Decision.How.HANDS and not (words.get("votes_for") or words.get("votes_against")):
            if "votes_for" not in self.errors and outcome != _O.DEFERRED:
                self.add_error("votes_for", "Give the counts of the show of hands")
        lost = words.get("quorum_lost_at")
        if lost and outcome == _O.DEFERRED and lost < self.item.meeting.time:
            self.add_error("quorum_lost_at", f"The meeting began at {self.item.meeting.time:%H:%M}; give a later time")
        self._ask_for_second_vote(words)
        return words

    def _ask_for_second_vote(self, words: dict) -> None:
        """After a tie a yes needs it, from whoever chairs and has a vote."""
        votes = self.room.votes
        pair = {
            Decision.How.HANDS: (words.get("votes_for") or 0, words.get("votes_against") or 0),
            Decision.How.BROWSER: (votes.votes_for, votes.votes_against),
        }.get(words.get("how"))
        tied = pair and pair[0] == pair[1] and sum(pair)
        if tied and words.get("outcome") in Decision.CARRIED and words.get("second_vote") == "":
            self.add_error("second_vote", f"A tie, {pair[0]} to {pair[1]}: give the second vote of whoever chairs")

    def _conditions_are_right(self) -> bool:
        right = all([form.is_valid() for form in self.conditions])
        return right and any(not form.is_blank for form in self.conditions)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        wants = self.cleaned_data.get("outcome") == _O.CONDITIONS if self.is_bound else False
        return valid and not (wants and any(form.errors for form in self.conditions))

    @property
    def summary(self) -> Summary:
        """Problems of the conditions stand in the one list."""
        own = super().summary
        if self.is_bound and self.data.get("outcome") == _O.CONDITIONS:
            own += Summary.of(*self.conditions)
        return own

    # ------------------------------------------------------------ what the operations are given

    @property
    def record(self) -> dict:
        """What the operation is given; where the kind has versions, also the one on the page that was sent."""
        if not kinds.of(self.item).has_versions:
            return {"resolved": self.resolved}
        seen = self.data.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None
        return {"resolved": self.resolved, "version": version}

    @property
    def people(self) -> list[dict]:
        """Those who came, with whether they are ticked: at the start everyone who has not withdrawn."""
        rows = [(one, True) for one in self.room.members] + [(one, False) for one in self.room.others]
        ticked = self.there if self.is_bound else {one.person for one, _ in rows if one.is_in}
        return [
            {
                "one": one,
                "is_member": is_member,
                "ticked": one.person in ticked,
                "reason": self.data.get(f"reason-{one.person}", one.reason),
            }
            for one, is_member in rows
        ]

    def unjudged(self) -> "DecisionForm":
        """The same with what was typed and without a word on it: the clerk only asked for more rows."""
        for form in (self, *self.conditions):
            form.full_clean()
            form._errors = ErrorDict()
        return self

    @property
    def there(self) -> set[int]:
        """Who is ticked as being in the room, of those who came."""
        came = {one.person for one in (*self.room.members, *self.room.others)}
        ticked = {int(key) for key in self.data.getlist("there") if key.isascii() and key.isdigit() and len(key) < 10}
        return came & ticked

    @property
    def reasons(self) -> dict[int, str]:
        """The reasons that stand beside those who have withdrawn."""
        people = [one.person for one in (*self.room.members, *self.room.others)]
        given = {key: " ".join(self.data.get(f"reason-{key}", "").split())[:200] for key in people}
        return {key: words for key, words in given.items() if f"reason-{key}" in self.data}

    @property
    def resolved(self) -> Resolved:
        words = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        rows = [form.cleaned_data for form in self.conditions if form.is_valid() and not form.is_blank]
        conditions = rows if words["outcome"] == _O.CONDITIONS else []
        return Resolved(**words, conditions=conditions, there=self.there, reasons=self.reasons)


def _rows(words) -> int:
    """How many rows of conditions the page has: as many as were sent, and three more when asked for."""
    sent = str(words.get("rows", "")) if words else ""
    rows = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 3 else _ROWS
    more = _ROWS if words and words.get("do") == "more" else 0
    return max(_ROWS, min(rows + more, _MOST_ROWS))


def _how_hints(room) -> dict[str, str]:
    votes = room.votes
    hands = "For, against, abstained"
    browser = "Open the voting above; by name only where the chair calls for it"
    if votes.cast:
        browser = f"{votes.votes_for} for, {votes.votes_against} against, {votes.abstained} abstained"
    agreed = "Everyone with a vote who is ticked above"
    return {Decision.How.AGREED: agreed, Decision.How.HANDS: hands, Decision.How.BROWSER: browser}


def _reference(item: AgendaItem) -> str:
    """ "FGB 02/12/26 item 6": how most clerks number their minutes."""
    board = item.meeting.board.short_name
    return f"{board} {item.meeting.day:%d/%m/%y} item {item.position}" if board else ""


def later_meetings(item: AgendaItem):
    """The coming meetings of the same board to which an item can be deferred."""
    meeting = item.meeting
    coming = Meeting.objects.coming().filter(board=meeting.board_id, day__gte=meeting.day).exclude(pk=meeting.pk)
    return coming.filter(day__gt=meeting.day).select_related("board")


class CorrectionForm(HouseForm):
    """A mistake in the record of a decision put right: what it should say, and why."""

    minute_reference = Line(60, label="Minute reference", required=False)
    resolution = Text(1000, label="Resolution", ask="Give the exact words of the resolution")
    wording = Text(3000, label="Wording for the minutes", ask="Give the wording for the minutes", rows=6)
    votes_for = Count(label="For", required=False, most=99)
    votes_against = Count(label="Against", required=False, most=99)
    abstained = Count(label="Abstained", required=False, most=99)
    reason = Line(300, label="What was wrong?", ask="Say what was wrong", help_text="It stands beside the correction.")

    def __init__(self, *args, decision: Decision, **words) -> None:
        names = ("minute_reference", "resolution", "wording", "votes_for", "votes_against", "abstained")
        super().__init__(*args, initial={name: getattr(decision, name) for name in names}, **words)
        self.decision = decision
        if decision.how in (Decision.How.AGREED, Decision.How.WRITTEN):
            for name in ("votes_for", "votes_against", "abstained"):
                del self.fields[name]
        self.dates = {}
        for condition in decision.conditions.all():
            name = f"date-{condition.pk}"
            self.fields[name] = TypedDay(
                label=f"Day of the condition “{condition.text[:60]}”", initial=condition.due_on
            )
            self.dates[name] = condition
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def clean(self) -> dict:
        words = super().clean()
        for name in self.dates:
            if words.get(name) and words[name] < self.decision.decided_on:
                self.add_error(name, f"Choose a day after the decision of {full_day(self.decision.decided_on)}")
        if not set(self.changed_data) - {"reason"}:
            self.add_error(None, "Nothing is changed yet. Put right what was wrong")
        return words

    @property
    def corrections(self) -> dict:
        """What the operation is given."""
        words = {name: value for name, value in self.cleaned_data.items() if name not in self.dates}
        for name in ("votes_for", "votes_against", "abstained"):
            if name in self.fields:
                words[name] = words[name] or 0
        dates = {row.pk: self.cleaned_data[name] for name, row in self.dates.items()}
        return words | {"condition_dates": dates}


def today() -> str:
    """For the page: the day that is recorded when a condition is met."""
    return full_day(clock.today())
