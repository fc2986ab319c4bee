"""One small form for one thing of one row: what a click on a cell opens, and a page of its own without a script."""

import copy

from django import forms

from foundation.forms import Choice, HouseForm, PickFrom, TypedDay
from sip.forms.drafting import people_for
from sip.forms.rows import TERMS, ActionForm, CriterionForm
from sip.models import Action, Objective, SuccessCriterion

# What is changed together, by the name that stands in the address: the one by which it is read.
PARTS = {
    "action": {
        "what": ("what",),
        "owner": ("owner", "supporters"),
        "by": ("due_on", "starts_on"),
        "from": ("due_on", "starts_on"),
        "cost": ("cost", "cost_source"),
        "needs": ("resources",),
        "outcome": ("outcome",),
        "checked": ("checked_how", "checked_by", "checked_when"),
    },
    "criterion": {"text": ("text",), "by-when": ("by_when",), **{term: (term,) for term in TERMS}},
}
_FORMS = {"action": ActionForm, "criterion": CriterionForm}


class CellForm(HouseForm):
    """One thing of an action or a criterion, as it stands; `revision` is the objective's as the person saw it."""

    def __init__(self, *args, row: Action | SuccessCriterion, kind: str, part: str, objective: Objective, **words):
        self.kind, self.part, self.row = kind, part, row
        names = PARTS[kind][part]
        super().__init__(*args, initial=held(row, names), revision=objective.revision, **words)
        people = people_for(objective) if {"owner", "checked_by"} & {*names} else []
        for name in names:
            self.fields[name] = field = copy.deepcopy(_FORMS[kind].base_fields[name])
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {"rows": 3, "cols": False}
            if isinstance(field, TypedDay):
                field.earliest, field.latest = objective.plan.year - 1, objective.plan.year + 3
            if isinstance(field, PickFrom):
                field.empty_label = "Nobody yet"
                field.things = people
            if name in ("what", "text"):
                field.required = True
                field.error_messages["required"] = "Say it in a few words"

    def clean(self) -> dict:
        words = super().clean()
        if "starts_on" in self.fields:
            self.later("starts_on", "due_on", "This is before the day in “From”")
        return words

    @property
    def words(self) -> dict:
        """The clean words as the operation takes them."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        terms = {term: words.pop(term) for term in TERMS if term in words}
        return words | ({"milestones": terms} if terms else {})


def held(row: Action | SuccessCriterion, names: tuple[str, ...]) -> dict:
    """What stands there now."""
    terms = {one.term: one.text for one in row.milestones.all()} if set(names) & {*TERMS} else {}
    return {name: terms.get(name, "") if name in TERMS else getattr(row, name) for name in names}


def stands(form: CellForm, row: Action | SuccessCriterion) -> list[tuple[str, str]]:
    """What a colleague saved, label by label, as it is read."""
    found = []
    for name, value in held(row, PARTS[form.kind][form.part]).items():
        field = form.fields[name]
        shown = str(value) if isinstance(field, PickFrom) and value else str(field.prepare_value(value) or "")
        found.append((field.label, shown))
    return found


class MoveForm(HouseForm):
    """Where a row goes, and whether it stays here too."""

    to = PickFrom(label="To which objective?", ask="Choose an objective")
    how = Choice(
        label="Move or duplicate?",
        choices=[("move", "Move it there"), ("copy", "Duplicate it there")],
        hints={
            "move": "With what was asked about it. It no longer stands here.",
            "copy": "It stays here, and stands there too.",
        },
    )

    def __init__(self, *args, objective: Objective, **words) -> None:
        super().__init__(*args, **words)
        self.fields["to"].empty_label = "Choose an objective"
        self.fields["to"].things = objective.plan.objectives.exclude(pk=objective.pk)
