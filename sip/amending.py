"""An amendment of a plan in force: begun by leaders, drafted line by line, withdrawn. One at a time."""

from decimal import Decimal

from django.db.models import Max, Q

from foundation import clock
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from governance.models import Inspection, User
from sip import amendable
from sip.amendable import Part
from sip.models import Amendment, Change, Milestone, Plan
from sip.permissions import P
from sip.weighing import Weighed, Weight, weigh

MOST = 60  # lines of one amendment
_K, _S = Change.Kind, Amendment.State


@operation(P.AMEND_PLAN)
def begin_amendment(plan: Plan, *, by: User) -> Amendment:
    """Begin to draft an amendment. The plan stays as it is until the amendment is made."""
    if why := why_not_begun(plan):
        raise Conflict(why)
    last = plan.amendments.aggregate(last=Max("number"))["last"] or 0
    return Amendment.objects.create(plan=plan, number=last + 1, begun_by=by.person, begun_at=clock.now())


def why_not_begun(plan: Plan) -> str:
    """Why no amendment can be begun now, as a sentence; empty when one can."""
    if plan.state != Plan.State.APPROVED:
        return f"Only a plan in force is amended. This one is: {plan.get_state_display()}."
    if one := under_way(plan):
        return f"Amendment {one.number} is under way: {one.get_state_display()}. One is made at a time."
    return ""


def under_way(plan: Plan) -> Amendment | None:
    """The amendment that leaders draft or the board has."""
    return plan.amendments.filter(state__in=(_S.DRAFTING, _S.WITH_THE_BOARD)).first()


# ---------------------------------------------------------------- its lines


@operation(P.AMEND_PLAN)
def change_part(amendment: Amendment, *, row: Part, values: dict, why: str, revision: int, by: User) -> Amendment:
    """Say what a part of the plan is to be from now on: `values` by field, as plain values. What is as it was gives no
    line. Raises StaleEdit when somebody saved the amendment meanwhile."""
    _take(amendment, row, revision)
    if _lines_of(amendment, row).filter(kind=_K.STOP).exists():
        raise Conflict("This amendment stops it. Take that line out first, then change it.")
    if "term" in values:
        _term_is_free(amendment, row.criterion, values["term"], row)
    part = amendable.name_of(row)
    for one in amendable.fields_of(row):
        if one.name not in values:
            continue
        before, after = amendable.plain(amendable.value(row, one.name)), values[one.name]
        held = _lines_of(amendment, row).filter(field=one.name).first()
        if (before or None) == (after or None):
            _drop(held)
            continue
        line = held or Change(amendment=amendment, position=_next(amendment), field=one.name, **{part: row})
        line.kind, line.before, line.after, line.why = one.kind, before, after, why
        line.save()
    return amendment


@operation(P.AMEND_PLAN)
def stop_part(amendment: Amendment, *, row: Part, why: str, revision: int, by: User) -> Change:
    """Say that a part is to be stopped, with the reason. It stays in the record."""
    _take(amendment, row, revision)
    if not why.strip():
        raise Conflict("Say why it stops: the reason stays in the record.")
    _lines_of(amendment, row).delete()
    part = amendable.name_of(row)
    return Change.objects.create(
        amendment=amendment, position=_next(amendment), kind=_K.STOP, before=str(row), why=why, **{part: row}
    )


@operation(P.AMEND_PLAN)
def add_part(
    amendment: Amendment, *, part: str, under: Part | None, values: dict, why: str, revision: int, by: User
) -> Change:
    """Say what is to be added: an action or a criterion to an objective, a milestone to a criterion, an objective."""
    _take(amendment, under, revision)
    if part == amendable.MILESTONE:
        _term_is_free(amendment, under, values["term"])
    beneath = {amendable.name_of(under): under} if under is not None else {}
    position = _next(amendment)
    return Change.objects.create(
        amendment=amendment, position=position, kind=_K.ADD, field=part, after=values, why=why, **beneath
    )


@operation(P.AMEND_PLAN)
def drop_line(amendment: Amendment, *, line: int, by: User) -> Amendment:
    """Take a line out of an amendment that is being drafted."""
    require_drafting(amendment)
    if not amendment.changes.filter(pk=line).exists():
        raise Conflict("That line is gone already.")
    amendment.changes.filter(pk=line).delete()
    amendment.claim_revision(amendment.revision)
    return amendment


@operation(P.AMEND_PLAN)
def withdraw_amendment(amendment: Amendment, *, by: User) -> Amendment:
    """Leaders give it up while it is theirs. What was drafted stays in the record."""
    require_drafting(amendment)
    amendment.advance(to=_S.WITHDRAWN)
    amendment.ended_at = clock.now()
    amendment.save(update_fields=["ended_at"])
    return amendment


def require_drafting(amendment: Amendment) -> None:
    """Raise Conflict, saying where it is, unless leaders draft it and the plan is in force."""
    if amendment.state != _S.DRAFTING:
        raise Conflict(f"Amendment {amendment.number} is {amendment.get_state_display()}: it is no longer drafted.")
    if amendment.plan.state != Plan.State.APPROVED:
        raise Conflict(f"The plan is {amendment.plan.get_state_display()}: nothing of it is amended any more.")


def _take(amendment: Amendment, row: Part | None, revision: int) -> None:
    """Everything that a new line needs to be so."""
    require_drafting(amendment)
    if row is not None:
        if amendable.objective_of(row).plan_id != amendment.plan_id:
            raise Conflict("That is no part of this plan.")
        if amendable.is_gone(row):
            raise Conflict("That was stopped already, and stays as it was then.")
    if amendment.changes.count() >= MOST:
        raise Conflict(f"An amendment holds {MOST} lines at most. A plan that changes so much is better agreed anew.")
    if not amendment.claim_revision(revision):
        raise StaleEdit("Somebody else saved this amendment while you were typing.", thing=amendment)


def _lines_of(amendment: Amendment, row: Part):
    """The lines that speak of this row, without what is added to it."""
    return amendment.changes.filter(**{amendable.name_of(row): row}).exclude(kind=_K.ADD)


def _drop(line: Change | None) -> None:
    if line is not None:
        line.delete()


def _next(amendment: Amendment) -> int:
    return (amendment.changes.aggregate(last=Max("position"))["last"] or 0) + 1


def _term_is_free(amendment: Amendment, criterion, term: str, row: Milestone | None = None) -> None:
    """A criterion has one milestone a term: another one there is dropped first."""
    stops = amendment.changes.filter(kind=_K.STOP).exclude(milestone=None).values("milestone")
    others = criterion.milestones.kept().filter(term=term).exclude(pk__in=stops)
    added = amendment.changes.filter(kind=_K.ADD, field=amendable.MILESTONE, criterion=criterion, after__term=term)
    moved = amendment.changes.filter(milestone__criterion=criterion, field="term", after=term)
    if row is not None:
        others, moved = others.exclude(pk=row.pk), moved.exclude(milestone=row)
    if others.exists() or added.exists() or moved.exists():
        raise Conflict(
            f"This criterion has a milestone for the {term} term already. Stop that one first, or reword it."
        )


# ---------------------------------------------------------------- what it comes to


def weight_of(amendment: Amendment) -> Weight:
    """What the product proposes: minor or material, with the reasons."""
    plan = amendment.plan
    lines = [
        Weighed(one.kind, amendable.part_of(one), one.field, _adds(one))
        for one in amendment.changes.select_related("action")
    ]
    approved = plan.versions.order_by("number").values_list("frozen_at", flat=True).first()
    since = Q(began_on__gt=clock.in_london(approved).date()) if approved else Q()
    met = Inspection.objects.filter(since, organisation=plan.organisation_id).order_by("began_on")
    inspected = met.values_list("began_on", flat=True).first()
    return weigh(lines, limit=plan.organisation.cost_limit, inspected_on=inspected)


def is_material(amendment: Amendment) -> bool:
    """Whether the board decides: where it must, and where leaders would rather that it did."""
    return amendment.weight == Amendment.Weight.MATERIAL or weight_of(amendment).is_material


def _adds(line: Change) -> Decimal:
    """By how many pounds costs grow with this line; less, where they shrink. What is stopped gives nothing back: it may
    be spent."""
    if line.kind == _K.ADD:
        return Decimal((line.after or {}).get("cost") or 0)
    if line.field == "cost":
        return Decimal(line.after or 0) - Decimal(line.before or 0)
    return Decimal()
