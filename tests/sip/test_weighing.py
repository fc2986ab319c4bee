"""Minor or material: proposed from what changes, with the reason. Pure: no database."""

from datetime import date
from decimal import Decimal

import pytest

from sip.weighing import Weighed, weigh

MATERIAL = [
    (("word", "objective"), "An objective is worded anew."),
    (("date", "objective"), "An objective has another date."),
    (("target", "objective"), "An objective has another aim."),
    (("stop", "objective"), "An objective is stopped."),
    (("add", "objective"), "An objective is added."),
    (("word", "criterion"), "A success criterion is worded anew."),
    (("date", "criterion"), "A success criterion has another date."),
    (("target", "criterion"), "A target changes."),
    (("stop", "criterion"), "A success criterion is dropped."),
    (("add", "criterion"), "A success criterion is added."),
    (("stop", "milestone"), "A milestone is dropped."),
]
MINOR = [
    ("owner", "objective"),
    ("word", "milestone"),
    ("date", "milestone"),
    ("add", "milestone"),
    *((kind, "action") for kind in ("add", "stop", "word", "date", "cost", "owner")),
]


@pytest.mark.parametrize(("line", "why"), MATERIAL)
def test_the_board_decides_where_what_it_asked_for_changes(line, why):
    found = weigh([Weighed(*line)], limit=5000)
    assert (found.is_material, found.why) == (True, (why,))


@pytest.mark.parametrize("line", MINOR)
def test_the_board_is_told_of_what_leaders_do_otherwise(line):
    found = weigh([Weighed(*line)], limit=5000)
    assert (found.is_material, found.why) == (
        False,
        ("No objective, criterion or target changes, no milestone is dropped, and costs grow by no more than £5,000.",),
    )


@pytest.mark.parametrize(
    ("costs", "is_material"), [((3000, 2000), False), ((3000, 2001), True), ((9000, -4500), False)]
)
def test_costs_count_together_against_the_limit(costs, is_material):
    found = weigh([Weighed("cost", "action", "cost", Decimal(cost)) for cost in costs], limit=5000)
    assert found.is_material == is_material


def test_it_says_by_how_much_costs_grow():
    found = weigh([Weighed("add", "action", "action", Decimal(6200))], limit=5000)
    assert found.why == ("Costs grow by £6,200; beyond £5,000 the board decides.",)


def test_after_an_inspection_the_board_decides():
    found = weigh([Weighed("word", "action")], limit=5000, inspected_on=date(2026, 11, 10))
    assert found.why == ("The school was inspected on 10 November 2026, after the plan was approved.",)


def test_the_same_reason_is_said_once():
    lines = [Weighed("stop", "milestone"), Weighed("stop", "milestone"), Weighed("target", "criterion")]
    assert weigh(lines, limit=5000).why == ("A milestone is dropped.", "A target changes.")
