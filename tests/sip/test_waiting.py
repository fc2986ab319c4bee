"""How long the board has waited for an answer, in school days; a question bank beside the box."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from sip import approval, asking, waiting
from sip.models import Plan, Question
from tests.sip.drafts import draft


@pytest.fixture
def plan(ashdown) -> Plan:
    plan = draft(ashdown, objectives=2)
    approval.submit_plan(plan, by=ashdown.head)
    return plan


def on(day: date, hour: int = 12):
    return clock.standing_at(clock.local(day).replace(hour=hour))


def ask(plan, ashdown, **words) -> Question:
    return asking.ask(plan, text="Who pays?", needs_answer=True, by=ashdown.governor, **words)


def said(plan) -> list[str]:
    return [row.waits for row in waiting.counted(Question.objects.filter(plan=plan).open(), plan)]


def test_it_says_since_when_and_by_when(plan, ashdown):
    ask(plan, ashdown, due_on=date(2026, 12, 4))
    assert said(plan) == ["waiting since 24 November; due on 4 December"]


def test_late_is_counted_in_school_days(plan, ashdown):
    ask(plan, ashdown, due_on=date(2026, 12, 15))
    with on(date(2027, 1, 6)):  # Christmas lies between: the 16th to the 18th, then 4, 5 and 6 January
        assert said(plan) == ["waiting since 24 November; due on 15 December, 6 school days late"]


def test_a_bank_holiday_in_term_time_is_no_school_day(plan, ashdown):
    ask(plan, ashdown, due_on=date(2027, 4, 30))
    with on(date(2027, 5, 4)):  # Monday 3 May is a bank holiday
        assert said(plan) == ["waiting since 24 November; due on 30 April, 1 school day late"]
    assert asking.school_days_after(date(2027, 4, 30), 1, asking.holidays(plan)) == date(2027, 5, 4)


def test_asked_again_says_so_and_is_due_in_school_days_by_default(client, plan, ashdown):
    question = ask(plan, ashdown, due_on=date(2026, 11, 27))
    asking.answer(question, text="The bursar.", by=ashdown.deputy)
    with on(date(2026, 11, 30)):
        client.force_login(ashdown.governor)
        text = client.get(f"/questions/{question.pk}/again/").content.decode()
        assert "Ten school days from today" in text and 'value="14"' in text and 'value="12"' in text
        asking.ask_again(question, text="From what?", due_on=asking.due_by_default(plan), by=ashdown.governor)
        assert said(plan) == ["asked again on 30 November, waiting since 24 November; due on 14 December"]


def test_nobody_closes_their_own_answer(client, plan, ashdown):
    question = ask(plan, ashdown)
    asking.answer(question, text="The bursar.", by=ashdown.head)
    client.force_login(ashdown.head)
    assert client.post(f"/questions/{question.pk}/close/").status_code == 403


def test_it_costs_the_same_however_many_wait(plan, ashdown):
    costs = []
    for many in (1, 2):
        for _ in range(many):
            ask(plan, ashdown, due_on=date(2026, 11, 25))
        with (
            on(date(2026, 12, 1)),
            CaptureQueriesContext(
                connection,
            ) as caught,
        ):
            said(Plan.objects.select_related("organisation").get(pk=plan.pk))
        costs.append(len(caught))
    assert costs == [4, 4]


def test_the_bank_is_offered_where_one_asks(client, plan, ashdown):
    client.force_login(ashdown.governor)
    text = client.get(f"/plans/{plan.pk}/ask/?objective={plan.objectives.first().pk}").content.decode()
    assert "Good questions to begin with" in text and "When a plan is approved" in text and "On figures" in text
    assert f"?objective={plan.objectives.first().pk}&amp;bank=compared" in text
    text = client.get(f"/plans/{plan.pk}/ask/?situation=visit").content.decode()
    assert "Show me how this works on a Tuesday." in text
    text = client.get(f"/plans/{plan.pk}/ask/?situation=nowhere&bank=below-path").content.decode()
    assert "It is rated green, and the figure is below its path." in text
