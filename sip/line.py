"""A measure as a small line: where it began, what was read each term, where it is to be. Plain words and places."""

from dataclasses import dataclass
from decimal import Decimal

from governance.wording import listed
from sip import measuring
from sip.models.measures import in_unit

_TOP, _FOOT = 36, 100  # between which the values lie, of a height of 156
_PLACES = {"baseline": 40, "autumn": 190, "spring": 340, "summer": 490}  # across a width of 540
_NEAR = 36  # a value this close to the line of the aim is written on its other side


@dataclass(frozen=True)
class Dot:
    """A value on the line: where it stands, and where its words stand."""

    x: int
    y: int
    words: str
    words_y: int


@dataclass(frozen=True)
class Line:
    """What components/line.html draws."""

    name: str
    says: str
    aim: str
    aim_y: int
    aim_words_y: int
    path: str
    dots: list[Dot]
    ticks: list[tuple[int, str]]
    rows: list[tuple[str, str]]
    way: str = ""  # through where it is to be by which term
    steps: list[tuple[int, int]] = ()
    one_pupil: str = ""


def _rows(measured: dict, values: dict[str, Decimal], steps: dict[str, Decimal]) -> list[tuple[str, str]]:
    """The table: each value, or why it is hidden; and where it was to be by then."""
    unit, hidden, rows = measured["unit"], measured.get("hidden", {}), []
    for when in _PLACES:
        said = in_unit(unit, values.get(when)) or (f"hidden: {hidden[when]}" if when in hidden else "")
        to_be = f"to be {in_unit(unit, steps[when])}" if when in steps else ""
        if said or to_be:
            rows.append((when.capitalize(), "; ".join(part for part in (said, to_be) if part)))
    return rows


def of(measured: dict) -> Line:
    """The line of what `sip.targets` says of a measure: name, unit, better, baseline, aim, and readings by term; what
    is hidden, by term, and where it is to be on the way."""
    unit, values = measured["unit"], _values(measured)
    aim = Decimal(measured["aim"])
    steps = {term: Decimal(value) for term, value in measured.get("path", {}).items()}
    low, high = (end([*values.values(), *steps.values(), aim]) for end in (min, max))
    aim_y = _height(aim, low, high)
    dots = [_dot(when, value, _height(value, low, high), aim_y, unit) for when, value in values.items()]
    way = [(_PLACES[term], _height(value, low, high)) for term, value in steps.items()]
    return Line(
        name=measured["name"],
        says=_says(measured, values),
        aim=f"aim {in_unit(unit, aim)}",
        aim_y=aim_y,
        aim_words_y=aim_y - 8,
        path="M" + " ".join(f"{dot.x} {dot.y}" for dot in dots) if dots else "",
        dots=dots,
        ticks=[(x, when.capitalize()) for when, x in _PLACES.items()],
        way="M" + " ".join(f"{x} {y}" for x, y in way) if len(way) > 1 else "",
        steps=way,
        rows=[*_rows(measured, values, steps), ("Aim", aim_in_words(measured))],
        one_pupil=measured.get("one_pupil", ""),
    )


def _values(measured: dict) -> dict[str, Decimal]:
    """What is known, in the order of the year."""
    read = measured.get("readings", {})
    known = {"baseline": measured["baseline"]} | {term: read.get(term) for term in list(_PLACES)[1:]}
    return {when: Decimal(value) for when, value in known.items() if value not in (None, "")}


def _height(value: Decimal, low: Decimal, high: Decimal) -> int:
    if low == high:
        return (_TOP + _FOOT) // 2
    return round(_FOOT - (value - low) / (high - low) * (_FOOT - _TOP))


def _dot(when: str, value: Decimal, y: int, aim_y: int, unit: str) -> Dot:
    """The words stand above the dot, or below it where the line of the aim runs."""
    below = aim_y <= y < aim_y + _NEAR
    return Dot(_PLACES[when], y, in_unit(unit, value), y + 22 if below else y - 11)


def _says(measured: dict, values: dict[str, Decimal]) -> str:
    """ "48% at the baseline, 58% in autumn. The aim is 90%; higher is better."."""
    unit = measured["unit"]
    said = [
        f"{in_unit(unit, value)} {'at the baseline' if when == 'baseline' else f'in {when}'}"
        for when, value in values.items()
    ]
    hidden = measured.get("hidden", {})
    known = f"{listed(said)}. " if said else "" if hidden or "readings" not in measured else "Nothing is read yet. "
    known += "".join(f"{when.capitalize()}: hidden, {why}. " for when, why in hidden.items())
    path = measuring.path_in_words(unit, measured.get("path", {}))
    known += f"To be {path}. " if path else ""
    which = "" if measured["better"] == "neither" else f"; {measured['better']} is better"
    return f"{known}The aim is {aim_in_words(measured)}{which}."


def aim_in_words(measured: dict) -> str:
    """ "84%"; where an amendment moved it, "84% (approved at 88%)"."""
    unit, approved = measured["unit"], measured.get("approved", "")
    return f"{in_unit(unit, measured['aim'])}{f' (approved at {in_unit(unit, approved)})' if approved else ''}"
