"""Tasks carry a number; the row says what is to be done."""

from celery import shared_task

from monitoring import bundles, digests, papers, reports, reviewing, visit_reports


@shared_task(ignore_result=True)
def make_report(number: int) -> None:
    """Make one termly report."""
    reports.make(number)


@shared_task(ignore_result=True)
def make_reports() -> None:
    """The sweep, by beat each minute: what still waits is queued again. A message too many is harmless, and expires."""
    for number in reports.sweep():
        make_report.apply_async((number,), expires=50)


@shared_task(ignore_result=True)
def make_bundle(number: int) -> None:
    """Make the papers of one meeting."""
    bundles.make(number)


@shared_task(ignore_result=True)
def make_bundles() -> None:
    """The sweep of papers, as that of reports."""
    for number in bundles.sweep():
        make_bundle.apply_async((number,), expires=50)


@shared_task(ignore_result=True)
def make_paper(number: int) -> None:
    """Make one of the other papers of the year."""
    papers.make(number)


@shared_task(ignore_result=True)
def make_papers() -> None:
    """The sweep of those, as that of reports."""
    for number in papers.sweep():
        make_paper.apply_async((number,), expires=50)


@shared_task(ignore_result=True)
def open_reviews() -> None:
    """By beat each hour: the reviews whose day has come."""
    reviewing.open_due()


@shared_task(ignore_result=True)
def share_visits() -> None:
    """By beat each hour: the reports of visits whose facts nobody checked in time."""
    visit_reports.share_due()


@shared_task(ignore_result=True)
def send_reminders() -> None:
    """By beat from seven in the morning: a part of today's round, which queues the next. A round that has ended is left
    at once; one that somebody killed goes on."""
    if digests.go_on():
        send_reminders.apply_async(expires=600)
