"""Five minutes before the meeting: what is asked of whom, what changed since they looked, three questions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from governance import meetings
from monitoring import five_minutes
from sip import approval, asking, deciding, sounding
from sip.models import Plan
from tests import make


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="with the board", actions=3)


@pytest.fixture
def meeting(plan, ashdown):
    """2 December, with the plan on its agenda."""
    made = make.meeting(ashdown.board, by=ashdown.clerk)
    deciding.put_plan(plan, meeting=made, by=ashdown.clerk)
    return made


def of(meeting, user):
    return five_minutes.of(meeting, user)


def asked(meeting, user) -> list[tuple[str, bool]]:
    return [(line.words, line.is_done) for item in of(meeting, user).items for line in item.mine]


def test_a_member_is_asked_to_read_and_to_say_where_they_stand(plan, meeting, ashdown):
    page = of(meeting, ashdown.governor)
    assert page.role == "You have a vote at this meeting."
    assert [line.words for line in page.items[0].mine][:2] == ["Read the plan.", "Say where you stand."]
    sounding.say_read(plan.latest_version, by=ashdown.governor)
    sounding.say_where_i_stand(plan.latest_version, stand="ready", by=ashdown.governor)
    assert asked(meeting, ashdown.governor)[:2] == [("Read the plan.", True), ("Say where you stand.", True)]


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("chair", "You chair this meeting, and have a vote."),
        ("associate", "You take part without a vote."),
        ("clerk", "You clerk this meeting and record what it decides."),
        ("head", "You attend, and answer for the plan; you have no vote."),
    ],
)
def test_each_is_told_what_they_are_at_the_meeting(meeting, ashdown, who, says):
    assert of(meeting, getattr(ashdown, who)).role == says


def test_leaders_are_asked_for_answers_and_see_no_sounding(plan, meeting, ashdown):
    asking.ask(plan, text="Who pays?", needs_answer=True, by=ashdown.governor)
    sounding.say_where_i_stand(plan.latest_version, stand="not ready", by=ashdown.governor)
    assert asked(meeting, ashdown.head) == [("Answer one open question.", False)]
    stands = "So far: 0 ready to approve, 0 ready if …, 1 not ready. Soundings, not votes."
    assert {who: of(meeting, getattr(ashdown, who)).items[0].stands for who in ("chair", "clerk", "head")} == {
        "chair": stands,
        "clerk": stands,
        "head": "",
    }


def test_what_changed_since_one_looked(plan, meeting, ashdown):
    with clock.standing_at(clock.local(date(2026, 11, 20))):
        sounding.say_read(plan.latest_version, by=ashdown.governor)
    question = asking.ask(plan, text="Who pays?", needs_answer=True, by=ashdown.governor)
    asking.answer(question, text="The fund.", by=ashdown.head)
    page = of(meeting, ashdown.governor)
    assert page.since == "Since you read the plan on 20 November"
    assert [line.words for line in page.changed] == ["Answered: “Who pays?”"]
    assert ("Look at the answer to your question.", False) in asked(meeting, ashdown.governor)


def test_a_new_version_says_how_much_of_it_differs(plan, meeting, ashdown):
    sounding.say_read(plan.latest_version, by=ashdown.governor)
    plan.items.filter(item__kind="plan").delete()
    approval.return_plan(plan, reason="Costs.", by=ashdown.chair)
    plan.objectives.update(figure_aim="75%")
    with clock.standing_at(clock.local(date(2026, 11, 25))):
        approval.submit_plan(plan, by=ashdown.head)
        deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk)
        (line,) = of(meeting, ashdown.governor).changed
    assert line.words == "Version 2 came on 25 November."
    assert line.soft == "Beside version 1: one row changed, one target or date moved."
    assert line.url.startswith(f"/plans/{plan.pk}/differences/?from=")


def test_conditions_and_reviews_since_then_are_named(ashdown):
    review = make.review(ashdown, state="with governors")
    meeting = make.meeting(ashdown.board, day=date(2026, 12, 16), by=ashdown.clerk)
    page = of(meeting, ashdown.governor)
    assert [line.words for line in page.changed if "review" in line.words] == ["The autumn review went to governors."]
    assert page.changed[-1].url == f"/reviews/{review.pk}/"


def test_three_questions_each_with_a_click(client, plan, meeting, ashdown):
    client.force_login(ashdown.governor)
    page = client.get(f"/meetings/{meeting.pk}/five-minutes/").content.decode()
    assert page.count("bank=") == 3
    client.force_login(ashdown.head)
    assert "bank=" not in client.get(f"/meetings/{meeting.pk}/five-minutes/").content.decode()


def test_the_page_is_reached_from_the_meeting_the_plan_and_home(client, plan, meeting, ashdown):
    meetings.send_papers(meeting, by=ashdown.clerk)
    meetings.add_item(meeting, title="Other business", by=ashdown.clerk)
    link = f'href="/meetings/{meeting.pk}/five-minutes/"'
    client.force_login(ashdown.governor)
    for address in (
        f"/meetings/{meeting.pk}/",
        "/organisations/ashdown-primary/plan/2026-27/",
        "/organisations/ashdown-primary/",
    ):
        assert link in client.get(address).content.decode(), address


def test_who_sees_the_meeting_sees_the_page_and_nobody_else(client, meeting, ashdown, kestrel):
    for who in ("chair", "governor", "associate", "clerk", "head", "deputy"):
        client.force_login(getattr(ashdown, who))
        assert client.get(f"/meetings/{meeting.pk}/five-minutes/").status_code == 200, who
    for user in (ashdown.teacher, ashdown.adviser, ashdown.inspector, ashdown.left, kestrel.chair):
        client.force_login(user)
        assert client.get(f"/meetings/{meeting.pk}/five-minutes/").status_code == 404


def test_a_meeting_without_an_agenda_or_a_plan_has_its_page_too(client, ashdown):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    client.force_login(ashdown.governor)
    page = client.get(f"/meetings/{meeting.pk}/five-minutes/").content.decode()
    assert "The agenda is empty." in page and "Nothing." in page


def test_it_costs_the_same_for_a_long_agenda(client, plan, meeting, ashdown):
    client.force_login(ashdown.chair)
    address, counts = f"/meetings/{meeting.pk}/five-minutes/", []
    client.get(address)
    for many in (1, 2):
        for number in range(many):
            meetings.add_item(meeting, title=f"Other business {many} {number}", by=ashdown.clerk)
            question = asking.ask(plan, text="Who?", needs_answer=True, by=ashdown.governor)
            asking.answer(question, text="I.", by=ashdown.head)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45
