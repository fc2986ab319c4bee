"""Before the meeting: who has read the version, and where members stand.

A sounding is not a vote. The board of a maintained school decides at its meeting, by those present: the School
Governance (Roles, Procedures and Allowances) (England) Regulations 2013 give no vote by proxy, by e-mail or in advance.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Subquery

from foundation import clock
from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from foundation.permissions import may
from governance.models import Attendance, Meeting, Person, Seat, User
from sip import written
from sip.models import Look, Plan, PlanItem, Sounding, Version
from sip.permissions import P

NOT_A_VOTE = (
    "This is not a vote, and nobody counts it as one: the board decides at its meeting, by those who are there. "
    "It tells the chair how much time the item needs."
)


@operation(P.SAY_READ)
def say_read(version: Version, *, by: User) -> Look:
    """Say that one has read this version. Said again, the day is today's."""
    if not Version.objects.visible_to(by).filter(pk=version.pk).exists():
        raise NotAllowed("This version is not before you.")
    look, _ = Look.objects.update_or_create(version=version, person=by.person, defaults={"read_at": clock.now()})
    return look


@operation(P.NOTE_READING)
def note_read(version: Version, *, people: list[Person], by: User) -> list[Look]:
    """The clerk notes that members who have no sign-in have read it on paper. Whoever has one says so themselves."""
    can = {person.pk for person in readers_on_paper(version)}
    if strange := [person for person in people if person.pk not in can]:
        raise Conflict(f"{strange[0]} has a sign-in, or sits on the board no more: it cannot be noted for them.")
    now = clock.now()
    return [Look.objects.get_or_create(version=version, person=one, defaults={"read_at": now})[0] for one in people]


def readers_on_paper(version: Version):
    """The members of the board that decides who have no sign-in, by name."""
    seats = Seat.objects.on(clock.today()).filter(board=version.plan.deciding_board_id)
    people = Person.objects.filter(seats__in=seats).exclude(user__is_active=True)
    return people.distinct().order_by("name")


@operation(P.SAY_WHERE_I_STAND)
def say_where_i_stand(version: Version, *, stand: str, words: str = "", by: User) -> Sounding:
    """Say where one stands before the meeting, or change it until the meeting begins. A new version asks again."""
    _require_a_vote(version.plan, by)
    if closed := why_closed(version, begins=meeting_of(version.plan)):
        raise Conflict(closed)
    sounding, _ = Sounding.objects.update_or_create(
        version=version,
        person=by.person,
        defaults={"stand": stand, "words": words, "said_at": clock.now()},
    )
    return sounding


def why_closed(version: Version, *, begins: Meeting | None) -> str:
    """Why nobody can say where they stand on this version now; empty while they can. `begins`: its `meeting_of`."""
    plan = version.plan
    last = plan.latest_version
    if last.pk != version.pk:
        return f"Version {version.number} is not before the board any more: version {last.number} is. Read that one."
    if plan.state != Plan.State.WITH_THE_BOARD:
        return f"Version {version.number} is not before the board now, so nobody is asked where they stand."
    if begins and has_begun(begins):
        return f"The meeting of {written.near_day(begins.day)} has begun: say there what you think."
    return ""


def meeting_of(plan: Plan) -> Meeting | None:
    """The meeting that has the plan on its agenda and has not decided on it yet."""
    waiting = PlanItem.objects.filter(plan=plan, item__kind="plan", item__decision=None)
    row = waiting.filter(item__meeting__state=Meeting.State.PLANNED).select_related("item__meeting").last()
    return row.item.meeting if row else None


def has_begun(meeting: Meeting) -> bool:
    """Whether its hour has struck, or somebody is recorded as present."""
    there = (Attendance.How.PRESENT, Attendance.How.REMOTE)
    return clock.now() >= begins_at(meeting) or meeting.attendances.filter(how__in=there).exists()


def begins_at(meeting: Meeting) -> datetime:
    return clock.local(meeting.day, meeting.time)


# ---------------------------------------------------------------- what a page shows of it


@dataclass(slots=True)
class Stand:
    """One way to stand: how many stand there, on which conditions, and who, where the board chose names."""

    label: str
    count: int
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Before:
    """The time before the meeting, as one person sees it. `stands` is None for those who do not see the soundings."""

    version: Version
    read: str  # "Seven of 11 members have read it."; empty for those who do not see it
    i_read: str  # "You read it on 20 November."
    may_say_read: bool
    may_note: bool  # that others have read it on paper
    may_sound: bool
    mine: Sounding | None
    until: str  # "You can change it until 18:00 on 2 December."
    closed: str
    stands: list[Stand] | None
    names: bool


def before(plan: Plan, version: Version, user: User) -> Before | None:
    """What stands there of a version that is before the board; None for another, and for those it does not concern."""
    if plan.state != Plan.State.WITH_THE_BOARD or not may(user, P.SEE_READING, plan):
        return None
    members = _members(plan, version)
    mine = next((row for row in members if row["person"] == user.person_id), None)
    soundings = list(Sounding.objects.visible_to(user).filter(version=version).select_related("person"))
    meeting, names = meeting_of(plan), plan.deciding_board.names_soundings
    version.plan = plan
    look = mine["read_at"] if mine else _look(version, user)
    votes = bool(mine and mine["can_vote"])
    return Before(
        version=version,
        read=_how_many(members),
        i_read=f"You read it on {written.near_day(clock.in_london(look).date())}." if look else "",
        may_say_read=may(user, P.SAY_READ, plan),
        may_note=may(user, P.NOTE_READING, plan),
        may_sound=votes,
        mine=next((one for one in soundings if one.person_id == user.person_id), None),
        until=_until(meeting),
        closed=why_closed(version, begins=meeting) if votes else "",
        stands=_stands(soundings, names=names and may(user, P.SEE_NAMES, plan)) if _sees(plan, user) else None,
        names=names,
    )


def _sees(plan: Plan, user: User) -> bool:
    """The board's side sees how members stand; leaders do not, with a seat on the board or without."""
    return may(user, P.SEE_SOUNDINGS, plan) and plan.organisation_id not in user.standing.leading_ids


def _members(plan: Plan, version: Version) -> list[dict]:
    """Everyone on the board that decides, once: whether they have a vote, and when they read it."""
    read = Look.objects.filter(version=version, person=OuterRef("person")).values("read_at")
    seats = Seat.objects.on(clock.today()).filter(board=plan.deciding_board_id).order_by("pk")
    found: dict[int, dict] = {}
    for person, votes, suspended, when in seats.values_list("person", "votes", "is_suspended", Subquery(read[:1])):
        row = found.setdefault(person, {"person": person, "can_vote": False, "read_at": when})
        row["can_vote"] |= votes and not suspended
    return list(found.values())


def _how_many(members: list[dict]) -> str:
    """ "Seven of 11 members have read it": a count, never names, and nobody is late."""
    many, of = sum(bool(row["read_at"]) for row in members), written.number(len(members))
    if not many:
        return f"None of {of} members has said yet that they have read it."
    return f"{written.sentence(written.number(many))} of {of} members {'has' if many == 1 else 'have'} read it."


def _look(version: Version, user: User) -> datetime | None:
    return Look.objects.filter(version=version, person=user.person_id).values_list("read_at", flat=True).first()


def _until(meeting: Meeting | None) -> str:
    if meeting is None:
        return "You can change it until the board’s meeting begins."
    return f"You can change it until the meeting begins: {written.near_day(meeting.day)} at {meeting.time:%H:%M}."


def _stands(soundings: list[Sounding], *, names: bool) -> list[Stand]:
    found = []
    for stand, label in Sounding.Stand.choices:
        here = [one for one in soundings if one.stand == stand]
        found.append(Stand(label, len(here), [said for one in here if (said := _said(one, names))]))
    return found


def _said(one: Sounding, names: bool) -> str:
    if not names:
        return one.words
    return f"{one.person.name}: {one.words}" if one.words else one.person.name


def _require_a_vote(plan: Plan, by: User) -> None:
    """A vote on another board of the school is none on this one."""
    seats = Seat.objects.on(clock.today()).filter(board=plan.deciding_board_id, person=by.person_id)
    if not seats.filter(votes=True, is_suspended=False).exists():
        raise NotAllowed("Only a voting member of the board that decides may say where they stand.")
