"""What a school calls things, with a sentence that shows how it reads."""

import re
from types import SimpleNamespace

from foundation.forms import Choice, Count, HouseForm, Line
from governance.models import Organisation
from governance.own_words import SAID
from governance.words import Words, plural, words_of

THRESHOLDS = (5, 6, 10, 11)  # pupils; six is what DfE's performance tables show from
_TAKEN = ("action", "success criterion", "criterion", "milestone", "question", "plan", "meeting", "decision", "review")
_WORD = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+)*", re.UNICODE)
_SINGULAR = ("ss", "us", "is")


class WordsForm(HouseForm):
    """Empty words are the usual ones."""

    plan_word = Line(
        60,
        label="The plan of a year",
        required=False,
        help_text="School improvement plan, unless you call it otherwise.",
    )
    plan_short = Line(
        12, label="In short", required=False, attrs={"class": "w10"}, help_text="SIP, SDP. It stands in the menu."
    )
    objective_word = Line(
        30, label="What the plan is made of", required=False, help_text="In the singular: objective, goal, priority."
    )
    priority_word = Line(
        30, label="What the strategy is made of", required=False, help_text="In the singular: priority, aim, driver."
    )
    numbering = Choice(label="Numbered by", choices=Organisation.Numbering.choices, ask="Choose how they are numbered")
    layout = Choice(label="The printed plan", choices=Organisation.Layout.choices, ask="Choose the layout")
    cost_limit = Count(
        most=1_000_000,
        label="What an amendment may add to the plan’s costs before the board decides, in pounds",
        attrs={"class": "w10"},
        help_text="As your scheme of delegation has it. Up to it the board is told.",
        ask="Give an amount in pounds, such as 5,000",
    )
    small_number_threshold = Choice(
        label="Figures are shown from so many pupils on",
        choices=[(str(many), f"{many} pupils") for many in THRESHOLDS],
        help_text="A figure about fewer is hidden from everyone but leaders.",
        ask="Choose from how many pupils on",
    )
    financial_year_from = Choice(
        label="The financial year begins in",
        choices=[("4", "April, as in maintained schools"), ("9", "September, as in academies")],
        ask="Choose when it begins",
    )

    def __init__(self, *args, organisation: Organisation, **words):
        now = {name: getattr(organisation, name) for name in SAID}
        super().__init__(*args, initial=now | {name: str(now[name]) for name in SAID[-2:]}, **words)
        self.organisation = organisation
        self._keep(now["small_number_threshold"])

    def _keep(self, many: int) -> None:
        """A threshold that was set otherwise stays among the choices."""
        if many not in THRESHOLDS:
            field = self.fields["small_number_threshold"]
            field.choices = [*field.choices, (str(many), f"{many} pupils")]

    def clean(self) -> dict:
        words = super().clean()
        for name in ("plan_word", "objective_word", "priority_word"):
            self._judge(name, words.get(name, ""))
        usual = Words()
        objective, priority = (
            words.get("objective_word") or usual.objective,
            words.get("priority_word") or usual.priority,
        )
        if objective.casefold() == priority.casefold() and not {"objective_word", "priority_word"} & set(self.errors):
            other = "priority_word" if words.get("objective_word") else "objective_word"
            self.add_error(
                other, f"“{objective}” is what the other is called: give this one another word, such as “aim”"
            )
        for name in SAID[-2:]:
            if name in words:
                words[name] = int(words[name])
        return words

    def _judge(self, name: str, word: str) -> None:
        if not word:
            return
        if not _WORD.fullmatch(word):
            self.add_error(name, "Use words alone, without figures or signs")
        elif name != "plan_word" and word.casefold() in (*_TAKEN, *map(plural, _TAKEN)):
            self.add_error(name, f"“{word}” is the name of something else here: choose another word")
        elif name != "plan_word" and word.endswith("s") and not word.endswith(_SINGULAR):
            self.add_error(name, "Write it in the singular: “goal”, not “goals”")

    @property
    def words(self) -> Words:
        """What things would be called."""
        if not self.is_bound or not self.is_valid():
            return self.organisation.words
        return words_of(SimpleNamespace(is_trust=self.organisation.is_trust, **self.cleaned_data))

    @property
    def preview(self) -> list[str]:
        """Two sentences in those words."""
        said = self.words
        third = said.numbered(3)
        return [
            f"{said.Plan} 2026/27 ({said.plan_short}): four {said.objectives} that serve two {said.priorities} of the "
            "strategy.",
            f"{said.Objective} {third} serves {said.a_priority}; its second action is {third}.2. The board agrees each "
            f"{said.objective} at a meeting.",
        ]
