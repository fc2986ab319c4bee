"""Drafting in a real browser: by keyboard, by script, without one, and with a session that ends meanwhile."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

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


def stands(page, *words: str, kind: str = "action", alone: bool = False) -> None:
    """The first boxes of the page's rows come to hold these words, in this order. `alone`: there are no more rows."""
    first = "what" if kind == "action" else "text"
    boxes = page.locator(f'[data-row="{kind}"] textarea[name$="-{first}"]')
    for number, said in enumerate(words):
        expect(boxes.nth(number)).to_have_value(said)
    if alone:
        expect(boxes).to_have_count(len(words))


def test_by_keyboard_alone_a_row_is_written_and_enter_begins_the_next(opened, objective):
    page = opened()
    page.locator("#id_action-3-what").focus()
    page.keyboard.type("Meet parents")
    page.keyboard.press("Tab")
    page.keyboard.type("Ashdown T")
    page.keyboard.press("Tab")
    page.keyboard.type("12 Feb 2027")
    page.keyboard.press("Enter")
    expect(page.locator("#id_action-4-due_on")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_action-4-what")).to_be_focused()
    page.keyboard.type("Ask the library")
    stands(page, READ["what"], TEACH["what"], "Meet parents", "Ask the library", "", alone=True)
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
    stands(page, TEACH["what"], READ["what"])
    expect(page.locator("[data-said]")).to_have_text("It is now action 1.")
    expect(page.locator("summary:focus")).to_have_count(1)
    press(page, 1, "Duplicate")
    stands(page, TEACH["what"], TEACH["what"], READ["what"])
    press(page, 1, "Remove")
    expect(page.locator("[data-said]")).to_have_text("Action 1 is removed.")
    stands(page, TEACH["what"], READ["what"])
    page.keyboard.press("Enter")  # the button that puts it back has the focus
    stands(page, TEACH["what"], TEACH["what"], READ["what"])
    press(page, 1, "Remove")
    page.get_by_role("button", name="Add another criterion").click()
    stands(page, "Reading", "", "", "", kind="criterion", alone=True)
    expect(page.locator("#id_criterion-2-text")).to_be_focused()
    expect(page.locator('[data-row="action"] th [data-number]')).to_have_text(["1", "2", "3", "4"])
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
    stands(page, READ["what"], TEACH["what"], "Meet parents", "Ask the library", "Read", alone=True)
    expect(page.locator("#id_action-3-owner option:checked")).to_have_text("Ashdown Teacher")
    expect(page.locator("#id_action-4-owner")).to_have_value("")
    expect(page.locator("#id_action-3-due_on")).to_have_value("12 Feb 2027")
    paste(page, "#id_action-3-supporters", "one\ttwo")  # behind "More" a paste is a paste
    expect(page.locator("[data-said]")).to_have_text(
        "3 rows pasted. Look at them before you save. Not among the names to choose from: nobody."
    )


def test_a_paste_writes_over_no_row(opened, objective):
    page = opened()
    paste(page, "#id_action-1-what", "Meet parents\tAshdown Teacher\t12 Feb 2027\nAsk the library\t\t")
    stands(page, READ["what"], "Meet parents", "Ask the library", TEACH["what"])
    expect(page.locator('[data-row="action"] th [data-number]')).to_have_text(["1", "2", "3", "4", "5", "6"])
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
    page.get_by_text("Kept at").wait_for()
    assert keeping.kept(ashdown.head, address).form_data()["action-3-what"] == "Half a sent"
    page.locator("#id_action-3-what").fill("Half a sentence")
    page.goto("/")  # at once: leaving the page keeps it
    page.goto(address)
    page.get_by_role("link", name="Put it back").click()
    expect(page.locator("#id_action-3-what")).to_have_value("Half a sentence")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    page.wait_for_load_state("networkidle")
    assert keeping.kept(ashdown.head, address) is None
    assert whats(objective)[2] == "Half a sentence"


def test_when_the_session_ends_meanwhile_the_words_wait_for_their_person(opened, ashdown, objective):
    from tests import make

    page = opened()
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_action-3-what").fill("Typed too late")
    page.get_by_text("You are signed out. What you typed is held for you.").wait_for()
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("E-mail address").fill(ashdown.head.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Put it back").click()
    expect(page.locator("#id_action-3-what")).to_have_value("Typed too late")


def test_without_a_script_and_with_a_lost_session_nothing_is_lost(opened, ashdown, objective):
    from tests import make

    page = opened(java_script_enabled=False, viewport=NARROW)
    page.locator("#id_action-3-what").fill("Typed without a script")
    page.get_by_role("button", name="Add another action").click()
    stands(page, READ["what"], TEACH["what"], "Typed without a script", "", "", alone=True)
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
    expect(page.locator("#id_action-1-due_on")).to_be_focused()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
