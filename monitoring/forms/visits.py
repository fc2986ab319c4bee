"""What is typed about a visit: its plan, its report, what staff say of the facts; and an adviser's note."""

from datetime import timedelta

from foundation import clock
from foundation.forms import (
    Choice,
    Choices,
    Count,
    DayField,
    HouseForm,
    Line,
    Pick,
    Picks,
    Summary,
    Text,
    Tick,
    TypedDay,
    TypedTime,
)
from governance import years
from monitoring import meaning, visit_reports, visiting
from monitoring.forms.viewing import STANCES
from monitoring.models import View, Visit
from sip.models import Plan
from sip.question_bank import BANK

_BANK = BANK["visit"]
_ROWS, _MOST_ROWS = 2, 12  # of what was agreed: empty ones that stand ready, and all
_LONGEST_QUESTIONS = 20


class _OnPlan(HouseForm):
    """An objective of a plan, by the number that it has there."""

    def __init__(self, *args, plan: Plan, **words) -> None:
        super().__init__(*args, **words)
        self.plan = plan
        rows = list(plan.objectives.order_by("position", "pk"))
        numbers = {row.pk: number for number, row in enumerate(rows, 1)}
        field = self.fields["objective"]
        field.queryset = plan.objectives.order_by("position", "pk")
        field.label = plan.words.Objective
        field.label_from_instance = lambda row: f"{plan.words.numbered(numbers[row.pk])} {row.title}"
        field.widget.choices = field.choices


class PlanForm(_OnPlan):
    """Who goes to see what, when, and whom they meet."""

    about = Choice(label="What is it about?", ask="Choose what the visit is about", choices=Visit.About.choices)
    objective = Pick(required=False, empty_label="None of them")
    focus = Line(300, label="Focus", ask="Say what you will look at", help_text="One thing, such as “How the lowest "
                 "20 per cent read in Year 2”.")  # fmt: skip
    visitors = Picks(label="Who goes", ask="Tick who goes")
    staff_lead = Pick(label="Whom they meet", required=False, empty_label="The headteacher arranges it")
    day = DayField(label="Day", ask="Give the day of the visit")
    starts_at = TypedTime(label="From", required=False, help_text="Such as 09:30, if it is agreed.")
    form = Choice(label="How", choices=Visit.Form.choices, look="select", ask="Choose how you visit")
    take = Choices(label="Questions to take along", required=False, choices=list(_BANK.items()))
    came_with = Text(
        2000,
        rows=4,
        label="Your own questions",
        required=False,
        help_text="Staff see them before you come, so that they can have ready what you need.",
    )

    def __init__(self, *args, plan: Plan, by, **words) -> None:
        super().__init__(*args, plan=plan, **words)
        self.held = self.initial.get("objective")
        self.fields["visitors"].queryset = visiting.who_may_go(plan)
        self.fields["staff_lead"].queryset = visiting.who_is_met(plan).exclude(pk=by.person_id)
        self.fields["objective"].one_of_several = True

    def clean_objective(self):
        objective = self.cleaned_data["objective"]
        if objective is not None and objective != self.held and (why := visiting.why_not_visited(objective)):
            self.add_error("objective", why)
        return objective

    def clean_day(self):
        day, year = self.cleaned_data["day"], self.plan.year
        if day and not years.first_day(year) <= day <= years.last_day(year):
            self.add_error("day", f"Choose a day of the year {years.written(year)}, the one that the plan is for")
        return day

    def clean(self) -> dict:
        words = super().clean()
        of_plan = words.get("about") == Visit.About.PLAN
        if of_plan and not words.get("objective") and "objective" not in self.errors:
            self.add_error("objective", "Choose what it is a visit to")
        if words.get("about") and not of_plan:
            words["objective"] = None
            self.errors.pop("objective", None)
        if words.get("staff_lead") and words["staff_lead"] in list(words.get("visitors") or ()):
            self.add_error("staff_lead", "Nobody visits themselves. Choose somebody else, or take the tick away")
        own = words.get("came_with", "")
        taken = [_BANK[key] for key in words.pop("take", []) if _BANK[key] not in own]
        words["came_with"] = "\n".join(filter(None, [own, *taken]))
        words["visitors"] = list(words.get("visitors") or ())
        return words


class CallOffForm(HouseForm):
    """Why a visit does not take place."""

    why = Line(300, label="Why is it called off?", ask="Say why it is called off")


class AgreedForm(HouseForm):
    """One thing that was agreed: what, who by role, by when. All empty: none."""

    text = Line(300, label="What was agreed", required=False)
    owner = Line(120, label="Who, by role", required=False)
    due_on = TypedDay(label="By", required=False)

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("text", "owner", "due_on")) and not self.errors

    def clean(self) -> dict:
        words = super().clean()
        if any(words.values()) and not self.errors:
            for name, ask in (("text", "Say what was agreed"), ("owner", "Say who does it, by role")):
                if not words.get(name):
                    self.add_error(name, ask)
        return words


class ReportForm(HouseForm):
    """What visitors saw, heard and read, kept apart; what they make of it; and what follows."""

    day = DayField(label="Day of the visit", ask="Give the day of the visit")
    starts_at = TypedTime(label="From", required=False)
    minutes = Count(label="How long, in minutes", required=False, least=5, most=600)
    met_with = Line(
        300, label="Whom you met", required=False, help_text="Staff by role, pupils as groups: never their names."
    )
    read_before = Line(300, label="What you read beforehand", required=False)
    saw = Text(4000, rows=5, label="What I saw", required=False, help_text="Only what happened in front of you.")
    heard = Text(4000, rows=5, label="What I heard", required=False, help_text="From whom, by role or as a group.")
    read = Text(
        4000, rows=5, label="What I read", required=False, help_text="Books, data, displays, policies: which, of when."
    )
    evidence = Choices(label="What kinds of evidence is that?", required=False, choices=Visit.Evidence.choices)
    progress = Text(
        4000,
        rows=4,
        label="How far it has come, in my own words",
        required=False,
        help_text="What all of it together says.",
    )
    stance = Choice(label="Do you see it as leaders do?", required=False)
    mark = Choice(label="How would you rate it?", required=False)
    impact = Text(
        4000,
        rows=4,
        label="What pupils notice",
        required=False,
        help_text="Those with SEND and the disadvantaged among them. Groups, never one pupil.",
    )
    celebrate = Text(2000, rows=3, label="To celebrate", required=False)
    raised = Text(
        4000,
        rows=4,
        label="Questions for leaders",
        required=False,
        help_text="One on each line. They are asked when the report goes before the board.",
    )
    next_on = DayField(label="Next visit", required=False)
    next_focus = Line(300, label="What to look at then", required=False)
    is_confidential = Tick(
        label="Confidential (part II)",
        help_text="Only governors, the clerk and leaders read it, and it stays out of what others read.",
    )

    def __init__(self, words=None, *, visit: Visit, mark: str, **more) -> None:
        super().__init__(words, initial=_first(visit), revision=more.pop("revision", visit.revision), **more)
        self.visit, self.leaders_mark = visit, mark
        self.is_handed = bool(words) and words.get("do") == "hand"
        self._offer_stance()
        for name in {"starts_at", "minutes", *visit_reports.SEEN, "mark", "next_focus"} & set(self.fields):
            self.fields[name].one_of_several = True
        rows = self._rows(words)
        self.agreed = [AgreedForm(words, prefix=f"agreed-{place}", initial=row) for place, row in enumerate(rows)]

    def _offer_stance(self) -> None:
        if not self.leaders_mark or not self.visit.objective_id:
            del self.fields["stance"], self.fields["mark"]
            return
        said = [("", "I say nothing of it"), *((key.value, words) for key, (words, _) in STANCES.items())]
        self.fields["stance"].choices = said
        marks = meaning.choices(self.visit.plan.organisation)
        self.fields["mark"].choices = [("", "No rating of mine"), *((value, word) for value, word, _ in marks)]

    def _rows(self, words) -> list[dict]:
        held = list(self.visit.agreed.values("text", "owner", "due_on"))
        if words is None:
            return held + [{}] * _ROWS
        sent = words.get("rows", "")
        many = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else len(held) + _ROWS
        return [{}] * min(_MOST_ROWS, many + (1 if words.get("do") == "more" else 0))

    @property
    def summary(self) -> Summary:
        return Summary([*super().summary, *Summary.of(*self.agreed)])

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.agreed)])

    def clean_day(self):
        day, year = self.cleaned_data["day"], self.visit.plan.year
        if day and not years.first_day(year) <= day <= years.last_day(year):
            self.add_error("day", f"Choose a day of the year {years.written(year)}, the one that the plan is for")
        elif day and day > clock.today() and self.is_handed:
            self.add_error("day", "The visit is still to come. Hand its report on from that day")
        return day

    def clean_next_on(self):
        day, today = self.cleaned_data["next_on"], clock.today()
        if day and not today <= day <= today + timedelta(days=500):
            self.add_error("next_on", "Choose a day from today on")
        return day

    def clean_raised(self) -> list[str]:
        lines = [line.strip(" •-–\t") for line in self.cleaned_data["raised"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > _LONGEST_QUESTIONS:
            self.add_error("raised", f"Ask at most {_LONGEST_QUESTIONS} questions, the most telling ones")
        return lines

    def clean(self) -> dict:
        words = super().clean()
        if self.is_handed:
            self._is_whole(words)
        words.setdefault("stance", "")
        if words["stance"] != View.Stance.DIFFERS:
            words["mark"] = ""
        elif not words.get("mark") and "mark" not in self.errors:
            self.add_error("mark", "Choose how you would rate it")
        elif words.get("mark") == self.leaders_mark:
            self.add_error("mark", "That is the leaders’ own rating. Agree with it, or choose another")
        return words

    def _is_whole(self, words: dict) -> None:
        """What a board needs to make anything of it."""
        if not any(words.get(name) for name in visit_reports.SEEN) and not self.errors.keys() & {*visit_reports.SEEN}:
            self.add_error("saw", "Write what you saw, heard or read: at least one of the three")
        if not words.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", "Tick at least one kind of evidence")
        if not words.get("progress") and "progress" not in self.errors:
            self.add_error("progress", "Say in your own words how far it has come")

    @property
    def words(self) -> dict:
        """What is saved, rows and all."""
        return self.cleaned_data | {"agreed": [row.cleaned_data for row in self.agreed if not row.is_blank]}


def _first(visit: Visit) -> dict:
    names = [name for name in ReportForm.base_fields if name != "raised"]
    return {name: getattr(visit, name) for name in names} | {
        "raised": "\n".join(visit.raised.values_list("text", flat=True))
    }


class CheckForm(HouseForm):
    """What staff say of the facts."""

    comment = Text(
        2000,
        rows=4,
        label="Your comment",
        required=False,
        help_text="What is not as you know it. It stands beside the report. Leave it empty if all is right.",
    )


class NoteForm(_OnPlan):
    """What an adviser from outside found."""

    objective = Pick(required=False, empty_label="The plan as a whole")
    on = DayField(label="Day of what you saw", ask="Give the day of what you saw")
    text = Text(
        6000,
        rows=8,
        label="Your note",
        ask="Write your note",
        help_text="What you saw, and what it says of progress. No pupil and no member of staff is named.",
    )

    def clean_on(self):
        day, today = self.cleaned_data["on"], clock.today()
        if day and not today - timedelta(days=366) <= day <= today:
            self.add_error("on", "Choose a day within the last year, today at the latest")
        return day

    def clean_objective(self):
        objective = self.cleaned_data["objective"]
        if objective is not None and objective.stopped_on is not None:
            self.add_error("objective", f"“{objective}” was stopped. Leave your note on another, or on the whole plan")
        return objective
