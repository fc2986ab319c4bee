"""What the pages of amendments show: an amendment's lines as a difference, its parts to pick from, a plan's list."""

from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation import clock
from foundation.permissions import may, why_not
from governance.models import AgendaItem
from governance.wording import weekday
from sip import amendable, amended, amending, differing, making, written
from sip import amendment_deciding as deciding
from sip.amendable import Part
from sip.models import Amendment, BlockVisibility, Change, Milestone, Plan, SuccessCriterion
from sip.permissions import P
from sip.weighing import Weight

_K, _S = Change.Kind, Amendment.State
_WORDS = {"objective": "the objective", "criterion": "a success criterion", "milestone": "a milestone"}
_WORDS |= {"action": "an action"}


@dataclass(slots=True)
class Line:
    """One change: of what, what of it, word by word, and why. `kind`: changed, added, stopped."""

    pk: int
    key: str  # of the row that it changes: lines of one row follow each other
    of: str
    name: str
    label: str
    kind: str
    pieces: list[differing.Piece]
    facts: list[tuple[str, str]]
    why: str
    change_url: str = ""


@dataclass(slots=True)
class Section:
    """The lines of one objective."""

    title: str
    url: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """An amendment as one person reads it."""

    says: str
    weight: Weight
    is_material: bool
    sections: list[Section]
    left_out: int
    many: int
    agreed: str
    board: str
    deeds: dict[str, bool]
    why_not_back: str = ""
    item_url: str = ""
    ask_url: str = ""
    asks: str = why_not(P.AMEND_PLAN)


def of(amendment: Amendment, user) -> Page:
    """Read it for one person. As many queries for many lines as for few."""
    plan, lines = amendment.plan, list(_lines(amendment))
    hidden = _hidden(plan, user)
    shown = [one for one in lines if not _is_hidden(one, hidden)]
    leads, weight = may(user, P.AMEND_PLAN, amendment), amending.weight_of(amendment)
    drafts = leads and amendment.state == _S.DRAFTING
    item = deciding.coming_items(amendment).filter(recommends=False).first()
    page = Page(
        says=_says(amendment, item),
        weight=weight,
        is_material=amendment.weight == Amendment.Weight.MATERIAL or weight.is_material,
        sections=_sections(plan, shown, amendment if drafts else None),
        left_out=len(lines) - len(shown),
        many=len(lines),
        agreed=_agreed(amendment),
        board=making.board_of(plan).name,
        deeds={"drafts": drafts} | _deeds(amendment, user, leads),
    )
    page.why_not_back = deciding.why_not_taken_back(amendment) if leads and amendment.state == _S.WITH_THE_BOARD else ""
    seen = item and AgendaItem.objects.visible_to(user).filter(pk=item.item_id).exists()
    page.item_url = reverse("item", args=[item.item_id]) if seen else ""
    page.ask_url = _ask_url(plan, shown, user) if amendment.state in (_S.WITH_THE_BOARD, _S.MADE) else ""
    return page


def for_all(amendment: Amendment) -> tuple[list[Section], int]:
    """Its lines as everybody may read them who reads the plan, by objective; and how many are left out, because they
    are about actions that are for the board and leaders alone."""
    plan, lines = amendment.plan, list(_lines(amendment))
    blocks = BlockVisibility.objects.confidential().filter(plan=plan, block__startswith="actions:")
    hidden = {int(block.partition(":")[2]) for block in blocks.values_list("block", flat=True)}
    shown = [one for one in lines if not _is_hidden(one, hidden)]
    return _sections(plan, shown, None), len(lines) - len(shown)


def _deeds(amendment: Amendment, user, leads: bool) -> dict[str, bool]:
    waits = amendment.state == _S.WITH_THE_BOARD
    urgent = waits and may(user, P.MAKE_URGENTLY, amendment)
    puts = waits and may(user, P.PUT_AMENDMENT, amendment) and not deciding.coming_items(amendment).exists()
    return {
        "takes_back": leads and waits and not deciding.why_not_taken_back(amendment),
        "urgent": urgent,
        "puts": puts,
    }


def _lines(amendment: Amendment):
    rows = ("objective", "action__objective", "criterion__objective", "criterion__target__measure")
    return amendment.changes.select_related(*rows, "milestone__criterion__objective").order_by("position", "pk")


def _hidden(plan: Plan, user) -> set[int]:
    """The objectives whose actions this person does not read."""
    closed = BlockVisibility.objects.closed_to(user).filter(plan=plan, block__startswith="actions:")
    return {int(block.partition(":")[2]) for block in closed.values_list("block", flat=True)}


def _is_hidden(line: Change, hidden: set[int]) -> bool:
    return amendable.part_of(line) == "action" and _objective_id(line) in hidden


def _objective_id(line: Change) -> int | None:
    row = amendable.row_of(line)
    return amendable.objective_of(row).pk if row is not None else None


def _ask_url(plan: Plan, lines: list[Change], user) -> str:
    """To the box for a question, about the one objective that it changes, or about the plan."""
    if not may(user, P.ASK, plan) or plan.state == Plan.State.CLOSED:
        return ""
    about = {_objective_id(one) for one in lines}
    only = about.pop() if len(about) == 1 else None
    return f"{reverse('ask', args=[plan.pk])}{f'?objective={only}' if only else ''}"


# ---------------------------------------------------------------- as a sentence


def _says(amendment: Amendment, item) -> str:
    if amendment.state == _S.WITH_THE_BOARD:
        since = f"With the board since {written.near_day(_day(amendment.put_at))}"
        if item is None:
            return f"{since}. Next, the clerk or the chair puts it on an agenda. The plan stays as it is until then."
        return f"{since}; decision on {weekday(item.item.meeting.day)}. The plan stays as it is until then."
    if amendment.state == _S.DRAFTING:
        return "Leaders are drafting it. The plan stays as it is until it is made."
    ended = written.day(_day(amendment.ended_at))
    if amendment.state == _S.DECLINED:
        return f"Declined by the board on {ended}. The plan stayed as it was."
    if amendment.state == _S.WITHDRAWN:
        return f"Withdrawn by leaders on {ended}. The plan stayed as it was."
    version = f" It gave version {amendment.version.number} of the plan." if amendment.version else ""
    return f"Made on {ended}, {_agreed(amendment)}.{version}"


def _agreed(amendment: Amendment) -> str:
    return amended.who_agreed({amendment})[amendment.pk] if amendment.state == _S.MADE else ""


def _day(moment):
    return clock.in_london(moment).date()


# ---------------------------------------------------------------- its lines


def _sections(plan: Plan, lines: list[Change], drafted: Amendment | None) -> list[Section]:
    """By objective, in the order of the plan; what is added as an objective last."""
    places = {pk: (number, title) for number, (pk, title) in enumerate(plan.objectives.values_list("pk", "title"), 1)}
    people, found = amended.names_in(lines), {}
    for one in sorted(lines, key=lambda row: (places.get(_objective_id(row), (len(places) + 1,))[0], _order(row))):
        key = _objective_id(one)
        if key not in found:
            number, title = places.get(key, (0, ""))
            name = f"{plan.words.Objective} {plan.words.numbered(number)}: {title}" if number else "A new objective"
            found[key] = Section(name, reverse("objective", args=[key]) if number else "")
        found[key].lines.append(_line(one, people, drafted))
    return list(found.values())


def _order(one: Change) -> tuple:
    """Within an objective: its own lines, then those of each row together, what is added last."""
    part = amendable.part_of(one)
    row = amendable.row_of(one)
    return one.kind == _K.ADD, list(amendable.MODELS).index(part), row.pk if row is not None else 0, one.position


def _line(one: Change, people: dict[int, str], drafted: Amendment | None) -> Line:
    part, row = amendable.part_of(one), amendable.row_of(one)
    name = "" if one.kind == _K.ADD or part == "objective" else str(row)
    key = f"added-{one.pk}" if one.kind == _K.ADD else f"{part}-{row.pk}"
    line = Line(one.pk, key, _WORDS[part], name, "", "changed", [], [], one.why)
    if one.kind == _K.ADD:
        line.kind, line.facts = "added", amendable.added_words(part, one.after, people=people)
    elif one.kind == _K.STOP:
        line.kind = "stopped"
    else:
        this = amendable.field_of(part, one.field)
        unit = one.criterion.target.measure.unit if this.sort == "figure" else ""
        before, after = (
            amendable.said(this.sort, held, people=people, unit=unit) or "none" for held in (one.before, one.after)
        )
        line.label, line.pieces = this.label, _pieces(one.kind, before, after)
    if drafted and one.kind not in (_K.ADD, _K.STOP):
        line.change_url = reverse("amend_part", args=[drafted.pk, part, row.pk])
    return line


def _pieces(kind: str, before: str, after: str) -> list[differing.Piece]:
    """Texts word by word; days, people and figures whole."""
    if kind == _K.WORD:
        return differing.words(before, after)
    return [differing.Piece(differing.DEL, before), differing.Piece(differing.INS, after)]


# ---------------------------------------------------------------- what can be picked


@dataclass(slots=True)
class Pick:
    """A part that can be changed or stopped, with what stands under it."""

    part: str
    pk: int
    text: str
    said: str  # "by 4 December 2026, Tom Ashworth"
    is_taken: bool  # whether the amendment speaks of it already
    under: list["Pick"] = field(default_factory=list)


def picks(amendment: Amendment) -> list[tuple[str, Pick, list[Pick], list[Pick]]]:
    """By objective: its number, itself, its actions, and its criteria with their milestones. Without what is gone."""
    taken = {(amendable.part_of(one), amendable.row_of(one).pk) for one in _of_rows(amendment)}
    plan, found = amendment.plan, []
    rows = plan.objectives.prefetch_related("actions__owner", "criteria__milestones")
    for number, one in enumerate(rows, start=1):
        if amendable.is_gone(one):
            continue
        actions = [_pick(row, taken) for row in one.actions.all() if not amendable.is_gone(row)]
        criteria = [_with_milestones(row, taken) for row in one.criteria.all() if not amendable.is_gone(row)]
        found.append((plan.words.numbered(number), _pick(one, taken), actions, criteria))
    return found


def _of_rows(amendment: Amendment) -> list[Change]:
    return [one for one in _lines(amendment) if one.kind != _K.ADD]


def _with_milestones(row: SuccessCriterion, taken: set) -> Pick:
    pick = _pick(row, taken)
    pick.under = [_pick(one, taken) for one in row.milestones.all() if not amendable.is_gone(one)]
    return pick


def _pick(row: Part, taken: set) -> Pick:
    part = amendable.name_of(row)
    day = getattr(row, "due_on", None) or getattr(row, "by_when", None)
    said = [f"by {written.day(day)}"] if day else []
    if isinstance(row, Milestone):
        said = [f"{row.get_term_display()}"]
    if owner := getattr(row, "owner", None):
        said.append(str(owner))
    return Pick(part, row.pk, str(row), ", ".join(said), (part, row.pk) in taken)


def part_in(amendment: Amendment, part: str, number: int) -> Part:
    """A part of the amendment's plan, or 404."""
    if part not in amendable.MODELS:
        raise Http404("No such part.")
    over = {"objective": "plan", "criterion": "objective__plan", "action": "objective__plan"}
    where = {over.get(part, "criterion__objective__plan"): amendment.plan_id}
    return get_object_or_404(amendable.MODELS[part], pk=number, **where)


def under_in(amendment: Amendment, part: str, number: int) -> Part | None:
    """On what an added part stands: None for an objective; what is not there is 404."""
    if part not in amendable.UNDER:
        raise Http404("No such part.")
    over = amendable.UNDER[part]
    return part_in(amendment, over, number) if over else None


# ---------------------------------------------------------------- of a plan


@dataclass(slots=True)
class Listed:
    """An amendment on a list."""

    pk: int
    number: int
    says: str
    reason: str


def listed(plan: Plan, user) -> list[Listed]:
    """The amendments of a plan that this person sees, the newest first."""
    rows = list(Amendment.objects.visible_to(user).filter(plan=plan).select_related("version").order_by("-number"))
    agreed = amended.who_agreed({one for one in rows if one.state == _S.MADE})
    return [Listed(one.pk, one.number, _short(one, agreed), one.reason) for one in rows]


def _short(one: Amendment, agreed: dict[int, str]) -> str:
    if one.state == _S.MADE:
        return f"made on {written.day(_day(one.ended_at))}, {agreed[one.pk]}"
    if one.state == _S.WITH_THE_BOARD:
        return f"with the board since {written.near_day(_day(one.put_at))}"
    if one.state == _S.DRAFTING:
        return one.get_state_display()
    return f"{one.get_state_display()} on {written.day(_day(one.ended_at))}"


@dataclass(slots=True)
class OnThePlan:
    """The quiet line on the plan's page: what is under way, how many were made, and whether one can be begun."""

    under_way: str
    made: str
    begins: bool

    @property
    def label(self) -> str:
        return self.under_way or self.made or "Change this plan"


def on_the_plan(plan: Plan, user) -> OnThePlan | None:
    """For the page of a plan that this person sees, in one query; None where there is nothing to say or do."""
    if not plan.is_in_force:
        return None
    states = list(
        Amendment.objects.of_seen_plans(user).filter(plan=plan).order_by("number").values_list("number", "state")
    )
    begins = plan.state == Plan.State.APPROVED and may(user, P.AMEND_PLAN, plan)
    open_one = next(((number, state) for number, state in states if state in (_S.DRAFTING, _S.WITH_THE_BOARD)), None)
    under_way = f"Amendment {open_one[0]}: {_S(open_one[1]).label}" if open_one else ""
    many = sum(state == _S.MADE for _, state in states)
    made = f"Amended {'once' if many == 1 else f'{written.number(many)} times'}" if many else ""
    return OnThePlan(under_way, made, begins) if under_way or made or begins or states else None
