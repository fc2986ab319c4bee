"""What people type: cleaned, kept, and refused in one plain sentence."""

import re
import time as stopwatch
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from foundation import forms
from foundation.typed import tidy, tidy_line, written_day, written_figure, written_pounds, written_time
from tests.foundation.sheet import GOOD, Sheet, refusal, sheet

# ---------------------------------------------------------------- pasted words


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("Word's own\x0bline break", "Word's own\nline break"),
        ("next page\x0chere\u2028and\u2029here", "next page\nhere\nand\nhere"),
        ("hard\u00a0space\u202fand\u2009thin", "hard space and thin"),
        ("in\u00advis\u200bible\ufeff \u200dmarks\u2060", "invisible marks"),
        ("\u202eback\u202c to front", "back to front"),
        ("nought\x00 and \x07bell\x1b", "nought and bell"),
        ("half a pair \ud800", "half a pair"),
        ("non\x1ebreaking non\u2011breaking", "non-breaking non-breaking"),
        ("\uf0b7\tfirst\n•\tsecond", "• first\n• second"),
        ("“curly” ‘quotes’ – dashes — and … ŵ ŷ", "“curly” ‘quotes’ – dashes — and … ŵ ŷ"),
        ("far\n\n\n\n\napart   \n  ", "far\n\napart"),
        ("   \u00a0 \n ", ""),
    ],
)
def test_a_paste_becomes_plain_text(pasted, kept):
    assert tidy(pasted) == kept


def test_one_line_has_no_breaks_and_single_spaces():
    assert tidy_line(" two\r\nlines\tand \u00a0 spaces ") == "two lines and spaces"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once = tidy(text)
    assert tidy(once) == once
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\ufeff\ud800-\udfff]", once)


def test_what_is_too_long_is_refused_with_its_length_and_stays_on_the_page():
    form = sheet(title="x" * 1234)
    assert refusal(form, "title") == "Shorten this to 20 characters; it has 1,234 now"
    assert form["title"].value() == "x" * 1234


def test_length_counts_what_is_kept_not_what_was_pasted():
    assert sheet(title="  \u200b" * 40 + "x" * 20).is_valid()
    form = sheet(words="a\r\n" * 29 + "a")
    assert form.is_valid()
    assert form.cleaned_data["words"] == "a\n" * 29 + "a"


def test_an_empty_line_is_asked_for_in_the_fields_own_words():
    assert refusal(sheet(title=" \u00a0 "), "title") == "Give the objective a title"


def test_a_field_that_may_be_empty_is_empty_text():
    form = sheet(words=" ")
    assert form.is_valid()
    assert form.cleaned_data["words"] == ""


@pytest.mark.parametrize("unit", ["x", "\u00a0", "\n", "9", "1,", " \n", "\x00", "a "])
def test_a_megabyte_in_every_box_is_answered_soon(unit):
    big = unit * (2**20 // len(unit))
    form = Sheet({name: big for name in GOOD} | {"revision": big, "team": big}, revision=1)
    began = stopwatch.process_time()
    assert not form.is_valid()
    assert stopwatch.process_time() - began < 5


# ---------------------------------------------------------------- addresses


def test_an_address_is_trimmed():
    form = sheet(email=" head@ashdown.example\u00a0")
    assert form.is_valid()
    assert form.cleaned_data["email"] == "head@ashdown.example"


@pytest.mark.parametrize("wrong", ["head", "head@", "a b@c.uk", "head@ashdown"])
def test_what_is_no_address_is_told_what_one_looks_like(wrong):
    assert refusal(sheet(email=wrong), "email") == "Write an address such as name@school.org.uk"


def test_an_address_that_is_too_long_gets_one_sentence():
    assert refusal(sheet(email="a" * 300), "email") == "Shorten this to 254 characters; it has 300 now"


# ---------------------------------------------------------------- three boxes


@pytest.mark.parametrize("month", ["3", "03", "mar", "Mar.", "MARCH", "march", "\u00a03"])
@pytest.mark.parametrize("day", ["4", "04", "4th"])
def test_a_day_in_three_boxes(day, month):
    form = sheet(begins_day=day, begins_month=month, begins_year="2027")
    assert form.is_valid()
    assert form.cleaned_data["begins"] == date(2027, 3, 4)


@pytest.mark.parametrize(
    ("parts", "sentence", "box"),
    [
        (("", "", ""), "Give the first day", 0),
        (("", "3", "2027"), "The date still needs its day", 0),
        (("4", "", "2027"), "The date still needs its month", 1),
        (("4", "3", " "), "The date still needs its year", 2),
        (("4", "", ""), "The date still needs its month and year", 1),
        (("x", "3", "2027"), "Write the day as a number, such as 24", 0),
        (("4", "ma", "2027"), "Write the month as a number from 1 to 12 or by its name", 1),
        (("4", "13", "2027"), "Write the month as a number from 1 to 12 or by its name", 1),
        (("4", "0", "2027"), "Write the month as a number from 1 to 12 or by its name", 1),
        (("4", "3", "27"), "Write the year with four figures, such as 2026", 2),
        (("4", "3", "20260"), "Write the year with four figures, such as 2026", 2),
        (("4", "3", "1066"), "Check the year: it must be from 1900 to 2100", 2),
        (("31", "2", "2027"), "There is no 31 February in 2027", 0),
        (("29", "Feb", "2027"), "There is no 29 February in 2027", 0),
        (("32", "3", "2027"), "A month has no day 32", 0),
        (("0", "3", "2027"), "A month has no day 0", 0),
        (("٤", "3", "2027"), "Write the day as a number, such as 24", 0),
    ],
)
def test_a_wrong_day_says_which_box_is_wrong(parts, sentence, box):
    form = sheet(begins_day=parts[0], begins_month=parts[1], begins_year=parts[2])
    assert refusal(form, "begins") == sentence
    assert form.summary == [(f"id_begins_{box}", sentence)]
    assert form["begins"].value() == [part.strip() for part in parts]


def test_only_the_wrong_box_is_marked():
    wrong = [box["wrong"] for box in sheet(begins_month="")["begins"].boxes]
    assert wrong == [False, True, False]


def test_a_day_that_is_there_already_fills_the_boxes():
    form = Sheet(initial={"begins": date(2026, 9, 3)})
    assert [box["value"] for box in form["begins"].boxes] == ["3", "9", "2026"]


def test_the_same_day_typed_again_is_no_change():
    form = Sheet(GOOD, initial={"title": "Early reading", "begins": date(2026, 11, 24), "how": "all"})
    assert form.changed_data == []


# ---------------------------------------------------------------- one box


@pytest.mark.parametrize(
    "written",
    [
        "11 Dec 2026", "11 December 2026", "11th December, 2026", "11/12/2026", "11.12.26", "11-12-2026", "2026-12-11",
        "2026-12-11 00:00:00", "11-Dec-26", "11dec2026", "Fri 11 Dec 2026", "Friday, 11 December 2026", "Dec 11, 2026",
        "11 of December 2026", " 11\u00a0Dec\t2026 ", "11 / 12 / 2026",
    ],
)  # fmt: skip
def test_a_day_in_one_box_is_read_as_people_write_it(written):
    assert written_day(written) == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("11 December", "Add the year, such as 11 Dec 2026"),
        ("11/12", "Add the year, such as 11 Dec 2026"),
        ("32 Dec", "Add the year, such as 11 Dec 2026"),
        ("Dec 2026", "Add the day, such as 11 Dec 2026"),
        ("12/2026", "Add the day, such as 11 Dec 2026"),
        ("Easter", "Write one day, such as 11 Dec 2026"),
        ("each term", "Write one day, such as 11 Dec 2026"),
        ("11 Dec 2026 to 3 Jan 2027", "Write one day, such as 11 Dec 2026"),
        ("4 Ju 2026", "Write one day, such as 11 Dec 2026"),
        ("12/25/2026", "Write the day before the month, such as 25 Dec 2026"),
        ("31 Feb 2026", "There is no 31 February in 2026"),
        ("00/12/2026", "A month has no day 0"),
        ("11 Dec 1899", "Check the year: it must be from 1900 to 2100"),
    ],
)
def test_a_day_that_cannot_be_read_says_what_is_missing(written, sentence):
    assert refusal(sheet(due=written), "due") == sentence


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_back_as_it_is_shown(day):
    field = forms.TypedDay()
    assert field.clean(field.prepare_value(day)) == day


@given(st.text(max_size=40))
def test_anything_in_a_day_box_is_a_day_or_a_refusal(text):
    try:
        assert forms.TypedDay(required=False).clean(text) is None or isinstance(written_day(text), date)
    except ValidationError as refused:
        assert len(refused.messages) == 1


def test_days_the_wrong_way_round_are_refused_at_the_later_one():
    assert refusal(sheet(due="1 Nov 2026"), "due") == "The last day is before the first"
    assert sheet(due="24 Nov 2026").is_valid()


def test_the_order_of_days_is_not_judged_while_one_is_missing():
    assert list(sheet(begins_day="", due="1 Nov 2026").errors) == ["begins"]


# ---------------------------------------------------------------- times, pounds, numbers


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18:00", time(18)), ("18.00", time(18)), ("1800", time(18)), ("6pm", time(18)), ("6 p.m.", time(18)),
        ("6.30 pm", time(18, 30)), ("6:30PM", time(18, 30)), ("06:30", time(6, 30)), ("9:15", time(9, 15)),
        ("noon", time(12)), ("12pm", time(12)), ("12am", time(0)), ("00:00", time(0)), ("23:59", time(23, 59)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(written, read):
    assert written_time(written) == read


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("6", "Write a time such as 18:00 or 6pm"),
        ("25:00", "Write a time such as 18:00 or 6pm"),
        ("18:60", "Write a time such as 18:00 or 6pm"),
        ("after school", "Write a time such as 18:00 or 6pm"),
        ("6:30", "Morning or evening? Write 06:30 or 18:30"),
    ],
)
def test_a_time_that_could_be_two_is_asked_about(written, sentence):
    assert refusal(sheet(at=written), "at") == sentence


def test_a_time_is_shown_as_it_is_read():
    assert forms.TimeField_().prepare_value(time(6, 5)) == "06:05"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("£1,200", "1200.00"), ("1200.50", "1200.50"), ("£ 40", "40.00"), ("0", "0.00"), ("1,234,567.8", "1234567.80"),
        ("10,000,000", "10000000.00"), ("10000000.00", "10000000.00"),
    ],
)  # fmt: skip
def test_pounds_are_read_exactly(written, read):
    assert str(written_pounds(written, most=forms.Money.most)) == read


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1.2k", "Write pounds in figures, such as 1,200 or 1,200.50"),
        ("1,20", "Write pounds in figures, such as 1,200 or 1,200.50"),
        ("1.234", "Write pounds in figures, such as 1,200 or 1,200.50"),
        ("about 400", "Write pounds in figures, such as 1,200 or 1,200.50"),
        ("1e3", "Write pounds in figures, such as 1,200 or 1,200.50"),
        ("NaN", "Write pounds in figures, such as 1,200 or 1,200.50"),
        ("-5", "An amount cannot be below nought"),
        ("£-5", "An amount cannot be below nought"),
        ("10,000,000.01", "Check the amount: it is beyond £10,000,000"),
        ("9" * 25, "Write pounds in figures, such as 1,200 or 1,200.50"),
    ],
)
def test_what_is_no_amount_is_refused(written, sentence):
    assert refusal(sheet(cost=written), "cost") == sentence


@pytest.mark.parametrize(
    ("amount", "shown"), [(Decimal("1200.00"), "1,200"), (Decimal("0.5"), "0.50"), (Decimal(0), "0")]
)
def test_pounds_are_shown_without_needless_pence(amount, shown):
    assert forms.Money().prepare_value(amount) == shown


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("six", "Write a whole number in figures"),
        ("6.5", "Write a whole number in figures"),
        ("0", "Give a number from 1 to 30"),
        ("31", "Give a number from 1 to 30"),
        ("9" * 30, "Write a whole number in figures"),
    ],
)
def test_what_is_no_whole_number_is_refused(written, sentence):
    assert refusal(sheet(quorum=written), "quorum") == sentence


@pytest.mark.parametrize(
    ("written", "sign", "read"),
    [
        ("58", "%", "58"), ("58%", "%", "58"), ("58.5 %", "%", "58.5"), ("58 per cent", "%", "58"), (".5", "%", "0.5"),
        ("100.00", "%", "100"), ("£1,400", "£", "1400"), ("-£1,400", "£", "-1400"), ("£-5", "£", "-5"),
        ("−0.3", "", "-0.3"), ("1,234,567.25", "", "1234567.25"),
    ],
)  # fmt: skip
def test_a_figure_is_read_exactly(written, sign, read):
    least, most = (Decimal(0), Decimal(100)) if sign == "%" else (Decimal(-(10**7)), Decimal(10**7))
    assert written_figure(written, least=least, most=most, sign=sign) == Decimal(read)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("most of them", "Write a figure, such as 58 or 58.5"),
        ("5%8", "Write a figure, such as 58 or 58.5"),
        ("£58", "Write a figure, such as 58 or 58.5"),
        ("5,8", "Write a figure, such as 58 or 58.5"),
        ("1e1", "Write a figure, such as 58 or 58.5"),
        ("NaN", "Write a figure, such as 58 or 58.5"),
        ("5８", "Write a figure, such as 58 or 58.5"),
        ("9" * 25, "Write a figure, such as 58 or 58.5"),
        ("58.125", "Give at most two figures after the point"),
        ("100.01", "Give a figure from 0% to 100%"),
        ("-1", "Give a figure from 0% to 100%"),
    ],
)
def test_what_is_no_figure_is_refused(written, sentence):
    with pytest.raises(ValidationError) as refused:
        forms.Figure(least=Decimal(0), most=Decimal(100), sign="%").clean(written)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [(Decimal("58.00"), "58"), (Decimal("58.50"), "58.5"), (Decimal("1400"), "1,400"), (Decimal(100), "100")],
)
def test_a_figure_is_shown_without_needless_noughts(figure, shown):
    assert forms.Figure(least=Decimal(0), most=Decimal(9999)).prepare_value(figure) == shown
