"""The monitor's view: one tap to agree, both texts where another one came meanwhile, nothing more after receipt."""

from datetime import date

import pytest

from foundation.errors import Conflict, NotAllowed
from monitoring import records, reviewing, viewing
from monitoring.models import RatingWords, Review, View
from sip.models import Objective
from tests import make

DIFFERS = {"stance": "sees it differently", "mark": "amber", "why": "I saw one class of four.", "revision": "0"}


@pytest.fixture
def review(ashdown) -> Review:
    """With governors, the link governor monitoring its one objective."""
    return make.review(ashdown, state="with governors")


def address(review: Review) -> str:
    return f"/reviews/{review.pk}/objectives/{review.plan.objectives.first().pk}/view/"


def send(client, user, review: Review, **words):
    client.force_login(user)
    return client.post(address(review), words)


def views() -> list[tuple]:
    return list(View.objects.values_list("stance", "mark", "why", "given_by__name", "given_as", "revision"))


def test_agreeing_takes_one_tap_on_the_review(client, review, ashdown):
    client.force_login(ashdown.link)
    text = client.get(f"/reviews/{review.pk}/").content.decode()
    assert f'action="{address(review)}"' in text and 'name="stance" value="agrees"' in text
    answer = client.post(address(review), {"stance": "agrees", "revision": "0"})
    assert answer.url == f"/reviews/{review.pk}/#objective-{review.plan.objectives.get().pk}"
    assert views() == [("agrees", "", "", "Ashdown Link", "link governor for early reading", 1)]


def test_seeing_it_differently_says_how_and_why(client, review, ashdown):
    client.force_login(ashdown.link)
    text = client.get(f"{address(review)}?stance=sees+it+differently").content.decode()
    assert 'name="stance" value="sees it differently"' in text and "leaders have a credible way back" in text
    assert send(client, ashdown.link, review, **DIFFERS).status_code == 302
    assert views() == [
        (
            "sees it differently",
            "amber",
            "I saw one class of four.",
            "Ashdown Link",
            "link governor for early reading",
            1,
        )
    ]


def test_a_mark_goes_only_with_seeing_it_differently(client, review, ashdown):
    send(client, ashdown.link, review, **DIFFERS | {"stance": "not enough evidence"})
    assert views()[0][:3] == ("not enough evidence", "", "I saw one class of four.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({}, "Say how you see it"),
        ({"stance": "sees it differently"}, "Choose how you would rate it"),
        ({"stance": "sees it differently", "mark": "amber"}, "Say why you see it differently"),
        ({"stance": "sees it differently", "mark": "green", "why": "No."}, "That is the leaders’ own rating."),
        ({"stance": "sees it differently", "mark": "blue", "why": "No."}, "That choice is not one of yours any more."),
        ({"stance": "not enough evidence"}, "Say what you would need to see or hear"),
        ({"stance": "agrees", "why": "Long. " * 400}, "Shorten this to 2,000 characters"),
        ({"stance": "agrees", "revision": "x"}, "Part of this page was lost on its way."),
    ],
)
def test_wrong_words_are_said_to_be_and_kept(client, review, ashdown, words, said):
    answer = send(client, ashdown.link, review, **{"revision": "0", "why": ""} | words)
    assert (answer.status_code, said in answer.content.decode(), views()) == (422, True, [])


def test_done_and_embedded_is_a_choice_where_it_is_in_use(client, review, ashdown):
    words = {"red": "Red.", "amber": "Amber.", "green": "Green.", "blue": "Lasting.", "uses_blue": True}
    RatingWords.objects.create(organisation=ashdown.school, **words)
    assert send(client, ashdown.link, review, **DIFFERS | {"mark": "blue"}).status_code == 302


def test_pressed_twice_it_is_given_once(client, review, ashdown):
    assert [send(client, ashdown.link, review, **DIFFERS).status_code for _ in range(2)] == [302, 302]
    assert [view[-1] for view in views()] == [1]


def test_another_view_meanwhile_shows_both_texts_and_lets_one_choose(client, review, ashdown):
    send(client, ashdown.chair, review, stance="not enough evidence", why="I want the register.", revision="0")
    answer = send(client, ashdown.link, review, **DIFFERS)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "I want the register." in text and "I saw one class of four." in text and "Ashdown Chair, chair" in text
    assert 'name="revision" value="1"' in text and "Save mine over theirs" in text
    assert send(client, ashdown.link, review, **DIFFERS | {"revision": "1"}).status_code == 302
    assert [view[3:] for view in views()] == [("Ashdown Link", "link governor for early reading", 2)]


def test_a_view_that_stands_is_what_the_form_begins_with(client, review, ashdown):
    send(client, ashdown.link, review, **DIFFERS)
    text = client.get(address(review)).content.decode()
    assert 'name="stance" value="sees it differently"' in text and 'value="amber" checked' in text
    assert "I saw one class of four.</textarea>" in text and 'name="revision" value="1"' in text


def test_a_committee_speaks_by_its_name_and_the_chair_for_the_board(client, review, ashdown):
    Objective.objects.update(monitor_seat=None, monitor_board=ashdown.committee)
    assert send(client, ashdown.link, review, stance="agrees", revision="0").status_code == 403
    assert send(client, ashdown.committee_member, review, stance="agrees", revision="0").status_code == 302
    assert send(client, ashdown.vice, review, stance="agrees", revision="1").status_code == 302
    assert views() == [("agrees", "", "", "Ashdown Vice", "vice chair", 2)]


def test_the_chair_is_offered_it_quietly_where_somebody_monitors(client, review, ashdown):
    client.force_login(ashdown.chair)
    text = client.get(f"/reviews/{review.pk}/").content.decode()
    assert "Give one for the board" in text and 'value="agrees"' not in text
    Objective.objects.update(monitor_seat=None)
    assert 'value="agrees"' in client.get(f"/reviews/{review.pk}/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("governor", 403), ("head", 403), ("clerk", 403), ("inspector", 404)])
def test_nobody_else_gives_it(client, review, ashdown, kestrel, who, status):
    for user, expected in ((getattr(ashdown, who), status), (kestrel.link, 404)):
        client.force_login(user)
        assert client.get(address(review)).status_code == expected
        assert send(client, user, review, **DIFFERS).status_code == expected
    with pytest.raises(NotAllowed):
        viewing.give_view(
            review, objective=review.plan.objectives.get(), revision=0, stance="agrees", by=ashdown.governor
        )
    assert views() == []


def test_an_objective_of_another_plan_is_not_there(client, review, ashdown, kestrel):
    other = make.plan(kestrel, state="approved").objectives.get()
    client.force_login(ashdown.link)
    assert client.get(f"/reviews/{review.pk}/objectives/{other.pk}/view/").status_code == 404


def test_while_leaders_rate_there_is_nothing_to_view(client, review, ashdown):
    reviewing.take_back_review(review, by=ashdown.head)
    client.force_login(ashdown.link)
    assert client.get(address(review)).status_code == 404
    with pytest.raises(Conflict, match="they are rating"):
        viewing.give_view(review, objective=review.plan.objectives.get(), revision=0, stance="agrees", by=ashdown.link)


def test_received_it_stays_as_it_was(client, ashdown):
    review = make.review(ashdown, state="received")
    client.force_login(ashdown.link)
    assert "The board has received the Autumn review 2026/27." in client.get(address(review)).content.decode()
    answer = send(client, ashdown.link, review, **DIFFERS)
    assert answer.status_code == 409 and "I saw one class of four." in answer.content.decode()
    assert views() == []
    assert 'value="agrees"' not in client.get(f"/reviews/{review.pk}/").content.decode()


# --- the page of one objective


def test_its_main_action_is_to_agree_and_two_choices_are_quieter(client, review, ashdown):
    client.force_login(ashdown.link)
    text = client.get(address(review)).content.decode()
    assert text.count('class="button"') == 1
    assert '<button class="button" name="stance" value="agrees">' in text
    assert 'href="?stance=sees+it+differently"' in text and 'href="?stance=not+enough+evidence"' in text
    assert "Why it goes well at Ashdown Primary." in text and "No visit to it is before the board" in text


@pytest.fixture
def review_of_two(ashdown) -> Review:
    """With governors, the link governor monitoring both objectives."""
    plan = make.plan(ashdown, state="approved", objectives=2)
    return make.review(ashdown, state="with governors", plan_=plan)


def test_one_steps_to_the_next_of_ones_own(client, review_of_two, ashdown):
    first, second = review_of_two.plan.objectives.order_by("position")
    address = "/reviews/{}/objectives/{}/view/".format
    client.force_login(ashdown.link)
    text = client.get(address(review_of_two.pk, first.pk)).content.decode()
    assert "You monitor 2 objectives of this plan." in text
    assert f'Next of yours: <a href="{address(review_of_two.pk, second.pk)}"' in text
    words = {"stance": "agrees", "revision": "0", "step": "on"}
    answer = client.post(address(review_of_two.pk, first.pk), words)
    assert answer.url == address(review_of_two.pk, second.pk)
    answer = client.post(address(review_of_two.pk, second.pk), words)
    assert answer.url == f"/reviews/{review_of_two.pk}/#objective-{second.pk}"


# --- a monitor whose seat ended in mid-review


def leaves(ashdown) -> None:
    ashdown.link_seat.last_day = date(2026, 11, 23)
    ashdown.link_seat.save(update_fields=["last_day"])


def test_who_has_left_gives_no_view_and_the_page_says_who_can(client, review, ashdown):
    leaves(ashdown)
    make.seat(ashdown.link, ashdown.board, "associate member", votes=False)
    assert send(client, ashdown.link, review, **DIFFERS).status_code == 403
    text = client.get(f"/reviews/{review.pk}/").content.decode()
    said = "Ashdown Link’s seat ended on 23 November. Ashdown Chair, chair, or Ashdown Vice, vice chair, can give the"
    assert said in text and "Agree<" not in text
    client.force_login(ashdown.chair)
    assert 'name="stance" value="agrees"' in client.get(f"/reviews/{review.pk}/").content.decode()
    assert send(client, ashdown.chair, review, stance="agrees", revision="0").status_code == 302
    assert [view[3:] for view in views()] == [("Ashdown Chair", "chair", 1)]


def test_the_view_of_who_has_left_stands_with_name_and_part_of_then(client, review, ashdown):
    send(client, ashdown.link, review, **DIFFERS)
    leaves(ashdown)
    client.force_login(ashdown.chair)
    text = client.get(f"/reviews/{review.pk}/").content.decode()
    assert "Ashdown Link, link governor for early reading, 24 November" in text
    assert "Ashdown Link’s seat ended on 23 November. The view stands as it was given." in text
    answer = send(client, ashdown.chair, review, stance="agrees", revision="1")
    assert answer.status_code == 409 and "It stands as it was given." in answer.content.decode()
    assert [view[3:] for view in views()] == [("Ashdown Link", "link governor for early reading", 1)]


def test_both_sides_are_frozen_with_the_review(review, ashdown):
    send_words = {"stance": "sees it differently", "mark": "red", "why": "I saw one class of four."}
    viewing.give_view(review, objective=review.plan.objectives.get(), revision=0, by=ashdown.link, **send_words)
    body = next(one for name, one in records.content_of(review).items() if name.startswith("objective:"))
    assert (body["mark"], body["view"]["mark"], body["view"]["by"]) == ("green", "red", "Ashdown Link")
