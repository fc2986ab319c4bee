"""Pictures of the main pages and of every PDF page, at 1280 and 375 pixels, into build/screenshots/.

`make screenshots` runs it: a server of its own on fresh demonstration data, a browser without a window. With --docs it
writes the three small pictures of README.md into docs/pictures/ as well.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from config.environment import ROOT
from monitoring.demonstration.reading import FILES, accounts
from tests.browser import ARGUMENTS, NARROW, WIDE, chromium

INTO = ROOT / "build" / "screenshots"
DOCS = ROOT / "docs" / "pictures"
# How much of the page stands in the picture, and how much smaller: 900 pixels wide at most, 150 kB.
SIZE_OF_DOCS = {"plan": (1640, 0.6), "draft": (1640, 0.6), "meeting": (1640, 0.6)}

CLERK, GOVERNOR, DRAFTER = "clerk@clerking.example", "governor@two-schools.example", "head@hollin.example"
TRUSTEE = "trustee@harbour.example"
KESTREL, HOLLIN = "/organisations/kestrel-vale-high", "/organisations/hollin-lane-primary"
ASHDOWN, HARBOUR = "/organisations/ashdown-primary", "/organisations/harbour-learning-trust"
MEETING_DAY = "2026-12-02"

# What is pictured beside everyone's home: who, the picture's name, how to get there by links.
JOURNEYS = [
    (GOVERNOR, "home-of-one-school", f"{KESTREL}/", []),
    (GOVERNOR, "plan", f"{KESTREL}/plan/", []),
    (GOVERNOR, "objective", f"{KESTREL}/plan/", ["objective"]),
    (GOVERNOR, "ask", f"{KESTREL}/plan/", ["ask"]),
    ("head@kestrel.example", "questions", f"{KESTREL}/plan/", ["questions"]),
    (DRAFTER, "draft-overview", f"{HOLLIN}/plan/", ["draft"]),
    (DRAFTER, "draft", f"{HOLLIN}/plan/", ["draft", "objective draft"]),
    (CLERK, "meetings", f"{KESTREL}/meetings/", []),
    (CLERK, "meeting", f"{KESTREL}/meetings/", ["meeting"]),
    (CLERK, "item", f"{KESTREL}/meetings/", ["meeting", "item"]),
    (CLERK, "people", f"{KESTREL}/people/", []),
    ("chair@ashdown.example", "strategy", f"{ASHDOWN}/strategy/", []),
    ("chair@ashdown.example", "progress", f"{ASHDOWN}/progress/", []),
    ("chair@ashdown.example", "progress-last-year", f"{ASHDOWN}/progress/2025-26/", []),
    ("chair@ashdown.example", "milestone", f"{ASHDOWN}/progress/2025-26/", ["milestone"]),
    ("chair@ashdown.example", "review-received", f"{ASHDOWN}/progress/2025-26/", ["review"]),
    ("deputy@ashdown.example", "review-open", f"{ASHDOWN}/progress/", ["review"]),
    ("deputy@ashdown.example", "rate", f"{ASHDOWN}/progress/", ["review", "rate"]),
    ("head@ashdown.example", "review-finish", f"{ASHDOWN}/progress/", ["review", "rate", "finish"]),
    ("head@ashdown.example", "closed", f"{ASHDOWN}/plan/2025-26/", ["closing"]),
    ("head@ashdown.example", "rating-words", f"{ASHDOWN}/ratings/", []),
    ("chair@ashdown.example", "plan-on-a-page", f"{ASHDOWN}/plan/2026-27/on-a-page/", []),
    ("chair@ashdown.example", "timeline", f"{ASHDOWN}/plan/2026-27/timeline/", []),
    ("chair@ashdown.example", "as-it-stood", f"{ASHDOWN}/progress/2025-26/", ["as it stood"]),
    ("chair@ashdown.example", "challenge-log", f"{ASHDOWN}/plan/2025-26/", ["questions", "challenges"]),
    ("chair@ashdown.example", "inspection-pack", f"{ASHDOWN}/progress/2025-26/", ["pack"]),
    ("chair@ashdown.example", "five-minutes", f"{ASHDOWN}/meetings/", ["next meeting", "five minutes"]),
    ("chair@ashdown.example", "measures", f"{ASHDOWN}/measures/", []),
    ("chair@ashdown.example", "handover", f"{ASHDOWN}/handover/", []),
    ("link@ashdown.example", "plan-in-force", f"{ASHDOWN}/plan/", []),
    ("link@ashdown.example", "visits", f"{ASHDOWN}/progress/", ["visits"]),
    ("link@ashdown.example", "visit-to-write", f"{ASHDOWN}/", ["visit"]),
    ("chair@quayside.example", "amendment", "/organisations/quayside-academy/plan/", ["amendments", "amendment"]),
    ("head@hollin.example", "evidence", f"{HOLLIN}/evidence/", ["evidence"]),
    ("head@hollin.example", "context", f"{HOLLIN}/plan/", ["draft", "context"]),
    ("teacher@ashdown.example", "action", f"{ASHDOWN}/", ["action"]),
    (TRUSTEE, "review", f"{HARBOUR}/progress/", ["review"]),
    (TRUSTEE, "view", f"{HARBOUR}/progress/", ["review", "view"]),
    ("clerk@harbour.example", "reminders", f"{HARBOUR}/reminders/", []),
    ("newgovernor@ashdown.example", "start", f"{ASHDOWN}/start/", []),
    ("admin@site.example", "organisation-add", "/site/organisations/add/", []),
]
LINKS = {
    "objective": 'main a[href^="/objectives/"]:not([href*="#"])',
    "objective draft": 'main a[href^="/objectives/"][href$="/draft/"]',
    "draft": 'main a[href^="/plans/"][href*="/draft/"]',
    "ask": 'main a[href^="/plans/"][href*="/ask/"]',
    "questions": 'main a[href^="/plans/"][href*="/questions/"]',
    "meeting": 'main a[href^="/meetings/"]:has-text("2 December")',
    "item": 'main a[href^="/items/"]:has-text("School development plan")',
    "milestone": 'main a[href^="/milestones/"]',
    "review": 'main a[href^="/reviews/"]:not([href*="/rate/"])',
    "rate": 'main a[href*="/rate/"]',
    "finish": 'main a[href$="/finish/"]',
    "view": 'main a[href*="/view/"]',
    "closing": 'main a[href$="/closing/"]',
    "action": 'main a[href^="/actions/"]',
    "as it stood": 'main a[href$="/as-it-stood/"]',
    "pack": 'main a[href$="/inspection-pack/"]',
    "challenges": 'main a[href$="/challenge-log/"]',
    "next meeting": 'main a[href^="/meetings/"]',
    "five minutes": 'main a[href*="/five-minutes/"]',
    "visits": 'main a[href$="/visits/"]',
    "visit": 'main a[href^="/visits/"]',
    "amendments": 'main a[href$="/amendments/"]',
    "amendment": 'main a[href^="/amendments/"]',
    "evidence": 'main a[href^="/evidence/"]',
    "context": 'main a[href$="/context/"]',
}


def main(docs: bool) -> None:
    shutil.rmtree(INTO, ignore_errors=True)
    INTO.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as var, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with _serving(var) as address:
            _picture_today(browser, address)
            if docs:
                _picture_for_docs(browser, address, "link@ashdown.example", "plan", journey="plan-in-force")
                _picture_for_docs(browser, address, DRAFTER, "draft")
        with _serving(var, TODAY=MEETING_DAY) as address:
            _picture_the_meeting(browser, address)
            if docs:
                _picture_for_docs(browser, address, CLERK, "meeting", journey="item")
        browser.close()
    print(f"{len(list(INTO.iterdir()))} pictures in {INTO.relative_to(ROOT)}")


@contextlib.contextmanager
def _serving(var: str, **words: str) -> Iterator[str]:
    """The product as `make run` starts it, on a free port, in a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = {
        name: word for name, word in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "TODAY")
    }
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={**surroundings, "DEMO": "1", "PORT": str(port), "VAR_DIR": var, **words},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  our own server
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise SystemExit("The server did not start.")


def _picture_today(browser: Browser, address: str) -> None:
    """Everyone's home, and the main pages; then the documents, which the worker has made meanwhile."""
    with _page(browser, address) as page:
        page.goto("/accounts/login/")
        _picture(page, "sign-in")
    for account in accounts():
        with _signed_in(browser, address, account.email) as page:
            _picture(page, f"home-{re.sub('@|[.]', '-', account.email.removesuffix('.example'))}")
            for who, name, start, links in JOURNEYS:
                if who == account.email:
                    _walk(page, start, links)
                    _picture(page, name)
    with _signed_in(browser, address, CLERK) as page:
        for slug in ("ashdown-primary", "kestrel-vale-high"):
            page.goto(f"/organisations/{slug}/plan/2026-27/")
            _picture_document(page, slug, "/documents/")
    with _signed_in(browser, address, TRUSTEE) as page:
        _walk(page, f"{HARBOUR}/progress/", ["review"])
        _picture_document(page, "termly-report", "/reports/")


def _picture_the_meeting(browser: Browser, address: str) -> None:
    """The evening of 2 December: everyone is there, the decision is to be recorded, then the vote is open."""
    with _signed_in(browser, address, CLERK) as clerk, _signed_in(browser, address, GOVERNOR) as governor:
        _walk(clerk, f"{KESTREL}/meetings/", ["meeting"])
        clerk.locator('main a[href$="/attendance/"]').first.click()
        for box in clerk.locator("table.attendance >> nth=0 >> select").all():
            box.select_option("in person")
        clerk.get_by_role("button", name="Record who is present").click()
        _walk(clerk, f"{KESTREL}/meetings/", ["meeting", "item"])
        _picture(clerk, "item-to-decide")
        clerk.get_by_role("button", name="Open the voting").click()
        _walk(governor, f"{KESTREL}/meetings/", ["meeting", "item"])
        _picture(governor, "item-voting")
        clerk.get_by_role("button", name="Close the voting").click()
        clerk.wait_for_load_state()


@contextlib.contextmanager
def _page(browser: Browser, address: str, **options) -> Iterator[Page]:
    words = {"base_url": address, "viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/London"}
    context = browser.new_context(**words | options)
    yield context.new_page()
    context.close()


@contextlib.contextmanager
def _signed_in(browser: Browser, address: str, email: str, **options) -> Iterator[Page]:
    with _page(browser, address, **options) as page:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(FILES["password"])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        yield page


def _walk(page: Page, start: str, links: list[str]) -> None:
    page.goto(start)
    for link in links:  # also one that is folded away
        page.goto(page.locator(LINKS[link]).first.get_attribute("href"))


def _picture(page: Page, name: str) -> None:
    for width, size in (("375", NARROW), ("1280", WIDE)):
        page.set_viewport_size(size)
        page.screenshot(path=INTO / f"{name}-{width}.png", full_page=True)


def _picture_for_docs(browser: Browser, address: str, email: str, name: str, *, journey: str = "") -> None:
    """The top of a page, small enough for a README."""
    DOCS.mkdir(exist_ok=True)
    start, links = next((start, links) for _, known, start, links in JOURNEYS if known == (journey or name))
    height, scale = SIZE_OF_DOCS[name]
    with _signed_in(browser, address, email, device_scale_factor=scale) as page:
        _walk(page, start, links)
        page.set_viewport_size(WIDE | {"height": height})
        page.screenshot(path=DOCS / f"{name}.png")


def _picture_document(page: Page, name: str, link_to: str) -> None:
    """Every page of the document that the page links to, once the worker has made it."""
    link = page.locator(f'main a[href^="{link_to}"]')
    for _ in range(240):
        if link.count():
            break
        time.sleep(1)
        page.reload()
    file = INTO / f"{name}.pdf"
    file.write_bytes(page.request.get(link.first.get_attribute("href")).body())
    subprocess.run(["pdftoppm", "-r", "70", "-png", str(file), str(INTO / f"{name}-page")], check=True)  # noqa: S607


if __name__ == "__main__":
    main(docs="--docs" in sys.argv)
