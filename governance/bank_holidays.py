"""The bank holidays of England, which are no school days even within a term.

Banking and Financial Dealings Act 1971, schedule 1, and by royal proclamation under its section 1 New Year's Day, the
first Monday in May and the days in place of those that fall on a weekend. A single day that is proclaimed for one year
(a coronation, a jubilee) is not known here.
"""

from datetime import date, timedelta

from governance.calendar import easter_sunday

_MONDAY = 0


def in_england(year: int) -> list[date]:
    """Those of a calendar year, in their order."""
    easter = easter_sunday(year)
    christmas = date(year, 12, 25)
    return [
        _working_day(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday(date(year, 5, 1)),
        _last_monday(date(year, 5, 31)),
        _last_monday(date(year, 8, 31)),
        *_after_christmas(christmas),
    ]


def _working_day(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _after_christmas(christmas: date) -> list[date]:
    """Christmas and Boxing Day; each that falls on a weekend is made up for by the next working day that is free."""
    days, substitutes = [christmas, christmas + timedelta(days=1)], []
    following = days[1] + timedelta(days=1)
    for day in days:
        if day.weekday() > 4:
            while following.weekday() > 4 or following in substitutes:
                following += timedelta(days=1)
            substitutes.append(following)
    return [*(day for day in days if day.weekday() < 5), *substitutes]


def _first_monday(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _last_monday(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _MONDAY) % 7)
