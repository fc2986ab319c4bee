"""A milestone of a review is handed to a colleague, who rates just that one; and for whom a rating may be entered."""

from django.db import IntegrityError, transaction

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from governance.models import Person, Role, User
from monitoring.models import HandedOn, Review
from monitoring.permissions import P
from monitoring.reviewing import milestones_due, require_open
from sip.models import Milestone

_WORK = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.STAFF, Role.Kind.BUSINESS_MANAGER)


@operation(None)
def hand_on(review: Review, *, milestone: Milestone, to: Person, note: str = "", by: User) -> HandedOn:
    """Ask a colleague to rate a milestone this once. They are told by mail, and see that one and no other."""
    require(by, P.HAND_ON, milestone)
    require_open(review)
    if not milestones_due(review).filter(pk=milestone.pk).exists():
        raise Conflict("Only a milestone that is rated in this review can be handed to somebody.")
    if to not in colleagues(review, by=by):
        raise Conflict(f"{to} cannot be asked: they do not work here, or have no sign-in yet.")
    try:
        with transaction.atomic():
            words = {"note": note, "by": by.person, "at": clock.now()}
            handed = HandedOn.objects.create(review=review, milestone=milestone, to=to, **words)
    except IntegrityError:
        holds = review.handed_on.select_related("to").get(milestone=milestone)
        raise Conflict(f"This milestone is with {holds.to} already. Take it back first to ask somebody else.") from None
    words = {"handed": handed, "review": review, "plan": review.plan}
    outbox.post(f"row_handed_on:{handed.pk}", "row_handed_on", to=to, stream=review.audit_stream, **words)
    return handed


@operation(None)
def take_back(review: Review, *, handed: HandedOn, by: User) -> Review:
    """Take a milestone back from a colleague. What they said of it stays until somebody says otherwise."""
    require(by, P.HAND_ON, handed.milestone)
    require_open(review)
    HandedOn.objects.filter(pk=handed.pk, review=review).delete()
    return review


def colleagues(review: Review, *, by: User) -> list[Person]:
    """Whom a milestone can be handed to: those who work there today and can sign in, but for whoever asks."""
    roles = Role.objects.on(clock.today()).filter(kind__in=_WORK, organisation=review.plan.organisation_id)
    people = Person.objects.filter(roles__in=roles, user__is_active=True).exclude(pk=by.person_id)
    return list(people.distinct().order_by("name"))


def away(review: Review, milestone: Milestone, *, by: User) -> list[Person]:
    """For whom this person may enter a rating because they are away: whoever leads the objective, owns an action
    beneath it, or was asked to rate the milestone."""
    objective = milestone.criterion.objective
    asked = review.handed_on.filter(milestone=milestone).values("to")
    owners = objective.actions.exclude(owner=None).values("owner")
    keys = Person.objects.filter(pk=objective.lead_id) | Person.objects.filter(pk__in=owners)
    found = (keys | Person.objects.filter(pk__in=asked)).exclude(pk=by.person_id)
    return list(found.distinct().order_by("name"))
