"""Which two contents of a plan a person may lay side by side, and which of them they most likely want to."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance.models import Decision
from sip import differing, editions, written
from sip.models import Look, Plan, Version
from sip.permissions import P
from sip.versions import blocks_of, content_of

NOW = "now"  # instead of a version: the plan as it stands, for those who read the draft


@dataclass(slots=True)
class Side:
    """One content that can be chosen. `value` stands in the address."""

    value: str
    label: str
    number: int
    is_read: bool = False
    is_approved: bool = False

    @property
    def within(self) -> str:
        """Its label within a sentence."""
        return self.label[:1].lower() + self.label[1:]


@dataclass(slots=True)
class Shortcut:
    """A comparison that is ready: what it is called, and where."""

    label: str
    url: str


@dataclass(slots=True)
class SideBySide:
    """The page: what can be chosen, what is chosen, what differs between them, and how much the edition leaves out."""

    sides: list[Side]
    shortcuts: list[Shortcut]
    before: Side | None = None
    after: Side | None = None
    difference: differing.Difference | None = None
    left_out: editions.LeftOut | None = None


def of(plan: Plan, user, *, before: str = "", after: str = "") -> SideBySide:
    """The page for what the address names. Without a word: since this person last read it, else the last two. What is
    not among what this person may see of this plan is not there (404)."""
    versions = list(Version.objects.visible_to(user).filter(pk__in=plan.versions.values("pk")).order_by("number"))
    sides = _sides(plan, versions, user)
    page = SideBySide(sides, _shortcuts(plan, sides))
    if len(sides) < 2 and not (before or after):
        return page
    page.after = _named(sides, after) if after else sides[-1]
    page.before = _named(sides, before) if before else _usual(sides, page.after)
    edition = editions.edition_for(user, plan)
    old, new = (_content(plan, versions, side) for side in (page.before, page.after))
    page.difference = differing.between(editions.kept(old, edition), editions.kept(new, edition))
    page.left_out = editions.left_out(new, edition)
    return page


def since_read(plan: Plan, user) -> Shortcut | None:
    """The way to what changed since this person last read the plan; None where it is as they read it, or never did."""
    looks = Look.objects.filter(version__plan=plan, person=user.person_id).order_by("-version__number")
    read = looks.values_list("version", "version__number").first()
    seen = Version.objects.visible_to(user).filter(plan=plan).order_by("-number")
    newest = seen.values_list("pk", "number").first()
    if not read or not newest or newest[1] <= read[1]:
        return None
    return Shortcut(f"What changed since you read version {read[1]}", _address(plan, read[0], newest[0]))


def _sides(plan: Plan, versions: list[Version], user) -> list[Side]:
    """Each version, and the plan as it stands where this person reads that; the oldest first."""
    read = set(Look.objects.filter(version__plan=plan, person=user.person_id).values_list("version", flat=True))
    approved = (Decision.Outcome.APPROVED, Decision.Outcome.CONDITIONS)
    decided = set(plan.items.filter(item__decision__outcome__in=approved).values_list("version", flat=True))
    found = []
    for one in versions:
        day = written.day(clock.in_london(one.frozen_at).date())
        said = ", approved" if one.pk in decided else ""
        label = f"Version {one.number}, {day}{said}"
        found.append(Side(f"{one.pk}", label, one.number, one.pk in read, one.pk in decided))
    if versions and (plan.is_editable or plan.is_in_force) and may(user, P.READ_DRAFT, plan):
        label = "The draft as it stands now" if plan.is_editable else "The plan as it stands now"
        found.append(Side(NOW, label, versions[-1].number + 1))
    return found


def _shortcuts(plan: Plan, sides: list[Side]) -> list[Shortcut]:
    """Since it was read, and since it was approved, each against the newest."""
    if len(sides) < 2:
        return []
    last, found = sides[-1], []
    read = next((side for side in reversed(sides[:-1]) if side.is_read), None)
    if read and not last.is_read:
        found.append(Shortcut(f"Since I last read it (version {read.number})", _address(plan, read.value, last.value)))
    approved = next((side for side in reversed(sides[:-1]) if side.is_approved), None)
    if approved:
        label = f"Since the board approved it (version {approved.number})"
        found.append(Shortcut(label, _address(plan, approved.value, last.value)))
    return found


def _usual(sides: list[Side], after: Side) -> Side:
    """What the newest is compared with: the last one that was read, else the one before."""
    earlier = [side for side in sides if side.number < after.number] or [after]
    return next((side for side in reversed(earlier) if side.is_read), earlier[-1])


def _named(sides: list[Side], value: str) -> Side:
    for side in sides:
        if side.value == value:
            return side
    raise Http404("No such version of this plan.")


def _content(plan: Plan, versions: list[Version], side: Side) -> differing.Blocks:
    if side.value == NOW:
        return content_of(plan)
    return blocks_of(next(one for one in versions if f"{one.pk}" == side.value))


def _address(plan: Plan, before, after) -> str:
    return f"{reverse('compare', args=[plan.pk])}?from={before}&to={after}"
