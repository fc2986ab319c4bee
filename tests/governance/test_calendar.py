"""The terms of a year: usual dates, corrected; a trust's that hold in its schools."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.audit import AuditEvent
from foundation.errors import NotAllowed
from governance import calendar

GOOD = {
    "autumn-starts": "1 Sep 2026", "autumn-half_term_starts": "26/10/2026", "autumn-half_term_ends": "30.10.26",
    "autumn-ends": "18 December 2026", "spring-starts": "4 Jan 2027", "spring-half_term_starts": "15 Feb 2027",
    "spring-half_term_ends": "19 Feb 2027", "spring-ends": "25 Mar 2027", "summer-starts": "12 Apr 2027",
    "summer-half_term_starts": "31 May 2027", "summer-half_term_ends": "4 Jun 2027", "summer-ends": "21 Jul 2027",
}  # fmt: skip


def page(cast, name="terms", year=2026) -> str:
    return reverse(name, args=[cast.school.slug, year])


def rows(cast, year=2026) -> list:
    return [(term.name, term.starts, term.ends) for term in cast.school.terms.filter(year=year)]


def test_the_rule_of_thumb_gives_what_councils_chose():
    days = [[row[day] for day in calendar.DAYS] for row in calendar.rule_of_thumb(2026)]
    assert days == [
        [date(2026, 9, 1), date(2026, 10, 26), date(2026, 10, 30), date(2026, 12, 18)],
        [date(2027, 1, 4), date(2027, 2, 15), date(2027, 2, 19), date(2027, 3, 25)],
        [date(2027, 4, 12), date(2027, 5, 31), date(2027, 6, 4), date(2027, 7, 21)],
    ]
    assert [row["ends"] for row in calendar.rule_of_thumb(2025)] == [
        date(2025, 12, 19), date(2026, 3, 27), date(2026, 7, 22),
    ]  # fmt: skip


@given(st.integers(2000, 2098))
def test_the_rule_of_thumb_is_always_in_order_and_on_school_days(year):
    terms = calendar.rule_of_thumb(year)
    assert calendar.what_is_wrong(terms, year) == []
    assert all(row[day].weekday() < 5 for row in terms for day in calendar.DAYS)
    easter = calendar.easter_sunday(year + 1)
    assert terms[1]["ends"] < easter
    assert terms[2]["starts"] > easter or terms[2]["starts"].year == easter.year


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25)), (2285, (3, 22))],
)
def test_easter(year, day):
    assert calendar.easter_sunday(year) == date(year, *day)


@pytest.mark.django_db
def test_next_year_is_proposed_from_this_one_on_the_same_weekdays(ashdown):
    ashdown.school.terms.filter(name="autumn").update(
        half_term_starts=date(2026, 10, 19), half_term_ends=date(2026, 10, 30)
    )
    autumn, spring, summer = calendar.usual_terms(ashdown.school, 2027)
    assert (autumn["half_term_starts"], autumn["half_term_ends"]) == (date(2027, 10, 18), date(2027, 10, 29))
    assert autumn["starts"] == date(2027, 9, 1)
    assert (spring["ends"], summer["starts"]) == (date(2028, 3, 31), date(2028, 4, 18))  # round Easter
    assert [row["ends"].weekday() for row in (autumn, summer)] == [4, 2]


@pytest.mark.django_db
def test_terms_are_set_and_set_again(ashdown):
    calendar.set_terms(ashdown.school, year=2027, terms=calendar.rule_of_thumb(2027), by=ashdown.clerk)
    moved = calendar.rule_of_thumb(2027)
    moved[0]["starts"] = date(2027, 9, 6)
    calendar.set_terms(ashdown.school, year=2027, terms=moved, by=ashdown.clerk)
    assert rows(ashdown, 2027)[0] == ("autumn", date(2027, 9, 6), date(2027, 12, 17))
    assert ashdown.school.terms.filter(year=2027).count() == 3
    assert AuditEvent.objects.count() == 2


@pytest.mark.django_db
def test_only_the_clerk_sets_them(ashdown, kestrel):
    for other in (ashdown.chair, ashdown.head, kestrel.clerk):
        with pytest.raises(NotAllowed):
            calendar.set_terms(ashdown.school, year=2027, terms=calendar.rule_of_thumb(2027), by=other)


@pytest.mark.django_db
def test_a_trusts_terms_hold_until_a_school_has_its_own(quayside, harbour, client):
    client.force_login(quayside.clerk)
    assert "trust’s terms" in client.get(page(quayside)).text
    assert client.get(page(quayside, "terms_edit")).status_code == 200
    assert client.post(page(quayside, "terms_edit"), GOOD | {"autumn-starts": "3 Sep 2026"}).status_code == 302
    assert quayside.school.terms_of(2026)[0].starts == date(2026, 9, 3)
    assert harbour.school.terms_of(2026)[0].starts == date(2026, 9, 1)
    assert client.post(page(quayside, "terms_drop")).status_code == 302
    assert quayside.school.terms_of(2026)[0].organisation == harbour.school


@pytest.mark.django_db
def test_the_clerk_corrects_them_in_the_browser(ashdown, client):
    client.force_login(ashdown.clerk)
    edit = page(ashdown, "terms_edit", 2027)
    assert "1 Sep 2027" in client.get(edit).text  # proposed
    assert rows(ashdown, 2027) == []
    assert client.post(page(ashdown, "terms_edit"), GOOD).status_code == 302
    assert rows(ashdown)[0] == ("autumn", date(2026, 9, 1), date(2026, 12, 18))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"autumn-starts": ""}, "Give the first day"),
        ({"autumn-starts": "soon"}, "day"),
        ({"autumn-starts": "x" * 100_000}, "day"),
        (
            {"autumn-ends": "1 Oct 2026"},
            "Autumn term ends before its half-term holiday is over".replace("Autumn", "The autumn"),
        ),
        ({"autumn-half_term_starts": "1 Sep 2026"}, "The half-term holiday begins before the autumn term does"),
        ({"autumn-half_term_ends": "25 Oct 2026"}, "The half-term holiday ends before it begins"),
        ({"spring-starts": "1 Dec 2026"}, "The spring term begins before the autumn term has ended"),
        ({"summer-ends": "2 Sep 2027"}, "A term of 2026/27 lies between 1 September 2026 and 31 August 2027"),
        ({"autumn-starts": "30 Aug 2026"}, "A term of 2026/27 lies between"),
        ({"summer-starts": "31 Feb 2027"}, "There is no 31 February"),
    ],
)
def test_wrong_dates_are_said_and_change_nothing(ashdown, client, wrong, said):
    client.force_login(ashdown.clerk)
    before = rows(ashdown)
    answer = client.post(page(ashdown, "terms_edit"), GOOD | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert rows(ashdown) == before


@pytest.mark.django_db
def test_readers_see_them_and_strangers_nothing(ashdown, kestrel, client):
    client.force_login(ashdown.governor)
    seen = client.get(page(ashdown))
    assert seen.status_code == 200 and "Tuesday 1 September 2026" in seen.text
    assert "Only the clerk may change the terms." in seen.text
    assert client.get(page(ashdown, "terms_edit")).status_code == 403
    assert client.post(page(ashdown, "terms_edit"), GOOD).status_code == 403
    empty = client.get(page(ashdown, "terms", 2030)).text
    assert "No terms are known" in empty and "The clerk sets them" in empty
    for stranger in (kestrel.clerk, ashdown.adviser, ashdown.inspector, ashdown.left):
        client.force_login(stranger)
        assert client.get(page(ashdown)).status_code == 404
        assert client.get(page(ashdown, "terms_edit")).status_code == 404


@pytest.mark.django_db
def test_a_year_that_is_none_is_not_there(ashdown, client):
    client.force_login(ashdown.clerk)
    assert client.get(f"/organisations/{ashdown.school.slug}/terms/2026-28/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2000, 2098, 2099])
def test_the_edge_of_time_breaks_nothing(ashdown, client, year):
    client.force_login(ashdown.clerk)
    assert client.get(page(ashdown, "terms", year)).status_code == 200
    assert client.get(page(ashdown, "terms_edit", year)).status_code == 200
