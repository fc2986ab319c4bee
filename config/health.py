"""What machines ask: is this process up, and can it do its work?"""

import tempfile
import time

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse

from foundation.access import public

HEARTBEAT_SECONDS = 120


@public("a machine that watches over this one has no sign-in")
def healthz(request):
    """200 whenever this process answers at all."""
    return _plain("ok")


@public("a machine that watches over this one has no sign-in")
def readyz(request):
    """200 when the database and the queue answer; 503 with the name of each that does not."""
    faults = [fault for check in (_database, _queue) if (fault := check())]
    return _plain("\n".join(faults) or "ready", status=503 if faults else 200)


def _plain(words, status=200):
    return HttpResponse(f"{words}\n", content_type="text/plain", status=status, headers={"Cache-Control": "no-store"})


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "database: does not answer"
    return None


def _queue():
    return _redis() if settings.REDIS_URL else _folder() or _heartbeat()


def _redis():
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=2) as broker:
            broker.ping()
    except redis.RedisError:
        return "queue: Redis does not answer"
    return None


def _folder():
    try:
        with tempfile.TemporaryFile(dir=settings.QUEUE_DIR):
            return None
    except OSError:
        return "queue: its folder cannot be written"


def _heartbeat():
    try:
        age = time.time() - settings.BEAT_HEARTBEAT.stat().st_mtime
    except OSError:
        return "beat: has never run"
    return None if age < HEARTBEAT_SECONDS else f"beat: last heard {int(age)} seconds ago"
