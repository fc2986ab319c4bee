"""The full plan in two layouts and three editions, and the plan on a page: what stands on each, usable by all."""

import logging

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from foundation import pdf
from foundation.errors import NotAllowed
from sip import editions, laying_out, paper, paper_page
from tests.pdfs import faults_of, info_of, pages_of, text_of
from tests.sip.test_paper import action, blocks, criterion, objective, version

NAMES = ("Priya Raman", "Tom", "Pupil premium", "£")
ROWS = [action(f"1.{place}", outcome="Nobody waits", checked_how="Book look") for place in range(1, 9)]
CONTENT = blocks((objective(1), ROWS, [criterion(autumn="65%", spring="72%", summer="80%")])) | {
    "context:staffing": {"kind": "staffing", "title": "Key staffing issues", "text": "Two posts are temporary."},
    "context:pupils": {"kind": "pupils", "title": "Our pupils", "text": "Four hundred and ten pupils."},
}


@pytest.fixture
def printed(caplog):
    """printed(template, words): the PDF; whatever its maker complains of fails the test."""
    caplog.set_level(logging.WARNING, logger="weasyprint")

    def render(template: str, words: dict) -> bytes:
        made = pdf.render(render_to_string(template, words))
        assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
        assert faults_of(made.content) == []
        return made.content

    return render


def _stored(content: dict):
    """The same as of a plan that has an address."""
    made = version(content)
    made.plan.pk = 7
    return made


def _plan(printed, edition: str, layout: str = "two-sided") -> bytes:
    words = paper.words(version(CONTENT), "submitted", edition)
    return printed("paper/plan.html", words | {"layout": layout})


def test_each_edition_says_on_every_page_which_it_is_and_how_much_it_leaves_out(printed):
    for edition, foot in (
        ("public", "Public edition, six parts left out · Version 2"),
        ("board", "Board edition, one part left out · Version 2"),
        ("confidential", "Confidential edition · Version 2"),
    ):
        cover, *pages = pages_of(_plan(printed, edition))
        assert editions.left_out(CONTENT, edition).says in cover
        assert all(foot in page for page in pages), edition
        assert all(version(CONTENT).hash in page for page in pages), edition


def test_the_board_edition_has_the_context_without_staffing_and_the_confidential_one_with_it(printed):
    board, confidential = text_of(_plan(printed, "board")), text_of(_plan(printed, "confidential"))
    assert "Four hundred and ten pupils." in board
    assert "Two posts are temporary." not in board
    assert "Two posts are temporary." in confidential


def test_the_public_edition_names_nobody_and_costs_nothing(printed):
    text = text_of(_plan(printed, "public"))
    assert "Objective 1" in text
    assert not [name for name in NAMES if name in text]
    assert "Nobody waits" not in text
    assert "Not named yet" not in text
    assert "Draft" in text


def test_the_landscape_table_has_an_action_a_row_and_room_for_each_term(printed):
    content = _plan(printed, "board", "table")
    page = next(page for page in pages_of(content) if "Cost and means" in page)
    for words in ("By when", "So that", "Checked", "Aut Spr Sum", "Nobody waits", "Book look"):
        assert words in page
    assert "Where we want to be by 16 July 2027" in page
    sizes = {name: value for name, value in info_of(content).items() if name == "Pages"}
    assert int(sizes["Pages"]) >= 4


def test_a_public_edition_whose_actions_are_public_prints_them_without_who_and_cost(printed):
    opened = CONTENT | {"editions": {name: "public" for name in CONTENT if name.startswith("actions:")}}
    words = paper.words(version(opened), "submitted", "public")
    for layout in ("two-sided", "table"):
        text = text_of(printed("paper/plan.html", words | {"layout": layout}))
        assert "Nobody waits" in text
        assert not [name for name in NAMES if name in text], layout


@pytest.mark.parametrize("many", [1, 2, 4, 5, 6, 8])
def test_the_plan_on_a_page_is_one_page(printed, many):
    rows = [(objective(number), ROWS, [criterion(autumn="65%")]) for number in range(1, many + 1)]
    content = printed("paper/page.html", paper_page.words(_stored(blocks(*rows)), "submitted"))
    (page,) = pages_of(content)
    assert "Objective 1" in page
    assert f"Objective {min(many, 6)}" in page
    assert ("Further:" in page) is (many > 6)


def test_the_plan_on_a_page_for_everyone_has_the_boards_words_alone(printed):
    text = text_of(printed("paper/page.html", paper_page.words(_stored(CONTENT), "submitted", "public")))
    assert "Public edition" in text
    assert not [name for name in NAMES if name in text]


# ---------------------------------------------------------------- which layout


def test_the_head_or_clerk_chooses_the_layout_and_what_is_printed_next_has_it(ashdown, client):
    address = reverse("layout", args=[ashdown.school.slug])
    client.force_login(ashdown.clerk)
    assert "A landscape table of actions" in client.get(address).text
    answer = client.post(address, {"layout": "table"}, follow=True)
    assert "The layout is chosen." in answer.text
    ashdown.school.refresh_from_db()
    assert ashdown.school.layout == "table"


def test_a_layout_that_there_is_none_of_is_refused_in_words(ashdown, client):
    client.force_login(ashdown.head)
    for sent in ({}, {"layout": "round"}):
        answer = client.post(reverse("layout", args=[ashdown.school.slug]), sent)
        assert answer.status_code == 422
    ashdown.school.refresh_from_db()
    assert ashdown.school.layout == "two-sided"


def test_others_do_not_choose_it(ashdown, kestrel, client):
    with pytest.raises(NotAllowed, match="the headteacher"):
        laying_out.choose_layout(ashdown.school, layout="table", by=ashdown.governor)
    for reader, status in ((ashdown.governor, 403), (kestrel.head, 404)):
        client.force_login(reader)
        assert client.get(reverse("layout", args=[ashdown.school.slug])).status_code == status
