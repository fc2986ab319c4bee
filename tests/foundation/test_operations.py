"""An operation: permission, lock, change, audit event and mail, together or not at all."""

import pytest
from django.db import transaction

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from foundation.outbox import OutgoingMail, post
from governance import strategy as operations
from governance.models import Strategy
from governance.permissions import P
from sip.models import Plan
from tests import make


@operation(P.WRITE_STRATEGY)
def rename_for_test(strategy, *, title, by, fail=False):
    """Rename it, tell the chair, and perhaps fall over."""
    strategy.title = title
    strategy.save(update_fields=["title"])
    post(
        f"renamed:{title}",
        "change_answered",
        to=by.person,
        plan=Plan(pk=1, organisation=strategy.organisation, year=2026),
    )
    if fail:
        raise Conflict("No.")
    return title


@pytest.fixture
def draft(ashdown):
    return make.strategy(ashdown.school, state="draft")


def test_it_changes_the_row_and_writes_one_event(ashdown, draft):
    assert rename_for_test(draft, title="New", by=ashdown.clerk) == "New"

    draft.refresh_from_db()
    event = AuditEvent.objects.get(what="rename_for_test")
    assert draft.title == "New"
    assert (event.by_user, event.by_name, event.thing, event.thing_id) == (
        ashdown.clerk.pk,
        "Ashdown Clerk",
        "governance.strategy",
        draft.pk,
    )
    assert (event.before, event.after) == ({"title": "Strategy 2025/26 to 2028/29"}, {"title": "New"})
    assert event.words == {"title": "New"}


def test_the_caller_sees_the_new_state(ashdown, draft):
    stale = Strategy.objects.get(pk=draft.pk)
    rename_for_test(draft, title="New", by=ashdown.clerk)
    rename_for_test(stale, title="Newer", by=ashdown.clerk)
    assert stale.title == "Newer"


def test_whoever_may_not_changes_nothing_and_is_told_who_may(ashdown, draft):
    with pytest.raises(
        NotAllowed, match="Only the clerk, the chair, the vice chair or a member of the board may write"
    ):
        rename_for_test(draft, title="New", by=ashdown.head)
    draft.refresh_from_db()
    assert draft.title == "Strategy 2025/26 to 2028/29"
    assert AuditEvent.objects.count() == 0


def test_a_failure_undoes_all_of_it(ashdown, draft):
    with pytest.raises(Conflict):
        rename_for_test(draft, title="New", by=ashdown.clerk, fail=True)
    draft.refresh_from_db()
    assert (draft.title, AuditEvent.objects.count(), OutgoingMail.objects.count()) == (
        "Strategy 2025/26 to 2028/29",
        0,
        0,
    )


def test_mail_is_asked_for_only_after_the_commit(ashdown, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        rename_for_test(draft, title="New", by=ashdown.clerk)
        assert callbacks == []
    assert len(callbacks) == 1


def test_rights_are_read_anew_inside(ashdown, draft):
    assert ashdown.clerk.standing.clerk_ids
    ashdown.clerk.person.roles.update(last_day="2024-09-02")
    with pytest.raises(NotAllowed):
        rename_for_test(draft, title="New", by=ashdown.clerk)


def test_an_operation_on_what_belongs_to_others_is_refused(ashdown, kestrel, draft):
    with pytest.raises(NotAllowed):
        rename_for_test(draft, title="New", by=kestrel.clerk)


def test_beginning_twice_happens_once(ashdown):
    words = {"title": "S", "vision": "V", "first_year": 2026, "last_year": 2029}
    operations.begin_strategy(ashdown.school, by=ashdown.clerk, **words)
    with pytest.raises(Conflict, match="being written already"):
        operations.begin_strategy(ashdown.school, by=ashdown.chair, **words)
    assert Strategy.objects.count() == 1
