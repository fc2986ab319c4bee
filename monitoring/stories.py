"""Stories that do not fit: where what is said of a plan and what is seen of it do not agree, and the question to ask.

Nothing is judged here: two facts that stand in one review are put side by side. What a reader may not read of the
figures is not among those facts, so that no story tells it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from foundation import clock
from governance.wording import near_day
from monitoring.marks import worst
from monitoring.models import Rating
from monitoring.told import Told, last_told
from monitoring.wording import counted
from sip import question_bank
from sip.models import Plan, in_unit

MOST = 3
GREEN = ("green", "blue")
BELOW, UNMOVED, SILENT, AMBERS = "below-path", "unmoved", "silent", "make-green"  # worst first; keys of the bank
_ORDER = (BELOW, UNMOVED, SILENT, AMBERS)


@dataclass(frozen=True, slots=True)
class Story:
    """What does not fit, in one sentence; `part` and `part_id` say what the question would be about."""

    kind: str
    objective_id: int
    number: int
    says: str
    part: str
    part_id: int
    milestone_id: int | None = None

    @property
    def question(self) -> str:
        """The question to ask, out of the bank."""
        return question_bank.words_of(self.kind)

    def ask_url(self, plan: int) -> str:
        """Where it is asked, with its words filled in."""
        return f"{reverse('ask', args=[plan])}?{self.part}={self.part_id}&bank={self.kind}"


@dataclass(frozen=True, slots=True)
class Found:
    """The stories of a page: at most three, worst first; how many more there are."""

    plan: int
    rows: list[Story]
    more: int = 0

    @property
    def lines(self) -> list[tuple[Story, str]]:
        """Each with the address at which its question is asked."""
        return [(row, row.ask_url(self.plan)) for row in self.rows]


def of(told: Told, *, objective: int | None = None) -> Found:
    """Of a review, or of one objective in it. A query where something is silent, else none."""
    bodies = [body for body in told.objectives if objective in (None, body["id"])]
    rows = worst_first(of_bodies(bodies, told.body, _last_words(told, bodies)))
    return Found(told.review.plan_id, rows[:MOST], len(rows[MOST:]))


def of_plan(plan: Plan, user, *, objective: int | None = None) -> Found | None:
    """Of the last review of a plan that this person reads; None before there is one."""
    told = last_told(plan, user)
    return of(told, objective=objective) if told else None


def worst_first(rows: Iterable[Story]) -> list[Story]:
    """By what worries most, then in the order of the plan."""
    return sorted(rows, key=lambda row: (_ORDER.index(row.kind), row.number))


def of_bodies(bodies: Iterable[dict], review: dict, last_words: dict[int, date] | None = None) -> Iterator[Story]:
    """All of them, from the blocks of a review. `last_words`: by milestone, when something was said of it last."""
    for body in bodies:
        yield from _below_its_path(body, review)
        yield from _nothing_moved(body)
        yield from _silent(body, review, last_words or {})
        yield from _ambers(body, review)


# ---------------------------------------------------------------- green, and below its path


def _below_its_path(body: dict, review: dict) -> Iterator[Story]:
    """A criterion green in this review and the one before, while what measures it is worse than its path."""
    for measure in body["measures"]:
        rows = [row for row in body["milestones"] if row["criterion_id"] == measure["criterion_id"]]
        now, before = worst(_marks(rows, "mark")), worst(_marks(rows, "before"))
        term = review["term"]
        read, path = measure["readings"].get(term), measure.get("path", {}).get(term)
        if now in GREEN and before in GREEN and read and path and _is_worse(read, path, measure["better"]):
            unit = measure["unit"]
            says = (
                f"Green in {review['before']} and in {_word(review)}, while “{measure['name']}” is at "
                f"{in_unit(unit, read)}, where its path says {in_unit(unit, path)}."
            )
            yield Story(BELOW, body["id"], body["number"], says, "target", measure["criterion_id"])


def _marks(rows: list[dict], name: str) -> list[str]:
    return [row[name] for row in rows if row[name]]


def _is_worse(value: str, than: str, better: str) -> bool:
    if better == "neither":
        return False
    gap = Decimal(value) - Decimal(than)
    return gap < 0 if better == "higher" else gap > 0


# ---------------------------------------------------------------- all done, and nothing moved


def _nothing_moved(body: dict) -> Iterator[Story]:
    """Every action done, and a measure no better than where it began."""
    actions = body["actions"]
    if not actions["total"] or len(actions["done"]) < actions["total"]:
        return
    for measure in body["measures"]:
        last = next(reversed(list(measure["readings"].values())), "")
        start, better = measure["baseline"], measure["better"]
        if start and last and better != "neither" and (last == start or _is_worse(last, start, better)):
            done = "The one action is" if actions["total"] == 1 else f"All {counted(actions['total'], 'action')} are"
            figures = f"{in_unit(measure['unit'], start)} at the baseline, {in_unit(measure['unit'], last)} now"
            says = f"{done} done, and “{measure['name']}” has not moved for the better: {figures}."
            yield Story(UNMOVED, body["id"], body["number"], says, "target", measure["criterion_id"])


# ---------------------------------------------------------------- silence, and two ambers


def _silent(body: dict, review: dict, last_words: dict[int, date]) -> Iterator[Story]:
    """A milestone that was due and of which a review that was sent says nothing."""
    for row in body["milestones"]:
        if row["mark"] or not review["sent_on"]:
            continue
        since = last_words.get(row["id"])
        when = f"since {near_day(since)}" if since else f"in the {_word(review)} review, though it is due"
        says = f"Nothing was said of “{row['text']}” {when}."
        yield Story(SILENT, body["id"], body["number"], says, "milestone", row["id"], row["id"])


def _ambers(body: dict, review: dict) -> Iterator[Story]:
    """A milestone at risk twice in a row."""
    for row in body["milestones"]:
        if row["mark"] == row["before"] == "amber":
            says = f"At risk in {review['before']} and again in {_word(review)}: “{row['text']}”."
            yield Story(AMBERS, body["id"], body["number"], says, "milestone", row["id"], row["id"])


def _word(review: dict) -> str:
    half = review.get("half")
    return f"{review['term']} {half}" if half else review["term"]


def _last_words(told: Told, bodies: list[dict]) -> dict[int, date]:
    """When the silent milestones were last rated, in reviews before this one that were sent."""
    silent = [row["id"] for body in bodies for row in body["milestones"] if not row["mark"]]
    if not silent or not told.body["sent_on"]:
        return {}
    rows = Rating.objects.filter(milestone__in=silent, review__plan=told.review.plan_id)
    rows = rows.exclude(review__state="open").exclude(review=told.review.pk).order_by("rated_at")
    return {key: clock.in_london(at).date() for key, at in rows.values_list("milestone", "rated_at")}
