"""The facts of home in four queries, for one organisation or for all of a person's, whatever stands in them."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject, TruncDate

from foundation import clock
from governance import years
from governance.models import Board, Decision, Delegation, Organisation
from governance.permissions import Part
from governance.standing import Standing, parts_of_seat
from monitoring.facts import Facts, ObjectiveFacts, PlanFacts, knows_of_reviews
from monitoring.fetching_meetings import AT_MEETINGS, meetings_and_days
from monitoring.fetching_reviews import reviews_of
from monitoring.models import Review
from monitoring.things import terms_and_things
from sip.models import Action, Objective, Plan, PlanItem, SuccessCriterion, Version

_LOCAL = {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER, Part.VOTING_MEMBER}
_INSIDE = _LOCAL | AT_MEETINGS | {Part.BUSINESS_MANAGER, Part.LOCAL_GOVERNOR, Part.ASSOCIATE_MEMBER}
_BEFORE_THE_BOARD = (Plan.State.WITH_THE_BOARD, Plan.State.CHANGES)


def facts_of(user, organisations: list[Organisation]) -> dict[int, Facts]:
    """What this person's home needs to know of each organisation, by its key."""
    plans = _plans(user, organisations)
    meetings, unseen = meetings_and_days(user, organisations, plans)
    terms, things = terms_and_things(user, organisations, plans)
    return {
        one.pk: Facts(
            today=clock.today(),
            person=user.person_id,
            organisation=one.name,
            slug=one.slug,
            is_trust=one.is_trust,
            words=one.words,
            parts=frozenset(one.parts_of(user)),
            terms=tuple(terms[one.pk]),
            plans=tuple(plans[one.pk]),
            meetings=tuple(meeting for meeting in meetings[one.pk] if not meeting.is_written),
            written=tuple(meeting for meeting in meetings[one.pk] if meeting.is_written),
            unseen=tuple(unseen[one.pk]),
            things=tuple(things[one.pk]),
        )
        for one in organisations
    }


# ---------------------------------------------------------------- plans and their objectives


def _plans(user, organisations: list[Organisation]) -> dict[int, list[PlanFacts]]:
    """Each organisation's own plans, and those of others on which one of its boards decides."""
    here = {one.pk: one for one in organisations}
    year = years.year_of(clock.today())
    seen = Plan.objects.visible_to(user).values("pk")
    served = (
        Q(organisation__in=here)
        | Q(deciding_board__organisations__in=here)
        | Q(reviewing__board__organisations__in=here)
    )
    found = Plan.objects.annotate(reviewing=_delegated()).filter(
        served, pk__in=seen, year__in=(year - 1, year, year + 1)
    )
    said = _about_plan() | _about_objective(user.person_id)
    rows = found.order_by("year", "organisation__name", "objectives__position", "objectives__pk").annotate(
        decided_for=F("deciding_board__organisations"), received_for=F("reviewing__board__organisations"), **said
    )
    plans: dict[tuple[int, int], dict] = {}
    for row in rows.values(*_PLAN, *_OBJECTIVE, *_FOR, *said):
        for key in {row["organisation_id"], row["decided_for"], row["received_for"]} & set(here):
            plan = plans.setdefault((key, row["pk"]), row | {"objectives": {}, "decided": set(), "received": set()})
            plan["decided"].add(row["decided_for"])
            plan["received"].add(row["received_for"])
            if row["objectives__pk"]:
                plan["objectives"][row["objectives__pk"]] = _objective(row)
    reviews = reviews_of(user, sorted({pk for _, pk in plans}))
    made = defaultdict(list)
    for (key, pk), row in plans.items():
        plan = _plan(user.standing, here[key], row)
        known = tuple(one for one in reviews[pk] if one.reads or knows_of_reviews(plan.review_parts))
        made[key].append(replace(plan, reviews=known))
    return made


_FOR = ("decided_for", "received_for")
_PLAN = (
    "pk",
    "organisation_id",
    "organisation__name",
    "organisation__slug",
    "year",
    "state",
    "submitted_at",
    "returned_reason",
    "review_points",
    "deciding_board_id",
    "deciding_board__name",
)
_OBJECTIVE = (
    "objectives__pk",
    "objectives__position",
    "objectives__title",
    "objectives__lead_id",
    "objectives__lead__name",
    "objectives__by_when",
    "objectives__figure_what",
    "objectives__figure_now",
    "objectives__figure_aim",
    "objectives__outcome",
    "objectives__stopped_on",
)

_COUNTED = ("of_actions", "of_criteria", "of_unmarked")


def _delegated() -> FilteredRelation:
    """Which board receives the reviews, where the scheme of delegation says so."""
    of_reviews = Q(
        organisation__delegations__decision=Delegation.Decides.REVIEWS,
        organisation__delegations__does=Delegation.Does.DECIDES,
    )
    return FilteredRelation("organisation__delegations", condition=of_reviews)


def _about_plan() -> dict:
    """When it was or is to be decided, which version was put before the board last, and who receives its reviews."""
    approved = (Decision.Outcome.APPROVED, Decision.Outcome.CONDITIONS)
    decisions = Decision.objects.filter(item__plan_item__plan=OuterRef("pk"), outcome__in=approved).order_by("-pk")
    waiting = PlanItem.objects.filter(
        plan=OuterRef("pk"), item__decision=None, item__meeting__state="planned", recommends=False
    )
    day = waiting.order_by("item__meeting__day").values("item__meeting__day")
    last = Version.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(last=Max("number"))
    place = OuterRef("organisation")
    full = Board.objects.filter(organisations=place, kind=Board.Kind.FULL).order_by("pk").values("pk")
    return {
        "agreed_on": Subquery(decisions.filter(item__kind="objectives").values("decided_on")[:1]),
        "approved_on": Subquery(decisions.filter(item__kind="plan").values("decided_on")[:1]),
        "objectives_on": Subquery(day.filter(item__kind="objectives")[:1]),
        "decision_on": Subquery(day.filter(item__kind="plan")[:1]),
        "last_version": Subquery(last.values("last")),
        "receiver": Coalesce("reviewing__board_id", Subquery(full[:1]), output_field=BigIntegerField()),
        "received_here": Exists(Board.objects.filter(pk=OuterRef("receiver"), organisations=place)),
    }


def _about_objective(person: int) -> dict:
    """What of it is this person's, and how much of it is drafted."""
    of = OuterRef("objectives__pk")
    actions = Action.objects.filter(objective=of).exclude(status=Action.Status.STOPPED)
    criteria = SuccessCriterion.objects.filter(objective=of, dropped_on=None)
    return {
        "owns": Exists(actions.filter(owner=person)),
        "helps": Exists(Objective.team.through.objects.filter(objective=of, person=person)),
        "of_actions": _counts(
            actions, actions={}, unowned={"owner": None}, undated={"due_on": None}, uncosted={"cost": None}
        ),
        "of_criteria": _counts(criteria, criteria={}, endless={"by_when": None}),
        "of_unmarked": _counts(criteria.filter(milestones=None), unmarked={}),
    }


def _counts(rows: QuerySet, **which: dict) -> Subquery:
    """How many of them there are, by name, in one go; nothing where there are none."""
    counts = {name: Count("pk", filter=Q(**such)) if such else Count("pk") for name, such in which.items()}
    return Subquery(rows.order_by().values("objective").annotate(counts=JSONObject(**counts)).values("counts"))


def _objective(row: dict) -> ObjectiveFacts:
    return ObjectiveFacts(
        pk=row["objectives__pk"],
        number=row["objectives__position"],
        title=row["objectives__title"],
        lead_id=row["objectives__lead_id"],
        lead=row["objectives__lead__name"] or "",
        by_when=row["objectives__by_when"],
        what=row["objectives__figure_what"],
        now=row["objectives__figure_now"],
        aim=row["objectives__figure_aim"],
        outcome=row["objectives__outcome"] or "",
        is_stopped=row["objectives__stopped_on"] is not None,
        mine=row["owns"] or row["helps"],
        **{name: many for counted in _COUNTED for name, many in (row[counted] or {}).items()},
    )


def _plan(standing: Standing, here: Organisation, row: dict) -> PlanFacts:
    own = row["organisation_id"] == here.pk
    parts = frozenset(_parts(standing, here, row))
    inside = bool(parts & (_LOCAL | AT_MEETINGS | {Part.ASSOCIATE_MEMBER, Part.BUSINESS_MANAGER, Part.LOCAL_GOVERNOR}))
    objectives = row["objectives"].values()
    if not inside and row["state"] in _BEFORE_THE_BOARD:
        objectives = _shown_before_decision(row["state"], objectives, parts, standing.person)
    submitted = row["submitted_at"]
    return PlanFacts(
        pk=row["pk"],
        organisation=row["organisation__name"],
        slug=row["organisation__slug"],
        year=row["year"],
        state=row["state"],
        own=own,
        parts=parts,
        board=row["deciding_board_id"],
        board_name=row["deciding_board__name"],
        decided_here=here.pk in row["decided"],
        submitted_on=clock.in_london(submitted).date() if submitted else None,
        objectives_on=row["objectives_on"],
        decision_on=row["decision_on"],
        agreed_on=row["agreed_on"],
        approved_on=row["approved_on"],
        version=row["last_version"],
        receiver=row["receiver"],
        received_here=row["received_here"],
        review_parts=parts | _parts_on_reviews(standing, here, row),
        returned_reason=row["returned_reason"] if inside else "",
        objectives=tuple(objectives),
        by_halves=row["review_points"] == Plan.Points.HALF_TERMS,
    )


def _shown_before_decision(state: str, objectives, parts, person: int) -> list[ObjectiveFacts]:
    """To those outside board and leaders: nothing that may be worded anew; to staff only what they are named in."""
    if state == Plan.State.CHANGES:
        return []
    if Part.STAFF in parts:
        return [one for one in objectives if one.mine or one.lead_id == person]
    return list(objectives)


def _parts(standing: Standing, here: Organisation, row: dict) -> set[Part]:
    """As `Plan.parts_of` says it, from what is at hand: that one may ask a query for each plan."""
    board = row["deciding_board_id"]
    on_board, parts = _parts_on(standing, board), standing.parts_at(here)
    if row["organisation_id"] != here.pk:
        return on_board | (parts & {Part.CLERK} if here.pk in row["decided"] else set())
    others = [seat for seat in standing.seats if seat.organisation == here.pk and seat.board != board]
    if any(Part.BOARD_MEMBER in parts_of_seat(seat) for seat in others):
        parts = (parts - _LOCAL) | {Part.LOCAL_GOVERNOR}
    return parts | on_board


def _parts_on_reviews(standing: Standing, here: Organisation, row: dict) -> set[Part]:
    """As `Review.parts_of` says it, beside those on the plan: on the board that receives, where another one decides."""
    if row["receiver"] == row["deciding_board_id"]:
        return set()
    clerks = standing.parts_at(here) & {Part.CLERK} if here.pk in row["received"] else set()
    return _parts_on(standing, row["receiver"]) | clerks


def _parts_on(standing: Standing, board: int) -> set[Part]:
    return {part for seat in standing.seats if seat.board == board for part in parts_of_seat(seat)}


# ---------------------------------------------------------------- a trust's schools


_OF_REVIEW = ("review_term", "review_state", "sent_on", "received_on")


def schools_of(user, trust: Organisation) -> list[dict]:
    """A trust's schools with this year's plan, as far as this person may see it, in one query."""
    year = years.year_of(clock.today())
    plan = Plan.objects.visible_to(user).filter(organisation=OuterRef("pk"), year=year)
    approved = Decision.objects.filter(
        item__plan_item__plan__organisation=OuterRef("pk"),
        item__plan_item__plan__year=year,
        item__kind="plan",
        outcome__in=(Decision.Outcome.APPROVED, Decision.Outcome.CONDITIONS),
    )
    review = Review.objects.filter(plan__organisation=OuterRef("pk"), plan__year=year).order_by("-opened_on", "-pk")
    received = Decision.objects.filter(item__review_item__review=OuterRef("review_pk"), outcome="received")
    seen = Organisation.objects.visible_to(user).filter(trust=trust).order_by("name")
    return list(
        seen.annotate(
            state=Subquery(plan.values("state")[:1]),
            submitted_on=Subquery(plan.annotate(day=TruncDate("submitted_at")).values("day")[:1]),
            approved_on=Subquery(approved.order_by("-pk").values("decided_on")[:1]),
            review_pk=Subquery(review.values("pk")[:1]),
            review_term=Subquery(review.values("term")[:1]),
            review_state=Subquery(review.values("state")[:1]),
            sent_on=Subquery(review.annotate(day=TruncDate("sent_at")).values("day")[:1]),
            received_on=Subquery(received.order_by("-pk").values("decided_on")[:1]),
        ).values("name", "slug", "phase", "state", "submitted_on", "approved_on", *_OF_REVIEW)
    )
