"""What one person reads of a plan: from which source, and as plain rows with every word for the page done.

Leaders read the draft while there is one. Everyone else reads what is frozen: the version that is before the board or
in force; while leaders draft, the board's own words of the objectives and nothing else.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.http import Http404
from django.urls import reverse

from foundation.permissions import may
from governance.words import Words
from sip import called, context, editions, line, living, written
from sip.line import Line
from sip.measuring import Measured, measured_by
from sip.models import Mark, Milestone, Plan, Version
from sip.permissions import P
from sip.targets import FULL
from sip.versions import Blocks, blocks_of, boards_words_of, content_of

_OTHER = ("context", "figures", "inspection", "budget")  # kinds of blocks that one can ask about as a whole
FIRST = 5  # actions of an objective that the plan page shows
_TERMS = (("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer"))

DRAFT, VERSION, OBJECTIVES = "draft", "version", "objectives"


@dataclass(slots=True)
class ActionRow:
    id: int
    number: str
    heading: str
    what: str
    owner: str
    due: str
    supporters: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    ask_url: str = ""
    going: living.Going | None = None  # of a plan in force
    was: list[str] = field(default_factory=list)  # what amendments changed of it


@dataclass(slots=True)
class MilestoneRow:
    """What is due in a term; in a plan in force with its page, and with the last rating that governors saw."""

    id: int
    term: str
    text: str
    url: str = ""
    mark: str = ""
    word: str = ""
    was: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CriterionRow:
    id: int
    text: str
    by: str
    milestones: list[MilestoneRow]
    ask_url: str = ""
    measured: Measured | None = None
    line: Line | None = None  # from where it begins to its aim, by which way
    was: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ObjectiveRow:
    """One objective, both sides. `actions` are all of them; `first` those that the plan page shows."""

    id: int
    number: str  # as the school writes it: "3", "C"
    title: str
    aim: str
    where_now: str
    where_to: str
    figure_what: str
    figure_now: str
    figure_aim: str
    by: str
    priority: int | None
    priority_title: str
    lead: str
    lead_id: int | None
    team: str
    monitor: str
    proposed_by: str
    actions: list[ActionRow]
    criteria: list[CriterionRow]
    terms: list[tuple[str, list[MilestoneRow]]]
    is_withheld: bool  # whether its actions are for the board and leaders alone, and this reader is neither
    cost: Decimal
    is_costed: bool  # whether any of its actions is
    url: str
    ask_url: str = ""
    outcome: str = ""  # of a closed plan, with what was learned
    lesson: str = ""
    was: list[str] = field(default_factory=list)
    stopped: list[dict] = field(default_factory=list)  # what of it amendments stopped: "words" and "says"

    @property
    def cost_words(self) -> str:
        return cost_of([self])

    @property
    def first(self) -> list[ActionRow]:
        return self.actions[:FIRST]

    @property
    def all_actions(self) -> str:
        """The link to the rest: "All 8 actions", "Cost, outcome and checks"."""
        return f"All {len(self.actions)} actions" if len(self.actions) > FIRST else "Cost, outcome and checks"


@dataclass(slots=True)
class PriorityRow:
    id: int
    title: str
    served_by: str
    cost: str


@dataclass(slots=True)
class PlanReading:
    """A plan as its reader sees it. `source` says where the words come from."""

    source: str
    body: dict
    words: Words  # what things were called when it was frozen
    objectives: list[ObjectiveRow]
    priorities: list[PriorityRow]
    sources: list[tuple[str, str]]
    total: str
    uncosted: str
    counts: str
    people: set[int]  # leads and owners, as numbers
    context: list[context.Part]
    version: Version | None = None
    is_unharmed: bool = True
    blocks: dict[str, str] = field(default_factory=dict)  # what else it holds, by name: the title
    left: editions.LeftOut | None = None  # which edition it is, and what that leaves out
    ended: list[dict] = field(default_factory=list)  # objectives that the board stopped: "id", "words" and "says"

    @property
    def is_whole(self) -> bool:
        """Whether it holds the leaders' side too."""
        return self.source != OBJECTIVES

    def objective(self, number: int) -> ObjectiveRow:
        """One of its objectives, by key; what this reader does not see is not there."""
        for row in self.objectives:
            if row.id == number:
                return row
        raise Http404("No such objective.")


def read(plan: Plan, user, *, before: int | None = None) -> PlanReading:
    """What this person reads of the plan now; `before` a version of this number, as it stood until then."""
    source = source_of(plan, user)
    if source == OBJECTIVES:
        return of_blocks(boards_words_of(plan), plan, OBJECTIVES)
    if source == DRAFT:
        return of_edition(_for_reader(content_of(plan), plan, user), plan, editions.edition_for(user, plan), DRAFT)
    found = Version.objects.with_document(user).filter(plan=plan).select_related("frozen_by")
    version = (found.filter(number__lt=before) if before else found).last()
    if version is None:
        return of_blocks(boards_words_of(plan), plan, OBJECTIVES)
    blocks, unharmed = opened(version)
    if not may(user, P.READ_SUBMITTED, plan) and plan.state not in (Plan.State.APPROVED, Plan.State.CLOSED):
        blocks = _own_part(blocks, user.person_id)
    reading = of_edition(_for_reader(blocks, plan, user), plan, editions.edition_for(user, plan))
    reading.version, reading.is_unharmed = version, unharmed
    _say_how_they_go(reading, plan, user)
    living.go_on(reading, plan, user)
    return reading


def _for_reader(blocks: Blocks, plan: Plan, user) -> Blocks:
    """The business manager helps to draft the plan, and sees money and no groups of pupils."""
    if may(user, P.READ_DRAFT, plan) and not may(user, P.READ_GROUPS, plan):
        return context.without_groups(blocks)
    return blocks


def _say_how_they_go(reading: PlanReading, plan: Plan, user) -> None:
    """Once a plan is in force, each milestone leads to its page; with its rating where the reader may see it before the
    board has received the review."""
    if not plan.is_in_force:
        return
    found = Milestone.objects.filter(criterion__objective__plan=plan).values_list("pk", "current_rating")
    live, sees = dict(found), may(user, P.READ_MARKS, plan)
    for row in (row for one in reading.objectives for criterion in one.criteria for row in criterion.milestones):
        if row.id in live:
            row.url = reverse("milestone", args=[row.id])
            row.mark = live[row.id] if sees else ""
            row.word = Mark(row.mark).label if row.mark else ""


def source_of(plan: Plan, user) -> str:
    """Where this person's words come from."""
    drafted = plan.state in (Plan.State.OBJECTIVES, Plan.State.DRAFTING, Plan.State.CHANGES)
    if drafted and may(user, P.READ_DRAFT, plan):
        return DRAFT
    return OBJECTIVES if plan.state in (Plan.State.OBJECTIVES, Plan.State.DRAFTING) else VERSION


def opened(version: Version) -> tuple[Blocks, bool]:
    """The frozen blocks, and whether they still give the hash that was taken at first."""
    return blocks_of(version), version.is_unharmed


def of_edition(blocks: Blocks, plan: Plan, edition: str, source: str = VERSION) -> PlanReading:
    """What an edition holds of the blocks, as rows; it says what is left out."""
    reading = of_blocks(editions.kept(blocks, edition), plan, source)
    reading.left = editions.left_out(blocks, edition)
    return reading


def of_blocks(blocks: Blocks, plan: Plan, source: str = VERSION) -> PlanReading:
    """Blocks as rows."""
    ask = f"{reverse('ask', args=[plan.pk])}?"
    words = Words.thawed(blocks["plan"].get("words"))
    rows = [_objective(body, blocks, ask, words) for name, body in blocks.items() if name.startswith("objective:")]
    actions = [action for row in rows for action in blocks.get(f"actions:{row.id}", ())]
    uncosted = sum(action["cost"] is None for action in actions)
    people = {row.lead_id for row in rows} | {action["owner_id"] for action in actions}
    return PlanReading(
        source=source,
        body=blocks["plan"],
        words=words,
        objectives=rows,
        priorities=_priorities(blocks, rows),
        sources=_by_source(actions),
        total=cost_of(rows),
        uncosted=written.sentence(f"{written.count(uncosted, 'action')} not costed") if uncosted else "",
        counts=_counts(rows, actions, words),
        people=people - {None},
        context=context.read(blocks),
        ended=[body for name, body in blocks.items() if name.startswith("ended:")],
        blocks={name: called.of_block(name, body) for name, body in blocks.items() if name.partition(":")[0] in _OTHER},
    )


def _counts(rows: list, actions: list, words: Words) -> str:
    said = words.count(len(rows))
    return f"{said}, {written.count(len(actions), 'action')}" if actions else said


def _own_part(blocks: Blocks, person: int) -> Blocks:
    """Only the objectives that this person leads or owns an action of; of the context nothing."""
    mine = {
        body["id"]
        for name, body in blocks.items()
        if name.startswith("objective:")
        and (
            body["lead_id"] == person
            or any(row["owner_id"] == person for row in blocks.get(f"actions:{body['id']}", ()))
        )
    }
    parts = ("objective:", "actions:", "criteria:")
    return {
        name: body
        for name, body in blocks.items()
        if (int(name.partition(":")[2]) in mine if name.startswith(parts) else not context.is_of_context(name))
    }


def _objective(body: dict, blocks: Blocks, ask: str, said: Words) -> ObjectiveRow:
    number, by_when = body["id"], written.as_day(body["by_when"])
    actions = blocks.get(f"actions:{number}", [])
    full = blocks.get(FULL, {})
    criteria = [_criterion(criterion, ask, full) for criterion in blocks.get(f"criteria:{number}", [])]
    words = ("title", "where_now", "where_to", "figure_what", "figure_now", "figure_aim", "priority")
    return ObjectiveRow(
        id=number,
        number=said.numbered(body["number"]),
        aim=_aim(body, by_when),
        by=f"by {written.month(by_when)}" if by_when else "aim",
        team=", ".join(body["team"]),
        actions=[_action(action, ask) for action in actions],
        criteria=criteria,
        terms=_terms(criteria),
        is_withheld=f"actions:{number}" not in blocks,
        cost=sum((Decimal(action["cost"] or 0) for action in actions), Decimal()),
        is_costed=any(action["cost"] is not None for action in actions),
        was=body.get("was", []),
        stopped=blocks.get(f"stopped:{number}", []),
        url=reverse("objective", args=[number]),
        ask_url=f"{ask}objective={number}",
        **{word: body[word] for word in (*words, "priority_title", "lead", "lead_id", "monitor", "proposed_by")},
    )


def _aim(body: dict, by_when) -> str:
    """ "Homework handed in: from 61% to 85%, by July 2027"; without figures only the day."""
    by = f"by {written.day(by_when)}" if by_when else ""
    if body["figure_now"] and body["figure_aim"]:
        what = f"{body['figure_what']}: from " if body["figure_what"] else "From "
        return f"{what}{body['figure_now']} to {body['figure_aim']}{', ' if by else ''}{by}"
    return written.sentence(by)


def _action(body: dict, ask: str) -> ActionRow:
    return ActionRow(
        id=body["id"],
        number=body["number"],
        heading=body["heading"],
        what=body["what"],
        owner=body["owner"],
        supporters=body["supporters"],
        due=written.short_day(written.as_day(body["due_on"])),
        facts=[(name, value) for name, value in _facts(body) if value],
        ask_url=f"{ask}action={body['id']}",
        was=list(body.get("was", ())),
    )


def _facts(body: dict) -> list[tuple[str, str]]:
    """What stands behind an action's row on the objective's page; its cost is always said."""
    checked = [body["checked_how"], body["checked_when"], f"by {body['checked_by']}" if body["checked_by"] else ""]
    return [
        ("Cost", _cost(body)),
        ("From", written.day(written.as_day(body["starts_on"]))),
        ("Needs", body["resources"]),
        ("Outcome", body["outcome"]),
        ("Checked", ", ".join(part for part in checked if part)),
    ]


def _cost(body: dict) -> str:
    if body["cost"] is None:
        return "not costed"
    amount = Decimal(body["cost"])
    said = written.pounds(amount) if amount else "none"
    return f"{said}, {body['cost_source']}" if amount and body["cost_source"] else said


def _line(measured: dict | None) -> Line | None:
    """The drawing of a target, where there is a beginning or a way to draw."""
    has_more = measured is not None and (measured["baseline"] or measured.get("path"))
    return line.of(measured) if has_more else None


def _criterion(body: dict, ask: str, full: dict) -> CriterionRow:
    """`full`: what leaders read of it otherwise than everyone."""
    names, due = dict(_TERMS), body["milestones"]
    body = body | ({"measure": full[str(body["id"])]} if str(body["id"]) in full else {})
    return CriterionRow(
        id=body["id"],
        text=body["text"],
        by=written.day(written.as_day(body["by_when"])),
        milestones=[MilestoneRow(row["id"], names[row["term"]], row["text"], was=row.get("was", [])) for row in due],
        was=body.get("was", []),
        ask_url=f"{ask}criterion={body['id']}",
        measured=measured_by(body),
        line=_line(body.get("measure")),
    )


def _terms(criteria: list[CriterionRow]) -> list[tuple[str, list[MilestoneRow]]]:
    """The strip: each term with the milestones that fall due in it; nothing at all where there are none."""
    due = [row for criterion in criteria for row in criterion.milestones]
    return [(name, [row for row in due if row.term == name]) for _, name in _TERMS] if due else []


def _priorities(blocks: Blocks, rows: list[ObjectiveRow]) -> list[PriorityRow]:
    """Each priority of the strategy with what serves it, also those that nothing serves; then what serves none."""
    found = []
    for name, body in blocks.items():
        if name.startswith("priority:"):
            serving = [row for row in rows if row.priority == body["id"]]
            found.append(_priority(body["id"], body["title"], serving))
    known = {row.id for row in found}
    rest = [row for row in rows if row.priority not in known]
    return found + ([_priority(0, "No priority of the strategy", rest)] if rest else [])


def _priority(number: int, title: str, serving: list[ObjectiveRow]) -> PriorityRow:
    return PriorityRow(number, title, written.listed([row.number for row in serving]), cost_of(serving))


def cost_of(rows: list[ObjectiveRow]) -> str:
    """What these objectives cost. Nothing is not the same as not yet known."""
    if rows and not any(row.is_costed for row in rows):
        return "not costed"
    return written.pounds(sum((row.cost for row in rows), Decimal()))


def _by_source(actions: list[dict]) -> list[tuple[str, str]]:
    """What each source pays, the greatest first."""
    sums: dict[str, Decimal] = {}
    for action in actions:
        if amount := Decimal(action["cost"] or 0):
            source = action["cost_source"] or "Source not given"
            sums[source] = sums.get(source, Decimal()) + amount
    return [(source, written.pounds(amount)) for source, amount in sorted(sums.items(), key=lambda pair: -pair[1])]
