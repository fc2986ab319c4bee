"""A review before the board: put to a meeting, received there once, frozen; deferred; the item's page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import boards, kinds, meetings
from governance.correcting import correct_decision
from governance.deciding import Resolved
from governance.models import AgendaItem, Decision, Meeting
from monitoring import paper, receiving, records, reviewing, viewing
from monitoring.models import Report, ReportJob, Review, ReviewItem
from sip import deciding
from sip.models import Objective, Plan
from tests import make

DAY = date(2026, 12, 9)


@pytest.fixture
def review(ashdown) -> Review:
    return make.review(ashdown, state="with governors")


@pytest.fixture
def meeting(ashdown, review) -> Meeting:
    return make.meeting(ashdown.board, day=DAY, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def item(ashdown, review, meeting) -> AgendaItem:
    return receiving.put_review(review, meeting=meeting, by=ashdown.clerk).item


@pytest.fixture
def now(meeting):
    with make.at_the_meeting(meeting):
        yield


@pytest.fixture
def later(ashdown) -> Meeting:
    return make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)


def decide(item, by, **words) -> Decision:
    version = words.pop("version", None)
    resolved = Resolved(**({"outcome": "received"} | words))
    return receiving.decide_review(item, resolved=resolved, version=version, by=by)


def page_of(item) -> str:
    return reverse("item", args=[item.pk])


def form(cast, item, **words) -> dict:
    return {
        "there": [person.pk for person in cast.voters],
        "version": receiving.sent_record(item.review_item.review).pk,
        "resolution": kinds.resolution_of(item),
        "outcome": "received",
        "how": "agreed",
        "minute_reference": "FGB 09/12/26 item 1",
        "do": "record",
    } | words


# --- put to a meeting ------------------------------------------------------------------------------------------------


def test_the_resolution_is_said_in_exact_words(item):
    assert (item.title, kinds.resolution_of(item)) == (
        "Autumn review 2026/27",
        "That the board receive the autumn review of the school improvement plan for 2026/27.",
    )


def test_a_trust_board_says_whose_review_it_is(quayside, harbour):
    review = _given_to_the_trust(quayside, harbour)
    meeting = make.meeting(harbour.board, day=DAY, by=harbour.clerk)
    item = receiving.put_review(review, meeting=meeting, by=harbour.clerk).item
    assert (item.title, kinds.resolution_of(item)) == (
        "Quayside Academy: autumn review 2026/27",
        "That the board receive the autumn review of the school improvement plan of Quayside Academy for 2026/27.",
    )
    with pytest.raises(Conflict, match="is on the agenda of Board of trustees, 9 December 2026 already"):
        receiving.put_review(review, meeting=meeting, by=harbour.chair)


@pytest.mark.parametrize("who", ["head", "deputy", "vice", "governor", "teacher", "associate"])
def test_only_chair_and_clerk_put_it(ashdown, review, meeting, who):
    with pytest.raises(NotAllowed, match="put the review on a meeting’s agenda"):
        receiving.put_review(review, meeting=meeting, by=getattr(ashdown, who))


def test_only_the_receiving_board_receives(ashdown, review):
    meeting = make.meeting(ashdown.committee, day=DAY, by=ashdown.clerk)
    with pytest.raises(Conflict, match="Governing board receives this, not Standards committee"):
        receiving.put_review(review, meeting=meeting, by=ashdown.clerk)


def test_what_leaders_still_rate_is_not_put(ashdown):
    review = make.review(ashdown)
    meeting = make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)
    with pytest.raises(Conflict, match="not with governors: leaders are rating"):
        receiving.put_review(review, meeting=meeting, by=ashdown.clerk)


def test_what_is_ready_can_be_chosen(ashdown, review):
    meeting = make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)
    committee = make.meeting(ashdown.committee, day=DAY, by=ashdown.clerk)
    assert kinds.ready_for(committee, ashdown.clerk) == {}
    ready = kinds.ready_for(meeting, ashdown.clerk)
    assert {key: (row.title, row.says) for key, row in ready.items()} == {
        f"review-{review.pk}": ("Autumn review 2026/27", "Ashdown Primary: with governors since 24 November")
    }
    item = ready[f"review-{review.pk}"].put(by=ashdown.clerk, note="Bring the report.")
    assert (item.kind, item.note, item.review_item.review) == ("review", "Bring the report.", review)
    assert kinds.ready_for(meeting, ashdown.clerk) == {}


def test_a_review_is_put_from_its_own_page_only(ashdown, review, meeting):
    with pytest.raises(Conflict, match="put on the agenda from the plan"):
        meetings.add_item(meeting, title="Review", kind="review", by=ashdown.clerk)


def test_of_a_school_whose_trust_approves_its_own_board_receives(quayside, harbour):
    review = make.review(quayside, state="with governors")
    Plan.objects.update(deciding_board=harbour.board)
    review = Review.objects.get(pk=review.pk)
    meeting = make.meeting(quayside.board, day=DAY, by=quayside.clerk)
    assert [row.title for row in kinds.ready_for(meeting, quayside.clerk).values()] == ["Autumn review 2026/27"]
    assert receiving.put_review(review, meeting=meeting, by=quayside.chair).item.meeting == meeting


def test_a_trust_that_receives_the_reviews_of_a_plan_it_does_not_decide_on_can(quayside, harbour):
    review = _given_to_the_trust(quayside, harbour)
    meeting = make.meeting(harbour.board, day=DAY, present=harbour.voters, by=harbour.clerk)
    assert {Review.objects.visible_to(one).count() for one in (harbour.clerk, harbour.governor)} == {1}
    with pytest.raises(NotAllowed):
        receiving.put_review(review, meeting=meeting, by=quayside.clerk)
    assert f"review-{review.pk}" in kinds.ready_for(meeting, harbour.clerk)
    item = receiving.put_review(review, meeting=meeting, by=harbour.chair).item
    with make.at_the_meeting(meeting):
        assert decide(item, harbour.clerk).outcome == "received"


def _given_to_the_trust(quayside, harbour) -> Review:
    """A review that the trust's board receives, of a plan that the school's own board decided on."""
    review = make.review(quayside, state="with governors")
    boards.set_delegation(quayside.school, decision="receive reviews", board=harbour.board, by=quayside.clerk)
    return Review.objects.get(pk=review.pk)


# --- received --------------------------------------------------------------------------------------------------------


def test_received_it_is_frozen_and_its_report_is_asked_for(ashdown, review, item, now):
    decision = decide(item, ashdown.clerk, minute_reference="FGB 1")
    review.refresh_from_db()
    assert (review.state, review.decision, decision.outcome, decision.how) == (
        "received", decision, "received", "agreed",
    )  # fmt: skip
    assert [record.stage for record in review.records.all()] == ["sent", "received"]
    assert ReportJob.objects.filter(record=review.records.last()).count() == 1
    assert decision.wording == (
        "The board RECEIVED the autumn review of the school improvement plan for 2026/27, "
        "all four governors present agreeing."
    )
    mails = OutgoingMail.objects.filter(key__startswith="review_decided")
    assert sorted(mails.values_list("to_name", flat=True)) == ["Ashdown Deputy", "Ashdown Head"]


def test_with_other_words_the_board_resolved_on_them(ashdown, item, now):
    decision = decide(item, ashdown.clerk, resolution="That governors note the review with thanks.")
    assert decision.wording == (
        "The board RESOLVED, all four governors present agreeing, “That governors note the review with thanks”."
    )


def test_received_by_a_show_of_hands(ashdown, item, now):
    words = {"how": "hands", "votes_for": 3, "votes_against": 1, "abstained": 0}
    decision = decide(item, ashdown.clerk, **words)
    assert decision.wording.endswith("for 2026/27, by 3 votes to 1.")
    correct_decision(decision, reason="Miscounted.", votes_for=2, by=ashdown.clerk)
    with pytest.raises(Conflict, match="would have decided otherwise"):
        correct_decision(decision, reason="Miscounted.", votes_for=0, by=ashdown.clerk)


def test_it_is_received_once(ashdown, review, item, now):
    decide(item, ashdown.clerk)
    with pytest.raises(Conflict, match="has received the Autumn review 2026/27 already"):
        decide(item, ashdown.clerk)
    assert Decision.objects.filter(item=item).count() == 1
    assert review.records.filter(stage="received").count() == 1


@pytest.mark.parametrize("who", ["chair", "vice", "head", "governor", "link", "teacher"])
def test_only_the_clerk_records(ashdown, item, now, who):
    with pytest.raises(NotAllowed, match="Only the clerk may record that the board has received the review"):
        decide(item, getattr(ashdown, who))


@pytest.mark.parametrize("outcome", ["approved", "approved with conditions", "changes asked for", "declined"])
def test_the_board_can_receive_it_or_defer_it_and_nothing_else(ashdown, review, item, now, outcome):
    with pytest.raises(Conflict, match="the board has other answers"):
        decide(item, ashdown.clerk, outcome=outcome, reason="Why.")
    review.refresh_from_db()
    assert review.state == "with governors"


def test_a_plan_cannot_be_received(ashdown):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="cannot be received"):
        deciding.decide_plan(item, resolved=Resolved(outcome="received"), by=ashdown.clerk)


def test_what_was_taken_back_is_not_received(ashdown, review, item, now):
    reviewing.take_back_review(review, by=ashdown.head)
    with pytest.raises(Conflict, match="was taken back: leaders are rating"):
        decide(item, ashdown.clerk)
    assert not Decision.objects.filter(item=item).exists()


def test_sent_again_since_the_clerk_opened_the_page_is_a_conflict(ashdown, review, item, now):
    seen = receiving.sent_record(review).pk
    reviewing.take_back_review(review, by=ashdown.head)
    reviewing.send_review(review, by=ashdown.head)
    with pytest.raises(Conflict, match="taken back and sent again"):
        decide(item, ashdown.clerk, version=seen)
    assert decide(item, ashdown.clerk, version=receiving.sent_record(review).pk).outcome == "received"


# --- deferred --------------------------------------------------------------------------------------------------------


def test_deferred_it_waits_at_the_later_meeting_and_is_received_there(ashdown, review, item, later, now):
    decision = decide(item, ashdown.clerk, outcome="deferred", reason="Time ran out.", deferred_to=later)
    review.refresh_from_db()
    assert review.state == "with governors"
    assert decision.wording == (
        "The board considered the resolution “That the board receive the autumn review of the school improvement plan "
        "for 2026/27” and DEFERRED it to its meeting on 20 January 2027: Time ran out."
    )
    row = ReviewItem.objects.get(item__meeting=later)
    assert (row.review, row.item.kind, row.item.title) == (review, "review", item.title)
    assert kinds.ready_for(later, ashdown.clerk) == {}
    how = {person.pk: "in person" for person in ashdown.voters}
    with make.at_the_meeting(later):
        meetings.record_attendance(later, how=how, by=ashdown.clerk)
        decide(row.item, ashdown.clerk)
    review.refresh_from_db()
    assert review.state == "received"


def test_without_a_quorum_it_can_only_be_deferred(ashdown, review, item, later, now):
    there = {ashdown.chair.person_id}
    with pytest.raises(Conflict, match="1 present of 4, 2 needed"):
        decide(item, ashdown.clerk, there=there)
    decision = decide(item, ashdown.clerk, outcome="deferred", reason="No quorum.", deferred_to=later, there=there)
    assert "No decision was possible, for there was no quorum" in decision.wording
    assert later.items.get().review_item.review == review


def test_a_meeting_is_not_closed_over_a_review_nor_cancelled(ashdown, item, now):
    with pytest.raises(Conflict, match="is not closed: decide on it"):
        meetings.close_meeting(item.meeting, by=ashdown.clerk)
    with pytest.raises(Conflict, match="waits on its agenda"):
        meetings.cancel_meeting(item.meeting, by=ashdown.clerk)


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_clerk_records_that_it_is_received(client, ashdown, review, item, now):
    client.force_login(ashdown.clerk)
    shown = client.get(page_of(item)).text
    assert shown.count('name="outcome"') == 2
    assert 'value="received" checked' in shown and 'value="agreed" checked' in shown
    assert 'name="condition-0-text"' not in shown
    answer = client.post(page_of(item), form(ashdown, item))
    review.refresh_from_db()
    assert (answer.status_code, review.state) == (302, "received")
    shown = client.get(page_of(item)).text
    assert "Received on 9 December 2026 (FGB 09/12/26 item 1)." in shown
    assert "The board RECEIVED the autumn review" in shown


def test_pressed_twice_it_is_received_once(client, ashdown, review, item, now):
    client.force_login(ashdown.clerk)
    sent = form(ashdown, item)
    client.post(page_of(item), sent)
    answer = client.post(page_of(item), sent)
    assert answer.status_code == 409
    assert "is closed: received on 9 December 2026" in answer.text
    assert AuditEvent.objects.filter(what="decide_review").count() == 1
    assert review.records.filter(stage="received").count() == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"outcome": ""}, "Choose what the board decided"),
        ({"outcome": "approved"}, "That choice is not one of yours"),
        ({"outcome": "deferred"}, "Say why: the minutes need the reason"),
        ({"outcome": "deferred", "reason": "Time."}, "Choose the later meeting"),
        ({"how": "hands"}, "Give the counts of the show of hands"),
        ({"how": "hands", "votes_for": "2", "votes_against": "2"}, "A tie, 2 to 2"),
        ({"resolution": ""}, "Give the exact words"),
    ],
)
def test_wrong_words_come_back(client, ashdown, review, item, now, words, why):
    client.force_login(ashdown.clerk)
    answer = client.post(page_of(item), form(ashdown, item, **words))
    assert (answer.status_code, why in answer.text) == (422, True)
    review.refresh_from_db()
    assert review.state == "with governors"


def test_without_a_quorum_the_page_says_the_numbers(client, ashdown, review, item, now):
    client.force_login(ashdown.clerk)
    answer = client.post(page_of(item), form(ashdown, item, there=[ashdown.chair.person_id]))
    assert answer.status_code == 409
    assert "Not quorate for this item: 1 present of 4, 2 needed." in answer.text


def test_where_views_differ_stands_first(client, ashdown, now, meeting):
    review = Review.objects.get()
    plan = review.plan
    first = plan.objectives.get()
    second = Objective.objects.create(plan=plan, position=9, title="Second objective")
    viewing.give_view(
        review, objective=second, revision=0, stance="sees it differently", mark="amber", why="Books.", by=ashdown.chair
    )
    item = receiving.put_review(review, meeting=meeting, by=ashdown.clerk).item
    client.force_login(ashdown.governor)
    shown = client.get(page_of(item)).text
    assert shown.index("Second objective") < shown.index(first.title)
    assert "Sees it differently" in shown and "no view given" in shown
    assert reverse("review", args=[review.pk]) in shown


def test_the_page_lists_the_reports_as_papers(client, ashdown, review, item, now):
    record = review.records.get()
    client.force_login(ashdown.governor)
    shown = client.get(page_of(item)).text
    assert "Termly report, as sent to governors" in shown and "PDF, waiting for its turn" in shown
    made = Report.objects.create(record=record, made_at=record.frozen_at, pages=3, sha256="0" * 64, content=b"%PDF-")
    ReportJob.objects.update(document=made, state="done")
    shown = client.get(page_of(item)).text
    assert "PDF, 3 pages, made" in shown and reverse("report", args=[made.pk]) in shown


def test_the_page_says_that_it_was_taken_back_and_shows_no_rating(client, ashdown, review, item, now):
    reviewing.take_back_review(review, by=ashdown.head)
    client.force_login(ashdown.clerk)
    shown = client.get(page_of(item)).text
    assert "was taken back: leaders are rating" in shown
    assert "on track" not in shown
    assert client.post(page_of(item), form(ashdown, item)).status_code == 409


def test_the_page_says_that_it_came_late(client, ashdown, review, item, now):
    reviewing.take_back_review(review, by=ashdown.head)
    reviewing.send_review(review, by=ashdown.head)
    client.force_login(ashdown.governor)
    shown = client.get(page_of(item)).text
    assert "sent to governors on Wednesday 9 December; papers had to be out by Tuesday 1 December." in shown


def test_a_governor_records_nothing_and_a_stranger_finds_nothing(client, ashdown, kestrel, item, now):
    sent = form(ashdown, item)
    client.force_login(ashdown.governor)
    assert client.post(page_of(item), sent).status_code == 403
    client.force_login(kestrel.clerk)
    assert client.post(page_of(item), sent).status_code == 404


def test_it_is_put_on_an_agenda_in_the_browser(client, ashdown, kestrel, review):
    meeting = make.meeting(ashdown.board, day=DAY, by=ashdown.clerk)
    foreign = make.meeting(kestrel.board, day=DAY, by=kestrel.clerk)
    address = reverse("put_review", args=[review.pk])
    client.force_login(ashdown.chair)
    assert client.get(address).status_code == 200
    assert client.post(address, {"meeting": foreign.pk}).status_code == 422
    assert client.post(address, {"meeting": meeting.pk}).status_code == 302
    assert meeting.items.get().review_item.review == review
    for answer in (client.get(address), client.post(address, {"meeting": meeting.pk})):
        assert (answer.status_code, "on the agenda of Governing board, 9 December 2026" in answer.text) == (409, True)
    client.force_login(ashdown.governor)
    assert client.get(address).status_code == 403
    client.force_login(kestrel.clerk)
    assert client.get(address).status_code == 404


def test_the_agenda_says_that_it_is_to_be_received_and_then_that_it_was(client, ashdown, review, item, now):
    client.force_login(ashdown.governor)
    agenda = reverse("meeting", args=[item.meeting_id])
    assert "To be received" in client.get(agenda).text
    decide(item, ashdown.clerk, minute_reference="FGB 1")
    shown = client.get(agenda).text
    assert "Received, FGB 1" in shown and "To be received" not in shown


def test_a_correction_gives_a_record_and_a_report_that_say_the_same(client, ashdown, review, item, now):
    decision = decide(item, ashdown.clerk, minute_reference="FGB 1")
    client.force_login(ashdown.clerk)
    address = reverse("item_correct", args=[item.pk])
    shown = client.get(address).text
    assert 'name="votes_for"' not in shown
    words = {"minute_reference": "FGB 7", "resolution": decision.resolution, "wording": decision.wording}
    assert client.post(address, words | {"reason": "Wrong number"}).status_code == 302
    stages = [record.stage for record in review.records.order_by("number")]
    assert stages == ["sent", "received", "received"]
    first, last = review.records.filter(stage="received").order_by("number")
    before, after = records.blocks_of(first), records.blocks_of(last)
    assert [row["minute"] for row in after["decisions"]][-1] == "FGB 7"
    assert {name for name in after if after[name] != before[name]} == {"review", "decisions"}
    assert after["review"]["corrected_on"] == clock.today().isoformat()
    assert ReportJob.objects.filter(record=last).count() == 1
    assert "The record of this was put right on" in paper.words(last)["stage"]
    assert "put right" not in paper.words(first)["stage"]
    for number, record in enumerate((last, first), start=1):  # whichever is made first, the corrected one stands first
        made = Report.objects.create(
            record=record, made_at=record.frozen_at, pages=number, sha256="0" * 64, content=b"%PDF-"
        )
        record.job.document, record.job.state = made, "done"
        record.job.save()
    for page in (page_of(item), reverse("review", args=[review.pk])):
        shown = client.get(page).text
        assert shown.index("Record 3. PDF, 1 page,") < shown.index("Record 2. PDF, 2 pages,")


def test_the_page_asks_as_much_for_one_objective_as_for_many(client, ashdown, review, item, now):
    client.force_login(ashdown.clerk)
    client.get(page_of(item))
    counts = []
    for more in (0, 3):
        for number in range(more):
            Objective.objects.create(plan=review.plan, position=5 + number, title=f"Objective {number}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(page_of(item))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 90
