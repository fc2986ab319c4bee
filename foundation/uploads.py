"""Files that people bring: checked to be what they say, kept under a name of ours, served as an attachment."""

import hashlib
import io
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import models, transaction
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from foundation import clock, file_kinds
from foundation.errors import Conflict
from foundation.file_kinds import EVERY_KIND, FileKind, Refused

MOST_BYTES = 10 * 1024 * 1024
_LONGEST_NAME = 160
_NO_ROOM = (
    "The file could not be stored, so nothing was saved. There may be no room left where files lie: tell whoever looks "
    "after this site, and try again later."
)


def _place(row: "Uploaded | None", name: str) -> str:
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

    @property
    def in_words(self) -> str:
        """ "PDF, 120 KB"."""
        return f"{file_kinds.of_media_type(self.media_type)}, {size_in_words(self.size)}"


# ---------------------------------------------------------------- arriving


class Arriving(FileUploadHandler):
    """Takes a file as it comes in: into memory as far as it may be kept, beyond that only counted. Nothing of an upload
    that breaks off lies on a disk."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.content, self.counted = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.counted += len(raw_data)
        if self.counted <= MOST_BYTES:
            self.content.write(raw_data)
        else:
            self.content = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        given = (self.content, self.field_name, self.file_name, self.content_type, self.counted, self.charset)
        return InMemoryUploadedFile(*given, self.content_type_extra)


# ---------------------------------------------------------------- checked


@dataclass(frozen=True)
class Brought:
    """A file that may be taken."""

    name: str
    media_type: str
    content: bytes


def check(file: File, kinds: tuple[FileKind, ...] = EVERY_KIND) -> Brought:
    """The file, if it is of one of these kinds by its content and its name says the same. Raises Refused, in words."""
    name = clean_name(file.name or "")
    if file.size > MOST_BYTES:
        most = size_in_words(MOST_BYTES)
        raise Refused(f"“{name}” is {size_in_words(file.size)}; a file can have {most} at most. Save it smaller")
    file.seek(0)
    content = file.read()
    if not content:
        raise Refused(f"“{name}” is empty")
    return Brought(name, _kind(name, content, kinds).media_type, content)


def _kind(name: str, content: bytes, kinds: tuple[FileKind, ...]) -> FileKind:
    try:
        found, said = file_kinds.of_content(content), file_kinds.of_ending(name)
    except Refused as refused:
        raise Refused(f"“{name}” {refused}") from refused
    if found not in kinds and (found or said not in kinds):
        named = " or ".join([", ".join(kind.name for kind in kinds[:-1]), kinds[-1].name]).removeprefix(" or ")
        raise Refused(f"“{name}” is not of a kind that can be added. Choose a file of this kind: {named}")
    if found is None:
        raise Refused(f"“{name}” is not {said.a_name}, though its name says so. Save it as one, and choose it again")
    if found is not said:
        right = f"If that is right, give its name the ending .{found.endings[0]}"
        raise Refused(f"“{name}” is {found.a_name} by its content. {right}")
    return found


def clean_name(name: str) -> str:
    """The name alone, without a path, without what cannot be seen, not longer than a row holds; its ending is kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one)[0] != "C")
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > _LONGEST_NAME:
        return stem[: _LONGEST_NAME - len(ending[:12]) - 1] + dot + ending[:12] if dot else plain[:_LONGEST_NAME]
    return plain or "file"


def size_in_words(size: int) -> str:
    """ "812 bytes", "120 KB", "3.4 MB"."""
    if size < 1024:
        return "1 byte" if size == 1 else f"{size} bytes"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


# ---------------------------------------------------------------- kept


def bring(keep: Callable, thing: models.Model, *, file: Brought, by, **words):
    """Store the bytes, then let the operation `keep` make their row: it is given the row's words and `place`.

    Where the storage fails there is no row; where the operation refuses or breaks the bytes are taken away again.
    """
    place = _stored(file.content)
    try:
        return keep(
            thing,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
            place=place,
            by=by,
            **words,
        )
    except BaseException:
        _take_away(place)
        raise


def _stored(content: bytes) -> str:
    place = _place(None, "")
    try:
        return default_storage.save(place, ContentFile(content))
    except Exception as trouble:
        _take_away(place)  # the part of it that found room
        raise Conflict(_NO_ROOM) from trouble


def forget(rows: Iterable[Uploaded]) -> None:
    """Take the bytes of these rows away, once it is certain that the rows are gone. Called within an operation."""
    for place in [row.file.name for row in rows]:
        transaction.on_commit(lambda place=place: _take_away(place), robust=True)


def _take_away(place: str) -> None:
    try:
        default_storage.delete(place)
    except Exception:  # noqa: BLE001  bytes that nobody can reach harm nobody, and the storage may be what is broken
        return


# ---------------------------------------------------------------- served


def attached(row: Uploaded) -> HttpResponse:
    """The bytes as they were brought, to be saved and never shown within the site. Who may read was asked before."""
    try:
        with row.file.open("rb") as opened:
            content = opened.read()
    except Exception as trouble:
        raise Conflict(f"“{row}” cannot be read now. Tell whoever looks after this site.") from trouble
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Conflict(f"“{row}” is not as it was brought. Tell whoever looks after this site.")
    answer = HttpResponse(content, content_type=row.media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, row.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, no_store=True)
    return answer
