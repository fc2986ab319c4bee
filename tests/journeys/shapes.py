"""The shapes of pages, each in its fullest view: who looks, and where. And what the demonstration lacks for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from playwright.sync_api import Page

from foundation import clock
from governance import inviting, meetings, voting
from governance import strategy as strategies
from governance.deciding import Resolved
from governance.models import AgendaItem, Meeting, Organisation, Person, Seat, Strategy, User
from sip import agreeing, deciding
from sip.models import DocumentJob, Objective, Plan, Question, Version
from tests.journeys import deeds

CLERK, HEAD, CHAIR = "clerk@clerking.example", "head@kestrel.example", "chair@kestrel.example"
GOVERNOR, DRAFTER, SITE = "governor@two-schools.example", "head@hollin.example", "admin@site.example"
ASHDOWN_HEAD, ASHDOWN_CHAIR = "head@ashdown.example", "chair@ashdown.example"
MUDLARK_HEAD, NEW_GOVERNOR = "head@mudlark.example", "newgovernor@ashdown.example"
INVITED = "invited@kestrel.example"
KESTREL, ASHDOWN, HOLLIN = "kestrel-vale-high", "ashdown-primary", "hollin-lane-primary"
MEETING_DAY = date(2026, 12, 2)


@dataclass(frozen=True)
class Shape:
    """One page: its name, who looks (None: nobody signed in), its address, the answer, and what is sent before."""

    name: str
    who: str | None
    at: Callable[[], str] | str
    status: int = 200
    send: Callable[[Page], None] | None = None

    @property
    def address(self) -> str:
        return self.at if isinstance(self.at, str) else self.at()


def user(email: str) -> User:
    return User.objects.get(email=email)


def plan_of(slug: str, year: int = 2026) -> Plan:
    return Plan.objects.get(organisation__slug=slug, year=year)


def _plan(name: str, slug: str, year: int = 2026) -> Callable[[], str]:
    return lambda: reverse(name, args=[plan_of(slug, year).pk])


def _objective(name: str, slug: str, year: int = 2026) -> Callable[[], str]:
    return lambda: reverse(name, args=[Objective.objects.filter(plan=plan_of(slug, year)).first().pk])


def _question(name: str, state: str) -> Callable[[], str]:
    asked = Question.objects.filter(plan__organisation__slug=KESTREL, state=state, needs_answer=True)
    return lambda: reverse(name, args=[asked.first().pk])


def the_meeting() -> Meeting:
    return Meeting.objects.get(board__organisations__slug=KESTREL, day=MEETING_DAY)


def the_item() -> AgendaItem:
    return the_meeting().items.get(kind=AgendaItem.Kind.PLAN)


def _item(name: str = "item") -> str:
    return reverse(name, args=[the_item().pk])


def _meeting(name: str = "meeting") -> str:
    return reverse(name, args=[the_meeting().pk])


def _decided() -> str:
    return reverse(
        "item",
        args=[
            AgendaItem.objects.get(kind="plan", meeting__board__organisations__slug=ASHDOWN, meeting__day__year=2026).pk
        ],
    )


def _person(name: str = "person", *, email: str = GOVERNOR) -> str:
    return reverse(name, args=[KESTREL, Person.objects.get(email=email).pk])


def _seat(name: str) -> str:
    seat = Seat.objects.get(person__email="vicechair@kestrel.example", board__kind="full board")
    return reverse(name, args=[seat.pk])


def _board() -> str:
    return reverse("board_change", args=[KESTREL, Organisation.objects.get(slug=KESTREL).boards.first().pk])


def _version(slug: str) -> Callable[[], str]:
    return lambda: reverse("version", args=[Version.objects.filter(plan=plan_of(slug)).last().pk])


def _job() -> str:
    return reverse("document_job", args=[DocumentJob.objects.filter(version__plan=plan_of(KESTREL)).first().pk])


def _strategy_draft(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[Strategy.objects.get(state="draft").pk])


def _invitation() -> str:
    person = Person.objects.get(email=INVITED)
    _, token = inviting.make_invitation(person, Organisation.objects.get(slug=KESTREL))
    return reverse("invitation", args=[token])


SIGNED_OUT = [
    Shape("sign-in", None, "/accounts/login/"),
    Shape("sign-in, wrong", None, "/accounts/login/", send=deeds.empty),
    Shape("password reset", None, "/accounts/password/reset/"),
    Shape("password reset, sent", None, "/accounts/password/reset/done/"),
    Shape("invitation", None, _invitation),
    Shape("invitation, wrong", None, _invitation, 422, deeds.empty),
    Shape("invitation over", None, "/invitations/nothing/", 404),
    Shape("glossary, signed out", None, "/glossary/"),
    Shape("privacy", None, "/privacy/"),
    Shape("accessibility", None, "/accessibility/"),
]
THE_PLAN = [
    Shape("plan with the board", GOVERNOR, f"/organisations/{KESTREL}/plan/"),
    Shape("plan with the board, to its head", HEAD, f"/organisations/{KESTREL}/plan/"),
    Shape("plan approved", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/plan/"),
    Shape("plan of last year", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/plan/2025-26/"),
    Shape("plan in drafting", DRAFTER, f"/organisations/{HOLLIN}/plan/"),
    Shape("plan without objectives", CLERK, f"/organisations/{ASHDOWN}/plan/2027-28/"),
    Shape("objective", GOVERNOR, _objective("objective", KESTREL)),
    Shape("objective approved", ASHDOWN_HEAD, _objective("objective", ASHDOWN)),
    Shape("version", GOVERNOR, _version(KESTREL)),
    Shape("document being made", CLERK, _job),
    Shape("strategy", ASHDOWN_CHAIR, f"/organisations/{ASHDOWN}/strategy/"),
    Shape("strategy begun", "clerk@birchfold.example", "/organisations/birchfold-academies/strategy/"),
    Shape("strategy, edit", "clerk@birchfold.example", _strategy_draft("strategy_edit")),
    Shape("strategy, edited wrong", "clerk@birchfold.example", _strategy_draft("strategy_edit"), 422, deeds.empty),
    Shape("strategy, put to a meeting", "clerk@birchfold.example", _strategy_draft("put_strategy")),
    Shape("objectives agreed", CLERK, _plan("objectives", KESTREL)),
    Shape("objectives proposed", CLERK, _plan("objectives", ASHDOWN, 2027)),
    Shape("objective, proposed wrong", CLERK, _plan("objective_propose", ASHDOWN, 2027), 422, deeds.empty),
    Shape("objective, its words", CLERK, _objective("objective_words", ASHDOWN, 2027)),
    Shape("objectives, put to a meeting", CLERK, _plan("put_objectives", ASHDOWN, 2027)),
    Shape("plan, begin", "clerk@birchfold.example", "/organisations/birchfold-academies/plan/begin/"),
]
DRAFTING = [
    Shape("draft", DRAFTER, _plan("draft_plan", HOLLIN)),
    Shape("draft, late", MUDLARK_HEAD, _plan("draft_plan", "mudlark-infants")),
    Shape("draft of an objective", DRAFTER, _objective("draft_objective", HOLLIN)),
    Shape("draft of an objective, wrong", DRAFTER, _objective("draft_objective", HOLLIN), 422, deeds.wrong_date),
    Shape("draft of an objective, stale", DRAFTER, _objective("draft_objective", HOLLIN), 409, deeds.stale),
    Shape("draft, submit", DRAFTER, _plan("submit_plan", HOLLIN)),
    Shape("ask for a change", DRAFTER, _objective("change_request_ask", HOLLIN)),
    Shape("take back", HEAD, _plan("take_back_plan", KESTREL)),
    Shape("return", CHAIR, _plan("return_plan", KESTREL)),
    Shape("questions", GOVERNOR, _plan("questions", KESTREL)),
    Shape("question to answer", HEAD, _question("question", "asked")),
    Shape("question, answered wrong", HEAD, _question("question", "asked"), 422, deeds.empty),
    Shape("question answered", GOVERNOR, _question("question", "answered")),
    Shape("ask", GOVERNOR, _plan("ask", KESTREL)),
    Shape("ask, wrong", GOVERNOR, _plan("ask", KESTREL), 422, deeds.empty),
]
THE_BOARD = [
    Shape("meetings", CLERK, f"/organisations/{KESTREL}/meetings/"),
    Shape("meetings of a governor", GOVERNOR, f"/organisations/{KESTREL}/meetings/"),
    Shape("meeting, add", CLERK, f"/organisations/{KESTREL}/meetings/add/"),
    Shape("meeting, added wrong", CLERK, f"/organisations/{KESTREL}/meetings/add/", 422, deeds.empty),
    Shape("meeting to come", CLERK, _meeting),
    Shape("meeting, arrange", CLERK, lambda: _meeting() + "?arrange=1"),
    Shape("meeting, change", CLERK, lambda: _meeting("meeting_change")),
    Shape("agenda, add", CLERK, lambda: _meeting("agenda_add")),
    Shape("item before", CLERK, _item),
    Shape("item before, to a governor", GOVERNOR, _item),
    Shape("item decided in October", ASHDOWN_CHAIR, _decided),
    Shape("people", CLERK, f"/organisations/{KESTREL}/people/"),
    Shape("people of a governor", GOVERNOR, f"/organisations/{KESTREL}/people/"),
    Shape("person", CLERK, _person),
    Shape("person, add", CLERK, f"/organisations/{KESTREL}/people/add/"),
    Shape("person, added wrong", CLERK, f"/organisations/{KESTREL}/people/add/", 422, deeds.empty),
    Shape("person, change", CLERK, lambda: _person("person_change")),
    Shape("person, hand over", CLERK, lambda: _person("person_hand_over")),
    Shape("person, role", CLERK, lambda: _person("role_give")),
    Shape("person, seat", CLERK, lambda: _person("seat_take")),
    Shape("seat, change", CLERK, lambda: _seat("seat_change")),
    Shape("seat, end", CLERK, lambda: _seat("seat_end")),
    Shape("boards", CLERK, f"/organisations/{KESTREL}/boards/"),
    Shape("board, change", CLERK, _board),
    Shape("who decides", CLERK, f"/organisations/{KESTREL}/boards/deciding/"),
    Shape("terms", CLERK, f"/organisations/{KESTREL}/terms/2026-27/"),
    Shape("terms, edit", CLERK, f"/organisations/{KESTREL}/terms/2026-27/edit/"),
    Shape("rights", CLERK, f"/organisations/{KESTREL}/who-may/"),
]
AROUND = [
    Shape("start", NEW_GOVERNOR, f"/organisations/{ASHDOWN}/start/"),
    Shape("glossary", NEW_GOVERNOR, "/glossary/"),
    Shape("help", NEW_GOVERNOR, "/help/"),
    Shape("who may", NEW_GOVERNOR, "/help/who-may/"),
    Shape("account", NEW_GOVERNOR, "/account/"),
    Shape("password, change", NEW_GOVERNOR, "/accounts/password/change/"),
    Shape("sign out", NEW_GOVERNOR, "/accounts/logout/"),
    Shape("organisation of a trust", "ceo@harbour.example", "/organisations/harbour-learning-trust/"),
    Shape("site", SITE, "/site/organisations/"),
    Shape("site, set up", SITE, "/site/organisations/add/"),
    Shape("site, set up wrong", SITE, "/site/organisations/add/", 422, deeds.empty),
    Shape("site, one organisation", SITE, f"/site/organisations/{KESTREL}/"),
    Shape("site, its clerk", SITE, f"/site/organisations/{KESTREL}/clerk/"),
    Shape("403", GOVERNOR, _plan("draft_plan", KESTREL), 403),
    Shape("404", GOVERNOR, "/plans/999999/draft/", 404),
    Shape("409", CLERK, lambda: _meeting("meeting_change"), 409, deeds.too_late),
]
ON_24_NOVEMBER = [*SIGNED_OUT, *THE_PLAN, *DRAFTING, *THE_BOARD, *AROUND]

AT_THE_MEETING = {
    "attendance": [Shape("attendance", CLERK, lambda: _meeting("attendance"))],
    "present": [
        Shape("meeting on its day", CLERK, _meeting),
        Shape("item with the decision to record", CLERK, _item),
        Shape("item, recorded wrong", CLERK, _item, 422, deeds.decision_without_a_reason),
    ],
    "voting": [
        Shape("item in voting, to the clerk", CLERK, _item),
        Shape("item in voting, to a voter", GOVERNOR, _item),
        Shape("home of a voter", GOVERNOR, "/"),
    ],
    "decided": [
        Shape("item decided", CLERK, _item),
        Shape("item, correct", CLERK, lambda: _item("item_correct")),
        Shape("plan approved with conditions", GOVERNOR, f"/organisations/{KESTREL}/plan/"),
        Shape("meeting after the decision", CLERK, _meeting),
    ],
}


def complete() -> None:
    """Add what is not there: a next plan with an objective, a strategy being written, somebody to invite."""
    without_sign_in = Person.objects.filter(user=None, seats__board__organisations__slug=KESTREL).first()
    Person.objects.filter(pk=without_sign_in.pk).update(email=INVITED)
    clerk, ashdown = user(CLERK), Organisation.objects.get(slug=ASHDOWN)
    plan = agreeing.begin_plan(ashdown, year=2027, by=clerk)
    last = Objective.objects.filter(plan=plan_of(ASHDOWN)).first()
    words = ("title", "where_now", "where_to", "figure_what", "figure_now", "figure_aim", "lead", "monitor_seat",
             "monitor_board", "priority")  # fmt: skip
    agreeing.propose_objective(
        plan, team=[], by_when=date(2028, 7, 14), by=clerk, **{word: getattr(last, word) for word in words}
    )
    birchfold = Organisation.objects.get(slug="birchfold-academies")
    begun = user("clerk@birchfold.example")
    strategies.begin_strategy(
        birchfold, title="Ready for more", vision="More of it.", first_year=2028, last_year=2031, by=begun
    )


def come_to(stage: str) -> None:
    """Bring Kestrel Vale's meeting of 2 December on by one step. It is that evening then."""
    with clock.standing_at(clock.local(MEETING_DAY)):
        {"attendance": lambda: None, "present": _be_present, "voting": _vote, "decided": _decide}[stage]()


def _be_present() -> None:
    seats = the_meeting().board.seats.on(MEETING_DAY)
    meetings.record_attendance(the_meeting(), how={seat.person_id: "in person" for seat in seats}, by=user(CLERK))


def _vote() -> None:
    voting.open_voting(the_item(), by=user(CLERK))


def _decide() -> None:
    voting.close_voting(the_item(), by=user(CLERK))
    head = user(HEAD).person
    resolved = Resolved(
        outcome="approved with conditions",
        conditions=[{"text": "Say who keeps the hangar's keys.", "owner": head, "due_on": date(2027, 1, 15)}],
        minute_reference="FGB 26/58",
        decided_on=MEETING_DAY,
    )
    deciding.decide_plan(the_item(), resolved=resolved, by=user(CLERK))
