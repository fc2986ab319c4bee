"""A figure about few pupils is hidden from everyone but leaders, and so is whatever it could be worked out from."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sip import suppression
from sip.models import Reading
from sip.suppression import GIVES_AWAY, SMALL, UNKNOWN, Cell, reasons

SIX = 6
YEARS = ("", "Year 1", "Year 2")


def share(count: int, cohort: int, group: str = "all", year_group: str = "", **words) -> Cell:
    """A share of a cohort, as it is entered by counting."""
    words.setdefault("key", (group, year_group))
    value = round(Decimal(100) * count / cohort, 2)
    return Cell(form="share", value=value, group=group, year_group=year_group, count=count, cohort=cohort, **words)


def number(value: int, group: str = "all", **words) -> Cell:
    return Cell(key=words.pop("key", group), form="number", value=Decimal(value), group=group, **words)


def hidden(*cells: Cell, threshold: int = SIX) -> dict:
    return reasons(cells, threshold)


def test_the_groups_of_the_families_are_those_that_can_be_read():
    families = {group for family in suppression.FAMILIES for group in family}

    assert families | {suppression.EVERYONE} == set(Reading.Group.values)


# ---------------------------------------------------------------- a figure by itself


@pytest.mark.parametrize(("cohort", "why"), [(5, {("all", ""): SMALL}), (6, {}), (7, {})])
def test_it_is_shown_from_the_threshold_on(cohort, why):
    assert hidden(share(3, cohort)) == why


def test_a_share_of_nobody_knows_how_many_is_for_leaders_alone():
    cell = Cell(key=1, form="share", value=Decimal(61))

    assert hidden(cell) == {1: UNKNOWN}


@pytest.mark.parametrize("count", [1, 2, 28, 29])
def test_one_or_two_on_either_side_can_be_pointed_at(count):
    assert hidden(share(count, 30)) == {("all", ""): SMALL}


@pytest.mark.parametrize("count", [0, 30])
def test_none_or_all_of_everyone_is_no_secret_but_of_a_group_with_a_trait_it_is(count):
    assert hidden(share(count, 30)) == {}
    assert hidden(share(count, 30, "sen support")) == {("sen support", ""): SMALL}


def test_a_share_typed_without_its_count_is_read_back_to_pupils():
    two_of_thirty = Cell(key=1, form="share", value=Decimal("6.7"), cohort=30)
    of_sessions = Cell(key=1, form="share", value=Decimal("94.64"), cohort=15)

    assert hidden(two_of_thirty) == {1: SMALL}
    assert hidden(of_sessions) == {}


def test_zero_pupils_and_hidden_differ():
    assert hidden(number(0)) == {}
    assert hidden(number(3)) == {"all": SMALL}
    assert hidden(number(6)) == {}


def test_an_average_needs_its_cohort():
    assert hidden(Cell(key=1, form="average", value=Decimal(104), cohort=5)) == {1: SMALL}
    assert hidden(Cell(key=1, form="average", value=Decimal(104), cohort=6)) == {}
    assert hidden(Cell(key=1, form="average", value=Decimal(104))) == {1: UNKNOWN}


# ---------------------------------------------------------------- complements


def test_the_small_group_is_not_worked_out_from_the_others():
    cells = share(18, 27), share(2, 3, "girls"), share(16, 24, "boys")

    assert hidden(*cells) == {("girls", ""): SMALL, ("boys", ""): GIVES_AWAY}


def test_a_small_group_that_nobody_wrote_down_is_not_worked_out_either():
    cells = share(18, 27), share(16, 24, "not pp")

    assert hidden(*cells) == {("not pp", ""): GIVES_AWAY}


def test_of_three_the_next_smallest_goes_too():
    cells = share(40, 60), share(2, 4, "ehc"), share(5, 9, "sen support"), share(33, 47, "no sen")

    assert hidden(*cells) == {("ehc", ""): SMALL, ("sen support", ""): GIVES_AWAY}


def test_two_small_groups_that_are_small_together_take_a_third_with_them():
    cells = share(40, 60), share(1, 2, "ehc"), share(1, 2, "sen support"), share(38, 56, "no sen")

    assert hidden(*cells) == {("ehc", ""): SMALL, ("sen support", ""): SMALL, ("no sen", ""): GIVES_AWAY}


def test_where_everyone_did_it_the_whole_tells_of_the_small_group():
    cells = share(27, 27), share(3, 3, "girls"), share(24, 24, "boys")

    assert hidden(*cells).keys() == {("girls", ""), ("boys", ""), ("all", "")}


def test_a_class_is_not_worked_out_from_the_school():
    cells = share(40, 60), share(20, 30, year_group="Year 1"), share(17, 26, year_group="Year 2")
    last = share(3, 4, year_group="Year 3")

    assert hidden(*cells, last) == {("all", "Year 3"): SMALL, ("all", "Year 2"): GIVES_AWAY}


def test_a_whole_that_is_hidden_does_not_come_out_of_another_way_of_parting_it():
    cells = share(29, 30), share(14, 15, "girls"), share(15, 15, "boys"), share(10, 11, "pp"), share(19, 19, "not pp")

    assert hidden(*cells).keys() == {cell.key for cell in cells}


def test_a_whole_that_nobody_read_is_known_where_one_group_is_everybody():
    cells = share(0, 1, "girls"), share(3, 6, "boys"), share(3, 7, "sen support")

    assert hidden(*cells, threshold=3) == {("girls", ""): SMALL, ("boys", ""): GIVES_AWAY}


def test_the_school_is_known_from_its_year_groups():
    cells = share(3, 6, year_group="Year 1"), share(4, 7, year_group="Year 2"), share(3, 9, "boys")
    first = share(1, 4, "boys", "Year 1")  # all four girls did it, so both of Year 1 did

    assert hidden(*cells, first, threshold=2)[first.key] == SMALL
    assert len(hidden(*cells, first, threshold=2)) > 1


def test_counts_are_pupils_too():
    cells = number(10), number(8, "pp"), number(2, "not pp")

    assert hidden(*cells) == {"not pp": SMALL, "pp": GIVES_AWAY}


def test_a_forecast_gives_nothing_away_of_what_was_read():
    cells = share(18, 27, table="forecast"), share(16, 24, "boys", table="actual"), share(2, 3, "girls", table="actual")

    assert hidden(*cells) == {("girls", ""): SMALL}


# ---------------------------------------------------------------- over time


def in_terms(*counts_and_cohorts: tuple[int, int]) -> list[Cell]:
    terms = ("autumn", "spring", "summer")
    return [share(*pair, key=term, term=term) for term, pair in zip(terms, counts_and_cohorts, strict=False)]


def test_the_newcomer_is_not_worked_out_from_one_term_to_the_next():
    assert hidden(*in_terms((15, 25), (16, 26), (17, 25))) == {"spring": GIVES_AWAY}


def test_the_same_pupils_or_many_newcomers_give_nothing_away():
    assert hidden(*in_terms((15, 25), (16, 25), (20, 31))) == {}


def test_in_a_large_cohort_a_newcomer_drowns():
    assert hidden(*in_terms((120, 210), (126, 212))) == {}


# ---------------------------------------------------------------- whatever is entered

families = [("pp", "not pp"), ("girls", "boys"), ("sen support", "ehc", "no sen")]


@st.composite
def a_school(draw):
    """Pupils with traits, and of which groups somebody read the share."""
    pupils = draw(st.lists(st.tuples(st.booleans(), *(st.integers(0, len(f) - 1) for f in families)), max_size=30))
    cells = []
    for group in ["all", *(group for family in families for group in family)]:
        inside = [one for one in pupils if _is_in(one, group)]
        if inside and draw(st.booleans()):
            cells.append(share(sum(one[0] for one in inside), len(inside), group))
    return pupils, cells


def _is_in(pupil: tuple, group: str) -> bool:
    return group == "all" or any(family[pupil[place]] == group for place, family in enumerate(families, 1))


def _possible(pupils, shown: dict, read: set) -> dict[str, set]:
    """Every count that each group could have, for somebody who knows how many pupils each has, and what is shown."""
    sizes = {group: sum(_is_in(one, group) for one in pupils) for family in families for group in family}
    found = {group: set() for group in ["all", *sizes]}
    for total in range(len(pupils) + 1) if "all" not in shown else [shown["all"]]:
        ways = []
        for family in families:
            choices = [[shown[group]] if group in shown else range(sizes[group] + 1) for group in family]
            ways.append([way for way in product(*choices) if sum(way) == total])
        if all(ways):
            found["all"].add(total)
            for family, way in zip(families, ways, strict=True):
                for place, group in enumerate(family):
                    found[group] |= {one[place] for one in way}
    return found


@settings(max_examples=400)
@given(a_school(), st.sampled_from([3, 5, 6, 10]))
def test_no_hidden_figure_can_be_worked_out_from_those_shown(school, threshold):
    pupils, cells = school
    gone = reasons(cells, threshold)
    shown = {cell.group: cell.count for cell in cells if cell.key not in gone}
    possible = _possible(pupils, shown, {cell.group for cell in cells})

    worked_out = [cell.group for cell in cells if cell.key in gone and len(possible[cell.group]) == 1]

    assert worked_out == []


@st.composite
def classes(draw):
    """Girls and boys of two year groups: how many there are, how many did it, and which figures somebody read."""
    places = [(group, year_group) for group in ("girls", "boys") for year_group in ("Year 1", "Year 2")]
    sizes = {place: draw(st.integers(0, 5)) for place in places}
    counts = {place: draw(st.integers(0, size)) for place, size in sizes.items()}
    cells = []
    for group, year_group in product(("all", "girls", "boys"), ("", "Year 1", "Year 2")):
        cohort = _sum(sizes, group, year_group)
        if cohort and draw(st.booleans()):
            cells.append(share(_sum(counts, group, year_group), cohort, group, year_group))
    return sizes, cells


def _sum(of: dict, group: str, year_group: str) -> int:
    return sum(one for (g, y), one in of.items() if group in ("all", g) and year_group in ("", y))


@settings(max_examples=250)
@given(classes(), st.sampled_from([2, 3, 4]))
def test_no_hidden_figure_can_be_worked_out_where_groups_cross_year_groups(school, threshold):
    sizes, cells = school
    gone = reasons(cells, threshold)
    shown = {cell.key: cell.count for cell in cells if cell.key not in gone}
    possible = {key: set() for key in gone}
    for way in product(*[range(size + 1) for size in sizes.values()]):
        counts = dict(zip(sizes, way, strict=True))
        if all(_sum(counts, *key) == count for key, count in shown.items()):
            for key in gone:
                possible[key].add(_sum(counts, *key))

    assert [key for key, found in possible.items() if len(found) == 1] == []
