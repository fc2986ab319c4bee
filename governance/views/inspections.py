"""Inspections of an organisation: read by everyone who may see it, entered by its leaders or its clerk."""

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from foundation.permissions import may, why_not
from governance import frameworks, inspecting
from governance.forms.inspections import InspectionForm, WhenForm
from governance.models import Inspection, Organisation
from governance.permissions import P

_BY_SLUG = {"by": {"slug": "slug"}}
_FORM = "governance/inspections/edit.html"


@access(SEE, Organisation, seen="showing_plans_to", **_BY_SLUG)
def inspections(request, organisation):
    """Every inspection, newest first, each in the words of its own framework."""
    request.menu = "current_plan"
    found = Inspection.objects.visible_to(request.user).filter(organisation=organisation)
    return show(
        request,
        "governance/inspections/list.html",
        organisation=organisation,
        rows=inspecting.read(found),
        keeps=may(request.user, P.KEEP_INSPECTIONS, organisation),
        why_not=why_not(P.KEEP_INSPECTIONS),
    )


@access(P.KEEP_INSPECTIONS, Organisation, **_BY_SLUG)
def add(request, organisation):
    """Ask when it began; the framework follows."""
    request.menu = "current_plan"
    form = WhenForm(typed(request))
    if request.method == "POST" and form.is_valid():
        began = form.cleaned_data["began_on"]
        under = frameworks.in_force(began)
        to = f"{reverse('inspection_record', args=[organisation.slug, under.code])}?began={began}"
        return onward(request, f"Inspections then were under the {under.short}.", to=to)
    return show(request, "governance/inspections/add.html", form=form, organisation=organisation)


@access(P.KEEP_INSPECTIONS, Organisation, **_BY_SLUG)
def record(request, organisation, framework):
    """Enter it as the report gives it, area by area of its framework."""
    request.menu = "current_plan"
    under = _framework(framework)
    form = InspectionForm(typed(request), under=under, began=_day(request.GET.get("began", "")))
    if request.method == "POST" and form.is_valid():
        made = inspecting.record_inspection(organisation, framework=under.code, by=request.user, **form.recorded)
        return onward(request, f"The {_named(made)} is recorded.", to=_list(organisation))
    return show(request, _FORM, form=form, organisation=organisation, under=under)


@access(P.KEEP_INSPECTIONS, Inspection)
def correct(request, inspection):
    """Correct what was copied wrongly. Two people at once: both texts, the second chooses."""
    request.menu = "current_plan"
    under = frameworks.by_code(inspection.framework)
    form = InspectionForm(typed(request), under=under, inspection=inspection)
    words = {"organisation": inspection.organisation, "under": under, "inspection": inspection}
    if request.method == "POST" and form.is_valid():
        try:
            inspecting.correct_inspection(inspection, by=request.user, **form.recorded)
        except StaleEdit as stale:
            inspection = words["inspection"] = Inspection.objects.visible_to(request.user).get(pk=inspection.pk)
            return both_texts(request, _FORM, stale, form=form, theirs=inspecting.read([inspection])[0], **words)
        return onward(request, f"The {_named(inspection)} is corrected.", to=_list(inspection.organisation))
    return show(request, _FORM, form=form, **words)


@require_POST
@access(P.KEEP_INSPECTIONS, Inspection)
def remove(request, inspection):
    """Take out one that was recorded by mistake."""
    inspecting.remove_inspection(inspection.organisation, inspection=inspection.pk, by=request.user)
    return onward(request, f"The {_named(inspection)} is removed.", to=_list(inspection.organisation))


def _framework(code: str) -> frameworks.Framework:
    under = frameworks.by_code(code)
    if under is None:
        raise Http404("There is no such framework.")
    return under


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _named(inspection) -> str:
    return f"{inspection}".replace("Inspection", "inspection", 1)


def _list(organisation) -> str:
    return reverse("inspections", args=[organisation.slug])
