"""The demonstration: exactly these sign-ins, each organisation where it should stand, its words its own."""

import json
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from config.environment import ROOT
from foundation import audit
from foundation.audit import AuditEvent
from foundation.outbox import OutgoingMail, sent_long_ago
from governance.models import Board, Organisation, Person, Priority, Role, Seat, User
from monitoring import records, reviewing
from monitoring.demonstration import reading
from monitoring.management.commands import load_demo
from monitoring.models import Rating, ReportJob, Review, View
from sip import versions
from sip.models import Action, Mark, Objective, Plan, Question, Target

STATES = {
    ("ashdown-primary", 2025): "closed",
    ("ashdown-primary", 2026): "approved",
    ("kestrel-vale-high", 2025): "closed",
    ("kestrel-vale-high", 2026): "with the board",
    ("harbour-learning-trust", 2025): "closed",
    ("harbour-learning-trust", 2026): "approved",
    ("quayside-academy", 2025): "closed",
    ("quayside-academy", 2026): "approved",
    ("mudlark-infants", 2025): "closed",
    ("mudlark-infants", 2026): "drafting",
    ("hollin-lane-primary", 2025): "closed",
    ("hollin-lane-primary", 2026): "drafting",
}
THIS_AUTUMN = {"ashdown-primary": "open", "harbour-learning-trust": "with governors", "quayside-academy": "open"}
CARRIED = {
    "Phonics right first time, and caught up fast": "One way of teaching phonics",
    "Every peregrine passport stamped": "Careers guidance that reaches everybody",
}
FULL = ("ashdown-primary", "kestrel-vale-high")


class TheDemonstration(TestCase):
    @classmethod
    def setUpTestData(cls):
        with sent_long_ago():
            load_demo.load()

    def test_exactly_these_can_sign_in(self):
        rows = reading.FILES["accounts"]
        assert {user.email: user.person.name for user in User.objects.select_related("person")} == {
            row["email"]: row["name"] for row in rows
        }
        for row in rows[:2]:
            assert authenticate(username=row["email"], password=reading.FILES["password"])

    def test_everyone_is_what_the_file_says(self):
        kinds = {
            (role.person.email, role.organisation.slug, role.kind) for role in Role.objects.exclude(organisation=None)
        }
        for row in reading.FILES["accounts"]:
            for where, words in row.get("roles", []):
                if where != "*":
                    assert (row["email"], where, reading.role_in_words(words)["kind"]) in kinds
        positions = {
            (seat.person.email, seat.board.here.slug, seat.position)
            for seat in Seat.objects.filter(board__kind="full board").select_related("person", "board")
        }
        for row in reading.FILES["accounts"]:
            for where, words in row.get("seats", []):
                assert (row["email"], where, reading.seat_in_words(words)["position"]) in positions

    def test_the_days_in_the_words_are_kept(self):
        adviser = Role.objects.get(person__email="adviser@county.example")
        assert (f"{adviser.last_day}", adviser.reads_submitted) == ("2026-12-31", True)
        inspector = Role.objects.get(person__email="inspector@inspection.example")
        assert (f"{inspector.first_day}", f"{inspector.last_day}") == ("2026-11-23", "2026-11-27")
        left = Seat.objects.get(person__email="left@kestrel.example", board__kind="full board")
        assert f"{left.last_day}" == "2026-08-31"
        new = Seat.objects.get(person__email="newgovernor@ashdown.example", board__kind="full board")
        assert f"{new.first_day}" == "2026-11-02"

    def test_each_board_has_its_size(self):
        for board in Board.objects.filter(kind="full board"):
            voting = board.seats.on("2026-11-24").filter(votes=True).count()
            assert voting == 7 if board.here.is_trust else 9 <= voting <= 12, board.here

    def test_each_organisation_stands_where_it_should(self):
        found = {
            (plan.organisation.slug, plan.year): plan.state for plan in Plan.objects.select_related("organisation")
        }
        assert found == STATES

    def test_the_full_ones_are_full(self):
        for slug in FULL:
            plan = Plan.objects.get(organisation__slug=slug, year=2026)
            assert plan.objectives.count() == 4
            for objective in plan.objectives.all():
                assert 5 <= objective.actions.count() <= 8
                terms = set(objective.criteria.values_list("milestones__term", flat=True))
                assert {"autumn", "spring", "summer"} <= terms

    def test_each_term_of_last_year_is_rated_received_and_printed(self):
        for plan in Plan.objects.filter(year=2025):
            reviews = list(plan.reviews.order_by("pk"))
            assert [review.term for review in reviews] == ["autumn", "spring", "summer"]
            for review in reviews:
                assert (review.state, review.decision.outcome) == ("received", "received")
                assert review.decision.minute_reference
                assert review.narrative
                rated = set(review.ratings.values_list("milestone", flat=True))
                assert rated == set(reviewing.milestones_due(review).values_list("pk", flat=True))
                assert review.summaries.count() == plan.objectives.count()
                assert list(review.records.values_list("stage", flat=True)) == ["sent", "received"]
                assert ReportJob.objects.filter(record__review=review).count() == 2
            assert all(one.outcome and one.lesson for one in plan.objectives.all())

    def test_ratings_say_what_they_must(self):
        for rating in Rating.objects.all():
            assert rating.why, rating
            assert rating.evidence or rating.mark != Mark.GREEN, rating
        words = list(Rating.objects.filter(is_unchanged=False).values_list("why", flat=True))
        assert len(words) == len(set(words))
        stances = set(View.objects.values_list("stance", flat=True))
        assert stances == {"agrees", "sees it differently", "not enough evidence"}

    def test_this_autumn_stands_where_the_file_says(self):
        found = {review.plan.organisation.slug: review for review in Review.objects.filter(plan__year=2026)}
        assert {slug: review.state for slug, review in found.items()} == THIS_AUTUMN
        ashdown, harbour = found["ashdown-primary"], found["harbour-learning-trust"]
        assert ashdown.ratings.count() * 2 == reviewing.milestones_due(ashdown).count()
        assert {"red", "amber", "green"} == set(ashdown.ratings.values_list("mark", flat=True))
        assert harbour.ratings.count() == reviewing.milestones_due(harbour).count()
        assert harbour.views.count() < harbour.plan.objectives.count()
        assert harbour.items.get().item.meeting.day == date(2026, 12, 15)
        opened = AuditEvent.objects.filter(what="open_review", thing_id__in=[ashdown.pk, found["quayside-academy"].pk])
        assert set(opened.values_list("by_name", flat=True)) == {f"{audit.TIMETABLE}"}

    def test_what_was_not_finished_goes_on_in_this_years_plan(self):
        carried = Objective.objects.exclude(carried_from=None).select_related("carried_from")
        assert {one.title: one.carried_from.title for one in carried} == CARRIED
        for slug in FULL:
            done = Action.objects.filter(objective__plan__organisation__slug=slug, objective__plan__year=2025)
            assert 1 <= done.exclude(status="done").count() <= 2

    def test_measures_are_read_each_term(self):
        for slug in FULL:
            plan = Plan.objects.get(organisation__slug=slug, year=2025)
            targets = Target.objects.filter(criterion__objective__plan=plan)
            assert targets.count() >= 3
            for target in targets:
                terms = set(target.measure.readings.filter(year=2025).values_list("term", flat=True))
                assert terms == set(target.criterion.milestones.values_list("term", flat=True)), target

    def test_markers_stand_in_their_own_organisation_and_nowhere_else(self):
        for row in reading.FILES["organisations"]:
            texts = _texts(row["slug"])
            for marker in row["markers"]:
                missing = [name for name, text in texts.items() if text and marker not in text.lower()]
                assert missing == [], (row["slug"], marker)
                others = [one["slug"] for one in reading.FILES["organisations"] if one["slug"] != row["slug"]]
                assert not any(marker in " ".join(_texts(slug).values()).lower() for slug in others)

    def test_nothing_is_mailed_and_every_record_is_whole(self):
        assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent"}
        assert audit.broken_links() == []
        assert versions.verify() == []
        assert records.verify() == []

    @override_settings(DEMO=True)
    def test_loading_again_leaves_it_as_it_is_and_reset_begins_anew(self):
        Person.objects.filter(name="Priya Raman").update(name="Somebody Else")
        call_command("load_demo", stdout=StringIO())
        assert Person.objects.filter(name="Somebody Else").exists()

    def test_it_is_for_demonstrations_alone(self):
        with pytest.raises(CommandError, match="DEMO=1"):
            call_command("load_demo")


def _texts(slug: str) -> dict[str, str]:
    """The words of an organisation by where they stand; empty where there are none."""
    here = Organisation.objects.get(slug=slug)
    strategy = " ".join(here.strategies.values_list("vision", flat=True))
    for row in Priority.objects.filter(strategy__organisation=here).values_list(
        "title", "where_we_are", "where_we_want_to_be", "how_we_will_know"
    ):
        strategy += " ".join(row)
    objectives = Objective.objects.filter(plan__organisation=here).values_list("title", "where_now", "where_to")
    actions = Action.objects.filter(objective__plan__organisation=here).values_list("what", "resources", "outcome")
    return {
        "strategy": strategy,
        "objective": " ".join(" ".join(row) for row in objectives),
        "action": " ".join(" ".join(row) for row in actions),
        "question": " ".join(Question.objects.filter(plan__organisation=here).values_list("text", flat=True)),
        "lesson": " ".join(Objective.objects.filter(plan__organisation=here).values_list("lesson", flat=True)),
    } | _of_reviews(here)


def _of_reviews(here: Organisation) -> dict[str, str]:
    reviews = Review.objects.filter(plan__organisation=here)
    ratings = Rating.objects.filter(review__in=reviews).values_list("why", "next_step")
    return {
        "rating": " ".join(" ".join(row) for row in ratings),
        "narrative": " ".join(reviews.values_list("narrative", flat=True)),
        "view": " ".join(View.objects.filter(review__in=reviews).values_list("why", flat=True)),
    }


def test_the_projects_copy_of_the_accounts_is_the_agreed_one():
    agreed = ROOT.parent / "shared" / "demo-accounts.json"
    if agreed.exists():
        assert json.loads(agreed.read_text(encoding="utf-8")) == reading.FILES
