"""Tasks carry a number; the row says what is to be done."""

from celery import shared_task

from foundation import outbox


@shared_task(ignore_result=True)
def deliver_one(number: int) -> None:
    """Send one mail."""
    outbox.deliver(number)


@shared_task(ignore_result=True)
def deliver_mail() -> None:
    """The sweep, by beat each minute: what still waits."""
    outbox.deliver_due()
