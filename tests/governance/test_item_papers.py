"""A title and an uploaded PDF on an agenda: added and removed by the clerk, read by whoever may read the item."""

from datetime import date, time

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation import uploads
from foundation.errors import Conflict, NotAllowed
from foundation.file_kinds import PDF
from governance import kinds, meetings, papers, part_two
from governance.models import AgendaItem, ItemPaper
from tests import files, make


@pytest.fixture
def item(ashdown) -> AgendaItem:
    """An item of other business at a meeting to come."""
    return meetings.add_item(make.meeting(ashdown.board, by=ashdown.clerk), title="Dinner money", by=ashdown.clerk)


def add(item: AgendaItem, by, name: str = "dinners.pdf", content: bytes = files.PDF) -> ItemPaper:
    brought = uploads.check(SimpleUploadedFile(name, content), (PDF,))
    return uploads.bring(papers.add_paper, item, file=brought, by=by)


def stored() -> int:
    return len(default_storage.listdir("uploads")[1])


def upload(name: str = "dinners.pdf", content: bytes = files.PDF) -> dict:
    return {"file": SimpleUploadedFile(name, content, "application/pdf")}


# ---------------------------------------------------------------- the rules


@pytest.mark.parametrize("part", ["chair", "head", "governor", "associate"])
def test_only_the_clerk_adds_and_removes(ashdown, item, part):
    by = getattr(ashdown, part)
    with pytest.raises(NotAllowed, match="Only the clerk may"):
        add(item, by)
    paper = add(item, ashdown.clerk)
    with pytest.raises(NotAllowed):
        papers.remove_paper(paper, by=by)
    assert stored() == 1


def test_a_paper_lies_before_the_board_once(ashdown, item, monkeypatch):
    add(item, ashdown.clerk)
    with pytest.raises(Conflict, match="lies before the board already"):
        add(item, ashdown.clerk)
    monkeypatch.setattr(papers, "MOST", 1)
    with pytest.raises(Conflict, match="1 papers at most"):
        add(item, ashdown.clerk, "second.pdf", files.PDF + b"\n")
    assert stored() == 1


def test_papers_are_for_other_business(ashdown):
    draft = make.strategy(ashdown.school, state="draft")
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    words = {"title": "Strategy", "kind": "strategy", "strategy": draft}
    with pytest.raises(Conflict, match="Papers are added to other business"):
        add(meetings.add_item(meeting, by=ashdown.clerk, **words), ashdown.clerk)


def test_they_stay_as_they_are_once_the_minutes_are_signed(ashdown, item):
    paper = add(item, ashdown.clerk)
    with make.at_the_meeting(item.meeting):
        how = {one.pk: "in person" for one in ashdown.voters}
        meetings.record_attendance(item.meeting, how=how, acting_chair=ashdown.chair.person, by=ashdown.clerk)
        meetings.close_meeting(item.meeting, by=ashdown.clerk)
        add(item, ashdown.clerk, "tabled.pdf", files.PDF + b"\n")  # what was tabled can be added afterwards
        meetings.sign_minutes(item.meeting, on=date(2026, 12, 2), by=ashdown.clerk)
    item.refresh_from_db()
    for act in (lambda: papers.remove_paper(paper, by=ashdown.clerk), lambda: add(item, ashdown.clerk, "late.pdf")):
        with pytest.raises(Conflict, match="The minutes were signed on 2 December 2026"):
            act()
    assert not papers.keeps(item, ashdown.clerk)


def test_bytes_go_with_the_item_and_with_the_meeting(ashdown, item, django_capture_on_commit_callbacks):
    add(item, ashdown.clerk)
    other = meetings.add_item(item.meeting, title="Heating", by=ashdown.clerk)
    add(other, ashdown.clerk, "heating.pdf", files.PDF + b"\n")
    with django_capture_on_commit_callbacks(execute=True):
        meetings.drop_item(item, by=ashdown.clerk)
    assert stored() == 1
    with django_capture_on_commit_callbacks(execute=True):
        meetings.cancel_meeting(other.meeting, by=ashdown.clerk)
    assert stored() == 0


def test_whoever_withdrew_from_a_confidential_item_does_not_find_its_papers(ashdown, item, client):
    paper = add(item, ashdown.clerk)
    meetings.withdraw(item, person=ashdown.governor.person, reason="A cousin", by=ashdown.clerk)
    assert ItemPaper.objects.visible_to(ashdown.governor).exists()
    part_two.put_in_part_two(item, confidential=True, by=ashdown.clerk)
    item.refresh_from_db()
    assert not ItemPaper.objects.visible_to(ashdown.governor).exists()
    assert papers.of_item(item, ashdown.governor) == []
    client.force_login(ashdown.governor)
    assert client.get(reverse("item_paper", args=[paper.pk])).status_code == 404
    assert "dinners.pdf" not in client.get(reverse("meeting", args=[item.meeting_id])).content.decode()
    client.force_login(ashdown.chair)
    assert client.get(reverse("item_paper", args=[paper.pk])).status_code == 200


def test_the_item_brings_its_papers(ashdown, item):
    add(item, ashdown.clerk)
    about = kinds.of(item).about(item, ashdown.chair)
    assert [(one.label, one.says) for one in about.papers] == [("dinners.pdf", "PDF, 69 bytes")]


# ---------------------------------------------------------------- the pages


def test_a_paper_goes_through_the_pages(client, ashdown, item):
    client.force_login(ashdown.clerk)
    to = reverse("item_papers", args=[item.pk])
    assert to in client.get(reverse("item", args=[item.pk])).content.decode()
    assert client.post(to, upload(), follow=True).status_code == 200
    paper = ItemPaper.objects.get()
    for page in (to, reverse("item", args=[item.pk]), reverse("meeting", args=[item.meeting_id])):
        assert reverse("item_paper", args=[paper.pk]) in client.get(page).content.decode()
    client.force_login(ashdown.governor)
    answer = client.get(reverse("item_paper", args=[paper.pk]))
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="dinners.pdf"')
    assert (answer["X-Content-Type-Options"], answer.content) == ("nosniff", files.PDF)
    client.force_login(ashdown.clerk)
    assert client.post(reverse("item_paper_remove", args=[paper.pk])).status_code == 302
    assert client.post(reverse("item_paper_remove", args=[paper.pk])).status_code == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a PDF"),
        (upload("dinners.docx", files.office("docx")), "Choose a file of this kind: PDF"),
        (upload("dinners.pdf", files.office("docx")), "Choose a file of this kind: PDF"),
        (upload("dinners.pdf", b"<html></html>"), "is not a PDF, though its name says so"),
        (upload("dinners.pdf", b""), "is empty"),
        (upload("dinners.pdf", files.PDF + b" " * uploads.MOST_BYTES), "can have 10 MB at most"),
    ],
)
def test_what_is_no_pdf_is_refused_in_plain_words(client, ashdown, item, sent, says):
    client.force_login(ashdown.clerk)
    answer = client.post(reverse("item_papers", args=[item.pk]), sent)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert not ItemPaper.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing(ashdown, item):
    """Its form ends with the token of the form: what lacks it is not taken, though the file itself came whole."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ashdown.clerk)
    to = reverse("item_papers", args=[item.pk])
    page = client.get(to).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    assert page.rindex('type="file"') < page.rindex('name="csrfmiddlewaretoken"')
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    rest = f'\r\n--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--x--\r\n'.encode()
    whole = head + files.PDF + rest
    form = "multipart/form-data; boundary=x"
    for length in (len(head) + 20, len(head + files.PDF), len(head + files.PDF) + 30):
        answer = client.generic("POST", to, whole[:length], form)
        assert (answer.status_code, ItemPaper.objects.count()) == (403, 0)
    assert client.generic("POST", to, whole, form).status_code == 302
    assert stored() == 1


def test_who_may_not_and_who_does_not_find_it(client, ashdown, kestrel, item):
    paper = add(item, ashdown.clerk)
    addresses = [reverse("item_papers", args=[item.pk]), reverse("item_paper", args=[paper.pk])]
    for user, statuses in ((ashdown.chair, [403, 200]), (kestrel.clerk, [404, 404]), (ashdown.teacher, [404, 404])):
        client.force_login(user)
        assert [client.get(address).status_code for address in addresses] == statuses
    client.force_login(ashdown.chair)
    assert client.post(reverse("item_paper_remove", args=[paper.pk])).status_code == 403


def test_the_meeting_costs_the_same_with_one_paper_and_with_three(client, ashdown, django_assert_num_queries):
    counts = []
    for number, many in ((2, 1), (3, 3)):
        day = date(2026, 12, number)
        meeting = meetings.plan_meeting(ashdown.board, day=day, time=time(18), place="", by=ashdown.clerk)
        for one in range(many):
            item = meetings.add_item(meeting, title=f"Item {one}", by=ashdown.clerk)
            add(item, ashdown.clerk, "a.pdf", files.PDF + b"\n" * one)
        client.force_login(ashdown.chair)
        client.get(reverse("meeting", args=[meeting.pk]))  # what is remembered between pages is remembered now
        with django_assert_num_queries(13):
            page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
        counts.append(page.count("a.pdf"))
    assert counts == [1, 3]
