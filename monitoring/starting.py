"""A new governor's first page: our year, our plan on a page, your part, who is who."""

from dataclasses import dataclass
from datetime import date

from foundation import clock
from governance import years
from governance.models import Organisation, Role, Seat
from monitoring.facts import Facts, MeetingFacts
from monitoring.overview import plan_sentence
from monitoring.windows import decision_due, objectives_due
from monitoring.wording import day, weekday
from sip.models import Plan


@dataclass(frozen=True)
class Season:
    """What a governor does here in one term."""

    name: str
    days: str
    half_term: str
    does: str
    is_now: bool


@dataclass(frozen=True)
class Holder:
    """Somebody with an office: "Joan Petherick, clerk"."""

    name: str
    office: str


@dataclass(frozen=True)
class FirstPage:
    """All that the first page says beside the objectives and the ten words."""

    year: str
    seasons: list[Season]
    coming: list[tuple[str, str]]
    plan: str
    seats: list[str]
    who: list[Holder]


def first_page(user, organisation: Organisation, facts: Facts) -> FirstPage:
    """A new governor's first page."""
    return FirstPage(
        year=years.written(facts.year),
        seasons=seasons(facts),
        coming=coming(facts),
        plan=plan_says(facts),
        seats=seats_of(user, organisation),
        who=who_is_who(user, organisation),
    )


def seasons(facts: Facts) -> list[Season]:
    """This year's terms with what governors do in each; without terms the seasons alone."""
    found = []
    for name in ("autumn", "spring", "summer"):
        term, today = facts.term(name, facts.year), facts.today
        span = f"{day(term.starts, today)} to {day(term.ends, today)}" if term else ""
        half = f"{day(term.half_term_starts, today)} to {day(term.half_term_ends, today)}" if term else ""
        found.append(Season(name, span, half, _does(facts, name), bool(term and term.starts <= today <= term.ends)))
    return found


def _does(facts: Facts, season: str) -> str:
    who = "The trust leader" if facts.is_trust else "The headteacher"
    if season == "autumn":
        due = decision_due(facts, facts.year)
        usual = f", usually by {day(due, facts.today)}" if due else ""
        decide = f"Read it, ask what you want to know, and decide on it{usual}."
        return f"{who} puts the plan before the board. {decide} Towards the end of the term leaders rate how it goes."
    if season == "spring":
        return (
            "The board receives the autumn review, and leaders rate this term. Ask how it goes, visit what you are "
            "linked with, and give your view beside the ratings of what you monitor."
        )
    due = objectives_due(facts, facts.year + 1)
    usual = f" by {day(due, facts.today)}" if due and not facts.is_trust else ""
    following = "" if facts.is_trust else f" Agree the objectives for next year{usual}."
    return (
        f"The board receives the spring review.{following} Leaders rate the term, say what came of the plan and what "
        "they learned, and draft the next one from what the board agrees."
    )


def coming(facts: Facts) -> list[tuple[str, str]]:
    """The next meetings that this person may see: name, and when and where."""
    return [(meeting.board_name, _when_and_where(facts, meeting)) for meeting in facts.coming[:4]]


def _when_and_where(facts: Facts, meeting: MeetingFacts) -> str:
    place = f", {meeting.place}" if meeting.place else ""
    return f"{weekday(meeting.day, facts.today)}, {meeting.at:%H:%M}{place}"


def plan_says(facts: Facts) -> str:
    """Where the plan stands and what that asks of a governor."""
    plan = facts.current
    follows = {
        Plan.State.OBJECTIVES: "Propose what should improve most; the board agrees the objectives at a meeting.",
        Plan.State.DRAFTING: "Leaders are at work; the board sees it when it is submitted.",
        Plan.State.WITH_THE_BOARD: "Read it and ask before the meeting.",
        Plan.State.CHANGES: "Leaders are changing it and will submit it again.",
        Plan.State.APPROVED: "It is in force; hold leaders to it.",
    }
    return f"{plan_sentence(facts, plan)}. {follows.get(plan.state, '') if plan else ''}".strip()


def seats_of(user, organisation: Organisation) -> list[str]:
    """What this person's own seats here are, a sentence each."""
    today = clock.today()
    held = Seat.objects.on(today).filter(person=user.person_id, board__organisations=organisation)
    return [_seat(seat, today) for seat in held.select_related("board").order_by("first_day", "pk")]


def _seat(seat: Seat, today: date) -> str:
    vote = "with a vote" if seat.votes else "without a vote"
    until = f", until {day(seat.last_day, today)}" if seat.last_day else ""
    category = f", {seat.category}" if seat.category else ""
    return f"{seat.board.name}: {seat.in_words}{category}, {vote}, since {day(seat.first_day, today)}{until}."


def who_is_who(user, organisation: Organisation) -> list[Holder]:
    """Chair, vice chair, headteacher and clerk, to those who may see the organisation's people."""
    if not Organisation.objects.showing_people_to(user).filter(pk=organisation.pk).exists():
        return []
    today = clock.today()
    leading = (Seat.Position.CHAIR, Seat.Position.VICE_CHAIR)
    seats = Seat.objects.visible_to(user).on(today).filter(board__organisations=organisation)
    seats = seats.filter(position__in=leading, board__kind="full board").select_related("person")
    kinds = (Role.Kind.CLERK, Role.Kind.HEADTEACHER, Role.Kind.TRUST_LEADER)
    roles = Role.objects.on(today).filter(organisation=organisation, kind__in=kinds).select_related("person")
    found = [Holder(seat.person.name, seat.get_position_display()) for seat in seats.order_by("position", "pk")]
    return found + [Holder(role.person.name, role.get_kind_display()) for role in roles.order_by("kind", "pk")]
