"""Where we are in the year, and the year's dated steps."""

from dataclasses import replace
from datetime import date

import pytest

from monitoring import cycle, overview
from tests.monitoring import facts as make
from tests.monitoring.facts import CHAIR, TERMS


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 1), "It is the first week of the autumn term"),
        (date(2026, 9, 6), "It is the first week of the autumn term"),
        (date(2026, 9, 7), "It is the second week of the autumn term"),
        (date(2026, 10, 25), "It is the eighth week of the autumn term"),
        (date(2026, 10, 28), "It is the half-term holiday of the autumn term"),
        (date(2026, 11, 2), "It is the ninth week of the autumn term"),
        (date(2026, 11, 24), "It is the twelfth week of the autumn term"),
        (date(2026, 12, 18), "It is the fifteenth week of the autumn term"),
        (date(2026, 12, 24), "The spring term begins on Monday 4 January"),
        (date(2027, 7, 22), ""),
    ],
)
def test_where_a_day_lies_in_the_year(today, expected):
    assert cycle.where_we_are(today, TERMS) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 2), ("the board meets in", "8 days", ", on Wednesday 2 December.")),
        (date(2026, 11, 25), ("the board meets", "tomorrow", ", at 18:00.")),
        (date(2026, 11, 24), ("the board meets", "today", ", at 18:00.")),
    ],
)
def test_the_head_says_when_the_board_meets(day, expected):
    said = overview.where(make.facts(CHAIR, meetings=[make.meeting(day, CHAIR)]))
    assert said == (f"It is the twelfth week of the autumn term; {expected[0]}", *expected[1:])


def test_the_head_names_the_day_where_no_terms_are_known():
    assert overview.where(make.facts(terms=())) == ("It is Tuesday 24 November.", "", "")


def said(facts, state=None):
    return [(step.label, step.words) for step in cycle.steps(facts) if state in (None, step.state)]


def test_a_plan_that_is_with_the_board_after_half_term_is_late_and_says_when_it_is_decided():
    plan = make.plan("with the board", CHAIR, agreed_on=date(2026, 7, 8), decision_on=date(2026, 12, 2))
    meeting = make.meeting(date(2026, 12, 2), CHAIR, make.item(), papers_sent_on=date(2026, 11, 24))
    facts = make.facts(CHAIR, plans=[plan], meetings=[meeting])
    assert said(facts, "done") == [
        ("Agree the objectives", "board, 8 July"),
        ("Autumn term begins", "1 September"),
        ("Put the plan before the board", "leaders, 17 November"),
        ("Papers for 2 December", "out on 24 November"),
    ]
    assert said(facts, "late") == [
        ("Decide on the plan", "late: usual by 26 October, board; planned for 2 December"),
    ]
    assert said(facts, "now") == [("Governing board meets", "2 December, one item")]
    assert said(facts, "ahead") == [
        ("Autumn term ends", "18 December"),
        ("Spring term begins", "4 January"),
        ("Spring term ends", "25 March"),
        ("Summer term begins", "12 April"),
        ("Summer term ends", "21 July"),
        ("Agree next year’s objectives", "board, by 21 July"),
    ]


def test_an_approved_plan_is_done():
    plan = make.plan("approved", CHAIR, agreed_on=date(2026, 7, 8), approved_on=date(2026, 10, 14))
    facts = make.facts(CHAIR, plans=[plan])
    assert ("Decide on the plan", "board, 14 October") in said(facts, "done")
    assert said(facts, "late") == []


def test_before_half_term_nothing_is_late():
    facts = make.facts(CHAIR, plans=[make.plan("drafting", CHAIR, submitted_on=None)], today=date(2026, 9, 21))
    assert said(facts, "late") == []
    assert ("Decide on the plan", "board, by 26 October") in said(facts)
    assert ("Put the plan before the board", "leaders, by 26 October") in said(facts)


def test_a_plan_that_nobody_has_begun_is_late_at_each_step():
    assert said(make.facts(CHAIR, plans=[]), "late") == [
        ("Agree the objectives", "late: usual by 21 July, board"),
        ("Decide on the plan", "late: usual by 26 October, board"),
        ("Put the plan before the board", "late: usual by 26 October, leaders"),
    ]


def test_a_trust_has_until_half_term_for_objectives_and_until_the_end_of_term_for_the_plan():
    facts = make.facts(CHAIR, plans=[], is_trust=True)
    assert said(facts, "late") == [("Agree the objectives", "late: usual by 26 October, board")]
    assert ("Decide on the plan", "board, by 18 December") in said(facts)


def test_papers_and_meetings_that_are_late_say_so():
    held = make.meeting(date(2026, 11, 18), CHAIR, papers_sent_on=date(2026, 11, 9))
    coming = make.meeting(date(2026, 12, 2), CHAIR)
    facts = make.facts(CHAIR, meetings=[held, coming], today=date(2026, 11, 25))
    assert said(facts, "late") == [
        ("Governing board meets", "late: what was decided on 18 November is not recorded, clerk"),
        ("Papers for 2 December", "late: were due 24 November, clerk"),
    ]
    late_out = make.facts(
        CHAIR, meetings=[replace(coming, papers_sent_on=date(2026, 11, 25))], today=date(2026, 11, 26)
    )
    assert ("Papers for 2 December", "out on 25 November, later than the notice asks for") in said(late_out, "done")


def test_committees_and_other_years_are_left_out():
    meetings = [
        make.meeting(date(2026, 12, 2), CHAIR, is_full=False, board_name="Standards committee"),
        make.meeting(date(2026, 7, 8), CHAIR, state="held"),
    ]
    assert [label for label, _ in said(make.facts(CHAIR, meetings=meetings)) if "meets" in label] == []


def test_without_terms_the_year_has_what_is_known():
    facts = make.facts(CHAIR, plans=[make.plan("drafting", CHAIR)], terms=())
    assert said(facts) == [
        ("Agree the objectives", "board"),
        ("Decide on the plan", "board"),
        ("Put the plan before the board", "leaders"),
    ]


def test_the_page_folds_what_is_done_and_what_is_far():
    plan = make.plan("approved", CHAIR, agreed_on=date(2026, 7, 8), approved_on=date(2026, 10, 14))
    facts = make.facts(CHAIR, plans=[plan])
    year = overview.year(facts, cycle.steps(facts))
    assert year.done_words == "Four steps done, the last on 17 November"
    assert [step.label for step in year.near] == [
        "Autumn term ends",
        "Spring term begins",
        "Spring term ends",
        "Summer term begins",
        "Summer term ends",
    ]
    assert year.later_words == "One more until July"
