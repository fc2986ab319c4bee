"""Visits: planned from the plan, written up, checked for facts, read; and what an adviser leaves."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import keeping
from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import Conflict, StaleEdit
from foundation.permissions import require
from monitoring import noting, visit_page, visit_reports, visiting, visits
from monitoring.forms.visits import CallOffForm, CheckForm, NoteForm, PlanForm, ReportForm
from monitoring.models import Visit, VisitAction
from monitoring.permissions import P
from monitoring.visit_plan import SOURCE
from sip.models import Objective, Plan

_PLAN, _WRITE = "monitoring/visits/plan.html", "monitoring/visits/write.html"


@access(P.READ_VISITS, Plan)
def of_plan(request, plan):
    """Who monitors what, what wants a visit and when, what is planned, and what came of it."""
    request.menu = "progress"
    page = visits.of_plan(plan, request.user)
    return show(request, "monitoring/visits/list.html", plan=plan, page=page, source=SOURCE)


@access(P.READ_VISITS, Objective)
def of_objective(request, objective):
    """The visits to one objective, and what advisers said of it."""
    request.menu = "progress"
    page = visits.of_objective(objective, request.user)
    return show(request, "monitoring/visits/objective.html", plan=objective.plan, objective=objective, page=page)


@access(SEE, Visit, seen="to_show")
def visit(request, visit):
    """One visit: planned, or its report, with what this person can do about it."""
    request.menu = "progress"
    page = visit_page.page_of(visit, request.user)
    return show(request, "monitoring/visits/visit.html", visit=visit, plan=visit.plan, page=page)


# ---------------------------------------------------------------- planned


@access(P.PLAN_VISIT, Plan)
def plan_visit(request, plan):
    """Who goes to see what, when, and whom they meet."""
    request.menu = "progress"
    if why := visiting.why_not_planned(plan):
        raise Conflict(why)
    form = PlanForm(typed(request), plan=plan, by=request.user, initial=_first(request, plan))
    if request.method == "POST" and form.is_valid():
        made = visiting.plan_visit(plan, by=request.user, **form.cleaned_data)
        return onward(
            request, "The visit is planned. The school has notice by mail.", to=reverse("visit", args=[made.pk])
        )
    return show(request, _PLAN, form=form, plan=plan, visit=None)


def _first(request, plan) -> dict:
    """The objective of the address, its focus the objective's own, and whoever plans it as the one who goes."""
    number = request.GET.get("objective", "")
    known = Objective.objects.visible_to(request.user).filter(plan=plan, stopped_on=None)
    objective = known.filter(pk=number).select_related("lead").first() if _is_key(number) else None
    goes = visiting.who_may_go(plan).filter(pk=request.user.person_id)
    met = objective.lead if objective and objective.lead_id != request.user.person_id else None
    first = {"about": Visit.About.PLAN, "visitors": list(goes), "form": Visit.Form.IN_PERSON}
    return first | {"objective": objective, "staff_lead": met}


def _is_key(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 10


@access(P.CHANGE_VISIT, Visit, seen="to_show")
def change_visit(request, visit):
    """Another day, another focus, somebody else who goes."""
    request.menu = "progress"
    names = ("about", "objective", "focus", "staff_lead", "day", "starts_at", "form", "came_with")
    first = {name: getattr(visit, name) for name in names} | {"visitors": list(visit.visitors.all())}
    words = {"plan": visit.plan, "by": request.user, "initial": first}
    form = PlanForm(typed(request), revision=visit.revision, **words)
    if request.method == "POST" and form.is_valid():
        try:
            visiting.change_visit(visit, by=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            form = PlanForm(_with(request, stale.thing), revision=stale.thing.revision, **words)
            return both_texts(request, _PLAN, stale, form=form, plan=visit.plan, visit=visit)
        return onward(request, "The visit is changed.", to=reverse("visit", args=[visit.pk]))
    return show(request, _PLAN, form=form, plan=visit.plan, visit=visit)


def _with(request, thing: Visit):
    """What was typed, as a change of what stands now."""
    keeping.keep(request.user, request.path, request.POST)
    words = request.POST.copy()
    words["revision"] = thing.revision
    return words


@access(P.CALL_OFF_VISIT, Visit, seen="to_show")
def call_off(request, visit):
    """The visit does not take place, and why."""
    request.menu = "progress"
    form = CallOffForm(typed(request))
    if request.method == "POST" and form.is_valid():
        visiting.call_off_visit(visit, by=request.user, **form.cleaned_data)
        return onward(request, "The visit is called off. Everyone was told.", to=reverse("visit", args=[visit.pk]))
    return show(request, "monitoring/visits/call_off.html", form=form, plan=visit.plan, visit=visit)


@require_POST
@access(P.TAKE_OVER_VISIT, Visit, seen="to_show")
def take_over(request, visit):
    """Go, or write, instead of those who have left the board."""
    visiting.take_over_visit(visit, by=request.user)
    return onward(request, "The visit is yours now.", to=reverse("visit", args=[visit.pk]))


# ---------------------------------------------------------------- written, checked


@access(SEE, Visit, seen="to_write")
def write(request, visit):
    """What was seen, heard and read; saved as far as it is, or handed on to be checked."""
    request.menu = "progress"
    if why := visiting.why_not_theirs(visit, request.user):
        raise Conflict(why)
    require(request.user, P.WRITE_VISIT, visit)
    if visit.state != Visit.State.PLANNED and request.method == "GET":
        return redirect("visit", visit.pk)
    form = ReportForm(typed(request), visit=visit, mark=visits.leaders_mark(visit.objective))
    sent = request.method == "POST" and request.POST.get("do") != "more"
    if sent and form.is_valid():
        return _written(request, visit, form)
    return show(request, _WRITE, form=form, status=None if sent else 200, **_beside(visit))


def _written(request, visit, form: ReportForm):
    try:
        visit_reports.write_report(visit, by=request.user, **form.words)
    except StaleEdit as stale:
        words = _with(request, stale.thing)
        form = ReportForm(words, visit=stale.thing, mark=form.leaders_mark, revision=stale.thing.revision)
        theirs = visit_page.written(stale.thing)
        return both_texts(request, _WRITE, stale, form=form, theirs=theirs, **_beside(stale.thing))
    if not form.is_handed:
        return onward(request, "Saved. Only those who went read it so far.", to=request.path)
    visit_reports.hand_report(visit, by=request.user)
    return onward(request, "The report is handed on. Its facts are checked now.", to=reverse("visit", args=[visit.pk]))


def _beside(visit) -> dict:
    return {"visit": visit, "plan": visit.plan, "checks": visit_reports.who_checks(visit)}


@require_POST
@access(P.WRITE_VISIT, Visit, seen="to_show")
def take_back(request, visit):
    """Mend the report while its facts are still being checked."""
    visit_reports.take_back_report(visit, by=request.user)
    return onward(request, "The report is yours again.", to=reverse("visit_write", args=[visit.pk]))


@access(P.CHECK_VISIT, Visit, seen="to_show")
def check(request, visit):
    """Whoever was met says whether the facts are right; then the report is before the board."""
    request.menu = "progress"
    form = CheckForm(typed(request))
    if request.method == "POST" and form.is_valid():
        visit_reports.check_report(visit, by=request.user, **form.cleaned_data)
        said = "Thank you. The report is before the board, with your comment beside it."
        return onward(request, said, to=reverse("visit", args=[visit.pk]))
    if visit.state != Visit.State.CHECKING:
        return redirect("visit", visit.pk)
    page = visit_page.page_of(visit, request.user)
    return show(request, "monitoring/visits/check.html", form=form, plan=visit.plan, visit=visit, page=page)


@require_POST
@access(P.SAY_AGREED_DONE, VisitAction)
def agreed_done(request, action):
    """What was agreed on a visit is done."""
    visit_reports.say_agreed_done(action, by=request.user)
    return onward(request, f"“{action}” is done.", to=f"{reverse('visit', args=[action.visit_id])}#h-agreed")


# ---------------------------------------------------------------- from outside


@access(P.LEAVE_NOTE, Plan)
def note(request, plan):
    """An adviser leaves what they found, dated and signed."""
    request.menu = "progress"
    if why := noting.why_not_noted(plan):
        raise Conflict(why)
    number = request.GET.get("objective", "")
    first = {"objective": number if _is_key(number) else None}
    form = NoteForm(typed(request), plan=plan, initial=first)
    if request.method == "POST" and form.is_valid():
        left = noting.leave_note(plan, by=request.user, **form.cleaned_data)
        return onward(request, "Your note is left.", to=f"{reverse('visits', args=[plan.pk])}#note-{left.pk}")
    return show(request, "monitoring/visits/note.html", form=form, plan=plan)
