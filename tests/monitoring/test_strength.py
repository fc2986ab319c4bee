"""How strong the evidence is: which kinds, what rests on one source, and what a governor has seen."""

import pytest

from monitoring.strength import Strength, of_body, together


def body(*rows: tuple[str, list[str]]) -> dict:
    return {"id": 1, "milestones": [{"mark": mark, "evidence": kinds} for mark, kinds in rows]}


def test_only_greens_are_counted_with_their_kinds():
    found = of_body(body(("green", ["data"]), ("blue", ["data", "heard"]), ("amber", ["seen"])), is_seen=False)
    assert found == Strength(greens=2, seen=0, one_source=1, kinds=("data", "heard"))
    assert found.says == "2 green, none of them seen by a governor; 1 rests on one source only"
    assert found.backed_by == "data and heard"


def test_a_visit_is_a_source_of_its_own():
    found = of_body(body(("green", ["data"]), ("green", ["data"])), is_seen=True)
    assert found.says == "2 green, 2 of them seen by a governor"
    assert found.backed_by == "data and a governor’s visit"


def test_a_note_from_outside_is_one_too():
    assert of_body(body(("green", ["data"])), is_seen=False, is_noted=True).one_source == 0


def test_of_several_objectives_together():
    seen = of_body(body(*[("green", ["data"])] * 3), is_seen=True)
    unseen = of_body(body(*[("green", ["data", "seen"])] * 9), is_seen=False)
    assert together([seen, unseen]).says == "12 green, 3 of them seen by a governor"


@pytest.mark.parametrize(
    ("rows", "is_seen", "said"),
    [
        ([], True, ""),
        ([("green", ["data"])], True, "1 green, seen by a governor"),
        ([("green", ["data", "seen"])], False, "1 green, not seen by a governor"),
        ([("green", ["heard"])], False, "1 green, not seen by a governor; 1 rests on one source only"),
    ],
)
def test_few_are_said_plainly(rows, is_seen, said):
    assert of_body(body(*rows), is_seen=is_seen).says == said


def test_one_kind_alone_is_named_so():
    assert of_body(body(("green", ["data"])), is_seen=False).backed_by == "data: one source only"
