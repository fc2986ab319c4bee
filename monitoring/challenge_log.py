"""The challenge log of a plan: what the board asked, what it was told, how long that took, and what followed.

What governors ask and how it is tracked to its end is evidence of how a school is governed. An entry is plain values,
so that the page and the frozen paper say the same. What followed is what came after on the same objective, or at the
item at which it was asked: the log puts them beside each other, and claims no cause.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from foundation import clock
from governance.models import Seat
from governance.wording import number
from monitoring import followed, records_around
from sip import asking, written
from sip.models import Answer, AskedAgain, Objective, Plan, Question

STATES = {
    "all": "all",
    "waiting": "waiting for an answer",
    "answered": "answered",
    "closed": "closed",
    "again": "asked again",
    "notes": "notes",
}
_MOST_FOLLOWED = 5


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the log: a term of the plan's year, an objective, a state. Empty: all."""

    term: str = ""
    objective: int | None = None
    state: str = "all"

    @property
    def address(self) -> str:
        """What stands in an address to look for the same."""
        words = {"term": self.term, "objective": self.objective or "", "state": self.state}
        return urlencode({name: word for name, word in words.items() if word not in ("", "all")})

    @property
    def is_narrowed(self) -> bool:
        return bool(self.address)


def wanted(words: Mapping[str, str], plan: Plan, objectives: list[Objective]) -> Wanted:
    """What the address asks for; what is not there is asked for by nobody."""
    term, state, number_ = words.get("term", ""), words.get("state", ""), words.get("objective", "")
    keys = {str(one.pk): one.pk for one in objectives}
    return Wanted(
        term=term if term in terms_of(plan) else "",
        objective=keys.get(number_),
        state=state if state in STATES else "all",
    )


def choices(plan: Plan, objectives: list[Objective]) -> dict:
    """The terms, objectives and states by which the log can be narrowed, each as (value, words)."""
    return {
        "terms": [(term, term.capitalize()) for term in terms_of(plan)],
        "objectives": [(one.pk, f"{place}. {one.title}") for place, one in enumerate(objectives, start=1)],
        "states": [(name, written.sentence(words_)) for name, words_ in STATES.items()],
    }


def found(questions: QuerySet, plan: Plan, wanted: Wanted) -> QuerySet:
    """Those of a plan's questions, the first asked first."""
    rows = questions.filter(plan=plan)
    if wanted.objective:
        rows = rows.filter(objective=wanted.objective)
    if days := _days_of(plan, wanted.term):
        rows = rows.filter(asked_at__gte=clock.local(days[0], time.min), asked_at__lt=clock.local(days[1], time.min))
    return rows.filter(_in_state(wanted.state)).order_by("asked_at", "pk").distinct()


def _in_state(state: str) -> Q:
    asked = Question.State.ASKED
    return {
        "waiting": Q(state=asked, needs_answer=True),
        "answered": Q(state=Question.State.ANSWERED),
        "closed": Q(state=Question.State.CLOSED),
        "again": Q(asked_again__isnull=False),
        "notes": Q(state=asked, needs_answer=False),
    }.get(state, Q())


def terms_of(plan: Plan) -> list[str]:
    """The terms of the plan's year by which the log can be narrowed."""
    return [str(term.name) for term in sorted(plan.organisation.terms_of(plan.year), key=lambda term: term.starts)]


def _days_of(plan: Plan, term: str) -> tuple[date, date] | None:
    """From the first day of a term to that of the next, which is not of it: what is asked in the holidays belongs to
    the term before. The autumn also takes what was asked before the year began, the summer what came after it."""
    terms = sorted(plan.organisation.terms_of(plan.year), key=lambda one: one.starts)
    place = next((place for place, one in enumerate(terms) if one.name == term), None)
    if place is None:
        return None
    first = date(plan.year - 1, 1, 1) if place == 0 else terms[place].starts
    last = terms[place + 1].starts if place + 1 < len(terms) else date(plan.year + 2, 12, 31)
    return first, last


def open_ones(plan: Plan) -> QuerySet:
    """The questions of a plan that everybody who reads it may read: what may be printed."""
    return records_around.open_to_all(Question.objects.filter(plan=plan))


# ---------------------------------------------------------------- the entries


def entries(plan: Plan, questions: Iterable[Question]) -> list[dict]:
    """Each question as plain values: days are ISO words, people are names. As many queries for many as for few."""
    rows, holidays = list(questions), asking.holidays(plan)
    told, seats, after = _turns(rows), _seats(plan, rows), followed.after(plan)
    numbers = {one: place for place, one in enumerate(plan.objectives.values_list("pk", flat=True), start=1)}
    return [
        _entry(row, told[row.pk], seats, holidays)
        | {"number": numbers.get(row.objective_id), "followed": _followed(row, after)}
        for row in rows
    ]


def with_names(questions: QuerySet) -> QuerySet:
    """The rows with the people and things that an entry names, in one query."""
    return questions.select_related("asked_by", "to", "objective", "closed_by", "asked_in__meeting__board")


def _turns(rows: list[Question]) -> dict[int, list]:
    """What was told and asked again, by question, in the order of time. Two queries."""
    found, keys = defaultdict(list), [row.pk for row in rows]
    for model in (Answer, AskedAgain):
        for turn in model.objects.filter(question__in=keys).select_related("by"):
            found[turn.question_id].append(turn)
    for turns in found.values():
        turns.sort(key=lambda turn: (turn.at, turn.pk))
    return found


def _seats(plan: Plan, rows: list[Question]) -> dict[int, list[Seat]]:
    """The seats of whoever asked, by person: on the board that decides and on those of the school."""
    people = {row.asked_by_id for row in rows}
    here = Q(board=plan.deciding_board_id) | Q(board__organisations=plan.organisation_id)
    found = defaultdict(list)
    for seat in Seat.objects.filter(here, person__in=people).select_related("board").order_by("pk").distinct():
        found[seat.person_id].append(seat)
    return found


def _asked_as(seats: list[Seat], on: date) -> str:
    """As what somebody asked: their seat of that day, the deciding board's first; empty where they held none."""
    held = [seat for seat in seats if seat.first_day <= on and (seat.last_day is None or on <= seat.last_day)]
    return next((seat.in_words for seat in held), "")


def _entry(row: Question, turns: list, seats: dict[int, list[Seat]], holidays: list) -> dict:
    asked, ended = _day(row.asked_at), _day(row.closed_at)
    told = [_day(turn.at) for turn in turns if turn.is_told]
    return {
        "id": row.pk,
        "text": row.text,
        "asked_by": row.asked_by.name,
        "asked_as": _asked_as(seats[row.asked_by_id], asked),
        "asked_on": asked.isoformat(),
        "asked_in": _meeting(row),
        "about": row.about,
        "objective_id": row.objective_id,
        "objective": row.objective.title if row.objective else "",
        "needs_answer": row.needs_answer,
        "state": row.state,
        "to": row.to.name if row.to else "",
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "turns": [
            {"told": turn.is_told, "text": turn.text, "by": turn.by.name, "on": _day(turn.at).isoformat()}
            for turn in turns
        ],
        "days_to_answer": asking.school_days_between(asked, told[0], holidays) if told else None,
        "days_to_close": asking.school_days_between(asked, ended, holidays) if ended else None,
        "closed_by": row.closed_by.name if row.closed_by else "",
        "closed_on": ended.isoformat() if ended else None,
    }


def _meeting(row: Question) -> str:
    if row.asked_in is None or row.asked_in.is_confidential:
        return ""
    meeting = row.asked_in.meeting
    return f"{meeting.board.name}, {written.day(meeting.day)}"


def _followed(row: Question, after: followed.After) -> list[dict]:
    """What came after on the same objective (of a question on the whole plan: on the plan), the first first."""
    asked = _day(row.asked_at)
    rows = [one for one in after.of(row.objective_id, row.action_id, row.asked_in_id) if one["on"] >= asked.isoformat()]
    return rows[:_MOST_FOLLOWED]


def _day(at: datetime | None) -> date | None:
    return clock.in_london(at).date() if at else None


# ---------------------------------------------------------------- in words


def words(entry: dict) -> dict:
    """An entry as page and paper write it."""
    who = f"{entry['asked_by']}, {entry['asked_as']}" if entry["asked_as"] else entry["asked_by"]
    on = entry["objective"] or entry["about"] or "The plan as a whole"
    return entry | {
        "who": who,
        "asked": written.day(written.as_day(entry["asked_on"])),
        "on": on,
        "part": entry["about"]
        if entry["about"] and entry["about"] != entry["objective"] and entry["objective"]
        else "",
        "turns": [turn | {"on": written.day(written.as_day(turn["on"]))} for turn in entry["turns"]],
        "stands": _stands(entry),
        "took": took(entry),
        "followed": [one | {"on": written.day(written.as_day(one["on"]))} for one in entry["followed"]],
    }


def _stands(entry: dict) -> str:
    """ "Closed by Joan Cole on 3 December 2026", "Waiting for an answer by 4 December 2026"."""
    if entry["state"] == Question.State.CLOSED:
        by = f" by {entry['closed_by']}" if entry["closed_by"] else ""
        return f"Closed{by} on {written.day(written.as_day(entry['closed_on']))}" if entry["closed_on"] else "Closed"
    if entry["state"] == Question.State.ANSWERED:
        return "Answered; the board has not closed it yet"
    if not entry["needs_answer"]:
        return "A note, which needs no answer"
    again = "Asked again; waiting" if any(not turn["told"] for turn in entry["turns"]) else "Waiting"
    whom = f" from {entry['to']}" if entry["to"] else ""
    return f"{again} for an answer{whom} by {written.day(written.as_day(entry['due_on']))}"


def took(entry: dict) -> str:
    """ "Answered in four school days, closed after nine"; empty where nothing is answered."""
    said = []
    if entry["days_to_answer"] is not None:
        said.append(f"answered {_after(entry['days_to_answer'], 'in')}")
    if entry["days_to_close"] is not None:
        said.append(f"closed {_after(entry['days_to_close'], 'after')}")
    return written.sentence(", ".join(said))


def _after(days: int, join: str) -> str:
    if not days:
        return "the same day" if join == "in" else "on the day it was asked"
    return f"{join} {number(days)} school day{'' if days == 1 else 's'}"


def in_short(entries_: list[dict]) -> str:
    """The log in a sentence: how many were asked, answered, closed, asked again, and how long an answer took."""
    asked = [one for one in entries_ if one["needs_answer"] or one["turns"]]
    if not asked:
        return "The board has asked no question yet."
    closed = sum(one["state"] == Question.State.CLOSED for one in asked)
    again = sum(any(not turn["told"] for turn in one["turns"]) for one in asked)
    days = sorted(one["days_to_answer"] for one in asked if one["days_to_answer"] is not None)
    answered, closed, again = (number(many) if many else "none" for many in (len(days), closed, again))
    said = f"{written.count(len(asked), 'question').capitalize()} asked, {answered} answered, "
    said += f"{closed} closed by the board, {again} asked again."
    if not days:
        return said
    middle = days[len(days) // 2]
    within = f"within {number(middle)} school day{'' if middle == 1 else 's'}" if middle else "on the same day"
    return f"{said} Half of the answers came {within}."
