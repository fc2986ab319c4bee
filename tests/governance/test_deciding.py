"""What a board decides: votes, outcomes, ties, once; corrected in sight until the minutes are signed."""

from datetime import date, time

import pytest
from django.urls import reverse

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import deciding, meetings, voting
from governance.deciding import Resolved, correct_decision, decide_ordinary, decide_strategy, meet_condition
from governance.models import AgendaItem, Correction, Decision, Vote
from tests import make

DAY = date(2026, 12, 2)


@pytest.fixture
def meeting(ashdown):
    return make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def item(ashdown, meeting):
    return meetings.add_item(meeting, title="Budget", resolution="That the board approve the budget.", by=ashdown.clerk)


@pytest.fixture
def now(meeting):
    """The hour of the meeting."""
    with make.at_the_meeting(meeting):
        yield


@pytest.fixture
def later(ashdown):
    return make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)


def decide(item, by, **words):
    return decide_ordinary(item, resolved=Resolved(**({"outcome": "approved"} | words)), by=by)


def hands(votes_for: int, against: int, abstained: int = 0, **words) -> dict:
    return {"how": "hands", "votes_for": votes_for, "votes_against": against, "abstained": abstained} | words


# --- outcomes and words ----------------------------------------------------------------------------------------------


def condition(ashdown, text: str = "Show who pays for it.") -> dict:
    return {"text": text, "owner": ashdown.business.person, "due_on": date(2027, 1, 29)}


def test_agreed_by_all_present(ashdown, item, now):
    decision = decide(item, ashdown.clerk, minute_reference="FGB 02/12/26 item 1")
    item.refresh_from_db()
    assert (item.state, decision.outcome, decision.how, decision.votes_for) == ("closed", "approved", "agreed", None)
    assert (decision.present, decision.filled_seats, decision.quorum_needed) == (4, 4, 2)
    assert decision.wording == "The board RESOLVED, all four governors present agreeing, to approve the budget."


def test_a_show_of_hands_with_its_counts(ashdown, item, now):
    decision = decide(item, ashdown.clerk, **hands(2, 1, 1))
    assert decision.wording == "The board RESOLVED, by 2 votes to 1, with 1 abstention, to approve the budget."


def test_conditions_with_owner_and_day(ashdown, item, now):
    rows = [condition(ashdown), condition(ashdown, "Read it to the parents.")]
    decision = decide(item, ashdown.clerk, outcome="approved with conditions", conditions=rows)
    assert decision.wording.endswith(
        "to approve the budget, on two conditions: (1) Show who pays for it (Ashdown Business, by 29 January 2027); "
        "(2) Read it to the parents (Ashdown Business, by 29 January 2027)."
    )
    assert decision.conditions.count() == 2
    mail = OutgoingMail.objects.filter(key__startswith="condition_given").first()
    assert mail.to_name == "Ashdown Business"
    assert "Show who pays" not in mail.text + mail.html


def test_changes_asked_for(ashdown, item, now):
    decision = decide(item, ashdown.clerk, outcome="changes asked for", reason="Say what it costs")
    assert decision.wording == (
        "The board considered the resolution “That the board approve the budget” and ASKED FOR CHANGES, "
        "all four governors present agreeing: Say what it costs."
    )


def test_declined(ashdown, item, now):
    decision = decide(item, ashdown.clerk, outcome="declined", reason="It does not add up.", **hands(1, 3))
    assert decision.wording == ("The board DECLINED, by 1 vote to 3, to approve the budget: It does not add up.")


def test_deferred_it_goes_to_the_meeting_that_was_named(ashdown, item, later, now):
    decision = decide(item, ashdown.clerk, outcome="deferred", reason="Time ran out.", deferred_to=later)
    assert decision.wording == (
        "The board considered the resolution “That the board approve the budget” and DEFERRED it "
        "to its meeting on 20 January 2027: Time ran out."
    )
    moved = later.items.get()
    assert (moved.title, moved.resolution, moved.state) == ("Budget", "That the board approve the budget.", "waiting")


def test_whoever_withdrew_is_named_and_not_why(ashdown, item, now):
    meetings.withdraw(item, person=ashdown.vice.person, reason="Owns the firm", by=ashdown.vice)
    decision = decide(item, ashdown.clerk)
    assert decision.present == 3
    assert decision.wording.endswith("to approve the budget. Ashdown Vice withdrew and took no part.")
    assert "Owns the firm" not in decision.wording


def test_a_committee_and_trustees_are_called_so(harbour):
    meeting = make.meeting(harbour.board, present=harbour.voters, by=harbour.clerk, chair=harbour.chair.person)
    item = meetings.add_item(meeting, title="Accounts", by=harbour.clerk)
    with make.at_the_meeting(meeting):
        decision = decide(item, harbour.clerk)
    assert decision.wording == ("The board RESOLVED, all four trustees present agreeing, to agree the item “Accounts”.")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"outcome": "changes asked for"}, "Say why"),
        ({"outcome": "declined", "reason": "  "}, "Say why"),
        ({"outcome": "deferred", "reason": "Time."}, "Name the later meeting"),
        ({"outcome": "approved with conditions"}, "at least one"),
        ({"decided_on": date(2026, 12, 1)}, "at its meeting on 2 December 2026"),
        ({"decided_on": date(2026, 12, 3)}, "nor in days to come"),
        (hands(0, 0), "Nobody has voted"),
        (hands(0, 0, 4) | {"outcome": "approved"}, "is tied, 0 to 0"),
        (hands(4, 1), "come to 5, but 4 members"),
        (hands(1, 3), "not carried"),
        (hands(3, 1) | {"outcome": "declined", "reason": "No."}, "is carried, not declined"),
        ({"how": "browser"}, "Nobody has voted"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(ashdown, item, now, words, why):
    with pytest.raises(Conflict, match=why):
        decide(item, ashdown.clerk, **words)
    item.refresh_from_db()
    assert (item.state, Decision.objects.count()) == ("waiting", 0)


def test_it_is_deferred_to_a_later_meeting_of_the_same_board(ashdown, item, now):
    for board, day in ((ashdown.committee, date(2027, 1, 20)), (ashdown.board, date(2026, 12, 1))):
        other = make.meeting(board, day=day, by=ashdown.clerk)
        with pytest.raises(Conflict, match="deferred to a"):
            decide(item, ashdown.clerk, outcome="deferred", reason="Time.", deferred_to=other)


# --- quorum ----------------------------------------------------------------------------------------------------------


def without_quorum(ashdown, item):
    for name in ("vice", "governor", "link"):
        meetings.withdraw(item, person=getattr(ashdown, name).person, reason="", by=ashdown.clerk)


def test_without_a_quorum_nothing_is_decided(ashdown, item, now):
    without_quorum(ashdown, item)
    with pytest.raises(Conflict, match="Not quorate for this item: 1 present of 4, 2 needed"):
        decide(item, ashdown.clerk)


def test_without_a_quorum_it_can_be_deferred(ashdown, item, later, now):
    without_quorum(ashdown, item)
    decision = decide(item, ashdown.clerk, outcome="deferred", reason="Quorum lost at 19:42.", deferred_to=later)
    assert decision.wording.startswith(
        "The board discussed the resolution “That the board approve the budget”. No decision was possible, "
        "for there was no quorum (1 present of 4, 2 needed). The item is DEFERRED to the meeting on 20 January 2027: "
        "Quorum lost at 19:42."
    )


def test_before_anybody_is_there_nothing_is_decided(ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    item = meetings.add_item(meeting, title="Budget", by=ashdown.clerk)
    with pytest.raises(Conflict, match="has not begun"):
        decide(item, ashdown.clerk)


# --- ties ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (hands(2, 2), "needs the second vote"),
        (hands(2, 2, second_vote="against"), "not carried"),
        (hands(3, 1, second_vote="for"), "only after a tie"),
    ],
)
def test_a_tie_is_the_acting_chairs(ashdown, item, now, words, why):
    with pytest.raises(Conflict, match=why):
        decide(item, ashdown.clerk, **words)


def test_the_second_vote_carries_it(ashdown, item, now):
    decision = decide(item, ashdown.clerk, **hands(2, 2, second_vote="for"))
    assert decision.wording == (
        "The board RESOLVED, by 2 votes to 2, and by the second vote of Ashdown Chair in the chair, "
        "to approve the budget."
    )


@pytest.mark.parametrize("second", ["", "against"])
def test_a_tie_that_is_not_broken_for_it_is_declined(ashdown, item, now, second):
    decision = decide(item, ashdown.clerk, outcome="declined", reason="No.", **hands(2, 2, second_vote=second))
    assert decision.second_vote == second


def test_whoever_chairs_without_a_vote_breaks_no_tie(ashdown, meeting, item, now):
    how = {person.pk: "in person" for person in [*ashdown.voters, ashdown.associate.person]}
    meetings.record_attendance(meeting, how=how, acting_chair=ashdown.associate.person, by=ashdown.clerk)
    item.refresh_from_db()
    with pytest.raises(Conflict, match="only if that person has a vote"):
        decide(item, ashdown.clerk, **hands(2, 2, second_vote="for"))


def test_whoever_chairs_and_has_withdrawn_breaks_no_tie(ashdown, item, now):
    meetings.withdraw(item, person=ashdown.chair.person, reason="", by=ashdown.chair)
    assert not deciding.may_break_tie(item)
    with pytest.raises(Conflict, match="only if that person has a vote"):
        decide(item, ashdown.clerk, **hands(1, 1, 1, second_vote="for"))


# --- once ------------------------------------------------------------------------------------------------------------


def test_decided_once(ashdown, item, now):
    decide(item, ashdown.clerk)
    stale = AgendaItem.objects.get(pk=item.pk)
    with pytest.raises(Conflict, match="is closed: approved on 2 December 2026"):
        decide(stale, ashdown.clerk, outcome="declined", reason="No.")
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("who", ["chair", "head", "governor", "teacher", "left"])
def test_only_the_clerk_records(ashdown, item, now, who):
    with pytest.raises(NotAllowed):
        decide(item, getattr(ashdown, who))


def test_another_schools_clerk_records_nothing(ashdown, kestrel, item, now):
    with pytest.raises(NotAllowed):
        decide(item, kestrel.clerk)


# --- votes in the browser --------------------------------------------------------------------------------------------


@pytest.fixture
def open_item(ashdown, item, now):
    meetings.open_voting(item, by=ashdown.chair)
    return item


def vote(item, user, choice: str = "for"):
    return meetings.cast_vote(item, choice=choice, by=user)


def test_votes_are_counted_when_voting_is_closed(ashdown, open_item):
    for name, choice in {"chair": "for", "vice": "for", "governor": "against", "link": "abstain"}.items():
        vote(open_item, getattr(ashdown, name), choice)
    with pytest.raises(Conflict, match="Voting is still open"):
        decide(open_item, ashdown.clerk, how="browser")
    meetings.close_voting(open_item, by=ashdown.clerk)
    decision = decide(open_item, ashdown.clerk, how="browser")
    assert (decision.votes_for, decision.votes_against, decision.abstained) == (2, 1, 1)


def test_a_second_vote_takes_the_place_of_the_first(ashdown, open_item):
    vote(open_item, ashdown.chair)
    vote(open_item, ashdown.chair, "against")
    assert [(one.seat, one.choice) for one in Vote.objects.all()] == [(ashdown.chair_seat, "against")]


def test_no_vote_before_it_is_open(ashdown, item, now):
    with pytest.raises(Conflict, match="not open yet"):
        vote(item, ashdown.chair)


def test_no_vote_after_it_is_closed(ashdown, open_item):
    vote(open_item, ashdown.vice)
    meetings.close_voting(open_item, by=ashdown.chair)
    with pytest.raises(Conflict, match="Voting is closed"):
        vote(open_item, ashdown.chair)


def test_no_vote_after_the_decision(ashdown, open_item):
    vote(open_item, ashdown.vice)
    meetings.close_voting(open_item, by=ashdown.chair)
    decide(open_item, ashdown.clerk)
    with pytest.raises(Conflict, match="is closed: approved"):
        vote(open_item, ashdown.chair)


def test_no_vote_of_somebody_who_is_not_present(ashdown, meeting, open_item):
    meetings.record_attendance(meeting, how={p.pk: "in person" for p in ashdown.voters[:3]}, by=ashdown.clerk)
    with pytest.raises(NotAllowed, match="recorded as present"):
        vote(open_item, ashdown.link)


def test_no_vote_of_somebody_who_has_left(ashdown, meeting, open_item):
    how = {p.pk: "in person" for p in ashdown.voters}
    times = {ashdown.link.person_id: (None, time(18))}
    meetings.record_attendance(meeting, how=how, times=times, by=ashdown.clerk)
    with pytest.raises(NotAllowed, match="recorded as present"):
        vote(open_item, ashdown.link)


def test_a_withdrawal_takes_the_vote_along(ashdown, open_item):
    vote(open_item, ashdown.link)
    meetings.withdraw(open_item, person=ashdown.link.person, reason="", by=ashdown.link)
    assert not Vote.objects.exists()
    with pytest.raises(NotAllowed, match="have withdrawn"):
        vote(open_item, ashdown.link)
    meetings.come_back(open_item, person=ashdown.link.person, by=ashdown.link)
    assert vote(open_item, ashdown.link).choice == "for"


@pytest.mark.parametrize("who", ["associate", "left", "committee_member", "head", "clerk", "teacher"])
def test_no_vote_of_anyone_without_one(ashdown, open_item, who):
    with pytest.raises(NotAllowed):
        vote(open_item, getattr(ashdown, who))


def test_no_vote_of_somebody_on_another_board(ashdown, kestrel, open_item):
    with pytest.raises(NotAllowed):
        vote(open_item, kestrel.governor)


def test_no_vote_of_a_suspended_governor(ashdown, open_item):
    ashdown.link_seat.is_suspended = True
    ashdown.link_seat.save()
    with pytest.raises(NotAllowed):
        vote(open_item, ashdown.link)


def test_a_choice_that_is_none_is_refused(ashdown, open_item):
    with pytest.raises(Conflict, match="Choose"):
        vote(open_item, ashdown.chair, "perhaps")


def test_voting_without_a_quorum_is_not_opened(ashdown, item, now):
    without_quorum(ashdown, item)
    with pytest.raises(Conflict, match="Not quorate"):
        meetings.open_voting(item, by=ashdown.chair)


def test_voting_anew_begins_with_none(ashdown, open_item):
    """A vote that was given in secret must not get a name by opening the voting again."""
    vote(open_item, ashdown.chair)
    meetings.close_voting(open_item, by=ashdown.chair)
    meetings.open_voting(open_item, by_name=True, by=ashdown.chair)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("by_name", [True, False])
def test_names_are_told_only_where_the_vote_is_by_name(ashdown, item, now, by_name):
    meetings.open_voting(item, by_name=by_name, by=ashdown.chair)
    vote(item, ashdown.chair)
    vote(item, ashdown.vice, "against")
    meetings.close_voting(item, by=ashdown.chair)
    told = {"for": ["Ashdown Chair"], "against": ["Ashdown Vice"], "abstain": []}
    assert voting.votes_on(item).names == (told if by_name else {})


def test_a_tie_in_the_browser_needs_the_second_vote(ashdown, open_item):
    vote(open_item, ashdown.chair)
    vote(open_item, ashdown.vice, "against")
    meetings.close_voting(open_item, by=ashdown.chair)
    with pytest.raises(Conflict, match="tied, 1 to 1"):
        decide(open_item, ashdown.clerk, how="browser")
    assert decide(open_item, ashdown.clerk, how="browser", second_vote="for").approves


# --- who leaves the room ---------------------------------------------------------------------------------------------


def test_nobody_withdraws_somebody_else(ashdown, item, now):
    with pytest.raises(NotAllowed, match="Everyone can withdraw themselves"):
        meetings.withdraw(item, person=ashdown.vice.person, reason="", by=ashdown.governor)


def test_the_clerk_keeps_the_room(ashdown, item, now):
    there = {ashdown.chair.person_id, ashdown.vice.person_id, ashdown.governor.person_id}
    voting.seat_the_room(item, there=there, reasons={ashdown.link.person_id: "A cousin"}, by=ashdown.clerk)
    assert [(row.person, row.reason) for row in item.withdrawals.all()] == [(ashdown.link.person, "A cousin")]
    voting.seat_the_room(item, there=there | {ashdown.link.person_id}, reasons={}, by=ashdown.clerk)
    assert not item.withdrawals.exists()


def test_after_the_decision_nobody_leaves(ashdown, item, now):
    decide(item, ashdown.clerk)
    with pytest.raises(Conflict, match="is closed"):
        meetings.withdraw(item, person=ashdown.vice.person, reason="", by=ashdown.vice)


# --- the strategy ----------------------------------------------------------------------------------------------------


def test_adopting_takes_the_place_of_the_one_before(ashdown, meeting, now):
    former = make.strategy(ashdown.school)
    draft = make.strategy(ashdown.school, state="draft")
    item = meetings.add_item(meeting, title="Strategy", kind="strategy", strategy=draft, by=ashdown.clerk)
    decide_strategy(item, resolved=Resolved(outcome="approved"), by=ashdown.clerk)
    former.refresh_from_db()
    draft.refresh_from_db()
    assert (former.state, draft.state) == ("superseded", "adopted")


def test_an_item_is_decided_by_the_operation_of_its_kind(ashdown, meeting, now):
    draft = make.strategy(ashdown.school, state="draft")
    item = meetings.add_item(meeting, title="Strategy", kind="strategy", strategy=draft, by=ashdown.clerk)
    with pytest.raises(Conflict, match="of another kind"):
        decide(item, ashdown.clerk)


# --- corrected in sight ----------------------------------------------------------------------------------------------


@pytest.fixture
def decision(ashdown, item, now):
    rows = [condition(ashdown)]
    return decide(item, ashdown.clerk, outcome="approved with conditions", conditions=rows, **hands(3, 0, 1))


def test_what_stood_there_stays_in_sight(ashdown, decision):
    correct_decision(decision, minute_reference="FGB 6", votes_for=2, reason="Miscounted", by=ashdown.clerk)
    decision.refresh_from_db()
    assert (decision.minute_reference, decision.votes_for) == ("FGB 6", 2)
    rows = Correction.objects.order_by("field").values_list("field", "before", "after", "reason", "by__name")
    assert list(rows) == [
        ("minute_reference", "", "FGB 6", "Miscounted", "Ashdown Clerk"),
        ("votes_for", "3", "2", "Miscounted", "Ashdown Clerk"),
    ]
    assert AuditEvent.objects.get(what="correct_decision").after == {"minute_reference": "FGB 6", "votes_for": 2}


def test_a_conditions_day_is_corrected(ashdown, decision):
    row = decision.conditions.get()
    correct_decision(decision, condition_dates={row.pk: date(2027, 2, 1)}, reason="Misheard", by=ashdown.clerk)
    made = Correction.objects.get()
    assert (made.before, made.after) == ("29 January 2027", "1 February 2027")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"votes_for": 0, "votes_against": 3}, "takes a new decision"),
        ({"votes_for": 9}, "come to 10, but 4"),
        ({"minute_reference": ""}, "Nothing was changed"),
        ({"minute_reference": "FGB 6", "reason": " "}, "Say why"),
    ],
)
def test_what_was_decided_is_not_corrected(ashdown, decision, words, why):
    with pytest.raises(Conflict, match=why):
        correct_decision(decision, **({"reason": "Mistake"} | words), by=ashdown.clerk)
    assert not Correction.objects.exists()


def test_signed_minutes_stand(ashdown, meeting, decision):
    meetings.close_meeting(meeting, by=ashdown.clerk)
    meetings.sign_minutes(meeting, on=DAY, by=ashdown.chair)
    with pytest.raises(Conflict, match="Only a new decision"):
        correct_decision(decision, minute_reference="FGB 6", reason="Mistake", by=ashdown.clerk)


def test_a_condition_is_met_once(ashdown, decision):
    row = decision.conditions.get()
    meet_condition(decision, condition=row, on=DAY, by=ashdown.chair)
    with pytest.raises(Conflict, match="was met on 2 December 2026"):
        meet_condition(decision, condition=row, on=DAY, by=ashdown.clerk)


@pytest.mark.parametrize("who", ["head", "governor", "business"])
def test_only_chair_and_clerk_confirm_a_condition(ashdown, decision, who):
    with pytest.raises(NotAllowed, match="confirm that a condition is met"):
        meet_condition(decision, condition=decision.conditions.get(), on=DAY, by=getattr(ashdown, who))


# --- the pages of the vote -------------------------------------------------------------------------------------------


def test_a_governor_votes_and_withdraws_on_a_phone(client, ashdown, open_item):
    client.force_login(ashdown.governor)
    client.post(reverse("vote", args=[open_item.pk]), {"choice": "against"})
    assert Vote.objects.get().choice == "against"
    client.post(reverse("withdraw", args=[open_item.pk]), {"do": "withdraw", "reason": "A cousin"})
    assert (Vote.objects.count(), open_item.withdrawals.get().reason) == (0, "A cousin")
    assert client.post(reverse("vote", args=[open_item.pk]), {"choice": "for"}).status_code == 403


def test_a_governor_opens_no_voting(client, ashdown, item, now):
    client.force_login(ashdown.governor)
    assert client.post(reverse("item_run", args=[item.pk]), {"do": "open voting"}).status_code == 403


def test_an_unknown_deed_changes_nothing(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    assert client.post(reverse("item_run", args=[item.pk]), {"do": "explode"}).status_code == 409
    item.refresh_from_db()
    assert item.state == "waiting"


def test_a_stranger_votes_nowhere(client, kestrel, open_item):
    client.force_login(kestrel.governor)
    assert client.post(reverse("vote", args=[open_item.pk]), {"choice": "for"}).status_code == 404
