"""Part II of an agenda: whoever withdrew from an item, and whoever is no governor, sees its title and no more."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from governance import draft_minutes, meetings, part_two, voting
from governance.deciding import Resolved, decide_ordinary
from governance.models import AgendaItem, ItemPaper
from tests import make

SECRET = "Mrs Quillfeather’s allowance"


@pytest.fixture
def meeting(ashdown):
    people = [*ashdown.voters, ashdown.head.person, ashdown.deputy.person, ashdown.associate.person]
    return make.meeting(ashdown.board, present=people, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def item(ashdown, meeting):
    made = meetings.add_item(
        meeting, title="Pay", note=SECRET, resolution=f"That the board agree {SECRET}.", by=ashdown.clerk
    )
    part_two.put_in_part_two(made, confidential=True, by=ashdown.clerk)
    return AgendaItem.objects.get(pk=made.pk)


@pytest.fixture
def paper(item):
    made = ItemPaper(item=item, name="pay.pdf", media_type="application/pdf", size=4, sha256="0" * 64)
    made.file.save("pay.pdf", ContentFile(b"%PDF"), save=False)
    made.added_at = "2026-11-24T09:00Z"
    made.save()
    return made


def decided(cast, item):
    with make.at_the_meeting(item.meeting):
        voting.withdraw(item, person=cast.link.person, reason="My sister.", by=cast.link)
        decide_ordinary(item, resolved=Resolved("approved"), by=cast.clerk)
    return AgendaItem.objects.get(pk=item.pk)


READ = ["chair", "vice", "governor", "link", "clerk", "head"]
TITLE_ALONE = ["deputy", "associate"]


@pytest.mark.parametrize("part", READ)
def test_governors_clerk_and_head_read_it(ashdown, item, paper, part):
    user = getattr(ashdown, part)
    assert part_two.why_kept_back(item, user) == ""
    assert (item in AgendaItem.objects.readable_by(user), paper in ItemPaper.objects.visible_to(user)) == (True, True)


@pytest.mark.parametrize("part", TITLE_ALONE)
def test_others_who_attend_see_the_title_alone(ashdown, item, paper, part):
    user = getattr(ashdown, part)
    assert "in part II" in part_two.why_kept_back(item, user)
    assert item in AgendaItem.objects.visible_to(user)
    assert (item in AgendaItem.objects.readable_by(user), paper in ItemPaper.objects.visible_to(user)) == (False, False)


@pytest.mark.parametrize("part", ["governor", "link", "head", "clerk"])
def test_whoever_withdraws_reads_no_more_of_it(ashdown, item, paper, part):
    user = getattr(ashdown, part)
    voting.withdraw(item, person=user.person, by=user)
    assert part_two.why_kept_back(item, user).startswith("You have withdrawn from this item.")
    assert (item in AgendaItem.objects.readable_by(user), paper in ItemPaper.objects.visible_to(user)) == (False, False)
    assert part_two.kept_back(item.meeting, user) == {item.pk}


def test_an_ordinary_item_is_read_by_whoever_withdrew(ashdown, meeting):
    item = meetings.add_item(meeting, title="Grounds", by=ashdown.clerk)
    voting.withdraw(item, person=ashdown.link.person, by=ashdown.link)
    assert part_two.why_kept_back(item, ashdown.link) == ""


def test_an_associate_with_a_vote_on_a_committee_reads_its_part_two(ashdown):
    voter, listener = make.user("Ashdown Voter"), make.user("Ashdown Listener")
    make.seat(voter, ashdown.committee, position="associate member")
    make.seat(listener, ashdown.committee, position="associate member", votes=False)
    meeting = make.meeting(ashdown.committee, by=ashdown.clerk)
    item = meetings.add_item(meeting, title="Pay", by=ashdown.clerk)
    part_two.put_in_part_two(item, confidential=True, by=ashdown.clerk)
    reads = [bool(AgendaItem.objects.readable_by(one)) for one in (voter, listener, ashdown.governor)]
    assert reads == [True, False, True]
    assert [not part_two.why_kept_back(item, one) for one in (voter, listener, ashdown.governor)] == reads


def test_the_clerk_alone_marks_it_once_until_the_minutes_are_signed(ashdown, item):
    with pytest.raises(NotAllowed, match="Only the clerk"):
        part_two.put_in_part_two(item, confidential=False, by=ashdown.chair)
    with pytest.raises(Conflict, match="in part II already"):
        part_two.put_in_part_two(item, confidential=True, by=ashdown.clerk)
    item = decided(ashdown, item)
    with make.at_the_meeting(item.meeting):
        meetings.close_meeting(item.meeting, by=ashdown.clerk)
        meetings.sign_minutes(item.meeting, on=item.meeting.day, by=ashdown.chair)
    with pytest.raises(Conflict, match="the record stands"):
        part_two.put_in_part_two(AgendaItem.objects.get(pk=item.pk), confidential=False, by=ashdown.clerk)


def test_deferred_it_stays_confidential(ashdown, item):
    later = make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)
    with make.at_the_meeting(item.meeting):
        decide_ordinary(item, resolved=Resolved("deferred", reason="Time.", deferred_to=later), by=ashdown.clerk)
    assert later.items.get().is_confidential


# --- pages, and the record afterwards --------------------------------------------------------------------------------


def shown(client, user, name, *keys, status: int = 200) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=keys))
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("part", ["link", "deputy", "associate"])
def test_its_words_reach_nobody_who_is_kept_out(client, ashdown, item, part):
    item = decided(ashdown, item)
    user = getattr(ashdown, part)
    for name, key in (("item", item.pk), ("meeting", item.meeting_id)):
        page = shown(client, user, name, key)
        assert "Pay" in page and "Quillfeather" not in page and "My sister" not in page
        assert "Approved" not in page
    assert "Quillfeather" in shown(client, ashdown.governor, "item", item.pk)


def test_a_withdrawn_governor_can_come_back_before_it_is_decided(client, ashdown, item):
    voting.withdraw(item, person=ashdown.link.person, by=ashdown.link)
    assert "Take part after all" in shown(client, ashdown.link, "item", item.pk)
    client.post(reverse("withdraw", args=[item.pk]), {"do": "come back"})
    assert "Quillfeather" in shown(client, ashdown.link, "item", item.pk)


def test_the_clerk_marks_it_in_a_browser(client, ashdown, meeting, kestrel):
    made = meetings.add_item(meeting, title="Pay", by=ashdown.clerk)
    url = reverse("item_part", args=[made.pk])
    for user, status in ((ashdown.chair, 403), (kestrel.clerk, 404), (ashdown.clerk, 302), (ashdown.clerk, 409)):
        client.force_login(user)
        assert client.post(url, {"do": "part two"}).status_code == status
    assert AgendaItem.objects.get(pk=made.pk).is_confidential


def test_the_minutes_keep_it_apart(client, ashdown, item):
    item = decided(ashdown, item)
    part_one = shown(client, ashdown.clerk, "draft_minutes", item.meeting_id)
    assert "Quillfeather" not in part_one and "1 confidential item: see part II" in part_one
    assert "Quillfeather" in shown(client, ashdown.clerk, "part_two_minutes", item.meeting_id)
    for part in ("link", "deputy", "governor"):
        shown(client, getattr(ashdown, part), "part_two_minutes", item.meeting_id, status=403)


def test_a_clerk_who_withdrew_finds_it_in_neither_part(ashdown, item):
    voting.withdraw(item, person=ashdown.clerk.person, by=ashdown.clerk)
    both = [draft_minutes.of(item.meeting, ashdown.clerk, part_two=part).minutes for part in (False, True)]
    assert both == [[], []]
