"""The shipped library of standard measures by phase: how each is derived, and the national figures that are known.

Figures stand in it only with their source and year. What is taken from it is the organisation's own from then on.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from governance.models import Organisation
from sip.models import NationalFigure

_FILE = Path(__file__).with_name("library.toml")
_STAGES = {
    "Nursery": {"primary"},
    "Primary": {"primary"},
    "Middle": {"primary", "secondary"},
    "Secondary": {"secondary", "post16"},
    "16 plus": {"post16"},
    "All-through": {"primary", "secondary", "post16", "special"},
    "Special": {"special", "primary", "secondary"},
    "Alternative provision": {"secondary"},
}
STAGES = {
    "primary": "Early years and primary",
    "secondary": "Secondary",
    "post16": "After 16",
    "special": "Special schools",
    "all": "Every school",
}


@dataclass(frozen=True, slots=True)
class National:
    """A national figure: of the academic year that begins in `year`; without a value it was not published."""

    year: int
    status: str
    source: str
    value: Decimal | None = None
    group: str = "all"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard measure. `known`: it can be read each "term", or once a "year"."""

    code: str
    name: str
    derived: str
    unit: str
    better: str
    stages: tuple[str, ...]
    known: str
    counts_pupils: bool = True
    is_confidential: bool = False
    national: tuple[National, ...] = ()


@cache
def measures() -> dict[str, Standard]:
    """All of them by code, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return {code: _standard(code, row) for code, row in rows.items()}


def _standard(code: str, row: dict) -> Standard:
    national = tuple(
        National(**(one | {"value": Decimal(one["value"]) if "value" in one else None}))
        for one in row.pop("national", ())
    )
    return Standard(code=code, national=national, **row | {"stages": tuple(row["stages"])})


def offered_to(organisation: Organisation) -> dict[str, list[Standard]]:
    """What suits the organisation's phase, by the words of its stage."""
    suits = _STAGES.get(organisation.phase, set()) | {"all"}
    found: dict[str, list[Standard]] = {}
    for stage, words in STAGES.items():
        rows = [one for one in measures().values() if stage in one.stages and stage in suits]
        taken = {one.code for others in found.values() for one in others}
        if fresh := [one for one in rows if one.code not in taken]:
            found[words] = fresh
    return found


def known_each_term(code: str) -> bool:
    """Whether it can be read each term; the school's own are."""
    standard = measures().get(code)
    return standard is None or standard.known == "term"


def national_words(figure: NationalFigure | None, words) -> str:
    """ "62%, provisional"; "not published this year". `words` says a value with its unit."""
    if figure is None:
        return ""
    if figure.value is None:
        return "not published this year"
    status = "" if figure.status == NationalFigure.Status.FINAL else f", {figure.get_status_display()}"
    return f"{words(figure.value)}{status}"
