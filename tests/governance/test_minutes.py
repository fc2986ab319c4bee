"""The words of the minutes: each outcome, a quorum lost at an hour, and the whole draft of a meeting."""

from datetime import date, time

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from governance import draft_minutes, meetings, voting
from governance.deciding import Resolved, decide_ordinary
from governance.models import Decision, Vote
from sip import asking, deciding
from tests import make

DAY = date(2026, 12, 2)


@pytest.fixture
def meeting(ashdown):
    return make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def later(ashdown):
    return make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)


@pytest.fixture
def item(ashdown, meeting):
    return meetings.add_item(meeting, title="Budget", resolution="That the board approve the budget.", by=ashdown.clerk)


def leave_at(cast, meeting, hour: time, *people) -> None:
    """The record of attendance: these have left at that hour."""
    how = {one.pk: "in person" for one in cast.voters}
    times = {one.pk: (None, hour) for one in people}
    meetings.record_attendance(meeting, how=how, times=times, acting_chair=cast.chair.person, by=cast.clerk)


def at(hour: time):
    return clock.standing_at(clock.local(DAY, hour))


# --- a quorum lost in mid-item ---------------------------------------------------------------------------------------


@pytest.fixture
def three_leave(ashdown, meeting, item):
    """At 19:42, while voting is open."""
    with at(time(19, 30)):
        voting.open_voting(item, by=ashdown.chair)
        voting.cast_vote(item, choice="for", by=ashdown.chair)
    with at(time(19, 43)):
        leave_at(ashdown, meeting, time(19, 42), *ashdown.voters[1:])
    return item


def test_whoever_has_left_does_not_vote(ashdown, three_leave):
    with at(time(19, 43)), pytest.raises(NotAllowed, match="recorded as present"):
        voting.cast_vote(three_leave, choice="for", by=ashdown.link)
    assert Vote.objects.count() == 1


def test_nothing_can_be_decided_any_more_but_deferred(ashdown, three_leave, later):
    with at(time(19, 45)):
        voting.close_voting(three_leave, by=ashdown.chair)
        with pytest.raises(Conflict, match="Not quorate for this item: 1 present of 4, 2 needed"):
            decide_ordinary(three_leave, resolved=Resolved("approved", how="browser"), by=ashdown.clerk)
        words = {"reason": "Three had to go.", "deferred_to": later, "quorum_lost_at": time(19, 42)}
        decision = decide_ordinary(three_leave, resolved=Resolved("deferred", **words), by=ashdown.clerk)
    assert decision.wording == (
        "The board discussed the resolution “That the board approve the budget”. No decision was possible, for the "
        "quorum was lost at 19:42 (1 present of 4, 2 needed). The item is DEFERRED to the meeting on 20 January 2027: "
        "Three had to go."
    )
    assert (decision.quorum_lost_at, decision.present) == (time(19, 42), 1)


def test_it_is_recorded_the_day_after_as_it_was(ashdown, three_leave, later):
    with clock.standing_at(clock.local(date(2026, 12, 3), time(9))):
        voting.close_voting(three_leave, by=ashdown.chair)
        words = {"reason": "Three had to go.", "deferred_to": later, "quorum_lost_at": time(19, 42)}
        decision = decide_ordinary(three_leave, resolved=Resolved("deferred", **words), by=ashdown.clerk)
    assert "the quorum was lost at 19:42" in decision.wording


@pytest.mark.parametrize(
    ("hour", "why"),
    [
        (time(17, 30), "The meeting began at 18:00"),
        (time(19, 30), "At 19:30 there was a quorum: 4 present of 4, 2 needed"),
        (time(21), "It is not 21:00 yet"),
    ],
)
def test_an_hour_that_cannot_be(ashdown, three_leave, later, hour, why):
    with at(time(19, 45)):
        voting.close_voting(three_leave, by=ashdown.chair)
        words = {"reason": "Three had to go.", "deferred_to": later, "quorum_lost_at": hour}
        with pytest.raises(Conflict, match=why):
            decide_ordinary(three_leave, resolved=Resolved("deferred", **words), by=ashdown.clerk)
    assert not Decision.objects.exists()


def test_it_is_asked_in_the_browser(client, ashdown, three_leave, later):
    client.force_login(ashdown.clerk)
    with at(time(19, 45)):
        voting.close_voting(three_leave, by=ashdown.chair)
        page = client.get(reverse("item", args=[three_leave.pk])).content.decode()
        assert "Was the quorum lost? When?" in page
        words = {"do": "record", "outcome": "deferred", "how": "agreed", "reason": "Time.", "resolution": "That."}
        words |= {"deferred_to": later.pk, "there": [ashdown.chair.person_id], "quorum_lost_at": "5pm"}
        early = client.post(reverse("item", args=[three_leave.pk]), words)
        assert (early.status_code, "give a later time" in early.content.decode()) == (422, True)
        onward = client.post(reverse("item", args=[three_leave.pk]), words | {"quorum_lost_at": "7.42 pm"})
    assert onward.status_code == 302
    assert "Lost at 19:42" in client.get(reverse("item", args=[three_leave.pk])).content.decode()


# --- a head with and without a seat, an associate --------------------------------------------------------------------


def test_a_head_with_a_seat_votes_and_one_without_attends(ashdown, meeting, item):
    people = [*ashdown.voters, ashdown.head.person]
    with at(time(18)):
        meetings.record_attendance(
            meeting, how={one.pk: "in person" for one in people}, acting_chair=ashdown.chair.person, by=ashdown.clerk
        )
        voting.open_voting(item, by=ashdown.chair)
        with pytest.raises(NotAllowed):
            voting.cast_vote(item, choice="for", by=ashdown.head)
        make.seat(ashdown.head, ashdown.board, category="headteacher")
        assert voting.cast_vote(item, choice="for", by=ashdown.head).choice == "for"


def test_what_an_associate_may_vote_on_is_advice_to_the_clerk(client, ashdown):
    from governance import joining

    person = make.user("Ashdown Expert")
    words = {"position": "associate member", "by": ashdown.clerk}
    seat = joining.take_seat(ashdown.committee, person=person.person, votes_on="the curriculum", **words)
    full = joining.take_seat(ashdown.board, person=person.person, votes=True, votes_on="everything", **words)
    assert (seat.votes, seat.votes_on) == (True, "the curriculum")
    assert (full.votes, full.votes_on) == (False, "")
    meeting = make.meeting(ashdown.committee, present=[person.person], by=ashdown.clerk)
    item = meetings.add_item(meeting, title="Reading", by=ashdown.clerk)
    client.force_login(ashdown.clerk)
    with make.at_the_meeting(meeting):
        page = client.get(reverse("item", args=[item.pk])).content.decode()
    assert "associate member, may vote on: the curriculum" in page


# --- the whole draft -------------------------------------------------------------------------------------------------


def test_the_draft_holds_who_was_there_and_what_came_of_each_item(ashdown, meeting, item):
    talk = meetings.add_item(meeting, title="Visits", by=ashdown.clerk)
    people = {one.pk: "in person" for one in [*ashdown.voters[:3], ashdown.head.person]}
    people |= {ashdown.link.person_id: "apologies"}
    with at(time(19)):
        times = {ashdown.vice.person_id: (time(18, 20), None)}
        meetings.record_attendance(
            meeting, how=people, times=times, acting_chair=ashdown.chair.person, by=ashdown.clerk
        )
        condition = {"text": "Show the costs.", "owner": ashdown.business.person, "due_on": date(2027, 1, 29)}
        resolved = Resolved("approved with conditions", conditions=[condition])
        decide_ordinary(item, resolved=resolved, by=ashdown.clerk)
        voting.withdraw(talk, person=ashdown.governor.person, by=ashdown.governor)
        voting.open_item(talk, by=ashdown.chair)
        voting.close_item(talk, by=ashdown.chair)
    page = draft_minutes.of(meeting, ashdown.clerk, part_two=False)
    assert page.title == "Minutes of the Governing board of Ashdown Primary"
    assert page.where == "Wednesday 2 December 2026, 18:00, Library"
    assert page.people == [
        ("Present", "Ashdown Chair (chair), Ashdown Governor (parent) and Ashdown Vice (vice chair, from 18:20)"),
        ("In attendance", "Ashdown Head (headteacher)"),
        ("Apologies", "Ashdown Link"),
    ]
    first, second = page.minutes
    assert first.says[0].startswith("The board RESOLVED, all three governors present agreeing, to approve the budget")
    assert first.actions == [("Show the costs.", "Ashdown Business", "29 January 2027")]
    assert second.says == ["Discussed; no decision was taken.", "Ashdown Governor withdrew and took no part."]


def test_questions_to_leaders_stand_with_the_plan(ashdown, meeting):
    plan = make.plan(ashdown, state="with the board")
    words = {"needs_answer": True, "objective": None, "action": None, "criterion": None, "due_on": None}
    question = asking.ask(plan, text="What does it cost?", to=ashdown.head.person, by=ashdown.link, **words)
    asking.answer(question, text="£400 a term.", by=ashdown.head)
    deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
    minute = draft_minutes.of(meeting, ashdown.clerk, part_two=False).minutes[0]
    assert minute.questions == [("What does it cost? (Ashdown Link)", "£400 a term. (Ashdown Head)")]


def test_clerk_and_chair_read_the_draft(client, ashdown, kestrel, meeting, item):
    url = reverse("draft_minutes", args=[meeting.pk])
    for user, status in (
        (ashdown.clerk, 200), (ashdown.chair, 200), (ashdown.governor, 403), (ashdown.head, 403), (kestrel.clerk, 404),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(url).status_code == status
    client.force_login(ashdown.clerk)
    assert url in client.get(reverse("meeting", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_draft_asks_no_more_for_more(client, ashdown, meeting, many, django_assert_num_queries):
    for number in range(many):
        row = meetings.add_item(meeting, title=f"Item {number}", by=ashdown.clerk)
        with at(time(18, 30)):
            decide_ordinary(row, resolved=Resolved("approved"), by=ashdown.clerk)
    client.force_login(ashdown.clerk)
    with django_assert_num_queries(21):
        client.get(reverse("draft_minutes", args=[meeting.pk]))
