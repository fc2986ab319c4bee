"""Mail is a row first: posted in the operation's transaction, sent after the commit, claimed, sent and marked once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import F, Q
from django.template import Context
from django.template.loader import get_template, render_to_string
from kombu.exceptions import OperationalError as NoBroker

from foundation import clock

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # a claim older than this belongs to a worker that died
LONGEST_WAIT = timedelta(hours=6)
TRIES = 8
_SECRET = "secret:"  # noqa: S105  how the keys of mails begin whose words are not kept


_long_ago: ContextVar[bool] = ContextVar("long_ago", default=False)


@contextmanager
def sent_long_ago() -> Iterator[None]:
    """Within the block, what is posted counts as sent: for a history that is written down afterwards."""
    token = _long_ago.set(True)
    try:
        yield
    finally:
        _long_ago.reset(token)


class OutgoingMail(models.Model):
    """One mail to one person. `key` says what it is about and for whom, so that it is posted once only."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        CLAIMED = "claimed", "being sent"
        SENT = "sent", "sent"
        IN_DOUBT = "in doubt", "in doubt: the sender stopped while sending"
        FAILED = "failed", "could not be sent"

    key = models.CharField(max_length=200, unique=True)
    stream = models.CharField(max_length=80, default="site")
    to_name = models.CharField(max_length=200)
    to_address = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="mail_still_waiting")]

    def __str__(self) -> str:
        return f"{self.key} to {self.to_address}"


def post(key: str, template: str, *, to, stream: str = "site", secret: bool = False, **words) -> OutgoingMail | None:
    """Write a mail for after the commit. `to` has a name and an e-mail address; without an address nothing is posted.

    The words are those of templates/mail/<template>.subject.txt, .txt and .html. Posted twice under one key: once.
    A secret one (it holds a link that lets somebody in) is emptied as soon as it has been sent.
    """
    address = getattr(to, "email", None)
    if not address:
        return None
    key = f"{_SECRET}{key}" if secret else key
    words |= {"to": to, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL.rstrip("/")}
    mail, new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "stream": stream,
            "to_name": to.name,
            "to_address": address,
            "subject": " ".join(_plainly(f"mail/{template}.subject.txt", words).split())[:250],
            "text": _plainly(f"mail/{template}.txt", words),
            "html": render_to_string(f"mail/{template}.html", words),
            "posted_at": clock.now(),
            "next_try_at": clock.machine_now(),
            "state": OutgoingMail.State.SENT if _long_ago.get() else OutgoingMail.State.WAITING,
            "sent_at": clock.now() if _long_ago.get() else None,
        }
        | (_forgotten(key) if _long_ago.get() else {}),
    )
    if new and mail.state == OutgoingMail.State.WAITING:
        transaction.on_commit(lambda: _ask_to_send(mail.pk), robust=True)
    return mail


def _plainly(template: str, words: dict) -> str:
    """Plain text: a name with an apostrophe stays as it is."""
    return get_template(template).template.render(Context(words, autoescape=False)).strip() + "\n"


def _ask_to_send(number: int) -> None:
    """Tell the worker. Without a broker the mail waits in the database, and the sweep finds it."""
    from foundation.tasks import deliver_one  # tasks import this module

    try:
        deliver_one.delay(number)
    except (OSError, NoBroker) as trouble:
        log.warning("mail %s waits for the sweep: %s", number, trouble)


def deliver(number: int) -> bool:
    """Send one waiting mail: claim it, send it, mark it. Whoever comes second finds it claimed. True when sent now."""
    moment = clock.machine_now()
    claimed = OutgoingMail.objects.filter(pk=number, state=OutgoingMail.State.WAITING, next_try_at__lte=moment).update(
        state=OutgoingMail.State.CLAIMED, claimed_at=moment, tries=F("tries") + 1
    )
    if not claimed:
        return False
    mail = OutgoingMail.objects.get(pk=number)
    try:
        _message(mail).send()
    except Exception as trouble:  # noqa: BLE001  whatever the mail server did, this mail is tried again and no other waits
        _try_again(mail, trouble)
        return False
    OutgoingMail.objects.filter(pk=number).update(
        state=OutgoingMail.State.SENT, sent_at=clock.machine_now(), trouble="", **_forgotten(mail.key)
    )
    return True


def _forgotten(key: str) -> dict:
    """What is emptied once a mail is sent."""
    return {"text": "", "html": ""} if key.startswith(_SECRET) else {}


def deliver_due() -> int:
    """Send what waits and is due; set aside what a dead worker left half-done. Returns the number sent."""
    moment = clock.machine_now()
    OutgoingMail.objects.filter(state=OutgoingMail.State.CLAIMED, claimed_at__lt=moment - LEASE).update(
        state=OutgoingMail.State.IN_DOUBT
    )
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING, next_try_at__lte=moment)
    return sum(deliver(number) for number in due.values_list("pk", flat=True)[:500])


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    name = mail.to_name.replace('"', "").replace("\n", " ")
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[f'"{name}" <{mail.to_address}>'])
    message.attach_alternative(mail.html, "text/html")
    return message


def _try_again(mail: OutgoingMail, trouble: Exception) -> None:
    """Back off: 1, 2, 4 … minutes; after the last try the mail is set aside for the clerk to see."""
    log.warning("mail %s: %s", mail.pk, type(trouble).__name__)
    wait = min(timedelta(minutes=2 ** (mail.tries - 1)), LONGEST_WAIT)
    state = OutgoingMail.State.FAILED if mail.tries >= TRIES else OutgoingMail.State.WAITING
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state, next_try_at=clock.machine_now() + wait, trouble=f"{type(trouble).__name__}: {trouble}"[:300]
    )
