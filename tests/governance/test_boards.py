"""Boards, their rules, whom they serve, and which of them decides."""

import pytest
from django.urls import reverse

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from governance import boards
from governance.models import Board, Delegation
from tests import make

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Resources committee", "short_name": "Res", "kind": "committee", "quorum": "number", "quorum_number": "3",
    "governors_in_majority": "on", "notice_days": "7",
}  # fmt: skip
RULES = {"name": "Governing board", "short_name": "FGB", "quorum": "half", "quorum_number": None,
         "governors_in_majority": False, "notice_days": 7}  # fmt: skip


def add(cast, **words) -> Board:
    given = {"name": "Resources committee", "kind": "committee", "quorum": "number", "quorum_number": 3}
    return boards.add_board(cast.school, **(given | words), by=cast.clerk)


def page(cast, name="boards", *more) -> str:
    return reverse(name, args=[cast.school.slug, *more])


def test_a_committee_stands_under_the_full_board(ashdown):
    made = add(ashdown)
    assert (made.parent, list(made.organisations.all()), made.quorum_of(9)) == (ashdown.board, [ashdown.school], 3)
    with pytest.raises(Conflict, match="already"):
        add(ashdown, name="RESOURCES committee")
    with pytest.raises(Conflict, match="full board already"):
        add(ashdown, name="Another", kind="full board", quorum="half")
    assert AuditEvent.objects.count() == 1


def test_rules_are_changed(ashdown):
    boards.change_board(ashdown.board, **(RULES | {"quorum": "number", "quorum_number": 4}), by=ashdown.clerk)
    assert ashdown.board.quorum_of(11) == 4
    boards.change_board(ashdown.board, **(RULES | {"quorum": "third", "quorum_number": 4}), by=ashdown.clerk)
    assert (ashdown.board.quorum_of(11), ashdown.board.quorum_number) == (4, None)


def test_only_the_clerk_changes_them(ashdown, kestrel):
    for other in (ashdown.chair, ashdown.head, kestrel.clerk):
        with pytest.raises(NotAllowed):
            boards.change_board(ashdown.board, **RULES, by=other)


def test_a_federation_has_one_board(ashdown):
    second = make.organisation("Ashdown Infants")
    make.role(ashdown.clerk, second, "clerk")
    boards.change_board(ashdown.board, **RULES, organisations=[ashdown.school, second], by=ashdown.clerk)
    assert second.full_board() == ashdown.board
    assert [board.kind for board in second.boards.all()] == ["full board"]
    make.seat(ashdown.teacher, ashdown.board)
    ashdown.teacher.forget_standing()
    assert second.pk in ashdown.teacher.standing.organisation_ids


def test_a_school_with_a_working_board_keeps_it(ashdown, kestrel):
    make.role(ashdown.clerk, kestrel.school, "clerk")
    with pytest.raises(Conflict, match="of its own, with members"):
        boards.change_board(ashdown.board, **RULES, organisations=[ashdown.school, kestrel.school], by=ashdown.clerk)
    assert list(ashdown.board.organisations.all()) == [ashdown.school]


def test_a_clerk_takes_no_school_of_another_clerk(ashdown, kestrel):
    with pytest.raises(NotAllowed, match="Only their own clerk"):
        boards.change_board(ashdown.board, **RULES, organisations=[ashdown.school, kestrel.school], by=ashdown.clerk)


def test_no_school_is_left_without_a_board(ashdown):
    second = make.organisation("Ashdown Infants")
    make.role(ashdown.clerk, second, "clerk")
    boards.change_board(ashdown.board, **RULES, organisations=[ashdown.school, second], by=ashdown.clerk)
    with pytest.raises(Conflict, match="left without a board"):
        boards.change_board(ashdown.board, **RULES, organisations=[second], by=ashdown.clerk)


def test_who_decides_is_the_own_board_or_the_trusts(quayside, harbour, ashdown):
    assert set(boards.can_decide(quayside.school)) == {
        quayside.board, quayside.committee, harbour.board, harbour.committee,
    }  # fmt: skip
    boards.set_delegation(quayside.school, decision="approve the plan", board=harbour.board, by=quayside.clerk)
    boards.set_delegation(quayside.school, decision="approve the plan", board=harbour.committee, by=quayside.clerk)
    assert quayside.school.deciding_board("approve the plan") == harbour.committee
    assert quayside.school.deciding_board("set objectives") == quayside.board
    with pytest.raises(NotAllowed):
        boards.set_delegation(quayside.school, decision="approve the plan", board=ashdown.board, by=quayside.clerk)
    assert Delegation.objects.count() == 1


def test_a_plan_under_way_stays_with_its_board(quayside, harbour):
    plan = make.plan(quayside, state="objectives")
    boards.set_delegation(quayside.school, decision="approve the plan", board=harbour.board, by=quayside.clerk)
    plan.refresh_from_db()
    assert plan.deciding_board == quayside.board


# ---------------------------------------------------------------- pages


def test_the_clerk_keeps_boards_in_the_browser(ashdown, client):
    client.force_login(ashdown.clerk)
    assert client.get(page(ashdown)).status_code == 200
    assert client.get(page(ashdown, "board_add")).status_code == 200
    assert client.post(page(ashdown, "board_add"), TYPED).status_code == 302
    made = Board.objects.get(name="Resources committee")
    assert (made.short_name, made.quorum_number, made.governors_in_majority) == ("Res", 3, True)
    assert "under the Governing board" in client.get(page(ashdown)).text
    assert client.post(page(ashdown, "board_add"), TYPED).status_code == 422  # twice: the name is taken
    change = page(ashdown, "board_change", ashdown.board.pk)
    assert client.get(change).status_code == 200
    words = TYPED | {"name": "Governing body", "quorum": "half", "quorum_number": "", "notice_days": "10"}
    assert client.post(change, words).status_code == 302
    ashdown.board.refresh_from_db()
    assert (ashdown.board.name, ashdown.board.quorum, ashdown.board.notice_days) == ("Governing body", "half", 10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"short_name": "thirteen long"},
        {"kind": "full board"},
        {"quorum": "all"},
        {"quorum": "number", "quorum_number": ""},
        {"quorum_number": "0"},
        {"quorum_number": "three"},
        {"notice_days": "-1"},
        {"notice_days": "900"},
        {"name": "standards COMMITTEE"},
    ],
)
def test_wrong_rules_are_said_and_make_nothing(ashdown, client, wrong):
    client.force_login(ashdown.clerk)
    assert client.post(page(ashdown, "board_add"), TYPED | wrong).status_code == 422
    assert Board.objects.count() == 2


def test_the_clerk_says_who_decides(quayside, harbour, client, ashdown):
    client.force_login(quayside.clerk)
    deciding = page(quayside, "deciding")
    assert "Board of trustees of the trust" in client.get(deciding).text
    words = {"set-board": quayside.board.pk, "approve-board": harbour.board.pk, "receive-board": quayside.board.pk}
    words |= {"amend-board": quayside.board.pk}
    assert client.post(deciding, words).status_code == 302
    assert [row.decision for row in Delegation.objects.all()] == ["approve the plan"]
    assert "A plan under way stays with the board it began with" in client.get(page(quayside)).text
    for foreign in (ashdown.board.pk, "999999", "", "x", "9" * 40):
        assert client.post(deciding, words | {"approve-board": foreign}).status_code == 422


def test_the_clerk_says_who_receives_the_reviews(quayside, harbour, client):
    client.force_login(quayside.clerk)
    deciding = page(quayside, "deciding")
    assert "Who receives the reviews" in client.get(deciding).text
    words = {"set-board": quayside.board.pk, "approve-board": quayside.board.pk, "amend-board": quayside.board.pk}
    answer = client.post(deciding, words)
    assert (answer.status_code, "Choose the board" in answer.text) == (422, True)
    assert client.post(deciding, words | {"receive-board": quayside.committee.pk}).status_code == 302
    assert quayside.school.deciding_board("receive reviews") == quayside.committee
    assert "Receives the reviews</dt><dd>Standards committee</dd>" in client.get(page(quayside)).text


def test_a_school_whose_trust_approves_its_plan_receives_its_own_reviews(quayside, harbour):
    boards.set_delegation(quayside.school, decision="approve the plan", board=harbour.board, by=quayside.clerk)
    assert quayside.school.deciding_board("receive reviews") == quayside.board


def test_whom_a_board_serves_is_offered_to_a_clerk_of_several(ashdown, kestrel, client):
    client.force_login(ashdown.clerk)
    change = page(ashdown, "board_change", ashdown.committee.pk)
    assert "Whom it serves" not in client.get(change).text
    make.role(ashdown.clerk, kestrel.school, "clerk")
    assert "Whom it serves" in client.get(change).text
    words = TYPED | {"organisations": [ashdown.school.pk, kestrel.school.pk]}
    assert client.post(change, words).status_code == 302
    assert set(ashdown.committee.organisations.all()) == {ashdown.school, kestrel.school}


def test_a_school_of_another_clerk_is_no_choice(ashdown, kestrel, harbour, client):
    make.role(ashdown.clerk, kestrel.school, "clerk")
    client.force_login(ashdown.clerk)
    words = TYPED | {"organisations": [ashdown.school.pk, harbour.school.pk]}
    assert client.post(page(ashdown, "board_change", ashdown.committee.pk), words).status_code == 422
    assert list(ashdown.committee.organisations.all()) == [ashdown.school]


def test_readers_see_and_strangers_do_not(ashdown, kestrel, client):
    changes = [page(ashdown, "board_add"), page(ashdown, "deciding"), page(ashdown, "board_change", ashdown.board.pk)]
    client.force_login(ashdown.governor)
    seen = client.get(page(ashdown))
    assert seen.status_code == 200 and "Only the clerk may change a board and its rules." in seen.text
    assert {client.get(url).status_code for url in changes} == {403}
    assert {client.post(url, TYPED).status_code for url in changes} == {403}
    for stranger in (kestrel.clerk, ashdown.adviser, ashdown.inspector, ashdown.left):
        client.force_login(stranger)
        assert {client.get(url).status_code for url in [page(ashdown), *changes]} == {404}


def test_a_board_of_another_school_is_not_there(ashdown, kestrel, client):
    client.force_login(ashdown.clerk)
    assert client.get(page(ashdown, "board_change", kestrel.board.pk)).status_code == 404
