"""What of a review one person rates: the milestones that are due, those not rated yet first; and what lies beside."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from foundation import clock
from foundation.errors import NotAllowed
from foundation.permissions import may, why_not
from governance.models import Meeting
from governance.wording import near_day
from monitoring.marks import word, worst
from monitoring.models import Review, Summary, View
from monitoring.models.reviews import TERMS
from monitoring.permissions import P
from monitoring.reviewing import milestones_due
from monitoring.wording import capital, cut, number
from sip import targets as aims
from sip.figures import reader_of
from sip.models import Action, Milestone, Objective

SECONDS = 50  # for one milestone: twelve take ten minutes


@dataclass(frozen=True)
class Row:
    """One milestone of the list."""

    pk: int
    number: str  # "2.1": the objective's, and the place within it
    text: str
    mark: str = ""
    who: str = ""  # whoever it waits for: the colleague it was handed to, else the objective's lead
    is_handed: bool = False

    @property
    def word(self) -> str:
        return word(self.mark)


@dataclass
class Side:
    """One objective with its milestones that are due, and what is said of it as a whole."""

    number: int
    objective: Objective
    rows: list[Row] = field(default_factory=list)
    summary: Summary | None = None

    @property
    def proposed(self) -> str:
        """The worst mark of its milestones."""
        return worst([row.mark for row in self.rows])

    @property
    def mark(self) -> str:
        """The mark that governors will read: leaders' own, or else the one proposed."""
        return (self.summary.mark if self.summary else "") or self.proposed

    @property
    def word(self) -> str:
        return word(self.mark)

    @property
    def proposed_word(self) -> str:
        return word(self.proposed)

    @property
    def unrated(self) -> list[Row]:
        return [row for row in self.rows if not row.mark]

    @property
    def says(self) -> str:
        """ "3 of 4 rated"."""
        return f"{len(self.rows) - len(self.unrated)} of {len(self.rows)} rated" if self.rows else "nothing due yet"


@dataclass
class Queue:
    """All of a review that one person rates."""

    review: Review
    sides: list[Side]

    @cached_property
    def to_rate(self) -> list[Row]:
        return [row for side in self.sides for row in side.unrated]

    @cached_property
    def waits_for(self) -> list[tuple[str, list[Row]]]:
        """What is not rated yet, by whoever it waits for; last what nobody leads."""
        found = defaultdict(list)
        for row in self.to_rate:
            found[row.who].append(row)
        return sorted(found.items(), key=lambda one: (not one[0], one[0]))

    @cached_property
    def rated(self) -> list[Row]:
        return [row for side in self.sides for row in side.rows if row.mark]

    @property
    def total(self) -> int:
        return len(self.to_rate) + len(self.rated)

    @property
    def heads(self) -> tuple[str, str]:
        """The headings of the two lists: "Seven to rate", "Five rated"."""
        return f"{capital(number(len(self.to_rate)))} to rate", f"{capital(number(len(self.rated)))} rated"

    @property
    def all_of_them(self) -> str:
        """ "All twelve milestones"."""
        return f"All {number(self.total)} milestones" if self.total != 1 else "The one milestone"

    @property
    def tally(self) -> str:
        """ "5 of 12"."""
        return f"{len(self.rated)} of {self.total}"

    @cached_property
    def hint(self) -> str:
        """What follows the tally: for which meeting, and how long it will take."""
        board = self.review.receiving_board
        coming = Meeting.objects.coming().filter(board=board, day__gte=clock.today()).first() if board else None
        said = [f"for the meeting on {near_day(coming.day)}"] if coming else []
        minutes = ceil(len(self.to_rate) * SECONDS / 60)
        if minutes:
            said.append("about a minute to go" if minutes == 1 else f"about {number(minutes)} minutes to go")
        return f"{capital('; '.join(said))}." if said else ""

    def after(self, milestone: str | None, *, lead: int) -> Row | None:
        """The next one that is not rated yet, from the milestone of this number on; without one the first of what this
        person leads, then of what others lead. What a colleague was asked to rate comes last. None when all are
        rated."""
        sides = self.sides if milestone else sorted(self.sides, key=lambda side: side.objective.lead_id != lead)
        rows = [row for side in sides for row in side.rows]
        place = next((place for place, row in enumerate(rows, start=1) if str(row.pk) == milestone), 0)
        left = [row for row in rows[place:] + rows[:place] if not row.mark]
        return next(iter(sorted(left, key=lambda row: row.is_handed)), None)

    def side_of(self, objective: int) -> Side:
        return next(side for side in self.sides if side.objective.pk == objective)


def of(review: Review, user) -> Queue:
    """The queue of one person: of a leader everything, of others the objectives that they lead. Who may rate none is
    told who may."""
    everything = may(user, P.RATE, review)
    sides = {}
    for place, objective in enumerate(review.plan.objectives.select_related("lead"), start=1):
        objective.plan = review.plan
        if objective.stopped_on is None and (everything or may(user, P.RATE, objective)):
            sides[objective.pk] = Side(place, objective)
    if not sides and not everything:
        raise NotAllowed(why_not(P.RATE))
    marks = dict(review.ratings.values_list("milestone", "mark"))
    handed = dict(review.handed_on.values_list("milestone", "to__name"))
    due = milestones_due(review).filter(criterion__objective__in=sides).select_related("criterion")
    for one in sorted(due, key=lambda one: (one.criterion.position, one.criterion_id, TERMS.index(one.term))):
        side = sides[one.criterion.objective_id]
        place = f"{side.number}.{len(side.rows) + 1}"
        who = handed.get(one.pk) or (side.objective.lead.name if side.objective.lead else "")
        mark, is_handed = marks.get(one.pk, ""), one.pk in handed
        side.rows.append(Row(one.pk, place, cut(one.text, 80), mark, who, is_handed))
    return Queue(review, list(sides.values()))


def with_summaries(queue: Queue) -> Queue:
    """The same, with what is said of each objective as a whole."""
    said = {row.objective_id: row for row in queue.review.summaries.select_related("said_by")}
    for side in queue.sides:
        side.summary = said.get(side.objective.pk)
    return queue


@dataclass(frozen=True)
class Deed:
    """An action beneath the objective, and how far it is."""

    pk: int
    what: str
    status: str
    is_late: bool


@dataclass(frozen=True)
class Deeds:
    """The actions beneath an objective, the late ones first."""

    says: str
    rows: list[Deed]


def deeds_of(objective: Objective) -> Deeds:
    """ "3 of 4 done; one late", and each action: a count beside the rating, which answers another question."""
    today, kinds = clock.today(), defaultdict(list)
    for row in Action.objects.filter(objective=objective).exclude(status=Action.Status.STOPPED):
        late = row.status != Action.Status.DONE and row.due_on is not None and row.due_on < today
        status = f"late: was due {near_day(row.due_on)}" if late else row.get_status_display()
        kinds["late" if late else row.status].append(Deed(row.pk, cut(row.what, 70), status, late))
    rows = [row for kind in ("late", *Action.Status) for row in kinds[kind]]
    if not rows:
        return Deeds("No action stands beneath it.", [])
    done, late = len(kinds[Action.Status.DONE]), len(kinds["late"])
    return Deeds(f"{done} of {len(rows)} done" + (f"; {number(late)} late" if late else ""), rows)


def last_view(objective: Objective) -> View | None:
    """What the monitor last said of the objective, in whichever review."""
    return View.objects.filter(objective=objective).select_related("given_by", "review__plan").last()


def measured(review: Review, milestone: Milestone, user) -> dict:
    """What the line of a criterion's measure is drawn from: the readings up to the review's term, as far as this person
    may read them."""
    target = milestone.criterion.target
    reader = reader_of(user, review.here)
    return aims.bodies(review.here, [target], reader, year=review.year, terms=review.terms_due)[target.pk]
