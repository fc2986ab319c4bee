"""What a closed plan leaves unfinished stands in next year's evidence with its history."""

from datetime import date

import pytest
from django.urls import reverse

from foundation import clock
from monitoring import carrying, closing, rating, reviewing
from sip import evidence
from sip.models import Action, BlockVisibility, EvidencePack, Milestone, Objective, Plan, Replanned, Unfinished
from tests import make

JULY = clock.local(date(2027, 7, 19))


def say(objective: Objective, by, outcome: str) -> None:
    objective.refresh_from_db()
    closing.write_outcome(objective, revision=objective.revision, outcome=outcome, lesson="Begin earlier.", by=by)


@pytest.fixture
def over(ashdown):
    """It is July: of two objectives the first was met; the second, partly met, has a red milestone at the end."""
    plan = make.plan(ashdown, state="approved", objectives=2)
    with clock.standing_at(JULY):
        review = make.review(ashdown, plan_=plan, term="summer")
        last = Milestone.objects.filter(criterion__objective=plan.objectives.last(), term="summer").get()
        words = {"why": "Too late by a month.", "next_step": "Begin in June.", "next_by": date(2027, 9, 10)}
        held = review.ratings.get(milestone=last)
        rating.rate(
            review, milestone=last, revision=held.revision, mark="red", evidence=["data"], by=ashdown.head, **words
        )
        reviewing.send_review(review, by=ashdown.head)
        say(plan.objectives.first(), ashdown.head, "met")
        say(plan.objectives.last(), ashdown.head, "partly met")
        yield plan


def test_closing_carries_what_is_unfinished_by_itself_and_begins_the_evidence_for_it(over, ashdown):
    closed = closing.close_plan(over, by=ashdown.head)
    pack = EvidencePack.objects.get(organisation=ashdown.school, year=2027)
    second = over.objectives.last()
    assert closed.evidence == pack
    assert closed.says.endswith("What is unfinished stands with its history in the evidence for 2027/28.")
    assert set(Unfinished.objects.values_list("objective", flat=True)) == {second.pk}
    milestone = Unfinished.objects.get(action=None)
    assert (milestone.pack, milestone.due, milestone.mark) == (pack, "summer term", "red")
    assert (milestone.rated_in, milestone.why) == ("summer review 2026/27", "Too late by a month.")
    assert Unfinished.objects.exclude(action=None).count() == second.actions.count()


def test_it_goes_into_the_evidence_that_was_begun(over, ashdown):
    from sip import gathering

    pack = gathering.begin_pack(ashdown.school, year=2027, by=ashdown.head)
    assert closing.close_plan(over, by=ashdown.head).evidence == pack
    assert pack.unfinished.exists()


def test_the_days_that_an_action_was_moved_from_go_with_it(over, ashdown):
    action = over.objectives.last().actions.first()
    Replanned.objects.create(
        action=action, field="due_on", before="2027-02-12", after="2027-03-05", why="Illness.", by=ashdown.head.person,
        at=clock.now(),
    )  # fmt: skip
    closing.close_plan(over, by=ashdown.head)
    assert Unfinished.objects.get(action=action).earlier_due == [{"was": "12 February 2027", "why": "Illness."}]


def test_nothing_is_carried_where_everything_was_met_or_done(over, ashdown):
    say(over.objectives.last(), ashdown.head, "met")
    assert closing.close_plan(over, by=ashdown.head).evidence is None
    assert not Unfinished.objects.exists() and not EvidencePack.objects.exists()


def test_what_was_done_or_stopped_is_not_carried(over, ashdown):
    Action.objects.update(status="done")
    first = over.objectives.last().actions.first()
    Action.objects.filter(pk=first.pk).update(status="stopped", stopped_why="It did not work.")
    assert [row.action for row in carrying.unfinished(over)] == [None]


def test_the_evidence_shows_it_with_its_history(over, ashdown, client):
    closing.close_plan(over, by=ashdown.head)
    pack = EvidencePack.objects.get()
    first, second = evidence.earlier_plan(pack, ashdown.chair).rows
    assert first.goes_on == []
    assert ("Milestone", "summer term", "off track") in [(one.kind, one.due, one.word) for one in second.goes_on]
    client.force_login(ashdown.chair)
    page = client.get(reverse("evidence", args=[pack.pk])).content.decode()
    assert "Left unfinished: 2. " in page and "Too late by a month." in page


def test_what_is_for_the_board_and_leaders_alone_stays_so(over, ashdown):
    second = over.objectives.last()
    BlockVisibility.objects.create(plan=over, block=f"actions:{second.pk}", shown_to="confidential")
    closing.close_plan(over, by=ashdown.head)
    pack = EvidencePack.objects.get()

    def kinds(user) -> set[str]:
        return {one.kind for one in evidence.earlier_plan(pack, user).rows[1].goes_on}

    assert kinds(ashdown.head) == {"Milestone", "Action"}
    associate = getattr(ashdown, "associate", None)
    if associate:
        assert kinds(associate) == {"Milestone"}


def test_the_closing_page_says_what_goes_on_before_and_after(over, ashdown, client):
    client.force_login(ashdown.head)
    page = reverse("closing", args=[over.pk])
    before = client.get(page).content.decode()
    assert before.count("Unfinished: ") == 1 and "it goes with its history into the evidence for 2027/28" in before
    client.post(reverse("close_plan", args=[over.pk]))
    after = client.get(page).content.decode()
    assert "It stands with its history in the evidence for 2027/28" in after
    assert reverse("evidence", args=[EvidencePack.objects.get().pk]) in after
    assert client.post(reverse("close_plan", args=[over.pk])).status_code == 409
    assert Plan.objects.get(pk=over.pk).state == "closed"
