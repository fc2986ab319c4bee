"""The pages of the evidence: gathered in a browser, read by who may, its files handed out as they were brought."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation import uploads
from governance import inspecting
from governance.models import AgendaItem, Inspection
from sip import gathering
from sip.models import EvidenceFile, EvidencePack, KeyArea
from tests import files, make
from tests.sip.test_gathering import discussed, part_of, with_file

NOTE = {"note": "£40,000 is free.", "state": "complete", "why_not_needed": "", "revision": "1"}


@pytest.fixture
def pack(ashdown) -> EvidencePack:
    return gathering.begin_pack(ashdown.school, year=2026, by=ashdown.head)


def sent(name: str = "results.pdf", content: bytes = files.PDF) -> dict:
    return {"file": SimpleUploadedFile(name, content)}


def test_it_is_begun_and_found_from_the_objectives(client, ashdown):
    plan = make.plan(ashdown, state="objectives")
    client.force_login(ashdown.head)
    packs = reverse("evidence_packs", args=[ashdown.school.slug])
    assert packs in client.get(reverse("objectives", args=[plan.pk])).content.decode()
    assert "No evidence is gathered yet" in client.get(packs).content.decode()
    begin = reverse("evidence_begin", args=[ashdown.school.slug])
    assert client.post(begin, {"year": "2031"}).status_code == 422
    assert client.post(begin, {}).status_code == 422
    answer = client.post(begin, {"year": "2026"})
    pack = EvidencePack.objects.get()
    assert answer.url == reverse("evidence", args=[pack.pk])
    assert client.post(begin, {"year": "2026"}).status_code == 422
    assert answer.url in client.get(reverse("objectives", args=[plan.pk])).content.decode()
    assert "None of the eight parts is there yet; no key areas for improvement." in client.get(packs).content.decode()


def test_a_part_is_written_and_the_second_sees_both_texts(client, ashdown, pack):
    client.force_login(ashdown.head)
    to = reverse("evidence_part", args=[part_of(pack).pk])
    assert to in client.get(reverse("evidence", args=[pack.pk])).content.decode()
    assert client.get(to).status_code == 200
    assert client.post(to, NOTE).url == reverse("evidence", args=[pack.pk])
    stale = client.post(to, NOTE | {"note": "Mine."})
    assert stale.status_code == 409
    assert "£40,000 is free." in stale.content.decode() and "Mine." in stale.content.decode()
    page = client.get(reverse("evidence", args=[pack.pk])).content.decode()
    assert "£40,000 is free." in page and "One of eight parts is there." in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"note": ""}, "There is nothing here yet. Write a note or add a file first"),
        ({"state": ""}, "Say whether this part is there"),
        ({"state": "nonsense"}, "Choose"),
        ({"state": "not needed"}, "Say why this part is not needed"),
        ({"note": "x" * 6001}, "Shorten this to 6,000 characters"),
        ({"state": "not needed", "why_not_needed": "x" * 301}, "Shorten this to 300 characters"),
    ],
)
def test_wrong_words_are_refused_and_kept(client, ashdown, pack, wrong, says):
    client.force_login(ashdown.head)
    answer = client.post(reverse("evidence_part", args=[part_of(pack).pk]), NOTE | wrong)
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (422, True)
    assert (NOTE | wrong)["note"] in page and part_of(pack).state == "wanted"


def test_a_file_is_added_served_and_removed(client, ashdown, pack):
    client.force_login(ashdown.deputy)
    part = part_of(pack)
    to = reverse("evidence_file_add", args=[part.pk])
    assert client.get(to).status_code == 405
    assert client.post(to, sent("Budget 2026 “Größe”.pdf")).status_code == 302
    file = EvidenceFile.objects.get()
    assert (file.name, file.added_by) == ("Budget 2026 “Größe”.pdf", ashdown.deputy.person)
    for page in (reverse("evidence", args=[pack.pk]), reverse("evidence_part", args=[part.pk])):
        assert reverse("evidence_file", args=[file.pk]) in client.get(page).content.decode()
    client.force_login(ashdown.governor)
    answer = client.get(reverse("evidence_file", args=[file.pk]))
    assert (answer.status_code, answer.content, answer["X-Content-Type-Options"]) == (200, files.PDF, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; ")
    client.force_login(ashdown.deputy)
    assert client.post(reverse("evidence_file_remove", args=[file.pk])).status_code == 302
    assert client.get(reverse("evidence_file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({}, "Choose a file"),
        (sent("survey.pdf", files.office("docx")), "is a Word document by its content"),
        (sent("page.html", b"<html>"), "is not of a kind that can be added"),
        (sent("drawing.svg", b"<svg xmlns='x'/>"), "is not of a kind that can be added"),
        (sent("tool.docx", files.office("docx", word__vbaProject_bin=b"x")), "carries macros"),
        (sent("large.pdf", files.PDF + b" " * uploads.MOST_BYTES), "can have 10 MB at most"),
        ({"file": "words, not a file"}, "Choose a file"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_plain_words(client, ashdown, pack, file, says):
    client.force_login(ashdown.head)
    answer = client.post(reverse("evidence_file_add", args=[part_of(pack).pk]), file)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert not EvidenceFile.objects.exists()


def test_a_full_disk_is_said_plainly_and_no_row_is_made(client, ashdown, pack, monkeypatch):
    def full(name, content, **words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads.default_storage, "save", full)
    client.force_login(ashdown.head)
    answer = client.post(reverse("evidence_file_add", args=[part_of(pack).pk]), sent())
    assert (answer.status_code, "could not be stored, so nothing was saved" in answer.content.decode()) == (409, True)
    assert not EvidenceFile.objects.exists()


def test_key_areas_are_named_worded_and_arranged(client, ashdown, pack):
    client.force_login(ashdown.governor)
    add = reverse("key_area_add", args=[pack.pk])
    assert client.post(add, {"title": "", "why": ""}).status_code == 422
    assert client.post(add, {"title": "Reading", "why": "A third fall behind."}).status_code == 302
    area = KeyArea.objects.get()
    to, words = reverse("key_area", args=[area.pk]), {"why": "A third fall behind.", "revision": "1"}
    assert client.post(to, words | {"title": "Early reading"}).status_code == 302
    stale = client.post(to, words | {"title": "Mine"})
    assert stale.status_code == 409
    assert "Early reading" in stale.content.decode() and "Mine" in stale.content.decode()
    page = client.get(reverse("evidence", args=[pack.pk])).content.decode()
    assert "Early reading" in page and "Named by Ashdown Governor" in page
    arrange = reverse("key_area_arrange", args=[area.pk])
    assert client.post(arrange, {"do": "up"}).status_code == 302
    assert client.post(arrange, {"do": "remove"}).status_code == 302
    assert client.post(arrange, {"do": "remove"}).status_code == 404


def test_an_objective_is_proposed_from_the_page(client, ashdown, pack):
    plan = make.plan(ashdown, state="objectives")
    area = gathering.add_key_area(pack, title="Reading", why="x", by=ashdown.chair)
    client.force_login(ashdown.deputy)
    to = f"{reverse('objective_propose', args=[plan.pk])}?area={area.pk}"
    assert to in client.get(reverse("evidence", args=[pack.pk])).content.decode()


def test_it_is_put_discussed_and_shown(client, ashdown, pack):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    client.force_login(ashdown.chair)
    to = reverse("put_evidence", args=[pack.pk])
    assert client.post(to, {"meeting": "9999"}).status_code == 422
    assert client.post(to, {"meeting": meeting.pk}).status_code == 302
    item = AgendaItem.objects.get(kind="evidence")
    with_file(part_of(pack), ashdown.head)
    page = client.get(reverse("item", args=[item.pk])).content.decode()
    assert "results.pdf" in page and "Still to gather: pupil performance, finance" in page
    assert reverse("evidence", args=[pack.pk]) in page
    assert client.post(to, {"meeting": meeting.pk}).status_code == 409


def test_the_clerk_records_that_it_was_discussed(client, ashdown, pack):
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
    item = gathering.put_evidence(pack, meeting=meeting, by=ashdown.clerk).item
    client.force_login(ashdown.clerk)
    with make.at_the_meeting(meeting):
        page = client.get(reverse("item", args=[item.pk])).content.decode()
        assert "Discussed" in page and "The board has met with leaders on the evidence" in page
        words = {"outcome": "noted", "how": "agreed", "minute_reference": "FGB 3", "resolution": "That it be noted."}
        answer = client.post(reverse("item", args=[item.pk]), words | {"there": [one.pk for one in ashdown.voters]})
    assert answer.status_code == 302
    page = client.get(reverse("evidence", args=[pack.pk])).content.decode()
    assert "The board and its leaders met on it on 2 December 2026." in page and "FGB 3" in page


def test_the_last_inspection_stands_there_by_itself(client, ashdown, pack):
    found = {"framework": "rf", "kind": "Full inspection", "began_on": date(2026, 3, 3), "to_improve": "Writing."}
    Inspection.objects.create(organisation=ashdown.school, **found)
    client.force_login(ashdown.chair)
    page = client.get(reverse("evidence", args=[pack.pk])).content.decode()
    assert inspecting.span(date(2026, 3, 3), None) in page and "Writing." in page


@pytest.mark.parametrize(
    ("part", "statuses"),
    [
        ("head", [200, 200, 200, 200]),
        ("chair", [200, 200, 403, 200]),
        ("associate", [200, 200, 403, 403]),
        ("business", [403, 403, 403, 403]),
        ("teacher", [403, 404, 404, 404]),
        ("adviser", [403, 404, 404, 404]),
    ],
)
def test_who_reads_and_who_changes(client, ashdown, pack, part, statuses):
    file, area = (
        with_file(part_of(pack), ashdown.head),
        gathering.add_key_area(pack, title="A", why="", by=ashdown.head),
    )
    client.force_login(getattr(ashdown, part))
    addresses = [
        reverse("evidence_packs", args=[ashdown.school.slug]),
        reverse("evidence_file", args=[file.pk]),
        reverse("evidence_part", args=[file.part_id]),
        reverse("key_area", args=[area.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == statuses


def test_a_stranger_finds_nothing(client, ashdown, kestrel, pack):
    file = with_file(part_of(pack), ashdown.head)
    client.force_login(kestrel.head)
    for name, pk in (("evidence", pack.pk), ("evidence_file", file.pk), ("evidence_part", file.part_id)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("evidence_file_add", args=[file.part_id]), sent("b.pdf")).status_code == 404


def test_what_the_board_has_met_on_stays(client, ashdown, pack):
    file = with_file(part_of(pack), ashdown.head)
    discussed(pack, ashdown)
    client.force_login(ashdown.head)
    answer = client.post(reverse("evidence_file_remove", args=[file.pk]))
    assert (answer.status_code, "stays in the record" in answer.content.decode()) == (409, True)


def test_the_page_costs_the_same_with_one_of_each_and_with_three(client, ashdown, kestrel, django_assert_num_queries):
    for cast, many in ((ashdown, 1), (kestrel, 3)):
        make.plan(cast, state="objectives", objectives=many)
        pack = gathering.begin_pack(cast.school, year=2026, by=cast.head)
        for number, name in enumerate(list(files.EVERY)[:many]):
            with_file(part_of(pack), cast.head, name)
            area = gathering.add_key_area(pack, title=f"Area {number}", why="x", by=cast.head)
            cast.school.plans.get().objectives.filter(position=number + 1).update(key_area=area)
        client.force_login(cast.chair)
        client.get(reverse("evidence", args=[pack.pk]))
        with django_assert_num_queries(16):
            assert client.get(reverse("evidence", args=[pack.pk])).status_code == 200
