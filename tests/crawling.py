"""Walks the site as one person by its links, and reads from each page what tests ask of it."""

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

# Addresses of one view that differ in their query alone (which action to ask about): so many of each are walked.
OF_A_QUERY = 3
NOT_WALKED = ("/accounts/logout/", "/static/")
# Pages of one person, seat or board after another, all alike: so many of each sort are walked.
OF_A_SORT = 3
ALIKE = re.compile(r"^/(organisations/[^/]+/(people|boards|handover)|seats)/\d+/")
# Pages of one milestone, action or item after another: so many of those that the pages of one view link to.
OF_A_VIEW = 3
MANY = re.compile(
    r"^/(milestones|actions|items|follow-ups|report-jobs|document-jobs|paper-jobs|"
    r"visits|evidence-parts|evidence-files|key-areas|item-papers|measures)/\d+/"
)
ENDLESS = re.compile(r"/terms/(?!202[567]-)")  # each year leads to the next: those about today are walked


@dataclass
class Box:
    """One name of a form. `kind` is text, pick, ticks, file or hidden."""

    kind: str
    chosen: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    is_long: bool = False


@dataclass
class Form:
    """A form of a page: where it goes, and its boxes by name; `buttons` are those that have a name."""

    action: str
    method: str
    boxes: dict[str, Box] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def box(self, name: str, kind: str) -> Box:
        return self.boxes.setdefault(name, Box(kind))

    @property
    def untouched(self) -> dict[str, list[str]]:
        """What a browser would send if nothing were typed."""
        return {name: list(box.chosen) for name, box in self.boxes.items() if box.chosen}


class Reading(HTMLParser):
    """Links, ids, forms and words of a page."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.html = address, html
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.forms: list[Form] = []
        self._words: list[str] = []
        self._named: dict[str, Form] = {}
        self._open: Form | None = None
        self._pick: Box | None = None
        self._text: Box | None = None
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        """Everything that a reader, a screen reader or a search could come upon."""
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self._words += [given[name] for name in ("alt", "title", "aria-label", "content", "value") if name in given]
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self._begin(given)
        elif tag == "option" and self._pick is not None:
            self._offer(self._pick, given, "selected" in given)
        elif tag in ("input", "select", "textarea", "button") and "disabled" not in given:
            form = self._named.get(given["form"]) if "form" in given else self._open
            if form is not None:
                self._add(form, tag, given)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._pick = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data):
        self._words.append(data)
        if self._text is not None:
            self._text.chosen[-1] += data

    def _begin(self, given):
        action = urljoin(self.address, given.get("action") or self.address)
        self._open = Form(action, given.get("method", "get").lower())
        self.forms.append(self._open)
        if "id" in given:
            self._named[given["id"]] = self._open

    def _add(self, form: Form, tag: str, given: dict):
        kind, name = given.get("type", "text"), given.get("name")
        if tag == "button" and "formaction" in given:  # the same boxes sent elsewhere
            self.forms.append(Form(urljoin(self.address, given["formaction"]), form.method, form.boxes, form.buttons))
        if not name:
            return
        if tag == "select":
            self._pick = form.box(name, "pick")
        elif tag == "textarea":
            self._text = form.box(name, "text")
            self._text.is_long = True
            self._text.chosen.append("")
        elif tag == "button" or kind in ("submit", "image"):
            form.buttons.append((name, given.get("value", "")))
        elif kind in ("radio", "checkbox"):
            self._offer(form.box(name, "ticks"), {"value": given.get("value", "on")}, "checked" in given)
        else:
            form.box(name, kind if kind in ("hidden", "file") else "text").chosen.append(given.get("value", ""))

    @staticmethod
    def _offer(box: Box, given: dict, chosen: bool):
        box.offered.append(given.get("value", ""))
        if chosen:
            box.chosen.append(given.get("value", ""))


@dataclass
class Visited:
    """An answer: its address, its status, the page before it, and the page as read (None where it is no page)."""

    address: str
    status: int
    came_from: str
    answer: object
    page: Reading | None


def name_of(address: str) -> str:
    """The name of the view behind an address; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def walk(client, start: str = "/", *, alone: bool = False) -> dict[str, Visited]:
    """Every page that leads from the start by links, or the start alone; by address without the fragment."""
    seen: dict[str, Visited] = {}
    alike: dict[tuple, int] = {}
    ahead = deque([(start, "")])
    while ahead:
        address, came_from = ahead.popleft()
        if address in seen or _enough(address, came_from, alike):
            continue
        answer = client.get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        page = Reading(address, answer.content.decode()) if is_page and not answer.streaming else None
        seen[address] = Visited(address, answer.status_code, came_from, answer, page)
        if alone:
            break
        links = [answer["Location"]] if answer.status_code in (301, 302) else page.links if page else []
        ahead.extend((link, address) for link in _inner(address, links))
    return seen


def _inner(address: str, links: list[str]) -> list[str]:
    """The links that stay on the site, whole and without their fragments."""
    whole = [urldefrag(urljoin(address, link)).url for link in links]
    inner = [link for link in whole if link.startswith("/") and not link.startswith(("//", *NOT_WALKED))]
    return [link for link in inner if not ENDLESS.search(link)]


def _enough(address: str, came_from: str, alike: dict[tuple, int]) -> bool:
    """Whether enough pages of the sort have been walked."""
    parts, most = urlsplit(address), OF_A_SORT
    sort = re.sub(r"/\d+/", "/#/", parts.path)
    if parts.query:
        kind = (parts.path, tuple(sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))))
        most = OF_A_QUERY
    elif ALIKE.match(parts.path):
        kind = (sort,)
    elif MANY.match(parts.path):
        kind, most = (sort, name_of(came_from)), OF_A_VIEW
    else:
        return False
    alike[kind] = alike.get(kind, 0) + 1
    return alike[kind] > most


def linked(found: dict[str, Visited]) -> set[str]:
    """The paths of all pages that links led to, walked or not."""
    links = {link for one in found.values() if one.page for link in _inner(one.address, one.page.links)}
    return {urlsplit(address).path for address in links | set(found)}
