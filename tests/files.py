"""Small files of each kind, made on the spot."""

import io
import struct
import zipfile
import zlib

_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40 + b"\xff\xd9"
CSV = b"Group,Share\nAll,61%\nPupil premium,52%\n"


def png() -> bytes:
    """One white pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def office(ending: str = "docx", *, says: str = "main+xml", **more: bytes) -> bytes:
    """A document of Word, Excel or PowerPoint; `more`: further parts by name, two underscores for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", f"<Types>{says}</Types>")
        packed.writestr(_OFFICE[ending], "<document/>")
        for name, content in more.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


EVERY = {
    "results.pdf": PDF,
    "survey.docx": office("docx"),
    "budget.xlsx": office("xlsx"),
    "evening.pptx": office("pptx"),
    "groups.csv": CSV,
    "chart.png": png(),
    "board.jpeg": JPEG,
}
