"""The queue: the Celery app and its timetable."""

import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Celery warns of running as root, where a message could bring code along. Ours are JSON, and carry a number.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("holdfast")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["foundation", "governance", "sip", "monitoring"])
# What still waits is found again each minute; a tick that nobody took before the next is not done twice. The hours are
# London's: reminders go out at seven, and again when something kept them from it.
app.conf.beat_schedule = {
    "deliver mail": {"task": "foundation.tasks.deliver_mail", "schedule": 60.0, "options": {"expires": 50}},
    "make documents": {"task": "sip.tasks.make_documents", "schedule": 60.0, "options": {"expires": 50}},
    "make reports": {"task": "monitoring.tasks.make_reports", "schedule": 60.0, "options": {"expires": 50}},
    "make papers": {"task": "monitoring.tasks.make_bundles", "schedule": 60.0, "options": {"expires": 50}},
    "make papers of the year": {"task": "monitoring.tasks.make_papers", "schedule": 60.0, "options": {"expires": 50}},
    "open reviews": {
        "task": "monitoring.tasks.open_reviews",
        "schedule": crontab(minute=5),
        "options": {"expires": 3000},
    },
    "share visits": {
        "task": "monitoring.tasks.share_visits",
        "schedule": crontab(minute=15),
        "options": {"expires": 3000},
    },
    "close lapsed resolutions": {
        "task": "governance.tasks.close_lapsed_resolutions",
        "schedule": crontab(minute=10),
        "options": {"expires": 3000},
    },
    "send reminders": {
        "task": "monitoring.tasks.send_reminders",
        "schedule": crontab(minute="*/15", hour="7-20"),
        "options": {"expires": 600},
    },
}
