"""The shapes of the pages of amendments: the list, one as a difference, its forms, moved without one."""

from collections.abc import Callable

from django.urls import reverse

from sip import amending
from sip.models import Action, Amendment
from tests.journeys import deeds
from tests.journeys.shapes import ASHDOWN, ASHDOWN_CHAIR, Shape, plan_of, user

HEAD = "head@ashdown.example"
QUAYSIDE_CHAIR, QUAYSIDE_HEAD = "chair@quayside.example", "head@quayside.example"


def _drafted() -> Amendment:
    """One that the head drafts, begun where there is none."""
    plan = plan_of(ASHDOWN)
    return amending.under_way(plan) or amending.begin_amendment(plan, by=user(HEAD))


def _before_the_board(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[Amendment.objects.get(state="with the board").pk])


def _action() -> Action:
    return Action.objects.filter(objective__plan=plan_of(ASHDOWN), status="not started").first()


def _of(name: str, *words: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[_drafted().pk, *words])


def _part(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[_drafted().pk, "action", _action().pk])


def _list() -> str:
    return reverse("amendments", args=[plan_of(ASHDOWN).pk])


def _move() -> str:
    return reverse("replan", args=[_action().pk])


OF_AMENDING = [
    Shape("amendments of a plan", ASHDOWN_CHAIR, _list),
    Shape("amendments of a plan, to leaders", HEAD, _list),
    Shape("amendment before the board", QUAYSIDE_CHAIR, _before_the_board("amendment")),
    Shape("amendment before the board, to leaders", QUAYSIDE_HEAD, _before_the_board("amendment")),
    Shape("amendment in urgency", QUAYSIDE_CHAIR, _before_the_board("amend_urgently")),
    Shape("amendment in urgency, wrong", QUAYSIDE_CHAIR, _before_the_board("amend_urgently"), 422, deeds.empty),
    Shape("amendment begun", HEAD, _of("amendment")),
    Shape("what to change", HEAD, _of("amendment_parts")),
    Shape("change a part", HEAD, _part("amend_part")),
    Shape("change a part, wrong", HEAD, _part("amend_part"), 422, deeds.empty),
    Shape("stop a part", HEAD, _part("amend_stop")),
    Shape("add an objective", HEAD, _of("amend_add", "objective", 0)),
    Shape("amendment with nothing to finish", HEAD, _of("amend_finish")),
    Shape("move an action", HEAD, _move),
    Shape("move an action, wrong", HEAD, _move, 422, deeds.empty),
]
