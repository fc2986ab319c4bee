"""Whether a figure is likely: within what its measure usually is, and not far from what was read last."""

from decimal import Decimal

from sip.models import Measure

FAR = Decimal(20)  # points, of a percentage
FAR_SHARE = Decimal("0.5")  # of what was read last, of anything else


def why_asked(measure: Measure, value: Decimal | None, last: Decimal | None = None) -> str:
    """Why a figure is asked about once, as a question; empty where it is likely. `last`: what was read before it."""
    if value is None:
        return ""
    said = measure.words(value)
    if between := _outside(measure, value):
        return f"{said} is outside the usual {between}. Is that right?"
    if last is not None and _is_far(measure, value, last):
        return f"{said} is far from {measure.words(last)}, which was read last. Is that right?"
    return ""


def _outside(measure: Measure, value: Decimal) -> str:
    """The usual range in words, where the value lies outside it."""
    least, most = measure.plausible_from, measure.plausible_to
    if (least is None or value >= least) and (most is None or value <= most):
        return ""
    if least is None or most is None:
        return f"most of {measure.words(most)}" if least is None else f"least of {measure.words(least)}"
    return f"{measure.words(least)} to {measure.words(most)}"


def _is_far(measure: Measure, value: Decimal, last: Decimal) -> bool:
    away = abs(value - last)
    return away > (FAR if measure.unit == Measure.Unit.PERCENT else abs(last) * FAR_SHARE) and away > 1
