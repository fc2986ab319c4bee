"""The readings of a term: every targeted measure on one page, and the sheet of each by group."""

from django.http import Http404
from django.urls import reverse

from foundation import keeping
from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from governance import years
from governance.wording import listed
from monitoring import queue, readings, reviewing
from monitoring.models import Review
from sip import entering
from sip.forms.measures import SheetForm, pasted
from sip.permissions import P as Sip

_SHEET = "monitoring/rating/reading.html"


@access(SEE, Review, seen="to_read")
def readings_of(request, review):
    """Every targeted measure of the objectives that this person rates, with what was read of it this term."""
    request.menu = "progress"
    rows = readings.of(queue.of(review, request.user), request.user)
    return show(request, "monitoring/rating/readings.html", review=review, rows=rows, left=readings.to_read(rows))


@access(Sip.KEEP_MEASURES, Review, seen="to_read")
def reading(request, review, target):
    """What was read of one measure this term: a line for each group, typed or pasted."""
    request.menu = "progress"
    target = _target(review, target)
    form, words, problems = _sheet(None, review, target), typed(request), []
    if request.method == "POST":
        words, problems = pasted(words, form)
        form = _sheet(words, review, target)
        if request.POST.get("do") != "paste" and not problems and form.is_valid():
            return _entered(request, review, target, form)
    is_only_pasted = request.POST.get("do") == "paste" and not problems and form.is_valid()
    status = 200 if is_only_pasted else 422 if problems else None
    return show(request, _SHEET, form=form, status=status, problems=problems, **_around(review, target))


def _target(review: Review, pk: int):
    reviewing.require_open(review)
    target = readings.target_of(review, pk)
    if target is None:
        raise Http404("No such measure in this plan.")
    return target


def _sheet(words, review: Review, target) -> SheetForm:
    measure, period = target.measure, readings.period_of(review)
    stands, rows = entering.standing(measure, period), entering.sheet(measure, period)
    return SheetForm(words, measure=measure, rows=rows, stood=stands, last=entering.last_read(measure, period))


def _entered(request, review: Review, target, form: SheetForm):
    words = {"rows": form.entered, "stood": form.cleaned_data["stood"]}
    try:
        readings.enter_readings(review, target=target, by=request.user, **words)
    except StaleEdit as stale:
        keeping.keep(request.user, request.path, request.POST)
        return both_texts(request, _SHEET, stale, form=form, **_around(review, target))
    following = readings.after(readings.of(queue.of(review, request.user), request.user), target)
    said = f"“{target.measure}” is read."
    if bare := form.for_leaders_alone:
        said += f" Only leaders see what does not say of how many pupils: {listed(bare)}."
    return onward(request, said, to=following.url if following else reverse("readings", args=[review.pk]))


def _around(review: Review, target) -> dict:
    measure, period = target.measure, readings.period_of(review)
    standing = [
        (row.get_group_display(), measure.words(row.value) or "not published", row.cohort)
        for row in entering.sheet(measure, period)
    ]
    return {
        "review": review,
        "target": target,
        "measure": measure,
        "path": measure.words(getattr(target, f"by_{review.term}")),
        "aim": measure.words(target.aim),
        "baseline": measure.words(target.baseline),
        "of_period": f"{review.get_term_display()} {years.written(review.year)}",
        "stands": standing,
        "now": entering.standing(measure, period),
    }
