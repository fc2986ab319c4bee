"""What is looked at on every page: headings, valid HTML, what axe finds, and whether anything sticks out."""

import html5lib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import WIDE

WIDTHS = (320, 375)
_AXE = Axe()
_OPEN_ALL = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
_TOO_WIDE = """() => { const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return "";
    const out = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > room + 1
        && one.getClientRects().length && !one.closest(".vh"));
    return out.slice(-3).map(one => one.outerHTML.slice(0, 90)).join(" … ") || "something"; }"""
_IDS = """() => { const all = [...document.querySelectorAll("[id]")].map(one => one.id);
    const links = [...document.querySelectorAll('a[href^="#"]')].map(one => one.hash.slice(1));
    return [...all.filter((id, at) => all.indexOf(id) < at).map(id => `the id ${id} stands twice`),
        ...links.filter(id => !all.includes(id)).map(id => `a link leads to #${id}, which is not there`)]; }"""


def found_on(page: Page, html: str) -> list[str]:
    """Everything that is wrong with the page, one line each, everything on it unfolded; [] is what we want."""
    page.evaluate(_OPEN_ALL)
    headings = page.locator("h1").count()
    return [
        *([] if headings == 1 else [f"{headings} headings of the first rank"]),
        *page.evaluate(_IDS),
        *_invalid(html),
        *_sticking_out(page),
        *by_axe(page),
    ]


def by_axe(page: Page) -> list[str]:
    violations = _AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"axe, {rule['id']}: {node['html'][:160]}" for rule in violations for node in rule["nodes"]]


def _invalid(html: str) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    return [f"invalid HTML at {place}: {fault} {words}" for place, fault, words in parser.errors]


def _sticking_out(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        if wide := page.evaluate(_TOO_WIDE):
            found.append(f"sticks out at {width}: {wide}")
    page.set_viewport_size(WIDE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if wide := page.evaluate(_TOO_WIDE):
        found.append(f"sticks out with large text: {wide}")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found
