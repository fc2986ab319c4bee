"""The challenge log: every question on a plan with its way to the end."""

from django.core.paginator import Paginator

from foundation.access import access
from foundation.answers import show
from foundation.permissions import may
from monitoring import challenge_log
from monitoring.permissions import P
from sip.models import Objective, Plan, Question
from sip.permissions import P as Sip

A_PAGE = 15


@access(Sip.READ_QUESTIONS, Plan)
def log(request, plan):
    """What was asked, told, asked again and closed, how long it took and what followed, fifteen a page."""
    request.menu = "progress"
    seen = Question.objects.visible_to(request.user)
    objectives = list(Objective.objects.visible_to(request.user).filter(plan=plan))
    wanted = challenge_log.wanted(request.GET, plan, objectives)
    rows = challenge_log.with_names(challenge_log.found(seen, plan, wanted))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "monitoring/challenge/log.html",
        plan=plan,
        page=page,
        entries=[challenge_log.words(entry) for entry in challenge_log.entries(plan, page.object_list)],
        wanted=wanted,
        choices=challenge_log.choices(plan, objectives),
        may_make=may(request.user, P.MAKE_YEAR_PAPER, plan),
        may_ask=may(request.user, Sip.ASK, plan) and plan.state != Plan.State.CLOSED,
    )
