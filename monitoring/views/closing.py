"""The end of a plan's year: what came of each objective, and the plan closed."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import keeping
from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import Conflict, StaleEdit
from foundation.permissions import may, require, why_not
from governance import years
from monitoring import carrying
from monitoring import closing as ending
from monitoring.forms.closing import OutcomesForm
from monitoring.permissions import P
from sip.models import EvidencePack, Plan
from sip.permissions import P as Sip

_PAGE = "monitoring/closing/page.html"


@access(SEE, Plan, seen="in_force_to")
def closing(request, plan):
    """Every objective with what came of it and what was learned; the headteacher closes the plan here."""
    request.menu = "current_plan"
    objectives = ending.objectives_of(plan)
    if not any(may(request.user, P.READ_OUTCOMES, one) for one in objectives):
        require(request.user, P.READ_OUTCOMES, plan)
    if request.method != "POST":
        return _page(request, plan, _form(request, plan, objectives))
    if not any(may(request.user, P.WRITE_OUTCOME, one) for one in objectives):
        require(request.user, P.WRITE_OUTCOME, plan)
    if why := ending.why_not_written(plan):
        raise Conflict(why)
    form = _form(request, plan, objectives)
    return _write(request, plan, form) if form.is_valid() else _page(request, plan, form)


def _write(request, plan, form):
    """Each touched block by itself. What a colleague wrote meanwhile stands beside what was typed."""
    stale, trouble = set(), None
    for one in form.forms:
        if one.is_touched and not one.is_said_already:
            try:
                ending.write_outcome(one.objective, by=request.user, **one.words)
            except StaleEdit as error:
                trouble = error
                stale.add(one.objective.pk)
                one.objective.refresh_from_db()
    if trouble is None:
        return onward(request, "What came of the objectives is saved.", to=request.path)
    keeping.keep(request.user, request.path, request.POST)
    form.set_beside(stale)
    return both_texts(request, _PAGE, trouble, form=form, **_words(request, plan, form))


@require_POST
@access(P.CLOSE_PLAN, Plan, seen="in_force_to")
def close_plan(request, plan):
    """The headteacher closes the plan."""
    closed = ending.close_plan(plan, by=request.user)
    return onward(request, closed.says, to=reverse("plan", args=[plan.organisation.slug, plan.year]))


def _form(request, plan, objectives) -> OutcomesForm:
    closed = bool(ending.why_not_written(plan))
    writing = {one.pk for one in objectives if not closed and may(request.user, P.WRITE_OUTCOME, one)}
    left = carrying.left_of(plan)
    return OutcomesForm(objectives, ending.last_review(plan, request.user), writing, typed(request), left=left)


def _page(request, plan, form):
    return show(request, _PAGE, form=form, **_words(request, plan, form))


def _words(request, plan, form) -> dict:
    """What the page says round the blocks."""
    why = ending.why_not_closed(plan)
    return {
        "plan": plan,
        "next_year": years.written(plan.year + 1),
        "review": form.review,
        "closed": plan.state == Plan.State.CLOSED,
        "says": ending.where_it_stands(plan, why),
        "why_not_closed": why,
        "may_close": may(request.user, P.CLOSE_PLAN, plan),
        "who_closes": why_not(P.CLOSE_PLAN),
        "who_writes": why_not(P.WRITE_OUTCOME),
        "evidence": _evidence(request.user, plan),
        "may_make": may(request.user, P.MAKE_YEAR_PAPER, plan),
        "why_not_made": "" if plan.state == Plan.State.CLOSED else why,
    }


def _evidence(user, plan) -> EvidencePack | None:
    """Next year's, where what is unfinished of this one stands in it and this person reads it."""
    packs = EvidencePack.objects.visible_to(user).filter(organisation=plan.organisation, year=plan.year + 1)
    pack = packs.filter(unfinished__isnull=False).first()
    return pack if pack and may(user, Sip.READ_EVIDENCE, pack) else None
