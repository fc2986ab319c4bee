"""Fast hands in a real browser: a table pasted and undone, a cell changed in its place, a row moved; with and without a
script, at a desk and on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sip.models import Objective
from tests.browser import NARROW
from tests.sip.test_drafting import READ, TEACH, plan_of, save, whats

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "Action\tLead\tBy when\nMeet families\tAshdown Teacher\tHT4\nSing each day\tY9 team\tx6\n"


@pytest.fixture
def objective(ashdown) -> Objective:
    first = plan_of(ashdown, objectives=2).objectives.first()
    return save(first, ashdown.head, actions=[READ, TEACH], criteria=[{"text": "Reading"}])


@pytest.fixture
def opened(client, new_page, live_server, ashdown, objective):
    """opened(name): a page of the objective, as the head; takes a context's options."""

    def open_it(name: str = "draft_objective", **options):
        client.force_login(ashdown.head)
        page = new_page(**options)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])
        page.goto(reverse(name, args=[objective.pk]))
        return page

    return open_it


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False, "viewport": NARROW}])
def test_a_table_is_pasted_looked_at_added_and_undone(opened, objective, options):
    page = opened(**options)
    page.get_by_role("link", name="Paste rows").click()
    page.get_by_label("Rows from a spreadsheet or a Word table").fill(TABLE)
    page.get_by_role("button", name="Look at the rows").click()
    page.get_by_text("“x6” is not a day that is understood. It is kept under Resources.").wait_for()
    page.get_by_label("Y9 team").select_option("post")
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Add 2 actions").click()
    page.get_by_text("2 actions added behind the rows that stood there.").wait_for()
    assert whats(objective) == [READ["what"], TEACH["what"], "Meet families", "Sing each day"]
    assert objective.actions.last().owner.is_post
    page.get_by_role("button", name="Undo that save").click()
    page.get_by_text("The rows are as they were before the last save.").wait_for()
    assert whats(objective) == [READ["what"], TEACH["what"]]
    page.get_by_role("button", name="Undo that save").click()
    page.get_by_text("The rows are as they were before the last save.").wait_for()
    assert len(whats(objective)) == 4


def test_a_cell_is_changed_in_its_place_by_keyboard(opened, objective):
    page = opened("objective")
    page.evaluate("window.here = true")
    link = page.get_by_role("link", name=READ["what"])
    link.focus()
    page.keyboard.press("Enter")
    box = page.locator("form[data-cell] textarea")
    box.wait_for()
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("form[data-cell]")).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    box.fill("Read aloud every day")
    assert page.evaluate("window.here") is True  # it was never loaded anew
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()
    expect(page).to_have_url(re.compile(f"#action-{objective.actions.first().pk}$"))
    assert whats(objective)[0] == "Read aloud every day"


def test_without_a_script_a_cell_has_a_page_of_its_own(opened, objective):
    page = opened("objective", java_script_enabled=False, viewport=NARROW)
    page.get_by_role("link", name="no date yet").first.click()
    page.get_by_label("By when").fill("12/3/27")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("by 12 Mar 2027")).to_be_visible()


def test_what_is_wrong_in_a_cell_is_said_on_its_page(opened, objective):
    page = opened("objective")
    page.get_by_role("link", name="no date yet").first.click()
    page.locator("form[data-cell]").get_by_label("By when").fill("soon")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Write one day, such as 11 Dec 2026").wait_for()
    expect(page.get_by_label("By when")).to_have_value("soon")


def test_a_row_is_moved_to_another_objective_from_its_menu(opened, objective):
    page = opened()
    menu = page.locator('[data-row="action"] .rowmenu').first
    menu.locator("summary").click()
    menu.get_by_role("link", name="To another objective").click()
    page.get_by_label("To which objective?").select_option(label=str(objective.plan.objectives.last()))
    page.get_by_text("Move it there", exact=False).first.click()
    page.get_by_role("button", name="Move or duplicate it").click()
    page.get_by_text("It now stands last in").wait_for()
    assert (whats(objective), whats(objective.plan.objectives.last())) == ([TEACH["what"]], [READ["what"]])


def test_a_post_is_added_while_an_owner_is_chosen(opened, objective):
    page = opened()
    page.locator("#id_action-3-what").fill("Half a thought")
    page.get_by_text("The owner is a post or a team?").click()
    page.get_by_label("Name of the post or team").fill("Year 3 team")
    page.get_by_role("button", name="Add it to the names").click()
    page.locator("#id_action-3-owner").select_option(label="Year 3 team")
    expect(page.locator("#id_action-3-what")).to_have_value("Half a thought")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    assert objective.actions.last().owner.name == "Year 3 team"


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(opened, objective, axe, width):
    for name in ("paste_rows", "from_last_year", "starting_points", "objective"):
        page = opened(name, viewport={"width": width, "height": 800})
        if name == "paste_rows":
            page.get_by_label("Rows from a spreadsheet or a Word table").fill(TABLE)
            page.get_by_role("button", name="Look at the rows").click()
            page.get_by_text("What becomes of it").wait_for()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
