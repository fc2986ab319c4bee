"""One box to ask or note beside each part of the plan, without leaving the page; and a part that is gone."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from sip import approval
from sip.models import Action, Measure, Milestone, Plan, Question, Target
from tests.sip.drafts import draft

PLAN = "/organisations/ashdown-primary/plan/2026-27/"


@pytest.fixture
def plan(ashdown) -> Plan:
    """With the board; its criterion has a target, and it has a part on its pupils."""
    plan = draft(ashdown)
    criterion = plan.objectives.get().criteria.get()
    measure = Measure.objects.create(organisation=ashdown.school, name="Phonics", counts_pupils=False)
    Target.objects.create(criterion=criterion, measure=measure, baseline=Decimal(74), aim=Decimal(84))
    plan.context_texts.create(kind="pupils", text="412 on roll.")
    approval.submit_plan(plan, by=ashdown.head)
    return plan


def parts(plan: Plan) -> dict[str, tuple[object, str]]:
    """Each part with the key that the box sends, and the words that the question keeps."""
    objective = plan.objectives.get()
    criterion = objective.criteria.get()
    milestone = criterion.milestones.get(term="autumn")
    priority = plan.strategy.priorities.first()
    return {
        "objective": (objective.pk, "Objective 1"),
        "action": (objective.actions.get().pk, "Action 1.1"),
        "criterion": (criterion.pk, "Criterion 1"),
        "milestone": (milestone.pk, "Autumn: by autumn"),
        "target": (criterion.pk, "Phonics: aim 84%"),
        "priority": (priority.pk, "Priority 1 of Ashdown Primary"),
        "block": ("context:pupils", "Our pupils and where they come from"),
    }


def ask(client, plan: Plan, **words):
    form = {"text": "Who pays?", "needs_answer": "on", "beside": "plan"}
    return client.post(f"/plans/{plan.pk}/ask/", form | {name: word for name, word in words.items() if word})


@pytest.mark.parametrize("part", ["objective", "action", "criterion", "milestone", "target", "priority", "block"])
def test_one_asks_about_every_part_beside_it(client, plan, ashdown, part):
    key, about = parts(plan)[part]
    client.force_login(ashdown.governor)
    answer = ask(client, plan, **{part: key})
    assert answer.status_code == 302 and answer.url.startswith(PLAN)
    question = Question.objects.get()
    assert (question.about, question.needs_answer, bool(getattr(question, part))) == (about, True, True)
    assert question.due_on and question.to
    assert client.get(f"/questions/{question.pk}/").status_code == 200
    assert client.get(f"/plans/{plan.pk}/ask/", {part: key}).status_code == 200


def test_beside_an_objectives_part_one_is_back_at_that_part(client, plan, ashdown):
    action = plan.objectives.get().actions.get()
    client.force_login(ashdown.governor)
    answer = ask(client, plan, action=action.pk, beside="objective")
    assert answer.url == f"/objectives/{action.objective_id}/#action-{action.pk}"
    page = client.get(answer.url).content.decode()
    assert "Your question is asked: Ashdown Deputy is to answer by" in page


def test_without_the_tick_it_is_a_note(client, plan, ashdown):
    client.force_login(ashdown.governor)
    answer = ask(client, plan, needs_answer="")
    assert answer.status_code == 302
    form = {"text": "Well said.", "beside": "plan"}
    client.post(f"/plans/{plan.pk}/ask/", form)
    note = Question.objects.get(text="Well said.")
    assert (note.needs_answer, note.due_on) == (False, None)


def test_without_words_the_page_asks_for_them_and_keeps_the_part(client, plan, ashdown):
    action = plan.objectives.get().actions.get()
    client.force_login(ashdown.governor)
    answer = client.post(f"/plans/{plan.pk}/ask/", {"text": " ", "beside": "objective", "action": action.pk})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Write your question or note" in page
    assert 'name="beside" value="objective"' in page and f'name="action" value="{action.pk}"' in page
    assert client.post(f"/plans/{plan.pk}/ask/", {"text": "x" * 5000, "beside": "plan"}).status_code == 422


def test_the_boxes_stand_on_the_pages_of_whoever_asks_and_of_nobody_else(client, plan, ashdown):
    objective = plan.objectives.get()
    for who, many in (("governor", True), ("head", False), ("clerk", False), ("adviser", False)):
        client.force_login(getattr(ashdown, who))
        for address in (PLAN, f"/objectives/{objective.pk}/"):
            assert ('class="asker' in client.get(address).content.decode()) is many, (who, address)
    client.force_login(ashdown.governor)
    page = client.get(f"/objectives/{objective.pk}/").content.decode()
    for part in ("action", "criterion", "target", "milestone"):
        assert f'name="{part}" value="{parts(plan)[part][0]}"' in page
    assert 'name="priority"' in client.get(PLAN).content.decode()


def test_a_question_on_a_part_that_is_gone_is_told_so_and_its_words_are_kept(client, plan, ashdown):
    key = plan.objectives.get().actions.get().pk
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    Action.objects.all().delete()
    approval.submit_plan(plan, by=ashdown.head)
    client.force_login(ashdown.governor)
    answer = ask(client, plan, action=key, text="Who pays for the hedgehogs?")
    page = answer.content.decode()
    assert answer.status_code == 409 and "not in the plan any more" in page and "hedgehogs" in page
    assert client.get(f"/plans/{plan.pk}/ask/", {"action": key}).status_code == 404
    assert Question.objects.count() == 0


@pytest.mark.parametrize("part", ["milestone", "target", "priority", "block"])
def test_what_is_no_part_of_this_plan_is_not_there(client, plan, ashdown, kestrel, part):
    other = draft(kestrel)
    criterion = other.objectives.get().criteria.get()
    foreign = {"milestone": criterion.milestones.first().pk, "priority": other.strategy.priorities.first().pk}
    client.force_login(ashdown.governor)
    for value in (foreign.get(part, "context:staffing"), "9999999", "x", "-1", "9" * 30, "\0"):
        assert client.get(f"/plans/{plan.pk}/ask/", {part: value}).status_code == 404
        assert ask(client, plan, **{part: value}).status_code == 404
    assert Question.objects.count() == 0


def test_a_question_stands_on_one_part_alone(plan, ashdown):
    objective = plan.objectives.get()
    words = {"plan": plan, "text": "?", "needs_answer": False, "asked_by": ashdown.chair.person}
    words |= {"asked_at": clock.now(), "action": objective.actions.get()}
    Question.objects.create(**words)
    for more in ({"milestone": Milestone.objects.first()}, {"block": "context:pupils"}):
        with pytest.raises(IntegrityError, match="question_on_one_part"), transaction.atomic():
            Question.objects.create(**words | more)
