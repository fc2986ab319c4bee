"""The plan on a page: what stands in its boxes, for every reader of the plan."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sip import approval, on_a_page, reading
from sip.models import Measure, Objective, Plan, Target
from tests.sip.drafts import draft

PAGE = "/organisations/ashdown-primary/plan/2026-27/on-a-page/"


@pytest.fixture
def plan(ashdown) -> Plan:
    plan = draft(ashdown, objectives=2, actions=5, criteria=2)
    approval.submit_plan(plan, by=ashdown.head)
    return plan


def test_a_box_names_three_things_to_be_done_and_how_many_more(plan, ashdown):
    box = on_a_page.of(reading.read(plan, ashdown.chair)).boxes[0]
    assert (box.number, box.title, box.where_to) == ("1", "Objective 1", "Everyone reads well.")
    assert (box.bullets, box.more) == (["Action 1.1", "Action 1.2", "Action 1.3"], "and two more actions")
    assert (box.knows, box.figure_aim, box.lead) == ("Criterion 1", "", "Ashdown Deputy")


def test_the_objectives_own_figures_come_before_a_measure_and_a_measure_before_words(ashdown):
    plan = draft(ashdown, criteria=2)
    criterion = plan.objectives.get().criteria.last()
    measure = Measure.objects.create(organisation=ashdown.school, name="Phonics")
    Target.objects.create(criterion=criterion, measure=measure, baseline=Decimal(74), aim=Decimal(84))
    box = on_a_page.of(reading.read(plan, ashdown.head)).boxes[0]
    assert (box.knows, box.figure_now, box.figure_aim) == ("Phonics", "74%", "84%")
    Objective.objects.update(figure_what="Who read", figure_now="6 in 10", figure_aim="8 in 10")
    box = on_a_page.of(reading.read(plan, ashdown.head)).boxes[0]
    assert (box.knows, box.figure_now, box.figure_aim) == ("Who read", "6 in 10", "8 in 10")


def test_more_than_six_objectives_stand_in_a_line_below(ashdown):
    plan = draft(ashdown, objectives=8)
    page = on_a_page.of(reading.read(plan, ashdown.head))
    assert (len(page.boxes), page.rest) == (6, ["7 Objective 7", "8 Objective 8"])


def test_everyone_who_reads_the_plan_reads_it_on_a_page(client, plan, ashdown, kestrel):
    readers = ("chair", "governor", "associate", "clerk", "head", "deputy", "business", "committee_member", "adviser")
    for who in readers:
        client.force_login(getattr(ashdown, who))
        answer = client.get(PAGE)
        assert answer.status_code == 200, who
        assert "Objective 1" in answer.content.decode()
    for user in (ashdown.inspector, ashdown.left, kestrel.chair):
        client.force_login(user)
        assert client.get(PAGE).status_code == 404


def test_staff_read_the_part_that_names_them_and_while_leaders_draft_the_board_reads_its_own_words(client, ashdown):
    plan = draft(ashdown)
    client.force_login(ashdown.governor)
    page = client.get(PAGE).content.decode()
    assert "Everyone reads well." in page and "Action 1.1" not in page
    approval.submit_plan(plan, by=ashdown.head)
    client.force_login(ashdown.teacher)
    assert "Action 1.1" in client.get(PAGE).content.decode()


def test_without_an_objective_the_page_says_who_acts_next(client, ashdown):
    draft(ashdown, objectives=0, state="objectives")
    client.force_login(ashdown.chair)
    assert "No objective is proposed yet." in client.get(PAGE).content.decode()


def test_the_plans_page_leads_there(client, plan, ashdown):
    client.force_login(ashdown.chair)
    assert f'href="{PAGE}"' in client.get(PAGE.removesuffix("on-a-page/")).content.decode()


def test_it_costs_the_same_for_many_objectives(client, plan, ashdown, kestrel):
    great = draft(kestrel, objectives=6, actions=6)
    approval.submit_plan(great, by=kestrel.head)
    counts = []
    for user, address in ((ashdown.chair, PAGE), (kestrel.chair, PAGE.replace("ashdown-primary", "kestrel-high"))):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
