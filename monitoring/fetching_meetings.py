"""The facts of meetings, in one query: those that a person may see, and of boards that receive a review the days."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from foundation import clock
from governance import years
from governance.models import Attendance, Meeting, Organisation, Vote, Withdrawal
from governance.permissions import Part
from governance.standing import Standing, parts_of_seat
from monitoring.facts import ItemFacts, MeetingFacts, PlanFacts

_THERE = (Attendance.How.PRESENT, Attendance.How.REMOTE)
AT_MEETINGS = {Part.CLERK, Part.HEADTEACHER, Part.SENIOR_LEADER}


def meetings_and_days(user, organisations: list[Organisation], plans: dict[int, list[PlanFacts]]):
    """By organisation's key: the meetings of its boards that this person may see, since the summer before this year;
    and of the boards that receive its reviews the days of those that they do not see, for a term is due on the same day
    to everyone who rates it."""
    here = {one.pk: one for one in organisations}
    receivers = {key: {plan.receiver for plan in of_plan} for key, of_plan in plans.items()}
    meetings, days = defaultdict(list), defaultdict(list)
    for (place, _), row in _rows(user, here, {board for boards in receivers.values() for board in boards}).items():
        if row["seen"] and place in here:
            meetings[place].append(_meeting(user.standing, here[place], row))
        for key, boards in receivers.items():
            if row["board_id"] in boards and row["form"] == Meeting.Form.MEETING:
                days[key].append(_day(row))
    for key, found in days.items():
        known = {one.pk for one in meetings[key]}
        days[key] = list({one.pk: one for one in found if one.pk not in known}.values())
    return meetings, days


def _rows(user, here: dict[int, Organisation], receivers: set[int]) -> dict[tuple[int, int], dict]:
    """Each meeting, once for each organisation that its board serves, with its items."""
    since = years.first_day(years.year_of(clock.today())) - timedelta(days=92)
    person, item = user.person_id, OuterRef("items__pk")
    acted = Exists(Vote.objects.filter(item=item, seat__person=person)) | Exists(
        Withdrawal.objects.filter(item=item, person=person)
    )
    came = Attendance.objects.filter(meeting=OuterRef("pk"), person=person, how__in=_THERE)
    seen = Exists(Meeting.objects.visible_to(user).filter(pk=OuterRef("pk")))
    wanted = Q(seen=True, board__organisations__in=here) | Q(board__in=receivers)
    rows = Meeting.objects.annotate(seen=seen, acted=acted, is_there=Exists(came)).filter(wanted, day__gte=since)
    found: dict[tuple[int, int], dict] = {}
    ordered = rows.order_by("day", "time", "pk", "items__position", "items__pk")
    for row in ordered.values(*_MEETING, *_ITEM, "seen", "acted", "is_there"):
        meeting = found.setdefault((row["board__organisations"], row["pk"]), row | {"items": {}})
        if row["seen"] and row["items__pk"]:
            meeting["items"][row["items__pk"]] = _item(row)
    return found


_MEETING = (
    "pk",
    "form",
    "day",
    "time",
    "place",
    "state",
    "board_id",
    "board__name",
    "board__kind",
    "board__notice_days",
    "board__organisations",
    "papers_sent_on",
    "urgency_reason",
    "minutes_signed_on",
    "acting_chair_id",
)
_ITEM = (
    "items__pk",
    "items__title",
    "items__kind",
    "items__state",
    "items__voting_is_open",
    "items__plan_item__plan_id",
    "items__decision__outcome",
)


def _item(row: dict) -> ItemFacts:
    return ItemFacts(
        pk=row["items__pk"],
        title=row["items__title"],
        kind=row["items__kind"],
        state=row["items__state"],
        voting_is_open=row["items__voting_is_open"],
        acted=row["acted"],
        plan=row["items__plan_item__plan_id"],
        decided=row["items__decision__outcome"] is not None,
    )


def _meeting(standing: Standing, here: Organisation, row: dict) -> MeetingFacts:
    parts = {part for seat in standing.seats if seat.board == row["board_id"] for part in parts_of_seat(seat)}
    parts = (parts - {Part.ACTING_CHAIR}) | (standing.parts_at(here) & AT_MEETINGS)
    if row["acting_chair_id"] == standing.person:
        parts.add(Part.ACTING_CHAIR)
    return MeetingFacts(
        pk=row["pk"],
        day=row["day"],
        state=row["state"],
        at=row["time"],
        place=row["place"],
        board=row["board_id"],
        board_name=row["board__name"],
        is_full=row["board__kind"] == "full board",
        notice_days=row["board__notice_days"],
        papers_sent_on=row["papers_sent_on"],
        urgency_reason=row["urgency_reason"],
        minutes_signed_on=row["minutes_signed_on"],
        is_there=row["is_there"],
        is_written=row["form"] == Meeting.Form.WRITTEN,
        parts=frozenset(parts),
        items=tuple(row["items"].values()),
    )


def _day(row: dict) -> MeetingFacts:
    """Nothing but when it is."""
    return MeetingFacts(
        pk=row["pk"],
        day=row["day"],
        state=row["state"],
        board=row["board_id"],
        is_full=row["board__kind"] == "full board",
        notice_days=row["board__notice_days"],
    )
