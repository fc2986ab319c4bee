"""Objectives and plan before the board: put to a meeting, decided, and what the plan does next; the item's page."""

import re
from datetime import date

import pytest
from django.urls import reverse

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import kinds, meetings
from governance.deciding import Resolved
from governance.models import AgendaItem, Decision, Meeting
from sip import approval, asking, deciding
from sip.models import Plan, PlanItem
from tests import make

DAY = date(2026, 12, 2)


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="with the board")


@pytest.fixture
def meeting(ashdown, plan) -> Meeting:
    return make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def item(ashdown, plan, meeting) -> AgendaItem:
    return deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item


@pytest.fixture
def now(meeting):
    with make.at_the_meeting(meeting):
        yield


@pytest.fixture
def later(ashdown) -> Meeting:
    return make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)


def decide(item, by, **words):
    resolved = Resolved(**({"outcome": "approved"} | words))
    return deciding.decide_plan(item, resolved=resolved, by=by)


# --- put to a meeting ------------------------------------------------------------------------------------------------


def test_the_resolution_is_said_in_exact_words(item):
    assert kinds.resolution_of(item) == (
        "That the board approve the school improvement plan for 2026/27, version 1, "
        "as submitted by the headteacher on 24 November."
    )


def test_a_trust_board_says_whose_plan_it_is(mudlark, harbour):
    plan = make.plan(mudlark, state="objectives")
    meeting = make.meeting(harbour.board, by=harbour.clerk)
    row = deciding.put_objectives(plan, meeting=meeting, by=harbour.clerk)
    assert (row.item.title, row.item.resolution) == (
        "Mudlark Infants: objectives for 2026/27",
        "That the board agree the objectives of the school improvement plan of Mudlark Infants for 2026/27.",
    )


def test_the_schools_own_clerk_puts_nothing_on_the_trusts_agenda(mudlark, harbour):
    plan = make.plan(mudlark, state="objectives")
    meeting = make.meeting(harbour.board, by=harbour.clerk)
    with pytest.raises(NotAllowed, match="see the board's meetings"):
        deciding.put_objectives(plan, meeting=meeting, by=mudlark.clerk)


def test_it_is_put_once(ashdown, plan, item, later):
    with pytest.raises(Conflict, match="on the agenda of Governing board, 2 December 2026 already"):
        deciding.put_plan(plan, meeting=later, by=ashdown.chair)


def test_only_the_deciding_board_decides(ashdown, plan):
    meeting = make.meeting(ashdown.committee, day=date(2026, 12, 3), by=ashdown.clerk)
    with pytest.raises(Conflict, match="Governing board decides on this, not Standards committee"):
        deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)


@pytest.mark.parametrize("who", ["head", "vice", "governor", "teacher", "associate"])
def test_only_chair_and_clerk_put_it(ashdown, plan, meeting, who):
    with pytest.raises(NotAllowed, match="put the plan on a meeting's agenda"):
        deciding.put_plan(plan, meeting=meeting, by=getattr(ashdown, who))


def test_a_plan_that_is_drafted_is_not_put(ashdown):
    plan = make.plan(ashdown, state="drafting")
    with pytest.raises(Conflict, match="not with the board"):
        deciding.put_plan(plan, meeting=make.meeting(ashdown.board, by=ashdown.clerk), by=ashdown.clerk)


def test_no_objectives_are_not_put(ashdown):
    plan = make.plan(ashdown, state="objectives", objectives=0)
    with pytest.raises(Conflict, match="No objective"):
        deciding.put_objectives(plan, meeting=make.meeting(ashdown.board, by=ashdown.clerk), by=ashdown.clerk)


def test_what_is_ready_can_be_chosen(ashdown, plan):
    make.strategy(ashdown.school, state="draft")
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    committee = make.meeting(ashdown.committee, by=ashdown.clerk)
    ready = kinds.ready_for(meeting, ashdown.clerk)
    assert [row.title for row in ready.values()] == ["Strategy 2025/26 to 2028/29", "School improvement plan 2026/27"]
    for row in ready.values():
        row.put(by=ashdown.clerk)
    assert kinds.ready_for(meeting, ashdown.clerk) == {}
    assert "plan" not in str(kinds.ready_for(committee, ashdown.clerk))


# --- what the plan does next -----------------------------------------------------------------------------------------


def conditions(ashdown) -> list[dict]:
    return [{"text": "Say who pays", "owner": ashdown.head.person, "due_on": date(2027, 1, 29)}]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("approved", "approved"),
        ("approved with conditions", "approved"),
        ("changes asked for", "changes asked for"),
        ("deferred", "with the board"),
        ("declined", "objectives"),
    ],
)
def test_each_outcome_moves_the_plan(ashdown, plan, item, later, now, outcome, state):
    decide(item, ashdown.clerk, outcome=outcome, reason="Why.", deferred_to=later, conditions=conditions(ashdown))
    plan.refresh_from_db()
    item.refresh_from_db()
    assert (plan.state, item.state) == (state, "closed")
    assert plan.latest_version.jobs.filter(stage="decided").count() == 1
    assert OutgoingMail.objects.filter(key__startswith="decision_taken", to_name="Ashdown Head").count() == 2


def test_changes_carry_their_reason_to_the_leaders(ashdown, plan, item, now):
    decide(item, ashdown.clerk, outcome="changes asked for", reason="Say what it costs.")
    plan.refresh_from_db()
    assert plan.returned_reason == "Say what it costs."
    assert "Say what it costs" not in OutgoingMail.objects.filter(key__startswith="decision_taken").last().text


def test_deferred_it_waits_in_the_same_version_at_the_later_meeting(ashdown, plan, item, later, now):
    decide(item, ashdown.clerk, outcome="deferred", reason="Time ran out.", deferred_to=later)
    row = PlanItem.objects.get(item__meeting=later)
    assert (row.plan, row.version, row.item.resolution) == (plan, plan.latest_version, item.resolution)


def test_decided_once(ashdown, item, now):
    decide(item, ashdown.clerk)
    with pytest.raises(Conflict):
        decide(AgendaItem.objects.get(pk=item.pk), ashdown.clerk, outcome="declined", reason="No.")
    assert list(Decision.objects.filter(item=item).values_list("outcome", flat=True)) == ["approved"]


@pytest.mark.parametrize("who", ["chair", "vice", "head", "governor", "teacher", "business"])
def test_only_the_clerk_records(ashdown, item, now, who):
    with pytest.raises(NotAllowed, match="Only the clerk may record what the board decides"):
        decide(item, getattr(ashdown, who))


def test_agreed_objectives_let_the_leaders_draft(ashdown):
    plan = make.plan(ashdown, state="objectives")
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_objectives(plan, meeting=meeting, by=ashdown.chair).item
    with make.at_the_meeting(meeting):
        deciding.decide_objectives(item, resolved=Resolved(outcome="approved"), by=ashdown.clerk)
        plan.refresh_from_db()
        assert plan.state == "drafting"


@pytest.mark.parametrize("outcome", ["changes asked for", "declined"])
def test_objectives_that_are_not_agreed_are_set_anew(ashdown, outcome):
    plan = make.plan(ashdown, state="objectives")
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_objectives(plan, meeting=meeting, by=ashdown.clerk).item
    with make.at_the_meeting(meeting):
        deciding.decide_objectives(item, resolved=Resolved(outcome=outcome, reason="Too many."), by=ashdown.clerk)
    plan.refresh_from_db()
    assert plan.state == "objectives"
    assert deciding.put_objectives(plan, meeting=_another(ashdown), by=ashdown.clerk).plan == plan


def _another(ashdown) -> Meeting:
    return make.meeting(ashdown.board, day=date(2026, 12, 16), by=ashdown.clerk)


# --- a plan that has left the board ----------------------------------------------------------------------------------


def test_a_plan_that_was_taken_back_is_not_decided_on(ashdown, plan, item, now):
    approval.take_back_plan(plan, by=ashdown.head)
    with pytest.raises(Conflict, match="was taken back: leaders are drafting"):
        decide(item, ashdown.clerk)
    assert not Decision.objects.filter(item=item).exists()


def test_a_plan_that_was_returned_is_not_decided_on(ashdown, plan, item, now):
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    with pytest.raises(Conflict, match="changes are asked for"):
        decide(item, ashdown.clerk)


def test_submitted_again_it_stands_on_the_agenda_in_its_new_version(ashdown, plan, item, now):
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    approval.submit_plan(plan, by=ashdown.head)
    item.refresh_from_db()
    assert item.plan_item.version.number == 2
    assert "version 2, as submitted by the headteacher on 2 December" in kinds.resolution_of(item)


def test_the_clerks_own_words_stay_when_it_is_submitted_again(ashdown, plan, item):
    meetings.change_item(item, title="The plan", note="", resolution="That the board approve it.", by=ashdown.clerk)
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    approval.submit_plan(plan, by=ashdown.head)
    item.refresh_from_db()
    assert item.resolution == "That the board approve it."


def test_another_version_than_the_clerk_saw_is_a_conflict(ashdown, plan, item, now):
    seen = item.plan_item.version_id
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    approval.submit_plan(plan, by=ashdown.head)
    item.refresh_from_db()
    with pytest.raises(Conflict, match="submitted again: version 2 is before"):
        deciding.decide_plan(item, resolved=Resolved(outcome="approved"), version=seen, by=ashdown.clerk)


# --- the item's page -------------------------------------------------------------------------------------------------


def page_of(item) -> str:
    return reverse("item", args=[item.pk])


def form(ashdown, item, **words) -> dict:
    """What the clerk's browser sends."""
    return {
        "there": [person.pk for person in ashdown.voters],
        "version": item.plan_item.version_id,
        "resolution": kinds.resolution_of(item),
        "outcome": "approved",
        "how": "agreed",
        "minute_reference": "FGB 02/12/26 item 1",
        "rows": "3",
        "do": "record",
    } | words


def test_the_clerk_records_the_decision(client, ashdown, plan, item, now):
    client.force_login(ashdown.clerk)
    answer = client.post(page_of(item), form(ashdown, item))
    plan.refresh_from_db()
    assert (answer.status_code, plan.state) == (302, "approved")
    shown = client.get(page_of(item)).content.decode()
    assert "Approved on 2 December 2026 (FGB 02/12/26 item 1)." in shown
    assert "The board RESOLVED, all four governors present agreeing, to approve the school improvement plan" in shown


def test_pressed_twice_it_is_recorded_once(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    client.post(page_of(item), form(ashdown, item))
    answer = client.post(page_of(item), form(ashdown, item))
    assert answer.status_code == 409
    assert "is closed: approved on 2 December 2026" in answer.content.decode()
    assert AuditEvent.objects.filter(what="decide_plan").count() == 1


def test_whoever_is_unticked_has_withdrawn(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    there = [person.pk for person in ashdown.voters[:3]]
    client.post(page_of(item), form(ashdown, item, there=there))
    assert Decision.objects.get(item=item).present == 3
    assert [row.person for row in item.withdrawals.all()] == [ashdown.voters[3]]


def test_without_a_quorum_the_page_says_the_numbers_and_nothing_is_written(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    answer = client.post(page_of(item), form(ashdown, item, there=[ashdown.chair.person_id], reason="Typed words"))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Not quorate for this item: 1 present of 4, 2 needed. No vote can be taken." in shown
    assert "Typed words" in shown
    assert not item.withdrawals.exists()
    assert not Decision.objects.filter(item=item).exists()


def condition(ashdown, number: int = 0, **words) -> dict:
    row = {"text": "Say who pays", "owner": ashdown.head.person_id, "due_on": "29 Jan 2027"} | words
    return {f"condition-{number}-{name}": value for name, value in row.items()}


def test_conditions_are_rows(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    words = form(ashdown, item, outcome="approved with conditions", rows="6")
    words |= condition(ashdown) | condition(ashdown, 5, text="Read it to the parents")
    client.post(page_of(item), words)
    rows = Decision.objects.get(item=item).conditions.values_list("text", "owner__name", "due_on")
    assert list(rows) == [
        ("Say who pays", "Ashdown Head", date(2027, 1, 29)),
        ("Read it to the parents", "Ashdown Head", date(2027, 1, 29)),
    ]


def test_three_more_rows_keep_what_was_typed(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    words = form(ashdown, item, outcome="approved with conditions", do="more") | condition(ashdown, owner="")
    answer = client.post(page_of(item), words)
    shown = answer.content.decode()
    rows = re.findall(r'name="condition-\d-due_on"', shown)
    assert (answer.status_code, len(rows), "Say who pays" in shown) == (200, 6, True)
    assert 'role="alert"' not in shown


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"outcome": ""}, "Choose what the board decided"),
        ({"outcome": "sold"}, "That choice is not one of yours"),
        ({"outcome": "declined"}, "Say why: the minutes need the reason"),
        ({"outcome": "deferred", "reason": "Time."}, "Choose the later meeting"),
        ({"outcome": "approved with conditions"}, "Write at least one condition"),
        ({"how": "hands"}, "Give the counts of the show of hands"),
        ({"how": "hands", "votes_for": "2", "votes_against": "2"}, "A tie, 2 to 2"),
        ({"how": "hands", "votes_for": "several"}, "Write a whole number"),
        ({"resolution": ""}, "Give the exact words"),
        ({"resolution": "x" * 1001}, "Shorten this to 1,000 characters"),
        ({"minute_reference": "<script>alert(1)</script>" * 4}, "Shorten this to 60"),
    ],
)
def test_wrong_words_come_back(client, ashdown, item, now, words, why):
    client.force_login(ashdown.clerk)
    answer = client.post(page_of(item), form(ashdown, item, **words))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert why in shown
    assert "<script>alert" not in shown
    assert not Decision.objects.filter(item=item).exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"owner": ""}, "Choose who answers for it"),
        ({"text": ""}, "Say what the condition is"),
        ({"due_on": ""}, "Give the day"),
        ({"due_on": "1 Dec 2026"}, "Choose a day after the meeting"),
        ({"due_on": "31 Feb 2027"}, "There is no 31 February"),
        ({"owner": "999999"}, "That choice is not one of yours"),
    ],
)
def test_a_condition_that_is_not_whole_comes_back(client, ashdown, item, now, words, why):
    client.force_login(ashdown.clerk)
    sent = form(ashdown, item, outcome="approved with conditions") | condition(ashdown, **words)
    answer = client.post(page_of(item), sent)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)


def test_the_owner_of_a_condition_is_one_of_ours(client, ashdown, kestrel, item, now):
    client.force_login(ashdown.clerk)
    sent = form(ashdown, item, outcome="approved with conditions") | condition(ashdown, owner=kestrel.head.person_id)
    assert client.post(page_of(item), sent).status_code == 422


def test_deferred_in_the_browser(client, ashdown, item, later, now):
    client.force_login(ashdown.clerk)
    client.post(page_of(item), form(ashdown, item, outcome="deferred", reason="Time.", deferred_to=later.pk))
    assert later.items.count() == 1


def test_votes_in_the_browser_are_recorded(client, ashdown, item, now):
    meetings.open_voting(item, by=ashdown.chair)
    meetings.cast_vote(item, choice="for", by=ashdown.chair)
    meetings.cast_vote(item, choice="against", by=ashdown.vice)
    meetings.cast_vote(item, choice="for", by=ashdown.governor)
    client.force_login(ashdown.clerk)
    assert client.post(page_of(item), form(ashdown, item, how="browser")).status_code == 409
    meetings.close_voting(item, by=ashdown.chair)
    client.post(page_of(item), form(ashdown, item, how="browser"))
    decision = Decision.objects.get(item=item)
    assert (decision.votes_for, decision.votes_against, decision.abstained) == (2, 1, 0)


def test_counts_and_names_stay_hidden_while_voting_is_open(client, ashdown, item, now):
    meetings.open_voting(item, by_name=True, by=ashdown.chair)
    meetings.cast_vote(item, choice="against", by=ashdown.vice)
    client.force_login(ashdown.governor)
    shown = client.get(page_of(item)).content.decode()
    assert "<strong>1 of 4</strong> have voted" in shown
    assert ("tally-of" in shown, "Against</dt>" in shown) == (False, False)
    meetings.close_voting(item, by=ashdown.chair)
    shown = client.get(page_of(item)).content.decode()
    assert "tally-of" in shown
    assert "<dt>Against</dt><dd>Ashdown Vice</dd>" in shown


def test_vote_buttons_only_for_those_who_may(client, ashdown, item, now):
    meetings.open_voting(item, by=ashdown.chair)
    meetings.withdraw(item, person=ashdown.link.person, reason="", by=ashdown.link)
    sees = {}
    for name in ("governor", "link", "associate", "head", "clerk", "chair"):
        client.force_login(getattr(ashdown, name))
        sees[name] = 'name="choice"' in client.get(page_of(item)).content.decode()
    assert sees == {
        "governor": True,
        "link": False,
        "associate": False,
        "head": False,
        "clerk": False,
        "chair": True,
    }


def test_a_reason_to_withdraw_is_for_clerk_and_chair(client, ashdown, item, now):
    meetings.withdraw(item, person=ashdown.link.person, reason="Her sister", by=ashdown.link)
    sees = {}
    for name in ("governor", "head", "clerk", "chair"):
        client.force_login(getattr(ashdown, name))
        sees[name] = "Her sister" in client.get(page_of(item)).content.decode()
    assert sees == {"governor": False, "head": False, "clerk": True, "chair": True}


def test_a_governor_records_nothing(client, ashdown, item, now):
    client.force_login(ashdown.governor)
    assert client.post(page_of(item), form(ashdown, item)).status_code == 403


def test_a_stranger_finds_nothing(client, kestrel, item):
    client.force_login(kestrel.clerk)
    assert client.get(page_of(item)).status_code == 404


def test_the_page_says_that_a_version_came_late(client, ashdown, plan, item):
    with make.at_the_meeting(item.meeting):
        approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
        approval.submit_plan(plan, by=ashdown.head)
        client.force_login(ashdown.governor)
        shown = client.get(page_of(item)).content.decode()
    assert "submitted on Wednesday 2 December; papers had to be out by Tuesday 24 November." in shown


@pytest.mark.parametrize("kind", ["ordinary", "strategy", "objectives", "plan"])
def test_every_kind_is_decided_on_its_page(client, ashdown, kind, plan, meeting, later):
    if kind == "ordinary":
        item = meetings.add_item(meeting, title="Budget", by=ashdown.clerk)
    elif kind == "strategy":
        draft = make.strategy(ashdown.school, state="draft")
        item = meetings.add_item(meeting, title="Strategy", kind=kind, strategy=draft, by=ashdown.clerk)
    elif kind == "objectives":
        Plan.objects.filter(pk=plan.pk).update(state="objectives")
        plan.refresh_from_db()
        item = deciding.put_objectives(plan, meeting=meeting, by=ashdown.clerk).item
    else:
        item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    client.force_login(ashdown.clerk)
    with make.at_the_meeting(meeting):
        assert client.get(page_of(item)).status_code == 200
        sent = {"there": [one.pk for one in ashdown.voters], "resolution": "That it be so.", "outcome": "approved"}
        assert client.post(page_of(item), sent | {"how": "agreed", "do": "record"}).status_code == 302
        assert client.get(page_of(item)).status_code == 200


def test_a_correction_in_the_browser(client, ashdown, item, now):
    client.force_login(ashdown.clerk)
    client.post(page_of(item), form(ashdown, item))
    decision = Decision.objects.get(item=item)
    words = {"minute_reference": "FGB 7", "resolution": decision.resolution, "wording": decision.wording}
    correct = reverse("item_correct", args=[item.pk])
    assert client.post(correct, words).status_code == 422
    same = words | {"minute_reference": decision.minute_reference, "reason": "Nothing, really"}
    assert "Nothing is changed yet" in client.post(correct, same).content.decode()
    assert client.post(correct, words | {"reason": "Wrong number"}).status_code == 302
    shown = client.get(page_of(item)).content.decode()
    assert "<del>FGB 02/12/26 item 1</del> is now <ins>FGB 7</ins>" in shown
    Meeting.objects.update(state="held", minutes_signed_on=decision.decided_on)
    assert client.get(correct).status_code == 409


def test_a_condition_is_met_in_the_browser(client, ashdown, item, now):
    decision = decide(item, ashdown.clerk, outcome="approved with conditions", conditions=conditions(ashdown))
    address = reverse("condition_met", args=[item.pk, decision.conditions.get().pk])
    client.force_login(ashdown.governor)
    assert client.post(address).status_code == 403
    client.force_login(ashdown.chair)
    assert client.post(address).status_code == 302
    assert decision.conditions.get().met_on == DAY


def test_an_item_is_added_in_the_browser(client, ashdown, plan):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    client.force_login(ashdown.clerk)
    address = reverse("agenda_add", args=[meeting.pk])
    assert client.post(address, {"what": "ordinary", "title": ""}).status_code == 422
    assert client.post(address, {"what": "ordinary", "title": "Budget"}).status_code == 302
    assert client.post(address, {"what": f"plan-{plan.pk}", "note": "Bring the plan."}).status_code == 302
    rows = meeting.items.values_list("position", "kind", "title", "note")
    assert list(rows) == [
        (1, "ordinary", "Budget", ""),
        (2, "plan", "School improvement plan 2026/27", "Bring the plan."),
    ]


@pytest.mark.parametrize(("name", "state"), [("put_plan", "with the board"), ("put_objectives", "objectives")])
def test_it_is_put_on_an_agenda_in_the_browser(client, ashdown, kestrel, name, state):
    plan = make.plan(ashdown, state=state)
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    foreign = make.meeting(kestrel.board, by=kestrel.clerk)
    client.force_login(ashdown.chair)
    address = reverse(name, args=[plan.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"meeting": foreign.pk}).status_code == 422
    assert client.post(address, {"meeting": meeting.pk}).status_code == 302
    assert meeting.items.get().plan_item.plan == plan


def test_the_page_takes_the_same_queries_for_many_rows(client, ashdown, plan, item, now, django_assert_max_num_queries):
    client.force_login(ashdown.clerk)
    client.get(page_of(item))
    counts = []
    for more in (0, 3):
        for number in range(more):
            asking.ask(
                plan,
                text=f"Question {number}?",
                needs_answer=True,
                objective=None,
                action=None,
                criterion=None,
                to=ashdown.head.person,
                due_on=date(2026, 12, 20),
                by=ashdown.governor,
            )
            newcomer = make.user(f"Newcomer {number}")
            make.seat(newcomer, ashdown.board)
            people = {person.pk: "in person" for person in [*ashdown.voters, newcomer.person]}
            meetings.record_attendance(item.meeting, how=people, by=ashdown.clerk)
        with django_assert_max_num_queries(80) as seen:
            client.get(page_of(item))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_stale_page_goes_on_being_stale(client, ashdown, plan, item, now):
    """The words on it speak of the former version, so it must not be sent for the new one, however often."""
    sent = form(ashdown, item)
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    approval.submit_plan(plan, by=ashdown.head)
    client.force_login(ashdown.clerk)
    answer = client.post(page_of(item), sent)
    assert answer.status_code == 409
    assert f'name="version" value="{sent["version"]}"' in answer.content.decode()
    assert not Decision.objects.filter(item=item).exists()
