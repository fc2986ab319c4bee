"""The facts of reviews, in one query: where each stands, and what it says of each objective."""

from collections import defaultdict

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from foundation import clock
from governance.models import AgendaItem, Decision
from governance.standing import Standing
from monitoring.facts import RatedFacts, ReviewFacts
from monitoring.models import HandedOn, Rating, Review, ReviewItem, Summary, View
from monitoring.models.reviews import TERMS
from monitoring.points import Point
from sip.models import Mark, Milestone, Reading, Target

_REVIEW = ("pk", "plan_id", "term", "half", "state", "opened_on", "sent_at")
_OF = "plan__objectives__"
_OBJECTIVE = (
    f"{_OF}pk",
    f"{_OF}lead_id",
    f"{_OF}lead__name",
    f"{_OF}carried_from_id",
    f"{_OF}stopped_on",
    f"{_OF}monitor_seat_id",
    f"{_OF}monitor_board_id",
    f"{_OF}monitor_seat__first_day",
    f"{_OF}monitor_seat__last_day",
)


def reviews_of(user, plans: list[int]) -> dict[int, list[ReviewFacts]]:
    """The reviews of plans, all of which this person sees, in the order of the year, by the plan's key."""
    said = _about_review(user) | _about_objective()
    rows = Review.objects.filter(plan__in=plans).annotate(**said).order_by("pk", f"{_OF}position", f"{_OF}pk")
    found: dict[int, dict] = {}
    for row in rows.values(*_REVIEW, *_OBJECTIVE, *said):
        review = found.setdefault(row["pk"], row | {"objectives": []})
        if row[f"{_OF}pk"] and row[f"{_OF}stopped_on"] is None:
            review["objectives"].append(_objective(user.standing, row))
    made = defaultdict(list)
    for row in sorted(found.values(), key=lambda row: Point(row["term"], row["half"]).place):
        made[row["plan_id"]].append(_review(row))
    return made


def _rank(field: str) -> Case:
    """The place of a term in the year."""
    places = [When(**{field: str(term)}, then=Value(place)) for place, term in enumerate(TERMS)]
    return Case(*places, output_field=IntegerField())


def _about_review(user) -> dict:
    coming = ReviewItem.objects.filter(review=OuterRef("pk"), item__kind=AgendaItem.Kind.REVIEW)
    coming = coming.filter(item__decision=None, item__meeting__state="planned")
    received = Decision.objects.filter(item__review_item__review=OuterRef("pk"), outcome=Decision.Outcome.RECEIVED)
    return {
        "reads": Exists(Review.objects.of_seen_plans(user).filter(pk=OuterRef("pk"))),
        "agenda_on": Subquery(coming.order_by("item__meeting__day").values("item__meeting__day")[:1]),
        "received_on": Subquery(received.order_by("-pk").values("decided_on")[:1]),
        "rank": _rank("term"),
    }


def _about_objective() -> dict:
    """How much of it is due and rated, how it is rated, when that was said last, and whether a view was given."""
    of = OuterRef(f"{_OF}pk")
    milestones = Milestone.objects.kept().filter(criterion__objective=of).annotate(place=_rank("term"))
    ratings = Rating.objects.filter(review=OuterRef("pk"), milestone__criterion__objective=of).order_by()
    order = Case(*(When(mark=str(mark), then=Value(place)) for place, mark in enumerate(Mark)))
    own = Summary.objects.filter(review=OuterRef("pk"), objective=of).exclude(mark="")
    views = View.objects.filter(review=OuterRef("pk"), objective=of)
    return {
        "due": _count(milestones.filter(place__lte=OuterRef("rank")), "criterion__objective"),
        "rated": _count(ratings, "milestone__criterion__objective"),
        "worst": Subquery(ratings.order_by(order).values("mark")[:1]),
        "own": Subquery(own.values("mark")[:1]),
        "said_at": Subquery(ratings.order_by("-rated_at").values("rated_at")[:1]),
        "viewed_at": Subquery(views.values("given_at")[:1]),
        "handed": _count(_still_handed(of), "milestone__criterion__objective"),
        "unread": _count(_not_read(of), "criterion__objective"),
        "first_due": Subquery(milestones.order_by("place").values("term")[:1]),
    }


def _still_handed(objective: OuterRef) -> QuerySet:
    rated = Rating.objects.filter(review=OuterRef("review"), milestone=OuterRef("milestone"))
    rows = HandedOn.objects.filter(review=OuterRef("pk"), milestone__criterion__objective=objective)
    return rows.filter(~Exists(rated))


def _not_read(objective: OuterRef) -> QuerySet:
    """The targets of an objective of whose measure nothing is read of the whole school in the review's term."""
    of_term = {"year": OuterRef(OuterRef("plan__year")), "term": OuterRef(OuterRef("term"))}
    of_school = Reading.objects.filter(measure=OuterRef("measure"), group=Reading.Group.ALL, year_group="", **of_term)
    kept = Target.objects.filter(criterion__objective=objective, criterion__dropped_on=None)
    return kept.filter(~Exists(of_school.exclude(kind=Reading.Kind.FORECAST)))


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def _objective(standing: Standing, row: dict) -> RatedFacts:
    seat, board = row[f"{_OF}monitor_seat_id"], row[f"{_OF}monitor_board_id"]
    first, last = row[f"{_OF}monitor_seat__first_day"], row[f"{_OF}monitor_seat__last_day"]
    today = clock.today()
    shown = row["reads"] and row["rated"]
    return RatedFacts(
        pk=row[f"{_OF}pk"],
        due=row["due"],
        rated=row["rated"],
        lead_id=row[f"{_OF}lead_id"],
        lead=row[f"{_OF}lead__name"] or "",
        mark=(row["own"] or row["worst"] or "") if shown else "",
        said_on=_day(row["said_at"]) if shown else None,
        viewed_on=_day(row["viewed_at"]),
        monitored=bool(board) or bool(seat and first <= today and (last is None or last >= today)),
        monitors=seat in standing.seat_ids or board in standing.board_ids,
        carried_from=row[f"{_OF}carried_from_id"],
        first_due=row["first_due"] or "",
        handed=row["handed"],
        unread=row["unread"],
    )


def _review(row: dict) -> ReviewFacts:
    return ReviewFacts(
        pk=row["pk"],
        term=row["term"],
        half=row["half"],
        state=row["state"],
        opened_on=row["opened_on"],
        reads=row["reads"],
        sent_on=_day(row["sent_at"]),
        agenda_on=row["agenda_on"],
        received_on=row["received_on"],
        objectives=tuple(row["objectives"]),
    )


def _day(moment):
    return clock.in_london(moment).date() if moment else None
