"""How the plan goes: the heat map of a year, a milestone's story, and a review opened by hand."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from foundation.permissions import may
from governance.models import Organisation
from monitoring import heat_map, papers_of_year, points, progress, reviewing, story, two_sides
from monitoring.forms.rating import PointsForm
from monitoring.models import Review
from monitoring.permissions import P
from sip import amended, whereabouts
from sip.models import Milestone, Plan
from sip.permissions import P as Sip


@access(SEE, Organisation, by={"slug": "slug"}, seen="showing_plans_to")
def current(request, organisation):
    """Leads to the year that people mean today; without a plan, says who acts next."""
    request.menu = "progress"
    plan = Plan.objects.visible_to(request.user).current(organisation)
    if plan is not None:
        return redirect("progress_year", slug=organisation.slug, year=plan.year)
    says = whereabouts.nothing_yet(request.user, organisation)
    return show(request, "monitoring/progress/none.html", organisation=organisation, says=says)


@access(SEE, Plan, by={"slug": "organisation__slug", "year": "year"}, seen="to_read")
def year(request, plan):
    """Objectives by term. Before the plan is approved: who acts next, and when."""
    request.menu = "progress"
    heat = progress.of(plan, request.user) if plan.is_in_force else None
    return show(
        request,
        "monitoring/progress/year.html",
        plan=plan,
        heat=heat,
        map=heat and heat_map.of(heat, plan.words.objectives),
        beside=two_sides.of_plan(plan, request.user) if heat else None,
        papers=papers_of_year.of(plan, request.user) if heat else [],
        may_ask=whereabouts.asks_about(plan, request.user),
        may_word=may(request.user, P.WORD_RATINGS, plan.organisation),
        reads_visits=plan.is_in_force and may(request.user, P.READ_VISITS, plan),
        reads_measures=may(request.user, Sip.READ_MEASURES, plan.organisation),
        may_pack=may(request.user, P.MAKE_INSPECTION_PACK, plan),
        waits="" if plan.is_in_force else whereabouts.sentence(plan, whereabouts.Item.of(plan)),
        earlier_url=plan.has_earlier and reverse("progress_year", args=[plan.organisation.slug, plan.year - 1]),
        later_url=plan.has_later and reverse("progress_year", args=[plan.organisation.slug, plan.year + 1]),
    )


@access(SEE, Milestone, seen="to_read")
def milestone(request, milestone):
    """The story of one milestone, up to why and down to what came of it."""
    request.menu = "progress"
    plan = milestone.plan
    return show(
        request,
        "monitoring/progress/milestone.html",
        milestone=milestone,
        criterion=milestone.criterion,
        objective=milestone.criterion.objective,
        plan=plan,
        story=story.of(milestone, request.user),
        was=amended.was_of(milestone),
        gone=amended.gone_of(milestone),
        may_ask=whereabouts.asks_about(plan, request.user),
        reads_questions=may(request.user, Sip.READ_QUESTIONS, plan),
    )


@require_POST
@access(P.OPEN_REVIEW, Plan)
def open_review(request, plan):
    """Open the review of a term before its day."""
    point = points.of_word(request.POST.get("term", ""))
    if point is None:
        raise Http404("No such point of review.")
    review = reviewing.open_review(plan, term=point.term, half=point.half, by=request.user)
    to = reverse("progress_year", args=[plan.organisation.slug, plan.year])
    if Review.objects.visible_to(request.user).filter(pk=review.pk).exists():
        to = reverse("review", args=[review.pk])
    return onward(request, f"The {point.word} review is open. Leaders can rate now.", to=to)


@access(P.SET_REVIEW_POINTS, Plan)
def review_points(request, plan):
    """How often the plan is reviewed, from the next review on."""
    request.menu = "progress"
    form = PointsForm(typed(request), initial={"points": plan.review_points})
    to = reverse("progress_year", args=[plan.organisation.slug, plan.year])
    if request.method == "POST" and form.is_valid():
        reviewing.set_review_points(plan, by=request.user, **form.cleaned_data)
        return onward(request, f"The plan is reviewed {plan.get_review_points_display()}.", to=to)
    return show(request, "monitoring/progress/points.html", plan=plan, form=form, up_url=to)
