"""What an amendment under way asks of each person at home."""

from datetime import date

import pytest

from monitoring.duties.amending import amending
from monitoring.facts import Thing
from tests.monitoring import facts as make
from tests.monitoring.facts import CHAIR, CLERK, DEPUTY, GOVERNOR, HEAD, STAFF


def amendment(state: str = "with the board", *, on: date | None = None) -> Thing:
    day = date(2026, 11, 19) if state == "with the board" else None
    return Thing("amendment", 3, "", who_id=1, about=5, day=day, due=on, state=state)


def rows(parts, thing: Thing, **words) -> list[tuple]:
    facts = make.facts(parts, things=(thing,), **words)
    return [(row.title, row.why, row.to) for row in amending(facts)]


@pytest.mark.parametrize("parts", [HEAD, DEPUTY])
def test_leaders_finish_what_they_draft(parts):
    why = "Nothing of the plan changes until it is made, or put before the board."
    assert rows(parts, amendment("drafting")) == [("Finish amendment 1 to the plan", why, ("amendment", 3))]
    assert rows(parts, amendment()) == []


@pytest.mark.parametrize("parts", [CLERK, CHAIR])
def test_clerk_and_chair_put_it_on_an_agenda(parts):
    meetings = [make.meeting(date(2026, 12, 9), parts)]
    why = "It is with the board since 19 November, and no meeting has it yet."
    expected = [("Put amendment 1 to the plan on an agenda", why, ("put_amendment", 3))]
    assert rows(parts, amendment(), meetings=meetings) == expected


def test_governors_read_it_before_the_meeting():
    why = "It is with the board since 19 November. The plan stays as it is until the board decides."
    expected = [("Read amendment 1 to the plan before the meeting", why, ("amendment", 3))]
    assert rows(GOVERNOR, amendment(on=date(2026, 12, 9))) == expected
    assert rows(GOVERNOR | HEAD, amendment(on=date(2026, 12, 9))) == []


@pytest.mark.parametrize("parts", [STAFF, CLERK])
def test_others_are_asked_for_nothing(parts):
    assert rows(parts, amendment(on=date(2026, 12, 9))) == []
