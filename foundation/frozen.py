"""What is frozen stays as it was: canonical JSON, SHA-256 over salted blocks, and triggers that refuse a change."""

import hashlib
import json
import secrets
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.db import connection, migrations, models
from django.utils.functional import cached_property

FORMAT = 1  # of the hash; raised whenever the way of taking it changes, so that old records can still be verified


def word(value) -> str:
    """How a value that JSON has no word for is written: dates in ISO, moments in UTC, money as digits."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value):
        return json.dumps(asdict(value), default=word, sort_keys=True, ensure_ascii=False)
    return str(value)


def canonical(content) -> str:
    """The one way in which this content is written: keys sorted, no spare space, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=word)


def sha256(content) -> str:
    """SHA-256, in hexadecimal, of the canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def seal(blocks: dict[str, object]) -> dict:
    """Blocks by name → a record {format, blocks: [{name, salt, body}]} ready to be stored. Each block has its own salt,
    so that an edition without it can still be verified and a small figure cannot be guessed from its hash."""
    return {
        "format": FORMAT,
        "blocks": [{"name": name, "salt": secrets.token_hex(16), "body": body} for name, body in blocks.items()],
    }


def hash_of(record: dict) -> str:
    """The hash of a sealed record, or of one with blocks withheld: over its format and, in order, each block's name and
    salted hash."""
    hashes = [[block["name"], hash_of_block(block)] for block in record["blocks"]]
    return sha256({"format": record["format"], "blocks": hashes})


def hash_of_block(block: dict) -> str:
    """The salted hash of one block; of a withheld one the hash that stands in its place."""
    return block["hash"] if "hash" in block else sha256([block["salt"], block["body"]])


def withhold(record: dict, names: set[str]) -> dict:
    """The record with these blocks' salts and bodies replaced by their salted hash: it has the same hash."""
    return record | {
        "blocks": [
            {"name": block["name"], "hash": hash_of_block(block)} if block["name"] in names else block
            for block in record["blocks"]
        ]
    }


def is_as_frozen(record: dict, hash: str) -> bool:
    """Whether a stored record is whole and gives the hash that was taken when it was sealed."""
    return not any("hash" in block for block in record["blocks"]) and hash_of(record) == hash


class Sealed(models.Model):
    """A sealed record as it was frozen. Never changed, never deleted: its table is frozen. `content` is the canonical
    JSON of the record; `hash` is taken over its salted blocks."""

    frozen_at = models.DateTimeField()
    content = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @cached_property
    def record(self) -> dict:
        """The sealed record that `content` is the canonical form of. Read once: it never changes."""
        return json.loads(self.content)

    @property
    def is_unharmed(self) -> bool:
        """Whether the content still gives the hash that was taken when it was frozen."""
        return is_as_frozen(self.record, self.hash)


# --- the database's own refusal -------------------------------------------------------------------------------------

REFUSAL = "This record is frozen: it can be added to, never changed or deleted."

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_refuses_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
    """CREATE OR REPLACE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
)


def freeze_table(table: str, using=None) -> None:
    """From now on the database refuses UPDATE, DELETE and TRUNCATE on this table."""
    using = using or connection
    with using.cursor() as cursor:
        if using.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(_SQLITE.format(table=table, verb=verb, refusal=REFUSAL))
        else:
            for statement in _POSTGRESQL:
                cursor.execute(statement.format(table=table, refusal=REFUSAL))


def thaw_table(table: str, using=None) -> None:
    """Take the refusal away: for beginning a demonstration anew, and for tests that empty the database."""
    using = using or connection
    with using.cursor() as cursor:
        if using.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
        else:
            for name in ("change", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{name} ON {table}")


def freezing(table: str) -> migrations.RunPython:
    """The migration step that freezes a table."""
    return migrations.RunPython(
        lambda apps, editor: freeze_table(table, editor.connection),
        lambda apps, editor: thaw_table(table, editor.connection),
    )
