"""Several PDFs bound into one: ours with their tags, those that people brought as they are, each page with its number.

The only place of the product that imports pikepdf, and only when something is bound.
"""

import hashlib
import io
from dataclasses import dataclass
from itertools import count

from foundation.pdf import CannotRender, Rendered

MOST_PAGES = 300  # of one enclosure
_NAMED = "The PDFs could not be bound into one. Make it again, or tell who runs this site."


@dataclass(frozen=True)
class Enclosure:
    """A PDF that goes in behind a page of the front (`after`, counted from 0). `is_ours`: tagged by us."""

    after: int
    title: str
    content: bytes
    is_ours: bool


def pages_of(content: bytes) -> tuple[int, str]:
    """How many pages a PDF has, and why it cannot be bound; the latter empty where it can."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            pages = len(opened.pages)
            for page in opened.pages:
                page.mediabox  # noqa: B018  a page without one is found out here
    except pikepdf.PasswordError:
        return 0, "It is locked with a password."
    except (pikepdf.PdfError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return 0, "It is damaged and cannot be opened."
    if pages > MOST_PAGES:
        return 0, f"It has {pages} pages; {MOST_PAGES} is the most that is bound in."
    return pages, "" if pages else "It has no pages."


def bind(front: Rendered, enclosures: list[Enclosure], stamps: bytes) -> Rendered:
    """The front with each enclosure behind its page. `stamps` has a page for each page of the whole, whose writing is
    laid over it as its number. A whole that holds a foreign PDF no longer says that all of it is accessible."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(front.content)) as whole, pikepdf.open(io.BytesIO(stamps)) as numbers:
            bound = _Bound(whole)
            for enclosure in reversed(enclosures):  # from the back, so that places in front stay as they are
                bound.put(enclosure)
            bound.outline(enclosures)
            for page, number in zip(whole.pages, numbers.pages, strict=True):
                _stamp(whole, page, number)
            if any(not one.is_ours for one in enclosures):
                with whole.open_metadata() as words:
                    words.pop("pdfuaid:part", None)
            out = io.BytesIO()
            whole.save(out, deterministic_id=True)
    except pikepdf.PdfError as trouble:
        raise CannotRender(_NAMED) from trouble
    content = out.getvalue()
    return Rendered(content, hashlib.sha256(content).hexdigest(), front.pages + bound.added)


class _Bound:
    """The front while it takes in enclosures."""

    def __init__(self, whole) -> None:
        self.whole, self.added = whole, 0
        self.tree = whole.Root.StructTreeRoot
        self.keys = count(max(list(self.tree.ParentTree.Nums)[::2], default=-1) + 1)
        self.first_pages: dict[int, object] = {}

    def put(self, enclosure: Enclosure) -> None:
        import pikepdf

        with pikepdf.open(io.BytesIO(enclosure.content)) as brought:
            pages = list(brought.pages)
            if enclosure.is_ours:
                parents = self._renumber(brought)
            else:
                _strip(brought)
            for place, page in enumerate(pages):
                self.whole.pages.insert(enclosure.after + 1 + place, page)
            if enclosure.is_ours:
                self._take_tags(brought, parents)
            self.added += len(pages)
            self.first_pages[id(enclosure)] = self.whole.pages[enclosure.after + 1].obj

    def _renumber(self, brought) -> dict[int, int]:
        """Give pages and links keys that nobody has in the whole. Old key → new."""
        keys = {}
        for page in brought.pages:
            holders = [page.obj, *page.obj.get("/Annots", [])]
            for holder in holders:
                for name in ("/StructParents", "/StructParent"):
                    if name in holder:
                        keys[int(holder[name])] = new = next(self.keys)
                        holder[name] = new
        return keys

    def _take_tags(self, brought, keys: dict[int, int]) -> None:
        """Hang the tree of tags of an enclosure of ours into that of the whole. Its pages are in already, so what the
        tree says of them is of those."""
        import pikepdf

        tree = self.whole.copy_foreign(brought.Root.StructTreeRoot)
        document = self.tree.K[0]
        for element in tree.K:
            element.P, element.S = document, pikepdf.Name.Part
            document.K.append(element)
        numbers = list(tree.ParentTree.Nums)
        for old, parent in zip(numbers[::2], numbers[1::2], strict=True):
            if int(old) in keys:
                self.tree.ParentTree.Nums.extend([keys[int(old)], parent])

    def outline(self, enclosures: list[Enclosure]) -> None:
        """A bookmark for each enclosure, after the front's own."""
        import pikepdf

        with self.whole.open_outline() as outline:
            for enclosure in enclosures:
                place = self.whole.pages.index(pikepdf.Page(self.first_pages[id(enclosure)]))
                outline.root.append(pikepdf.OutlineItem(enclosure.title, place))


def _strip(brought) -> None:
    """Take out of a foreign PDF what does more than stand on its pages: scripts, forms, files, links, broken tags."""
    for page in brought.pages:
        for name in ("/AA", "/Annots", "/StructParents", "/Tabs", "/B", "/Metadata", "/PieceInfo"):
            if name in page.obj:
                del page.obj[name]


def _stamp(whole, page, number) -> None:
    """Lay the writing of one page over another, at its upper right corner, as something that is not content."""
    import pikepdf

    if page.obj.get("/Rotate", 0) % 360:
        return  # its corner lies elsewhere; the number stands on its neighbours
    form = whole.copy_foreign(number.as_form_xobject())
    name = page.add_resource(form, pikepdf.Name.XObject)
    box, size = [float(one) for one in page.mediabox], [float(one) for one in number.mediabox]
    right, up = box[2] - size[2], box[3] - size[3]
    page.contents_add(b"q\n", prepend=True)
    laid = f"\nQ /Artifact <</Type /Pagination>> BDC q 1 0 0 1 {right:.2f} {up:.2f} cm {name} Do Q EMC\n"
    page.contents_add(laid.encode("ascii"))
