"""One visit as one person sees it: where it stands, what can be done about it now, and what may be read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from foundation import clock
from foundation.permissions import may
from governance.models import Term
from monitoring import marks, visit_plan, visit_reports, visiting, wording
from monitoring.models import View, Visit, VisitQuestion
from monitoring.permissions import P
from monitoring.visits import about, numbers_of
from sip.models import Question

_OPEN = (Visit.State.PLANNED, Visit.State.CHECKING)


@dataclass(slots=True)
class Page:
    """All that the page of a visit says."""

    says: str
    who: str
    what: str
    reads: bool
    is_ahead: bool
    notices: list[str]
    writes: bool
    checks: bool
    takes_back: bool
    takes_over: bool
    changes: bool
    calls_off: bool
    says_done: bool
    lists: bool
    prints: bool
    seen: list[tuple[str, str]]
    more: list[tuple[str, str]]
    evidence: str
    stance: str
    mark: str
    mark_word: str
    raised: list
    agreed: list


def page_of(visit: Visit, user) -> Page:
    """One visit, with what its reader may do about it."""
    today, plan, state = clock.today(), visit.plan, visit.state
    forsaken = visiting.is_forsaken(visit)
    reads = Visit.objects.to_read(user).filter(pk=visit.pk).exists()
    planned, checking = state == Visit.State.PLANNED, state == Visit.State.CHECKING
    return Page(
        says=_sentence(visit, forsaken, today),
        who=wording.listed(list(visit.visitors.values_list("name", flat=True))),
        what=about(plan, visit.objective, numbers_of(plan)) if visit.objective_id else visit.get_about_display(),
        reads=reads,
        is_ahead=visit.day > today,
        notices=_notices(visit, plan.organisation.terms_of(plan.year)),
        writes=planned and visit.day <= today and may(user, P.WRITE_VISIT, visit),
        checks=checking and may(user, P.CHECK_VISIT, visit),
        takes_back=checking and may(user, P.WRITE_VISIT, visit),
        takes_over=forsaken and may(user, P.TAKE_OVER_VISIT, visit) and visit.may_visit(user.standing),
        changes=planned and may(user, P.CHANGE_VISIT, visit),
        calls_off=planned and may(user, P.CALL_OFF_VISIT, visit),
        says_done=reads and may(user, P.SAY_AGREED_DONE, visit),
        lists=may(user, P.READ_VISITS, plan),
        prints=reads and state == Visit.State.SHARED and may(user, P.MAKE_VISIT_PAPER, visit),
        seen=_told(visit, ("saw", "What they saw"), ("heard", "What they heard"), ("read", "What they read")),
        more=_told(visit, ("impact", "What pupils notice"), ("celebrate", "To celebrate")),
        evidence="; ".join(Visit.Evidence(kind).label.lower() for kind in visit.evidence),
        stance=View.Stance(visit.stance).label if visit.stance else "",
        mark=visit.mark,
        mark_word=marks.word(visit.mark),
        raised=_raised(visit, user) if reads else [],
        agreed=list(visit.agreed.all()) if reads else [],
    )


def _raised(visit: Visit, user) -> list[VisitQuestion]:
    """The questions of its report, each with the way to it where this person reads questions of the plan."""
    seen = Question.objects.visible_to(user).filter(pk=OuterRef("question"))
    return list(visit.raised.select_related("question").annotate(leads=Exists(seen)))


def written(visit: Visit) -> list[tuple[str, str]]:
    """What stands of the report by now, for whoever typed another one meanwhile."""
    names = ("saw", "heard", "read", "progress", "impact", "celebrate", "met_with", "next_focus")
    return _told(visit, *((name, name.replace("_", " ").capitalize()) for name in names))


def _told(visit: Visit, *names: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, getattr(visit, name)) for name, label in names if getattr(visit, name)]


def _sentence(visit: Visit, forsaken: bool, today: date) -> str:
    """Where it stands, and whom it waits for."""
    if visit.state == Visit.State.CALLED_OFF:
        return f"Called off: {visit.called_off_why.rstrip('.')}."
    if forsaken:
        return "Whoever was to go has left the board since. Another governor can take it over; or it is called off."
    if visit.state == Visit.State.PLANNED:
        at = f" at {visit.starts_at:%H:%M}" if visit.starts_at else ""
        if visit.day < today:
            return f"It was planned for {wording.weekday(visit.day, today)}. Its report is to be written."
        return f"Planned for {wording.weekday(visit.day, today)}{at}."
    if visit.state == Visit.State.CHECKING:
        who = wording.listed([person.name for person in visit_reports.who_checks(visit)]) or "The school"
        until = wording.weekday(visit.check_by, today)
        return f"{who} checks the facts until {until}. Then the report is before the board, checked or not."
    since = wording.day(clock.in_london(visit.shared_at).date(), today)
    if visit.went_unchecked:
        return f"Before the board since {since}. It went on by itself: nobody checked its facts in five school days."
    return f"Before the board since {since}. {visit.checked_by} checked its facts."


def _notices(visit: Visit, terms: list[Term]) -> list[str]:
    """What whoever goes should know: that the objective was stopped, that the day is a bad one."""
    found, objective = [], visit.objective
    if objective and objective.stopped_on and visit.state in _OPEN:
        day = wording.day(objective.stopped_on, clock.today())
        found.append(
            f"The board stopped this {visit.plan.words.objective} on {day}: "
            f"{objective.stopped_why.rstrip('.')}. The report can still be written for what was seen; "
            "a visit that is still to come can be called off."
        )
    if visit.state == Visit.State.PLANNED and visit.day >= clock.today():
        if terms and visit_plan.out_of_term(visit.day, terms):
            found.append("That day is not in term: the school is closed.")
        elif season := visit_plan.quiet(visit.day, visit.plan.organisation.phase):
            found.append(f"That is in the week of {season.name} ({season.says}). Ask the school whether it suits.")
    return found
