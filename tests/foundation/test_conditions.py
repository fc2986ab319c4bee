"""Conditions joined by OR: what cannot be is left out, and the rows are those of all of them."""

import pytest
from django.db.models import Q

from foundation.conditions import any_of
from governance.models import Organisation
from tests import make

HERE, NONE = Q(pk__in={1}), Q(pk__in=set())


@pytest.mark.parametrize(
    "impossible",
    [
        NONE,
        Q(trust__in=()),
        NONE & Q(name="Ashdown"),
        Q(name="Ashdown") & (Q(slug="ashdown") & NONE),
        Q(pk__in=Organisation.objects.none().values("pk")),
    ],
)
def test_what_asks_for_a_key_among_none_is_left_out(impossible):
    assert any_of(impossible, HERE) == HERE


@pytest.mark.parametrize("possible", [~NONE, NONE | Q(name="Ashdown"), Q(pk__in=Organisation.objects.all())])
def test_what_may_be_stays(possible):
    assert any_of(possible, HERE) == possible | HERE


def test_where_nothing_is_left_no_row_fits(db):
    make.organisation("Ashdown Primary")
    for conditions in ((), (NONE,), (NONE, NONE & HERE)):
        assert not Organisation.objects.filter(any_of(*conditions)).exists()
        assert Organisation.objects.filter(~any_of(*conditions)).exists()


def test_the_rows_are_those_of_all_of_them(db):
    first, second, _ = (make.organisation(name) for name in ("Ashdown Primary", "Kestrel Vale High", "Tern Primary"))
    found = Organisation.objects.filter(any_of(Q(pk=first.pk), NONE, Q(pk=second.pk)))
    assert set(found) == {first, second}
