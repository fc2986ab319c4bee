"""What was measured, in the termly report: from where, what was read each term, the aim, and how it stands to its path:
where it was to be by then, as the board approved it."""

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
        "has_path": any(row["to_be"] for row in rows),
        "has_lower": any(row["lower"] for row in rows),
        "whys": "; ".join(whys),
    }


def of_objective(body: dict, term: str) -> list[dict]:
    """The measures of one objective as lines: each with its drawing, and how it stands in words."""
    terms = [str(one) for one in TERMS[: TERMS.index(term) + 1]]
    return [_line_in_words(measure, terms) for measure in body["measures"]]


def _line_in_words(measure: dict, terms: list[str]) -> dict:
    """ "79% in autumn, where 78% was the path: 1 point ahead of its path. Aim 84%."."""
    unit, (when, value) = measure["unit"], _last(measure, terms)
    read = f"{in_unit(unit, value)} in {when}" if value else ""
    stands = standing(measure, terms)
    said = f"{read}: {stands[:1].lower()}{stands[1:]}" if read else stands
    to_be = f"; it was to be {in_unit(unit, by)}" if (by := measure.get("path", {}).get(when)) and value else ""
    was = _as_approved(measure)
    return {
        "name": measure["name"],
        "says": f"{said}{to_be}. Aim {in_unit(unit, measure['aim'])}{f', {was}' if was else ''}.",
        "line": line(measure, terms),
    }


def _as_approved(measure: dict) -> str:
    """ "80% when the board approved it": of an aim that was changed since."""
    approved = measure.get("approved", "")
    return f"{in_unit(measure['unit'], approved)} when the board approved it" if approved else ""


def _row(number: int, measure: dict, terms: list[str]) -> dict:
    read = [measure["readings"].get(term, "") for term in terms]
    when, _ = _last(measure, terms)
    return {
        "number": number,
        "name": measure["name"],
        "criterion": measure["criterion"],
        "lower": measure["better"] == "lower",
        "baseline": in_unit(measure["unit"], measure["baseline"]) or _hidden(measure, "baseline"),
        "readings": [
            in_unit(measure["unit"], value) or _hidden(measure, term) for value, term in zip(read, terms, strict=True)
        ],
        "to_be": in_unit(measure["unit"], measure.get("path", {}).get(when or terms[-1], "")),
        "aim": in_unit(measure["unit"], measure["aim"]),
        "was_aim": _as_approved(measure),
        "distance": standing(measure, terms),
        "line": line(measure, terms),
    }


def _last(measure: dict, terms: list[str]) -> tuple[str, str]:
    """The last term that was read, and what was read in it."""
    found = [(term, value) for term in terms if (value := measure["readings"].get(term, ""))]
    return found[-1] if found else ("", "")


def standing(measure: dict, terms: list[str]) -> str:
    """ "1 point ahead of its path", "On its path"; of what has no path by then, how far it is from its aim."""
    when, value = _last(measure, terms)
    by = measure.get("path", {}).get(when, "")
    if not value or not by:
        return distance(measure, value)
    away = Decimal(value) - Decimal(by)
    if not away:
        return "On its path"
    ahead, behind = {"higher": ("ahead of", "behind"), "lower": ("behind", "ahead of")}.get(
        measure["better"], ("above", "below")
    )
    return f"{_amount(measure['unit'], abs(away))} {ahead if away > 0 else behind} its path"


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
    """The drawing: the readings as a solid line from the baseline, the aim a ring, and dashed the path over where it is
    to be by each term; without a path, the way still to go. None where nothing was read and there is no baseline."""
    known = [(0, measure["baseline"])] if measure["baseline"] else []
    known += [(place, value) for place, term in enumerate(terms, 1) if (value := measure["readings"].get(term, ""))]
    if not known:
        return None
    values = [Decimal(value) for _, value in known]
    aim = Decimal(measure["aim"])
    path = [(place, Decimal(value)) for place, value in _path_of(measure)]
    low, high = (end([*values, *(value for _, value in path), aim]) for end in (min, max))
    points = [_point(place, value, low, high) for (place, _), value in zip(known, values, strict=True)]
    end = _point(len(TERMS), aim, low, high)
    way = [_point(place, value, low, high) for place, value in path] or [points[-1]]
    said = [f"{terms[place - 1]} {in_unit(measure['unit'], value)}" for place, value in known if place]
    start = f"baseline {in_unit(measure['unit'], measure['baseline'])}, " if measure["baseline"] else ""
    return {
        "path": _path(points) if len(points) > 1 else "",
        "ahead": _path([*way, *([end] if way[-1] != end else [])]),
        "dot": points[-1],
        "ring": end,
        "says": f"{start}{', '.join([*said, ''])}aim {in_unit(measure['unit'], measure['aim'])}".capitalize(),
    }


def _path_of(measure: dict) -> list[tuple[int, str]]:
    """Where it was to be by each term, beginning at the baseline where that is known; nothing where no path is set."""
    path = measure.get("path", {})
    steps = [(place, path[term]) for place, term in enumerate(map(str, TERMS), 1) if term in path]
    return [*([(0, measure["baseline"])] if measure["baseline"] else []), *steps] if steps else []


def _point(place: int, value: Decimal, low: Decimal, high: Decimal) -> tuple[float, float]:
    share = float((value - low) / (high - low)) if high > low else 0.5
    across = EDGE + place * (WIDE - 2 * EDGE) / len(TERMS)
    return round(across, 1), round(HIGH - EDGE - share * (HIGH - 2 * EDGE), 1)


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{across} {down}" for across, down in points)
