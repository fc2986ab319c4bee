"""Where a draft may start from: last year's plan, and our own starting points by phase and inspection area."""

from datetime import date

import pytest

from foundation.audit import AuditEvent
from governance import frameworks, posts
from governance.setting_up import PHASES
from sip import drafting, knowing, rows, starting
from sip.models import Action, Objective, Plan, SuccessCriterion
from tests.sip.test_drafting import READ, plan_of

pytestmark = pytest.mark.django_db

TERMS = ("autumn", "spring", "summer")


@pytest.fixture
def objective(ashdown) -> Objective:
    return plan_of(ashdown).objectives.get()


@pytest.fixture
def before(ashdown, objective) -> Plan:
    """Last year's plan: two objectives, of which this year's carries the second on."""
    plan = Plan.objects.create(
        organisation=ashdown.school, year=2025, deciding_board=ashdown.board, state=Plan.State.CLOSED
    )
    done = {"what": "Train everyone", "status": "done", "position": 1}
    first = plan.objectives.create(position=1, title="Phonics", outcome="met")
    Action.objects.create(objective=first, **done)
    second = plan.objectives.create(position=2, title="Homework", outcome="partly met")
    Action.objects.create(objective=second, **done)
    late = {"what": "Check on Fridays", "due_on": date(2026, 2, 13), "starts_on": date(2025, 9, 5), "position": 2}
    Action.objects.create(objective=second, owner=ashdown.teacher.person, cost=40, status="under way", **late)
    Action.objects.create(objective=second, what="Ring home", owner=ashdown.left.person, position=3)
    criterion = SuccessCriterion.objects.create(
        objective=second, text="Eight in ten hand it in", position=1, by_when=date(2026, 7, 17)
    )
    criterion.milestones.create(term="summer", text="80%", current_rating="amber")
    Objective.objects.filter(pk=objective.pk).update(carried_from=second)
    objective.refresh_from_db()
    return plan


def test_the_one_that_is_carried_on_stands_first_and_in_it_what_is_unfinished(objective, before):
    own, other = starting.last_year(objective, before)
    assert (own.title, own.is_own, own.number, own.many_unfinished) == ("Homework", True, 2, 3)
    assert [(row.words, row.went, row.is_unfinished) for row in own.rows] == [
        ("Check on Fridays", "under way, Ashdown Teacher", True),
        ("Ring home", f"not started, {Action.objects.get(what='Ring home').owner}", True),
        ("Eight in ten hand it in", "at risk in summer", True),
        ("Train everyone", "done", False),
    ]
    assert other.many_unfinished == 0


def test_what_is_chosen_moves_a_year_on_and_says_whence(ashdown, objective, before):
    offered = starting.last_year(objective, before)[0].rows
    taken = starting.taken(objective, before, {row.key for row in offered if row.is_unfinished})
    drafting.add_rows(objective, by=ashdown.head, **taken)
    check, ring = objective.actions.all()
    assert (check.due_on, check.starts_on, check.cost) == (date(2027, 2, 12), date(2026, 9, 4), 40)
    assert check.due_on.weekday() == date(2026, 2, 13).weekday()
    assert (check.owner, check.status, check.came_from) == (
        ashdown.teacher.person, "not started", "From the plan 2025/26, objective 2",
    )  # fmt: skip
    assert ring.owner is None  # who has left is not named
    criterion = objective.criteria.get()
    milestone = criterion.milestones.get()
    assert (criterion.by_when, milestone.text, milestone.current_rating) == (date(2027, 7, 16), "80%", "")
    assert Action.objects.filter(objective__plan=before).count() == 4  # last year's stands as it stood


def test_only_a_plan_that_was_approved_is_one_to_start_from(objective, before):
    assert starting.plan_before(objective) == before
    Plan.objects.filter(pk=before.pk).update(state=Plan.State.DRAFTING)
    assert starting.plan_before(objective) is None


@pytest.mark.parametrize("many", [1, 3])
def test_last_year_is_read_in_as_many_queries_whatever_it_holds(
    ashdown, objective, before, many, django_assert_num_queries
):
    for number in range(many):
        one = before.objectives.create(position=3 + number, title=f"More {number}")
        Action.objects.create(objective=one, what="x", owner=ashdown.teacher.person, position=1)
        one.criteria.create(text="y", position=1).milestones.create(term="autumn", text="z")
    with django_assert_num_queries(5):
        starting.last_year(objective, before)


# ---------------------------------------------------------------- starting points

POINTS = starting.points()
_ONLY_SOME = {"rf_ey": {"Secondary", "16 plus"}, "rf_p16": {"Primary", "Nursery"}}


@pytest.mark.parametrize("phase", ["Primary", "Secondary", "Special", "Nursery", "All-through"])
def test_each_phase_has_a_starting_point_for_each_area_that_it_is_inspected_in(phase):
    found = {one.area for one in POINTS if phase in one.phases}
    wanted = {area.code for area in frameworks.FRAMEWORKS[0].areas}
    assert wanted - found == {code for code, phases in _ONLY_SOME.items() if phase in phases}


@pytest.mark.parametrize("point", POINTS, ids=lambda one: one.key)
def test_a_starting_point_is_good_practice(point):
    assert 2 <= len(point.actions) <= 4
    assert point.area_in_words
    assert set(point.phases) <= set(PHASES)
    for row in point.criteria:
        assert "[" in row["text"] or "to all" in row["text"], "a figure is for the school to fill"
        assert all(row.get(term) for term in TERMS), "something can be seen at the end of each term"
    assert len({one.key for one in POINTS}) == len(POINTS)


@pytest.mark.parametrize("point", POINTS, ids=lambda one: one.key)
def test_every_starting_point_can_be_added_and_its_days_are_the_schools(ashdown, objective, point):
    calendar = knowing.calendar_of(objective.plan)
    found = starting.rows_of(point, calendar)
    assert all(row["due_on"] for row in found["actions"])
    drafting.add_rows(objective, came_from=f"Starting point: {point.title}", by=ashdown.head, **found)
    assert objective.actions.count() == len(point.actions)
    assert objective.criteria.first().milestones.count() == 3
    assert objective.actions.first().came_from == f"Starting point: {point.title}"


def test_those_of_the_objectives_own_area_stand_first(ashdown):
    found = starting.points_for(ashdown.school, "rf_ab")
    assert found[0].area == "rf_ab" and {"Primary"} <= set(found[0].phases)
    assert all("Primary" in one.phases for one in found)


def test_a_phase_for_which_we_have_none_is_offered_all(ashdown):
    ashdown.school.phase = "Alternative provision"
    assert len(starting.points_for(ashdown.school)) == len(POINTS)


# ---------------------------------------------------------------- who can be named, and when


def test_people_are_known_by_what_they_are_there(ashdown):
    posts.add_post(ashdown.school, name="Year 3 team", by=ashdown.head)
    known = {one.name: one.posts for one in knowing.known(ashdown.school)}
    assert "headteacher" in known["Ashdown Head"]
    assert "staff" in known["Year 3 team"]


def test_without_terms_of_its_own_the_usual_ones_hold(ashdown, objective):
    ashdown.school.terms.all().delete()
    calendar = knowing.calendar_of(objective.plan)
    assert calendar.half(4)[1] == calendar.terms["spring"].ends


def test_rows_are_the_same_after_freezing_and_thawing(ashdown, objective):
    drafting.add_rows(objective, actions=[READ | {"due_on": date(2027, 2, 12)}], by=ashdown.head)
    held = rows.of(objective)
    assert rows.thawed(rows.frozen(*held), objective) == held
    assert AuditEvent.objects.filter(what="add_rows").exists()
