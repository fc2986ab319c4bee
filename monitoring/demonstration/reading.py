"""Reads the demonstration's files: who signs in (demo-accounts.json), and one TOML file for each organisation."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
FILES = json.loads((FOLDER / "demo-accounts.json").read_text(encoding="utf-8"))

_MONTHS = "January February March April May June July August September October November December".split()
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?")


@dataclass
class Account:
    """A sign-in: what it is where, in the file's own words."""

    email: str
    name: str
    roles: list[tuple[str, str]] = field(default_factory=list)
    seats: list[tuple[str, str]] = field(default_factory=list)


def accounts() -> list[Account]:
    """Exactly the sign-ins that there are."""
    return [
        Account(
            row["email"],
            row["name"],
            [tuple(one) for one in row.get("roles", [])],
            [tuple(one) for one in row.get("seats", [])],
        )
        for row in FILES["accounts"]
    ]


def organisations() -> list[dict]:
    """Each organisation's facts and texts; trusts before their schools."""
    rows = [
        row | tomllib.loads((FOLDER / f"{row['slug']}.toml").read_text(encoding="utf-8"))
        for row in FILES["organisations"]
    ]
    return sorted(rows, key=lambda row: row["kind"] != "trust")


def role_in_words(words: str) -> dict:
    """ "adviser until 31 December 2026, invited by the board …" → kind, last_day, reads_submitted."""
    kinds = (
        "headteacher",
        "senior leader",
        "staff",
        "business manager",
        "clerk",
        "trust leader",
        "adviser",
        "inspector",
    )
    kind = next(kind for kind in kinds if words.startswith(kind))
    first, last = _days(words)
    return {"kind": kind, "first_day": first, "last_day": last, "reads_submitted": "invited by the board" in words}


def seat_in_words(words: str) -> dict:
    """ "governor, link for early reading, member of the standards committee" → what a seat needs."""
    first, last = _days(words)
    link = re.search(r"link for ([a-z ]+)", words)
    committee = re.search(r"member of the ([a-z ]+ committee)", words)
    position = next(
        (word for word in ("vice chair", "chair", "associate member") if words.startswith(word)), "governor"
    )
    category = "ex officio" if "ex officio" in words else "parent" if "parent governor" in words else ""
    return {
        "position": position,
        "category": "trustee" if "trustee" in words else category,
        "votes": "no vote" not in words,
        "link": link.group(1).strip() if link else "",
        "committee": committee.group(1).capitalize() if committee else "",
        "first_day": first,
        "last_day": last,
    }


def _days(words: str) -> tuple[date | None, date | None]:
    """The first and last day named in "since D", "until D" and "from D to D"."""
    found = {}
    span = re.search(r"from (\d+) to (\d+ \w+ \d{4})", words)
    if span:
        last = _day(span.group(2))
        return last.replace(day=int(span.group(1))), last
    for word in ("since", "until"):
        match = re.search(word + r" (\d+ \w+ \d{4})", words)
        found[word] = _day(match.group(1)) if match else None
    return found["since"], found["until"]


def _day(words: str) -> date:
    day, month, year = _DAY.match(words).groups()
    return date(int(year), _MONTHS.index(month) + 1, int(day))
