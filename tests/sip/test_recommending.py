"""A committee or local board that recommends: what it can say, that nothing moves, and where it is told."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.errors import Conflict
from foundation.outbox import OutgoingMail
from governance import boards
from governance.deciding import Resolved
from governance.models import Decision, Seat
from sip import approval, deciding, documents
from sip.models import DocumentJob, Plan, PlanItem
from tests import make

NOVEMBER = date(2026, 11, 25)


def let_recommend(cast, board=None, decision="approve the plan"):
    boards.set_part(cast.school, decision=decision, board=board or cast.committee, does="recommends", by=cast.clerk)


@pytest.fixture
def committee(ashdown):
    """Three governors and the member without a vote."""
    for person in (ashdown.governor, ashdown.link, ashdown.vice):
        make.seat(person, ashdown.committee)
    let_recommend(ashdown)
    return [ashdown.governor.person, ashdown.link.person, ashdown.vice.person]


@pytest.fixture
def plan(ashdown):
    return make.plan(ashdown, state="with the board")


@pytest.fixture
def meeting(ashdown, committee):
    return make.meeting(ashdown.committee, day=NOVEMBER, present=committee, by=ashdown.clerk)


@pytest.fixture
def item(ashdown, plan, meeting):
    return deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item


def say(cast, item, outcome="recommended", **words) -> Decision:
    with make.at_the_meeting(item.meeting):
        return deciding.decide_plan(item, resolved=Resolved(outcome, **words), by=cast.clerk)


# --- what it says, and that nothing moves ----------------------------------------------------------------------------


def test_it_recommends_and_the_plan_stays_with_the_board(ashdown, plan, item):
    jobs = DocumentJob.objects.count()
    decision = say(ashdown, item)
    plan.refresh_from_db()
    assert (plan.state, plan.latest_version.decision, DocumentJob.objects.count()) == ("with the board", None, jobs)
    assert decision.wording == (
        "The committee RECOMMENDED, all three members present agreeing, that the Governing board approve the school "
        "improvement plan for 2026/27, version 1."
    )
    mail = OutgoingMail.objects.filter(key__startswith="decision_taken").last()
    assert "a board that recommends has spoken" in mail.subject and "gave its view" in mail.text


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("changes asked for", "ASKED FOR CHANGES"),
        ("not recommended", "DID NOT RECOMMEND, all three members present agreeing, that the Governing board approve"),
    ],
)
def test_advice_moves_nothing_either(ashdown, plan, item, outcome, says):
    with make.at_the_meeting(item.meeting), pytest.raises(Conflict, match="Say why"):
        deciding.decide_plan(item, resolved=Resolved(outcome), by=ashdown.clerk)
    decision = say(ashdown, item, outcome, reason="No costs.")
    plan.refresh_from_db()
    assert (plan.state, plan.returned_reason) == ("with the board", "")
    assert says in decision.wording and decision.wording.endswith("No costs.")


def test_deferred_it_goes_on_as_a_recommendation(ashdown, plan, item):
    later = make.meeting(ashdown.committee, day=date(2026, 12, 1), by=ashdown.clerk)
    say(ashdown, item, "deferred", reason="No time.", deferred_to=later)
    assert PlanItem.objects.get(item__meeting=later).recommends


@pytest.mark.parametrize("outcome", ["approved", "approved with conditions", "declined"])
def test_a_board_that_recommends_cannot_decide(ashdown, plan, item, outcome):
    with make.at_the_meeting(item.meeting):
        with pytest.raises(Conflict, match="The Standards committee recommends; another board decides"):
            deciding.decide_plan(item, resolved=Resolved(outcome, reason="Because."), by=ashdown.clerk)
    plan.refresh_from_db()
    assert plan.state == Plan.State.WITH_THE_BOARD


@pytest.mark.parametrize("outcome", ["recommended", "not recommended"])
def test_a_board_that_decides_does_not_recommend(ashdown, plan, outcome):
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="other answers"):
        deciding.decide_plan(item, resolved=Resolved(outcome, reason="Because."), by=ashdown.clerk)


def test_a_board_without_a_part_in_it_cannot_have_it(ashdown, plan):
    meeting = make.meeting(ashdown.committee, day=NOVEMBER, by=ashdown.clerk)
    with pytest.raises(Conflict, match="Governing board decides on this, not Standards committee"):
        deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)


def test_it_votes_like_any_board(ashdown, item):
    with make.at_the_meeting(item.meeting), pytest.raises(Conflict, match="it is not carried"):
        resolved = Resolved("recommended", how="hands", votes_for=1, votes_against=2)
        deciding.decide_plan(item, resolved=resolved, by=ashdown.clerk)
    with make.at_the_meeting(item.meeting), pytest.raises(Conflict, match="carried, not not recommended"):
        resolved = Resolved("not recommended", how="hands", votes_for=2, votes_against=1, reason="No.")
        deciding.decide_plan(item, resolved=resolved, by=ashdown.clerk)


def test_governors_must_be_the_majority_at_each_vote(ashdown, plan):
    ashdown.committee.governors_in_majority = True
    ashdown.committee.save()
    let_recommend(ashdown)
    voters = [ashdown.governor.person, ashdown.link.person, ashdown.vice.person]
    for one in (ashdown.governor, ashdown.link, ashdown.vice):
        make.seat(one, ashdown.committee)
    others = [make.person(f"Associate {number}") for number in range(3)]
    for one in others:
        make.seat(one, ashdown.committee, position="associate member")
    meeting = make.meeting(ashdown.committee, day=NOVEMBER, present=[*voters, *others], by=ashdown.clerk)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="only 3 of the 6 members present are governors"):
        deciding.decide_plan(item, resolved=Resolved("recommended"), by=ashdown.clerk)
    with make.at_the_meeting(meeting):
        there = {one.pk for one in [*voters, *others[:2]]}
        assert deciding.decide_plan(item, resolved=Resolved("recommended", there=there), by=ashdown.clerk).present == 5


def test_it_can_be_on_both_agendas_and_the_board_decides(ashdown, plan, item):
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
    decides = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    with pytest.raises(Conflict, match="on the agenda of Standards committee"):
        deciding.put_plan(plan, meeting=item.meeting, by=ashdown.clerk)
    say(ashdown, item)
    with make.at_the_meeting(meeting):
        deciding.decide_plan(decides, resolved=Resolved("approved"), by=ashdown.clerk)
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED
    assert plan.latest_version.decision.item == decides


def test_submitted_again_it_stands_before_both_in_the_new_version(ashdown, plan, item):
    approval.take_back_plan(plan, by=ashdown.head)
    approval.submit_plan(plan, by=ashdown.head)
    assert PlanItem.objects.get(item=item).version.number == 2


def test_objectives_are_recommended_too(ashdown, committee):
    let_recommend(ashdown, decision="set objectives")
    plan = make.plan(ashdown, state="objectives")
    meeting = make.meeting(ashdown.committee, day=NOVEMBER, present=committee, by=ashdown.clerk)
    item = deciding.put_objectives(plan, meeting=meeting, by=ashdown.clerk).item
    with make.at_the_meeting(meeting):
        decision = deciding.decide_objectives(item, resolved=Resolved("recommended"), by=ashdown.clerk)
    plan.refresh_from_db()
    assert plan.state == Plan.State.OBJECTIVES
    assert "that the Governing board agree the objectives of" in decision.wording


def test_a_record_put_right_prints_no_decision(ashdown, plan, item):
    from governance.deciding import correct_decision

    decision = say(ashdown, item)
    correct_decision(decision, reason="A slip.", minute_reference="SC 1", by=ashdown.clerk)
    assert not DocumentJob.objects.filter(version=plan.latest_version, stage="decided").exists()
    assert documents.ask_for


# --- who reads it ----------------------------------------------------------------------------------------------------


def test_members_of_the_committee_read_what_they_recommend_on(ashdown, plan):
    reader = ashdown.committee_member
    assert plan in Plan.objects.visible_to(reader)


def test_and_the_objectives_only_where_they_recommend(ashdown):
    plan, reader = make.plan(ashdown, state="objectives"), ashdown.committee_member
    assert plan not in Plan.objects.visible_to(reader)
    let_recommend(ashdown, decision="set objectives")
    reader.refresh_from_db()
    assert plan in Plan.objects.visible_to(reader)


def test_a_committee_of_the_trust_reads_the_schools_plan_that_it_recommends_on(mudlark, harbour):
    reader = harbour.committee_member
    plan = make.plan_of_trust(mudlark, harbour) if hasattr(make, "plan_of_trust") else None
    plan = plan or Plan.objects.create(
        organisation=mudlark.school, year=2026, deciding_board=harbour.board, state=Plan.State.WITH_THE_BOARD
    )
    assert plan not in Plan.objects.visible_to(reader)
    let_recommend(mudlark, board=harbour.committee)
    assert plan in Plan.objects.visible_to(reader)
    assert "a member of a board that recommends" in {part.value for part in plan.parts_of(reader)}


# --- pages -----------------------------------------------------------------------------------------------------------


def shown(client, user, name, *keys) -> str:
    client.force_login(user)
    return client.get(reverse(name, args=keys)).content.decode()


def test_the_plan_says_who_recommends_and_who_decides(client, ashdown, plan, item):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
    before = shown(client, ashdown.committee_member, "plan", ashdown.school.slug, plan.year)
    assert "Your board, the Standards committee, recommends; the Governing board approves on 2 December." in before
    assert "The Standards committee comes to it on Wednesday 25 November." in before
    say(ashdown, item)
    after = shown(client, ashdown.governor, "plan", ashdown.school.slug, plan.year)
    assert "The Standards committee recommended it (version 1) on 25 November." in after


def test_the_item_of_the_board_that_decides_says_it(client, ashdown, plan, item):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    decides = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    say(ashdown, item, "not recommended", reason="It has no costs.")
    page = shown(client, ashdown.governor, "item", decides.pk)
    assert "The Standards committee did not recommend it (version 1) on 25 November." in page
    assert "It has no costs." in page and reverse("item", args=[item.pk]) in page


def test_the_item_of_the_committee_says_whose_decision_it_is(client, ashdown, plan, item):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
    page = shown(client, ashdown.committee_member, "item", item.pk)
    assert "The Standards committee recommends. The Governing board decides on Wednesday 2 December." in page


def test_the_clerk_is_offered_it_and_records_it_in_a_browser(client, ashdown, plan, meeting):
    page = shown(client, ashdown.clerk, "agenda_add", meeting.pk)
    assert "for the committee to recommend" in page
    client.post(reverse("agenda_add", args=[meeting.pk]), {"what": f"plan-{plan.pk}"})
    item = meeting.items.get()
    with make.at_the_meeting(meeting):
        page = shown(client, ashdown.clerk, "item", item.pk)
        assert "Not recommended" in page and "In force from today" not in page
        there = list(Seat.objects.filter(board=ashdown.committee, votes=True).values_list("person", flat=True))
        words = {"do": "record", "outcome": "recommended", "how": "agreed", "there": there}
        words |= {"resolution": "That the committee recommend it.", "version": plan.latest_version.pk}
        assert client.post(reverse("item", args=[item.pk]), words).status_code == 302
        approve = words | {"outcome": "approved"}
        assert client.post(reverse("item", args=[item.pk]), approve).status_code in (409, 422)
    assert Decision.objects.get(item=item).outcome == "recommended"


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_no_more_for_more_boards(client, ashdown, plan, committee, many, django_assert_max_num_queries):
    from governance.models import Board

    for number in range(many):
        board = Board.objects.create(name=f"Committee {number}", kind="committee", parent=ashdown.board)
        board.organisations.add(ashdown.school)
        let_recommend(ashdown, board=board)
        meeting = make.meeting(board, day=NOVEMBER, by=ashdown.clerk)
        deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
    client.force_login(ashdown.governor)
    with django_assert_max_num_queries(22):
        client.get(reverse("plan", args=[ashdown.school.slug, plan.year]))
