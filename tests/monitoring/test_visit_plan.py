"""What to visit next, and when: the weakest evidence first; weeks in term, out of tests, two weeks before a meeting."""

from datetime import date

import pytest

from monitoring.visit_plan import Evidence, out_of_term, quiet, suggest, weakest
from tests.monitoring.facts import TERMS, TODAY

THIS_YEAR = TERMS[1:]


def mondays(phase: str = "Primary", today: date = TODAY, meetings=()) -> list[date]:
    return [week.monday for week in suggest(THIS_YEAR, phase, today, meetings).weeks]


def test_the_weakest_evidence_stands_first_and_what_is_planned_last():
    seen = {"monitor": "Jo", "visited_on": date(2026, 11, 3), "visited_this_term": True, "rated": True, "sources": 3}
    rows = [
        Evidence(1, 1, "Well seen", **seen),
        Evidence(2, 2, "Off track, one source", **(seen | {"mark": "red", "sources": 1})),
        Evidence(3, 3, "Never seen", monitor="Jo"),
        Evidence(4, 4, "Planned", planned_on=date(2026, 12, 3)),
        Evidence(5, 5, "Nobody's", **(seen | {"monitor": "", "visited_this_term": False})),
    ]
    assert [(one.of.number, one.says) for one in weakest(rows)] == [
        (2, "It is off track and one source only backs its rating."),
        (3, "Nobody has visited it this year."),
        (5, "Nobody has visited it this term and nobody monitors it."),
        (1, "Well evidenced for now."),
        (4, "Nobody has visited it this year and nobody monitors it."),
    ]


def test_weeks_end_two_weeks_before_the_first_meeting_that_a_visit_can_feed():
    found = suggest(THIS_YEAR, "Primary", TODAY, [date(2026, 12, 9), date(2027, 1, 20), date(2026, 11, 3)])
    assert [week.says(TODAY) for week in found.weeks] == [
        "30 November to 4 December",
        "7 to 11 December",
        "14 to 18 December",
    ]
    assert (found.meeting, found.says) == (
        date(2027, 1, 20),
        "So that the report is ready two weeks before the meeting on 20 January.",
    )
    assert mondays(today=date(2026, 12, 1), meetings=[date(2026, 12, 25)]) == [date(2026, 12, 7)]


def test_holidays_and_half_weeks_are_left_out():
    assert mondays(today=date(2027, 2, 9)) == [date(2027, 2, 22), date(2027, 3, 1), date(2027, 3, 8)]
    assert mondays(today=date(2026, 12, 14)) == [date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)]


@pytest.mark.parametrize(
    ("phase", "today", "first", "left_out"),
    [
        ("Primary", date(2027, 5, 3), date(2027, 5, 17), "key stage 2 tests (usually the second full week of May)"),
        ("Primary", date(2027, 6, 8), date(2027, 6, 21), "the phonics screening check"),
        ("Secondary", date(2027, 5, 3), date(2027, 7, 5), "GCSE and A level examinations"),
    ],
)
def test_weeks_of_tests_are_left_out_by_phase_and_said_to_be(phase, today, first, left_out):
    found = suggest(THIS_YEAR, phase, today, [])
    assert found.weeks[0].monday == first
    assert left_out in "; ".join(found.left_out)


def test_a_phase_has_only_its_own_tests():
    assert quiet(date(2027, 5, 12), "Secondary").name == "GCSE and A level examinations"
    assert (quiet(date(2027, 6, 22), "Primary"), quiet(date(2027, 3, 3), "Secondary")) == (None, None)


def test_without_terms_it_says_who_acts():
    assert "The clerk has not entered the coming terms" in suggest([], "Primary", TODAY, []).says


def test_a_day_out_of_term():
    days = [date(2026, 11, 25), date(2026, 10, 27), date(2026, 12, 28), date(2026, 11, 28)]
    assert [out_of_term(day, THIS_YEAR) for day in days] == [False, True, True, True]
