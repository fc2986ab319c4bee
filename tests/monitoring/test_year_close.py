"""The year's close and the line from strategy to results."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from monitoring import closing, line_drawing, papers, strategy_line, year_close
from monitoring.models import FrozenPaper
from monitoring.paper_kinds import Asked
from sip.models import Measure, Objective, Plan, Reading, Target
from tests import make
from tests.monitoring.test_carrying import say

JULY = clock.local(date(2027, 7, 19))


@pytest.fixture
def plan(ashdown) -> Plan:
    plan = make.plan(ashdown, state="approved", objectives=2)
    Objective.objects.filter(plan=plan).update(priority=plan.strategy.priorities.first())
    return plan


@pytest.fixture
def over(plan, ashdown):
    with clock.standing_at(JULY):
        make.review(ashdown, state="with governors", plan_=plan, term="summer")
        first, second = plan.objectives.all()
        say(first, ashdown.head, "met")
        say(second, ashdown.head, "carried forward")
        yield plan


def measured(plan: Plan, ashdown, *, value: str = "78", cohort: int = 30) -> Target:
    measure = Measure.objects.create(organisation=ashdown.school, name="Readers", counts_pupils=True)
    criterion = plan.objectives.first().criteria.first()
    target = Target.objects.create(criterion=criterion, measure=measure, aim=Decimal(80), approved_aim=Decimal(85))
    words = {"measure": measure, "year": plan.year, "term": "summer", "read_by": ashdown.head.person}
    Reading.objects.create(value=Decimal(value), cohort=cohort, read_at=clock.now(), **words)
    return target


def words_of(plan: Plan) -> dict:
    return year_close.words(papers.content_of(Asked("close", plan)))


def test_it_is_made_when_everything_is_said_and_by_whom(plan, ashdown):
    with pytest.raises(Conflict, match="First comes the summer review"):
        papers.ask_for("close", plan=plan, by=ashdown.head)
    with pytest.raises(NotAllowed):
        papers.ask_for("close", plan=plan, by=ashdown.teacher)


def test_it_is_frozen_once_and_answers_again(over, ashdown):
    first = papers.ask_for("close", plan=over, by=ashdown.head)
    assert papers.ask_for("close", plan=over, by=ashdown.clerk).paper_id == first.paper_id
    closing.close_plan(over, by=ashdown.head)
    assert papers.ask_for("close", plan=over, by=ashdown.clerk).paper_id != first.paper_id
    assert all(paper.is_unharmed for paper in FrozenPaper.objects.all())


def test_it_says_outcomes_marks_and_targets_as_approved_and_as_they_stood(over, ashdown):
    measured(over, ashdown)
    said = words_of(over)
    assert said["says"] == "Of two objectives one was met and one was carried forward."
    first = said["objectives"][0]
    assert (first["outcome"], first["lesson"]) == ("Met", "Begin earlier.")
    assert [(mark["point"], mark["mark"]) for mark in first["marks"]] == [("Summer", "green")]
    row = next(row for row in first["criteria"] if row["measure"])
    assert (row["approved"], row["aim"], row["read"], row["reached"]) == ("85%", "80%", "78%", "not reached")


def test_a_figure_of_few_pupils_is_hidden_in_it(over, ashdown):
    measured(over, ashdown, cohort=4)
    row = next(row for row in words_of(over)["objectives"][0]["criteria"] if row["measure"])
    assert (row["read"], row["reached"]) == ("hidden: fewer than 6 pupils", "not known")
    assert '"78' not in str(papers.content_of(Asked("close", over)))


# --- the line


def test_the_line_tells_each_priority_year_by_year_as_the_reader_may_read_it(over, ashdown, client):
    measured(over, ashdown, cohort=4)
    closing.close_plan(over, by=ashdown.head)
    _, (first, *others) = strategy_line.for_user(over.strategy, ashdown.chair)
    by_year = {year["year"]: [one["stands"] for one in year["objectives"]] for year in first["years"]}
    assert by_year["2026/27"] == ["met", "carried forward"]
    assert [one for year in others[0]["years"] for one in year["objectives"]] == []
    assert [row["words"] for row in first["measures"][0]["figures"] if row["words"]] == ["hidden: fewer than 6 pupils"]
    _, (leaders, *_) = strategy_line.for_user(over.strategy, ashdown.head)
    assert [row["words"] for row in leaders["measures"][0]["figures"] if row["words"]] == ["78%"]
    client.force_login(ashdown.chair)
    page = client.get(reverse("strategy_line", args=[over.strategy.pk])).content.decode()
    assert "From strategy to results" in page and "78%" not in page


def test_who_reads_no_measures_sees_none_on_the_line(over, ashdown):
    measured(over, ashdown)
    _, rows = strategy_line.for_user(over.strategy, ashdown.teacher)
    assert [row["measures"] for row in rows] == [[] for _ in rows]


def one(pk: int, carried: int | None = None, framework: str = "rf") -> dict:
    return {"id": pk, "number": pk, "title": f"Objective {pk}", "outcome": "", "mark": "", "stands": "under way"} | {
        "carried_from": carried,
        "area": "",
        "framework": framework,
    }


def drawn(*years_) -> line_drawing.Lanes:
    columns = [
        {"year": f"20{25 + place}", "planned": True, "objectives": list(rows)} for place, rows in enumerate(years_)
    ]
    return line_drawing.lanes({"years": columns})


def test_a_carried_objective_keeps_its_line():
    lanes = drawn([one(1), one(2)], [one(3), one(4, carried=1)], [])
    assert [node.y for node in lanes.nodes] == [44, 88, 132, 44]
    assert len(lanes.joins) == 1 and lanes.breaks == []


def test_years_under_different_inspection_frameworks_are_not_joined():
    lanes = drawn([one(1, framework="eif")], [one(2, carried=1)])
    assert lanes.joins == []
    assert lanes.breaks == ["“Objective 2” was placed under different inspection frameworks: its years are not joined."]


def test_a_line_of_figures_breaks_where_one_is_hidden():
    rows = [("2024/25", "60"), ("2025/26", ""), ("2026/27", "70"), ("2027/28", "80")]
    drawing = line_drawing.figures(
        {"name": "Readers", "figures": [{"year": year, "value": value, "words": value} for year, value in rows]}
    )
    assert len(drawing.dots) == 3 and len(drawing.paths) == 1
    assert line_drawing.figures({"name": "Readers", "figures": [{"year": "2024/25", "value": "", "words": ""}]}) is None


@pytest.mark.parametrize("many", [1, 3])
def test_the_line_asks_the_database_as_often_for_many_as_for_few(ashdown, client, many):
    plan = make.plan(ashdown, state="approved", objectives=many)
    Objective.objects.filter(plan=plan).update(priority=plan.strategy.priorities.first())
    measured(plan, ashdown)
    client.force_login(ashdown.chair)
    page = reverse("strategy_line", args=[plan.strategy.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    assert len(asked) == 12


def test_strangers_do_not_find_it(plan, kestrel, client):
    client.force_login(kestrel.head)
    assert client.get(reverse("strategy_line", args=[plan.strategy.pk])).status_code == 404
