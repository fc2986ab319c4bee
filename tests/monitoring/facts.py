"""Facts without a database: an organisation on 24 November 2026, with what a test adds to it."""

from datetime import date

from governance.permissions import Part
from monitoring.facts import (
    Facts,
    ItemFacts,
    MeetingFacts,
    ObjectiveFacts,
    PlanFacts,
    RatedFacts,
    ReviewFacts,
    TermDays,
    Thing,
)

TODAY = date(2026, 11, 24)
ME, TOM, CHLOE = 1, 2, 3
TERMS = (
    TermDays("summer", 2025, date(2026, 4, 13), date(2026, 5, 25), date(2026, 5, 29), date(2026, 7, 21)),
    TermDays("autumn", 2026, date(2026, 9, 1), date(2026, 10, 26), date(2026, 10, 30), date(2026, 12, 18)),
    TermDays("spring", 2026, date(2027, 1, 4), date(2027, 2, 15), date(2027, 2, 19), date(2027, 3, 25)),
    TermDays("summer", 2026, date(2027, 4, 12), date(2027, 5, 31), date(2027, 6, 4), date(2027, 7, 21)),
)
GOVERNOR = frozenset({Part.BOARD_MEMBER, Part.VOTING_MEMBER})
CHAIR = GOVERNOR | {Part.CHAIR}
CLERK = frozenset({Part.CLERK})
HEAD = frozenset({Part.HEADTEACHER})
DEPUTY = frozenset({Part.SENIOR_LEADER})
STAFF = frozenset({Part.STAFF})
ADOPTED = Thing("strategy", 1, "Strategy", state="adopted")


def facts(parts=frozenset(), *, today=TODAY, plans=None, meetings=(), things=(ADOPTED,), terms=TERMS, **words) -> Facts:
    """A school's facts; without a word of plans this year's is approved."""
    parts = frozenset(parts)
    plans = [plan("approved", parts)] if plans is None else plans
    return Facts(
        today=today,
        person=ME,
        organisation="Ashdown",
        slug="ashdown",
        parts=parts,
        terms=terms,
        plans=tuple(plans),
        meetings=tuple(meetings),
        things=tuple(things),
        **words,
    )


def plan(state: str, parts=frozenset(), **words) -> PlanFacts:
    """This year's plan, submitted on 17 November."""
    given = {"pk": 5, "organisation": "Ashdown", "slug": "ashdown", "year": 2026, "submitted_on": date(2026, 11, 17)}
    given |= {"version": 2, "board": 7, "board_name": "Governing board"}
    given |= {"review_parts": frozenset(parts)}
    return PlanFacts(state=state, parts=frozenset(parts), **(given | words))


def objective(number: int = 1, **words) -> ObjectiveFacts:
    """A whole objective that Tom leads."""
    given = {"lead_id": TOM, "lead": "Tom Ashworth", "actions": 6, "criteria": 2, "title": f"Objective {number}"}
    return ObjectiveFacts(pk=number + 10, number=number, **(given | words))


def review(state: str = "open", term: str = "autumn", **words) -> ReviewFacts:
    """A review with two objectives, Tom's and mine: five of twelve milestones rated, none viewed."""
    objectives = (rated(11, due=7, rated=3), rated(12, due=5, rated=2, lead_id=ME, lead="Me Myself"))
    given = {"pk": 9, "opened_on": date(2026, 11, 20), "objectives": objectives, "reads": True}
    if state != "open":
        given["sent_on"] = date(2026, 11, 23)
    if state == "received":
        given["received_on"] = date(2026, 12, 9)
    return ReviewFacts(term=term, state=state, **(given | words))


def rated(pk: int = 11, **words) -> RatedFacts:
    """What a review says of an objective that Tom leads."""
    return RatedFacts(pk=pk, **({"lead_id": TOM, "lead": "Tom Ashworth", "due": 1, "rated": 1} | words))


def meeting(day: date, parts=frozenset(), *items: ItemFacts, **words) -> MeetingFacts:
    """A planned meeting of the board; its key is its day of the year."""
    given = {"pk": day.timetuple().tm_yday, "board": 7} | words
    return MeetingFacts(day=day, parts=frozenset(parts), items=items, **given)


def item(pk: int = 30, **words) -> ItemFacts:
    return ItemFacts(pk, **({"title": "Decide on the plan", "kind": "plan", "plan": 5} | words))


def question(**words) -> Thing:
    """Chloe's question to nobody in particular, due on 1 December."""
    given = {"who": "Chloe Banks", "who_id": CHLOE, "about": 5, "due": date(2026, 12, 1), "state": "asked"} | words
    return Thing(**({"kind": "question", "pk": 40, "words": "How do you know?"} | given))
