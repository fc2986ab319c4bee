"""The settings for tests: the product's own, in a fresh folder, with a day that never moves.

`DATABASE_URL` and `REDIS_URL` choose the servers (tests/servers.py starts them); without them SQLite serves.
"""

import atexit
import datetime
import os
import shutil
import tempfile
from pathlib import Path

_name_of_worker = os.environ.get("PYTEST_XDIST_WORKER")
if _name_of_worker:
    # A worker ends without tidying up: its folder stands in that of the run which started it.
    _folder = Path(os.environ["HOLDFAST_TESTS"]) / _name_of_worker
    _folder.mkdir()
else:
    _folder = Path(tempfile.mkdtemp(prefix="holdfast-tests-"))
    _made_by = os.getpid()
    os.environ["HOLDFAST_TESTS"] = str(_folder)
    atexit.register(lambda: os.getpid() == _made_by and shutil.rmtree(_folder, ignore_errors=True))

for _name in ("DEMO", "DEBUG", "TODAY", "EMAIL_URL", "STORAGE_URL", "PORT", "WEB_WORKERS"):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "a secret for tests alone, long enough for the check of its length"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SITE_URL"] = "http://testserver"
os.environ["VAR_DIR"] = str(_folder)
if os.environ.get("REDIS_URL"):
    # A database of its own for each worker: one that empties its cache must not empty the others'.
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{int((_name_of_worker or 'gw0')[2:])}"

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, DATABASES, REDIS_URL, STATIC_ROOT, STORAGES  # noqa: E402

TODAY = datetime.date(2026, 11, 24)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir()
if not REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads then have a connection each, as in production. Nobody cuts the power here.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"

# A browser in a session-wide fixture keeps an event loop running in this thread, at which Django would refuse every
# query. The product has no asynchronous code that the refusal could protect.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
