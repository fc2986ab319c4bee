"""Numbers, days and lists as a page says them."""

from datetime import date

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def number(count: int) -> str:
    """3 → "three"; beyond twelve in figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def ordinal(place: int) -> str:
    """12 → "twelfth"; beyond twenty "number 21", which no term reaches."""
    return _ORDINALS[place - 1] if 1 <= place <= len(_ORDINALS) else f"number {place}"


def counted(count: int, one: str, many: str = "") -> str:
    """1, "action" → "one action"; 3 → "three actions"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def capital(words: str) -> str:
    """The same with a capital letter at its start."""
    return words[:1].upper() + words[1:]


def day(when: date, today: date) -> str:
    """ "2 December"; with its year when that could be doubted."""
    year = f" {when.year}" if abs((when - today).days) > 300 else ""
    return f"{when.day} {when:%B}{year}"


def weekday(when: date, today: date) -> str:
    """ "Wednesday 2 December"."""
    return f"{when:%A} {day(when, today)}"


def by(due: date | None, today: date) -> str:
    """By when something is due, or how late it is."""
    if due is None:
        return ""
    if due < today:
        return f"Late: was due {day(due, today)}"
    if due == today:
        return "Today"
    if (due - today).days == 1:
        return f"By tomorrow, {weekday(due, today)}"
    return f"By {weekday(due, today)}"


def in_days(when: date, today: date) -> str:
    """ "today", "tomorrow", "in 8 days"."""
    ahead = (when - today).days
    return {0: "today", 1: "tomorrow"}.get(ahead, f"in {ahead} days")


def listed(words: list[str]) -> str:
    """ "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def cut(text: str, length: int = 110) -> str:
    """The first line of a text, at most so long, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"
