"""The pages of amendments: each works, refuses wrong words, a reader, a stranger and a second try."""

from datetime import date

import pytest
from django.urls import reverse

from sip import amending, making
from sip import amendment_deciding as deciding
from sip.models import Action, Amendment, Plan, Replanned
from tests import make


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2, actions=2)


@pytest.fixture
def amendment(plan, ashdown) -> Amendment:
    return amending.begin_amendment(plan, by=ashdown.head)


@pytest.fixture
def action(plan) -> Action:
    return Action.objects.filter(objective__plan=plan).order_by("objective__position", "position").first()


def get(client, who, name: str, *words, status: int = 200) -> str:
    client.force_login(who)
    answer = client.get(reverse(name, args=words))
    assert answer.status_code == status
    return answer.content.decode()


def post(client, who, name: str, *words, data=None, status: int = 302) -> str:
    client.force_login(who)
    answer = client.post(reverse(name, args=words), data or {})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def changed(action: Action, amendment: Amendment, **words) -> dict:
    day = action.due_on
    held = {"what": action.what, "owner": action.owner_id, "cost": "100", "cost_source": "Pupil premium"}
    held |= {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    return held | {"why": "The trainer is ill.", "revision": amendment.revision} | words


def test_from_the_plan_to_a_minor_amendment_made(client, plan, action, ashdown):
    link = reverse("amendments", args=[plan.pk])
    assert link in get(client, ashdown.head, "plan", ashdown.school.slug, plan.year)
    assert "What needs an amendment, and what does not" in get(client, ashdown.head, "amendments", plan.pk)
    post(client, ashdown.head, "amendment_begin", plan.pk)
    amendment = plan.amendments.get()
    assert action.what in get(client, ashdown.head, "amendment_parts", amendment.pk)
    address = ("amend_part", amendment.pk, "action", action.pk)
    assert action.what in get(client, ashdown.head, *address)
    spring = {"due_on_day": "12", "due_on_month": "2", "due_on_year": "2027"}
    post(client, ashdown.head, *address, data=changed(action, amendment, **spring))
    shown = get(client, ashdown.head, "amendment", amendment.pk)
    assert "18 December 2026" in shown and "12 February 2027" in shown and "Make the amendment" in shown
    post(client, ashdown.head, "amend_finish", amendment.pk, data={"reason": "The trainer is ill until January."})
    amendment.refresh_from_db()
    assert (amendment.state, amendment.version.number) == ("made", 2)
    shown = get(client, ashdown.chair, "objective", action.objective_id)
    assert "approved as 18 December 2026; moved on 24 November 2026" in shown
    assert "Amended once" in get(client, ashdown.chair, "plan", ashdown.school.slug, plan.year)


def test_a_material_one_goes_before_the_board_and_onto_an_agenda(client, plan, amendment, ashdown):
    objective = plan.objectives.first()
    why = {"why": "The grant was not renewed.", "revision": amendment.revision}
    post(client, ashdown.head, "amend_stop", amendment.pk, "objective", objective.pk, data=why)
    assert "An objective is stopped." in get(client, ashdown.head, "amend_finish", amendment.pk)
    post(client, ashdown.head, "amend_finish", amendment.pk, data={"reason": "The grant was not renewed."})
    meeting = make.meeting(plan.deciding_board, day=date(2026, 12, 9), by=ashdown.clerk)
    assert "Put it on an agenda" in get(client, ashdown.clerk, "amendment", amendment.pk)
    post(client, ashdown.clerk, "put_amendment", amendment.pk, data={"meeting": meeting.pk})
    item = deciding.coming_items(amendment).get().item
    shown = get(client, ashdown.chair, "item", item.pk)
    assert "That the board approve amendment 1 to the school improvement plan for 2026/27" in shown
    assert objective.title in shown
    post(client, ashdown.head, "amend_take_back", amendment.pk)
    shown = get(client, ashdown.clerk, "item", item.pk)
    assert "Leaders have taken the amendment back" in shown
    post(client, ashdown.head, "amend_withdraw", amendment.pk)
    assert "Withdrawn by leaders on 24 November 2026" in get(client, ashdown.head, "amendment", amendment.pk)


def test_what_is_added_is_seen(client, plan, amendment, ashdown):
    objective = plan.objectives.first()
    words = {"what": "Phonics for parents", "cost": "250", "why": "It is missing.", "revision": amendment.revision}
    post(client, ashdown.head, "amend_add", amendment.pk, "action", objective.pk, data=words)
    shown = get(client, ashdown.head, "amendment", amendment.pk)
    assert "Phonics for parents" in shown and "£250" in shown
    line = amendment.changes.get()
    post(client, ashdown.head, "amend_drop", amendment.pk, line.pk)
    post(client, ashdown.head, "amend_drop", amendment.pk, line.pk, status=409)
    assert "Nothing is changed in it yet" in get(client, ashdown.head, "amendment", amendment.pk)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"what": ""}, "Say what is done"),
        ({"why": ""}, "Say why it changes"),
        ({"cost": "lots"}, "Write pounds in figures"),
        ({"due_on_year": "2031"}, "Choose a day from 1 September 2026 on, within two years"),
        ({"what": "x" * 401}, "400"),
    ],
)
def test_wrong_words_are_refused_and_kept(client, amendment, action, ashdown, words, says):
    sent = changed(action, amendment, **({"cost_source": "Hedgehog fund"} | words))
    shown = post(client, ashdown.head, "amend_part", amendment.pk, "action", action.pk, data=sent, status=422)
    assert says in shown and "Hedgehog fund" in shown
    assert not amendment.changes.exists()


def test_two_people_at_once_the_second_sees_their_words(client, amendment, action, ashdown):
    first = changed(action, amendment, what="One way")
    post(client, ashdown.head, "amend_part", amendment.pk, "action", action.pk, data=first)
    second = first | {"what": "Another way"}
    shown = post(client, ashdown.deputy, "amend_part", amendment.pk, "action", action.pk, data=second, status=409)
    assert "Somebody else saved this amendment" in shown and "Another way" in shown
    assert amendment.changes.get().after == "One way"


def test_begun_or_finished_twice_the_second_is_told(client, plan, amendment, action, ashdown):
    post(client, ashdown.deputy, "amendment_begin", plan.pk, status=409)
    why = {"why": "It did not help.", "revision": amendment.revision}
    post(client, ashdown.head, "amend_stop", amendment.pk, "action", action.pk, data=why)
    reason = {"reason": "It did not help."}
    post(client, ashdown.head, "amend_finish", amendment.pk, data=reason)
    post(client, ashdown.deputy, "amend_finish", amendment.pk, data=reason, status=409)
    assert plan.versions.count() == 2


@pytest.mark.parametrize(
    "address",
    [("amendment_parts",), ("amend_finish",), ("amend_part", "action", 1), ("amend_add", "objective", 0)],
)
def test_readers_are_told_who_may_strangers_nothing(client, amendment, action, ashdown, kestrel, address):
    making_ready(amendment, action, ashdown)
    name, *rest = address
    rest = [action.pk if one == 1 else one for one in rest]
    assert "may amend a plan that is in force" in get(client, ashdown.chair, name, amendment.pk, *rest, status=403)
    get(client, kestrel.head, name, amendment.pk, *rest, status=404)


def making_ready(amendment, action, cast):
    """With the board, so that governors see it."""
    amending.stop_part(amendment, row=action, why="Why", revision=amendment.revision, by=cast.head)
    deciding.put_before_board(amendment, reason="Why", weight_why="Why", by=cast.head)


def test_parts_that_are_none_are_not_there(client, amendment, kestrel, ashdown):
    other = make.plan(kestrel, state="approved").objectives.first()
    get(client, ashdown.head, "amend_part", amendment.pk, "objective", other.pk, status=404)
    get(client, ashdown.head, "amend_part", amendment.pk, "hedgehog", 1, status=404)
    get(client, ashdown.head, "amend_add", amendment.pk, "hedgehog", 1, status=404)


def test_a_stopped_objective_keeps_its_page_and_a_stopped_action_its_reason(client, plan, amendment, action, ashdown):
    amending.stop_part(amendment, row=action, why="It did not help.", revision=amendment.revision, by=ashdown.head)
    making.make_amendment(amendment, reason="Why", by=ashdown.head)
    shown = get(client, ashdown.teacher, "action", action.pk)
    assert "Stopped: It did not help." in shown and 'name="status"' not in shown
    assert "No longer in the plan: 1" in get(client, ashdown.chair, "objective", action.objective_id)


def test_the_chair_makes_it_in_urgency_with_the_two_tests(client, amendment, action, ashdown):
    making_ready(amendment, action, ashdown)
    assert "It cannot wait for the board" in get(client, ashdown.chair, "amendment", amendment.pk)
    shown = post(client, ashdown.chair, "amend_urgently", amendment.pk, data={"detriment": "Harm."}, status=422)
    assert "Say why it could not meet" in shown and "Harm." in shown
    words = {"cannot_wait": "No quorum before Friday.", "detriment": "Year 6 would lose its room."}
    post(client, ashdown.chair, "amend_urgently", amendment.pk, data=words)
    post(client, ashdown.chair, "amend_urgently", amendment.pk, data=words, status=409)
    assert "by chair’s action" in get(client, ashdown.link, "amendment", amendment.pk)


# --- without ceremony


def moved(**words) -> dict:
    held = {"due_on_day": "4", "due_on_month": "12", "due_on_year": "2026", "owner": "", "why": "Cover is found."}
    return held | words


def test_within_its_term_an_action_is_moved_on_one_page(client, action, ashdown):
    assert reverse("replan", args=[action.pk]) in get(client, ashdown.head, "action", action.pk)
    post(client, ashdown.head, "replan", action.pk, data=moved(owner=action.owner_id))
    assert Replanned.objects.get().before == "2026-12-18"
    assert "was 18 December 2026; moved on 24 November 2026" in get(client, ashdown.teacher, "action", action.pk)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"due_on_month": "2", "due_on_year": "2027"}, "That day lies in another term"),
        ({"due_on_month": "10"}, "Choose a day from today on"),
        ({"why": ""}, "Say why"),
    ],
)
def test_what_needs_an_amendment_is_said_and_kept(client, action, ashdown, words, says):
    shown = post(client, ashdown.head, "replan", action.pk, data=moved(owner=action.owner_id, **words), status=422)
    assert says in shown and not Replanned.objects.exists()


def test_the_owner_reads_who_may_move_it(client, action, ashdown, kestrel):
    get(client, ashdown.teacher, "replan", action.pk, status=403)
    get(client, kestrel.head, "replan", action.pk, status=404)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_however_many_lines(client, ashdown, django_assert_num_queries, many):
    plan = make.plan(ashdown, state="approved", actions=3)
    one = amending.begin_amendment(plan, by=ashdown.head)
    for action in Action.objects.filter(objective__plan=plan)[:many]:
        amending.stop_part(one, row=action, why="Why", revision=one.revision, by=ashdown.head)
    deciding.put_before_board(one, reason="Why", weight_why="Why", by=ashdown.head)
    get(client, ashdown.chair, "amendment", one.pk)
    with django_assert_num_queries(16):
        client.get(reverse("amendment", args=[one.pk]))
