"""Makes what a test stands on. Organisations and people as rows; plans by walking the real operations."""

from datetime import date, time
from types import SimpleNamespace

from foundation import clock
from governance import meetings
from governance.deciding import Resolved
from governance.models import Board, Organisation, Person, Priority, Role, Seat, Strategy, Term, User
from sip import agreeing, approval, deciding
from sip.models import Plan

PASSWORD = "correct-horse-battery"  # noqa: S105  of people who do not exist
LONG_AGO = date(2024, 9, 1)

TERMS_2026 = [
    ("autumn", date(2026, 9, 1), date(2026, 10, 26), date(2026, 10, 30), date(2026, 12, 18)),
    ("spring", date(2027, 1, 4), date(2027, 2, 15), date(2027, 2, 19), date(2027, 3, 25)),
    ("summer", date(2027, 4, 12), date(2027, 5, 31), date(2027, 6, 4), date(2027, 7, 21)),
]


def person(name: str, email: str | None = None) -> Person:
    """Somebody without a sign-in."""
    return Person.objects.create(name=name, email=email, added_on=LONG_AGO)


def user(name: str) -> User:
    """Somebody with a sign-in, at an address made of the name."""
    return User.objects.create_user(person(name, f"{name.lower().replace(' ', '.')}@people.example"), PASSWORD)


def role(who: User | Person, organisation: Organisation | None, kind: str, **words) -> Role:
    """What somebody is in an organisation, since long ago."""
    holder = who.person if isinstance(who, User) else who
    return Role.objects.create(person=holder, organisation=organisation, kind=kind, **({"first_day": LONG_AGO} | words))


def seat(who: User | Person, board: Board, position: str = "governor", **words) -> Seat:
    """A seat on a board, since long ago."""
    holder = who.person if isinstance(who, User) else who
    return Seat.objects.create(person=holder, board=board, position=position, **({"first_day": LONG_AGO} | words))


def organisation(name: str, *, kind: str = "school", trust: Organisation | None = None) -> Organisation:
    """A school or a trust with a full board and this year's terms (a trust's school takes its trust's)."""
    made = Organisation.objects.create(
        slug=name.lower().replace(" ", "-"),
        name=name,
        kind=kind,
        establishment="Community school" if kind == "school" else "Multi-academy trust",
        phase="Primary",
        trust=trust,
    )
    board = Board.objects.create(
        name="Board of trustees" if kind == "trust" else "Governing board",
        short_name="FGB",
        quorum="third" if kind == "trust" else "half",
    )
    board.organisations.add(made)
    if trust is None:
        for term, starts, half_starts, half_ends, ends in TERMS_2026:
            Term.objects.create(
                organisation=made,
                year=2026,
                name=term,
                starts=starts,
                half_term_starts=half_starts,
                half_term_ends=half_ends,
                ends=ends,
            )
    return made


def strategy(school: Organisation, *, state: str = "adopted", priorities: int = 2) -> Strategy:
    """A strategy in its second year."""
    made = Strategy.objects.create(
        organisation=school,
        title="Strategy 2025/26 to 2028/29",
        vision=f"What {school.name} is for.",
        first_year=2025,
        last_year=2028,
        state=state,
    )
    for number in range(1, priorities + 1):
        Priority.objects.create(
            strategy=made,
            position=number,
            title=f"Priority {number} of {school.name}",
            where_we_are="Too few read well.",
            where_we_want_to_be="Everyone reads well.",
            how_we_will_know="By what they read.",
        )
    return made


def meeting(board: Board, *, day: date = date(2026, 12, 2), present: list | None = None, by: User, chair=None):
    """A planned meeting of the board; with `present` (people), their attendance recorded as it begins."""
    made = meetings.plan_meeting(board, day=day, time=time(18), place="Library", by=by)
    if present is not None:
        how = {one.pk: "in person" for one in present}
        with at_the_meeting(made):
            meetings.record_attendance(made, how=how, acting_chair=chair or present[0], by=by)
    return made


def at_the_meeting(meeting_):
    """Within the block it is the hour of the meeting: only then can anybody be there, and anything be decided."""
    return clock.standing_at(clock.local(meeting_.day, meeting_.time))


def plan(
    cast: SimpleNamespace, *, state: str = "drafting", objectives: int = 1, actions: int = 1, criteria: int = 1
) -> Plan:
    """A plan for 2026/27 in a state, reached by the real operations: objectives agreed, drafted, submitted, decided."""
    from sip import drafting

    adopted = cast.school.strategies.filter(state="adopted").first() or strategy(cast.school)
    made = agreeing.begin_plan(cast.school, year=2026, by=cast.clerk)
    for number in range(1, objectives + 1):
        agreeing.propose_objective(
            made,
            priority=adopted.priorities.first(),
            title=f"Objective {number} of {cast.school.name}",
            where_now="Six in ten read well.",
            where_to="Eight in ten read well.",
            by_when=date(2027, 7, 16),
            figure_what="Pupils who read well",
            figure_now="61%",
            figure_aim="80%",
            lead=cast.deputy.person,
            team=[],
            monitor_seat=cast.link_seat,
            monitor_board=None,
            by=cast.head,
        )
    if state == "objectives":
        return made
    item = deciding.put_objectives(made, meeting=_held_in_july(cast), by=cast.clerk).item
    with at_the_meeting(item.meeting):
        deciding.decide_objectives(item, resolved=_agreed(date(2026, 7, 8)), by=cast.clerk)
    made.refresh_from_db()
    for objective in made.objectives.all():
        drafting.save_objective(
            objective,
            revision=objective.revision,
            actions=[_action(cast, number) for number in range(1, actions + 1)],
            criteria=[_criterion(number) for number in range(1, criteria + 1)],
            by=cast.head,
        )
    if state == "drafting":
        return made
    approval.submit_plan(made, by=cast.head)
    if state == "with the board":
        return made
    meeting_ = meeting(made.deciding_board, present=cast.voters, by=cast.clerk, chair=cast.chair.person)
    item = deciding.put_plan(made, meeting=meeting_, by=cast.clerk).item
    outcome = {"approved": "approved", "changes asked for": "changes asked for"}[state]
    reason = "Say what it costs." if state == "changes asked for" else ""
    resolved = _agreed(date(2026, 12, 2), outcome=outcome, reason=reason)
    with at_the_meeting(meeting_):
        deciding.decide_plan(item, resolved=resolved, by=cast.clerk)
    made.refresh_from_db()
    return made


def _held_in_july(cast: SimpleNamespace):
    with clock.standing_at(clock.local(date(2026, 7, 8), time(18))):
        return meeting(
            cast.school.deciding_board("set objectives"),
            day=date(2026, 7, 8),
            present=cast.voters,
            by=cast.clerk,
            chair=cast.chair.person,
        )


def _agreed(day: date, *, outcome: str = "approved", reason: str = "") -> Resolved:
    return Resolved(outcome=outcome, how="agreed", reason=reason, minute_reference="FGB 1", decided_on=day)


def _action(cast: SimpleNamespace, number: int) -> dict:
    return {
        "what": f"Action {number} of {cast.school.name}",
        "owner": cast.teacher.person,
        "due_on": date(2026, 12, 18),
        "cost": 100,
        "cost_source": "Pupil premium",
    }


def _criterion(number: int) -> dict:
    return {
        "text": f"Criterion {number}",
        "by_when": date(2027, 7, 16),
        "milestones": {"autumn": "65%", "spring": "72%", "summer": "80%"},
    }


def review(
    cast: SimpleNamespace, *, state: str = "open", plan_: Plan | None = None, term: str = "autumn", rated: bool = True
):
    """The review of a term of an approved plan, in a state, by the real operations: every milestone due rated green."""
    from monitoring import rating, receiving, reviewing

    of_plan = plan_ or plan(cast, state="approved")
    made = reviewing.open_review(of_plan, term=term, by=cast.head)
    for milestone in reviewing.milestones_due(made).order_by("pk") if rated else ():
        words = {"why": f"Why it goes well at {cast.school.name}.", "evidence": ["data"]}
        rating.rate(made, milestone=milestone, revision=0, mark="green", by=cast.head, **words)
    if state == "open":
        return made
    reviewing.send_review(made, by=cast.head)
    if state == "with governors":
        return made
    board = reviewing.receiving_board(of_plan)
    meeting_ = meeting(board, day=date(2026, 12, 9), present=cast.voters, by=cast.clerk, chair=cast.chair.person)
    item = receiving.put_review(made, meeting=meeting_, by=cast.clerk).item
    with at_the_meeting(meeting_):
        resolved = _agreed(date(2026, 12, 9), outcome="received")
        receiving.decide_review(item, resolved=resolved, by=cast.clerk)
    made.refresh_from_db()
    return made
