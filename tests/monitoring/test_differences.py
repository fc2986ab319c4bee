"""Where monitor and leaders differ: an item by itself on the next agenda, off it when they agree, heard there."""

from datetime import date

import pytest

from foundation.errors import Conflict
from governance import kinds, meetings
from governance.deciding import Resolved
from governance.models import AgendaItem
from monitoring import differences, reviewing, viewing
from monitoring.models import DifferenceItem, Review
from tests import make

EARLY, LATER = date(2026, 12, 9), date(2027, 1, 20)


@pytest.fixture
def review(ashdown) -> Review:
    return make.review(ashdown, state="with governors")


def see(ashdown, review: Review, stance: str = "sees it differently", revision: int = 0, **words):
    said = {"mark": "red", "why": "I saw one class of four."} if stance == "sees it differently" else {}
    objective = review.plan.objectives.get()
    return viewing.give_view(
        review, objective=objective, revision=revision, stance=stance, by=ashdown.link, **said | words
    )


def placed() -> list[tuple]:
    rows = DifferenceItem.objects.order_by("pk")
    return list(rows.values_list("item__meeting__day", "item__title", "item__state"))


def plan_meeting(ashdown, day: date):
    return make.meeting(ashdown.board, day=day, by=ashdown.clerk)


TITLE = "Where views differ: Objective 1 of Ashdown Primary"


def test_a_view_that_differs_comes_onto_the_next_agenda_by_itself(ashdown, review):
    plan_meeting(ashdown, LATER)
    plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    assert placed() == [(EARLY, TITLE, "waiting")]


@pytest.mark.parametrize("stance", ["agrees", "not enough evidence"])
def test_no_other_view_does(ashdown, review, stance):
    plan_meeting(ashdown, EARLY)
    see(ashdown, review, stance, why="What the visit of January will show.")
    assert placed() == []


def test_said_twice_it_comes_once(ashdown, review):
    plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    see(ashdown, review, revision=1, mark="amber")
    assert placed() == [(EARLY, TITLE, "waiting")]


def test_without_a_meeting_it_waits_until_one_is_planned(ashdown, review):
    see(ashdown, review)
    assert placed() == []
    plan_meeting(ashdown, EARLY)
    assert placed() == [(EARLY, TITLE, "waiting")]


def test_where_papers_are_out_it_waits_for_the_meeting_after(ashdown, review):
    meeting = plan_meeting(ashdown, EARLY)
    meetings.add_item(meeting, title="Budget", by=ashdown.clerk)
    meetings.send_papers(meeting, by=ashdown.clerk)
    see(ashdown, review)
    assert placed() == []
    plan_meeting(ashdown, LATER)
    assert placed() == [(LATER, TITLE, "waiting")]


def test_received_meanwhile_it_is_talked_about_all_the_same(ashdown, review):
    see(ashdown, review)
    Review.objects.update(state="received")
    plan_meeting(ashdown, LATER)
    assert placed() == [(LATER, TITLE, "waiting")]


def test_a_closed_plan_brings_nothing(ashdown, review):
    see(ashdown, review)
    Review.objects.update(state="received")
    review.plan.__class__.objects.update(state="closed")
    plan_meeting(ashdown, LATER)
    assert placed() == []


def test_a_monitor_who_agrees_after_all_takes_it_off(ashdown, review):
    meeting = plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    meetings.add_item(meeting, title="Budget", by=ashdown.clerk)
    see(ashdown, review, "agrees", revision=1)
    assert placed() == []
    assert list(meeting.items.values_list("position", "title")) == [(1, "Budget")]


def test_once_papers_are_out_it_stays(ashdown, review, client):
    meeting = plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    meetings.send_papers(meeting, by=ashdown.clerk)
    see(ashdown, review, "agrees", revision=1)
    assert placed() == [(EARLY, TITLE, "waiting")]
    client.force_login(ashdown.chair)
    assert "Ashdown Link gave another view on 24 November" in page(client)


def test_nobody_takes_it_off_and_a_cancelled_meeting_hands_it_on(ashdown, review):
    meeting = plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    plan_meeting(ashdown, LATER)
    with pytest.raises(Conflict, match="has to be reported to the board"):
        meetings.drop_item(meeting.items.get(), by=ashdown.clerk)
    meetings.cancel_meeting(meeting, by=ashdown.clerk)
    assert placed() == [(LATER, TITLE, "waiting")]


def page(client) -> str:
    return client.get(f"/items/{DifferenceItem.objects.latest('pk').item_id}/").content.decode()


def test_its_page_shows_both_sides(client, ashdown, review):
    plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    client.force_login(ashdown.chair)
    text = page(client)
    for said in (
        "Leaders say",
        "on track",
        "The monitor says",
        "off track",
        "I saw one class of four.",
        "Ashdown Link",
    ):
        assert said in text
    assert f'href="/reviews/{review.pk}/#objective-{review.plan.objectives.get().pk}"' in text


def heard(ashdown, item: AgendaItem, outcome: str, **words):
    resolved = Resolved(outcome=outcome, how="agreed", decided_on=item.meeting.day, **words)
    return kinds.of(item).decide(item, resolved=resolved, by=ashdown.clerk)


def begun(ashdown, review) -> AgendaItem:
    meeting = plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    with make.at_the_meeting(meeting):
        how = {one.pk: "in person" for one in ashdown.voters}
        meetings.record_attendance(meeting, how=how, acting_chair=ashdown.chair.person, by=ashdown.clerk)
    return AgendaItem.objects.get(kind="difference")


def test_the_board_hears_both_and_neither_changes(ashdown, review):
    item = begun(ashdown, review)
    with make.at_the_meeting(item.meeting):
        decision = heard(ashdown, item, "noted")
    assert (
        decision.resolution == "That the board note both views in the autumn review 2026/27, and what was said of them."
    )
    assert review.views.values_list("stance", "mark").get() == ("sees it differently", "red")
    plan_meeting(ashdown, LATER)
    assert len(placed()) == 1


def test_deferred_the_difference_follows(ashdown, review, client):
    later = plan_meeting(ashdown, LATER)
    item = begun(ashdown, review)
    with make.at_the_meeting(item.meeting):
        heard(ashdown, item, "deferred", reason="The monitor is ill.", deferred_to=later)
    assert placed() == [(EARLY, TITLE, "closed"), (LATER, TITLE, "waiting")]
    client.force_login(ashdown.chair)
    assert "I saw one class of four." in page(client)


def test_while_leaders_rate_again_the_item_shows_no_rating(client, ashdown, review):
    plan_meeting(ashdown, EARLY)
    see(ashdown, review)
    reviewing.take_back_review(review, by=ashdown.head)
    client.force_login(ashdown.chair)
    text = page(client)
    assert "was taken back: leaders are rating again" in text and "I saw one class" not in text


def test_only_an_item_of_its_kind_is_heard_so(ashdown, review):
    meeting = make.meeting(ashdown.board, day=EARLY, present=ashdown.voters, by=ashdown.clerk)
    item = meetings.add_item(meeting, title="Budget", by=ashdown.clerk)
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="is an item of another kind"):
        differences.hear_both(item, resolved=Resolved("noted", decided_on=EARLY), by=ashdown.clerk)
