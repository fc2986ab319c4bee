"""An organisation calls things as it does: words in every form, numbers or letters, and the clerk who says so."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from foundation.errors import NotAllowed
from governance import own_words, setting_up
from governance.words import Words, initials, plural, with_article, words_of
from tests.sip.drafts import draft

SAID = {
    "plan_word": "School development plan",
    "plan_short": "SDP",
    "objective_word": "priority",
    "priority_word": "aim",
    "numbering": "letters",
    "layout": "table",
    "cost_limit": 8000,
    "small_number_threshold": 10,
    "financial_year_from": 9,
}
TYPED = {name: str(value) for name, value in SAID.items()}


def organisation(**words) -> SimpleNamespace:
    empty = {"plan_word": "", "plan_short": "", "objective_word": "", "priority_word": "", "numbering": "figures"}
    return SimpleNamespace(**{"is_trust": False} | empty | words)


@pytest.mark.parametrize(
    ("word", "many"),
    [
        ("objective", "objectives"), ("priority", "priorities"), ("key priority", "key priorities"), ("goal", "goals"),
        ("aim", "aims"), ("focus", "focuses"), ("area of focus", "areas of focus"), ("survey", "surveys"),
        ("box", "boxes"), ("branch", "branches"), ("wish", "wishes"), ("driver", "drivers"), ("y", "ys"),
    ],
)  # fmt: skip
def test_plurals_are_right(word, many):
    assert plural(word) == many


@pytest.mark.parametrize(("word", "said"), [("objective", "an objective"), ("goal", "a goal"), ("Aim", "an Aim")])
def test_articles(word, said):
    assert with_article(word) == said


@pytest.mark.parametrize(
    ("place", "letters", "said"),
    [
        (1, False, "1"),
        (12, False, "12"),
        (1, True, "A"),
        (26, True, "Z"),
        (27, True, "AA"),
        (52, True, "AZ"),
        (53, True, "BA"),
    ],
)
def test_numbers_and_letters(place, letters, said):
    assert Words(letters=letters).numbered(place) == said


def test_without_words_of_its_own_it_says_what_everyone_says():
    assert words_of(organisation()) == Words()
    assert words_of(organisation()).is_usual
    trust = words_of(organisation(is_trust=True))
    assert (trust.Plan, trust.plan_short, trust.is_usual) == ("Trust improvement plan", "TIP", True)


def test_its_own_words_in_every_form():
    said = words_of(organisation(plan_word="School development plan", objective_word="Priority", priority_word="Aim"))
    assert (said.plan, said.Plan, said.plan_short) == ("school development plan", "School development plan", "SDP")
    assert (said.objective, said.Objective, said.objectives, said.Objectives) == (
        "priority", "Priority", "priorities", "Priorities",
    )  # fmt: skip
    assert (said.an_objective, said.a_priority, said.priorities) == ("a priority", "an aim", "aims")
    assert (said.count(1), said.count(3)) == ("one priority", "three priorities")
    assert not said.is_usual


def test_a_word_in_capitals_stays_so():
    assert words_of(organisation(plan_word="SDP")).plan == "SDP"
    assert initials("School development and improvement plan, 2") == "SDAIP"


def test_frozen_words_come_back_and_old_versions_have_the_usual_ones():
    said = words_of(organisation(objective_word="goal", numbering="letters"))
    assert Words.thawed(said.frozen) == said
    assert Words.thawed(None) == Words() and Words.thawed({}) == Words()


@pytest.mark.parametrize(
    ("kind", "establishment", "month"),
    [
        ("trust", "Multi-academy trust", 9), ("school", "Academy converter", 9), ("school", "Studio school", 9),
        ("school", "Community school", 4), ("school", "Pupil referral unit", 4), ("school", "Foundation school", 4),
    ],
)  # fmt: skip
def test_the_financial_year_begins_by_kind(kind, establishment, month):
    assert setting_up.financial_year_from(kind, establishment) == month


def test_set_up_by_kind(site_administrator):
    facts = {
        "kind": "school",
        "establishment": "Academy converter",
        "clerk_name": "J",
        "clerk_email": "j@clerks.example",
    }
    made = setting_up.set_up_organisation(name="Tern Academy", by=site_administrator, **facts)
    assert made.financial_year_from == 9


# --- the operation and its page


def test_the_clerk_says_so_and_it_is_kept(ashdown):
    own_words.say_words(ashdown.school, by=ashdown.clerk, **SAID)
    ashdown.school.refresh_from_db()
    assert {name: getattr(ashdown.school, name) for name in SAID} == SAID
    for who in (ashdown.head, ashdown.chair, ashdown.deputy):
        with pytest.raises(NotAllowed):
            own_words.say_words(ashdown.school, by=who, **SAID)


@pytest.fixture
def url(ashdown) -> str:
    return reverse("own_words", args=[ashdown.school.slug])


def test_the_page_saves_and_the_people_page_leads_to_it(client, ashdown, url):
    client.force_login(ashdown.clerk)
    assert f'href="{url}"' in client.get(reverse("people", args=[ashdown.school.slug])).content.decode()
    page = client.get(url).content.decode()
    assert "School improvement plan 2026/27 (SIP): four objectives that serve two priorities of the strategy." in page
    answer = client.post(url, TYPED, follow=True)
    assert "Your words stand on every page from now on." in answer.content.decode()
    ashdown.school.refresh_from_db()
    assert ashdown.school.words.objectives == "priorities"
    assert client.post(url, TYPED).status_code == 302  # twice is as good as once


def test_how_it_reads_is_shown_and_nothing_is_saved(client, ashdown, url):
    client.force_login(ashdown.clerk)
    page = client.post(url, TYPED | {"do": "preview"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "How it reads, not saved yet" in text
    assert "School development plan 2026/27 (SDP): four priorities that serve two aims of the strategy." in text
    assert "Priority C serves an aim; its second action is C.2." in text
    ashdown.school.refresh_from_db()
    assert ashdown.school.words.is_usual


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"objective_word": "priority", "priority_word": ""}, "is what the other is called"),
        ({"objective_word": "aim", "priority_word": "Aim"}, "is what the other is called"),
        ({"objective_word": "", "priority_word": "objective"}, "is what the other is called"),
        ({"objective_word": "goals"}, "Write it in the singular"),
        ({"objective_word": "action"}, "is the name of something else here"),
        ({"priority_word": "Milestones"}, "is the name of something else here"),
        ({"objective_word": "goal 1"}, "Use words alone, without figures or signs"),
        ({"plan_word": "<b>Plan</b>"}, "Use words alone, without figures or signs"),
        ({"plan_word": "x" * 61}, "Shorten this to 60 characters"),
        ({"plan_short": "x" * 13}, "Shorten this to 12 characters"),
        ({"numbering": "roman"}, "Choose from the list"),
        ({"layout": ""}, "Choose the layout"),
        ({"cost_limit": "a lot"}, "Write a whole number in figures"),
        ({"small_number_threshold": "0"}, "Choose from the list"),
        ({"small_number_threshold": ""}, "Choose from how many pupils on"),
        ({"financial_year_from": "13"}, "Choose from the list"),
    ],
)
def test_wrong_words_are_refused_and_kept(client, ashdown, url, typed, says):
    client.force_login(ashdown.clerk)
    for do in ("save", "preview"):
        answer = client.post(url, TYPED | typed | {"do": do})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    ashdown.school.refresh_from_db()
    assert ashdown.school.words.is_usual and ashdown.school.small_number_threshold == 6


@pytest.mark.parametrize("word", ["focus", "key priority", "area of focus", "emphasis", "driver"])
def test_words_of_every_shape_are_taken(client, ashdown, url, word):
    client.force_login(ashdown.clerk)
    assert client.post(url, TYPED | {"objective_word": word}).status_code == 302


def test_readers_are_told_who_may_and_strangers_find_nothing(client, ashdown, kestrel, url):
    for who, status in ((ashdown.head, 403), (ashdown.chair, 403), (kestrel.clerk, 404), (ashdown.inspector, 404)):
        client.force_login(who)
        assert client.get(url).status_code == status
        assert client.post(url, TYPED).status_code == status


# --- on the pages


def test_pages_speak_in_the_schools_words(client, ashdown):
    plan = draft(ashdown, objectives=2)
    own_words.say_words(ashdown.school, by=ashdown.clerk, **SAID)
    client.force_login(ashdown.head)
    slug, second = ashdown.school.slug, plan.objectives.last().pk
    for address, says in {
        reverse("plan", args=[slug, 2026]): (
            "School development plan 2026/27",
            "Priority B: ",
            "Actions of priority B",
        ),
        reverse("objective", args=[second]): ("priority B of 2", "<h1>Objective 2</h1>"),
        reverse("draft_plan", args=[plan.pk]): (
            "none of two priorities is complete",
            "The priorities",
            "B. Objective 2",
        ),
        reverse("draft_objective", args=[second]): ("priority B of 2",),
        reverse("objectives", args=[plan.pk]): ("<h1>Priorities 2026/27</h1>", "B. Objective 2"),
        reverse("plan_weight", args=[plan.pk]): ("Priorities</th>",),
        reverse("organisation", args=[slug]): ("The priorities", ">SDP</a>"),
    }.items():
        page = client.get(address).content.decode()
        for words in says:
            assert words in page, (address, words)


def test_a_version_keeps_the_words_that_it_was_frozen_with(client, ashdown):
    from sip import approval

    plan = draft(ashdown, objectives=2)
    version = approval.submit_plan(plan, by=ashdown.head)
    own_words.say_words(ashdown.school, by=ashdown.clerk, **SAID)
    client.force_login(ashdown.chair)
    page = client.get(reverse("version", args=[version.pk])).content.decode()
    assert "Objective 2: " in page and "Priority B" not in page
    page = client.get(reverse("plan", args=[ashdown.school.slug, 2026])).content.decode()
    assert "Objective 2: " in page and "School improvement plan 2026/27" in page
