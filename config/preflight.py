"""What must be so before the start, and one clear line for each thing that is not."""

import contextlib
import ctypes
import errno
import socket

import redis
from django.conf import settings
from django.db import Error, connection, connections

# WeasyPrint's libraries, by their names on Linux and on a Mac.
PANGO = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}


def address():
    """Where the web server listens: the demonstration on this machine alone."""
    return ("127.0.0.1" if settings.DEMO else "0.0.0.0", settings.PORT)  # noqa: S104  behind the operator's proxy


def problems():
    """What stops the start, one line each."""
    return [line for check in (_port, _database, _redis) if (line := check())]


def missing_for_pdf():
    """The Debian packages that PDFs need and this machine lacks. Pages live without them."""
    return [package for package, names in PANGO.items() if not any(map(_loads, names))]


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _port():
    try:
        with socket.socket() as probe:
            # As the server will: a port that an ended server has just left is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address())
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {settings.PORT} is taken. Choose another: PORT={settings.PORT + 1} make run"
        return f"Port {settings.PORT} cannot be used: {error.strerror}. Choose another: PORT=8000 make run"
    return None


def _database():
    database = settings.DATABASES["default"]
    try:
        with contextlib.closing(_lone_connection()) as found:
            found.ensure_connection()
    except Error as error:
        where = database["NAME"] if connection.vendor == "sqlite" else f"{database['HOST']}:{database['PORT'] or 5432}"
        first_line = str(error).strip().splitlines()[0].rstrip(".")
        return f"The database ({connection.vendor} at {where}) does not answer: {first_line}. Look at DATABASE_URL."
    return None


def _lone_connection():
    """One outside the pool, which would try for long and log each try."""
    alone = connections.create_connection("default")
    options = {name: value for name, value in alone.settings_dict["OPTIONS"].items() if name != "pool"}
    alone.settings_dict = {**alone.settings_dict, "OPTIONS": options}
    return alone


def _redis():
    if not settings.REDIS_URL:
        return None
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as broker:
            broker.ping()
    except redis.RedisError as error:
        return f"Redis does not answer: {error}. Look at REDIS_URL."
    return None
