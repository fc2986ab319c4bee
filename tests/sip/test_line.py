"""A measure as a small line: plain words and places, drawn by components/line.html."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from sip import line

MEASURED = {
    "name": "Pupils who read well",
    "unit": "percent",
    "better": "higher",
    "baseline": Decimal("48.00"),
    "aim": "90.00",
    "readings": {"autumn": "58.00", "spring": Decimal("64.5")},
}


def test_the_values_stand_in_the_order_of_the_year_the_higher_the_more():
    made = line.of(MEASURED)
    assert [(dot.x, dot.words) for dot in made.dots] == [(40, "48%"), (190, "58%"), (340, "64.5%")]
    assert made.dots[0].y > made.dots[1].y > made.dots[2].y > made.aim_y
    assert made.path.startswith(f"M40 {made.dots[0].y} 190 ")
    assert made.says == "48% at the baseline, 58% in autumn and 64.5% in spring. The aim is 90%; higher is better."
    assert made.rows == [("Baseline", "48%"), ("Autumn", "58%"), ("Spring", "64.5%"), ("Aim", "90%")]


def test_nothing_read_yet_is_said():
    made = line.of(MEASURED | {"baseline": "", "readings": {}})
    assert (made.dots, made.path) == ([], "")
    assert made.says == "Nothing is read yet. The aim is 90%; higher is better."


def test_a_term_left_out_leaves_a_gap_and_no_nought():
    made = line.of(MEASURED | {"baseline": None, "readings": {"summer": "0", "autumn": "1"}})
    assert [(dot.x, dot.words) for dot in made.dots] == [(190, "1%"), (490, "0%")]


def test_all_values_alike_stand_in_the_middle():
    made = line.of(MEASURED | {"baseline": "90", "readings": {"autumn": "90.0"}})
    assert {dot.y for dot in made.dots} == {made.aim_y} == {68}


@pytest.mark.parametrize(("value", "below"), [("89", True), ("90", True), ("91", False), ("50", False)])
def test_words_do_not_stand_on_the_line_of_the_aim(value, below):
    dot = line.of(MEASURED | {"readings": {"autumn": value}}).dots[1]
    assert (dot.words_y > dot.y) == below


def test_fewer_days_can_be_better():
    made = line.of(MEASURED | {"unit": "days", "better": "lower", "baseline": "1400", "aim": "900", "readings": {}})
    assert made.dots[0].y < made.aim_y
    assert made.says == "1,400 days at the baseline. The aim is 900 days; lower is better."


def test_the_picture_has_a_title_words_and_a_table_beside_it():
    page = render_to_string("components/line.html", {"line": line.of(MEASURED), "key": 7})
    assert '<title id="line-7">Pupils who read well: 48% at the baseline' in page
    assert '<th scope="row">Spring</th><td class="num">64.5%</td>' in page
    bare = render_to_string(
        "components/line.html", {"line": line.of(MEASURED | {"baseline": "", "readings": {}}), "key": 7}
    )
    assert "<svg viewBox" not in bare and "Nothing is read yet" in bare
