"""Seats on boards: taken, changed, suspended, ended."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import onward, show, typed
from governance import joining
from governance.forms.people import USUAL_CATEGORIES, ChangeSeatForm, EndForm, SeatForm
from governance.models import Organisation, Person, Seat
from governance.permissions import P


@access(P.KEEP_PEOPLE, Organisation, by={"slug": "slug"}, seen="showing_people_to")
def take(request, organisation, pk):
    """Give somebody a seat on a board."""
    request.menu = "people"
    person = get_object_or_404(Person.objects.visible_to(request.user).of(organisation), pk=pk)
    form = SeatForm(typed(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        board = form.cleaned_data.pop("board")
        seat = joining.take_seat(board, person=person, by=request.user, **form.cleaned_data)
        return onward(request, f"{person} is {seat.in_words} on the {board}.", to=_page(organisation, person))
    words = {"person": person, "categories": USUAL_CATEGORIES}
    return show(request, "governance/people/seat.html", form=form, organisation=organisation, **words)


@access(P.KEEP_PEOPLE, Seat)
def change(request, seat):
    """Change what a seat is."""
    here = _place(request, seat)
    request.menu = "people"
    form = ChangeSeatForm(typed(request), seat=seat)
    if request.method == "POST" and form.is_valid():
        joining.change_seat(seat, by=request.user, **form.cleaned_data)
        return onward(request, "The seat is changed.", to=_page(here, seat.person))
    words = {"person": seat.person, "seat": seat, "categories": USUAL_CATEGORIES}
    return show(request, "governance/people/seat.html", form=form, organisation=here, **words)


@access(P.KEEP_PEOPLE, Seat)
def end(request, seat):
    """Say the last day of a seat."""
    here = _place(request, seat)
    request.menu = "people"
    form = EndForm(typed(request), held=seat)
    if request.method == "POST" and form.is_valid():
        joining.end_seat(seat, by=request.user, **form.cleaned_data)
        return onward(request, "The last day is set.", to=_page(here, seat.person))
    words = {"person": seat.person, "what": f"{seat.in_words} on the {seat.board}", "held": seat}
    return show(request, "governance/people/end.html", form=form, organisation=here, **words)


@require_POST
@access(P.KEEP_PEOPLE, Seat)
def suspend(request, seat):
    """Suspend a governor, or end the suspension."""
    here = _place(request, seat)
    suspended = request.POST.get("do") == "suspend"
    joining.suspend_seat(seat, suspended=suspended, by=request.user)
    said = "is suspended: no vote, and not counted for quorum" if suspended else "is no longer suspended"
    return onward(request, f"{seat.person} {said}.", to=_page(here, seat.person))


def _place(request, seat):
    """The organisation, of those that the board serves, in which this clerk looks at the seat."""
    request.thing = seat.board.organisations.filter(pk__in=request.user.standing.clerk_ids).order_by("pk").first()
    return request.thing


def _page(organisation, person) -> str:
    return reverse("person", args=[organisation.slug, person.pk])
