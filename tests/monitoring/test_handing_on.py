"""A milestone is handed to a colleague, who rates just that one; and a rating is entered for somebody who is away."""

from datetime import date

import pytest

from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from monitoring import handing_on, rating, reading, records, reviewing
from monitoring.models import HandedOn, Rating, Review
from sip.models import Milestone, Objective, Plan
from tests.sip.drafts import draft

GREEN = {"mark": "green", "why": "It shows in the books.", "evidence": ["seen"], "evidence_named": "Books of Year 3"}
TYPED = {"mark": "green", "why": "It shows.", "evidence": "seen", "revision": 0}


@pytest.fixture
def plan(ashdown) -> Plan:
    return draft(ashdown, state="approved", objectives=2)


@pytest.fixture
def review(plan, ashdown) -> Review:
    return reviewing.open_review(plan, term="autumn", by=ashdown.head)


@pytest.fixture
def milestone(review) -> Milestone:
    return reviewing.milestones_due(review).order_by("pk").first()


@pytest.fixture
def handed(review, milestone, ashdown) -> HandedOn:
    to = ashdown.teacher.person
    return handing_on.hand_on(review, milestone=milestone, to=to, note="You teach them.", by=ashdown.deputy)


# ---------------------------------------------------------------- handed on


def test_a_colleague_is_told_by_mail_and_rates_just_that_one(review, milestone, handed, ashdown):
    assert OutgoingMail.objects.get(key=f"row_handed_on:{handed.pk}").to_name == ashdown.teacher.person.name
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.teacher, **GREEN)
    assert Rating.objects.get().rated_by == ashdown.teacher.person
    other = reviewing.milestones_due(review).exclude(pk=milestone.pk).first()
    with pytest.raises(NotAllowed):
        rating.rate(review, milestone=other, revision=0, by=ashdown.teacher, **GREEN)


def test_it_is_with_one_colleague_at_a_time(review, milestone, handed, ashdown):
    with pytest.raises(Conflict, match=f"This milestone is with {ashdown.teacher.person} already"):
        handing_on.hand_on(review, milestone=milestone, to=ashdown.business.person, by=ashdown.head)


def test_taken_back_it_is_no_longer_theirs(review, milestone, handed, ashdown):
    handing_on.take_back(review, handed=handed, by=ashdown.head)
    with pytest.raises(NotAllowed):
        rating.rate(review, milestone=milestone, revision=0, by=ashdown.teacher, **GREEN)


@pytest.mark.parametrize("who", ["chair", "link", "adviser"])
def test_only_who_works_there_is_asked(review, milestone, ashdown, who):
    with pytest.raises(Conflict, match="cannot be asked: they do not work here"):
        handing_on.hand_on(review, milestone=milestone, to=getattr(ashdown, who).person, by=ashdown.head)


@pytest.mark.parametrize("who", ["teacher", "chair", "clerk", "business"])
def test_only_leaders_and_the_lead_hand_it_on(review, milestone, ashdown, who):
    with pytest.raises(NotAllowed, match="hand a milestone to a colleague"):
        handing_on.hand_on(review, milestone=milestone, to=ashdown.deputy.person, by=getattr(ashdown, who))


def test_what_is_not_due_is_not_handed_on(review, plan, ashdown):
    later = Milestone.objects.filter(criterion__objective__plan=plan, term="summer").first()
    with pytest.raises(Conflict, match="Only a milestone that is rated in this review"):
        handing_on.hand_on(review, milestone=later, to=ashdown.teacher.person, by=ashdown.head)


def test_once_the_review_is_sent_nothing_is_handed_or_rated(review, milestone, handed, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.teacher, **GREEN)
    reviewing.send_review(review, by=ashdown.head)
    for deed in (
        lambda: handing_on.take_back(review, handed=handed, by=ashdown.head),
        lambda: rating.rate(review, milestone=milestone, revision=1, by=ashdown.teacher, **GREEN),
    ):
        with pytest.raises(Conflict, match="with governors"):
            deed()


# ---------------------------------------------------------------- entered for somebody


def test_who_enters_for_somebody_away_is_said_wherever_it_is_read(review, milestone, ashdown):
    Objective.objects.update(lead=ashdown.teacher.person)
    milestone.refresh_from_db()
    lead = ashdown.teacher.person
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, said_for=lead, **GREEN)
    row = records.content_of(review)[f"objective:{milestone.criterion.objective_id}"]["milestones"][0]
    assert (row["by"], row["said_for"]) == (ashdown.head.person.name, lead.name)
    said = reading.who_said(row["by"], date(2026, 11, 20), said_for=row["said_for"])
    assert said == f"Entered by {ashdown.head.person.name} for {lead.name}, 20 November"


def test_for_a_stranger_to_it_nothing_is_entered(review, milestone, ashdown):
    with pytest.raises(Conflict, match="neither leads this, nor owns an action beneath it"):
        rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, said_for=ashdown.chair.person, **GREEN)
    assert not Rating.objects.exists()


def test_evidence_is_named_and_one_source_is_said_to_be_one():
    assert reading.evidence_in_words(["data"]) == "Data: one source only"
    assert reading.evidence_in_words(["data"], "The tracker.") == "Data, one source only: The tracker"
    assert reading.evidence_in_words(["data", "seen"], "The tracker, books") == "Data and seen: The tracker, books"


# ---------------------------------------------------------------- the pages


def test_it_is_handed_on_from_its_page(client, review, milestone, ashdown):
    client.force_login(ashdown.deputy)
    url = f"/reviews/{review.pk}/milestones/{milestone.pk}/"
    assert "Hand it to a colleague" in client.get(url).content.decode()
    assert client.post(f"{url}hand-on/", {"to": ""}).status_code == 422
    client.post(f"{url}hand-on/", {"to": ashdown.teacher.person.pk, "note": "Please."})
    page = client.get(url).content.decode()
    assert f"{ashdown.teacher.person} was asked on" in page and "Take it back" in page
    client.post(f"/handed/{HandedOn.objects.get().pk}/take-back/")
    assert not HandedOn.objects.exists()


def test_the_colleague_rates_it_on_a_page_of_its_own(client, handed, ashdown):
    client.force_login(ashdown.teacher)
    page = client.get(f"/handed/{handed.pk}/").content.decode()
    assert "asks you to rate it" in page and "You teach them." in page
    answer = client.post(f"/handed/{handed.pk}/", {"mark": "red", "why": "No.", "revision": 0})
    assert answer.status_code == 422 and "Off track: say what happens next" in answer.content.decode()
    client.post(f"/handed/{handed.pk}/", TYPED)
    assert (Rating.objects.get().mark, Rating.objects.get().rated_by) == ("green", ashdown.teacher.person)


@pytest.mark.parametrize("who", ["business", "chair", "inspector"])
def test_to_everybody_else_that_page_is_not_there(client, handed, ashdown, who):
    client.force_login(getattr(ashdown, who))
    assert client.get(f"/handed/{handed.pk}/").status_code == 404


def test_two_on_the_same_milestone_see_both_texts(client, review, milestone, handed, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    client.force_login(ashdown.teacher)
    answer = client.post(f"/handed/{handed.pk}/", TYPED | {"mark": "amber", "why": "Not in every book."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Not in every book." in page and "It shows in the books." in page
    assert Rating.objects.get().mark == "green"


def test_a_leader_says_for_whom_it_is_entered(client, review, milestone, ashdown):
    Objective.objects.update(lead=ashdown.teacher.person)
    client.force_login(ashdown.head)
    url = f"/reviews/{review.pk}/milestones/{milestone.pk}/"
    assert "Do you enter this for somebody who is away?" in client.get(url).content.decode()
    client.post(url, TYPED | {"said_for": ashdown.teacher.person.pk})
    assert Rating.objects.get().said_for == ashdown.teacher.person


def test_it_is_a_row_of_theirs_until_it_is_rated(client, review, milestone, handed, ashdown):
    client.force_login(ashdown.teacher)
    page = client.get("/", follow=True).content.decode()
    assert f"/handed/{handed.pk}/" in page and f"{ashdown.deputy.person} asks you." in page
    client.post(f"/handed/{handed.pk}/", TYPED)
    assert f"/handed/{handed.pk}/" not in client.get("/", follow=True).content.decode()
