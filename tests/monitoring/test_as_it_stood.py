"""As it stood on any day: in force, rated and open then; wrong days; never more than the reader reads today."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from monitoring import as_it_stood
from sip import asking, doing
from sip.models import Action, Plan
from tests import make


@pytest.fixture
def plan(ashdown) -> Plan:
    """Approved on 2 December; the autumn review sent then; an action done on 5 January."""
    plan = make.plan(ashdown, state="approved", objectives=2, actions=2)
    with clock.standing_at(clock.local(date(2026, 12, 10))):
        make.review(ashdown, plan_=plan, state="with governors")
    with clock.standing_at(clock.local(date(2027, 1, 5))):
        doing.say_status(Action.objects.first(), status="done", note="", by=ashdown.head)
    return plan


def on(plan: Plan, user, day: date):
    with clock.standing_at(clock.local(date(2027, 2, 1))):
        return as_it_stood.of(plan, user, day)


def test_before_the_decision_it_was_with_the_board_and_nothing_was_in_force(plan, ashdown):
    stood = on(plan, ashdown.governor, date(2026, 12, 1))
    assert stood.says == "The plan was not in force yet. Version 1 was with the board."
    assert (stood.version, stood.objectives) == (None, [])
    assert on(plan, ashdown.inspector, date(2026, 12, 1)).says == "The plan was not in force yet."


def test_from_the_day_of_the_decision_the_version_is_in_force_and_not_rated_yet(plan, ashdown):
    stood = on(plan, ashdown.governor, date(2026, 12, 2))
    assert stood.says == "Version 1 was in force, since 2 December 2026."
    assert [(one.word, one.word_now) for one in stood.objectives] == [("not rated by then", "on track")] * 2


def test_what_was_said_later_is_not_said_then(plan, ashdown):
    before, after = (on(plan, ashdown.governor, day).objectives[0] for day in (date(2026, 12, 20), date(2027, 1, 5)))
    assert (before.word, before.actions, before.actions_now) == (
        "on track",
        "two not started",
        "one done and one not started",
    )
    assert [(one.then, one.now) for one in before.turned] == [("not started", "done")]
    assert (after.actions, after.turned) == ("one done and one not started", [])


def test_questions_that_waited_then(plan, ashdown):
    with clock.standing_at(clock.local(date(2026, 12, 11))):
        asking.ask(plan, text="Why so late?", needs_answer=True, by=ashdown.governor)
    assert [one.text for one in on(plan, ashdown.chair, date(2026, 12, 11)).asked] == ["Why so late?"]
    assert on(plan, ashdown.chair, date(2026, 12, 10)).asked == []
    assert on(plan, ashdown.inspector, date(2026, 12, 11)).asked is None


def test_a_rating_that_is_not_received_is_not_read_from_outside(plan, ashdown):
    assert {one.mark for one in on(plan, ashdown.inspector, date(2027, 1, 5)).objectives} == {""}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Give a day"),
        ("nonsense", "Write one day"),
        ("31/02/2027", "There is no 31 February"),
        ("1 Mar 2027", "That day is still to come"),
        ("1 Mar 1999", "There was no plan yet"),
    ],
)
def test_a_wrong_day_gets_a_sentence(client, plan, ashdown, typed, says):
    client.force_login(ashdown.governor)
    with clock.standing_at(clock.local(date(2027, 2, 1))):
        answer = client.get(f"/plans/{plan.pk}/as-it-stood/", {"day": typed})
    assert answer.status_code == 422 and says in answer.content.decode()


def test_the_page_shows_a_day_and_leads_to_days_that_changed_something(client, plan, ashdown, kestrel):
    client.force_login(ashdown.governor)
    with clock.standing_at(clock.local(date(2027, 2, 1))):
        text = client.get(f"/plans/{plan.pk}/as-it-stood/").content.decode()
        assert "10 December 2026: a review was sent to governors" in text
        text = client.get(f"/plans/{plan.pk}/as-it-stood/", {"day": "20/12/2026"}).content.decode()
    assert "As it stood on 20 December 2026" in text and "Autumn review 2026/27, as governors had it" in text
    client.force_login(kestrel.chair)
    assert client.get(f"/plans/{plan.pk}/as-it-stood/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_as_often_for_much_as_for_little(ashdown, many):
    plan = make.plan(ashdown, state="approved", objectives=many, actions=many, criteria=many)
    with clock.standing_at(clock.local(date(2026, 12, 10))):
        make.review(ashdown, plan_=plan, state="with governors")
    user = type(ashdown.governor).objects.get(pk=ashdown.governor.pk)
    plan = Plan.objects.to_read(user).get(pk=plan.pk)
    with CaptureQueriesContext(connection) as queries:
        on(plan, user, date(2026, 12, 20))
    assert len(queries) == QUERIES


QUERIES = 12
