"""An edition with parts withheld can be verified; an altered one is found out."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from foundation import frozen
from sip import redacting, showing, versions
from sip.models import Version
from tests.sip.drafts import draft


@pytest.fixture
def version(ashdown) -> Version:
    plan = draft(ashdown, what="A confidential thing to do")
    showing.say_who_reads(plan, block=f"actions:{plan.objectives.get().pk}", shown_to="confidential", by=ashdown.head)
    return versions.freeze(plan, by=ashdown.head)


def _file(version: Version, edition: str = "public") -> dict:
    return json.loads(json.dumps(redacting.of(version, edition)))


def _bytes(file) -> bytes:
    return json.dumps(file).encode()


@pytest.mark.parametrize("edition", ["public", "board", "confidential"])
def test_each_edition_gives_the_hash_of_the_whole(version, edition):
    file = _file(version, edition)
    assert frozen.hash_of(file["record"]) == version.hash == file["hash"]
    finding = redacting.check(_bytes(file))
    assert finding.is_genuine
    assert "version 1 of the School improvement plan 2026/27 of Ashdown Primary" in finding.says


def test_what_is_withheld_is_not_in_the_file_nor_its_salt(version):
    public, board = json.dumps(_file(version)), json.dumps(_file(version, "board"))
    for words in ("Ashdown Deputy", "Together.", "1200.50"):
        assert words not in public
    assert "Ashdown Deputy" in board
    assert "A confidential thing to do" not in board
    salts = {block["name"]: block["salt"] for block in version.record["blocks"]}
    withheld = [block["name"] for block in _file(version)["record"]["blocks"] if "hash" in block]
    assert withheld
    assert not any(salts[name] in public for name in withheld)


def test_a_version_from_before_editions_withholds_whole_what_holds_names(ashdown):
    plan = draft(ashdown)
    record = frozen.seal(versions.content_of(plan))
    new = versions.freeze(plan, by=ashdown.head)
    old = Version(
        plan=plan, number=7, frozen_at=new.frozen_at, content=frozen.canonical(record), hash=frozen.hash_of(record)
    )
    file = redacting.of(old, "public")
    assert frozen.hash_of(file["record"]) == old.hash
    assert "Ashdown Deputy" not in json.dumps(file)


def test_an_altered_word_is_found_and_its_part_named(version):
    file = _file(version)
    file["record"]["blocks"][0]["body"]["title"] = "Another plan"
    finding = redacting.check(_bytes(file))
    assert not finding.is_genuine
    assert finding.says == "It was altered: this part is not as frozen in version 1: “plan”."


def test_a_part_that_is_taken_out_or_put_elsewhere_is_found(version):
    file = _file(version)
    gone = file["record"]["blocks"].pop()
    assert gone["name"] in redacting.check(_bytes(file)).says
    file["record"]["blocks"].insert(0, gone)
    assert "order" in redacting.check(_bytes(file)).says


def test_a_file_that_states_a_hash_of_its_own_is_not_from_here(version):
    file = _file(version)
    file["record"]["blocks"][0]["body"]["title"] = "Another plan"
    file["hash"] = frozen.hash_of(file["record"])
    finding = redacting.check(_bytes(file))
    assert not finding.is_genuine
    assert "No version that was frozen here" in finding.says


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'"a"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"hash": 1, "record": {}}',
        b'{"hash": "' + b"a" * 64 + b'", "record": {"format": 1}}',
        b'{"hash": "' + b"a" * 64 + b'", "record": {"format": 1, "blocks": [1]}}',
        b'{"hash": "' + b"a" * 64 + b'", "record": {"format": 1, "blocks": [{"name": [], "hash": "x"}]}}',
        b'{"hash": "' + b"a" * 64 + b'", "record": {"format": 2, "blocks": []}}',
        b'{"hash": "' + b"a" * 64 + b'", "record": {"format": 1, "blocks": [{"name": "\\ud800", "hash": "x"}]}}',
        b'{"hash": "\\u0000", "record": {"format": 1, "blocks": []}}',
    ],
)
def test_what_is_no_edition_is_said_to_be_none(db, content):
    assert redacting.check(content).says == "This is not the file of an edition: it cannot be read as one."


def test_a_stored_version_with_a_part_withheld_is_not_whole(version):
    withheld = frozen.withhold(version.record, {"plan"})
    assert frozen.hash_of(withheld) == version.hash
    assert not frozen.is_as_frozen(withheld, version.hash)


# ---------------------------------------------------------------- the pages and the command


def test_an_edition_is_downloaded_by_who_may_read_it(version, ashdown, kestrel, client):
    for reader, edition, status in (
        (ashdown.associate, "public", 200),
        (ashdown.associate, "board", 200),
        (ashdown.associate, "confidential", 403),
        (ashdown.governor, "confidential", 200),
        (ashdown.head, "leaders", 404),
        (ashdown.head, "no-such", 404),
        (kestrel.head, "public", 404),
    ):
        client.force_login(reader)
        answer = client.get(reverse("redacted", args=[version.pk, edition]))
        assert answer.status_code == status, (reader, edition)
        if status == 200:
            assert redacting.check(answer.content).is_genuine
            name = f"ashdown-primary-plan-2026-27-version-1-{edition}.json"
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_anyone_checks_a_file_without_signing_in(version, client):
    address = reverse("check_edition")
    assert client.get(address).status_code == 200
    file = SimpleUploadedFile("edition.json", _bytes(_file(version)))
    page = client.post(address, {"file": file})
    assert page.status_code == 200
    assert "It is genuine" in page.text
    assert version.hash in page.text
    altered = _file(version) | {"hash": "0" * 64}
    page = client.post(address, {"file": SimpleUploadedFile("edition.json", _bytes(altered))})
    assert "It cannot be relied on" in page.text


def test_no_file_and_one_that_is_too_large_are_refused_in_words(db, client, monkeypatch):
    address = reverse("check_edition")
    page = client.post(address)
    assert page.status_code == 422
    assert "Choose the file of an edition" in page.text
    monkeypatch.setattr("sip.forms.editions.MOST_BYTES", 10)
    page = client.post(address, {"file": SimpleUploadedFile("edition.json", b"x" * 2000)})
    assert page.status_code == 422
    assert "This file is 2 KB" in page.text


def test_the_command_checks_a_file(version, tmp_path):
    path, out = tmp_path / "edition.json", io.StringIO()
    path.write_bytes(_bytes(_file(version)))
    call_command("verify_versions", file=str(path), stdout=out)
    assert "as it was frozen" in out.getvalue()
    path.write_bytes(_bytes(_file(version) | {"hash": "0" * 64}))
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_versions", file=str(path), stderr=err)
    assert "altered" in err.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_versions", file=str(tmp_path / "none.json"))
