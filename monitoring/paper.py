"""What stands in the termly report: the frozen words of a review's record.

Everything comes from the record; never from the plan or the review as they now stand, nor from the clock: the same
record gives the same paper for ever.
"""

from collections import Counter

from foundation import clock
from governance.models import Term
from monitoring import paper_around, paper_events, paper_measures, paper_objectives, records
from monitoring.duties.row import within
from monitoring.models import ReviewRecord
from monitoring.records import Blocks
from sip import written
from sip.models import Mark

ALWAYS = ("red", "amber", "green")  # counted on the first page also where there is none


def words(record: ReviewRecord) -> dict:
    """Everything that the template needs, as plain words."""
    blocks = records.blocks_of(record)
    body = blocks["review"]
    bodies = [one for name, one in blocks.items() if name.startswith("objective:")]
    than = body["before"] or "last year"
    strengths, strength = paper_around.strengths(blocks, bodies)
    objectives = [paper_objectives.words(one, body["term"], than, strengths.get(one["id"], "")) for one in bodies]
    title = f"Termly report, {body['term']} {_calendar_year(body)}"
    stage = _stage(record, body)
    return {
        "body": body,
        "title": title,
        "short": f"{paper_objectives.clipped(body['organisation'], 70)} · {title}",
        "edition": f"Board edition · Record {record.number}, {_stage_in_short(record, body)}",
        "stage": stage,
        "lead": lead(objectives, than),
        "strength": strength,
        "than": than,
        "objectives": objectives,
        "has_turns": any(one["turn"] for one in objectives),
        "facts": _facts(bodies),
        "meanings": body["meanings"],
        "changed": paper_events.changed(bodies, body),
        "attention": paper_events.attention(bodies, body["term"]),
        "late": paper_events.late(bodies),
        "unfitting": paper_events.unfitting(bodies, body),
        "measures": paper_measures.words(bodies, body["term"]),
        "questions": paper_events.questions(blocks["questions"]),
        "decisions": paper_events.decisions(blocks["decisions"]),
        "visits": paper_around.visits(blocks),
        "stopped": paper_around.stopped(blocks),
        "costs": paper_around.costs(blocks),
        "record": _record(record),
    }


def _calendar_year(body: Blocks) -> int:
    """The calendar year of the term: autumn of 2026/27 is in 2026, the other two in 2027."""
    first = int(body["year"][:4])
    return first if body["term"] == Term.Name.AUTUMN else first + 1


def _stage(record: ReviewRecord, body: Blocks) -> str:
    """On what day, and where, the review stood as it stands on this paper."""
    on = written.day(clock.in_london(record.frozen_at).date())
    if record.stage == ReviewRecord.Stage.SENT:
        return f"As sent to governors on {on} by {record.frozen_by.name}."
    received = body["received"]
    if record.stage == ReviewRecord.Stage.STANDING or received is None:
        return f"As it stood on {on}, before the meeting that receives it."
    day = written.day(written.as_day(received["on"]))
    minute = f"minute {received['minute']}" if received["minute"] else "the minute was not numbered yet"
    there = f"{written.number(received['present'])} present of {written.number(received['filled'])} with a vote"
    by = within(received["board"])
    return f"Received by the {by} on {day}, {minute}. {received['how']}, {there}.{_put_right(body)}"


def _put_right(body: Blocks) -> str:
    """When the record of the receipt was corrected, if it was; records of before say nothing of it."""
    on = body.get("corrected_on")
    return f" The record of this was put right on {written.day(written.as_day(on))}." if on else ""


def _stage_in_short(record: ReviewRecord, body: Blocks) -> str:
    if record.stage == ReviewRecord.Stage.RECEIVED and body["received"]:
        return f"received on {written.day(written.as_day(body['received']['on']))}"
    stands = "sent" if record.stage == ReviewRecord.Stage.SENT else "as it stood"
    return f"{stands} on {written.day(clock.in_london(record.frozen_at).date())}"


def lead(objectives: list[dict], than: str) -> str:
    """The report in two sentences: how leaders rate the objectives, which way they go, and who sees it differently."""
    many, marks = len(objectives), Counter(one["mark"] for one in objectives)
    called = [f"{written.number(marks[mark])} {mark.label}" for mark in Mark if marks[mark] and mark != Mark.GREY]
    if marks[""] == many:
        due = any(not one["nothing_due"] for one in objectives)
        return "Leaders have rated nothing that is due." if due else "Nothing is due yet, so nothing is rated."
    if marks[Mark.GREY] == many:
        sentence = "Leaders cannot say yet how it goes."
    elif len(called) == 1 and not marks[""] and not marks[Mark.GREY]:
        which = {1: "the one objective", 2: "both objectives"}.get(many, f"all {written.number(many)} objectives")
        sentence = f"Leaders call {which} {objectives[0]['word']}."
    else:
        sentence = f"Of {written.number(many)} objectives {_called(called, marks)}."
    return " ".join(part for part in (sentence, _turned(objectives, than), _seen(objectives)) if part)


def _called(called: list[str], marks: Counter) -> str:
    """ "leaders call one off track and two at risk; of one they cannot say; one is not rated"."""
    parts = [f"leaders call {written.listed(called)}"] if called else []
    if grey := marks[Mark.GREY]:
        of = f"of {written.number(grey)}"
        parts.append(f"{of} they cannot say" if called else f"leaders cannot say {of}")
    if unrated := marks[""]:
        parts.append(f"{written.number(unrated)} {'is' if unrated == 1 else 'are'} not rated")
    return "; ".join(parts)


def _turned(objectives: list[dict], than: str) -> str:
    turns = Counter(one["direction"] for one in objectives if one["direction"])
    if not turns:
        return ""
    if len(objectives) == 1:
        return f"It goes {objectives[0]['turn']}."
    if not turns["better"] and not turns["worse"]:
        return f"None has changed since {than}."
    parts = []
    for name in ("better", "worse"):
        if many := turns[name]:
            parts.append(f"{written.number(many)} {'goes' if many == 1 else 'go'} {name}")
    return f"Since {than} {written.listed(parts)}."


def _seen(objectives: list[dict]) -> str:
    differ = sum(bool(one["view"] and one["view"]["differs"]) for one in objectives)
    if not differ:
        return ""
    if len(objectives) == 1:
        return "The monitor sees it differently."
    return f"{'A monitor sees' if differ == 1 else 'Monitors see'} {written.number(differ)} of them differently."


def _facts(bodies: list[dict]) -> list[tuple[str, str, str]]:
    """What is counted on the first page: a mark or nothing, the words, the figure."""
    marks = Counter(row["mark"] for one in bodies for row in one["milestones"])
    due = sum(marks.values())
    total = sum(one["actions"]["total"] for one in bodies)
    done = sum(len(one["actions"]["done"]) for one in bodies)
    facts = [("", "Milestones due", str(due))]
    for mark in Mark:
        if marks[mark] or (mark in ALWAYS and due):
            facts.append((str(mark), written.sentence(mark.label), str(marks[mark])))
    if marks[""]:
        facts.append(("silent", "Not rated", str(marks[""])))
    return [*facts, ("", "Actions done", f"{done} of {total}" if total else "0")]


def _record(record: ReviewRecord) -> dict:
    frozen_at = clock.in_london(record.frozen_at)
    return {
        "number": record.number,
        "stage": record.get_stage_display(),
        "at": f"{written.day(frozen_at.date())} at {frozen_at:%H:%M}",
        "by": record.frozen_by.name,
        "hash": record.hash,
        "format": record.record["format"],
    }
