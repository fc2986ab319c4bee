"""Who reads what of a draft: leaders and the clerk say so part by part, until the plan is frozen with it."""

from dataclasses import dataclass

from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import User
from sip import called, drafting, editions, versions
from sip.editions import Edition
from sip.models import BlockVisibility, ContextText, Plan
from sip.permissions import P

WHO = {
    Edition.PUBLIC: "Everyone: it stands in the public edition too",
    Edition.BOARD: "The board and the school",
    Edition.CONFIDENTIAL: "The board and leaders alone",
}


@dataclass(slots=True)
class PartRow:
    """A part of the plan and who reads it. `choices` are (value, words, whether it is so now)."""

    name: str
    title: str
    who: str
    is_usual: bool
    choices: list[tuple[str, str, bool]]


@dataclass(slots=True)
class PartGroup:
    """The parts of one objective, or of the plan beside them."""

    title: str
    rows: list[PartRow]


def parts_of(plan: Plan) -> list[PartGroup]:
    """Every part of the draft that something stands in and that leaders have a say in."""
    blocks = editions.parted(versions.content_of(plan))
    own = editions.own_of(blocks)
    rest = PartGroup("The plan as a whole", [])
    groups, by_key = [], {}
    for name, body in blocks.items():
        kind, _, key = name.partition(":")
        if kind == "objective":
            by_key[key] = PartGroup(f"{plan.words.Objective} {body['number']}: {body['title']}", [])
            groups.append(by_key[key])
        if editions.choices(name, own) and (kind == "objective" or editions.is_filled(body)):
            by_key.get(key if kind in ("objective", "actions", "criteria") else "", rest).rows.append(
                _row(name, body, own)
            )
    return [group for group in [*groups, rest] if group.rows]


def _row(name: str, body, own) -> PartRow:
    stands, usual = editions.stands_in(name, own), editions.usual(name)
    options = [(one.value, WHO[one], one == stands) for one in editions.choices(name, own)]
    return PartRow(name, _title(name, body), WHO[stands], stands == usual, options)


def _title(name: str, body) -> str:
    kind, _, key = name.partition(":")
    if kind == "context":
        return dict(ContextText.Kind.choices).get(key, key.capitalize())
    return _TITLES.get(kind) or called.of_block(name, body)


_TITLES = {
    "made": "How it was made and is monitored",
    "objective": "What the board asks for",
    "actions": "What leaders will do",
    "criteria": "How the board will know",
}


@operation(P.SAY_WHO_READS)
def say_who_reads(plan: Plan, *, block: str, shown_to: str, by: User) -> None:
    """Say for whom a part of the draft is. What is usual for its kind is not kept as a choice."""
    if closed := drafting.closed_because(plan):
        raise Conflict(f"{closed} Who reads what is frozen with the plan.")
    blocks = editions.parted(versions.content_of(plan))
    if block not in blocks:
        raise Conflict("This part is not in the plan, or no longer. Open the page again.")
    if shown_to not in editions.choices(block, editions.own_of(blocks)):
        raise Conflict("This part cannot be for these readers: it hangs on another part, or the board rates it.")
    if shown_to == editions.usual(block):
        plan.visibilities.filter(block=block).delete()
    else:
        BlockVisibility.objects.update_or_create(plan=plan, block=block, defaults={"shown_to": shown_to})
    plan.touch()
