"""The table of kinds of agenda item: every kind has one row, joined by the floor that it belongs to."""

import pytest

from governance import kinds
from governance.models import AgendaItem, Decision


@pytest.mark.parametrize("name", AgendaItem.Kind.values)
def test_every_kind_says_how_it_can_end_and_who_decides_on_it(name):
    kind = kinds.of(AgendaItem(kind=name))
    assert set(kind.outcomes) <= set(Decision.Outcome.values)
    assert next(iter(kind.outcomes)) in Decision.CARRIED
    assert Decision.Outcome.DEFERRED in kind.outcomes  # what else could a board without a quorum do?


def test_a_kind_is_joined_once():
    with pytest.raises(ValueError, match="plan already has a row"):
        kinds.join({AgendaItem.Kind.PLAN: kinds.of(AgendaItem(kind="plan"))})


def test_only_the_review_is_received():
    receivable = {name for name in AgendaItem.Kind.values if "received" in kinds.of(AgendaItem(kind=name)).outcomes}
    assert receivable == {"review"}
