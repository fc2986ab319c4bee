"""The context of a plan: who the pupils are, how the school does, what it has to spend. Leaders write its words and its
budget; its figures are readings; its last inspection is the organisation's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from foundation.audit import AuditEvent
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance import inspecting
from governance.inspecting import Inspected
from governance.models import User
from sip import drafting, editions, written
from sip.context_figures import BUDGET, BY_GROUP, PERFORMANCE, PUPILS, STAFFING, Figures, Sheet
from sip.models import BudgetLine, ContextText, Plan
from sip.permissions import P

Kind = ContextText.Kind
MOST_LINES = 30  # of the budget

TITLES = {PUPILS: "Our pupils", PERFORMANCE: "How the school does", BUDGET: "Budget and staffing"}
KINDS = {  # in the order in which they are read
    PUPILS: (Kind.PUPILS, Kind.CHANGING),
    PERFORMANCE: (Kind.LAST_YEAR, Kind.KEY_ACTIONS, Kind.FROM_DATA, Kind.FROM_QUALITY),
    BUDGET: (Kind.BUDGET, Kind.STAFFING),
}


@operation(P.DRAFT_PLAN)
def write_context(
    plan: Plan, *, section: str, revision: int, texts: Mapping[str, str], budget: list[dict] | None = None, by: User
) -> Plan:
    """Write the words of one section of the context and, with the budget's section, what the plan is given to spend:
    rows of a source and an amount in pounds. StaleEdit when somebody wrote the same section since that revision."""
    if why := drafting.closed_because(plan):
        raise Conflict(why)
    if written_since(plan, section, revision):
        raise StaleEdit("Somebody else saved this part of the context while you were typing.", thing=plan)
    for kind in KINDS[section]:
        _put(plan, kind, texts.get(kind, ""))
    if section == BUDGET and budget is not None:
        _put_budget(plan, budget)
    plan.touch()
    return plan


def _put(plan: Plan, kind: str, text: str) -> None:
    if text:
        ContextText.objects.update_or_create(plan=plan, kind=kind, defaults={"text": text})
    else:
        ContextText.objects.filter(plan=plan, kind=kind).delete()


def _put_budget(plan: Plan, rows: list[dict]) -> None:
    if wrong := what_is_wrong(rows):
        raise Conflict(f"{wrong[0][1]}. Nothing was saved.")
    plan.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(
        [BudgetLine(plan=plan, position=place, **row) for place, row in enumerate(rows, start=1)]
    )


def what_is_wrong(rows: list[dict]) -> list[tuple[int, str]]:
    """What cannot stand in a budget, as (which row, sentence); in order: nothing."""
    wrong, seen = [], set()
    for place, row in enumerate(rows):
        key = row["source"].casefold()
        if key in seen:
            wrong.append((place, f"“{row['source']}” stands here twice: write one line with the sum"))
        seen.add(key)
    if len(rows) > MOST_LINES:
        wrong.append((MOST_LINES, f"A budget holds {MOST_LINES} lines at most"))
    return wrong


def written_since(plan: Plan, section: str, revision: int) -> AuditEvent | None:
    """Who has written this section since the plan stood at this revision, the last one; None for nobody."""
    if plan.revision == revision:
        return None
    acts = AuditEvent.objects.filter(thing=plan._meta.label_lower, thing_id=plan.pk, what="write_context")
    for act in acts.order_by("-pk")[:50]:
        if act.words.get("section") == section:
            return act if act.after.get("revision", 0) > revision else None
    return None


# --- as blocks of a version ------------------------------------------------------------------------------------------


def blocks_of(plan: Plan) -> dict[str, object]:
    """The context as it stands, as blocks by name; only what there is. Nine queries, whatever it holds.

    "context:<kind>" of each text, "budget", "inspection", and the tables of each section twice: "figures:<section>"
    with small numbers hidden, "figures_full:<section>" as leaders read them.
    """
    blocks: dict[str, object] = {}
    texts = {text.kind: text for text in plan.context_texts.all()}
    for kind in (kind for kinds in KINDS.values() for kind in kinds if kind in texts):
        blocks[f"context:{kind}"] = {"kind": str(kind), "title": kind.label, "text": texts[kind].text}
    figures = Figures.of(plan)
    for name, sheets in (("figures", figures.for_everyone()), ("figures_full", figures.for_leaders())):
        for section in (PUPILS, BY_GROUP, PERFORMANCE, BUDGET, STAFFING):
            if bodies := [sheet.body for sheet in sheets if sheet.section == section]:
                blocks[f"{name}:{section}"] = bodies
    if last := inspecting.last_of(inspecting.read(plan.organisation.inspections.all())):
        blocks["inspection"] = [row.body for row in last]
    if lines := list(plan.budget_lines.all()):
        blocks["budget"] = [{"source": line.source, "amount": f"{line.amount:.2f}"} for line in lines]
    return blocks


# --- read ------------------------------------------------------------------------------------------------------------


_SECTIONS = {PUPILS: (PUPILS, BY_GROUP), BUDGET: (BUDGET, STAFFING)}  # of figures, that stand in one part
_ALONE = "For the board and its leaders alone."


@dataclass(slots=True)
class Part:
    """One section of the context as somebody reads it: words, tables, and in their place inspection and budget."""

    key: str
    title: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    inspections: list[Inspected] = field(default_factory=list)
    budget: list[tuple[str, str]] = field(default_factory=list)
    total: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.sheets or self.inspections or self.budget)


def read(blocks: Mapping[str, object]) -> list[Part]:
    """The sections that these blocks hold something of. Where the leaders' tables are among them, those are read."""
    parts = [_part(key, blocks) for key in TITLES]
    return [part for part in parts if not part.is_empty]


def _sheet(body: dict, section: str) -> Sheet:
    sheet = Sheet.of(body)
    return replace(sheet, note=f"{_ALONE} {sheet.note}".strip()) if section == STAFFING else sheet


def _for_whom(name: str, blocks: Mapping[str, object]) -> str:
    is_confidential = editions.stands_in(name, editions.own_of(blocks)) == editions.Edition.CONFIDENTIAL
    return f" ({_ALONE[:1].lower()}{_ALONE[1:-1]})" if is_confidential else ""


def without_groups(blocks: Mapping[str, object]) -> dict[str, object]:
    """The same without figures by group of pupils, for whoever sees money and no groups."""
    return {name: body for name, body in blocks.items() if name.partition(":")[2] != BY_GROUP}


def is_of_context(name: str) -> bool:
    """Whether a block of this name is part of the context."""
    return name.partition(":")[0] in ("context", "figures", "figures_full", "inspection", "budget")


def _part(key: str, blocks: Mapping[str, object]) -> Part:
    part = Part(key, TITLES[key])
    for kind in KINDS[key]:
        if body := blocks.get(f"context:{kind}"):
            part.texts.append((f"{body['title']}{_for_whom(f'context:{kind}', blocks)}", body["text"]))
    for section in _SECTIONS.get(key, (key,)):
        bodies = blocks.get(f"figures_full:{section}") or blocks.get(f"figures:{section}") or ()
        part.sheets += [_sheet(body, section) for body in bodies]
    if key == PERFORMANCE:
        part.inspections = [inspecting.inspected(body) for body in blocks.get("inspection", ())]
    if key == BUDGET:
        rows = [(row["source"], Decimal(row["amount"])) for row in blocks.get("budget", ())]
        part.budget = [(source, written.pounds(amount)) for source, amount in rows]
        part.total = written.pounds(sum((amount for _, amount in rows), Decimal())) if rows else ""
    return part
