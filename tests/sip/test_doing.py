"""How the actions of an approved plan go: said in a minute, by whoever does them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from sip import doing, versions
from sip.models import Action, Plan
from tests import make


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2, actions=2)


@pytest.fixture
def action(plan) -> Action:
    """Owned by the teacher."""
    return Action.objects.select_related("objective__plan").order_by("objective__position", "position").first()


def say(action: Action, by, status: str = "under way", note: str = "Half the classes.") -> Action:
    return doing.say_status(action, status=status, note=note, by=by)


def said() -> int:
    return AuditEvent.objects.filter(what="say_status").count()


# --- the operation


@pytest.mark.parametrize("who", ["teacher", "deputy", "head"])
def test_the_owner_the_lead_and_the_leaders_say_how_it_goes(action, ashdown, who):
    user, revision = getattr(ashdown, who), action.plan.revision
    say(action, user)
    action = Action.objects.get(pk=action.pk)
    assert (action.status, action.status_note, action.status_said_by) == ("under way", "Half the classes.", user.person)
    assert (action.plan.revision > revision, said()) == (True, 1)


@pytest.mark.parametrize("who", ["chair", "clerk", "link", "business", "adviser", "inspector"])
def test_others_do_not(action, ashdown, who):
    says = "Only the headteacher or trust leader, a senior leader, who leads it or who owns it may say how this action"
    with pytest.raises(NotAllowed, match=says):
        say(action, getattr(ashdown, who))


def test_the_last_word_stands_and_both_are_on_record(action, ashdown):
    say(action, ashdown.head, "done", "All seen.")
    say(action, ashdown.teacher, "under way", "Two classes left.")
    assert (action.status, action.status_note, said()) == ("under way", "Two classes left.", 2)


def test_a_button_pressed_twice_says_it_once(action, ashdown):
    moment = clock.local(date(2027, 1, 12))
    with clock.standing_at(moment):
        say(action, ashdown.teacher)
        with pytest.raises(doing.SaidAlready):
            say(action, ashdown.teacher)
    with clock.standing_at(moment + timedelta(days=7)):
        say(action, ashdown.teacher)  # still so, a week later: that is news
    assert said() == 2


@pytest.mark.parametrize(
    ("state", "says"), [("closed", "The plan is closed"), ("with the board", "once the plan is approved")]
)
def test_nothing_is_said_of_a_plan_that_is_not_in_force(action, ashdown, state, says):
    Plan.objects.update(state=state)
    action.objective.plan.refresh_from_db()
    with pytest.raises(Conflict, match=says):
        say(action, ashdown.head)


def test_what_was_frozen_stays_as_it_was(action, ashdown):
    version = action.plan.latest_version
    before = version.content
    say(action, ashdown.teacher)
    version.refresh_from_db()
    assert (version.content, versions.verify()) == (before, [])
    assert "under way" not in version.content


# --- the page


def page(action) -> str:
    return reverse("action", args=[action.pk])


def test_the_owner_says_it_on_one_page(client, action, ashdown):
    client.force_login(ashdown.teacher)
    shown = client.get(page(action)).content.decode()
    assert "Action 1 of Ashdown Primary" in shown and "Due by 18 December 2026" in shown
    assert shown.count('<button class="button button--quiet" name="status"') == 4 and "My actions" in shown
    answer = client.post(page(action), {"status": "done", "note": "All classes, since Monday."}, follow=True)
    assert "It is said: done." in answer.content.decode()
    action.refresh_from_db()
    assert (action.status, action.status_note) == ("done", "All classes, since Monday.")


def test_pressed_twice_the_page_says_the_same_and_it_is_said_once(client, action, ashdown):
    client.force_login(ashdown.teacher)
    for _ in range(2):
        assert client.post(page(action), {"status": "done", "note": ""}).status_code == 302
    assert said() == 1


def test_without_a_choice_nothing_is_saved_and_the_line_is_kept(client, action, ashdown):
    client.force_login(ashdown.teacher)
    answer = client.post(page(action), {"note": "Half the hedgehogs."})
    assert (answer.status_code, said()) == (422, 0)
    shown = answer.content.decode()
    assert "Press one of the four buttons" in shown and "Half the hedgehogs." in shown
    long = client.post(page(action), {"status": "done", "note": "x" * 201})
    assert (long.status_code, said()) == (422, 0)
    assert client.post(page(action), {"status": "finished"}).status_code == 422


@pytest.mark.parametrize("who", ["chair", "clerk", "business", "adviser", "inspector"])
def test_readers_read_it_and_are_told_who_may(client, action, ashdown, who):
    say(action, ashdown.teacher, note="Half the hedgehogs.")
    client.force_login(getattr(ashdown, who))
    answer = client.get(page(action))
    shown = answer.content.decode()
    assert answer.status_code == 200 and "Half the hedgehogs." in shown and "Under way" in shown
    assert "may say how this action goes" in shown and 'name="status"' not in shown
    assert client.post(page(action), {"status": "done"}).status_code == 403


def test_held_up_says_what_stands_in_the_way(client, action, ashdown):
    client.force_login(ashdown.teacher)
    answer = client.post(page(action), {"status": "held up", "note": ""})
    assert answer.status_code == 422 and "Held up: say what stands in the way" in answer.content.decode()
    for note in ("No supply teacher.", "Held up: No supply teacher."):
        client.post(page(action), {"status": "held up", "note": note})
        action.refresh_from_db()
        assert (action.status, action.status_note) == ("under way", "Held up: No supply teacher.")
    long = client.post(page(action), {"status": "held up", "note": "x" * 195})
    assert long.status_code == 422 and "Say it in 191 characters" in long.content.decode()


def test_what_is_stopped_is_not_said_by_a_button(client, action, ashdown):
    client.force_login(ashdown.teacher)
    assert client.post(page(action), {"status": "stopped", "note": "No."}).status_code == 422


def test_strangers_and_drafts_are_not_found(client, action, ashdown, kestrel):
    client.force_login(kestrel.head)
    assert client.get(page(action)).status_code == client.post(page(action)).status_code == 404
    Plan.objects.update(state="drafting")
    for who in (ashdown.chair, ashdown.teacher, ashdown.head):
        client.force_login(who)
        assert client.get(page(action)).status_code == 404


def test_of_a_closed_plan_it_is_read_and_no_more(client, action, ashdown):
    Plan.objects.update(state="closed")
    client.force_login(ashdown.teacher)
    assert "The plan is closed." in client.get(page(action)).content.decode()
    answer = client.post(page(action), {"status": "done", "note": "Too late for the hedgehogs."})
    assert answer.status_code == 409 and "Too late for the hedgehogs." in answer.content.decode()


def test_the_page_asks_the_same_number_of_questions_however_many_actions(
    client, action, ashdown, django_assert_num_queries
):
    client.force_login(ashdown.teacher)
    client.get(page(action))
    for many in (1, 3):
        with django_assert_num_queries(8):
            client.get(page(action))
        Action.objects.bulk_create(
            Action(objective=action.objective, position=9, what=f"More {many}", owner=ashdown.teacher.person)
            for _ in range(3)
        )


def test_how_it_goes_stands_on_the_plan_and_the_objective_with_a_way_to_say_it(client, action, ashdown):
    say(action, ashdown.teacher, note="Half the hedgehogs.")
    objective = reverse("objective", args=[action.objective_id])
    for who, leads in ((ashdown.teacher, True), (ashdown.head, True), (ashdown.governor, False)):
        client.force_login(who)
        plan_page = client.get(reverse("plan", args=[ashdown.school.slug, 2026])).content.decode()
        shown = client.get(objective).content.decode()
        assert plan_page.count("Not started") == 3 and plan_page.count("Under way") == shown.count("Under way") == 1
        assert "Half the hedgehogs." in shown and "Ashdown Teacher, 24 November" in shown
        assert [f'href="{page(action)}"' in one for one in (plan_page, shown)] == [leads, leads]
