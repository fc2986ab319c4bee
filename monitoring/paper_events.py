"""What happened, in the termly report: what changed, what needs attention, what does not fit, what was asked, and what
was decided."""

from monitoring import stories
from monitoring.marks import word
from monitoring.paper_objectives import of_criterion
from sip import written
from sip.models import Mark, Question

_WORRIES = ("red", "amber", "", "grey")  # in this order; nothing said of it is more of a worry than "cannot say"
_ORDER = [str(mark) for mark in Mark]


# ---------------------------------------------------------------- changed


def changed(bodies: list[dict], review: dict) -> dict:
    """What goes better and what goes worse than in the review before, and the actions done since."""
    since, rows = review["before_on"], [row for body in bodies for row in _turns(body)]
    done = [
        {
            "number": body["number"],
            "what": action["what"],
            "owner": action["owner"],
            "on": written.short_day(written.as_day(action["on"])),
        }
        for body in bodies
        for action in body["actions"]["done"]
        if not since or not action["on"] or action["on"] > since
    ]
    return {
        "is_first": not review["before"] and not any(body["before"] for body in bodies),
        "turns": sorted(rows, key=lambda row: (row["direction"] != "worse", row["number"])),
        "done": done,
    }


def _turns(body: dict) -> list[dict]:
    """The milestones that went another way; the objective as a whole where no milestone of it tells that."""
    turned = [row for row in body["milestones"] if _has_turned(row.get("direction"))]
    rows = [_turn(body, row["text"], row["criterion"], row) for row in turned]
    if _has_turned(body["direction"]) and not any(row["direction"] == body["direction"] for row in rows):
        rows.insert(0, _turn(body, body["title"], "The objective as a whole", body))
    return rows


def _turn(body: dict, what: str, note: str, said: dict) -> dict:
    return {
        "number": body["number"],
        "what": what,
        "note": note,
        "mark": said["mark"],
        "word": word(said["mark"]),
        "before": word(said["before"]),
        "direction": said["direction"],
    }


def _has_turned(direction: str | None) -> bool:
    return direction in ("better", "worse")


# ---------------------------------------------------------------- attention


def attention(bodies: list[dict], term: str) -> list[dict]:
    """Reds, ambers, what nobody rated and what nobody can say, worst first: what next, who, and by when."""
    rows = [row for body in bodies for row in _worries(body, term)]
    return sorted(rows, key=lambda row: (_WORRIES.index(row["mark"]), row["number"]))


def _worries(body: dict, term: str) -> list[dict]:
    rows = [
        _worry(body, row, row["text"], of_criterion(row, term)) for row in body["milestones"] if row["mark"] in _WORRIES
    ]
    marks = [row["mark"] for row in body["milestones"] if row["mark"]]
    if body["mark"] in ("red", "amber") and all(_ORDER.index(mark) > _ORDER.index(body["mark"]) for mark in marks):
        rows.insert(0, _worry(body, {"mark": body["mark"]}, body["title"], "The objective as a whole"))
    return rows


def _worry(body: dict, row: dict, what: str, note: str) -> dict:
    unsaid = "" if row["mark"] else "Leaders are to rate it."
    return {
        "number": body["number"],
        "mark": row["mark"],
        "word": word(row["mark"]),
        "what": what,
        "note": note,
        "next": row.get("next_step") or unsaid,
        "who": body["lead"],
        "by": written.short_day(written.as_day(row.get("next_by"))),
    }


def late(bodies: list[dict]) -> list[dict]:
    """The actions that were late on the day of the record, with what their owners say of it."""
    rows = [(body["number"], action) for body in bodies for action in body["actions"]["late"]]
    return [
        {
            "number": number,
            "what": action["what"],
            "note": action["note"],
            "owner": action["owner"],
            "due": written.short_day(written.as_day(action["due_on"])),
        }
        for number, action in sorted(rows, key=lambda pair: (pair[1]["due_on"], pair[0]))
    ]


# ---------------------------------------------------------------- what does not fit


def unfitting(bodies: list[dict], review: dict) -> list[dict]:
    """Two facts that do not agree, worst first, each with the question to ask. What nobody rated is not among them:
    it needs attention, and stands there."""
    found = stories.worst_first(stories.of_bodies(bodies, review))
    return [
        {"number": row.number, "text": row.says, "question": row.question}
        for row in found
        if row.kind != stories.SILENT
    ]


# ---------------------------------------------------------------- asked and decided


def questions(rows: list[dict]) -> dict:
    """Questions that wait for an answer, first; then what was answered or noted."""
    said = [_question(row) for row in rows]
    return {
        "open": [row for row in said if row["is_open"]],
        "answered": [row for row in said if not row["is_open"]],
    }


def _question(row: dict) -> dict:
    asked = f"asked {written.near_day(written.as_day(row['asked_on']))}"
    asked_of = f": asked of {row['to']}" if row["to"] else ""
    due = f", due {written.day(written.as_day(row['due_on']))}" if row["due_on"] else ""
    return {
        "is_open": row["needs_answer"] and row["state"] == Question.State.ASKED,
        "by": row["asked_by"],
        "asked": asked,
        "about": row["about"],
        "text": row["text"],
        "is_note": not row["needs_answer"],
        "waits": f"No answer yet{asked_of}{due}.",
        "returns": "It waited at the last report too, and returns here." if row.get("returns") else "",
        "answers": [
            (answer["text"], f"{answer['by']}, {written.near_day(written.as_day(answer['on']))}")
            for answer in row["answers"]
        ],
    }


def decisions(rows: list[dict]) -> list[dict]:
    """Who decided what, when, and in which minute; each with its conditions."""
    return [
        {
            "outcome": row["outcome"],
            "resolution": row["resolution"].strip().strip('“”"'),
            "wording": row["wording"],
            "board": row["board"],
            "on": written.short_day(written.as_day(row["on"])),
            "minute": row["minute"],
            "conditions": [
                {
                    "text": one["text"],
                    "owner": one["owner"],
                    "due": written.short_day(written.as_day(one["due_on"])),
                    "met": written.short_day(written.as_day(one["met_on"])),
                }
                for one in row["conditions"]
            ],
        }
        for row in rows
    ]
