"""The people of an organisation: the list, one person, and all that the clerk does with them."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.access import access
from foundation.answers import onward, show, typed
from foundation.permissions import may, why_not
from governance import joining, register, years
from governance.forms.people import (
    USUAL_CATEGORIES,
    AddPersonForm,
    ChangePersonForm,
    EndForm,
    HandOverForm,
    RoleForm,
)
from governance.models import Organisation, Person
from governance.permissions import P

_BY_SLUG = {"slug": "slug"}


@access(P.SEE_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def people(request, organisation):
    """Everyone here: by board, then leaders and staff, then those who visit."""
    request.menu = "people"
    ended = "ended" in request.GET
    found = register.of(organisation, ended=ended)
    return show(
        request,
        "governance/people/list.html",
        organisation=organisation,
        register=found,
        workers=Paginator(found.workers, 50).get_page(request.GET.get("page")),
        over=Paginator(found.ended, 50).get_page(request.GET.get("page")) if ended else None,
        ended=ended,
        keeps=may(request.user, P.KEEP_PEOPLE, organisation),
        adds_posts=may(request.user, P.ADD_POST, organisation),
        why_not=why_not(P.KEEP_PEOPLE),
        this_year=years.year_of(clock.today()),
        year_in_words=years.written(years.year_of(clock.today())),
    )


@access(P.SEE_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def person(request, organisation, pk):
    """One person here: roles and seats, and to the clerk address and sign-in."""
    request.menu = "people"
    found = _person(request, organisation, pk)
    now, over = register.of_person(organisation, found)
    return show(
        request,
        "governance/people/person.html",
        organisation=organisation,
        person=found,
        now=now,
        over=over,
        sign_in=register.sign_in_of(found, register.links_of([found.pk])),
        keeps=may(request.user, P.KEEP_PEOPLE, organisation) and not found.is_post,
        adds_posts=found.is_post and may(request.user, P.ADD_POST, organisation),
        shared=joining.elsewhere(found, request.user),
    )


@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def add(request, organisation):
    """Add somebody: a name, perhaps an address, and what they are here."""
    request.menu = "people"
    form = AddPersonForm(typed(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        added = joining.add_person(organisation, by=request.user, **form.cleaned_data)
        sent = " The invitation is on its way." if form.cleaned_data["invited"] else ""
        return onward(request, f"{added} is added.{sent}", to=_page(organisation, added))
    return show(
        request, "governance/people/add.html", form=form, organisation=organisation, categories=USUAL_CATEGORIES
    )


@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def change(request, organisation, pk):
    """Correct a name or an address."""
    request.menu = "people"
    found = _person(request, organisation, pk)
    form = ChangePersonForm(typed(request), person=found)
    if request.method == "POST" and form.is_valid():
        joining.change_person(found, by=request.user, **form.cleaned_data)
        return onward(request, "Saved.", to=_page(organisation, found))
    return show(request, "governance/people/change.html", form=form, organisation=organisation, person=found)


@require_POST
@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def invite(request, organisation, pk):
    """Send a link to make a sign-in."""
    found = _person(request, organisation, pk)
    joining.invite(organisation, person=found, by=request.user)
    sentence = f"An invitation is on its way to {found.email}. It works once, for seven days."
    return onward(request, sentence, to=_page(organisation, found))


@require_POST
@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def withdraw(request, organisation, pk):
    """Make the link that was sent stop working."""
    found = _person(request, organisation, pk)
    joining.withdraw_invitation(organisation, person=found, by=request.user)
    return onward(
        request, "The invitation is withdrawn; its link does not work any more.", to=_page(organisation, found)
    )


@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def hand_over(request, organisation, pk):
    """Hand an address such as head@ to whoever has the post now."""
    request.menu = "people"
    found = _person(request, organisation, pk)
    form = HandOverForm(typed(request), organisation=organisation, person=found)
    if request.method == "POST" and form.is_valid():
        address = found.email
        new = joining.hand_over_address(organisation, address_holder=found, by=request.user, **form.cleaned_data)
        return onward(request, f"{address} is {new}’s now, who is invited by it.", to=_page(organisation, new))
    return show(request, "governance/people/hand_over.html", form=form, organisation=organisation, person=found)


@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def give_role(request, organisation, pk):
    """Give somebody a role here."""
    request.menu = "people"
    found = _person(request, organisation, pk)
    form = RoleForm(typed(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        role = joining.give_role(organisation, person=found, by=request.user, **form.cleaned_data)
        return onward(request, f"{found} is {role.get_kind_display()} here.", to=_page(organisation, found))
    return show(request, "governance/people/role.html", form=form, organisation=organisation, person=found)


@access(P.KEEP_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def end_role(request, organisation, pk, role):
    """Say the last day of a role."""
    request.menu = "people"
    found = _person(request, organisation, pk)
    held = get_object_or_404(organisation.roles, pk=role, person=found)
    form = EndForm(typed(request), held=held)
    if request.method == "POST" and form.is_valid():
        joining.end_role(organisation, role=held, by=request.user, **form.cleaned_data)
        return onward(request, "The last day is set.", to=_page(organisation, found))
    words = {"person": found, "what": held.get_kind_display(), "held": held}
    return show(request, "governance/people/end.html", form=form, organisation=organisation, **words)


def _person(request, organisation, pk) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user).of(organisation).select_related("user"), pk=pk)


def _page(organisation, person) -> str:
    return reverse("person", args=[organisation.slug, person.pk])
