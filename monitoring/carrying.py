"""What a closed plan leaves unfinished, written into next year’s evidence with its history.

Of objectives that were not met, partly met or carried forward: the milestones that were never reached and the actions
that are neither done nor stopped. Each with its last rating and why, and the days it was moved from.
"""

from collections import defaultdict
from dataclasses import dataclass

from foundation import audit, clock
from governance.models import User
from monitoring.models import Rating, Review
from sip import gathering, written
from sip.models import Action, Change, EvidencePack, Milestone, Objective, Plan, Replanned, Unfinished

_LEFT = (Objective.Outcome.PARTLY, Objective.Outcome.NOT_MET, Objective.Outcome.CARRIED)
_REACHED = ("green", "blue")
_ENDED = (Action.Status.DONE, Action.Status.STOPPED)
_NO_RATING = ("", "", "")


@dataclass(frozen=True)
class Left:
    """How much of one objective goes on, as its page says before the plan is closed."""

    milestones: int = 0
    actions: int = 0

    @property
    def says(self) -> str:
        """ "two milestones and one action"; empty where nothing is left."""
        parts = [written.count(self.milestones, "milestone")] if self.milestones else []
        parts += [written.count(self.actions, "action")] if self.actions else []
        return written.listed(parts)


def carry(plan: Plan, *, by: User) -> EvidencePack | None:
    """Write what is unfinished into next year’s evidence, which is begun where there is none. Within the operation that
    closes the plan. Returns the evidence, or None where nothing is left."""
    rows = unfinished(plan)
    if not rows:
        return None
    organisation = plan.organisation
    pack = organisation.evidence_packs.filter(year=plan.year + 1).first()
    if pack is None:
        pack = gathering.begun(organisation, year=plan.year + 1, begun_by=by.person, begun_at=clock.now())
        audit.record("begin_pack", by=by, thing=pack, before={}, words={"year": pack.year})
    for row in rows:
        row.pack = pack
    Unfinished.objects.bulk_create(rows)
    audit.record("carry_unfinished", by=by, thing=pack, before={}, words={"from": plan, "rows": len(rows)})
    return pack


def unfinished(plan: Plan) -> list[Unfinished]:
    """The rows, not yet saved. As many queries for much as for little."""
    return [*_milestones(plan), *_actions(plan)]


def left_of(plan: Plan) -> dict[int, Left]:
    """How much would go on of each objective, whatever came of it. What is for the board alone counts too."""
    milestones, actions = defaultdict(int), defaultdict(int)
    for row in _unreached(plan):
        milestones[row.criterion.objective_id] += 1
    for row in _undone(plan):
        actions[row.objective_id] += 1
    return {key: Left(milestones[key], actions[key]) for key in {*milestones, *actions}}


def _milestones(plan: Plan) -> list[Unfinished]:
    ratings, moved = _last_ratings(plan), _moved_by_amendment(plan)
    rows = []
    for one in _unreached(plan).filter(criterion__objective__outcome__in=_LEFT):
        mark, why, where = ratings.get(one.pk, _NO_RATING)
        rows.append(
            Unfinished(
                objective=one.criterion.objective,
                milestone=one,
                text=one.text,
                due=f"{one.term} term",
                earlier_due=moved["milestone", one.pk],
                mark=mark,
                rated_in=where,
                why=why,
            )
        )
    return rows


def _actions(plan: Plan) -> list[Unfinished]:
    moved, closed = _moved_by_amendment(plan), set(_undone(plan).confidential().values_list("pk", flat=True))
    for row in Replanned.objects.filter(action__objective__plan=plan, field=Replanned.Field.DUE_ON):
        moved["action", row.action_id].append({"was": _day(row.before), "why": row.why})
    return [
        Unfinished(
            objective=one.objective,
            action=one,
            text=one.what,
            owner=one.owner.name if one.owner else "",
            due=written.day(one.due_on) or "no day",
            earlier_due=moved["action", one.pk],
            why=one.status_note,
            is_confidential=one.pk in closed,
        )
        for one in _undone(plan).filter(objective__outcome__in=_LEFT).select_related("objective", "owner")
    ]


def _unreached(plan: Plan):
    """The milestones that no amendment dropped and whose last rating does not say that they go well."""
    rows = Milestone.objects.kept().filter(criterion__objective__plan=plan, criterion__dropped_on=None)
    rows = rows.exclude(current_rating__in=_REACHED).select_related("criterion__objective")
    return rows.order_by("criterion__objective__position", "criterion__position", "pk")


def _undone(plan: Plan):
    rows = Action.objects.filter(objective__plan=plan).exclude(status__in=_ENDED)
    return rows.order_by("objective__position", "position", "pk")


def _last_ratings(plan: Plan) -> dict[int, tuple[str, str, str]]:
    """Of each milestone its last rating in a review that was sent: the mark, why, and in which review."""
    sent = Rating.objects.filter(review__plan=plan).exclude(review__state=Review.State.OPEN)
    found = {}
    for row in sorted(sent.select_related("review__plan"), key=lambda one: one.review.place):
        found[row.milestone_id] = (row.mark, row.why, str(row.review).lower())
    return found


def _moved_by_amendment(plan: Plan) -> dict[tuple[str, int], list[dict]]:
    """The days and terms that amendments moved, by what was moved, the first first."""
    found = defaultdict(list)
    made = Change.objects.filter(amendment__plan=plan, amendment__state="made", kind=Change.Kind.DATE)
    for row in made.order_by("amendment__number", "position"):
        for name in ("action", "milestone"):
            if key := getattr(row, f"{name}_id"):
                found[name, key].append({"was": _day(row.before), "why": row.why})
    return found


def _day(value: str | None) -> str:
    """ "16 July 2026" of an ISO day; a term as it is."""
    try:
        return written.day(written.as_day(value)) or "no day"
    except ValueError:
        return f"{value} term"
