"""The context as leaders draft it: what stands there, and what is still to be entered, each with the way to where."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from foundation.permissions import may
from sip import context, editions
from sip.context import BUDGET, KINDS, PERFORMANCE, PUPILS, TITLES, Part
from sip.context_figures import ATTAINMENT, INTAKE, ON_TRACK, PROGRESS
from sip.models import ContextText, Measure, Plan, Reading
from sip.permissions import P

_ASKED = {  # the figures that every plan's context is asked for: what they are called, and the measures that answer
    PUPILS: (
        ("Pupils on roll", ("nor",)),
        ("Pupils with pupil premium", ("pp",)),
        ("Pupils with SEN support", ("sen_sup",)),
        ("Pupils with an EHC plan", ("ehcp",)),
        ("On track for expected progress, by group", ON_TRACK["exp"]),
        ("On track for more than expected progress, by group", ON_TRACK["more"]),
        ("Intake by prior attainment, each year group", (INTAKE,)),
    ),
    PERFORMANCE: (
        ("Last year’s attainment", ATTAINMENT),
        ("Last year’s progress or value added", PROGRESS),
    ),
    BUDGET: (
        ("Staff turnover", ("staff_turn",)),
        ("Free reserves", ("reserves",)),
        ("Surplus or deficit in the year", ("bal_inyear",)),
    ),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there yet, and where it is entered."""

    words: str
    url: str


@dataclass(slots=True)
class Drafted:
    """A section of the context: what it holds, what it lacks, and where its words are written."""

    part: Part
    missing: list[Missing]
    write_url: str


def of(plan: Plan, user) -> list[Drafted]:
    """Every section as this person may read it. The number of queries does not grow with what it holds."""
    blocks, measures = context.blocks_of(plan), _measures_of(plan)
    shown = editions.kept(blocks, editions.edition_for(user, plan))
    if not may(user, P.READ_GROUPS, plan):
        shown = context.without_groups(shown)
    parts = {part.key: part for part in context.read(shown)}
    return [_drafted(plan, key, parts.get(key) or Part(key, TITLES[key]), blocks, measures) for key in TITLES]


def in_words(drafted: list[Drafted]) -> str:
    """ "Ten things are still to be entered.", "Everything that is asked for is there."."""
    many = sum(len(one.missing) for one in drafted)
    if not many:
        return "Everything that is asked for is there."
    return "One thing is still to be entered." if many == 1 else f"{many} things are still to be entered."


def _measures_of(plan: Plan) -> dict[str, Measure]:
    """The organisation's standard measures by code; `is_read` where anything was for the years of the context."""
    span = {"year__gte": plan.year - 2, "year__lte": plan.year}
    read = Exists(Reading.objects.filter(measure=OuterRef("pk"), **span))
    found = Measure.objects.filter(organisation=plan.organisation).exclude(code="").annotate(is_read=read)
    return {one.code: one for one in found}


def _drafted(
    plan: Plan, key: str, part: Part, blocks: Mapping[str, object], measures: Mapping[str, Measure]
) -> Drafted:
    write, slug = reverse("context_write", args=[plan.pk, key]), plan.organisation.slug
    missing = []
    for words, codes in _ASKED[key]:
        had = [measures[code] for code in codes if code in measures]
        if not any(measure.is_read for measure in had):
            url = reverse("measure_enter", args=[had[0].pk]) if had else reverse("measure_add", args=[slug])
            missing.append(Missing(words, url))
    if key == PERFORMANCE and "inspection" not in blocks and not plan.organisation.is_trust:
        missing.append(Missing("The last inspection", reverse("inspections", args=[slug])))
    if key == BUDGET and "budget" not in blocks:
        missing.append(Missing("What the plan is given to spend", f"{write}#budget"))
    for kind in KINDS[key]:
        if f"context:{kind}" not in blocks:
            missing.append(Missing(kind.label, f"{write}#id_{box_of(kind)}"))
    return Drafted(part, missing, write)


def box_of(kind: ContextText.Kind) -> str:
    """The name of the box in which its words are typed."""
    return kind.name.lower()
