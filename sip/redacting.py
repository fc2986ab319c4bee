"""A version with parts withheld that can still be verified: each withheld block's salted hash stands in its place, so
that the whole gives the hash that was taken when the version was frozen (foundation.frozen)."""

import json
import re
from dataclasses import dataclass

from foundation import clock, frozen
from sip import editions, versions, written
from sip.models import Version

MOST_BYTES = 4 * 1024 * 1024  # a file of a plan of 2,000 actions has less than a third of it
_HASH = re.compile("[0-9a-f]{64}")


def of(version: Version, edition: str) -> dict:
    """The file of an edition of a version, for whoever wants to check it."""
    blocks = {block["name"]: block["body"] for block in version.record["blocks"]}
    own = editions.own_of(blocks)
    # A block of a version from before editions may hold, beside what is for everyone, what is not: it stays out whole.
    cut = editions.parted(blocks)
    beside = {name for name in cut if name not in blocks and not editions.holds(edition, name, own)}
    mixed = {editions.cut_from(name) for name in beside}
    out = {name for name in blocks if name in mixed or not editions.holds(edition, name, own)}
    left = editions.left_out(versions.blocks_of(version), edition)
    return {
        "about": f"{version.plan.organisation.name}: {version}",
        "edition": left.says,
        "frozen": clock.in_london(version.frozen_at).isoformat(timespec="seconds"),
        "hash": version.hash,
        "record": frozen.withhold(version.record, out),
    }


def file_name(version: Version, edition: str) -> str:
    """ "ashdown-primary-plan-2026-27-version-2-public.json"."""
    plan = version.plan
    year = plan.year_in_words.replace("/", "-")
    return f"{plan.organisation.slug}-plan-{year}-version-{version.number}-{edition}.json"


@dataclass(frozen=True)
class Finding:
    """What a check of a file came to. `is_genuine`: it is word for word what was frozen here."""

    is_genuine: bool
    says: str
    version: Version | None = None
    withheld: int = 0


def check(content: bytes) -> Finding:
    """Whether this file is an unaltered edition of a version that was frozen here."""
    read = _read(content)
    if read is None:
        return Finding(False, "This is not the file of an edition: it cannot be read as one.")
    stated, record = read
    version = Version.objects.filter(hash=stated).select_related("plan__organisation").first()
    if frozen.hash_of(record) != stated:
        return Finding(False, _altered(record, version), version)
    if version is None:
        return Finding(False, "No version that was frozen here has this hash. The file may come from another site.")
    return Finding(True, _genuine(version), version, sum("hash" in block for block in record["blocks"]))


def _read(content: bytes) -> tuple[str, dict] | None:
    """The stated hash and the record of a file; None where it is not one."""
    try:
        file = json.loads(content)
        frozen.canonical(file).encode()
    except (ValueError, RecursionError):  # a lone surrogate is a ValueError too
        return None
    if not isinstance(file, dict) or not _HASH.fullmatch(str(file.get("hash"))):
        return None
    record = file.get("record")
    if not isinstance(record, dict) or record.get("format") != frozen.FORMAT:
        return None
    blocks = record.get("blocks")
    if not isinstance(blocks, list) or not all(map(_is_block, blocks)):
        return None
    return (file["hash"], record) if len({block["name"] for block in blocks}) == len(blocks) else None


def _is_block(block) -> bool:
    shapes = ({"name", "salt", "body"}, {"name", "hash"})
    words = isinstance(block, dict) and all(isinstance(block.get(key, ""), str) for key in ("name", "salt", "hash"))
    return words and set(block) in shapes


def _genuine(version: Version) -> str:
    frozen_on = written.day(clock.in_london(version.frozen_at).date())
    return (
        f"Every word in it is as it was frozen on {frozen_on}, in version {version.number} of the "
        f"{version.plan} of {version.plan.organisation}."
    )


def _altered(record: dict, version: Version | None) -> str:
    """Which parts differ, where the version is known; a file of an unknown one tells no more than that it differs."""
    if version is None:
        return "It was altered: its words do not give the hash that it states."
    true = {block["name"]: frozen.hash_of_block(block) for block in version.record["blocks"]}
    found = {block["name"]: frozen.hash_of_block(block) for block in record["blocks"]}
    differing = [name for name in dict.fromkeys([*true, *found]) if true.get(name) != found.get(name)]
    if not differing:
        return f"It was altered: its parts do not stand in the order in which version {version.number} was frozen."
    named = written.listed([f"“{name}”" for name in differing[:5]])
    more = " and others" if len(differing) > 5 else ""
    which = "this part is" if len(differing) == 1 else "these parts are"
    return f"It was altered: {which} not as frozen in version {version.number}: {named}{more}."
