"""Conditions on rows, joined without what cannot be: of all the parts that let people see a thing one person holds few,
and building a query costs far more than running it."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet


def any_of(*conditions: Q) -> Q:
    """True of a row where one of the conditions is. What asks for a key among none is left out; where nothing is left,
    no row fits."""
    possible = [condition for condition in conditions if not _is_impossible(condition)]
    return reduce(or_, possible) if possible else Q(pk__in=())


def _is_impossible(condition) -> bool:
    """Whether a part that must hold asks for a key among none. What is negated or joined by OR counts as possible."""
    if isinstance(condition, tuple):
        lookup, keys = condition
        return lookup.endswith("__in") and (keys.query.is_empty() if isinstance(keys, QuerySet) else not keys)
    is_joined = isinstance(condition, Q) and condition.connector == Q.AND and not condition.negated
    return is_joined and any(_is_impossible(part) for part in condition.children)
