"""The record of acts: chained, append-only, refused by the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from foundation import audit, frozen
from foundation.audit import AuditEvent
from governance import strategy as operations
from tests import make


@pytest.fixture
def acts(ashdown):
    """Three acts on one strategy."""
    words = {"title": "S", "vision": "V", "first_year": 2026, "last_year": 2029}
    made = operations.begin_strategy(ashdown.school, by=ashdown.clerk, **words)
    for title in ("Second", "Third"):
        operations.write_strategy(
            made, by=ashdown.chair, revision=made.revision, priorities=[], **(words | {"title": title})
        )
    return list(AuditEvent.objects.all())


def test_each_event_follows_the_one_before(acts):
    assert [event.number for event in acts] == [1, 2, 3]
    assert [event.previous_hash for event in acts] == ["", acts[0].hash, acts[1].hash]
    assert audit.broken_links() == []


def test_streams_of_two_organisations_do_not_mix(acts, kestrel):
    operations.begin_strategy(kestrel.school, by=kestrel.clerk, title="K", vision="V", first_year=2026, last_year=2029)
    event = AuditEvent.objects.last()
    assert (event.stream, event.number, event.previous_hash) == (f"organisation:{kestrel.school.pk}", 1, "")


@pytest.fixture
def thawed_events(db):
    """Somebody got past the database's refusal; the test's own transaction brings it back."""
    frozen.thaw_table("foundation_auditevent")


@pytest.mark.parametrize(
    "statement", ["UPDATE foundation_auditevent SET by_name = 'Nobody'", "DELETE FROM foundation_auditevent"]
)
def test_the_database_refuses_to_change_it(acts, statement):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(AuditEvent.objects.all()) == acts


def test_a_tampered_event_is_found(acts, thawed_events):
    AuditEvent.objects.filter(pk=acts[1].pk).update(by_name="Nobody")
    assert audit.broken_links() == [acts[1]]


def test_a_missing_event_is_found(acts, thawed_events):
    acts[1].delete()
    assert [event.number for event in audit.broken_links()] == [3]


def test_rows_in_the_words_become_their_names(ashdown):
    made = make.strategy(ashdown.school)
    assert audit._plain({"strategy": made, "on": made}) == {
        "strategy": f"governance.strategy {made.pk}",
        "on": f"governance.strategy {made.pk}",
    }
