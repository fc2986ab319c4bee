"""How each objective goes, in one line."""

from dataclasses import replace
from datetime import date

import pytest

from monitoring import overview
from monitoring.going import Going, going
from tests.monitoring import facts as make
from tests.monitoring.facts import CHAIR


def plan(*reviews, **words):
    objectives = (make.objective(1), make.objective(2))
    given = {"objectives": objectives, "approved_on": date(2026, 10, 14), "reviews": reviews} | words
    return make.plan("approved", CHAIR, **given)


def goes(*reviews, others=(), **words):
    of = plan(*reviews, **words)
    facts = make.facts(CHAIR, plans=[*others, of])
    return going(facts, of, 11)


def said(mark="", term="autumn", **words):
    given = {"due": 1, "rated": 1 if mark else 0, "mark": mark} | words
    return make.review("with governors", term, objectives=(make.rated(11, **given),))


def test_before_a_review_is_sent_the_line_is_as_it_was():
    assert goes() is None
    assert goes(make.review()) is None
    facts = make.facts(CHAIR, plans=[plan(make.review())])
    assert (overview.term_of_lines(facts), overview.home(facts).lines_show) == (
        "",
        "The objectives with leads and aims",
    )


def test_a_review_that_this_person_may_not_read_shows_nothing():
    assert goes(replace(said("red"), reads=False)) is None


def test_a_first_rating_has_no_direction():
    assert goes(said("green")) == Going("green", "on track", note="first rating")


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [("amber", "green", "better"), ("green", "green", "same"), ("green", "red", "worse"), ("grey", "red", "")],
)
def test_a_rating_says_which_way_it_goes(before, now, direction):
    found = goes(said(before), said(now, "spring"))
    assert (found.mark, found.direction, found.than) == (now, direction, "autumn")


def test_a_carried_objective_is_compared_with_the_year_before():
    summer = make.review("received", "summer", objectives=(make.rated(4, mark="red"),))
    last = make.plan("closed", CHAIR, pk=3, year=2025, reviews=(summer,))
    found = goes(said("green", carried_from=4), others=[last])
    assert (found.direction, found.than) == ("better", "summer")


def test_what_is_not_due_says_when_it_will_be():
    assert goes(said(due=0, first_due="spring")) == Going("grey", "not due", note="first due in spring")
    assert goes(said(due=0)).note == "no milestone yet"


def test_silence_is_said_since_the_last_word_or_the_approval():
    assert goes(said()) == Going(silent="nothing since 14 October")
    spoken = said("green", said_on=date(2026, 12, 1))
    assert goes(spoken, said(term="spring")) == Going(silent="nothing since 1 December")
    assert goes(said(), approved_on=None) == Going(silent="nothing said yet")


def test_an_objective_that_the_review_does_not_know_has_nothing():
    of = plan(said("green"))
    assert going(make.facts(CHAIR, plans=[of]), of, 99) is None


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (make.review(), "leaders are rating the autumn term, 5 of 12 rated"),
        (make.review(objectives=()), "leaders are rating the autumn term"),
        (make.review("with governors"), "autumn review with governors since 23 November"),
        (make.review("received"), "autumn review received on 9 December"),
    ],
)
def test_the_plans_sentence_says_where_the_review_is(review, expected):
    of = plan(review)
    assert overview.plan_sentence(make.facts(CHAIR, plans=[of]), of) == f"Approved on 14 October; {expected}"
