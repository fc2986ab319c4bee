"""The academic year: 1 September to 31 August, written 2026/27, in addresses 2026-27. Held as the year it begins in."""

from datetime import date


def year_of(day: date) -> int:
    """The academic year that a day lies in, as the calendar year it begins in: 24 November 2026 → 2026."""
    return day.year if day.month >= 9 else day.year - 1


def written(year: int) -> str:
    """2026 → "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def in_address(year: int) -> str:
    """2026 → "2026-27"."""
    return written(year).replace("/", "-")


def first_day(year: int) -> date:
    """1 September."""
    return date(year, 9, 1)


def last_day(year: int) -> date:
    """31 August of the year after."""
    return date(year + 1, 8, 31)


class YearConverter:
    """URL converter: 2026-27 ↔ 2026. A pair of years that do not follow each other is no address."""

    regex = r"20\d\d-\d\d"

    def to_python(self, value: str) -> int:
        year = int(value[:4])
        if in_address(year) != value:
            raise ValueError("not an academic year")
        return year

    def to_url(self, value: int) -> str:
        return in_address(int(value))
