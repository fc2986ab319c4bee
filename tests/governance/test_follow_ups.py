"""Actions of meetings: recorded at an item, told again at the next meeting, done by whoever owns them; their pages."""

from datetime import date

import pytest
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import draft_minutes, follow_ups, meetings, part_two
from governance.models import AgendaItem, FollowUp
from tests import make

DAY, DUE = date(2026, 12, 2), date(2026, 12, 11)


@pytest.fixture
def meeting(ashdown):
    return make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def item(ashdown, meeting) -> AgendaItem:
    return meetings.add_item(meeting, title="Budget", by=ashdown.clerk)


@pytest.fixture
def now(meeting):
    with make.at_the_meeting(meeting):
        yield


@pytest.fixture
def given(ashdown, item, now) -> FollowUp:
    return give(ashdown, item)


def give(cast, item, text="Ask for three quotations", **words) -> FollowUp:
    words = {"owner": cast.teacher.person, "due_on": DUE} | words
    return follow_ups.record_follow_up(item, text=text, by=words.pop("by", cast.clerk), **words)


# --- recorded --------------------------------------------------------------------------------------------------------


def test_it_says_what_who_and_by_when_and_the_owner_hears_of_it(ashdown, item, given):
    assert (given.text, given.owner, given.due_on, given.item) == (
        "Ask for three quotations", ashdown.teacher.person, DUE, item
    )  # fmt: skip
    mail = OutgoingMail.objects.get(key=f"follow_up_given:{given.pk}")
    assert mail.to_address == ashdown.teacher.person.email
    assert "Ask for three" not in mail.text and f"/follow-ups/{given.pk}/" in mail.text
    assert AuditEvent.objects.filter(what="record_follow_up").count() == 1


@pytest.mark.parametrize("who", ["chair", "head", "governor", "teacher", "associate"])
def test_only_the_clerk_records(ashdown, item, now, who):
    with pytest.raises(NotAllowed):
        give(ashdown, item, by=getattr(ashdown, who))


def test_the_same_twice_is_refused(ashdown, item, given):
    with pytest.raises(Conflict, match="recorded already, for Ashdown Teacher"):
        give(ashdown, item, text="ask for three quotations")
    give(ashdown, item, owner=ashdown.deputy.person)
    assert FollowUp.objects.count() == 2


def test_nothing_is_recorded_before_the_meeting_nor_due_before_it(ashdown, item):
    later = make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    coming = meetings.add_item(later, title="Later", by=ashdown.clerk)
    with pytest.raises(Conflict, match="has not begun: nobody is recorded as present"):
        give(ashdown, coming)
    with pytest.raises(Conflict, match="due on 1 December, before the meeting"):
        give(ashdown, item, due_on=date(2026, 12, 1))


def test_what_is_recorded_at_an_item_keeps_it_on_the_agenda(ashdown, item, given):
    with pytest.raises(Conflict, match="An action was recorded at it"):
        meetings.drop_item(item, by=ashdown.clerk)


def test_after_the_decision_and_the_end_too_until_minutes_are_signed(ashdown, meeting, item, now):
    meetings.close_item(item, by=ashdown.clerk)
    meetings.close_meeting(meeting, by=ashdown.clerk)
    made = give(ashdown, item)
    meetings.sign_minutes(meeting, on=DAY, by=ashdown.clerk)
    with pytest.raises(Conflict, match="The minutes were signed on 2 December 2026: the record stands"):
        give(ashdown, item, text="Another")
    with pytest.raises(Conflict, match="The minutes were signed"):
        follow_ups.drop_follow_up(made, by=ashdown.clerk)


# --- done ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["teacher", "clerk", "chair"])
def test_owner_clerk_or_chair_say_that_it_is_done(ashdown, given, who):
    by = getattr(ashdown, who)
    follow_ups.finish_follow_up(given, note="All three came.", by=by)
    assert (given.done_on, given.done_note, given.done_by) == (DAY, "All three came.", by.person)
    with pytest.raises(Conflict, match=f"marked as done on 2 December by {by.person}"):
        follow_ups.finish_follow_up(given, by=by)
    with pytest.raises(Conflict, match="stays in the record"):
        follow_ups.drop_follow_up(given, by=ashdown.clerk)
    follow_ups.reopen_follow_up(given, by=by)
    assert (given.done_on, given.done_note) == (None, "")


@pytest.mark.parametrize("who", ["governor", "deputy", "associate"])
def test_nobody_else_does(ashdown, given, who):
    with pytest.raises(NotAllowed, match="say that this action of a meeting is done"):
        follow_ups.finish_follow_up(given, by=getattr(ashdown, who))


def test_a_mistake_is_taken_out_with_a_trace(ashdown, given):
    follow_ups.drop_follow_up(given, by=ashdown.clerk)
    assert not FollowUp.objects.exists()
    assert AuditEvent.objects.filter(what="drop_follow_up").count() == 1


# --- told again ------------------------------------------------------------------------------------------------------


@pytest.fixture
def later(ashdown, meeting, given):
    give(ashdown, given.item, text="Read the policy", owner=ashdown.governor.person)
    meetings.close_meeting(meeting, by=ashdown.clerk)
    return make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)


def test_the_next_meeting_hears_of_what_was_done_and_what_was_not(ashdown, later, given):
    with clock.standing_at(clock.local(date(2026, 12, 8), later.time)):
        follow_ups.finish_follow_up(given, note="All three came.", by=ashdown.teacher)
    with clock.standing_at(clock.local(date(2026, 12, 14), later.time)):
        rows = follow_ups.from_last_time(later, ashdown.governor)
    assert [(row.text, row.says, row.note, row.may_finish) for row in rows] == [
        ("Read the policy", "late: was due 11 December", "", True),
        ("Ask for three quotations", "done on 8 December", "All three came.", False),
    ]


def test_what_a_meeting_has_heard_of_as_done_the_next_one_does_not_hear_again(ashdown, later, given):
    follow_ups.finish_follow_up(given, by=ashdown.teacher)
    with make.at_the_meeting(later):
        meetings.record_attendance(later, how={one.pk: "in person" for one in ashdown.voters}, by=ashdown.clerk)
        meetings.close_meeting(later, by=ashdown.clerk)
        after = make.meeting(ashdown.board, day=date(2027, 3, 17), by=ashdown.clerk)
        assert [row.text for row in follow_ups.from_last_time(after, ashdown.governor)] == ["Read the policy"]


def test_a_committee_hears_of_its_own(ashdown, later):
    committee = make.meeting(ashdown.committee, day=date(2027, 1, 21), by=ashdown.clerk)
    assert follow_ups.from_last_time(committee, ashdown.clerk) == []


def test_it_stands_in_the_draft_of_the_minutes(ashdown, meeting, later):
    drawn = draft_minutes.of(meeting, ashdown.clerk, part_two=False)
    assert drawn.minutes[0].actions == [
        ("Ask for three quotations", "Ashdown Teacher", "11 December 2026"),
        ("Read the policy", "Ashdown Governor", "11 December 2026"),
    ]
    assert [row.text for row in draft_minutes.of(later, ashdown.clerk, part_two=False).last_time] == [
        "Ask for three quotations", "Read the policy"
    ]  # fmt: skip


def test_of_part_two_only_its_readers_and_the_owner_know(ashdown, given, meeting):
    part_two.put_in_part_two(given.item, confidential=True, by=ashdown.clerk)
    seen = {who for who in ("chair", "associate", "deputy", "teacher") if _sees(getattr(ashdown, who), given)}
    assert seen == {"chair", "teacher"}
    assert follow_ups.page_of(given, ashdown.teacher).up_url == ""
    assert follow_ups.of_meeting(meeting, ashdown.associate) == []


def _sees(user, given) -> bool:
    return FollowUp.objects.visible_to(user).filter(pk=given.pk).exists()


# --- pages -----------------------------------------------------------------------------------------------------------


def box(**words) -> dict:
    return {f"action-{name}": value for name, value in words.items()}


def test_recorded_on_the_page_one_is_back_at_the_item(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    page, words = reverse("follow_up_record", args=[item.pk]), {"text": "Ask", "due_on": "11 Dec 2026"}
    sent = client.post(page, box(**words, owner=ashdown.teacher.person.pk))
    assert (sent.status_code, sent["Location"]) == (302, f"{reverse('item', args=[item.pk])}#actions")
    assert FollowUp.objects.get().text == "Ask"


def test_in_place_the_answer_is_the_box_alone(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    page = reverse("follow_up_record", args=[item.pk])
    words = box(text="Ask for it", owner=ashdown.teacher.person.pk, due_on="11/12/2026")
    sent = client.post(page, words, headers={"X-In-Place": "1"})
    shown = sent.content.decode()
    assert sent.status_code == 200 and "<html" not in shown
    assert 'data-said="Recorded: Ashdown Teacher is to do it by 11 December."' in shown and "Ask for it" in shown
    again = client.post(page, words, headers={"X-In-Place": "1"})
    assert again.status_code == 409 and "That is recorded already" in again.content.decode()


def test_wrong_words_come_back_with_what_was_typed(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    page = reverse("follow_up_record", args=[item.pk])
    for headers in ({}, {"X-In-Place": "1"}):
        sent = client.post(page, box(text="Ask for it", owner="", due_on="11 Dec 2025"), headers=headers)
        shown = sent.content.decode()
        assert sent.status_code == 422 and "Ask for it" in shown
        assert "Choose who does it" in shown and "Choose a day from the meeting of 2 December on" in shown


def test_readers_are_refused_and_strangers_find_nothing(ashdown, kestrel, item, given, client):
    record, page = reverse("follow_up_record", args=[item.pk]), reverse("follow_up", args=[given.pk])
    client.force_login(ashdown.governor)
    assert client.post(record).status_code == 403
    assert client.get(page).status_code == 200 and client.post(page).status_code == 403
    client.force_login(kestrel.clerk)
    assert client.post(record).status_code == 404 and client.get(page).status_code == 404


def test_the_owner_says_so_on_a_page_of_its_own(ashdown, given, client):
    client.force_login(ashdown.teacher)
    page = reverse("follow_up", args=[given.pk])
    shown = client.get(page).content.decode()
    assert (
        "Governing board asked for it on 2 December 2026" in shown
        and reverse("item", args=[given.item_id]) not in shown
    )
    sent = client.post(page, {"note": "All three came."}, follow=True)
    assert "done on 2 December" in sent.content.decode() and "All three came." in sent.content.decode()
    assert client.post(page, {"note": ""}).status_code == 409
    assert client.post(page, {"note": "x" * 301}).status_code == 422
    back = client.post(reverse("follow_up_again", args=[given.pk]), follow=True)
    assert "It is to be done again." in back.content.decode()


def test_the_clerk_takes_a_mistake_out(ashdown, given, client):
    client.force_login(ashdown.clerk)
    assert client.post(reverse("follow_up_remove", args=[given.pk])).status_code == 302
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_the_meeting_asks_no_more_for_more(ashdown, later, given, many, client, django_assert_num_queries):
    for number in range(many):
        give(ashdown, given.item, text=f"Action {number}")
    client.force_login(ashdown.clerk)
    page = reverse("meeting", args=[later.pk])
    client.get(page)
    with django_assert_num_queries(MEETING):
        shown = client.get(page).content.decode()
    assert shown.count("Say it is done") == many + 2


MEETING = 16
