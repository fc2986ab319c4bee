"""The story of one milestone: up to why it is there, and down to what was said of it, measured, asked and done."""

from dataclasses import dataclass, field

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from monitoring import marks, wording
from monitoring.models import Rating, Review, View
from monitoring.permissions import P
from monitoring.reading import Said, ViewRow, evidence_in_words, view_row, what_next, who_said
from sip import line, targets, waiting
from sip.figures import reader_of
from sip.line import Line
from sip.models import Action, Milestone, Plan, Question

OVER = "nothing said"


@dataclass(slots=True)
class Chapter:
    """What one review says: of the milestone by leaders, of its objective by the monitor."""

    title: str
    state: str
    url: str
    said: Said | None
    silence: str
    view: ViewRow | None


@dataclass(slots=True)
class ActionRow:
    what: str
    owner: str
    due: str
    status: str
    note: str
    is_late: bool
    url: str


@dataclass(slots=True)
class Story:
    says: str
    mark: str
    word: str
    chapters: list[Chapter]
    measured: Line | None
    actions: list[ActionRow]
    questions: list[Question] = field(default_factory=list)
    rate_url: str = ""

    @property
    def is_rated_now(self) -> bool:
        """Whether the last of its reviews has rated it."""
        return bool(self.chapters and self.chapters[-1].said)


def of(milestone: Milestone, user) -> Story:
    """What this person may read of it: only what was said in reviews that they see."""
    reviews = _reviews(milestone, user)
    chapters = _chapters(milestone, reviews)
    rated = [one for one in chapters if one.said]
    return Story(
        says=_sentence(milestone, rated, reviews),
        mark=rated[-1].said.mark if rated else "",
        word=rated[-1].said.word if rated else "",
        chapters=chapters,
        measured=_measured(milestone, reviews, user),
        actions=[_action(row) for row in _actions(milestone, user)],
        questions=list(_questions(milestone, user)),
        rate_url=_rate_url(milestone, reviews, user),
    )


def _reviews(milestone: Milestone, user) -> list[Review]:
    """The reviews in which it is due and that this person reads, in the order of the year."""
    objective = milestone.criterion.objective
    found = Review.objects.visible_to(user).filter(plan=objective.plan_id)
    if not may(user, P.READ_RATINGS, objective):
        found = found.exclude(state=Review.State.OPEN)
    return sorted((one for one in found if milestone.term in one.terms_due), key=lambda one: one.place)


def _chapters(milestone: Milestone, reviews: list[Review]) -> list[Chapter]:
    ratings = {row.review_id: row for row in _of(Rating, reviews).filter(milestone=milestone)}
    views = {row.review_id: row for row in _of(View, reviews).filter(objective=milestone.criterion.objective_id)}
    chapters, before = [], None
    for review in reviews:
        rating = ratings.get(review.pk)
        chapters.append(
            Chapter(
                title=f"{review.point.name} review",
                state=review.get_state_display(),
                url=reverse("review", args=[review.pk]),
                said=_said(rating, before) if rating else None,
                silence="not rated yet" if review.is_open else _since(before),
                view=_view(views.get(review.pk)),
            )
        )
        before = (review.point.word, rating) if rating else before
    return chapters


def _of(model, reviews: list[Review]):
    people = ("rated_by", "said_for") if model is Rating else ("given_by",)
    return model.objects.filter(review__in=[one.pk for one in reviews]).select_related(*people)


def _since(before: tuple[str, Rating] | None) -> str:
    if before is None:
        return OVER
    return f"nothing since {wording.day(clock.in_london(before[1].rated_at).date(), clock.today())}"


def _said(rating: Rating, before: tuple[str, Rating] | None) -> Said:
    return Said(
        mark=rating.mark,
        word=marks.word(rating.mark),
        direction=marks.direction(before[1].mark, rating.mark) if before else "",
        than=before[0] if before else "",
        why=rating.why,
        next=what_next(rating.next_step, rating.next_by),
        evidence=evidence_in_words(rating.evidence, rating.evidence_named),
        who=who_said(
            rating.rated_by.name,
            clock.in_london(rating.rated_at).date(),
            is_unchanged=rating.is_unchanged,
            said_for=rating.said_for.name if rating.said_for else "",
        ),
    )


def _view(view: View | None) -> ViewRow | None:
    if view is None:
        return None
    on = clock.in_london(view.given_at).date().isoformat()
    said = {"stance": view.stance, "mark": view.mark, "why": view.why}
    return view_row(said | {"by": view.given_by.name, "as": view.given_as, "on": on})


def _sentence(milestone: Milestone, rated: list[Chapter], reviews: list[Review]) -> str:
    due = f"Due by the end of the {milestone.term} term {milestone.plan.year_in_words}."
    if rated:
        return f"{due} Last rated in the {rated[-1].title.lower()}."
    return f"{due} Nothing is said of it yet." if reviews else f"{due} It has not been rated yet."


def _measured(milestone: Milestone, reviews: list[Review], user) -> Line | None:
    """What its criterion measures: the aim, and what was read in the terms whose review this person reads."""
    target = getattr(milestone.criterion, "target", None)
    if target is None:
        return None
    here, terms = milestone.plan.organisation, [one.term for one in reviews]
    reader = reader_of(user, here)
    return line.of(targets.bodies(here, [target], reader, year=milestone.plan.year, terms=terms)[target.pk])


def _actions(milestone: Milestone, user):
    return (
        Action.objects.visible_to(user)
        .filter(objective=milestone.criterion.objective_id)
        .select_related("owner", "objective__plan")
    )


def _action(action: Action) -> ActionRow:
    today = clock.today()
    return ActionRow(
        what=action.what,
        owner=action.owner.name if action.owner else "",
        due=wording.day(action.due_on, today) if action.due_on else "",
        status=action.get_status_display(),
        note=action.status_note,
        is_late=action.is_late and action.plan.state == Plan.State.APPROVED,
        url=reverse("action", args=[action.pk]),
    )


def _questions(milestone: Milestone, user):
    found = Question.objects.visible_to(user).filter(objective=milestone.criterion.objective_id)
    return waiting.counted(found.select_related("asked_by", "to").order_by("-asked_at")[:20], milestone.plan)


def _rate_url(milestone: Milestone, reviews: list[Review], user) -> str:
    open_now = next((one for one in reviews if one.is_open), None)
    if open_now is None or not may(user, P.RATE, milestone):
        return ""
    return reverse("rate", args=[open_now.pk, milestone.pk])
