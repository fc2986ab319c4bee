"""What monitoring brings before the board: the review of a term, to be received."""

from django.urls import reverse

from foundation import clock
from governance.kinds import Kind, Paper, Ready, Subject, join
from governance.models import AgendaItem, Decision, Meeting, User
from governance.wording import near_day, weekday
from monitoring import receiving
from monitoring.models import Report, ReportJob, Review, ReviewItem
from monitoring.reading import read
from monitoring.reviewing import receiving_board
from sip.business import open_questions

_O = Decision.Outcome

# ---------------------------------------------------------------- what waits for an agenda


def _reviews_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """The reviews with governors that this board receives, and no coming agenda has."""
    waiting = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)
    put = ReviewItem.objects.filter(item__kind=AgendaItem.Kind.REVIEW, item__state__in=waiting).values("review")
    sent = Review.objects.to_read(user).filter(state=Review.State.WITH_GOVERNORS).exclude(pk__in=put)
    return {
        f"review-{review.pk}": Ready(str(review), _since(review), _putting(review, meeting))
        for review in sent
        if receiving_board(review.plan) == meeting.board
    }


def _since(review: Review) -> str:
    return f"{review.here}: with governors since {near_day(_sent_on(review))}"


def _putting(review: Review, meeting: Meeting):
    def place(*, by: User) -> AgendaItem:
        return receiving.put_review(review, meeting=meeting, by=by).item

    return place


# ---------------------------------------------------------------- the item's page


def _about(item: AgendaItem, user: User) -> Subject:
    undecided = not hasattr(item, "decision")
    review = Review.objects.to_read(user).filter(items__item=item).first()
    if review is None or review.is_open:
        return _while_leaders_rate(item) if undecided else Subject()
    questions = open_questions(review.plan, user)
    return Subject(
        link=("Read the review", reverse("review", args=[review.pk])),
        notice=(receiving.why_not_received(review) or _late(item.meeting, review)) if undecided else "",
        version=receiving.sent_record(review).pk,
        template="monitoring/receiving/objectives.html",
        rows=sorted(read(review, user).objectives, key=lambda row: not (row.view and row.view.differs)),
        questions=questions if questions or undecided else None,
        papers=_papers(review, user),
    )


def _while_leaders_rate(item: AgendaItem) -> Subject:
    """Taken back it shows nothing of itself, to leaders neither: the page hangs on the wall of the meeting."""
    return Subject(notice=receiving.why_not_received(item.review_item.review))


def _papers(review: Review, user: User) -> list[Paper]:
    """The termly reports and those that wait for their maker, the newest record first."""
    jobs = ReportJob.objects.visible_to(user).filter(record__review=review, document=None)
    reports = Report.objects.visible_to(user).filter(record__review=review).listed()
    rows = [*jobs.select_related("record").defer("record__content"), *reports]
    return [_paper(row) for row in sorted(rows, key=lambda row: row.record.number, reverse=True)]


def _paper(row: Report | ReportJob) -> Paper:
    named = f"Termly report, {row.record.get_stage_display()}"
    if isinstance(row, Report):
        return Paper(named, _made(row), reverse("report", args=[row.pk]))
    return Paper(named, f"PDF, {row.get_state_display()}", reverse("report_job", args=[row.pk]))


def _made(report: Report) -> str:
    pages = "1 page" if report.pages == 1 else f"{report.pages} pages"
    return f"Record {report.record.number}. PDF, {pages}, made {_moment(report)}"


def _moment(report: Report) -> str:
    local = clock.in_london(report.made_at)
    return f"{near_day(local.date())} at {local:%H:%M}"


def _late(meeting: Meeting, review: Review) -> str:
    """Papers go out in time, or the page says that they are late."""
    day = _sent_on(review)
    if day <= meeting.papers_due_on:
        return ""
    return f"It was sent to governors on {weekday(day)}; papers had to be out by {weekday(meeting.papers_due_on)}."


def _sent_on(review: Review):
    return clock.in_london(review.sent_at).date()


join(
    {
        AgendaItem.Kind.REVIEW: Kind(
            outcomes={
                _O.RECEIVED: ("Received", "It is frozen, and the report is made as it was received"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
            },
            asks="To be received",
            decide=receiving.decide_review,
            has_versions=True,
            usual_resolution=receiving.usual_resolution,
            ready_for=_reviews_for,
            about=_about,
            corrected=receiving.print_anew,
        ),
    }
)
