"""Marks compared: which is worst, and whether it goes better than last time. No database."""

from sip.models import Mark

_ORDER = [str(mark) for mark in Mark]  # worst first
_SAID = ("red", "amber", "green", "blue")  # grey says nothing that could be compared


def worst(marks: list[str]) -> str:
    """The mark that an objective gets from those of its milestones: the worst, never an average; empty from none."""
    return min((mark for mark in marks if mark), key=_ORDER.index, default="")


def direction(before: str, now: str) -> str:
    """ "better", "same" or "worse" than last time; empty where one of the two says nothing."""
    if before not in _SAID or now not in _SAID:
        return ""
    step = _ORDER.index(now) - _ORDER.index(before)
    return "better" if step > 0 else "worse" if step < 0 else "same"


def word(mark: str) -> str:
    """ "off track", "at risk", "on track"; empty for none."""
    return Mark(mark).label if mark else ""
