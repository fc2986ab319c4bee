"""A review before the board: put to a meeting, received there, and frozen as it was received."""

from foundation import outbox
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from governance.deciding import Resolved, carry_forward, record
from governance.models import AgendaItem, Decision, Meeting, User
from governance.permissions import P as G
from monitoring import records, reports, standing_review
from monitoring.models import Review, ReviewItem, ReviewRecord
from monitoring.permissions import P
from monitoring.reviewing import leaders_of, receiving_board
from sip import resolutions


@operation(P.PUT_REVIEW)
def put_review(review: Review, *, meeting: Meeting, by: User) -> ReviewItem:
    """Put a review that is with governors on the agenda of a meeting of the board that receives it."""
    require_free(review)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    board = receiving_board(review.plan)
    if board is None or meeting.board_id != board.pk:
        raise Conflict(f"{board or 'No board yet'} receives this, not {meeting.board}.")
    require(by, G.SEE_MEETINGS, meeting)
    return standing_review.place(review, meeting, AgendaItem.Kind.REVIEW)


def require_free(review: Review) -> None:
    """Raise Conflict, saying where the review is, unless it is with governors and on no coming agenda."""
    if review.state != Review.State.WITH_GOVERNORS:
        raise Conflict(f"The {review} is not with governors: {review.get_state_display()}.")
    if row := standing_review.coming_receipt(review):
        raise Conflict(f"It is on the agenda of {row.item.meeting} already.")


def usual_resolution(item: AgendaItem) -> str:
    """The words that are put to the board."""
    review = item.review_item.review
    what = resolutions.the_plan(review.plan, item.meeting.board)
    return f"That the board receive the {review.get_term_display().lower()} review of {what}."


def sent_record(review: Review) -> ReviewRecord:
    """The review as it was last sent to governors."""
    return review.records.filter(stage=ReviewRecord.Stage.SENT).defer("content").order_by("number").last()


@operation(P.RECEIVE)
def decide_review(item: AgendaItem, *, resolved: Resolved, version: int | None = None, by: User) -> Decision:
    """Record that the board received the review, or deferred it. Received, it is frozen and printed as it then was.

    `version` is the record, as sent, that the clerk saw; another one by now is a Conflict.
    """
    if item.kind != AgendaItem.Kind.REVIEW:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")
    row = ReviewItem.objects.get(item=item)
    review = Review.objects.select_for_update(of=("self",)).get(pk=row.review_id)
    if why := why_not_received(review):
        raise Conflict(why)
    if version is not None and version != sent_record(review).pk:
        raise Conflict(f"The {review} was taken back and sent again since you opened this page. Open the page anew.")
    decision = record(item, resolved, by)
    if decision.outcome == Decision.Outcome.RECEIVED:
        review.advance(to=Review.State.RECEIVED)
        reports.ask_for(records.freeze(review, ReviewRecord.Stage.RECEIVED, by=by))
        review.plan.touch()
    if later := carry_forward(item, decision):
        ReviewItem.objects.create(item=later, review=review)
    _tell_leaders(review, decision)
    return decision


def print_anew(decision: Decision, *, by: User) -> None:
    """The record of a receipt was put right: the review is frozen once more with what the record says now, and its
    report made of that. What was frozen before stays."""
    if decision.outcome != Decision.Outcome.RECEIVED:
        return
    review = Review.objects.select_for_update(of=("self",)).get(items__item=decision.item_id)
    last = review.records.filter(stage=ReviewRecord.Stage.RECEIVED).order_by("number").last()
    blocks = records.corrected(last, decision)
    reports.ask_for(records.freeze(review, ReviewRecord.Stage.RECEIVED, by=by, blocks=blocks))
    review.plan.touch()


def why_not_received(review: Review) -> str:
    """Why a board cannot receive this review now, as a sentence; empty where it can."""
    if review.state == Review.State.RECEIVED:
        return f"The board has received the {review} already."
    if review.state == Review.State.OPEN:
        return f"The {review} was taken back: leaders are rating. It can be received when they have sent it again."
    return ""


def _tell_leaders(review: Review, decision: Decision) -> None:
    for person in leaders_of(review.plan):
        key = f"review_decided:{decision.pk}:{person.pk}"
        words = {"review": review, "plan": review.plan, "decision": decision}
        outbox.post(key, "review_decided", to=person, stream=review.audit_stream, **words)
