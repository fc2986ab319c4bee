"""The papers of a meeting as one PDF: what stands in them and where, what cannot be bound in, and who reads part II."""

import io

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.urls import reverse

from foundation import binding, pdf
from foundation.errors import Conflict, NotAllowed
from governance.meetings import cancel_meeting
from governance.models import AgendaItem, ItemPaper, Meeting, Withdrawal
from monitoring import bundles, tasks
from monitoring.demonstration.papers import page
from monitoring.models import Bundle, BundleJob
from sip import deciding
from sip.models import Document
from tests import make
from tests.pdfs import faults_of, info_of, pages_of, tags_of


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr(tasks.make_bundle, "delay", lambda number: None)


@pytest.fixture
def meeting(ashdown) -> Meeting:
    """With two items of other business."""
    made = make.meeting(ashdown.board, by=ashdown.clerk)
    for position, title in enumerate(("Apologies", "The roof"), start=1):
        AgendaItem.objects.create(meeting=made, position=position, title=title)
    return made


def _bring(item: AgendaItem, name: str, content: bytes, media_type: str = "application/pdf") -> ItemPaper:
    place = default_storage.save("uploads/test", ContentFile(content))
    words = {"name": name, "media_type": media_type, "size": len(content), "sha256": "0" * 64, "file": place}
    return ItemPaper.objects.create(item=item, **words)


def _locked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def _made(meeting: Meeting, by, part: str = "one") -> Bundle:
    job = bundles.make_papers(meeting, part=part, by=by)
    bundles.make(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.trouble
    return job.document


def test_the_agenda_names_each_paper_with_the_page_on_which_it_stands(meeting, ashdown):
    _bring(meeting.items.last(), "Three quotes.pdf", page("Three quotes", ["For the roof"]))
    content = bytes(_made(meeting, ashdown.clerk).content)
    first, sheet, brought = pages_of(content)
    assert "Three quotes.pdf: page 3, 1 page" in first
    assert "The roof" in sheet
    assert "bound in as it was brought" in sheet
    assert "For the roof" in brought
    for number, text in enumerate((first, sheet, brought), start=1):
        assert f"Papers, part I, page {number} of 3" in text
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        assert outline.root[-1].title == "2. Three quotes.pdf"
        with opened.open_metadata() as words:
            assert "pdfuaid:part" not in words  # a foreign page is in it, of which we cannot say so


@pytest.mark.parametrize(
    ("content", "media_type", "why"),
    [
        (b"%PDF-1.7 and then nothing", "application/pdf", "It is damaged and cannot be opened."),
        (_locked(page("Secret", [])), "application/pdf", "It is locked with a password."),
        (b"PK", "application/vnd.ms-excel", "It is not a PDF"),
    ],
)
def test_what_cannot_be_bound_in_is_named_and_the_rest_is_made(meeting, ashdown, content, media_type, why):
    item = meeting.items.last()
    _bring(item, "Broken", content, media_type)
    _bring(item, "Whole.pdf", page("Whole", ["All of it"]))
    first, sheet, brought = pages_of(bytes(_made(meeting, ashdown.clerk).content))
    assert "Broken: could not be included" in first
    assert why in sheet
    assert "All of it" in brought


def test_a_paper_whose_bytes_are_gone_is_named(meeting, ashdown):
    paper = _bring(meeting.items.last(), "Gone.pdf", page("Gone", []))
    default_storage.delete(paper.file.name)
    assert "could not be read" in pages_of(bytes(_made(meeting, ashdown.clerk).content))[1]


def test_the_plan_stands_in_with_its_tags(ashdown):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
    content = bytes(_made(meeting, ashdown.clerk).content)
    document = Document.objects.get()
    pages = pages_of(content)
    assert len(pages) == 2 + document.pages
    assert "School improvement plan" in pages[2]
    assert faults_of(content) in ([], ["it has no author"])
    assert info_of(content)["Tagged"] == "yes"
    assert tags_of(content)["Table"] > tags_of(bytes(document.content))["Table"]


def test_foreign_scripts_forms_and_links_stay_out(meeting, ashdown):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page("Trap", []))) as opened:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        opened.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        opened.Root.OpenAction = script
        opened.save(out)
    _bring(meeting.items.last(), "Trap.pdf", out.getvalue())
    content = bytes(_made(meeting, ashdown.clerk).content)
    assert b"app.alert" not in content
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert not any("/AA" in one.obj for one in opened.pages)


def test_an_enclosure_of_too_many_pages_is_not_bound_in(monkeypatch):
    monkeypatch.setattr(binding, "MOST_PAGES", 0)
    assert binding.pages_of(page("One", [])) == (0, "It has 1 pages; 0 is the most that is bound in.")


# ---------------------------------------------------------------- part II


@pytest.fixture
def with_part_two(meeting) -> Meeting:
    item = meeting.items.last()
    AgendaItem.objects.filter(pk=item.pk).update(is_confidential=True, note="About one member of staff.")
    _bring(item, "Private.pdf", page("Private", ["Nobody else’s business"]))
    return meeting


def test_confidential_items_are_bound_apart(with_part_two, ashdown):
    one = " ".join(pages_of(bytes(_made(with_part_two, ashdown.clerk).content)))
    two = " ".join(pages_of(bytes(_made(with_part_two, ashdown.clerk, "two").content)))
    assert "its papers are bound apart" in one
    for words in ("About one member of staff.", "Private.pdf"):
        assert words not in one
        assert words in two
    assert "Apologies" not in two


def test_part_two_is_read_by_who_may_and_not_by_who_withdrew(with_part_two, ashdown, kestrel, client):
    bundle = _made(with_part_two, ashdown.clerk, "two")
    Withdrawal.objects.create(item=with_part_two.items.last(), person=ashdown.link.person, reason="My own work")
    job = BundleJob.objects.get()
    for reader, status in (
        (ashdown.clerk, 200),
        (ashdown.governor, 200),
        (ashdown.head, 200),
        (ashdown.link, 404),
        (ashdown.associate, 404),
        (ashdown.deputy, 404),
        (kestrel.clerk, 404),
    ):
        client.force_login(reader)
        assert client.get(reverse("bundle", args=[bundle.pk])).status_code == status, reader
        assert client.get(reverse("bundle_job", args=[job.pk])).status_code == status, reader


def test_there_is_no_part_two_where_nothing_is_confidential(meeting, ashdown):
    with pytest.raises(Conflict, match="there is no part II"):
        bundles.make_papers(meeting, part="two", by=ashdown.clerk)


# ---------------------------------------------------------------- asked for, kept


def test_asked_twice_it_is_made_once_and_made_again_the_former_stays(meeting, ashdown):
    first = bundles.make_papers(meeting, part="one", by=ashdown.clerk)
    assert bundles.make_papers(meeting, part="one", by=ashdown.chair) == first
    bundles.make(first.pk)
    assert not bundles.make(first.pk)
    AgendaItem.objects.create(meeting=meeting, position=3, title="One more thing")
    _made(meeting, ashdown.clerk)
    assert Bundle.objects.count() == 2


def test_the_database_refuses_to_change_what_was_made(meeting, ashdown):
    bundle = _made(meeting, ashdown.clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Bundle.objects.filter(pk=bundle.pk).update(pages=1)


def test_an_empty_agenda_has_no_papers(ashdown):
    with pytest.raises(Conflict, match="The agenda is empty"):
        bundles.make_papers(make.meeting(ashdown.board, by=ashdown.clerk), part="one", by=ashdown.clerk)


def test_a_governor_reads_them_and_does_not_make_them(meeting, ashdown):
    with pytest.raises(NotAllowed, match="the clerk"):
        bundles.make_papers(meeting, part="one", by=ashdown.governor)


def test_a_meeting_whose_papers_were_made_stays_on_the_calendar(meeting, ashdown):
    _made(meeting, ashdown.clerk)
    with pytest.raises(Conflict, match="Papers were made for it"):
        cancel_meeting(meeting, by=ashdown.clerk)
    assert Meeting.objects.filter(pk=meeting.pk).exists()


# ---------------------------------------------------------------- the page


def test_the_shelf_of_a_meeting(meeting, ashdown, kestrel, client, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda html, variant="": pdf.Rendered(b"%PDF", "0" * 64, 1))
    monkeypatch.setattr(binding, "bind", lambda *parts: pdf.Rendered(b"%PDF-1.7", "1" * 64, 4))
    address = reverse("bundles", args=[meeting.pk])
    client.force_login(ashdown.clerk)
    assert "Not made yet." in client.get(address).text
    answer = client.post(address, {"part": "one"})
    assert answer.status_code == 302
    assert client.post(address, {"part": "three"}).status_code == 404
    bundles.make(BundleJob.objects.get().pk)
    assert "PDF, 4 pages" in client.get(address).text
    client.force_login(ashdown.governor)
    page_ = client.get(address).text
    assert "PDF, 4 pages" in page_
    assert "Make it again" not in page_
    assert client.post(address, {"part": "one"}).status_code == 403
    client.force_login(kestrel.clerk)
    assert client.get(address).status_code == 404
