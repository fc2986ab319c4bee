"""Help, glossary and the statements: there for everyone, true to the table of permissions, valid, without dead ends."""

import re

import html5lib
import pytest
from django.urls import reverse

from foundation.permissions import table, who
from monitoring.glossary import TEN, WORDS, ten_words

PAGES = ("help", "help_permissions", "help_rules", "glossary", "accessibility", "privacy")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_for_everyone_validates(client, db, page):
    answer = client.get(reverse(page))
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(client, ashdown, page):
    client.force_login(ashdown.governor)
    body = client.get(reverse(page)).content.decode()
    for address in set(re.findall(r'href="(/[^"#]*)"', body)):
        if not address.startswith("/static/"):
            assert client.get(address).status_code in (200, 302), address
    for anchor in re.findall(r'href="#([^"]+)"', body):
        assert f'id="{anchor}"' in body, anchor


def test_the_table_in_words_is_the_table(client, db):
    answer = client.get(reverse("help_permissions"))
    said = {what.lower(): may for what, may in answer.context["governance"] + answer.context["plan"]}
    assert said.keys() == {one.value.lower() for one in table()}
    for permission in table():
        assert said[permission.value.lower()].lower() == who(permission).lower()


def test_each_word_stands_once_in_order_with_an_anchor(client, db):
    words = [word.word for word in WORDS]
    assert words == sorted(words, key=str.lower)
    assert len({word.anchor for word in WORDS}) == len(words)
    assert 35 <= len(words) <= 65
    body = client.get(reverse("glossary")).content.decode()
    assert all(f'id="{word.anchor}"' in body for word in WORDS)


def test_a_word_is_said_in_a_sentence_or_three():
    for word in WORDS:
        assert word.meaning.endswith("."), word.word
        assert 1 <= len(re.findall(r"[.?”](?: |$)", word.meaning)) <= 4, word.word


def test_ten_words_are_ten():
    assert [word.word for word in ten_words()] == list(TEN)
    assert len(TEN) == 10


def test_privacy_names_the_cookies_that_are_set(client, ashdown):
    client.post("/accounts/login/", {"login": ashdown.head.email, "password": "correct-horse-battery"})
    body = client.get(reverse("privacy")).content.decode()
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    assert all(f"<strong>{name}</strong>" in body for name in ("sessionid", "csrftoken"))
