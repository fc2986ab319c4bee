"""What the environment says, read once and checked: `settings.py` is the only reader.

Every variable that an operator may set stands in `read()`; what each means is in docs/operators.md.
What is wrong is collected and told together, one line each, and the process ends with code 2 before
anything is touched.

`VAR_DIR` (the folder for everything that is written: default `var/` in the project) is for tests, which
must not touch the data of the folder that they run in.
"""

import datetime
import ipaddress
import json
import sys
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import dj_email_url
from environs import Env, EnvValidationError, ValidationError

ROOT = Path(__file__).resolve().parent.parent
DEMO_ACCOUNTS = ROOT / "monitoring" / "demonstration" / "demo-accounts.json"
# Known to everybody, and good enough: with DEMO=1 nothing listens beyond this machine.
DEMO_SECRET = "for-the-demonstration-on-this-machine-only-and-known-to-everybody"  # noqa: S105
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
SECRET_LENGTH = 50


@dataclass(frozen=True)
class Environment:
    """The checked values."""

    allowed_hosts: list
    database: dict
    debug: bool
    demo: bool
    email: dict
    port: int
    redis_url: str
    secret_key: str
    site_url: str
    storage: dict
    today: datetime.date | None
    var: Path
    web_workers: int


def read():
    """The environment as typed values, or the end of the process with one line for each thing that is wrong."""
    env = _parsers(Env(eager=False))
    var = env.folder("VAR_DIR", str(ROOT / "var"))
    demo, debug = env.switch("DEMO", "0"), env.switch("DEBUG", "0")
    port = env.port("PORT", "8000")
    found = Environment(
        allowed_hosts=env.hosts("ALLOWED_HOSTS", "") or (LOOPBACK if demo else []),
        database=env.database("DATABASE_URL", "") or _sqlite(var),
        debug=debug,
        demo=demo,
        email=env.mail("EMAIL_URL", "") or _mail_folder(var),
        port=port,
        redis_url=env.redis("REDIS_URL", ""),
        secret_key=env.secret("SECRET_KEY", "") or (DEMO_SECRET if demo else ""),
        site_url=env.site("SITE_URL", "") or (f"http://127.0.0.1:{port}" if demo else ""),
        storage=env.storage("STORAGE_URL", "") or _storage_folder(var),
        today=env.day("TODAY", "") or (_demonstration_day() if demo else None),
        var=var,
        web_workers=env.workers("WEB_WORKERS", "2"),
    )
    problems = _malformed(env) or _missing(found) + _at_odds(found)
    if problems:
        stop(*problems)
    return found


def stop(*lines):
    """End the process as a wrong environment does: one line each, code 2."""
    for line in lines:
        print(f"Holdfast cannot start: {line}", file=sys.stderr)
    raise SystemExit(2)


def _malformed(env):
    try:
        env.seal()
    except EnvValidationError as error:
        return [f"{name} {messages[0]}" for name, messages in error.error_messages.items()]
    return []


def _missing(found):
    if found.demo:
        return []
    hints = {
        "SECRET_KEY": (found.secret_key, f"a secret of {SECRET_LENGTH} characters or more"),
        "ALLOWED_HOSTS": (found.allowed_hosts, "the host names that this site answers to, separated by commas"),
        "SITE_URL": (found.site_url, "the address that people use, such as https://holdfast.example.org"),
    }
    return [f"{name} is missing. It is {what}." for name, (value, what) in hints.items() if not value]


def _at_odds(found):
    problems = []
    if not found.demo and found.today:
        problems.append("TODAY is only for the demonstration (DEMO=1). Leave it out here.")
    if found.demo and (beyond := [host for host in found.allowed_hosts if not _is_loopback(host)]):
        problems.append(
            f"ALLOWED_HOSTS goes beyond this machine ({', '.join(beyond)}), which the demonstration (DEMO=1) must not."
        )
    return problems


def host_of(url):
    """The host name in an address."""
    return urlsplit(url).hostname


def _is_loopback(host):
    bare = host.strip("[]")
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return bare == "localhost"


# Each of these makes one value of one text, or says in one line what the text ought to be.


def _parsers(env):
    parsers = {
        "day": _day,
        "database": _database,
        "folder": _folder,
        "hosts": _hosts,
        "mail": _mail,
        "port": lambda text: _number(text, 1, 65535),
        "redis": _redis,
        "secret": _secret,
        "site": _site,
        "storage": _storage,
        "switch": _switch,
        "workers": lambda text: _number(text, 1, 64),
    }
    for name, parser in parsers.items():
        env.add_parser(name, parser)
    return env


def _switch(text):
    if text.lower() not in {"", "0", "1", "true", "false"}:
        raise ValidationError(f'is "{text}". Write 1 for on or 0 for off.')
    return text.lower() in {"1", "true"}


def _number(text, lowest, highest):
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise ValidationError(f'is "{text}". Write a number from {lowest} to {highest}.')
    return int(text)


def _day(text):
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise ValidationError(f'is "{text}", which is not a date. Write it as 2026-11-24.') from None


def _demonstration_day():
    return datetime.date.fromisoformat(json.loads(DEMO_ACCOUNTS.read_text())["today"])


def _secret(text):
    if text and len(text) < SECRET_LENGTH:
        raise ValidationError(f"is too short. It must have {SECRET_LENGTH} characters or more.")
    return text


def _hosts(text):
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if any("/" in host or " " in host for host in hosts):
        raise ValidationError(f'is "{text}". Write host names separated by commas, without https://.')
    return hosts


def _site(text):
    url = _split(text)
    if text and (url is None or url.scheme not in {"http", "https"} or not url.hostname or url.path.strip("/")):
        raise ValidationError(f'is "{text}". Write the address without a path, such as https://holdfast.example.org.')
    return text.rstrip("/")


def _redis(text):
    url = _split(text)
    if text and (url is None or url.scheme not in {"redis", "rediss"} or not url.hostname):
        raise ValidationError("is not a Redis address. Write it as redis://127.0.0.1:6379/0.")
    return text


def _split(text):
    try:
        url = urlsplit(text)
        _ = url.port  # a port that is no number shows only when it is read
    except ValueError:
        return None
    return url


def _folder(text):
    folder = Path(text).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValidationError(f"is {folder}, which cannot be made or used: {error.strerror}.") from None
    return folder


def _sqlite(var):
    # An empty VAR_DIR value stands for one that has been refused already.
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(var or ROOT) / "holdfast.sqlite3")}


def _database(text):
    if not text:
        return None
    how = "Write it as sqlite:////full/path/file.sqlite3 or postgres://user:password@host:5432/name."
    try:
        found = dj_database_url.parse(text)
    except ValueError:
        raise ValidationError(f"cannot be read. {how}") from None
    kind = found["ENGINE"].rpartition(".")[2]
    if kind not in {"sqlite3", "postgresql"} or found["NAME"] in {"", ":memory:"}:
        raise ValidationError(f"names no database that Holdfast can use. {how}")
    if kind == "sqlite3" and not Path(found["NAME"]).absolute().parent.is_dir():
        raise ValidationError(f"names a file in {Path(found['NAME']).absolute().parent}, and there is no such folder.")
    return found


def _mail_folder(var):
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(Path(var or ROOT) / "mail"),
    }


def _mail(text):
    if not text:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a word about old spellings of a scheme would be a second line
            found = dj_email_url.parse(text)
    except (ValueError, KeyError):
        found = {}
    if not found.get("EMAIL_BACKEND"):
        raise ValidationError("cannot be read. Write it as submission://user:password@mail.example.org:587.")
    found["EMAIL_TIMEOUT"] = found.get("EMAIL_TIMEOUT") or 20
    if text.startswith("smtps:"):  # TLS from the first byte; the library takes it for STARTTLS
        found |= {"EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False, "EMAIL_PORT": found["EMAIL_PORT"] or 465}
    return found


def _storage_folder(var):
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(Path(var or ROOT) / "storage"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _storage(text):
    if not text:
        return None
    url = _split(text)
    if url is None or url.scheme != "s3" or not url.hostname or not url.path.strip("/"):
        raise ValidationError("cannot be read. Write it as s3://key:secret@host/bucket.")
    if not find_spec("storages"):
        raise ValidationError('needs one more package: pip install "django-storages[s3]".')
    options = {
        "access_key": unquote(url.username or ""),
        "secret_key": unquote(url.password or ""),
        "endpoint_url": f"https://{url.hostname}" + (f":{url.port}" if url.port else ""),
        "bucket_name": url.path.strip("/"),
        "default_acl": None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
