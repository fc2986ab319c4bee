"""The year’s close: what came of a plan, objective by objective, and what it leaves for the next year. Plain values.

Figures are as anybody may read them; actions that are for the board and leaders alone are counted and not named.
"""

from collections import defaultdict

from foundation import clock
from governance.wording import number
from monitoring import carrying, closing, records_around, strategy_line
from monitoring.marks import word, worst
from monitoring.models import Rating, Review, Summary
from monitoring.paper_kinds import Asked, Blocks
from sip import figures, targets, written
from sip.models import Action, Amendment, Milestone, Objective, Plan, SuccessCriterion, Target, in_unit

_REACHED = ("green", "blue")
_COST_NOTE = "Money that is for the board and leaders alone is not in this table."


def why_not(asked: Asked) -> str:
    """Why the paper cannot be made now, as a sentence; empty where it can."""
    return "" if asked.plan.state == Plan.State.CLOSED else closing.why_not_closed(asked.plan)


def content(asked: Asked) -> Blocks:
    """The year by name of block: "close", for each objective "objective:<id>", then what is about the whole plan."""
    plan = asked.plan
    objectives = list(plan.objectives.select_related("priority", "lead"))
    marks, criteria, actions = _marks(plan), _criteria(plan), _actions(plan)
    blocks: Blocks = {"close": {"closed": plan.state == Plan.State.CLOSED}}
    for place, one in enumerate(objectives, start=1):
        blocks[f"objective:{one.pk}"] = _objective(one, place) | {
            "marks": marks[one.pk],
            "criteria": criteria[one.pk],
            "actions": actions[one.pk],
        }
    return blocks | {
        "amendments": _amendments(plan),
        "cost": records_around.money(plan),
        "unfinished": _unfinished(plan),
        "line": strategy_line.on_paper(plan.strategy) if plan.strategy else [],
    }


def _objective(row: Objective, place: int) -> dict:
    return {
        "number": place,
        "title": row.title,
        "where_to": row.where_to,
        "priority": row.priority.title if row.priority else "",
        "lead": row.lead.name if row.lead else "",
        "outcome": row.outcome,
        "lesson": row.lesson,
        "stopped_on": row.stopped_on.isoformat() if row.stopped_on else None,
        "stopped_why": row.stopped_why,
    }


def _marks(plan: Plan) -> dict[int, list[dict]]:
    """By objective, its rating in each review that was sent, in the order of the year. Three queries."""
    sent = sorted(plan.reviews.exclude(state=Review.State.OPEN), key=lambda one: one.place)
    ratings, own = defaultdict(list), {}
    rated = Rating.objects.filter(review__in=sent).values_list("review", "milestone__criterion__objective", "mark")
    for review, objective, mark in rated:
        ratings[review, objective].append(mark)
    for review, objective, mark in Summary.objects.filter(review__in=sent).values_list("review", "objective", "mark"):
        own[review, objective] = mark
    found = defaultdict(list)
    for objective in plan.objectives.values_list("pk", flat=True):
        for review in sent:
            mark = own.get((review.pk, objective)) or worst(ratings[review.pk, objective])
            found[objective].append({"point": review.point.name, "mark": mark, "word": word(mark)})
    return found


def _criteria(plan: Plan) -> dict[int, list[dict]]:
    """By objective, each criterion with its target as approved and as it stood, what was read last, and whether it was
    reached."""
    rows = Target.objects.filter(criterion__objective__plan=plan).select_related("measure", "criterion")
    said = targets.bodies(plan.organisation, rows, figures.ANYBODY, year=plan.year, terms=targets.PATH)
    aimed = {row.criterion_id: said[row.pk] | {"first": row.approved_aim} for row in rows}
    last = defaultdict(list)
    for criterion, mark in (
        Milestone.objects.kept().filter(criterion__objective__plan=plan).values_list("criterion", "current_rating")
    ):
        last[criterion].append(mark)
    found = defaultdict(list)
    for row in SuccessCriterion.objects.filter(objective__plan=plan).order_by("objective__position", "position", "pk"):
        found[row.objective_id].append(_criterion(row, aimed.get(row.pk), last[row.pk]))
    return found


def _criterion(row: SuccessCriterion, aimed: dict | None, marks: list[str]) -> dict:
    body = {"text": row.text, "dropped_on": row.dropped_on.isoformat() if row.dropped_on else None}
    if aimed is None:
        reached = bool(marks) and all(mark in _REACHED for mark in marks)
        return body | {"measure": "", "reached": "reached" if reached else "not reached" if any(marks) else "not rated"}
    readings, whys, late_first = aimed["readings"], aimed.get("hidden", {}), list(reversed(targets.PATH))
    value = next((readings[term] for term in late_first if readings.get(term)), "")
    hidden = next((whys[term] for term in late_first if term in whys), "")
    unit = aimed["unit"]
    return body | {
        "measure": aimed["name"],
        "baseline": in_unit(unit, aimed["baseline"]),
        "approved": in_unit(unit, aimed["first"]) if aimed["first"] is not None else in_unit(unit, aimed["aim"]),
        "aim": in_unit(unit, aimed["aim"]),
        "read": in_unit(unit, value) or (f"hidden: {hidden}" if hidden else "nothing read"),
        "reached": _against(value, aimed["aim"], aimed["better"]),
    }


def _against(value: str, aim: str, better: str) -> str:
    if not value:
        return "not known"
    away = float(value) - float(aim)
    met = {"higher": away >= 0, "lower": away <= 0}.get(better, away == 0)
    return "reached" if met else "not reached"


def _actions(plan: Plan) -> dict[int, dict]:
    found = defaultdict(lambda: {"total": 0, "done": 0, "stopped": 0})
    for objective, status in Action.objects.filter(objective__plan=plan).values_list("objective", "status"):
        found[objective]["total"] += 1
        found[objective]["done"] += status == Action.Status.DONE
        found[objective]["stopped"] += status == Action.Status.STOPPED
    return found


def _amendments(plan: Plan) -> list[dict]:
    """Those that were made: when, how heavy, why, and in which minute."""
    rows = plan.amendments.filter(state=Amendment.State.MADE).order_by("number")
    return [
        {
            "number": row.number,
            "on": clock.in_london(row.ended_at).date().isoformat(),
            "weight": row.get_weight_display(),
            "reason": row.reason,
        }
        for row in rows
    ]


def _unfinished(plan: Plan) -> list[dict]:
    """What goes on, as next year’s evidence holds it or will; what is for the board and leaders alone is not named."""
    return [
        {
            "objective": row.objective.title,
            "kind": "Action" if row.action_id else "Milestone",
            "text": row.text if not row.is_confidential else "An action that is for the board and leaders alone",
            "due": row.due,
            "mark": row.mark,
            "why": "" if row.is_confidential else row.why,
        }
        for row in carrying.unfinished(plan)
    ]


# ---------------------------------------------------------------- in words


def words(blocks: Blocks) -> dict:
    """What the template writes, out of the frozen blocks."""
    objectives = [body for name, body in blocks.items() if name.startswith("objective:")]
    return {
        "closed": blocks["close"]["closed"],
        "says": _says(objectives),
        "objectives": [_said(one) for one in objectives],
        "points": [mark["point"] for mark in objectives[0]["marks"]] if objectives else [],
        "amendments": [one | {"on": written.day(written.as_day(one["on"]))} for one in blocks["amendments"]],
        "costs": blocks["cost"] | {"notes": _COST_NOTE if blocks["cost"]["is_partial"] else ""},
        "unfinished": [one | {"word": word(one["mark"])} for one in blocks["unfinished"]],
    }


def _said(one: dict) -> dict:
    stopped = ""
    if one["stopped_on"]:
        stopped = f"Stopped by the board on {written.day(written.as_day(one['stopped_on']))}: {one['stopped_why']}"
    actions = one["actions"]
    done = f"{actions['done']} of {actions['total']} actions done" + (
        f", {actions['stopped']} stopped with a reason" if actions["stopped"] else ""
    )
    criteria = [
        row | {"dropped": written.day(written.as_day(row["dropped_on"])) if row["dropped_on"] else ""}
        for row in one["criteria"]
    ]
    return one | {
        "outcome": written.sentence(one["outcome"]) or "Not said",
        "stopped": stopped,
        "done": done,
        "criteria": criteria,
        "has_targets": any(row["measure"] for row in criteria),
    }


def _says(objectives: list[dict]) -> str:
    """ "Of four objectives two were met, one was partly met and one was carried forward."."""
    parts = []
    for outcome, label in Objective.Outcome.choices:
        count = sum(one["outcome"] == outcome for one in objectives)
        if count:
            parts.append(f"{number(count)} {'was' if count == 1 else 'were'} {label}")
    if not parts:
        return "What came of the objectives is not said yet."
    return f"Of {written.count(len(objectives), 'objective')} {written.listed(parts)}."
