"""A resolution in writing: trustees' alone, everyone's or nobody's, passed by itself, reported, and no meeting."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import boards, meetings, resolving, voting
from governance.deciding import Resolved, correct_decision, decide_ordinary, note_item
from governance.models import AgendaItem, Decision, Meeting, Seat
from monitoring.fetching import facts_of
from sip import deciding
from sip.models import Plan
from tests import make

TODAY = date(2026, 11, 24)
LAST_DAY = date(2026, 12, 1)


@pytest.fixture
def trust(harbour):
    harbour.board.written_resolutions = True
    harbour.board.save()
    return harbour


@pytest.fixture
def written(trust):
    return begin(trust)


def begin(cast, **words) -> Meeting:
    usual = {"title": "A new boiler", "resolution": "That the board approve a new boiler.", "last_day": LAST_DAY}
    return resolving.begin_resolution(cast.board, by=cast.clerk, **(usual | words))


def the_item(meeting) -> AgendaItem:
    return meeting.items.get()


def everyone(cast):
    return [cast.chair, cast.vice, cast.governor, cast.link]


def stands(meeting) -> str:
    item = resolving.item_of(Meeting.objects.get(pk=meeting.pk))
    return resolving.how_it_stands(item, resolving.agreement_of(item))


# --- begun -----------------------------------------------------------------------------------------------------------


def test_each_member_with_a_vote_hears_of_it(trust, written):
    keys = OutgoingMail.objects.filter(key__startswith="resolution_begun").values_list("to_name", flat=True)
    assert set(keys) == {"Harbour Chair", "Harbour Vice", "Harbour Governor", "Harbour Link"}
    assert "boiler" not in "".join(OutgoingMail.objects.values_list("text", flat=True))
    assert stands(written) == "0 of 4 have agreed; open until Tuesday 1 December."


def test_the_chair_may_begin_one_and_a_trustee_may_not(trust):
    made = resolving.begin_resolution(
        trust.board, title="Roof", resolution="That the board mend it.", last_day=LAST_DAY, by=trust.chair
    )
    assert made.is_written
    with pytest.raises(NotAllowed, match="the clerk or the chair"):
        resolving.begin_resolution(
            trust.board, title="Wall", resolution="That the board mend it.", last_day=LAST_DAY, by=trust.governor
        )


def test_a_maintained_board_is_refused_and_never_offered_it(ashdown):
    ashdown.board.written_resolutions = True  # however the row came to say so
    ashdown.board.save()
    with pytest.raises(Conflict, match="only the trustees of an academy trust"):
        begin(ashdown)
    assert not Meeting.objects.exists()


def test_the_setting_is_refused_to_whoever_are_no_trustees(ashdown, quayside, trust):
    words = {"quorum": "half", "quorum_number": None, "governors_in_majority": False, "notice_days": 7}
    for cast in (ashdown, quayside):
        with pytest.raises(Conflict, match="only the trustees"):
            boards.change_board(
                cast.board, name="Board", short_name="", written_resolutions=True, by=cast.clerk, **words
            )
    boards.change_board(trust.board, name="Board", short_name="", written_resolutions=True, by=trust.clerk, **words)
    with pytest.raises(Conflict, match="only the trustees"):
        boards.add_board(
            trust.school, name="Audit", kind="committee", quorum="half", written_resolutions=True, by=trust.clerk
        )


def test_trustees_whose_rules_do_not_allow_it(harbour):
    with pytest.raises(Conflict, match="rules of the Board of trustees do not allow it"):
        begin(harbour)


def test_sent_twice_it_is_begun_once(trust, written):
    with pytest.raises(Conflict, match="before the members in writing already"):
        begin(trust)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=29)])
def test_its_last_day_lies_ahead_and_not_far(trust, day):
    with pytest.raises(Conflict, match="within 28 days"):
        begin(trust, last_day=day)


def test_too_few_for_a_quorum_need_a_meeting(trust):
    Seat.objects.filter(board=trust.board, person__in=[trust.link.person, trust.vice.person]).update(last_day=TODAY)
    with clock.standing_at(clock.local(TODAY + timedelta(days=1))), pytest.raises(Conflict, match="needs a meeting"):
        begin(trust)


# --- agreed to, or not -----------------------------------------------------------------------------------------------


def test_the_last_agreement_passes_it_by_itself(trust, written):
    for member in everyone(trust)[:3]:
        resolving.agree(the_item(written), by=member)
        assert not Decision.objects.exists()
    resolving.agree(the_item(written), by=trust.link)
    decision = Decision.objects.get()
    assert (decision.how, decision.outcome, decision.decided_on) == ("written", "approved", TODAY)
    assert (decision.present, decision.filled_seats, decision.quorum_needed) == (4, 4, 3)
    assert decision.wording == (
        "The board RESOLVED, by a written resolution to which all four trustees agreed, to approve a new boiler."
    )
    assert stands(written) == "Passed on Tuesday 24 November: all four agreed in writing."
    written.refresh_from_db()
    assert written.state == "held"


def test_a_second_agreement_is_refused(trust, written):
    resolving.agree(the_item(written), by=trust.chair)
    with pytest.raises(Conflict, match="agreed to it already"):
        resolving.agree(the_item(written), by=trust.chair)
    assert the_item(written).votes.count() == 1


def test_who_has_no_vote_cannot_agree(trust, written):
    for person in (trust.clerk, trust.head, trust.associate):
        with pytest.raises(NotAllowed):
            resolving.agree(the_item(written), by=person)


def test_one_no_and_it_has_not_passed(trust, written):
    resolving.agree(the_item(written), by=trust.chair)
    resolving.refuse(the_item(written), by=trust.vice)
    assert stands(written) == "Not passed: Harbour Vice did not agree, and it needs everyone. It can go to a meeting."
    with pytest.raises(Conflict, match="Not passed"):
        resolving.agree(the_item(written), by=trust.governor)
    assert not Decision.objects.exists()
    assert OutgoingMail.objects.filter(key__startswith="resolution_ended").count() == 4  # all but who said it


def test_a_mind_is_changed_until_it_passes(trust, written):
    resolving.agree(the_item(written), by=trust.chair)
    resolving.refuse(the_item(written), by=trust.chair)
    assert stands(written).startswith("Not passed: Harbour Chair")


def test_its_last_day_goes_by(trust, written):
    resolving.agree(the_item(written), by=trust.chair)
    with clock.standing_at(clock.local(date(2026, 12, 2))):
        assert stands(written).startswith("Not passed: not everyone had agreed by Tuesday 1 December")
        with pytest.raises(Conflict, match="Not passed"):
            resolving.agree(the_item(written), by=trust.vice)
        assert resolving.close_lapsed() == [written]
        assert resolving.close_lapsed() == []
    assert the_item(written).state == "closed"
    assert AuditEvent.objects.filter(what="close_lapsed").count() == 1


def test_who_stands_aside_is_not_counted(trust, written):
    for member in everyone(trust)[:3]:
        resolving.agree(the_item(written), by=member)
    resolving.stand_aside(the_item(written), reason="My firm", by=trust.link)
    decision = Decision.objects.get()
    assert (decision.present, decision.filled_seats) == (3, 3)
    assert decision.wording.endswith("Harbour Link withdrew and took no part.")


def test_who_has_no_sign_in_signs_on_paper_and_the_clerk_records_it(client, trust):
    paper = make.seat(make.person("Harbour Paper"), trust.board).person
    written = begin(trust)
    for member in everyone(trust):
        resolving.agree(the_item(written), by=member)
    shown = page(client, trust.clerk, "written_resolution", written.pk).content.decode()
    assert (
        "Has signed" in shown
        and "Has signed" not in page(client, trust.chair, "written_resolution", written.pk).content.decode()
    )
    with pytest.raises(NotAllowed, match="Only the clerk"):
        resolving.record_signature(the_item(written), person=paper, by=trust.chair)
    with pytest.raises(Conflict, match="has a sign-in"):
        resolving.record_signature(the_item(written), person=trust.link.person, by=trust.clerk)
    assert page(client, trust.clerk, "resolution_sign", written.pk, paper.pk, post={}).status_code == 302
    assert page(client, trust.clerk, "resolution_sign", written.pk, paper.pk, post={}).status_code == 409
    assert Decision.objects.get().present == 5


def test_too_many_cannot_stand_aside(trust, written):
    resolving.stand_aside(the_item(written), by=trust.link)
    with pytest.raises(Conflict, match="Say no instead"):
        resolving.stand_aside(the_item(written), by=trust.vice)
    assert the_item(written).withdrawals.count() == 1


def test_nobody_records_it_for_the_members(trust, written):
    with pytest.raises(Conflict, match="Nobody meets"):
        decide_ordinary(the_item(written), resolved=Resolved("approved", how="written"), by=trust.clerk)
    with pytest.raises(Conflict, match="Nobody meets"):
        voting.open_item(the_item(written), by=trust.chair)
    meeting = make.meeting(trust.board, present=trust.voters, by=trust.clerk)
    item = meetings.add_item(meeting, title="Roof", by=trust.clerk)
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="nothing is resolved in writing"):
        decide_ordinary(item, resolved=Resolved("approved", how="written"), by=trust.clerk)


def test_taken_back_before_anybody_agreed(trust, written):
    other = begin(trust, title="Another")
    resolving.agree(the_item(other), by=trust.chair)
    with pytest.raises(Conflict, match="have agreed already"):
        resolving.call_off(the_item(other), by=trust.clerk)
    resolving.call_off(the_item(written), by=trust.clerk)
    assert list(Meeting.objects.all()) == [other]


# --- the plan --------------------------------------------------------------------------------------------------------


def agree_all(cast, written):
    for member in everyone(cast):
        resolving.agree(the_item(written), by=member)


def test_the_plan_comes_into_force(trust):
    plan = make.plan(trust, state="with the board")
    written = begin(trust, what=f"plan-{plan.pk}", title="", resolution="")
    agree_all(trust, written)
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED
    assert Decision.objects.get(item=the_item(written)).resolution.startswith("That the board approve the trust")


def test_objectives_are_agreed(trust):
    plan = make.plan(trust, state="objectives")
    agree_all(trust, begin(trust, what=f"objectives-{plan.pk}", title="", resolution=""))
    plan.refresh_from_db()
    assert plan.state == Plan.State.DRAFTING


def test_a_plan_that_was_returned_does_not_pass(trust):
    from sip import approval

    plan = make.plan(trust, state="with the board")
    written = begin(trust, what=f"plan-{plan.pk}", title="", resolution="")
    for member in everyone(trust)[:3]:
        resolving.agree(the_item(written), by=member)
    approval.return_plan(plan, reason="Say what it costs.", by=trust.chair)
    with pytest.raises(Conflict, match="changes are asked for"):
        resolving.agree(the_item(written), by=trust.link)
    plan.refresh_from_db()
    assert (plan.state, Decision.objects.filter(item=the_item(written)).exists()) == (Plan.State.CHANGES, False)


def test_not_passed_the_plan_goes_to_a_meeting(trust):
    plan = make.plan(trust, state="with the board")
    written = begin(trust, what=f"plan-{plan.pk}", title="", resolution="")
    resolving.refuse(the_item(written), by=trust.vice)
    plan.refresh_from_db()
    assert plan.state == Plan.State.WITH_THE_BOARD
    meeting = make.meeting(trust.board, by=trust.clerk)
    assert deciding.put_plan(plan, meeting=meeting, by=trust.clerk).item.meeting == meeting


# --- reported, and no meeting ----------------------------------------------------------------------------------------


def test_it_is_reported_at_the_next_meeting(trust, written):
    meeting = make.meeting(trust.board, present=None, by=trust.clerk)
    agree_all(trust, written)
    report = meeting.items.get()
    written.refresh_from_db()
    assert (report.kind, report.title) == ("resolution", "Report of a written resolution: A new boiler")
    assert written.reported_at == report
    with pytest.raises(Conflict, match="has to be reported"):
        meetings.drop_item(report, by=trust.clerk)


def test_or_at_the_first_one_that_is_planned(trust, written):
    agree_all(trust, written)
    meeting = make.meeting(trust.board, present=trust.voters, by=trust.clerk, chair=trust.chair.person)
    with make.at_the_meeting(meeting):
        decision = note_item(meeting.items.get(), resolved=Resolved("noted"), by=trust.clerk)
    assert decision.wording == "The board NOTED the written resolution passed on 24 November 2026."


def test_a_meeting_off_the_calendar_hands_its_reports_on(trust, written):
    agree_all(trust, written)
    first = make.meeting(trust.board, day=date(2026, 12, 2), by=trust.clerk)
    second = make.meeting(trust.board, day=date(2026, 12, 9), by=trust.clerk)
    assert not second.items.exists()
    meetings.cancel_meeting(first, by=trust.clerk)
    written.refresh_from_db()
    assert written.reported_at.meeting == second


def test_its_record_is_corrected_until_the_minutes_that_report_it_are_signed(trust, written):
    agree_all(trust, written)
    decision = Decision.objects.get()
    correct_decision(decision, reason="A slip.", wording="Resolved.", by=trust.clerk)
    meeting = make.meeting(trust.board, present=trust.voters, by=trust.clerk, chair=trust.chair.person)
    with make.at_the_meeting(meeting):
        note_item(meeting.items.get(), resolved=Resolved("noted"), by=trust.clerk)
        meetings.close_meeting(meeting, by=trust.clerk)
        meetings.sign_minutes(meeting, on=meeting.day, by=trust.chair)
    decision = Decision.objects.get(pk=decision.pk)
    with pytest.raises(Conflict, match="signed on 2 December 2026"):
        correct_decision(decision, reason="Late.", wording="Agreed.", by=trust.clerk)


def test_it_is_no_meeting_anywhere(trust, written):
    assert not Meeting.objects.coming().exists() and not Meeting.objects.past().exists()
    facts = facts_of(trust.chair, [trust.school])[trust.school.pk]
    assert (facts.meetings, [one.pk for one in facts.written]) == ((), [written.pk])
    for deed, words in (
        (meetings.record_attendance, {"how": {}}),
        (meetings.send_papers, {}),
        (meetings.close_meeting, {}),
        (meetings.change_meeting, {"day": LAST_DAY, "time": written.time, "place": ""}),
        (meetings.cancel_meeting, {}),
    ):
        with pytest.raises(Conflict, match="Nobody meets"):
            deed(written, by=trust.clerk, **words)


# --- pages -----------------------------------------------------------------------------------------------------------


def page(client, user, name, *keys, post=None):
    client.force_login(user)
    url = reverse(name, args=keys)
    return client.get(url) if post is None else client.post(url, post)


def test_its_page_is_answered_in_a_browser(client, trust, written):
    shown = page(client, trust.chair, "written_resolution", written.pk).content.decode()
    assert "Do you agree?" in shown and "I agree" in shown
    assert page(client, trust.chair, "resolution_say", written.pk, post={"do": "agree"}).status_code == 302
    again = page(client, trust.chair, "resolution_say", written.pk, post={"do": "agree"})
    assert (again.status_code, "agreed to it already" in again.content.decode()) == (409, True)
    assert page(client, trust.clerk, "resolution_say", written.pk, post={"do": "agree"}).status_code == 403
    assert page(client, trust.teacher, "written_resolution", written.pk).status_code == 404
    assert page(client, trust.clerk, "meeting", written.pk).status_code == 404
    assert page(client, trust.clerk, "item", the_item(written).pk).url == f"/resolutions/{written.pk}/"


def test_it_is_begun_in_a_browser(client, trust, ashdown):
    words = {
        "what": "ordinary",
        "title": "Boiler",
        "resolution": "",
        "last_day_day": "1",
        "last_day_month": "12",
        "last_day_year": "2026",
    }
    refused = page(client, trust.clerk, "resolution_begin", trust.board.pk, post=words)
    assert (refused.status_code, "Give the exact words" in refused.content.decode()) == (422, True)
    assert "Boiler" in refused.content.decode()
    assert page(client, trust.governor, "resolution_begin", trust.board.pk).status_code == 403
    assert page(client, ashdown.clerk, "resolution_begin", trust.board.pk).status_code == 404
    assert page(client, ashdown.clerk, "resolution_begin", ashdown.board.pk).status_code == 409


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_stands_apart_and_asks_no_more_for_more(client, trust, many, django_assert_num_queries):
    for number in range(many):
        begin(trust, title=f"Resolution {number}")
    client.force_login(trust.chair)
    with django_assert_num_queries(18):
        shown = client.get(reverse("meetings", args=[trust.school.slug])).content.decode()
    assert "Written resolutions" in shown and "No meeting is planned" in shown
