"""Who did what, when, what it was before and after. Append-only; each event carries the hash of the one before."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from foundation import clock, frozen


class AuditEvent(models.Model):
    """One act of one person. Written by operations alone; the database refuses to change or delete it.

    `stream` is what the chain runs along (an organisation, or the site); `number` counts within it from 1.
    No foreign keys: the record outlives what it speaks of.
    """

    stream = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    what = models.CharField(max_length=80)
    thing = models.CharField(max_length=80)
    thing_id = models.BigIntegerField()
    words = models.JSONField(encoder=DjangoJSONEncoder)
    before = models.JSONField(encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="audit_one_event_a_number")]
        indexes = [models.Index(fields=["thing", "thing_id"], name="audit_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.what} ({self.thing} {self.thing_id})"

    def own_hash(self) -> str:
        """The hash that this event should have, from its own content and the event before."""
        return frozen.sha256(
            [self.stream, self.number, self.at, self.by_user, self.by_name, self.what, self.thing, self.thing_id]
            + [self.words, self.before, self.after, self.previous_hash]
        )


class _Timetable:
    """Who acts when no person does: what the timetable brings about by itself."""

    pk = 0

    def __str__(self) -> str:
        return "the timetable"


TIMETABLE = _Timetable()


class AuditHead(models.Model):
    """The end of a stream: locked while an event is added, so that the chain has no forks."""

    stream = models.CharField(max_length=80, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.stream}: {self.number}"


def picture(thing: models.Model) -> dict:
    """The row's own fields as plain values."""
    return {field.attname: _plain(getattr(thing, field.attname)) for field in thing._meta.concrete_fields}


def record(what: str, *, by, thing: models.Model, before: dict, words: dict) -> AuditEvent:
    """Add an event to the thing's stream: only the fields that differ are kept, and the words that were given."""
    after = picture(thing)
    changed = [name for name in after if after[name] != before.get(name)]
    stream = getattr(thing, "audit_stream", "site")
    head, _ = AuditHead.objects.select_for_update().get_or_create(stream=stream)
    event = AuditEvent(
        stream=stream,
        number=head.number + 1,
        at=clock.now(),
        by_user=by.pk,
        by_name=str(by),
        what=what,
        thing=thing._meta.label_lower,
        thing_id=thing.pk,
        words=_plain(words),
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
        previous_hash=head.hash,
    )
    event.hash = event.own_hash()
    event.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(number=event.number, hash=event.hash)
    return event


def broken_links() -> list[AuditEvent]:
    """Events whose hash is not their own, or that do not follow the one before. An unharmed record gives none."""
    broken, last = [], {}
    for event in AuditEvent.objects.iterator():
        if event.hash != event.own_hash() or event.previous_hash != last.get(event.stream, ""):
            broken.append(event)
        last[event.stream] = event.hash
    return broken


def _plain(value):
    """A value that JSON can hold and gives back the same: rows become their names, dates their ISO words."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower} {value.pk}"
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return frozen.word(value)
