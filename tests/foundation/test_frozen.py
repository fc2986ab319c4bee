"""Canonical JSON, sealed records and their hash."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from foundation import frozen

BLOCKS = {"plan": {"title": "Plan", "cost": Decimal("12.50")}, "objective:1": {"by": date(2027, 7, 16)}}


def test_the_canonical_form_has_one_way_of_writing():
    moment = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert (
        frozen.canonical({"b": [1, None], "a": "ŵ “x”", "m": moment})
        == '{"a":"ŵ “x”","b":[1,null],"m":"2026-11-24T09:30:00.000000+00:00"}'
    )


def test_the_hash_changes_with_any_word_and_with_the_order():
    record = frozen.seal(BLOCKS)
    taken = frozen.hash_of(record)
    assert frozen.hash_of(record) == taken
    record["blocks"].reverse()
    assert frozen.hash_of(record) != taken
    record["blocks"].reverse()
    record["blocks"][0]["body"] = {"title": "Plan", "cost": "12.51"}
    assert frozen.hash_of(record) != taken


def test_equal_content_has_another_hash_each_time_so_that_it_cannot_be_guessed():
    assert frozen.hash_of(frozen.seal(BLOCKS)) != frozen.hash_of(frozen.seal(BLOCKS))


PLAIN = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_what_is_read_back_is_written_the_same(content):
    written = frozen.canonical(content)
    assert frozen.canonical(json.loads(written)) == written
