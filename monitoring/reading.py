"""A review as one person reads it: plain rows with every word for the page done. Live until the board has received it,
from then on out of the frozen record. While leaders rate, whoever leads an objective reads that one alone."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from monitoring import marks, viewing, wording
from monitoring.duties.row import whose
from monitoring.models import Rating, Review, ReviewRecord, View
from monitoring.models.reviews import TERMS
from monitoring.permissions import P
from monitoring.records import Blocks
from monitoring.strength import Seen
from monitoring.told import Told, of_review
from sip import line, written
from sip.line import Line
from sip.models import Mark, Objective
from sip.models.measures import in_unit

_KINDS = dict(Rating.Evidence.choices)
_STANCES = dict(View.Stance.choices)


@dataclass(slots=True)
class Said:
    """What leaders said of one milestone in one review; `mark` is empty where they said nothing."""

    mark: str
    word: str
    direction: str
    than: str
    why: str
    next: str
    evidence: str
    who: str


@dataclass(slots=True)
class MilestoneRow:
    id: int
    criterion: str
    term: str
    text: str
    said: Said
    url: str


@dataclass(slots=True)
class MeasureRow:
    """A measure against its aim: "58% in autumn", "from 48%, aim 90%"."""

    name: str
    now: str
    aim: str
    is_reached: bool
    id: int
    line: Line


@dataclass(slots=True)
class ViewRow:
    """What the monitor says beside the leaders' rating."""

    stance: str
    word: str
    mark: str
    mark_word: str
    why: str
    who: str

    @property
    def differs(self) -> bool:
        return self.stance != View.Stance.AGREES


@dataclass(slots=True)
class ObjectiveRow:
    """One objective in one review, both sides."""

    id: int
    number: int
    title: str
    where_to: str
    aim: str
    priority: str
    lead: str
    lead_id: int | None
    monitor: str
    mark: str
    word: str
    direction: str
    than: str
    own_mark: str
    words: str
    milestones: list[MilestoneRow]
    measures: list[MeasureRow]
    actions: str
    late: list[str]
    view: ViewRow | None
    url: str
    ask_url: str
    view_url: str
    view_revision: int = 0
    gives_view: str = ""  # "monitor", or "board" for the chair, or nothing
    gone: str = ""  # whose seat ended, what stands, and who gives the view now
    backed_by: str = ""  # the kinds of evidence behind its green ratings
    seen: Seen | None = None  # the last visit to it in the time of the review


@dataclass(slots=True)
class ReviewReading:
    """A review as its reader sees it."""

    narrative: str
    than: str
    objectives: list[ObjectiveRow]
    record: ReviewRecord | None  # as the board received it
    is_whole: bool
    told: Told
    rated: int = 0
    due: int = 0
    differing: list[ObjectiveRow] = field(default_factory=list)
    tally: list[tuple[str, str, int]] = field(default_factory=list)  # mark, word, how many objectives

    @property
    def to_view(self) -> list[ObjectiveRow]:
        """The objectives that this person monitors and has not given a view of yet."""
        return [row for row in self.objectives if row.gives_view == "monitor" and row.view is None]

    @property
    def compares(self) -> bool:
        """Whether anything can be compared with last time."""
        return any(row.direction for row in self.objectives)


def read(review: Review, user) -> ReviewReading:
    """What this person reads of the review now. The number of queries does not grow with it."""
    told = of_review(review, user)
    record, blocks, bodies = told.record, told.blocks, told.objectives
    whole = review.is_sent or may(user, P.READ_RATINGS, review)
    if not whole:
        bodies = [body for body in bodies if body["lead_id"] == user.person_id]
    than = than_of(blocks)
    rows = [_objective(body, review, than) for body in bodies]
    if review.state == Review.State.WITH_GOVERNORS:
        _offer_views(rows, review, user)
    due = [row for one in rows for row in one.milestones]
    return ReviewReading(
        narrative=blocks["review"]["narrative"] if whole else "",
        than=than,
        objectives=rows,
        record=record,
        is_whole=whole,
        told=told,
        rated=sum(bool(row.said.mark) for row in due),
        due=len(due),
        differing=[row for row in rows if row.view and row.view.differs],
        tally=_tally(rows, "not rated yet" if review.is_open else "nothing said"),
    )


def than_of(blocks: Blocks) -> str:
    """What a direction compares with: the term of the review before, or the last review of the year before."""
    return blocks["review"]["before"] or "last year"


def _tally(rows: list[ObjectiveRow], silence: str) -> list[tuple[str, str, int]]:
    """How many objectives have which mark, the worst first; then those of which nothing is said."""
    found = [row.mark for row in rows]
    counted = [(mark.value, mark.label, found.count(mark)) for mark in Mark if mark in found]
    return counted + ([("", silence, found.count(""))] if "" in found else [])


def _offer_views(rows: list[ObjectiveRow], review: Review, user) -> None:
    """Mark the objectives of which this person gives the view: as their monitor, or for the board."""
    standing, views = user.standing, {view.objective_id: view for view in review.views.select_related("given_by")}
    monitored = review.plan.objectives.select_related("monitor_seat__person")
    for_the_board = may(user, P.GIVE_VIEW, review.plan)
    by_key = {one.pk: one for one in monitored}
    for row in rows:
        one, view = by_key[row.id], views.get(row.id)
        mine = one.monitor_seat_id in standing.seat_ids or one.monitor_board_id in standing.board_ids
        row.view_revision = view.revision if view else 0
        row.gives_view = "monitor" if mine else "board" if for_the_board else ""
        if viewing.monitor_has_left(one):
            row.gone = _gone(one, review, view)
            row.gives_view = "" if view and viewing.stands(view, one) else row.gives_view


def _gone(objective: Objective, review: Review, view: View | None) -> str:
    """ "Daniel Whitlock’s seat ended on 30 November. Margaret Osei, the chair, can give the board’s view now."."""
    seat = objective.monitor_seat
    ended = f"{whose(seat.person.name)} seat ended on {wording.day(seat.last_day, clock.today())}."
    if view and viewing.stands(view, objective):
        return f"{ended} The view stands as it was given."
    if view:
        return ended
    return f"{ended} {viewing.who_gives_it_now(review)}"


# ---------------------------------------------------------------- rows


def _objective(body: dict, review: Review, than: str) -> ObjectiveRow:
    number, names = (
        body["id"],
        ("number", "title", "where_to", "priority", "lead", "lead_id", "monitor", "mark", "words"),
    )
    return ObjectiveRow(
        id=number,
        aim=_aim(body),
        word=marks.word(body["mark"]),
        direction=body["direction"],
        than=than,
        own_mark=_own_mark(body),
        milestones=[_milestone(row, than) for row in body["milestones"]],
        measures=[measure_row(row) for row in body["measures"]],
        actions=actions_in_words(body["actions"]),
        late=[_late(row) for row in body["actions"]["late"]],
        view=view_row(body["view"]),
        url=reverse("objective", args=[number]),
        ask_url=f"{reverse('ask', args=[review.plan_id])}?objective={number}",
        view_url=reverse("give_view", args=[review.pk, number]),
        **{name: body[name] for name in names},
    )


def _aim(body: dict) -> str:
    """ "Pupils who read well: from 61% to 80%, by 16 July 2027"."""
    by_when = written.as_day(body["by_when"])
    by = f"by {written.day(by_when)}" if by_when else ""
    if not (body["figure_now"] and body["figure_aim"]):
        return written.sentence(by)
    what = f"{body['figure_what']}: from" if body["figure_what"] else "From"
    return f"{what} {body['figure_now']} to {body['figure_aim']}{', ' + by if by else ''}"


def _own_mark(body: dict) -> str:
    """Why leaders do not take the worst of what is due; empty where they do."""
    if not body["own_why"] or body["mark"] == body["proposed"]:
        return ""
    worst = marks.word(body["proposed"])
    instead = f"Leaders do not take the worst of what is due, {worst}" if worst else "Leaders’ own rating"
    return f"{instead}: {body['own_why'].rstrip('.')}."


def _milestone(body: dict, than: str) -> MilestoneRow:
    return MilestoneRow(
        id=body["id"],
        criterion=body["criterion"],
        term=body["term"].title(),
        text=body["text"],
        said=_said(body, than),
        url=reverse("milestone", args=[body["id"]]),
    )


def _said(body: dict, than: str) -> Said:
    if not body["mark"]:
        return Said("", "", "", than, "", "", "", "")
    return Said(
        mark=body["mark"],
        word=marks.word(body["mark"]),
        direction=body["direction"],
        than=than,
        why=body["why"],
        next=what_next(body["next_step"], written.as_day(body["next_by"])),
        evidence=evidence_in_words(body["evidence"], body.get("evidence_named", "")),
        who=who_said(
            body["by"],
            written.as_day(body["on"]),
            is_unchanged=body["is_unchanged"],
            said_for=body.get("said_for", ""),
        ),
    )


def what_next(step: str, by) -> str:
    """ "Write to the families, by 11 December"."""
    return f"{step.rstrip('.')}, by {wording.day(by, clock.today())}" if step and by else step


def evidence_in_words(kinds: list[str], named: str = "") -> str:
    """ "Data and seen"; of one kind "Data: one source only"; of none nothing. Where it is named, that follows: "Data
    and seen: the phonics tracker, books of Year 3"."""
    names = [label.lower() for kind, label in _KINDS.items() if kind in kinds]
    if not names:
        return ""
    said = written.sentence(f"{names[0]}, one source only" if len(names) == 1 and named else written.listed(names))
    if named:
        return f"{said}: {named.rstrip('.')}"
    return f"{said}: one source only" if len(names) == 1 else said


def who_said(name: str, day, *, is_unchanged: bool = False, said_for: str = "") -> str:
    """ "Priya Raman, 20 November"; of who was away: "Entered by Tom Ashworth for Ewa Nowak, 20 November"."""
    name = f"Entered by {name} for {said_for}" if said_for else name
    return f"{name}, {wording.day(day, clock.today())}{': no change' if is_unchanged else ''}"


def measure_row(body: dict) -> MeasureRow:
    """A target with the year's readings in words."""
    unit, readings = body["unit"], body["readings"]
    last = next((term for term in reversed(TERMS) if term in readings), None)
    aim, hidden = in_unit(unit, body["aim"]), body.get("hidden", {})
    unseen = next((term for term in reversed(TERMS) if term in hidden), None)
    return MeasureRow(
        name=body["name"],
        now=f"{in_unit(unit, readings[last])} in {last}" if last else _unseen(hidden, unseen),
        aim=f"from {in_unit(unit, body['baseline'])}, aim {aim}" if body["baseline"] else f"aim {aim}",
        id=body["id"],
        line=line.of(body),
        is_reached=last is not None and reaches(readings[last], body["aim"], body["better"]),
    )


def _unseen(hidden: dict, term: str | None) -> str:
    """ "Hidden in autumn: fewer than 6 pupils"; empty where nothing is."""
    return f"Hidden in {term}: {hidden[term]}" if term else ""


def reaches(value, aim, better: str) -> bool:
    """Whether a value reaches the aim, whichever way is better."""
    value, aim = Decimal(value), Decimal(aim)
    if better == "neither":
        return value == aim
    return value >= aim if better == "higher" else value <= aim


def actions_in_words(counts: dict) -> str:
    """ "three of four actions done, one under way, one late"."""
    if not counts["total"]:
        return ""
    done = f"{wording.number(len(counts['done'])) if counts['done'] else 'none'} of {wording.number(counts['total'])}"
    said = [f"{done} action{'s' if counts['total'] != 1 else ''} done"]
    said += [f"{wording.number(counts['under_way'])} under way"] if counts["under_way"] else []
    said += [f"{wording.number(len(counts['late']))} late"] if counts["late"] else []
    return written.sentence(", ".join(said))


def _late(body: dict) -> str:
    due = wording.day(written.as_day(body["due_on"]), clock.today())
    owner = f", {body['owner']}" if body["owner"] else ""
    return f"{body['what'].rstrip('.')}{owner}: was due {due}{'; ' + body['note'] if body['note'] else ''}"


def view_row(body: dict | None) -> ViewRow | None:
    """The monitor's view in words, or None."""
    if body is None:
        return None
    return ViewRow(
        stance=body["stance"],
        word=_STANCES[body["stance"]],
        mark=body["mark"],
        mark_word=marks.word(body["mark"]),
        why=body["why"],
        who=f"{body['by']}, {body['as']}, {wording.day(written.as_day(body['on']), clock.today())}",
    )
