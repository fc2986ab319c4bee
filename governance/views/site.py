"""The site administrator's pages: which organisations there are, and who clerks them. No plan is read here."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from governance import setting_up
from governance.forms.site import ClerkForm, OrganisationForm
from governance.models import Organisation, Role
from governance.permissions import P

_SITE = {"by": {}, "seen": "letting_administer"}
_ONE = {"by": {"slug": "slug"}, "seen": "administered_by"}


@access(SEE, Role, **_SITE)
def organisations(request, role):
    """Every organisation with its clerk."""
    request.menu = "site"
    found = Organisation.objects.administered_by(request.user).select_related("trust")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = setting_up.with_clerks(page.object_list)
    return show(request, "governance/site/list.html", rows=rows, page=page)


@access(SEE, Role, **_SITE)
def add(request, role):
    """Make an organisation from four facts."""
    request.menu = "site"
    form = OrganisationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        made = setting_up.set_up_organisation(by=request.user, **form.cleaned_data)
        return onward(
            request,
            f"{made} is set up, and its clerk has been told.",
            to=reverse("organisation_admin", args=[made.slug]),
        )
    return show(request, "governance/site/add.html", form=form)


@access(P.SET_UP_ORGANISATION, Organisation, **_ONE)
def organisation(request, organisation):
    """One organisation: how it was set up, and its clerk."""
    request.menu = "site"
    request.thing = None  # its own menu is not the administrator's
    (row,) = setting_up.with_clerks([organisation])
    facts = setting_up.facts_of(organisation)
    return show(request, "governance/site/organisation.html", organisation=organisation, row=row, facts=facts)


@access(P.SET_UP_ORGANISATION, Organisation, **_ONE)
def clerk(request, organisation):
    """Name another clerk from today on."""
    request.menu = "site"
    request.thing = None
    form = ClerkForm(typed(request))
    if request.method == "POST" and form.is_valid():
        person = setting_up.replace_clerk(organisation, by=request.user, **form.cleaned_data)
        return onward(request, f"{person} is the clerk from today on, and has been told.", to=_page(organisation))
    return show(request, "governance/site/clerk.html", form=form, organisation=organisation)


@require_POST
@access(P.SET_UP_ORGANISATION, Organisation, **_ONE)
def invite_clerk(request, organisation, person):
    """Send the clerk a fresh link."""
    found = get_object_or_404(setting_up.clerks_of([organisation]), person=person).person
    setting_up.invite_clerk(organisation, person=found, by=request.user)
    return onward(request, f"An invitation is on its way to {found.email}.", to=_page(organisation))


def _page(organisation) -> str:
    return reverse("organisation_admin", args=[organisation.slug])
