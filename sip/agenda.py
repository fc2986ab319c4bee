"""What the page of an item shows beside the people: subject, questions, papers, decision; and what can be put on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

from foundation import clock
from foundation.errors import Conflict
from foundation.permissions import may, why_not
from governance import meetings
from governance.deciding import put_strategy
from governance.minutes import how_decided
from governance.models import AgendaItem, Decision, Meeting, Person, Strategy, User
from governance.permissions import P as G
from governance.room import Room, room_of
from governance.wording import full_day, near_day, weekday
from sip import deciding
from sip.models import Plan, PlanItem, Question, Version
from sip.permissions import P

_WAITING = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)

# ---------------------------------------------------------------- what can be put on an agenda


@dataclass(frozen=True)
class Ready:
    """Something that waits for a decision of this board: how it is named, and the deed that puts it on."""

    title: str
    says: str
    put: Callable


def ready_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """What the board of this meeting could decide on now, and no coming agenda has: strategy, objectives, plan."""
    found: dict[str, Ready] = {}
    organisations = meeting.board.organisations.all()
    drafts = Strategy.objects.visible_to(user).filter(state=Strategy.State.DRAFT, organisation__in=organisations)
    for strategy in drafts.exclude(items__state__in=_WAITING):
        found[f"strategy-{strategy.pk}"] = Ready(
            strategy.title, "A strategy to adopt", _put_strategy(meeting, strategy)
        )
    put = PlanItem.objects.filter(item__state__in=_WAITING)
    states = (Plan.State.OBJECTIVES, Plan.State.WITH_THE_BOARD)
    for plan in Plan.objects.visible_to(user).filter(state__in=states).select_related("organisation"):
        kind = "objectives" if plan.state == Plan.State.OBJECTIVES else "plan"
        if deciding.board_for(plan, kind) != meeting.board or put.filter(plan=plan, item__kind=kind).exists():
            continue
        if row := _ready_plan(meeting, plan, kind):
            found[f"{kind}-{plan.pk}"] = row
    return found


def _ready_plan(meeting: Meeting, plan: Plan, kind: str) -> Ready | None:
    if kind == "plan":
        version = plan.latest_version
        day = near_day(clock.in_london(version.frozen_at).date())
        says = f"{plan.organisation}: with the board since {day}, version {version.number}"
        return Ready(str(plan), says, _put_plan(meeting, plan, deciding.put_plan))
    if not plan.objectives.exists():
        return None
    title = f"Objectives for {plan.year_in_words}"
    return Ready(
        title, f"{plan.organisation}: for the board to agree", _put_plan(meeting, plan, deciding.put_objectives)
    )


def _put_strategy(meeting: Meeting, strategy: Strategy) -> Callable:
    def put(*, by: User, **words) -> AgendaItem:
        return _worded(put_strategy(strategy, meeting=meeting, by=by), words, by)

    return put


def _put_plan(meeting: Meeting, plan: Plan, operation: Callable) -> Callable:
    def put(*, by: User, **words) -> AgendaItem:
        return _worded(operation(plan, meeting=meeting, by=by).item, words, by)

    return put


def _worded(item: AgendaItem, words: dict, by: User) -> AgendaItem:
    """With the clerk's own words where there are any; what was left empty keeps the usual ones."""
    given = {name: words.get(name) or getattr(item, name) for name in ("title", "note", "resolution")}
    if any(words.get(name) for name in given):
        meetings.change_item(item, by=by, **given)
    return item


# ---------------------------------------------------------------- the item's page


@dataclass(frozen=True)
class Paper:
    """A paper of the item: what it is, what of it, where."""

    label: str
    says: str
    url: str


@dataclass
class ItemPage:
    """An item as one person sees it."""

    room: Room
    place: str
    status: str
    resolution: str
    decision: Decision | None
    how: str
    is_open: bool
    may_open: bool
    may_run: bool
    may_correct: bool
    may_confirm: bool
    who_runs: str
    says_quorum: bool = False
    notice: str = ""
    version: Version | None = None
    subject: tuple[str, str] | None = None
    objectives: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    conditions: list = field(default_factory=list)
    corrections: list = field(default_factory=list)


def item_page(item: AgendaItem, user: User) -> ItemPage:
    """Read it for one person."""
    room = room_of(item, user)
    decision = getattr(item, "decision", None)
    undecided = item.state != AgendaItem.State.CLOSED
    page = ItemPage(
        room=room,
        place=f"item {item.position} of {item.meeting.items.count()}",
        status=_status(item, decision, room),
        resolution=decision.resolution if decision else deciding.resolution_of(item),
        decision=decision,
        how=how_decided(decision) if decision else "",
        is_open=item.state == AgendaItem.State.OPEN,
        may_open=undecided and item.meeting.state == "planned" and may(user, G.OPEN_ITEM, item),
        may_run=undecided and may(user, G.RUN_MEETING, item),
        may_correct=bool(decision and decision.can_be_corrected and may(user, G.CORRECT_DECISION, item)),
        may_confirm=bool(decision and may(user, G.CONFIRM_CONDITION, item)),
        who_runs=why_not(G.RUN_MEETING),
        says_quorum=undecided and room.has_begun,
    )
    if decision:
        page.conditions = list(decision.conditions.select_related("owner"))
        page.corrections = list(decision.corrections.select_related("by"))
    _about_subject(page, item, user)
    return page


def _about_subject(page: ItemPage, item: AgendaItem, user: User) -> None:
    row = PlanItem.objects.filter(item=item).select_related("plan__organisation", "version").first()
    if item.strategy_id:
        page.subject = ("The strategy", reverse("strategy", args=[item.strategy.organisation.slug]))
    if row is None:
        return
    plan = row.plan
    if not Plan.objects.visible_to(user).filter(pk=plan.pk).exists():
        return
    page.subject = ("Read the plan", reverse("plan", args=[plan.organisation.slug, plan.year]))
    page.questions = _questions(plan, user)
    if item.kind == AgendaItem.Kind.OBJECTIVES and may(user, P.READ_OBJECTIVES, plan):
        page.subject = ("The objectives, whole", reverse("objectives", args=[plan.pk]))
        page.objectives = list(plan.objectives.select_related("priority", "lead"))
        return
    page.version = row.version
    page.papers = _papers(row.version, user)
    if page.decision is None:
        page.notice = deciding.why_not_decided(row, plan) or _late_version(item.meeting, row.version)


def _questions(plan: Plan, user: User) -> list[Question]:
    asked = Question.objects.visible_to(user).filter(plan=plan).open()
    return list(asked.select_related("asked_by", "to")[:12])


def _papers(version: Version, user: User) -> list[Paper]:
    """The documents of the version, the newest first, and the version itself on its own page."""
    found = _being_made(version, user) + [
        Paper(
            f"The plan, version {version.number}, {document.get_stage_display()}",
            f"PDF, {document.pages} pages, made {_moment(document.made_at)}",
            reverse("document", args=[document.pk]),
        )
        for document in version.documents.defer("content").order_by("-pk")
    ]
    if Version.objects.visible_to(user).filter(pk=version.pk).exists():
        frozen = f"As it was frozen on {full_day(clock.in_london(version.frozen_at).date())}"
        found.append(Paper(f"Version {version.number}", frozen, reverse("version", args=[version.pk])))
    return found


def _being_made(version: Version, user: User) -> list[Paper]:
    """A document that waits for its maker, with the page that shows how far it is."""
    waiting = version.jobs.filter(document=None).order_by("-pk").first()
    if waiting is None:
        return []
    label = f"The plan, version {version.number}, {waiting.get_stage_display()}"
    return [Paper(label, f"PDF, {waiting.get_state_display()}", reverse("document_job", args=[waiting.pk]))]


def _late_version(meeting: Meeting, version: Version) -> str:
    """Papers go out in time, or the page says that they are late."""
    day = clock.in_london(version.frozen_at).date()
    if day <= meeting.papers_due_on:
        return ""
    due = weekday(meeting.papers_due_on)
    return f"Version {version.number} was submitted on {weekday(day)}; papers had to be out by {due}."


def _moment(moment) -> str:
    local = clock.in_london(moment)
    return f"{near_day(local.date())} at {local:%H:%M}"


def _status(item: AgendaItem, decision: Decision | None, room: Room) -> str:
    if decision:
        minute = f" ({decision.minute_reference})" if decision.minute_reference else ""
        return f"{decision.get_outcome_display()} on {full_day(decision.decided_on)}{minute}."
    if item.state == AgendaItem.State.CLOSED:
        return "Discussed; no decision was taken."
    if not room.has_begun:
        return f"The board comes to it on {weekday(item.meeting.day)}."
    return room.quorum.sentence


def decision_of(item: AgendaItem) -> Decision:
    """The item's decision; without one there is nothing to correct or confirm."""
    decision = getattr(item, "decision", None)
    if decision is None:
        raise Conflict("The board has not decided on this item yet.")
    return decision


def owners(item: AgendaItem) -> list[Person]:
    """Who can answer for a condition: everyone of the plan's organisation today, and of the board's."""
    row = PlanItem.objects.filter(item=item).select_related("plan__organisation").first()
    here = item.here
    people = {person.pk: person for person in Person.objects.on_hand(here)}
    if row and row.plan.organisation != here:
        people |= {person.pk: person for person in Person.objects.on_hand(row.plan.organisation)}
    return sorted(people.values(), key=lambda person: person.name)
