"""Pictures of the main pages and of every PDF page, at 1280 and 375 pixels, into build/screenshots/.

`make screenshots` runs it: a server of its own on fresh demonstration data, a browser without a window.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from config.environment import ROOT
from monitoring.demonstration.reading import FILES, accounts
from tests.browser import ARGUMENTS, NARROW, WIDE, chromium

INTO = ROOT / "build" / "screenshots"

# What is pictured beside everyone's home: who, the picture's name, how to get there by links from their home.
JOURNEYS = [
    ("governor@two-schools.example", "plan", "/organisations/kestrel-vale-high/plan/", []),
    ("governor@two-schools.example", "objective", "/organisations/kestrel-vale-high/plan/", ["objective"]),
    ("governor@two-schools.example", "ask", "/organisations/kestrel-vale-high/plan/", ["Ask about this plan"]),
    ("head@kestrel.example", "questions", "/organisations/kestrel-vale-high/plan/", ["questions"]),
    ("head@hollin.example", "draft-overview", "/organisations/hollin-lane-primary/plan/", ["draft"]),
    ("head@hollin.example", "draft", "/organisations/hollin-lane-primary/plan/", ["draft", "objective draft"]),
    ("clerk@clerking.example", "meetings", "/organisations/kestrel-vale-high/meetings/", []),
    ("clerk@clerking.example", "meeting", "/organisations/kestrel-vale-high/meetings/", ["2 December"]),
    ("clerk@clerking.example", "item", "/organisations/kestrel-vale-high/meetings/", ["2 December", "item"]),
    ("clerk@clerking.example", "people", "/organisations/kestrel-vale-high/people/", []),
    ("chair@ashdown.example", "strategy", "/organisations/ashdown-primary/strategy/", []),
    ("newgovernor@ashdown.example", "start", "/organisations/ashdown-primary/start/", []),
    ("admin@site.example", "organisation-add", "/site/organisations/add/", []),
]
LINKS = {
    "objective": 'main a[href^="/objectives/"]:not([href*="#"])',
    "objective draft": 'main a[href*="/objectives/"][href$="/draft/"]',
    "draft": 'main a[href^="/plans/"][href$="/draft/"]',
    "questions": 'main a[href^="/plans/"][href*="/questions/"]',
    "item": 'main a[href^="/items/"]:has-text("plan")',
}


def main() -> None:
    shutil.rmtree(INTO, ignore_errors=True)
    INTO.mkdir(parents=True)
    with _serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for width, size in (("1280", WIDE), ("375", NARROW)):
            _sign_in_page(browser, address, size, width)
            for account in accounts():
                with _signed_in(browser, address, account.email, size) as page:
                    _picture(
                        page,
                        f"home-{account.email.partition('@')[0]}-{account.email.split('@')[1].split('.')[0]}",
                        width,
                    )
                    for who, name, start, links in JOURNEYS:
                        if who == account.email:
                            _walk(page, address + start, links)
                            _picture(page, name, width)
        with _signed_in(browser, address, "clerk@clerking.example", WIDE) as page:
            _documents(page, address)
        browser.close()
    print(f"{len(list(INTO.iterdir()))} pictures in {INTO.relative_to(ROOT)}")


@contextlib.contextmanager
def _serving() -> Iterator[str]:
    """The product as `make run` starts it, on a free port, in a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as var:
        words = {**os.environ, "DEMO": "1", "PORT": str(port), "VAR_DIR": var}
        for name in ("DATABASE_URL", "REDIS_URL", "TODAY"):
            words.pop(name, None)
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=words, stdout=subprocess.DEVNULL
        )
        try:
            _until_ready(f"http://127.0.0.1:{port}/readyz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _until_ready(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  our own server
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise SystemExit("The server did not start.")


@contextlib.contextmanager
def _signed_in(browser: Browser, address: str, email: str, size: dict) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(FILES["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    yield page
    context.close()


def _sign_in_page(browser: Browser, address: str, size: dict, width: str) -> None:
    page = browser.new_page(viewport=size)
    page.goto(f"{address}/accounts/login/")
    _picture(page, "sign-in", width)
    page.close()


def _walk(page: Page, address: str, links: list[str]) -> None:
    page.goto(address)
    for link in links:
        found = page.locator(LINKS[link]) if link in LINKS else page.get_by_role("link", name=link)
        found.first.click()
        page.wait_for_load_state()


def _picture(page: Page, name: str, width: str) -> None:
    page.screenshot(path=INTO / f"{name}-{width}.png", full_page=True)


def _documents(page: Page, address: str) -> None:
    """Every page of the two fullest plans' documents, once the worker has made them."""
    for slug in ("ashdown-primary", "kestrel-vale-high"):
        page.goto(f"{address}/organisations/{slug}/plan/2026-27/")
        link = page.locator('a[href^="/documents/"]')
        for _ in range(120):
            if link.count():
                break
            time.sleep(1)
            page.reload()
        answer = page.request.get(address + link.first.get_attribute("href"))
        file = Path(INTO / f"{slug}.pdf")
        file.write_bytes(answer.body())
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(file), str(INTO / f"{slug}-page")], check=True)  # noqa: S607


if __name__ == "__main__":
    main()
