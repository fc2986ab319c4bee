"""Documents by form, edition and person: who may have which made, who may read it, and what stands on a sheet."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from foundation import pdf
from foundation.errors import Conflict, NotAllowed
from sip import approval, documents, paper_sheet, showing, tasks
from sip.models import Document, DocumentJob, Objective, Plan, Version
from tests import make
from tests.pdfs import faults_of, text_of


@pytest.fixture
def rendered(monkeypatch):
    """Rendering costs nothing here."""
    monkeypatch.setattr(tasks.make_document, "delay", lambda number: None)

    def render(html):
        return pdf.Rendered(b"%PDF-1.7 " + str(hash(html)).encode(), f"{abs(hash(html)):064x}"[:64], 3)

    monkeypatch.setattr(pdf, "render", render)


@pytest.fixture
def version(ashdown, rendered) -> Version:
    """Before the board, with actions that are for the board and leaders alone."""
    plan = make.plan(ashdown, state="drafting", actions=2)
    block = f"actions:{plan.objectives.get().pk}"
    showing.say_who_reads(plan, block=block, shown_to="confidential", by=ashdown.head)
    approval.submit_plan(plan, by=ashdown.head)
    return Plan.objects.get(pk=plan.pk).latest_version


def _made(job: DocumentJob) -> Document:
    documents.make(job.pk)
    return Document.objects.get(version=job.version, form=job.form, edition=job.edition, person=job.person)


def test_each_form_and_edition_is_a_document_of_its_own(version, ashdown):
    for form in ("plan", "page"):
        for edition in ("public", "board", "confidential"):
            job = documents.make_again(version, stage="submitted", form=form, edition=edition, by=ashdown.clerk)
            assert _made(job).form == form
    titles = {one.title for one in Document.objects.all()}
    assert "The plan, version 1, as submitted" in titles
    assert "The plan on a page, version 1, as submitted, public edition" in titles
    names = {one.file_name for one in Document.objects.all()}
    assert "ashdown-primary-plan-on-a-page-2026-27-version-1-as-submitted-public.pdf" in names
    assert len(names) == 6


def test_two_people_who_ask_for_the_same_document_get_one(version, ashdown):
    asked = [
        documents.make_again(version, stage="submitted", form="page", edition="public", by=by)
        for by in (ashdown.head, ashdown.clerk)
    ]
    assert asked[0] == asked[1]
    sheets = [documents.make_own_sheet(version, by=ashdown.deputy)] + [
        documents.make_sheet(version, person=ashdown.deputy.person, by=ashdown.head)
    ]
    assert sheets[0] == sheets[1]


def test_there_is_no_confidential_edition_of_what_holds_nothing_confidential(ashdown, rendered):
    version = make.plan(ashdown, state="with the board").latest_version
    with pytest.raises(Conflict, match="the board edition is all of it"):
        documents.make_again(version, stage="submitted", edition="confidential", by=ashdown.head)


def test_a_confidential_edition_is_read_by_who_reads_what_is_confidential(version, ashdown, kestrel, client):
    document = _made(documents.make_again(version, stage="submitted", edition="confidential", by=ashdown.head))
    job = DocumentJob.objects.get(edition="confidential")
    for reader, status in (
        (ashdown.head, 200),
        (ashdown.governor, 200),
        (ashdown.clerk, 200),
        (ashdown.associate, 404),
        (ashdown.adviser, 404),
        (kestrel.head, 404),
    ):
        client.force_login(reader)
        assert client.get(reverse("document", args=[document.pk])).status_code == status, reader
        assert client.get(reverse("document_job", args=[job.pk])).status_code == status, reader
        listed = client.get(reverse("version", args=[version.pk]))
        if listed.status_code == 200:
            assert (document.title in listed.text) is (status == 200), reader


def test_the_link_on_the_plans_page_leads_to_the_board_edition_whatever_was_made_last(version, ashdown, client):
    board = _made(documents.ask_for(version, "submitted"))
    _made(documents.make_again(version, stage="submitted", edition="public", by=ashdown.head))
    client.force_login(ashdown.governor)
    page = client.get(reverse("plan", args=[ashdown.school.slug, 2026])).text
    assert reverse("document", args=[board.pk]) in page


# ---------------------------------------------------------------- a person's sheet


def test_a_sheet_is_read_by_the_person_and_by_leaders(ashdown, rendered, client):
    version = make.plan(ashdown, state="approved").latest_version
    owner = next(iter(documents.people_of(version).values()))
    sheet = _made(documents.make_sheet(version, person=owner, by=ashdown.head))
    readers = {ashdown.head: 200, ashdown.deputy: 200, ashdown.business: 200, ashdown.governor: 404, ashdown.clerk: 404}
    readers |= {owner.user: 200}
    for reader, status in readers.items():
        client.force_login(reader)
        assert client.get(reverse("document", args=[sheet.pk])).status_code == status, reader


def test_one_has_ones_own_made_and_leaders_anybodys(version, ashdown, client):
    address = reverse("documents_make", args=[version.pk])
    owner = ashdown.deputy
    client.force_login(owner)
    sent = {"stage": "submitted", "form": "sheet", "person": owner.person_id}
    assert client.post(address, sent).status_code == 302
    client.force_login(ashdown.governor)
    assert client.post(address, sent).status_code == 403
    client.force_login(ashdown.head)
    for person in ("", "0", "x", "99999999999999999999", str(ashdown.inspector.person_id)):
        assert client.post(address, sent | {"person": person}).status_code == 404, person


def test_nobody_has_a_sheet_made_of_nothing(version, ashdown):
    with pytest.raises(Conflict, match="leads no objective and owns no action"):
        documents.make_own_sheet(version, by=ashdown.governor)
    with pytest.raises(NotAllowed, match="the headteacher"):
        documents.make_sheet(version, person=ashdown.deputy.person, by=ashdown.clerk)


def test_a_sheet_holds_what_is_theirs_with_days_and_milestones(ashdown, monkeypatch):
    monkeypatch.setattr(tasks.make_document, "delay", lambda number: None)
    version = make.plan(ashdown, state="with the board", objectives=2, actions=2).latest_version
    Objective.objects.update(title="Changed since")
    people = documents.people_of(version)
    assert ashdown.deputy.person_id in people
    words = paper_sheet.words(version, "submitted", ashdown.deputy.person)
    assert words["says"].startswith("You lead two objectives")
    content = pdf.render(render_to_string("paper/sheet.html", words)).content
    text = text_of(content)
    assert faults_of(content) in ([], ["it has no author"])
    assert "Ashdown Deputy: what I do this year" in text
    assert "Changed since" not in text
    assert "By the end of autumn" in text
    assert version.hash in text


# ---------------------------------------------------------------- the page of a version


def test_the_page_offers_what_there_is_to_whoever_may(version, ashdown, client):
    address = reverse("version", args=[version.pk])
    client.force_login(ashdown.head)
    page = client.get(address).text
    for words in ("Make a document", "The plan on a page", "Public edition", "Confidential edition", "Make the sheet"):
        assert words in page
    client.force_login(ashdown.associate)
    page = client.get(address).text
    assert "Make a document" not in page
    assert "Confidential edition" not in page


@pytest.mark.parametrize("sent", [{"form": "poster"}, {"edition": "leaders"}, {"stage": ""}, {"form": ""}])
def test_a_form_or_edition_that_does_not_exist_is_not_found(version, ashdown, client, sent):
    client.force_login(ashdown.head)
    answer = client.post(reverse("documents_make", args=[version.pk]), {"stage": "submitted"} | sent)
    assert answer.status_code == 404
