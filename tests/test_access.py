"""Every address of the site, asked for by every sort of person: what each may see, and what each may do.

Three tables say what must be so. SEES is domain knowledge: who finds a thing at all. WHO_MAY is the product's own table
(docs/permissions.md is compared with it elsewhere). PAGES says of each address what it shows and what it lets one do.
From them follows every answer: signed out, the way to sign-in; not seen, 404; seen but not allowed, 403.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.contrib.auth import middleware
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.test.client import ClientHandler
from django.urls import reverse

from config import urls
from foundation import answers, clock
from foundation.access import every_view, is_exempt
from foundation.permissions import Permission, table
from governance import posts
from governance.models import AgendaItem, Board, ChairsAction, FollowUp, ItemPaper, Meeting, Person, Seat
from governance.permissions import P as Governance
from governance.permissions import Part
from monitoring import reports
from monitoring.models import HandedOn, PaperJob, Report, ReportJob, Review, Visit, VisitAction
from monitoring.permissions import P as Monitoring
from sip import gathering
from sip.models import (
    Action,
    Amendment,
    ChangeRequest,
    Document,
    DocumentJob,
    EvidenceFile,
    EvidencePack,
    KeyArea,
    Milestone,
    Objective,
    Plan,
    Question,
    Target,
    Version,
)
from sip.permissions import P as Sip
from tests import files
from tests.world import SCHOOLS, TRUSTS, Someone, World

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

# ---------------------------------------------------------------- which parts a word of tests/world.py stands for

PARTS = {
    "head": {Part.HEADTEACHER},
    "leader": {Part.SENIOR_LEADER},
    "business": {Part.BUSINESS_MANAGER},
    "staff": {Part.STAFF},
    "clerk": {Part.CLERK},
    "chair": {Part.CHAIR},
    "vice": {Part.VICE_CHAIR},
    "governor": {Part.BOARD_MEMBER, Part.VOTING_MEMBER},
    "associate": {Part.ASSOCIATE_MEMBER},
    "committee": {Part.COMMITTEE_MEMBER},
    "advising": {Part.ADVISING_MEMBER},  # on a board that recommends on the plan in view
    "local governor": {Part.LOCAL_GOVERNOR},
    "trust leader": {Part.LEADER_OF_TRUST},
    "trustee": {Part.TRUSTEE},
    "of a school": {Part.SCHOOL_OF_TRUST},
    "adviser": {Part.ADVISER},
    "inspector": {Part.INSPECTOR},
    "administrator": {Part.SITE_ADMINISTRATOR},
    "asked": {Part.ASKED},
    "presiding": {Part.ACTING_CHAIR},  # over the meeting in view
    "lead": {Part.LEAD},  # of the objective in view
    "owner": {Part.OWNER},  # of the action in view
    "monitor": {Part.MONITOR},  # of the objective in view
    "handed": {Part.HANDED},  # asked to rate the milestone in view
    "visitor": {Part.VISITOR},  # of the visit in view
    "visited": {Part.VISITED},
    "receiver": set(),  # of the board that receives the reviews, where it is not the one that decides on the plan
    "named": set(),
}

# ---------------------------------------------------------------- who finds a thing at all, else it answers 404

BOARD = {"chair", "vice", "governor", "associate"}
LEADERS = {"head", "leader"}
CIRCLE = BOARD | LEADERS | {"clerk", "business"}  # the board's side and the leaders'
INSIDE = CIRCLE | {"staff", "committee", "local governor"}
TRUST = {"trust leader", "trustee"}
READERS = CIRCLE | TRUST | {"committee", "local governor", "adviser"}  # of a plan that is before the board

READ_WHAT_IS_IN_FORCE = INSIDE | TRUST | {"adviser", "inspector", "of a school", "receiver"}

OF_A_PLAN = {
    Plan.State.OBJECTIVES: CIRCLE | {"local governor"},
    Plan.State.DRAFTING: CIRCLE | {"local governor"},
    Plan.State.WITH_THE_BOARD: READERS | {"named"},
    Plan.State.CHANGES: READERS | {"named"},
    Plan.State.APPROVED: READ_WHAT_IS_IN_FORCE,
    Plan.State.CLOSED: READ_WHAT_IS_IN_FORCE,
}
IN_FORCE = {state: READ_WHAT_IS_IN_FORCE for state in (Plan.State.APPROVED, Plan.State.CLOSED)}
OF_A_REVIEW = {
    Review.State.OPEN: LEADERS | {"business", "lead"},
    Review.State.WITH_GOVERNORS: CIRCLE | TRUST | {"committee", "local governor", "receiver", "lead"},
    Review.State.RECEIVED: READ_WHAT_IS_IN_FORCE,
}
KNOW_OF_VISITS = CIRCLE | TRUST | {"committee", "local governor", "visitor", "visited"}
SEES = {
    "organisation": INSIDE | TRUST | {"adviser", "inspector"},
    "organisation with plans": INSIDE | TRUST | {"adviser", "inspector", "of a school"},
    "people": INSIDE | TRUST,
    "every organisation": {"administrator"},
    "strategy": {
        "draft": CIRCLE,
        "adopted": INSIDE | TRUST | {"adviser", "inspector", "of a school"},
    },
    "plan": OF_A_PLAN,
    "objective": OF_A_PLAN,
    "change request": CIRCLE | {"local governor"},
    "evidence": CIRCLE | {"local governor"},
    "measure": CIRCLE | TRUST | {"committee", "local governor"},
    "question": CIRCLE | TRUST | {"committee", "local governor", "asked"},
    "version": {
        Plan.State.DRAFTING: CIRCLE | {"local governor"},
        Plan.State.WITH_THE_BOARD: READERS,
        Plan.State.CHANGES: READERS,
        **IN_FORCE,
    },
    "what is in force": IN_FORCE,
    "review": OF_A_REVIEW,
    "visit": {
        Visit.State.PLANNED: KNOW_OF_VISITS,
        Visit.State.CHECKING: KNOW_OF_VISITS,
        Visit.State.SHARED: KNOW_OF_VISITS | {"adviser", "lead"},
    },
    "printed visit": {Visit.State.SHARED: KNOW_OF_VISITS | {"adviser", "lead"}},
    "paper": CIRCLE | TRUST,
    "handed on": {"handed"},
    "handed on, to take back": LEADERS | {"handed", "lead", "business"},
    "amendment": {
        Amendment.State.DRAFTING: LEADERS | {"business"},
        Amendment.State.WITH_THE_BOARD: READERS,
        Amendment.State.MADE: READ_WHAT_IS_IN_FORCE,
    },
    "report": {state: who for state, who in OF_A_REVIEW.items() if state != Review.State.OPEN},
    "meeting": BOARD | LEADERS | {"clerk"},
    "committee's meeting": BOARD | LEADERS | {"clerk", "committee"},
    "draft": CIRCLE | {"local governor"},
    "site": {"administrator"},
}

# ---------------------------------------------------------------- the things, an organisation's one of each sort


@dataclass(frozen=True)
class Found:
    """A thing that an address shows, the state that decides who sees it, and what a person is to it."""

    thing: object
    state: str
    words_of: Callable[[Someone], set[str]]

    def __str__(self) -> str:
        return f"{self.thing} of {getattr(self.thing, 'here', '')} [{self.state}]"


def _of_organisation(world: World, slug: str) -> Iterator[Found]:
    yield Found(world.organisations[slug], "", lambda one: one.at(slug))


def _plans(world: World, slug: str) -> Iterator[Found]:
    for plan in Plan.objects.filter(organisation__slug=slug).order_by("-year"):
        yield Found(plan, plan.state, lambda one: one.on_plan_of(slug))


def _objectives(world: World, slug: str) -> Iterator[Found]:
    for found in _plans(world, slug):
        if objective := Objective.objects.filter(plan=found.thing).first():
            yield Found(objective, found.state, found.words_of)


def _rows(world: World, slug: str) -> Iterator[Found]:
    """The first objective of each plan that has actions and criteria, with the first of both."""
    for found in _plans(world, slug):
        rows = Objective.objects.filter(plan=found.thing).exclude(actions=None).exclude(criteria=None)
        if one := rows.first():
            words = {"pk": one.pk, "action": one.actions.first().pk, "criterion": one.criteria.first().pk}
            yield Found(words, found.state, found.words_of)


def _posts(world: World, slug: str) -> Iterator[Found]:
    post = posts.post_called(world.organisations[slug], "Year 3 team")
    yield Found({"slug": slug, "pk": post.pk}, "", lambda one: one.at(slug))


def _requests(world: World, slug: str) -> Iterator[Found]:
    for asked in ChangeRequest.objects.filter(plan__organisation__slug=slug)[:1]:
        yield Found(asked, "", lambda one: one.on_plan_of(slug))


def _evidence(world: World, slug: str, of: Callable = lambda pack: pack) -> Iterator[Found]:
    for pack in EvidencePack.objects.filter(organisation__slug=slug)[:1]:
        yield Found(of(pack), "", lambda one: one.on_plan_of(slug))


def _evidence_parts(world: World, slug: str) -> Iterator[Found]:
    return _evidence(world, slug, lambda pack: pack.parts.first())


def _evidence_files(world: World, slug: str) -> Iterator[Found]:
    return _evidence(world, slug, lambda pack: EvidenceFile.objects.filter(part__pack=pack).first())


def _key_areas(world: World, slug: str) -> Iterator[Found]:
    return _evidence(world, slug, lambda pack: pack.key_areas.first())


def _questions(world: World, slug: str) -> Iterator[Found]:
    for question in Question.objects.filter(plan__organisation__slug=slug).order_by("-pk")[:2]:
        yield Found(question, "", lambda one, question=question: _on_question(one, slug, question))


def _on_question(someone: Someone, slug: str, question: Question) -> set[str]:
    """Whoever was asked sees it; nobody closes what they answered themselves."""
    words, person = someone.on_plan_of(slug), someone.user.person_id
    if question.to_id == person:
        words = words | {"asked"}
    if question.answers.filter(by=person).exists():
        words = words - {"chair", "vice", "governor"}
    return words


def _versions(world: World, slug: str) -> Iterator[Found]:
    for found in _plans(world, slug):
        if version := Version.objects.filter(plan=found.thing).last():
            yield Found(version, found.state, found.words_of)


def _documents(world: World, slug: str) -> Iterator[Found]:
    for found in _versions(world, slug):
        for document in Document.objects.filter(version=found.thing)[:1]:
            yield Found(document, found.state, found.words_of)


def _jobs(world: World, slug: str) -> Iterator[Found]:
    for found in _versions(world, slug):
        for job in DocumentJob.objects.filter(version=found.thing)[:1]:
            yield Found(job, found.state, found.words_of)


def _on_objective(someone: Someone, slug: str, objective: Objective, action: Action | None = None) -> set[str]:
    """Who leads it, who monitors it, who owns the action."""
    words, person = set(someone.on_plan_of(slug)), someone.user.person_id
    if objective.lead_id == person:
        words.add("lead")
    if action and action.owner_id == person:
        words.add("owner")
    seats = Seat.objects.on(clock.today()).filter(person=person)
    mine = Q(pk=objective.monitor_seat_id) | Q(board=objective.monitor_board_id)
    return words | ({"monitor"} if objective.monitor and seats.filter(mine).exists() else set())


def _on_plan(someone: Someone, slug: str, plan: Plan, words: set[str] | None = None) -> set[str]:
    """Whoever leads an objective of the plan has a part in the whole."""
    leads = plan.objectives.filter(lead=someone.user.person_id).exists()
    return (words or someone.on_plan_of(slug)) | ({"lead"} if leads else set())


def _in_force(world: World, slug: str) -> Iterator[Found]:
    for plan in Plan.objects.filter(organisation__slug=slug, state__in=IN_FORCE).order_by("-year"):
        yield Found(plan, plan.state, lambda one, plan=plan: _on_plan(one, slug, plan))


def _actions(world: World, slug: str) -> Iterator[Found]:
    """One of each plan, and of those one whose owner signs in."""
    for found in _in_force(world, slug):
        actions = Action.objects.filter(objective__plan=found.thing).select_related("objective")
        action = actions.exclude(owner__user=None).first() or actions.first()
        yield Found(action, found.state, lambda one, action=action: _on_objective(one, slug, action.objective, action))


def _amendments(world: World, slug: str, of: Callable = lambda amendment: amendment) -> Iterator[Found]:
    for one in Amendment.objects.filter(plan__organisation__slug=slug).select_related("plan"):
        yield Found(of(one), one.state, lambda someone: someone.on_plan_of(slug))


def _amended(world: World, slug: str) -> Iterator[Found]:
    """The same with the first action of its plan."""
    return _amendments(world, slug, lambda one: {"pk": one.pk, "part": "action", "number": _first_action(one).pk})


def _amended_under(world: World, slug: str) -> Iterator[Found]:
    """The same with the first objective of its plan, to which something is added."""
    under = lambda one: {"pk": one.pk, "part": "action", "under": _first_action(one).objective_id}  # noqa: E731
    return _amendments(world, slug, under)


def _amended_line(world: World, slug: str) -> Iterator[Found]:
    return _amendments(world, slug, lambda one: {"pk": one.pk, "line": one.changes.first().pk})


def _first_action(amendment: Amendment) -> Action:
    return Action.objects.filter(objective__plan=amendment.plan_id).order_by("pk").first()


def _milestones(world: World, slug: str) -> Iterator[Found]:
    for found in _in_force(world, slug):
        milestone = Milestone.objects.filter(criterion__objective__plan=found.thing).first()
        yield Found(milestone, found.state, lambda one, m=milestone: _on_objective(one, slug, m.criterion.objective))


def _reviews(world: World, slug: str) -> Iterator[Found]:
    for review in Review.objects.filter(plan__organisation__slug=slug).select_related("plan").order_by("-pk"):
        yield Found(review, review.state, lambda one, of=review: _on_plan(one, slug, of.plan, one.on_review_of(slug)))


def _open_reviews(world: World, slug: str) -> Iterator[Found]:
    """In which leaders can rate: a milestone that is due, and the plan's first objective."""
    for review in Review.objects.filter(plan__organisation__slug=slug, state=Review.State.OPEN):
        objective = review.plan.objectives.first()
        milestone = Milestone.objects.filter(criterion__objective=objective, term=review.term).first()
        row = {"pk": review.pk, "milestone": milestone.pk, "objective": objective.pk}
        yield Found(row, review.plan.state, lambda one, objective=objective: _on_objective(one, slug, objective))


def _handed(world: World, slug: str) -> Iterator[Found]:
    """A milestone that a colleague was asked to rate."""
    for one in HandedOn.objects.filter(review__plan__organisation__slug=slug):
        objective = one.milestone.criterion.objective

        def words(someone: Someone, to=one.to_id, objective=objective) -> set[str]:
            asked = {"handed"} if someone.user.person_id == to else set()
            return _on_objective(someone, slug, objective) | asked

        yield Found(one, "", words)


def _read_in(world: World, slug: str) -> Iterator[Found]:
    """The first measure with a target in each review."""
    for found in _reviews(world, slug):
        target = Target.objects.filter(criterion__objective__plan=found.thing.plan).first()
        if target:
            yield Found({"pk": found.thing.pk, "target": target.pk}, found.state, found.words_of)


def _viewed(world: World, slug: str) -> Iterator[Found]:
    """The first objective of each review, on which a monitor gives a view."""
    for found in _reviews(world, slug):
        objective = found.thing.plan.objectives.first()
        row = {"pk": found.thing.pk, "objective": objective.pk}
        yield Found(row, found.state, lambda one, objective=objective: _on_viewed(one, slug, objective))


def _on_viewed(someone: Someone, slug: str, objective: Objective) -> set[str]:
    """Whoever leads another objective of the plan reads the review as well."""
    return _on_plan(someone, slug, objective.plan, _on_objective(someone, slug, objective))


def _reports(world: World, slug: str) -> Iterator[Found]:
    for found in _reviews(world, slug):
        for report in Report.objects.filter(record__review=found.thing).order_by("-pk")[:1]:
            yield Found(report, found.state, found.words_of)


def _report_jobs(world: World, slug: str) -> Iterator[Found]:
    for found in _reviews(world, slug):
        for job in ReportJob.objects.filter(record__review=found.thing).order_by("-pk")[:1]:
            yield Found(job, found.state, found.words_of)


def _visits(world: World, slug: str, of: Callable = lambda visit: visit) -> Iterator[Found]:
    """One of each state in which there is one."""
    for visit in Visit.objects.filter(plan__organisation__slug=slug).select_related("objective__plan"):
        yield Found(of(visit), visit.state, lambda one, visit=visit: _on_visit(one, slug, visit))


def _on_visit(someone: Someone, slug: str, visit: Visit) -> set[str]:
    words, person = _on_objective(someone, slug, visit.objective), someone.user.person_id
    words |= {"visitor"} if visit.visitors.filter(pk=person).exists() else set()
    return words | ({"visited"} if visit.staff_lead_id == person else set())


def _agreed(world: World, slug: str) -> Iterator[Found]:
    """What was agreed on a visit whose report is before the board."""
    for action in VisitAction.objects.filter(visit__plan__organisation__slug=slug, visit__state=Visit.State.SHARED):
        yield Found(action, "shared", lambda one, visit=action.visit: _on_visit(one, slug, visit))


def _printed_visits(world: World, slug: str) -> Iterator[Found]:
    """Those whose report is before the board: only these are printed."""
    return (found for found in _visits(world, slug) if found.state == Visit.State.SHARED)


def _challenged(world: World, slug: str) -> Iterator[Found]:
    """The log of each plan."""
    for found in _plans(world, slug):
        yield Found({"pk": found.thing.pk, "kind": "challenge"}, found.state, found.words_of)


def _papers(world: World, slug: str, of: Callable) -> Iterator[Found]:
    """The papers of a plan in force."""
    for found in _in_force(world, slug):
        for paper in found.thing.papers.filter(kind="challenge"):
            if thing := of(paper):
                yield Found(thing, "", found.words_of)


def _printed_papers(world: World, slug: str) -> Iterator[Found]:
    return _papers(world, slug, lambda paper: paper.prints.first())


def _paper_jobs(world: World, slug: str) -> Iterator[Found]:
    return _papers(world, slug, lambda paper: PaperJob.objects.filter(paper=paper).first())


def _with_logs() -> None:
    """Every plan in force has its challenge log, being made and made."""
    for plan in Plan.objects.filter(state__in=(Plan.State.APPROVED, Plan.State.CLOSED)):
        words = {"frozen_at": clock.now(), "frozen_by": Person.objects.first(), "hash": "0" * 64}
        paper = plan.papers.filter(kind="challenge").first()
        paper = paper or plan.papers.create(kind="challenge", content='{"blocks": []}', **words)
        if not paper.prints.exists():
            paper.prints.create(made_at=clock.now(), pages=1, sha256="0" * 64, content=b"%PDF-1.7")
        PaperJob.objects.get_or_create(paper=paper, defaults={"asked_at": clock.now()})


def _strategies(world: World, slug: str) -> Iterator[Found]:
    for strategy in world.organisations[slug].strategies.exclude(state="superseded"):
        yield Found(strategy, strategy.state, lambda one: one.at(slug))


def _meetings(world: World, slug: str) -> Iterator[Found]:
    """A meeting that was and one that is to come, of the full board."""
    for state in Meeting.State:
        met = Meeting.objects.filter(board__kind="full board", form=Meeting.Form.MEETING)
        rows = met.filter(board__organisations__slug=slug, state=state)
        for meeting in rows.order_by("-day")[:1]:
            yield Found(meeting, "", lambda one, meeting=meeting: _at_meeting(one, slug, meeting))


def _at_meeting(someone: Someone, slug: str, meeting: Meeting) -> set[str]:
    presides = meeting.acting_chair_id == someone.user.person_id
    return someone.at(slug) | ({"presiding"} if presides else set())


def _bundles(world: World, slug: str) -> Iterator[Found]:
    """The papers of those meetings, part I; where none are made, such as would be."""
    for found in _meetings(world, slug):
        words = {"part": "one", "made_at": clock.now(), "pages": 1, "sha256": "0" * 64, "content": b"%PDF-1.7"}
        yield Found(found.thing.bundles.first() or found.thing.bundles.create(**words), "", found.words_of)


def _bundle_jobs(world: World, slug: str) -> Iterator[Found]:
    for found in _meetings(world, slug):
        job, _ = found.thing.bundle_jobs.get_or_create(part="one", defaults={"asked_at": clock.now()})
        yield Found(job, "", found.words_of)


def _committee_meetings(world: World, slug: str) -> Iterator[Found]:
    for meeting in Meeting.objects.filter(board__organisations__slug=slug, board__kind="committee")[:1]:
        yield Found(meeting, "", lambda one, meeting=meeting: _at_meeting(one, slug, meeting))


def _of_committees(world: World, slug: str) -> Iterator[Found]:
    """Of which the chair of the full board is no chair, but a governor like others."""
    for found in _committee_meetings(world, slug):
        yield Found(found.thing, "", lambda one, words_of=found.words_of: _no_chair(words_of(one)))


def _no_chair(words: set[str]) -> set[str]:
    return (words - {"chair"}) | ({"governor"} if "chair" in words else set())


def _items(world: World, slug: str) -> Iterator[Found]:
    for found in _meetings(world, slug):
        for item in AgendaItem.objects.filter(meeting=found.thing).order_by("-kind")[:1]:
            yield Found(item, "", found.words_of)


def _plan_items(world: World, slug: str) -> Iterator[Found]:
    """An item that is about the organisation's own plan."""
    for found in _meetings(world, slug):
        about = AgendaItem.objects.filter(meeting=found.thing, plan_item__plan__organisation__slug=slug)
        for item in about[:1]:
            yield Found(item, "", found.words_of)


def _ordinary_items(world: World, slug: str) -> Iterator[Found]:
    for found in _meetings(world, slug):
        ordinary = AgendaItem.objects.filter(meeting=found.thing, kind="ordinary", is_confidential=False)
        for item in ordinary[:1]:
            yield Found(item, "", found.words_of)


def _item_papers(world: World, slug: str) -> Iterator[Found]:
    for found in _ordinary_items(world, slug):
        for paper in found.thing.papers.all()[:1]:
            yield Found(paper, "", found.words_of)


def _follow_ups(world: World, slug: str) -> Iterator[Found]:
    """An action of a meeting whose owner has no sign-in: what owners may is tried in its own tests."""
    rows = FollowUp.objects.filter(item__meeting__board__organisations__slug=slug, owner__user=None)
    for row in rows.filter(item__is_confidential=False)[:1]:
        yield Found(row, "", lambda one, meeting=row.meeting: _at_meeting(one, slug, meeting))


def _in_writing(world: World, slug: str) -> Iterator[Found]:
    """A resolution in writing that has passed, and one that is open."""
    for state in Meeting.State:
        rows = Meeting.objects.filter(board__organisations__slug=slug, form=Meeting.Form.WRITTEN, state=state)
        for meeting in rows[:1]:
            yield Found(meeting, "", lambda one, meeting=meeting: _at_meeting(one, slug, meeting))


def _signers(world: World, slug: str) -> Iterator[Found]:
    for found in _in_writing(world, slug):
        member = Seat.objects.filter(board=found.thing.board).first()
        yield Found({"pk": found.thing.pk, "person": member.person_id}, "", found.words_of)


def _chairs_actions(world: World, slug: str) -> Iterator[Found]:
    for action in ChairsAction.objects.filter(board__organisations__slug=slug)[:1]:
        yield Found(action, "", lambda one: one.at(slug))


def _full_boards(world: World, slug: str) -> Iterator[Found]:
    for board in Board.objects.filter(organisations__slug=slug, kind="full board")[:1]:
        yield Found(board, "", lambda one: one.at(slug))


def _people(world: World, slug: str) -> Iterator[Found]:
    for person in Person.objects.of(world.organisations[slug]).filter(roles__organisation__slug=slug)[:1]:
        role = person.roles.filter(organisation__slug=slug).first()
        place = {"slug": slug, "pk": person.pk}
        yield Found({"person": place, "role": place | {"role": role.pk}}, "", lambda one: one.at(slug))


def _successors(world: World, slug: str) -> Iterator[Found]:
    """Somebody who sits on the full board."""
    today = clock.today()
    for seat in Seat.objects.on(today).filter(board__organisations__slug=slug, board__kind="full board")[:1]:
        yield Found({"slug": slug, "person": seat.person_id}, "", lambda one: one.at(slug))


def _seats(world: World, slug: str) -> Iterator[Found]:
    for seat in Seat.objects.filter(board__organisations__slug=slug)[:1]:
        yield Found(seat, "", lambda one: one.at(slug))


def _boards(world: World, slug: str) -> Iterator[Found]:
    for board in Board.objects.filter(organisations__slug=slug)[:1]:
        yield Found({"slug": slug, "pk": board.pk}, "", lambda one: one.at(slug))


def _clerks(world: World, slug: str) -> Iterator[Found]:
    clerk = Person.objects.get(roles__organisation__slug=slug, roles__kind="clerk", user__email__contains="clerk@")
    yield Found({"slug": slug, "person": clerk.pk}, "", lambda one: one.at(slug))


def _inspections(world: World, slug: str) -> Iterator[Found]:
    for inspection in world.organisations[slug].inspections.all()[:1]:
        yield Found(inspection, "", lambda one: one.at(slug))


def _measures(world: World, slug: str) -> Iterator[Found]:
    """One that is for everyone."""
    for measure in world.organisations[slug].measures.filter(is_confidential=False)[:1]:
        yield Found(measure, "", lambda one: one.at(slug))


def _site(world: World, slug: str) -> Iterator[Found]:
    yield Found("the site", "", lambda one: one.at(slug))


THINGS = {
    "organisation": _of_organisation,
    "organisation with plans": _of_organisation,
    "people": _of_organisation,
    "every organisation": _of_organisation,
    "strategy": _strategies,
    "plan": _plans,
    "objective": _objectives,
    "change request": _requests,
    "evidence": _evidence,
    "measure": _measures,
    "question": _questions,
    "version": _versions,
    "meeting": _meetings,
    "committee's meeting": _committee_meetings,
    "site": _site,
    "what is in force": _in_force,
    "review": _reviews,
    "visit": _visits,
    "printed visit": _printed_visits,
    "amendment": _amendments,
    "report": _reports,
}

# ---------------------------------------------------------------- what each address shows, and what it lets one do

SEE = "see"
NOT = "not at all"


def _pk(thing) -> dict:
    return {"pk": thing.pk}


@dataclass(frozen=True)
class Page:
    """`shows`: a row of SEES; "" for a page of one's own. `get`, `post`: what each needs; `words` of the address."""

    shows: str
    get: Permission | str = SEE
    post: Permission | str = NOT
    words: Callable[[object], dict] = _pk
    things: Callable[[World, str], Iterator[Found]] | None = None
    data: dict = field(default_factory=dict)

    def found(self, world: World, slug: str) -> Iterator[Found]:
        return (self.things or THINGS[self.shows])(world, slug)


def _slug(thing) -> dict:
    return {"slug": thing.slug}


def _plan_words(plan) -> dict:
    return {"slug": plan.organisation.slug, "year": plan.year}


def _under_a_framework(thing) -> dict:
    return {"slug": thing.slug, "framework": "rf"}


def _as_it_is(words: dict) -> dict:
    return words


def _keeps(permission: Permission, words=_slug, **more) -> Page:
    """A page of the people that is asked for and sent by whoever keeps them."""
    return Page("people", permission, permission, words, **more)


_A_PERSON = {"words": lambda found: found["person"], "things": _people}
_A_ROLE = {"words": lambda found: found["role"], "things": _people}
_A_BOARD = {"words": _as_it_is, "things": _boards}
_A_YEAR = {"words": lambda thing: {"slug": thing.slug, "year": 2026}}
_AN_ITEM = {"things": _items}
_A_POST = {"words": _as_it_is, "things": _posts}


def _row(kind: str, **more) -> dict:
    """One row of an objective: its number stands under its kind."""
    return {"words": lambda row: {"pk": row["pk"], "row": row[kind], **more}, "things": _rows}


_RATED = {"words": lambda row: {"pk": row["pk"], "milestone": row["milestone"]}, "things": _open_reviews}
_SUMMED_UP = {"words": lambda row: {"pk": row["pk"], "objective": row["objective"]}, "things": _open_reviews}
G, S, M = Governance, Sip, Monitoring

PUBLIC = {
    name: {}
    for name in (
        *("healthz", "readyz", "help", "help_permissions", "help_rules", "glossary", "accessibility", "privacy"),
        "check_edition",
    )
}
WITH_A_LINK = {"invitation", "invitation_fresh"}  # whoever holds it has no sign-in yet
OWN = {"home": Page(""), "account_page": Page(""), "typing": Page("", get=NOT, post=SEE)}
PAGES = {
    # monitoring
    "five_minutes": Page("meeting"),
    "handover": Page("people", M.TAKE_OVER, words=_slug, things=_of_organisation),
    "handover_to": Page("people", M.HAND_OVER, words=_as_it_is, things=_successors),
    "organisation": Page("organisation", words=_slug),
    "start": Page("organisation", words=_slug),
    "reminders": Page("organisation", M.SEE_REMINDERS, words=_slug),
    "rating_words": Page("organisation", M.WORD_RATINGS, M.WORD_RATINGS, _slug),
    "progress": Page("organisation with plans", words=_slug),
    "progress_year": Page("plan", words=_plan_words),
    "timeline": Page("plan", words=_plan_words),
    "as_it_stood": Page("plan"),
    "milestone": Page("what is in force", things=_milestones),
    "review_open": Page("plan", NOT, M.OPEN_REVIEW, data={"term": "autumn"}),
    "review_points": Page("plan", M.SET_REVIEW_POINTS, M.SET_REVIEW_POINTS),
    "review": Page("review"),
    "rate_next": Page("review", M.RATE),
    "rate": Page("what is in force", M.RATE, M.RATE, **_RATED),
    "hand_on": Page("what is in force", M.HAND_ON, M.HAND_ON, **_RATED),
    "rate_handed": Page("handed on", M.RATE, M.RATE, things=_handed),
    "take_back_handed": Page("handed on, to take back", NOT, M.HAND_ON, things=_handed),
    "readings": Page("review", M.RATE),
    "reading": Page("review", S.KEEP_MEASURES, S.KEEP_MEASURES, _as_it_is, _read_in),
    "no_change": Page("what is in force", NOT, M.RATE, **_RATED),
    "sum_up": Page("what is in force", M.RATE, M.RATE, **_SUMMED_UP),
    "review_finish": Page("review", M.RATE, M.WRITE_NARRATIVE),
    "send_review": Page("review", NOT, M.SEND_REVIEW),
    "take_back_review": Page("review", NOT, M.SEND_REVIEW),
    "give_view": Page("review", M.GIVE_VIEW, M.GIVE_VIEW, _as_it_is, _viewed),
    "put_review": Page("review", M.PUT_REVIEW, M.PUT_REVIEW),
    "report_make": Page("review", NOT, M.MAKE_REPORT),
    "report": Page("report"),
    "report_job": Page("report", things=_report_jobs),
    "bundles": Page("meeting", SEE, M.MAKE_PAPERS, data={"part": "one"}),
    "bundle": Page("meeting", things=_bundles),
    "bundle_job": Page("meeting", things=_bundle_jobs),
    "visits": Page("plan", M.READ_VISITS),
    "plan_visit": Page("plan", M.PLAN_VISIT, M.PLAN_VISIT),
    "leave_note": Page("plan", M.LEAVE_NOTE, M.LEAVE_NOTE),
    "objective_visits": Page("plan", M.READ_VISITS, things=_objectives),
    "visit": Page("visit"),
    "change_visit": Page("visit", M.CHANGE_VISIT, M.CHANGE_VISIT),
    "call_off_visit": Page("visit", M.CALL_OFF_VISIT, M.CALL_OFF_VISIT),
    "take_over_visit": Page("visit", NOT, M.TAKE_OVER_VISIT),
    "visit_paper_make": Page("printed visit", NOT, M.MAKE_VISIT_PAPER),
    "visit_write": Page("visit", M.WRITE_VISIT, M.WRITE_VISIT),
    "take_back_visit": Page("visit", NOT, M.WRITE_VISIT),
    "visit_check": Page("visit", M.CHECK_VISIT, M.CHECK_VISIT),
    "agreed_done": Page("visit", NOT, M.SAY_AGREED_DONE, things=_agreed),
    "challenge_log": Page("plan", S.READ_QUESTIONS),
    "inspection_pack": Page("plan", M.MAKE_INSPECTION_PACK),
    "strategy_line": Page("strategy"),
    "committee_paper_make": Page("committee's meeting", NOT, M.MAKE_COMMITTEE_PAPER, things=_of_committees),
    "year_paper_make": Page("plan", NOT, M.MAKE_YEAR_PAPER, _as_it_is, _challenged),
    "year_paper": Page("paper", things=_printed_papers),
    "year_paper_job": Page("paper", things=_paper_jobs),
    "closing": Page("what is in force", M.READ_OUTCOMES, M.WRITE_OUTCOME),
    "close_plan": Page("what is in force", NOT, M.CLOSE_PLAN),
    # governance: the site
    "organisations_admin": Page("site", words=lambda thing: {}),
    "organisation_add": Page("site", SEE, SEE, lambda thing: {}),
    "organisation_admin": Page("every organisation", G.SET_UP_ORGANISATION, words=_slug),
    "organisation_clerk": Page("every organisation", G.SET_UP_ORGANISATION, G.SET_UP_ORGANISATION, _slug),
    "organisation_invite_clerk": Page("every organisation", NOT, G.SET_UP_ORGANISATION, _as_it_is, _clerks),
    # governance: people, boards, terms
    "people": Page("people", G.SEE_PEOPLE, words=_slug),
    "person": Page("people", G.SEE_PEOPLE, **_A_PERSON),
    "person_add": _keeps(G.KEEP_PEOPLE),
    "person_change": _keeps(G.KEEP_PEOPLE, **_A_PERSON),
    "person_invite": Page("people", NOT, G.KEEP_PEOPLE, **_A_PERSON),
    "person_withdraw": Page("people", NOT, G.KEEP_PEOPLE, **_A_PERSON),
    "person_hand_over": _keeps(G.KEEP_PEOPLE, **_A_PERSON),
    "role_give": _keeps(G.KEEP_PEOPLE, **_A_PERSON),
    "role_end": _keeps(G.KEEP_PEOPLE, **_A_ROLE),
    "seat_take": _keeps(G.KEEP_PEOPLE, **_A_PERSON),
    "seat_change": _keeps(G.KEEP_PEOPLE, _pk, things=_seats),
    "seat_end": _keeps(G.KEEP_PEOPLE, _pk, things=_seats),
    "seat_suspend": Page("people", NOT, G.KEEP_PEOPLE, _pk, _seats),
    "boards": Page("people", G.SEE_PEOPLE, words=_slug),
    "board_add": _keeps(G.KEEP_BOARDS),
    "board_change": _keeps(G.KEEP_BOARDS, **_A_BOARD),
    "deciding": _keeps(G.KEEP_BOARDS),
    "terms": Page("people", G.SEE_PEOPLE, **_A_YEAR),
    "own_words": _keeps(G.KEEP_WORDS),
    "terms_edit": _keeps(G.KEEP_TERMS, **_A_YEAR),
    "terms_drop": Page("people", NOT, G.KEEP_TERMS, **_A_YEAR),
    "rights": Page("people", G.SEE_PEOPLE, words=_slug),
    # governance: inspections
    "inspections": Page("organisation with plans", words=_slug),
    "inspection_add": Page("organisation", G.KEEP_INSPECTIONS, G.KEEP_INSPECTIONS, _slug),
    "inspection_record": Page("organisation", G.KEEP_INSPECTIONS, G.KEEP_INSPECTIONS, _under_a_framework),
    "inspection_correct": Page("organisation with plans", G.KEEP_INSPECTIONS, G.KEEP_INSPECTIONS, things=_inspections),
    "inspection_remove": Page("organisation with plans", NOT, G.KEEP_INSPECTIONS, things=_inspections),
    # governance: strategy and meetings
    "strategy_begin": Page("organisation", G.WRITE_STRATEGY, G.WRITE_STRATEGY, _slug),
    "strategy_edit": Page("strategy", G.WRITE_STRATEGY, G.WRITE_STRATEGY),
    "put_strategy": Page("strategy", G.ADOPT_STRATEGY, G.ADOPT_STRATEGY),
    "meetings": Page("organisation", G.SEE_MEETINGS, words=_slug),
    "meeting_add": Page("organisation", G.PLAN_MEETING, G.PLAN_MEETING, _slug),
    "meeting": Page("meeting"),
    "meeting_change": Page("meeting", G.PLAN_MEETING, G.PLAN_MEETING),
    "meeting_cancel": Page("meeting", G.PLAN_MEETING, G.PLAN_MEETING),
    "send_papers": Page("meeting", NOT, G.SEND_PAPERS),
    "urgency": Page("meeting", G.DIRECT_URGENCY, G.DIRECT_URGENCY),
    "draft_minutes": Page("meeting", G.DRAFT_MINUTES),
    "part_two_minutes": Page("meeting", G.DRAFT_MINUTES),
    "resolution_begin": Page("people", G.BEGIN_RESOLUTION, G.BEGIN_RESOLUTION, things=_full_boards),
    "chairs_action_add": Page("people", G.ACT_FOR_BOARD, G.ACT_FOR_BOARD, things=_full_boards),
    "written_resolution": Page("meeting", things=_in_writing),
    "resolution_say": Page("meeting", NOT, G.AGREE_IN_WRITING, things=_in_writing, data={"do": "agree"}),
    "resolution_sign": Page("meeting", NOT, G.RUN_MEETING, _as_it_is, _signers),
    "chairs_action": Page("meeting", things=_chairs_actions),
    "item_part": Page("meeting", NOT, G.MARK_CONFIDENTIAL, **_AN_ITEM),
    "attendance": Page("meeting", G.RUN_MEETING, G.RUN_MEETING),
    "meeting_close": Page("meeting", NOT, G.RUN_MEETING),
    "minutes_sign": Page("meeting", G.SIGN_MINUTES, G.SIGN_MINUTES),
    "agenda_add": Page("meeting", G.PLAN_MEETING, G.PLAN_MEETING),
    "item_papers": Page("meeting", G.PLAN_MEETING, G.PLAN_MEETING, things=_ordinary_items),
    "item_paper": Page("meeting", things=_item_papers),
    "item_paper_remove": Page("meeting", NOT, G.PLAN_MEETING, things=_item_papers),
    "item_change": Page("meeting", G.PLAN_MEETING, G.PLAN_MEETING, **_AN_ITEM),
    "item_arrange": Page("meeting", NOT, G.PLAN_MEETING, **_AN_ITEM),
    "follow_up_record": Page("meeting", G.RUN_MEETING, G.RUN_MEETING, **_AN_ITEM),
    "follow_up": Page("meeting", SEE, G.FINISH_FOLLOW_UP, things=_follow_ups),
    "follow_up_again": Page("meeting", NOT, G.FINISH_FOLLOW_UP, things=_follow_ups),
    "follow_up_remove": Page("meeting", NOT, G.RUN_MEETING, things=_follow_ups),
    "item_run": Page("meeting", NOT, G.OPEN_ITEM, **_AN_ITEM),
    "vote": Page("meeting", NOT, G.VOTE, **_AN_ITEM),
    "withdraw": Page("meeting", NOT, SEE, **_AN_ITEM),
    "item": Page("meeting", SEE, G.RUN_MEETING, **_AN_ITEM),
    "question_record": Page("meeting", S.RECORD_QUESTION, S.RECORD_QUESTION, **_AN_ITEM),
    "projector": Page("meeting", NOT, SEE, **_AN_ITEM),
    "item_correct": Page("meeting", G.CORRECT_DECISION, G.CORRECT_DECISION, **_AN_ITEM),
    "condition_met": Page("meeting", NOT, G.CONFIRM_CONDITION, lambda item: {"pk": item.pk, "condition": 0}, _items),
    # sip
    "strategy": Page("organisation with plans", words=_slug),
    "current_plan": Page("organisation with plans", words=_slug),
    "plan": Page("plan", words=_plan_words),
    "plan_begin": Page("organisation", S.BEGIN_PLAN, S.BEGIN_PLAN, _slug),
    "measures": Page("organisation", S.READ_MEASURES, words=_slug),
    "measure_add": Page("organisation", S.KEEP_MEASURES, S.KEEP_MEASURES, _slug),
    "measure": Page("measure", S.READ_MEASURES),
    "measure_change": Page("measure", S.KEEP_MEASURES, S.KEEP_MEASURES),
    "measure_enter": Page("measure", S.KEEP_MEASURES, S.KEEP_MEASURES),
    "measure_national": Page("measure", S.KEEP_MEASURES, S.KEEP_MEASURES),
    "evidence_packs": Page("organisation", S.READ_EVIDENCE, words=_slug),
    "evidence_begin": Page("organisation", S.GATHER_EVIDENCE, S.GATHER_EVIDENCE, _slug),
    "evidence": Page("evidence", S.READ_EVIDENCE),
    "put_evidence": Page("evidence", S.PUT_EVIDENCE, S.PUT_EVIDENCE),
    "key_area_add": Page("evidence", S.ADD_KEY_AREA, S.ADD_KEY_AREA),
    "evidence_part": Page("evidence", S.GATHER_EVIDENCE, S.GATHER_EVIDENCE, things=_evidence_parts),
    "evidence_file_add": Page("evidence", NOT, S.GATHER_EVIDENCE, things=_evidence_parts),
    "evidence_file": Page("evidence", S.READ_EVIDENCE, things=_evidence_files),
    "evidence_file_remove": Page("evidence", NOT, S.GATHER_EVIDENCE, things=_evidence_files),
    "key_area": Page("evidence", S.ADD_KEY_AREA, S.ADD_KEY_AREA, things=_key_areas),
    "key_area_arrange": Page("evidence", NOT, S.ADD_KEY_AREA, things=_key_areas),
    "objective_ask": Page("plan", S.ASK_FOR_CHANGE, S.ASK_FOR_CHANGE),
    "objectives": Page("plan", S.READ_OBJECTIVES),
    "objective": Page("objective"),
    "action": Page("what is in force", SEE, S.SAY_STATUS, things=_actions),
    "objective_propose": Page("plan", S.PROPOSE_OBJECTIVE, S.PROPOSE_OBJECTIVE),
    "objective_words": Page("objective", S.WORD_OBJECTIVE, S.WORD_OBJECTIVE),
    "objective_arrange": Page("objective", NOT, S.WORD_OBJECTIVE),
    "put_objectives": Page("plan", S.PUT_OBJECTIVES, S.PUT_OBJECTIVES),
    "change_request_ask": Page("objective", S.ASK_FOR_CHANGE, S.ASK_FOR_CHANGE),
    "change_request": Page("change request", S.ANSWER_REQUEST, S.ANSWER_REQUEST),
    "draft_plan": Page("plan", S.READ_DRAFT, S.DRAFT_PLAN),
    "draft_objective": Page("objective", S.READ_DRAFT, S.DRAFT_PLAN),
    "paste_rows": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN),
    "from_last_year": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN),
    "starting_points": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN),
    "undo_save": Page("objective", NOT, S.DRAFT_PLAN),
    "edit_action": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN, **_row("action", part="what")),
    "edit_criterion": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN, **_row("criterion", part="text")),
    "move_action": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN, **_row("action")),
    "move_criterion": Page("objective", S.DRAFT_PLAN, S.DRAFT_PLAN, **_row("criterion")),
    "posts": _keeps(G.ADD_POST),
    "post_hand": _keeps(S.HAND_POST, **_A_POST),
    "post_end": Page("people", NOT, G.ADD_POST, **_A_POST),
    "context": Page("plan", S.READ_DRAFT),
    "context_write": Page("plan", S.DRAFT_PLAN, S.DRAFT_PLAN, lambda plan: {"pk": plan.pk, "section": "pupils"}),
    "plan_weight": Page("plan", S.READ_DRAFT),
    "advice_put_aside": Page("plan", get=NOT, post=S.DRAFT_PLAN),
    "advice_bring_back": Page("plan", get=NOT, post=S.DRAFT_PLAN),
    "replan": Page("what is in force", S.REPLAN, S.REPLAN, things=_actions),
    "amendments": Page("what is in force", things=_in_force),
    "amendment_begin": Page("what is in force", NOT, S.AMEND_PLAN, things=_in_force),
    "amendment": Page("amendment"),
    "amendment_parts": Page("amendment", S.AMEND_PLAN),
    "amend_part": Page("amendment", S.AMEND_PLAN, S.AMEND_PLAN, _as_it_is, _amended),
    "amend_stop": Page("amendment", S.AMEND_PLAN, S.AMEND_PLAN, _as_it_is, _amended),
    "amend_add": Page("amendment", S.AMEND_PLAN, S.AMEND_PLAN, _as_it_is, _amended_under),
    "amend_drop": Page("amendment", NOT, S.AMEND_PLAN, _as_it_is, _amended_line),
    "amend_finish": Page("amendment", S.AMEND_PLAN, S.AMEND_PLAN),
    "amend_withdraw": Page("amendment", NOT, S.AMEND_PLAN),
    "amend_take_back": Page("amendment", NOT, S.AMEND_PLAN),
    "amend_urgently": Page("amendment", S.MAKE_URGENTLY, S.MAKE_URGENTLY),
    "put_amendment": Page("amendment", S.PUT_AMENDMENT, S.PUT_AMENDMENT),
    "submit_plan": Page("plan", S.SUBMIT_PLAN, S.SUBMIT_PLAN),
    "take_back_plan": Page("plan", S.TAKE_BACK_PLAN, S.TAKE_BACK_PLAN),
    "return_plan": Page("plan", S.RETURN_PLAN, S.RETURN_PLAN),
    "put_plan": Page("plan", S.PUT_PLAN, S.PUT_PLAN),
    "ask": Page("plan", S.ASK, S.ASK),
    "say_read": Page("version", NOT, S.SAY_READ),
    "stand": Page("version", S.SAY_WHERE_I_STAND, S.SAY_WHERE_I_STAND),
    "read_on_paper": Page("version", S.NOTE_READING, S.NOTE_READING),
    "compare": Page("plan"),
    "on_a_page": Page("plan", words=_plan_words),
    "agenda_questions": Page("meeting", things=_plan_items),
    "questions": Page("plan", S.READ_QUESTIONS),
    "inspection_areas": Page("plan", S.PLACE_OBJECTIVES, S.PLACE_OBJECTIVES),
    "question": Page("question", SEE, S.ANSWER),
    "question_close": Page("question", NOT, S.CLOSE_QUESTION),
    "question_again": Page("question", S.CLOSE_QUESTION, S.CLOSE_QUESTION),
    "who_reads": Page("plan", S.SAY_WHO_READS, S.SAY_WHO_READS),
    "redacted": Page("version", words=lambda version: {"pk": version.pk, "edition": "board"}),
    "version": Page("version"),
    "documents_make": Page("version", NOT, S.MAKE_DOCUMENT, data={"stage": "submitted"}),
    "layout": Page("organisation", S.CHOOSE_LAYOUT, S.CHOOSE_LAYOUT, _slug),
    "document": Page("version", things=_documents),
    "document_job": Page("version", things=_jobs),
}
# Sign-in is allauth's: its own locks hold there, tried in tests/governance/test_sign_in.py.
OF_SIGN_IN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_inactive",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

# ---------------------------------------------------------------- the walk


@pytest.fixture(scope="module", autouse=True)
def furnished(world):
    """One of each thing for each plan, where the demonstration has none yet."""
    for objective in Objective.objects.select_related("plan"):
        if not ChangeRequest.objects.filter(plan=objective.plan).exists():
            words = {"asked_by": objective.proposed_by, "asked_at": "2026-11-20T09:00Z"}
            ChangeRequest.objects.create(plan=objective.plan, objective=objective, text="May it be 78%?", **words)
    _with_evidence(world)
    _with_logs()
    _counted_and_inspected(world)
    for item in AgendaItem.objects.filter(kind="ordinary"):
        if not item.papers.exists():
            ItemPaper.objects.create(item=item, **_a_pdf())
    for version in Version.objects.all():
        words = {"made_at": version.frozen_at, "pages": 1, "sha256": "0" * 64, "content": b"%PDF-1.7"}
        Document.objects.create(version=version, stage="submitted", **words)
    for review in Review.objects.exclude(state=Review.State.OPEN):
        record = review.records.last()
        reports.ask_for(record)
        words = {"made_at": record.frozen_at, "pages": 1, "sha256": "0" * 64, "content": b"%PDF-1.7"}
        Report.objects.create(record=record, **words)


def _a_pdf() -> dict:
    """The columns of a small PDF that somebody brought."""
    if not default_storage.exists("uploads/a"):
        default_storage.save("uploads/a", ContentFile(files.PDF))
    words = {"name": "a.pdf", "media_type": "application/pdf", "size": len(files.PDF), "file": "uploads/a"}
    return words | {"sha256": hashlib.sha256(files.PDF).hexdigest()}


def _with_evidence(world: World) -> None:
    """Every organisation has evidence of a year with a file and a key area."""
    for organisation in world.organisations.values():
        someone = Person.objects.of(organisation).first()
        words = {"year": 2026, "begun_by": someone, "begun_at": clock.now()}
        pack = organisation.evidence_packs.first() or gathering.begun(organisation, **words)
        if not EvidenceFile.objects.filter(part__pack=pack).exists():
            EvidenceFile.objects.create(part=pack.parts.first(), added_by=someone, **_a_pdf())
        if not pack.key_areas.exists():
            KeyArea.objects.create(pack=pack, position=1, title="Reading", added_by=someone)


def _counted_and_inspected(world: World) -> None:
    """Every organisation has a post and counts something that is for everyone, and every school was inspected."""
    for organisation in world.organisations.values():
        posts.post_called(organisation, "Year 3 team")
        if not organisation.measures.filter(is_confidential=False).exists():
            organisation.measures.create(name="Counted")
        if not organisation.is_trust and not organisation.inspections.exists():
            organisation.inspections.create(framework="rf", kind="Full inspection", began_on=date(2026, 3, 3))


def test_every_address_has_its_row():
    names = {pattern.name or route for route, pattern in every_view() if not is_exempt(pattern.callback)}
    assert names == set(PUBLIC) | WITH_A_LINK | set(OWN) | set(PAGES)


def test_only_these_pages_of_others_stand_outside():
    assert {pattern.name for _, pattern in every_view() if is_exempt(pattern.callback)} == OF_SIGN_IN


def test_the_table_knows_every_part():
    assert {part for parts in table().values() for part in parts} <= {
        part for parts in PARTS.values() for part in parts
    } | {Part.ACTING_CHAIR}


@pytest.fixture(scope="module")
def found(world) -> Callable[[Page, str], list[Found]]:
    """What an organisation has of a page's things, looked up once; of several in one state the first."""
    kept = {}

    def look(page: Page, slug: str) -> list[Found]:
        source = (page.things or THINGS[page.shows], slug)
        if source not in kept:
            kept[source] = list(
                {one.state or str(one.thing): one for one in reversed([*page.found(world, slug)])}.values()
            )
        return kept[source]

    return look


@pytest.fixture(scope="module", autouse=True)
def quickly(world):
    """Forty thousand questions: who asks is known, a refusal needs no page, and a page is drawn once for each sort of
    person who may read it. Sessions, what ends within them and the pages of a refusal are tried elsewhere."""
    handler, people = ClientHandler(enforce_csrf_checks=False), {}
    for someone in world.people.values():
        someone.client.handler = handler
        someone.client.defaults["WHO"] = someone.user.pk
        people[someone.user.pk] = someone.user
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "get_user", lambda request: people.get(request.META.get("WHO"), AnonymousUser()))
        draw = answers.render
        patch.setattr(
            answers, "render", lambda *words, **more: draw(*words, **more) if _drawn(*words) else _blank(**more)
        )
        patch.setattr(urls, "handler403", lambda request, exception=None: HttpResponse(status=403))
        patch.setattr(urls, "handler404", lambda request, exception=None: HttpResponse(status=404))
        yield


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_answers_each_as_the_tables_say(world, found, name):
    page, wrong, given, asked = PAGES[name], [], set(), set()
    for someone in world.people.values():
        for one in [*_own(world, found, page, someone), *_of_others(world, found, page, someone)]:
            address = reverse(name, kwargs=page.words(one.thing))
            if (case := (address, frozenset(one.words_of(someone)), someone.sort)) in asked:
                continue  # somebody who is the same to this very thing, and the same elsewhere, has asked
            asked.add(case)
            for method in ("get", "post"):
                if (needed := getattr(page, method)) != NOT:
                    wanted = _wanted(page, needed, someone, one)
                    someone.client.defaults["SORT"] = f"{one.state}: {sorted(one.words_of(someone))}"
                    got = _ask(someone.client, method, address, page.data)
                    given.add(wanted)
                    if not _fits(wanted, method, got):
                        wrong.append(f"{method} {one} by {someone.name}: {got}, not {wanted}")
    assert not wrong, f"/{name}/ answers wrongly:\n" + "\n".join(wrong)
    assert {"yes", "404"} <= given, "nobody was let in, or nobody was kept out: the walk tried nothing"


_DRAWN: set[tuple] = set()


def _drawn(request, template: str, *words) -> bool:
    """Whether this page is to be drawn: the first time that somebody who is this to such a thing asks for it."""
    kind = request.META.get("SORT")
    is_new = (template, request.method, kind) not in _DRAWN
    _DRAWN.add((template, request.method, kind))
    return is_new or kind is None


def _blank(status: int = 200, **words) -> HttpResponse:
    return HttpResponse(status=status)


def _own(world: World, found, page: Page, someone: Someone) -> list[Found]:
    return [one for slug in someone.own for one in found(page, slug)]


def _of_others(world: World, found, page: Page, someone: Someone) -> list[Found]:
    """One of a school and one of a trust that this person has nothing to do with, where there is one."""
    some = [[one for slug in slugs for one in found(page, slug)[:1]][:1] for slugs in world.others(someone)]
    return [one for ones in some for one in ones]


def _wanted(page: Page, needed, someone: Someone, found: Found) -> str:
    words, sees = found.words_of(someone), SEES[page.shows]
    sees = sees.get(found.state, set()) if isinstance(sees, dict) else sees
    if not words & sees:
        return "404"
    parts = set().union(*(PARTS[word] for word in words))
    return "yes" if needed == SEE or table()[needed] & parts else "403"


def _fits(wanted: str, method: str, got: int | str) -> bool:
    yes = {200, 302, 409} if method == "get" else {200, 302, 409, 422}
    return got in yes if wanted == "yes" else str(got) == wanted


def _ask(client, method: str, address: str, data: dict | None = None) -> int | str:
    """The answer; nothing that it changed stays."""
    with transaction.atomic() if method == "post" else nullcontext():
        try:
            return getattr(client, method)(address, data if method == "post" else None).status_code
        except Exception as trouble:  # noqa: BLE001  whatever broke, the cell is wrong
            return f"500 {type(trouble).__name__}: {trouble}"
        finally:
            if method == "post":
                transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_page_of_ones_own_answers_everyone(world, name):
    for someone in world.people.values():
        method = "get" if OWN[name].get == SEE else "post"
        someone.client.defaults.pop("SORT", None)
        assert _fits("yes", method, _ask(someone.client, method, reverse(name))), someone.name


def test_signed_out_everything_leads_to_sign_in(world, client):
    wrong = []
    for name, page in (PAGES | OWN).items():
        address = _first(world, name, page)
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            if answer.status_code != 302 or not answer["Location"].startswith(reverse("account_login")):
                wrong.append(f"{method} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_page_answers_everyone(world, client, name):
    assert client.get(reverse(name)).status_code in ({200, 503} if name == "readyz" else {200})


def test_a_link_that_is_none_tells_nothing(world, client):
    for someone in (client, next(iter(world.people.values())).client):
        assert someone.get(reverse("invitation", args=["nonsense"])).status_code == 404
        assert someone.post(reverse("invitation", args=["nonsense"])).status_code == 404
        assert someone.post(reverse("invitation_fresh", args=["nonsense"])).status_code == 200


def test_what_changes_something_is_never_done_by_a_get(world):
    someone = next(iter(world.people.values()))
    given = {
        name: someone.client.get(_first(world, name, page)).status_code
        for name, page in (PAGES | OWN).items()
        if page.get == NOT
    }
    assert set(given.values()) == {405}, given


def _first(world: World, name: str, page: Page) -> str:
    if not page.shows:
        return reverse(name)
    for slug in (*SCHOOLS, *TRUSTS):
        for found in page.found(world, slug):
            return reverse(name, kwargs=page.words(found.thing))
    raise LookupError(f"There is nothing that {name} could show.")
