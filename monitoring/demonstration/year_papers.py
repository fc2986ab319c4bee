"""The papers of the year that a school of the demonstration had made: of visits, of a committee, of the whole year."""

from collections.abc import Iterator
from datetime import time

from foundation import clock
from governance.models import Meeting
from monitoring import papers
from monitoring.demonstration.events import Event, plan_of
from monitoring.demonstration.people import Hall
from monitoring.models import FrozenPaper, Visit

_EVENING = time(21)


def events(hall: Hall) -> Iterator[Event]:
    """Each in the organisation's file under "year_papers"."""
    for row in hall.facts.get("year_papers", []):
        make = _MAKES.get(row["kind"], _of_the_year)
        yield Event(clock.local(row["on"], _EVENING), lambda row=row, make=make: make(hall, row))


def _of_visits(hall: Hall, row: dict) -> None:
    """Of every report that is before the board and not printed yet."""
    plan = plan_of(hall, row["plan"])
    for visit in Visit.objects.filter(plan=plan, state=Visit.State.SHARED, papers=None):
        papers.ask_for(FrozenPaper.Kind.VISIT, plan=plan, visit=visit, by=hall.clerk)


def _of_committee(hall: Hall, row: dict) -> None:
    board = hall.board_called(row["board"])
    meeting = Meeting.objects.get(board=board, day=row["meeting"])
    papers.ask_for(row["kind"], plan=plan_of(hall, row["plan"]), board=board, meeting=meeting, by=hall.clerk)


def _of_the_year(hall: Hall, row: dict) -> None:
    papers.ask_for(row["kind"], plan=plan_of(hall, row["plan"]), by=hall.clerk)


_MAKES = {FrozenPaper.Kind.VISIT: _of_visits, FrozenPaper.Kind.COMMITTEE: _of_committee}
