"""Visits for tests: planned, written, handed on and shared by the real operations."""

from datetime import date, time
from types import SimpleNamespace

from foundation import clock
from monitoring import visit_reports, visiting
from monitoring.models import Visit
from sip.models import Plan
from tests import make

TODAY = date(2026, 12, 3)  # the plan was approved the evening before


def plan(cast: SimpleNamespace, *, objectives: int = 1) -> Plan:
    """Approved, its objectives monitored by the link governor and led by the deputy."""
    return make.plan(cast, state="approved", objectives=objectives)


def visit(cast: SimpleNamespace, *, state: str = "planned", of: Plan | None = None, number: int = 1, **words) -> Visit:
    """Of the link governor to an objective, met by its lead; written with one question and one thing agreed."""
    made = of or plan(cast)
    words = {
        "objective": made.objectives.order_by("position")[number - 1],
        "about": "plan",
        "day": TODAY,
        "starts_at": time(9, 30),
        "form": "in person",
        "focus": "How the hedgehogs read",
        "came_with": "What would a hedgehog tell me?",
        "visitors": [cast.link.person],
        "staff_lead": cast.deputy.person,
        "by": cast.link,
    } | words
    found = visiting.plan_visit(made, **words)
    if state == "planned":
        return found
    write(found, cast)
    visit_reports.hand_report(found, by=cast.link)
    if state == "checking":
        return found
    visit_reports.check_report(found, comment="Year 2, not Year 1.", by=cast.deputy)
    return found


def write(visit_: Visit, cast: SimpleNamespace, **words) -> Visit:
    """Its report, as the link governor saves it."""
    given = {name: "" for name in ("read_before", "read", "impact", "celebrate", "next_focus", "stance", "mark")}
    given |= {"day": visit_.day, "starts_at": visit_.starts_at, "minutes": 60, "met_with": "The reading lead"}
    given |= {"saw": "Two groups of hedgehogs.", "heard": "They like it.", "evidence": ["pupils"], "next_on": None}
    given |= {"progress": "It goes well.", "is_confidential": False, "raised": ["Who reads with the slowest?"]}
    given |= {"agreed": [{"text": "Send the list", "owner": "Reading lead", "due_on": date(2027, 1, 15)}]}
    return visit_reports.write_report(visit_, revision=visit_.revision, by=cast.link, **(given | words))


def on(day: date):
    """Within the block it is the afternoon of that day."""
    return clock.standing_at(clock.local(day, time(15)))
