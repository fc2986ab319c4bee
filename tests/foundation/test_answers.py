"""Refusals: each in plain words, each leading onward, none losing what was typed."""

import html5lib
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from foundation import answers, keeping
from foundation.errors import Conflict, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hannah():
    return make.user("Hannah Lindqvist")


@pytest.fixture
def asked(rf):
    """A request as the middleware would hand it over."""

    def ask(user=None, path="/a-page/", *, data=None, referer=""):
        headers = {"referer": referer} if referer else {}
        request = rf.get(path, headers=headers) if data is None else rf.post(path, data, headers=headers)
        request.user = user or AnonymousUser()
        request.session = SessionStore()
        return request

    return ask


def words_of(response) -> str:
    """The words in the page's main part; a page that is not valid HTML fails."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    main = next(page.iter("main"))
    assert len(list(page.iter("h1"))) == 1
    return " ".join("".join(main.itertext()).split())


def test_not_yours_to_do_says_who_may(asked, hannah):
    answer = answers.refused(asked(hannah), NotAllowed("Only the headteacher may submit the plan to the board."))
    assert answer.status_code == 403
    assert "Not yours to do Only the headteacher may submit the plan to the board." in words_of(answer)


def test_a_refusal_from_elsewhere_shows_nothing_of_its_inside(asked, hannah):
    assert "secret" not in words_of(answers.refused(asked(hannah), PermissionError("secret")))


def test_a_page_that_is_not_there_and_one_that_is_not_yours_look_alike(asked, hannah):
    answer = answers.not_found(asked(hannah), Exception("secret"))
    assert answer.status_code == 404
    assert "There is no such page, or it is not one of yours." in words_of(answer)
    assert "secret" not in answer.content.decode()


def test_moved_on_says_where_it_is_and_leads_back(asked, hannah):
    request = asked(hannah, data={}, referer="http://testserver/plans/7/")
    answer = answers.conflict(request, Conflict("The plan is with the board."))
    assert answer.status_code == 409
    assert "The plan is with the board." in words_of(answer)
    assert 'href="http://testserver/plans/7/"' in answer.content.decode()


def test_moved_on_shows_the_sentences_that_would_be_lost(asked, hannah):
    data = {"text": "An answer, <b>late</b>.", "due_on_day": "4", "typed_by": "a seal", "password": "not a word"}
    answer = answers.conflict(asked(hannah, data=data), Conflict("It is answered."))
    assert "What you typed It is not saved. Copy it if you need it. An answer, <b>late</b>." in words_of(answer)
    assert "seal" not in words_of(answer) and "not a word" not in words_of(answer)


def test_moved_on_does_not_show_again_what_is_kept(asked, hannah):
    conflict = Conflict("The draft is closed. What you typed is kept.", keeps_words=True)
    answer = answers.conflict(asked(hannah, data={"what": "Read every day"}), conflict)
    assert str(conflict) in words_of(answer) and "Read every day" not in words_of(answer)


def test_a_page_of_another_site_is_never_led_back_to(asked, hannah):
    request = asked(hannah, data={}, referer="http://elsewhere.example/")
    assert "elsewhere" not in answers.conflict(request, Conflict("Moved on.")).content.decode()


def test_a_failed_check_keeps_what_this_person_typed(asked, hannah):
    typed = {"title": "Early reading", "typed_by": keeping.signature(hannah), "csrfmiddlewaretoken": "stale"}
    answer = answers.csrf_failed(asked(hannah, data=typed))
    assert answer.status_code == 403
    assert "what you typed is kept" in words_of(answer)
    assert 'href="/a-page/?kept=1"' in answer.content.decode()
    assert keeping.kept(hannah, "/a-page/").form_data()["title"] == "Early reading"


@pytest.mark.parametrize("signed", ["", "forged", "somebody else's"])
def test_a_forged_form_plants_no_words(asked, hannah, signed):
    if signed == "somebody else's":
        other = make.user("Imran Sadiq")
        signed = keeping.signature(other)
    answer = answers.csrf_failed(asked(hannah, data={"title": "Forged", "typed_by": signed}))
    assert "Nothing was saved." in words_of(answer)
    assert keeping.kept(hannah, "/a-page/") is None


def test_words_of_a_lapsed_session_wait_for_its_person(asked, hannah):
    request = asked(data={"title": "Early reading", "typed_by": keeping.signature(hannah)})
    assert "what you typed is kept" in words_of(answers.csrf_failed(request))
    request.user = hannah
    keeping.give_back_held(request)
    assert keeping.kept(hannah, "/a-page/").form_data()["title"] == "Early reading"


def test_a_form_without_its_token_is_answered_in_our_words():
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "This page was open too long" in words_of(answer)


def test_our_own_fault_is_said_even_when_the_menu_cannot_be_asked(asked, monkeypatch):
    def no_database(*args):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(answers, "render", no_database)
    answer = answers.broken(asked())
    assert answer.status_code == 500
    assert "It is our fault, not yours." in words_of(answer)


def test_too_many_tries_says_how_long_to_wait(asked):
    answer = answers.too_many(asked())
    assert answer.status_code == 429
    assert "Wait five minutes" in words_of(answer)
