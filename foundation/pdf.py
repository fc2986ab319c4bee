"""HTML to a tagged PDF (PDF/UA-1 mode). The only place that imports WeasyPrint, and only when a page is rendered."""

import gc
import hashlib
import mimetypes
from dataclasses import dataclass, field
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
    """A document: its bytes, their SHA-256 in hexadecimal, how many pages it has, and on which page, counted from 0,
    each named place stands."""

    content: bytes
    sha256: str
    pages: int
    places: dict[str, int] = field(default_factory=dict)


def render(html: str, *, variant: str | None = "pdf/ua-1") -> Rendered:
    """Render a whole HTML page to PDF. Style sheets and fonts are named as static/…; nothing else is ever fetched.
    `variant` None: without tags, for what is laid over the pages of another."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError
    except OSError as trouble:  # Pango is missing on this machine; the pages live without it
        raise CannotRender(_NO_PANGO) from trouble
    gc.disable()  # half of the time goes into collecting a tree that dies at once
    try:
        document = HTML(string=html, base_url=_ROOT, url_fetcher=_own_files()).render(pdf_variant=variant)
        content = document.write_pdf(pdf_variant=variant)
    except FatalURLFetchingError as trouble:
        raise CannotRender(_FOREIGN) from trouble
    finally:
        gc.enable()
        gc.collect()
    places = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    return Rendered(content, hashlib.sha256(content).hexdigest(), len(document.pages), places)


def _own_files():
    """Fetches our own static files and the drawings that our style sheet carries. What else is named stops the render:
    WeasyPrint by itself would only log it, and print a page without."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith(_DRAWING):
                return URLFetcherResponse(url, unquote(url.removeprefix(_DRAWING)), {"Content-Type": "image/svg+xml"})
            path = _static_file(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OwnFiles(fail_on_errors=True)


def _static_file(url: str) -> Path:
    found = finders.find(url.removeprefix(_STATIC)) if url.startswith(_STATIC) else None
    root = Path(settings.BASE_DIR) / "static"
    if not found or root not in Path(found).resolve().parents or not Path(found).is_file():
        raise ValueError(_FOREIGN)
    return Path(found)
