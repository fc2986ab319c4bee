"""The plan's content as blocks, frozen as the board saw it, and checked ever after."""

from collections import defaultdict

from django.db.models import F, Max

from foundation import clock, frozen
from governance.models import Board, Seat, Term, User
from sip import amended, context, editions, measuring, targets
from sip.models import Action, Objective, Plan, SuccessCriterion, Target, Version

Blocks = dict[str, object]

_TERMS = list(Term.Name)  # in the order of the year
_STOPPED = Action.Status.STOPPED


def content_of(plan: Plan) -> Blocks:
    """The plan as it stands, as blocks by name, in the order of the page. The number of queries does not grow with it.

    "plan", "priority:<id>" of each priority of the strategy, and for each objective "objective:<id>", "actions:<id>"
    and "criteria:<id>"; then the context (sip.context). Days are ISO words, money is digits, people are their names
    (and numbers, to find one's own). Of a plan in force, `was` says what amendments changed of a row, "stopped:<id>"
    which rows of an objective they stopped, and "ended:<id>" which objectives.
    """
    actions, (criteria, measured) = _actions_of(plan), _criteria_of(plan)
    changed = amended.of(plan)
    full = _measure(plan, [body for bodies in criteria.values() for body in bodies], measured)
    blocks: Blocks = {}
    for name, body in boards_words_of(plan).items():
        blocks[name] = body
        if name.startswith("objective:"):
            key, number = body["id"], plan.words.numbered(body["number"])
            rows = [(place, one) for place, one in enumerate(actions[key], start=1) if one.status != _STOPPED]
            blocks[f"actions:{key}"] = [_action_body(action, f"{number}.{place}") for place, action in rows]
            blocks[f"criteria:{key}"] = criteria[key]
            _say_what_was(changed, body, blocks[f"actions:{key}"], criteria[key])
            if changed.stopped[key]:
                blocks[f"stopped:{key}"] = changed.stopped[key]
    blocks |= {f"ended:{key}": body for key, body in changed.ended.items()}
    blocks["plan"] |= {"how_made": plan.how_made, "how_monitored": plan.how_monitored}
    blocks |= context.blocks_of(plan)
    if full:
        blocks[targets.FULL] = full
    if own := dict(plan.visibilities.values_list("block", "shown_to")):
        blocks[editions.OWN] = {name: shown_to for name, shown_to in own.items() if name in editions.parted(blocks)}
    return blocks


def boards_words_of(plan: Plan) -> Blocks:
    """The same without the leaders' side: priorities and objectives alone."""
    blocks: Blocks = {"plan": _plan_body(plan)}
    priorities = plan.strategy.priorities.all() if plan.strategy_id else ()
    for number, priority in enumerate(priorities, start=1):
        blocks[f"priority:{priority.pk}"] = {"id": priority.pk, "number": number, "title": priority.title}
    for number, (objective, team) in enumerate(_objectives_of(plan), start=1):
        if objective.stopped_on is None:  # the others keep their numbers
            blocks[f"objective:{objective.pk}"] = _objective_body(objective, number, team)
    return blocks


def freeze(plan: Plan, *, by: User) -> Version:
    """Freeze the plan as it stands under its next number, cut into blocks as its editions need them (sip.editions).
    Called within an operation that holds the plan."""
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    record = frozen.seal(editions.parted(content_of(plan)))
    return Version.objects.create(
        plan=plan,
        number=last + 1,
        frozen_at=clock.now(),
        frozen_by=by.person,
        content=frozen.canonical(record),
        hash=frozen.hash_of(record),
    )


def blocks_of(version: Version) -> Blocks:
    """The frozen blocks, by name, as `content_of` gave them: all of them. Whoever reads has an edition of them
    (`sip.editions.kept`)."""
    return editions.joined({block["name"]: block["body"] for block in version.record["blocks"]})


def verify() -> list[Version]:
    """Take every version's hash anew. Returns those whose content no longer gives the hash that was taken at first."""
    versions = Version.objects.select_related("plan__organisation").order_by("pk")
    return [version for version in versions.iterator(chunk_size=50) if not version.is_unharmed]


def _objectives_of(plan: Plan) -> list[tuple[Objective, list[str]]]:
    """Each objective with the names of its team; one query, a row for each member."""
    rows = (
        plan.objectives.select_related("lead", "priority", "proposed_by", "monitor_seat__person", "monitor_board")
        .annotate(member=F("team__name"))
        .order_by("position", "pk", "member")
    )
    found: dict[int, tuple[Objective, list[str]]] = {}
    for row in rows:
        _, team = found.setdefault(row.pk, (row, []))
        if row.member:
            team.append(row.member)
    return list(found.values())


def _actions_of(plan: Plan) -> dict[int, list[Action]]:
    found = defaultdict(list)
    for action in Action.objects.filter(objective__plan=plan).select_related("owner", "checked_by"):
        found[action.objective_id].append(action)
    return found


def _criteria_of(plan: Plan) -> tuple[dict[int, list[dict]], dict[int, Target]]:
    """Criteria with their milestones in the order of the year, by objective; one query, a row for each milestone. Then
    what they are measured by, by criterion."""
    columns = ("objective", "pk", "text", "by_when", "milestones", "milestones__term", "milestones__text")
    kept = SuccessCriterion.objects.filter(objective__plan=plan, dropped_on=None)
    rows = kept.values_list(*columns, "milestones__dropped_on", *measuring.COLUMNS)
    found: dict[int, dict[int, dict]] = defaultdict(dict)
    measured = {}
    for objective, number, text, by_when, milestone, term, words, dropped, *target in rows:
        body = {"id": number, "text": text, "by_when": _day(by_when), "milestones": []}
        body = found[objective].setdefault(number, body)
        if target := measuring.target_of(*target):
            measured[number] = target
        if milestone and dropped is None:
            body["milestones"].append({"id": milestone, "term": term, "text": words})
            body["milestones"].sort(key=lambda one: _TERMS.index(one["term"]))
    return defaultdict(list, {objective: list(bodies.values()) for objective, bodies in found.items()}), measured


def _say_what_was(changed: amended.Amended, objective: dict, actions: list[dict], criteria: list[dict]) -> None:
    """Each row that an amendment changed says what stood there before."""
    rows = [("objective", objective), *(("action", one) for one in actions), *(("criterion", one) for one in criteria)]
    rows += [("milestone", one) for criterion in criteria for one in criterion["milestones"]]
    for part, body in rows:
        if said := changed.was.get((part, body["id"])):
            body["was"] = said


def _measure(plan: Plan, criteria: list[dict], measured: dict[int, Target]) -> dict[str, dict]:
    """Say of each criterion what it is measured by, as everyone may read it. Returns what leaders read otherwise, by
    criterion."""
    full = {}
    open_to_all, to_leaders = targets.starts(plan.organisation, measured.values())
    for body in criteria:
        if target := measured.get(body["id"]):
            body["measure"] = open_to_all[target.pk]
            if to_leaders[target.pk] != open_to_all[target.pk]:
                full[str(body["id"])] = to_leaders[target.pk]
    return full


def _plan_body(plan: Plan) -> dict:
    strategy = plan.strategy
    return {
        "title": plan.title,
        "words": plan.words.frozen,
        "year": plan.year_in_words,
        "organisation": plan.organisation.name,
        "strategy": strategy.title if strategy else "",
        "strategy_span": strategy.span if strategy else "",
        "vision": strategy.vision if strategy else "",
        "board": plan.deciding_board.name,
        "how_made": "",
        "how_monitored": "",
    }


def _objective_body(objective: Objective, number: int, team: list[str]) -> dict:
    return {
        "id": objective.pk,
        "number": number,
        "title": objective.title,
        "where_now": objective.where_now,
        "where_to": objective.where_to,
        "by_when": _day(objective.by_when),
        "figure_what": objective.figure_what,
        "figure_now": objective.figure_now,
        "figure_aim": objective.figure_aim,
        "lead": _name(objective.lead),
        "lead_id": objective.lead_id,
        "team": team,
        "monitor": _monitor(objective.monitor),
        "priority": objective.priority_id,
        "priority_title": objective.priority.title if objective.priority else "",
        "proposed_by": _name(objective.proposed_by),
    }


def _action_body(action: Action, number: str) -> dict:
    return {
        "id": action.pk,
        "number": number,
        "heading": action.heading,
        "what": action.what,
        "owner": _name(action.owner),
        "owner_id": action.owner_id,
        "due_on": _day(action.due_on),
        "starts_on": _day(action.starts_on),
        "supporters": action.supporters,
        "cost": None if action.cost is None else f"{action.cost:.2f}",
        "cost_source": action.cost_source,
        "resources": action.resources,
        "outcome": action.outcome,
        "checked_how": action.checked_how,
        "checked_by": _name(action.checked_by),
        "checked_when": action.checked_when,
    }


def _monitor(monitor: Seat | Board | None) -> str:
    """ "Graham Pell, link governor for curriculum", or the committee's name."""
    if isinstance(monitor, Seat):
        return f"{monitor.person.name}, {monitor.in_words}"
    return monitor.name if monitor else ""


def _name(person) -> str:
    return person.name if person else ""


def _day(day) -> str | None:
    return day.isoformat() if day else None
