"""A real Celery worker on the real broker, in a thread: eager tasks hide faults of serialisation and commits."""

import pytest
from celery.contrib.testing.worker import start_worker

from config.celery import app


@pytest.fixture
def worker(transactional_db):
    """While a test runs, its tasks are done. Wait for what they do: they are done a moment later."""
    app.control.purge()  # what earlier tests sent speaks of rows that are gone
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        yield
