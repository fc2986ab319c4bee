"""A review as everyone reads it, the monitor's view of an objective, and the review taken back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import Conflict, StaleEdit
from foundation.permissions import may, require
from monitoring import reviewing, two_sides, viewing, whereabouts
from monitoring.forms.viewing import ViewForm
from monitoring.models import Report, ReportJob, Review, View
from monitoring.permissions import P
from monitoring.reading import read
from sip.models import Objective
from sip.permissions import P as Sip
from sip.whereabouts import asks_about

_VIEW = "monitoring/reviews/view.html"


@access(SEE, Review, seen="to_read")
def review(request, review):
    """What leaders say, what monitors see, where the two differ, and what the board did."""
    request.menu = "progress"
    user, plan, reading = request.user, review.plan, read(review, request.user)
    sitting, beside = whereabouts.Sitting.of(review, user), two_sides.of(reading, user)
    papers, jobs = _papers(review, user)
    return show(
        request,
        "monitoring/reviews/review.html",
        review=review,
        plan=plan,
        reading=reading,
        strength=beside.strength,
        stories=beside.stories,
        says=whereabouts.sentence(review, sitting, reading),
        panel=whereabouts.panel(review, sitting, reading, user),
        item_url=sitting.item_url,
        papers=papers,
        jobs=jobs,
        may_make=review.is_sent and may(user, P.MAKE_REPORT, review),
        may_ask=asks_about(plan, user),
        reads_questions=may(user, Sip.READ_QUESTIONS, plan),
        reads_visits=may(user, P.READ_VISITS, plan),
    )


def _papers(review, user) -> tuple[list, list]:
    """The reports with those that are being made, the newest record first: the one received above all others. And the
    latter alone."""
    reports = Report.objects.visible_to(user).filter(record__review=review).listed()
    waiting = ReportJob.objects.visible_to(user).filter(record__review=review, document=None)
    jobs = list(waiting.select_related("record__review__plan").defer("record__content"))
    return sorted([*jobs, *reports], key=lambda paper: paper.record.number, reverse=True), jobs


@access(SEE, Review, seen="to_read")
def give_view(request, review, objective):
    """The monitor agrees, sees it differently, or has not enough evidence."""
    request.menu = "progress"
    found = get_object_or_404(Objective.objects.visible_to(request.user), plan=review.plan_id, pk=objective)
    require(request.user, P.GIVE_VIEW, found)
    if why := viewing.why_not_given(review):
        raise Conflict(why)
    page = _page(review, request.user, found)
    row = page["row"]
    form = ViewForm(typed(request), initial=_first(request, row), revision=row.view_revision, **_of(review, row))
    if request.method == "POST" and form.is_valid():
        return _give(request, review, found, form)
    return show(request, _VIEW, form=form, chosen=_chosen(form), **page)


def _page(review, user, objective) -> dict:
    """Both sides of one objective: what leaders say, who was there last, and how many of theirs are still to see."""
    reading = read(review, user)
    beside = two_sides.of(reading, user, objective=objective.pk)
    row = next(one for one in reading.objectives if one.id == objective.pk)
    mine, following = two_sides.mine(reading), two_sides.next_of_mine(reading, objective.pk)
    return {"review": review, "row": row, "mine": mine, "following": following, "stories": beside.stories}


def _chosen(form) -> str:
    """The stance that the form stands at; a page of its own for each."""
    stance = form["stance"].value()
    return stance if stance in View.Stance.values else ""


def _give(request, review, objective, form):
    """Hand it over. Somebody gave another view meanwhile: both texts, and the choice."""
    try:
        viewing.give_view(review, objective=objective, by=request.user, **form.cleaned_data)
    except StaleEdit as stale:
        if not _is_same(stale.thing, form.cleaned_data, request.user):
            page = _page(review, request.user, objective)
            return both_texts(request, _VIEW, stale, form=form, chosen=_chosen(form), **page)
    following = two_sides.next_of_mine(read(review, request.user), objective.pk) if "step" in request.POST else None
    to = following.view_url if following else f"{reverse('review', args=[review.pk])}#objective-{objective.pk}"
    return onward(request, f"Your view of “{objective}” is given.", to=to)


def _is_same(view, words: dict, user) -> bool:
    """Whether the person's own words stand there already: a button pressed twice is no colleague."""
    said = ("stance", "mark", "why")
    return view is not None and view.given_by_id == user.person_id and all(getattr(view, w) == words[w] for w in said)


def _first(request, row) -> dict:
    """What the form begins with: the view that stands, or the stance that the address names."""
    view = row.view
    chosen = {"stance": request.GET["stance"]} if "stance" in request.GET else {}
    return ({"stance": view.stance, "mark": view.mark, "why": view.why} if view else {}) | chosen


def _of(review, row) -> dict:
    return {"review": review, "leaders_mark": row.mark}


@require_POST
@access(P.SEND_REVIEW, Review, seen="to_read")
def take_back(request, review):
    """The head takes the review back, to change it."""
    reviewing.take_back_review(review, by=request.user)
    said = "The review is yours again. Governors read nothing of it until you send it."
    return onward(request, said, to=reverse("review", args=[review.pk]))
