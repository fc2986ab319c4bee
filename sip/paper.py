"""What stands in the plan's PDF: the frozen words of a version, and what the board decided on it.

Everything comes from the frozen content and, as decided, from the decision; never from the plan as it now stands, nor
from the clock: the same version and decision give the same paper for ever.
"""

from decimal import Decimal

from foundation import clock
from governance.words import Words
from sip import context, editions, paper_decision, written
from sip.editions import Edition
from sip.measuring import measured_by
from sip.models import Document, Version
from sip.versions import blocks_of

TERMS = (("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer"))
ON_COVER = 10  # objectives that the cover names
SIDE_BY_SIDE = 1100  # characters of the longer voice: beyond that the two stand one below the other
ROOM = (
    440  # points that objectives and priorities surely have on the plan on a page; what is longer may run on overleaf
)
MILESTONE = 84  # characters of a milestone on the plan on a page


def words(version: Version, stage: str, edition: str = Edition.BOARD) -> dict:
    """Everything that the template of the full plan needs, as plain words."""
    whole = blocks_of(version)
    left, blocks = editions.left_out(whole, edition), editions.kept(whole, edition)
    body, named = blocks["plan"], Words.thawed(blocks["plan"].get("words"))
    objectives = [_objective(one, blocks, named) for name, one in blocks.items() if name.startswith("objective:")]
    priorities = _priorities(blocks, objectives, named)
    return (
        frame(version, stage, left)
        | {
            "body": body,
            "words": named,
            "is_trust": version.plan.organisation.is_trust,
            "layout": version.plan.organisation.layout,
            "is_named": edition != Edition.PUBLIC,  # whether names and costs stand in it
            "objectives": objectives,
            "on_cover": objectives[:ON_COVER],
            "not_on_cover": len(objectives) - ON_COVER,
            "cover_is_full": sum(1 + (len(one["title"]) > 50) for one in objectives) > 6,
            "summary": _summary(body, blocks, objectives, named),
            "has_terms": any(one["terms"] for one in objectives),
            "more_criteria": any(len(one["criteria"]) > 1 for one in objectives),
            "priorities": priorities,
            "runs_on": sum(_height(one) for one in objectives) + 21 * len(priorities) > ROOM,
            "costs": _costs(objectives),
            "ended": [one for name, one in blocks.items() if name.startswith("ended:")],
            "context": context.read(blocks),
        }
    )


def frame(version: Version, stage: str, left: editions.LeftOut) -> dict:
    """What stands around every paper of a version: whose it is, how the board decided, which edition, the hash."""
    body = version.plan_words
    decision = version.decision if stage == Document.Stage.DECIDED else None
    decided = paper_decision.words(decision) if decision else None
    amended = "" if decided else paper_decision.amended_without(version)
    submitted = clock.in_london(version.frozen_at)
    parts = f", {written.count(left.count, 'part')} left out" if left.count else ""
    return {
        "short": f"{clipped(body['organisation'], 70)} · {body['title']} {body['year']}",
        "edition": f"{left.name}{parts} · Version {version.number}, {amended or _stand(submitted, decided)}",
        "edition_name": left.name,
        "edition_says": left.says,
        "draft": "" if amended else _draft(version, submitted, decided),
        "number": version.number,
        "submitted_on": written.day(submitted.date()),
        "submitted_at": f"{written.day(submitted.date())} at {submitted:%H:%M}",
        "submitted_by": version.frozen_by.name,
        "hash": version.hash,
        "format": version.record["format"],
        "decided": decided,
        "amended": written.sentence(amended),
    }


def _stand(submitted, decided: dict | None) -> str:
    if decided:
        return f"{decided['stand']} on {decided['on']}"
    return f"submitted on {written.day(submitted.date())}"


def _draft(version: Version, submitted, decided: dict | None) -> str:
    """What stands at the top of each page until the board has approved the version; then nothing."""
    if decided and decided["approves"]:
        return ""
    stand = f"{decided['draft']} on {decided['on']}" if decided else "with the board, not yet decided"
    return f"Version {version.number}, as submitted on {written.day(submitted.date())}: {stand}"


def _objective(body: dict, blocks: dict, named: Words) -> dict:
    rows, criteria = blocks.get(f"actions:{body['id']}"), blocks.get(f"criteria:{body['id']}")
    withheld = {"has_actions": rows is not None, "has_criteria": criteria is not None}
    rows, criteria = rows or [], [_criterion(row) for row in criteria or []]
    actions = [_action(row) for row in rows]
    by_when = written.as_day(body["by_when"])
    cost = sum((action["amount"] or Decimal() for action in actions), Decimal())
    uncosted = [action["number"] for action in actions if action["amount"] is None]
    made = {
        **body,
        **withheld,
        "number": named.numbered(body["number"]),
        "is_worded": any(body[word] for word in ("where_now", "where_to", "by_when", "figure_aim")),
        "by": written.day(by_when),
        "by_month": written.month(by_when),
        "team": written.listed(body["team"]),
        "actions": actions,
        "criteria": criteria,
        "terms": _first_terms(criteria),
        "has_terms": any(any(words for _, words in criterion["terms"]) for criterion in criteria),
        "amount": cost,
        "cost": _total(cost, actions, uncosted),
        "uncosted": uncosted,
        "paid_by": [(source, written.pounds(amount)) for source, amount, _ in _sources([actions])],
        "doing": _doing(actions),
        "count": _count(actions),
        "checks": _checks(rows),
        "was": _was(body, actions),
        "stopped": blocks.get(f"stopped:{body['id']}", []),
    }
    return made | {"stacked": _stacked(made)}


def _was(body: dict, actions: list[dict]) -> list[tuple[str, str]]:
    """What amendments changed of the objective and its actions: of which row, and the sentence."""
    found = [("", says) for says in body.get("was", ())]
    return found + [(f"Action {one['number']}", says) for one in actions for says in one.get("was", ())]


def _total(cost: Decimal, actions: list, uncosted: list) -> str:
    if cost or len(uncosted) < len(actions):
        return written.pounds(cost) if cost else "No cost"
    return "Not costed" if actions else ""


def _action(body: dict) -> dict:
    amount = None if body["cost"] is None else Decimal(body["cost"])
    checked = [body["checked_how"], f"by {body['checked_by']}" if body["checked_by"] else "", body["checked_when"]]
    more = (
        ("So that", body["outcome"]),
        ("Needs", body["resources"]),
        ("With", body["supporters"]),
        ("Checked", ", ".join(part for part in checked if part)),
    )
    return {
        **body,
        "amount": amount,
        "cost": "Not costed" if amount is None else written.pounds(amount) if amount else "No cost",
        "due": written.short_day(written.as_day(body["due_on"])),
        "starts": written.short_day(written.as_day(body["starts_on"])),
        "checked": ", ".join(part for part in checked if part),
        "more": [(label, _ended(text)) for label, text in more if text],
    }


def _criterion(body: dict) -> dict:
    due = {row["term"]: row["text"] for row in body["milestones"]}
    return {
        "text": body["text"],
        "by": written.day(written.as_day(body["by_when"])),
        "measured": measured_by(body),
        "terms": [(name, due.get(term, "")) for term, name in TERMS],
        "was": [*body.get("was", ()), *_was_of_milestones(body)],
    }


def _was_of_milestones(body: dict) -> list[str]:
    names = dict(TERMS)
    return [f"{names[row['term']]} milestone: {says}" for row in body["milestones"] for says in row.get("was", ())]


def _first_terms(criteria: list[dict]) -> list[str]:
    """The milestones that stand for the objective on the plan on a page: those of its first criterion that has any."""
    for criterion in criteria:
        if any(text for _, text in criterion["terms"]):
            return [clipped(text, MILESTONE) for _, text in criterion["terms"]]
    return []


def _doing(actions: list[dict]) -> list[tuple[str, str]]:
    """The headings under which leaders act, each with the numbers of its actions."""
    groups: list[tuple[str, list[str]]] = []
    for action in actions:
        if action["heading"] or not groups:
            groups.append((action["heading"], []))
        groups[-1][1].append(action["number"])
    return [(heading, _span(numbers)) for heading, numbers in groups if heading]


def _span(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def _count(actions: list[dict]) -> str:
    """ "Seven actions, the last by 9 July 2027"."""
    days = [action["due_on"] for action in actions if action["due_on"]]
    last = f", {'' if len(actions) == 1 else 'the last '}by {written.day(written.as_day(max(days)))}" if days else ""
    return f"{written.sentence(written.count(len(actions), 'action'))}{last}"


def _checks(rows: list[dict]) -> str:
    """How the actions are checked, each way once: "Learning walk; data; pupil voice"."""
    ways = list({row["checked_how"].casefold(): row["checked_how"] for row in rows if row["checked_how"]}.values())
    said = [way if place == 0 or way[1:2].isupper() else f"{way[0].lower()}{way[1:]}" for place, way in enumerate(ways)]
    return "; ".join([*said[:5], "and more"] if len(said) > 5 else said)


def _ended(text: str) -> str:
    """Run-in text ends in a full stop."""
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."


def _stacked(one: dict) -> bool:
    board = len(one["where_now"]) + len(one["where_to"])
    leaders = sum(len(heading) for heading, _ in one["doing"]) + len(one["team"]) + len(one["checks"])
    return max(board, leaders) > SIDE_BY_SIDE


def _summary(body: dict, blocks: dict, objectives: list, named: Words) -> str:
    """ "Four objectives, which serve two of the three priorities in the board's strategy for 2025/26 to 2028/29."""
    said = written.sentence(named.count(len(objectives)))
    known = [one["id"] for name, one in blocks.items() if name.startswith("priority:")]
    served = len({one["priority"] for one in objectives} & set(known))
    if not served:
        return f"{said} for {body['year']}."
    verb = "serves" if len(objectives) == 1 else "serve"
    which = written.count(len(known), named.priority, named.priorities)
    share = f"the {which}" if served == len(known) else f"{written.count(served, 'of', 'of')} the {which}"
    share = f"the one {named.priority}" if len(known) == 1 else share
    return f"{said}, which {verb} {share} in the board’s strategy for {body['strategy_span']}."


def _priorities(blocks: dict, objectives: list, named: Words) -> list[tuple[str, str]]:
    """Each priority of the strategy with the objectives that serve it, also where none does."""
    found = []
    for name, body in blocks.items():
        if name.startswith("priority:"):
            serving = [str(one["number"]) for one in objectives if one["priority"] == body["id"]]
            label = named.Objective if len(serving) == 1 else named.Objectives
            found.append((body["title"], f"{label} {written.listed(serving)}" if serving else ""))
    return found


def _costs(objectives: list) -> dict:
    """What it costs, by source, the greatest first, with what is not costed."""
    total = sum((one["amount"] for one in objectives), Decimal())
    uncosted = [number for one in objectives for number in one["uncosted"]]
    rows = _sources([one["actions"] for one in objectives])
    return {
        "total": written.pounds(total) if total else "",
        "sources": [(source, written.listed(where), written.pounds(amount)) for source, amount, where in rows],
        "uncosted": _uncosted(uncosted),
    }


def _uncosted(numbers: list[str]) -> str:
    if not numbers:
        return ""
    verb = "is" if len(numbers) == 1 else "are"
    which = f": {written.listed(numbers)}" if len(numbers) <= 12 else ""
    return f"{written.sentence(written.count(len(numbers), 'action'))} {verb} not costed{which}."


def _sources(objectives: list[list[dict]]) -> list[tuple[str, Decimal, list[str]]]:
    sums: dict[str, Decimal] = {}
    where: dict[str, dict] = {}
    for actions in objectives:
        for action in actions:
            if action["amount"]:
                source = action["cost_source"] or "Source not given"
                sums[source] = sums.get(source, Decimal()) + action["amount"]
                where.setdefault(source, {})[action["number"].partition(".")[0]] = True
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(source, amount, list(where[source])) for source, amount in ranked]


def _height(one: dict) -> int:
    """About how many points high an objective stands on the plan on a page."""
    title = 14 * -(-len(one["title"]) // 32)
    figure = 14 * -(-(len(one["figure_what"] + one["figure_now"] + one["figure_aim"]) + 26) // 40)
    who = 12 * -(-(len(one["lead"] + one["monitor"]) + 17) // 46)
    return 18 + max(title + figure + who, *(12 * -(-len(text) // 13) for text in one["terms"] or [""]))


def clipped(text: str, most: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer."""
    if len(text) <= most:
        return text
    space = text.rfind(" ", most // 2, most)
    return f"{text[: space if space > 0 else most].rstrip(' ,;:.')}…"
