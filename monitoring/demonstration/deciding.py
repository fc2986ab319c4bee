"""What boards do besides their meetings: who recommends, what is resolved in writing, a chair’s action, part II."""

from collections.abc import Iterator
from datetime import time, timedelta
from functools import partial

from foundation import clock
from governance import boards, deciding, kinds, meetings, part_two, resolving
from governance.chairs_action import act_for_board
from governance.models import AgendaItem, Meeting, Person
from governance.reporting import REPORTS
from monitoring.demonstration.events import AFTERNOON, EARLY, MORNING, Event
from monitoring.demonstration.people import LONG_AGO, Hall


def events(hall: Hall) -> Iterator[Event]:
    """Everything of the kind that happened in one organisation."""
    for row in hall.facts.get("scheme", []):
        yield Event(clock.local(LONG_AGO + timedelta(days=1), EARLY), partial(_say_part, hall, row))
    for row in hall.facts.get("resolutions", []):
        yield from _resolution(hall, row)
    for row in hall.facts.get("chairs_actions", []):
        yield Event(clock.local(row["taken_on"], AFTERNOON), partial(_act, hall, row))
    for meeting in hall.facts.get("meetings", []):
        for item in meeting.get("items", []):
            if item.get("part_two"):
                # After the agenda is drawn up, which history does at eleven, and before anybody reads it.
                drawn_up = meeting.get("papers_sent_on") or clock.today()
                yield Event(clock.local(drawn_up, time(11, 30)), partial(_keep_apart, hall, meeting, item))


def differences_last(hall: Hall, meeting: Meeting) -> None:
    """What came onto the agenda by itself before it was drawn up stands behind what the clerk has put on it."""
    for item in meeting.items.filter(kind=AgendaItem.Kind.DIFFERENCE).order_by("position"):
        while item.position < meeting.items.count():
            item = meetings.move_item(item, up=False, by=hall.clerk)  # noqa: PLW2901


def note_reports(hall: Hall, meeting: Meeting) -> None:
    """The meeting hears what was done since the one before."""
    for item in meeting.items.filter(kind__in=REPORTS):
        reference = f"{meeting.board.short_name} {meeting.day:%d/%m/%y} item {item.position}"
        resolved = deciding.Resolved("noted", minute_reference=reference, decided_on=meeting.day)
        kinds.of(item).decide(item, resolved=resolved, by=hall.clerk)


def _say_part(hall: Hall, row: dict) -> None:
    words = {"decision": row["decision"], "does": row["does"], "by": hall.clerk}
    boards.set_part(hall.organisation, board=hall.board_called(row["board"]), **words)


def _resolution(hall: Hall, row: dict) -> Iterator[Event]:
    """Begun by the clerk; whoever has a sign-in agrees, of the others the clerk holds a signed copy."""
    held: dict[str, Meeting] = {}

    def begin() -> None:
        words = {name: row[name].strip() for name in ("title", "resolution", "note")}
        held["meeting"] = resolving.begin_resolution(hall.board, last_day=row["last_day"], by=hall.clerk, **words)

    yield Event(clock.local(row["begun_on"], MORNING), begin)
    for number, said in enumerate(row["agreed"]):
        at = clock.local(said["on"], time(12, number))
        yield Event(at, partial(_agree, hall, held, said["name"]))


def _agree(hall: Hall, held: dict, name: str) -> None:
    item, person = resolving.item_of(held["meeting"]), hall.person(name)
    if _signs_in(person):
        resolving.agree(item, by=person.user)
    else:
        resolving.record_signature(item, person=person, by=hall.clerk)


def _signs_in(person: Person) -> bool:
    return hasattr(person, "user")


def _act(hall: Hall, row: dict) -> None:
    words = {name: row[name].strip() for name in ("what", "cannot_wait", "detriment", "consulted")}
    act_for_board(hall.board, taken_on=row["taken_on"], by=hall.user(row["by"]), **words)


def _keep_apart(hall: Hall, meeting: dict, item: dict) -> None:
    rows = AgendaItem.objects.filter(meeting__board__organisations=hall.organisation, meeting__day=meeting["date"])
    part_two.put_in_part_two(rows.get(title=item["title"]), confidential=True, by=hall.clerk)
