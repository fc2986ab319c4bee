"""Tasks carry a number; the row says what is to be done."""

from celery import shared_task

from sip import documents


@shared_task(ignore_result=True)
def make_document(number: int) -> None:
    """Make one document."""
    documents.make(number)


@shared_task(ignore_result=True)
def make_documents() -> None:
    """The sweep, by beat each minute: what still waits is queued again. A message too many is harmless, and expires."""
    for number in documents.sweep():
        make_document.apply_async((number,), expires=50)
