"""By keyboard alone: whoever never touches a mouse comes to everything, and sees where they are."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sip import deciding
from tests import make
from tests.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

# The element that has the focus: what it is called, and whether a ring is drawn around it or around its label.
_FOCUSED = """() => { const one = document.activeElement;
    const drawn = part => { const style = part && getComputedStyle(part);
        return !!part && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
            || style.boxShadow !== "none"); };
    return { name: (one.innerText || one.getAttribute("aria-label") || one.name || one.id).trim().split("\\n")[0],
        id: one.id, tag: one.tagName, value: one.value || "",
        ring: drawn(one) || drawn(one.parentElement) || drawn(one.nextElementSibling)
            || drawn(one.closest("td")) }; }"""


def tab_through(page, *, most: int = 250) -> list[dict]:
    """Every place where the Tab key stops, from the top of the page to its end."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop["tag"] == "BODY":
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not come to the end of {page.url}.")


def without_a_ring(stops: list[dict]) -> list[str]:
    return [f"{stop['tag']} {stop['id'] or stop['name']}" for stop in stops if not stop["ring"]]


def test_the_way_past_the_menu(ashdown, page_of):
    make.plan(ashdown, state="with the board", objectives=2, actions=7)
    page = page_of(ashdown.governor)
    page.goto(reverse("current_plan", args=[ashdown.school.slug]))
    stops = tab_through(page)
    assert without_a_ring(stops) == []
    names = [stop["name"] for stop in stops]
    assert names[0] == "Skip to the page"
    assert [name for name in names if name in ("Home", "Plan", "Meetings", "People")] == [
        "Home",
        "Plan",
        "Meetings",
        "People",
    ]
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_the_folds_of_a_phone(ashdown, page_of):
    make.plan(ashdown, state="with the board", objectives=2, actions=7)
    page = page_of(ashdown.governor, viewport=NARROW)
    page.goto(reverse("current_plan", args=[ashdown.school.slug]))
    assert without_a_ring(tab_through(page)) == []


def test_the_grid_of_a_draft_its_folds_and_its_errors(ashdown, page_of):
    objective = make.plan(ashdown, state="drafting").objectives.get()
    page = page_of(ashdown.head)
    page.goto(reverse("draft_objective", args=[objective.pk]))
    stops = tab_through(page)
    assert without_a_ring(stops) == []
    reached = [stop["id"] for stop in stops]
    first_row = [f"id_action-1-{box}" for box in ("what", "owner", "due_on")]
    assert [box for box in reached if box in first_row] == first_row
    fold = page.locator("main details:not([open]) > summary:visible").first
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] > summary:focus")).to_have_count(1)
    page.locator("#id_action-1-due_on").fill("soon")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.locator(".errors").wait_for()
    expect(page.locator(".errors:focus, .errors :focus")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_action-1-due_on")).to_be_focused()


def test_the_choices_of_a_decision(ashdown, page_of, settings):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    settings.TODAY = date(2026, 12, 2)
    page = page_of(ashdown.clerk)
    page.goto(reverse("item", args=[item.pk]))
    stops = tab_through(page)
    assert without_a_ring(stops) == []
    assert {"approved", "agreed"} <= {stop["value"] for stop in stops}
    page.locator("input[name=outcome][value=approved]").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=outcome][value='changes asked for']")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("[name=reason]")).to_be_focused()
