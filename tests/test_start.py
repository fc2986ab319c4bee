"""The start: each thing that is wrong is one clear line, and what was started ends with it."""

import contextlib
import datetime
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil
import pytest

from config import preflight
from config.celery import app
from config.environment import ROOT, read

SECRET = "a secret of more than fifty characters, as the start asks for one"
SITE = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "holdfast.example", "SITE_URL": "https://holdfast.example"}
OURS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "STORAGE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DEMO",
        "DEBUG", "PORT", "WEB_WORKERS", "TODAY", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}  # fmt: skip


@pytest.fixture
def environment(tmp_path):
    """environment(NAME=value, …): a whole environment with only these of our variables, and a folder of its own."""

    def make(**ours):
        others = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**others, "VAR_DIR": str(tmp_path / "var"), **ours}

    return make


@pytest.fixture
def start(environment):
    """start(*arguments, **variables): what manage.py printed on its error output, line by line, and its exit code."""

    def run(*arguments, **ours):
        command = [sys.executable, "manage.py", *arguments]
        ended = subprocess.run(command, cwd=ROOT, env=environment(**ours), capture_output=True, text=True, timeout=60)
        return ended.stderr.splitlines(), ended.returncode

    return run


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        (SITE | {"SECRET_KEY": ""}, "SECRET_KEY is missing. It is a secret of 50 characters or more."),
        (SITE | {"SECRET_KEY": "short"}, "SECRET_KEY is too short. It must have 50 characters or more."),
        (
            SITE | {"ALLOWED_HOSTS": ""},
            "ALLOWED_HOSTS is missing. It is the host names that this site answers to, separated by commas.",
        ),
        (
            SITE | {"ALLOWED_HOSTS": "https://holdfast.example"},
            'ALLOWED_HOSTS is "https://holdfast.example". Write host names separated by commas, without https://.',
        ),
        (
            SITE | {"SITE_URL": ""},
            "SITE_URL is missing. It is the address that people use, such as https://holdfast.example.org.",
        ),
        (
            SITE | {"SITE_URL": "holdfast.example"},
            'SITE_URL is "holdfast.example". Write the address without a path, such as https://holdfast.example.org.',
        ),
        (
            SITE | {"TODAY": "2026-11-24"},
            "TODAY is only for the demonstration (DEMO=1). Leave it out here.",
        ),
        ({"DEMO": "1", "TODAY": "24/11/2026"}, 'TODAY is "24/11/2026", which is not a date. Write it as 2026-11-24.'),
        ({"DEMO": "perhaps"}, 'DEMO is "perhaps". Write 1 for on or 0 for off.'),
        ({"DEMO": "1", "DEBUG": "2"}, 'DEBUG is "2". Write 1 for on or 0 for off.'),
        (
            {"DEMO": "1", "ALLOWED_HOSTS": "127.0.0.1,holdfast.example"},
            "ALLOWED_HOSTS goes beyond this machine (holdfast.example), which the demonstration (DEMO=1) must not.",
        ),
        ({"DEMO": "1", "PORT": "eighty"}, 'PORT is "eighty". Write a number from 1 to 65535.'),
        ({"DEMO": "1", "WEB_WORKERS": "0"}, 'WEB_WORKERS is "0". Write a number from 1 to 64.'),
        (
            {"DEMO": "1", "DATABASE_URL": "mysql://127.0.0.1/holdfast"},
            "DATABASE_URL names no database that Holdfast can use. Write it as sqlite:////full/path/file.sqlite3 or "
            "postgres://user:password@host:5432/name.",
        ),
        (
            {"DEMO": "1", "DATABASE_URL": "not an address"},
            "DATABASE_URL cannot be read. Write it as sqlite:////full/path/file.sqlite3 or "
            "postgres://user:password@host:5432/name.",
        ),
        (
            {"DEMO": "1", "DATABASE_URL": "sqlite:////not/there/holdfast.sqlite3"},
            "DATABASE_URL names a file in /not/there, and there is no such folder.",
        ),
        (
            {"DEMO": "1", "REDIS_URL": "127.0.0.1:6379"},
            "REDIS_URL is not a Redis address. Write it as redis://127.0.0.1:6379/0.",
        ),
        (
            {"DEMO": "1", "EMAIL_URL": "mail.example.org"},
            "EMAIL_URL cannot be read. Write it as submission://user:password@mail.example.org:587.",
        ),
        (
            {"DEMO": "1", "STORAGE_URL": "https://files.example.org"},
            "STORAGE_URL cannot be read. Write it as s3://key:secret@host/bucket.",
        ),
        (
            {"DEMO": "1", "VAR_DIR": "/proc/holdfast"},
            "VAR_DIR is /proc/holdfast, which cannot be made or used: No such file or directory.",
        ),
    ],
)
def test_a_wrong_variable_is_one_line(environment, monkeypatch, capsys, variables, line):
    monkeypatch.setattr(os, "environ", environment(**variables))
    with pytest.raises(SystemExit) as end:
        read()
    assert capsys.readouterr().err == f"Holdfast cannot start: {line}\n"
    assert end.value.code == 2


def test_every_wrong_variable_is_told_at_once_and_nothing_else(start):
    lines, code = start("check")
    assert [line.split()[3] for line in lines] == ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"]
    assert code == 2


def test_the_demonstration_needs_no_variable_but_its_own(environment, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "environ", environment(DEMO="1", PORT="8123"))
    found = read()
    assert found.database == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "var" / "holdfast.sqlite3"),
    }
    assert (found.today, found.site_url) == (datetime.date(2026, 11, 24), "http://127.0.0.1:8123")
    assert found.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]


@pytest.mark.parametrize(
    ("url", "server", "port", "ssl", "starttls"),
    [
        ("submission://user:word@mail.example", "mail.example", 587, False, True),
        ("smtps://user:word@mail.example", "mail.example", 465, True, False),
        ("smtp://mail.example", "mail.example", 25, False, False),
    ],
)
def test_mail_goes_out_as_its_address_says(environment, monkeypatch, url, server, port, ssl, starttls):
    monkeypatch.setattr(os, "environ", environment(DEMO="1", EMAIL_URL=url))
    mail = read().email
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == (server, port)
    assert (mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (ssl, starttls)


@pytest.mark.parametrize(("site", "secure"), [("https://holdfast.example", True), ("http://holdfast.example", False)])
def test_cookies_are_secure_where_the_site_is(environment, site, secure):
    script = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    variables = environment(DJANGO_SETTINGS_MODULE="config.settings", **(SITE | {"SITE_URL": site}))
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [str(secure)] * 3


def test_a_port_that_is_taken_is_one_line(start):
    with _taken_port() as port:
        answer = start("serve", DEMO="1", PORT=str(port))
    line = f"Holdfast cannot start: Port {port} is taken. Choose another: PORT={port + 1} make run"
    assert answer == ([line], 2)


def test_a_server_that_does_not_answer_is_one_line_without_its_password(start):
    url = "postgres://holdfast:secret-word@127.0.0.1:1/holdfast"
    (line,), code = start("serve", DEMO="1", PORT=str(_free_port()), DATABASE_URL=url)
    beginning = "Holdfast cannot start: The database (postgresql at 127.0.0.1:1) does not answer:"
    assert line.startswith(beginning) and line.endswith("Look at DATABASE_URL.")
    assert "secret-word" not in line
    assert code == 2


def test_a_file_that_is_no_database_is_one_line(start, tmp_path):
    (tmp_path / "letter.sqlite3").write_text("Dear governors, " * 100)
    (line,), code = start(
        "serve", DEMO="1", PORT=str(_free_port()), DATABASE_URL=f"sqlite:///{tmp_path}/letter.sqlite3"
    )
    assert line == (
        f"Holdfast cannot start: The database (sqlite at {tmp_path}/letter.sqlite3) does not answer: "
        "file is not a database. Look at DATABASE_URL."
    )
    assert code == 2


def test_a_redis_that_does_not_answer_is_one_line(start):
    (line,), code = start("serve", DEMO="1", PORT=str(_free_port()), REDIS_URL="redis://127.0.0.1:1/0")
    assert line.startswith("Holdfast cannot start: Redis does not answer:") and code == 2


def test_missing_libraries_of_the_pdf_maker_are_named(monkeypatch):
    monkeypatch.setattr(preflight, "_loads", lambda library: library.startswith("libharfbuzz"))
    assert preflight.missing_for_pdf() == ["libpango-1.0-0", "libpangoft2-1.0-0"]


def test_nothing_is_named_where_the_libraries_are():
    assert preflight.missing_for_pdf() == []


def test_every_task_of_the_timetable_is_there():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_serve_runs_three_programs_restarts_them_and_ends_them_all(environment, tmp_path):
    serving, port = _serve(environment, tmp_path)
    try:
        assert _answer(port, "/healthz") == (200, "ok\n")
        assert _answer(port, "/accounts/login/")[0] == 200
        beat = _program(serving, "beat")
        beat.send_signal(signal.SIGKILL)
        assert _until(lambda: _program(serving, "beat") not in {None, beat})
        assert all(_program(serving, name) for name in ("gunicorn", "worker"))
    finally:
        family = serving.children(recursive=True)
        serving.terminate()
    assert serving.wait(60) == 0
    assert _left_of(family, within=5) == []


def test_nothing_is_left_when_serve_itself_is_killed(environment, tmp_path):
    serving, _ = _serve(environment, tmp_path)
    family = serving.children(recursive=True)
    serving.kill()
    serving.wait()
    assert _left_of(family, within=60) == []


def _serve(environment, folder):
    """A running serve, as in production, and its port. Where tests/servers.py has started servers, it uses these."""
    port = _free_port()
    servers = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    site = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": f"http://127.0.0.1:{port}"}
    output = folder / "output"
    with output.open("w") as told:
        serving = psutil.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment(PORT=str(port), WEB_WORKERS="1", **site, **servers),
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        )
    if not _until(lambda: serving.poll() is not None or _answer(port, "/readyz") == (200, "ready\n")):
        serving.kill()
    if serving.poll() is not None:
        pytest.fail(output.read_text(), pytrace=False)
    return serving, port


def _program(serving, name):
    """That one of serve's programs, or None while there is none."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return next((child for child in serving.children() if name in child.cmdline()), None)
    return None


def _left_of(family, within):
    """Which of these processes still run; they are ended for good."""
    _, left = psutil.wait_procs(family, timeout=within)
    for process in left:
        process.kill()
    return left


def _answer(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()
    except OSError:
        return None, ""


def _until(happens, within=60):
    until = time.monotonic() + within
    while not (found := happens()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def _taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]
