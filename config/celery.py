"""The queue: the Celery app and its timetable."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("holdfast")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["foundation", "governance", "sip", "monitoring"])
app.conf.beat_schedule = {
    "deliver mail": {"task": "foundation.tasks.deliver_mail", "schedule": 60.0, "options": {"expires": 50}},
    "sweep": {"task": "foundation.tasks.sweep", "schedule": 60.0, "options": {"expires": 50}},
}
