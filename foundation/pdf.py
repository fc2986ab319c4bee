"""HTML to a tagged PDF (PDF/UA-1 mode). The only place that imports WeasyPrint, and only when a page is rendered."""

import gc
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders

_ROOT = "https://holdfast.invalid/"  # no machine's path stands in a document's links
_STATIC = _ROOT + "static/"
_DRAWING = "data:image/svg+xml,"
_FOREIGN = "A document may use the site's own files only."
_NO_PANGO = "PDFs cannot be made here: the Pango library is missing. Tell whoever runs this site."


class CannotRender(Exception):
    """The PDF could not be made. The message is for the person who waits for it."""


@dataclass(frozen=True)
class Rendered:
    """A document: its bytes, their SHA-256 in hexadecimal, and how many pages it has."""

    content: bytes
    sha256: str
    pages: int


def render(html: str) -> Rendered:
    """Render a whole HTML page to PDF. Style sheets and fonts are named as static/…; nothing else is ever fetched."""
    try:
        from weasyprint import HTML
    except OSError as trouble:  # Pango is missing on this machine; the pages live without it
        raise CannotRender(_NO_PANGO) from trouble
    fetch = _OwnFiles()
    gc.disable()  # half of the time goes into collecting a tree that dies at once
    try:
        document = HTML(string=html, base_url=_ROOT, url_fetcher=fetch).render(pdf_variant="pdf/ua-1")
        content = document.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        gc.enable()
        gc.collect()
    if fetch.refused:
        raise CannotRender(_FOREIGN)
    return Rendered(content, hashlib.sha256(content).hexdigest(), len(document.pages))


class _OwnFiles:
    """Gives our own static files, and the drawings that our own style sheet carries. Remembers what it refused, for the
    maker of the page would only log it and print a page without."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def __call__(self, url: str):
        from weasyprint.urls import URLFetcherResponse

        if url.startswith(_DRAWING):
            return URLFetcherResponse(url, unquote(url.removeprefix(_DRAWING)), {"Content-Type": "image/svg+xml"})
        path = _static_file(url.removeprefix(_STATIC)) if url.startswith(_STATIC) else None
        if path is None:
            self.refused.append(url)
            raise ValueError(_FOREIGN)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def _static_file(name: str) -> Path | None:
    found = finders.find(name)
    root = Path(settings.BASE_DIR) / "static"
    return Path(found) if found and root in Path(found).resolve().parents else None
