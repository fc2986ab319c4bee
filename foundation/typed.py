"""What people type or paste, read as words, days, times and pounds; or refused in one plain sentence."""

import re
from datetime import date, time
from decimal import Decimal

from django.core.exceptions import ValidationError

# ---------------------------------------------------------------- words

# What Word, Excel and mail programs leave in a paste, and what stands in its place.
_TIDY = {code: None for code in (*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xFFF9, 0xFFFC))}
_TIDY |= {
    ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe\uffff"
}
_TIDY |= {code: None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_TIDY |= {ord(mark): " " for mark in "\t\u00a0\u1680\u202f\u205f\u3000"} | {code: " " for code in range(0x2000, 0x200B)}
_TIDY |= {ord(mark): "\n" for mark in "\n\r\x0b\x0c\x85\u2028\u2029"}
_TIDY |= {0x1E: "-", 0x2011: "-", 0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•"}


def tidy(text: str) -> str:
    """Pasted text with newlines made one kind and invisible marks gone; curly quotes and bullets stay."""
    lines = str(text).replace("\r\n", "\n").translate(_TIDY).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def tidy_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(tidy(text).split())


# ---------------------------------------------------------------- days

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DIGITS = re.compile(r"\d{1,9}", re.ASCII)


def month_number(word: str) -> int | None:
    """1 to 12 for a number or an English name of at least three letters, with or without a full stop."""
    word = word.lower().rstrip(".")
    if DIGITS.fullmatch(word):
        return int(word) if 1 <= int(word) <= 12 else None
    names = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.lower().startswith(word)]
    return names[0] if len(names) == 1 else 9 if word == "sept" else None


def real_day(year: int, month: int, day: int, earliest: int, latest: int) -> date:
    if not earliest <= year <= latest:
        raise ValidationError(f"Check the year: it must be from {earliest} to {latest}", code="year")
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= day <= 31:
            raise ValidationError(f"A month has no day {day}", code="day") from None
        raise ValidationError(f"There is no {day} {MONTHS[month - 1]} in {year}", code="day") from None


def day_in_boxes(day: str, month: str, year: str, *, earliest: int, latest: int) -> date:
    """The day that stands in three boxes."""
    day = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", day.lower())
    if not DIGITS.fullmatch(day):
        raise ValidationError("Write the day as a number, such as 24", code="day")
    number = month_number(month)
    if number is None:
        raise ValidationError("Write the month as a number from 1 to 12 or by its name", code="month")
    if not re.fullmatch(r"\d{4}", year, re.ASCII):
        raise ValidationError("Write the year with four figures, such as 2026", code="year")
    return real_day(int(year), number, int(day), earliest, latest)


_WEEKDAY = re.compile(r"^(mon|tue(s)?|wed(nes)?|thu(r|rs)?|fri|sat(ur)?|sun)(day)?\b[,.]?\s*", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})([T ]00:00(:00)?)?", re.ASCII)
_FIGURES = re.compile(r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})", re.ASCII)
_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[\s\-]*(?P<month>[a-z]{3,9})\.?,?[\s\-]*(?P<year>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}|\d{2})", re.ASCII | re.IGNORECASE
)
_NO_YEAR = re.compile(r"\d{1,2}(st|nd|rd|th)?\s*([a-z]{3,9}\.?|[/.\-]\s*\d{1,2})", re.ASCII | re.IGNORECASE)
_NO_DAY = re.compile(r"[a-z]{3,9}\.?\s+(\d{4}|\d{2})|\d{1,2}[/.\-]\d{4}", re.ASCII | re.IGNORECASE)


def written_day(text: str, *, earliest: int = 1900, latest: int = 2100) -> date:
    """The day that somebody wrote in one box; refused in one sentence when it is not one."""
    text = _WEEKDAY.sub("", tidy_line(text))
    for shape in (_ISO, _FIGURES, _WORDS, _MONTH_FIRST):
        if (found := shape.fullmatch(text)) and (found["month"].isdigit() or month_number(found["month"])):
            break
    else:
        raise ValidationError(_not_a_day(text), code="day")
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    month = month_number(found["month"])
    if month is None:
        raise ValidationError("Write the day before the month, such as 25 Dec 2026", code="month")
    return real_day(year, month, int(found["day"]), earliest, latest)


def _not_a_day(text: str) -> str:
    if _NO_YEAR.fullmatch(text):
        return "Add the year, such as 11 Dec 2026"
    if _NO_DAY.fullmatch(text):
        return "Add the day, such as 11 Dec 2026"
    return "Write one day, such as 11 Dec 2026"


# ---------------------------------------------------------------- times

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.ASCII | re.IGNORECASE
)


def written_time(text: str) -> time:
    """The time that somebody wrote: 18:00, 6pm, 6.30 pm; refused in one sentence when it is not one."""
    text = tidy_line(text).lower()
    if text in {"noon", "midday"}:
        return time(12)
    text = f"{text[:2]}:{text[2:]}" if re.fullmatch(r"\d{4}", text, re.ASCII) else text
    found = _TIME.fullmatch(text)
    if not found or not (found["minute"] or found["half"]):
        raise ValidationError("Write a time such as 18:00 or 6pm", code="time")
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    elif not half and len(found["hour"]) == 1 and 1 <= hour <= 7:
        say = f"Morning or evening? Write {hour:02}:{minute:02} or {hour + 12}:{minute:02}"
        raise ValidationError(say, code="time")
    if hour > 23 or minute > 59:
        raise ValidationError("Write a time such as 18:00 or 6pm", code="time")
    return time(hour, minute)


# ---------------------------------------------------------------- numbers

_POUNDS = re.compile(r"(\d{1,3}(,\d{3})+|\d{1,20})(\.\d{1,2})?", re.ASCII)


def written_pounds(text: str, *, most: Decimal) -> Decimal:
    """The amount that somebody wrote: £1,200 or 1200.50."""
    text = tidy_line(text).removeprefix("£").strip()
    if text.startswith(("-", "−")):
        raise ValidationError("An amount cannot be below nought", code="low")
    if not _POUNDS.fullmatch(text):
        raise ValidationError("Write pounds in figures, such as 1,200 or 1,200.50", code="money")
    amount = Decimal(text.replace(",", "")).quantize(Decimal("0.01"))
    if amount > most:
        raise ValidationError(f"Check the amount: it is beyond £{most:,.0f}", code="high")
    return amount


def written_number(text: str, *, least: int, most: int) -> int:
    """The whole number that somebody wrote."""
    text = tidy_line(text).replace(",", "")
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        raise ValidationError("Write a whole number in figures", code="number")
    if not least <= int(text) <= most:
        raise ValidationError(f"Give a number from {least:,} to {most:,}", code="range")
    return int(text)


_FIGURE = re.compile(r"-?((\d{1,3}(,\d{3})+|\d{1,12})(\.\d+)?|\.\d+)", re.ASCII)


def written_figure(text: str, *, least: Decimal, most: Decimal, sign: str = "") -> Decimal:
    """The figure that somebody wrote, with at most two decimals: 58, 58.5%, £1,400, −0.3. `sign` is its unit's own."""
    text = tidy_line(text).replace("−", "-")
    if sign == "%":
        text = text.removesuffix("per cent").removesuffix("%").strip()
    elif sign:
        text = re.sub(rf"^(-?)\s*{re.escape(sign)}\s*", r"\1", text)
    if not _FIGURE.fullmatch(text):
        raise ValidationError(
            f"Write a figure, such as {'58 or 58.5' if most <= 100 else '1,400 or 17.5'}", code="number"
        )
    if len(text.partition(".")[2]) > 2:
        raise ValidationError("Give at most two figures after the point", code="number")
    figure, after = Decimal(text.replace(",", "")), "%" if sign == "%" else ""
    if not least <= figure <= most:
        raise ValidationError(f"Give a figure from {least:,}{after} to {most:,}{after}", code="range")
    return figure
