"""Five minutes before the meeting: what is asked of one person, what changed since they last looked, three questions.

Made of what stands in the plan, its versions, answers, conditions and reviews; nothing is worded by chance.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Max
from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance import agenda, kinds
from governance.models import Condition, Meeting
from governance.permissions import P as G
from governance.permissions import Part
from governance.wording import near_day, weekday
from monitoring.models import Review, ReviewItem
from monitoring.wording import counted, cut
from sip import differing, editions, question_bank, reading, sounding
from sip.models import Look, Plan, PlanItem, Question, Version
from sip.permissions import P
from sip.versions import blocks_of

_SHOWN = 4  # answers, conditions that are named


@dataclass(slots=True)
class Line:
    """One thing: its words, quieter ones behind, perhaps where it leads, whether it is done."""

    words: str
    soft: str = ""
    url: str = ""
    is_done: bool = False


@dataclass(slots=True)
class Item:
    """An item of the agenda: what is asked on it, and of this person."""

    title: str
    asks: str
    url: str
    mine: list[Line] = field(default_factory=list)
    resolution: str = ""  # what is put to the board, where that is the plan
    stands: str = ""  # how members stand, to the board's side


@dataclass(slots=True)
class FiveMinutes:
    """The page."""

    meeting: Meeting
    status: str
    papers: str
    role: str
    items: list[Item]
    since: str
    changed: list[Line]
    questions: list[question_bank.Good]
    may_ask: bool
    plan: Plan | None


def of(meeting: Meeting, user) -> FiveMinutes:
    """For one person who may see the meeting."""
    page = agenda.page_of(meeting, user)
    plan_items = {row.item_id: row for row in _plan_items(meeting, user)}
    plan = _plan(meeting, user, plan_items)
    read = reading.read(plan, user) if plan else None
    reviews = {row.item_id: row.review for row in _review_items(meeting, user)}
    items = [_item(line, plan_items.get(line.item.pk), reviews.get(line.item.pk), plan, user) for line in page.lines]
    asks_url = reverse("ask", args=[plan.pk]) if plan else ""
    situation = question_bank.situation_of(plan, read) if plan else ""
    last = _last_look(plan, meeting, user) if plan else None
    return FiveMinutes(
        meeting=meeting,
        status=page.status,
        papers=page.papers,
        role=_role(meeting, user),
        items=items,
        since=_since(last),
        changed=_changed(plan, last, user) if plan else [],
        questions=question_bank.good(read, situation, asks_url) if plan and read.objectives else [],
        may_ask=bool(plan) and may(user, P.ASK, plan) and plan.state != Plan.State.CLOSED,
        plan=plan,
    )


def _plan_items(meeting: Meeting, user):
    rows = PlanItem.objects.filter(item__meeting=meeting, plan__in=Plan.objects.visible_to(user).values("pk"))
    return rows.select_related("item", "version").defer("version__content")


def _review_items(meeting: Meeting, user):
    seen = Review.objects.visible_to(user).values("pk")
    return ReviewItem.objects.filter(item__meeting=meeting, review__in=seen).select_related("review")


def _plan(meeting: Meeting, user, plan_items: dict[int, PlanItem]) -> Plan | None:
    """The plan on the agenda; of a review on it that plan; else the one that the board's organisation is at now."""
    seen = Plan.objects.to_read(user)
    if row := next(iter(plan_items.values()), None):
        return seen.get(pk=row.plan_id)
    reviews = Review.objects.visible_to(user).filter(items__item__meeting=meeting).values_list("plan", flat=True)
    if key := reviews.first():
        return seen.get(pk=key)
    current = Plan.objects.visible_to(user).current(meeting.here)
    return seen.get(pk=current.pk) if current else None


# ---------------------------------------------------------------- what is asked


def _role(meeting: Meeting, user) -> str:
    """What this person is at the meeting, in a sentence."""
    parts = meeting.parts_of(user)
    if may(user, G.RUN_MEETING, meeting):
        return "You clerk this meeting and record what it decides."
    chairs = bool(parts & {Part.CHAIR, Part.ACTING_CHAIR})
    if user.standing.board_ids & {meeting.board_id}:
        mine = [seat for seat in user.standing.seats if seat.board == meeting.board_id]
        if any(seat.votes for seat in mine):
            return "You chair this meeting, and have a vote." if chairs else "You have a vote at this meeting."
        return "You take part without a vote."
    if parts & {Part.HEADTEACHER, Part.SENIOR_LEADER}:
        return "You attend, and answer for the plan; you have no vote."
    return "You may read its papers; you do not sit on this board."


def _item(line: agenda.Line, row: PlanItem | None, review: Review | None, plan: Plan | None, user) -> Item:
    item = Item(line.item.title, line.says or line.asks, reverse("item", args=[line.item.pk]))
    if row and plan and row.plan_id == plan.pk and line.item.kind == "plan" and line.decision is None:
        before = sounding.before(plan, row.version, user) if row.version else None
        item.mine, item.resolution = _of_the_plan(plan, before, user), kinds.resolution_of(line.item)
        item.stands = _stands(before)
    elif review and line.decision is None:
        item.mine = [Line(f"Read the {review.point.word} review.", url=reverse("review", args=[review.pk]))]
    return item


def _stands(before: sounding.Before | None) -> str:
    if before is None or before.stands is None:
        return ""
    return f"So far: {', '.join(f'{stand.count} {stand.label}' for stand in before.stands)}. Soundings, not votes."


def _of_the_plan(plan: Plan, before: sounding.Before | None, user) -> list[Line]:
    """To read it, to say where one stands, to look at answers; to answer, for leaders."""
    leads, found = may(user, P.DRAFT_PLAN, plan), []
    url = reverse("plan", args=[plan.organisation.slug, plan.year])
    if before and before.may_say_read and not leads:
        read = before.i_read or f"Version {before.version.number}. {before.read}"
        found.append(Line("Read the plan.", read, url, is_done=bool(before.i_read)))
    if before and before.may_sound and not before.closed:
        mine = before.mine
        stands = f"You said: {mine.get_stand_display()}." if mine else "Not a vote; changeable until then."
        to = reverse("stand", args=[before.version.pk])
        found.append(Line("Say where you stand.", stands, to, is_done=bool(mine)))
    return found + _of_questions(plan, leads, user)


def _of_questions(plan: Plan, leads: bool, user) -> list[Line]:
    seen = Question.objects.visible_to(user).filter(plan=plan)
    if leads:
        many = seen.open().count()
        shelf = f"{reverse('questions', args=[plan.pk])}?show=open"
        return [Line(f"Answer {counted(many, 'open question')}.", url=shelf)] if many else []
    told = seen.filter(state=Question.State.ANSWERED, asked_by=user.person_id).order_by("pk")
    return [
        Line("Look at the answer to your question.", f"“{cut(one.text, 80)}”", reverse("question", args=[one.pk]))
        for one in told[:_SHOWN]
    ]


# ---------------------------------------------------------------- what changed


@dataclass(slots=True)
class Last:
    """When this person last looked, by what that is known, and at which version."""

    at: datetime
    says: str
    version: int | None = None


def _last_look(plan: Plan, meeting: Meeting, user) -> Last | None:
    """When they said last that they had read the plan; else the board's last meeting."""
    look = Look.objects.filter(version__plan=plan, person=user.person_id).order_by("-read_at").first()
    if look:
        day = clock.in_london(look.read_at).date()
        return Last(look.read_at, f"you read the plan on {near_day(day)}", look.version_id)
    held = Meeting.objects.filter(board=meeting.board_id, state=Meeting.State.HELD, day__lt=meeting.day)
    last = held.aggregate(last=Max("day"))["last"]
    return Last(clock.local(last, time(23, 59)), f"the board’s meeting of {near_day(last)}") if last else None


def _since(last: Last | None) -> str:
    return f"Since {last.says}" if last else "So far"


def _changed(plan: Plan, last: Last | None, user) -> list[Line]:
    since = last.at if last else clock.local(date(plan.year, 1, 1))
    return [
        *_new_version(plan, last, since, user),
        *_answered(plan, since, user),
        *_conditions(plan, since),
        *_reviews(plan, since, user),
    ]


def _new_version(plan: Plan, last: Last | None, since: datetime, user) -> list[Line]:
    """A version that came since, and how much of it differs from the one before, or from the one that was read."""
    versions = list(Version.objects.visible_to(user).filter(plan=plan).order_by("number"))
    if not versions or versions[-1].frozen_at <= since or (last and versions[-1].pk == last.version):
        return []
    new, earlier = versions[-1], versions[:-1]
    day = near_day(clock.in_london(new.frozen_at).date())
    if not earlier:
        url = reverse("plan", args=[plan.organisation.slug, plan.year])
        return [Line("The plan came before the board.", f"Version {new.number}, on {day}.", url)]
    old = next((one for one in earlier if last and one.pk == last.version), earlier[-1])
    edition = editions.edition_for(user, plan)
    found = differing.between(*(editions.kept(blocks_of(one), edition) for one in (old, new)))
    url = f"{reverse('compare', args=[plan.pk])}?from={old.pk}&to={new.pk}"
    return [Line(f"Version {new.number} came on {day}.", _how_much(found, old.number), url)]


def _how_much(found: differing.Difference, number: int) -> str:
    kinds = (("added", "added"), ("removed", "taken out"), ("changed", "changed"), ("moved", "moved"))
    said = [f"{counted(many, 'row')} {word}" for kind, word in kinds if (many := found.count(kind))]
    if found.targets:
        said.append(f"{counted(len(found.targets), 'target or date', 'targets and dates')} moved")
    return f"Beside version {number}: {', '.join(said)}." if said else f"It says the same as version {number}."


def _answered(plan: Plan, since: datetime, user) -> list[Line]:
    seen = Question.objects.visible_to(user).filter(plan=plan, answers__at__gt=since)
    rows = list(seen.annotate(last=Max("answers__at")).order_by("-last")[: _SHOWN + 1])
    told = [Line(f"Answered: “{cut(one.text, 90)}”", url=reverse("question", args=[one.pk])) for one in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        told.append(Line("And more answers.", url=f"{reverse('questions', args=[plan.pk])}?show=answered"))
    return told


def _conditions(plan: Plan, since: datetime) -> list[Line]:
    day = clock.in_london(since).date()
    rows = Condition.objects.filter(decision__item__plan_item__plan=plan, met_on__gte=day).order_by("met_on")
    met = "A condition of the approval is met."
    return [Line(met, f"{cut(one.text, 90)} ({near_day(one.met_on)})") for one in rows]


def _reviews(plan: Plan, since: datetime, user) -> list[Line]:
    rows = Review.objects.visible_to(user).filter(plan=plan, sent_at__gt=since).exclude(state=Review.State.OPEN)
    return [
        Line(
            f"The {one.point.word} review went to governors.",
            f"On {weekday(clock.in_london(one.sent_at).date())}.",
            reverse("review", args=[one.pk]),
        )
        for one in rows.order_by("sent_at")
    ]
