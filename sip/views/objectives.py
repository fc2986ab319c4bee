"""Objectives: proposed, worded, put to a meeting; and what leaders ask the board to change."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from foundation.permissions import may, why_not
from governance import years
from governance.models import AgendaItem, Organisation
from sip import agreeing
from sip.forms.objectives import AnotherForm, ObjectiveForm, ReplyForm, RequestForm
from sip.models import ChangeRequest, EvidencePack, KeyArea, Objective, Plan
from sip.permissions import P

_WORDS = "sip/objectives/words.html"
_ASKED = "The board is asked. The chair, the vice chair or the clerk answers; you hear of it by mail."


@access(P.BEGIN_PLAN, Organisation, by={"slug": "slug"})
def begin(request, organisation):
    """Begin the plan of this year or the next; the years that have one are not offered."""
    request.menu = "current_plan"
    this = years.year_of(agreeing.clock.today())
    taken = set(organisation.plans.values_list("year", flat=True))
    open_years = [year for year in (this, this + 1) if year not in taken]
    if request.method == "POST" and request.POST.get("year") in [str(year) for year in open_years]:
        plan = agreeing.begin_plan(organisation, year=int(request.POST["year"]), by=request.user)
        return onward(request, f"The plan for {plan.year_in_words} is begun.", to=_list(plan))
    choices = [(year, years.written(year)) for year in open_years]
    status = 422 if request.method == "POST" else 200
    return show(request, "sip/objectives/begin.html", organisation=organisation, choices=choices, status=status)


@access(P.READ_OBJECTIVES, Plan)
def objectives(request, plan):
    """The objectives of a plan while the board sets them, and what leaders have asked to change."""
    request.menu = "current_plan"
    named = ("priority", "lead", "monitor_seat__person", "monitor_board", "proposed_by", "carried_from__plan")
    packs = EvidencePack.objects.visible_to(request.user).filter(organisation=plan.organisation_id, year=plan.year)
    rows = plan.objectives.select_related(*named, "key_area")
    return show(
        request,
        "sip/objectives/list.html",
        plan=plan,
        rows=rows,
        requests=_requests(request, plan),
        pack=packs.first(),
        reads_evidence=may(request.user, P.READ_EVIDENCE, plan),
        reads_years=may(request.user, P.READ_EVIDENCE, plan.organisation),
        asks=plan.is_editable and may(request.user, P.ASK_FOR_CHANGE, plan),
        items=AgendaItem.objects.visible_to(request.user)
        .filter(plan_item__plan=plan, plan_item__version=None)
        .select_related("meeting__board"),
        being_set=plan.state == Plan.State.OBJECTIVES,
        may_propose=may(request.user, P.PROPOSE_OBJECTIVE, plan),
        may_word=may(request.user, P.WORD_OBJECTIVE, plan),
        may_put=may(request.user, P.PUT_OBJECTIVES, plan),
        who_puts=why_not(P.PUT_OBJECTIVES),
    )


@access(P.PROPOSE_OBJECTIVE, Plan)
def propose(request, plan):
    """Propose an objective."""
    request.menu = "current_plan"
    form = ObjectiveForm(typed(request), plan=plan, area=_area(request, plan))
    if request.method == "POST" and form.is_valid():
        objective = agreeing.propose_objective(plan, by=request.user, **form.cleaned_data)
        return onward(request, f"“{objective}” is proposed.", to=_list(plan))
    return show(request, _WORDS, form=form, plan=plan)


@access(P.WORD_OBJECTIVE, Objective)
def words(request, objective):
    """Change the board's words of an objective. Two people at once: both texts, the second chooses."""
    request.menu = "current_plan"
    form = ObjectiveForm(typed(request), plan=objective.plan, objective=objective)
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.word_objective(objective, by=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            objective.refresh_from_db()
            return both_texts(request, _WORDS, stale, form=form, plan=objective.plan, objective=objective)
        return onward(request, f"“{objective}” is saved.", to=_list(objective.plan))
    return show(request, _WORDS, form=form, plan=objective.plan, objective=objective)


@require_POST
@access(P.WORD_OBJECTIVE, Objective)
def arrange(request, objective):
    """Move an objective up or down, or take it off the list."""
    plan, deed = objective.plan, request.POST.get("do")
    if deed == "remove":
        agreeing.drop_objective(objective, by=request.user)
        return onward(request, f"“{objective}” is off the list.", to=_list(plan))
    agreeing.move_objective(objective, up=deed == "up", by=request.user)
    return onward(request, f"“{objective}” now stands as number {objective.position}.", to=_list(plan))


@access(P.ASK_FOR_CHANGE, Objective)
def ask_for_change(request, objective):
    """Leaders ask the board to change an objective: its words, or its baseline."""
    request.menu = "current_plan"
    form = RequestForm(typed(request))
    if request.method == "POST" and form.is_valid():
        agreeing.ask_for_change(objective, by=request.user, **form.cleaned_data)
        return onward(request, _ASKED, to=_list(objective.plan))
    return show(request, "sip/objectives/ask_for_change.html", form=form, objective=objective)


@access(P.ASK_FOR_CHANGE, Plan)
def ask_for_objective(request, plan):
    """Leaders ask the board for another objective."""
    request.menu = "current_plan"
    form = AnotherForm(typed(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        agreeing.ask_for_objective(plan, by=request.user, **form.cleaned_data)
        return onward(request, _ASKED, to=_list(plan))
    return show(request, "sip/objectives/ask_for_another.html", form=form, plan=plan)


@access(P.ANSWER_REQUEST, ChangeRequest)
def answer_request(request, asked):
    """The board's side answers what leaders asked for."""
    request.menu = "current_plan"
    form = ReplyForm(typed(request), kind=asked.kind)
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["agreed"] == "yes"
        agreeing.answer_request(asked, agreed=agreed, reply=form.cleaned_data["reply"], by=request.user)
        if not agreed:
            return onward(request, "The request is declined.", to=_list(asked.plan))
        says = {"words": "Agreed: change the words now.", "baseline": "Agreed: the new baseline is taken over."}
        to = reverse("objective_words", args=[asked.objective_id]) if asked.kind == "words" else _list(asked.plan)
        return onward(request, says.get(asked.kind, f"Agreed: “{asked.objective}” joins the objectives."), to=to)
    return show(request, "sip/objectives/answer_request.html", form=form, asked=asked)


def _list(plan) -> str:
    return reverse("objectives", args=[plan.pk])


def _area(request, plan) -> KeyArea | None:
    """The key area from which somebody comes to propose an objective."""
    asked, seen = request.GET.get("area", ""), KeyArea.objects.visible_to(request.user)
    of_year = seen.filter(pack__organisation=plan.organisation_id, pack__year=plan.year)
    return next((area for area in of_year if str(area.pk) == asked), None)


def _requests(request, plan):
    found = ChangeRequest.objects.visible_to(request.user).filter(plan=plan)
    return found.select_related("objective", "asked_by", "replied_by")
