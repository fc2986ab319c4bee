"""What amendments have made of a plan in force: what stood there before, since when, why and who agreed; what was
stopped. It is frozen with each version, so that page and paper say it alike."""

from collections import defaultdict
from dataclasses import dataclass, field

from foundation import clock
from governance.models import Decision, Person
from sip import amendable, written
from sip.amendable import Part
from sip.models import Amendment, AmendmentItem, Change, Plan, Replanned

Key = tuple[str, int]
_K = Change.Kind


@dataclass(slots=True)
class Amended:
    """`was`: by part and number, sentences about what stood there before. `stopped`: by objective, the rows that are no
    longer in the plan, as plain values. `ended`: the same of objectives, by number."""

    was: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    stopped: dict[int, list[dict]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[int, dict] = field(default_factory=dict)


def of(plan: Plan) -> Amended:
    """Everything that was amended of this plan. As many queries for much as for little; none before it is in force."""
    found = Amended()
    if not plan.is_in_force:
        return found
    changes = list(made(plan))
    agreed = who_agreed({one.amendment for one in changes})
    people = names_in(changes)
    moved: dict[tuple, bool] = {}
    for change in changes:
        _add(found, change, agreed[change.amendment_id], people, moved)
    moved_since = list(Replanned.objects.filter(action__objective__plan=plan).select_related("by"))
    people |= _people({one.before for one in moved_since if one.field == Replanned.Field.OWNER})
    for one in moved_since:
        found.was["action", one.action_id].append(replanned(one, people))
    return found


def was_of(row: Part) -> list[str]:
    """The sentences of one row, for its own page."""
    return of(row.plan).was.get((amendable.name_of(row), row.pk), [])


def gone_of(row: Part) -> str:
    """Why a row is no longer in the plan, as a sentence; empty of one that is."""
    if not amendable.is_gone(row):
        return ""
    found = of(row.plan)
    rows = [*found.ended.values(), *(one for held in found.stopped.values() for one in held)]
    said = {(one["sort"], one["id"]): one["says"] for one in rows}
    return said.get((amendable.name_of(row), row.pk)) or "No longer in the plan: what it stands on was stopped."


def made(plan: Plan):
    """The lines of the amendments that were made, in the order in which they were."""
    rows = Change.objects.filter(amendment__plan=plan, amendment__state=Amendment.State.MADE)
    rows = rows.select_related(
        "amendment", "objective", "action__objective", "criterion__objective", "criterion__target__measure"
    )
    return rows.select_related("milestone__criterion").order_by("amendment__ended_at", "amendment", "position", "pk")


def who_agreed(amendments: set[Amendment]) -> dict[int, str]:
    """By amendment: "by decision of the board (FGB 14/26)", "by leaders, who told the board", "by chair’s action"."""
    rows = AmendmentItem.objects.filter(amendment__in=amendments, recommends=False)
    yes = (Decision.Outcome.APPROVED, Decision.Outcome.CONDITIONS)
    decided = rows.filter(item__decision__outcome__in=yes).order_by("pk")
    minutes = dict(decided.values_list("amendment", "item__decision__minute_reference")) if amendments else {}
    return {one.pk: _agreed(one, minutes) for one in amendments}


def _agreed(one: Amendment, minutes: dict[int, str]) -> str:
    if one.pk in minutes:
        return f"by decision of the board{f' ({minutes[one.pk]})' if minutes[one.pk] else ''}"
    return "by chair’s action" if one.chairs_action_id else "by leaders, who told the board"


def names_in(changes) -> dict[int, str]:
    """The people that lines name, by number."""
    return _people({value for one in changes for value in _people_of(one)})


def _people(numbers: set) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=numbers - {None}).values_list("pk", "name")) if numbers else {}


def _people_of(change: Change) -> list[int]:
    if change.kind == _K.OWNER:
        return [value for value in (change.before, change.after) if value]
    if change.kind == _K.ADD:
        named = (change.after.get(name) for name in ("owner", "lead"))
        return [value for value in named if value]
    return []


def _add(found: Amended, change: Change, agreed: str, people: dict[int, str], moved: dict) -> None:
    part, row = amendable.part_of(change), amendable.row_of(change)
    day = written.day(clock.in_london(change.amendment.ended_at).date())
    why = _because(change.why or change.amendment.reason)
    if change.kind == _K.STOP:
        gone = {"id": row.pk, "sort": part, "words": str(row), "says": f"Stopped on {day}, {agreed}{why}"}
        if part == "objective":
            found.ended[row.pk] = gone
        else:
            found.stopped[amendable.objective_of(row).pk].append(gone)
    elif change.kind == _K.ADD:
        found.was[part, row.pk].append(f"Added on {day}, {agreed}{why}")
    else:
        first = moved.setdefault((part, row.pk, change.field), True)
        moved[part, row.pk, change.field] = False
        found.was[part, row.pk].append(f"{_before(change, part, people, first)} on {day}, {agreed}{why}")


def _before(change: Change, part: str, people: dict[int, str], first: bool) -> str:
    """ "By when: approved as 28 February 2027; moved"."""
    one = amendable.field_of(part, change.field)
    unit = change.criterion.target.measure.unit if one.sort == "figure" else ""
    before = amendable.said(one.sort, change.before, people=people, unit=unit) or "none"
    before = f"“{before}”" if change.kind == _K.WORD else before
    verb = {_K.DATE: "moved", _K.WORD: "worded anew"}.get(change.kind, "changed")
    return f"{one.label}: {'approved as' if first else 'then'} {before}; {verb}"


def replanned(one: Replanned, people: dict[int, str]) -> str:
    """ "By when: was 30 October 2026; moved on 24 November 2026 by Tom Ashworth: the trainer was ill." """
    day, sort = written.day(clock.in_london(one.at).date()), "day" if one.field == "due_on" else "person"
    before = amendable.said(sort, one.before, people=people) or "none"
    verb = "moved" if sort == "day" else "handed over"
    label = "By when" if sort == "day" else "Who"
    return f"{label}: was {before}; {verb} on {day} by {one.by}{_because(one.why)}"


def _because(why: str) -> str:
    return f": {why.strip().rstrip('.')}." if why.strip() else "."
