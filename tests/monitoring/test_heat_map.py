"""The heat map: a cell says its mark in shape and word, the monitor's beside it; on paper out of frozen records."""

import pytest

from monitoring import heat_map, paper_heat_map, progress, reviewing, viewing
from monitoring.models import Rating
from monitoring.points import Point
from sip.models import Plan
from tests import make

PAGE = "/organisations/ashdown-primary/progress/2026-27/"


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2)


def drawn(plan: Plan, user) -> heat_map.HeatMap:
    return heat_map.of(progress.of(plan, user), "objectives")


def test_each_objective_stands_at_each_point_and_the_monitors_view_in_its_cell(plan, ashdown):
    review = make.review(ashdown, plan_=plan, state="with governors")
    words = {"stance": "sees it differently", "mark": "red", "why": "It broke."}
    viewing.give_view(review, objective=plan.objectives.first(), revision=0, by=ashdown.link, **words)
    found = drawn(plan, ashdown.governor)
    assert [name for _, name, _ in found.columns] == ["Autumn", "Spring", "Summer"]
    boxes = found.lines[0].boxes
    assert [(box.mark, box.word, box.view) for box in boxes] == [
        ("green", "on track", "red"),
        ("grey", "not due", ""),
        ("grey", "not due", ""),
    ]
    assert boxes[0].says == "Autumn; on track; Monitor: off track"
    assert found.title.startswith("The objectives at each review of the year. Autumn: 2 on track.")


def test_silence_is_a_broken_bar_with_its_words(plan, ashdown):
    review = make.review(ashdown, plan_=plan)
    Rating.objects.filter(milestone__criterion__objective=plan.objectives.last()).delete()
    reviewing.send_review(review, by=ashdown.head)
    box = drawn(plan, ashdown.governor).lines[1].boxes[0]
    assert (box.mark, box.lines) == ("", ["nothing", "said"])


def test_the_page_draws_it_once_something_is_rated(client, plan, ashdown):
    client.force_login(ashdown.governor)
    text = client.get(PAGE).content.decode()
    assert '<title id="heat-map-title">' not in text and "not due" in text
    make.review(ashdown, plan_=plan, state="with governors")
    assert '<title id="heat-map-title">' in client.get(PAGE).content.decode()


def test_on_paper_it_is_of_frozen_records_and_what_is_to_come_says_so(plan, ashdown):
    review = make.review(ashdown, plan_=plan, state="with governors")
    Rating.objects.update(mark="amber")  # what changes afterwards changes no paper
    found = paper_heat_map.of_record(review.records.last())
    assert found.columns == ["Autumn", "Spring", "Summer"]
    _, title, cells = found.rows[0]
    assert title.startswith("Objective 1")
    assert [(cell.state, cell.word) for cell in cells] == [
        ("green", "on track"),
        ("none", "to come"),
        ("none", "to come"),
    ]


def test_half_terms_are_columns_of_their_own():
    body = {"id": 1, "number": 1, "title": "Read", "mark": "red", "milestones": [{}], "view": None}
    told = {Point("autumn", half): {"objective:1": body} for half in (1, 2)}
    assert paper_heat_map.of_blocks(told).columns == ["Autumn 1", "Autumn 2", "Spring", "Summer"]
