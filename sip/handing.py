"""A post or a team hands what it owns to a person: "Year 3 team" becomes one of them, in every plan not yet closed."""

from django.db.models import Count, F, Q, QuerySet

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance import posts
from governance.models import Organisation, Person, Role, User
from sip.models import Action, Objective, Plan, SavedBefore
from sip.permissions import P


def posts_of(organisation: Organisation) -> QuerySet:
    """The posts and teams of today, each with `owned`: how many actions it owns in plans that are not closed."""
    live = Q(actions_owned__objective__plan__organisation=organisation) & ~Q(
        actions_owned__objective__plan__state=Plan.State.CLOSED
    )
    return posts.of(organisation).annotate(owned=Count("actions_owned", filter=live, distinct=True))


@operation(P.HAND_POST)
def hand_post(organisation: Organisation, *, post: Person, to: Person, by: User) -> int:
    """Everything that the post owns or checks in plans that are not closed is the person's; the post is over.

    Returns how many actions were handed on. Whoever is typing in a draft meanwhile sees both texts.
    """
    roles = Role.objects.on(clock.today()).filter(person=post, organisation=organisation)
    if not post.is_post or not roles.exists():
        raise Conflict(f"{post} is no post here any more.")
    if to.is_post or not Person.objects.on_hand(organisation).filter(pk=to.pk).exists():
        raise Conflict(f"{to} is nobody who can be named here today.")
    actions = Action.objects.filter(objective__plan__organisation=organisation)
    actions = actions.exclude(objective__plan__state=Plan.State.CLOSED)
    touched = set(actions.filter(Q(owner=post) | Q(checked_by=post)).values_list("objective", flat=True))
    handed = actions.filter(owner=post).update(owner=to)
    actions.filter(checked_by=post).update(checked_by=to)
    objectives = Objective.objects.filter(pk__in=touched)
    objectives.update(revision=F("revision") + 1)
    SavedBefore.objects.filter(objective__in=touched).delete()
    for plan in Plan.objects.filter(objectives__in=touched).distinct():
        plan.touch()
    posts.end(roles)
    return handed
