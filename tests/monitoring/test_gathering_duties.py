"""What the evidence for next year's objectives asks of each person, and where it stands in the year."""

from datetime import date

import pytest

from governance.permissions import Part
from monitoring import cycle
from monitoring.duties.gathering import gathering
from monitoring.facts import Thing
from tests.monitoring import facts as make
from tests.monitoring.facts import ADOPTED, CHAIR, CLERK, DEPUTY, GOVERNOR, HEAD, STAFF

MAY, JUNE = date(2027, 5, 10), date(2027, 6, 8)


def pack(*, wanted: int = 3, discussed: date | None = None, on: date | None = None, year: int = 2027) -> Thing:
    return Thing("evidence", 7, "", who_id=year, other_id=wanted or None, day=discussed, due=on)


def school(parts, *things, today=MAY, **words):
    return make.facts(parts, today=today, things=(ADOPTED, *things), **words)


def rows(facts) -> list[tuple]:
    return [(row.title, row.when, row.to) for row in gathering(facts)]


def steps(facts) -> list[tuple]:
    found = cycle.steps(facts)
    return [(step.label, step.side, step.state, step.words) for step in found if "evidence" in step.label]


def test_from_the_summer_term_on_the_head_begins_it():
    assert rows(school(HEAD, today=date(2027, 4, 11))) == []
    assert rows(school(HEAD)) == [
        ("Begin the evidence for 2027/28", "By Tuesday 29 June", ("evidence_begin", "ashdown"))
    ]


@pytest.mark.parametrize("parts", [DEPUTY, GOVERNOR, STAFF, CHAIR, CLERK])
def test_nobody_else_is_asked_to_begin_it(parts):
    assert rows(school(parts)) == []


def test_what_is_missing_is_the_heads_until_it_is_there():
    assert rows(school(HEAD, pack())) == [("Gather the evidence for 2027/28", "By Tuesday 29 June", ("evidence", 7))]
    assert rows(school(HEAD, pack(wanted=0))) == []


def test_it_is_due_with_the_papers_of_its_meeting():
    meeting = make.meeting(date(2027, 6, 16), HEAD)
    found = rows(school(HEAD, pack(on=date(2027, 6, 16)), today=JUNE, meetings=[meeting]))
    assert found == [("Gather the evidence for 2027/28", "Today", ("evidence", 7))]


@pytest.mark.parametrize("parts", [CHAIR, CLERK])
def test_chair_and_clerk_put_it_on_an_agenda(parts):
    assert rows(school(parts, pack())) == [
        ("Put the evidence for 2027/28 on an agenda", "By Wednesday 7 July", ("put_evidence", 7))
    ]
    assert rows(school(parts, pack(on=date(2027, 6, 16)))) == []
    assert rows(school(parts, pack(discussed=date(2027, 5, 5)))) == []


def test_once_the_objectives_are_agreed_nobody_is_asked():
    agreed = make.plan("drafting", HEAD, year=2027)
    assert rows(school(HEAD, pack(), plans=[agreed])) == []
    assert rows(school(HEAD | CLERK, plans=[agreed])) == []


def test_the_year_shows_both_steps_to_whom_they_concern():
    assert steps(school(HEAD, today=make.TODAY)) == [
        ("Gather the evidence for 2027/28", "leaders", "ahead", "leaders, by 29 June"),
        ("Meet on the evidence for 2027/28", "board", "ahead", "board and leaders, by 7 July"),
    ]
    for parts in (STAFF, frozenset({Part.ADVISER}), frozenset({Part.INSPECTOR})):
        assert steps(school(parts, pack(), today=make.TODAY)) == []


def test_the_steps_are_done_planned_or_late():
    done = pack(wanted=0, discussed=date(2027, 6, 2))
    assert steps(school(HEAD, done, today=JUNE)) == [
        ("Meet on the evidence for 2027/28", "board", "done", "board and leaders, 2 June"),
        ("Gather the evidence for 2027/28", "leaders", "done", "leaders"),
    ]
    planned = steps(school(HEAD, pack(on=date(2027, 6, 16)), today=JUNE))
    assert planned[0] == ("Meet on the evidence for 2027/28", "board", "next", "board and leaders, 16 June")
    late = steps(school(HEAD, pack(), today=date(2027, 7, 10)))
    assert [(label, state) for label, _, state, _ in late] == [
        ("Gather the evidence for 2027/28", "late"),
        ("Meet on the evidence for 2027/28", "late"),
    ]
