"""Files that people bring: checked to be what they say, kept under a name of ours, served as an attachment."""

import secrets

from django.db import models

from foundation import clock

MOST_BYTES = 10 * 1024 * 1024


def _place(row: "Uploaded", name: str) -> str:
    """Where the bytes lie: a name that says nothing and cannot be guessed."""
    return f"uploads/{secrets.token_hex(16)}"


class Uploaded(models.Model):
    """A file as it was brought: the name that people know it by, what it is, and where its bytes lie."""

    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=_place, max_length=80)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
