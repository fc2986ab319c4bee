"""What floors above show on a page of the plan: they join it here, so that the plan's page needs no word of theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from sip.models import Objective


@dataclass(frozen=True)
class Beside:
    """A part of the page: its template, and what that is given as `rows`."""

    template: str
    rows: object


_of_objectives: list[Callable[[Objective, object], Beside | None]] = []


def join(of_objective: Callable[[Objective, object], Beside | None]) -> None:
    """Add what stands on an objective's page; None where there is nothing for this person."""
    _of_objectives.append(of_objective)


def of(objective: Objective, user) -> list[Beside]:
    """What this person finds there."""
    return [found for one in _of_objectives if (found := one(objective, user))]
