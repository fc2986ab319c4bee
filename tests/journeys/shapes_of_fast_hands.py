"""The shapes of the pages of fast hands: paste, one thing of a row, move, last year, starting points, posts."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from governance import posts
from governance.models import Organisation
from tests.journeys import deeds
from tests.journeys.shapes import DRAFTER, HOLLIN, Shape, plan_of

TABLE = (
    "Action\tWho\tBy when\tCost\n"
    "Sing in each class on Mondays\tMichael Eze\tHT4\t£0\nFilm two lessons a term\tY9 team\tx6\tsupply x 3 days\n"
)


def _objective(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[plan_of(HOLLIN).objectives.first().pk])


def _row(kind: str, *more: str) -> Callable[[], str]:
    def address() -> str:
        objective = plan_of(HOLLIN).objectives.first()
        rows = objective.actions if kind.endswith("action") else objective.criteria
        return reverse(kind, args=[objective.pk, rows.first().pk, *more])

    return address


def _post(name: str) -> Callable[[], str]:
    def address() -> str:
        post = posts.post_called(Organisation.objects.get(slug=HOLLIN), "Subject leaders")
        return reverse(name, args=[HOLLIN, post.pk])

    return address


def _pasted(page: Page) -> None:
    """Look at a table with a name that is nobody's and a day that is none."""
    page.get_by_label("Rows from a spreadsheet or a Word table").fill(TABLE)
    page.get_by_role("button", name="Look at the rows").click()


def _too_much(page: Page) -> None:
    """Look at two thousand rows."""
    page.get_by_label("Rows from a spreadsheet or a Word table").fill("Sing\tMichael Eze\n" * 2000)
    page.get_by_role("button", name="Look at the rows").click()


def _stale(page: Page) -> None:
    """Save one thing of an objective that somebody else has saved since."""
    page.evaluate("document.querySelector('[data-cell] [name=revision]').value = '1'")
    page.get_by_role("button", name="Save", exact=True).click()


OF_FAST_HANDS = [
    Shape("paste rows", DRAFTER, _objective("paste_rows")),
    Shape("paste rows, looked at", DRAFTER, _objective("paste_rows"), 200, _pasted),
    Shape("paste rows, too many", DRAFTER, _objective("paste_rows"), 422, _too_much),
    Shape("start from last year", DRAFTER, _objective("from_last_year")),
    Shape("starting points", DRAFTER, _objective("starting_points")),
    Shape("one thing of an action", DRAFTER, _row("edit_action", "owner")),
    Shape("one thing of an action, wrong", DRAFTER, _row("edit_action", "what"), 422, deeds.empty),
    Shape("one thing of an action, stale", DRAFTER, _row("edit_action", "by"), 409, _stale),
    Shape("one thing of a criterion", DRAFTER, _row("edit_criterion", "autumn")),
    Shape("move a row", DRAFTER, _row("move_action")),
    Shape("posts and teams", DRAFTER, lambda: reverse("posts", args=[HOLLIN])),
    Shape("hand on a post", DRAFTER, _post("post_hand")),
]
