"""The documents of a version: asked for in an operation, made by a worker, kept for ever.

What is to be made is a row. A worker claims it by a conditional update, renders outside any transaction, and adds the
document and marks the row in one. A claim whose worker died lapses, and the row waits again.
"""

import logging
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError as NoBroker

from foundation import clock, pdf
from foundation.errors import Conflict
from foundation.operations import operation
from governance.models import User
from sip import paper
from sip.models import Document, DocumentJob, Version
from sip.permissions import P

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than a task may take: an older claim is a dead worker's
TRIES = 3

_BROKEN = "Something went wrong while the PDF was made. The plan is safe. Make it again, or tell who runs this site."
_TOO_LONG = "The PDF took too long to make. The machine may have been busy: make it again."
_WORKER_DIED = "The program that makes PDFs stopped several times while it made this one. Make it again later."

State, Stage = DocumentJob.State, Document.Stage


def ask_for(version: Version, stage: str) -> DocumentJob:
    """Say that the version's document of this stage is to be made. Asked twice while it waits: once.

    What could not be made is tried again. A version decided on anew is printed anew; the former document stays.
    """
    job, new = DocumentJob.objects.get_or_create(version=version, stage=stage, defaults={"asked_at": clock.now()})
    over = [State.FAILED, State.DONE] if stage == Stage.DECIDED else [State.FAILED]
    again = not new and DocumentJob.objects.filter(pk=job.pk, state__in=over).update(
        state=State.WAITING, asked_at=clock.now(), claimed_at=None, tries=0, trouble="", document=None
    )
    if again:
        job.refresh_from_db()
    if new or again:
        transaction.on_commit(lambda: _tell_worker(job.pk), robust=True)
    return job


@operation(P.MAKE_DOCUMENT)
def make_again(version: Version, *, stage: str, by: User) -> DocumentJob:
    """Ask for a document that could not be made, is missing, or has been overtaken by a correction of the record."""
    if stage == Stage.DECIDED and version.decision is None:
        raise Conflict("The board has not decided on this version yet, so there is nothing to print as decided.")
    return ask_for(version, stage)


def make(number: int) -> bool:
    """Make the document of one waiting row. Whoever comes second finds it claimed. True when made now."""
    claim = clock.machine_now()
    waiting = DocumentJob.objects.filter(pk=number, state=State.WAITING)
    if not waiting.update(state=State.WORKING, claimed_at=claim, tries=F("tries") + 1):
        return False
    job = DocumentJob.objects.select_related("version__plan__organisation", "version__frozen_by").get(pk=number)
    mine = DocumentJob.objects.filter(pk=number, state=State.WORKING, claimed_at=claim)
    try:
        made = pdf.render(render_to_string("paper/plan.html", paper.words(job.version, job.stage)))
        return _keep(job, mine, made)
    except pdf.CannotRender as trouble:
        _give_up(job, mine, str(trouble))
    except SoftTimeLimitExceeded:
        _give_up(job, mine, _TOO_LONG)
    except Exception:
        log.exception("document job %s", number)
        _give_up(job, mine, _BROKEN)
    return False


def sweep() -> list[int]:
    """Free what a dead worker holds, give up what killed several, and say which rows wait."""
    lapsed = DocumentJob.objects.filter(state=State.WORKING, claimed_at__lt=clock.machine_now() - LEASE)
    lapsed.filter(tries__gte=TRIES).update(state=State.FAILED, trouble=_WORKER_DIED)
    lapsed.update(state=State.WAITING, claimed_at=None)
    return list(DocumentJob.objects.filter(state=State.WAITING).values_list("pk", flat=True)[:100])


def _keep(job: DocumentJob, mine, made: pdf.Rendered) -> bool:
    """Add the document and mark the row, both or neither; nothing when the claim is no longer ours. The same bytes are
    not kept twice."""
    with transaction.atomic():
        if not mine.update(state=State.DONE, trouble=""):
            return False
        of_stage = {"version": job.version, "stage": job.stage}
        document = Document.objects.filter(**of_stage).last()
        if document is None or document.sha256 != made.sha256:
            document = Document.objects.create(
                **of_stage, made_at=clock.now(), pages=made.pages, sha256=made.sha256, content=made.content
            )
        DocumentJob.objects.filter(pk=job.pk).update(document=document)
    return True


def _give_up(job: DocumentJob, mine, sentence: str) -> None:
    """Say on the row, in words for whoever waits, why there is no document."""
    log.warning("document job %s failed: %s", job.pk, sentence)
    mine.update(state=State.FAILED, trouble=sentence[:300])


def _tell_worker(number: int) -> None:
    """Tell the worker. Without a broker the row waits in the database, and the sweep finds it."""
    from sip.tasks import make_document  # tasks import this module

    try:
        make_document.delay(number)
    except (OSError, NoBroker) as trouble:
        log.warning("document job %s waits for the sweep: %s", number, trouble)
