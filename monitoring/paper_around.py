"""What stands around the objectives in the termly report: visits and notes, how strong the evidence is, what the plan
costs, and what was stopped. Records of before have nothing of it; then nothing is said."""

from monitoring import strength
from monitoring.models import View
from monitoring.records import Blocks
from sip import written
from sip.models import Mark

_STANCES = {
    View.Stance.AGREES: "agrees with leaders",
    View.Stance.DIFFERS: "sees it differently",
    View.Stance.NOT_ENOUGH: "not enough evidence",
}


def visits(blocks: Blocks) -> dict | None:
    """The visits of this time, each with what it was about, and the notes of advisers from outside."""
    if "visits" not in blocks:
        return None
    numbers = _numbers(blocks)
    return {
        "rows": [_visit(row, numbers) for row in blocks["visits"]],
        "notes": [
            {"on": _short(row["on"]), "by": row["by"], "number": numbers.get(row["objective_id"], "")}
            for row in blocks["notes"]
        ],
    }


def _visit(row: dict, numbers: dict[int, int]) -> dict:
    raised = f"{written.sentence(written.count(row['raised'], 'question'))} asked." if row["raised"] else ""
    unchecked = "Staff did not check its facts in time." if row["unchecked"] else ""
    mark = f": {Mark(row['mark']).label}" if row["mark"] else ""
    stance = _STANCES.get(row["stance"], "")
    return {
        "number": numbers.get(row["objective_id"], ""),
        "on": _short(row["on"]),
        "who": written.listed(row["by"]),
        "as": row["as"],
        "focus": row["focus"],
        "form": row["form"],
        "found": written.sentence(f"{stance}{mark}") if stance else "No view given",
        "notes": " ".join(part for part in (raised, unchecked) if part),
    }


def strengths(blocks: Blocks, bodies: list[dict]) -> tuple[dict[int, str], str]:
    """What stands behind the green ratings: of each objective by its key, and of all together. Seen by a governor is
    what a visit in the time of the review was about. Empty for records of before."""
    if "visits" not in blocks:
        return {}, ""
    since = blocks["review"]["before_on"] or ""
    seen = {row["objective_id"] for row in blocks["visits"] if row["on"] > since}
    noted = {row["objective_id"] for row in blocks["notes"]}
    found = {one["id"]: strength.of_body(one, is_seen=one["id"] in seen, is_noted=one["id"] in noted) for one in bodies}
    said = {key: f"{written.sentence(one.says)}." for key, one in found.items() if one.says}
    whole = strength.together(found.values())
    return said, f"{written.sentence(whole.says)}." if whole.says else ""


def costs(blocks: Blocks) -> dict | None:
    """The plan's cost by source: what is planned, what of it is for actions done, what was given."""
    body = blocks.get("costs")
    if body is None:
        return None
    partial = "Money that is for the board and leaders alone is not in this table." if body["is_partial"] else ""
    many = body["uncosted"]
    uncosted = f"{written.sentence(written.count(many, 'action'))} {'has' if many == 1 else 'have'} no cost yet."
    notes = (uncosted if many else "", partial)
    return body | {"notes": " ".join(note for note in notes if note)}


def stopped(blocks: Blocks) -> list[dict]:
    """The actions that are stopped, each with its reason."""
    numbers = _numbers(blocks)
    return [
        {
            "number": numbers.get(row["objective_id"], ""),
            "what": row["what"],
            "why": row["why"],
            "on": _short(row["on"]),
        }
        for row in blocks.get("stopped", ())
    ]


def _numbers(blocks: Blocks) -> dict[int, int]:
    return {body["id"]: body["number"] for name, body in blocks.items() if name.startswith("objective:")}


def _short(day: str | None) -> str:
    return written.short_day(written.as_day(day))
