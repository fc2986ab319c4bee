"""The termly report of a review's record: asked for in an operation, made by a worker, kept for ever
(foundation.press)."""

from django.template.loader import render_to_string

from foundation.errors import Conflict
from foundation.operations import operation
from foundation.press import Press
from governance.models import User
from monitoring import paper, paper_heat_map, records
from monitoring.models import ReportJob, Review, ReviewRecord
from monitoring.permissions import P


def _html(job: ReportJob) -> str:
    return render_to_string("paper/report.html", words_of(job.record))


def words_of(record: ReviewRecord) -> dict:
    """Everything that stands in a report: its own record's words, and the year so far out of the records before it."""
    return paper.words(record) | {"heat": paper_heat_map.of_record(record)}


press = Press(jobs=ReportJob, of=("record",), html=_html, task="monitoring.tasks.make_report")
make, sweep = press.make, press.sweep


def ask_for(record: ReviewRecord) -> ReportJob:
    """Say that the report of a record is to be made. Asked twice: once. What could not be made is tried again."""
    return press.ask_for(record=record)


@operation(P.MAKE_REPORT)
def make_report(review: Review, *, by: User) -> ReportJob:
    """Make the termly report as the review stands now, with the views that monitors have given so far."""
    if not review.is_sent:
        raise Conflict(f"The {review} is not with governors yet. Its report is made when it is sent.")
    last = review.records.order_by("-number").first()
    if review.state == Review.State.RECEIVED or records.blocks_of(last) == records.content_of(review):
        return ask_for(last)
    return ask_for(records.freeze(review, ReviewRecord.Stage.STANDING, by=by))


@operation(P.MAKE_REPORT)
def make_again(record: ReviewRecord, *, by: User) -> ReportJob:
    """Ask for the report of a record that could not be made."""
    return ask_for(record)
