"""Questions asked at a meeting: recorded by the clerk for whoever asks; the boxes on the page of the item."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import draft_minutes, meetings, part_two
from governance.models import AgendaItem
from sip import asked_at
from sip.models import Plan, Question
from tests import make

DAY = date(2026, 12, 9)
TEXT = "How many families were written to?"


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved")


@pytest.fixture
def meeting(ashdown, plan):
    return make.meeting(ashdown.board, day=DAY, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)


@pytest.fixture
def item(ashdown, meeting) -> AgendaItem:
    return meetings.add_item(meeting, title="Headteacher’s report", by=ashdown.clerk)


@pytest.fixture
def now(meeting):
    with make.at_the_meeting(meeting):
        yield


def record(cast, item, **words) -> Question:
    words = {"asker": cast.governor.person, "text": TEXT} | words
    return asked_at.record_question(item, by=words.pop("by", cast.clerk), **words)


# --- recorded --------------------------------------------------------------------------------------------------------


def test_it_is_the_asker_s_question_and_who_is_asked_hears_of_it(ashdown, plan, item, now):
    made = record(ashdown, item, objective=plan.objectives.get())
    assert (made.asked_by, made.asked_in, made.to, made.plan) == (
        ashdown.governor.person, item, ashdown.deputy.person, plan
    )  # fmt: skip
    assert (made.state, made.due_on, made.about) == ("asked", date(2027, 1, 6), made.objective.title)
    mail = OutgoingMail.objects.get(key=f"question_asked:{made.pk}:0:{ashdown.deputy.person_id}")
    assert "Ashdown Governor has asked a question" in mail.text


def test_answered_at_once_it_waits_for_nobody(ashdown, item, now):
    made = record(ashdown, item, answer="Thirty.")
    assert (made.state, [(row.text, row.by) for row in made.answers.all()]) == (
        "answered", [("Thirty.", ashdown.head.person)]
    )  # fmt: skip
    assert not OutgoingMail.objects.filter(key__startswith="question_asked").exists()


@pytest.mark.parametrize("who", ["chair", "head", "governor", "associate"])
def test_only_the_clerk_records(ashdown, item, now, who):
    with pytest.raises(NotAllowed, match="record a question that somebody asked at the meeting"):
        record(ashdown, item, by=getattr(ashdown, who))


def test_of_those_who_are_present_and_sit(ashdown, item, now):
    with pytest.raises(Conflict, match="Ashdown Associate is not recorded as a member who is present"):
        record(ashdown, item, asker=ashdown.associate.person)
    meetings.withdraw(item, person=ashdown.governor.person, by=ashdown.clerk)
    with pytest.raises(Conflict, match="Ashdown Governor is not recorded"):
        record(ashdown, item)


def test_the_same_twice_is_refused(ashdown, item, now):
    record(ashdown, item)
    with pytest.raises(Conflict, match="That question of Ashdown Governor is recorded already"):
        record(ashdown, item, text=TEXT.upper())
    record(ashdown, item, asker=ashdown.vice.person)
    assert Question.objects.count() == 2


def test_nobody_asks_themselves(ashdown, item, now):
    with pytest.raises(Conflict, match="cannot ask themselves"):
        record(ashdown, item, to=ashdown.governor.person)


def test_an_objective_of_another_plan_is_refused(ashdown, kestrel, item, now):
    other = make.plan(kestrel, state="objectives").objectives.get()
    with pytest.raises(Conflict, match="not one of this plan"):
        record(ashdown, item, objective=other)


def test_not_before_the_meeting_nor_once_minutes_are_signed(ashdown, meeting, item):
    later = make.meeting(ashdown.board, day=date(2027, 1, 20), by=ashdown.clerk)
    with pytest.raises(Conflict, match="has not begun"):
        record(ashdown, meetings.add_item(later, title="Later", by=ashdown.clerk))
    with make.at_the_meeting(meeting):
        meetings.close_meeting(meeting, by=ashdown.clerk)
        record(ashdown, item)
        meetings.sign_minutes(meeting, on=DAY, by=ashdown.clerk)
        with pytest.raises(Conflict, match="the record stands"):
            record(ashdown, item, text="And why?")


def test_of_part_two_nothing_goes_onto_the_plan(ashdown, item, now):
    part_two.put_in_part_two(item, confidential=True, by=ashdown.clerk)
    with pytest.raises(Conflict, match="stands in its minutes alone"):
        record(ashdown, item)


def test_without_a_plan_there_is_nobody_to_ask(kestrel):
    meeting = make.meeting(kestrel.board, present=kestrel.voters, by=kestrel.clerk)
    item = meetings.add_item(meeting, title="Budget", by=kestrel.clerk)
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="There is no plan of this year yet"):
        record(kestrel, item)


def test_the_minutes_take_it_up(ashdown, meeting, item, now):
    record(ashdown, item)
    record(ashdown, item, text="And who wrote?", asker=ashdown.vice.person, answer="The tutors.")
    minute = draft_minutes.of(meeting, ashdown.clerk, part_two=False).minutes[0]
    assert minute.questions == [
        (f"{TEXT} (Ashdown Governor)", "Ashdown Head will answer by 6 January."),
        ("And who wrote? (Ashdown Vice)", "The tutors. (Ashdown Head)"),
    ]


# --- on the page of the item -----------------------------------------------------------------------------------------


def box(**words) -> dict:
    return {f"asked-{name}": value for name, value in words.items()}


def page_of(item) -> str:
    return reverse("item", args=[item.pk])


def test_the_clerk_has_both_boxes_and_others_see_what_was_recorded(ashdown, item, now, client):
    record(ashdown, item)
    client.force_login(ashdown.clerk)
    shown = client.get(page_of(item)).content.decode()
    assert "Record the question" in shown and "Record the action" in shown and "Asked at this item" in shown
    client.force_login(ashdown.governor)
    shown = client.get(page_of(item)).content.decode()
    assert TEXT in shown and "Record the question" not in shown and "Record the action" not in shown


def test_recorded_without_a_script_one_is_back_at_the_item(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    sent = client.post(reverse("question_record", args=[item.pk]), box(asker=ashdown.governor.person.pk, text=TEXT))
    assert (sent.status_code, sent["Location"]) == (302, f"{page_of(item)}#asked")
    shown = client.get(page_of(item)).content.decode()
    assert "Recorded: the question of Ashdown Governor, to Ashdown Head." in shown
    assert f"Q: {TEXT} (Ashdown Governor)".replace("’", "’") in shown


def test_in_place_the_answer_is_the_box_alone(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    page, words = reverse("question_record", args=[item.pk]), box(asker=ashdown.governor.person.pk, text=TEXT)
    sent = client.post(page, words, headers={"X-In-Place": "1"})
    assert sent.status_code == 200 and "<html" not in sent.content.decode() and TEXT in sent.content.decode()
    again = client.post(page, words, headers={"X-In-Place": "1"})
    assert again.status_code == 409 and "recorded already" in again.content.decode()


def test_wrong_words_come_back_with_what_was_typed(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    page = reverse("question_record", args=[item.pk])
    for headers in ({}, {"X-In-Place": "1"}):
        sent = client.post(page, box(asker="", text=TEXT, to="999999"), headers=headers)
        assert sent.status_code == 422 and TEXT in sent.content.decode()
        assert "Choose who asked" in sent.content.decode()


def test_readers_are_refused_and_strangers_find_nothing(ashdown, kestrel, item, now, client):
    page = reverse("question_record", args=[item.pk])
    client.force_login(ashdown.governor)
    assert client.post(page).status_code == 403
    client.force_login(kestrel.clerk)
    assert client.post(page).status_code == 404


def test_shown_large_it_has_no_menu_until_it_is_put_back(ashdown, item, now, client):
    client.force_login(ashdown.clerk)
    assert 'aria-label="Main"' in client.get(page_of(item)).content.decode()
    large = client.post(reverse("projector", args=[item.pk]), {"do": "large"}, follow=True).content.decode()
    assert 'aria-label="Main"' not in large and "projector" in large and "Back to the usual size" in large
    usual = client.post(reverse("projector", args=[item.pk]), {"do": "usual"}, follow=True).content.decode()
    assert 'aria-label="Main"' in usual


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_no_more_for_more(ashdown, item, now, many, client, django_assert_num_queries):
    for number in range(many):
        record(ashdown, item, text=f"Question {number}?")
    client.force_login(ashdown.clerk)
    client.get(page_of(item))
    with django_assert_num_queries(ITEM):
        assert client.get(page_of(item)).content.decode().count("Question ") >= many


ITEM = 40
