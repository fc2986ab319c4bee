"""What is missing, vague or heavy in a draft, as advice, never as a wall: three pieces at most, the weightiest first.

Plain rows in (sip.lines), advice out. A finding is one thing at one place, with a key of its own that leaders can put
aside for the year; findings of one rule are said together, in one sentence that leads to the first of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from governance.words import plural
from sip import vagueness, weight, written
from sip.costs import Costs
from sip.lines import ActionLine, CriterionLine, ObjectiveLine, PlanLines
from sip.weight import Weight

MOST = 3
BETWEEN = "|"  # the keys of one piece of advice, in one box of a form
_NAMED = 4  # rows that a sentence names


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for. `lacks`: in short, of what is not complete without it. `one`, `many`: the sentence for one
    place and for several: {row} names the place or the places, {says} is what the finding adds."""

    key: str
    one: str
    many: str = ""
    lacks: str = ""

    @property
    def is_together(self) -> bool:
        """Whether its findings are said in one sentence."""
        return bool(self.many)


RULES = (
    Rule("no action", "{row} has no action yet.", "{row} have no action yet.", "no action"),
    Rule("no criterion", "{row} has no success criterion.", "{row} have no success criterion.", "no success criterion"),
    Rule("no owner", "{row} has no owner.", "{row} have no owner.", "no owner"),
    Rule("no date", "{row} has no date.", "{row} have no date.", "no date"),
    Rule("no milestone", "{row} has no milestone.", "{row} have no milestone.", "no milestone"),
    Rule("unserved", "No {objective} serves {row}.", "No {objective} serves {row}."),
    Rule("very heavy", "{says}"),
    Rule("over budget", "{says}"),
    Rule(
        "activity",
        "{row} says what will be done (“{says}”), not what will have changed.",
        "{row} say what will be done, not what will have changed.",
    ),
    Rule("by how much", "{row} says “{says}”, not by how much.", "{row} do not say by how much."),
    Rule("no number", "{row} has nothing that can be counted.", "{row} have nothing that can be counted."),
    Rule(
        "no baseline",
        "{row} has an aim and no start to compare it with.",
        "{row} have an aim and no start to compare it with.",
    ),
    Rule(
        "all in July",
        "{row} has milestones in the summer term only: until July nobody can tell how it goes.",
        "{row} have milestones in the summer term only: until July nobody can tell how they go.",
    ),
    Rule("no day", "{row} has no day by when.", "{row} have no day by when.", "a criterion with no date"),
    Rule("no group", "{row} does not say which pupils it is about.", "{row} do not say which pupils they are about."),
    Rule("overload", "{says}"),
    Rule("heavy", "{says}"),
    Rule(
        "no cost",
        "{row} is not costed. “No cost” is an answer too: write 0.",
        "{row} are not costed. “No cost” is an answer too: write 0.",
    ),
)
_RULES = {rule.key: rule for rule in RULES}
_RANK = {rule.key: rank for rank, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule at a place. `about`: action, criterion, objective, or nothing. `name`: "2.1", "3", "“Reading”"."""

    rule: str
    key: str
    spot: str
    about: str = ""
    name: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence, the address of the spot where it is mended, and the keys under which it is put aside."""

    says: str
    spot: str
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        """All its keys, as a form carries them."""
        return BETWEEN.join(self.keys)

    @property
    def anchor(self) -> str:
        """The spot within its page."""
        return self.spot.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Advised:
    """What a page shows: three at most, how many more there are, and what was put aside for the year."""

    first: tuple[Advice, ...]
    more: int
    aside: tuple[Advice, ...]


def of_plan(lines: PlanLines, *, costs: Costs, weighed: Weight, spots: dict[str, str]) -> list[Finding]:
    """All there is to say of a draft. `spots`: where the strategy's priorities, the cost and the load are looked at."""
    found = [one for line in lines.objectives for one in of_objective(line)]
    served = {line.priority for line in lines.objectives}
    found += [
        Finding("unserved", f"unserved:{key}", spots["objectives"], "priority", f"“{title}”")
        for key, title in lines.priorities
        if key not in served
    ]
    found += [_over(row, spots["costs"]) for row in costs.over]
    found += [Finding("overload", _key("overload", one), spots["load"], says=f"{one}.") for one in weighed.heavy]
    if not weighed.is_light:
        rule = "very heavy" if weighed.is_heavy else "heavy"
        found.append(Finding(rule, rule, spots["weight"], says=f"The plan has {_elements(weighed)}."))
    return found


def of_objective(line: ObjectiveLine) -> list[Finding]:
    """What there is to say of one objective."""
    return [*_of_itself(line), *_of_actions(line), *_of_criteria(line)]


def lacks(line: ObjectiveLine) -> list[str]:
    """What an objective is not complete without, in short: "no owner", "no milestone"; each once, the weightiest
    first."""
    rules = {one.rule for one in of_objective(line) if _RULES[one.rule].lacks}
    return [_RULES[key].lacks for key in sorted(rules, key=_RANK.get)]


def advised(
    findings: Iterable[Finding], aside: set[str], *, objective: str = "objective", here: bool = False
) -> Advised:
    """The findings as advice. `aside`: keys that leaders have put aside. `objective`: what the school calls one.
    `here`: on the page of the only objective there is talk of."""
    rows = list(findings)
    shown = _said([one for one in rows if one.key not in aside], objective, here)
    away = _said([one for one in rows if one.key in aside], objective, here)
    return Advised(tuple(shown[:MOST]), max(0, len(shown) - MOST), tuple(away))


def _of_itself(line: ObjectiveLine) -> Iterator[Finding]:
    if not line.actions:
        yield _at(line, "no action", "h-action")
    if not line.criteria:
        yield _at(line, "no criterion", "h-criterion")
    terms = {term for one in line.criteria for term in one.terms}
    if terms == {"summer"}:
        yield _at(line, "all in July", "h-criterion")
    texts = [one.text for one in line.criteria]
    if any(vagueness.speaks_of_pupils(text) for text in texts) and not any(
        vagueness.names_a_group(text) for text in (*texts, line.title)
    ):
        yield _at(line, "no group", "h-criterion")


def _of_actions(line: ObjectiveLine) -> Iterator[Finding]:
    for one in line.actions:
        if not one.owner:
            yield _on(line, one, "no owner", f"id_action-{one.place}-owner")
        if one.due_on is None:
            yield _on(line, one, "no date", f"id_action-{one.place}-due_on")
        if one.cost is None:
            yield _on(line, one, "no cost", f"more-action-{one.place}")


def _of_criteria(line: ObjectiveLine) -> Iterator[Finding]:
    for one in line.criteria:
        box = f"id_criterion-{one.place}-"
        if not one.terms:
            yield _on(line, one, "no milestone", f"{box}autumn")
        if one.by_when is None:
            yield _on(line, one, "no day", f"{box}by_when")
        yield from _of_its_words(line, one, f"{box}text")


def _of_its_words(line: ObjectiveLine, one: CriterionLine, box: str) -> Iterator[Finding]:
    """At most one of: an activity, a vague word, no number; and whether there is a start."""
    if one.measured:
        if not one.has_baseline:
            yield _on(line, one, "no baseline", f"more-criterion-{one.place}")
        return
    if activity := vagueness.activity_in(one.text):
        yield _on(line, one, "activity", box, activity)
    elif vague := vagueness.vague_word_in(one.text):
        yield _on(line, one, "by how much", box, vague)
    elif not vagueness.has_quantity(one.text):
        yield _on(line, one, "no number", box)
    elif vagueness.has_result(one.text) and not line.has_start and not vagueness.has_a_start(one.text):
        yield _on(line, one, "no baseline", box)


def _at(line: ObjectiveLine, rule: str, anchor: str) -> Finding:
    return Finding(rule, f"{rule}:objective:{line.id}", f"{line.url}#{anchor}", "objective", line.label)


def _on(line: ObjectiveLine, one: ActionLine | CriterionLine, rule: str, box: str, says: str = "") -> Finding:
    about = "action" if isinstance(one, ActionLine) else "criterion"
    return Finding(rule, f"{rule}:{about}:{one.id}", f"{line.url}#{box}", about, f"{line.label}.{one.place}", says)


def _over(row, spot: str) -> Finding:
    says = f"{row.source}: {row.total} is planned and {row.budget} given, {row.left}."
    return Finding("over budget", _key("over budget", row.source.casefold()), spot, says=says)


def _key(rule: str, words: str) -> str:
    """Eighty characters at most, without the stroke that stands between keys on a page."""
    return f"{rule}:{words.replace(BETWEEN, ' ')}"[:80]


def _elements(weighed: Weight) -> str:
    many = f"more than {weight.HEAVY} are seldom carried out"
    usual = f"up to about {weight.LIGHT} are carried out more often"
    return f"{weighed.elements} elements; plans of {many if weighed.is_heavy else usual}"


def _said(findings: list[Finding], objective: str, here: bool) -> list[Advice]:
    """Findings of one rule together, in the order of the rules."""
    grouped: dict[tuple, list[Finding]] = {}
    for one in findings:
        together = _RULES[one.rule].is_together
        grouped.setdefault((_RANK[one.rule], "" if together else one.key), []).append(one)
    return [_advice(grouped[place], objective, here) for place in sorted(grouped)]


def _advice(rows: list[Finding], objective: str, here: bool) -> Advice:
    first, rule = rows[0], _RULES[rows[0].rule]
    sentence = rule.one if len(rows) == 1 else rule.many
    said = sentence.format(row=_whom(rows, objective, here), objective=objective, says=first.says)
    return Advice(written.sentence(said), first.spot, tuple(row.key for row in rows))


def _whom(rows: list[Finding], objective: str, here: bool) -> str:
    """ "action 2.1", "actions 2.1, 2.3 and 3.1"; on the page of one objective "action 1", "this objective"."""
    about = rows[0].about
    names = [row.name.rpartition(".")[2] if here else row.name for row in rows]
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{written.number(len(names) - _NAMED)} more"]
    if about in ("", "priority"):
        return written.listed(names)
    if about == "objective" and here:
        return f"this {objective}"
    one, many = {"action": ("action", "actions"), "criterion": ("criterion", "criteria")}.get(
        about, (objective, plural(objective))
    )
    return f"{one if len(rows) == 1 else many} {written.listed(names)}"
