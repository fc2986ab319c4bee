"""One row of a draft on its pages: a thing changed in its place, moved, duplicated, undone; begun from elsewhere."""

from datetime import date

import pytest
from django.urls import reverse

from foundation import keeping
from governance.models import Person
from sip import drafting
from sip.models import Plan
from tests.sip.test_drafting import READ, TEACH, plan_of, save, whats
from tests.sip.test_drafting_pages import parsed, refusals, send, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(ashdown):
    first = plan_of(ashdown, objectives=2).objectives.first()
    owned = READ | {"owner": ashdown.teacher.person, "supporters": "Governors", "due_on": date(2027, 2, 12), "cost": 12}
    criterion = {"text": "Eight in ten read", "milestones": {"autumn": "60%", "spring": "", "summer": "80%"}}
    return save(first, ashdown.head, actions=[owned, TEACH], criteria=[criterion])


@pytest.fixture
def head(client, ashdown):
    client.force_login(ashdown.head)
    return client


def cell(objective, part: str, kind: str = "action") -> str:
    row = (objective.actions if kind == "action" else objective.criteria).first()
    return reverse(f"edit_{kind}", args=[objective.pk, row.pk, part])


def write(client, objective, part: str, kind: str = "action", **words):
    objective.refresh_from_db()
    return client.post(cell(objective, part, kind), {"revision": objective.revision} | words)


# ---------------------------------------------------------------- one thing, in its place


@pytest.mark.parametrize(
    ("part", "words", "stands"),
    [
        ("what", {"what": "Read aloud"}, {"what": "Read aloud"}),
        ("by", {"due_on": "5/3/27", "starts_on": "1/9/26"}, {"due_on": date(2027, 3, 5)}),
        ("by", {"due_on": "", "starts_on": ""}, {"due_on": None}),
        ("cost", {"cost": "£1,200", "cost_source": "PTA"}, {"cost": 1200, "cost_source": "PTA"}),
        ("needs", {"resources": "Books"}, {"resources": "Books"}),
        ("outcome", {"outcome": "They read"}, {"outcome": "They read"}),
        ("checked", {"checked_how": "Book look", "checked_when": "termly"}, {"checked_how": "Book look"}),
        ("owner", {"owner": "", "supporters": "All"}, {"owner": None, "supporters": "All"}),
    ],
)  # fmt: skip
def test_one_thing_of_an_action_is_changed_and_nothing_else(head, objective, part, words, stands):
    answer = write(head, objective, part, **words)
    row = objective.actions.first()
    assert (answer.status_code, answer.url) == (302, f"{reverse('objective', args=[objective.pk])}#action-{row.pk}")
    assert {name: getattr(row, name) for name in stands} == stands
    assert whats(objective)[1:] == [TEACH["what"]]
    assert objective.criteria.get().milestones.count() == 2


@pytest.mark.parametrize(
    ("part", "words"),
    [("text", {"text": "Nine in ten"}), ("by-when", {"by_when": "9/7/27"}), ("spring", {"spring": "70%"})],
)
def test_one_thing_of_a_criterion_is_changed(head, objective, part, words):
    assert write(head, objective, part, "criterion", **words).status_code == 302
    row = objective.criteria.get()
    if part == "spring":
        assert set(row.milestones.values_list("text", flat=True)) == {"60%", "70%", "80%"}
    else:
        assert "Nine in ten" in row.text or row.by_when == date(2027, 7, 9)


@pytest.mark.parametrize(
    ("part", "words", "says"),
    [
        ("what", {"what": ""}, "Say it in a few words"),
        ("what", {"what": "x" * 401}, "Shorten this to 400 characters; it has 401 now"),
        ("by", {"due_on": "soon"}, "Write one day, such as 11 Dec 2026"),
        ("by", {"due_on": "1/9/26", "starts_on": "2/9/26"}, "This is before the day in “From”"),
        ("cost", {"cost": "-3"}, "An amount cannot be below nought"),
        ("owner", {"owner": "999999"}, "That choice is not one of yours any more. Choose from the list."),
    ],
)
def test_wrong_words_are_refused_and_kept(head, objective, part, words, says):
    answer = write(head, objective, part, **words)
    assert refusals(answer) == [says]
    assert objective.actions.first().what == READ["what"]


def test_both_see_both_when_a_colleague_saved_meanwhile(head, ashdown, objective):
    seen, row = objective.revision, objective.actions.first()
    drafting.write_cell(objective, revision=seen, row=row, words={"what": "Theirs"}, by=ashdown.deputy)
    answer = head.post(cell(objective, "what"), {"revision": seen, "what": "Mine"})
    assert answer.status_code == 409
    words = words_of(answer)
    assert "Ashdown Deputy saved this objective while you were typing" in words
    assert "What Theirs" in words and "Mine" in words
    assert keeping.kept(ashdown.head, cell(objective, "what")) is not None
    form = next(one for one in parsed(answer).iter("form") if one.get("data-cell") is not None)
    revision = next(one.get("value") for one in form.iter("input") if one.get("name") == "revision")
    assert head.post(cell(objective, "what"), {"revision": revision, "what": "Mine"}).status_code == 302
    assert objective.actions.first().what == "Mine"


def test_a_thing_that_a_row_does_not_have_is_not_there(head, objective):
    assert head.get(cell(objective, "status")).status_code == 404
    assert head.get(reverse("edit_action", args=[objective.pk, 999999, "what"])).status_code == 404


def test_the_draft_as_it_is_read_leads_to_each_of_its_things(head, objective):
    page = head.get(reverse("objective", args=[objective.pk]))
    links = {one.get("href") for one in parsed(page).iter("a") if one.get("data-cell") is not None}
    assert {cell(objective, part) for part in ("what", "owner", "by", "cost")} <= links
    assert {cell(objective, part, "criterion") for part in ("text", "by-when", "autumn", "summer")} <= links
    assert "Ashdown Teacher, with Governors" in words_of(page)


def test_a_governor_who_reads_sees_no_such_link(client, ashdown, objective):
    Plan.objects.update(state="changes asked for")
    client.force_login(ashdown.chair)
    assert b"data-cell" not in client.get(reverse("objective", args=[objective.pk])).content


# ---------------------------------------------------------------- moved, duplicated, undone


def move(client, objective, how: str, to=None, kind: str = "action"):
    row = (objective.actions if kind == "action" else objective.criteria).first()
    to = to or objective.plan.objectives.last()
    return client.post(reverse(f"move_{kind}", args=[objective.pk, row.pk]), {"to": to.pk, "how": how})


def test_a_row_is_moved_to_another_objective(head, objective):
    other = objective.plan.objectives.last()
    answer = move(head, objective, "move")
    assert answer.url == reverse("draft_objective", args=[other.pk])
    assert (whats(objective), whats(other)) == ([TEACH["what"]], [READ["what"]])
    assert move(head, objective, "move", kind="criterion").status_code == 302
    assert other.criteria.get().milestones.count() == 2


def test_a_row_is_duplicated_to_another_objective(head, objective):
    other = objective.plan.objectives.last()
    move(head, objective, "copy")
    move(head, objective, "copy", kind="criterion")
    assert whats(objective)[0] == whats(other)[0] == READ["what"]
    assert other.actions.get().owner == objective.actions.first().owner
    assert other.criteria.get().milestones.count() == 2


def test_it_moves_to_an_objective_of_this_plan_alone(head, kestrel, objective):
    answer = move(head, objective, "move", to=plan_of(kestrel).objectives.get())
    assert refusals(answer) == ["That choice is not one of yours any more. Choose from the list."]
    row = objective.actions.first()
    nothing = head.post(reverse("move_action", args=[objective.pk, row.pk]), {})
    assert refusals(nothing) == ["Choose an objective", "Choose one"]


def test_the_last_save_is_undone_from_the_page(head, ashdown, objective):
    send(head, objective, action_1_what="Read it all")
    page = words_of(head.get(reverse("draft_objective", args=[objective.pk])))
    assert "Ashdown Head saved on" in page and "Undo that save" in page
    objective.refresh_from_db()
    address, revision = reverse("undo_save", args=[objective.pk]), objective.revision
    assert head.post(address, {"revision": revision}).status_code == 302
    assert whats(objective) == [READ["what"], TEACH["what"]]
    assert head.post(address, {"revision": revision}).status_code == 409  # the button pressed twice
    assert head.post(address, {"revision": "x"}).status_code == 409
    assert head.get(address).status_code == 405
    assert whats(objective) == [READ["what"], TEACH["what"]]


def test_nothing_is_offered_to_undo_once_somebody_saved_since(head, ashdown, objective):
    objective.claim_revision(objective.revision)
    assert "Undo that save" not in words_of(head.get(reverse("draft_objective", args=[objective.pk])))


# ---------------------------------------------------------------- a post, while an owner is chosen


def test_a_post_is_added_while_an_owner_is_chosen_and_what_was_typed_stands(head, objective):
    answer = send(head, objective, do="post", action_2_what="Half a thought", post="Year 3 team")
    post = Person.objects.get(name="Year 3 team")
    boxes = {one.get("name"): one.text for one in parsed(answer).iter("textarea")}
    assert (answer.status_code, boxes["action-2-what"]) == (200, "Half a thought")
    assert str(post.pk) in {one.get("value") for one in parsed(answer).iter("option")}
    assert TEACH["what"] in whats(objective)  # nothing was saved
    send(head, objective, action_1_owner=str(post.pk))
    assert objective.actions.first().owner == post


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "Give it a name, such as Year 3 team"), ("Ashdown Teacher", "Ashdown Teacher is somebody’s name here")],
)
def test_a_post_needs_a_name_that_is_nobodys(head, objective, name, says):
    answer = send(head, objective, do="post", post=name)
    assert answer.status_code == 422
    assert says in words_of(answer)
    assert not Person.objects.filter(is_post=True).exists()


# ---------------------------------------------------------------- where to begin


def test_an_empty_objective_offers_three_ways_in(head, objective):
    other = objective.plan.objectives.last()
    words = words_of(head.get(reverse("draft_objective", args=[other.pk])))
    assert "Where would you like to begin? Paste your plan" in words
    assert "Start from last year" in words and "Write the first action" in words
    assert "Where would you like to begin?" not in words_of(head.get(reverse("draft_objective", args=[objective.pk])))


def test_a_starting_point_is_added_from_its_page(head, objective):
    address = reverse("starting_points", args=[objective.pk])
    assert "Pupils who miss a tenth of school" in words_of(head.get(address))
    assert refusals(head.post(address, {"point_key": "no-such"})) == [
        "That choice is not one of yours any more. Choose from the list."
    ]
    assert head.post(address, {"point_key": "ab-persistent"}).status_code == 302
    assert objective.actions.count() == 6
    page = words_of(head.get(reverse("draft_objective", args=[objective.pk])))
    assert "Starting point: Pupils who miss a tenth of school" in page


def test_last_year_is_chosen_from_its_page(head, ashdown, objective):
    address = reverse("from_last_year", args=[objective.pk])
    assert "There is no approved plan of last year here." in words_of(head.get(address))
    before = Plan.objects.create(organisation=ashdown.school, year=2025, deciding_board=ashdown.board, state="closed")
    row = before.objectives.create(position=1, title="Phonics").actions.create(what="Train everyone", position=1)
    assert "Train everyone" in words_of(head.get(address))
    assert refusals(head.post(address, {})) == ["Tick at least one row"]
    assert head.post(address, {"rows": ["action-0"]}).status_code == 422
    assert head.post(address, {"rows": [f"action-{row.pk}"]}).status_code == 302
    assert objective.actions.last().came_from == "From the plan 2025/26, objective 1"


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(("who", "status"), [("business", 403), ("chair", 403), ("teacher", 404)])
def test_only_leaders_do_any_of_it(client, ashdown, objective, who, status):
    client.force_login(getattr(ashdown, who))
    row = objective.actions.first()
    for name, args in {
        "edit_action": [row.pk, "what"], "move_action": [row.pk], "from_last_year": [], "starting_points": [],
    }.items():  # fmt: skip
        address = reverse(name, args=[objective.pk, *args])
        assert (client.get(address).status_code, client.post(address).status_code) == (status, status)
    assert client.post(reverse("undo_save", args=[objective.pk]), {"revision": 2}).status_code == status


@pytest.mark.parametrize("state", ["with the board", "approved"])
def test_a_closed_draft_offers_none_of_it(head, objective, state):
    row = objective.actions.first()
    Plan.objects.update(state=state)
    for name, args in {"edit_action": [row.pk, "what"], "move_action": [row.pk], "starting_points": []}.items():
        page = head.get(reverse(name, args=[objective.pk, *args]))
        assert (page.status_code, b'<form class="measure"' in page.content) == (200, False)
    assert write(head, objective, "what", what="x").status_code == 409
