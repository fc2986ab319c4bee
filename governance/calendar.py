"""The terms of a year: what is usual, and what the clerk says they are."""

from datetime import date, timedelta

from foundation.operations import operation
from governance import years
from governance.models import Organisation, Term, User
from governance.permissions import P

DAYS = ("starts", "half_term_starts", "half_term_ends", "ends")
_YEAR_OF_WEEKS = timedelta(weeks=52)


@operation(P.KEEP_TERMS)
def set_terms(organisation: Organisation, *, year: int, terms: list[dict], by: User) -> list[Term]:
    """Say when the three terms of a year begin and end. A trust's school that had none of its own has its own now."""
    return write_terms(organisation, year, terms)


@operation(P.KEEP_TERMS)
def drop_terms(organisation: Organisation, *, year: int, by: User) -> None:
    """A trust's school gives up its own terms of a year, and takes its trust's again."""
    organisation.terms.filter(year=year).delete()


def write_terms(organisation: Organisation, year: int, terms: list[dict]) -> list[Term]:
    """Write the rows; within an operation. Each is a dict of name and the four days."""
    return [
        organisation.terms.update_or_create(year=year, name=row["name"], defaults={day: row[day] for day in DAYS})[0]
        for row in terms
    ]


def usual_terms(organisation: Organisation | None, year: int) -> list[dict]:
    """Dates to begin from: last year's on the same weekdays where they are known, else a rule of thumb; round Easter
    always the rule. For somebody to correct: councils and trusts differ."""
    rule = rule_of_thumb(year)
    last = organisation.terms_of(year - 1) if organisation else []
    if len(last) != len(rule):
        return rule
    shifted = [{"name": term.name} | {day: getattr(term, day) + _YEAR_OF_WEEKS for day in DAYS} for term in last]
    shifted[0]["starts"] = max(shifted[0]["starts"], years.first_day(year))
    if shifted[1]["starts"] < date(year + 1, 1, 4):  # a bank holiday, or the day after one
        shifted[1]["starts"] = rule[1]["starts"]
    shifted[1]["ends"], shifted[2]["starts"] = rule[1]["ends"], rule[2]["starts"]
    return shifted if what_is_wrong(shifted, year) == [] else rule


def rule_of_thumb(year: int) -> list[dict]:
    """The terms that most councils in England would choose: half-terms in the last week of October, the third of
    February and with the late May bank holiday; two weeks at Easter."""
    easter = easter_sunday(year + 1)
    spring_ends, summer_starts = _round_easter(easter)
    return [
        _term("autumn", _school_day(date(year, 9, 1)), _last_monday(year, 10), _weekday_up_to(date(year, 12, 21), 4)),
        _term("spring", _school_day(date(year + 1, 1, 4)), _monday(date(year + 1, 2, 15)), spring_ends),
        _term("summer", summer_starts, _last_monday(year + 1, 5), _weekday_up_to(date(year + 1, 7, 22), 2)),
    ]


def what_is_wrong(terms: list[dict], year: int) -> list[tuple[int, str, str]]:
    """What stands the wrong way round, as (which term, which day, sentence). In order: nothing."""
    wrong = []
    for place, row in enumerate(terms):
        name = f"the {row['name']} term"
        if row["half_term_starts"] <= row["starts"]:
            wrong.append((place, "half_term_starts", f"The half-term holiday begins before {name} does"))
        if row["half_term_ends"] < row["half_term_starts"]:
            wrong.append((place, "half_term_ends", "The half-term holiday ends before it begins"))
        if row["ends"] <= row["half_term_ends"]:
            wrong.append((place, "ends", f"{name.capitalize()} ends before its half-term holiday is over"))
        if place and row["starts"] <= terms[place - 1]["ends"]:
            before = f"the {terms[place - 1]['name']} term"
            wrong.append((place, "starts", f"{name.capitalize()} begins before {before} has ended"))
        if not years.first_day(year) <= row["starts"] or row["ends"] > years.last_day(year):
            day = "starts" if row["starts"] < years.first_day(year) else "ends"
            wrong.append((place, day, f"A term of {years.written(year)} lies between {_span(year)}"))
    return wrong


def easter_sunday(year: int) -> date:
    """Gauss's rule in the form of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def _round_easter(easter: date) -> tuple[date, date]:
    """The last day of spring and the first of summer: two weeks that hold Easter, or begin with it when it is early,
    or end with it when it is late."""
    if easter < date(easter.year, 4, 1):
        ends = easter - timedelta(days=3)
    else:
        ends = min(easter - timedelta(days=9), _weekday_up_to(date(easter.year, 4, 6), 4))
    starts = _monday(ends + timedelta(days=1)) + timedelta(weeks=2)
    return ends, starts + timedelta(days=1) if starts == easter + timedelta(days=1) else starts


def _term(name: str, starts: date, half_term: date, ends: date) -> dict:
    """With a half-term holiday from that Monday to its Friday."""
    holiday = {"half_term_starts": half_term, "half_term_ends": half_term + timedelta(days=4)}
    return {"name": name, "starts": starts, **holiday, "ends": ends}


def _school_day(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day if day.weekday() < 5 else _monday(day)


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _weekday_up_to(day: date, weekday: int) -> date:
    """The last such weekday (Monday is 0) on or before a day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _last_monday(year: int, month: int) -> date:
    return _weekday_up_to(date(year, month, 31), 0)


def _span(year: int) -> str:
    return f"1 September {year} and 31 August {year + 1}"
