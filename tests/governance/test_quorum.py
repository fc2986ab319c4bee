"""Whether a board may decide: counted for the item, against the seats that are filled."""

from datetime import date, time

import pytest

from foundation import clock
from governance import meetings
from governance.models import Board, Seat
from governance.quorum import count, quorum_for, voting_seats
from tests import make


def a_board(**words) -> Board:
    """A board that is nowhere stored: counting reads nothing."""
    return Board(name="Board", **({"quorum": "half"} | words))


def seats(many: int, *, votes: bool = True, position: str = "governor", first: int = 1, **words) -> list[Seat]:
    """So many seats, held by the people with the numbers from `first` on."""
    return [Seat(person_id=number, votes=votes, position=position, **words) for number in range(first, first + many)]


def test_twelve_seats_with_two_vacant_and_one_suspended_need_five():
    held = seats(9) + seats(1, first=10, is_suspended=True)  # two of the twelve have no holder
    assert count(a_board(), held, set(range(1, 6))).numbers == "5 present of 9, 5 needed"


@pytest.mark.parametrize(
    ("filled", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (9, 5), (10, 5), (11, 6), (12, 6), (0, 1)]
)
def test_half_is_rounded_up(filled, needed):
    assert a_board().quorum_of(filled) == needed


@pytest.mark.parametrize(("filled", "needed"), [(3, 3), (5, 3), (9, 3), (10, 4), (12, 4), (13, 5), (1, 3)])
def test_a_third_is_rounded_up_and_at_least_three(filled, needed):
    assert a_board(quorum="third").quorum_of(filled) == needed


def test_a_number_is_a_number():
    assert a_board(quorum="number", quorum_number=4).quorum_of(12) == 4


@pytest.mark.parametrize(("present", "quorate"), [(4, False), (5, True), (9, True)])
def test_enough_is_enough(present, quorate):
    assert count(a_board(), seats(9), set(range(1, present + 1))).is_quorate is quorate


def test_a_suspended_governor_neither_counts_nor_is_counted_against():
    held = seats(4) + seats(1, first=5, is_suspended=True)
    assert count(a_board(), held, {1, 5}).numbers == "1 present of 4, 2 needed"


def test_an_associate_without_a_vote_makes_no_quorum():
    held = seats(4) + seats(2, first=5, votes=False, position="associate member")
    assert count(a_board(), held, {1, 5, 6}).numbers == "1 present of 4, 2 needed"


def test_somebody_without_a_seat_makes_no_quorum():
    assert count(a_board(), seats(4), {1, 99}).present == 1


COMMITTEE = {"kind": "committee", "quorum": "number", "quorum_number": 3, "governors_in_majority": True}


@pytest.mark.parametrize(
    ("governors", "associates", "lack"),
    [
        (3, 0, ""),
        (3, 2, ""),
        (4, 3, ""),
        (3, 3, "only 3 of the 6 members present are governors, who must be the majority"),
        (2, 1, "2 governors present, 3 needed"),
        (2, 0, "2 present of 7, 3 needed"),
    ],
)
def test_on_a_committee_governors_make_the_quorum_and_the_majority(governors, associates, lack):
    held = seats(4) + seats(3, first=5, position="associate member")
    there = set(range(1, governors + 1)) | set(range(5, 5 + associates))
    quorum = count(a_board(**COMMITTEE), held, there)
    assert (quorum.lack, quorum.is_quorate) == (lack, not lack)


def test_associates_without_a_vote_count_as_members_present():
    held = seats(3) + seats(3, first=4, votes=False, position="associate member")
    assert not count(a_board(**COMMITTEE), held, {1, 2, 3, 4, 5, 6}).is_quorate


def test_the_sentence_says_what_can_be_done():
    said = [count(a_board(), seats(11), set(range(1, many + 1))).sentence for many in (8, 4)]
    assert said == [
        "Quorate for this item: 8 present of 11, 6 needed.",
        "Not quorate for this item: 4 present of 11, 6 needed. No vote can be taken.",
    ]


# --- read for an item ---------------------------------------------------------------------------------------------


@pytest.fixture
def item(ashdown):
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    return meetings.add_item(meeting, title="Contract with a consultant", by=ashdown.clerk)


def test_whoever_withdraws_stays_in_the_denominator(ashdown, item):
    for person in ashdown.voters[:3]:
        meetings.withdraw(item, person=person, reason="Owns the firm", by=ashdown.clerk)
    assert quorum_for(item).numbers == "1 present of 4, 2 needed"


def test_a_withdrawal_is_for_one_item(ashdown, item):
    other = meetings.add_item(item.meeting, title="Another", by=ashdown.clerk)
    meetings.withdraw(item, person=ashdown.voters[0], reason="", by=ashdown.clerk)
    assert [quorum_for(item).present, quorum_for(other).present] == [3, 4]


def test_an_ended_seat_is_not_counted(ashdown, item):
    with make.at_the_meeting(item.meeting):
        meetings.record_attendance(item.meeting, how={ashdown.left.person_id: "in person"}, by=ashdown.clerk)
    assert quorum_for(item).numbers == "0 present of 4, 2 needed"


def test_nobody_recorded_is_said(ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    item = meetings.add_item(meeting, title="Any", by=ashdown.clerk)
    assert quorum_for(item).sentence == "Who is present has not been recorded yet."


@pytest.mark.parametrize(
    ("at", "present"), [(time(17, 59), 3), (time(18, 30), 4), (time(19, 41), 4), (time(19, 42), 3), (time(23), 3)]
)
def test_on_the_day_times_of_arrival_and_leaving_count(ashdown, item, at, present):
    early, late = ashdown.voters[:2]
    how = {person.pk: "in person" for person in ashdown.voters}
    times = {early.pk: (None, time(19, 42)), late.pk: (time(18, 30), None)}
    with make.at_the_meeting(item.meeting):
        meetings.record_attendance(item.meeting, how=how, times=times, by=ashdown.clerk)
    with clock.standing_at(clock.local(date(2026, 12, 2), at)):
        assert quorum_for(item).present == present


def test_voting_seats_are_those_in_the_room(ashdown, item):
    meetings.withdraw(item, person=ashdown.chair.person, reason="", by=ashdown.chair)
    assert set(voting_seats(item)) == {person.pk for person in ashdown.voters} - {ashdown.chair.person_id}
