"""A material amendment before the board: put there, on an agenda, decided, taken back; or made in urgency by the
chair."""

from functools import partial

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from governance.chairs_action import act_for_board
from governance.deciding import Resolved, carry_forward, record
from governance.kinds import Ready
from governance.minutes import body_word
from governance.models import AgendaItem, Board, Decision, Delegation, Meeting, Person, Role, User
from governance.permissions import P as G
from governance.placing import place_item
from governance.resolving import record_in_writing
from governance.wording import near_day
from sip import making, resolutions
from sip.models import Amendment, AmendmentItem, Plan
from sip.permissions import P

_S = Amendment.State
_UNDECIDED = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)


@operation(P.AMEND_PLAN)
def put_before_board(amendment: Amendment, *, reason: str, weight_why: str = "", by: User) -> Amendment:
    """Put an amendment before the board that decides: one that is material, or that leaders would rather have decided,
    and say why. Until then the plan stays as it is."""
    making.ready(amendment)
    amendment.advance(to=_S.WITH_THE_BOARD)
    amendment.reason, amendment.weight_why = reason, weight_why
    amendment.weight, amendment.put_at = Amendment.Weight.MATERIAL, clock.now()
    amendment.save(update_fields=["reason", "weight", "weight_why", "put_at"])
    amendment.claim_revision(amendment.revision)
    making.tell_board(amendment, "amendment_put", by=by)
    return amendment


@operation(P.AMEND_PLAN)
def take_back_amendment(amendment: Amendment, *, by: User) -> Amendment:
    """Leaders take it back to work on it, as long as the papers of its meeting are not out."""
    if why := why_not_taken_back(amendment):
        raise Conflict(why)
    amendment.advance(to=_S.DRAFTING)
    amendment.weight, amendment.weight_why = "", ""
    amendment.save(update_fields=["weight", "weight_why"])
    return amendment


def why_not_taken_back(amendment: Amendment) -> str:
    """Why it cannot be taken back now, as a sentence; empty while it can."""
    if amendment.state != _S.WITH_THE_BOARD:
        return f"Amendment {amendment.number} is not with the board: {amendment.get_state_display()}."
    for row in coming_items(amendment):
        if row.item.meeting.papers_are_out:
            return f"The papers for {near_day(row.item.meeting.day)} are out. The board decides, or asks for changes."
    return ""


def coming_items(amendment: Amendment):
    """The agenda items that are to decide on it and have not yet, the first first."""
    rows = AmendmentItem.objects.filter(amendment=amendment, item__state__in=_UNDECIDED)
    return rows.select_related("item__meeting__board").order_by("item__meeting__day", "pk")


# ---------------------------------------------------------------- on an agenda


@operation(P.PUT_AMENDMENT)
def put_amendment(amendment: Amendment, *, meeting: Meeting, by: User) -> AmendmentItem:
    """Put an amendment on the agenda of the board that decides on it, or of one that recommends."""
    if amendment.state != _S.WITH_THE_BOARD:
        raise Conflict(f"The amendment is not with the board: {amendment.get_state_display()}.")
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    board = making.board_of(amendment.plan)
    recommends = meeting.board_id != board.pk
    if recommends and meeting.board not in advising_boards(amendment.plan):
        raise Conflict(f"The {board} decides on this, not the {meeting.board}.")
    require(by, G.SEE_MEETINGS, meeting)
    if row := coming_items(amendment).filter(item__meeting__board=meeting.board).first():
        raise Conflict(f"It is on the agenda of {row.item.meeting} already.")
    item = place_item(meeting, title=f"{amendment}"[:120], kind=AgendaItem.Kind.AMENDMENT)
    return AmendmentItem.objects.create(item=item, amendment=amendment, recommends=recommends)


def advising_boards(plan: Plan) -> list[Board]:
    """The boards that the scheme of delegation lets recommend on amendments."""
    found = plan.organisation.boards_that(Delegation.Does.RECOMMENDS, Delegation.Decides.AMENDMENTS)
    return list(found.exclude(pk=making.board_of(plan).pk))


def ready_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """The amendments that wait for this board, and that none of its coming agendas has."""
    put = AmendmentItem.objects.filter(item__state__in=_UNDECIDED, item__meeting__board=meeting.board)
    waiting = Amendment.objects.visible_to(user).filter(state=_S.WITH_THE_BOARD).exclude(pk__in=put.values("amendment"))
    found = {}
    for one in waiting.select_related("plan__organisation", "plan__deciding_board"):
        board = making.board_of(one.plan)
        if meeting.board == board or (not meeting.is_written and meeting.board in advising_boards(one.plan)):
            deed = "decide on" if meeting.board == board else "recommend"
            since = near_day(clock.in_london(one.put_at).date())
            says = (
                f"{one.plan.organisation}: with the board since {since}; for the {body_word(meeting.board)} to {deed}"
            )
            found[f"amendment-{one.pk}"] = Ready(str(one), says, partial(_place, one, meeting))
    return found


def _place(amendment: Amendment, meeting: Meeting, *, by: User) -> AgendaItem:
    return put_amendment(amendment, meeting=meeting, by=by).item


def usual_resolution(item: AgendaItem) -> str:
    """The words that are put to the board."""
    row = AmendmentItem.objects.select_related("amendment__plan__organisation").get(item=item)
    whole = f"amendment {row.amendment.number} to {resolutions.the_plan(row.amendment.plan, item.meeting.board)}"
    if row.recommends:
        board = making.board_of(row.amendment.plan)
        return f"That the {body_word(item.meeting.board)} recommend that the {board} approve {whole}."
    return (
        f"That the board approve {whole}, as put before it on {near_day(clock.in_london(row.amendment.put_at).date())}."
    )


# ---------------------------------------------------------------- decided


@operation(P.DECIDE)
def decide_amendment(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record what the board decided. Approved, the plan is changed and its next version is in force; declined, it stays
    as it is. Of a board that recommends: what it said, and nothing moves."""
    row, amendment = _subject(item)
    decision = record(item, resolved, by)
    _follow(row, amendment, decision, by)
    return decision


def amendment_in_writing(item: AgendaItem, by: User) -> Decision:
    """What a written resolution on it records when everyone has agreed."""
    row, amendment = _subject(item)
    decision = record_in_writing(item)
    _follow(row, amendment, decision, by)
    return decision


def why_not_decided(amendment: Amendment) -> str:
    """Why the board cannot decide on it now; empty where it can."""
    if amendment.state == _S.WITH_THE_BOARD:
        return ""
    if amendment.state == _S.DRAFTING:
        return (
            "Leaders have taken the amendment back. It can be decided on when they have put it before the board again."
        )
    return f"The amendment is not with the board: {amendment.get_state_display()}."


def _subject(item: AgendaItem) -> tuple[AmendmentItem, Amendment]:
    """The item's amendment, held until the transaction ends."""
    if item.kind != AgendaItem.Kind.AMENDMENT:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")
    row = AmendmentItem.objects.get(item=item)
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=row.amendment_id)
    if why := why_not_decided(amendment):
        raise Conflict(why)
    return row, amendment


def _follow(row: AmendmentItem, amendment: Amendment, decision: Decision, by: User) -> None:
    if not row.recommends:
        if decision.approves:
            making.apply(amendment, by=by)
        elif decision.outcome == Decision.Outcome.CHANGES:
            amendment.advance(to=_S.DRAFTING)
            Amendment.objects.filter(pk=amendment.pk).update(weight="", weight_why="")
        elif decision.outcome == Decision.Outcome.DECLINED:
            _end(amendment, _S.DECLINED)
    if later := carry_forward(row.item, decision):
        AmendmentItem.objects.create(item=later, amendment=amendment, recommends=row.recommends)
    _tell_leaders(amendment, decision)


def _end(amendment: Amendment, state: str) -> None:
    amendment.advance(to=state)
    amendment.ended_at = clock.now()
    amendment.save(update_fields=["ended_at"])


def _tell_leaders(amendment: Amendment, decision: Decision) -> None:
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=amendment.plan.organisation_id)
    for person in Person.objects.filter(roles__in=roles).distinct():
        key = f"amendment_decided:{decision.pk}:{person.pk}"
        words = {"amendment": amendment, "plan": amendment.plan, "decision": decision}
        outbox.post(key, "amendment_decided", to=person, stream=amendment.audit_stream, **words)


# ---------------------------------------------------------------- in urgency


@operation(P.MAKE_URGENTLY)
def make_urgently(
    amendment: Amendment, *, cannot_wait: str, detriment: str, consulted: str = "", chair_away: str = "", by: User
) -> Amendment:
    """The chair makes an amendment that cannot wait for the board, with the two tests of the law (governance.
    chairs_action). It is reported at the next meeting by itself, and taken off any agenda."""
    if why := why_not_decided(amendment):
        raise Conflict(why)
    if coming_items(amendment).filter(item__state=AgendaItem.State.OPEN).exists():
        raise Conflict("The board is at this item now: it decides.")
    tests = {"cannot_wait": cannot_wait, "detriment": detriment, "consulted": consulted, "chair_away": chair_away}
    what = f"Amended the plan in urgency: {amendment}. {amendment.reason}".strip()
    action = act_for_board(making.board_of(amendment.plan), what=what, by=by, **tests)
    AgendaItem.objects.filter(pk__in=coming_items(amendment).values("item")).delete()
    making.apply(amendment, by=by, action=action)
    return amendment
