"""Questions and notes: asked, answered, closed or asked again by the board."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance.models import Term
from sip import approval, asking
from sip.models import Action, Plan, Question
from tests import make
from tests.sip.drafts import draft, on_agenda

WORDS = {"text": "Who pays for the hedgehogs?", "needs_answer": True}


@pytest.fixture
def plan(ashdown) -> Plan:
    """With the board."""
    plan = draft(ashdown, objectives=2)
    approval.submit_plan(plan, by=ashdown.head)
    return plan


@pytest.fixture
def question(plan, ashdown) -> Question:
    return asking.ask(plan, **WORDS, objective=plan.objectives.first(), by=ashdown.governor)


# --- asking


def test_a_question_on_an_objective_goes_to_its_lead(plan, ashdown):
    action = Action.objects.filter(objective__position=2).get()
    question = asking.ask(plan, **WORDS, objective=action.objective, action=action, by=ashdown.governor)
    assert (question.to, question.about, question.objective) == (
        ashdown.deputy.person,
        "Action 2.1",
        action.objective,
    )
    assert (question.asked_by, question.state, question.is_waiting) == (ashdown.governor.person, "asked", True)


def test_a_question_on_the_plan_goes_to_the_head(plan, ashdown):
    assert asking.ask(plan, **WORDS, by=ashdown.governor).to == ashdown.head.person


def test_who_is_asked_gets_a_mail_without_the_question(question, ashdown):
    mail = OutgoingMail.objects.get(key__startswith="question_asked")
    assert mail.to_name == "Ashdown Deputy"
    assert "Ashdown Primary" in mail.subject
    assert f"http://testserver/questions/{question.pk}/" in mail.text
    for words in (mail.subject, mail.text, mail.html):
        assert "hedgehog" not in words and "Objective" not in words


def test_the_head_hears_of_a_question_to_somebody_without_a_sign_in(plan, ashdown):
    cook = make.person("Ashdown Cook")
    asking.ask(plan, **WORDS, to=cook, by=ashdown.governor)
    assert [mail.to_name for mail in OutgoingMail.objects.filter(key__startswith="question_asked")] == ["Ashdown Head"]


def test_a_note_needs_no_answer_and_no_day(plan, ashdown):
    note = asking.ask(plan, text="Well said.", needs_answer=False, due_on=date(2026, 12, 1), by=ashdown.governor)
    assert (note.due_on, note.is_waiting, note.where_it_stands) == (None, False, "a note: it needs no answer")
    assert list(Question.objects.open()) == []


@pytest.mark.parametrize("who", ["head", "deputy", "teacher", "clerk", "adviser", "inspector", "associate"])
def test_leaders_and_visitors_do_not_ask(plan, ashdown, who):
    with pytest.raises(NotAllowed):
        asking.ask(plan, **WORDS, by=getattr(ashdown, who))


def test_nobody_asks_about_a_closed_plan(ashdown):
    plan = draft(ashdown, state="closed")
    with pytest.raises(Conflict, match="The plan is closed"):
        asking.ask(plan, **WORDS, by=ashdown.governor)


# --- by when


def test_ten_school_days_leave_out_weekends_and_holidays(ashdown):
    plan = draft(ashdown)
    with clock.standing_at(clock.local(date(2026, 10, 21))):
        assert asking.due_by_default(plan) == date(2026, 11, 11)  # half-term from 26 to 30 October
    with clock.standing_at(clock.local(date(2026, 12, 14))):
        assert asking.due_by_default(plan) == date(2027, 1, 11)  # Christmas, until 3 January


def test_without_terms_only_weekends_are_left_out(ashdown):
    Term.objects.all().delete()
    assert asking.due_by_default(draft(ashdown)) == date(2026, 12, 8)


def test_the_answer_is_due_the_day_before_the_meeting_where_that_is_sooner(plan):
    assert asking.due_by_default(plan) == date(2026, 12, 8)
    on_agenda(plan, day=date(2026, 12, 2))
    assert asking.due_by_default(plan) == date(2026, 12, 1)


def test_a_meeting_of_tomorrow_leaves_today(plan):
    on_agenda(plan, day=date(2026, 11, 25))
    assert asking.due_by_default(plan) == date(2026, 11, 24)


# --- answering and closing


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_leaders_answer_and_who_asked_is_told(question, ashdown, who):
    asking.answer(question, text="The hedgehog fund does.", by=getattr(ashdown, who))
    assert question.state == "answered"
    mail = OutgoingMail.objects.get(key__startswith="question_answered")
    assert mail.to_name == "Ashdown Governor"
    assert not any("hedgehog" in words for words in (mail.subject, mail.text, mail.html))


def test_who_was_asked_answers_without_being_a_leader(plan, ashdown):
    question = asking.ask(plan, **WORDS, to=ashdown.teacher.person, by=ashdown.governor)
    asking.answer(question, text="I do.", by=ashdown.teacher)
    assert question.state == "answered"


@pytest.mark.parametrize("who", ["teacher", "governor", "clerk", "business"])
def test_others_do_not_answer(question, ashdown, who):
    with pytest.raises(NotAllowed):
        asking.answer(question, text="I do.", by=getattr(ashdown, who))


def test_a_question_is_answered_once(question, ashdown):
    asking.answer(question, text="The fund does.", by=ashdown.head)
    with pytest.raises(Conflict, match="now: answered"):
        asking.answer(question, text="The fund does.", by=ashdown.deputy)
    assert question.answers.count() == 1


@pytest.mark.parametrize("who", ["governor", "chair", "link"])
def test_the_board_closes_an_answered_question(question, ashdown, who):
    asking.answer(question, text="The fund does.", by=ashdown.head)
    asking.close_question(question, by=getattr(ashdown, who))
    assert (question.state, question.closed_by) == ("closed", getattr(ashdown, who).person)


def test_an_unanswered_question_is_not_closed(question, ashdown):
    with pytest.raises(Conflict):
        asking.close_question(question, by=ashdown.governor)


def test_a_head_who_is_a_governor_does_not_close_what_they_answered(question, ashdown):
    make.seat(ashdown.head, ashdown.board, category="headteacher")
    asking.answer(question, text="The fund does.", by=ashdown.head)
    for deed in (
        asking.close_question,
        lambda asked, by: asking.ask_again(asked, text="?", due_on=date(2026, 12, 1), by=by),
    ):
        with pytest.raises(NotAllowed):
            deed(question, by=ashdown.head)
    asking.close_question(question, by=ashdown.chair)
    assert question.state == "closed"


def test_asked_again_a_question_waits_for_another_answer(question, ashdown):
    asking.answer(question, text="The fund does.", by=ashdown.head)
    asking.ask_again(question, text="Until when?", due_on=date(2026, 12, 4), by=ashdown.chair)
    assert (question.state, question.due_on, question.is_waiting) == ("asked", date(2026, 12, 4), True)
    asking.answer(question, text="Until July.", by=ashdown.head)
    assert [str(turn) for turn in asking.turns(question)] == ["The fund does.", "Until when?", "Until July."]


def test_a_question_past_its_day_is_late_in_words(question):
    assert question.where_it_stands == "waiting for an answer by 8 December"
    with clock.standing_at(clock.local(date(2026, 12, 9))):
        assert question.where_it_stands == "late: an answer was due on 8 December"


# --- the pages


@pytest.mark.parametrize(
    ("part", "says"),
    [("objective", "Objective 1: Objective 1"), ("action", "Action 1.1: Action 1.1"), ("criterion", "Criterion 1")],
)
def test_one_asks_on_every_part(client, plan, ashdown, part, says):
    objective = plan.objectives.first()
    key = {"objective": objective, "action": objective.actions.get(), "criterion": objective.criteria.get()}[part].pk
    client.force_login(ashdown.governor)
    address = f"/plans/{plan.pk}/ask/"
    page = client.get(address, {part: key}).content.decode()
    assert says in page and f'name="{part}" value="{key}"' in page
    answer = client.post(address, _form(ashdown, **{part: key}))
    question = Question.objects.get()
    assert answer.status_code == 302 and answer.url == f"/questions/{question.pk}/"
    assert (question.objective, str(getattr(question, part))) == (objective, question.about)


@pytest.mark.parametrize("part", ["objective", "action", "criterion"])
def test_a_part_of_another_plan_is_not_there(client, plan, ashdown, kestrel, part):
    other = draft(kestrel, state="drafting").objectives.get()
    key = {"objective": other, "action": other.actions.get(), "criterion": other.criteria.get()}[part].pk
    client.force_login(ashdown.governor)
    for value in (key, "9999999", "x", "１", "-1", "9" * 30, "\0"):
        assert client.get(f"/plans/{plan.pk}/ask/", {part: value}).status_code == 404
        assert client.post(f"/plans/{plan.pk}/ask/", _form(ashdown, **{part: value})).status_code == 404
    assert Question.objects.count() == 0


def test_while_leaders_draft_one_asks_about_objectives_and_not_about_actions(client, ashdown):
    plan = draft(ashdown)
    objective = plan.objectives.get()
    client.force_login(ashdown.governor)
    assert client.get(f"/plans/{plan.pk}/ask/", {"objective": objective.pk}).status_code == 200
    assert client.get(f"/plans/{plan.pk}/ask/", {"action": objective.actions.get().pk}).status_code == 404
    assert client.get(f"/plans/{plan.pk}/ask/", {"criterion": objective.criteria.get().pk}).status_code == 404


def test_one_asks_about_an_action_that_leaders_have_removed_since(client, plan, ashdown):
    action = plan.objectives.first().actions.get()
    key = action.pk
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    action.delete()
    client.force_login(ashdown.governor)
    assert client.post(f"/plans/{plan.pk}/ask/", _form(ashdown, action=key)).status_code == 302
    question = Question.objects.get()
    assert (question.action, question.about, question.objective) == (None, "Action 1.1", plan.objectives.first())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": " "}, "Write your question or note"),
        ({"text": "x" * 4001}, "Shorten this to 4,000 characters"),
        ({"due_on_day": "", "due_on_month": "", "due_on_year": ""}, "Give the day by which"),
        ({"due_on_year": "2025"}, "Choose a day from today on"),
        ({"due_on_day": "31", "due_on_month": "2"}, "There is no 31 February"),
        ({"to": "99999"}, "not one of yours any more"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(client, plan, ashdown, wrong, says):
    client.force_login(ashdown.governor)
    answer = client.post(f"/plans/{plan.pk}/ask/", _form(ashdown) | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page
    assert "hedgehogs" in page or "text" in wrong
    assert Question.objects.count() == 0


def test_people_of_another_school_are_not_asked(client, plan, ashdown, kestrel):
    client.force_login(ashdown.governor)
    form = _form(ashdown) | {"to": str(kestrel.head.person_id)}
    assert client.post(f"/plans/{plan.pk}/ask/", form).status_code == 422


def test_without_the_tick_it_is_a_note_whatever_the_day_says(client, plan, ashdown):
    client.force_login(ashdown.governor)
    form = _form(ashdown) | {"due_on_day": "99"}
    del form["needs_answer"]
    assert client.post(f"/plans/{plan.pk}/ask/", form).status_code == 302
    assert (Question.objects.get().needs_answer, Question.objects.get().due_on) == (False, None)


def test_markup_in_a_question_is_shown_as_it_was_typed(client, plan, ashdown):
    client.force_login(ashdown.governor)
    client.post(f"/plans/{plan.pk}/ask/", _form(ashdown) | {"text": "<script>alert(1)</script> & more"})
    page = client.get(f"/questions/{Question.objects.get().pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page and "<script>alert" not in page


def test_the_whole_way_in_the_browser(client, question, ashdown):
    address = f"/questions/{question.pk}/"
    client.force_login(ashdown.head)
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "The fund does."}).url == address
    assert client.post(address, {"text": "Again."}).status_code == 409
    client.force_login(ashdown.chair)
    assert "Does the answer suffice?" in client.get(address).content.decode()
    day = {"due_on_day": "4", "due_on_month": "12", "due_on_year": "2026"}
    assert client.post(f"{address}again/", {"text": ""} | day).status_code == 422
    assert client.post(f"{address}again/", {"text": "Until when?"} | day).url == address
    client.force_login(ashdown.deputy)
    client.post(address, {"text": "Until July."})
    client.force_login(ashdown.governor)
    assert client.get(f"{address}close/").status_code == 405
    page = client.post(f"{address}close/", follow=True).content.decode()
    assert "Closed by Ashdown Governor on 24 November 2026." in page
    assert client.post(f"{address}close/").status_code == 409


def test_who_may_not_answer_sees_no_box_and_is_told_who_may(client, question, ashdown):
    client.force_login(ashdown.clerk)
    assert "Your answer" not in client.get(f"/questions/{question.pk}/").content.decode()
    assert client.post(f"/questions/{question.pk}/", {"text": "I do."}).status_code == 403
    assert client.post(f"/questions/{question.pk}/close/").status_code == 403


def test_to_strangers_staff_and_visitors_questions_are_not_there(client, plan, question, ashdown, kestrel):
    for who in (kestrel.chair, ashdown.teacher, ashdown.inspector, ashdown.left):
        client.force_login(who)
        assert client.get(f"/questions/{question.pk}/").status_code == 404
        assert client.get(f"/plans/{plan.pk}/questions/").status_code in (403, 404)
        assert client.post(f"/questions/{question.pk}/", {"text": "I do."}).status_code == 404


def test_the_list_shows_each_shelf_with_its_count(client, plan, ashdown):
    for number, state in enumerate(["asked", "answered", "closed"], start=1):
        question = asking.ask(plan, text=f"Question {number}", needs_answer=True, by=ashdown.governor)
        Question.objects.filter(pk=question.pk).update(state=state)
    asking.ask(plan, text="A remark", needs_answer=False, by=ashdown.governor)
    client.force_login(ashdown.governor)
    found = {
        shelf: client.get(f"/plans/{plan.pk}/questions/", {"show": shelf}).context["page"].object_list
        for shelf in ("open", "answered", "closed", "notes")
    }
    assert {shelf: [row.text for row in rows] for shelf, rows in found.items()} == {
        "open": ["Question 1"],
        "answered": ["Question 2"],
        "closed": ["Question 3"],
        "notes": ["A remark"],
    }
    answer = client.get(f"/plans/{plan.pk}/questions/", {"show": "everything", "page": "x"})
    assert [row.text for row in answer.context["page"].object_list][0] == "Question 1"
    assert [shelf["count"] for shelf in answer.context["shelves"]] == [4, 1, 1, 1, 1]


def test_a_long_list_has_pages_and_its_queries_do_not_grow(client, plan, ashdown):
    client.force_login(ashdown.governor)
    asking.ask(plan, **WORDS, by=ashdown.governor)
    one = _queries(client, f"/plans/{plan.pk}/questions/")
    for number in range(24):
        asking.ask(plan, text=f"Question {number}", needs_answer=True, by=ashdown.governor)
    assert _queries(client, f"/plans/{plan.pk}/questions/") == one
    page = client.get(f"/plans/{plan.pk}/questions/", {"show": "open"}).content.decode()
    assert "Page 1 of 2" in page and "?show=open&amp;page=2" in page


def _queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _form(cast, **more) -> dict:
    return {
        "text": "Who pays for the hedgehogs?",
        "needs_answer": "on",
        "to": str(cast.head.person_id),
        "due_on_day": "30",
        "due_on_month": "11",
        "due_on_year": "2026",
    } | more
