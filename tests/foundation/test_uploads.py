"""Files that people bring: what is taken and what is refused, where the bytes lie, and how they are handed out."""

import io
import struct
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from foundation import file_kinds, uploads
from foundation.errors import Conflict
from foundation.file_kinds import PDF, Refused
from governance.models import ItemPaper
from tests import files


def brought(name: str, content: bytes, kinds=file_kinds.EVERY_KIND) -> uploads.Brought:
    return uploads.check(SimpleUploadedFile(name, content), kinds)


def refusal(name: str, content: bytes, kinds=file_kinds.EVERY_KIND) -> str:
    with pytest.raises(Refused) as refused:
        brought(name, content, kinds)
    return str(refused.value)


# ---------------------------------------------------------------- what is taken


@pytest.mark.parametrize("name", files.EVERY)
def test_the_seven_kinds_are_taken_for_what_they_are(name):
    taken = brought(name, files.EVERY[name])
    assert taken.media_type == file_kinds.of_ending(name).media_type
    assert (taken.name, taken.content) == (name, files.EVERY[name])


@pytest.mark.parametrize("content", ["Größe;Zahl\n1;2".encode("cp1252"), "\ufeffa,b\r\n1,2".encode(), b"a\tb\n1\t2"])
def test_a_table_as_programs_save_it_here(content):
    assert brought("table.csv", content).media_type.startswith("text/csv")


# ---------------------------------------------------------------- what is refused, and how that is said


def test_a_file_that_is_not_what_it_says():
    assert refusal("survey.pdf", files.office("docx")) == (
        "“survey.pdf” is a Word document by its content. If that is right, give its name the ending .docx"
    )
    assert refusal("survey.pdf", b"<html>nothing</html>") == (
        "“survey.pdf” is not a PDF, though its name says so. Save it as one, and choose it again"
    )
    assert refusal("chart.png", files.JPEG).startswith("“chart.png” is a JPEG picture by its content")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("program.exe", b"MZ\x90\x00" + b"\x00" * 60),
        ("no ending", b"whatever"),
        ("archive.zip", b""),
    ],
)
def test_what_is_no_document(name, content):
    content = content or _zipped({"readme.txt": b"words"})
    assert refusal(name, content) == (
        f"“{name}” is not of a kind that can be added. Choose a file of this kind: "
        "PDF, Word, Excel, PowerPoint, CSV, PNG or JPEG"
    )


@pytest.mark.parametrize("content", [b"<svg/>, a", b"a,b\n<script>alert(1)</script>", b"a,b\n\x00\x01", b"one word"])
def test_markup_and_bytes_are_no_table(content):
    assert refusal("table.csv", content).startswith("“table.csv” is not a CSV file, though its name says so")


@pytest.mark.parametrize(
    "content",
    [
        files.office("docx", says="application/vnd.ms-word.document.macroEnabled.main+xml"),
        files.office("docx", word__vbaProject_bin=b"x"),
        files.office("xlsx", xl__macrosheets__sheet1=b"x"),
        files.office("xlsx", xl__activeX__activeX1=b"x"),
    ],
)
def test_macros(content):
    name = "tool.docx" if b"word/" in content else "tool.xlsx"
    assert refusal(name, content) == (
        f"“{name}” carries macros, which are small programs. Save it without them, or as a PDF"
    )


def test_an_old_or_locked_document():
    said = refusal("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100)
    assert "used before 2007, or locked with a password" in said


@pytest.mark.parametrize("name", ["results.pdf", "survey.docx", "chart.png", "board.jpeg"])
def test_a_file_that_was_cut_off(name):
    content = files.EVERY[name]
    said = refusal(name, content[: len(content) // 2])
    assert "is not whole" in said or "damaged or not whole" in said


def test_empty_and_too_large():
    assert refusal("results.pdf", b"") == "“results.pdf” is empty"
    said = refusal("results.pdf", files.PDF + b" " * uploads.MOST_BYTES)
    assert said == "“results.pdf” is 10 MB; a file can have 10 MB at most. Save it smaller"


def test_a_zip_bomb_is_not_unpacked_to_its_end():
    bomb = files.office("xlsx", xl__sheet=b"0" * (file_kinds.MOST_UNPACKED + 1))
    assert len(bomb) < uploads.MOST_BYTES
    said = refusal("figures.xlsx", bomb)
    assert said == "“figures.xlsx” unpacks to far more than a document holds. Save it as a PDF"


def test_a_zip_bomb_that_lies_about_its_size():
    """Its directory says that each part is small."""
    bomb = bytearray(files.office("xlsx", xl__sheet=b"0" * 20_000_000))
    at = bomb.rfind(b"PK\x01\x02")
    struct.pack_into("<I", bomb, at + 24, 10)
    assert "figures.xlsx" in refusal("figures.xlsx", bytes(bomb))


def test_too_many_parts():
    many = _zipped({f"word/{number}": b"" for number in range(file_kinds.MOST_PARTS + 1)})
    assert "unpacks to far more" in refusal("many.docx", many)


def test_a_locked_part():
    content = bytearray(files.office("docx"))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    assert "locked with a password" in refusal("locked.docx", bytes(content))


def test_where_only_a_pdf_is_taken():
    assert brought("paper.pdf", files.PDF, (PDF,)).media_type == "application/pdf"
    said = refusal("paper.docx", files.office("docx"), (PDF,))
    assert said == "“paper.docx” is not of a kind that can be added. Choose a file of this kind: PDF"


# ---------------------------------------------------------------- its name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Head\\Results 2026.pdf", "Results 2026.pdf"),
        ("a\u202efdp.exe\x00.pdf", "afdp.exe.pdf"),
        ("  Parent   survey .pdf", "Parent survey .pdf"),
        ("...", "file"),
        ("Ergebnis “Größe”.pdf", "Ergebnis “Größe”.pdf"),
        ("x" * 300 + ".pdf", "x" * 156 + ".pdf"),
    ],
)
def test_a_name_without_path_and_invisible_signs(given, kept):
    assert uploads.clean_name(given) == kept


@pytest.mark.parametrize(("size", "said"), [(1, "1 byte"), (812, "812 bytes"), (3000, "3 KB"), (3_600_000, "3.4 MB")])
def test_a_size_in_words(size, said):
    assert uploads.size_in_words(size) == said


# ---------------------------------------------------------------- arriving


def _request(body: bytes, boundary: str = "xxx", length: int | None = None):
    given = {"CONTENT_LENGTH": str(length or len(body))}
    return RequestFactory().generic("POST", "/", body, f"multipart/form-data; boundary={boundary}", **given)


def _body(name: str, content: bytes) -> bytes:
    head = f'--xxx\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--xxx--\r\n"


def test_a_file_beyond_the_limit_is_counted_and_dropped():
    file = _request(_body("a.pdf", b"x" * (uploads.MOST_BYTES + 5))).FILES["file"]
    assert (file.size, file.read()) == (uploads.MOST_BYTES + 5, b"")


def test_a_small_one_arrives_whole():
    file = _request(_body("a.pdf", files.PDF)).FILES["file"]
    assert (file.name, file.size, file.read()) == ("a.pdf", len(files.PDF), files.PDF)


# ---------------------------------------------------------------- kept, and served


class _Broken(Exception):
    pass


def _stored_now() -> set[str]:
    return set(default_storage.listdir("uploads")[1]) if default_storage.exists("uploads") else set()


def _row(place: str, content: bytes = files.PDF) -> ItemPaper:
    sha = "a48f01e8c4a4b1fdab5ab5ac1d4b7f3f"
    return ItemPaper(name="Größe “1”.pdf", media_type="application/pdf", size=len(content), sha256=sha, file=place)


def test_the_operation_is_told_where_the_bytes_lie(db):
    before = _stored_now()
    words = uploads.bring(lambda thing, **words: words, None, file=brought("a.pdf", files.PDF), by=None)
    with default_storage.open(words["place"]) as stored:
        assert stored.read() == files.PDF
    assert (words["name"], words["media_type"], words["size"]) == ("a.pdf", "application/pdf", len(files.PDF))
    assert len(words["sha256"]) == 64
    assert "a.pdf" not in words["place"] and len(_stored_now() - before) == 1


def test_what_is_rolled_back_leaves_no_file(db):
    def breaks(thing, **words):
        assert default_storage.exists(words["place"])
        raise _Broken

    before = _stored_now()
    with pytest.raises(_Broken):
        uploads.bring(breaks, None, file=brought("a.pdf", files.PDF), by=None)
    assert _stored_now() == before


def test_a_full_disk_is_said_and_leaves_neither_row_nor_file(db, monkeypatch):
    before = _stored_now()

    def full(name, content, **words):
        (default_storage.path(name) and open(default_storage.path("uploads/part"), "wb")).close()
        raise OSError(28, "No space left on device")

    default_storage.save("uploads/first", io.BytesIO(b"1"))
    before = _stored_now()
    monkeypatch.setattr(uploads, "_place", lambda row, name: "uploads/part")
    monkeypatch.setattr(default_storage, "save", full)
    kept = []
    with pytest.raises(Conflict, match="could not be stored, so nothing was saved"):
        uploads.bring(lambda *_, **words: kept.append(words), None, file=brought("a.pdf", files.PDF), by=None)
    assert (kept, _stored_now()) == ([], before)


def test_it_is_served_as_an_attachment_and_never_guessed_at(db):
    words = uploads.bring(lambda thing, **words: words, None, file=brought("Größe “1”.pdf", files.PDF), by=None)
    place = words.pop("place")
    words.pop("by")
    answer = uploads.attached(ItemPaper(file=place, **words))
    assert answer.content == files.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_file_that_is_gone_or_was_changed_is_said(db):
    place = default_storage.save("uploads/harmed", io.BytesIO(b"other"))
    with pytest.raises(Conflict, match="is not as it was brought"):
        uploads.attached(_row(place))
    default_storage.delete(place)
    with pytest.raises(Conflict, match="cannot be read now"):
        uploads.attached(_row(place))


def test_bytes_go_once_their_row_is_certainly_gone(db, django_capture_on_commit_callbacks):
    place = default_storage.save("uploads/to-go", io.BytesIO(files.PDF))
    with django_capture_on_commit_callbacks(execute=True):
        uploads.forget([_row(place)])
        assert default_storage.exists(place)
    assert not default_storage.exists(place)


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()
