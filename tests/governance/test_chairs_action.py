"""A chair's action: two tests, the chair alone, never for a plan, reported by itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import boards, meetings
from governance.chairs_action import act_for_board, why_not_act
from governance.deciding import Resolved, note_item
from governance.models import ChairsAction
from sip.models import Plan
from tests import make

TODAY = date(2026, 11, 24)
WORDS = {
    "what": "Had the hall roof made safe, for £3,400.",
    "cannot_wait": "Water came in on a Saturday; the board needs a week’s notice.",
    "detriment": "Two classes would have lost their room, and pupils might have been hurt.",
    "consulted": "The headteacher",
}


def act(cast, *, by=None, **words) -> ChairsAction:
    return act_for_board(cast.board, by=by or cast.chair, **(WORDS | words))


def test_it_is_recorded_with_its_tests_and_everybody_hears(ashdown):
    action = act(ashdown)
    assert (action.taken_by, action.taken_on, action.chair_away) == (ashdown.chair.person, TODAY, "")
    told = set(OutgoingMail.objects.filter(key__startswith="chairs_action").values_list("to_name", flat=True))
    assert {"Ashdown Clerk", "Ashdown Vice", "Ashdown Governor"} <= told and "Ashdown Chair" not in told
    assert "roof" not in "".join(OutgoingMail.objects.values_list("text", flat=True))


@pytest.mark.parametrize("part", ["clerk", "head", "governor", "link", "associate", "committee_member"])
def test_nobody_but_the_chair_acts(ashdown, part):
    with pytest.raises(NotAllowed, match="Only the chair or the vice chair"):
        act(ashdown, by=getattr(ashdown, part))


def test_the_vice_chair_says_why_the_chair_could_not(ashdown):
    with pytest.raises(Conflict, match="say why the chair could not"):
        act(ashdown, by=ashdown.vice)
    action = act(ashdown, by=ashdown.vice, chair_away="In hospital.")
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    assert action.chair_away == "In hospital."
    assert meeting.items.get().title == "Report of a vice chair’s action of 24 November 2026"


@pytest.mark.parametrize("missing", ["what", "cannot_wait", "detriment"])
def test_both_tests_are_asked(ashdown, missing):
    with pytest.raises(Conflict, match="what harm delay would have done"):
        act(ashdown, **{missing: " "})


@pytest.mark.parametrize(
    "what",
    [
        "Approved the school improvement plan for 2026/27.",
        "I have approved our SIP.",
        "Closing the plan.",
        "Adopted this year’s improvement plan",
    ],
)
def test_a_plan_is_never_approved_or_closed_by_it(ashdown, what):
    plan = make.plan(ashdown, state="with the board")
    with pytest.raises(Conflict, match="approved and closed by the board alone"):
        act(ashdown, what=what)
    plan.refresh_from_db()
    assert plan.state == Plan.State.WITH_THE_BOARD


@pytest.mark.parametrize(
    "what",
    ["Approved a change to the school improvement plan: £400 moved.", "Approved the emergency plan of the bus firm."],
)
def test_an_urgent_change_is_another_thing(ashdown, what):
    assert act(ashdown, what=what).what == what


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=61)])
def test_the_day_is_near_and_past(ashdown, day):
    with pytest.raises(Conflict, match="day on which you acted"):
        act(ashdown, taken_on=day)


def test_sent_twice_it_is_recorded_once(ashdown):
    act(ashdown)
    with pytest.raises(Conflict, match="recorded already"):
        act(ashdown)


def test_trustees_only_where_their_rules_give_the_power(harbour, quayside):
    words = {"name": "Board", "short_name": "", "quorum": "half", "quorum_number": None, "notice_days": 7}
    for cast in (harbour, quayside):
        with pytest.raises(Conflict, match="give its chair no such power"):
            act(cast)
        boards.change_board(cast.board, governors_in_majority=False, chair_may_act=True, by=cast.clerk, **words)
        assert act(cast).board == cast.board


def test_a_committee_has_none(ashdown):
    seat = make.seat(make.user("Ashdown Convener"), ashdown.committee, position="chair")
    with pytest.raises(NotAllowed):
        act_for_board(ashdown.committee, by=seat.person.user, **WORDS)
    assert why_not_act(ashdown.committee).startswith("The Standards committee has no chair’s action")


# --- reported --------------------------------------------------------------------------------------------------------


def test_it_stands_on_the_next_agenda_by_itself(ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    action = act(ashdown)
    item = meeting.items.get()
    action.refresh_from_db()
    assert (action.reported_at, item.kind, item.note) == (item, "action", WORDS["what"])


def test_without_a_meeting_as_soon_as_one_is_planned(ashdown):
    action = act(ashdown)
    assert action.reported_at is None
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)
    action.refresh_from_db()
    assert action.reported_at.meeting == meeting and action.reported_at.meeting.items.count() == 1


def test_noted_and_minuted(ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    act(ashdown)
    with make.at_the_meeting(meeting):
        how = {one.pk: "in person" for one in ashdown.voters}
        meetings.record_attendance(meeting, how=how, acting_chair=ashdown.chair.person, by=ashdown.clerk)
        decision = note_item(meeting.items.get(), resolved=Resolved("noted"), by=ashdown.clerk)
    assert decision.wording == "The board NOTED the report of the chair’s action of 24 November 2026."


def test_deferred_it_is_reported_where_it_stands_then(ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    action = act(ashdown)
    later = make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)
    with make.at_the_meeting(meeting):
        how = {one.pk: "in person" for one in ashdown.voters}
        meetings.record_attendance(meeting, how=how, acting_chair=ashdown.chair.person, by=ashdown.clerk)
        resolved = Resolved("deferred", reason="No time.", deferred_to=later)
        note_item(meeting.items.get(), resolved=resolved, by=ashdown.clerk)
    action.refresh_from_db()
    assert action.reported_at == later.items.get()


def test_the_meeting_is_not_over_before_it_was_heard(ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    act(ashdown)
    with make.at_the_meeting(meeting):
        how = {one.pk: "in person" for one in ashdown.voters}
        meetings.record_attendance(meeting, how=how, acting_chair=ashdown.chair.person, by=ashdown.clerk)
        with pytest.raises(Conflict, match="is not closed"):
            meetings.close_meeting(meeting, by=ashdown.clerk)


# --- pages -----------------------------------------------------------------------------------------------------------


def test_it_is_recorded_in_a_browser(client, ashdown, kestrel):
    url = reverse("chairs_action_add", args=[ashdown.board.pk])
    client.force_login(ashdown.chair)
    wrong = client.post(url, {"what": "Mended the roof."})
    assert (wrong.status_code, "Mended the roof." in wrong.content.decode()) == (422, True)
    days = dict(zip(("taken_on_day", "taken_on_month", "taken_on_year"), ("24", "11", "2026"), strict=True))
    onward = client.post(url, WORDS | days)
    assert onward.status_code == 302
    again = client.post(url, WORDS | days)
    assert (again.status_code, "recorded already" in again.content.decode()) == (409, True)
    shown = client.get(onward.url).content.decode()
    assert "Two classes would have lost their room" in shown and "as soon as one is planned" in shown
    for person, status in ((ashdown.clerk, 403), (ashdown.governor, 403), (kestrel.chair, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status
    client.force_login(kestrel.chair)
    assert client.get(onward.url).status_code == 404
    client.force_login(ashdown.governor)
    assert client.get(onward.url).status_code == 200


def test_the_vice_chair_is_asked_why(client, ashdown):
    client.force_login(ashdown.vice)
    assert (
        "Why could the chair not act?"
        in client.get(reverse("chairs_action_add", args=[ashdown.board.pk])).content.decode()
    )


def test_the_page_says_who_cannot(client, harbour):
    client.force_login(harbour.chair)
    assert client.get(reverse("chairs_action_add", args=[harbour.board.pk])).status_code == 409
    shown = client.get(reverse("meetings", args=[harbour.school.slug])).content.decode()
    assert "Record a chair’s action" not in shown
