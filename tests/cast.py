"""The named cast: two schools that know nothing of each other, and a trust with two schools. Everyone has a part.

`ashdown`, `kestrel`: maintained schools. `harbour`: a trust; `quayside` (decides itself) and `mudlark` (the trust's
board decides its plan). Each is a namespace: .school, .board, .clerk, .head, .deputy, .teacher, .business, .chair,
.vice, .governor, .link (with .link_seat), .associate (no vote), .committee, .committee_member, .adviser
(invited), .inspector, .left (a governor whose seat has ended), .voters (people with a vote).
"""

from datetime import date
from types import SimpleNamespace

import pytest

from governance.models import Board, Delegation
from tests import make


def cast_of(name: str, *, kind: str = "school", trust=None, leader: str = "headteacher") -> SimpleNamespace:
    """An organisation with everyone in it."""
    school = make.organisation(name, kind=kind, trust=trust)
    board = school.full_board()
    short = name.split(" ", 1)[0]
    cast = SimpleNamespace(school=school, board=board)
    for part, kind_of_role in {
        "head": leader,
        "deputy": "senior leader",
        "teacher": "staff",
        "business": "business manager",
        "clerk": "clerk",
        "inspector": "inspector",
    }.items():
        setattr(cast, part, make.user(f"{short} {part.title()}"))
        make.role(getattr(cast, part), school, kind_of_role)
    cast.adviser = make.user(f"{short} Adviser")
    make.role(cast.adviser, school, "adviser", reads_submitted=True)
    for part, words in {
        "chair": {"position": "chair"},
        "vice": {"position": "vice chair"},
        "governor": {"category": "parent"},
        "link": {"link": "early reading"},
        "associate": {"position": "associate member", "votes": False},
        "left": {"last_day": date(2026, 8, 31)},
    }.items():
        setattr(cast, part, make.user(f"{short} {part.title()}"))
        setattr(cast, f"{part}_seat", make.seat(getattr(cast, part), board, **words))
    cast.committee = Board.objects.create(
        name="Standards committee", kind="committee", parent=board, quorum="number", quorum_number=3
    )
    cast.committee.organisations.add(school)
    cast.committee_member = make.user(f"{short} Committee")
    make.seat(cast.committee_member, cast.committee, votes=False)
    cast.voters = [cast.chair.person, cast.vice.person, cast.governor.person, cast.link.person]
    return cast


@pytest.fixture
def ashdown(db) -> SimpleNamespace:
    return cast_of("Ashdown Primary")


@pytest.fixture
def kestrel(db) -> SimpleNamespace:
    return cast_of("Kestrel High")


@pytest.fixture
def harbour(db) -> SimpleNamespace:
    return cast_of("Harbour Trust", kind="trust", leader="trust leader")


@pytest.fixture
def quayside(harbour) -> SimpleNamespace:
    return cast_of("Quayside Academy", trust=harbour.school)


@pytest.fixture
def mudlark(harbour) -> SimpleNamespace:
    """Approval kept by the trust's board."""
    cast = cast_of("Mudlark Infants", trust=harbour.school)
    for decision in Delegation.Decides:
        Delegation.objects.create(organisation=cast.school, decision=decision, board=harbour.board)
    return cast


@pytest.fixture
def site_administrator(db):
    user = make.user("Site Administrator")
    make.role(user, None, "site administrator")
    return user
