"""The timeline page: who reads what of it, what folds, what is late; as many queries for much as for little."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring import timeline
from sip import showing
from sip.models import Action, Amendment, Change, Plan
from tests import make

PAGE = "/organisations/ashdown-primary/plan/2026-27/timeline/"


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2, actions=2)


def read(client, user, address: str = PAGE) -> str:
    client.force_login(user)
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_actions_milestones_meetings_and_reviews_stand_on_the_year(client, plan, ashdown):
    line = timeline.of(plan, ashdown.governor)
    assert [(one.number, one.says) for one in line.groups] == [("1", "Two actions."), ("2", "Two actions.")]
    assert [says for _, says in line.groups[0].diamonds][0] == "one milestone by the end of autumn"
    assert [one.says for one in line.moments if one.kind == "review"] == [
        "Autumn review",
        "Spring review",
        "Summer review",
    ]
    text = read(client, ashdown.governor)
    assert "by 18 Dec 2026" in text and "The board meets" in text and "1.2" in text


def test_late_is_said_and_drawn(client, plan, ashdown):
    Action.objects.filter(position=1).update(due_on=date(2026, 11, 2), starts_on=date(2026, 9, 7))
    text = read(client, ashdown.governor)
    assert "late: was due 2 November" in text and "A triangle: late." in text and "Two actions: one late." in text


def test_the_old_date_of_what_an_amendment_moved_stays(client, plan, ashdown):
    action = Action.objects.first()
    made = Amendment.objects.create(
        plan=plan, number=1, state="made", begun_by=ashdown.head.person, begun_at=plan.submitted_at
    )
    Change.objects.create(
        amendment=made, position=1, kind="date", action=action, field="due_on", before="2026-11-13", why="Ill"
    )
    assert "was to be done by 13 November 2026: Ill" in read(client, ashdown.governor)


def test_confidential_actions_are_neither_named_nor_counted_for_who_may_not_read_them(client, ashdown):
    plan = make.plan(ashdown, state="drafting", actions=2)
    block = f"actions:{plan.objectives.get().pk}"
    showing.say_who_reads(plan, block=block, shown_to="confidential", by=ashdown.head)
    Plan.objects.update(state="approved")
    for who, sees in (("chair", True), ("head", True), ("inspector", False), ("associate", False)):
        text = read(client, getattr(ashdown, who))
        assert ("Action 2 of" in text) is sees, who
        assert ("Its actions are for the board and leaders alone." in text) is not sees


def test_before_the_board_has_approved_it_each_reads_their_own_source(client, ashdown):
    plan = make.plan(ashdown, state="drafting")
    assert "Action 1 of" in read(client, ashdown.head)
    assert "Action 1 of" not in read(client, ashdown.governor)
    from sip import approval

    approval.submit_plan(plan, by=ashdown.head)
    assert "Action 1 of" in read(client, ashdown.governor)
    assert read(client, ashdown.inspector) == "404"


def test_a_stranger_finds_nothing(client, plan, kestrel):
    assert read(client, kestrel.chair) == "404"


def test_many_actions_are_folded_by_objective_and_one_is_opened(client, plan, ashdown):
    first, second = plan.objectives.all()
    Action.objects.bulk_create(
        Action(objective=first, position=9, what=f"More {n}", due_on=date(2027, 3, 1)) for n in range(30)
    )
    text = read(client, ashdown.governor)
    assert "More 3" not in text and "Show every action" in text
    assert "More 29" in read(client, ashdown.governor, f"{PAGE}?objective={first.pk}")
    assert "More 29" not in read(client, ashdown.governor, f"{PAGE}?objective={second.pk}")
    assert "More 29" in read(client, ashdown.governor, f"{PAGE}?objective=all")
    assert "More 29" not in read(client, ashdown.governor, f"{PAGE}?objective=x%00")


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_as_often_for_much_as_for_little(ashdown, many):
    plan = make.plan(ashdown, state="approved", objectives=many, actions=many)
    user = type(ashdown.governor).objects.get(pk=ashdown.governor.pk)
    plan = Plan.objects.to_read(user).get(pk=plan.pk)
    with CaptureQueriesContext(connection) as queries:
        timeline.of(plan, user)
    assert len(queries) == QUERIES


QUERIES = 8
