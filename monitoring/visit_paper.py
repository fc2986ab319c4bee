"""The report of a visit on paper: what was seen, heard and read, each apart, and what follows from it."""

from foundation import clock
from monitoring import marks
from monitoring.models import FrozenPaper, View, Visit
from monitoring.paper_kinds import Asked, Blocks
from sip import written

_SEEN = {"saw": "What I saw", "heard": "What I heard", "read": "What I read"}
_MORE = {"progress": "Progress towards the objective", "impact": "What pupils notice", "celebrate": "To celebrate"}


def why_not(asked: Asked) -> str:
    """Only a report that is before the board is printed: until then its facts are being checked."""
    state = asked.visit.state
    if state == Visit.State.SHARED:
        return ""
    return f"This report is not before the board yet: {Visit.State(state).label}. It can be printed when it is."


def content(asked: Asked) -> Blocks:
    """The report as it is before the board. One that is confidential says so; only who may read it reads this paper."""
    visit = Visit.objects.select_related("objective", "staff_lead", "written_by", "checked_by").get(pk=asked.visit.pk)
    return {"visit": _visit(visit), "report": _report(visit)}


def _visit(visit: Visit) -> dict:
    numbers = list(visit.plan.objectives.values_list("pk", flat=True))
    objective = visit.objective
    return {
        "id": visit.pk,
        "focus": visit.focus,
        "on": visit.day.isoformat(),
        "starts_at": visit.starts_at.isoformat("minutes") if visit.starts_at else "",
        "minutes": visit.minutes,
        "form": visit.get_form_display(),
        "about": visit.get_about_display(),
        "objective": objective.title if objective else "",
        "number": numbers.index(objective.pk) + 1 if objective else None,
        "by": [person.name for person in visit.visitors.order_by("name")],
        "as": visit.visits_as,
        "met": visit.staff_lead.name if visit.staff_lead else "",
        "met_with": visit.met_with,
        "is_confidential": visit.is_confidential,
        "written_by": visit.written_by.name if visit.written_by else "",
        "written_on": _day_of(visit.written_at),
        "shared_on": _day_of(visit.shared_at),
        "checked_by": visit.checked_by.name if visit.checked_by else "",
        "checked_on": _day_of(visit.checked_at),
        "unchecked": visit.went_unchecked,
    }


def _report(visit: Visit) -> dict:
    names = ("came_with", "read_before", "progress", "impact", "celebrate", "comment", *_SEEN)
    return {name: getattr(visit, name) for name in names} | {
        "evidence": [str(Visit.Evidence(kind).label) for kind in visit.evidence if kind in Visit.Evidence],
        "stance": visit.stance,
        "mark": visit.mark,
        "raised": [row.text for row in visit.raised.all()],
        "agreed": [
            {"text": row.text, "owner": row.owner, "due_on": row.due_on.isoformat() if row.due_on else None}
            for row in visit.agreed.all()
        ],
        "next_on": visit.next_on.isoformat() if visit.next_on else None,
        "next_focus": visit.next_focus,
    }


def words(paper: FrozenPaper) -> dict:
    """The words of templates/paper/visit.html."""
    blocks = {block["name"]: block["body"] for block in paper.record["blocks"]}
    visit, report = blocks["visit"], blocks["report"]
    day = written.day(written.as_day(visit["on"]))
    closed = "Confidential (part II) · " if visit["is_confidential"] else ""
    return {
        "title": f"Visit report, {day}",
        "short": f"{blocks['paper']['organisation']} · Visit of {day}",
        "edition": f"{closed}As it came before the board on {_day(visit['shared_on'])}",
        "visit": visit,
        "facts": [(label, text) for label, text in _facts(visit, report) if text],
        "seen": [(label, report[name]) for name, label in _SEEN.items() if report[name]],
        "unseen": written.listed(["w" + label[1:] for name, label in _SEEN.items() if not report[name]]),
        "more": [(label, report[name]) for name, label in _MORE.items() if report[name]],
        "stance": View.Stance(report["stance"]).label if report["stance"] else "",
        "mark": report["mark"],
        "mark_word": marks.word(report["mark"]),
        "raised": report["raised"],
        "agreed": [row | {"due": written.short_day(written.as_day(row["due_on"]))} for row in report["agreed"]],
        "next": _next(report),
        "comment": report["comment"],
        "checked": _checked(visit),
    }


def _facts(visit: dict, report: dict) -> list[tuple[str, str]]:
    when = written.weekday(written.as_day(visit["on"]))
    at = f" at {visit['starts_at']}" if visit["starts_at"] else ""
    took = f", {visit['minutes']} minutes" if visit["minutes"] else ""
    who = ", ".join(part for part in (written.listed(visit["by"]), visit["as"]) if part)
    about = f"{visit['number']}. {visit['objective']}" if visit["objective"] else written.sentence(visit["about"])
    met = ", ".join(part for part in (visit["met"], visit["met_with"]) if part)
    return [
        ("Who went", who),
        ("When and how", f"{when}{at}{took}, {visit['form']}"),
        ("About", about),
        ("Met with", met),
        ("Questions we came with", report["came_with"]),
        ("Read beforehand", report["read_before"]),
        ("Evidence", "; ".join(report["evidence"])),
    ]


def _next(report: dict) -> str:
    on = written.day(written.as_day(report["next_on"]))
    return ": ".join(part for part in (on, report["next_focus"]) if part)


def _checked(visit: dict) -> str:
    wrote = f"Written by {visit['written_by']}, {_day(visit['written_on'])}." if visit["written_by"] else ""
    if visit["unchecked"]:
        return f"{wrote} Nobody at the school checked its facts in five school days; it went on without."
    checked = f" Facts checked by {visit['checked_by']}, {_day(visit['checked_on'])}." if visit["checked_by"] else ""
    return f"{wrote}{checked}"


def _day(iso: str | None) -> str:
    return written.day(written.as_day(iso))


def _day_of(moment) -> str | None:
    return clock.in_london(moment).date().isoformat() if moment else None
