"""What a review tells one person: its blocks, live until a board has received it, frozen from then on."""

from dataclasses import dataclass

from monitoring import records
from monitoring.models import Review, ReviewRecord
from monitoring.records import Blocks
from sip.figures import reader_of
from sip.models import Plan


@dataclass(frozen=True, slots=True)
class Told:
    """A review with its blocks, as far as one person may read the figures in them."""

    review: Review
    blocks: Blocks
    record: ReviewRecord | None = None

    @property
    def body(self) -> dict:
        """What is said of the review as a whole."""
        return self.blocks["review"]

    @property
    def objectives(self) -> list[dict]:
        return [body for name, body in self.blocks.items() if name.startswith("objective:")]


def of_review(review: Review, user) -> Told:
    """What this review tells this person, who is known to see it."""
    record = received_record(review)
    if record:
        return Told(review, records.blocks_of(record), record)
    return Told(review, records.said_of(review, reader_of(user, review.here)))


def last_told(plan: Plan, user) -> Told | None:
    """The last review of a plan that was sent and that this person reads, as it was frozen last: nothing said in it
    changes after that, and its figures are those that anybody may read. None before there is one. Two queries."""
    sent = Review.objects.visible_to(user).filter(plan=plan).exclude(state=Review.State.OPEN)
    review = max(sent, key=lambda one: one.place, default=None)
    if review is None:
        return None
    review.plan = plan
    record = review.records.order_by("number").last()
    return Told(review, records.blocks_of(record), record) if record else None


def received_record(review: Review) -> ReviewRecord | None:
    """What the board received, frozen; None until it has."""
    if review.state != Review.State.RECEIVED:
        return None
    return review.records.filter(stage=ReviewRecord.Stage.RECEIVED).order_by("number").last()
