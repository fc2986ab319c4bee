"""Whether an amendment is minor: the board is told; or material: it decides. Proposed from what changes.

The board decides where an objective, a success criterion or a target changes, where a milestone is dropped, where costs
grow beyond what the organisation lets its leaders add, and after an inspection. Everything else it is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sip import written


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of a line matters: its kind, its part and field (of an added one, the part), and by how much costs grow."""

    kind: str
    part: str
    field: str = ""
    adds: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class Weight:
    """The proposal and its reasons, as sentences."""

    is_material: bool
    why: tuple[str, ...]


_OBJECTIVE = {
    "add": "An objective is added.",
    "stop": "An objective is stopped.",
    "word": "An objective is worded anew.",
    "date": "An objective has another date.",
    "target": "An objective has another aim.",
}
_CRITERION = {
    "add": "A success criterion is added.",
    "stop": "A success criterion is dropped.",
    "word": "A success criterion is worded anew.",
    "date": "A success criterion has another date.",
    "target": "A target changes.",
}
_DECIDES = {("objective", kind): why for kind, why in _OBJECTIVE.items()}
_DECIDES |= {("criterion", kind): why for kind, why in _CRITERION.items()}
_DECIDES |= {("milestone", "stop"): "A milestone is dropped."}


def weigh(lines: Iterable[Weighed], *, limit: int, inspected_on: date | None = None) -> Weight:
    """What it comes to. `limit`: pounds that leaders may add to the plan's costs in one amendment. `inspected_on`: the
    day of an inspection since the plan was approved."""
    lines = list(lines)
    why = [_DECIDES[key] for key in dict.fromkeys((one.part, one.kind) for one in lines) if key in _DECIDES]
    adds = sum((one.adds for one in lines), Decimal())
    if adds > limit:
        why.append(f"Costs grow by {written.pounds(adds)}; beyond {written.pounds(Decimal(limit))} the board decides.")
    if inspected_on and lines:
        why.append(f"The school was inspected on {written.day(inspected_on)}, after the plan was approved.")
    if why:
        return Weight(True, tuple(why))
    grows = f"costs grow by no more than {written.pounds(Decimal(limit))}"
    return Weight(False, (f"No objective, criterion or target changes, no milestone is dropped, and {grows}.",))
