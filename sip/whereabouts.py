"""Where a plan is, as a sentence; who acts next and by when; and what is asked of the person who looks at it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from foundation import clock
from foundation.permissions import may, why_not
from governance import years
from governance.models import Condition, Decision
from governance.permissions import Part
from sip import written
from sip.models import Plan
from sip.permissions import P


@dataclass(slots=True)
class Item:
    """The agenda item that was last put for the plan, as its page needs it."""

    number: int
    kind: str
    state: str
    meeting: int
    day: date
    time: str
    place: str
    papers: date | None
    outcome: str | None
    decided_on: date | None
    minute: str
    decision: int | None
    is_written: bool = False  # resolved in writing until `day`, not at a meeting

    @classmethod
    def of(cls, plan: Plan) -> "Item | None":
        """Out of what `Plan.objects.to_read` brought."""
        row = plan.last_item
        if row is None:
            return None
        return cls(
            row["item"],
            row["kind"],
            row["state"],
            row["meeting"],
            written.as_day(row["day"]),
            row["time"][:5],
            row["place"],
            written.as_day(row["papers"]),
            row["outcome"],
            written.as_day(row["decided_on"]),
            row["minute"] or "",
            row["decision"],
            row["form"] == "written",
        )

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_coming(self) -> bool:
        """Whether the board is still to take it."""
        return self.decision is None and not (self.is_written and self.state == "closed")

    @property
    def deed(self) -> tuple[str, str]:
        """The link to it: on the day of the meeting it is where the decision is taken."""
        if self.is_written:
            return "The resolution in writing", reverse("written_resolution", args=[self.meeting])
        due = self.is_open or self.day <= clock.today()
        return "Take the decision" if due else "The item on the agenda", reverse("item", args=[self.number])

    @property
    def papers_are_out(self) -> bool:
        return self.papers is not None and self.papers <= clock.today()


def sentence(plan: Plan, item: Item | None) -> str:
    """The status sentence of the plan's page."""
    return _SENTENCES[plan.state](plan, item)


def _objectives(plan: Plan, item: Item | None) -> str:
    if item and item.kind == "objectives" and item.is_coming:
        return f"The board is setting the objectives; decision on {written.weekday(item.day)}."
    if item and item.outcome == "declined" and item.kind == "plan":
        return f"The board declined the plan on {written.near_day(item.decided_on)} and sets its objectives anew."
    return "The board is setting the objectives. Next, the clerk or the chair puts them to a meeting."


def _drafting(plan: Plan, item: Item | None) -> str:
    agreed = item and item.kind == "objectives" and item.decided_on
    since = f"; the board agreed the objectives on {written.near_day(item.decided_on)}" if agreed else ""
    return f"Leaders are drafting{since}. {_next_submission(plan)}"


def _next_submission(plan: Plan) -> str:
    """Who acts next and by when: the head, in time for the papers of the board's next meeting."""
    head = "The trust’s leader" if plan.organisation.is_trust else "The headteacher"
    if plan.next_meeting is None:
        return f"{head} puts it before the board next; no meeting is planned yet."
    papers = plan.next_meeting - timedelta(days=plan.deciding_board.notice_days + 1)
    meeting = f"the board’s meeting on {written.near_day(plan.next_meeting)}"
    if papers < clock.today():
        return f"{head} puts it before the board next; for {meeting} papers are due already."
    return f"{head} puts it before the board next, by {written.near_day(papers)} for {meeting}."


def _with_the_board(plan: Plan, item: Item | None) -> str:
    since = f"With the board since {written.near_day(clock.in_london(plan.submitted_at).date())}"
    if item is None or item.kind != "plan" or (item.outcome or "deferred") != "deferred":
        return f"{since}. Next, the clerk or the chair puts it on an agenda."
    if item.outcome == "deferred":
        return f"{since}; deferred on {written.near_day(item.decided_on)}. Next, the clerk puts it on an agenda again."
    if item.is_written:
        return _in_writing(since, item)
    if item.is_open:
        return f"{since}; the board is at it now."
    if item.day < clock.today():
        return f"{since}; on the agenda of {written.weekday(item.day)}. The decision is not recorded yet."
    return f"{since}; decision on {written.weekday(item.day)}."


def _in_writing(since: str, item: Item) -> str:
    """Where the members of the board are asked to agree in writing, or were."""
    if not item.is_coming or item.day < clock.today():
        return f"{since}; a resolution in writing has not passed. Next, the clerk or the chair puts it on an agenda."
    return f"{since}; its members are asked to agree in writing by {written.weekday(item.day)}."


def _changes(plan: Plan, item: Item | None) -> str:
    asked = item and item.kind == "plan" and item.outcome == "changes asked for"
    said = (
        f"The board asked for changes on {written.near_day(item.decided_on)}"
        if asked
        else "The chair returned it with reasons"
    )
    return f"{said}. {_next_submission(plan)}"


def _approved(plan: Plan, item: Item | None) -> str:
    if item is None or not item.decided_on:
        return "Approved."
    minute = f" ({item.minute})" if item.minute else ""
    how = "Approved with conditions" if item.outcome == "approved with conditions" else "Approved"
    return f"{how} on {written.day(item.decided_on)}{minute}."


def _closed(plan: Plan, item: Item | None) -> str:
    return f"Closed. {_approved(plan, item)}"


_SENTENCES = {
    Plan.State.OBJECTIVES: _objectives,
    Plan.State.DRAFTING: _drafting,
    Plan.State.WITH_THE_BOARD: _with_the_board,
    Plan.State.CHANGES: _changes,
    Plan.State.APPROVED: _approved,
    Plan.State.CLOSED: _closed,
}


def decides_on(item: Item | None) -> date | None:
    """The day on which the board decides, where a coming meeting has it on its agenda."""
    return item.day if item and item.is_coming and item.day >= clock.today() else None


# --- what is asked of the person who looks ----------------------------------------------------------------------------


@dataclass(slots=True)
class Ask:
    """One line of what is asked: done or open, the words (perhaps a link), and what is said quietly after them."""

    words: str
    soft: str = ""
    url: str = ""
    is_done: bool = False


@dataclass(slots=True)
class Panel:
    """What is asked of one person: lines, one button, quieter deeds, and a deed that is barred with its sentence."""

    title: str
    asks: list[Ask] = field(default_factory=list)
    button: tuple[str, str] | None = None
    deeds: list[tuple[str, str]] = field(default_factory=list)
    barred: tuple[str, str] | None = None

    def offer(self, label: str, url: str) -> None:
        """A deed: the first one is the button, the others are quiet."""
        if self.button is None:
            self.button = (label, url)
        else:
            self.deeds.append((label, url))


def panel(plan: Plan, item: Item | None, user, counts: str) -> Panel | None:
    """What is asked of this person on the plan, or None where nothing is."""
    made = Panel(_title(plan, item))
    _of_whoever_takes_the_item(made, plan, item, user)
    _of_leaders(made, plan, item, user)
    _of_the_clerk(made, plan, item, user)
    _of_the_board(made, plan, item, user, counts)
    if made.button and not made.asks:
        made.title = "Nothing is asked of you now"
        made.asks.append(Ask("Leaders answer questions at any time.", is_done=True))
    return made if made.button or made.asks else None


def sees_item(plan: Plan, user) -> bool:
    """Whether this person may see the meetings of the board that decides."""
    standing = user.standing
    attends = (
        standing.clerk_ids | standing.leading_ids | {seat.organisation for seat in standing.seats if seat.is_full_board}
    )
    here = plan.is_decided_here and plan.organisation_id in attends and Part.BUSINESS_MANAGER not in plan.parts_of(user)
    return plan.deciding_board_id in standing.board_ids or here or may(user, P.PUT_PLAN, plan)


def _title(plan: Plan, item: Item | None) -> str:
    waits = plan.state == Plan.State.WITH_THE_BOARD and item and item.kind == "plan" and item.is_coming
    if waits and item.day >= clock.today():
        return f"What is asked of you before {written.near_day(item.day)}"
    return "What is asked of you"


def _coming(plan: Plan, item: Item | None, kind: str) -> bool:
    return item is not None and item.kind == kind and item.is_coming


def _of_whoever_takes_the_item(made: Panel, plan: Plan, item: Item | None, user) -> None:
    if _coming(plan, item, "plan") and item.is_open and sees_item(plan, user):
        label = "Take the decision" if may(user, P.PUT_PLAN, plan) else "Go to the item"
        made.offer(label, reverse("item", args=[item.number]))


def _of_leaders(made: Panel, plan: Plan, item: Item | None, user) -> None:
    if plan.is_editable and may(user, P.DRAFT_PLAN, plan):
        made.asks.append(Ask("Draft the actions, success criteria and milestones.", _next_submission(plan)))
        made.offer("Go on drafting", reverse("draft_plan", args=[plan.pk]))
        if may(user, P.SUBMIT_PLAN, plan):
            made.offer("Submit to the board", reverse("submit_plan", args=[plan.pk]))
    if plan.state == Plan.State.OBJECTIVES and may(user, P.DRAFT_PLAN, plan):
        soft = "Drafting begins when the board has agreed the objectives."
        made.asks.append(Ask("Propose what the plan should aim at.", soft))
        made.offer("Go to the objectives", reverse("objectives", args=[plan.pk]))
    if plan.open_questions and may(user, P.DRAFT_PLAN, plan):
        waiting = written.count(plan.open_questions, "question waits", "questions wait")
        made.asks.append(Ask("Answer what the board asks.", f"{written.sentence(waiting)} for an answer."))
        made.offer("Answer the questions", reverse("questions", args=[plan.pk]))
    if plan.state == Plan.State.WITH_THE_BOARD and may(user, P.TAKE_BACK_PLAN, plan):
        _taking_back(made, plan, item)


def _taking_back(made: Panel, plan: Plan, item: Item | None) -> None:
    if not made.asks:
        nothing = Ask("Nothing for now: the board reads it.", "You hear by mail when somebody asks.", is_done=True)
        made.asks.append(nothing)
    if _coming(plan, item, "plan") and item.papers_are_out:
        why = f"The papers for {written.near_day(item.day)} are out: only the chair can return it now."
        made.barred = ("Take the plan back", why)
    else:
        made.deeds.append(("Take the plan back", reverse("take_back_plan", args=[plan.pk])))


def _of_the_clerk(made: Panel, plan: Plan, item: Item | None, user) -> None:
    """Whoever puts things on the agenda: the clerk, and the chair."""
    if plan.state == Plan.State.WITH_THE_BOARD and may(user, P.PUT_PLAN, plan):
        if not _coming(plan, item, "plan"):
            made.asks.append(Ask("Put it on the agenda of a meeting."))
            made.offer("Put it on an agenda", reverse("put_plan", args=[plan.pk]))
        elif may(user, P.DECIDE, plan):
            _until_the_decision(made, plan, item)
        elif not item.is_open:
            made.deeds.append(item.deed)
    if plan.state == Plan.State.OBJECTIVES and may(user, P.PUT_OBJECTIVES, plan):
        if not _coming(plan, item, "objectives"):
            made.asks.append(Ask("Put the objectives to a meeting, once they say what the board wants."))
            made.offer("Put the objectives to a meeting", reverse("put_objectives", args=[plan.pk]))
        else:
            made.offer(*item.deed)


def _until_the_decision(made: Panel, plan: Plan, item: Item) -> None:
    if item.is_written:
        soft = f"Open until {written.weekday(item.day)}; it passes by itself when the last one agrees."
        made.asks.append(Ask("Wait for each member to agree in writing.", soft))
        made.offer(*item.deed)
        return
    due = item.day - timedelta(days=plan.deciding_board.notice_days + 1)
    said, day = ("They went out on", item.papers) if item.papers_are_out else ("Last day:", due)
    made.asks.append(Ask("Put it on an agenda.", f"It is on that of {written.weekday(item.day)}.", is_done=True))
    meeting = reverse("meeting", args=[item.meeting])
    made.asks.append(
        Ask("Send the papers out.", f"{said} {written.near_day(day)}.", meeting, is_done=item.papers_are_out)
    )
    made.asks.append(Ask("Record the decision.", f"At the meeting, {item.time}, {item.place or 'place not given'}."))
    if not item.is_open:
        made.offer(*item.deed)


def _of_the_board(made: Panel, plan: Plan, item: Item | None, user, counts: str) -> None:
    _proposing(made, plan, user)
    if not may(user, P.ASK, plan) or plan.state == Plan.State.CLOSED:
        return
    reads = asks_about(plan, user)
    if plan.state == Plan.State.WITH_THE_BOARD and reads:
        made.asks.append(Ask("Read it.", f"{written.sentence(counts)}."))
        made.asks.append(Ask("Ask about what is unclear.", _unanswered(plan), reverse("questions", args=[plan.pk])))
    if plan.state == Plan.State.WITH_THE_BOARD:
        _at_the_meeting(made, plan, item, user)
    if reads:
        made.offer("Ask about this plan", reverse("ask", args=[plan.pk]))
    if plan.state == Plan.State.WITH_THE_BOARD and may(user, P.RETURN_PLAN, plan):
        made.deeds.append(("Return it with reasons", reverse("return_plan", args=[plan.pk])))


def _proposing(made: Panel, plan: Plan, user) -> None:
    """While the board sets the objectives, whoever may propose one is led there; leaders have been already."""
    proposes = may(user, P.PROPOSE_OBJECTIVE, plan) and not may(user, P.DRAFT_PLAN, plan)
    if plan.state == Plan.State.OBJECTIVES and proposes:
        soft = "An objective can be proposed until the board agrees them."
        made.asks.append(Ask("Say what the plan should aim at.", soft))
        made.offer("Go to the objectives", reverse("objectives", args=[plan.pk]))


def _unanswered(plan: Plan) -> str:
    if not plan.open_questions:
        return "Leaders answer before the meeting; no question is open."
    still = written.count(plan.open_questions, "question is", "questions are")
    return f"Leaders answer before the meeting; {still} open."


def _at_the_meeting(made: Panel, plan: Plan, item: Item | None, user) -> None:
    if not _coming(plan, item, "plan") or item.day < clock.today():
        return
    if item.is_written:
        deed, url = item.deed
        made.asks.append(Ask("Agree to it in writing, or say no.", f"By {written.weekday(item.day)}.", url))
        return
    where = f"{written.weekday(item.day)}, {item.time}" + (f", {item.place}." if item.place else ".")
    votes = Part.VOTING_MEMBER in plan.parts_of(user)
    url = reverse("item", args=[item.number]) if sees_item(plan, user) else ""
    made.asks.append(Ask("Decide on it with the board." if votes else "Hear how the board decides.", where, url))


def asks_about(plan: Plan, user) -> bool:
    """Whether the page offers this person to ask: not to leaders with a seat on the board, who would ask themselves."""
    return may(user, P.ASK, plan) and not may(user, P.DRAFT_PLAN, plan) and plan.state != Plan.State.CLOSED


def conditions(item: Item | None):
    """What the approval hangs on, with who answers for it."""
    if item is None or item.outcome != Decision.Outcome.CONDITIONS:
        return Condition.objects.none()
    return Condition.objects.filter(decision=item.decision).select_related("owner")


def nothing_yet(user, organisation) -> str:
    """The sentence of the plan's page while this person has no plan to read."""
    year = years.written(years.year_of(clock.today()))
    if may(user, P.BEGIN_PLAN, organisation):
        return f"No plan for {year} is begun. Begin one, so that objectives can be proposed for the board to agree."
    if organisation.parts_of(user) & {
        Part.BOARD_MEMBER,
        Part.ASSOCIATE_MEMBER,
        Part.SENIOR_LEADER,
        Part.BUSINESS_MANAGER,
    }:
        return f"No plan for {year} is begun. {why_not(P.BEGIN_PLAN)}"
    return "There is nothing for you to read yet. A plan appears here when the board has approved it."
