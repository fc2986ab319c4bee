"""Questions that are asked at an item of a meeting: the clerk records them for whoever asks, as they are asked."""

from datetime import date

from foundation import clock
from foundation.errors import Conflict
from foundation.operations import operation
from governance import kinds, years
from governance.follow_ups import why_not_recorded
from governance.models import AgendaItem, Attendance, Person, User
from governance.wording import near_day
from sip import asking
from sip.models import Answer, Objective, Plan, PlanItem, Question
from sip.permissions import P

MOST = 40  # of one item


@operation(P.RECORD_QUESTION)
def record_question(
    item: AgendaItem,
    *,
    asker: Person,
    text: str,
    to: Person | None = None,
    objective: Objective | None = None,
    answer: str = "",
    due_on: date | None = None,
    by: User,
) -> Question:
    """Record what a member asked leaders at the item; with `answer`, also what they were told at once. Who is asked,
    and was not there to answer, hears of it by mail."""
    plan = plan_at(item)
    if why := why_no_question(item, plan):
        raise Conflict(why)
    if asker.pk not in {person.pk for person in askers(item)}:
        raise Conflict(f"{asker} is not recorded as a member who is present. Questions are recorded of those who are.")
    if objective and objective.plan_id != plan.pk:
        raise Conflict("That objective is not one of this plan.")
    to = to or asking.whom_to_ask(plan, objective, asker=asker)
    if to == asker:
        raise Conflict(f"{asker} cannot ask themselves. Choose who is to answer.")
    _not_twice(item, asker, text)
    about = str(objective) if objective else ""
    words = {"objective": objective, "about": about, "text": text, "to": to, "due_on": due_on}
    question = asking.put_down(plan, asker=asker, asked_in=item, **words)
    if answer:
        _answered_at_once(question, answer)
    else:
        asking.tell_of(question, by=by)
    return question


def _not_twice(item: AgendaItem, asker: Person, text: str) -> None:
    if item.questions_asked.filter(asked_by=asker, text__iexact=text).exists():
        raise Conflict(f"That question of {asker} is recorded already.")
    if item.questions_asked.count() >= MOST:
        raise Conflict(f"At one item {MOST} questions can be recorded.")


def _answered_at_once(question: Question, text: str) -> None:
    """The board's side closes it all the same, when it is content."""
    if question.to is None:
        raise Conflict("Say who answered.")
    question.advance(to=Question.State.ANSWERED)
    Answer.objects.create(question=question, text=text, by=question.to, at=clock.now())


# ---------------------------------------------------------------- who, and about what


def plan_at(item: AgendaItem) -> Plan | None:
    """The plan that an item is about; else the one, of the year of the meeting, of the organisation it is about."""
    if row := PlanItem.objects.filter(item=item).select_related("plan__organisation").first():
        return row.plan
    year = years.year_of(item.meeting.day)
    return Plan.objects.filter(organisation=kinds.of(item).whose(item), year=year).first()


def why_no_question(item: AgendaItem, plan: Plan | None) -> str:
    """Why no question can be recorded at the item, as a sentence; empty where one can."""
    if why := why_not_recorded(item.meeting):
        return why
    if item.is_confidential:
        return "The item is in part II: what is asked there stands in its minutes alone."
    if plan is None:
        return "There is no plan of this year yet that a question could be about."
    if plan.state == Plan.State.CLOSED:
        return "The plan is closed: there is nobody left to answer."
    return ""


def askers(item: AgendaItem) -> list[Person]:
    """The members who are at the meeting, by name: with or without a vote, and not gone for this item."""
    meeting, gone = item.meeting, set(item.withdrawals.values_list("person", flat=True))
    came = meeting.attendances.filter(how__in=(Attendance.How.PRESENT, Attendance.How.REMOTE))
    seats = meeting.board.seats.on(meeting.day).filter(person__in=came.values("person")).select_related("person")
    found = {seat.person_id: seat.person for seat in seats if seat.person_id not in gone}
    return sorted(found.values(), key=lambda person: person.name)


def answerers(plan: Plan) -> list[Person]:
    """Leaders, and whoever leads an objective of the plan."""
    leads = set(plan.objectives.exclude(lead=None).values_list("lead", flat=True))
    return list(asking.who_can_answer(plan, leads))


# ---------------------------------------------------------------- to read


def asked_at(item: AgendaItem, user: User) -> list[Question]:
    """What was asked at the item, as far as this person may read it, in the order in which it was asked."""
    seen = Question.objects.visible_to(user).filter(asked_in=item)
    return list(seen.select_related("asked_by", "to").prefetch_related("answers__by"))


def minuted(items: list[AgendaItem], user: User) -> dict[int, list[tuple[str, str]]]:
    """Question and answer for the minutes, by item, in the same number of queries for every number of items."""
    seen = Question.objects.visible_to(user).filter(asked_in__in=items, needs_answer=True)
    told: dict[int, list[tuple[str, str]]] = {}
    for question in seen.select_related("asked_by", "to").prefetch_related("answers__by"):
        told.setdefault(question.asked_in_id, []).append(as_minuted(question))
    return told


def as_minuted(question: Question) -> tuple[str, str]:
    """ "How many …? (Imran Sadiq)", "Nine. (Tom Ashworth)"; while it waits, who is to answer by when."""
    answers = " ".join(f"{one.text} ({one.by})" for one in question.answers.all())
    if not answers and question.due_on:
        answers = f"{question.to or 'The headteacher'} will answer by {near_day(question.due_on)}."
    return f"{question.text} ({question.asked_by})", answers


kinds.join_asked(minuted)
