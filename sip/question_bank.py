"""Good questions, by situation, and which three of them a plan as it stands calls for.

Ofsted's report of 2011 on governance found that asking questions is often mistaken for challenge: a challenge asks for
evidence, names a gap or ends in an action. The questions are our own; rules choose among them, never chance.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sip import written
from sip.models import Plan
from sip.reading import OBJECTIVES, ObjectiveRow, PlanReading

MOST = 3
MANY_OBJECTIVES, MANY_ACTIONS, SHARE_OF = 5, 24, 4  # a share of actions is told from so many actions on
_GROUPS = re.compile(
    r"\b(SEND?|EHC|pupil premium|disadvantaged|boys|girls|EAL|most able|looked.after|prior attainment"
    r"|free school meals)",
    re.IGNORECASE,
)

# What can be asked, by situation and key. Keys stand in addresses.
BANK: dict[str, dict[str, str]] = {
    "setting": {
        "matters-most": "What in the evidence says that this matters most?",
        "last-year": "What did we say last year, and what came of it?",
        "not-doing": "What are we not going to do?",
        "keep-one": "Which objective would we keep if we could keep only one?",
        "which-pupils": "Which pupils would notice?",
        "serves": "Does this serve our three-year priority, or has the priority changed?",
    },
    "approving": {
        "most-work": "Which action does most of the work?",
        "owner-leaves": "Who does this if the owner leaves at Christmas?",
        "by-december": "What must be true by December for July to be reachable?",
        "who-counts": "What does the success criterion count, and who counts it?",
        "brave-or-safe": "Is the target brave or safe, against last year, national figures and similar schools?",
        "what-cost": "What does it cost, from which budget, and what stops to pay for it?",
        "workload": "What does it add to staff workload, and what have you taken away?",
        "without-report": "How will we see it without asking you for another report?",
    },
    "reviewing": {
        "why-amber": "What makes this amber rather than green?",
        "change-it": "What would you need to see to change the rating?",
        "expected": "What did you expect to see by now?",
        "late-or-wrong": "Is it late, or is it not working?",
        "who-looked": "Who outside the leadership team has looked?",
        "groups": "What does it look like for pupils with SEND, and for disadvantaged pupils?",
        "how-many": "How many pupils is that?",
        "stopped": "What have we stopped?",
        "help": "What help do you need from the board?",
        "flat": "If everything is green, what has moved in the figures?",
        "what-changed": "When it turned green, what changed for children?",
        "below-path": "It is rated green, and the figure is below its path. What do you see that the figure does not?",
        "unmoved": "Everything planned is done, and the figure has not moved. Too early, or not the right thing?",
        "silent": "Nothing has been said of this lately. What has happened since?",
        "make-green": "It was at risk last time too. What would make it green, and what would help?",
    },
    "data": {
        "compared": "Compared with what: last year, national, similar schools, the target?",
        "cohort": "Is the cohort different? How many pupils make one percentage point?",
        "test": "Is this teacher assessment or a test?",
        "trend": "Which way was the trend before we started?",
    },
    "visit": {
        "tuesday": "Show me how this works on a Tuesday.",
        "pupil": "What would a pupil tell me?",
        "hardest": "What is hardest about this action?",
        "another": "What would you do with another £1,000, or an hour a week?",
    },
    "end": {
        "cause": "Did the plan cause it?",
        "learned": "What did we learn about planning?",
        "keep": "What do we keep, what do we change, and what do we stop?",
    },
}
_WORDS = {key: words for questions in BANK.values() for key, words in questions.items()}


@dataclass(slots=True)
class Good:
    """A question that this plan calls for: its words, why, and where it is asked with one click."""

    key: str
    words: str
    why: str
    url: str


def words_of(key: str) -> str:
    """The words of a question of the bank; nothing for a key that is not there."""
    return _WORDS.get(key, "")


def situation_of(plan: Plan, reading: PlanReading) -> str:
    """Which part of the bank the plan's state calls for."""
    if reading.source == OBJECTIVES or plan.state == Plan.State.OBJECTIVES:
        return "setting"
    return {Plan.State.APPROVED: "reviewing", Plan.State.CLOSED: "end"}.get(plan.state, "approving")


_TITLES = {
    "setting": "When objectives are set",
    "approving": "When a plan is approved",
    "reviewing": "When progress is reviewed",
    "data": "On figures",
    "visit": "On a visit",
    "end": "At the end of the year",
}


def offered(plan: Plan, reading: PlanReading, situation: str = "") -> list[tuple[str, dict[str, str]]]:
    """What can be asked now, under a heading each: of the situation that is named, else of the plan's own; and on
    figures, which there are always."""
    own = situation if situation in BANK else situation_of(plan, reading)
    return [(_TITLES[name], BANK[name]) for name in dict.fromkeys((own, "data"))]


def good(reading: PlanReading, situation: str, ask_url: str) -> list[Good]:
    """At most three: first what the plan's gaps and ratings call for, in the order of the rules; then what is always
    worth asking. `ask_url` asks about the plan as a whole."""
    found: dict[str, Good] = {}
    for key, rule in (*_RULES[situation], *_ALWAYS[situation]):
        if key not in found and len(found) < MOST and (called := rule(reading)):
            why, where = called
            url = where.ask_url if where is not None and where.ask_url else ask_url
            found[key] = Good(key, _WORDS[key], why, f"{url}{'&' if '?' in url else '?'}bank={key}")
    return list(found.values())


Called = tuple[str, ObjectiveRow | None] | None
Rule = Callable[[PlanReading], Called]

# ---------------------------------------------------------------- gaps of a plan


def _without_baseline(reading: PlanReading) -> Called:
    for row in reading.objectives:
        for criterion in row.criteria:
            if criterion.measured and not (criterion.measured.baseline or criterion.measured.hidden):
                return f"“{criterion.measured.name}” has a target and no baseline.", row
    return None


def _without_number(reading: PlanReading) -> Called:
    for row in reading.objectives:
        if not row.figure_aim and not any(criterion.measured for criterion in row.criteria):
            return f"{reading.words.Objective} {row.number} names no figure to be reached.", row
    return None


def _all_in_summer(reading: PlanReading) -> Called:
    for row in reading.objectives:
        due = {name for name, milestones in row.terms if milestones}
        if due == {"Summer"}:
            return f"Every milestone of {reading.words.objective} {row.number} falls in the summer term.", row
    return None


def _nothing_in_autumn(reading: PlanReading) -> Called:
    for row in reading.objectives:
        due = {name for name, milestones in row.terms if milestones}
        if due and "Autumn" not in due:
            return f"{reading.words.Objective} {row.number} has no milestone in the autumn term.", row
    return None


def _one_owner(reading: PlanReading) -> Called:
    owners = Counter(action.owner for row in reading.objectives for action in row.actions if action.owner)
    of = sum(len(row.actions) for row in reading.objectives)
    owner, many = max(owners.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if of < SHARE_OF or many * 2 < of:
        return None
    return f"{owner} owns {written.number(many)} of the {written.number(of)} actions.", None


def _uncosted(reading: PlanReading) -> Called:
    return (f"{reading.uncosted}.", None) if reading.uncosted else None


def _unserved(reading: PlanReading) -> Called:
    for row in reading.priorities:
        if row.id and not row.served_by:
            return f"No objective serves the priority “{row.title}”.", None
    return None


def _heavy(reading: PlanReading) -> Called:
    many = sum(len(row.actions) for row in reading.objectives)
    return (f"The plan holds {many} actions.", None) if many > MANY_ACTIONS else None


def _no_group(reading: PlanReading) -> Called:
    said = [text for row in reading.objectives for text in (row.title, row.where_to, *(c.text for c in row.criteria))]
    if not said or any(_GROUPS.search(text) for text in said):
        return None
    return "No objective or criterion names a group of pupils.", None


def _many_objectives(reading: PlanReading) -> Called:
    many = len(reading.objectives)
    return (f"There are {reading.words.count(many)}.", None) if many > MANY_OBJECTIVES else None


def _fullest(reading: PlanReading) -> Called:
    row = max(reading.objectives, key=lambda one: len(one.actions), default=None)
    if row is None or len(row.actions) < 2:
        return None
    return f"{reading.words.Objective} {row.number} has {written.count(len(row.actions), 'action')}.", row


# ---------------------------------------------------------------- how a plan in force goes


def _marked(mark: str) -> Rule:
    def rule(reading: PlanReading) -> Called:
        for row, milestone in _rated(reading):
            if milestone.mark == mark:
                return f"{reading.words.Objective} {row.number}, {milestone.term.lower()}: rated {milestone.word}.", row
        return None

    return rule


def _all_green(reading: PlanReading) -> Called:
    marks = [milestone.mark for _, milestone in _rated(reading)]
    if len(marks) < MOST or set(marks) - {"green", "blue"}:
        return None
    return f"All {written.number(len(marks))} milestones that are rated are on track.", None


def _silent(reading: PlanReading) -> Called:
    """A milestone without a rating in a term in which others have theirs."""
    terms = {milestone.term for _, milestone in _rated(reading)}
    for row in reading.objectives:
        for name, milestones in row.terms:
            if name in terms and any(not milestone.mark for milestone in milestones):
                return (
                    f"{reading.words.Objective} {row.number}: a milestone of the {name.lower()} term has no rating.",
                    row,
                )
    return None


def _rated(reading: PlanReading) -> Iterator[tuple]:
    for row in reading.objectives:
        for _, milestones in row.terms:
            yield from ((row, milestone) for milestone in milestones if milestone.mark)


def _always(why: str) -> Rule:
    return lambda reading: (why, None)


_RULES: dict[str, list[tuple[str, Rule]]] = {
    "setting": [
        ("keep-one", _many_objectives),
        ("serves", _unserved),
        ("matters-most", _without_number),
        ("which-pupils", _no_group),
    ],
    "approving": [
        ("who-counts", _without_baseline),
        ("by-december", _all_in_summer),
        ("owner-leaves", _one_owner),
        ("what-cost", _uncosted),
        ("serves", _unserved),
        ("who-counts", _without_number),
        ("by-december", _nothing_in_autumn),
        ("workload", _heavy),
        ("groups", _no_group),
        ("most-work", _fullest),
    ],
    "reviewing": [
        ("late-or-wrong", _marked("red")),
        ("why-amber", _marked("amber")),
        ("flat", _all_green),
        ("expected", _silent),
        ("groups", _no_group),
    ],
    "end": [],
}
_ALWAYS: dict[str, list[tuple[str, Rule]]] = {
    "setting": [
        ("last-year", _always("Before new objectives are set, the old ones tell what works here.")),
        ("not-doing", _always("A plan that leaves nothing out is not a choice.")),
        ("matters-most", _always("Each objective should follow from the evidence.")),
    ],
    "approving": [
        ("brave-or-safe", _always("A target says something only beside another figure.")),
        ("without-report", _always("What shows by itself costs leaders no extra work.")),
        ("workload", _always("Whatever is begun takes time from something.")),
    ],
    "reviewing": [
        ("who-looked", _always("A second pair of eyes makes a rating surer.")),
        ("stopped", _always("Time for the plan comes from something that ended.")),
        ("help", _always("The board can clear what leaders cannot.")),
    ],
    "end": [
        ("cause", _always("Results move for many reasons; the plan is one.")),
        ("learned", _always("The next plan is better for it.")),
        ("keep", _always("What is carried forward should have earned it.")),
    ],
}
