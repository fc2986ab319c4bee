"""What came of each objective of a plan: a block an objective, one Save for the page."""

from dataclasses import dataclass

from django import forms

from foundation.forms import Choice, HouseForm, Summary, Text
from foundation.frozen import sha256
from monitoring.carrying import Left
from monitoring.marks import word
from monitoring.models import Review
from monitoring.records import marks_of
from sip.models import Objective


class OutcomeForm(HouseForm):
    """One objective: what came of it, and what was learned. Either may wait; to close the plan, both are needed.

    `seen` tells what stood there when the page was made, so that a block that nobody touched is left alone.
    """

    outcome = Choice(label="What came of it?", required=False)
    lesson = Text(2000, rows=4, label="What did we learn?", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, objective: Objective) -> None:
        first = {"outcome": objective.outcome, "lesson": objective.lesson}
        first["seen"] = _trace(first)
        prefix = f"objective-{objective.pk}"
        super().__init__(data, prefix=prefix, initial=first, revision=objective.revision)
        self.objective = objective
        self.fields["outcome"].choices = [(value, label.capitalize()) for value, label in Objective.Outcome.choices]
        self.fields["outcome"].hints = {
            Objective.Outcome.CARRIED.value: "It is proposed for next year’s plan when this one is closed."
        }
        for name in ("outcome", "lesson"):
            self.fields[name].one_of_several = True  # the page says itself when they are needed

    @property
    def words(self) -> dict:
        """What the operation takes."""
        return {name: self.cleaned_data[name] for name in ("outcome", "lesson", "revision")}

    @property
    def is_touched(self) -> bool:
        return _trace(self.cleaned_data) != self.cleaned_data["seen"]

    @property
    def is_said_already(self) -> bool:
        """Whether the same words stand there, as after a button pressed twice."""
        return _trace(self.cleaned_data) == _trace({"outcome": self.objective.outcome, "lesson": self.objective.lesson})

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, with the name of the objective."""
        return [(target, f"“{self.objective}”: {message}") for target, message in self.summary]


@dataclass(slots=True)
class Block:
    """One objective on the page: its last mark, and its form for those who may write. `theirs`: a colleague wrote
    meanwhile, and the form holds this person's words."""

    number: int
    objective: Objective
    mark: str
    form: OutcomeForm | None
    theirs: bool = False
    left: str = ""  # what of it is unfinished: "two milestones and one action"

    @property
    def word(self) -> str:
        return word(self.mark)

    @property
    def goes_on(self) -> bool:
        """Whether its unfinished work goes on, by what is said of it so far."""
        return bool(self.left) and self.objective.outcome != Objective.Outcome.MET


class OutcomesForm:
    """The whole page. `writing` are the objectives of which this person may write what came."""

    def __init__(
        self, objectives: list[Objective], review: Review | None, writing: set[int], data=None, *, left: dict[int, Left]
    ) -> None:
        self.is_bound, self.review = data is not None, review
        marks = marks_of(review) if review else {}
        forms = {one.pk: OutcomeForm(data, objective=one) for one in objectives if one.pk in writing}
        self.blocks = [
            Block(
                number, one, marks.get(one.pk, ""), forms.get(one.pk), left=left[one.pk].says if one.pk in left else ""
            )
            for number, one in enumerate(objectives, 1)
        ]

    @property
    def forms(self) -> list[OutcomeForm]:
        return [block.form for block in self.blocks if block.form]

    @property
    def errors(self) -> bool:
        return bool(self.summary)

    @property
    def summary(self) -> Summary:
        return Summary(problem for form in self.forms for problem in form.problems())

    def is_valid(self) -> bool:
        return self.is_bound and all([form.is_valid() for form in self.forms])

    def set_beside(self, stale: set[int]) -> None:
        """Keep the typed words of these objectives beside what a colleague wrote; show the others as they stand."""
        for block in self.blocks:
            if block.form and block.objective.pk in stale:
                block.theirs = True
                block.form = self._upon(block.form, block.objective)
            elif block.form:
                block.form = OutcomeForm(objective=block.objective)

    def _upon(self, form: OutcomeForm, objective: Objective) -> OutcomeForm:
        """What was typed, set upon the objective as it stands now: to save it again is a choice."""
        made = OutcomeForm(objective=objective)
        made.initial |= {"outcome": form.cleaned_data["outcome"], "lesson": form.cleaned_data["lesson"]}
        return made


def _trace(words: dict) -> str:
    return sha256([words.get("outcome", ""), words.get("lesson", "")])[:16]
