"""The goals of the site's speed, measured: the pages of a plan at 50 and at 500 actions, each beside the floor.

The floor is a page that asks who somebody is and next to nothing else. Milliseconds differ from machine to machine,
their ratio does not: floor and page are measured in turn, one after the other.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock, pdf
from governance import years
from monitoring import reports
from monitoring.management import heavy_plans
from monitoring.management.heavy_plans import Heavy

SIZES = (50, 500)  # actions
ROUNDS = 9


@dataclass(frozen=True)
class Goal:
    """What is asked of a page: at most so many floors, seconds, queries and kilobytes; None where nothing is asked."""

    name: str
    floors: float | None = None
    seconds: float | None = None
    queries: int | None = None
    kilobytes: int | None = None

    def __str__(self) -> str:
        parts = [
            (self.floors, f"{self.floors} floors"),
            (self.seconds, f"{self.seconds} s"),
            (self.queries, f"{self.queries} queries"),
            (self.kilobytes, f"{self.kilobytes} kB"),
        ]
        return ", ".join(words for value, words in parts if value is not None)


@dataclass(frozen=True)
class Figure:
    """What was measured of a page."""

    goal: Goal
    actions: int
    seconds: float
    floors: float
    queries: int
    kilobytes: float

    @property
    def missed(self) -> list[str]:
        """By the name of what is above its goal."""
        return [
            name
            for name in ("floors", "seconds", "queries", "kilobytes")
            if (most := getattr(self.goal, name)) is not None and getattr(self, name) > most
        ]


def measured() -> Iterator[Figure]:
    """Each page at each size. What is built for it is given up again."""
    with transaction.atomic():
        for actions in SIZES:
            heavy = heavy_plans.build(actions, year=years.year_of(clock.today()))
            client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
            client.force_login(heavy.reader)
            for goal, address in _pages(heavy):
                yield _page(goal, heavy, client, address)
            yield _report(heavy, client)
        transaction.set_rollback(True)


def _pages(heavy: Heavy) -> list[tuple[Goal, str]]:
    """The plan: G2, G4, G5. Every other page: G5. The timeline: G6."""
    slug, year, heavy_one = heavy.plan.organisation.slug, heavy.plan.year, heavy.actions > SIZES[0]
    plan = Goal(
        "the plan (G2, G4, G5)",
        floors=None if heavy_one else 6,
        seconds=0.14 if heavy_one else None,
        queries=9,
        kilobytes=165 if heavy_one else 60,
    )
    return [
        (plan, reverse("plan", args=[slug, year])),
        (Goal("the review (G5)", kilobytes=100), reverse("review", args=[heavy.review.pk])),
        (Goal("the heat map, in Progress (G5)", kilobytes=100), reverse("progress_year", args=[slug, year])),
        (Goal("the timeline (G5, G6)", seconds=0.3, kilobytes=100), reverse("timeline", args=[slug, year])),
    ]


def _page(goal: Goal, heavy: Heavy, client: Client, address: str) -> Figure:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    asked = len(queries)  # before the next request empties the log
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    floor, page = _in_turn(lambda: client.get(reverse("account_page")), lambda: client.get(address))
    return Figure(goal, heavy.actions, page, page / floor, asked, len(answer.content) / 1000)


def _report(heavy: Heavy, client: Client) -> Figure:
    """The termly report as PDF, once warm: it is made by the worker, while nobody waits for a page."""
    client.get(reverse("account_page"))
    floor = statistics.median(_seconds(lambda: client.get(reverse("account_page"))) for _ in range(ROUNDS))
    with CaptureQueriesContext(connection) as queries:
        html = reports.press.html(heavy.job)
    pdf.render(html)
    took = _seconds(lambda: pdf.render(html))
    return Figure(Goal("the termly report, PDF"), heavy.actions, took, took / floor, len(queries), len(html) / 1000)


def _in_turn(floor: Callable, page: Callable) -> tuple[float, float]:
    """The medians of two deeds, done in turn: A B A B."""
    pairs = [(_seconds(floor), _seconds(page)) for _ in range(ROUNDS)]
    return statistics.median(one for one, _ in pairs), statistics.median(one for _, one in pairs)


def _seconds(deed: Callable) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun
