"""What stands on the printed timeline of a version: its actions and milestones on the school year, on landscape pages.

The plan's words are the frozen ones; the days of the terms are the organisation's when it is printed.
"""

from collections import Counter

from sip import editions, paper, timeline, written
from sip.editions import Edition
from sip.models import Version
from sip.timeline import Act, Group, Scale
from sip.versions import Blocks, blocks_of

WIDE = 330  # points across, on a landscape page of A4 with 730


def words(version: Version, stage: str, edition: str = Edition.BOARD) -> dict:
    """Everything that the template needs, as plain words and places."""
    whole = blocks_of(version)
    parts = acts_of(editions.kept(whole, edition))
    plan = version.plan
    terms = plan.organisation.terms_of(plan.year)
    over = timeline.scale(plan.year, (act for _, acts, _, _ in parts for act in acts), WIDE)
    groups = [
        _group(body, acts, timeline.milestones_due(terms, due), over, is_open) for body, acts, due, is_open in parts
    ]
    return paper.frame(version, stage, editions.left_out(whole, edition)) | {
        "body": whole["plan"],
        "ground": timeline.ground(terms, over),
        "groups": groups,
        "wide": WIDE,
    }


def _group(body: dict, acts: list[Act], due: list, over: Scale, is_held: bool) -> Group:
    number = str(body["number"])
    made = timeline.group(number, pk=body["id"], title=body["title"], acts=acts, due=due, over=over, today=None)
    made.says = made.says if is_held else timeline.CLOSED
    return made


def acts_of(blocks: Blocks) -> list[tuple[dict, list[Act], Counter, bool]]:
    """Each objective of the blocks with its actions, how many milestones fall due in each term, and whether its actions
    are among what the edition holds."""
    found = []
    for name, body in blocks.items():
        if name.startswith("objective:"):
            rows, criteria = blocks.get(f"actions:{body['id']}"), blocks.get(f"criteria:{body['id']}", ())
            due = Counter(one["term"] for row in criteria for one in row["milestones"])
            found.append((body, [_act(row) for row in rows or ()], due, rows is not None))
    return found


def _act(body: dict) -> Act:
    return Act(
        id=body["id"],
        number=body["number"],
        what=body["what"],
        who=body.get("owner", ""),
        starts=written.as_day(body["starts_on"]),
        due=written.as_day(body["due_on"]),
    )
