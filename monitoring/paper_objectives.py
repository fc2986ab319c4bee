"""An objective in the termly report: what leaders say of it, and what its monitor says beside them."""

from monitoring import paper_measures
from monitoring.marks import word
from monitoring.models import Rating, View
from sip import written

SIDE_BY_SIDE = 1000  # characters of the longer voice: beyond that the two stand one below the other
_KINDS = dict(Rating.Evidence.choices)
_STANCES = dict(View.Stance.choices)


def words(body: dict, term: str, than: str, strength: str = "") -> dict:
    """One objective as plain words, out of its block. `term` is the review's; `than` what it is compared with;
    `strength` what stands behind its green ratings."""
    turn = turned(body["direction"], than)
    view = _view(body["view"])
    made = {
        "number": body["number"],
        "title": body["title"],
        "aim": _aim(body),
        "lead": body["lead"],
        "monitor": body["monitor"],
        "mark": body["mark"],
        "word": word(body["mark"]),
        "nothing_due": not body["milestones"],
        "direction": body["direction"],
        "turn": turn,
        "own": _own(body),
        "words": body["words"],
        "view": view,
        "milestones": [_milestone(row, term, than) for row in body["milestones"]],
        "has_turns": any(row.get("direction") for row in body["milestones"]),
        "strength": strength,
        "measures": paper_measures.of_objective(body, term),
        "stopped": _stopped(body),
        "actions": _actions(body["actions"]),
        "outcome": written.sentence(body["outcome"]),
        "lesson": body["lesson"],
    }
    longest = max(len(view["why"]) if view else 0, len(body["words"]) + len(body["own_why"]))
    return made | {"stacked": longest > SIDE_BY_SIDE}


def _stopped(body: dict) -> str:
    """That the board stopped it, when and why; records of before say nothing of it."""
    if not body.get("stopped_on"):
        return ""
    return f"Stopped by the board on {written.day(written.as_day(body['stopped_on']))}: {body['stopped_why']}"


def turned(way: str, than: str) -> str:
    """ "better than in autumn", "the same as last year"; empty where there is nothing to compare with."""
    when = f"in {than}" if than != "last year" else than
    return {"better": f"better than {when}", "worse": f"worse than {when}", "same": f"the same as {when}"}.get(way, "")


def evidence(kinds: list[str], named: str = "") -> str:
    """ "Evidence: data, seen"; of one kind: "Evidence: data only. One source."; and what it is, where it is named."""
    names = [_KINDS[kind].lower() for kind in kinds if kind in _KINDS]
    which = f" {named.rstrip('.')}." if named and names else ""
    if len(names) == 1:
        return f"Evidence: {names[0]} only. One source.{which}"
    return f"Evidence: {', '.join(names)}.{which}" if names else ""


def of_criterion(row: dict, term: str) -> str:
    """The criterion of a milestone; with the term in which that was due, where it is an earlier one."""
    return row["criterion"] if row["term"] == term else f"{row['criterion'].rstrip('.')}; due in {row['term']}"


def clipped(text: str, most: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer."""
    if len(text) <= most:
        return text
    space = text.rfind(" ", most // 2, most)
    return f"{text[: space if space > 0 else most].rstrip(' ,;:.')}…"


def _own(body: dict) -> str:
    """Why leaders rate the objective as they do, where they do not take the worst of what is due."""
    if not body["own_why"]:
        return ""
    if body["proposed"] in ("", body["mark"]):
        return body["own_why"]
    return f"The worst of what is due is {word(body['proposed'])}. Leaders rate otherwise: {body['own_why']}"


def _aim(body: dict) -> str:
    by = written.day(written.as_day(body["by_when"]))
    if body["figure_now"] and body["figure_aim"]:
        what = f"{body['figure_what']}: from" if body["figure_what"] else "From"
        return f"{what} {body['figure_now']} to {body['figure_aim']}{f', by {by}' if by else ''}."
    return clipped(body["where_to"], 240) or (f"By {by}." if by else "")


def _view(view: dict | None) -> dict | None:
    if view is None:
        return None
    on = written.as_day(view["on"])
    return {
        "stance": _STANCES[view["stance"]],
        "differs": view["stance"] == View.Stance.DIFFERS,
        "mark": word(view["mark"]),
        "why": view["why"],
        "by": f"{view['by']}, {view['as']}, {written.near_day(on)}",
    }


def _milestone(row: dict, term: str, than: str) -> dict:
    said = {"mark": row["mark"], "word": word(row["mark"]), "text": row["text"]}
    said |= {"criterion": of_criterion(row, term), "is_new": not row["before"]}
    if not row["mark"]:
        return said | {"direction": "", "why": "", "notes": ""}
    unchanged = f"No change: these are the words of {than}." if row["is_unchanged"] else ""
    said_for = f"Entered by {row['by']} for {row['said_for']}." if row.get("said_for") else ""
    shown_by = evidence(row["evidence"], row.get("evidence_named", ""))
    notes = " ".join(part for part in (shown_by, unchanged, said_for) if part)
    return said | {"direction": row["direction"], "why": row["why"], "notes": notes}


def _actions(counts: dict) -> str:
    """ "Seven actions: two done, three under way, one late."."""
    if not counts["total"]:
        return "No actions."
    rest = {"done": len(counts["done"]), "under way": counts["under_way"], "late": len(counts["late"])}
    rest["stopped"] = counts.get("stopped", 0)
    parts = [f"{written.number(many)} {name}" for name, many in rest.items() if many]
    said = written.sentence(written.count(counts["total"], "action"))
    return f"{said}: {', '.join(parts)}." if parts else f"{said}, none begun."
