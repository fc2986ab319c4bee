"""What is counted: the list of measures, one measure, and entering its figures."""

from urllib.parse import urlencode

from django.urls import reverse

from foundation import keeping
from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import Conflict, StaleEdit
from foundation.permissions import may
from governance import years
from governance.models import Organisation
from governance.wording import listed
from sip import entering, library, measures
from sip.forms.measures import LibraryForm, MeasureForm, NationalForm, PeriodForm, SheetForm, pasted
from sip.models import Measure, Reading
from sip.permissions import P

_OF = {"slug": "slug"}
_ENTER = "sip/measures/enter.html"


@access(P.READ_MEASURES, Organisation, by=_OF)
def measures_of(request, organisation):
    """Everything that the organisation counts, with what was read last."""
    request.menu = "measures"
    lines, may_keep = (
        measures.of_organisation(organisation, request.user),
        may(request.user, P.KEEP_MEASURES, organisation),
    )
    return show(request, "sip/measures/list.html", organisation=organisation, lines=lines, may_keep=may_keep)


@access(P.KEEP_MEASURES, Organisation, by=_OF)
def add(request, organisation):
    """Add a measure: from the library, or of one's own."""
    request.menu = "measures"
    had = set(Measure.objects.visible_to(request.user).filter(organisation=organisation).values_list("code", flat=True))
    offered = {
        stage: rows
        for stage, every in library.offered_to(organisation).items()
        if (rows := [one for one in every if one.code not in had])
    }
    is_own = request.method == "POST" and "name" in request.POST
    words = typed(request)
    own = MeasureForm(words if is_own or request.method != "POST" else None)
    standard = LibraryForm(None if is_own else words, offered=[one for rows in offered.values() for one in rows])
    form = own if is_own else standard
    if request.method == "POST" and form.is_valid():
        return _added(request, organisation, form, is_own)
    return show(
        request, "sip/measures/add.html", form=form, own=own, standard=standard, offered=offered, place=organisation
    )


def _added(request, organisation, form, is_own: bool):
    if is_own:
        try:
            made = entering.add_measure(organisation, by=request.user, **form.cleaned_data)
        except Conflict as taken:
            form.add_error("name", str(taken))
            return show(
                request, "sip/measures/add.html", form=form, own=form, standard=None, offered={}, place=organisation
            )
        return onward(request, f"“{made}” is counted from now on.", to=reverse("measure", args=[made.pk]))
    made = entering.take_from_library(organisation, codes=form.cleaned_data["codes"], by=request.user)
    said = "1 measure is" if len(made) == 1 else f"{len(made)} measures are"
    return onward(request, f"{said} added.", to=reverse("measures", args=[organisation.slug]))


@access(P.READ_MEASURES, Measure)
def measure(request, measure):
    """One measure by period and group, last year beside this year."""
    request.menu = "measures"
    page = measures.page_of(measure, request.user)
    return show(request, "sip/measures/measure.html", measure=measure, page=page, place=measure.organisation)


@access(P.KEEP_MEASURES, Measure)
def change(request, measure):
    """What it is called, how it is derived, whom it is for."""
    request.menu = "measures"
    form = MeasureForm(typed(request), measure=measure)
    if request.method == "POST" and form.is_valid():
        try:
            entering.change_measure(measure, by=request.user, **form.cleaned_data)
            return onward(request, f"“{measure}” is changed.", to=reverse("measure", args=[measure.pk]))
        except Conflict as taken:
            form.add_error("name", str(taken))
    return show(request, "sip/measures/change.html", form=form, measure=measure)


@access(P.KEEP_MEASURES, Measure)
def enter(request, measure):
    """The sheet of one period: a line for each group."""
    request.menu = "measures"
    asked = PeriodForm(request.GET if "term" in request.GET else None)
    period = asked.period
    words, problems = typed(request), []
    form = _sheet(None, measure, period)
    if request.method == "POST":
        words, problems = pasted(words, form)
        form = _sheet(words, measure, period)
        if request.POST.get("do") != "paste" and not problems and form.is_valid():
            return _entered(request, measure, period, form)
    return _show_sheet(request, measure, period, form, problems)


def _sheet(words, measure, period) -> SheetForm:
    stands, rows = entering.standing(measure, period), entering.sheet(measure, period)
    return SheetForm(words, measure=measure, rows=rows, stood=stands, last=entering.last_read(measure, period))


def _entered(request, measure, period, form):
    stood, rows = form.cleaned_data["stood"], form.entered
    try:
        entering.enter_readings(measure, period=period, rows=rows, stood=stood, by=request.user)
    except StaleEdit as stale:
        keeping.keep(request.user, request.path, request.POST)
        return both_texts(request, _ENTER, stale, form=form, **_around(measure, period))
    said = "The figures are saved."
    if bare := form.for_leaders_alone:
        said += f" Only leaders see those that do not say of how many pupils: {listed(bare)}."
    return onward(request, said, to=reverse("measure", args=[measure.pk]))


def _show_sheet(request, measure, period, form, problems):
    words = _around(measure, period) | {"problems": problems}
    if request.method == "POST" and request.POST.get("do") == "paste" and not problems and form.is_valid():
        return show(request, _ENTER, form=form, status=200, **words)
    return show(request, _ENTER, form=form, status=422 if problems else None, **words)


def _around(measure, period) -> dict:
    asked = {"year": period.year, "term": period.term, "kind": period.kind, "year_group": period.year_group}
    standing = [
        (row.get_group_display(), measure.words(row.value) or "not published", row.count, row.cohort)
        for row in entering.sheet(measure, period)
    ]
    return {
        "measure": measure,
        "choose": PeriodForm(initial=asked | {"year": str(period.year)}),
        "period": period,
        "of_period": f"{Reading.Period(period.term).label} {years.written(period.year)}",
        "kind": Reading.Kind(period.kind).label,
        "action": f"{reverse('measure_enter', args=[measure.pk])}?{urlencode(asked)}",
        "stands": standing,
        "now": entering.standing(measure, period),
    }


@access(P.KEEP_MEASURES, Measure)
def national(request, measure):
    """The national figure of a year, with its source and how final it is."""
    request.menu = "measures"
    form = NationalForm(typed(request), measure=measure)
    if request.method == "POST" and form.is_valid():
        entering.set_national(measure, by=request.user, **form.cleaned_data)
        return onward(request, "The national figure is saved.", to=reverse("measure", args=[measure.pk]))
    return show(request, "sip/measures/national.html", form=form, measure=measure)
