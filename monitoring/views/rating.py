"""Leaders rate the term: one milestone a page, each objective as a whole, the narrative; and send it to governors."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import keeping
from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from foundation.permissions import may, require, why_not
from governance.models import Organisation
from monitoring import handing_on, meaning, queue, rating, readings, reviewing
from monitoring.forms.rating import NarrativeForm, RateForm, SumUpForm, WordsForm
from monitoring.models import HandedOn, Review
from monitoring.permissions import P
from sip import figures, line
from sip.models import Milestone, Objective

_RATE, _SUM_UP = "monitoring/rating/rate.html", "monitoring/rating/sum_up.html"
_FINISH = "monitoring/rating/finish.html"
_OF_MILESTONE, _OF_OBJECTIVE = {"milestone": "pk"}, {"objective": "pk"}


@access(SEE, Review, seen="to_read")
def rate_next(request, review):
    """On to the next milestone that this person has not rated yet; or to the end of the review."""
    found = queue.of(review, request.user)
    if not review.is_open:
        return redirect("review", review.pk)
    row = found.after(request.GET.get("after"), lead=request.user.person_id)
    return redirect("rate", review.pk, row.pk) if row else redirect("review_finish", review.pk)


# ---------------------------------------------------------------- one milestone


@access(P.RATE, Milestone, by=_OF_MILESTONE, seen="to_read")
def rate(request, milestone, pk):
    """One milestone: how it goes, why, what next, what shows it, and what was read of its measure; saved as one."""
    request.menu = "progress"
    review = _open_review(request, pk, milestone.plan)
    rating.require_due(review, milestone)
    away = handing_on.away(review, milestone, by=request.user)
    form = rate_form(request, review, milestone, typed(request), away=away)
    if request.method == "POST" and form.is_valid():
        return _rated(request, review, milestone, form)
    return show(request, _RATE, form=form, **_beside(request, review, milestone))


@require_POST
@access(P.RATE, Milestone, by=_OF_MILESTONE, seen="to_read")
def no_change(request, milestone, pk):
    """In one tap: it goes as it went last time."""
    review = _open_review(request, pk, milestone.plan)
    rating.say_no_change(review, milestone=milestone, by=request.user)
    return onward(request, f"“{milestone}”: no change since last time.", to=_next(review, milestone))


def _open_review(request, pk: int, plan) -> Review:
    review = get_object_or_404(Review.objects.to_read(request.user), pk=pk, plan=plan.pk)
    reviewing.require_open(review)
    return review


def held(request, review: Review, milestone: Milestone) -> dict:
    """What stands of this milestone and of its measure. A figure that is hidden from this person is not theirs to
    change: then there is no measure to read."""
    target = getattr(milestone.criterion, "target", None)
    reading = rating.reading_of(review, target) if target else None
    if reading and not figures.may_read(request.user, review.here, reading):
        target = reading = None
    said = review.ratings.filter(milestone=milestone).select_related("rated_by", "said_for").first()
    last = rating.last_read(review, target) if target else None
    return {"held": said, "target": target, "reading": reading, "last": last}


def rate_form(request, review: Review, milestone: Milestone, words, *, away=(), **stands) -> RateForm:
    """The form of one milestone; `away`: for whom it may be entered; `stands`: as `held` gives it."""
    stands = stands or held(request, review, milestone)
    return RateForm(words, marks=meaning.choices(review.here), away=away, **stands)


def _rated(request, review: Review, milestone: Milestone, form: RateForm):
    try:
        rating.rate(review, milestone=milestone, by=request.user, **form.cleaned_data)
    except StaleEdit as stale:
        now = held(request, review, milestone)
        if not form.says_the_same(now["held"], now["reading"]):
            return _both(request, review, milestone, stale, now)
    return onward(request, f"“{milestone}” is rated.", to=_next(review, milestone))


def _both(request, review: Review, milestone: Milestone, stale: StaleEdit, now: dict):
    """Another leader saved meanwhile: both texts, and the choice."""
    away = handing_on.away(review, milestone, by=request.user)
    form, theirs = against(request, review, milestone, now, away=away)
    return both_texts(request, _RATE, stale, form=form, **theirs, **_beside(request, review, milestone))


def against(request, review: Review, milestone: Milestone, now: dict, *, away=()) -> tuple[RateForm, dict]:
    """What was typed, kept and set against what is there now (`held`): the form, and what the page says of theirs."""
    keeping.keep(request.user, request.path, request.POST)
    words, said, reading = request.POST.copy(), now["held"], now["reading"]
    words["revision"] = said.revision if said else 0
    words["instead_of"] = reading.value if reading else ""
    form = rate_form(request, review, milestone, words, away=away, **now)
    return form, {"theirs": said, "their_reading": now["target"].measure.words(reading.value) if reading else ""}


def _next(review: Review, milestone: Milestone) -> str:
    return f"{reverse('rate_next', args=[review.pk])}?after={milestone.pk}"


def one(request, review: Review, milestone: Milestone, *, is_rated: bool) -> dict:
    """What the page says of the milestone itself: what it serves, last time, and its measure as a line."""
    before = rating.last_rating(review, milestone)
    not_unchanged = rating.why_not_unchanged(review, before) if before and not is_rated else ""
    is_measured = hasattr(milestone.criterion, "target")
    return {
        "review": review,
        "milestone": milestone,
        "objective": milestone.criterion.objective,
        "before": before,
        "may_say_no_change": bool(before) and not is_rated and not not_unchanged,
        "not_unchanged": not_unchanged,
        "line": line.of(queue.measured(review, milestone, request.user)) if is_measured else None,
    }


def _beside(request, review: Review, milestone: Milestone) -> dict:
    """What the page says round the form."""
    objective, found = milestone.criterion.objective, queue.of(review, request.user)
    is_rated = any(row.pk == milestone.pk for row in found.rated)
    return one(request, review, milestone, is_rated=is_rated) | {
        "side": found.side_of(objective.pk),
        "queue": found,
        "handed": HandedOn.objects.visible_to(request.user).filter(review=review, milestone=milestone).first(),
        "deeds": queue.deeds_of(objective),
        "view": queue.last_view(objective),
        "may_word": may(request.user, P.WORD_RATINGS, review.here),
    }


# ---------------------------------------------------------------- an objective as a whole


@access(P.RATE, Objective, by=_OF_OBJECTIVE, seen="to_draft")
def sum_up(request, objective, pk):
    """An objective as a whole: in words, with a mark of its own where the worst of its milestones does not tell it."""
    request.menu = "progress"
    review = _open_review(request, pk, objective.plan)
    side = _side(request, review, objective)
    form = _sum_up_form(review, side, typed(request))
    if request.method == "POST" and form.is_valid():
        return _summed_up(request, review, side, form)
    return show(request, _SUM_UP, form=form, review=review, side=side)


def _side(request, review: Review, objective: Objective) -> queue.Side:
    return queue.with_summaries(queue.of(review, request.user)).side_of(objective.pk)


def _sum_up_form(review: Review, side: queue.Side, words) -> SumUpForm:
    return SumUpForm(words, marks=meaning.choices(review.here), held=side.summary, proposed=side.proposed)


def _summed_up(request, review: Review, side: queue.Side, form: SumUpForm):
    objective = side.objective
    try:
        rating.sum_up(review, objective=objective, by=request.user, **form.cleaned_data)
    except StaleEdit as stale:
        side = _side(request, review, objective)
        if not form.says_the_same(side.summary):
            keeping.keep(request.user, request.path, request.POST)
            words = request.POST.copy()
            words["revision"] = side.summary.revision if side.summary else 0
            form = _sum_up_form(review, side, words)
            return both_texts(request, _SUM_UP, stale, form=form, review=review, side=side)
    return onward(request, f"“{objective}” is summed up.", to=reverse("review_finish", args=[review.pk]))


# ---------------------------------------------------------------- the end of the review


@access(SEE, Review, seen="to_read")
def review_finish(request, review):
    """Every objective as it will be read, what is missing, the narrative, and the way to governors."""
    request.menu = "progress"
    found = queue.of(review, request.user)
    if request.method != "POST":
        return _finish(request, review, found) if review.is_open else redirect("review", review.pk)
    require(request.user, P.WRITE_NARRATIVE, review)
    if refused := _write_narrative(request, review):
        return refused
    return onward(request, "The narrative is saved.", to=request.path)


@require_POST
@access(P.SEND_REVIEW, Review, seen="to_read")
def send_review(request, review):
    """Send the review to governors, with the narrative as it stands in the box."""
    request.menu = "progress"
    if "narrative" in request.POST and (refused := _write_narrative(request, review)):
        return refused
    reviewing.send_review(review, by=request.user)
    said = "The review is with governors. They have been told by mail, and its report is being made."
    return onward(request, said, to=reverse("review", args=[review.pk]))


def _write_narrative(request, review: Review):
    """Save what was typed. Gives the page that says what is wrong with it, or nothing."""
    form = NarrativeForm(request.POST, revision=review.revision)
    found = queue.of(review, request.user)
    if not form.is_valid():
        return _finish(request, review, found, form)
    if form.cleaned_data["narrative"] == review.narrative:
        return None
    try:
        reviewing.write_narrative(review, by=request.user, **form.cleaned_data)
    except StaleEdit as stale:
        review.refresh_from_db()
        words = request.POST.copy()
        words["revision"] = review.revision
        form = NarrativeForm(words, revision=review.revision)
        return both_texts(request, _FINISH, stale, form=form, **_end(request, review, found))
    keeping.let_go(request.user, reverse("review_finish", args=[review.pk]))
    return None


def _finish(request, review: Review, found: queue.Queue, form: NarrativeForm | None = None):
    if form is None and may(request.user, P.WRITE_NARRATIVE, review):
        form = NarrativeForm(typed(request), initial={"narrative": review.narrative}, revision=review.revision)
    return show(request, _FINISH, form=form, **_end(request, review, found))


def _end(request, review: Review, found: queue.Queue) -> dict:
    return {
        "review": review,
        "queue": queue.with_summaries(found),
        "not_read": readings.to_read(readings.of(found, request.user)),
        "may_send": may(request.user, P.SEND_REVIEW, review),
        "who_sends": why_not(P.SEND_REVIEW),
        "not_sent": reviewing.why_not_sent(review),
    }


# ---------------------------------------------------------------- what the ratings mean


@access(P.WORD_RATINGS, Organisation, by={"slug": "slug"})
def rating_words(request, organisation):
    """What each rating means here; and whether "done and embedded" is used."""
    request.menu = "progress"
    held = meaning.of(organisation)
    first = {name: getattr(held, name) for name in (*meaning.USUAL, "uses_blue")}
    usual = "usual" in request.GET
    form = WordsForm(typed(request), initial=first | (meaning.USUAL if usual else {}))
    if request.method == "POST" and form.is_valid():
        meaning.word_ratings(organisation, by=request.user, **form.cleaned_data)
        return onward(request, "What the ratings mean is saved.", to=request.path)
    return show(request, "monitoring/rating/words.html", form=form, organisation=organisation, usual=usual)
