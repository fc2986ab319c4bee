"""The end of the year: what came of each objective, what was learned, and what next year's plan takes on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from governance.models import Role, Seat
from monitoring import closing, reviewing
from monitoring.models import Review
from sip import agreeing
from sip.models import Objective, Plan
from tests import make
from tests.sip.test_drafting_pages import parsed

JULY = clock.local(date(2027, 7, 19))


def say(objective: Objective, by, outcome: str = "met", lesson: str = "Read daily.") -> Objective:
    objective.refresh_from_db()
    return closing.write_outcome(objective, revision=objective.revision, outcome=outcome, lesson=lesson, by=by)


@pytest.fixture
def plan(ashdown) -> Plan:
    """Approved, two objectives, nothing said yet of what came of them."""
    return make.plan(ashdown, state="approved", objectives=2)


@pytest.fixture
def over(plan, ashdown):
    """It is July: the summer review is sent, and every objective has its outcome; the second is carried forward."""
    with clock.standing_at(JULY):
        make.review(ashdown, state="with governors", plan_=plan, term="summer")
        first, second = plan.objectives.all()
        say(first, ashdown.deputy)
        say(second, ashdown.head, "carried forward", "Begin earlier.")
        yield plan


# --- what came of it


def test_leaders_and_the_lead_say_what_came_of_an_objective(plan, ashdown):
    objective = plan.objectives.first()
    say(objective, ashdown.head, "partly met", "Begin in September.")
    Objective.objects.update(lead=ashdown.teacher.person)
    said = say(objective, ashdown.teacher, "not met", "Begin in June.")
    assert (said.outcome, said.lesson) == ("not met", "Begin in June.")
    assert AuditEvent.objects.filter(what="write_outcome").count() == 2


@pytest.mark.parametrize("who", ["chair", "clerk", "link", "business", "teacher", "adviser"])
def test_others_do_not(plan, ashdown, who):
    with pytest.raises(NotAllowed, match="may write what came of an objective"):
        say(plan.objectives.first(), getattr(ashdown, who))


def test_the_second_to_write_is_told(plan, ashdown):
    objective = plan.objectives.first()
    seen = objective.revision
    say(objective, ashdown.head)
    with pytest.raises(StaleEdit):
        closing.write_outcome(objective, revision=seen, outcome="not met", lesson="", by=ashdown.deputy)
    assert Objective.objects.get(pk=objective.pk).outcome == "met"


def test_nothing_is_said_of_a_plan_that_is_not_in_force(ashdown):
    plan = make.plan(ashdown)
    with pytest.raises(Conflict, match="written when its plan is approved"):
        say(plan.objectives.get(), ashdown.head)


# --- closing


@pytest.mark.parametrize("who", ["deputy", "chair", "clerk", "business"])
def test_only_the_head_closes_the_plan(over, ashdown, who):
    with pytest.raises(NotAllowed, match="Only the headteacher or trust leader may close the plan"):
        closing.close_plan(over, by=getattr(ashdown, who))


def test_it_is_said_what_comes_first(plan, ashdown):
    assert closing.why_not_closed(plan) == "First comes the summer review. It opens by itself on 23 June."
    with clock.standing_at(JULY):
        assert closing.why_not_closed(plan) == (
            "First comes the summer review. The headteacher or the clerk can open it now."
        )
        review = make.review(ashdown, plan_=plan, term="summer")
        assert closing.why_not_closed(plan) == "The summer review is still open. Send it to governors first."
        reviewing.send_review(review, by=ashdown.head)
        say(plan.objectives.first(), ashdown.head)
        say(plan.objectives.last(), ashdown.head, lesson="")
        with pytest.raises(Conflict, match="First say what came of “Objective 2 of Ashdown Primary”, and what was"):
            closing.close_plan(plan, by=ashdown.head)
    assert Plan.objects.get().state == "approved"


def test_a_plan_in_draft_is_not_closed(ashdown):
    with pytest.raises(Conflict, match="Only an approved plan can be closed. This one is: leaders are drafting."):
        closing.close_plan(make.plan(ashdown), by=ashdown.head)


def test_what_is_carried_is_proposed_for_a_plan_that_is_begun_for_it(over, ashdown):
    revision = over.revision
    closed = closing.close_plan(over, by=ashdown.head)
    over.refresh_from_db()
    assert (over.state, over.revision > revision) == ("closed", True)
    following = Plan.objects.get(year=2027)
    second, made = over.objectives.last(), following.objectives.get()
    assert (following.state, following.deciding_board) == ("objectives", ashdown.board)
    assert (made.carried_from, made.title, made.where_to, made.priority) == (
        second,
        second.title,
        second.where_to,
        second.priority,
    )
    assert (made.lead, made.monitor_seat, made.proposed_by) == (
        ashdown.deputy.person,
        ashdown.link_seat,
        ashdown.head.person,
    )
    assert (made.by_when, made.outcome, made.lesson) == (None, "", "")
    assert closed.says == (
        "The plan for 2026/27 is closed. “Objective 2 of Ashdown Primary” is proposed for the plan 2027/28."
        " What is unfinished stands with its history in the evidence for 2027/28."
    )
    acts = ["close_plan", "begin_plan", "propose_objective", "begin_pack", "carry_unfinished"]
    assert set(AuditEvent.objects.order_by("-pk").values_list("what", flat=True)[:5]) == set(acts)


def test_who_has_left_by_then_is_not_named_again(over, ashdown):
    Role.objects.filter(person=ashdown.deputy.person).update(last_day=date(2027, 7, 1))
    Seat.objects.filter(pk=ashdown.link_seat.pk).update(last_day=date(2027, 7, 1))
    closing.close_plan(over, by=ashdown.head)
    made = Objective.objects.get(plan__year=2027)
    assert (made.lead, made.monitor_seat) == (None, None)


def test_it_is_added_to_the_objectives_that_are_being_set(over, ashdown):
    following = agreeing.begin_plan(ashdown.school, year=2027, by=ashdown.clerk)
    words = {"title": "Sing", "where_now": "", "where_to": "All sing.", "by_when": date(2028, 7, 1)}
    words |= dict.fromkeys(("figure_what", "figure_now", "figure_aim"), "")
    words |= dict.fromkeys(("priority", "lead", "monitor_seat", "monitor_board"))
    agreeing.propose_objective(following, team=[], by=ashdown.chair, **words)
    closing.close_plan(over, by=ashdown.head)
    rows = following.objectives.values_list("position", "title")
    assert list(rows) == [(1, "Sing"), (2, "Objective 2 of Ashdown Primary")]


def test_objectives_that_are_agreed_already_take_nothing_more(over, ashdown):
    agreeing.begin_plan(ashdown.school, year=2027, by=ashdown.clerk)
    Plan.objects.filter(year=2027).update(state="drafting")
    says = closing.close_plan(over, by=ashdown.head).says
    assert says == (
        "The plan for 2026/27 is closed. The objectives for 2027/28 are agreed already, so “Objective 2 of Ashdown "
        "Primary” was not proposed. Leaders can ask the board for a change. What is unfinished stands with its history "
        "in the evidence for 2027/28."
    )
    assert not Objective.objects.filter(plan__year=2027).exists()


def test_without_anything_carried_no_plan_is_begun(over, ashdown):
    say(over.objectives.last(), ashdown.head)
    assert closing.close_plan(over, by=ashdown.head).says == "The plan for 2026/27 is closed."
    assert Plan.objects.count() == 1


def test_the_boards_side_hears_of_it_without_its_words(over, ashdown):
    closing.close_plan(over, by=ashdown.head)
    mails = OutgoingMail.objects.filter(key__startswith="plan_closed")
    people = {ashdown.chair, ashdown.vice, ashdown.governor, ashdown.link, ashdown.associate, ashdown.clerk}
    assert {mail.to_address for mail in mails} == {user.email for user in people}
    for mail in mails:
        assert mail.subject == "Ashdown Primary: the plan for 2026/27 is closed"
        assert "http://testserver/organisations/ashdown-primary/plan/2026-27/" in mail.text
        assert "Begin earlier" not in mail.text + mail.html and "Objective 2" not in mail.text + mail.html


def test_closed_twice_happens_once_and_nothing_moves_after(over, ashdown):
    closing.close_plan(over, by=ashdown.head)
    with pytest.raises(Conflict, match="This one is: closed"):
        closing.close_plan(over, by=ashdown.head)
    with pytest.raises(Conflict, match="stays as it was written"):
        say(over.objectives.first(), ashdown.head, "not met")
    with pytest.raises(Conflict, match="The plan is closed"):
        reviewing.take_back_review(Review.objects.get(), by=ashdown.head)
    assert Objective.objects.filter(plan__year=2027).count() == 1


# --- the page


def page(plan: Plan) -> str:
    return reverse("closing", args=[plan.pk])


def sent(client, plan: Plan) -> dict:
    return form_of(client.get(page(plan)))


def typed(plan: Plan, place: int, **words) -> dict:
    key = plan.objectives.all()[place].pk
    return {f"objective-{key}-{name}": value for name, value in words.items()}


def form_of(response) -> dict:
    """What a browser would send of the page's form."""
    form = next(one for one in parsed(response).iter("form") if one.get("data-keep") is not None)
    found = {}
    for box in form.iter():
        if box.tag == "textarea":
            found[box.get("name")] = (box.text or "").removeprefix("\n")
        elif box.tag == "input" and (box.get("type") != "radio" or "checked" in box.attrib):
            found[box.get("name")] = box.get("value", "")
    return found


@pytest.fixture
def head(client, ashdown):
    client.force_login(ashdown.head)
    return client


def test_leaders_write_on_one_page_and_only_what_was_touched_is_saved(head, plan):
    words = typed(plan, 1, outcome="partly met", lesson="Begin in September.")
    answer = head.post(page(plan), sent(head, plan) | words)
    assert (answer.status_code, answer.url) == (302, page(plan))
    said = list(plan.objectives.values_list("outcome", "lesson"))
    assert said == [("", ""), ("partly met", "Begin in September.")]
    assert AuditEvent.objects.filter(what="write_outcome").count() == 1


def test_pressed_twice_it_is_written_once(head, plan):
    words = sent(head, plan) | typed(plan, 0, outcome="met", lesson="Read daily.")
    assert [head.post(page(plan), words).status_code for _ in range(2)] == [302, 302]
    assert AuditEvent.objects.filter(what="write_outcome").count() == 1


def test_the_lead_writes_of_that_one_alone_and_reads_the_others(client, plan, ashdown):
    first, second = plan.objectives.all()
    Objective.objects.filter(pk=first.pk).update(lead=ashdown.teacher.person)
    client.force_login(ashdown.teacher)
    words = sent(client, plan)
    assert f"objective-{first.pk}-lesson" in words and f"objective-{second.pk}-lesson" not in words
    client.post(page(plan), words | typed(plan, 0, outcome="met") | typed(plan, 1, outcome="met"))
    assert list(plan.objectives.values_list("outcome", flat=True)) == ["met", ""]


def test_the_second_to_write_sees_both_texts_and_the_rest_is_saved(head, plan, ashdown):
    words = sent(head, plan)
    say(plan.objectives.first(), ashdown.deputy, "not met", "Too few hours.")
    mine = typed(plan, 0, outcome="met", lesson="Read daily.") | typed(plan, 1, outcome="met", lesson="Sing.")
    answer = head.post(page(plan), words | mine)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Too few hours." in shown and "Read daily." in shown
    assert [one.outcome for one in plan.objectives.all()] == ["not met", "met"]
    assert head.post(page(plan), form_of(answer)).status_code == 302
    assert [one.lesson for one in plan.objectives.all()] == ["Read daily.", "Sing."]


def test_what_a_colleague_wrote_in_a_block_that_i_left_alone_stays(head, plan, ashdown):
    words = sent(head, plan)
    say(plan.objectives.first(), ashdown.deputy, "not met", "Too few hours.")
    assert head.post(page(plan), words | typed(plan, 1, outcome="met", lesson="Sing.")).status_code == 302
    assert [one.outcome for one in plan.objectives.all()] == ["not met", "met"]


def test_wrong_words_are_said_and_kept(head, plan):
    answer = head.post(page(plan), sent(head, plan) | typed(plan, 0, outcome="nearly", lesson="x" * 2001))
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Shorten this to 2,000 characters" in shown and "x" * 2001 in shown
    assert "“Objective 1 of Ashdown Primary”: That choice is not one of yours" in shown
    assert not Objective.objects.exclude(outcome="").exists()
    assert head.post(page(plan), {}).status_code == 422


@pytest.mark.parametrize("who", ["chair", "clerk", "link", "associate", "business", "committee_member"])
def test_the_boards_side_reads_it_and_is_told_who_may(client, plan, ashdown, who):
    say(plan.objectives.first(), ashdown.head)
    client.force_login(getattr(ashdown, who))
    shown = client.get(page(plan)).content.decode()
    assert "Read daily." in shown and "<textarea" not in shown
    assert "Only the headteacher or trust leader may close the plan." in shown
    assert client.post(page(plan), {}).status_code == 403
    assert client.post(reverse("close_plan", args=[plan.pk])).status_code == 403


@pytest.mark.parametrize("who", ["teacher", "adviser", "inspector"])
def test_other_readers_of_the_plan_wait_until_it_is_closed(client, plan, ashdown, who):
    client.force_login(getattr(ashdown, who))
    assert client.get(page(plan)).status_code == 403


def test_strangers_and_plans_not_in_force_are_not_found(client, plan, ashdown, kestrel):
    client.force_login(kestrel.head)
    for address in (page(plan), reverse("close_plan", args=[plan.pk])):
        assert client.post(address).status_code == 404
    Plan.objects.update(state="with the board")
    client.force_login(ashdown.head)
    assert client.get(page(plan)).status_code == 404


def test_the_head_closes_the_plan_and_everyone_reads_what_came_of_it(head, over, ashdown):
    shown = head.get(page(over)).content.decode()
    assert "Everything is said. The plan can be closed." in shown and "on track" in shown
    answer = head.post(reverse("close_plan", args=[over.pk]), follow=True)
    assert "is proposed for the plan 2027/28." in answer.content.decode()
    assert head.post(reverse("close_plan", args=[over.pk])).status_code == 409
    for who in (ashdown.chair, ashdown.teacher, ashdown.inspector):
        head.force_login(who)
        plan_page = head.get(reverse("plan", args=[ashdown.school.slug, 2026])).content.decode()
        assert "One objective met and one carried forward." in plan_page
        assert "Begin earlier." in plan_page and "Read daily." in plan_page
        assert "Ask about this" not in plan_page
    head.force_login(ashdown.head)
    assert head.post(page(over), {"x": "Too late for this."}).status_code == 409
    assert "<textarea" not in head.get(page(over)).content.decode()


def test_both_years_lead_to_each_other(head, over, ashdown):
    closing.close_plan(over, by=ashdown.head)
    old, new = over.objectives.last(), Objective.objects.get(plan__year=2027)
    before, after = (reverse("objective", args=[one.pk]) for one in (old, new))
    assert f'<a href="{after}">Carried forward to 2027/28</a>' in head.get(before).content.decode()
    assert f'<a href="{before}">Carried forward from 2026/27</a>' in head.get(after).content.decode()
    assert f'<a href="{before}">2026/27' in head.get(reverse("objectives", args=[new.plan_id])).content.decode()
    head.force_login(ashdown.teacher)  # next year's objectives are not for everyone yet
    shown = head.get(before).content.decode()
    assert "carried forward" in shown and after not in shown


def test_the_page_asks_the_same_of_the_database_for_many_objectives(head, ashdown, kestrel):
    def queries(cast, objectives: int, who) -> int:
        of_plan = make.plan(cast, state="approved", objectives=objectives)
        make.review(cast, state="with governors", plan_=of_plan)
        head.force_login(who)
        head.get(page(of_plan))
        with CaptureQueriesContext(connection) as asked:
            assert head.get(page(of_plan)).status_code == 200
        return len(asked)

    for here, there in ((kestrel, ashdown), (ashdown, kestrel)):
        make.role(here.governor, there.school, "clerk")  # a governor here who clerks elsewhere
    assert queries(ashdown, 1, ashdown.governor) == queries(kestrel, 3, kestrel.governor)
    plan = Plan.objects.get(organisation=kestrel.school)
    head.force_login(kestrel.head)
    head.get(page(plan))
    with CaptureQueriesContext(connection) as asked:
        head.get(page(plan))
    assert len(asked) == 14
