"""What stands on the action sheet of one person: what they lead, what they own, by when, and what is due each term."""

from sip import editions, paper, written
from sip.editions import Edition
from sip.models import Version
from sip.versions import blocks_of

_TERMS = (("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer"))


def people_of(version: Version) -> dict[int, str]:
    """Who leads an objective or owns an action in it: their number and their name, in the order of the plan."""
    found = {}
    for name, body in blocks_of(version).items():
        if name.startswith("objective:") and body["lead_id"]:
            found.setdefault(body["lead_id"], body["lead"])
        if name.startswith("actions:"):
            found |= {row["owner_id"]: row["owner"] for row in body if row["owner_id"] and row["owner_id"] not in found}
    return found


def words(version: Version, stage: str, person) -> dict:
    """Everything that the template needs. A person reads what they own, for whomever else it is."""
    blocks = blocks_of(version)
    objectives = [
        made
        for name, body in blocks.items()
        if name.startswith("objective:") and (made := _objective(body, blocks, person.pk))
    ]
    actions = [action for one in objectives for action in one["actions"]]
    return paper.frame(version, stage, editions.LeftOut(Edition.BOARD, 0, 0)) | {
        "edition": f"Action sheet of {person.name} · Version {version.number}",
        "person": person.name,
        "year": blocks["plan"]["year"],
        "objectives": objectives,
        "says": _says(objectives, actions),
    }


def _objective(body: dict, blocks: dict, person: int) -> dict | None:
    """What of one objective is this person's; None where nothing is."""
    leads = body["lead_id"] == person
    rows = blocks.get(f"actions:{body['id']}", [])
    mine = [_action(row) for row in rows if row["owner_id"] == person]
    if not (leads or mine):
        return None
    criteria = blocks.get(f"criteria:{body['id']}", [])
    milestones = [one for row in criteria for one in row["milestones"]]
    due = [(name, [one["text"] for one in milestones if one["term"] == term]) for term, name in _TERMS]
    return {
        "number": body["number"],
        "title": body["title"],
        "leads": leads,
        "lead": body["lead"],
        "where_to": body["where_to"],
        "by": written.day(written.as_day(body["by_when"])),
        "actions": mine,
        "terms": due if any(texts for _, texts in due) else [],
    }


def _action(row: dict) -> dict:
    checked = [row["checked_how"], f"by {row['checked_by']}" if row["checked_by"] else "", row["checked_when"]]
    return {
        "number": row["number"],
        "what": row["what"],
        "due_iso": row["due_on"] or "",
        "due": written.short_day(written.as_day(row["due_on"])),
        "starts": written.short_day(written.as_day(row["starts_on"])),
        "supporters": row["supporters"],
        "resources": row["resources"],
        "outcome": row["outcome"],
        "checked": ", ".join(part for part in checked if part),
    }


def _says(objectives: list[dict], actions: list[dict]) -> str:
    """ "You lead one objective and own seven actions; the first is due by 18 December 2026."""
    led = sum(one["leads"] for one in objectives)
    parts = [f"lead {written.count(led, 'objective')}"] if led else []
    parts += [f"own {written.count(len(actions), 'action')}"] if actions else []
    first = min((action["due_iso"] for action in actions if action["due_iso"]), default="")
    due = f"; the first is due by {written.day(written.as_day(first))}" if first else ""
    return f"You {' and '.join(parts)}{due}."
