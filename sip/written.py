"""How days, pounds and lists are written on the plan's pages."""

from datetime import date
from decimal import Decimal

from governance.wording import full_day, listed, near_day, number, weekday

__all__ = ["as_day", "count", "day", "listed", "month", "near_day", "pounds", "sentence", "short_day", "weekday"]


def as_day(iso: str | None) -> date | None:
    """The day of an ISO word."""
    return date.fromisoformat(iso) if iso else None


def day(value: date | None) -> str:
    """ "16 July 2027"."""
    return full_day(value) if value else ""


def short_day(value: date | None) -> str:
    """ "4 Dec 2026"."""
    return f"{value.day} {value:%b %Y}" if value else ""


def month(value: date | None) -> str:
    """ "July 2027"."""
    return f"{value:%B %Y}" if value else ""


def pounds(amount: Decimal) -> str:
    """ "£14,200", with pence only where there are any."""
    return f"£{amount:,.0f}" if amount == amount.to_integral() else f"£{amount:,.2f}"


def count(many: int, thing: str, things: str = "") -> str:
    """ "one action", "24 actions"."""
    return f"{number(many)} {thing if many == 1 else things or thing + 's'}"


def sentence(words: str) -> str:
    """The same with a capital at its beginning."""
    return words[:1].upper() + words[1:]
