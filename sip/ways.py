"""The quiet links under a plan's head to other ways of reading it, and the time before the meeting."""

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
    """Links as (words, address), and the section about the time before the meeting, where there is one."""

    links: list[tuple[str, str]]
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
    return Ways(links, sounding.before(plan, reading.version, user) if reading.version else None)


def _differing(plan: Plan, reading: PlanReading, user) -> list[tuple[str, str]]:
    """Once there are two contents to compare: what changed since one read it, else all that can be compared."""
    version = reading.version
    drafted = plan.is_editable and plan.submitted_at is not None and may(user, P.READ_DRAFT, plan)
    if not drafted and (version is None or version.number < 2 or not version.is_open):
        return []
    if since := side_by_side.since_read(plan, user):
        return [(since.label, since.url)]
    return [("What differs between versions", reverse("compare", args=[plan.pk]))]
