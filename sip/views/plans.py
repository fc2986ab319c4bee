"""The plan as one page, and one objective whole, with the thread up to why and down to what is asked of it."""

from django.shortcuts import redirect
from django.urls import reverse

from foundation.access import SEE, access
from foundation.answers import show
from foundation.permissions import may
from governance.models import Organisation
from sip import beside, living, recommending, waiting, ways, whereabouts
from sip.models import Objective, Plan, Question
from sip.permissions import P
from sip.reading import DRAFT, OBJECTIVES, read
from sip.stopped import in_words, read_with


@access(SEE, Organisation, by={"slug": "slug"}, seen="showing_plans_to")
def current(request, organisation):
    """Leads to the plan that people mean today; without one, says who acts next."""
    request.menu = "current_plan"
    plan = Plan.objects.visible_to(request.user).current(organisation)
    if plan is not None:
        return redirect("plan", slug=organisation.slug, year=plan.year)
    says = whereabouts.nothing_yet(request.user, organisation)
    may_begin = may(request.user, P.BEGIN_PLAN, organisation)
    before = {
        "reads_evidence": may(request.user, P.READ_EVIDENCE, organisation),
        "reads_measures": may(request.user, P.READ_MEASURES, organisation),
    }
    return show(request, "sip/plans/none.html", organisation=organisation, says=says, may_begin=may_begin, **before)


@access(SEE, Plan, by={"slug": "organisation__slug", "year": "year"}, seen="to_read")
def plan(request, plan):
    """The plan on a page: what the board asked for, what leaders will do, what it costs and what it serves."""
    request.menu = "current_plan"
    reading, item = read(plan, request.user), whereabouts.Item.of(plan)
    may_ask = whereabouts.asks_about(plan, request.user)
    return show(
        request,
        "sip/plans/plan.html",
        plan=plan,
        reading=reading,
        words=reading.words,
        says=f"{whereabouts.sentence(plan, item)} {living.what_came(reading)}".strip(),
        panel=whereabouts.panel(plan, item, request.user, reading.counts),
        may_ask=may_ask,
        notice=_notice(plan, reading),
        reason=plan.returned_reason if _may_read_reason(request.user, plan) else "",
        conditions=whereabouts.conditions(item),
        ways=ways.of(plan, reading, item, request.user),
        beside=recommending.beside(plan, request.user, whereabouts.decides_on(item)),
        reads_questions=may(request.user, P.READ_QUESTIONS, plan),
        reads_outcomes=plan.is_in_force and may(request.user, P.READ_MARKS, plan),
        may_draft=plan.is_editable and may(request.user, P.DRAFT_PLAN, plan),
    )


@access(SEE, Objective)
def objective(request, objective):
    """One objective whole. What stands on it is what this person may read of its plan."""
    request.menu = "current_plan"
    plan = objective.plan = Plan.objects.to_read(request.user).get(pk=objective.plan_id)
    reading = read_with(objective, plan, request.user)
    row = reading.objective(objective.pk)
    return show(
        request,
        "sip/plans/objective.html",
        plan=plan,
        reading=reading,
        words=reading.words,
        row=row,
        may_ask=whereabouts.asks_about(plan, request.user),
        cost=row.cost_words,
        draft_url=plan.is_editable
        and may(request.user, P.DRAFT_PLAN, plan)
        and reverse("draft_objective", args=[row.id]),
        carried_from=living.carried_from(objective, request.user),
        carried_to=living.carried_to(objective, request.user),
        reads_visits=plan.is_in_force and may(request.user, P.READ_MARKS, plan),
        writes_outcome=plan.state == Plan.State.APPROVED and may(request.user, P.SAY_STATUS, objective),
        reads_questions=may(request.user, P.READ_QUESTIONS, plan),
        asked=_asked(objective, plan, request.user),
        beside=beside.of(objective, request.user) if plan.is_in_force else [],
        notice=in_words(objective) or _notice(plan, reading),
    )


def _asked(objective, plan, user) -> list[Question]:
    """The last twenty questions on an objective, each that waits with how long."""
    asked = Question.objects.visible_to(user).filter(objective=objective).select_related("asked_by", "to")
    return waiting.counted(asked.order_by("-asked_at")[:20], plan)


def _notice(plan, reading) -> str:
    """What a reader must know of the source of the words."""
    if reading.source == DRAFT:
        return "This is the draft as it stands now. The board sees it when it is submitted."
    if reading.source == OBJECTIVES:
        return "These are the board’s own words. What leaders will do follows when they submit the plan."
    if plan.state == Plan.State.CHANGES:
        return f"This is version {reading.version.number}, as the board saw it. Leaders are changing it now."
    return ""


def _may_read_reason(user, plan) -> bool:
    """Why changes are asked for is between the board and the leaders."""
    between = may(user, P.DRAFT_PLAN, plan) or may(user, P.PROPOSE_OBJECTIVE, plan)
    return plan.state == Plan.State.CHANGES and between
