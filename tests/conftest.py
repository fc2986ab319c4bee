"""What every test stands on: this machine alone, the frozen tables, a browser. The cast is in cast.py."""

import ipaddress
import socket
from contextlib import contextmanager

import hypothesis
import hypothesis.configuration
import pytest
from django.conf import settings
from django.core.cache import cache

from config.environment import ROOT
from tests.frozen_tables import thawed

pytest_plugins = ["tests.browser", "tests.worker", "tests.cast", "tests.world"]

hypothesis.configuration.set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
# The same examples each time: a change that breaks nothing finds the tests as green as before.
# How long one takes is no matter of a test: machines are shared.
hypothesis.settings.register_profile(
    "house",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def only_this_machine():
    """No test may speak to another machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = address[0]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise RuntimeError(f"A test tried to reach {host}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def frozen_tables_let_tests_empty_them():
    """A test with real transactions empties the database at its end, which frozen tables would refuse."""
    with thawed():
        yield


@pytest.fixture(autouse=True)
def fresh_cache():
    """Limits on tries count in the cache: one test's tries are not the next one's."""
    cache.clear()


@pytest.fixture(autouse=True, scope="module")
def fresh_storage_for_a_file():
    """Files that belong to a world which one file of tests shares go with that world."""
    with _what_is_stored_meanwhile_goes():
        yield


@pytest.fixture(autouse=True)
def fresh_storage():
    """Files that one test stored are not there for the next; those of the world that many tests share stay."""
    with _what_is_stored_meanwhile_goes():
        yield


@contextmanager
def _what_is_stored_meanwhile_goes():
    uploads = settings.VAR_DIR / "storage" / "uploads"
    before = set(uploads.glob("*"))
    yield
    for path in set(uploads.glob("*")) - before:
        path.unlink()
