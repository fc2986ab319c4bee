"""What leaders type to amend a plan in force: what a part is to be, what is added, why something stops, and why."""

from datetime import date

from foundation.forms import Choice, DayField, Figure, HouseForm, Line, Money, Pick, Text, Tick
from governance import years
from governance.models import Person, Term
from sip import amendable
from sip.amendable import Field
from sip.models import Action, Amendment

_LONGEST = {"title": 120, "figure_aim": 20, "what": 400, "cost_source": 80}
_MUST = {
    "title": "Give the objective a title",
    "where_to": "Say where you want to be",
    "text": "Say it in words",
    "what": "Say what is done",
    "term": "Choose a term",
    "aim": "Give the target",
}
_WHY = "Why? It stays beside what changes, for everyone who reads the plan."


class _PartForm(HouseForm):
    """The fields of a part, by sort. Cleaned, `values` are plain values by field."""

    def _build(self, fields: tuple[Field, ...], *, plan, measure=None, named: set = frozenset()) -> None:
        self.plan, self.sorts = plan, {one.name: one.sort for one in fields}
        on_hand = Person.objects.on_hand(plan.organisation).order_by().values("pk")
        people = (Person.objects.filter(pk__in=on_hand) | Person.objects.filter(pk__in=named)).order_by("name")
        boxes = {one.name: self._box(one, measure, people) for one in fields}
        self.fields = boxes | self.fields

    def _box(self, one: Field, measure, people):
        ask = {"required": one.name in _MUST, "label": one.label} | (
            {"ask": _MUST[one.name]} if one.name in _MUST else {}
        )
        if one.sort == "day":
            return DayField(**ask)
        if one.sort == "person":
            return Pick(people, empty_label="Nobody yet", **ask)
        if one.sort == "pounds":
            return Money(help_text="Empty: not costed. 0: no cost.", **ask)
        if one.sort == "term":
            return Choice(choices=Term.Name.choices, **ask)
        if one.sort == "figure":
            return Figure(**measure.takes, **ask)
        return Text(1500, **ask) if one.name == "where_to" else Line(_LONGEST.get(one.name, 300), **ask)

    def clean(self) -> dict:
        words = super().clean()
        year = self.plan.year
        for name, sort in self.sorts.items():
            day = words.get(name)
            if sort == "day" and day and not years.first_day(year) <= day <= years.last_day(year + 1):
                self.add_error(name, f"Choose a day from 1 September {year} on, within two years")
        return words

    @property
    def values(self) -> dict:
        return {name: amendable.plain(self.cleaned_data.get(name)) for name in self.sorts}


class ChangeForm(_PartForm):
    """What a part is to be from now on; filled with what it is, or with what the amendment says already."""

    why = Line(300, label="Why", ask="Say why it changes", help_text=_WHY)

    def __init__(self, *args, row, amendment: Amendment, **words) -> None:
        fields = amendable.fields_of(row)
        held = {one.name: amendable.value(row, one.name) for one in fields}
        lines = amendment.changes.filter(**{amendable.name_of(row): row}).exclude(kind__in=("add", "stop"))
        for line in lines:
            held[line.field] = amendable.lively(amendable.field_of(amendable.name_of(row), line.field).sort, line.after)
            held["why"] = line.why
        words["initial"] = held
        super().__init__(*args, revision=amendment.revision, **words)
        named = {one.pk for one in held.values() if isinstance(one, Person)}
        target = getattr(row, "target", None)
        self._build(fields, plan=amendment.plan, measure=target and target.measure, named=named)


class AddForm(_PartForm):
    """What is to be added."""

    why = Line(300, label="Why", ask="Say why it is added", help_text=_WHY)

    def __init__(self, *args, part: str, amendment: Amendment, **words) -> None:
        super().__init__(*args, revision=amendment.revision, **words)
        self._build(amendable.ADDED[part], plan=amendment.plan)


class StopForm(HouseForm):
    """Why it stops."""

    why = Line(
        300,
        label="Why does it stop?",
        ask="Say why it stops",
        help_text="The reason stays in the record, so that next year’s leaders learn from it.",
    )

    def __init__(self, *args, amendment: Amendment, **words) -> None:
        super().__init__(*args, revision=amendment.revision, **words)


class FinishForm(HouseForm):
    """Why the plan is amended; and, of a minor amendment, whether the board decides all the same."""

    reason = Text(
        2000,
        rows=5,
        label="Why the plan is amended",
        ask="Say why, in a sentence or two",
        help_text="The board reads it first.",
    )
    material = Tick(label="Put it before the board all the same", required=False)
    weight_why = Line(300, label="Why the board should decide", required=False)

    def __init__(self, *args, amendment: Amendment, must: bool, **words) -> None:
        words["initial"] = {"reason": amendment.reason}
        super().__init__(*args, **words)
        if must:
            del self.fields["material"], self.fields["weight_why"]

    def clean(self) -> dict:
        words = super().clean()
        if words.get("material") and not words.get("weight_why"):
            self.add_error("weight_why", "Say why the board should decide on a minor amendment")
        return words


class UrgentForm(HouseForm):
    """The two tests of a chair's action."""

    cannot_wait = Text(1000, rows=3, label="Why the board could not meet in time", ask="Say why it could not meet")
    detriment = Text(
        1000,
        rows=3,
        label="What harm delay would do, and to whom",
        ask="Say what harm delay would do",
        help_text="To the school, a pupil, a parent or a member of staff.",
    )
    consulted = Line(200, label="Whom you consulted", required=False)
    chair_away = Line(200, label="If you are the vice chair: why the chair could not act", required=False)


class ReplanForm(HouseForm):
    """Another day within the term, or another owner."""

    due_on = DayField(label="By when", ask="Give a day, such as 27 November 2026")
    owner = Pick(label="Who", required=False, empty_label="Nobody yet")
    why = Line(300, label="Why", ask="Say why", help_text="The old day and owner stay in sight, with the reason.")

    def __init__(self, *args, action: Action, why_not_on, **words) -> None:
        words["initial"] = {"due_on": action.due_on, "owner": action.owner_id}
        super().__init__(*args, **words)
        self.action, self._why_not_on = action, why_not_on
        on_hand = Person.objects.on_hand(action.here).order_by().values("pk")
        held = Person.objects.filter(pk=action.owner_id)
        self.fields["owner"].queryset = (Person.objects.filter(pk__in=on_hand) | held).order_by("name")

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if why := self._why_not_on(self.action, day):
            self.add_error("due_on", why)
        return day

    def clean(self) -> dict:
        words = super().clean()
        same = (words.get("due_on"), words.get("owner")) == (self.action.due_on, self.action.owner)
        if same and not self.errors:
            self.add_error("due_on", "Nothing is changed: it is the same day and the same owner")
        return words
