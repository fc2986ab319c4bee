"""Where a review is, as a sentence; who acts next and by when; and what is asked of the person who looks at it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance.models import AgendaItem, Board, Decision, Meeting
from governance.permissions import Part
from monitoring import reviewing, wording
from monitoring.duties.row import within
from monitoring.models import Review
from monitoring.permissions import P
from monitoring.reading import ReviewReading
from sip import written
from sip.whereabouts import Ask


@dataclass(slots=True)
class Sitting:
    """The board that receives the review, while it is open its next meeting, and the item that was last put to it."""

    board: Board | None
    next_meeting: Meeting | None
    item: AgendaItem | None
    decision: Decision | None
    sees_item: bool

    @classmethod
    def of(cls, review: Review, user) -> "Sitting":
        board = review.receiving_board
        seen = Exists(AgendaItem.objects.visible_to(user).filter(pk=OuterRef("item")))
        items = review.items.select_related("item__meeting__board", "item__decision").annotate(is_seen=seen)
        row = items.order_by("pk").last()
        item = row.item if row else None
        coming = Meeting.objects.coming().filter(board=board, day__gte=clock.today()).select_related("board")
        return cls(
            board=board,
            next_meeting=coming.first() if board and review.is_open else None,
            item=item,
            decision=getattr(item, "decision", None),
            sees_item=row is not None and row.is_seen,
        )

    @property
    def is_coming(self) -> bool:
        """Whether it stands on an agenda that the board has not taken yet."""
        return self.item is not None and self.decision is None

    @property
    def item_url(self) -> str:
        return reverse("item", args=[self.item.pk]) if self.sees_item else ""

    @property
    def papers_due(self) -> date | None:
        return self.next_meeting.papers_due_on if self.next_meeting else None


@dataclass(slots=True)
class Panel:
    """What is asked of one person: lines, one button, quieter links, one thing sent at once, one barred."""

    asks: list[Ask] = field(default_factory=list)
    button: tuple[str, str] | None = None
    deeds: list[tuple[str, str]] = field(default_factory=list)
    take_back_url: str = ""
    barred: tuple[str, str] | None = None

    def offer(self, label: str, url: str) -> None:
        """A deed: the first one is the button, the others are quiet."""
        if self.button is None:
            self.button = (label, url)
        else:
            self.deeds.append((label, url))


# ---------------------------------------------------------------- the sentence


def sentence(review: Review, sitting: Sitting, reading: ReviewReading) -> str:
    """Where the review is, since when, and who acts next and by when."""
    if review.state == Review.State.RECEIVED:
        return _received(sitting)
    return _sent(review, sitting) if review.is_sent else _open(review, sitting, reading)


def _open(review: Review, sitting: Sitting, reading: ReviewReading) -> str:
    opened = _near(review.opened_on)
    since = (
        f"Leaders have taken it back and rate again; it opened on {opened}"
        if review.sent_at
        else (f"Leaders are rating since {opened}")
    )
    so_far = f"{reading.rated} of {reading.due} rated" if reading.is_whole else "you rate what you lead"
    return f"{since}: {so_far}. {next_sending(review, sitting)}"


def next_sending(review: Review, sitting: Sitting) -> str:
    """Who sends it to governors, and by when."""
    head = "the trust’s leader" if review.here.is_trust else "the headteacher"
    due, meeting = sitting.papers_due, sitting.next_meeting
    if meeting is None:
        return f"Next, {head} sends it to governors; no meeting of the board is planned yet."
    for_meeting = f"for the board’s meeting on {_near(meeting.day)}"
    if due < clock.today():
        return f"Next, {head} sends it to governors; {for_meeting} papers are due already."
    return f"Next, {head} sends it to governors, by {_near(due)} {for_meeting}."


def _sent(review: Review, sitting: Sitting) -> str:
    since = f"With governors since {_near(clock.in_london(review.sent_at).date())}"
    if not sitting.is_coming:
        deferred = sitting.decision is not None
        before = f"; the board deferred it on {_near(sitting.decision.decided_on)}" if deferred else ""
        return f"{since}{before}. Next, the chair or the clerk puts it on an agenda{' again' if deferred else ''}."
    meeting = sitting.item.meeting
    if meeting.day < clock.today():
        return f"{since}; on the agenda of {_day_of_week(meeting.day)}. What the board did is not recorded yet."
    if sitting.item.state == AgendaItem.State.OPEN:
        return f"{since}; the board is at it now."
    return f"{since}. Next, {_board(meeting.board)} receives it on {_day_of_week(meeting.day)}."


def _received(sitting: Sitting) -> str:
    decision = sitting.decision
    if decision is None:
        return "Received by the board."
    minute = f" ({decision.minute_reference})" if decision.minute_reference else ""
    return f"Received by {_board(sitting.item.meeting.board)} on {written.day(decision.decided_on)}{minute}."


def _board(board: Board) -> str:
    return f"the {within(board.name)}"


def _near(day: date) -> str:
    return wording.day(day, clock.today())


def _day_of_week(day: date) -> str:
    return wording.weekday(day, clock.today())


# ---------------------------------------------------------------- what is asked


def panel(review: Review, sitting: Sitting, reading: ReviewReading, user) -> Panel | None:
    """What is asked of this person, or None where nothing is."""
    made, parts = Panel(), review.parts_of(user)
    if review.is_open and (may(user, P.RATE, review) or _leads(reading, user)):
        _of_leaders(made, review, reading, user)
    if review.state == Review.State.WITH_GOVERNORS:
        _of_monitors(made, reading)
        _of_whoever_puts_it(made, review, sitting, user)
        _of_the_head(made, review, user)
        if Part.VOTING_MEMBER in parts and not made.asks:
            made.asks.append(Ask("Read how it goes before the meeting.", "Views that differ stand first."))
    return made if made.asks or made.button or made.deeds or made.take_back_url else None


def _leads(reading: ReviewReading, user) -> bool:
    return any(row.lead_id == user.person_id for row in reading.objectives)


def _of_leaders(made: Panel, review: Review, reading: ReviewReading, user) -> None:
    done = reading.rated == reading.due
    said = f"{reading.rated} of {reading.due} rated." if reading.due else "No milestone is due this term."
    made.asks.append(Ask("Rate each milestone that is due.", said, is_done=done))
    finish = ("Finish the review", reverse("review_finish", args=[review.pk]))
    if not done:
        made.offer("Rate the next milestone", reverse("rate_next", args=[review.pk]))
    if may(user, P.WRITE_NARRATIVE, review):
        made.asks.append(Ask("Write the narrative.", is_done=bool(review.narrative)))
        made.offer(*finish)
    if may(user, P.SEND_REVIEW, review):
        made.asks.append(Ask("Send it to governors.", "They read nothing of it until you do."))


def _of_monitors(made: Panel, reading: ReviewReading) -> None:
    mine = [row for row in reading.objectives if row.gives_view == "monitor"]
    for row in mine:
        words = f"Give your view of objective {row.number}: {row.title}"
        made.asks.append(Ask(words, row.view.word if row.view else "", f"#objective-{row.id}", bool(row.view)))
    if reading.to_view:
        made.offer("Give your view", reading.to_view[0].view_url)


def _of_whoever_puts_it(made: Panel, review: Review, sitting: Sitting, user) -> None:
    if not may(user, P.PUT_REVIEW, review):
        return
    if not sitting.is_coming:
        receives = _board(sitting.board) if sitting.board else "the board"
        made.asks.append(Ask("Put it on the agenda of a meeting.", f"{written.sentence(receives)} receives it."))
        made.offer("Put it on an agenda", reverse("put_review", args=[review.pk]))
        return
    meeting = sitting.item.meeting
    on = f"It is on that of {_day_of_week(meeting.day)}."
    made.asks.append(Ask("Put it on an agenda.", on, is_done=True))
    if sitting.item_url:
        made.offer("The item on the agenda", sitting.item_url)


def _of_the_head(made: Panel, review: Review, user) -> None:
    if not may(user, P.SEND_REVIEW, review):
        return
    if not made.asks:
        made.asks.append(Ask("Nothing for now: governors read it.", "Monitors give their views.", is_done=True))
    if why := reviewing.why_not_taken_back(review):
        made.barred = ("Take it back", why)
    else:
        made.take_back_url = reverse("take_back_review", args=[review.pk])
