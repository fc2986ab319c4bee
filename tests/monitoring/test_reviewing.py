"""A review: opened by itself or by hand, its narrative written, sent to governors, taken back."""

from datetime import date

import pytest

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from governance.models import Term
from monitoring import rating, receiving, reviewing
from monitoring.models import ReportJob, Review, ReviewRecord
from sip.models import Milestone, Plan
from tests import make
from tests.sip.drafts import draft

GREEN = {"mark": "green", "why": "It shows in the books.", "evidence": ["seen"]}


@pytest.fixture
def plan(ashdown) -> Plan:
    return draft(ashdown, state="approved", objectives=2)


@pytest.fixture
def review(plan, ashdown) -> Review:
    return reviewing.open_review(plan, term="autumn", by=ashdown.head)


def on(day: date):
    return clock.standing_at(clock.local(day))


def _rate_all(review: Review, cast) -> None:
    for milestone in reviewing.milestones_due(review):
        rating.rate(review, milestone=milestone, revision=0, by=cast.head, **GREEN)


def _mails(start: str) -> list[str]:
    return sorted(mail.to_name for mail in OutgoingMail.objects.filter(key__startswith=start))


# --- opened by itself


def test_a_review_opens_by_itself_four_weeks_before_the_term_ends(plan):
    with on(date(2026, 11, 19)):
        assert reviewing.open_due() == []
    with on(date(2026, 11, 20)):
        opened = reviewing.open_due()
    assert [(one.plan, one.term, one.state, one.opened_on) for one in opened] == [
        (plan, "autumn", "open", date(2026, 11, 20))
    ]
    event = AuditEvent.objects.get(what="open_review")
    assert (event.by_name, event.thing_id) == ("the timetable", opened[0].pk)


def test_its_leaders_are_told_once_however_often_it_is_asked(plan):
    for _ in range(3):
        reviewing.open_due()
    assert Review.objects.count() == 1
    assert _mails("review_opened") == ["Ashdown Deputy", "Ashdown Head"]


def test_the_mail_leads_straight_to_the_rating(plan):
    review = reviewing.open_due()[0]
    mail = OutgoingMail.objects.filter(key__startswith="review_opened").first()
    assert mail.subject == "Ashdown Primary: rate the autumn term"
    for words in (mail.text, mail.html):
        assert f"http://testserver/reviews/{review.pk}/rate/" in words


def test_opened_twice_in_one_moment_it_opens_once(plan, ashdown, monkeypatch):
    reviewing.open_review(plan, term="autumn", by=ashdown.head)
    monkeypatch.setattr(reviewing, "why_not_opened", lambda *_: "")  # what the other one read a moment ago
    assert reviewing.open_due() == []
    assert Review.objects.count() == 1
    assert _mails("review_opened") == []


@pytest.mark.parametrize("state", ["objectives", "drafting", "with the board", "changes asked for", "closed"])
def test_only_an_approved_plan_has_reviews(ashdown, state):
    plan = draft(ashdown, state=state)
    assert reviewing.open_due() == []
    with pytest.raises(Conflict, match="Only an approved plan is reviewed"):
        reviewing.open_review(plan, term="autumn", by=ashdown.head)


def test_after_the_term_nothing_opens_by_itself(plan):
    with on(date(2026, 12, 18)):
        assert len(reviewing.open_due()) == 1
    Review.objects.all().delete()
    with on(date(2026, 12, 19)):
        assert reviewing.open_due() == []


def test_a_school_without_terms_of_its_own_goes_by_its_trusts(quayside):
    draft(quayside, state="approved")
    assert [one.term for one in reviewing.open_due()] == ["autumn"]
    Term.objects.all().delete()
    Review.objects.all().delete()
    assert reviewing.open_due() == []


def test_each_school_opens_its_own(ashdown, kestrel):
    plans = {draft(cast, state="approved") for cast in (ashdown, kestrel)}
    assert {one.plan for one in reviewing.open_due()} == plans
    assert _mails("review_opened") == ["Ashdown Deputy", "Ashdown Head", "Kestrel Deputy", "Kestrel Head"]


def test_the_next_one_waits_until_the_last_is_sent(plan, review, ashdown):
    with on(date(2027, 3, 10)):
        assert reviewing.open_due() == []
        _rate_all(review, ashdown)
        reviewing.send_review(review, by=ashdown.head)
        assert [one.term for one in reviewing.open_due()] == ["spring"]


# --- opened by hand


@pytest.mark.parametrize("who", ["head", "clerk"])
def test_head_and_clerk_open_it_before_its_day(plan, ashdown, who):
    with on(date(2026, 10, 5)):
        review = reviewing.open_review(plan, term="autumn", by=getattr(ashdown, who))
    assert (review.state, review.opened_on) == ("open", date(2026, 10, 5))
    assert _mails("review_opened") == []


@pytest.mark.parametrize("who", ["deputy", "teacher", "business", "chair", "governor", "link", "adviser", "inspector"])
def test_nobody_else_opens_it(plan, ashdown, who):
    with pytest.raises(NotAllowed, match="Only the headteacher or trust leader or the clerk may open"):
        reviewing.open_review(plan, term="autumn", by=getattr(ashdown, who))


def test_a_stranger_does_not_open_it(plan, kestrel):
    with pytest.raises(NotAllowed):
        reviewing.open_review(plan, term="autumn", by=kestrel.head)


def test_it_is_not_opened_before_its_term_begins(plan, ashdown):
    with pytest.raises(Conflict, match="The spring term begins on 4 January. Its review can be opened from then on."):
        reviewing.open_review(plan, term="spring", by=ashdown.head)


def test_it_is_not_opened_without_dates(plan, ashdown):
    Term.objects.filter(name="autumn").delete()
    with pytest.raises(Conflict, match="The clerk has not said yet when this term begins"):
        reviewing.open_review(plan, term="autumn", by=ashdown.head)


def test_it_is_opened_once(plan, review, ashdown):
    with pytest.raises(Conflict, match="The autumn review has been opened already"):
        reviewing.open_review(plan, term="autumn", by=ashdown.clerk)


def test_one_is_open_at_a_time(plan, review, ashdown):
    with on(date(2027, 1, 20)), pytest.raises(Conflict, match="The autumn review is still open"):
        reviewing.open_review(plan, term="spring", by=ashdown.head)


# --- the narrative


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_leaders_write_the_narrative(review, ashdown, who):
    reviewing.write_narrative(review, revision=1, narrative="A good term.", by=getattr(ashdown, who))
    review.refresh_from_db()
    assert (review.narrative, review.revision) == ("A good term.", 2)


@pytest.mark.parametrize("who", ["teacher", "clerk", "chair", "business"])
def test_nobody_else_writes_it(review, ashdown, who):
    with pytest.raises(NotAllowed):
        reviewing.write_narrative(review, revision=1, narrative="Mine.", by=getattr(ashdown, who))


def test_the_second_narrative_of_two_is_stale(review, ashdown):
    reviewing.write_narrative(review, revision=1, narrative="First.", by=ashdown.head)
    with pytest.raises(StaleEdit):
        reviewing.write_narrative(review, revision=1, narrative="Second.", by=ashdown.deputy)
    assert Review.objects.get().narrative == "First."


# --- sent


def test_sending_shows_the_ratings_and_freezes_the_review(review, ashdown):
    _rate_all(review, ashdown)
    assert set(Milestone.objects.values_list("current_rating", flat=True)) == {""}
    record = reviewing.send_review(review, by=ashdown.head)
    assert (review.state, review.sent_by, review.is_sent) == ("with governors", ashdown.head.person, True)
    assert (record.number, record.stage, record.is_unharmed) == (1, "sent", True)
    assert ReportJob.objects.get().record == record
    assert dict(Milestone.objects.order_by("term").values_list("term", "current_rating").distinct()) == {
        "autumn": "green",
        "spring": "",
        "summer": "",
    }


def test_the_boards_side_is_told_and_not_who_sent_it(review, ashdown):
    _rate_all(review, ashdown)
    make.seat(ashdown.head, ashdown.board, category="headteacher")
    reviewing.send_review(review, by=ashdown.head)
    told = _mails("review_sent")
    assert told == [f"Ashdown {who}" for who in ("Associate", "Chair", "Clerk", "Governor", "Link", "Vice")]
    mail = OutgoingMail.objects.filter(key__startswith="review_sent").first()
    assert mail.subject == "Ashdown Primary: the autumn review is with governors"
    for words in (mail.subject, mail.text, mail.html):
        assert "books" not in words and "Objective" not in words
    assert f"http://testserver/reviews/{review.pk}/" in mail.text and f"/reviews/{review.pk}/" in mail.html


@pytest.mark.parametrize("who", ["deputy", "teacher", "clerk", "chair"])
def test_only_the_head_sends_it_and_takes_it_back(review, ashdown, who):
    _rate_all(review, ashdown)
    with pytest.raises(NotAllowed):
        reviewing.send_review(review, by=getattr(ashdown, who))
    reviewing.send_review(review, by=ashdown.head)
    with pytest.raises(NotAllowed):
        reviewing.take_back_review(review, by=getattr(ashdown, who))


def test_sent_twice_it_is_sent_once(review, ashdown):
    _rate_all(review, ashdown)
    reviewing.send_review(review, by=ashdown.head)
    with pytest.raises(Conflict, match="The Autumn review 2026/27 is not open: with governors"):
        reviewing.send_review(Review.objects.get(), by=ashdown.head)
    assert (ReviewRecord.objects.count(), AuditEvent.objects.filter(what="send_review").count()) == (1, 1)


def test_with_nothing_rated_there_is_nothing_to_send(review, ashdown):
    with pytest.raises(Conflict, match="No milestone is rated yet"):
        reviewing.send_review(review, by=ashdown.head)
    milestone = reviewing.milestones_due(review).first()
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    reviewing.send_review(review, by=ashdown.head)
    assert review.state == "with governors"


def test_a_plan_without_milestones_is_sent_with_its_narrative(ashdown):
    plan = draft(ashdown, state="approved", criteria=0)
    review = reviewing.open_review(plan, term="autumn", by=ashdown.head)
    reviewing.write_narrative(review, revision=1, narrative="A good term.", by=ashdown.head)
    reviewing.send_review(review, by=ashdown.head)
    assert review.state == "with governors"


# --- taken back


def test_taken_back_it_is_rated_and_sent_again(review, ashdown):
    _rate_all(review, ashdown)
    reviewing.send_review(review, by=ashdown.head)
    reviewing.take_back_review(review, by=ashdown.head)
    assert review.state == "open"
    milestone = reviewing.milestones_due(review).first()
    rating.rate(review, milestone=milestone, revision=1, mark="grey", why="Too early.", by=ashdown.head)
    assert Milestone.objects.get(pk=milestone.pk).current_rating == ""  # governors see none while leaders rate
    record = reviewing.send_review(review, by=ashdown.head)
    assert (record.number, Milestone.objects.get(pk=milestone.pk).current_rating) == (2, "grey")
    assert _mails("review_sent").count("Ashdown Chair") == 2


def test_an_open_review_is_not_taken_back(review, ashdown):
    with pytest.raises(Conflict, match="is not with governors: leaders are rating"):
        reviewing.take_back_review(review, by=ashdown.head)


def test_it_is_taken_back_until_the_papers_of_its_meeting_are_out(review, ashdown):
    _rate_all(review, ashdown)
    reviewing.send_review(review, by=ashdown.head)
    meeting = make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    receiving.put_review(review, meeting=meeting, by=ashdown.clerk)
    assert reviewing.why_not_taken_back(review) == ""
    type(meeting).objects.filter(pk=meeting.pk).update(papers_sent_on=clock.today())
    with pytest.raises(Conflict, match="The papers for 9 December are out, with this review among them"):
        reviewing.take_back_review(review, by=ashdown.head)
    assert Review.objects.get().state == "with governors"


def test_a_received_review_stays_as_it_was_received(ashdown):
    plan = make.plan(ashdown, state="approved")
    review = make.review(ashdown, state="received", plan_=plan)
    milestone = reviewing.milestones_due(review).get()
    for deed in (
        lambda: reviewing.take_back_review(review, by=ashdown.head),
        lambda: reviewing.send_review(review, by=ashdown.head),
        lambda: reviewing.write_narrative(review, revision=1, narrative="Late.", by=ashdown.head),
        lambda: rating.rate(review, milestone=milestone, revision=1, by=ashdown.head, **GREEN),
        lambda: rating.say_no_change(review, milestone=milestone, by=ashdown.head),
        lambda: rating.sum_up(review, objective=plan.objectives.get(), revision=0, words="Late.", by=ashdown.head),
    ):
        with pytest.raises(Conflict):
            deed()
    assert (Review.objects.get().state, review.ratings.get().revision) == ("received", 1)


def test_leaders_hear_that_the_board_received_it(ashdown):
    make.review(ashdown, state="received")
    assert _mails("review_decided") == ["Ashdown Deputy", "Ashdown Head"]
    mail = OutgoingMail.objects.filter(key__startswith="review_decided").first()
    assert mail.subject == "Ashdown Primary: the autumn review, received"
    assert "has received the autumn review" in mail.text and "has received the autumn review" in mail.html
