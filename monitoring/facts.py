"""What the home page knows before it says anything: plain rows, without a query of their own."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from governance import years
from governance.permissions import Part
from governance.words import Words
from monitoring.points import Point
from monitoring.wording import counted

# Who sees a plan of the school only from a later day on: when it is before the board, or approved.
_TRUST = {Part.LEADER_OF_TRUST, Part.TRUSTEE}
_LATER = _TRUST | {Part.STAFF, Part.ADVISER, Part.INSPECTOR, Part.SCHOOL_OF_TRUST}
# Who knows of a review before a board has received it: leaders, the board's side, the trust.
_LEADERS = {Part.HEADTEACHER, Part.SENIOR_LEADER, Part.BUSINESS_MANAGER}
_BOARD_SIDE = {Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR, Part.CLERK}
_KNOW_OF_REVIEWS = _LEADERS | _BOARD_SIDE | _TRUST


_OF_EVIDENCE = {Part.HEADTEACHER, Part.SENIOR_LEADER, Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.CLERK}


def knows_of_reviews(parts: frozenset[Part]) -> bool:
    """Whether somebody with these parts hears of a review before it is received."""
    return bool(parts & _KNOW_OF_REVIEWS)


@dataclass(frozen=True)
class TermDays:
    """A term of an academic year with its half-term holiday; or, where `half` is 1 or 2, that half of it."""

    name: str
    year: int
    starts: date
    half_term_starts: date
    half_term_ends: date
    ends: date
    lent: bool = False  # by the organisation's trust
    half: int = 0

    @property
    def point(self) -> Point:
        return Point(self.name, self.half)


@dataclass(frozen=True)
class ObjectiveFacts:
    """An objective and what its draft lacks. `mine`: this person leads it, helps with it or owns one of its actions."""

    pk: int
    number: int
    title: str
    lead_id: int | None = None
    lead: str = ""
    by_when: date | None = None
    what: str = ""
    now: str = ""
    aim: str = ""
    mine: bool = False
    actions: int = 0
    unowned: int = 0
    undated: int = 0
    uncosted: int = 0
    criteria: int = 0
    endless: int = 0  # criteria without a date
    unmarked: int = 0  # criteria without a milestone
    outcome: str = ""  # once it is closed
    is_stopped: bool = False  # by the board, in the middle of the year

    @property
    def missing(self) -> list[str]:
        """What a board would look for in vain, in words; the same that the draft's own page counts (sip.gaps)."""
        found = []
        if not self.actions:
            found.append("no action yet")
        if self.unowned:
            found.append(f"{counted(self.unowned, 'action')} without an owner")
        if self.undated:
            found.append(f"{counted(self.undated, 'action')} without a date")
        if not self.criteria:
            found.append("no success criterion yet")
        if self.endless:
            found.append(f"{counted(self.endless, 'criterion', 'criteria')} without a date")
        if self.unmarked:
            found.append(f"{counted(self.unmarked, 'criterion', 'criteria')} without a milestone")
        return found


@dataclass(frozen=True)
class RatedFacts:
    """What a review says of one objective. `mark`: empty unless a milestone is rated and this person may read it."""

    pk: int  # the objective's
    due: int = 0  # milestones
    rated: int = 0
    lead_id: int | None = None
    lead: str = ""
    mark: str = ""
    said_on: date | None = None  # when one of its milestones was rated last
    viewed_on: date | None = None  # when its monitor gave a view
    monitored: bool = True  # by somebody who still sits, or by a committee
    monitors: bool = False  # this person does
    carried_from: int | None = None
    first_due: str = ""  # the first term in which one of its milestones is due
    handed: int = 0  # milestones that a colleague was asked to rate, and has not yet
    unread: int = 0  # measures with a target of which nothing is read in the review's term

    @property
    def to_view(self) -> bool:
        """Whether a monitor's view of it is awaited."""
        return bool(self.due) and not self.viewed_on


@dataclass(frozen=True)
class ReviewFacts:
    """A review of a plan. `reads`: this person may read its ratings; who does not knows only how many there are."""

    pk: int
    term: str
    state: str
    opened_on: date
    reads: bool = True
    sent_on: date | None = None  # last, where it was taken back
    agenda_on: date | None = None  # the meeting that has it on its agenda, still to be decided
    received_on: date | None = None
    objectives: tuple[RatedFacts, ...] = ()
    half: int = 0

    @property
    def point(self) -> Point:
        """The point of the year that it is of."""
        return Point(self.term, self.half)

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_sent(self) -> bool:
        return not self.is_open

    @property
    def due(self) -> int:
        return sum(one.due for one in self.objectives)

    @property
    def rated(self) -> int:
        return sum(one.rated for one in self.objectives)

    @property
    def of(self) -> dict[int, RatedFacts]:
        """What it says, by objective."""
        return {one.pk: one for one in self.objectives}


@dataclass(frozen=True)
class PlanFacts:
    """A plan as it stands. `own`: of the organisation in view; otherwise one of its boards decides on it."""

    pk: int
    organisation: str
    slug: str
    year: int
    state: str
    own: bool = True
    parts: frozenset[Part] = frozenset()
    board: int | None = None
    board_name: str = ""
    decided_here: bool = True  # by a board of the organisation in view
    objectives_on: date | None = None  # the meeting that has its objectives on its agenda, still to be decided
    decision_on: date | None = None  # the same for the plan itself
    submitted_on: date | None = None
    agreed_on: date | None = None  # its objectives
    approved_on: date | None = None
    version: int | None = None
    returned_reason: str = ""
    objectives: tuple[ObjectiveFacts, ...] = ()
    receiver: int | None = None  # the board that receives its reviews
    received_here: bool = True  # by a board of the organisation whose plan it is
    reviews: tuple[ReviewFacts, ...] = ()  # in the order of the year
    review_parts: frozenset[Part] = frozenset()  # this person's on them: those on the plan, and on the receiver
    by_halves: bool = False  # it is reviewed at the end of each half-term

    @property
    def title(self) -> str:
        """ "the plan" at home, otherwise whose it is."""
        return "the plan" if self.own else f"the plan of {self.organisation}"

    def review_of(self, point: Point) -> ReviewFacts | None:
        return next((one for one in self.reviews if one.point == point), None)

    @property
    def last_sent(self) -> ReviewFacts | None:
        """The last review that governors have, if this person may read it."""
        return next((one for one in reversed(self.reviews) if one.is_sent and one.reads), None)


@dataclass(frozen=True)
class ItemFacts:
    """An item of an agenda. `acted`: this person has voted on it or withdrawn from it."""

    pk: int
    title: str
    kind: str = "ordinary"
    state: str = "waiting"
    voting_is_open: bool = False
    acted: bool = False
    plan: int | None = None
    decided: bool = False


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting that this person may see."""

    pk: int
    day: date
    state: str = "planned"
    at: time = time(18)
    place: str = ""
    board: int | None = None
    board_name: str = "Governing board"
    is_full: bool = True
    notice_days: int = 7
    papers_sent_on: date | None = None
    urgency_reason: str = ""
    minutes_signed_on: date | None = None
    is_there: bool = False  # this person is recorded as present
    is_written: bool = False  # no meeting, but a resolution in writing; its day is the last
    parts: frozenset[Part] = frozenset()
    items: tuple[ItemFacts, ...] = ()

    @property
    def papers_due_on(self) -> date:
        """The last day for notice, agenda and reports, in clear days."""
        return self.day - timedelta(days=self.notice_days + 1)

    @property
    def is_planned(self) -> bool:
        return self.state == "planned"


@dataclass(frozen=True)
class Thing:
    """Anything dated. What the columns hold, by kind:

    kind        pk          words            who (id)      other (id)        day          due            state
    action      action      what             its status    its objective     -            due            plan's
    handed      handed on   its milestone    who asks      its objective     -            -              review's term
                                                           (id: the half)
    question    question    its text         who asked     answered or asked last answer  due            question's
    request     request     objective        who asked     who answered      asked, or    -              request's
                                                                             answered
    condition   item        what             owner         condition         -            due            -
    follow-up   follow-up   what             -             board             meeting      due            -
    seat        seat        link or position -             board             first day    last day       position
    role        role        kind             -             -                 first day    last day       -
    no address  person      name             -             -                 -            -              -
    invited     person      name             -             -                 -            link lapses    -
    strategy    strategy    title            -             -                 -            -              strategy's
    nobody      -           who is missing   -             -                 -            -              -
    evidence    pack        -                its year      parts wanted      discussed    on an agenda   -
    visit       visit       focus            this visitor  whom they meet    its day      checked until  visit's
    amendment   amendment   -                its number    -                put before    meeting        amendment's
                                                                             the board
    unvisited   objective   title            -             -                 last visit   -              -
    `about` is the plan's key where there is one.
    """

    kind: str
    pk: int
    words: str
    who: str = ""
    who_id: int | None = None
    other: str = ""
    other_id: int | None = None
    about: int | None = None
    day: date | None = None
    due: date | None = None
    state: str = ""


@dataclass(frozen=True)
class Facts:
    """All that one person's home of one organisation is made of, on one day."""

    today: date
    person: int
    organisation: str
    slug: str
    is_trust: bool = False
    words: Words = Words()
    parts: frozenset[Part] = frozenset()
    terms: tuple[TermDays, ...] = ()
    plans: tuple[PlanFacts, ...] = ()
    meetings: tuple[MeetingFacts, ...] = ()  # by day
    written: tuple[MeetingFacts, ...] = ()  # resolutions in writing
    unseen: tuple[MeetingFacts, ...] = ()  # of boards that receive its reviews: the days alone
    things: tuple[Thing, ...] = ()

    @property
    def year(self) -> int:
        """The academic year that today lies in."""
        return years.year_of(self.today)

    def are(self, kind: str) -> list[Thing]:
        """The things of one kind."""
        return [thing for thing in self.things if thing.kind == kind]

    def has(self, *parts: Part) -> bool:
        """Whether this person plays one of the parts here."""
        return bool(self.parts & set(parts))

    @property
    def knows_of_reviews(self) -> bool:
        """Whether this person hears of a review before it is received; to others none is late."""
        return knows_of_reviews(self.parts)

    @property
    def comes_later(self) -> bool:
        """Whether a plan may well be there that this person does not see yet, so that nothing is called late."""
        return bool(self.parts) and self.parts <= _LATER and self.plan_of(self.year) is None

    @property
    def nothing_to_read(self) -> str:
        """The same in words, without a full stop."""
        return "Nothing is with the board yet" if self.parts & _TRUST else "Nothing is approved yet"

    def evidence_for(self, year: int) -> Thing | None:
        """The organisation's own evidence for the objectives of a year, as far as this person sees it."""
        return next((one for one in self.are("evidence") if one.who_id == year), None)

    @property
    def sees_evidence(self) -> bool:
        """Whether this person would see it; to others none is late."""
        return bool(self.parts & _OF_EVIDENCE)

    @property
    def own_plans(self) -> list[PlanFacts]:
        return [plan for plan in self.plans if plan.own]

    def plan_of(self, year: int) -> PlanFacts | None:
        """The organisation's own plan of a year."""
        return next((plan for plan in self.own_plans if plan.year == year), None)

    @property
    def current(self) -> PlanFacts | None:
        """This year's plan; before it exists next year's, or else the last one."""
        last = max(self.own_plans, key=lambda plan: plan.year, default=None)
        return self.plan_of(self.year) or last

    def term(self, name: str, year: int) -> TermDays | None:
        return next((term for term in self.terms if term.name == name and term.year == year), None)

    def terms_of(self, year: int) -> list[TermDays]:
        return [term for term in self.terms if term.year == year]

    @property
    def coming(self) -> list[MeetingFacts]:
        """Meetings that are still to be held, from today on."""
        return [meeting for meeting in self.meetings if meeting.is_planned and meeting.day >= self.today]

    def next_for(self, plan: PlanFacts) -> MeetingFacts | None:
        """The next meeting of the board that decides on the plan, as far as this person sees it."""
        return next((one for one in self.coming if one.board == plan.board), None)

    def ahead(self, day: date | None) -> date | None:
        """The day, unless it has passed."""
        return day if day and day >= self.today else None
