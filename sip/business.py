"""What the plan brings before the board: its objectives to agree, and the plan itself in its latest version."""

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance.kinds import Kind, Paper, Ready, Subject, join
from governance.minutes import body_word
from governance.models import AgendaItem, Board, Decision, Meeting, Organisation, User
from governance.wording import full_day, near_day, weekday
from sip import deciding, recommending, waiting
from sip.models import Document, DocumentJob, Plan, PlanItem, Question, Version
from sip.permissions import P

_O, _KIND = Decision.Outcome, AgendaItem.Kind
_WAITING = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)

# ---------------------------------------------------------------- what waits for an agenda


def _objectives_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """The objectives that this board could agree, of each plan for which some are proposed."""
    return {
        f"objectives-{plan.pk}": Ready(
            f"Objectives for {plan.year_in_words}",
            f"{plan.organisation}: {_asked(plan, meeting, 'agree')}",
            _putting(deciding.put_objectives, plan, meeting),
        )
        for plan in _waiting(meeting, user, _KIND.OBJECTIVES, Plan.State.OBJECTIVES)
        if plan.objectives.exists()
    }


def _plans_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """The plans that were submitted to this board."""
    return {
        f"plan-{plan.pk}": Ready(
            str(plan),
            f"{_since(plan)}; {_asked(plan, meeting, 'decide on')}",
            _putting(deciding.put_plan, plan, meeting),
        )
        for plan in _waiting(meeting, user, _KIND.PLAN, Plan.State.WITH_THE_BOARD)
    }


def _waiting(meeting: Meeting, user: User, kind: str, state: str) -> list[Plan]:
    """Those in this state that this board decides or recommends on, and none of its coming agendas has."""
    undecided = PlanItem.objects.filter(item__kind=kind, item__state__in=_WAITING)
    put = undecided.filter(item__meeting__board=meeting.board).values("plan")
    plans = Plan.objects.visible_to(user).filter(state=state).exclude(pk__in=put).select_related("organisation")
    boards = {plan: [deciding.board_for(plan, kind), *_advising(plan, kind, meeting)] for plan in plans}
    return [plan for plan in plans if meeting.board in boards[plan]]


def _advising(plan: Plan, kind: str, meeting: Meeting) -> list[Board]:
    """The boards that recommend on it. In writing nobody recommends: that is for trustees, who decide."""
    return [] if meeting.is_written else deciding.advising_boards(plan, kind)


def _asked(plan: Plan, meeting: Meeting, deed: str) -> str:
    """ "for the board to agree", "for the committee to recommend"."""
    kind = _KIND.OBJECTIVES if deed == "agree" else _KIND.PLAN
    decides = deciding.board_for(plan, kind) == meeting.board
    return f"for the {body_word(meeting.board)} to {deed if decides else 'recommend'}"


def _since(plan: Plan) -> str:
    version = plan.latest_version
    day = near_day(clock.in_london(version.frozen_at).date())
    return f"{plan.organisation}: with the board since {day}, version {version.number}"


def _putting(operation, plan: Plan, meeting: Meeting):
    def place(*, by: User) -> AgendaItem:
        return operation(plan, meeting=meeting, by=by).item

    return place


# ---------------------------------------------------------------- the item's page


def _about_objectives(item: AgendaItem, user: User) -> Subject:
    row = _row(item, user)
    if row is None:
        return Subject()
    plan, questions = row.plan, open_questions(row.plan, user) or None
    if not may(user, P.READ_OBJECTIVES, plan):
        return Subject(link=_to_the_plan(plan), questions=questions)
    return Subject(
        link=("The objectives, whole", reverse("objectives", args=[plan.pk])),
        template="sip/deciding/objectives.html",
        rows=list(plan.objectives.select_related("priority", "lead")),
        questions=questions,
        notice=recommending.notice(row),
        advice=recommending.advice_on(row, user),
    )


def _about_plan(item: AgendaItem, user: User) -> Subject:
    row = _row(item, user)
    if row is None:
        return Subject()
    plan, version, undecided = row.plan, row.version, not hasattr(item, "decision")
    frozen = full_day(clock.in_london(version.frozen_at).date())
    late = _late_version(item.meeting, version)
    questions = open_questions(plan, user)
    return Subject(
        link=_to_the_plan(plan),
        notice=_notice(row, plan, late) if undecided else "",
        advice=recommending.advice_on(row, user),
        version=version.pk,
        questions=questions if questions or undecided else None,
        papers=_papers(version, user),
        foot=(f"Version {version.number}, frozen on {frozen}.", reverse("version", args=[version.pk])),
    )


def _notice(row: PlanItem, plan: Plan, late: str) -> str:
    """Why nothing can be decided on it now; else whose decision it is, and that it is late."""
    return deciding.why_not_decided(row, plan) or " ".join(filter(None, (recommending.notice(row), late)))


def _row(item: AgendaItem, user: User) -> PlanItem | None:
    """The item's plan, unless this person may not see it."""
    rows = PlanItem.objects.filter(item=item, plan__in=Plan.objects.visible_to(user).values("pk"))
    return rows.select_related("plan__organisation", "version").first()


def _to_the_plan(plan: Plan) -> tuple[str, str]:
    return ("Read the plan", reverse("plan", args=[plan.organisation.slug, plan.year]))


def open_questions(plan: Plan, user: User) -> list[Question]:
    """What the plan's leaders have not answered yet, the first dozen."""
    asked = Question.objects.visible_to(user).filter(plan=plan).open()
    return waiting.counted(asked.select_related("asked_by", "to")[:12], plan)


def _papers(version: Version, user: User) -> list[Paper]:
    """The documents of the version that are theirs to read, the newest first, and the version itself on its page."""
    found = _being_made(version, user) + [
        Paper(
            document.title,
            f"PDF, {document.pages} {'page' if document.pages == 1 else 'pages'}, made {_moment(document.made_at)}",
            reverse("document", args=[document.pk]),
        )
        for document in Document.objects.visible_to(user).filter(version=version).listed().order_by("-pk")
    ]
    if Version.objects.visible_to(user).filter(pk=version.pk).exists():
        frozen = f"As it was frozen on {full_day(clock.in_london(version.frozen_at).date())}"
        found.append(Paper(f"Version {version.number}", frozen, reverse("version", args=[version.pk])))
    return found


def _being_made(version: Version, user: User) -> list[Paper]:
    """A document that waits for its maker, with the page that shows how far it is."""
    jobs = DocumentJob.objects.visible_to(user).filter(version=version, document=None)
    waiting = jobs.order_by("-pk").first()
    if waiting is None:
        return []
    return [Paper(waiting.title, f"PDF, {waiting.get_state_display()}", reverse("document_job", args=[waiting.pk]))]


def _late_version(meeting: Meeting, version: Version) -> str:
    """Papers go out in time, or the page says that they are late."""
    day = clock.in_london(version.frozen_at).date()
    if day <= meeting.papers_due_on:
        return ""
    due = weekday(meeting.papers_due_on)
    return f"Version {version.number} was submitted on {weekday(day)}; papers had to be out by {due}."


def _moment(moment) -> str:
    local = clock.in_london(moment)
    return f"{near_day(local.date())} at {local:%H:%M}"


def _whose(item: AgendaItem) -> Organisation:
    return item.plan_item.plan.organisation


join(
    {
        _KIND.OBJECTIVES: Kind(
            outcomes={
                _O.APPROVED: ("Agreed", "Leaders draft the plan from now on"),
                _O.CONDITIONS: ("Agreed with conditions", "Each with an owner and a date"),
                _O.CHANGES: ("Changes asked for", "They are worded anew and brought back"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
                _O.DECLINED: ("Declined", "The board sets others"),
            },
            decide=deciding.decide_objectives,
            advises=recommending.outcomes,
            in_writing=deciding.objectives_in_writing,
            ready_for=_objectives_for,
            about=_about_objectives,
            whose=_whose,
        ),
        _KIND.PLAN: Kind(
            outcomes={
                _O.APPROVED: ("Approved", "In force from today"),
                _O.CONDITIONS: ("Approved with conditions", "Each with an owner and a date"),
                _O.CHANGES: ("Changes asked for", "Leaders change it and bring it back"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
                _O.DECLINED: ("Declined", "Back to the objectives"),
            },
            decide=deciding.decide_plan,
            advises=recommending.outcomes,
            in_writing=deciding.plan_in_writing,
            minuted=recommending.questions_before,
            has_versions=True,
            usual_resolution=deciding.usual_resolution_of_plan,
            ready_for=_plans_for,
            about=_about_plan,
            whose=_whose,
            corrected=deciding.print_anew,
        ),
    }
)
