"""The scheme of delegation: which board decides, and what the others do in it."""

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from governance import boards
from governance.models import Board, Delegation


def test_a_board_recommends_until_it_does_not(ashdown):
    words = {"decision": "approve the plan", "board": ashdown.committee, "by": ashdown.clerk}
    boards.set_part(ashdown.school, does="recommends", **words)
    boards.set_part(ashdown.school, does="recommends", **words)
    assert list(ashdown.school.boards_that("recommends", "approve the plan")) == [ashdown.committee]
    assert boards.scheme_of(ashdown.school)[1] == (
        "approves the plan", ashdown.board, [(ashdown.committee, "recommends")],
    )  # fmt: skip
    boards.set_part(ashdown.school, does="", **words)
    assert not Delegation.objects.exists()


def test_what_cannot_be(ashdown, kestrel, site_administrator):
    words = {"decision": "approve the plan", "by": ashdown.clerk}
    with pytest.raises(Conflict, match="Governing board decides on this"):
        boards.set_part(ashdown.school, board=ashdown.board, does="recommends", **words)
    with pytest.raises(Conflict, match="Choose what the board does"):
        boards.set_part(ashdown.school, board=ashdown.committee, does="decides", **words)
    with pytest.raises(Conflict, match="Choose what the board does"):
        boards.set_part(
            ashdown.school, board=ashdown.committee, decision="receive reviews", does="recommends", by=ashdown.clerk
        )
    with pytest.raises(NotAllowed, match="has no part"):
        boards.set_part(ashdown.school, board=kestrel.committee, does="recommends", **words)
    with pytest.raises(NotAllowed, match="Only the clerk"):
        boards.set_part(
            ashdown.school, board=ashdown.committee, does="recommends", decision="approve the plan", by=ashdown.chair
        )


def test_who_decides_from_now_on_does_not_recommend_as_well(ashdown):
    words = {"decision": "approve the plan", "board": ashdown.committee, "by": ashdown.clerk}
    boards.set_part(ashdown.school, does="recommends", **words)
    boards.set_delegation(ashdown.school, **words)
    assert list(Delegation.objects.values_list("does", flat=True)) == ["decides"]


def test_the_page_says_and_keeps_it(client, ashdown, kestrel):
    url = reverse("deciding", args=[ashdown.school.slug])
    client.force_login(ashdown.clerk)
    sent = {name: ashdown.board.pk for name in ("set-board", "approve-board", "receive-board", "amend-board")}
    part = f"part-approve-{ashdown.committee.pk}-does"
    assert client.post(url, sent | {part: "recommends"}).status_code == 302
    shown = client.get(reverse("boards", args=[ashdown.school.slug])).content.decode()
    assert "Governing board; the Standards committee recommends" in shown
    wrong = client.post(url, sent | {part: "rules"})
    assert wrong.status_code == 422
    client.force_login(ashdown.governor)
    assert client.get(url).status_code == 403
    client.force_login(kestrel.clerk)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_the_boards_asks_no_more_for_more(client, ashdown, many, django_assert_num_queries):
    for number in range(many):
        board = Board.objects.create(name=f"Committee {number}", kind="committee", parent=ashdown.board)
        board.organisations.add(ashdown.school)
        boards.set_part(ashdown.school, decision="approve the plan", board=board, does="recommends", by=ashdown.clerk)
    client.force_login(ashdown.governor)
    with django_assert_num_queries(18):
        client.get(reverse("boards", args=[ashdown.school.slug]))
