"""What a journey needs: a page of somebody who is signed in, and the worker's part done at once."""

import pytest
from django.test import Client

from monitoring import bundles, reports
from sip import documents
from tests.make import PASSWORD


@pytest.fixture
def sign_in(new_page):
    """sign_in(user, …): a page of that person, signed in through the sign-in page."""

    def enter(user, **options):
        page = new_page(**options)
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        return page

    return enter


@pytest.fixture
def worker():
    """worker(): makes every document and report that waits, as the worker does. Returns how many it made."""
    return lambda: sum(one.make(number) for one in (documents, reports, bundles) for number in one.sweep())


@pytest.fixture
def page_of(new_page, live_server, settings):
    """page_of(user, …): a page of that person, signed in without the sign-in page, which takes its time."""

    def enter(user, **options):
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page = new_page(**options)
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return page

    return enter
