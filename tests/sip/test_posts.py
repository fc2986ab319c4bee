"""Posts and teams: they own actions, hold nothing else, and are handed to a person."""

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import inviting, joining, posts
from governance.models import Person, Role, Seat
from sip import drafting, handing
from sip.models import Plan
from tests.sip.test_drafting import READ, TEACH, plan_of, save
from tests.sip.test_drafting_pages import refusals, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(ashdown) -> Person:
    return posts.add_post(ashdown.school, name="Year 3 team", by=ashdown.head)


@pytest.fixture
def objective(ashdown, team):
    first = plan_of(ashdown).objectives.get()
    return save(first, ashdown.head, actions=[READ | {"owner": team}, TEACH | {"checked_by": team}])


def test_a_post_is_a_name_that_can_be_chosen_and_no_more(ashdown, team):
    assert (team.is_post, team.email, hasattr(team, "user")) == (True, None, False)
    assert team in Person.objects.on_hand(ashdown.school)
    assert posts.add_post(ashdown.school, name="year 3 TEAM", by=ashdown.deputy) == team  # twice is once
    with pytest.raises(Conflict, match="Ashdown Teacher is somebody’s name here"):
        posts.add_post(ashdown.school, name="Ashdown Teacher", by=ashdown.head)


def test_a_post_holds_no_seat_no_role_no_address(ashdown, team):
    acts = (
        lambda: joining.take_seat(ashdown.board, person=team, by=ashdown.clerk),
        lambda: joining.give_role(ashdown.school, person=team, kind="senior leader", by=ashdown.clerk),
        lambda: joining.change_person(team, name="Year 3 team", email="y3@ashdown.example", by=ashdown.clerk),
        lambda: inviting.invite(ashdown.school, person=team, by=ashdown.clerk),
        lambda: joining.hand_over_address(
            ashdown.school, address_holder=ashdown.teacher.person, new_person=team, by=ashdown.clerk
        ),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()
    team.refresh_from_db()
    held = [model.objects.filter(person=team).count() for model in (Seat, Role)]
    assert (team.email, held) == (None, [0, 1])


def test_nobody_writes_to_a_post(ashdown, objective, team):
    assert not OutgoingMail.objects.filter(to_name="Year 3 team").exists()


def test_only_leaders_and_the_clerk_add_posts(ashdown, kestrel):
    posts.add_post(ashdown.school, name="SLT", by=ashdown.clerk)
    for other in (ashdown.chair, ashdown.teacher, kestrel.head):
        with pytest.raises(NotAllowed):
            posts.add_post(ashdown.school, name="Other", by=other)


def test_what_a_post_owns_is_handed_to_a_person(ashdown, objective, team):
    assert handing.posts_of(ashdown.school).get().owned == 1
    many = handing.hand_post(ashdown.school, post=team, to=ashdown.teacher.person, by=ashdown.head)
    read, teach = objective.actions.all()
    assert (many, read.owner, teach.checked_by) == (1, ashdown.teacher.person, ashdown.teacher.person)
    assert team not in posts.of(ashdown.school)
    assert drafting.undoable(type(objective).objects.get(pk=objective.pk)) is None


def test_who_types_meanwhile_is_told(ashdown, objective, team):
    seen = objective.revision
    handing.hand_post(ashdown.school, post=team, to=ashdown.teacher.person, by=ashdown.clerk)
    objective.refresh_from_db()
    assert objective.revision == seen + 1


def test_a_closed_plan_keeps_the_post_as_it_was(ashdown, objective, team):
    Plan.objects.update(state="closed")
    handing.hand_post(ashdown.school, post=team, to=ashdown.teacher.person, by=ashdown.head)
    assert objective.actions.first().owner == team


def test_a_post_is_handed_only_to_a_person_who_is_here(ashdown, kestrel, team):
    other = posts.add_post(ashdown.school, name="SLT", by=ashdown.head)
    for to in (other, kestrel.head.person):
        with pytest.raises(Conflict):
            handing.hand_post(ashdown.school, post=team, to=to, by=ashdown.head)
    with pytest.raises(Conflict, match="no post here"):
        handing.hand_post(ashdown.school, post=ashdown.deputy.person, to=ashdown.teacher.person, by=ashdown.head)


# ---------------------------------------------------------------- pages


def test_the_clerk_sees_posts_apart_and_they_are_not_counted_as_people(client, ashdown, team):
    client.force_login(ashdown.clerk)
    address = reverse("people", args=[ashdown.school.slug])
    with_it = words_of(client.get(address))
    assert "Posts and teams They own actions. They hold no seat and never sign in. Year 3 team." in with_it
    page = words_of(client.get(reverse("person", args=[ashdown.school.slug, team.pk])))
    assert "A post or a team: it owns actions, holds no seat and never signs in." in page
    assert "Give a seat" not in page and "give an address" not in page


def test_posts_are_added_handed_on_and_ended_on_their_page(client, ashdown, objective, team):
    client.force_login(ashdown.clerk)
    address = reverse("posts", args=[ashdown.school.slug])
    assert "Year 3 team Owns 1 action" in words_of(client.get(address))
    assert refusals(client.post(address, {"name": ""})) == ["Give it a name, such as Year 3 team"]
    assert client.post(address, {"name": "SLT"}).status_code == 302
    hand = reverse("post_hand", args=[ashdown.school.slug, team.pk])
    assert refusals(client.post(hand, {})) == ["Choose a person"]
    assert client.post(hand, {"to": ashdown.teacher.person_id}).status_code == 302
    assert objective.actions.first().owner == ashdown.teacher.person
    slt = Person.objects.get(name="SLT")
    assert client.post(reverse("post_end", args=[ashdown.school.slug, slt.pk])).status_code == 302


def test_a_person_is_no_post_to_these_pages(client, ashdown):
    client.force_login(ashdown.clerk)
    for name in ("post_hand", "post_end"):
        address = reverse(name, args=[ashdown.school.slug, ashdown.teacher.person_id])
        assert client.post(address, {}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("chair", 403), ("teacher", 403)])
def test_others_may_not(client, ashdown, team, who, status):
    client.force_login(getattr(ashdown, who))
    assert client.get(reverse("posts", args=[ashdown.school.slug])).status_code == status


def test_people_of_another_school_find_nothing(client, ashdown, kestrel, team):
    client.force_login(kestrel.clerk)
    assert client.get(reverse("posts", args=[ashdown.school.slug])).status_code == 404
