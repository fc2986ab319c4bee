"""Standing items: they come by themselves where the board has chosen so, once, and the clerk may take them off."""

from datetime import date, time

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from governance import boards, kinds, meetings, setting_up, standing_items
from governance.models import AgendaItem, Board, Meeting
from tests import make

DAY = date(2026, 12, 16)
RULES = {
    "name": "Governing board",
    "short_name": "FGB",
    "quorum": "half",
    "quorum_number": None,
    "governors_in_majority": False,
    "notice_days": 7,
}


def choose(cast, **which) -> None:
    boards.change_board(cast.board, **RULES, **which, by=cast.clerk)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.values_list("title", flat=True))


def test_a_board_that_has_chosen_nothing_gets_nothing(ashdown):
    assert titles(make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)) == []


def test_monitoring_comes_with_every_meeting_that_is_planned(ashdown):
    choose(ashdown, stands_monitoring=True)
    made = make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)
    assert [(item.title, item.kind) for item in made.items.all()] == [("Monitoring progress", "monitoring")]
    assert titles(make.meeting(ashdown.committee, day=DAY, by=ashdown.clerk)) == []


def test_a_full_board_begins_with_both(site_administrator):
    made = setting_up.set_up_organisation(
        name="Newly School", kind="school", establishment="Community school", phase="Primary",
        clerk_name="Nell Clerk", clerk_email="nell@people.example", by=site_administrator,
    )  # fmt: skip
    board = made.full_board()
    assert (board.stands_review, board.stands_monitoring) == (True, True)


def test_chosen_later_it_comes_onto_coming_agendas_whose_papers_are_not_out(ashdown):
    out = make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    meetings.add_item(out, title="Budget", by=ashdown.clerk)
    meetings.send_papers(out, by=ashdown.clerk)
    coming = make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)
    choose(ashdown, stands_monitoring=True)
    assert (titles(out), titles(coming)) == (["Budget"], ["Monitoring progress"])
    choose(ashdown, stands_monitoring=True)
    assert titles(coming) == ["Monitoring progress"]


def test_other_rules_of_the_board_leave_it_as_it_is(ashdown):
    choose(ashdown, stands_monitoring=True)
    choose(ashdown)
    assert Board.objects.get(pk=ashdown.board.pk).stands_monitoring


def test_taken_off_for_one_meeting_it_can_be_put_back_and_never_twice(ashdown):
    choose(ashdown, stands_monitoring=True)
    made = make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)
    meetings.drop_item(made.items.get(), by=ashdown.clerk)
    assert titles(made) == []
    ready = kinds.ready_for(made, ashdown.clerk)["monitoring"]
    assert (ready.title, ready.says) == ("Monitoring progress", "What is new since the last meeting")
    ready.put(by=ashdown.clerk)
    assert "monitoring" not in kinds.ready_for(made, ashdown.clerk)
    with pytest.raises(Conflict, match="is on the agenda already"):
        standing_items.put_monitoring(made, by=ashdown.clerk)
    with pytest.raises(NotAllowed):
        standing_items.put_monitoring(made, by=ashdown.chair)


def test_it_stops_neither_the_end_of_a_meeting_nor_its_cancelling(ashdown):
    choose(ashdown, stands_monitoring=True)
    held = make.meeting(ashdown.board, day=DAY, present=ashdown.voters, by=ashdown.clerk)
    other = meetings.plan_meeting(ashdown.board, day=date(2027, 1, 20), time=time(18), place="", by=ashdown.clerk)
    with make.at_the_meeting(held):
        meetings.close_meeting(held, by=ashdown.clerk)
    assert held.items.get().state == AgendaItem.State.CLOSED
    meetings.cancel_meeting(other, by=ashdown.clerk)
    assert not Meeting.objects.filter(pk=other.pk).exists()


# --- the page of the board -------------------------------------------------------------------------------------------


def test_the_clerk_ticks_it_on_the_page_of_the_board(ashdown, client):
    client.force_login(ashdown.clerk)
    page = reverse("board_change", args=[ashdown.school.slug, ashdown.board.pk])
    shown = client.get(page).content.decode()
    assert "Review of the plan stands on its agendas" in shown and "Monitoring progress stands" in shown
    words = {name: value for name, value in RULES.items() if value not in (None, False)}
    sent = client.post(page, words | {"stands_monitoring": "on"})
    assert sent.status_code == 302
    board = Board.objects.get(pk=ashdown.board.pk)
    assert (board.stands_review, board.stands_monitoring) == (False, True)
    listed = client.get(reverse("boards", args=[ashdown.school.slug])).content.decode()
    assert "<dt>Standing items</dt><dd>Monitoring progress</dd>" in listed
