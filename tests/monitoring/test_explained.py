"""Each step and rule explains itself in three sentences, with where it stands; never more than is so."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from config.environment import ROOT
from governance import explained

ONES = [pytest.param(one, id=one.key) for one in explained.ALL]
SHOWN = {
    key
    for path in (ROOT / "templates").rglob("*.html")
    for key in re.findall(r'{% explain "([^"]+)" %}', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("one", ONES)
def test_it_is_three_sentences_with_a_source(one):
    assert len(one.says) == 3
    for sentence in one.says:
        assert sentence[0].isupper() and sentence.endswith(".")
        assert not re.search(r"\. [A-Z]", sentence), "one sentence each"
        assert len(sentence) <= 260
    assert one.sources and all(one.sources)


@pytest.mark.parametrize("one", ONES)
def test_a_regulation_is_named_with_its_year_and_whom_it_binds(one):
    for source in one.sources:
        if "egulation" in source:
            assert "2013" in source and "(maintained schools)" in source
        if "Ofsted" in source:
            assert "2011" in source


@pytest.mark.parametrize("one", ONES)
def test_nothing_calls_a_missing_approval_a_breach(one):
    text = " ".join((one.title, *one.says)).lower()
    assert not re.search(r"unlawful|illegal|statutory|legal duty|must approve|required by law", text)


def test_deciding_on_the_plan_says_that_no_law_asks_for_it():
    one = explained.of("decide")
    assert "No law asks a board to approve an improvement plan" in one.says[1]
    assert not any("regulation" in source for source in one.sources)


def test_keys_and_anchors_are_their_own():
    keys, anchors = [one.key for one in explained.ALL], [one.anchor for one in explained.ALL]
    assert len(set(keys)) == len(keys) and len(set(anchors)) == len(anchors)
    assert not any(" " in anchor for anchor in anchors)


@pytest.mark.parametrize("key", sorted(SHOWN))
def test_what_a_page_shows_is_known(key):
    shown = Template('{% load explained %}{% explain "' + key + '" %}').render(Context({}))
    assert explained.of(key).title in shown
    assert f"{reverse('help_rules')}#{explained.of(key).anchor}" in shown


def test_an_unknown_one_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        explained.of("fly")


def test_the_help_page_lists_all_of_them(client, db):
    page = client.get(reverse("help_rules")).content.decode()
    for one in explained.ALL:
        assert f'id="{one.anchor}"' in page and f"<dt>{one.title}</dt>" in page
    assert "good governance and no legal duty" in page
