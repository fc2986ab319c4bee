"""The world of the tests that walk everything: the demonstration, and beside it a school and a trust with a school.

What each person is where is said here in the tests' own words. It is never asked from the code that is under test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.template import Template
from django.test import Client
from django.test.utils import _TestState

from config.environment import ROOT
from foundation import clock, outbox
from governance import meetings, voting
from governance.models import Delegation, Organisation, User
from monitoring.management.commands.load_demo import load
from sip import agreeing, amending, deciding
from sip.models import Action, Plan
from tests import make
from tests.cast import cast_of
from tests.monitoring import visits
from tests.remembering import remembered

ACCOUNTS = json.loads((ROOT / "monitoring" / "demonstration" / "demo-accounts.json").read_text(encoding="utf-8"))
MARKERS = {row["slug"]: row["markers"] for row in ACCOUNTS["organisations"]}

# What the words of demo-accounts.json mean on 24 November 2026. Words that do not stand here stop the tests.
OF_A_ROLE = {
    "headteacher": {"head"},
    "trust leader": {"head"},
    "senior leader": {"leader"},
    "staff": {"staff"},
    "business manager: sees money, no pupil groups": {"business"},
    "clerk": {"clerk"},
    "adviser until 31 December 2026, invited by the board to read the submitted plan": {"adviser"},
    "inspector from 23 to 27 November 2026": {"inspector"},
    "site administrator: sets up organisations, reads no plan": {"administrator"},
}
OF_A_SEAT = {
    "chair": {"chair", "governor"},
    "chair of trustees": {"chair", "governor"},
    "chair of the local governing body": {"chair", "governor"},
    "vice chair": {"vice", "governor"},
    "governor": {"governor"},
    "trustee": {"governor"},
    "governor, ex officio": {"governor"},
    "governor, link for early reading, member of the standards committee": {"governor", "committee"},
    "parent governor since 2 November 2026": {"governor"},
    "associate member, no vote": {"associate", "committee"},  # of the resources committee
    "governor until 31 August 2026": set(),
}
# What the people of tests/cast.py are in their own organisation.
OF_THE_CAST = {
    "head": {"head"},
    "deputy": {"leader"},
    "teacher": {"staff", "named"},  # an owner of actions
    "business": {"business"},
    "clerk": {"clerk"},
    "inspector": {"inspector"},
    "adviser": {"adviser"},
    "chair": {"chair", "governor"},
    "vice": {"vice", "governor"},
    "governor": {"governor"},
    "link": {"governor"},
    "associate": {"associate"},
    "committee_member": {"committee"},
    "left": set(),
}
VISITORS = {"adviser", "inspector"}
ON_THE_BOARD = {"chair", "vice", "governor", "associate"}
TRUST_OF = {
    "quayside-academy": "harbour-learning-trust",
    "mudlark-infants": "harbour-learning-trust",
    "hollin-lane-primary": "birchfold-academies",
    "curlew-infants": "dunlin-trust",
    "stint-academy": "dunlin-trust",
}
DECIDED_BY_THE_TRUST = {"mudlark-infants", "curlew-infants"}
RECEIVED_BY_THE_TRUST = {*DECIDED_BY_THE_TRUST, "stint-academy"}
SCHOOLS = ("ashdown-primary", "kestrel-vale-high", "tern-primary", "lapwing-primary", *TRUST_OF)
TRUSTS = ("harbour-learning-trust", "birchfold-academies", "dunlin-trust")


@dataclass
class Someone:
    """A person with a sign-in, and what they are in each organisation."""

    name: str
    user: User
    words: dict[str, set[str]] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def at(self, slug: str) -> set[str]:
        """What this person is there, as one of it or through the trust."""
        own, trust = set(self.words.get(slug, ())), self.words.get(TRUST_OF.get(slug, ""), set())
        if "head" in trust:
            own.add("trust leader")
        if trust & ON_THE_BOARD:
            own.add("trustee")
        schools = [school for school, its_trust in TRUST_OF.items() if its_trust == slug]
        if any(self.words.get(school, set()) - VISITORS for school in schools):
            own.add("of a school")
        if "administrator" in self.words.get("*", ()):
            own.add("administrator")
        return own

    def on_plan_of(self, slug: str) -> set[str]:
        """The same on the plan: where the trust's board decides, the school's own board only reads and asks."""
        words = self.at(slug)
        if slug in DECIDED_BY_THE_TRUST:
            if words & (ON_THE_BOARD - {"associate"}):
                words.add("local governor")
            words -= ON_THE_BOARD - {"associate"}
            words |= self._on_the_trusts_board(slug)
        if slug in RECEIVED_BY_THE_TRUST and self._on_the_trusts_board(slug):
            words.add("receiver")
        return words

    def on_review_of(self, slug: str) -> set[str]:
        """The same on a review of the plan: the board that receives it has a part of its own in it."""
        words = self.on_plan_of(slug)
        return words | self._on_the_trusts_board(slug) if slug in RECEIVED_BY_THE_TRUST else words

    def _on_the_trusts_board(self, slug: str) -> set[str]:
        return self.words.get(TRUST_OF[slug], set()) & (ON_THE_BOARD | {"clerk"})

    @property
    def sort(self) -> tuple[tuple[str, ...], ...]:
        """What this person is, wherever it is."""
        return tuple(sorted(tuple(sorted(words)) for words in self.words.values()))

    @property
    def own(self) -> list[str]:
        """The organisations that this person has to do with."""
        return [slug for slug in (*SCHOOLS, *TRUSTS) if (self.at(slug) | self.on_plan_of(slug)) - {"administrator"}]


@dataclass
class World:
    """Everyone by address, every organisation by slug."""

    people: dict[str, Someone]
    organisations: dict[str, Organisation]
    tern: SimpleNamespace
    dunlin: SimpleNamespace
    curlew: SimpleNamespace
    lapwing: SimpleNamespace
    stint: SimpleNamespace

    def others(self, someone: Someone) -> tuple[list[str], list[str]]:
        """The schools, and the trusts, that this person has nothing to do with."""
        own = someone.own
        return [slug for slug in SCHOOLS if slug not in own], [slug for slug in TRUSTS if slug not in own]


def build(load_demonstration: Callable[[], None]) -> World:
    """Load the demonstration, and add the cast: a school whose plan is with the board; one whose leaders are rating; a
    trust that decides for one of its schools, whose leaders are drafting, and receives the reviews of another."""
    with outbox.sent_long_ago():
        load_demonstration()
        people = _accounts()
        tern = cast_of("Tern Primary")
        dunlin = cast_of("Dunlin Trust", kind="trust", leader="trust leader")
        curlew = cast_of("Curlew Infants", trust=dunlin.school)
        for decision in Delegation.Decides:
            Delegation.objects.create(organisation=curlew.school, decision=decision, board=dunlin.board)
        make.plan(tern, state="with the board", objectives=2, actions=2)
        make.strategy(tern.school, state="draft")
        _sitting(tern)
        make.plan(_decided_for(curlew, dunlin), state="drafting")
        make.plan(dunlin, state="objectives")
        agreeing.ask_for_change(curlew.school.plans.get().objectives.get(), text="May it be 78%?", by=curlew.head)
        lapwing, stint = cast_of("Lapwing Primary"), cast_of("Stint Academy", trust=dunlin.school)
        make.review(lapwing, state="open", plan_=_approved(lapwing, lead=lapwing.teacher))
        _amending(lapwing)
        Delegation.objects.create(organisation=stint.school, decision=Delegation.Decides.REVIEWS, board=dunlin.board)
        make.review(stint, state="with governors", plan_=_approved(stint, lead=stint.teacher))
        for state in ("planned", "checking", "shared"):
            visits.visit(stint, of=stint.school.plans.get(), day=clock.today(), state=state)
        make.meeting(dunlin.board, day=date(2026, 12, 16), by=dunlin.clerk)
    for cast in (tern, dunlin, curlew, lapwing, stint):
        for part, words in OF_THE_CAST.items():
            user = getattr(cast, part)
            people[user.email] = Someone(f"{part} of {cast.school.slug}", user, {cast.school.slug: set(words)})
    for someone in people.values():
        someone.client.force_login(someone.user)
    organisations = {one.slug: one for one in Organisation.objects.all()}
    return World(people, organisations, tern, dunlin, curlew, lapwing, stint)


def _accounts() -> dict[str, Someone]:
    people = {}
    for row in ACCOUNTS["accounts"]:
        someone = Someone(row["email"], User.objects.get(email=row["email"]))
        for table, key in ((OF_A_ROLE, "roles"), (OF_A_SEAT, "seats")):
            for slug, said in row.get(key, ()):
                someone.words.setdefault(slug, set()).update(table[said])
        people[row["email"]] = someone
    return people


def _sitting(cast: SimpleNamespace) -> None:
    """A meeting of today that is going on: the plan is before the board, and voting is open on other business."""
    meeting = make.meeting(cast.board, day=clock.today(), present=cast.voters, by=cast.clerk, chair=cast.chair.person)
    deciding.put_plan(cast.school.plans.get(), meeting=meeting, by=cast.clerk)
    item = meetings.add_item(meeting, title="Other business", by=cast.clerk)
    voting.open_item(item, by=cast.clerk)
    voting.open_voting(item, by=cast.clerk)


def _approved(cast: SimpleNamespace, *, lead: User) -> Plan:
    """An approved plan of two objectives, one of them led by somebody who is no leader."""
    plan = make.plan(cast, state="approved", objectives=2)
    plan.objectives.filter(position=1).update(lead=lead.person)
    return plan


def _amending(cast: SimpleNamespace) -> None:
    """Leaders draft an amendment: one action is to be stopped."""
    drafted = amending.begin_amendment(cast.school.plans.get(), by=cast.head)
    action = Action.objects.filter(objective__plan=drafted.plan).first()
    amending.stop_part(drafted, row=action, why="Nobody came.", revision=drafted.revision, by=cast.head)


def _decided_for(school: SimpleNamespace, trust: SimpleNamespace) -> SimpleNamespace:
    """The school's cast with the trust's board in the chair, and one who clerks both."""
    both = make.user("Clerk Of Both")
    make.role(both, school.school, "clerk")
    make.role(both, trust.school, "clerk")
    return SimpleNamespace(**vars(school) | {"clerk": both, "voters": trust.voters, "chair": trust.chair})


@pytest.fixture(scope="session")
def load_demonstration(tmp_path_factory, worker_id):
    """load_demonstration(): walks the whole history once a test run, and gives every later test the same rows."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent  # all workers share the parent
    return lambda: remembered(folder, load)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, load_demonstration):
    """Made once for a module, in a transaction that is undone at its end. What one test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # Django's test client copies the words of every template, which nobody here looks at: half of the time.
        patch.setattr(Template, "_render", _TestState.saved_data.template_render)
        yield build(load_demonstration)
        transaction.set_rollback(True)


@cache
def _counting() -> str:
    """One question for all tables: how many rows, and the highest key. Sign-ins aside, which a visit may renew."""
    parts = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table == Session._meta.db_table or table.startswith("cache"):
                continue
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            key = "coalesce(max(id), 0)" if "id" in columns else "0"
            parts.append(f"SELECT '{table}', count(*), {key} FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return " UNION ALL ".join(parts)


def picture_of_all_rows() -> dict[str, tuple]:
    """How many rows each table has, and its highest key."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return {table: (count, highest) for table, count, highest in cursor.fetchall()}
