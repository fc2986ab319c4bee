"""What was measured, in the termly report: from where, what was read each term, the aim, and how far it is away."""

from decimal import Decimal

from monitoring.models.reviews import TERMS
from sip.models.measures import in_unit

WIDE, HIGH, EDGE = 70, 21, 3.5  # points of the small drawing
_NOUNS = {"percent": "point", "points": "point", "days": "day"}


def words(bodies: list[dict], term: str) -> dict:
    """Each measure of each objective, and the names of the terms up to the review's."""
    terms = [str(one) for one in TERMS[: TERMS.index(term) + 1]]
    rows = [_row(body["number"], measure, terms) for body in bodies for measure in body["measures"]]
    whys = sorted(
        {why for body in bodies for measure in body["measures"] for why in measure.get("hidden", {}).values()}
    )
    return {
        "terms": [one.capitalize() for one in terms],
        "rows": rows,
        "has_lower": any(row["lower"] for row in rows),
        "whys": "; ".join(whys),
    }


def _row(number: int, measure: dict, terms: list[str]) -> dict:
    read = [measure["readings"].get(term, "") for term in terms]
    return {
        "number": number,
        "name": measure["name"],
        "criterion": measure["criterion"],
        "lower": measure["better"] == "lower",
        "baseline": in_unit(measure["unit"], measure["baseline"]) or _hidden(measure, "baseline"),
        "readings": [
            in_unit(measure["unit"], value) or _hidden(measure, term) for value, term in zip(read, terms, strict=True)
        ],
        "aim": in_unit(measure["unit"], measure["aim"]),
        "distance": distance(measure, next((value for value in reversed(read) if value), "")),
        "line": line(measure, terms),
    }


def _hidden(measure: dict, when: str) -> str:
    return "hidden" if when in measure.get("hidden", {}) else ""


def distance(measure: dict, value: str) -> str:
    """ "4 points below its aim", "£200 above its aim", "At its aim"; of nothing read, that it is so."""
    if not value:
        return "Hidden" if set(measure.get("hidden", {})) - {"baseline"} else "Not read yet"
    away = Decimal(value) - Decimal(measure["aim"])
    if not away:
        return "At its aim"
    return f"{_amount(measure['unit'], abs(away))} {'above' if away > 0 else 'below'} its aim"


def _amount(unit: str, value: Decimal) -> str:
    if unit not in _NOUNS:
        return in_unit(unit, value)
    figure = in_unit("number", value)
    return f"{figure} {_NOUNS[unit]}{'' if figure == '1' else 's'}"


def line(measure: dict, terms: list[str]) -> dict | None:
    """The drawing: the readings as a solid line from the baseline, the way to the aim dashed, the aim a ring. None
    where nothing was read and there is no baseline."""
    known = [(0, measure["baseline"])] if measure["baseline"] else []
    known += [(place, value) for place, term in enumerate(terms, 1) if (value := measure["readings"].get(term, ""))]
    if not known:
        return None
    values = [Decimal(value) for _, value in known]
    aim = Decimal(measure["aim"])
    low, high = min(*values, aim), max(*values, aim)
    points = [_point(place, value, low, high) for (place, _), value in zip(known, values, strict=True)]
    end = _point(len(TERMS), aim, low, high)
    said = [f"{terms[place - 1]} {in_unit(measure['unit'], value)}" for place, value in known if place]
    start = f"baseline {in_unit(measure['unit'], measure['baseline'])}, " if measure["baseline"] else ""
    return {
        "path": _path(points) if len(points) > 1 else "",
        "ahead": _path([points[-1], end]),
        "dot": points[-1],
        "ring": end,
        "says": f"{start}{', '.join([*said, ''])}aim {in_unit(measure['unit'], measure['aim'])}".capitalize(),
    }


def _point(place: int, value: Decimal, low: Decimal, high: Decimal) -> tuple[float, float]:
    share = float((value - low) / (high - low)) if high > low else 0.5
    across = EDGE + place * (WIDE - 2 * EDGE) / len(TERMS)
    return round(across, 1), round(HIGH - EDGE - share * (HIGH - 2 * EDGE), 1)


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{across} {down}" for across, down in points)
