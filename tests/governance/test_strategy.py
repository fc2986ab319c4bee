"""The strategy: written by the board's side, read by everyone once adopted; two people at once; pages by the scale."""

import pytest
from django.urls import reverse

from foundation.errors import Conflict, StaleEdit
from governance import strategy as operations
from governance.models import Priority, Strategy
from tests import make

WORDS = {"title": "Strategy", "vision": "Vision", "first_year": 2026, "last_year": 2029}
ROW = {"title": "Reading", "where_we_are": "Here", "where_we_want_to_be": "There", "how_we_will_know": "Tests"}


@pytest.fixture
def draft(ashdown):
    return make.strategy(ashdown.school, state="draft", priorities=2)


def post(draft, **changes) -> dict:
    """The edit form as the page sends it."""
    words = {"title": "New", "vision": "V", "first_year": "2026", "last_year": "2029", "revision": draft.revision}
    for place, priority in enumerate(draft.priorities.all()):
        words |= {f"priority-{place}-title": priority.title, f"priority-{place}-place": str(place + 1)}
    return words | changes


def test_priorities_are_added_kept_reordered_and_removed(ashdown, draft):
    first, second = draft.priorities.all()
    rows = [ROW | {"id": second.pk, "title": "Second"}, ROW | {"title": "Third"}]
    operations.write_strategy(draft, revision=1, priorities=rows, by=ashdown.chair, **WORDS)
    assert [(one.pk == second.pk, one.title, one.position) for one in draft.priorities.all()] == [
        (True, "Second", 1),
        (False, "Third", 2),
    ]
    assert draft.revision == 2


def test_the_second_to_save_is_told(ashdown, draft):
    operations.write_strategy(draft, revision=1, priorities=[], by=ashdown.chair, **WORDS)
    with pytest.raises(StaleEdit):
        operations.write_strategy(draft, revision=1, priorities=[], by=ashdown.clerk, **WORDS)


def test_what_is_adopted_is_not_written_in(ashdown):
    adopted = make.strategy(ashdown.school)
    with pytest.raises(Conflict, match="has been adopted"):
        operations.write_strategy(adopted, revision=1, priorities=[], by=ashdown.chair, **WORDS)


@pytest.mark.parametrize("part", ["head", "deputy", "teacher", "business", "governor", "link", "associate", "clerk"])
def test_one_being_written_is_for_the_board_its_clerk_and_the_leaders(ashdown, draft, part):
    seen = Strategy.objects.visible_to(getattr(ashdown, part)).exists()
    assert seen is (part != "teacher")


@pytest.mark.parametrize("part", ["teacher", "adviser", "inspector", "committee_member", "head"])
def test_an_adopted_one_is_for_everyone_of_the_organisation(ashdown, part):
    make.strategy(ashdown.school)
    assert Strategy.objects.visible_to(getattr(ashdown, part)).count() == 1


def test_nobody_elsewhere_sees_it(ashdown, kestrel):
    make.strategy(ashdown.school)
    assert Strategy.objects.visible_to(kestrel.head).count() == 0
    assert Strategy.objects.visible_to(ashdown.left).count() == 0


def test_a_schools_people_read_their_trusts_adopted_strategy_alone(harbour, quayside):
    make.strategy(harbour.school)
    make.strategy(harbour.school, state="draft")
    assert [one.state for one in Strategy.objects.visible_to(quayside.head)] == ["adopted"]


def test_the_page_begins_one_and_saves_it(client, ashdown):
    client.force_login(ashdown.chair)
    words = {"title": "S", "vision": "V", "first_year": "2026", "last_year": "2029"}
    answer = client.post(reverse("strategy_begin", args=[ashdown.school.slug]), words)
    made = Strategy.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("strategy_edit", args=[made.pk]))
    row = {"priority-0-title": "Reading", "priority-0-place": "1", "priority-1-place": "2"}
    answer = client.post(reverse("strategy_edit", args=[made.pk]), words | row | {"revision": "1"})
    assert answer.status_code == 302
    assert list(Priority.objects.values_list("title", "position")) == [("Reading", 1)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Give the strategy a title"),
        ({"title": "x" * 121}, "Shorten this to 120 characters"),
        ({"last_year": "2027"}, "A strategy is for three to five years"),
        ({"last_year": "2032"}, "A strategy is for three to five years"),
        ({"first_year": "1066"}, "That choice is not one of yours"),
        ({"priority-0-title": "", "priority-0-where_we_are": "Here"}, "Give this priority a title"),
    ],
)
def test_wrong_words_are_refused_and_kept(client, ashdown, draft, wrong, says):
    client.force_login(ashdown.clerk)
    answer = client.post(reverse("strategy_edit", args=[draft.pk]), post(draft, **({"vision": "Typed here"} | wrong)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "Typed here" in page
    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("Strategy 2025/26 to 2028/29", 1)


def test_a_stale_page_answers_409_with_both_texts(client, ashdown, draft):
    words = post(draft)
    operations.write_strategy(
        draft, revision=1, priorities=[], by=ashdown.chair, **(WORDS | {"vision": "What they saved"})
    )
    client.force_login(ashdown.clerk)
    answer = client.post(reverse("strategy_edit", args=[draft.pk]), words | {"vision": "What I typed"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What they saved" in page
    assert "What I typed" in page
    again = client.post(reverse("strategy_edit", args=[draft.pk]), words | {"vision": "Mine", "revision": "2"})
    assert again.status_code == 302


def test_readers_may_not_write_and_strangers_find_nothing(client, ashdown, kestrel, draft):
    address = reverse("strategy_edit", args=[draft.pk])
    client.force_login(ashdown.head)
    answer = client.get(address)
    assert answer.status_code == 403
    assert "Only the clerk, the chair, the vice chair or a member of the board may write" in answer.content.decode()
    client.force_login(kestrel.clerk)
    assert client.get(address).status_code == 404
