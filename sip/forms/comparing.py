"""Two people wrote at once: what a colleague saved beside what this person typed, row by row where they differ."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import QueryDict

from foundation.forms import Choice, Figure, Money, PickFrom, TypedDay
from foundation.typed import tidy_line
from sip.drafting import saved_since
from sip.forms.drafting import ObjectiveDraft
from sip.forms.rows import ActionForm, CriterionForm
from sip.models import Objective


@dataclass(frozen=True)
class Difference:
    """A row that is not the same on both sides. `cells` are (what it is, theirs, mine); `deed` is a button's value."""

    name: str
    says: str
    cells: list[tuple[str, str, str]]
    deed: str = ""
    deed_says: str = ""
    jump: str = ""


@dataclass(frozen=True)
class Comparison:
    """What the page says of two texts: who saved the other, when, and where the two differ."""

    who: str
    at: datetime | None
    only_the_boards_words: bool
    rows: list[Difference]

    @classmethod
    def of(cls, draft: ObjectiveDraft) -> "Comparison":
        acts = saved_since(draft.objective, draft.compares_from)
        only_words = bool(acts) and all(act.what == "word_objective" for act in acts)
        rows = [] if only_words else differences(draft)
        return cls(acts[0].by_name if acts else "Somebody", acts[0].at if acts else None, only_words, rows)


def differences(draft: ObjectiveDraft) -> list[Difference]:
    """Where the typed rows and the saved ones differ, in the order of the page."""
    return [one for form in (ActionForm, CriterionForm) for one in _of_kind(draft, form)]


def same_rows(draft: ObjectiveDraft) -> bool:
    """Whether what was typed is what is saved already, as after a button pressed twice."""
    names = {str(person.pk): person.name for person in draft.people}
    for form in (ActionForm, CriterionForm):
        typed = [_words(row, names) for row in draft.rows_of(form) if not row.is_blank]
        if typed != [_words(_saved(form, held), names) for held in draft.saved[form].values()]:
            return False
    return True


def rebased(objective: Objective, words: QueryDict) -> QueryDict:
    """What was typed, set upon the objective as it stands now: to save it again is a choice, made with open eyes."""
    words = words.copy()
    words["compare"], words["revision"] = words.get("revision", "0"), str(objective.revision)
    return words


def _of_kind(draft: ObjectiveDraft, form) -> list[Difference]:
    names = {str(person.pk): person.name for person in draft.people}
    rows = [(row, _words(row, names)) for row in draft.rows_of(form) if row.row_id or not row.is_blank]
    saved = {str(number): _words(_saved(form, held), names) for number, held in draft.saved[form].items()}
    mine, mine_in_words = {row.row_id for row, _ in rows}, [words for _, words in rows]
    found = [_changed(form, row, words, saved.get(row.row_id)) for row, words in rows]
    found += [
        _missing(form, number, words, draft)
        for number, words in saved.items()
        if number not in mine and words not in mine_in_words
    ]
    return [one for one in found if one]


def _changed(form, row, mine: dict, theirs: dict | None) -> Difference | None:
    """A row with different words on both sides, or one that the colleague removed; a new row of mine is neither."""
    name, jump = f"{form.kind.title()} {row.number}", row.first_box
    if theirs is None:
        cells = [(label, "", words) for label, words in mine.items() if words]
        says = "They removed this row. Yours brings it back."
        removing = (f"remove-{form.kind}-{row.key}", "Remove it from mine as well")
        return Difference(name, says, cells, *removing, jump) if row.was_removed and cells else None
    cells = [(label, theirs[label], mine[label]) for label in mine if theirs[label] != mine[label]]
    return Difference(name, "", cells, f"theirs-{form.kind}-{row.row_id}", "Take theirs here", jump) if cells else None


def _missing(form, number: str, words: dict, draft: ObjectiveDraft) -> Difference:
    """A saved row that is not among the typed ones: added by the colleague since, or removed by this person."""
    removed = f"{form.kind}-{number}" in draft.had.split()
    says = "You removed this row. Saving yours removes it." if removed else "They added this row. It is not in yours."
    cells = [(label, text, "") for label, text in words.items() if text]
    deed_says = "Bring it back into mine" if removed else "Add it to mine"
    name = f"{'An action' if form is ActionForm else 'A criterion'} {'you removed' if removed else 'of theirs'}"
    return Difference(name, says, cells, f"theirs-{form.kind}-{number}", deed_says)


def _saved(form, held: dict):
    return form(initial=held, key="0", number=0)


def _words(row, names: dict[str, str]) -> dict[str, str]:
    """The row as its reader sees it: label and words, people by name, days and figures as they are written."""
    shown = {}
    for name, field in row.fields.items():
        text = tidy_line(row.text(name))
        if isinstance(field, PickFrom):
            text = names.get(text, text)
        elif isinstance(field, Choice):
            text = dict(field.choices).get(text, text) if row.text("measure") else ""
        elif isinstance(field, (Figure, Money, TypedDay)):
            text = _as_written(field, text)
        shown[field.label] = text
    return shown


def _as_written(field, text: str) -> str:
    """£1,200 and 1200 are the same; what is no figure or day stays as it was typed."""
    try:
        return str(field.prepare_value(field.to_python(text)) or "") if text else ""
    except ValidationError:
        return text
