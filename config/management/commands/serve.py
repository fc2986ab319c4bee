"""`manage.py serve`: everything that a running Holdfast is, in one command. `make run` calls it with DEMO=1."""

import json
import os
import signal
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, call_command

from config import environment, preflight
from config.supervisor import Supervisor

START_WITHIN = 30


class Command(BaseCommand):
    help = "Prepares the database and runs the web server, the worker and beat until it is told to end."
    requires_system_checks = []  # they need no database, and a page's fault must not hide a wrong DATABASE_URL

    def handle(self, **options):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: sys.exit(0))
        if problems := preflight.problems():
            environment.stop(*problems)
        if missing := preflight.missing_for_pdf():
            self.say(f"PDFs cannot be made here. Install what they need: apt-get install {' '.join(missing)}")
        self.prepare()
        Supervisor(programs(), child_environment()).run(self.when_started)
        self.say("Ended.")

    def say(self, line=""):
        self.stdout.write(line)
        self.stdout.flush()

    def prepare(self):
        """Bring database and static files to where this version wants them."""
        settings.BEAT_HEARTBEAT.parent.mkdir(exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.REDIS_URL:
            call_command("createcachetable", verbosity=0)
        if settings.DEMO:
            self.load_demonstration()
        call_command("collectstatic", interactive=False, verbosity=0)

    def load_demonstration(self):
        if apps.get_model("governance", "Organisation").objects.exists():
            self.say("The data are left as they are. To begin anew: make demo-reset")
            return
        self.say("Making the demonstration data: about a minute, once.")
        call_command("load_demo", stdout=self.stdout)

    def when_started(self, supervisor):
        """Say where it is, once it answers."""
        if not answers(supervisor):
            return
        self.say()
        self.say(f"Holdfast is at {settings.SITE_URL}")
        if settings.DEMO:
            for line in sign_ins():
                self.say(line)
        self.say("Ctrl-C ends it.")


def programs():
    """The three programs, each started anew should it die."""
    host, port = preflight.address()
    python, celery = [sys.executable, "-m"], [sys.executable, "-m", "celery", "-A", "config.celery", "-q"]
    web = [
        "gunicorn", "config.wsgi",
        "--bind", f"{host}:{port}", "--workers", str(settings.WEB_WORKERS), "--worker-class", "gthread",
        "--threads", "4", "--timeout", "60", "--graceful-timeout", "5", "--max-requests", "5000",
        "--max-requests-jitter", "500", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    worker = ["worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web server": python + web,
        "worker": celery + worker,
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile="],
    }


def child_environment():
    """Ours, with the caches of the PDF maker's fonts among our own files."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
        "XDG_CACHE_HOME": str(settings.VAR_DIR / "cache"),
    }


def answers(supervisor):
    """Wait until the web server answers, or it is time to end."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and not supervisor.ending:
        try:
            with urlopen(f"http://127.0.0.1:{settings.PORT}/healthz", timeout=2):  # noqa: S310  our own address
                return True
        except (URLError, OSError):
            time.sleep(0.2)
    return False


def sign_ins():
    """Who can sign in to the demonstration, as lines."""
    told = json.loads(settings.DEMO_ACCOUNTS.read_text())
    names = {item["slug"]: item["name"] for item in told["organisations"]}
    yield f"Sign in with one of these, and the password {told['password']}"
    for account in told["accounts"]:
        held = account.get("roles", []) + account.get("seats", [])
        parts = [", ".join(filter(None, (what, names.get(slug)))) for slug, what in held]
        yield f"  {account['email']:<30} {account['name']:<18} {'; '.join(parts)}"
