"""Questions and notes to leaders: asked, answered, closed or asked again by the board, never by who answered."""

from datetime import date, timedelta

from django.db.models import Count, Q

from foundation import clock, outbox
from foundation.errors import Conflict
from foundation.operations import operation
from governance import bank_holidays
from governance.models import AgendaItem, Person, Priority, Role, User
from sip.models import (
    Action,
    Answer,
    AskedAgain,
    Milestone,
    Objective,
    Plan,
    PlanItem,
    Question,
    SuccessCriterion,
    Target,
)
from sip.models.questions import SHELVES
from sip.permissions import P

DAYS_TO_ANSWER = 10  # school days, unless the meeting comes sooner


@operation(P.ASK)
def ask(
    plan: Plan,
    *,
    text: str,
    needs_answer: bool,
    objective: Objective | None = None,
    action: Action | None = None,
    criterion: SuccessCriterion | None = None,
    milestone: Milestone | None = None,
    target: Target | None = None,
    priority: Priority | None = None,
    block: str = "",
    about: str = "",
    to: Person | None = None,
    due_on: date | None = None,
    by: User,
) -> Question:
    """Ask leaders about the plan or one part of it, or note something. Who is asked hears of it by mail."""
    part = action or criterion or milestone or target or priority or objective
    question = put_down(
        plan,
        asker=by.person,
        objective=objective or getattr(part, "objective", None),
        action=action,
        criterion=criterion,
        milestone=milestone,
        target=target,
        priority=priority,
        block=block,
        about=about or (str(part) if part else ""),
        text=text,
        needs_answer=needs_answer,
        to=to or whom_to_ask(plan, objective, asker=by.person),
        due_on=due_on,
    )
    tell_of(question, by=by)
    return question


def put_down(plan: Plan, *, asker: Person, needs_answer: bool = True, due_on: date | None = None, **words) -> Question:
    """Write a question down as somebody's. Within an operation, which says whose it is and tells who is asked."""
    if plan.state == Plan.State.CLOSED:
        raise Conflict("The plan is closed: there is nobody left to answer. Ask about this year's plan instead.")
    due_on = (due_on or due_by_default(plan)) if needs_answer else None
    words |= {"needs_answer": needs_answer, "due_on": due_on, "asked_by": asker, "asked_at": clock.now()}
    return Question.objects.create(plan=plan, **words)


def tell_of(question: Question, *, by: User) -> None:
    """Mail to whoever is asked. Within an operation."""
    for person in _who_hears(question):
        _tell(question, "question_asked", person, by=by)


@operation(P.ANSWER)
def answer(question: Question, *, text: str, by: User) -> Answer:
    """Answer a question. Who asked hears of it by mail."""
    question.advance(to=Question.State.ANSWERED)
    told = Answer.objects.create(question=question, text=text, by=by.person, at=clock.now())
    _tell(question, "question_answered", question.asked_by, by=by, mark=told.pk)
    return told


@operation(P.CLOSE_QUESTION)
def close_question(question: Question, *, by: User) -> Question:
    """The board is content with the answer."""
    question.advance(to=Question.State.CLOSED)
    question.closed_by, question.closed_at = by.person, clock.now()
    question.save(update_fields=["closed_by", "closed_at"])
    return question


@operation(P.CLOSE_QUESTION)
def ask_again(question: Question, *, text: str, due_on: date, by: User) -> Question:
    """The answer does not suffice: say what is still open, and by when it is to be answered."""
    question.advance(to=Question.State.ASKED)
    question.needs_answer, question.due_on = True, due_on
    question.save(update_fields=["needs_answer", "due_on"])
    again = AskedAgain.objects.create(question=question, text=text, by=by.person, at=clock.now())
    for person in _who_hears(question):
        _tell(question, "question_asked_again", person, by=by, mark=again.pk)
    return question


def shelves(seen, shown: str) -> list[dict]:
    """The ways of looking at a list of questions, each with its count."""
    counts = seen.order_by().aggregate(**{name: Count("pk", filter=which or None) for name, which in SHELVES.items()})
    return [{"name": name, "count": counts[name], "current": name == shown} for name in SHELVES]


def said_of(question: Question) -> str:
    """What whoever has asked is told."""
    if not question.needs_answer:
        return "Your note is left for leaders."
    due = f"{question.due_on.day} {question.due_on:%B}"
    return f"Your question is asked: {question.to} is to answer by {due}." if question.to else "Your question is asked."


def turns(question: Question) -> list:
    """What was told and what was asked again, in the order of time."""
    told = [*question.answers.select_related("by"), *question.asked_again.select_related("by")]
    return sorted(told, key=lambda turn: (turn.at, turn.pk))


def whom_to_ask(plan: Plan, objective: Objective | None, *, asker: Person) -> Person | None:
    """Who answers by default: the objective's lead, else the headteacher; nobody asks themselves."""
    if objective and objective.lead_id and objective.lead_id != asker.pk:
        return objective.lead
    return _heads(plan).exclude(pk=asker.pk).first()


def who_can_answer(plan: Plan, people: set[int]):
    """Leaders, and whoever leads an objective or owns an action in what the asker reads (their numbers)."""
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.SENIOR_LEADER, Role.Kind.BUSINESS_MANAGER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=plan.organisation_id)
    return Person.objects.filter(Q(roles__in=roles) | Q(pk__in=people)).distinct().order_by("name")


def due_by_default(plan: Plan) -> date:
    """The day before the meeting that decides on the plan; ten school days from today where that is sooner."""
    today = clock.today()
    due = school_days_after(today, DAYS_TO_ANSWER, holidays(plan))
    undecided = PlanItem.objects.filter(plan=plan, item__meeting__day__gt=today).exclude(
        item__state=AgendaItem.State.CLOSED
    )
    day = undecided.order_by("item__meeting__day").values_list("item__meeting__day", flat=True).first()
    return min(due, day - timedelta(days=1)) if day else due


def school_days_after(day: date, count: int, holidays: list[tuple[date, date]]) -> date:
    """The school day that comes so many school days after a day: no weekends, no days within the holidays given."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and not any(first <= day <= last for first, last in holidays):
            count -= 1
    return day


def holidays(plan: Plan) -> list[tuple[date, date]]:
    """Half-terms, what lies between the terms of the plan's year, and the bank holidays within them."""
    terms = sorted(plan.organisation.terms_of(plan.year), key=lambda term: term.starts)
    between = [
        (before.ends + timedelta(days=1), after.starts - timedelta(days=1))
        for before, after in zip(terms, terms[1:], strict=False)
    ]
    bank = [(day, day) for year in (plan.year, plan.year + 1) for day in bank_holidays.in_england(year)]
    return between + [(term.half_term_starts, term.half_term_ends) for term in terms] + bank


def school_days_between(first: date, last: date, holidays: list[tuple[date, date]]) -> int:
    """How many school days lie after the first day, the last one counted with them; none where it is not later."""
    count, day = 0, first
    while (day := school_days_after(day, 1, holidays)) <= last:
        count += 1
    return count


def _heads(plan: Plan):
    kinds = (Role.Kind.HEADTEACHER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, organisation=plan.organisation_id)
    return Person.objects.filter(roles__in=roles).distinct()


def _who_hears(question: Question) -> list[Person]:
    """Who was asked; the headteacher where that person has no sign-in to answer with."""
    if question.to_id and User.objects.filter(person=question.to_id, is_active=True).exists():
        return [question.to]
    return list(_heads(question.plan))


def _tell(question: Question, template: str, person: Person, *, by: User, mark: int = 0) -> None:
    """Mail to one person who did not do it themselves; it says that there is something to read, not what."""
    if person.pk != by.person_id:
        outbox.post(
            f"{template}:{question.pk}:{mark}:{person.pk}",
            template,
            to=person,
            stream=question.audit_stream,
            question=question,
            plan=question.plan,
            by=by,
        )
