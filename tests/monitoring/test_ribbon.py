"""The year as a ribbon: every dot has its place, none touches another, and today holds the two bars."""

from datetime import date, timedelta

import pytest

from monitoring import cycle
from monitoring.ribbon import BOTTOM, LEFT, RIGHT, TOP, ribbon
from tests.monitoring import facts as make
from tests.monitoring.facts import TERMS
from tests.monitoring.test_cycle import a_year

DAYS = [date(2026, 9, 1) + timedelta(days=ahead) for ahead in range(0, 365, 3)]


def drawn(today: date):
    facts = a_year(today)
    return ribbon(2026, today, facts.terms, cycle.steps(facts))


@pytest.mark.parametrize("today", DAYS)
def test_on_no_day_do_two_dots_touch_or_leave_the_picture(today):
    picture = drawn(today)
    for height in (TOP, BOTTOM):
        places = [dot.x for dot in picture.dots if dot.y == height]
        assert places == sorted(places)
        assert all(second - first >= 18 for first, second in zip(places, places[1:], strict=False))
        assert all(LEFT <= place <= RIGHT + 8 for place in places)
    assert LEFT <= picture.held <= picture.today <= RIGHT


@pytest.mark.parametrize("today", DAYS)
def test_what_is_done_lies_behind_today_and_the_rest_ahead(today):
    picture = drawn(today)
    for dot in picture.dots:
        assert (dot.x <= picture.today) == (dot.state == "done"), dot


def test_one_day_is_one_dot_that_looks_like_what_presses_most():
    picture = drawn(date(2026, 12, 1))
    on = [dot for dot in picture.dots if dot.on == date(2026, 12, 9)]
    assert [(dot.state, dot.says) for dot in on] == [
        ("now", "9 December: Governing board meets; 9 December: Receive the autumn review")
    ]
    assert not [dot for dot in picture.dots if "Papers" in dot.says]


def test_the_terms_stand_beneath_with_a_line_between_them():
    picture = drawn(date(2026, 11, 24))
    assert [name for _, name in picture.terms] == ["Autumn", "Spring", "Summer"]
    assert picture.lines == [x - 5 for x, _ in picture.terms[1:]]
    assert picture.title == (
        "The year 2026/27 as a ribbon: the board’s steps above, the leaders’ below. Today is 24 November, in the autumn"
        " term. The list below says the same."
    )


@pytest.mark.parametrize(
    ("today", "anchor"),
    [(date(2026, 9, 1), "start"), (date(2026, 11, 24), "middle"), (date(2027, 8, 30), "end")],
)
def test_the_words_of_today_stay_in_the_picture(today, anchor):
    assert ribbon(2026, today, TERMS, []).anchor == anchor


def test_without_terms_or_steps_there_is_still_a_year():
    picture = ribbon(2026, make.TODAY, (), [])
    assert (picture.dots, picture.terms, picture.lines) == ([], [], [])
