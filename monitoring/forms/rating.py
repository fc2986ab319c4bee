"""What leaders type in a review: of a milestone, of an objective as a whole, of the term; and what the ratings mean."""

from datetime import timedelta
from decimal import Decimal

from django import forms

from foundation import clock
from foundation.forms import Choice, Choices, Count, DayField, Figure, HouseForm, Line, PickFrom, Text, Tick
from monitoring import meaning
from monitoring.marks import word
from monitoring.models import Rating, Summary
from sip import plausible
from sip.models import Mark, Measure, Plan, Reading, Target

SAYS_NEXT = (Mark.RED, Mark.AMBER)
SHOWS = (Mark.GREEN, Mark.BLUE)  # say what shows it


class RateForm(HouseForm):
    """One milestone: the mark, why, what next, what shows it; and what was read of its criterion's measure."""

    _NAMES = ("mark", "why", "next_step", "next_by", "evidence", "evidence_named")

    mark = Choice(label="How is it going?", ask="Choose how it is going")
    why = Text(400, rows=3, label="In one sentence: why?", ask="Say in one sentence why")
    next_step = Line(300, label="What next?", required=False)
    next_by = DayField(label="By when?", required=False)
    evidence = Choices(label="What shows it?", required=False, choices=Rating.Evidence.choices)
    evidence_named = Line(300, label="Which? Name it", required=False)
    said_for = PickFrom(
        label="Do you enter this for somebody who is away?", required=False, empty_label="No, I say it myself"
    )

    def __init__(
        self,
        *args,
        marks: list,
        held: Rating | None,
        target: Target | None,
        reading: Reading | None,
        last: Decimal | None = None,
        away: list = (),
        **words,
    ) -> None:
        first = {name: getattr(held, name) for name in (*self._NAMES, "said_for") if held}
        value, cohort = (reading.value, reading.cohort) if reading else (None, None)
        first |= {"reading": value, "instead_of": value, "cohort": cohort}
        words |= {"initial": first, "revision": held.revision if held else 0}
        super().__init__(*args, **words)
        self.fields["mark"].choices = [(value, label) for value, label, _ in marks]
        self.fields["mark"].hints = {value: means for value, _, means in marks}
        self.fields["next_step"].one_of_several = self.fields["next_by"].one_of_several = True
        self.fields[
            "evidence_named"
        ].help_text = (
            "The phonics tracker of November, books of Year 3. Of one kind only, governors read “one source only”."
        )
        self.fields["said_for"].things = away
        if not away:
            del self.fields["said_for"]
        self.target, self.last = target, last
        if target is not None:
            self._ask_for_reading(target.measure)

    def _ask_for_reading(self, measure) -> None:
        self.fields["reading"] = Figure(label=f"{measure.name}, this term", required=False, **measure.takes)
        self.fields["instead_of"] = Figure(required=False, widget=forms.HiddenInput, **measure.takes)
        if measure.counts_pupils:
            self.fields["cohort"] = Count(
                label="Of how many pupils?",
                required=False,
                least=1,
                most=99_999,
                help_text="Without this only leaders see the figure: nobody can tell whether it is about very few.",
            )
        self.fields["sure"] = Tick(label="Yes, that is right")
        self.order_fields(
            ["reading", "sure", "cohort"]
        )  # the first boxes of the page: what is wrong is said in their order

    def clean_next_by(self):
        day, today = self.cleaned_data["next_by"], clock.today()
        if day and not today <= day <= today + timedelta(days=730):
            self.add_error("next_by", "Choose a day from today on, within two years")
        return day

    def clean(self) -> dict:
        words = super().clean()
        mark = words.get("mark")
        if mark == Mark.RED:
            self._needs("next_step", "Off track: say what happens next")
            self._needs("next_by", "Off track: say by when it happens")
        if mark and mark not in SAYS_NEXT:  # these boxes are not shown then
            self._drop("next_step", "")
            self._drop("next_by", None)
        if mark in SHOWS:
            self._needs("evidence", f"{Mark(mark).label.capitalize()}: say what shows it, at least one")
        self._reading_stays(words)
        self._is_likely(words)
        return {name: value for name, value in words.items() if name != "sure"}

    def _needs(self, name: str, ask: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ask)

    def _drop(self, name: str, nothing) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = nothing

    def _reading_stays(self, words: dict) -> None:
        """Only a figure that differs from the one that stood in the box is a reading of this person's."""
        if "reading" not in words or "instead_of" not in words:
            return
        if words["reading"] is None and words["instead_of"] is not None:
            stands = self.target.measure.words(words["instead_of"])
            self.add_error("reading", f"{stands} was read. If that is wrong, write the right figure in its place")
        elif words["reading"] is None and words.get("cohort"):
            self.add_error("reading", "Say what was read of these pupils")
        elif self._is_more_than_all(words):
            self.add_error("cohort", "This is fewer pupils than were counted")
        elif words["reading"] == words["instead_of"] and words.get("cohort") == self.initial["cohort"]:
            words["reading"] = words["instead_of"] = None

    def _is_likely(self, words: dict) -> None:
        """A figure that is not likely is asked about once; whoever ticks that it is right is believed."""
        value = words.get("reading")
        if value is None or words.get("sure") or "reading" in self.errors or value == words.get("instead_of"):
            return
        if why := plausible.why_asked(self.target.measure, value, self.last):
            self.asks_sure = True
            self.add_error("reading", f"{why} Then tick that it is; or mend it")

    asks_sure = False

    def _is_more_than_all(self, words: dict) -> bool:
        """Whether more pupils are counted than there are."""
        counted = self.target.measure.unit == Measure.Unit.NUMBER and words.get("reading") is not None
        return bool(counted and words.get("cohort") and words["reading"] > words["cohort"])

    def says_the_same(self, held: Rating | None, reading: Reading | None) -> bool:
        """Whether what was typed is what stands: a button pressed twice is no colleague."""
        typed = self.cleaned_data.get("reading"), self.cleaned_data.get("cohort")
        read = typed[0] is None or (reading is not None and typed == (reading.value, reading.cohort))
        same = held is not None and all(self.cleaned_data[name] == getattr(held, name) for name in self._NAMES)
        return read and same and self.cleaned_data.get("said_for") == held.said_for


class HandOnForm(HouseForm):
    """Who is asked to rate one milestone."""

    to = PickFrom(label="Who should rate it?", ask="Choose a colleague", empty_label="Choose a colleague")
    note = Line(
        200, label="A line to go with it", required=False, help_text="It stands on the page where they rate it."
    )

    def __init__(self, *args, colleagues: list, **words) -> None:
        super().__init__(*args, **words)
        self.fields["to"].things = colleagues


class SumUpForm(HouseForm):
    """An objective as a whole: in words; and the mark, where the worst of its milestones does not tell it."""

    _NAMES = ("words", "mark", "why")

    words = Text(1500, rows=5, label="The objective as a whole", required=False)
    mark = Choice(label="How would you rate it?", required=False)
    why = Line(300, label="Why not as proposed?", required=False)

    def __init__(self, *args, marks: list, held: Summary | None, proposed: str, **words) -> None:
        first = {name: getattr(held, name) for name in self._NAMES if held}
        super().__init__(*args, initial=first, revision=held.revision if held else 0, **words)
        as_it_is = f"As proposed: {word(proposed)}" if proposed else "No rating as a whole yet"
        self.fields["mark"].choices = [("", as_it_is), *((value, label) for value, label, _ in marks)]
        self.fields["mark"].hints = {value: means for value, _, means in marks}
        for name in self.fields:
            self.fields[name].one_of_several = True
        self.fields["words"].help_text = "Two or three sentences: what changed this term, and what matters next."
        self.held = held

    def clean(self) -> dict:
        words = super().clean()
        if words.get("mark") and not words.get("why") and "why" not in self.errors:
            self.add_error("why", "Say why the objective is not rated as proposed")
        if words.get("why") and not words.get("mark") and "mark" not in self.errors:
            self.add_error("mark", "Choose your rating, or take the reason away")
        if not any(words.get(name) for name in self._NAMES) and not self.errors and self.held is None:
            self.add_error("words", "Say in a few words how the objective goes")
        return words

    def says_the_same(self, held: Summary | None) -> bool:
        """Whether what was typed is what stands."""
        return held is not None and all(self.cleaned_data[name] == getattr(held, name) for name in self._NAMES)


class PointsForm(HouseForm):
    """How often a plan is reviewed."""

    points = Choice(label="When is the plan reviewed?", ask="Choose when it is reviewed")

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        self.fields["points"].choices = [
            (Plan.Points.TERMS, "At the end of each term: three times a year"),
            (Plan.Points.HALF_TERMS, "At the end of each half-term: six times a year, where a school must"),
        ]


class NarrativeForm(HouseForm):
    """The leaders' own word on the term."""

    narrative = Text(
        6000,
        rows=8,
        label="The term in your own words",
        required=False,
        help_text="What governors should know that no rating says. It opens the review and the termly report.",
    )


class WordsForm(HouseForm):
    """What each rating means here."""

    red = Line(200, ask="Say what it means")
    amber = Line(200, ask="Say what it means")
    green = Line(200, ask="Say what it means")
    uses_blue = Tick(label=f"Use “{Mark.BLUE.label}” as well")
    blue = Line(200, required=False)

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        for mark, usual in meaning.USUAL.items():
            self.fields[mark].label = Mark(mark).label.capitalize()
            self.fields[mark].help_text = f"Usually: {usual}"
        self.fields["blue"].one_of_several = True

    def clean(self) -> dict:
        words = super().clean()
        if words.get("uses_blue") and not words.get("blue") and "blue" not in self.errors:
            self.add_error("blue", "Say what it means, or take the tick away")
        return words
