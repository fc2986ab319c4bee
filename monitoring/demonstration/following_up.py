"""What meetings of the demonstration gave people to do, what was asked at their items, and from when the board has the
review of the plan and the monitoring of progress standing on its agendas."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from foundation import clock
from governance import boards, follow_ups, meetings
from governance.models import AgendaItem, FollowUp, Meeting, User
from monitoring.demonstration.events import AFTERNOON, LATE, NOON, Event
from monitoring.demonstration.people import Hall
from sip import asked_at, asking
from sip.models import Question


def events(hall: Hall) -> Iterator[Event]:
    """Everything of that kind in one organisation, in no order."""
    for facts in hall.facts.get("meetings", []):
        at = clock.local(facts["date"], time.fromisoformat(facts["time"])) + timedelta(minutes=50)
        for row in facts.get("follow_ups", []):
            yield from _follow_up(hall, facts, row, at)
        for row in facts.get("asked", []):
            yield from _question(hall, facts, row, at)
    if "standing_from" in hall.facts:
        yield Event(clock.local(hall.facts["standing_from"], NOON), partial(_stand, hall))


def _item(hall: Hall, facts: dict, row: dict) -> AgendaItem:
    meeting = Meeting.objects.get(board=hall.board_called(facts["board"]), day=facts["date"])
    return meeting.items.get(position=row["item"])


def _follow_up(hall: Hall, facts: dict, row: dict, at: datetime) -> Iterator[Event]:
    held: dict[str, FollowUp] = {}

    def given() -> None:
        words = {"text": row["text"], "owner": hall.person(row["owner"]), "due_on": row["due"]}
        held["made"] = follow_ups.record_follow_up(_item(hall, facts, row), by=hall.clerk, **words)

    def done() -> None:
        by = getattr(held["made"].owner, "user", None) or hall.clerk
        follow_ups.finish_follow_up(held["made"], note=row.get("note", ""), by=by)

    yield Event(at, given)
    if row.get("done"):
        yield Event(clock.local(row["done"], AFTERNOON), done)


def _question(hall: Hall, facts: dict, row: dict, at: datetime) -> Iterator[Event]:
    held: dict[str, Question] = {}

    def asked() -> None:
        item = _item(hall, facts, row)
        objective = asked_at.plan_at(item).objectives.order_by("position")[row["objective"] - 1]
        words = {"asker": hall.person(row["by"]), "to": hall.person(row["to"]), "objective": objective}
        words |= {"text": row["text"], "answer": row.get("answer", "")}
        held["question"] = asked_at.record_question(item, by=hall.clerk, **words)

    yield Event(at, asked)
    if row.get("told"):
        told = partial(_tell, held, row["told"], hall.user(row["to"]))
        yield Event(clock.local(row["told_on"], AFTERNOON), told)
    if row.get("closed_on"):
        closed = partial(_close, held, hall.user(row["closed_by"]))
        yield Event(clock.local(row["closed_on"], LATE), closed)


def _tell(held: dict[str, Question], text: str, by: User) -> None:
    asking.answer(held["question"], text=text, by=by)


def _close(held: dict[str, Question], by: User) -> None:
    asking.close_question(held["question"], by=by)


def _stand(hall: Hall) -> None:
    """The clerk ticks both on the page of the board. On the next agenda progress comes before the last of its items."""
    board = hall.board
    board.refresh_from_db()
    names = ("name", "short_name", "quorum", "quorum_number", "governors_in_majority", "notice_days")
    words = {name: getattr(board, name) for name in names}
    boards.change_board(board, **words, stands_review=True, stands_monitoring=True, by=hall.clerk)
    for item in AgendaItem.objects.filter(meeting__board=board, kind=AgendaItem.Kind.MONITORING, state="waiting"):
        meetings.move_item(item, up=True, by=hall.clerk)
