"""Plans of a given size to measure pages on: made of plain rows within a transaction that the caller gives up again."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundation import clock
from governance.models import Board, Organisation, Person, Seat, Term, User
from monitoring import records, reports
from monitoring.models import Rating, ReportJob, Review, ReviewRecord
from sip import versions
from sip.models import Action, Milestone, Objective, Plan, SuccessCriterion

OBJECTIVES = 10
_TERMS = (
    ("autumn", (9, 1), (10, 26), (10, 30), (12, 18)),
    ("spring", (1, 4), (2, 15), (2, 19), (3, 25)),
    ("summer", (4, 12), (5, 31), (6, 4), (7, 21)),
)


@dataclass(frozen=True)
class Heavy:
    """A plan in force of so many actions, its review that governors have, the report of that, and who reads it."""

    actions: int
    plan: Plan
    review: Review
    job: ReportJob
    reader: User


def build(actions: int, *, year: int) -> Heavy:
    """Ten objectives with two criteria of three milestones each, and so many actions; the autumn rated and sent."""
    school = Organisation.objects.create(slug=f"heavy-{actions}", name=f"A school of {actions} actions", kind="school")
    board = Board.objects.create(name="Governing board", short_name="FGB", quorum="half")
    board.organisations.add(school)
    _terms(school, year)
    reader = User.objects.create_user(_person(f"Reader of {actions}", f"reader{actions}@heavy.example"), None)
    Seat.objects.create(person=reader.person, board=board, position="chair", first_day=date(year - 1, 9, 1))
    plan = Plan.objects.create(organisation=school, year=year, deciding_board=board, state=Plan.State.DRAFTING)
    _fill(plan, actions, reader.person)
    versions.freeze(plan, by=reader)
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.APPROVED)
    plan.refresh_from_db()
    review, job = _reviewed(plan, reader)
    return Heavy(actions, plan, review, job, reader)


def _person(name: str, email: str) -> Person:
    return Person.objects.create(name=name, email=email, added_on=clock.today())


def _terms(school: Organisation, year: int) -> None:
    for name, *days in _TERMS:
        first, half, half_ends, last = (date(year + (month < 9), month, day) for month, day in days)
        Term.objects.create(
            organisation=school,
            year=year,
            name=name,
            starts=first,
            half_term_starts=half,
            half_term_ends=half_ends,
            ends=last,
        )


def _fill(plan: Plan, actions: int, owner: Person) -> None:
    begins = date(plan.year, 9, 7)
    for number in range(1, OBJECTIVES + 1):
        objective = Objective.objects.create(
            plan=plan,
            position=number,
            title=f"Objective {number}, which everybody works for",
            where_now="Six in ten read well. " * 8,
            where_to="Eight in ten read well. " * 8,
            by_when=date(plan.year + 1, 7, 16),
            lead=owner,
        )
        each = actions // OBJECTIVES
        Action.objects.bulk_create(
            Action(
                objective=objective,
                position=place,
                what=f"Do thing {place} with everybody who is needed, and see what comes of it",
                owner=owner,
                starts_on=begins + timedelta(days=place % 90),
                due_on=begins + timedelta(days=40 + place * 5 % 270),
                cost=100,
                cost_source="Pupil premium",
                status=Action.Status.values[place % 3],
            )
            for place in range(1, each + 1)
        )
        for place in (1, 2):
            criterion = SuccessCriterion.objects.create(objective=objective, position=place, text=f"Criterion {place}")
            Milestone.objects.bulk_create(
                Milestone(criterion=criterion, term=name, text=f"So far in {name}") for name, *_ in _TERMS
            )


def _reviewed(plan: Plan, reader: User) -> tuple[Review, ReportJob]:
    now = clock.now()
    review = Review.objects.create(
        plan=plan,
        term="autumn",
        state=Review.State.WITH_GOVERNORS,
        opened_on=clock.today(),
        narrative="It goes as it should.",
        sent_at=now,
        sent_by=reader.person,
    )
    due = Milestone.objects.filter(criterion__objective__plan=plan, term="autumn")
    Rating.objects.bulk_create(
        Rating(
            review=review,
            milestone=one,
            mark=("green", "amber")[place % 2],
            why="It was seen.",
            evidence=["seen"],
            rated_by=reader.person,
            rated_at=now,
        )
        for place, one in enumerate(due)
    )
    record = records.freeze(review, ReviewRecord.Stage.SENT, by=reader)
    return review, reports.ask_for(record)
