"""The tests' own machinery: a test with real transactions leaves nothing behind, and frozen tables frozen."""

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", ["once", "again"])
def test_a_frozen_row_is_gone_after_the_test_and_refuses_within_it(time):
    assert not AuditEvent.objects.exists()
    nobody = {"by_user": 0, "thing_id": 0, "words": {}, "before": {}, "after": {}}
    AuditEvent.objects.create(number=1, at=clock.now(), **nobody)
    for change in (AuditEvent.objects.all().delete, lambda: AuditEvent.objects.update(hash="other")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
