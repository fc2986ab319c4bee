"""How days, pounds and lists are written on the plan's pages."""

from datetime import date
from decimal import Decimal

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def as_day(iso: str | None) -> date | None:
    """The day of an ISO word."""
    return date.fromisoformat(iso) if iso else None


def day(value: date | None) -> str:
    """ "16 July 2027"."""
    return f"{value.day} {value:%B %Y}" if value else ""


def short_day(value: date | None) -> str:
    """ "4 Dec 2026"."""
    return f"{value.day} {value:%b %Y}" if value else ""


def near_day(value: date | None) -> str:
    """ "2 December": the year goes without saying."""
    return f"{value.day} {value:%B}" if value else ""


def weekday(value: date | None) -> str:
    """ "Wednesday 2 December"."""
    return f"{value:%A} {near_day(value)}" if value else ""


def month(value: date | None) -> str:
    """ "July 2027"."""
    return f"{value:%B %Y}" if value else ""


def pounds(amount: Decimal) -> str:
    """ "£14,200", with pence only where there are any."""
    return f"£{amount:,.0f}" if amount == amount.to_integral() else f"£{amount:,.2f}"


def count(number: int, thing: str, things: str = "") -> str:
    """ "one action", "24 actions"."""
    said = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{said} {thing if number == 1 else things or thing + 's'}"


def listed(names: list[str]) -> str:
    """ "1, 2 and 4"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def sentence(words: str) -> str:
    """The same with a capital at its beginning."""
    return words[:1].upper() + words[1:]
