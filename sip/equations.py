"""What can be worked out from sums of which some parts are known: elimination, and narrowing between bounds."""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Bounds = dict[Hashable, tuple]
_ROUNDS = 60


@dataclass(frozen=True)
class Equation:
    """Unknowns with their factors, and what they come to."""

    unknown: dict[Hashable, Fraction | int]
    total: Fraction


def worked_out(equations: list[Equation], bounds: Bounds, *, is_whole: bool) -> set[Hashable]:
    """The unknowns of which only one value is left. `is_whole`: they are whole numbers; None is no bound."""
    rows = [one for one in equations if one.unknown]
    rows += _eliminated(rows)
    within = {key: bounds.get(key, (None, None)) for row in rows for key in row.unknown}
    for _ in range(_ROUNDS):
        before = dict(within)
        for row in rows:
            _narrow(row, within, is_whole)
        if before == within:
            break
    return {key for key, (least, most) in within.items() if least is not None and least == most}


def _eliminated(rows: list[Equation]) -> list[Equation]:
    """The same equations with as few unknowns in each as elimination leaves."""
    left = [({key: Fraction(factor) for key, factor in row.unknown.items()}, Fraction(row.total)) for row in rows]
    done: list[tuple[Hashable, dict, Fraction]] = []
    for unknown, total in left:
        for key, other, sum_of_other in done:
            unknown, total = _less(unknown, total, key, other, sum_of_other)
        if not unknown:
            continue
        key = next(iter(unknown))
        factor = unknown[key]
        unknown, total = {name: value / factor for name, value in unknown.items()}, total / factor
        done = [(name, *_less(other, other_sum, key, unknown, total)) for name, other, other_sum in done]
        done.append((key, unknown, total))
    return [Equation(unknown, total) for _, unknown, total in done]


def _less(unknown: dict, total: Fraction, key: Hashable, other: dict, other_total: Fraction) -> tuple[dict, Fraction]:
    """An equation less so much of another that one unknown is gone from it."""
    factor = unknown.get(key, 0)
    if not factor:
        return unknown, total
    found = {name: unknown.get(name, 0) - factor * other.get(name, 0) for name in {**unknown, **other}}
    return {name: value for name, value in found.items() if value}, total - factor * other_total


def _narrow(row: Equation, within: Bounds, is_whole: bool) -> None:
    """Narrow each unknown of an equation by what the others leave it."""
    for key, factor in row.unknown.items():
        least_left, most_left = _rest_of(row, within, key)
        ends = [None if most_left is None else (row.total - most_left) / factor]
        ends.append(None if least_left is None else (row.total - least_left) / factor)
        low, high = ends if factor > 0 else ends[::-1]
        if is_whole:
            low, high = None if low is None else ceil(low), None if high is None else floor(high)
        least, most = within[key]
        least = low if least is None else least if low is None else max(least, low)
        most = high if most is None else most if high is None else min(most, high)
        within[key] = (least, most)


def _rest_of(row: Equation, within: Bounds, key: Hashable) -> tuple[Fraction | None, Fraction | None]:
    """Between what all the other unknowns of an equation come to; None where there is no bound."""
    least, most = Fraction(0), Fraction(0)
    for other, factor in row.unknown.items():
        if other == key:
            continue
        low, high = within[other] if factor > 0 else within[other][::-1]
        least = None if least is None or low is None else least + factor * low
        most = None if most is None or high is None else most + factor * high
    return least, most
