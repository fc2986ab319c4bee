"""The quiet links under a plan's head: other ways of reading it, what is around it; and the time before the meeting."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from foundation.permissions import may
from sip import amendment_page, side_by_side, sounding, written
from sip.models import Plan
from sip.permissions import P
from sip.reading import PlanReading
from sip.sounding import Before
from sip.whereabouts import Item, sees_item


@dataclass(slots=True)
class Ways:
    """Links as (words, address): other ways of reading the plan, and folded what is around it. And the section about
    the time before the meeting, where there is one."""

    links: list[tuple[str, str]]
    around: list[tuple[str, str]]
    before: Before | None


def of(plan: Plan, reading: PlanReading, item: Item | None, user) -> Ways:
    """For one person, of a plan as it came from `Plan.objects.to_read`."""
    links = [("On a page", reverse("on_a_page", args=[plan.organisation.slug, plan.year]))]
    if item and item.is_coming and sees_item(plan, user):
        words = f"Five minutes before {written.near_day(item.day)}"
        links.append((words, reverse("five_minutes", args=[item.meeting])))
    if may(user, P.READ_MEASURES, plan.organisation):
        links.append(("Measures", reverse("measures", args=[plan.organisation.slug])))
    links += _differing(plan, reading, user)
    if amended := amendment_page.on_the_plan(plan, user):
        links.append((amended.label, reverse("amendments", args=[plan.pk])))
    before = sounding.before(plan, reading.version, user) if reading.version else None
    return Ways(links, list(_around(plan, reading, user)), before)


def _around(plan: Plan, reading: PlanReading, user) -> Iterator[tuple[str, str]]:
    """What the plan serves and how it ends, how it came to be, the trust's plan, the years beside it."""
    organisation = plan.organisation
    if plan.strategy:
        yield plan.strategy.title, reverse("strategy", args=[organisation.slug])
    if plan.is_in_force and may(user, P.READ_MARKS, plan):
        words = "What came of it" if plan.state == Plan.State.CLOSED else "Outcomes, and closing the plan"
        yield words, reverse("closing", args=[plan.pk])
    if may(user, P.READ_OBJECTIVES, plan):
        yield f"{reading.words.Objectives}, and requests to change them", reverse("objectives", args=[plan.pk])
    if not organisation.is_trust:
        yield "Inspections", reverse("inspections", args=[organisation.slug])
    if plan.has_trust_plan:
        yield "The trust’s plan", reverse("current_plan", args=[organisation.trust.slug])
    if plan.has_earlier:
        yield "Last year’s plan", reverse("plan", args=[organisation.slug, plan.year - 1])
    if plan.has_later:
        yield "Next year’s plan", reverse("plan", args=[organisation.slug, plan.year + 1])


def _differing(plan: Plan, reading: PlanReading, user) -> list[tuple[str, str]]:
    """Once there are two contents to compare: what changed since one read it, else all that can be compared."""
    version = reading.version
    drafted = plan.is_editable and plan.submitted_at is not None and may(user, P.READ_DRAFT, plan)
    if not drafted and (version is None or version.number < 2 or not version.is_open):
        return []
    if since := side_by_side.since_read(plan, user):
        return [(since.label, since.url)]
    return [("What differs between versions", reverse("compare", args=[plan.pk]))]
