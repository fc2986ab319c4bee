"""What the pages show of what a board does between its meetings."""

from dataclasses import dataclass, field

from foundation import clock
from foundation.permissions import may
from governance import kinds, part_two, resolving
from governance.kinds import Subject
from governance.models import AgendaItem, Board, ChairsAction, Decision, Meeting, Organisation, Person, User
from governance.permissions import P
from governance.resolving import Agreement
from governance.trustees import chair_may_act, may_resolve_in_writing
from governance.wording import full_day, near_day, weekday

# ---------------------------------------------------------------- one resolution


@dataclass(frozen=True)
class ResolutionPage:
    """A resolution in writing as one person sees it. Kept back, it is its title and why."""

    item: AgendaItem
    status: str
    kept_back: str
    resolution: str = ""
    agreement: Agreement | None = None
    decision: Decision | None = None
    about: Subject = field(default_factory=Subject)
    mine: str = ""
    may_say: bool = False
    may_refuse_now: bool = False
    may_call_off: bool = False
    reported: str = ""
    unsigned: list[Person] = field(default_factory=list)  # who cannot sign in, for the clerk to record a signature


def resolution_page(meeting: Meeting, user: User) -> ResolutionPage:
    """Read it for one person."""
    item = resolving.item_of(meeting)
    if why := part_two.why_kept_back(item, user):
        return ResolutionPage(item, f"Open until {weekday(meeting.day)}." if resolving.is_open(meeting) else "", why)
    agreement, decision = resolving.agreement_of(item), getattr(item, "decision", None)
    is_open = resolving.is_open(meeting)
    mine = item.votes.filter(seat__person=user.person_id).values_list("choice", flat=True).first() or ""
    aside = item.withdrawals.filter(person=user.person_id).exists()
    votes = is_open and not aside and may(user, P.AGREE_IN_WRITING, item)
    return ResolutionPage(
        item=item,
        status=resolving.how_it_stands(item, agreement),
        kept_back="",
        resolution=decision.resolution if decision else kinds.resolution_of(item),
        agreement=agreement,
        decision=decision,
        about=kinds.of(item).about(item, user),
        mine="aside" if aside else mine,
        may_say=votes and not mine,
        may_refuse_now=votes and mine == "for",
        may_call_off=is_open and not agreement.agreed and may(user, P.BEGIN_RESOLUTION, item),
        reported=_reported(meeting.reported_at) if decision else "",
        unsigned=_unsigned(item) if is_open and may(user, P.RUN_MEETING, item) else [],
    )


def _unsigned(item: AgendaItem) -> list[Person]:
    """The members with a vote and without a sign-in who have not agreed yet."""
    seats = item.meeting.board.voting_seats(on=clock.today()).filter(person__user=None)
    waiting = seats.exclude(pk__in=item.votes.values("seat")).exclude(person__in=item.withdrawals.values("person"))
    return [seat.person for seat in waiting.select_related("person").order_by("person__name")]


def _reported(item: AgendaItem | None) -> str:
    if item is None:
        return "It is reported at the next meeting, as soon as one is planned."
    decision = getattr(item, "decision", None)
    if decision and decision.outcome == Decision.Outcome.NOTED:
        return f"Noted by the board on {full_day(decision.decided_on)}."
    return f"Reported at the meeting on {weekday(item.meeting.day)}, item {item.position}."


def where_reported(action: ChairsAction) -> str:
    """Where a chair's action is reported, as a sentence."""
    return _reported(action.reported_at)


# ---------------------------------------------------------------- beside the meetings


@dataclass(frozen=True)
class Written:
    """A resolution in writing on a list."""

    pk: int
    title: str
    board: str
    says: str
    is_open: bool


@dataclass(frozen=True)
class Between:
    """What stands beside the meetings of an organisation: what is resolved in writing, and what the chair did."""

    written: list[Written]
    actions: list[ChairsAction]
    may_begin: list[Board]
    may_act: list[Board]

    @property
    def is_there(self) -> bool:
        return bool(self.written or self.actions or self.may_begin or self.may_act)


def beside(organisation: Organisation, user: User) -> Between:
    """Read it for one person, in a number of queries that does not grow."""
    seen = Meeting.objects.in_writing(user).filter(board__organisations=organisation)
    rows = seen.select_related("board").prefetch_related("items__decision", "items__votes")[:20]
    actions = ChairsAction.objects.visible_to(user).filter(board__organisations=organisation)
    full = organisation.boards.filter(kind=Board.Kind.FULL).prefetch_related("organisations")
    boards = list(full)
    return Between(
        written=[_written(row) for row in rows],
        actions=list(actions.select_related("board", "taken_by", "reported_at__meeting", "reported_at__decision")[:20]),
        may_begin=[one for one in boards if may_resolve_in_writing(one) and may(user, P.BEGIN_RESOLUTION, one)],
        may_act=[one for one in boards if may(user, P.ACT_FOR_BOARD, one) and chair_may_act(one)],
    )


def _written(meeting: Meeting) -> Written:
    item = next(iter(meeting.items.all()))
    decision = getattr(item, "decision", None)
    open_now = resolving.is_open(meeting)
    agreed = sum(vote.choice == "for" for vote in item.votes.all())
    says = f"Open until {near_day(meeting.day)}; {agreed} agreed so far" if open_now else "Not passed"
    if decision:
        says = f"Passed {near_day(decision.decided_on)} {decision.decided_on.year}"
    return Written(meeting.pk, item.title, meeting.board.name, says, open_now)
