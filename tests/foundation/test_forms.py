"""Choices, the error summary, the revision, and a form drawn so that everyone can find the box."""

import re

import html5lib
import pytest
from django.http import QueryDict
from django.template import Context, Template

from foundation import clock, forms
from foundation.outbox import OutgoingMail
from tests.foundation.sheet import GONE, GOOD, Sheet, refusal, sheet

# ---------------------------------------------------------------- choices


def test_a_word_that_is_not_offered_is_refused():
    assert refusal(sheet(how="secretly"), "how") == GONE
    assert refusal(sheet(how=""), "how") == "Choose one"


@pytest.mark.parametrize("foreign", ["999999", "-1", "x", "1\x00", "9" * 40, "1.5", "<script>"])
@pytest.mark.django_db
def test_a_foreign_row_is_refused_without_a_word_about_it(foreign):
    class Chosen(forms.HouseForm):
        one = forms.Pick(OutgoingMail.objects.all())
        many = forms.Picks(OutgoingMail.objects.all())

    form = Chosen(_sent(one=foreign, many=foreign))
    assert refusal(form, "one") == GONE
    assert form.errors["many"] == [GONE]


def _sent(**words) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in words.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.fixture
def mail(db):
    now = clock.now()
    return [
        OutgoingMail.objects.create(key=key, to_name="A", to_address="a@b.example", posted_at=now, next_try_at=now)
        for key in ("first", "second")
    ]


def test_rows_are_picked_by_ones_and_by_more(mail):
    class Chosen(forms.HouseForm):
        one = forms.Pick(OutgoingMail.objects.all())
        many = forms.Picks(OutgoingMail.objects.all(), required=False)

    form = Chosen(_sent(one=str(mail[0].pk), many=[str(each.pk) for each in mail]))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["one"] == mail[0]
    assert list(form.cleaned_data["many"]) == mail
    assert refusal(Chosen(_sent(one="")), "one") == "Choose one from the list"


def test_a_list_fetched_once_offers_the_same_rows_to_many_forms(mail, django_assert_num_queries):
    class Row(forms.HouseForm):
        who = forms.PickFrom(required=False)

        def __init__(self, *args, people, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["who"].things = people

    with django_assert_num_queries(0):
        rows = [Row({f"{n}-who": str(mail[1].pk)}, people=mail, prefix=str(n)) for n in range(3)]
        assert all(row.is_valid() for row in rows)
        assert [row.cleaned_data["who"] for row in rows] == [mail[1]] * 3
        assert "selected" in str(rows[0]["who"])
    assert refusal(Row({"who": "0"}, people=mail), "who").startswith("That choice is not one of yours")
    assert Row({"who": ""}, people=mail).is_valid()
    assert "selected" in str(Row(people=mail, initial={"who": mail[0]})["who"])


# ---------------------------------------------------------------- the form


def test_the_revision_is_what_the_person_saw():
    form = Sheet(GOOD | {"revision": "3"}, revision=5)
    assert form.is_valid()
    assert form.cleaned_data["revision"] == 3
    assert "revision" not in Sheet().fields


@pytest.mark.parametrize("broken", ["", "x", "-1", "9" * 20, "3\x00x"])
def test_a_page_without_its_revision_must_be_opened_again(broken):
    form = Sheet(GOOD | {"revision": broken}, revision=5)
    sentence = "Part of this page was lost on its way. Open it again and repeat the change."
    assert form.summary == [("id_title", sentence)]


@pytest.mark.parametrize(
    ("wrong", "title"),
    [
        ({"title": ""}, "One thing stops this from being saved"),
        ({"title": "", "due": "Easter"}, "Two things stop this from being saved"),
    ],
)
def test_the_summary_counts_in_words(wrong, title):
    assert sheet(**wrong).summary.title == title


def test_the_summary_of_several_forms_is_in_the_order_of_the_page():
    forms_on_page = [Sheet({}, prefix="a"), sheet(due="Easter")]
    summary = forms.Summary.of(*forms_on_page)
    assert [target for target, _ in summary] == ["id_a-title", "id_a-begins_0", "id_a-how_0", "id_due"]
    assert summary.title == "Four things stop this from being saved"


def test_what_is_wrong_with_the_whole_leads_to_the_first_box():
    form = sheet()
    form.add_error(None, "Two people cannot share one seat")
    assert form.summary == [("id_title", "Two people cannot share one seat")]


def test_a_form_that_was_not_sent_has_nothing_wrong():
    assert Sheet().summary == []


# ---------------------------------------------------------------- how it is drawn

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A form</title></head><body>
{% load crispy_forms_tags %}{% include "components/errors.html" with form=form only %}
<form method="post" novalidate>{% crispy form %}</form></body></html>"""


def drawn(form) -> str:
    return Template(PAGE).render(Context({"form": form}))


def tree(html: str):
    """The page's elements; a page that is not valid HTML fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


EVERYTHING_WRONG = {
    "title": "x" * 30, "words": "y" * 80, "email": "no", "begins_day": "32", "begins_month": "3", "begins_year": "2027",
    "due": "Easter", "at": "6", "cost": "1.2k", "quorum": "0", "how": "x", "term": "x", "team": ["9"], "revision": "3",
}  # fmt: skip


@pytest.mark.parametrize("data", [None, {}, EVERYTHING_WRONG])
@pytest.mark.parametrize("prefix", [None, "row-3"])
def test_a_drawn_form_is_valid_and_every_box_has_its_words(data, prefix):
    if data is not None:
        data = _sent(**{f"{prefix}-{name}" if prefix else name: value for name, value in data.items()})
    page = tree(drawn(Sheet(data, prefix=prefix, revision=3)))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    boxes = [box for box in page.iter() if box.tag in {"input", "select", "textarea"} and box.get("type") != "hidden"]
    labelled = {label.get("for") for label in page.iter("label")}
    assert {box.get("id") for box in boxes} == labelled
    for element in page.iter():
        for described in (element.get("aria-describedby") or "").split():
            assert described in ids
    assert {link.get("href")[1:] for link in page.iter("a")} <= set(ids)


def test_a_refused_box_says_so_to_everyone():
    page = tree(drawn(sheet(title="", begins_day="32")))
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    assert by_id["id_title"].get("aria-invalid") == "true"
    assert by_id["id_title"].get("aria-describedby") == "id_title_helptext id_title_error"
    assert "".join(by_id["id_title_error"].itertext()) == "Error: Give the objective a title"
    assert by_id["id_begins_0"].get("aria-invalid") == "true"
    assert by_id["id_begins_1"].get("aria-invalid") is None
    fieldset = next(each for each in page.iter("fieldset") if by_id["id_begins_0"] in each.iter())
    assert fieldset.get("aria-describedby") == "id_begins_helptext id_begins_error"


def test_what_was_typed_is_drawn_again():
    html = drawn(sheet(title="x" * 30, words="first\nsecond", due="Easter", how="hands", begins_day="32"))
    assert f'value="{"x" * 30}"' in html
    assert ">\nfirst\nsecond</textarea>" in html
    assert 'value="Easter"' in html
    assert 'value="32"' in html
    assert re.search(r'value="hands" checked', html)


def test_pounds_stand_before_their_box():
    assert '<div class="prefixed"><span aria-hidden="true">£</span>' in drawn(Sheet())


def test_nothing_is_left_to_the_browsers_own_bubbles():
    html = drawn(Sheet())
    assert " required" not in html
    assert "maxlength" not in html


def test_html_and_script_are_words_like_others():
    form = sheet(title="<b>&amp;</b>")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "<b>&amp;</b>"
    assert "<b>&amp;" not in drawn(form)
