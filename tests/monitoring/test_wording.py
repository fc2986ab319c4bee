"""Numbers, days and lists as a page says them."""

from datetime import date

import pytest

from monitoring import wording

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, ""),
        (date(2026, 11, 23), "Late: was due 23 November"),
        (TODAY, "Today"),
        (date(2026, 11, 25), "By tomorrow, Wednesday 25 November"),
        (date(2026, 12, 2), "By Wednesday 2 December"),
        (date(2027, 12, 1), "By Wednesday 1 December 2027"),
    ],
)
def test_by_when(due, expected):
    assert wording.by(due, TODAY) == expected


def test_numbers():
    assert [wording.number(count) for count in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [wording.ordinal(place) for place in (1, 20, 21)] == ["first", "twentieth", "number 21"]
    assert wording.counted(1, "criterion", "criteria") == "one criterion"
    assert wording.counted(2, "criterion", "criteria") == "two criteria"
    assert wording.counted(3, "action") == "three actions"


def test_lists():
    assert [wording.listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_text_is_cut_between_words():
    assert wording.cut("one two\nthree", 40) == "one two three"
    assert wording.cut("one two, three", 10) == "one two …"
    assert wording.cut("x" * 20, 10) == "x" * 10 + " …"
