"""Days, numbers and lists as minutes and notices write them."""

from datetime import date

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def number(count: int) -> str:
    """3 → "three"; beyond twelve in figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def near_day(value: date) -> str:
    """ "2 December": the year goes without saying."""
    return f"{value.day} {value:%B}"


def full_day(value: date) -> str:
    """ "2 December 2026"."""
    return f"{near_day(value)} {value.year}"


def weekday(value: date) -> str:
    """ "Wednesday 2 December"."""
    return f"{value:%A} {near_day(value)}"


def listed(words: list[str]) -> str:
    """ "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
