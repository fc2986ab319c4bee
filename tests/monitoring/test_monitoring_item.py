"""The item "Monitoring progress": what is new since the board's last meeting; a review that comes by itself."""

from datetime import date, time

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict
from governance import boards, follow_ups, kinds, meetings
from governance.deciding import Resolved
from governance.models import AgendaItem, Board, Meeting
from monitoring import monitoring_item, receiving, reviewing
from monitoring.models import Review, ReviewItem
from sip import asking
from sip.models import Objective
from tests import make

DAY = date(2026, 12, 16)


@pytest.fixture
def standing(ashdown):
    Board.objects.filter(pk=ashdown.board.pk).update(stands_review=True, stands_monitoring=True)
    ashdown.board.refresh_from_db()
    return ashdown


def meet(cast, day: date = DAY, board: Board | None = None, **words) -> Meeting:
    return make.meeting(board or cast.board, day=day, by=cast.clerk, **words)


def kinds_on(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.items.order_by("position").values_list("kind", "title"))


# --- a review comes by itself ----------------------------------------------------------------------------------------


def test_sent_it_comes_onto_the_next_agenda_to_be_received(standing):
    review, coming = make.review(standing), meet(standing)
    later = meet(standing, date(2027, 1, 20))
    reviewing.send_review(review, by=standing.head)
    assert kinds_on(coming) == [("monitoring", "Monitoring progress"), ("review", "Autumn review 2026/27")]
    assert kinds_on(later) == [("monitoring", "Monitoring progress")]
    with pytest.raises(Conflict, match="is on the agenda of Governing board, 16 December 2026 already"):
        receiving.put_review(review, meeting=later, by=standing.clerk)


def test_taken_back_and_sent_again_it_is_there_once(standing):
    review, coming = make.review(standing), meet(standing)
    for _ in range(2):
        reviewing.send_review(review, by=standing.head)
        assert ReviewItem.objects.filter(item__meeting=coming).count() == 1
        if _ == 0:
            reviewing.take_back_review(review, by=standing.head)


def test_papers_that_are_out_stay_as_they_are(standing):
    review, out = make.review(standing), meet(standing)
    meetings.send_papers(out, by=standing.clerk)
    reviewing.send_review(review, by=standing.head)
    assert kinds_on(out) == [("monitoring", "Monitoring progress")]
    coming = meet(standing, date(2027, 1, 20))
    assert ("review", "Autumn review 2026/27") in kinds_on(coming)


def test_taken_off_one_agenda_it_comes_with_the_next_meeting_that_is_planned(standing):
    review, coming = make.review(standing), meet(standing)
    reviewing.send_review(review, by=standing.head)
    meetings.drop_item(coming.items.get(kind="review"), by=standing.clerk)
    later = meet(standing, date(2027, 1, 20))
    assert [kind for kind, _ in kinds_on(coming)] == ["monitoring"]
    assert [kind for kind, _ in kinds_on(later)] == ["monitoring", "review"]


def test_a_board_that_has_not_chosen_so_is_left_to_its_clerk(ashdown):
    review, coming = make.review(ashdown), meet(ashdown)
    reviewing.send_review(review, by=ashdown.head)
    assert kinds_on(coming) == []


@pytest.fixture
def committee(ashdown):
    """It has the review standing, and monitors the second of two objectives."""
    plan = make.plan(ashdown, state="approved", objectives=2)
    Board.objects.filter(pk=ashdown.committee.pk).update(stands_review=True)
    Objective.objects.filter(plan=plan, position=2).update(monitor_seat=None, monitor_board=ashdown.committee)
    ashdown.committee.refresh_from_db()
    ashdown.plan = plan
    return ashdown


def test_a_committee_discusses_its_own_objectives_of_it(committee, client):
    review, coming = make.review(committee, plan_=committee.plan), meet(committee, board=committee.committee)
    reviewing.send_review(review, by=committee.head)
    item = coming.items.get()
    assert (item.kind, item.title, kinds.resolution_of(item)) == (
        "monitoring", "Autumn review 2026/27", "That the board note the autumn review 2026/27."
    )  # fmt: skip
    client.force_login(committee.committee_member)
    shown = client.get(reverse("item", args=[item.pk])).content.decode()
    assert "Objective 2 of Ashdown Primary" in shown and "Objective 1 of Ashdown Primary" not in shown
    full = meet(committee, date(2026, 12, 17))
    receiving.put_review(review, meeting=full, by=committee.clerk)  # what the committee discusses the board receives


def test_a_committee_has_it_once_for_all(committee):
    review, coming = make.review(committee, plan_=committee.plan), meet(committee, board=committee.committee)
    reviewing.send_review(review, by=committee.head)
    meet(committee, date(2027, 1, 21), committee.committee)
    assert ReviewItem.objects.get().item.meeting == coming


def test_a_committee_that_monitors_nothing_gets_nothing(ashdown):
    Board.objects.filter(pk=ashdown.committee.pk).update(stands_review=True)
    review, coming = make.review(ashdown), meet(ashdown, board=ashdown.committee)
    reviewing.send_review(review, by=ashdown.head)
    assert kinds_on(coming) == []


# --- received twice --------------------------------------------------------------------------------------------------


def test_two_people_receive_it_at_once_and_the_second_is_told(standing):
    make.role(second := make.user("Ashdown Second"), standing.school, "clerk")
    review = make.review(standing)
    coming = meet(standing, present=standing.voters, chair=standing.chair.person)
    reviewing.send_review(review, by=standing.head)
    item = receiving.put_review(review, meeting=coming, by=standing.clerk).item
    seen = receiving.sent_record(review).pk
    with make.at_the_meeting(coming):
        words = {"resolved": Resolved(outcome="received"), "version": seen}
        receiving.decide_review(AgendaItem.objects.get(pk=item.pk), by=standing.clerk, **words)
        with pytest.raises(Conflict, match="The board has received the Autumn review 2026/27 already"):
            receiving.decide_review(AgendaItem.objects.get(pk=item.pk), by=second, **words)
    stages = list(review.records.order_by("number").values_list("stage", flat=True))
    assert stages == ["sent", "received"]


def test_taken_back_on_the_way_to_the_vote_nothing_is_received_or_half_frozen(standing):
    review = make.review(standing)
    coming = meet(standing, present=standing.voters, chair=standing.chair.person)
    reviewing.send_review(review, by=standing.head)
    item = receiving.put_review(review, meeting=coming, by=standing.clerk).item
    seen = receiving.sent_record(review).pk
    with make.at_the_meeting(coming):
        reviewing.take_back_review(review, by=standing.head)
        words = {"resolved": Resolved(outcome="received"), "version": seen}
        with pytest.raises(Conflict, match="was taken back: leaders are rating"):
            receiving.decide_review(item, by=standing.clerk, **words)
        reviewing.send_review(review, by=standing.head)
        with pytest.raises(Conflict, match="taken back and sent again since you opened this page"):
            receiving.decide_review(item, by=standing.clerk, **words)
        item.refresh_from_db()
        assert (item.state, Review.objects.get(pk=review.pk).state) == ("waiting", "with governors")
        assert list(review.records.values_list("stage", flat=True)) == ["sent", "sent"]
        receiving.decide_review(item, resolved=Resolved(outcome="received"), by=standing.clerk)
    assert review.records.order_by("number").last().stage == "received"


# --- what is new -----------------------------------------------------------------------------------------------------


@pytest.fixture
def news(standing):
    """The board met on 2 December; then a review was sent, a question asked, an action of the meeting done."""
    review = make.review(standing)
    held = Meeting.objects.get(day=date(2026, 12, 2))
    item = held.items.get(kind="plan")
    with make.at_the_meeting(held):
        words = {"owner": standing.teacher.person, "due_on": date(2026, 12, 11)}
        given = follow_ups.record_follow_up(item, text="Ask for quotations", by=standing.clerk, **words)
        meetings.close_meeting(held, by=standing.clerk)
    with clock.standing_at(clock.local(date(2026, 12, 8), time(12))):
        standing.coming = meet(standing)
        reviewing.send_review(review, by=standing.head)
        words = {"objective": review.plan.objectives.get(), "needs_answer": True}
        asking.ask(review.plan, text="What of the boys?", by=standing.governor, **words)
        asking.ask(review.plan, text="And the cost?", needs_answer=True, by=standing.governor)
        follow_ups.finish_follow_up(given, note="Three came.", by=standing.teacher)
    return standing


def at(day: date):
    return clock.standing_at(clock.local(day, time(12)))


def test_it_is_grouped_by_objective(news):
    with at(date(2026, 12, 20)):
        new = monitoring_item.new_at(news.coming, news.chair)
    assert new.since == "Since the last meeting, on Wednesday 2 December"
    assert [(line.words, line.soft) for line in new.review] == [
        ("Autumn review 2026/27", "with governors since 8 December")
    ]
    (group,) = new.groups
    assert (group.title, group.rated.mark) == ("1. Objective 1 of Ashdown Primary", "green")
    assert [(line.words, line.is_late) for line in group.lines] == [
        ("Asked: “What of the boys?”", False), ("Action: Action 1 of Ashdown Primary", True)
    ]  # fmt: skip
    assert [line.words for line in new.whole] == ["Asked: “And the cost?”"]
    assert [(row.text, row.says, row.note) for row in new.actions] == [
        ("Ask for quotations", "done on 8 December", "Three came.")
    ]


def test_what_was_new_last_time_is_not_new_again(news):
    with make.at_the_meeting(news.coming):
        meetings.record_attendance(news.coming, how={one.pk: "in person" for one in news.voters}, by=news.clerk)
        for item in news.coming.items.filter(kind="review"):
            receiving.decide_review(item, resolved=Resolved(outcome="received"), by=news.clerk)
        meetings.close_meeting(news.coming, by=news.clerk)
        after = meet(news, date(2027, 1, 20))
        new = monitoring_item.new_at(after, news.chair)
    assert (new.review, new.actions) == ([], [])
    assert [line.words for group in new.groups for line in group.lines] == ["Asked: “What of the boys?”"]


def test_each_reader_sees_no_more_than_is_theirs(news):
    """A senior leader of another school sees the meeting not at all; staff none; the associate no part II."""
    with at(date(2026, 12, 20)):
        assert monitoring_item.new_at(news.coming, news.associate).groups
        new = monitoring_item.new_at(news.coming, news.inspector)
    assert (new.review, new.whole) == ([], [])
    assert [line.words for group in new.groups for line in group.lines] == ["Action: Action 1 of Ashdown Primary"]


def test_a_committee_sees_its_own_objectives_alone(news):
    committee = meet(news, date(2026, 12, 17), news.committee)
    with at(date(2026, 12, 20)):
        assert monitoring_item.new_at(committee, news.chair).nothing == (
            "The Standards committee monitors no objective yet. Whoever sets the objectives names their monitors."
        )
        Objective.objects.update(monitor_seat=None, monitor_board=news.committee)
        new = monitoring_item.new_at(committee, news.chair)
    assert [group.title for group in new.groups] == ["1. Objective 1 of Ashdown Primary"]
    assert new.whole == []


def test_decisions_of_other_boards_are_told(news):
    committee = meet(news, date(2026, 12, 10), news.committee)
    seats = [make.seat(news.chair, news.committee), make.seat(news.vice, news.committee)]
    seats.append(make.seat(news.governor, news.committee))
    draft = make.strategy(news.school, state="draft", priorities=0)
    item = meetings.add_item(committee, title="Strategy", kind="strategy", strategy=draft, by=news.clerk)
    minutes = meetings.add_item(committee, title="Minutes", by=news.clerk)
    with make.at_the_meeting(committee):
        how = {seat.person_id: "in person" for seat in seats}
        meetings.record_attendance(committee, how=how, acting_chair=seats[0].person, by=news.clerk)
        asked = Resolved(outcome="changes asked for", reason="Say what it costs.")
        kinds.of(item).decide(item, resolved=asked, by=news.clerk)
        kinds.of(minutes).decide(minutes, resolved=Resolved(outcome="approved", resolution="So."), by=news.clerk)
        new = monitoring_item.new_at(news.coming, news.chair)
    assert [(line.words, line.soft) for line in new.elsewhere] == [
        ("Strategy: changes asked for", "Standards committee, 10 December")
    ]


def test_without_a_plan_the_item_says_who_acts_next(kestrel):
    new = monitoring_item.new_at(meet(kestrel), kestrel.chair)
    assert (new.is_empty, new.nothing) == (
        True, "No plan of this year is approved yet. From then on this item says what is new."
    )  # fmt: skip


# --- its page, and its end -------------------------------------------------------------------------------------------


def test_the_item_is_noted_and_minuted(news, client):
    item = news.coming.items.get(kind="monitoring")
    client.force_login(news.clerk)
    with make.at_the_meeting(news.coming):
        meetings.record_attendance(news.coming, how={one.pk: "in person" for one in news.voters}, by=news.clerk)
        shown = client.get(reverse("item", args=[item.pk])).content.decode()
        assert "What is new" in shown and "What of the boys?" in shown and "Noted" in shown
        decision = kinds.of(item).decide(item, resolved=Resolved(outcome="noted"), by=news.clerk)
    assert decision.wording == "The board NOTED the progress made since its last meeting."


def test_deferred_it_is_not_there_twice(news):
    item, later = news.coming.items.get(kind="monitoring"), meet(news, date(2027, 1, 20))
    with make.at_the_meeting(news.coming):
        meetings.record_attendance(news.coming, how={one.pk: "in person" for one in news.voters}, by=news.clerk)
        resolved = Resolved(outcome="deferred", reason="Time ran out.", deferred_to=later)
        kinds.of(item).decide(item, resolved=resolved, by=news.clerk)
    assert [kind for kind, _ in kinds_on(later)] == ["monitoring"]


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_no_more_for_more(news, many, client, django_assert_num_queries):
    plan = Objective.objects.get().plan
    for number in range(many):
        asking.ask(plan, text=f"Number {number}?", needs_answer=True, by=news.governor)
    client.force_login(news.chair)
    page = reverse("item", args=[news.coming.items.get(kind="monitoring").pk])
    client.get(page)
    with django_assert_num_queries(NEW):
        assert client.get(page).content.decode().count("Number ") == many


NEW = 33


def test_the_clerk_says_so_on_the_page_of_the_committee(committee):
    review = make.review(committee, plan_=committee.plan, state="with governors")
    Board.objects.filter(pk=committee.committee.pk).update(stands_review=False)
    coming = meet(committee, board=committee.committee)
    words = {"name": "Standards committee", "short_name": "", "quorum": "number", "quorum_number": 3}
    words |= {"governors_in_majority": False, "notice_days": 7}
    board = Board.objects.get(pk=committee.committee.pk)
    boards.change_board(board, **words, stands_review=True, by=committee.clerk)
    assert coming.items.get().review_item.review == review
