"""What leaders type for one objective: rows of actions, rows of criteria; and how the plan was made.

A row has a key that lasts while the page is open: `action` (once a row, in the order of the page) names the keys, and
what stands in the row is `action-<key>-what` and so on. So rows can be added, moved and removed by a script or by the
server, and neither has to number anything anew.
"""

import re
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property

from foundation.forms import HouseForm, Line, Money, PickFrom, Summary, Text, TypedDay
from governance.models import Person
from sip.drafting import ACTION_WORDS, MOST
from sip.models import Action, Objective, SuccessCriterion

SPARE = 2  # empty rows that stand ready at the end
TERMS = ("autumn", "spring", "summer")
_KEY = re.compile(r"\d{1,6}", re.ASCII)


class TextForm(HouseForm):
    """How the plan was made, and how it is monitored."""

    how_made = Text(
        4000,
        rows=6,
        label="How this plan was made",
        required=False,
        help_text="Who was asked, and from what evidence: data, surveys, the last inspection, last year’s outcomes.",
    )
    how_monitored = Text(
        4000,
        rows=6,
        label="How it is monitored",
        required=False,
        help_text="Who looks at what, and when the board hears of it.",
    )


def _lines() -> forms.Textarea:
    """One line that wraps: an area that grows with its words."""
    return forms.Textarea(attrs={"rows": 1, "cols": None})


class _Row(HouseForm):
    """A row of the grid. All empty, it is no row; its first words are what it cannot do without."""

    kind = first = needs = ""

    def __init__(self, *args, key: str, number: int, row_id: str = "", plan=None, people=(), **words) -> None:
        super().__init__(*args, prefix=f"{self.kind}-{key}", **words)
        self.key, self.number, self.row_id = key, number, row_id
        self.was_removed = False
        for name, field in self.fields.items():
            if isinstance(field, TypedDay) and plan:
                field.earliest, field.latest = plan.year - 1, plan.year + 3
            if isinstance(field, PickFrom):
                field.things = people
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 1 + len(str(words.get("initial", {}).get(name) or "")) // 60

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it; a cost of nought is something."""
        if self.is_bound:
            return not any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in self.fields)
        return not any(value not in (None, "") for value in self.initial.values())

    @property
    def words(self) -> dict:
        """The clean row as the operation takes it."""
        known = self.row_id and not self.was_removed
        return self.cleaned_data | ({"id": int(self.row_id)} if known else {})

    def clean(self) -> dict:
        words = super().clean()
        if not self.is_blank and not words.get(self.first) and self.first not in self.errors:
            self.add_error(self.first, self.needs)
        return words

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of its cell and the name of the row."""
        named = {name: field.label.lower() for name, field in self.fields.items()}
        return [
            (self[name].id_for_label, f"{self.kind.title()} {self.number}, {named[name]}: {message}")
            for name in self.fields
            for message in self.errors.get(name, ())
        ]


class ActionForm(_Row):
    """What, who, by when; and behind "More" the rest."""

    kind, first, needs = "action", "what", "Say what is to be done, or empty this row"
    more = ("heading", *[name for name in ACTION_WORDS if name not in {"heading", "what", "owner", "due_on"}])

    what = Line(400, label="What", required=False, widget=_lines())
    owner = PickFrom(label="Who", required=False)
    due_on = TypedDay(label="By when", required=False)
    starts_on = TypedDay(label="From", required=False)
    supporters = Line(200, label="Supported by", required=False)
    cost = Money(label="Cost", required=False)
    cost_source = Line(80, label="Paid from", required=False)
    resources = Line(300, label="Resources", required=False, widget=_lines())
    outcome = Line(400, label="Intended outcome", required=False, widget=_lines())
    checked_how = Line(200, label="Checked how", required=False)
    checked_by = PickFrom(label="Checked by", required=False)
    checked_when = Line(120, label="Checked when", required=False)
    heading = Line(80, label="Group heading", required=False)

    def clean(self) -> dict:
        words = super().clean()
        self.later("starts_on", "due_on", "This is before the day in “From”")
        return words

    @property
    def owner_key(self) -> str:
        return str(self["owner"].value() or "")

    @property
    def owner_name(self) -> str:
        return dict(self.fields["owner"].choices).get(self.owner_key, "")

    @property
    def checked_by_key(self) -> str:
        return str(self["checked_by"].value() or "")

    @property
    def opens(self) -> bool:
        """Whether "More" holds something to mend, so that it stands open."""
        wrong = set(self.errors) & {*self.more, *(["due_on"] if self["starts_on"].value() else [])}
        return self.is_bound and bool(wrong)


class CriterionForm(_Row):
    """How the board will know, by when, and what is so by the end of each term."""

    kind, first, needs = "criterion", "text", "Say how the board will know, or empty this row"

    text = Line(300, label="How the board will know", required=False, widget=_lines())
    by_when = TypedDay(label="By when", required=False)
    autumn = Line(300, label="By the end of autumn", required=False, widget=_lines())
    spring = Line(300, label="By the end of spring", required=False, widget=_lines())
    summer = Line(300, label="By the end of summer", required=False, widget=_lines())

    @property
    def words(self) -> dict:
        words = super().words
        return words | {"milestones": {term: words.pop(term) for term in TERMS}}


@dataclass(frozen=True)
class Advice:
    """A sentence, and the cell to which it leads."""

    says: str
    jump: str


class ObjectiveDraft:
    """The whole page: the rows of both kinds, as they are saved or as they were typed.

    `checked` says whether what was typed is judged: not while rows are only moved about, nor when it is put back.
    `had` names the saved rows that the page was made from, so that a row that a colleague added since can be told from
    one that this person removed.
    """

    def __init__(self, objective: Objective, *, words: QueryDict | None = None, checked: bool = False) -> None:
        self.objective, self.is_typed, self.checked = objective, words is not None, checked
        self.begins_at_comparison = False
        self.people = people_for(objective)
        self.named = [(str(person.pk), person.name) for person in self.people]
        self.saved = {
            ActionForm: {row.pk: _action(row) for row in objective.actions.all()},
            CriterionForm: {row.pk: _criterion(row) for row in objective.criteria.prefetch_related("milestones")},
        }
        typed = words or QueryDict()
        self.revision = _count(typed.get("revision"), objective.revision)
        self.compares_from = _count(typed.get("compare"), 0)
        here = " ".join(f"{form.kind}-{number}" for form, rows in self.saved.items() for number in rows)
        self.had = typed.get("had", "" if self.is_typed else here)[:8000]
        self.actions = self._rows(ActionForm, words)
        self.criteria = self._rows(CriterionForm, words)

    def _rows(self, form: type[_Row], words: QueryDict | None) -> list[_Row]:
        """The rows of one kind: typed ones in the order of the page, or saved ones and the spare."""
        if words is not None:
            return [self._typed(form, words, key, place) for place, key in enumerate(keys_of(words, form.kind), 1)]
        saved = [(str(number), row) for number, row in self.saved[form].items()] + [("", {})] * SPARE
        return [self._row(form, str(place), place, *row) for place, row in enumerate(saved, 1)]

    def _typed(self, form: type[_Row], words: QueryDict, key: str, place: int) -> _Row:
        row_id = words.get(f"{form.kind}-{key}-id", "")
        row_id = row_id if re.fullmatch(r"\d{1,18}", row_id, re.ASCII) else ""
        if self.checked:
            row = form(words, key=key, number=place, row_id=row_id, plan=self.objective.plan, people=self.people)
        else:
            typed = {name: words.get(f"{form.kind}-{key}-{name}", "") for name in form.base_fields}
            row = self._row(form, key, place, row_id, typed)
        row.was_removed = bool(self.compares_from and row_id and int(row_id) not in self.saved[form])
        return row

    def _row(self, form: type[_Row], key: str, place: int, row_id: str, held: dict) -> _Row:
        return form(initial=held, key=key, number=place, row_id=row_id, people=self.people)

    def rows_of(self, form: type[_Row]) -> list[_Row]:
        return self.actions if form is ActionForm else self.criteria

    @property
    def filled_actions(self) -> list[_Row]:
        return [row for row in self.actions if not row.is_blank]

    @property
    def filled_criteria(self) -> list[_Row]:
        return [row for row in self.criteria if not row.is_blank]

    @property
    def advice(self) -> list[Advice]:
        """What a governor would stumble over first, each with the cell where it is mended; three at most."""
        rows, criteria = self.filled_actions, self.filled_criteria
        found = [Advice("No action is written yet", self.actions[0]["what"].id_for_label)] if not rows else []
        found += [
            Advice(f"Action {row.number} has no owner", row["owner"].id_for_label) for row in rows if not row.owner_key
        ]
        found += [
            Advice(f"Action {row.number} has no date", row["due_on"].id_for_label)
            for row in rows
            if not row.initial.get("due_on")
        ]
        if not criteria:
            found.append(Advice("No success criterion yet", self.criteria[0]["text"].id_for_label))
        found += [
            Advice(f"Criterion {row.number} has no milestone", row["autumn"].id_for_label)
            for row in criteria
            if not any(row.initial.get(term) for term in TERMS)
        ]
        return found[:3]

    def look_at(self, kind: str, key: str) -> None:
        """Put the reader at a row when the page comes back; without one, at what the two texts differ in."""
        self.begins_at_comparison = not key
        for row in (*self.actions, *self.criteria):
            if row.kind == kind and row.key == key:
                row.fields[row.first].widget.attrs["autofocus"] = True

    @property
    def blank_action(self) -> ActionForm:
        """The row that the script copies."""
        return ActionForm(key="__KEY__", number=0, people=self.people)

    @property
    def blank_criterion(self) -> CriterionForm:
        return CriterionForm(key="__KEY__", number=0)

    @property
    def is_bound(self) -> bool:
        return self.checked

    @property
    def errors(self) -> bool:
        return bool(self.summary)

    @cached_property
    def summary(self) -> Summary:
        """Everything that stands in the way of saving, each linked to its cell."""
        if not self.checked:
            return Summary()
        found = Summary(
            (f"h-{form.kind}", f"An objective holds {MOST} rows of a kind. Here are {len(rows)}: remove some.")
            for form, rows in ((ActionForm, self.actions), (CriterionForm, self.criteria))
            if len(rows) > MOST
        )
        return found or Summary(problem for row in (*self.actions, *self.criteria) for problem in row.problems())

    def is_valid(self) -> bool:
        return not self.summary

    @property
    def clean_rows(self) -> dict:
        """The rows as the operation takes them."""
        return {
            "actions": [row.words for row in self.actions if not row.is_blank],
            "criteria": [row.words for row in self.criteria if not row.is_blank],
        }


def people_for(objective: Objective) -> list[Person]:
    """Who can be named: everyone on hand today, and whoever is named here already, though they have left."""
    on_hand = Person.objects.on_hand(objective.plan.organisation).order_by()
    named = Q(actions_owned__objective=objective) | Q(pk__in=objective.actions.values("checked_by"))
    return list(Person.objects.filter(Q(pk__in=on_hand.values("pk")) | named).distinct().order_by("name"))


def keys_of(words: QueryDict, kind: str) -> list[str]:
    """The keys of the rows of one kind, in the order of the page. Of very many, the empty ones are left out."""
    keys = list(dict.fromkeys(key for key in words.getlist(kind) if _KEY.fullmatch(key)))
    if len(keys) > MOST:
        filled = {name.split("-")[1] for name, value in words.items() if name.startswith(f"{kind}-") and value.strip()}
        keys = [key for key in keys if key in filled]
    return keys


def _action(row: Action) -> dict:
    held = {name: getattr(row, name) for name in ACTION_WORDS if name not in {"owner", "checked_by"}}
    return held | {"owner": row.owner_id, "checked_by": row.checked_by_id}


def _criterion(row: SuccessCriterion) -> dict:
    held = {"text": row.text, "by_when": row.by_when} | dict.fromkeys(TERMS, "")
    return held | {one.term: one.text for one in row.milestones.all()}


def _count(typed: str | None, otherwise: int) -> int:
    return int(typed) if typed and re.fullmatch(r"\d{1,9}", typed, re.ASCII) else otherwise
