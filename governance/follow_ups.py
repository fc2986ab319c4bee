"""Actions of meetings: recorded at an item as the board asks for them, told again at the next meeting, done."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import may, why_not
from governance import kinds
from governance.models import AgendaItem, Attendance, FollowUp, Meeting, Person, User
from governance.permissions import P
from governance.wording import full_day, near_day

MOST = 40  # of one item

# ---------------------------------------------------------------- the operations


@operation(P.RUN_MEETING)
def record_follow_up(item: AgendaItem, *, text: str, owner: Person, due_on: date, by: User) -> FollowUp:
    """Record what somebody is to do by when, as the board asks for it at an item. The owner hears of it by mail."""
    require_in_record(item.meeting)
    if due_on < item.meeting.day:
        raise Conflict(f"It is due on {near_day(due_on)}, before the meeting. Give a later day.")
    if item.follow_ups.filter(text__iexact=text, owner=owner).exists():
        raise Conflict(f"That is recorded already, for {owner}.")
    if item.follow_ups.count() >= MOST:
        raise Conflict(f"An item holds {MOST} actions at most.")
    words = {"text": text, "owner": owner, "due_on": due_on}
    made = FollowUp.objects.create(item=item, recorded_by=by.person, recorded_at=clock.now(), **words)
    if owner.pk != by.person_id:
        key, stream = f"follow_up_given:{made.pk}", made.audit_stream
        outbox.post(
            key, "follow_up_given", to=owner, stream=stream, follow_up=made, meeting=item.meeting, here=made.here
        )
    return made


@operation(P.FINISH_FOLLOW_UP)
def finish_follow_up(follow_up: FollowUp, *, note: str = "", by: User) -> FollowUp:
    """Say today that it is done, with what came of it. Its owner, the clerk or the chair."""
    if follow_up.done_on:
        raise Conflict(f"It was marked as done on {near_day(follow_up.done_on)} by {follow_up.done_by}.")
    follow_up.done_on, follow_up.done_note, follow_up.done_by = clock.today(), note, by.person
    follow_up.save(update_fields=["done_on", "done_note", "done_by"])
    return follow_up


@operation(P.FINISH_FOLLOW_UP)
def reopen_follow_up(follow_up: FollowUp, *, by: User) -> FollowUp:
    """It is not done after all."""
    if not follow_up.done_on:
        raise Conflict("It is not marked as done.")
    follow_up.done_on, follow_up.done_note, follow_up.done_by = None, "", None
    follow_up.save(update_fields=["done_on", "done_note", "done_by"])
    return follow_up


@operation(P.RUN_MEETING)
def drop_follow_up(follow_up: FollowUp, *, by: User) -> None:
    """Take an action out that was recorded by mistake, before it is done and before the minutes are signed."""
    require_in_record(follow_up.meeting)
    if follow_up.done_on:
        raise Conflict(f"It was done on {near_day(follow_up.done_on)}: it stays in the record.")
    FollowUp.objects.filter(pk=follow_up.pk).delete()


def require_in_record(meeting: Meeting) -> None:
    """Raise Conflict, saying why, unless what happens at the meeting can be recorded: it has begun, and its minutes are
    not signed."""
    if why := why_not_recorded(meeting):
        raise Conflict(why)


def why_not_recorded(meeting: Meeting) -> str:
    """Why nothing can be recorded of the meeting now, as a sentence; empty where it can."""
    if meeting.is_written:
        return "Nobody meets for a written resolution."
    if meeting.minutes_are_signed:
        return f"The minutes were signed on {full_day(meeting.signed_on)}: the record stands."
    if not meeting.attendances.filter(how__in=(Attendance.How.PRESENT, Attendance.How.REMOTE)).exists():
        return "The meeting has not begun: nobody is recorded as present."
    return ""


def owners(item: AgendaItem) -> list[Person]:
    """Who can be given something to do: everyone of the board's organisation today, and of the one it is about."""
    places = {item.here, kinds.of(item).whose(item)}
    people = {person.pk: person for place in places for person in Person.objects.on_hand(place).people()}
    return sorted(people.values(), key=lambda person: person.name)


# ---------------------------------------------------------------- to read


@dataclass(frozen=True)
class Row:
    """One action of a meeting as one person sees it. `says`: where it stands, in words."""

    pk: int
    text: str
    owner: str
    due: str
    says: str
    is_done: bool
    is_late: bool
    note: str
    item: int
    item_title: str
    meeting: str
    is_confidential: bool
    may_finish: bool
    may_drop: bool = False


def of_item(item: AgendaItem, user: User) -> list[Row]:
    """What was recorded at one item, the first due first."""
    return _rows(FollowUp.objects.visible_to(user).filter(item=item), item.meeting, user)


def of_meeting(meeting: Meeting, user: User) -> list[Row]:
    """What one meeting gave people to do, as far as this person may read it."""
    return _rows(FollowUp.objects.visible_to(user).filter(item__meeting=meeting), meeting, user)


def from_last_time(meeting: Meeting, user: User) -> list[Row]:
    """What earlier meetings of the board gave people to do: what was not done when the board met last, and what came of
    it since. What is open stands first."""
    earlier = Meeting.objects.filter(board=meeting.board_id, day__lt=meeting.day)
    last = earlier.past().first()
    if last is None:
        return []
    seen = FollowUp.objects.visible_to(user).filter(item__meeting__in=earlier.values("pk"))
    rows = _rows(seen.exclude(done_on__lt=last.day), meeting, user)
    return sorted(rows, key=lambda row: row.is_done)


def _rows(found, meeting: Meeting, user: User) -> list[Row]:
    finishes, drops = may(user, P.FINISH_FOLLOW_UP, meeting), _may_drop(meeting, user)
    found = found.select_related("item__meeting__board", "owner", "done_by")
    return [_row(one, finishes, drops and one.meeting.pk == meeting.pk, user) for one in found]


def _may_drop(meeting: Meeting, user: User) -> bool:
    return may(user, P.RUN_MEETING, meeting) and not why_not_recorded(meeting)


def _row(one: FollowUp, finishes: bool, drops: bool, user: User) -> Row:
    return Row(
        pk=one.pk,
        text=one.text,
        owner=one.owner.name,
        due=_day(one.due_on),
        says=where_it_stands(one),
        is_done=one.done_on is not None,
        is_late=one.is_late,
        note=one.done_note,
        item=one.item_id,
        item_title=one.item.title,
        meeting=str(one.meeting),
        is_confidential=one.item.is_confidential,
        may_finish=one.done_on is None and (finishes or one.owner_id == user.person_id),
        may_drop=drops and one.done_on is None,
    )


def where_it_stands(one: FollowUp) -> str:
    """ "by 4 December", "late: was due 20 November", "done on 18 November"."""
    if one.done_on:
        return f"done on {_day(one.done_on)}"
    return f"late: was due {_day(one.due_on)}" if one.is_late else f"by {_day(one.due_on)}"


def _day(value: date) -> str:
    return near_day(value) if value.year == clock.today().year else full_day(value)


@dataclass(frozen=True)
class Page:
    """One action on a page of its own, as one person sees it. `up_url`: its item, where they may read that."""

    row: Row
    status: str
    asked: str
    up_url: str
    may_finish: bool
    may_reopen: bool
    who_finishes: str


def page_of(one: FollowUp, user: User) -> Page:
    """Read it: its owner may not see the meeting it comes from."""
    finishes = may(user, P.FINISH_FOLLOW_UP, one)
    reads = AgendaItem.objects.readable_by(user).filter(pk=one.item_id).exists()
    row = _row(one, finishes, _may_drop(one.meeting, user), user)
    asked = f"The {one.meeting.board} asked for it on {full_day(one.meeting.day)}"
    return Page(
        row=row,
        status=f"{one.owner}, {row.says}.",
        asked=f"{asked}, at “{one.item}”." if reads else f"{asked}.",
        up_url=reverse("item", args=[one.item_id]) if reads else "",
        may_finish=row.may_finish,
        may_reopen=row.is_done and finishes,
        who_finishes=why_not(P.FINISH_FOLLOW_UP),
    )
