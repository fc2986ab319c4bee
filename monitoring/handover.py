"""A handover pack: what a new chair, headteacher, link governor or clerk needs on their first day, on one dated page.

Made by oneself, or by clerk, chair or headteacher for a successor. It holds what both may read: nothing leaves through
it that its reader, or whoever makes it, could not have opened on its own page.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse

from foundation import clock
from governance.models import Decision, Meeting, Organisation, Person, Role, Seat, User
from governance.permissions import Part
from governance.wording import near_day, weekday
from monitoring import overview, reading, starting
from monitoring.cycle import Step, steps
from monitoring.duties.row import Row
from monitoring.fetching import facts_of
from monitoring.models import Review
from monitoring.starting import Holder
from monitoring.wording import counted, cut
from sip.models import Objective, Plan, Question

_REVIEWS, _DECISIONS, _QUESTIONS, _MEETINGS, _STEPS = 2, 8, 15, 6, 6
_TAKE_OVER = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.TRUST_LEADER, Role.Kind.CLERK)


@dataclass(slots=True)
class OfObjective:
    """An objective: whose it is, and how it was rated in each of the reviews that the pack holds."""

    number: str
    title: str
    aim: str
    lead: str
    monitor: str
    url: str
    is_mine: bool
    marks: list[tuple[str, str, str]] = field(default_factory=list)  # review, mark, its word


@dataclass(slots=True)
class Told:
    """Words, quieter ones behind them, where they lead."""

    words: str
    soft: str
    url: str = ""


@dataclass(slots=True)
class Pack:
    """The whole page."""

    person: Person
    organisation: Organisation
    day: date
    is_own: bool
    is_for: str  # "chair", "headteacher", "link governor for early reading"
    seats: list[str]
    plan: str
    plan_url: str
    objectives: list[OfObjective]
    reviews: list[Told]
    questions: list[Told]
    duties: list[Row]
    steps: list[Step]
    meetings: list[Told]
    decisions: list[Told]
    who: list[Holder]

    @property
    def mine(self) -> list[OfObjective]:
        """Those they lead, help with or monitor; of a chair, headteacher or clerk without any: all of them."""
        return [one for one in self.objectives if one.is_mine] or self.objectives

    @property
    def others(self) -> list[OfObjective]:
        return [one for one in self.objectives if one not in self.mine]


def successors(organisation: Organisation) -> list[Person]:
    """Whom a pack can be made for: everyone who sits on a board here today, leads, or clerks."""
    today = clock.today()
    roles = Role.objects.on(today).filter(organisation=organisation, kind__in=_TAKE_OVER).values("person")
    seats = organisation.seats().on(today).values("person")
    return list(Person.objects.filter(Q(pk__in=roles) | Q(pk__in=seats)).order_by("name"))


def of(organisation: Organisation, person: Person, *, by: User) -> Pack:
    """The pack of one person, as `by` may make it."""
    reader = by if by.person_id == person.pk else _as_reader(person)
    facts = facts_of(reader, [organisation])[organisation.pk]
    plan = _both(Plan.objects.visible_to(reader), Plan.objects.visible_to(by)).current(organisation)
    reviews = _reviews(plan, reader, by) if plan else []
    return Pack(
        person=person,
        organisation=organisation,
        day=clock.today(),
        is_own=reader is by,
        is_for=_office(organisation, reader),
        seats=starting.seats_of(reader, organisation),
        plan=f"{overview.plan_sentence(facts, facts.current)}." if plan else "",
        plan_url=reverse("plan", args=[organisation.slug, plan.year]) if plan else "",
        objectives=_objectives(plan, reviews, reader, by) if plan else [],
        reviews=[_review(one) for one in reviews],
        questions=_questions(plan, reader, by) if plan else [],
        duties=overview.yours(facts) if reader is by else [],
        steps=[step for step in steps(facts) if step.state != "done"][:_STEPS],
        meetings=_meetings(organisation, reader, by),
        decisions=_decisions(organisation, reader, by),
        who=starting.who_is_who(reader, organisation),
    )


def _as_reader(person: Person) -> User:
    """The sign-in of the person; of somebody without one, what they could see if they had it."""
    return User.objects.filter(person=person).first() or User(person=person)


def _both(one, other):
    return one.filter(pk__in=other.values("pk"))


def _office(organisation: Organisation, reader: User) -> str:
    """What they are here, the weightiest first."""
    parts = organisation.parts_of(reader)
    for part, word in ((Part.CHAIR, "chair"), (Part.HEADTEACHER, ""), (Part.VICE_CHAIR, "vice chair")):
        if part in parts:
            return word or ("trust leader" if organisation.is_trust else "headteacher")
    seats = Seat.objects.on(clock.today()).filter(person=reader.person_id, board__organisations=organisation)
    if seat := seats.order_by("-link", "pk").first():
        return seat.in_words
    return "clerk" if Part.CLERK in parts else "senior leader" if Part.SENIOR_LEADER in parts else ""


# ---------------------------------------------------------------- objectives, reviews, questions


def _objectives(plan: Plan, reviews: list[Review], reader: User, by: User) -> list[OfObjective]:
    seen = _both(Objective.objects.visible_to(reader), Objective.objects.visible_to(by)).filter(plan=plan)
    people = ("lead", "monitor_seat__person", "monitor_board")
    rows = list(seen.select_related(*people).prefetch_related("team").order_by("position", "pk"))
    marks = [(review.point.name, _marks(review, reader)) for review in reviews]
    return [_objective(row, plan.words.numbered(row.position), marks, reader) for row in rows]


def _marks(review: Review, reader: User) -> dict[int, tuple[str, str]]:
    return {row.id: (row.mark, row.word) for row in reading.read(review, reader).objectives}


def _objective(row: Objective, number: str, marks: list, reader: User) -> OfObjective:
    person = reader.person_id
    monitor = row.monitor
    on_board = bool(row.monitor_board_id and row.monitor_board_id in reader.standing.board_ids)
    watches = on_board or bool(row.monitor_seat_id and row.monitor_seat_id in reader.standing.seat_ids)
    named = f"{monitor.person.name}, {monitor.in_words}" if isinstance(monitor, Seat) else str(monitor or "")
    return OfObjective(
        number=number,
        title=row.title,
        aim=f"by {row.by_when:%B %Y}" if row.by_when else "",
        lead=row.lead.name if row.lead else "",
        monitor=named,
        url=reverse("objective", args=[row.pk]),
        is_mine=watches or row.lead_id == person or any(one.pk == person for one in row.team.all()),
        marks=[(name, *found[row.pk]) for name, found in marks if found.get(row.pk, ("",))[0]],
    )


def _reviews(plan: Plan, reader: User, by: User) -> list[Review]:
    """The last two that governors have, of this plan and of last year's."""
    seen = _both(Review.objects.to_read(reader), Review.objects.visible_to(by)).exclude(state=Review.State.OPEN)
    rows = seen.filter(plan__organisation=plan.organisation_id, plan__year__gte=plan.year - 1)
    return list(rows.order_by("-plan__year", "-opened_on", "-pk")[:_REVIEWS])


def _review(review: Review) -> Told:
    sent = near_day(clock.in_london(review.sent_at).date())
    said = f"{review.get_state_display()}, sent on {sent}"
    return Told(str(review), said, reverse("review", args=[review.pk]))


def _questions(plan: Plan, reader: User, by: User) -> list[Told]:
    """Open ones: first due first."""
    seen = _both(Question.objects.visible_to(reader), Question.objects.visible_to(by)).filter(plan=plan)
    rows = list(seen.open().select_related("asked_by", "to")[: _QUESTIONS + 1])
    told = [
        Told(
            cut(one.text, 140),
            f"{one.asked_by} asked{f' {one.to}' if one.to else ''}; {one.where_it_stands}",
            reverse("question", args=[one.pk]),
        )
        for one in rows[:_QUESTIONS]
    ]
    if len(rows) > _QUESTIONS:
        told.append(Told("And more open questions.", "", f"{reverse('questions', args=[plan.pk])}?show=open"))
    return told


# ---------------------------------------------------------------- meetings, decisions


def _meetings(organisation: Organisation, reader: User, by: User) -> list[Told]:
    seen = _both(Meeting.objects.visible_to(reader), Meeting.objects.visible_to(by))
    rows = seen.filter(board__organisations=organisation, day__gte=clock.today()).coming().select_related("board")
    return [
        Told(
            str(one.board),
            f"{weekday(one.day)}, {one.time:%H:%M}{f', {one.place}' if one.place else ''}",
            reverse("meeting", args=[one.pk]),
        )
        for one in rows[:_MEETINGS]
    ]


def _decisions(organisation: Organisation, reader: User, by: User) -> list[Told]:
    """The last ones of the boards that serve it, newest first; what is confidential stays on its own page."""
    seen = _both(Meeting.objects.visible_to(reader), Meeting.objects.visible_to(by))
    rows = Decision.objects.filter(item__meeting__in=seen.values("pk"), item__is_confidential=False)
    rows = rows.filter(item__meeting__board__organisations=organisation).select_related("item__meeting__board")
    return [
        Told(
            f"{one.item.title}: {one.get_outcome_display().lower()}",
            f"{one.item.meeting.board}, {near_day(one.decided_on)} {one.decided_on.year}"
            + (f", {one.minute_reference}" if one.minute_reference else ""),
            reverse("item", args=[one.item_id]),
        )
        for one in rows.order_by("-decided_on", "-pk")[:_DECISIONS]
    ]


def says_of(pack: Pack) -> str:
    """The sentence under its head: for whom, as what, of which day."""
    office = f", {pack.is_for}" if pack.is_for else ""
    day = f"{near_day(pack.day)} {pack.day.year}"
    mine = sum(one.is_mine for one in pack.objectives)
    names = f" {counted(mine, 'objective').capitalize()} {'is' if mine == 1 else 'are'} theirs to lead or to monitor."
    return f"For {pack.person}{office}. As things stood on {day}.{names if mine and not pack.is_own else ''}"
