"""What an amendment can change of each part of a plan: by field, as plain values, as words, and put on the row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from governance.models import Person, Term
from sip import written
from sip.models import Action, Change, Milestone, Objective, SuccessCriterion, Target, in_unit

Part = Objective | SuccessCriterion | Milestone | Action
_K = Change.Kind
OBJECTIVE, CRITERION, MILESTONE, ACTION = "objective", "criterion", "milestone", "action"
MODELS = {OBJECTIVE: Objective, CRITERION: SuccessCriterion, MILESTONE: Milestone, ACTION: Action}
UNDER = {OBJECTIVE: "", CRITERION: OBJECTIVE, MILESTONE: CRITERION, ACTION: OBJECTIVE}  # on what an added one stands


@dataclass(frozen=True)
class Field:
    """One thing that can be changed: what it is called, which kind of change that is, and what sort of value it has
    (text, day, person, pounds, term, figure)."""

    name: str
    label: str
    kind: str
    sort: str = "text"


FIELDS: dict[str, tuple[Field, ...]] = {
    OBJECTIVE: (
        Field("title", "Title", _K.WORD),
        Field("where_to", "Where we want to be", _K.WORD),
        Field("by_when", "By when", _K.DATE, "day"),
        Field("figure_aim", "Aim", _K.TARGET),
        Field("lead", "Lead", _K.OWNER, "person"),
    ),
    CRITERION: (
        Field("text", "What the board will see", _K.WORD),
        Field("by_when", "By when", _K.DATE, "day"),
        Field("aim", "Target", _K.TARGET, "figure"),
        Field("by_autumn", "On the way, by autumn", _K.TARGET, "figure"),
        Field("by_spring", "On the way, by spring", _K.TARGET, "figure"),
        Field("by_summer", "On the way, by summer", _K.TARGET, "figure"),
    ),
    MILESTONE: (
        Field("text", "What must be so", _K.WORD),
        Field("term", "By the end of", _K.DATE, "term"),
    ),
    ACTION: (
        Field("what", "What", _K.WORD),
        Field("due_on", "By when", _K.DATE, "day"),
        Field("owner", "Who", _K.OWNER, "person"),
        Field("cost", "Cost", _K.COST, "pounds"),
        Field("cost_source", "Paid from", _K.COST),
    ),
}
_OF_TARGET = ("aim", "by_autumn", "by_spring", "by_summer")
ADDED = {  # what an added part says, in the order in which it is told
    OBJECTIVE: (
        *FIELDS[OBJECTIVE][:3],
        FIELDS[OBJECTIVE][4],
        Field("criterion", "The board will know by", _K.ADD),
    ),
    CRITERION: FIELDS[CRITERION][:2],
    MILESTONE: FIELDS[MILESTONE],
    ACTION: FIELDS[ACTION],
}


def field_of(part: str, name: str) -> Field:
    """The field of this name."""
    return next(one for one in (*FIELDS[part], *ADDED[part]) if one.name == name)


def fields_of(row: Part) -> tuple[Field, ...]:
    """What can be changed of this row: figures only where it is measured."""
    part = name_of(row)
    if part == CRITERION and not hasattr(row, "target"):
        return tuple(one for one in FIELDS[part] if one.name not in _OF_TARGET)
    return FIELDS[part]


def name_of(row: models.Model) -> str:
    """ "objective", "criterion", "milestone" or "action"."""
    return next(name for name, model in MODELS.items() if isinstance(row, model))


def part_of(change: Change) -> str:
    """Of which part of the plan a line speaks; of an added part, which that is."""
    if change.kind == _K.ADD:
        return change.field
    return next(name for name in (ACTION, MILESTONE, CRITERION, OBJECTIVE) if getattr(change, f"{name}_id"))


def row_of(change: Change) -> Part | None:
    """The row that a line changes; of an added part, what it is added to, and once it is made the part itself."""
    rows = (getattr(change, name) for name in (ACTION, MILESTONE, CRITERION, OBJECTIVE))
    return next((row for row in rows if row is not None), None)


def objective_of(row: Part) -> Objective:
    """The objective on which a part stands."""
    if isinstance(row, Milestone):
        return row.criterion.objective
    return row if isinstance(row, Objective) else row.objective


def is_gone(row: Part) -> bool:
    """Whether it was stopped or dropped."""
    if isinstance(row, Action):
        return row.status == Action.Status.STOPPED
    return (row.stopped_on if isinstance(row, Objective) else row.dropped_on) is not None


# ---------------------------------------------------------------- values


def value(row: Part, name: str):
    """What stands in a field of the row now."""
    if name in _OF_TARGET:
        return getattr(row.target, name)
    return getattr(row, name)


def plain(held):
    """A value as plain JSON."""
    if isinstance(held, Person):
        return held.pk
    if isinstance(held, Decimal):
        return f"{held.normalize():f}"
    return held.isoformat() if isinstance(held, date) else held


def lively(sort: str, held):
    """A plain value as a row takes it."""
    if held in (None, ""):
        return "" if sort in ("text", "term") else None
    if sort == "day":
        return date.fromisoformat(held)
    if sort in ("pounds", "figure"):
        return Decimal(held)
    return Person.objects.get(pk=held) if sort == "person" else held


def said(sort: str, held, *, people: dict[int, str], unit: str = "") -> str:
    """A plain value as it is read: "28 February 2027", "84%", "£1,400", a person's name; empty for none."""
    if held in (None, ""):
        return ""
    if sort == "day":
        return written.day(date.fromisoformat(held))
    if sort == "pounds":
        return written.pounds(Decimal(held)) if Decimal(held) else "no cost"
    if sort == "person":
        return people.get(held, "")
    if sort == "term":
        return f"{Term.Name(held).label} term"
    return in_unit(unit, held) if sort == "figure" else str(held)


def added_words(part: str, after: dict, *, people: dict[int, str]) -> list[tuple[str, str]]:
    """What an added part says, line by line, without what is empty."""
    lines = [(one.label, said(one.sort, after.get(one.name), people=people)) for one in ADDED[part]]
    return [(label, words) for label, words in lines if words]


# ---------------------------------------------------------------- put on the row


def put(row: Part, name: str, held) -> None:
    """Write one field. Within an operation that holds the plan."""
    field = field_of(name_of(row), name)
    if name in _OF_TARGET:
        Target.objects.filter(criterion=row).update(**{name: lively(field.sort, held)})
        return
    setattr(row, name, lively(field.sort, held))
    row.save(update_fields=[name])


def approved_as(row: SuccessCriterion) -> tuple[str, str]:
    """A target as the board first approved it, and its unit."""
    return plain(row.target.approved_aim), row.target.measure.unit
