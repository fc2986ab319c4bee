"""What takes long to build is built once a test run: later tests get the same rows back, as the database holds them."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

_FLOORS = ("foundation", "governance", "sip", "monitoring", "account")


def remembered(folder: Path, build: Callable[[], object]) -> None:
    """Build, or put back the rows that an earlier build of this test run gave. The tables must be empty."""
    kept = folder / f"{build.__module__}-{connection.vendor}.pickle"
    if kept.exists():
        rows, files = pickle.loads(kept.read_bytes())  # noqa: S301  written by this very test run
        _put_back(rows)
        _put_files_back(files)
        return
    build()
    written = kept.with_suffix(f".{os.getpid()}")  # two workers may both build: the last one is kept
    written.write_bytes(pickle.dumps((_all_rows(), _all_files())))
    written.replace(kept)


def _tables() -> list[tuple[str, list[str]]]:
    """The tables of our own floors with their columns, those between two models included."""
    found = {}
    for name in _FLOORS:
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            found[model._meta.db_table] = [field.column for field in model._meta.concrete_fields]
    return sorted(found.items())


def _all_rows() -> dict[str, object]:
    return {
        table: (_copied_out if connection.vendor == "postgresql" else _read)(table, names) for table, names in _tables()
    }


def _all_files() -> dict[str, bytes]:
    """What people brought, by the name it is stored under."""
    return {f"uploads/{path.name}": path.read_bytes() for path in (settings.VAR_DIR / "storage/uploads").glob("*")}


def _put_files_back(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))


def _put_back(rows: dict[str, object]) -> None:
    with transaction.atomic():  # rows name rows of tables that are filled later
        for table, names in _tables():
            (_copy_in if connection.vendor == "postgresql" else _write)(table, names, rows[table])


# ---------------------------------------------------------------- SQLite: plain values, past Django's converters


def _read(table: str, names: list[str]) -> list[tuple]:
    columns = ", ".join(f'+"{name}"' for name in names)  # an expression has no declared type, so nothing is converted
    return connection.connection.execute(f'SELECT {columns} FROM "{table}"').fetchall()  # noqa: S608


def _write(table: str, names: list[str], rows: list[tuple]) -> None:
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection.connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)  # noqa: S608


# ---------------------------------------------------------------- PostgreSQL: its own way of copying


def _copied_out(table: str, names: list[str]) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({_listed(names)}) TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)


def _copy_in(table: str, names: list[str], rows: bytes) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({_listed(names)}) FROM STDIN") as copy:
            copy.write(rows)
        if "id" in names:  # what is added later begins after the last key
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
