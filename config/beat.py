"""Celery's beat with a heartbeat that others can see, and a lock that keeps a second beat on this machine waiting."""

import fcntl
from pathlib import Path

from celery.beat import PersistentScheduler
from django.conf import settings


class Scheduler(PersistentScheduler):
    """Touches a file at each tick: `/readyz` reads its age."""

    def setup_schedule(self):
        settings.BEAT_HEARTBEAT.parent.mkdir(parents=True, exist_ok=True)
        # Held until the process ends. Two beats would send each task twice: harmless, for work is claimed, but noise.
        self.only_one = Path(settings.BEAT_HEARTBEAT).with_suffix(".lock").open("w")
        fcntl.flock(self.only_one, fcntl.LOCK_EX)
        super().setup_schedule()

    def tick(self, *args, **kwargs):
        settings.BEAT_HEARTBEAT.touch()
        return super().tick(*args, **kwargs)
