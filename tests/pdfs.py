"""Reads a PDF for a test: its text, what pdfinfo says of it, its tags, its fonts, and everything written in it."""

import io
import subprocess
from collections import Counter

import pikepdf


def text_of(content: bytes) -> str:
    """The words on the pages, spaces and line ends as one space."""
    return " ".join(_poppler("pdftotext", "-enc", "UTF-8", "-", "-", given=content).split())


def pages_of(content: bytes) -> list[str]:
    """The same, page by page."""
    pages = _poppler("pdftotext", "-enc", "UTF-8", "-", "-", given=content).split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def info_of(content: bytes) -> dict[str, str]:
    """What pdfinfo says: {"Tagged": "yes", …}."""
    lines = _poppler("pdfinfo", "-", given=content).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def elements_of(content: bytes) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree."""
    found, document = [], pikepdf.open(io.BytesIO(content))

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K"))

    walk(document.Root.StructTreeRoot.K)
    _open.append(document)  # elements live as long as their document
    return found


_open: list[pikepdf.Pdf] = []


def tags_of(content: bytes) -> Counter:
    """How often each tag stands: {"H1": 8, …}."""
    return Counter(str(element.S).removeprefix("/") for element in elements_of(content))


def faults_of(content: bytes) -> list[str]:
    """What a reader's software could not use, in words. A good document gives none."""
    document = pikepdf.open(io.BytesIO(content))
    root, faults = document.Root, []
    elements = elements_of(content)
    for what, there in {
        "it is not marked as tagged": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        "it has no language": str(root.get("/Lang", "")) == "en-GB",
        "it has no title": bool(document.docinfo.get("/Title")),
        "it has no author": bool(document.docinfo.get("/Author")),
        "its title is not shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        "it has no bookmarks": "/Outlines" in root,
    }.items():
        if not there:
            faults.append(what)
    faults += ["a figure has no alternative" for one in elements if one.S == "/Figure" and not str(one.get("/Alt", ""))]
    faults += ["a table has no header" for one in elements if one.S == "/Table" and not _has_header(one)]
    faults += [f"a font is not embedded: {name}" for name, embedded in _fonts_of(document) if not embedded]
    faults += [
        f"it says {word}" for word in (b"/work", b"/root", b"/home", b"/tmp", b"file:") if word in _raw(document)
    ]
    faults += ["it leads out of itself" for page in document.pages for note in page.get("/Annots", []) if "/A" in note]
    return faults


def _has_header(element) -> bool:
    children = element.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    inside = [one for one in children if isinstance(one, pikepdf.Dictionary)]
    return element.S == "/TH" or any(_has_header(one) for one in inside)


def _fonts_of(document: pikepdf.Pdf) -> set[tuple[str, bool]]:
    fonts = [font for page in document.pages for font in page.Resources.get("/Font", {}).values()]
    return {(str(font.BaseFont), _embedded(font)) for font in fonts}


def _embedded(font) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor
    return "/FontFile2" in descriptor or "/FontFile3" in descriptor


def _raw(document: pikepdf.Pdf) -> bytes:
    """Everything that is written in the file, nothing of it compressed, its pictures and fonts left out."""
    plain = []
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and "/Length1" not in thing and thing.get("/Subtype") != "/CIDFontType0C":
            plain.append(thing.read_bytes() if thing.get("/Type") == "/Metadata" else b"")
        plain.append(repr(thing).encode())
    return b"\n".join(plain)


def _poppler(*command: str, given: bytes) -> str:
    done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603  poppler's own tools
    return done.stdout.decode()
