"""The points of a year at which a plan is reviewed: three terms, or six half-terms."""

from datetime import date

import pytest

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from monitoring import points, progress, rating, records, reviewing, windows
from monitoring.models import Review
from monitoring.points import Point
from sip.models import Plan
from tests.monitoring.facts import TERMS
from tests.sip.drafts import draft

AUTUMN, AUTUMN_1, AUTUMN_2 = Point("autumn"), Point("autumn", 1), Point("autumn", 2)
GREEN = {"mark": "green", "why": "It shows in the books.", "evidence": ["seen"]}


def on(day: date):
    return clock.standing_at(clock.local(day))


@pytest.fixture
def plan(ashdown) -> Plan:
    return draft(ashdown, state="approved", objectives=2)


@pytest.fixture
def halves(plan, ashdown) -> Plan:
    """Reviewed each half-term, as the head chose in September."""
    with on(date(2026, 9, 10)):
        reviewing.set_review_points(plan, points=Plan.Points.HALF_TERMS, by=ashdown.head)
    return plan


# ---------------------------------------------------------------- which there are


def test_three_terms_or_six_halves():
    assert [one.word for one in points.of_year(by_halves=False, held=[])] == ["autumn", "spring", "summer"]
    names = [one.name for one in points.of_year(by_halves=True, held=[])]
    assert names == ["Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"]


@pytest.mark.parametrize(
    ("by_halves", "held", "over", "autumn"),
    [
        (True, [AUTUMN], [AUTUMN_1], ["autumn"]),  # chosen when the term had its review
        (False, [AUTUMN_1], [AUTUMN_1], ["autumn 1", "autumn"]),  # given up after the first half
        (False, [AUTUMN_1, AUTUMN_2], [AUTUMN_1, AUTUMN_2], ["autumn 1", "autumn 2"]),
        (True, [], [AUTUMN_1], ["autumn 2"]),  # chosen when the first half was over
        (True, [], [AUTUMN_1, AUTUMN_2], ["autumn"]),  # a term that went by without any
        (True, [AUTUMN_1, AUTUMN_2, AUTUMN], [], ["autumn 1", "autumn 2", "autumn"]),
    ],
)
def test_a_change_holds_from_the_next_review_on(by_halves, held, over, autumn):
    found = points.of_year(by_halves=by_halves, held=held, over=over)
    assert [one.word for one in found if one.term == "autumn"] == autumn


def test_points_stand_in_the_order_of_the_year():
    every = [AUTUMN_1, AUTUMN_2, AUTUMN, Point("spring", 1), Point("spring", 2), Point("summer", 2)]
    assert sorted(every, key=lambda one: one.place) == every


def test_a_half_has_its_own_days():
    first, second = (windows.days_of(TERMS[1], half) for half in (1, 2))
    assert (first.starts, first.ends, windows.opens_on(first)) == (
        date(2026, 9, 1),
        date(2026, 10, 25),
        date(2026, 10, 11),
    )
    assert (second.starts, second.ends, windows.opens_on(second)) == (
        date(2026, 10, 31),
        date(2026, 12, 18),
        date(2026, 12, 4),
    )
    assert windows.opens_on(windows.days_of(TERMS[1])) == date(2026, 11, 20)


# ---------------------------------------------------------------- chosen


@pytest.mark.parametrize("who", ["deputy", "teacher", "chair", "governor", "adviser"])
def test_head_and_clerk_choose_and_nobody_else(plan, ashdown, who):
    with pytest.raises(NotAllowed, match="may say how often the plan is reviewed"):
        reviewing.set_review_points(plan, points="half-terms", by=getattr(ashdown, who))
    reviewing.set_review_points(plan, points="half-terms", by=ashdown.clerk)
    assert Plan.objects.get().review_points == "half-terms"


def test_of_a_closed_plan_nothing_is_chosen(plan, ashdown):
    Plan.objects.update(state="closed")
    plan.refresh_from_db()
    with pytest.raises(Conflict, match="The plan is closed"):
        reviewing.set_review_points(plan, points="half-terms", by=ashdown.head)


# ---------------------------------------------------------------- opened, rated, read


def test_the_review_of_a_half_term_opens_by_itself_two_weeks_before_it_ends(halves):
    term = next(one for one in halves.organisation.terms_of(2026) if one.name == "autumn")
    opens = windows.opens_on(windows.days_of(term, 1))
    with on(date.fromordinal(opens.toordinal() - 1)):
        assert reviewing.open_due() == []
    with on(opens):
        assert [str(one) for one in reviewing.open_due()] == ["Autumn 1 review 2026/27"]
        assert reviewing.open_due() == []


def test_by_hand_only_a_point_of_the_plan_is_opened(halves, ashdown):
    with on(date(2026, 10, 5)):
        with pytest.raises(
            Conflict, match="The autumn term is no point of review: this plan is reviewed at the end of"
        ):
            reviewing.open_review(halves, term="autumn", by=ashdown.head)
        with pytest.raises(Conflict, match="The second half of the autumn term begins on"):
            reviewing.open_review(halves, term="autumn", half=2, by=ashdown.head)
        assert reviewing.open_review(halves, term="autumn", half=1, by=ashdown.head).point == AUTUMN_1
        with pytest.raises(Conflict, match="The autumn 1 review has been opened already"):
            reviewing.open_review(halves, term="autumn", half=1, by=ashdown.clerk)


def test_the_second_half_follows_the_first(halves, ashdown):
    """What is due in the term is rated in both, and what was said in the first is last time's in the second."""
    with on(date(2026, 10, 5)):
        first = reviewing.open_review(halves, term="autumn", half=1, by=ashdown.head)
        for milestone in reviewing.milestones_due(first):
            rating.rate(first, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
        reviewing.send_review(first, by=ashdown.head)
    with on(date(2026, 12, 7)):
        second = reviewing.open_review(halves, term="autumn", half=2, by=ashdown.head)
        milestone = reviewing.milestones_due(second).order_by("pk").first()
        assert rating.last_rating(second, milestone).review == first
        rating.say_no_change(second, milestone=milestone, by=ashdown.head)
        body = records.content_of(second)["review"]
        assert (body["title"], body["term"], body["half"], body["before"]) == (
            "Autumn 2 review 2026/27",
            "autumn",
            2,
            "autumn 1",
        )
        columns = progress.of(halves, ashdown.head).columns
        assert [one.name for one in columns][:3] == ["Autumn 1", "Autumn 2", "Spring 1"]


# ---------------------------------------------------------------- the page


def test_the_head_chooses_on_a_page(client, plan, ashdown):
    client.force_login(ashdown.head)
    answer = client.post(f"/plans/{plan.pk}/reviews/points/", {"points": "half-terms"}, follow=True)
    assert "The plan is reviewed at the end of each half-term." in answer.content.decode()
    assert Plan.objects.get().review_points == "half-terms"


@pytest.mark.parametrize("words", ["", "weekly"])
def test_wrong_words_are_refused_there(client, plan, ashdown, words):
    client.force_login(ashdown.head)
    answer = client.post(f"/plans/{plan.pk}/reviews/points/", {"points": words})
    assert answer.status_code == 422 and Plan.objects.get().review_points == "terms"


def test_a_review_of_a_half_is_opened_from_progress(client, halves, ashdown):
    with on(date(2026, 10, 5)):
        client.force_login(ashdown.head)
        page = client.get(f"/organisations/{halves.organisation.slug}/progress/2026-27/").content.decode()
        assert "Open the autumn 1 review now" in page and "two weeks before the half-term ends" in page
        client.post(f"/plans/{halves.pk}/reviews/open/", {"term": "autumn 1"})
    assert Review.objects.get().point == AUTUMN_1
