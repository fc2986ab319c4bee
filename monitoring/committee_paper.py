"""The committee paper: what a committee monitors of the plan, at most four pages however great the plan is.

It is measured: where all of it would take more, less is said of what goes well, then of everything; what is left out
is counted, and the paper says where it stands.
"""

from dataclasses import dataclass

from governance.models import Board
from monitoring import paper as report
from monitoring import paper_around, paper_events, paper_measures, paper_objectives, records, slices
from monitoring.models import FrozenPaper, Review
from monitoring.paper_kinds import Asked, Blocks
from sip import written
from sip.models import Objective, Plan

PAGES = 4
ROW = 140  # characters of a text in a row, where rows are left out
_LONG = ("what", "note", "next", "text", "about", "focus", "name")
_WORRIES = ("red", "amber", "", "grey")


@dataclass(frozen=True)
class Cut:
    """How much of each is said. `only_worries`: of milestones. `text`: characters of each voice. None: all."""

    only_worries: bool = False
    text: int | None = None
    rows: int | None = None
    objectives: bool = True


CUTS = (
    Cut(),
    Cut(only_worries=True),
    Cut(only_worries=True, text=500),
    Cut(only_worries=True, text=220, rows=10),
    Cut(text=0, rows=12, objectives=False),
    Cut(text=0, rows=6, objectives=False),
)


def plan_for(board: Board) -> Plan | None:
    """The plan of which this committee monitors something and a review was sent: the last one. None where there is
    none, and for a full board, which reads the whole report."""
    if slices.is_whole(board):
        return None
    in_force = (Plan.State.APPROVED, Plan.State.CLOSED)
    mine = Objective.objects.filter(slices.objectives_of(board)).values("plan")
    rows = Plan.objects.filter(pk__in=mine, state__in=in_force)
    rows = rows.filter(reviews__state__in=(Review.State.WITH_GOVERNORS, Review.State.RECEIVED))
    return rows.select_related("organisation__trust").order_by("-year", "pk").distinct().first()


def nothing_yet(board: Board) -> str:
    """Why there is no such plan, as a sentence."""
    if slices.is_whole(board):
        return "The full board reads the termly report. A committee has a paper of what it monitors."
    return f"The {board} monitors no objective of which a review is with governors. Its paper can be made when it does."


def why_not(asked: Asked) -> str:
    """Why there is nothing for it to say yet, as a sentence; empty where there is."""
    if not slices.of_plans(asked.board, [asked.plan]).exists():
        return f"The {asked.board} monitors no {asked.plan.words.objective} of this plan."
    if _last_sent(asked.plan) is None:
        return "No review of this plan is with governors yet. The committee’s paper can be made when one is."
    return ""


def _last_sent(plan: Plan) -> Review | None:
    sent = plan.reviews.exclude(state=Review.State.OPEN)
    return max(sent, key=lambda one: one.place, default=None)


def content(asked: Asked) -> Blocks:
    """The committee's slice of the last review that governors may read, with what was asked and seen of it."""
    blocks = records.content_of(_last_sent(asked.plan))
    mine = set(slices.of_plans(asked.board, [asked.plan]).values_list("pk", flat=True))
    whole = [name for name in blocks if name.startswith("objective:")]
    kept = {name: blocks[name] for name in whole if blocks[name]["id"] in mine}
    about = {name: [row for row in blocks[name] if row["objective_id"] in mine] for name in _AROUND}
    return {"review": blocks["review"]} | kept | about | {"slice": {"of": len(whole), "mine": len(kept)}}


_AROUND = ("questions", "visits", "notes", "stopped")


def words(paper: FrozenPaper, cut: int = 0) -> dict:
    """The words of templates/paper/committee.html, as much as this cut leaves."""
    blocks = {block["name"]: block["body"] for block in paper.record["blocks"]}
    how, body, which = CUTS[cut], blocks["review"], blocks["paper"]
    bodies = [one for name, one in blocks.items() if name.startswith("objective:")]
    than = body["before"] or "last year"
    strengths, strength = paper_around.strengths(blocks, bodies)
    full = [paper_objectives.words(one, body["term"], than, strengths.get(one["id"], "")) for one in bodies]
    lists = _lists(blocks, bodies, body)
    measures = paper_measures.words(bodies, body["term"])
    left = _left_out(how, full, lists | {"measures": measures["rows"]})
    when = written.day(written.as_day(which["meets_on"]))
    title = f"Committee paper, {which['board']}{f', {when}' if when else ''}"
    return {
        "title": title,
        "short": f"{which['organisation']} · {title}",
        "when": when,
        "body": body,
        "than": than,
        "term": body["term"],
        "lead": report.lead(full, than),
        "strength": strength,
        "slice": _slice(blocks["slice"], body),
        "has_turns": any(one["turn"] for one in full),
        "heads": full,
        "objectives": [_cut(one, how) for one in full] if how.objectives else [],
        "measures": measures | {"rows": _most(measures["rows"], how)},
        **{name: _most(rows, how) for name, rows in lists.items()},
        "left_out": left,
    }


def _lists(blocks: Blocks, bodies: list[dict], review: dict) -> dict[str, list]:
    asked = paper_events.questions(blocks["questions"])
    return {
        "attention": paper_events.attention(bodies, review["term"]),
        "late": paper_events.late(bodies),
        "unfitting": paper_events.unfitting(bodies, review),
        "asked": asked["open"],
        "answered": asked["answered"],
        "visits": paper_around.visits(blocks)["rows"],
    }


def _cut(one: dict, how: Cut) -> dict:
    """An objective with no more than this cut leaves of it."""
    kept = [row for row in one["milestones"] if not how.only_worries or row["mark"] in _WORRIES]
    left = len(one["milestones"]) - len(kept)
    calm = f"{written.sentence(written.count(left, 'milestone'))} on track." if left else ""
    one = one | {"milestones": kept, "calm": calm, "measures": []}  # all figures stand in one table
    if how.text is None:
        return one
    view = one["view"] and one["view"] | {"why": paper_objectives.clipped(one["view"]["why"], how.text)}
    texts = {name: paper_objectives.clipped(one[name], how.text) for name in ("words", "own", "lesson")}
    return one | texts | {"view": view, "stacked": False}


def _most(rows: list, how: Cut) -> list:
    """The first rows, their texts no longer than a line or two; of a question the last answer alone."""
    if how.rows is None:
        return rows
    return [_short(row) for row in rows[: how.rows]]


def _short(row: dict) -> dict:
    texts = {name: paper_objectives.clipped(row[name], ROW) for name in _LONG if row.get(name)}
    answers = [(paper_objectives.clipped(text, ROW), by) for text, by in row.get("answers", [])[-1:]]
    return row | texts | ({"answers": answers} if answers else {})


def _slice(body: dict, review: dict) -> str:
    """ "Two of the plan’s five objectives are this committee’s to monitor. What stands here is the autumn review …"."""
    mine, of = written.number(body["mine"]), written.number(body["of"])
    said = f"{written.sentence(mine)} of the plan’s {of} objectives {'is' if body['mine'] == 1 else 'are'}"
    sent = written.day(written.as_day(review["sent_on"]))
    return f"{said} this committee’s to monitor. What stands here is the {review['title'].lower()}, sent on {sent}."


def _left_out(how: Cut, full: list[dict], lists: dict[str, list]) -> str:
    """What this paper leaves out so that it keeps to four pages, and where it stands; empty where nothing is."""
    parts = []
    if how.only_worries:
        calm = sum(row["mark"] not in _WORRIES for one in full for row in one["milestones"])
        parts += [written.count(calm, "milestone") + " on track"] if calm else []
    if not how.objectives:
        parts.append("what leaders and monitors say of each objective")
    elif how.text is not None:
        parts.append("the end of long texts")
    if how.rows is not None:
        more = sum(max(0, len(rows) - how.rows) for rows in lists.values())
        parts += [written.count(more, "row") + " of the tables"] if more else []
    if not parts:
        return ""
    return f"Left out, to keep to four pages: {written.listed(parts)}. All of it stands in the termly report."
