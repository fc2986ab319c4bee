"""How heavy a plan is: elements, words, and what falls on whom in which half-term."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Term
from sip import weight
from sip.lines import ActionLine, CriterionLine, ObjectiveLine, PlanLines, count_words
from tests import make
from tests.sip.drafts import draft

TERMS = [
    Term(name=name, year=2026, starts=starts, half_term_starts=half, half_term_ends=half_ends, ends=ends)
    for name, starts, half, half_ends, ends in make.TERMS_2026
]
HALVES = weight.half_terms(TERMS)


def plan(actions=(), criteria=0, objectives=1, words=0) -> PlanLines:
    lines = [ObjectiveLine(n, str(n), words=words) for n in range(2, objectives + 1)]
    made = tuple(CriterionLine(n, n) for n in range(1, criteria + 1))
    return PlanLines((ObjectiveLine(1, "1", actions=tuple(actions), criteria=made, words=words), *lines))


def actions(many, who="R. Osei", due=date(2026, 12, 18)):
    return [ActionLine(n, n, "Read", owner=who, due_on=due, words=3) for n in range(1, many + 1)]


def test_there_are_six_half_terms_and_a_holiday_counts_with_the_one_before():
    assert [one.name for one in HALVES] == ["Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"]
    assert HALVES[0].until == date(2026, 10, 30)
    assert HALVES[1].until == date(2027, 1, 3)
    assert HALVES[-1].until == date.max
    assert weight.half_terms([]) == []


@pytest.mark.parametrize(
    ("due", "where"),
    [
        (date(2026, 8, 20), "Autumn 1"),
        (date(2026, 10, 30), "Autumn 1"),
        (date(2026, 10, 31), "Autumn 2"),
        (date(2026, 12, 25), "Autumn 2"),
        (date(2027, 1, 4), "Spring 1"),
        (date(2027, 4, 5), "Spring 2"),
        (date(2027, 6, 4), "Summer 1"),
        (date(2027, 8, 31), "Summer 2"),
        (date(2028, 2, 1), "Summer 2"),
        (None, "No date yet"),
    ],
)
def test_an_action_stands_where_it_ends(due, where):
    found = weight.of(plan(actions(1, due=due)), HALVES)
    assert [cell for cell in found.loads[0].cells if cell[1]] == [(where, 1, False)]
    assert found.loads[0].total == 1


@pytest.mark.parametrize(
    ("many", "is_light", "is_heavy", "says"),
    [
        (19, True, False, "20 elements. Plans of up to about twenty are the ones that are carried out."),
        (20, False, False, "21 elements. Plans of up to about twenty are carried out more often"),
        (59, False, False, "60 elements."),
        (60, False, True, "61 elements. Plans of more than sixty are seldom carried out"),
        (0, True, False, "One element."),
    ],
)
def test_elements_are_objectives_actions_and_criteria(many, is_light, is_heavy, says):
    found = weight.of(plan(actions(many // 2), criteria=many - many // 2), HALVES)
    assert found.elements == many + 1
    assert (found.is_light, found.is_heavy) == (is_light, is_heavy)
    assert found.says.startswith(says)


@pytest.mark.parametrize(("many", "much"), [(4, ()), (5, ("R. Osei has five actions that end in Autumn 2",))])
def test_much_in_one_half_term_is_said(many, much):
    found = weight.of(plan(actions(many)), HALVES)
    assert found.heavy == much
    assert found.loads[0].cells[1] == ("Autumn 2", many, bool(much))


def test_who_carries_most_stands_first_and_nobody_last():
    rows = [*actions(2, "A"), *actions(3, "B"), *actions(9, "")]
    found = weight.of(plan(rows), HALVES)
    assert [(load.who, load.total) for load in found.loads] == [("B", 3), ("A", 2), ("Nobody yet", 9)]
    assert found.heavy == ()


def test_without_terms_there_is_no_table():
    found = weight.of(plan(actions(2)), [])
    assert found.loads == () and found.half_terms == ()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (0, "Nothing is written yet"),
        (200, "200 words, about one minute to read"),
        (2401, "2,401 words, about 13 minutes"),
    ],
)
def test_words_are_said_as_minutes(words, says):
    assert weight.of(plan(words=words), HALVES).reading.startswith(says)


@pytest.mark.parametrize("elements", [1, 20, 60, 90, 400])
def test_the_picture_holds_everything(elements):
    scale = weight.of(plan(actions(elements - 1)), HALVES).scale
    assert 0 <= scale.held <= weight.WIDTH
    assert all(0 < x < weight.WIDTH for x, _ in scale.marks)


def test_words_are_counted():
    assert count_words("Read every day", "", " At home ") == 5


# --- the page


def test_leaders_and_the_business_manager_read_it_others_do_not(client, ashdown, kestrel):
    made = draft(ashdown, objectives=2, actions=5)
    url = reverse("plan_weight", args=[made.pk])
    for who, status in {
        "head": 200,
        "deputy": 200,
        "business": 200,
        "chair": 403,
        "clerk": 403,
        "teacher": 404,
    }.items():
        client.force_login(getattr(ashdown, who))
        assert client.get(url).status_code == status, who
    client.force_login(kestrel.head)
    assert client.get(url).status_code == 404


def test_the_page_says_elements_load_and_cost(client, ashdown):
    made = draft(ashdown, objectives=2, actions=5)
    made.budget_lines.create(position=1, source="pupil premium", amount=10_000)
    client.force_login(ashdown.head)
    page = client.get(reverse("plan_weight", args=[made.pk])).content.decode()
    assert "14 elements. Plans of up to about twenty are the ones that are carried out." in page
    assert "Ashdown Teacher has ten actions that end in Autumn 2." in page
    assert "£12,005" in page and "£2,005 over" in page and "April 2026 to March 2027" in page
    assert "The financial year is April to March." in page


def test_the_draft_leads_to_it(client, ashdown):
    made = draft(ashdown)
    client.force_login(ashdown.head)
    assert f'href="{reverse("plan_weight", args=[made.pk])}"' in client.get(f"/plans/{made.pk}/draft/").content.decode()


def test_its_queries_do_not_grow_with_the_plan(client, ashdown, kestrel):
    asked = []
    for cast, size in ((ashdown, 1), (kestrel, 3)):
        made = draft(cast, objectives=size, actions=size, criteria=size)
        client.force_login(cast.head)
        url = reverse("plan_weight", args=[made.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked.append(len(queries))
    assert asked == [13, 13]
