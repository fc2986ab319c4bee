"""The words of one section of a plan's context; with the budget's section, what the plan is given to spend."""

from foundation.forms import HouseForm, Line, Money, Summary, Text
from sip import context
from sip.context import BUDGET, KINDS
from sip.context_draft import box_of
from sip.models import ContextText, Plan

_SPARE = 3  # empty lines of the budget that stand ready
SOURCES = ("Training", "Consultants", "Pupil premium", "School budget", "Sports premium", "Grant")

_HINTS = {
    ContextText.Kind.PUPILS: "The school and the place it serves: what somebody must know to read the figures.",
    ContextText.Kind.CHANGING: "On roll, pupil premium, SEN, mobility: which way, since when, and what it asks of you.",
    ContextText.Kind.KEY_ACTIONS: "What the last inspection asked for, and what has been done about it since.",
    ContextText.Kind.FROM_DATA: "Which subjects, year groups or groups of pupils, and by how much. Numbers about fewer "
    "pupils than the school shows do not belong into words either.",
    ContextText.Kind.FROM_QUALITY: "What lesson visits, work in books, reviews and what pupils say tell you.",
    ContextText.Kind.LAST_YEAR: "What the results mean, in two or three sentences.",
    ContextText.Kind.BUDGET: "What limits the plan, and what it relies on.",
    ContextText.Kind.STAFFING: "Temporary posts, posts that are hard to fill, staff who are given support, capability: "
    "without names. Only the board and its leaders read it.",
}


class TextsForm(HouseForm):
    """A text for each kind of the section; all may be left empty."""

    def __init__(self, *args, section: str, plan: Plan, **words) -> None:
        held = {text.kind: text.text for text in plan.context_texts.all()}
        self.kinds = KINDS[section]
        first = {box_of(kind): held.get(kind, "") for kind in self.kinds}
        super().__init__(*args, initial=first, revision=plan.revision, **words)
        for kind in self.kinds:
            self.fields[box_of(kind)] = Text(4000, rows=5, label=kind.label, required=False, help_text=_HINTS[kind])

    @property
    def texts(self) -> dict[str, str]:
        return {kind: self.cleaned_data[box_of(kind)] for kind in self.kinds}


class LineForm(HouseForm):
    """One line of the budget. All empty: no line."""

    source = Line(80, label="For", required=False, attrs={"list": "sources"})
    amount = Money(label="Pounds", required=False)

    def __init__(self, *args, number: int, **words) -> None:
        super().__init__(*args, prefix=f"budget-{number}", **words)
        self.number = number

    @property
    def is_blank(self) -> bool:
        words = self.cleaned_data
        return not words.get("source") and words.get("amount") is None

    def clean(self) -> dict:
        words = super().clean()
        if "source" in words and "amount" in words and not self.is_blank:
            if not words["source"]:
                self.add_error("source", f"Line {self.number}: say what the money is for")
            if words["amount"] is None:
                self.add_error("amount", f"Line {self.number}: give the amount, or empty the line")
        return words


class ContextPages:
    """The page as one form."""

    def __init__(self, words, *, section: str, plan: Plan) -> None:
        self.section = section
        self.words = TextsForm(words, section=section, plan=plan)
        held = list(plan.budget_lines.all()) if section == BUDGET else []
        first = [{"source": line.source, "amount": line.amount} for line in held] + [{}] * _SPARE
        many = _many(words, len(first)) if section == BUDGET else 0
        first += [{}] * (many - len(first))
        self.lines = [LineForm(words, number=place + 1, initial=first[place]) for place in range(many)]

    @property
    def is_bound(self) -> bool:
        return self.words.is_bound

    @property
    def summary(self) -> Summary:
        return Summary.of(self.words, *self.lines)

    @property
    def errors(self) -> bool:
        return self.is_bound and not self.is_valid()

    def is_valid(self) -> bool:
        """Asked twice it says each thing once."""
        if not all([self.words.is_valid(), *[line.is_valid() for line in self.lines]]):
            return False
        kept = [line for line in self.lines if not line.is_blank]
        wrong = context.what_is_wrong([line.cleaned_data for line in kept])
        for place, sentence in wrong:
            kept[min(place, len(kept) - 1)].add_error("source", sentence)
        return not wrong

    @property
    def budget(self) -> list[dict] | None:
        """The lines that stay, in order; None where the section has no budget."""
        if self.section != BUDGET:
            return None
        return [line.cleaned_data for line in self.lines if not line.is_blank]


def _many(words, at_least: int) -> int:
    """How many lines the page has: as many as were sent, should a colleague have taken some out meanwhile."""
    sent = [number for number in range(1, context.MOST_LINES + 2) if words and f"budget-{number}-source" in words]
    return max([at_least, *sent])
