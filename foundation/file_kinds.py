"""What a file is by its content, whatever its name says; and why one is refused, in plain words.

Seven kinds are taken. Each has its signature at its first byte and its end where it should be, so that neither a file
of another kind in disguise nor one that was cut off on its way is taken for one of them. What can run (macros, HTML,
SVG) is none of them.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

MOST_UNPACKED = 150 * 1024 * 1024  # bytes; a workbook of ten megabytes seldom unpacks to more
MOST_PARTS = 4000  # files within an office document
_END = 2048  # so near the end a PDF and a JPEG say that it is the end
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|activex/", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_SEPARATOR = re.compile(r"[,;\t]")


class Refused(Exception):
    """This file is not taken; the sentence says why, and goes on from its name."""


@dataclass(frozen=True)
class FileKind:
    """One kind of file: how people call it, how it is served, how its name may end."""

    name: str
    a_name: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind("PDF", "a PDF", "application/pdf", ("pdf",))
WORD = FileKind("Word", "a Word document", _OFFICE + "wordprocessingml.document", ("docx",))
EXCEL = FileKind("Excel", "an Excel workbook", _OFFICE + "spreadsheetml.sheet", ("xlsx",))
POWERPOINT = FileKind("PowerPoint", "a PowerPoint file", _OFFICE + "presentationml.presentation", ("pptx",))
CSV = FileKind("CSV", "a CSV file", "text/csv; charset=utf-8", ("csv",))
PNG = FileKind("PNG", "a PNG picture", "image/png", ("png",))
JPEG = FileKind("JPEG", "a JPEG picture", "image/jpeg", ("jpg", "jpeg"))
EVERY_KIND = (PDF, WORD, EXCEL, POWERPOINT, CSV, PNG, JPEG)

_MAIN_PART = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL, "ppt/presentation.xml": POWERPOINT}


def of_ending(name: str) -> FileKind | None:
    """What the name says that it is."""
    ending = name.rpartition(".")[2].lower()
    return next((kind for kind in EVERY_KIND if ending in kind.endings), None)


def of_media_type(media_type: str) -> str:
    """How people call what is served as this: "PDF"; "file" for what we no longer take."""
    return next((kind.name for kind in EVERY_KIND if kind.media_type == media_type), "file")


def of_content(content: bytes) -> FileKind | None:
    """What it is by its content; None where it is nothing that we take.

    Raises Refused where it is, and may not be taken: with macros, locked, of the old kind, damaged, or unpacking to
    more than a document does.
    """
    if content.startswith(b"%PDF-"):
        return _whole(PDF, b"%%EOF" in content[-_END:])
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(PNG, content[12:16] == b"IHDR" and b"IEND" in content[-16:])
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(JPEG, b"\xff\xd9" in content[-_END:])
    if content.startswith(_OLD_OFFICE):
        raise Refused(
            "is of the kind used before 2007, or locked with a password. Save it as .docx, .xlsx, .pptx or as a PDF, "
            "without a password"
        )
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return CSV if _is_table(content) else None


def _whole(kind: FileKind, has_its_end: bool) -> FileKind:
    if not has_its_end:
        raise Refused("is not whole: its end is missing. Save it again and choose it once more")
    return kind


def _office(content: bytes) -> FileKind | None:
    """A document of Word, Excel or PowerPoint is a packed folder. It is unpacked once, to nowhere, and counted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            _count(packed, parts)
            names = {part.filename for part in parts}
            kind = next((kind for name, kind in _MAIN_PART.items() if name in names), None)
            if kind is None or "[Content_Types].xml" not in names:
                return None
            said = packed.read("[Content_Types].xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as trouble:
        raise Refused("is damaged or not whole. Save it again and choose it once more") from trouble
    if b"macroEnabled" in said or any(_MACROS.search(name) for name in names):
        raise Refused("carries macros, which are small programs. Save it without them, or as a PDF")
    return kind


def _count(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """What a part says of its size may be a lie, so each is unpacked, as far as is allowed."""
    left = MOST_UNPACKED
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        left = 0
    for part in parts if left else ():
        if part.flag_bits & 0x1:
            raise Refused("is locked with a password. Save it without one")
        with packed.open(part) as opened:
            while left >= 0 and (piece := opened.read(256 * 1024)):
                left -= len(piece)
    if left <= 0:
        raise Refused("unpacks to far more than a document holds. Save it as a PDF")


def _is_table(content: bytes) -> bool:
    """Rows of plain text with something between their columns, and no markup."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # as Excel saves it in this country
    first = next((line for line in text.splitlines() if line.strip()), "")
    is_markup = re.match(r"\s*<[!?a-zA-Z]", text) or re.search(r"<(script|svg|html|iframe|body)\b", text, re.IGNORECASE)
    return bool(_SEPARATOR.search(first)) and not is_markup and not _CONTROLS.search(text) and "\ufffd" not in text
