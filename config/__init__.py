"""The settings, the addresses, the queue and the health of the whole; the four floors stand under it."""

# Celery's app must be there wherever Django is, so that a task sent from a page finds its broker.
from config.celery import app as celery_app

__all__ = ["celery_app"]
