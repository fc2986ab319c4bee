"""The questions on a plan collected for its item on the agenda: by objective, with who asked and what was told, and as
words that the clerk copies into the minutes ("Q: …", "A: …"), so that challenge can be found there later."""

from dataclasses import dataclass
from datetime import time

from django.db.models import Q
from django.http import Http404

from foundation import clock
from governance.models import AgendaItem
from sip.models import Plan, PlanItem, Question


@dataclass(slots=True)
class Turn:
    """What was told, or asked again: by whom, and the words."""

    by: str
    text: str
    is_told: bool


@dataclass(slots=True)
class Asked:
    """One question with all that followed."""

    pk: int
    asker: str
    about: str
    text: str
    where: str
    is_waiting: bool
    turns: list[Turn]

    @property
    def minuted(self) -> str:
        """ "Q (Lena Ward): … A (Tom Ashworth): …", a line each."""
        lines = [f"Q ({self.asker}): {_one_line(self.text)}"]
        lines += [f"{'A' if turn.is_told else 'Q'} ({turn.by}): {_one_line(turn.text)}" for turn in self.turns]
        return "\n".join(lines + (["A: to be given at the meeting"] if self.is_waiting else []))


@dataclass(slots=True)
class Group:
    """The questions on one objective, or on the plan as a whole."""

    title: str
    rows: list[Asked]


@dataclass(slots=True)
class ForTheAgenda:
    """The page: what is asked, by objective; how many wait for an answer."""

    plan: Plan
    groups: list[Group]

    @property
    def rows(self) -> list[Asked]:
        return [row for group in self.groups for row in group.rows]

    @property
    def waiting(self) -> int:
        return sum(row.is_waiting for row in self.rows)

    @property
    def wording(self) -> str:
        """All of it for the minutes."""
        return "\n\n".join("\n\n".join([group.title, *(row.minuted for row in group.rows)]) for group in self.groups)


def of(item: AgendaItem, user) -> ForTheAgenda:
    """Of an item that is about a plan which this person may see; any other has no such page (404)."""
    seen = PlanItem.objects.filter(item=item, plan__in=Plan.objects.visible_to(user).values("pk"))
    row = seen.select_related("plan__organisation", "version").first()
    if row is None:
        raise Http404("No plan is on this item.")
    groups: dict[str, Group] = {}
    for question in _questions(row, item, user):
        title = "The plan as a whole"
        if question.objective:
            words, objective = row.plan.words, question.objective
            title = f"{words.Objective} {words.numbered(objective.position)}: {objective.title}"
        groups.setdefault(title, Group(title, [])).rows.append(_asked(question))
    return ForTheAgenda(row.plan, list(groups.values()))


def _questions(row: PlanItem, item: AgendaItem, user):
    """Those that are not closed, and those asked since the version came before the board; of an item that is decided
    none that came later. Notes need no answer and no minute."""
    asked = Question.objects.visible_to(user).filter(plan=row.plan, needs_answer=True)
    if row.version:
        asked = asked.filter(~Q(state=Question.State.CLOSED) | Q(asked_at__gte=row.version.frozen_at))
    if decision := getattr(item, "decision", None):
        asked = asked.filter(asked_at__lte=clock.local(decision.decided_on, time(23, 59)))
    rows = asked.select_related("asked_by", "to", "objective").prefetch_related("answers__by", "asked_again__by")
    return rows.order_by("objective__position", "asked_at", "pk")


def _asked(question: Question) -> Asked:
    told = [*question.answers.all(), *question.asked_again.all()]
    turns = [Turn(turn.by.name, turn.text, turn.is_told) for turn in sorted(told, key=lambda turn: (turn.at, turn.pk))]
    about = "" if question.objective and question.about == question.objective.title else question.about
    return Asked(
        pk=question.pk,
        asker=question.asked_by.name,
        about=about,
        text=question.text,
        where=question.where_it_stands,
        is_waiting=question.is_waiting,
        turns=turns,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
