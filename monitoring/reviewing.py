"""A review of a plan: opened before the end of a term, written by leaders, sent to governors, perhaps taken back."""

from django.db import IntegrityError, transaction
from django.db.models import F

from foundation import audit, clock, outbox
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance.models import Board, Delegation, Person, Role, User
from monitoring import records, reports, standing_review, windows
from monitoring.facts import TermDays
from monitoring.models import Rating, Review, ReviewItem, ReviewRecord
from monitoring.permissions import P
from monitoring.points import Point
from monitoring.windows import opens_on
from sip.models import Mark, Milestone, Plan, Reading, Target

# ---------------------------------------------------------------- opened


@operation(P.OPEN_REVIEW)
def open_review(plan: Plan, *, term: str, half: int = 0, by: User) -> Review:
    """Open the review of a term, or of a half of it, before its day: for a board that meets early."""
    if why := why_not_opened(plan, Point(term, half)):
        raise Conflict(why)
    return Review.objects.create(plan=plan, term=term, half=half, opened_on=clock.today())


def why_not_opened(plan: Plan, point: Point) -> str:
    """Why the review of this point of the year cannot be opened now, as a sentence; empty when it can."""
    if plan.state != Plan.State.APPROVED:
        return f"Only an approved plan is reviewed. This one is: {plan.get_state_display()}."
    term = next((one for one in plan.organisation.terms_of(plan.year) if one.name == point.term), None)
    if term is None:
        return "The clerk has not said yet when this term begins and ends."
    starts, held = point.days(term)[0], list(plan.reviews.all())
    if clock.today() < starts:
        return f"The {point.stretch} begins on {starts.day} {starts:%B}. Its review can be opened from then on."
    if any(one.point == point for one in held):
        return f"The {point.word} review has been opened already."
    if point not in {one.point for one in points_of(plan, held)}:
        return f"The {point.stretch} is no point of review: this plan is reviewed {plan.get_review_points_display()}."
    if row := next((one for one in held if one.is_open), None):
        return f"The {row.point.word} review is still open. Send it to governors first."
    return ""


def points_of(plan: Plan, held: list[Review] | None = None) -> list[TermDays]:
    """The points at which a plan is reviewed, with their days. `held`: its reviews, where they are at hand."""
    known = [one.point for one in (plan.reviews.all() if held is None else held)]
    by_halves = plan.review_points == Plan.Points.HALF_TERMS
    terms = plan.organisation.terms_of(plan.year)
    return windows.points_of(terms, by_halves=by_halves, held=known, today=clock.today())


@operation(P.SET_REVIEW_POINTS)
def set_review_points(plan: Plan, *, points: str, by: User) -> Plan:
    """Say whether the plan is reviewed at the end of each term or of each half-term, from the next review on. What was
    opened already stays as it is."""
    if plan.state == Plan.State.CLOSED:
        raise Conflict("The plan is closed. No review of it is to come.")
    plan.review_points = points
    plan.save(update_fields=["review_points"])
    plan.touch()
    return plan


def open_due() -> list[Review]:
    """Open each review whose day has come. By the timetable; done twice at once, each opens once."""
    opened = []
    for plan in Plan.objects.filter(state=Plan.State.APPROVED).select_related("organisation__trust"):
        for days in points_of(plan):
            if opens_on(days) <= clock.today() <= days.ends and (review := _open_by_itself(plan, days.point)):
                opened.append(review)
    return opened


def _open_by_itself(plan: Plan, point: Point) -> Review | None:
    try:
        with transaction.atomic():
            held = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
            if why_not_opened(held, point):
                return None
            review = Review.objects.create(plan=held, term=point.term, half=point.half, opened_on=clock.today())
            audit.record("open_review", by=audit.TIMETABLE, thing=review, before={}, words={})
            for person in leaders_of(held):
                _tell(review, "review_opened", person)
            return review
    except IntegrityError:  # somebody opened it in this very moment
        return None


# ---------------------------------------------------------------- written


@operation(P.WRITE_NARRATIVE)
def write_narrative(review: Review, *, revision: int, narrative: str, by: User) -> Review:
    """Write the narrative, the leaders' own word on the term. Raises StaleEdit when somebody wrote it meanwhile."""
    require_open(review)
    if not Review.objects.filter(pk=review.pk, revision=revision).update(revision=F("revision") + 1):
        raise StaleEdit("Somebody else saved the narrative while you were typing.", thing=review)
    review.revision, review.narrative = revision + 1, narrative
    review.save(update_fields=["narrative"])
    return review


def require_open(review: Review) -> None:
    """Raise Conflict, saying where the review is, unless leaders are still rating."""
    if review.state == Review.State.RECEIVED:
        raise Conflict(f"The board has received the {review}. It stays as it was received.")
    if not review.is_open:
        raise Conflict(f"The {review} is with governors. Take it back first to change it.")


# ---------------------------------------------------------------- sent, taken back


@operation(P.SEND_REVIEW)
def send_review(review: Review, *, by: User) -> ReviewRecord:
    """Send the review to governors: frozen as it stands, its ratings shown on the plan, the board's side told."""
    if why := why_not_sent(review):
        raise Conflict(why)
    review.advance(to=Review.State.WITH_GOVERNORS)
    review.sent_at, review.sent_by = clock.now(), by.person
    review.save(update_fields=["sent_at", "sent_by"])
    show_on_the_plan(review.plan)
    _show_readings(review)
    record = records.freeze(review, ReviewRecord.Stage.SENT, by=by)
    reports.ask_for(record)
    standing_review.put_by_itself(review)
    for person in board_side(review):
        if person.pk != by.person_id:
            _tell(review, "review_sent", person, mark=record.number, by=by)
    return record


def _show_readings(review: Review) -> None:
    """What was read of the plan's measures waits no longer."""
    of_plan = Target.objects.filter(criterion__objective__plan=review.plan_id).values("measure")
    Reading.objects.filter(measure__in=of_plan, year=review.year, term__in=review.terms_due).update(waits=False)


@operation(P.SEND_REVIEW)
def take_back_review(review: Review, *, by: User) -> Review:
    """Take the review back to change it, as long as the papers of the meeting that receives it are not out."""
    if why := why_not_taken_back(review):
        raise Conflict(why)
    review.advance(to=Review.State.OPEN)
    show_on_the_plan(review.plan)
    return review


def why_not_sent(review: Review) -> str:
    """Why the review cannot be sent now, as a sentence; empty when it can."""
    if not review.is_open:
        return f"The {review} is not open: {review.get_state_display()}."
    if milestones_due(review).exists() and not review.ratings.exists():
        return "No milestone is rated yet, so there is nothing that governors could read."
    return ""


def why_not_taken_back(review: Review) -> str:
    """Why the review cannot be taken back now, as a sentence; empty while it can."""
    if review.state != Review.State.WITH_GOVERNORS:
        return f"The {review} is not with governors: {review.get_state_display()}."
    if review.plan.state != Plan.State.APPROVED:
        return "The plan is closed, and so are its reviews."
    for row in ReviewItem.objects.filter(review=review, item__decision=None).select_related("item__meeting"):
        if row.item.meeting.papers_are_out:
            day = row.item.meeting.day
            return f"The papers for {day.day} {day:%B} are out, with this review among them."
    return ""


def milestones_due(review: Review):
    """The milestones that this review rates: those of its term, and of the terms before it."""
    kept = Milestone.objects.kept()
    return kept.filter(criterion__objective__plan=review.plan_id, term__in=review.terms_due)


def marks_shown(plan: Plan) -> dict[int, str]:
    """What each milestone of a plan was rated last, as far as governors have been shown it."""
    rows = Rating.objects.filter(review__plan=plan).exclude(review__state=Review.State.OPEN)
    said = rows.values_list("review__term", "review__half", "milestone", "mark")
    told = sorted(said, key=lambda row: Point(row[0], row[1]).place)
    return {milestone: mark for *_, milestone, mark in told}


def show_on_the_plan(plan: Plan) -> None:
    """Write each milestone's last mark beside its words, so that the plan's page can show it. Within an operation."""
    shown = marks_shown(plan)
    rows = Milestone.objects.filter(criterion__objective__plan=plan)
    rows.exclude(pk__in=shown).update(current_rating="")
    for mark in Mark:
        rows.filter(pk__in=[key for key, one in shown.items() if one == mark]).update(current_rating=mark)
    plan.touch()


def wrongly_shown() -> list[Milestone]:
    """The milestones whose mark beside their words is not the one that governors were shown last. There should be
    none."""
    plans = Plan.objects.filter(reviews__isnull=False).distinct().order_by("pk")
    return [
        milestone
        for plan in plans.iterator(chunk_size=50)
        for shown in [marks_shown(plan)]
        for milestone in Milestone.objects.filter(criterion__objective__plan=plan)
        if milestone.current_rating != shown.get(milestone.pk, "")
    ]


# ---------------------------------------------------------------- who hears of it


def receiving_board(plan: Plan) -> Board | None:
    """The board that receives the reviews of a plan."""
    return plan.organisation.deciding_board(Delegation.Decides.REVIEWS)


def leaders_of(plan: Plan) -> list[Person]:
    """The leaders of the plan's organisation today."""
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=plan.organisation_id)
    return list(Person.objects.filter(roles__in=roles).distinct())


def board_side(review: Review) -> list[Person]:
    """Who is told: the members of the board that receives it, those who monitor an objective, and the clerks."""
    today, board = clock.today(), receiving_board(review.plan)
    found = {person.pk: person for person in board.members(on=today)} if board else {}
    for objective in review.plan.objectives.select_related("monitor_seat__person", "monitor_board"):
        if objective.monitor_seat_id and objective.monitor_seat.is_current:
            found[objective.monitor_seat.person_id] = objective.monitor_seat.person
        if objective.monitor_board_id:
            found |= {person.pk: person for person in objective.monitor_board.members(on=today)}
    serves = board.organisations.values("pk") if board else [review.plan.organisation_id]
    clerks = Role.objects.on(today).filter(kind=Role.Kind.CLERK, organisation__in=serves)
    found |= {person.pk: person for person in Person.objects.filter(roles__in=clerks)}
    return list(found.values())


def _tell(review: Review, template: str, person: Person, *, mark: int = 0, **words) -> None:
    key = f"{template}:{review.pk}:{mark}:{person.pk}"
    words |= {"review": review, "plan": review.plan}
    outbox.post(key, template, to=person, stream=review.audit_stream, **words)
