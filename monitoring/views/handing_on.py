"""A milestone is handed to a colleague: asked, rated by them alone on a page of its own, taken back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from monitoring import handing_on, rating, reviewing
from monitoring.forms.rating import HandOnForm
from monitoring.models import HandedOn, Review
from monitoring.permissions import P
from monitoring.views.rating import against, held, one, rate_form
from sip.models import Milestone

_HANDED = "monitoring/rating/handed.html"


@access(P.HAND_ON, Milestone, by={"milestone": "pk"}, seen="to_read")
def hand_on(request, milestone, pk):
    """Ask a colleague to rate one milestone."""
    request.menu = "progress"
    review = get_object_or_404(Review.objects.to_read(request.user), pk=pk, plan=milestone.plan.pk)
    reviewing.require_open(review)
    form = HandOnForm(typed(request), colleagues=handing_on.colleagues(review, by=request.user))
    if request.method == "POST" and form.is_valid():
        made = handing_on.hand_on(review, milestone=milestone, by=request.user, **form.cleaned_data)
        said = f"{made.to} is asked to rate it, and has a mail."
        return onward(request, said, to=f"{reverse('rate_next', args=[review.pk])}?after={milestone.pk}")
    return show(request, "monitoring/rating/hand_on.html", form=form, review=review, milestone=milestone)


@require_POST
@access(P.HAND_ON, HandedOn)
def take_back(request, handed):
    """Take a milestone back from a colleague."""
    review, milestone = handed.review, handed.milestone
    handing_on.take_back(review, handed=handed, by=request.user)
    said = f"It is yours again. {handed.to} is no longer asked."
    return onward(request, said, to=reverse("rate", args=[review.pk, milestone.pk]))


@access(P.RATE, HandedOn, seen="to_rate")
def rate_handed(request, handed):
    """The one milestone that a colleague was asked to rate."""
    request.menu = "progress"
    review, milestone = handed.review, handed.milestone
    if request.method == "POST" and "same" in request.POST:
        rating.say_no_change(review, milestone=milestone, by=request.user)
        return onward(request, "It is said: no change since last time.", to=reverse("home"))
    form = rate_form(request, review, milestone, typed(request))
    if request.method == "POST" and form.is_valid():
        return _rated(request, handed, form)
    return show(request, _HANDED, form=form, **_beside(request, handed))


def _rated(request, handed, form):
    review, milestone = handed.review, handed.milestone
    try:
        rating.rate(review, milestone=milestone, by=request.user, **form.cleaned_data)
    except StaleEdit as stale:
        now = held(request, review, milestone)
        if not form.says_the_same(now["held"], now["reading"]):
            form, theirs = against(request, review, milestone, now)
            return both_texts(request, _HANDED, stale, form=form, **theirs, **_beside(request, handed))
    said = f"Thank you: it is rated, and {handed.by} can read it. You can change it until the review is sent."
    return onward(request, said, to=reverse("home"))


def _beside(request, handed) -> dict:
    said = handed.review.ratings.filter(milestone=handed.milestone).exists()
    return one(request, handed.review, handed.milestone, is_rated=said) | {"handed": handed}
