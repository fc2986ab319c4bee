"""Tasks of the timetable; the rows say what is due."""

from celery import shared_task

from governance import resolving


@shared_task(ignore_result=True)
def close_lapsed_resolutions() -> None:
    """By beat each hour: the resolutions in writing whose last day has passed."""
    resolving.close_lapsed()
