"""What leaders type for one objective: rows of actions, rows of criteria; and how the plan was made.

A row has a key that lasts while the page is open: `action` (once a row, in the order of the page) names the keys, and
what stands in the row is `action-<key>-what` and so on. So rows can be added, moved and removed by a script or by the
server, and neither has to number anything anew.
"""

import re

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property

from foundation.forms import HouseForm, Summary, Text
from foundation.typed import tidy_line
from governance.models import Person
from sip import targets
from sip.figures import Reader
from sip.forms.rows import FIGURES, TERMS, ActionForm, CriterionForm, Row
from sip.lines import ActionLine, CriterionLine, ObjectiveLine, objective_line
from sip.measuring import measured_by
from sip.models import Action, Measure, Objective, SuccessCriterion
from sip.rows import ACTION_WORDS, MOST

SPARE = 2  # empty rows that stand ready at the end
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
            CriterionForm: {row.pk: _criterion(row) for row in _criteria_of(objective)},
        }
        typed = words or QueryDict()
        self.post, self.post_wrong = tidy_line(typed.get("post", "")), ""  # a new post, and what is wrong with it
        self.revision = _count(typed.get("revision"), objective.revision)
        self.compares_from = _count(typed.get("compare"), 0)
        here = " ".join(f"{form.kind}-{number}" for form, rows in self.saved.items() for number in rows)
        self.had = typed.get("had", "" if self.is_typed else here)[:8000]
        self.actions = self._rows(ActionForm, words)
        self.criteria = self._rows(CriterionForm, words)

    def _rows(self, form: type[Row], words: QueryDict | None) -> list[Row]:
        """The rows of one kind: typed ones in the order of the page, or saved ones and the spare."""
        if words is not None:
            return [self._typed(form, words, key, place) for place, key in enumerate(keys_of(words, form.kind), 1)]
        saved = [(str(number), row) for number, row in self.saved[form].items()] + [("", {})] * SPARE
        return [self._row(form, str(place), place, *row) for place, row in enumerate(saved, 1)]

    def _typed(self, form: type[Row], words: QueryDict, key: str, place: int) -> Row:
        row_id = words.get(f"{form.kind}-{key}-id", "")
        row_id = row_id if re.fullmatch(r"\d{1,18}", row_id, re.ASCII) else ""
        if self.checked:
            row = form(words, key=key, number=place, row_id=row_id, plan=self.objective.plan, people=self.people)
        else:
            typed = {name: words.get(f"{form.kind}-{key}-{name}", "") for name in form.base_fields}
            row = self._row(form, key, place, row_id, typed)
        row.was_removed = bool(self.compares_from and row_id and int(row_id) not in self.saved[form])
        return row

    def _row(self, form: type[Row], key: str, place: int, row_id: str, held: dict) -> Row:
        return form(initial=held, key=key, number=place, row_id=row_id, people=self.people)

    def rows_of(self, form: type[Row]) -> list[Row]:
        return self.actions if form is ActionForm else self.criteria

    @property
    def is_empty(self) -> bool:
        """Whether nothing is saved for the objective yet."""
        return not any(self.saved.values())

    @property
    def filled_actions(self) -> list[Row]:
        return [row for row in self.actions if not row.is_blank]

    @property
    def filled_criteria(self) -> list[Row]:
        return [row for row in self.criteria if not row.is_blank]

    @property
    def line(self) -> ObjectiveLine:
        """The objective as it is saved, as advice reads it."""
        actions, criteria = (enumerate(rows.items(), start=1) for rows in self.saved.values())
        return objective_line(
            self.objective,
            "",
            tuple(
                ActionLine(key, place, row["what"], str(row["owner"] or ""), due_on=row["due_on"], cost=row["cost"])
                for place, (key, row) in actions
            ),
            tuple(_line_of(key, place, row) for place, (key, row) in criteria),
        )

    def read_by(self, reader: Reader) -> None:
        """Whoever is no leader reads of a baseline what may be shown of it."""
        if reader.is_leader:
            return
        found = {one.pk: one.target for one in _criteria_of(self.objective) if hasattr(one, "target")}
        said = targets.bodies(self.objective.plan.organisation, found.values(), reader)
        for row in self.criteria:
            if target := found.get(int(row.row_id or 0)):
                row.as_read = measured_by({"measure": said[target.pk]})

    def look_at(self, kind: str, key: str) -> None:
        """Put the reader at a row when the page comes back; without one, at what the two texts differ in."""
        self.begins_at_comparison = not key
        for row in (*self.actions, *self.criteria):
            if row.kind == kind and row.key == key:
                row.has_focus = True

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
    return held | {"owner": row.owner_id, "checked_by": row.checked_by_id, "came_from": row.came_from}


def _criteria_of(objective: Objective):
    return objective.criteria.select_related("target__measure").prefetch_related("milestones")


def _criterion(row: SuccessCriterion) -> dict:
    held = {"text": row.text, "by_when": row.by_when, "came_from": row.came_from} | dict.fromkeys(TERMS, "")
    held |= {one.term: one.text for one in row.milestones.all()}
    target = getattr(row, "target", None)
    if target is None:
        return held
    measure = target.measure
    unit = "" if measure.unit == Measure.Unit.PERCENT else measure.unit
    better = "" if measure.better == Measure.Better.HIGHER else measure.better
    held |= {"measure": measure.name, "unit": unit, "better": better}
    return held | {name: getattr(target, name) for name in (*FIGURES, "cohort")}


def _line_of(key: int, place: int, row: dict) -> CriterionLine:
    terms = frozenset(term for term in TERMS if row[term])
    start = row.get("baseline") is not None
    return CriterionLine(key, place, row["text"], row["by_when"], terms, "measure" in row, start)


def _count(typed: str | None, otherwise: int) -> int:
    return int(typed) if typed and re.fullmatch(r"\d{1,9}", typed, re.ASCII) else otherwise
