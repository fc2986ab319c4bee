"""Before the meeting: who has read the version, where members stand, and who sees what of it."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from governance import boards
from governance.models import Seat
from sip import approval, sounding
from sip.models import Look, Plan, Sounding, Version
from tests import make
from tests.sip.drafts import draft, on_agenda

PAGE = "/organisations/ashdown-primary/plan/2026-27/"
SECRET = "hedgehogs"
EVERYONE = ("chair", "vice", "governor", "link", "associate", "clerk", "head", "deputy", "business", "teacher")
EVERYONE += ("adviser", "inspector", "committee_member", "left")


@pytest.fixture
def plan(ashdown) -> Plan:
    """With the board, on the agenda of 2 December."""
    plan = draft(ashdown)
    approval.submit_plan(plan, by=ashdown.head)
    on_agenda(plan)
    return plan


@pytest.fixture
def version(plan) -> Version:
    return plan.latest_version


def read(client, user, address: str = PAGE) -> str:
    client.force_login(user)
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


# --- I have read it


def test_one_says_that_one_has_read_it_as_often_as_one_likes(client, version, ashdown):
    client.force_login(ashdown.governor)
    address = f"/versions/{version.pk}/read/"
    assert client.get(address).status_code == 405
    for _ in range(2):
        answer = client.post(address)
        assert (answer.status_code, answer.url) == (302, f"{PAGE}#before-the-meeting")
    assert [look.person for look in Look.objects.all()] == [ashdown.governor.person]


@pytest.mark.parametrize("who", ["head", "deputy", "clerk", "business", "adviser"])
def test_who_is_not_on_the_board_does_not_say_so(client, version, ashdown, who):
    client.force_login(getattr(ashdown, who))
    assert client.post(f"/versions/{version.pk}/read/").status_code == 403


@pytest.mark.parametrize("who", ["left", "teacher", "inspector"])
def test_who_does_not_see_the_version_finds_nothing(client, version, ashdown, kestrel, who):
    for user in (getattr(ashdown, who), kestrel.chair):
        client.force_login(user)
        assert client.post(f"/versions/{version.pk}/read/").status_code == 404
        assert client.get(f"/versions/{version.pk}/where-i-stand/").status_code == 404


def test_how_many_have_read_it_is_a_count_without_names(client, version, ashdown):
    sounding.say_read(version, by=ashdown.governor)
    sounding.say_read(version, by=ashdown.associate)
    for who in ("chair", "clerk", "head", "associate"):
        assert "Two of five members have read it." in read(client, getattr(ashdown, who))
    for who in ("adviser",):
        assert "have read it" not in read(client, getattr(ashdown, who))
    assert "You read it on 24 November." in read(client, ashdown.governor)


def test_the_clerk_notes_who_has_read_it_on_paper(client, version, ashdown):
    member = make.person("Ashdown Farmer")
    make.seat(member, ashdown.board)
    address = f"/versions/{version.pk}/read-on-paper/"
    client.force_login(ashdown.clerk)
    assert "Ashdown Farmer" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"people": [ashdown.governor.person_id]}).status_code == 422
    assert client.post(address, {"people": [member.pk]}).status_code == 302
    assert "One of six members has read it." in read(client, ashdown.chair)
    client.force_login(ashdown.chair)
    assert client.get(address).status_code == 403
    with pytest.raises(Conflict, match="has a sign-in"):
        sounding.note_read(version, people=[ashdown.governor.person], by=ashdown.clerk)


# --- where I stand


def test_a_member_says_where_they_stand_and_changes_it(client, version, ashdown):
    address = f"/versions/{version.pk}/where-i-stand/"
    client.force_login(ashdown.governor)
    page = client.get(address).content.decode()
    assert "This is not a vote" in page and "Regulations 2013" in page
    for wrong, says in (({}, "Choose where you stand"), ({"stand": "ready if"}, "Say what would make you ready")):
        answer = client.post(address, wrong)
        assert answer.status_code == 422 and says in answer.content.decode()
    assert client.post(address, {"stand": "perhaps"}).status_code == 422
    assert client.post(address, {"stand": "ready if", "words": "it says who pays"}).status_code == 302
    assert client.post(address, {"stand": "ready"}).status_code == 302
    (one,) = Sounding.objects.all()
    assert (one.person, one.stand, one.words) == (ashdown.governor.person, "ready", "")


@pytest.mark.parametrize("who", ["head", "clerk", "associate", "adviser", "committee_member"])
def test_nobody_but_a_voting_member_does(client, version, ashdown, who):
    client.force_login(getattr(ashdown, who))
    assert client.get(f"/versions/{version.pk}/where-i-stand/").status_code == 403
    with pytest.raises(NotAllowed):
        sounding.say_where_i_stand(version, stand="ready", by=getattr(ashdown, who))


def test_a_vote_on_another_board_of_the_school_is_none_on_this_one(version, ashdown):
    Seat.objects.filter(person=ashdown.committee_member.person).update(votes=True)
    with pytest.raises(NotAllowed, match="the board that decides"):
        sounding.say_where_i_stand(version, stand="ready", by=ashdown.committee_member)


def test_who_has_left_says_nothing_any_more(version, ashdown):
    Seat.objects.filter(person=ashdown.governor.person).update(last_day=date(2026, 11, 23))
    with pytest.raises(NotAllowed):
        sounding.say_where_i_stand(version, stand="ready", by=ashdown.governor)


def test_a_suspended_member_says_nothing(version, ashdown):
    Seat.objects.filter(person=ashdown.governor.person).update(is_suspended=True)
    with pytest.raises(NotAllowed):
        sounding.say_where_i_stand(version, stand="ready", by=ashdown.governor)


def test_a_new_version_asks_again_and_the_old_one_is_closed(client, plan, version, ashdown):
    sounding.say_where_i_stand(version, stand="ready", by=ashdown.governor)
    plan.items.all().delete()
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    with pytest.raises(Conflict, match="not before the board now"):
        sounding.say_where_i_stand(version, stand="not ready", by=ashdown.governor)
    approval.submit_plan(plan, by=ashdown.head)
    with pytest.raises(Conflict, match="version 2 is"):
        sounding.say_where_i_stand(version, stand="not ready", by=ashdown.governor)
    assert "Say where you stand" in read(client, ashdown.governor)
    client.force_login(ashdown.governor)
    assert client.post(f"/versions/{version.pk}/where-i-stand/", {"stand": "ready"}).status_code == 409


def test_when_the_meeting_has_begun_it_is_too_late(client, plan, version, ashdown):
    with clock.standing_at(clock.local(date(2026, 12, 2), time(17, 59))):
        sounding.say_where_i_stand(version, stand="ready", by=ashdown.governor)
    with clock.standing_at(clock.local(date(2026, 12, 2), time(18))):
        with pytest.raises(Conflict, match="has begun"):
            sounding.say_where_i_stand(version, stand="not ready", by=ashdown.governor)
        assert "The meeting of 2 December has begun" in read(client, ashdown.governor)
    assert Sounding.objects.get().stand == "ready"


def test_somebody_who_is_there_begins_the_meeting(plan, version, ashdown):
    meeting = plan.items.get().item.meeting
    meeting.attendances.create(person=ashdown.chair.person, how="in person")
    with pytest.raises(Conflict, match="has begun"):
        sounding.say_where_i_stand(version, stand="ready", by=ashdown.governor)


# --- who sees it


def test_the_boards_side_sees_counts_and_nobody_else_a_word(client, version, ashdown):
    sounding.say_where_i_stand(version, stand="ready if", words=SECRET, by=ashdown.governor)
    sounding.say_where_i_stand(version, stand="ready", by=ashdown.link)
    seen = {who for who in EVERYONE if SECRET in read(client, getattr(ashdown, who))}
    assert seen == {"chair", "vice", "governor", "link", "clerk"}
    counts = {who for who in EVERYONE if 'class="stands"' in read(client, getattr(ashdown, who))}
    assert counts == seen
    for who in seen - {"governor"}:
        assert f"Ashdown Governor: {SECRET}" not in read(client, getattr(ashdown, who))
    assert {who for who in EVERYONE if Sounding.objects.visible_to(getattr(ashdown, who)).exists()} == seen


def test_names_are_seen_by_members_where_the_board_chose_so(client, version, ashdown):
    sounding.say_where_i_stand(version, stand="ready if", words=SECRET, by=ashdown.governor)
    address = reverse("board_change", args=["ashdown-primary", ashdown.board.pk])
    client.force_login(ashdown.clerk)
    form = {"name": "Governing board", "short_name": "FGB", "quorum": "half", "notice_days": "7"}
    assert client.post(address, form | {"names_soundings": "on"}).status_code == 302
    ashdown.board.refresh_from_db()
    assert ashdown.board.names_soundings
    named = {who for who in EVERYONE if f"Ashdown Governor: {SECRET}" in read(client, getattr(ashdown, who))}
    assert named == {"chair", "vice", "governor", "link"}


def test_a_board_is_changed_without_a_word_of_soundings(ashdown):
    rules = {"name": "Governing board", "short_name": "", "quorum": "half", "quorum_number": None}
    rules |= {"governors_in_majority": False, "notice_days": 7, "by": ashdown.clerk}
    boards.change_board(ashdown.board, **rules, names_soundings=True)
    boards.change_board(ashdown.board, **rules)
    assert ashdown.board.names_soundings


def test_a_head_with_a_seat_says_where_they_stand_and_sees_their_own_alone(client, version, ashdown):
    make.seat(ashdown.head, ashdown.board, category="ex officio")
    sounding.say_where_i_stand(version, stand="ready if", words=SECRET, by=ashdown.governor)
    sounding.say_where_i_stand(version, stand="ready", by=ashdown.head)
    page = read(client, ashdown.head)
    assert SECRET not in page and 'class="stands"' not in page and "You: ready to approve" in page
    assert [one.person for one in Sounding.objects.visible_to(ashdown.head)] == [ashdown.head.person]


def test_the_boards_of_a_trust_decide_and_sound_where_approval_is_theirs(mudlark, harbour):
    plan = draft(mudlark)
    approval.submit_plan(plan, by=mudlark.head)
    version = plan.latest_version
    sounding.say_where_i_stand(version, stand="ready", words=SECRET, by=harbour.governor)
    with pytest.raises(NotAllowed):
        sounding.say_where_i_stand(version, stand="ready", by=mudlark.governor)
    assert not Sounding.objects.visible_to(mudlark.chair).exists()
    assert Sounding.objects.visible_to(harbour.chair).exists()


def test_before_the_plan_is_with_the_board_nothing_of_it_is_shown(client, ashdown):
    draft(ashdown)
    assert "Before the meeting" not in read(client, ashdown.governor)


def test_the_page_costs_the_same_with_one_and_with_three_soundings(client, version, ashdown):
    counts = []
    read(client, ashdown.chair)  # the first page of a run remembers more than the second
    for several in ((ashdown.governor,), (ashdown.link, ashdown.vice)):
        for one in several:
            sounding.say_read(version, by=one)
            sounding.say_where_i_stand(version, stand="ready", by=one)
        client.force_login(ashdown.chair)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
