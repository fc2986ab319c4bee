"""PDFs that are made by a worker and kept for ever.

What is to be made is a row. A worker claims it by a conditional update, renders outside any transaction, and adds the
PDF and marks the row in one. A claim whose worker died lapses, and the row waits again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import models, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as NoBroker

from foundation import clock, pdf

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than a task may take: an older claim is a dead worker's
TRIES = 3

BROKEN = "Something went wrong while the PDF was made. Its content is safe. Make it again, or tell who runs this site."
TOO_LONG = "The PDF took too long to make. The machine may have been busy: make it again."
WORKER_DIED = "The program that makes PDFs stopped several times while it made this one. Make it again later."


class Printed(models.Model):
    """A PDF as it was made. Added, never changed: its table is frozen (foundation.frozen)."""

    made_at = models.DateTimeField()
    pages = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        abstract = True


class Printing(models.Model):
    """That a PDF is to be made: waiting, claimed by a worker, done, or given up with a sentence that says why.

    A model of this kind adds what is to be printed, and `document`, a nullable key to the PDF that came of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for its turn"
        WORKING = "working", "being made"
        DONE = "done", "ready"
        FAILED = "failed", "could not be made"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


State = Printing.State


@dataclass(frozen=True)
class Press:
    """How one kind of PDF comes to be.

    `jobs` is the model of its rows; `of` names the fields that a row and its PDF have in common: what is printed;
    `html` gives the page of a row, or `render` the whole PDF where a page is not enough; `task` is the dotted name of
    the task that makes the PDF of a row's number.
    """

    jobs: type[Printing]
    of: tuple[str, ...]
    html: Callable[[Printing], str] | None
    task: str
    render: Callable[[Printing], pdf.Rendered] | None = None

    def ask_for(self, *, anew: bool = False, **of) -> Printing:
        """Say that this PDF is to be made. Asked twice while it waits: once. What could not be made is tried again.
        `anew`: what is made already is made once more; the former PDF stays."""
        job, new = self.jobs.objects.get_or_create(**of, defaults={"asked_at": clock.now()})
        over = [State.FAILED, State.DONE] if anew else [State.FAILED]
        again = not new and self.jobs.objects.filter(pk=job.pk, state__in=over).update(
            state=State.WAITING, asked_at=clock.now(), claimed_at=None, tries=0, trouble="", document=None
        )
        if again:
            job.refresh_from_db()
        if new or again:
            transaction.on_commit(lambda: self.tell_worker(job.pk), robust=True)
        return job

    def make(self, number: int) -> bool:
        """Make the PDF of one waiting row. Whoever comes second finds it claimed. True when made now."""
        claim = clock.machine_now()
        waiting = self.jobs.objects.filter(pk=number, state=State.WAITING)
        if not waiting.update(state=State.WORKING, claimed_at=claim, tries=F("tries") + 1):
            return False
        job = self.jobs.objects.get(pk=number)
        mine = self.jobs.objects.filter(pk=number, state=State.WORKING, claimed_at=claim)
        try:
            return self._keep(job, mine, self.render(job) if self.render else pdf.render(self.html(job)))
        except pdf.CannotRender as trouble:
            self._give_up(job, mine, str(trouble))
        except SoftTimeLimitExceeded:
            self._give_up(job, mine, TOO_LONG)
        except Exception:
            log.exception("%s %s", self._kind, number)
            self._give_up(job, mine, BROKEN)
        return False

    def sweep(self) -> list[int]:
        """Free what a dead worker holds, give up what killed several, and say which rows wait."""
        lapsed = self.jobs.objects.filter(state=State.WORKING, claimed_at__lt=clock.machine_now() - LEASE)
        lapsed.filter(tries__gte=TRIES).update(state=State.FAILED, trouble=WORKER_DIED)
        lapsed.update(state=State.WAITING, claimed_at=None)
        return list(self.jobs.objects.filter(state=State.WAITING).values_list("pk", flat=True)[:100])

    def tell_worker(self, number: int) -> None:
        """Tell the worker. Without a broker the row waits in the database, and the sweep finds it."""
        try:
            import_string(self.task).delay(number)  # by its name: tasks import the module that holds this press
        except (OSError, NoBroker) as trouble:
            log.warning("%s %s waits for the sweep: %s", self._kind, number, trouble)

    def _keep(self, job: Printing, mine, made: pdf.Rendered) -> bool:
        """Add the PDF and mark the row, both or neither; nothing when the claim is no longer ours. The same bytes are
        not kept twice."""
        documents = self.jobs._meta.get_field("document").related_model.objects
        of = {name: getattr(job, name) for name in self.of}
        with transaction.atomic():
            if not mine.update(state=State.DONE, trouble=""):
                return False
            document = documents.filter(**of).last()
            if document is None or document.sha256 != made.sha256:
                document = documents.create(
                    **of, made_at=clock.now(), pages=made.pages, sha256=made.sha256, content=made.content
                )
            self.jobs.objects.filter(pk=job.pk).update(document=document)
        return True

    def _give_up(self, job: Printing, mine, sentence: str) -> None:
        """Say on the row, in words for whoever waits, why there is no PDF."""
        log.warning("%s %s failed: %s", self._kind, job.pk, sentence)
        mine.update(state=State.FAILED, trouble=sentence[:300])

    @property
    def _kind(self) -> str:
        return self.jobs._meta.verbose_name
