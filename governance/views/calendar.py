"""The terms of a year: seen by everyone here, corrected by the clerk."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.access import access
from foundation.answers import onward, show, typed
from foundation.permissions import may, why_not
from governance import calendar, years
from governance.forms.calendar import TermsForm
from governance.models import Organisation
from governance.permissions import P

_WORDS = {"by": {"slug": "slug"}, "seen": "showing_people_to"}


@access(P.SEE_PEOPLE, Organisation, **_WORDS)
def terms(request, organisation, year):
    """The three terms, the organisation's own or its trust's."""
    request.menu = "people"
    found = organisation.terms_of(year)
    own = bool(found) and found[0].organisation_id == organisation.pk
    return show(
        request,
        "governance/calendar/terms.html",
        organisation=organisation,
        terms=found,
        own=own,
        this_year=years.year_of(clock.today()),
        year=year,
        years=[(one, years.written(one)) for one in (year - 1, year + 1) if 2000 <= one <= 2099],
        year_in_words=years.written(year),
        keeps=may(request.user, P.KEEP_TERMS, organisation),
        why_not=why_not(P.KEEP_TERMS),
    )


@access(P.KEEP_TERMS, Organisation, **_WORDS)
def edit(request, organisation, year):
    """Correct the terms; where there are none, from dates that are usual."""
    request.menu = "people"
    found = organisation.terms_of(year)
    dates = [_row(term) for term in found] if len(found) == 3 else calendar.usual_terms(organisation, year)
    form = TermsForm(typed(request), year=year, dates=dates)
    if request.method == "POST" and form.is_valid():
        calendar.set_terms(organisation, year=year, terms=form.rows, by=request.user)
        return onward(request, f"The terms of {years.written(year)} are saved.", to=_page(organisation, year))
    words = {"year": year, "year_in_words": years.written(year), "proposed": not found}
    words["from_trust"] = bool(found) and found[0].organisation_id != organisation.pk
    return show(request, "governance/calendar/edit.html", form=form, organisation=organisation, **words)


@require_POST
@access(P.KEEP_TERMS, Organisation, **_WORDS)
def drop(request, organisation, year):
    """Give up own terms and take the trust's again."""
    calendar.drop_terms(organisation, year=year, by=request.user)
    return onward(request, "The trust’s terms hold again.", to=_page(organisation, year))


def _row(term) -> dict:
    return {"name": term.name} | {day: getattr(term, day) for day in calendar.DAYS}


def _page(organisation, year) -> str:
    return reverse("terms", args=[organisation.slug, year])
