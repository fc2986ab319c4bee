"""Good questions: chosen by rules from the plan's gaps and ratings, never by chance; one click asks them."""

from dataclasses import replace

import pytest

from sip import approval, question_bank, reading, versions
from sip.measuring import Measured
from sip.models import Action, Milestone, Objective, Plan, Question
from sip.question_bank import BANK, good, situation_of
from tests import make
from tests.sip.drafts import draft

ASK = "/plans/1/ask/"


@pytest.fixture
def plan(ashdown) -> Plan:
    """Without a gap that a rule knows but one: it names no group of pupils, and no figure."""
    plan = draft(ashdown, actions=2)
    Objective.objects.update(figure_now="61%", figure_aim="80%", where_to="Boys read as well as girls.")
    Action.objects.filter(position=2).update(owner=ashdown.deputy.person)
    return plan


def chosen(plan: Plan, user, situation: str = "approving") -> list[tuple[str, str]]:
    return [(one.key, one.why) for one in good(reading.read(plan, user), situation, ASK)]


def test_every_rule_asks_a_question_of_the_bank_and_every_key_is_one_questions():
    keys = [key for questions in BANK.values() for key in questions]
    assert len(keys) == len(set(keys))
    rules = {
        key for table in (question_bank._RULES, question_bank._ALWAYS) for rows in table.values() for key, _ in rows
    }
    assert rules <= set(keys)


def test_there_are_three_and_the_same_three_each_time(plan, ashdown):
    first = chosen(plan, ashdown.head)
    assert len(first) == 3 and first == chosen(plan, ashdown.head)


def test_a_target_without_a_baseline_comes_first(plan, ashdown):
    read = reading.read(plan, ashdown.head)
    criterion = read.objectives[0].criteria[0]
    criterion.measured = Measured("Phonics", "", "84%")
    assert good(read, "approving", ASK)[0].why == "“Phonics” has a target and no baseline."
    criterion.measured = replace(criterion.measured, baseline="74%")
    assert good(read, "approving", ASK)[0].key != "who-counts"


def test_milestones_in_summer_alone_ask_what_must_be_true_by_december(plan, ashdown):
    Milestone.objects.exclude(term="summer").delete()
    why = "Every milestone of objective 1 falls in the summer term."
    assert ("by-december", why) in chosen(plan, ashdown.head)


def test_one_owner_of_half_the_plan_asks_who_does_it_if_they_leave(ashdown):
    plan = draft(ashdown, actions=6)
    assert ("owner-leaves", "Ashdown Teacher owns six of the six actions.") in chosen(plan, ashdown.head)


def test_a_missing_cost_asks_what_it_costs(plan, ashdown):
    Action.objects.filter(position=1).update(cost=None)
    assert ("what-cost", "One action not costed.") in chosen(plan, ashdown.head)


def test_a_priority_that_nothing_serves_is_named(plan, ashdown):
    why = "No objective serves the priority “Priority 2 of Ashdown Primary”."
    assert ("serves", why) in chosen(plan, ashdown.head)


def test_ratings_choose_what_is_asked_of_a_plan_in_force(ashdown):
    plan = make.plan(ashdown, state="approved")
    autumn = Milestone.objects.filter(term="autumn")
    autumn.update(current_rating="amber")
    plan = Plan.objects.get(pk=plan.pk)
    assert chosen(plan, ashdown.chair, "reviewing")[0] == ("why-amber", "Objective 1, autumn: rated at risk.")
    autumn.update(current_rating="red")
    assert chosen(plan, ashdown.chair, "reviewing")[0][0] == "late-or-wrong"
    Milestone.objects.update(current_rating="green")
    assert chosen(plan, ashdown.chair, "reviewing")[0] == (
        "flat",
        "All three milestones that are rated are on track.",
    )


@pytest.mark.parametrize(
    ("state", "situation"),
    [
        ("objectives", "setting"),
        ("with the board", "approving"),
        ("approved", "reviewing"),
        ("closed", "end"),
    ],
)
def test_the_plans_state_says_which_questions_fit(ashdown, state, situation):
    plan = draft(ashdown, state=state)
    versions.freeze(plan, by=ashdown.head)
    assert situation_of(plan, reading.read(plan, ashdown.head)) == situation
    assert len(chosen(plan, ashdown.head, situation)) == 3


def test_one_click_brings_the_question_to_the_form(client, ashdown):
    plan = draft(ashdown, actions=6)
    approval.submit_plan(plan, by=ashdown.head)
    read = reading.read(plan, ashdown.governor)
    one = next(one for one in good(read, "approving", f"/plans/{plan.pk}/ask/") if one.key == "owner-leaves")
    client.force_login(ashdown.governor)
    page = client.get(one.url).content.decode()
    assert ">\nWho does this if the owner leaves at Christmas?</textarea>" in page
    assert client.get(f"/plans/{plan.pk}/ask/?bank=nothing-of-ours").status_code == 200
    assert Question.objects.count() == 0
