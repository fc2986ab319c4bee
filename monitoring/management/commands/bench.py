"""Measures the main pages on the demonstration: queries, bytes and time, each beside the floor of every page; then what
is done behind them: a report made, the reminders of a day, the demonstration loaded; then the goals, at two sizes."""

import statistics
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import pdf
from governance.models import Organisation, User
from monitoring import digests, reports, reviewing
from monitoring.management import goals
from monitoring.models import ReportJob, Review
from sip.models import Objective, Plan

ROUNDS = 15


class Command(BaseCommand):
    help = "Prints a table of the main pages: queries, kilobytes, median milliseconds, how many floors; then deeds."

    def handle(self, *args, **options) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        loading = None
        if not Organisation.objects.exists():
            loading = _seconds(lambda: call_command("load_demo", stdout=self.stdout))
        floor = None
        self.stdout.write(f"{'page':<44}{'queries':>8}{'kB':>8}{'ms':>8}{'floors':>8}")
        for name, who, address in _pages():
            queries, size, took = _measure(who, address)
            floor = floor or took
            self.stdout.write(f"{name:<44}{queries:>8}{size / 1000:>8.1f}{took * 1000:>8.1f}{took / floor:>8.1f}")
        for name, seconds in _deeds(loading):
            self.stdout.write(f"{name:<60}{seconds * 1000:>8.0f}{seconds / floor:>8.1f}")
        self._goals()

    def _goals(self) -> None:
        """A line for each page at each size: what is asked, what was measured, and what of it is above its goal."""
        self.stdout.write(f"\n{'page':<32}{'actions':>8}{'ms':>8}{'floors':>8}{'queries':>9}{'kB':>8}  goal at most")
        for one in goals.measured():
            verdict = f"  above: {', '.join(one.missed)}" if one.missed else ""
            figures = f"{one.seconds * 1000:>8.0f}{one.floors:>8.1f}{one.queries:>9}{one.kilobytes:>8.1f}"
            self.stdout.write(f"{one.goal.name:<32}{one.actions:>8}{figures}  {one.goal}{verdict}")


def _pages() -> list[tuple[str, str, str]]:
    """Name, who reads it, address; the first is the floor: signed in, and next to nothing on the page."""
    kestrel = Plan.objects.get(organisation__slug="kestrel-vale-high", year=2026)
    objective = Objective.objects.filter(plan__organisation__slug="hollin-lane-primary").first()
    slug, governor = kestrel.organisation.slug, "governor@two-schools.example"
    return [
        ("floor: the account page", governor, reverse("account_page")),
        ("home of one organisation, governor", governor, reverse("organisation", args=[slug])),
        (
            "home of a trust, its leader",
            "ceo@harbour.example",
            reverse("organisation", args=["harbour-learning-trust"]),
        ),
        ("the plan, governor", governor, reverse("plan", args=[slug, kestrel.year])),
        ("the plan, headteacher", "head@kestrel.example", reverse("plan", args=[slug, kestrel.year])),
        ("one objective in full, governor", governor, reverse("objective", args=[kestrel.objectives.first().pk])),
        ("drafting one objective, headteacher", "head@hollin.example", reverse("draft_objective", args=[objective.pk])),
        ("questions, governor", governor, reverse("questions", args=[kestrel.pk])),
        ("meetings, clerk", "clerk@clerking.example", reverse("meetings", args=[slug])),
        ("people, clerk", "clerk@clerking.example", reverse("people", args=[slug])),
        *_pages_of_reviews(),
    ]


def _pages_of_reviews() -> list[tuple[str, str, str]]:
    """How it goes: a year, a review with governors, the story of a milestone, and a milestone to be rated."""
    trust, leader = "harbour-learning-trust", "ceo@harbour.example"
    sent = Review.objects.get(plan__organisation__slug=trust, plan__year=2026, term="autumn")
    open_ = Review.objects.get(plan__organisation__slug="ashdown-primary", plan__year=2026, term="autumn")
    told = sent.ratings.first().milestone
    due = reviewing.milestones_due(open_).first()
    return [
        ("progress of a year, leader of the trust", leader, reverse("progress_year", args=[trust, 2026])),
        ("a review with governors, leader of the trust", leader, reverse("review", args=[sent.pk])),
        ("the story of a milestone, leader of the trust", leader, reverse("milestone", args=[told.pk])),
        ("rating a milestone, headteacher", "head@ashdown.example", reverse("rate", args=[open_.pk, due.pk])),
    ]


def _deeds(loading: float | None) -> list[tuple[str, float]]:
    """What is done behind the pages, each once: name and seconds."""
    job, round_of = ReportJob.objects.order_by("pk").last(), list(digests.everyones())
    first, again = (_seconds(lambda: pdf.render(reports.press.html(job))) for _ in range(2))
    done = [
        ("termly report, PDF, the first of a process", first),
        ("termly report, PDF, the next one", again),
        (f"reminders of the day, {len(round_of)} people, none sent", _seconds(lambda: list(digests.everyones()))),
    ]
    return done + ([("the demonstration, loaded", loading)] if loading else [])


def _measure(email: str, address: str) -> tuple[int, int, float]:
    """Queries, bytes and the median of the seconds that a page takes, once warm."""
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(User.objects.get(email=email))
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(queries), len(answer.content), statistics.median(_once(client, address) for _ in range(ROUNDS))


def _once(client: Client, address: str) -> float:
    return _seconds(lambda: client.get(address))


def _seconds(deed: Callable) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun
