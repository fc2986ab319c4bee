"""The page on which rows are pasted: mapped once, looked at, fixed, added in one act, undone."""

import html

import pytest
from django.urls import reverse

from foundation.audit import AuditEvent
from governance import posts
from governance.models import Person
from sip.models import Action, Plan
from tests.sip.test_drafting import READ, plan_of, save, whats
from tests.sip.test_drafting_pages import parsed, refusals, words_of

pytestmark = pytest.mark.django_db

TEXT = "Action\tLead\tBy when\tCost\nRead daily\tAshdown Teacher\tHT4\t£0\nSing daily\tY9 team\tx6\tPP\n"
NO_ACTION = "Say which column holds the action, or the criterion."
TWICE = "Two columns are “What (the action)”. Leave one of them out, or say what it is."
QUERIES = 7


@pytest.fixture
def objective(ashdown):
    return save(plan_of(ashdown, objectives=2).objectives.first(), ashdown.head, actions=[READ])


@pytest.fixture
def head(client, ashdown):
    client.force_login(ashdown.head)
    return client


def page_of(objective) -> str:
    return reverse("paste_rows", args=[objective.pk])


def form_of(response) -> dict:
    """What a browser would send back of the page."""
    sent = {}
    form = next(one for one in parsed(response).iter("form") if one.get("data-keep") is not None)
    for box in form.iter():
        name, kind = box.get("name"), box.get("type")
        if box.tag == "textarea":
            sent[name] = (box.text or "").removeprefix("\n")
        elif box.tag == "select":
            sent[name] = next((one.get("value") for one in box.iter("option") if "selected" in one.attrib), "")
        elif box.tag == "input" and name and (kind != "checkbox" or "checked" in box.attrib):
            sent[name] = box.get("value", "")
    return sent


def look(client, objective, text: str = TEXT, **changes):
    first = client.post(page_of(objective), {"text": text, "do": "look"})
    return client.post(page_of(objective), form_of(first) | changes | {"do": "look"}) if changes else first


def add(client, objective, looked, **changes):
    return client.post(page_of(objective), form_of(looked) | changes | {"do": "add"})


def test_a_paste_is_looked_at_first_and_nothing_is_written(head, objective):
    looked = look(head, objective)
    assert looked.status_code == 200
    words = words_of(looked)
    assert "Action: Read daily Who Ashdown Teacher" in words
    assert "Who: “Y9 team” is left out; nobody here is called so." in words
    assert "By when: “x6” is not a day that is understood. It is kept under Resources." in words
    assert "Add 2 actions" in words
    assert whats(objective) == [READ["what"]]


def test_it_is_added_in_one_act_behind_what_stood_there_and_undone_as_one(head, objective):
    answer = add(head, objective, look(head, objective))
    assert (answer.status_code, answer.url) == (302, reverse("draft_objective", args=[objective.pk]))
    assert whats(objective) == [READ["what"], "Read daily", "Sing daily"]
    _, read, sing = objective.actions.all()
    assert (read.owner.name, read.cost) == ("Ashdown Teacher", 0)
    assert (sing.owner, sing.due_on, sing.resources, sing.cost_source) == (None, None, "By when: x6", "Pupil premium")
    assert (sing.came_from, sing.cost) == ("Pasted from a table", None)
    assert AuditEvent.objects.filter(what="add_rows").count() == 1
    page = head.get(answer.url)
    assert "2 actions added behind the rows that stood there. Nobody is named for “Y9 team”." in words_of(page)
    objective.refresh_from_db()
    undone = head.post(reverse("undo_save", args=[objective.pk]), {"revision": objective.revision})
    assert undone.status_code == 302
    assert whats(objective) == [READ["what"]]


def test_a_name_is_made_a_post_by_choice(head, ashdown, objective):
    add(head, objective, look(head, objective), **{"who-0": "post"})
    post = objective.actions.last().owner
    assert (post.name, post.is_post) == ("Y9 team", True)
    assert post in posts.of(ashdown.school)


def test_a_name_is_somebody_by_choice(head, ashdown, objective):
    looked = look(head, objective, **{"who-0": str(ashdown.deputy.person_id)})
    assert "Sing daily Who Ashdown Deputy" in words_of(looked)
    add(head, objective, looked)
    assert objective.actions.last().owner == ashdown.deputy.person
    assert not Person.objects.filter(is_post=True).exists()


def test_columns_are_said_once_and_stay_said(head, objective):
    text = "Read daily\tbecause it helps\nSing daily\tbecause it is fun"
    looked = look(head, objective, text, **{"column-0": "what", "column-1": "outcome"})
    add(head, objective, looked)
    assert objective.actions.last().outcome == "because it is fun"


def test_criteria_with_their_milestones_are_pasted_too(head, objective):
    text = "Success criteria\tAutumn\tSpring\tSummer\nEight in ten read well; nine in ten listen\t60%\t70%\t80%"
    add(head, objective, look(head, objective, text))
    first, second = objective.criteria.all()
    assert (first.text, first.milestones.count(), second.milestones.count()) == ("Eight in ten read well", 3, 0)


# ---------------------------------------------------------------- wrong words


def test_2000_rows_are_refused_with_the_limit_and_nothing_is_written(head, objective):
    text = "\n".join(f"Action {number}\tAshdown Teacher" for number in range(2000))
    for do in ("look", "add"):
        answer = head.post(page_of(objective), {"text": text, "do": do})
        assert refusals(answer) == [
            "Here are 2,000 rows; an objective holds 200 at most. Nothing was added. "
            "Paste what belongs to this objective alone."
        ]
        assert form_of(answer)["text"].startswith("Action 0\t")
    assert whats(objective) == [READ["what"]]


def test_more_than_there_is_room_for_beside_what_stands_there_is_refused_whole(head, objective):
    looked = look(head, objective, "\n".join(f"Do thing {number}" for number in range(200)))
    answer = add(head, objective, looked)
    assert answer.status_code == 409
    said = html.unescape(answer.content.decode())
    assert "An objective holds 200 rows at most; here are 201. Nothing was saved." in said
    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "changes", "says"),
    [
        ("", {}, "Paste the rows here"),
        ("   \n\t\n", {}, "Paste the rows here"),
        ("Read\tAshdown Teacher", {"column-0": "", "column-1": ""}, NO_ACTION),
        ("Read\tSing", {"column-0": "what", "column-1": "what"}, TWICE),
        ("x" * 300_001, {}, "Shorten this to 300,000 characters; it has 300,001 now"),
    ],
)
def test_wrong_words_are_refused_in_one_sentence(head, objective, text, changes, says):
    assert refusals(look(head, objective, text, **changes)) == [says]


@pytest.mark.parametrize("changes", [{"width": "x"}, {"column-0": "status"}, {"who-0": "999999"}, {"who-0": "-1"}])
def test_answers_that_the_page_did_not_offer_count_for_nothing(head, objective, changes):
    answer = look(head, objective, **changes)
    assert answer.status_code in (200, 422)
    add(head, objective, answer)
    assert not Person.objects.filter(is_post=True).exists()


def test_a_row_that_is_too_long_is_left_out_and_said(head, objective):
    looked = look(head, objective, "What\tWho\n" + "x" * 401 + "\tAshdown Teacher\nSing\tAshdown Teacher")
    assert "Left out: What (the action): 401 characters" in words_of(looked)
    add(head, objective, looked)
    assert whats(objective) == [READ["what"], "Sing"]


@pytest.mark.parametrize("state", ["with the board", "approved"])
def test_a_closed_draft_takes_nothing(head, objective, state):
    looked = look(head, objective)
    Plan.objects.update(state=state)
    assert add(head, objective, looked).status_code == 409
    assert "data-keep" not in head.get(page_of(objective)).content.decode()
    assert whats(objective) == [READ["what"]]


def test_pasted_twice_stands_twice_and_can_be_undone(head, objective):
    looked = look(head, objective, "Read every day")
    add(head, objective, looked)
    add(head, objective, looked)
    assert whats(objective) == [READ["what"], *["Read every day"] * 2]


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(("who", "status"), [("business", 403), ("chair", 403), ("teacher", 404), (None, 302)])
def test_only_leaders_paste(client, ashdown, objective, who, status):
    if who:
        client.force_login(getattr(ashdown, who))
    for answer in (client.get(page_of(objective)), client.post(page_of(objective), {"text": TEXT, "do": "add"})):
        assert answer.status_code == status
    assert whats(objective) == [READ["what"]]


def test_a_head_of_another_school_finds_nothing(client, kestrel, objective):
    client.force_login(kestrel.head)
    assert client.get(page_of(objective)).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_a_look_asks_the_database_the_same_whatever_was_pasted(head, objective, many, django_assert_num_queries):
    text = "Action\tLead\n" + "\n".join(f"Read {number}\tAshdown Teacher" for number in range(many))
    head.post(page_of(objective), {"text": text, "do": "look"})
    with django_assert_num_queries(QUERIES):
        head.post(page_of(objective), {"text": text, "do": "look"})
