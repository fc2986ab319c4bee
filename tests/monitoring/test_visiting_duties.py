"""What home says of visits: to go on, to write, to check, to plan; and whom a visitor waits for."""

from datetime import date

import pytest
from django.urls import reverse

from monitoring.duties.visiting import checks_awaited, visiting
from monitoring.facts import Thing
from tests import make
from tests.monitoring import visits
from tests.monitoring.facts import GOVERNOR, HEAD, ME, TODAY, TOM, facts


def visit(state: str = "planned", **words) -> Thing:
    given = {"who_id": ME, "other": "Tom Ashworth", "other_id": TOM, "about": 5, "day": date(2026, 12, 3)}
    return Thing("visit", 9, "How the slowest read", state=state, **(given | words))


def said(thing: Thing, parts=GOVERNOR, **words) -> list[tuple]:
    return [(row.title, row.when, row.to, row.late) for row in visiting(facts(parts, things=(thing,), **words))]


def test_a_visit_two_weeks_ahead_is_on_its_day():
    assert said(visit()) == [
        ("Visit: How the slowest read", "On Thursday 3 December", ("visit", 9), False),
    ]
    assert said(visit(day=date(2026, 12, 9))) == []


def test_from_its_day_on_its_report_is_to_be_written_within_a_week():
    to = ("visit_write", 9)
    assert said(visit(day=TODAY)) == [
        ("Write the report of your visit of 24 November", "By Tuesday 1 December", to, False)
    ]
    assert said(visit(day=date(2026, 11, 10))) == [
        ("Write the report of your visit of 10 November", "Late: was due 17 November", to, True)
    ]


def test_whoever_checks_the_facts_has_them_and_the_visitor_waits():
    checking = visit("checking", who_id=None, day=date(2026, 11, 19), due=date(2026, 11, 27))
    row = ("Check the facts of the report of 19 November", "By Friday 27 November", ("visit_check", 9), False)
    assert said(checking, HEAD) == [row]
    mine = visit("checking", day=date(2026, 11, 19), due=date(2026, 11, 27))
    assert said(mine) == []
    waits = [(one.words, one.when) for one in checks_awaited(facts(GOVERNOR, things=(mine,)))]
    assert waits == [("Tom Ashworth checks the facts of your report of 19 November", "by 27 November")]


@pytest.mark.parametrize(("last", "many"), [(None, 1), (date(2026, 6, 10), 1), (date(2026, 9, 20), 0)])
def test_an_objective_that_nobody_visited_this_term_wants_a_visit(last, many):
    rows = said(Thing("unvisited", 4, "Readers", about=5, day=last))
    assert rows == [("Plan a visit to “Readers”", "By Friday 18 December", ("objective_visits", 4), False)] * many


def test_in_the_first_fortnight_of_a_term_and_in_holidays_nobody_is_asked_to_visit():
    thing = Thing("unvisited", 4, "Readers", about=5)
    assert said(thing, today=date(2026, 9, 10)) == said(thing, today=date(2026, 12, 23)) == []


def test_no_mail_holds_a_word_that_somebody_wrote():
    things = (visit(), visit(day=TODAY), visit("checking", who_id=None, due=TODAY), Thing("unvisited", 4, "Readers"))
    rows = [row for thing in things for row in visiting(facts(GOVERNOR, things=(thing,)))]
    assert [row.plainly for row in rows] == [
        "Go on a visit",
        "Write the report of your visit of 24 November",
        "Check the facts of the report of 3 December",
        "Plan a visit",
    ]


# --- on the page


def titles(client, user) -> list[str]:
    client.force_login(user)
    return [row.title for row in client.get(reverse("organisation", args=["ashdown-primary"])).context["home"].rows]


def test_home_has_each_of_them_for_whose_they_are(client, ashdown):
    with visits.on(visits.TODAY):
        plan = visits.plan(ashdown)
        assert "Plan a visit to “Objective 1 of Ashdown Primary”" in titles(client, ashdown.link)
        visits.visit(ashdown, of=plan)
        assert "Write the report of your visit of 3 December" in titles(client, ashdown.link)
        visits.visit(ashdown, of=plan, state="checking")
        checks = "Check the facts of the report of 3 December"
        assert checks in titles(client, ashdown.deputy) and checks not in titles(client, ashdown.head)
        visits.visit(ashdown, of=plan, state="checking", staff_lead=make.person("Ada Still"))
        assert checks in titles(client, ashdown.head)
        assert not any("visit" in title for title in titles(client, ashdown.governor))
