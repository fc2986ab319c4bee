"""A real browser: Chromium without a window, on this machine alone, that fails a test at any error of a page."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 375, "height": 800}

# As long as a click waits: what a busy machine does slowly is not a fault of the page.
expect.set_options(timeout=30_000)


def chromium():
    """Where Chromium is, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    path = chromium()
    if not path:
        pytest.fail("Chromium is missing. Install it with: apt-get install chromium", pytrace=False)
    # Chromium writes settings and caches where these say, and they must not be the user's own.
    home = tmp_path_factory.mktemp("chromium")
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env={**os.environ, **places})
        yield started
        started.close()


@pytest.fixture
def new_page(browser, live_server):
    """new_page(): a page with its own cookies. Takes a context's options, as viewport=NARROW"""
    contexts, faults = [], []

    def make(**options):
        context = browser.new_context(
            **{
                "base_url": live_server.url,
                "locale": "en-GB",
                "timezone_id": "Europe/London",
                "viewport": WIDE,
                **options,
            }
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page):
    """One wide page."""
    return new_page()


@pytest.fixture(scope="session")
def axe():
    """axe(page): what axe finds on it, one line each; [] is what we want."""
    script = Axe()

    def find(page):
        page.wait_for_load_state()
        found = script.run(page, options={"resultTypes": ["violations", "incomplete"]}).response["violations"]
        return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]

    return find


def watch(page, faults):
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", lambda request: _check(request, faults))
    page.on("console", lambda message: _listen(message, page, faults))


def _check(request, faults):
    url = urlsplit(request.url)
    if url.scheme not in {"data", "blob", "about"} and url.hostname not in {"localhost", "127.0.0.1"}:
        faults.append(f"The page asked for {request.url}.")


def _listen(message, page, faults):
    # The browser itself reports an answer of 4xx here; a test that provokes one asserts it.
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        faults.append(f"{page.url}: {message.text}")
