"""What is typed and not saved comes back to whoever typed it, and to nobody else."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from foundation import keeping
from tests import make
from tests.sip.test_drafting import plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(ashdown) -> str:
    """A page of Ashdown's where leaders write prose."""
    return reverse("draft_plan", args=[plan_of(ashdown).pk])


def sign_in(client, user, page: str):
    return client.post(f"{reverse('account_login')}?next={page}", {"login": user.email, "password": make.PASSWORD})


def send_without_session(client, user, page: str, *, sealed: str | None = None, **words):
    """Send the form as somebody whose session has ended while they typed."""
    client.force_login(user)
    form = client.get(page).context
    client.logout()
    sealed = form["typed_by"] if sealed is None else sealed
    return client.post(page, {"how_made": "With every teacher.", "typed_by": sealed, "revision": "1", **words})


def test_a_form_sent_after_the_session_ended_waits_for_its_person(client, ashdown, page):
    answer = send_without_session(client, ashdown.head, page)
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={page}")
    assert "what you typed is there" in client.get(answer.url).content.decode()
    answer = sign_in(client, ashdown.head, page)
    assert (answer.status_code, answer.url) == (302, page)
    assert "You typed something here that is not saved" in client.get(page).content.decode()
    assert "With every teacher." not in client.get(page).content.decode()
    again = client.get(f"{page}?kept=1").content.decode()
    assert "With every teacher." in again
    assert "You typed something here that is not saved" not in again


def test_another_person_who_signs_in_there_gets_nothing(client, ashdown, page):
    send_without_session(client, ashdown.head, page)
    sign_in(client, ashdown.deputy, page)
    assert "You typed something" not in client.get(page).content.decode()
    assert "With every teacher." not in client.get(f"{page}?kept=1").content.decode()
    client.logout()
    sign_in(client, ashdown.head, page)
    assert keeping.kept(ashdown.head, page) is None


@pytest.mark.parametrize("sealed", ["", "forged", "1:abc"])
def test_a_form_without_its_seal_is_not_held(client, ashdown, page, sealed):
    send_without_session(client, ashdown.head, page, sealed=sealed)
    assert "held_words" not in client.session
    sign_in(client, ashdown.head, page)
    assert keeping.kept(ashdown.head, page) is None


def test_saving_lets_go_of_what_was_kept(client, ashdown, page):
    client.force_login(ashdown.head)
    client.post(reverse("typing"), {"page": page, "how_made": "Half a sent"})
    assert keeping.kept(ashdown.head, page) is not None
    answer = client.post(page, {"how_made": "A sentence.", "how_monitored": "", "revision": "1"})
    assert answer.status_code == 302
    assert keeping.kept(ashdown.head, page) is None


def test_what_was_kept_can_be_thrown_away(client, ashdown, page):
    client.force_login(ashdown.head)
    client.post(reverse("typing"), {"page": page, "how_made": "Half a sent"})
    answer = client.post(reverse("typing"), {"page": page, "drop": "1"})
    assert (answer.status_code, answer.url) == (302, page)
    assert keeping.kept(ashdown.head, page) is None


def test_the_script_is_told_when_it_was_kept(client, ashdown, page):
    client.force_login(ashdown.head)
    sent = {"page": page, "how_made": "Half", "csrfmiddlewaretoken": "t", "typed_by": "s", "password": "p"}
    answer = client.post(reverse("typing"), sent)
    assert answer.json()["kept"] is True
    assert keeping.kept(ashdown.head, page).words == "how_made=Half"


def test_what_the_script_sends_without_a_session_is_held_for_its_page(client, ashdown, page):
    client.force_login(ashdown.head)
    sealed = client.get(page).context["typed_by"]
    client.logout()
    answer = client.post(reverse("typing"), {"page": page, "how_made": "Half a sentence", "typed_by": sealed})
    assert answer.status_code == 302
    sign_in(client, ashdown.head, page)
    assert keeping.kept(ashdown.head, page).form_data()["how_made"] == "Half a sentence"


@pytest.mark.parametrize("page", ["", "plans/1/", "//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere"])
def test_only_pages_of_ours_are_kept_or_returned_to(client, ashdown, page):
    client.force_login(ashdown.head)
    for words in ({"how_made": "x"}, {"drop": "1"}):
        assert client.post(reverse("typing"), {"page": page, **words}).status_code == 422


def test_a_megabyte_is_not_kept_and_says_so(client, ashdown, page):
    client.force_login(ashdown.head)
    answer = client.post(reverse("typing"), {"page": page, "how_made": "x" * 1_000_000})
    assert (answer.status_code, answer.json()) == (413, {"kept": False})
    assert keeping.kept(ashdown.head, page) is None


def test_keeping_is_by_post_and_by_a_signed_in_person(client, ashdown, page):
    assert client.post(reverse("typing"), {"page": page}).status_code == 302
    client.force_login(ashdown.head)
    assert client.get(reverse("typing")).status_code == 405


def test_each_person_has_their_own(client, ashdown, page):
    for user, words in ((ashdown.head, "Head’s"), (ashdown.deputy, "Deputy’s")):
        client.force_login(user)
        client.post(reverse("typing"), {"page": page, "how_made": words})
    assert keeping.kept(ashdown.head, page).form_data()["how_made"] == "Head’s"
    assert keeping.kept(ashdown.deputy, page).form_data()["how_made"] == "Deputy’s"


def test_kept_twice_it_is_one_row_with_the_last_words(ashdown):
    for words in ("a=1", "a=2"):
        keeping.keep(ashdown.head, "/x/", QueryDict(words))
    assert keeping.TypedDraft.objects.get().words == "a=2"
