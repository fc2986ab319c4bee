"""What is done on a page to see its other shapes: sent empty, with a wrong word, too late."""

from playwright.sync_api import Page

_EMPTY = """() => { const form = [...document.querySelectorAll("main form[method=post]")].find(one =>
        one.querySelector("input:not([type=hidden]), textarea"));
    form.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea")
        .forEach(box => { box.value = ""; });
    form.querySelectorAll("select").forEach(box => { box.selectedIndex = 0; });
    form.noValidate = true; form.requestSubmit(); }"""


def empty(page: Page) -> None:
    """Send the page's form with every box empty."""
    page.evaluate(_EMPTY)


def wrong_date(page: Page) -> None:
    """Save a draft with a date that is none, and a row that lacks its first word."""
    page.locator("#id_action-1-due_on").fill("soon")
    page.locator("#id_criterion-1-text").fill("")
    page.get_by_role("button", name="Save", exact=True).click()


def stale(page: Page) -> None:
    """Save a draft that somebody else has saved since the page was loaded."""
    page.evaluate("document.querySelector('#draft [name=revision]').value = '0'")
    page.locator("#id_action-1-what").fill("What the second of the two wrote")
    page.get_by_role("button", name="Save", exact=True).click()


def too_late(page: Page) -> None:
    """Send a form to where it cannot be done now: the end of a meeting at which nobody was yet."""
    page.evaluate("""() => { const form = document.querySelector("main form[method=post]");
        form.action = form.action.replace(/change\\/$/, "close/"); form.noValidate = true; form.requestSubmit(); }""")


def decision_without_a_reason(page: Page) -> None:
    """Record that the item is deferred: without saying why, or to when."""
    page.locator("input[name=outcome][value=deferred]").check()
    page.get_by_role("button", name="Record the decision").click()


def stale_correction(page: Page) -> None:
    """Save the correction of an inspection that somebody else has corrected since the page was loaded."""
    page.evaluate("document.querySelector('main form [name=revision]').value = '0'")
    page.get_by_role("button", name="Save the correction").click()


def stale_context(page: Page) -> None:
    """Save words of the context that somebody else has saved since the page was loaded."""
    page.evaluate("document.querySelector('main form [name=revision]').value = '0'")
    page.get_by_role("button", name="Save", exact=True).click()


def money_without_a_source(page: Page) -> None:
    """Give the plan an amount, and do not say for what."""
    page.locator("input[name$=-amount]").last.fill("1,200.50")
    page.get_by_role("button", name="Save", exact=True).click()


def red_without_a_word(page: Page) -> None:
    """Rate a milestone red and say nothing: not why, not what next, not by when."""
    page.locator("input[name=mark][value=red]").check()
    page.get_by_role("button", name="Save and next").click()


def stale_rating(page: Page) -> None:
    """Save a rating that somebody else has saved since the page was loaded."""
    page.evaluate("document.querySelector('main form [name=revision]').value = '0'")
    page.get_by_label("In one sentence: why?").fill("What the second of the two wrote.")
    page.get_by_role("button", name="Save and next").click()


def view_without_a_word(page: Page) -> None:
    """Say neither how one sees it differently nor why."""
    page.get_by_label("Why", exact=True).fill("")
    page.get_by_role("button", name="Give this view").click()


def mark_without_a_reason(page: Page) -> None:
    """Rate an objective otherwise than its milestones, without saying why."""
    page.locator("input[name=mark][value=red]").check()
    page.locator("main form[method=post]").first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")


def far_too_much(page: Page) -> None:
    """Say how an action goes in four hundred words, where a line is meant."""
    page.locator("main form [name=note]").evaluate("box => { box.value = 'word '.repeat(400); }")
    page.locator("main form[method=post]").first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")


def stale_outcome(page: Page) -> None:
    """Say what came of an objective of which somebody else has said it since the page was loaded."""
    page.evaluate("document.querySelector('main form [name$=revision]').value = '0'")
    page.locator("main form textarea").first.fill("What the second of the two learned.")
    page.get_by_role("button", name="Save", exact=True).click()


def far_too_much_note(page: Page) -> None:
    """Write a note of far too many words."""
    page.locator("main form [name=note]").evaluate("box => { box.value = 'word '.repeat(1400); }")
    page.get_by_role("button", name="Save this part").click()
