"""Meetings: planned, papers in clear days, attendance, the agenda, the end, the signing; and their pages."""

from datetime import date, time

import pytest
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import meetings
from governance.deciding import put_strategy
from governance.models import Attendance, Board, Meeting
from tests import make

DAY = date(2026, 12, 2)


@pytest.fixture
def meeting(ashdown) -> Meeting:
    made = make.meeting(ashdown.board, by=ashdown.clerk)
    for title in ("Apologies", "Budget", "Date of the next meeting"):
        meetings.add_item(made, title=title, by=ashdown.clerk)
    return made


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("title", flat=True))


def on(day: date, at: time = time(12)):
    return clock.standing_at(clock.local(day, at))


# --- clear days ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "notice", "due"),
    [
        (date(2026, 12, 2), 7, date(2026, 11, 24)),
        (date(2026, 12, 9), 7, date(2026, 12, 1)),
        (date(2026, 12, 8), 7, date(2026, 11, 30)),  # over the end of a month
        (date(2027, 1, 5), 7, date(2026, 12, 28)),  # over the end of a year, with its bank holidays
        (date(2027, 3, 4), 7, date(2027, 2, 24)),  # February has 28 days
        (date(2028, 3, 4), 7, date(2028, 2, 25)),  # and in a leap year 29
        (date(2026, 10, 28), 7, date(2026, 10, 20)),  # the clocks go back on 25 October
        (date(2027, 4, 1), 7, date(2027, 3, 24)),  # and forward on 28 March
        (date(2026, 12, 2), 5, date(2026, 11, 26)),
        (date(2026, 12, 2), 0, date(2026, 12, 1)),
    ],
)
def test_clear_days_leave_out_both_ends(day, notice, due):
    assert Meeting(board=Board(notice_days=notice), day=day).papers_due_on == due


def test_papers_go_out_in_time_and_everyone_is_told_once(ashdown, meeting):
    meetings.send_papers(meeting, by=ashdown.clerk)
    meeting.refresh_from_db()
    told = OutgoingMail.objects.filter(key__startswith="papers_out").values_list("to_name", flat=True)
    called = {"Ashdown Chair", "Ashdown Vice", "Ashdown Governor", "Ashdown Link", "Ashdown Associate", "Ashdown Head"}
    assert (meeting.papers_sent_on, meeting.papers_are_late, set(told), len(told)) == (
        date(2026, 11, 24),
        False,
        called,
        6,
    )


def test_papers_go_out_once(ashdown, meeting):
    meetings.send_papers(meeting, by=ashdown.clerk)
    with pytest.raises(Conflict, match="went out on Tuesday 24 November"):
        meetings.send_papers(meeting, by=ashdown.clerk)


def test_late_papers_need_the_chairs_direction(ashdown, meeting):
    with on(date(2026, 11, 25)), pytest.raises(Conflict, match="out by Tuesday 24 November"):
        meetings.send_papers(meeting, by=ashdown.clerk)
    with on(date(2026, 11, 25)):
        meetings.direct_urgency(meeting, reason="The roof of the hall came down.", by=ashdown.chair)
        meetings.send_papers(meeting, by=ashdown.clerk)
    assert (meeting.papers_are_late, meeting.urgency_reason) == (True, "The roof of the hall came down.")
    assert AuditEvent.objects.get(what="direct_urgency").by_name == "Ashdown Chair"


def test_nobody_directs_urgency_while_there_is_time(ashdown, meeting):
    with pytest.raises(Conflict, match="There is time"):
        meetings.direct_urgency(meeting, reason="Because.", by=ashdown.chair)


@pytest.mark.parametrize("who", ["clerk", "head", "vice", "governor"])
def test_only_the_chair_directs_urgency(ashdown, meeting, who):
    with on(date(2026, 11, 25)), pytest.raises(NotAllowed):
        meetings.direct_urgency(meeting, reason="Because.", by=getattr(ashdown, who))


def test_a_committees_own_chair_directs_urgency(ashdown):
    make.seat(ashdown.governor, ashdown.committee, position="chair")
    meeting = make.meeting(ashdown.committee, day=date(2026, 11, 26), by=ashdown.clerk)
    meetings.direct_urgency(meeting, reason="The inspection is on Friday.", by=ashdown.governor)
    assert meeting.urgency_reason == "The inspection is on Friday."


def test_an_empty_agenda_has_no_papers(ashdown):
    with pytest.raises(Conflict, match="empty"):
        meetings.send_papers(make.meeting(ashdown.board, by=ashdown.clerk), by=ashdown.clerk)


def test_papers_are_not_sent_in_days_to_come(ashdown, meeting):
    with pytest.raises(Conflict, match="not before"):
        meetings.send_papers(meeting, on=date(2026, 11, 25), by=ashdown.clerk)


# --- planning and the agenda -----------------------------------------------------------------------------------------


def test_a_meeting_is_planned_once(ashdown, meeting):
    with pytest.raises(Conflict, match="already"):
        meetings.plan_meeting(ashdown.board, day=DAY, time=time(18), place="", by=ashdown.clerk)


@pytest.mark.parametrize("who", ["head", "chair", "governor", "teacher", "associate"])
def test_only_the_clerk_plans(ashdown, who):
    with pytest.raises(NotAllowed, match="Only the clerk may plan"):
        meetings.plan_meeting(ashdown.board, day=DAY, time=time(18), place="", by=getattr(ashdown, who))


def test_another_schools_clerk_plans_nothing_here(ashdown, kestrel):
    with pytest.raises(NotAllowed):
        meetings.plan_meeting(ashdown.board, day=DAY, time=time(18), place="", by=kestrel.clerk)


def test_items_are_moved_and_dropped_and_keep_their_order(ashdown, meeting):
    first, second, third = meeting.items.order_by("position")
    meetings.move_item(third, up=True, by=ashdown.clerk)
    meetings.move_item(first, up=True, by=ashdown.clerk)
    assert titles(meeting) == ["Apologies", "Date of the next meeting", "Budget"]
    meetings.drop_item(first, by=ashdown.clerk)
    assert list(meeting.items.values_list("position", "title")) == [(1, "Date of the next meeting"), (2, "Budget")]


def test_an_item_can_be_put_in_a_place(ashdown, meeting):
    meetings.add_item(meeting, title="Safeguarding", position=2, by=ashdown.clerk)
    assert titles(meeting) == ["Apologies", "Safeguarding", "Budget", "Date of the next meeting"]


def test_an_item_that_the_board_has_come_to_stays(ashdown, meeting):
    item = meeting.items.first()
    with make.at_the_meeting(meeting):
        meetings.record_attendance(meeting, how={ashdown.chair.person_id: "in person"}, by=ashdown.clerk)
        meetings.open_item(item, by=ashdown.chair)
    for deed in (
        lambda: meetings.drop_item(item, by=ashdown.clerk),
        lambda: meetings.change_item(item, title="Else", note="", resolution="", by=ashdown.clerk),
    ):
        with pytest.raises(Conflict, match="has come to item 1 already"):
            deed()


def test_a_strategy_is_put_once_and_only_while_it_is_written(ashdown, meeting):
    draft = make.strategy(ashdown.school, state="draft")
    item = put_strategy(draft, meeting=meeting, by=ashdown.chair)
    assert (item.kind, item.resolution) == (
        "strategy",
        "That the board adopt “Strategy 2025/26 to 2028/29”, its strategy for 2025/26 to 2028/29.",
    )
    with pytest.raises(Conflict, match="on the agenda"):
        meetings.add_item(meeting, title="Strategy", kind="strategy", strategy=draft, by=ashdown.clerk)


def test_another_schools_strategy_is_refused(ashdown, kestrel, meeting):
    draft = make.strategy(kestrel.school, state="draft")
    with pytest.raises(Conflict, match="does not decide for"):
        meetings.add_item(meeting, title="Strategy", kind="strategy", strategy=draft, by=ashdown.clerk)


@pytest.mark.parametrize("kind", ["plan", "objectives"])
def test_a_plan_comes_from_the_plan(ashdown, meeting, kind):
    with pytest.raises(Conflict, match="from the plan"):
        meetings.add_item(meeting, title="Plan", kind=kind, by=ashdown.clerk)


def test_a_meeting_that_has_begun_stays_on_its_day(ashdown):
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    with pytest.raises(Conflict, match="has begun"):
        meetings.change_meeting(meeting, day=date(2026, 12, 3), time=time(18), place="", by=ashdown.clerk)


def test_a_meeting_is_taken_off_only_while_nothing_came_of_it(ashdown, meeting):
    meetings.send_papers(meeting, by=ashdown.clerk)
    with pytest.raises(Conflict, match="papers are out"):
        meetings.cancel_meeting(meeting, by=ashdown.clerk)
    other = make.meeting(ashdown.board, day=date(2026, 12, 16), by=ashdown.clerk)
    meetings.cancel_meeting(other, by=ashdown.clerk)
    assert list(Meeting.objects.all()) == [meeting]


# --- attendance ------------------------------------------------------------------------------------------------------


def test_nobody_is_there_before_the_day(ashdown, meeting):
    with pytest.raises(Conflict, match="on Wednesday 2 December"):
        meetings.record_attendance(meeting, how={ashdown.chair.person_id: "in person"}, by=ashdown.clerk)


def test_apologies_are_noted_beforehand(ashdown, meeting):
    meetings.record_attendance(meeting, how={ashdown.chair.person_id: "apologies"}, by=ashdown.clerk)
    assert str(meeting.attendances.get()) == "Ashdown Chair apologies"


@pytest.mark.parametrize(
    ("how", "chairs"),
    [
        ({"chair": "in person", "vice": "in person"}, "chair"),
        ({"chair": "remotely", "vice": "in person"}, "chair"),
        ({"chair": "apologies", "vice": "in person"}, "vice"),
        ({"chair": "absent", "vice": "apologies", "governor": "in person"}, None),
    ],
)
def test_the_chair_chairs_or_else_the_vice_chair(ashdown, meeting, how, chairs):
    keys = {getattr(ashdown, name).person_id: word for name, word in how.items()}
    with make.at_the_meeting(meeting):
        meetings.record_attendance(meeting, how=keys, by=ashdown.clerk)
    assert meeting.acting_chair == (getattr(ashdown, chairs).person if chairs else None)


@pytest.mark.parametrize(("who", "why"), [("link", "is not present"), ("head", "has no seat")])
def test_whoever_chairs_is_there_and_sits_on_the_board(ashdown, meeting, who, why):
    how = {ashdown.chair.person_id: "in person", ashdown.head.person_id: "in person"}
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match=why):
        meetings.record_attendance(meeting, how=how, acting_chair=getattr(ashdown, who).person, by=ashdown.clerk)


def test_attendance_can_be_changed_until_the_minutes_are_signed(ashdown, meeting):
    with make.at_the_meeting(meeting):
        meetings.record_attendance(meeting, how={p.pk: "in person" for p in ashdown.voters}, by=ashdown.clerk)
        meetings.record_attendance(meeting, how={ashdown.chair.person_id: "remotely"}, by=ashdown.clerk)
        assert [(row.person, row.how) for row in Attendance.objects.all()] == [(ashdown.chair.person, "remotely")]
        meetings.close_meeting(meeting, by=ashdown.clerk)
        meetings.sign_minutes(meeting, on=DAY, by=ashdown.clerk)
        with pytest.raises(Conflict, match="minutes were signed"):
            meetings.record_attendance(meeting, how={}, by=ashdown.clerk)


# --- the end ---------------------------------------------------------------------------------------------------------


def test_closing_takes_what_was_only_talked_about_along(ashdown, meeting):
    with make.at_the_meeting(meeting):
        meetings.record_attendance(meeting, how={p.pk: "in person" for p in ashdown.voters}, by=ashdown.clerk)
        meetings.close_meeting(meeting, by=ashdown.clerk)
    assert (meeting.state, set(meeting.items.values_list("state", flat=True))) == ("held", {"closed"})


def test_a_meeting_without_people_is_not_closed(ashdown, meeting):
    with pytest.raises(Conflict, match="who was present"):
        meetings.close_meeting(meeting, by=ashdown.clerk)


def test_what_waits_for_a_decision_keeps_the_meeting_open(ashdown, meeting):
    put_strategy(make.strategy(ashdown.school, state="draft"), meeting=meeting, by=ashdown.clerk)
    with make.at_the_meeting(meeting):
        meetings.record_attendance(meeting, how={p.pk: "in person" for p in ashdown.voters}, by=ashdown.clerk)
        with pytest.raises(Conflict, match="Item 4"):
            meetings.close_meeting(meeting, by=ashdown.clerk)


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 20)])
def test_minutes_are_signed_after_the_meeting_and_not_in_days_to_come(ashdown, meeting, day):
    with make.at_the_meeting(meeting):
        meetings.record_attendance(meeting, how={p.pk: "in person" for p in ashdown.voters}, by=ashdown.clerk)
        meetings.close_meeting(meeting, by=ashdown.clerk)
        with pytest.raises(Conflict, match="signed after the meeting"):
            meetings.sign_minutes(meeting, on=day, by=ashdown.chair)


def test_minutes_of_a_meeting_that_goes_on_are_not_signed(ashdown, meeting):
    with pytest.raises(Conflict, match="not over yet"):
        meetings.sign_minutes(meeting, on=DAY, by=ashdown.chair)


# --- pages -----------------------------------------------------------------------------------------------------------

PAGES = ["meeting", "meeting_change", "attendance", "agenda_add", "meeting_cancel"]


@pytest.mark.parametrize("name", PAGES)
def test_the_clerk_opens_every_page(client, ashdown, meeting, name):
    client.force_login(ashdown.clerk)
    assert client.get(reverse(name, args=[meeting.pk])).status_code == 200


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_governor_sees_the_meeting_and_keeps_nothing(client, ashdown, meeting, name):
    client.force_login(ashdown.governor)
    assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 200
    assert client.get(reverse(name, args=[meeting.pk])).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(client, ashdown, kestrel, meeting, name):
    client.force_login(kestrel.clerk)
    assert client.get(reverse(name, args=[meeting.pk])).status_code == 404


def test_the_page_says_by_when_papers_must_be_out(client, ashdown, meeting):
    client.force_login(ashdown.clerk)
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "Papers must be out by Tuesday 24 November: seven clear days." in page


def test_the_clerk_plans_a_meeting_in_the_browser(client, ashdown):
    client.force_login(ashdown.clerk)
    words = {
        "board": ashdown.board.pk,
        "day_day": "9",
        "day_month": "12",
        "day_year": "2026",
        "time": "6pm",
        "place": "Hall",
    }
    answer = client.post(reverse("meeting_add", args=[ashdown.school.slug]), words)
    made = Meeting.objects.get()
    assert (answer.status_code, made.day, made.time, made.place) == (302, date(2026, 12, 9), time(18), "Hall")


def test_wrong_words_come_back_with_what_was_typed(client, ashdown, kestrel):
    client.force_login(ashdown.clerk)
    words = {
        "board": kestrel.board.pk,
        "day_day": "31",
        "day_month": "2",
        "day_year": "2026",
        "time": "teatime",
        "place": "Hall",
    }
    answer = client.post(reverse("meeting_add", args=[ashdown.school.slug]), words)
    assert answer.status_code == 422
    assert "teatime" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_attendance_is_recorded_in_the_browser(client, ashdown, meeting):
    client.force_login(ashdown.clerk)
    how = {f"how_{person.pk}": "in person" for person in ashdown.voters}
    how |= {f"how_{ashdown.associate.person_id}": "apologies", f"how_{ashdown.head.person_id}": "in person"}
    times = {f"left_{ashdown.link.person_id}": "19:42"}
    with make.at_the_meeting(meeting):
        answer = client.post(reverse("attendance", args=[meeting.pk]), how | times)
    assert answer.status_code == 302
    rows = {row.person.name: (row.how, row.left) for row in meeting.attendances.select_related("person")}
    assert rows == {
        "Ashdown Chair": ("in person", None),
        "Ashdown Vice": ("in person", None),
        "Ashdown Governor": ("in person", None),
        "Ashdown Link": ("in person", time(19, 42)),
        "Ashdown Associate": ("apologies", None),
        "Ashdown Head": ("in person", None),
    }


def test_somebody_absent_cannot_be_put_in_the_chair(client, ashdown, meeting):
    client.force_login(ashdown.clerk)
    how = {f"how_{person.pk}": "absent" for person in [*ashdown.voters, ashdown.associate.person]}
    with make.at_the_meeting(meeting):
        answer = client.post(reverse("attendance", args=[meeting.pk]), how | {"acting_chair": ashdown.chair.person_id})
    assert answer.status_code == 422
    assert not meeting.attendances.exists()


def test_the_list_and_the_page_take_the_same_queries_for_many_rows(
    client, ashdown, meeting, django_assert_max_num_queries
):
    client.force_login(ashdown.clerk)
    pages = [reverse("meetings", args=[ashdown.school.slug]), reverse("meeting", args=[meeting.pk])]
    counts = []
    client.get(pages[0])  # the first one after signing in reads more
    for more in (0, 3):
        for number in range(more):
            other = make.meeting(ashdown.board, day=date(2027, 1, 10 + number), by=ashdown.clerk)
            meetings.add_item(meeting, title=f"Item {other.pk}", by=ashdown.clerk)
        counts.append([_queries(client, page, django_assert_max_num_queries) for page in pages])
    assert counts[0] == counts[1]


def _queries(client, page, limit) -> int:
    with limit(60) as seen:
        client.get(page)
    return len(seen)
