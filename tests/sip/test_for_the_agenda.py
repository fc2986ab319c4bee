"""The questions on a plan, collected for its item on the agenda and for the minutes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from governance import meetings
from sip import approval, asking, for_the_agenda
from sip.models import Plan
from tests import make
from tests.sip.drafts import draft, on_agenda


@pytest.fixture
def plan(ashdown) -> Plan:
    plan = draft(ashdown, objectives=2)
    approval.submit_plan(plan, by=ashdown.head)
    return plan


def ask(plan: Plan, by, text: str, place: int = 0, **words):
    objective = plan.objectives.get(position=place) if place else None
    return asking.ask(plan, **{"text": text, "needs_answer": True, "objective": objective} | words, by=by)


def test_questions_are_grouped_by_objective_with_askers_and_answers(client, plan, ashdown):
    item = on_agenda(plan)
    one = ask(plan, ashdown.governor, "Who pays\nfor it?", 2)
    asking.answer(one, text="The fund does.", by=ashdown.deputy)
    ask(plan, ashdown.chair, "What is it not?")
    ask(plan, ashdown.governor, "Well said.", needs_answer=False)
    page = for_the_agenda.of(item, ashdown.clerk)
    assert [(group.title, len(group.rows)) for group in page.groups] == [
        ("Objective 2: Objective 2", 1),
        ("The plan as a whole", 1),
    ] or [(group.title, len(group.rows)) for group in page.groups] == [
        ("The plan as a whole", 1),
        ("Objective 2: Objective 2", 1),
    ]
    assert page.waiting == 1
    assert "Q (Ashdown Governor): Who pays for it?\nA (Ashdown Deputy): The fund does." in page.wording
    assert "Q (Ashdown Chair): What is it not?\nA: to be given at the meeting" in page.wording
    client.force_login(ashdown.clerk)
    shown = client.get(f"/items/{item.pk}/questions/").content.decode()
    assert 'data-copy="wording"' in shown and "2 questions, 1 still to be answered" in shown
    assert f"/items/{item.pk}/questions/" in client.get(f"/items/{item.pk}/").content.decode()


def test_what_was_closed_before_this_version_and_what_was_asked_after_the_decision_is_left_out(ashdown):
    plan = draft(ashdown)
    approval.submit_plan(plan, by=ashdown.head)
    closed = ask(plan, ashdown.governor, "An old question")
    asking.answer(closed, text="Yes.", by=ashdown.head)
    asking.close_question(closed, by=ashdown.governor)
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    with clock.standing_at(clock.local(date(2026, 11, 25))):
        approval.submit_plan(plan, by=ashdown.head)
        item = on_agenda(plan)
        again = ask(plan, ashdown.governor, "A new question")
        asking.answer(again, text="Yes.", by=ashdown.head)
        asking.close_question(again, by=ashdown.governor)
    assert [row.text for row in for_the_agenda.of(item, ashdown.chair).rows] == ["A new question"]


def test_without_a_question_the_page_says_where_they_come_from(client, plan, ashdown):
    item = on_agenda(plan)
    client.force_login(ashdown.governor)
    assert "Nobody has asked yet." in client.get(f"/items/{item.pk}/questions/").content.decode()


def test_an_item_without_a_plan_and_one_of_strangers_are_not_there(client, plan, ashdown, kestrel):
    item = on_agenda(plan)
    other = meetings.add_item(item.meeting, title="Other business", by=ashdown.clerk)
    for user, key in ((ashdown.clerk, other.pk), (kestrel.chair, item.pk), (ashdown.adviser, item.pk)):
        client.force_login(user)
        assert client.get(f"/items/{key}/questions/").status_code == 404


def test_the_page_costs_the_same_with_one_and_with_three_questions(client, ashdown):
    plan = make.plan(ashdown, state="with the board", objectives=2)
    item = on_agenda(plan)
    client.force_login(ashdown.clerk)
    counts = []
    for many in (1, 2):
        for _ in range(many):
            asking.answer(ask(plan, ashdown.governor, "Who?", 1), text="I.", by=ashdown.head)
        client.get("/glossary/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/items/{item.pk}/questions/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
