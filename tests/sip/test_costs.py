"""What a plan costs, by source and financial year, against the money given to it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip import costs
from sip.lines import ActionLine, ObjectiveLine, PlanLines

APRIL, SEPTEMBER = 4, 9


def action(cost, *, source="Pupil premium", due=date(2026, 12, 18), starts=None) -> ActionLine:
    amount = None if cost is None else Decimal(cost)
    return ActionLine(1, 1, "Read", due_on=due, starts_on=starts, cost=amount, source=source)


def plan(*actions, budget=()) -> PlanLines:
    return PlanLines((ObjectiveLine(1, "1", actions=actions),), budget=tuple((s, Decimal(a)) for s, a in budget))


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        (date(2026, 9, 1), APRIL, 2026),
        (date(2027, 3, 31), APRIL, 2026),
        (date(2027, 4, 1), APRIL, 2027),
        (date(2026, 8, 31), SEPTEMBER, 2025),
        (date(2026, 9, 1), SEPTEMBER, 2026),
        (date(2027, 7, 16), SEPTEMBER, 2026),
        (date(2027, 1, 1), 1, 2027),
    ],
)
def test_the_financial_year_of_a_day(day, month, year):
    assert costs.financial_year(day, month) == year


@pytest.mark.parametrize(
    ("year", "month", "words"),
    [
        (2026, APRIL, "April 2026 to March 2027"),
        (2026, SEPTEMBER, "September 2026 to August 2027"),
        (2026, 1, "January 2026 to December 2026"),
        (None, APRIL, "No date yet"),
    ],
)
def test_a_financial_year_in_words(year, month, words):
    assert costs.year_in_words(year, month) == words


@pytest.mark.parametrize(
    ("starts", "due", "month", "shares"),
    [
        (None, date(2026, 12, 18), APRIL, {2026: "1000"}),
        (date(2026, 9, 1), date(2026, 12, 18), APRIL, {2026: "1000"}),
        (date(2027, 3, 31), date(2027, 4, 1), APRIL, {2026: "500", 2027: "500"}),
        (date(2027, 3, 23), date(2027, 4, 1), APRIL, {2026: "900", 2027: "100"}),
        (date(2027, 3, 23), date(2027, 4, 1), SEPTEMBER, {2026: "1000"}),
        (date(2027, 5, 1), date(2027, 4, 1), APRIL, {2027: "1000"}),
        (date(2027, 1, 1), None, APRIL, {None: "1000"}),
    ],
)
def test_a_cost_falls_in_its_years_by_days(starts, due, month, shares):
    assert costs.shared_out(action(1000, due=due, starts=starts), month) == {
        year: Decimal(amount) for year, amount in shares.items()
    }


@given(
    st.decimals(min_value=0, max_value=99_999, places=2),
    st.dates(date(2025, 9, 1), date(2027, 8, 31)),
    st.dates(date(2025, 9, 1), date(2029, 8, 31)),
    st.integers(1, 12),
)
def test_the_shares_are_the_whole(amount, starts, due, month):
    shares = costs.shared_out(action(amount, due=due, starts=starts), month)
    assert sum(shares.values()) == amount
    assert all(share >= 0 for share in shares.values())


def test_the_table_stands_by_source_and_year_the_dearest_first():
    table = costs.of(
        plan(
            action(1200),
            action(300, due=date(2027, 5, 1)),
            action(4000, source="School budget"),
            action(50, source="", due=None),
            action(0, source="Nothing"),
            action(None),
        ),
        APRIL,
    )
    assert table.years == ("April 2026 to March 2027", "April 2027 to March 2028", "No date yet")
    assert [(row.source, tuple(amount for _, amount in row.by_year), row.total) for row in table.rows] == [
        ("School budget", ("£4,000", "–", "–"), "£4,000"),
        ("Pupil premium", ("£1,200", "£300", "–"), "£1,500"),
        ("Source not given", ("–", "–", "£50"), "£50"),
    ]
    assert table.total.by_year == tuple(zip(table.years, ("£5,200", "£300", "£50"), strict=True))
    assert table.total.total == "£5,550"
    assert table.uncosted == 1 and not table.has_budget and table.over == []


def test_an_academys_year_runs_from_september():
    table = costs.of(plan(action(1200), action(300, due=date(2027, 5, 1))), SEPTEMBER)
    assert table.years == ("September 2026 to August 2027",)


@pytest.mark.parametrize(
    ("planned", "given_", "left", "over"),
    [
        ("1000", "1500", "£500 left", False),
        ("1500", "1500", "all of it planned", False),
        ("1500.5", "1500", "£0.50 over", True),
        ("0", "1500", "£1,500 left", False),
        ("10", "0", "£10 over", True),
    ],
)
def test_each_source_is_held_against_what_was_given_of_it(planned, given_, left, over):
    table = costs.of(plan(action(planned, source="pupil  premium "), budget=[("Pupil premium", given_)]), APRIL)
    row = table.rows[0]
    assert (row.source, row.left, row.is_over) == ("Pupil premium", left, over)
    assert [one.source for one in table.over] == (["Pupil premium"] if over else [])


def test_a_source_of_which_nothing_was_given_says_so_and_is_in_the_sum():
    table = costs.of(plan(action(800, source="PTA"), budget=[("Training", 500)]), APRIL)
    assert [(row.source, row.total, row.budget, row.left) for row in table.rows] == [
        ("PTA", "£800", "none given", ""),
        ("Training", "£0", "£500", "£500 left"),
    ]
    assert table.total.left == "£300 over" and table.total.is_over


def test_an_empty_plan_costs_nothing():
    table = costs.of(PlanLines(), APRIL)
    assert table.rows == () and table.years == () and table.total.total == "£0"
