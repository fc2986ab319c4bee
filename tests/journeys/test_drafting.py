"""Drafting in a real browser: by keyboard, by script, without one, and with a session that ends meanwhile."""

import pytest
from django.urls import reverse

from foundation import keeping
from sip.models import Objective
from tests.browser import NARROW
from tests.sip.test_drafting import READ, TEACH, plan_of, save, whats

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def objective(ashdown) -> Objective:
    """The first of two, with two actions and a criterion."""
    first = plan_of(ashdown, objectives=2).objectives.first()
    return save(first, ashdown.head, actions=[READ, TEACH], criteria=[{"text": "Reading"}])


@pytest.fixture
def opened(client, new_page, live_server, ashdown, objective):
    """opened(): the page of the objective, as the head; takes a context's options."""

    def open_it(**options):
        client.force_login(ashdown.head)
        page = new_page(**options)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])
        page.goto(reverse("draft_objective", args=[objective.pk]))
        return page

    return open_it


def typed(page, kind: str = "action") -> list[str]:
    """What stands in the first box of each row, in the order of the page."""
    first = "what" if kind == "action" else "text"
    return [box.input_value() for box in page.locator(f'[data-row="{kind}"] textarea[name$="-{first}"]').all()]


def test_by_keyboard_alone_a_row_is_written_and_enter_begins_the_next(opened, objective):
    page = opened()
    page.locator("#id_action-3-what").focus()
    page.keyboard.type("Meet parents")
    page.keyboard.press("Tab")
    page.keyboard.type("Ashdown T")
    page.keyboard.press("Tab")
    page.keyboard.type("12 Feb 2027")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_action-4-due_on"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_action-4-what"
    page.keyboard.type("Ask the library")
    assert typed(page) == [READ["what"], TEACH["what"], "Meet parents", "Ask the library", ""]
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/draft/")
    page.get_by_text("is saved.").wait_for()
    assert whats(objective) == [READ["what"], TEACH["what"], "Meet parents", "Ask the library"]
    row = objective.actions.all()[2]
    assert (row.owner.name, row.due_on.isoformat()) == ("Ashdown Teacher", "2027-02-12")


def test_rows_are_moved_copied_and_removed_in_place(opened, objective):
    page = opened()
    page.evaluate("window.here = true")
    press(page, 2, "Move up")
    assert typed(page)[:2] == [TEACH["what"], READ["what"]]
    assert page.locator("[data-said]").inner_text() == "It is now action 1."
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    press(page, 1, "Duplicate")
    assert typed(page)[:3] == [TEACH["what"], TEACH["what"], READ["what"]]
    press(page, 1, "Remove")
    assert page.locator("[data-said]").inner_text() == "Action 1 is removed."
    assert typed(page)[:2] == [TEACH["what"], READ["what"]]
    page.keyboard.press("Enter")  # the button that puts it back has the focus
    assert typed(page)[:3] == [TEACH["what"], TEACH["what"], READ["what"]]
    press(page, 1, "Remove")
    page.get_by_role("button", name="Add another criterion").click()
    assert typed(page, "criterion") == ["Reading", "", "", ""]
    assert page.evaluate("document.activeElement.id") == "id_criterion-2-text"
    assert page.locator('[data-row="action"] th [data-number]').all_inner_texts() == ["1", "2", "3", "4"]
    assert page.evaluate("window.here") is True  # it was never loaded anew
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    assert whats(objective) == [TEACH["what"], READ["what"]]


def press(page, row: int, deed: str) -> None:
    menu = page.locator('[data-row="action"] .rowmenu').nth(row - 1)
    menu.locator("summary").click()
    menu.get_by_role("button", name=deed).click()


def test_rows_come_from_word_and_excel(opened, objective):
    page = opened()
    paste(
        page,
        "#id_action-3-what",
        "Meet parents\tAshdown Teacher\t12 Feb 2027\r\n• Ask the library\tnobody\t\r\nRead\t\t",
    )
    assert typed(page)[2:] == ["Meet parents", "Ask the library", "Read"]
    assert page.locator("#id_action-3-owner").evaluate("box => box.selectedOptions[0].text") == "Ashdown Teacher"
    assert page.locator("#id_action-4-owner").input_value() == ""
    assert page.locator("#id_action-3-due_on").input_value() == "12 Feb 2027"
    paste(page, "#id_action-3-supporters", "one\ttwo")  # behind "More" a paste is a paste
    assert page.locator("[data-said]").inner_text() == (
        "3 rows pasted. Look at them before you save. Not among the names to choose from: nobody."
    )


def test_a_paste_writes_over_no_row(opened, objective):
    page = opened()
    paste(page, "#id_action-1-what", "Meet parents\tAshdown Teacher\t12 Feb 2027\nAsk the library\t\t")
    assert typed(page)[:4] == [READ["what"], "Meet parents", "Ask the library", TEACH["what"]]
    numbers = page.locator('[data-row="action"] [data-number]').all_inner_texts()
    assert {"1", "2", "3", "4"} <= set(numbers)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    assert whats(objective) == [READ["what"], "Meet parents", "Ask the library", TEACH["what"]]


def paste(page, box: str, text: str) -> None:
    page.evaluate(
        """([box, text]) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.querySelector(box).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        [box, text],
    )


def test_what_is_typed_is_kept_and_put_back(opened, ashdown, objective):
    page = opened()
    address = reverse("draft_objective", args=[objective.pk])
    page.locator("#id_action-3-what").fill("Half a sent")
    page.get_by_text("Kept at").wait_for(timeout=8000)
    assert keeping.kept(ashdown.head, address).form_data()["action-3-what"] == "Half a sent"
    page.locator("#id_action-3-what").fill("Half a sentence")
    page.goto("/")  # at once: leaving the page keeps it
    page.goto(address)
    page.get_by_role("link", name="Put it back").click()
    assert page.locator("#id_action-3-what").input_value() == "Half a sentence"
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    page.wait_for_timeout(500)
    assert keeping.kept(ashdown.head, address) is None
    assert whats(objective)[2] == "Half a sentence"


def test_when_the_session_ends_meanwhile_the_words_wait_for_their_person(opened, ashdown, objective):
    from tests import make

    page = opened()
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_action-3-what").fill("Typed too late")
    page.get_by_text("You are signed out. What you typed is held for you.").wait_for(timeout=8000)
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("E-mail address").fill(ashdown.head.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Put it back").click()
    assert page.locator("#id_action-3-what").input_value() == "Typed too late"


def test_without_a_script_and_with_a_lost_session_nothing_is_lost(opened, ashdown, objective):
    from tests import make

    page = opened(java_script_enabled=False, viewport=NARROW)
    page.locator("#id_action-3-what").fill("Typed without a script")
    page.get_by_role("button", name="Add another action").click()
    assert typed(page) == [READ["what"], TEACH["what"], "Typed without a script", "", ""]
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_label("E-mail address").fill(ashdown.head.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Put it back").click()
    page.get_by_role("button", name="Save", exact=True).last.click()
    assert whats(objective) == [READ["what"], TEACH["what"], "Typed without a script"]


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(opened, objective, axe, width):
    page = opened(viewport={"width": width, "height": 800})
    for fold in page.locator("#draft details.more").all()[:1]:
        fold.locator("summary").click()
    page.locator(".rowmenu summary").nth(1).click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.locator("#id_action-1-due_on").fill("soon")
    page.get_by_role("button", name="Save", exact=True).last.click()
    link = page.get_by_role("link", name="Action 1, by when: Write one day, such as 11 Dec 2026")
    link.click()
    assert page.evaluate("document.activeElement.id") == "id_action-1-due_on"
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
