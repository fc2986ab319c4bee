"""A question or note, its answer, and a question asked again."""

from datetime import timedelta

from foundation import clock
from foundation.forms import DayField, HouseForm, Pick, Text, Tick
from sip import asking

TEN_DAYS = "Ten school days from today, unless the board decides on the plan before: no holidays, no bank holidays."


class _WithDue(HouseForm):
    """A day for the answer: today at the earliest, within a year."""

    def clean_due_on(self):
        day, today = self.cleaned_data["due_on"], clock.today()
        if day and not today <= day <= today + timedelta(days=366):
            self.add_error("due_on", "Choose a day from today on, within a year")
        return day


class AskForm(_WithDue):
    """One box to speak. A tick makes it a question; without it, it is a note. `quick`: the box beside a part of the
    plan, which leaves open who answers by when, so that the usual holds."""

    text = Text(4000, rows=5, label="Your question or note", ask="Write your question or note")
    needs_answer = Tick(
        label="It needs an answer", help_text="Without the tick it is a note: leaders read it and need not answer."
    )
    to = Pick(label="Who should answer", required=False, empty_label="The headteacher")
    due_on = DayField(label="Answer by", ask="Give the day by which you would like the answer", help_text=TEN_DAYS)

    def __init__(self, *args, plan, subject, people, asker, text="", quick=False, **words) -> None:
        to = asking.whom_to_ask(plan, subject.objective, asker=asker.person)
        words["initial"] = {"text": text, "needs_answer": True, "to": to, "due_on": asking.due_by_default(plan)}
        super().__init__(*args, **words)
        if quick:
            del self.fields["to"], self.fields["due_on"]
            return
        self.fields["to"].required = to is not None
        self.fields["to"].queryset = asking.who_can_answer(plan, people).exclude(pk=asker.person_id)
        if to is not None:
            self.fields["to"].empty_label = None
        elif plan.organisation.is_trust:
            self.fields["to"].empty_label = "The trust’s leader"

    def clean(self) -> dict:
        """A note has no day."""
        words = super().clean()
        if not words.get("needs_answer"):
            self.errors.pop("due_on", None)
            words["due_on"] = None
        return words


class AnswerForm(HouseForm):
    """What the board is told."""

    text = Text(6000, rows=7, label="Your answer", ask="Write your answer")


class AgainForm(_WithDue):
    """What is still open after the answer."""

    text = Text(4000, rows=5, label="What is still open", ask="Say what is still open")
    due_on = DayField(label="Answer by", ask="Give the day by which you would like the answer", help_text=TEN_DAYS)

    def __init__(self, *args, plan, **words) -> None:
        super().__init__(*args, initial={"due_on": asking.due_by_default(plan)}, **words)
