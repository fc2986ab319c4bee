"""The readings of a term: every measure with a target, what was read of it, and who is to read it."""

from dataclasses import dataclass

from django.urls import reverse

from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import may, require
from governance.models import User
from monitoring.models import Review
from monitoring.permissions import P
from monitoring.queue import Queue
from monitoring.reviewing import milestones_due, require_open
from sip import entering, targets
from sip.entering import Entered, Period
from sip.figures import reader_of
from sip.models import Measure, Target
from sip.models.measures import in_unit
from sip.permissions import P as Sip


@dataclass(frozen=True)
class Row:
    """One targeted measure in a review. `now` is empty until it is read; `url`: where it is entered."""

    pk: int
    number: int
    name: str
    criterion: str
    who: str
    before: str
    path: str
    aim: str
    now: str
    url: str


def of(found: Queue, user: User) -> list[Row]:
    """Those of the objectives that this person rates, in their order. As many queries for many as for few."""
    review, sides = found.review, {side.objective.pk: side for side in found.sides}
    rows = Target.objects.filter(criterion__objective__in=sides, criterion__dropped_on=None).select_related(
        "measure", "criterion"
    )
    rows = list(rows.order_by("criterion__objective__position", "criterion__position", "pk"))
    reader, terms = reader_of(user, review.here), review.terms_due
    said = targets.bodies(review.here, rows, reader, year=review.year, terms=terms)
    due = dict(milestones_due(review).values_list("criterion", "pk").order_by("pk"))
    keeps = may(user, Sip.KEEP_MEASURES, review)
    return [
        _row(review, one, sides[one.criterion.objective_id], said[one.pk], _url(review, one, due, keeps=keeps))
        for one in rows
    ]


def _url(review: Review, target: Target, due: dict[int, int], *, keeps: bool) -> str:
    """To leaders the sheet; to whoever leads the objective alone the rating of a milestone, where it has one."""
    if keeps:
        return reverse("reading", args=[review.pk, target.pk])
    milestone = due.get(target.criterion_id)
    return reverse("rate", args=[review.pk, milestone]) if milestone else ""


def _row(review: Review, target: Target, side, body: dict, url: str) -> Row:
    unit, read, hidden = body["unit"], body["readings"], body.get("hidden", {})
    earlier = next((term for term in reversed(review.terms_due[:-1]) if term in read), None)
    before = f"{in_unit(unit, read[earlier])} in {earlier}" if earlier else ""
    before = before or (f"{in_unit(unit, body['baseline'])} at the start" if body["baseline"] else "")
    path, term = getattr(target, f"by_{review.term}"), review.term
    now = in_unit(unit, read[term]) if term in read else f"hidden: {hidden[term]}" if term in hidden else ""
    return Row(
        pk=target.pk,
        number=side.number,
        name=target.measure.name,
        criterion=target.criterion.text,
        who=side.objective.lead.name if side.objective.lead else "",
        before=before,
        path=target.measure.words(path),
        aim=in_unit(unit, body["aim"]),
        now=now,
        url=url,
    )


def to_read(rows: list[Row]) -> list[Row]:
    """Those that nobody has read this term."""
    return [row for row in rows if not row.now]


def after(rows: list[Row], target: Target) -> Row | None:
    """The next one that is not read, from a target on; None when all are."""
    place = next((place for place, row in enumerate(rows, start=1) if row.pk == target.pk), 0)
    return next((row for row in rows[place:] + rows[:place] if not row.now and row.url), None)


def target_of(review: Review, pk: int) -> Target | None:
    """A target of the plan of this review."""
    rows = Target.objects.filter(criterion__objective__plan=review.plan_id)
    return rows.select_related("measure__organisation", "criterion__objective").filter(pk=pk).first()


def period_of(review: Review) -> Period:
    """The sheet of the review's term."""
    return Period(year=review.year, term=review.term)


@operation(Sip.KEEP_MEASURES)
def enter_readings(review: Review, *, target: Target, rows: list[Entered], stood: str, by: User) -> Measure:
    """Enter what was read of a targeted measure this term, by group. Figures wait until the review is sent: leaders
    alone read them till then. `stood`: how the sheet stood when the person saw it; otherwise by now: StaleEdit."""
    require(by, P.RATE, target)
    require_open(review)
    if target.criterion.objective.plan_id != review.plan_id:
        raise Conflict("That measure belongs to another plan.")
    return entering.write_sheet(target.measure, period_of(review), rows, stood, by, waits=True)
