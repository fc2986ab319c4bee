"""Who reads what of a plan: each block is for everyone, for the board and the school, or for board and leaders alone.

A version is frozen in blocks that are cut so that what the public edition leaves out (names, costs, figures) stands in
blocks of its own: an edition leaves blocks out whole, and its hash can still be checked (sip.redacting).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from foundation.permissions import may
from sip import written
from sip.permissions import P

Blocks = dict[str, object]


class Edition(models.TextChoices):
    """The widest first. Each holds what those before it hold."""

    PUBLIC = "public", "public edition"
    BOARD = "board", "board edition"
    CONFIDENTIAL = "confidential", "confidential edition"
    LEADERS = "leaders", "leaders’ edition"


OWN = "editions"  # the block that says which blocks are for others than is usual: {name: edition}

_USUAL = {
    "plan": Edition.PUBLIC,
    OWN: Edition.PUBLIC,
    "made": Edition.BOARD,  # how the plan was made and is monitored: names people as often as not
    "priority": Edition.PUBLIC,
    "objective": Edition.PUBLIC,
    "people": Edition.BOARD,  # who leads an objective, with whom, and who monitors it
    "actions": Edition.BOARD,
    "doers": Edition.BOARD,  # who owns the actions, with whom, what they need and cost
    "criteria": Edition.BOARD,
    "targets": Edition.BOARD,  # what the criteria are measured by
    "stopped": Edition.BOARD,  # what amendments stopped of an objective: its actions, criteria and milestones
    "ended": Edition.PUBLIC,  # an objective that the board stopped
    "context": Edition.BOARD,
    "context:staffing": Edition.CONFIDENTIAL,
    "figures": Edition.BOARD,
    "figures:staffing": Edition.CONFIDENTIAL,
    "figures_full": Edition.LEADERS,  # with the figures about few pupils
    "budget": Edition.BOARD,
    "inspection": Edition.BOARD,
}
_HANGS_ON = {"people": "objective", "actions": "objective", "criteria": "objective"} | {
    "doers": "actions",
    "targets": "criteria",
    "stopped": "actions",
    "ended": "objective",
}
_RANK = {edition: place for place, edition in enumerate(Edition)}

# What of a block stays with its name when the block is cut; all else goes to the block beside it. What is added to
# a block later is therefore left out of the public edition until it is named here.
_CUT = {
    "objective": ("people", "id number title where_now where_to by_when figure_what figure_now figure_aim priority "
                  "priority_title".split()),
    "actions": ("doers", "id number heading what due_on starts_on outcome checked_how checked_when".split()),
    "criteria": ("targets", "id text by_when milestones".split()),
    "plan": ("made", "title words year organisation strategy strategy_span vision board".split()),
}  # fmt: skip
# What a reader finds where the block beside it is left out.
_WITHOUT = {
    "objective": {"lead": "", "lead_id": None, "team": [], "monitor": "", "proposed_by": ""},
    "actions": {"owner": "", "owner_id": None, "supporters": "", "checked_by": "", "cost": None, "cost_source": ""}
    | {"resources": ""},
    "criteria": {},
    "plan": {"how_made": "", "how_monitored": ""},
}


def usual(name: str) -> Edition:
    """The widest edition that a block of this name stands in unless leaders say otherwise. One that is not known is
    confidential."""
    kind = name.partition(":")[0]
    return _USUAL.get(name) or _USUAL.get(kind, Edition.CONFIDENTIAL)


def own_of(blocks: Blocks) -> Mapping[str, str]:
    """Where these blocks are for others than is usual; nothing of a version from before there were editions."""
    return blocks.get(OWN) or {}


def stands_in(name: str, own: Mapping[str, str]) -> Edition:
    """The widest edition in which this block stands: never a wider one than what it hangs on."""
    kind, _, key = name.partition(":")
    said = usual(name) if usual(name) == Edition.LEADERS else Edition(own.get(name, usual(name)))
    above = _HANGS_ON.get(kind)
    return said if above is None else max(said, stands_in(f"{above}:{key}", own), key=_RANK.get)


def holds(edition: str, name: str, own: Mapping[str, str]) -> bool:
    """Whether the block stands in this edition."""
    return _RANK[stands_in(name, own)] <= _RANK[Edition(edition)]


def parted(blocks: Blocks) -> Blocks:
    """The blocks cut for freezing: what stays within wider editions apart from what does not. Done twice: done once."""
    cut: Blocks = {}
    for name, body in blocks.items():
        kind, _, key = name.partition(":")
        beside, stays = _CUT.get(kind, ("", ()))
        rest = _rest(body, stays) if beside else None
        cut[name] = _only(body, stays) if rest else body
        if rest:
            cut[f"{beside}:{key}" if key else beside] = rest
    return cut


def joined(blocks: Blocks) -> Blocks:
    """The blocks as `sip.versions.content_of` gave them; what is not there reads as empty."""
    whole = {name: body for name, body in blocks.items() if name.partition(":")[0] not in _BESIDE}
    for name, body in whole.items():
        kind, _, key = name.partition(":")
        if kind in _CUT:
            beside = _CUT[kind][0]
            whole[name] = _joined(body, blocks.get(f"{beside}:{key}" if key else beside), _WITHOUT[kind])
    return whole


def kept(blocks: Blocks, edition: str) -> Blocks:
    """What an edition holds of these blocks, joined; with empty words for what it leaves out of a block."""
    own = own_of(blocks)
    return joined({name: body for name, body in parted(blocks).items() if holds(edition, name, own)})


@dataclass(frozen=True)
class LeftOut:
    """What an edition leaves out: how many parts are for the board and the school, and how many for the board and
    leaders alone. `says` names the edition, as each page and PDF has it."""

    edition: str
    board: int
    confidential: int

    @property
    def count(self) -> int:
        return self.board + self.confidential

    @property
    def name(self) -> str:
        """ "Board edition"."""
        return written.sentence(Edition(self.edition).label)

    @property
    def says(self) -> str:
        """ "Board edition. 2 parts are left out: they are for the board and leaders alone." """
        return f"{self.name}. {self.how_much}"

    @property
    def how_much(self) -> str:
        if not self.count:
            return "Nothing is left out."
        parts = "1 part is left out: it is" if self.count == 1 else f"{self.count} parts are left out: they are"
        if not (self.board and self.confidential):
            return f"{parts} for {_FOR[Edition.BOARD if self.board else Edition.CONFIDENTIAL]}."
        both = f"{self.board} for {_FOR[Edition.BOARD]}, {self.confidential} for {_FOR[Edition.CONFIDENTIAL]}"
        return f"{self.count} parts are left out: {both}."


_FOR = {Edition.BOARD: "the board and the school", Edition.CONFIDENTIAL: "the board and leaders alone"}


def left_out(blocks: Blocks, edition: str) -> LeftOut:
    """What this edition leaves out of these blocks. What hangs on a part left out, and what is empty, is not counted;
    figures about few pupils are hidden one by one and say so where they stand."""
    own, cut = own_of(blocks), parted(blocks)
    out = {
        name: stands_in(name, own) for name, body in cut.items() if not holds(edition, name, own) and is_filled(body)
    }
    roots = [stands for name, stands in out.items() if stands != Edition.LEADERS and _above(name) not in out]
    return LeftOut(_named(edition, cut, own), roots.count(Edition.BOARD), roots.count(Edition.CONFIDENTIAL))


def choices(name: str, own: Mapping[str, str]) -> list[Edition]:
    """For whom leaders may say that a part is; nothing for a part that they have no say in. What the board asks for and
    how it will know are rated and reported throughout the year, so they are never for the board and leaders alone."""
    kind, _, key = name.partition(":")
    if kind not in _SAID:
        return []
    above = stands_in(f"{_HANGS_ON[kind]}:{key}", own) if kind in _HANGS_ON else Edition.PUBLIC
    most = Edition.BOARD if kind in ("objective", "criteria") else Edition.CONFIDENTIAL
    return [one for one in Edition if _RANK[above] <= _RANK[one] <= _RANK[most]]


_SAID = ("made", "objective", "actions", "criteria", "context", "figures", "inspection", "budget")


def edition_for(user, plan) -> Edition:
    """The edition that this person reads of a plan that they may see."""
    if may(user, P.READ_SMALL_FIGURES, plan):
        return Edition.LEADERS
    return Edition.CONFIDENTIAL if may(user, P.READ_CONFIDENTIAL, plan) else Edition.BOARD


def open_to(user, plan) -> list[Edition]:
    """The editions that this person may have as documents: all that hold no more than their own."""
    return [one for one in Edition if one != Edition.LEADERS and _RANK[one] <= _RANK[edition_for(user, plan)]]


def made_of(blocks: Blocks) -> list[Edition]:
    """The editions in which these blocks differ: without a confidential part the board's edition is the fullest."""
    own = own_of(blocks)
    is_there = any(stands_in(name, own) == Edition.CONFIDENTIAL and is_filled(body) for name, body in blocks.items())
    return [Edition.PUBLIC, Edition.BOARD, *([Edition.CONFIDENTIAL] if is_there else [])]


def cut_from(name: str) -> str:
    """The block from which this one is cut: "doers:7" from "actions:7"."""
    kind, _, key = name.partition(":")
    whole = _BESIDE[kind]
    return f"{whole}:{key}" if key else whole


_BESIDE = {beside: kind for kind, (beside, _) in _CUT.items()}


def _named(edition: str, blocks: Blocks, own: Mapping[str, str]) -> str:
    """What an edition is called: by the fullest of its parts that these blocks have, so that nobody who reads all of a
    plan without confidential parts wonders about them."""
    there = {_RANK[stands_in(name, own)] for name, body in blocks.items() if is_filled(body)} | {_RANK[Edition.BOARD]}
    return list(Edition)[min(_RANK[Edition(edition)], max(there))]


def _above(name: str) -> str:
    kind, _, key = name.partition(":")
    return f"{_HANGS_ON[kind]}:{key}" if kind in _HANGS_ON else ""


def is_filled(body) -> bool:
    """Whether there is anything in it."""
    if isinstance(body, dict):
        return any(is_filled(value) for key, value in body.items() if key not in ("id", "kind", "title"))
    if isinstance(body, list):
        return any(is_filled(value) for value in body)
    return body not in (None, "")


def _only(body, stays: list[str]):
    if isinstance(body, list):
        return [_only(row, stays) for row in body]
    return {key: value for key, value in body.items() if key in stays}


def _rest(body, stays: list[str]):
    """What does not stay; of a list, each row's in its place. Nothing where there is nothing."""
    if isinstance(body, list):
        rests = [_rest(row, stays) for row in body]
        return [rest or {} for rest in rests] if any(rests) else None
    return {key: value for key, value in body.items() if key not in stays} or None


def _joined(body, beside, without: dict):
    if isinstance(body, list):
        return [without | row | rest for row, rest in zip(body, beside or [{}] * len(body), strict=True)]
    return without | body | (beside or {})
