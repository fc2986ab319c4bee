"""The challenge log: every question with its way to the end, how long it took, and what followed."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from monitoring import challenge_log, papers
from monitoring.paper_kinds import Asked
from sip import asking
from sip.models import BlockVisibility, Plan, Question
from tests import make


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2)


def ask(plan: Plan, ashdown, text: str = "How do you know?", **words) -> Question:
    return asking.ask(plan, text=text, needs_answer=True, by=ashdown.chair, **words)


def log(plan: Plan) -> list[dict]:
    return challenge_log.entries(plan, challenge_log.with_names(challenge_log.open_ones(plan)).order_by("pk"))


def test_an_entry_says_who_asked_as_what_and_how_long_each_step_took(plan, ashdown):
    with clock.standing_at(clock.local(date(2026, 11, 9))):
        question = ask(plan, ashdown, objective=plan.objectives.first())
    with clock.standing_at(clock.local(date(2026, 11, 12))):
        asking.answer(question, text="From the check of Monday.", by=ashdown.head)
    with clock.standing_at(clock.local(date(2026, 11, 16), time(18))):
        asking.close_question(question, by=ashdown.chair)
    said = challenge_log.words(log(plan)[0])
    assert said["who"] == f"{ashdown.chair.person.name}, chair"
    assert said["took"] == "Answered in three school days, closed after five school days"
    assert said["stands"] == f"Closed by {ashdown.chair.person.name} on 16 November 2026"
    assert [turn["text"] for turn in said["turns"]] == ["From the check of Monday."]
    assert (said["number"], said["on"]) == (1, plan.objectives.first().title)


def test_what_was_asked_again_counts_so(plan, ashdown):
    question = ask(plan, ashdown)
    asking.answer(question, text="Well.", by=ashdown.head)
    asking.ask_again(question, text="How well?", due_on=date(2026, 12, 4), by=ashdown.chair)
    entry = log(plan)[0]
    assert [turn["told"] for turn in entry["turns"]] == [True, False]
    assert challenge_log.in_short([entry]) == (
        "One question asked, one answered, none closed by the board, one asked again. "
        "Half of the answers came on the same day."
    )


def test_a_decision_on_the_plan_follows_on_what_was_asked_of_the_whole(ashdown):
    plan = make.plan(ashdown, state="with the board")
    ask(plan, ashdown)
    assert log(plan)[0]["followed"] == []


def test_what_is_for_the_board_and_leaders_alone_is_not_printed(plan, ashdown):
    first = plan.objectives.first()
    ask(plan, ashdown, text="Printed?")
    ask(plan, ashdown, text="Secret?", action=first.actions.first())
    BlockVisibility.objects.create(plan=plan, block=f"actions:{first.pk}", shown_to="confidential")
    blocks = papers.content_of(Asked("challenge", plan))
    assert [one["text"] for one in blocks["questions"]] == ["Printed?"]
    assert blocks["left_out"] == 1


def test_it_is_narrowed_by_term_objective_and_state(plan, ashdown, client):
    first, second = plan.objectives.all()
    ask(plan, ashdown, text="Of the first?", objective=first)
    answered = ask(plan, ashdown, text="Of the second?", objective=second)
    asking.answer(answered, text="Yes.", by=ashdown.head)
    client.force_login(ashdown.chair)
    page = reverse("challenge_log", args=[plan.pk])

    def shown(words: str) -> list[str]:
        return [one["text"] for one in client.get(page + words).context["entries"]]

    assert shown("") == ["Of the first?", "Of the second?"]
    assert shown(f"?objective={second.pk}") == ["Of the second?"]
    assert shown("?state=waiting") == ["Of the first?"]
    assert shown("?state=answered&term=autumn") == ["Of the second?"]
    assert shown("?term=spring") == []
    assert shown("?term=nonsense&state=nonsense&objective=x&page=99") == ["Of the first?", "Of the second?"]


def test_readers_of_the_plan_only_do_not_read_it_and_strangers_do_not_find_it(plan, ashdown, kestrel, client):
    page = reverse("challenge_log", args=[plan.pk])
    client.force_login(ashdown.teacher)
    assert client.get(page).status_code == 403
    client.force_login(kestrel.head)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_the_database_as_often_for_many_as_for_few(plan, ashdown, client, many):
    for number in range(many):
        question = ask(plan, ashdown, text=f"Question {number}?", objective=plan.objectives.first())
        asking.answer(question, text="Yes.", by=ashdown.head)
    client.force_login(ashdown.chair)
    page = reverse("challenge_log", args=[plan.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    assert len(asked) == 21
